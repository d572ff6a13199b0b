"""The form of a preparation: three steps, updated in place."""

from cards import draft, given, heard, priority
from cards import problems as wrong
from cards.focus_area_story import brief, status_state
from cards.form import carried
from cards.inputs import choices, long_input
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import State, hint, names_hint, note, progress
from cards.preparation import (
    BACK,
    BODIES,
    COLLEAGUE,
    DRAFT,
    LATER,
    MOVE,
    NEXT,
    PRIORITY,
    READY,
    STEPS,
    Form,
    Sheet,
    label,
    with_whom,
)
from cards.preparation_focus import focus_questions
from cards.preparation_perspectives import perspective_questions
from cards.words import SOURCES, dialogue_line, dialogue_name, figure_line
from domain.draft import digest
from domain.errors import Problems
from domain.preparation import DataStep, FocusStep, PerspectiveStep, Source, Step, StepContent


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The step the preparation is at, with what is kept, or with what was typed and what is wrong with it."""
    preparation = sheet.preparation
    step = typed.step if typed else preparation.step
    content = typed.content if typed else preparation.content(step)
    if typed is None and content == PerspectiveStep():
        # Nobody writes a thing twice: what was filed since the last dialogue is chosen to begin with.
        content = PerspectiveStep(chosen=tuple(each.perspective.id for each in sheet.heard))
    if typed is None and content == DataStep():
        # feedback that has come since the last dialogue is among the data by itself, and so is what was written.
        there = {Source.OBSERVATION: sheet.received, Source.PRIORITY: sheet.priority}
        content = DataStep(sources=tuple(each for each in sheet.sources if there.get(each)))
    return card(
        _,
        _("Prepare the dialogue"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_.in_days(sheet.days_left).capitalize(), "accent") if sheet.days_left >= 0 else None,
        seen_by=_(
            "%(who)s. The participants and your chief see it when you press “Ready for the dialogue”.",
            who=with_whom(_, sheet),
        ),
        minutes=3 if step is Step.DATA else None,
        body=[
            progress(_, step.number, len(Step), _(STEPS[step])),
            *_notes(_, sheet, step, problems),
            *_questions(_, sheet, content, problems),
            names_hint(_),
        ],
        actions=_buttons(_, sheet, step),
        summary=_("Prepare: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def _notes(_: Translator, sheet: Sheet, step: Step, problems: Problems | None) -> list[Element]:
    found: list[Element] = []
    if step is Step.DATA:
        found += brief(_, sheet.stories, measures=sheet.measures, unfinished=sheet.unfinished)
    if sheet.was_moved:
        found.append(
            note(
                _(
                    "The card was out of date because the dialogue has been moved. "
                    "Here is the new one – your text has moved with it."
                )
            )
        )
    if sheet.was_ready:
        found.append(
            note(
                _(
                    "It is a draft again. The participants and your chief can read it when you press “Ready for the "
                    "dialogue” again."
                ),
                sign="Info",
            )
        )
    preparation = sheet.preparation
    return found + draft.notes(
        _,
        problems,
        viewer=sheet.viewer,
        written_by=sheet.written_by,
        written_at=preparation.written_at,
        label=lambda name: label(_, name),
        words=lambda name: stored_words(_, sheet, step, name),
    )


def stored_words(_: Translator, sheet: Sheet, step: Step, name: str) -> str:
    """What a field holds, as words."""
    value = getattr(sheet.preparation.content(step), name)
    match name:
        case "figures":
            return " · ".join(each.indicator for each in sheet.figures if each.id in value)
        case "sources":
            return " · ".join(_(SOURCES[each]) for each in value)
        case "bodies":
            return " · ".join(_(BODIES[each]) for each in value)
        case "chosen":
            return " · ".join(heard.lines_of(_, sheet.heard, value))
        case "considered":
            return " · ".join(each.title for each in value)
        case "statuses":
            titles = {story.area.id: story.area.title for story in sheet.stories}
            return " · ".join(f"{titles.get(each.area_id, '')}: {status_state(_, each.status).word}" for each in value)
        case "children_by" | "parents_by":
            return _.date(value) if value else ""
        case _other:
            return str(value)


def _questions(_: Translator, sheet: Sheet, content: StepContent, problems: Problems | None) -> list[Element]:
    match content:
        case DataStep():
            return _data(_, sheet, content, problems)
        case PerspectiveStep():
            return perspective_questions(_, sheet, content, problems)
        case FocusStep():
            return focus_questions(_, sheet, content, problems)


def _data(_: Translator, sheet: Sheet, content: DataStep, problems: Problems | None) -> list[Element]:
    figures = (
        choices(
            "figures",
            label(_, "figures"),
            [(str(each.id), figure_line(_, each)) for each in sheet.figures],
            chosen=[str(each) for each in content.figures],
            many=True,
            problem=wrong.at(_, problems, "figures"),
        )
        if sheet.figures
        else hint(
            _("The data package for %(half_year)s is not out yet.", half_year=_.the_half_year(sheet.dialogue.half_year))
        )
    )
    return [
        figures,
        choices(
            "sources",
            label(_, "sources"),
            [(each.value, _(SOURCES[each])) for each in sheet.sources],
            chosen=content.sources,
            many=True,
            problem=wrong.at(_, problems, "sources") or (None if sheet.figures else wrong.at(_, problems, "figures")),
        ),
        *_one_kind_only(_, sheet, content),
        *priority.as_data(_, sheet.priority),
        *([hint(_nothing_prioritised(_, sheet))] if sheet.can_prioritise and sheet.priority is None else []),
        *given.as_data(_, sheet.received),
        *given.taken_home(_, sheet.brought_home),
        long_input(
            "interpretation",
            label(_, "interpretation"),
            value=content.interpretation,
            required=True,
            placeholder=_("Figures say nothing until they are interpreted"),
            problem=wrong.at(_, problems, "interpretation"),
        ),
        long_input(
            "wonder",
            label(_, "wonder"),
            value=content.wonder,
            placeholder=_("Optional"),
            problem=wrong.at(_, problems, "wonder"),
        ),
    ]


def _one_kind_only(_: Translator, sheet: Sheet, content: DataStep) -> list[Element]:
    """R-39, of what somebody has chosen: not of what the card began with, nor of figures that there are none of."""
    if not (content.one_kind_only and sheet.preparation.is_begun and sheet.figures):
        return []
    only_figures = _(
        "You have only chosen key figures. Is there an observation or a perspective from children that belongs here?"
    )
    only_sources = _("You have only chosen qualitative data. Is there a key figure that belongs here?")
    return [hint(only_figures if content.figures else only_sources)]


def _buttons(_: Translator, sheet: Sheet, step: Step) -> list[Action | None]:
    data = carried(
        sheet.dialogue.id,
        step=step.value,
        v=digest(sheet.preparation.content(step)),
        r=sheet.dialogue.revision,
        # Which status of each focus area the choices follow.
        s=",".join(f"{story.area.id.hex}:{story.last.id.hex}" for story in sheet.stories if story.last),
    )
    is_last, is_first = step is Step.FOCUS, step is Step.DATA
    return [
        press(_("Ready for the dialogue"), READY, data, primary=True)
        if is_last
        else press(_("Next"), NEXT, data, primary=True),
        press(_("Save draft"), DRAFT, data),
        press(_("Not now"), LATER, data) if is_first else press(_("Back"), BACK, data),
        press(_("Ask a colleague"), COLLEAGUE, data, hidden=True) if sheet.leads else None,
        press(_("Move the dialogue"), MOVE, data, hidden=True) if sheet.leads else None,
        press(_("Local priority"), PRIORITY, data, hidden=True) if is_first and sheet.can_prioritise else None,
    ]


def _nothing_prioritised(_: Translator, sheet: Sheet) -> str:
    return _(
        "You have not written a local priority for %(half_year)s yet. Press “Local priority” to write it; then you can "
        "bring it as data.",
        half_year=_.the_half_year(sheet.dialogue.half_year),
    )
