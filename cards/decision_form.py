"""The form of a decision: two steps, updated in place."""

from collections.abc import Sequence
from typing import Any

from cards import draft, given, heard, priority
from cards import problems as wrong
from cards.colleague import which_colleague
from cards.decision import (
    ADD,
    BACK,
    COLLEAGUE,
    DEGREES,
    DRAFT,
    KINDS,
    LATER,
    LIST,
    NAME_NOTE_TAKER,
    NEXT,
    SAVE,
    SAVE_AND_ADD,
    STEPS,
    Form,
    Sheet,
    label,
)
from cards.form import carried
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import hint, names_hint, note, progress
from cards.words import SOURCES, dialogue_line, dialogue_name, figure_line, last_word
from domain.decision import LONGEST, DecisionKind, DecisionStep, What, Who
from domain.draft import mark
from domain.errors import Problems
from domain.organisation import Person
from domain.text import TITLE


def ask(
    _: Translator,
    sheet: Sheet,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
    is_reflected: bool = False,
) -> Card:
    """The step the decision is at, with what is kept, or with what was typed and what is wrong with it.

    `is_reflected` says that the shared reflection has been saved in the press that led here.
    """
    decision = sheet.decision
    step = typed.step if typed else decision.step
    content = typed.content if typed else decision.content(step)
    kind = content.kind if isinstance(content, What) else decision.kind
    questions = _what(_, sheet, content, problems) if isinstance(content, What) else _who(_, sheet, content, problems)
    return card(
        _,
        _("Decisions"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_(
            "the leaders of the institution, its chief and the administration. What you correct they see at once."
        )
        if decision.is_saved
        else _("only you. The leaders of the institution, your chief and the administration see it when you save it."),
        minutes=2 if step is DecisionStep.WHAT else None,
        body=[
            note(
                _("The shared reflection. Your chief and the administration can read it now."),
                lead=_("Saved:"),
                sign="CheckmarkCircle",
            )
            if is_reflected
            else None,
            progress(_, step.number, len(DecisionStep), _(STEPS[step])),
            last_word(_) if sheet.is_late and not sheet.decisions else None,
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=decision.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, step, name),
            ),
            *questions,
            names_hint(_),
        ],
        actions=_buttons(_, sheet, step, kind),
        summary=_("Decisions: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def saved_draft(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("only you"),
        go_on=press(_("Continue"), ADD, carried(sheet.dialogue.id), primary=True),
    )


def choose_note_taker(_: Translator, sheet: Sheet, colleagues: Sequence[Person]) -> Card:
    """Which colleague at the institution writes the decisions."""
    about = carried(sheet.dialogue.id)
    return which_colleague(
        _,
        _("Name a note-taker"),
        _("Who takes the notes?"),
        where=sheet.institution,
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        explained=_(
            "The note-taker writes the decisions and is reminded in your place. You can still write, too; "
            "your own draft is seen by nobody but you."
        ),
        colleagues=colleagues,
        ask=press(_("Name the note-taker"), NAME_NOTE_TAKER, about, primary=True),
        back=press(_("Back"), ADD, about, inputs="none"),
    )


def _what(_: Translator, sheet: Sheet, content: What, problems: Problems | None) -> list[Element]:
    data = [(str(each.id), figure_line(_, each)) for each in sheet.figures]
    data += [(each.value, _(SOURCES[each])) for each in sheet.sources]
    data += heard.options_of(_, sheet.heard)
    content = sheet.with_data(content)
    chosen = [*(str(each) for each in (*content.figures, *content.perspectives)), *content.sources]
    kinds = [each for each in KINDS if sheet.focus_areas or not each.is_about_a_focus_area]
    if sheet.decisions:
        kinds = [each for each in kinds if each is not DecisionKind.NONE or content.kind is DecisionKind.NONE]
    if sheet.decision.is_saved and sheet.decision.kind is not None:
        kinds = [sheet.decision.kind]
    which_one = choices(
        "focus_area",
        label(_, "focus_area"),
        [(str(each.id), each.title) for each in sheet.focus_areas],
        chosen=str(content.focus_area_id) if content.focus_area_id else "",
        compact=True,
        placeholder=_("Only if it is about one"),
        problem=wrong.at(_, problems, "focus_area"),
    )
    only_figures = _("It is based on key figures alone. Is there an observation or a perspective that belongs here?")
    only_sources = _("It is based on qualitative data alone. Is there a key figure that belongs here?")
    return [
        choices(
            "kind",
            label(_, "kind"),
            [(each.value, _(KINDS[each])) for each in kinds],
            chosen=content.kind or "",
            required=True,
            problem=wrong.at(_, problems, "kind"),
        ),
        long_input(
            "text",
            label(_, "text"),
            value=content.text,
            required=True,
            placeholder=_("With no new decisions: why do you continue unchanged?"),
            limit=LONGEST,
            problem=wrong.at(_, problems, "text"),
        ),
        # No folded list stands where the other step has one: a client may keep the first one's choices there.
        *([which_one] if sheet.focus_areas and not sheet.decision.is_saved else []),
        choices(
            "based",
            label(_, "based"),
            data,
            chosen=chosen,
            many=True,
            required=content.kind is not DecisionKind.NONE,
            problem=wrong.at(_, problems, "based"),
        ),
        *heard.as_data(_, sheet.heard),
        *priority.as_data(_, sheet.priority, sheet.sources),
        *([hint(only_figures if content.figures else only_sources)] if content.one_kind_only else []),
        *given.as_data(_, sheet.received),
    ]


def _who(_: Translator, sheet: Sheet, content: Who, problems: Problems | None) -> list[Element]:
    is_asked = sheet.decision.kind is None or sheet.decision.kind.needs_involvement
    must_follow = sheet.decision.kind is None or sheet.decision.kind.needs_follow_up
    return [
        *[
            choices(
                name,
                label(_, name),
                [(each.value, _(words)) for each, words in DEGREES.items()],
                chosen=getattr(content, name) or "",
                compact=True,
                required=is_asked,
                placeholder=_("Choose"),
                problem=wrong.at(_, problems, name),
            )
            for name in ("children", "parents")
        ],
        date_input(
            "involve_by",
            label(_, "involve_by"),
            value=content.involve_by,
            problem=wrong.at(_, problems, "involve_by"),
        ),
        text_input(
            "owner",
            label(_, "owner"),
            value=content.owner,
            required=must_follow,
            placeholder=_("For instance “the team of year 5”"),
            limit=TITLE,
            problem=wrong.at(_, problems, "owner"),
        ),
        date_input(
            "due", label(_, "due"), value=content.due, required=must_follow, problem=wrong.at(_, problems, "due")
        ),
    ]


def _buttons(_: Translator, sheet: Sheet, step: DecisionStep, kind: DecisionKind | None) -> list[Action | None]:
    decision = sheet.decision
    data = carried(
        sheet.dialogue.id,
        d=str(decision.id),
        step=step.value,
        v=mark(decision.content(step), is_saved=decision.is_saved),
    )
    if step is DecisionStep.WHO:
        return [
            press(_("Save the decision"), SAVE, data, primary=True),
            press(_("Save and add another"), SAVE_AND_ADD, data),
            press(_("Back"), BACK, data),
            None if decision.is_saved else press(_("Save draft"), DRAFT, data),
        ]
    is_only_step = kind is DecisionKind.NONE
    return [
        press(_("Save the decision"), SAVE, data, primary=True)
        if is_only_step
        else press(_("Next"), NEXT, data, primary=True),
        None if decision.is_saved else press(_("Save draft"), DRAFT, data),
        press(_("See the decisions"), LIST, data) if sheet.decisions else press(_("Not now"), LATER, data),
        press(_("Name a note-taker"), COLLEAGUE, data, hidden=True) if sheet.leads and not decision.is_saved else None,
    ]


def _stored_words(_: Translator, sheet: Sheet, step: DecisionStep, name: str) -> str:
    """What a field holds, as words."""
    value: Any = getattr(sheet.decision.content(step), name)
    if not value:
        return ""
    match name:
        case "kind":
            return _(KINDS[value])
        case "focus_area_id":
            return sheet.titles.get(value, "")
        case "figures":
            return " · ".join(each.indicator for each in sheet.figures if each.id in value)
        case "perspectives":
            return " · ".join(heard.lines_of(_, sheet.heard, value))
        case "sources":
            return " · ".join(_(SOURCES[each]) for each in value)
        case "children" | "parents":
            return _(DEGREES[value])
        case "involve_by" | "due":
            return _.date(value)
        case _other:
            return str(value)
