"""What is written in a preparation, as others read it two working days before, and all of them on the day itself."""

from collections.abc import Mapping, Sequence

from cards import given, heard, overview, priority
from cards.focus_area_story import Story, status_state
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, bullets, facts, said, section, text
from cards.preparation import BEGIN, BODIES, LABELS, REFLECT, Sheet, considered_line, label, with_whom
from cards.words import SOURCES, dialogue_line, dialogue_name, figure_line
from domain.preparation import DataStep, FocusStep, PerspectiveStep, StepContent

# Whoever reads along, the chief too, is not the one who was asked.
AS_READ = {
    "wishes": N_("Would like to discuss"),
    "support": N_("Needs from the administration"),
}


def read_only(_: Translator, sheet: Sheet) -> Card:
    """What the other participants read two working days before, and the colleagues it is shared with."""
    also = [_("you") if each.id == sheet.viewer.id else each.name for each in sheet.shared_with]
    return card(
        _,
        _("Read before the dialogue"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_("Ready"), "good"),
        seen_by=_.join([_("the participants"), _("the chief for the institution"), *also])
        if also
        else _("the participants, and the chief for the institution"),
        minutes=2,
        body=[
            text(
                _(
                    "The preparation for the learning dialogue is ready. "
                    "You decide nothing yet: you reflect on it together first."
                ),
                spacing="Medium",
            ),
            *content(_, sheet, asked=AS_READ),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
        summary=_("The preparation is ready: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def agenda(_: Translator, sheet: Sheet) -> Card:
    """On the day itself: where, when, and what to talk about, in the order of the learning circle."""
    dialogue, preparation = sheet.dialogue, sheet.preparation
    chosen = [each.indicator for each in sheet.figures if each.id in preparation.data.figures]
    chosen += [_(SOURCES[each]) for each in preparation.data.sources]
    wishes = [preparation.focus.wishes] if preparation.focus.wishes else []
    return card(
        _,
        _("Agenda for today"),
        subtitle=dialogue_line(_, dialogue, sheet.institution),
        seen_by=seen_by(_, sheet),
        body=[
            *([facts([(_("Place"), dialogue.place)], spacing="Medium")] if dialogue.place else []),
            section(_("Short agenda, along the learning circle")),
            bullets(
                [
                    _("Look at the data together: %(data)s", data=" · ".join(chosen))
                    if chosen
                    else _("Look at the data together"),
                    _("Interpret: how do you understand it?"),
                    _("Analyse: what explains what you see?"),
                    _("Only then decide: focus areas, measures, who and when"),
                ],
                spacing="Small",
            ),
            *([section(label(_, "wishes")), *[said(each, spacing="Small") for each in wishes]] if wishes else []),
        ],
        actions=[
            press(_("See preparation"), BEGIN, carried(dialogue.id)),
            press(_("Write the reflection"), REFLECT, carried(dialogue.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Agenda for today: %(dialogue)s", dialogue=dialogue_name(_, dialogue)),
    )


def seen_by(_: Translator, sheet: Sheet) -> str:
    if not sheet.preparation.is_ready:
        return with_whom(_, sheet)
    if sheet.others:
        return _.join([_("you"), _("the participants"), _("your chief"), *sheet.others])
    return _("you, the participants and your chief")


def team(sheet: Sheet) -> list[str]:
    return [each.name for each in sheet.shared_with]


def content(_: Translator, sheet: Sheet, *, asked: Mapping[str, str] = LABELS) -> list[Element]:
    """All three steps, quantitative and qualitative data side by side under one heading."""
    preparation = sheet.preparation
    data, perspectives, focus = preparation.data, preparation.perspectives, preparation.focus
    chosen = [figure_line(_, each) for each in sheet.figures if each.id in data.figures]
    chosen += [_(SOURCES[each]) for each in data.sources]
    parts: list[Element] = [section(_("The data"))]
    parts += [bullets(chosen, spacing="Small")] if chosen else [text(_("None chosen yet."), subtle=True)]
    parts += priority.as_data(_, sheet.priority, data.sources)
    parts += given.as_data(_, sheet.received)
    parts += given.taken_home(_, sheet.brought_home)
    parts += _answers(_, [("interpretation", data.interpretation), ("wonder", data.wonder)])
    voices = _perspective_answers(_, perspectives)
    if voices:
        parts += [section(_("Perspectives")), *voices]
    parts += heard.as_section(_, sheet.heard, perspectives.chosen)
    if perspectives.bodies:
        parts.append(
            facts([(label(_, "bodies"), " · ".join(_(BODIES[each]) for each in perspectives.bodies))], spacing="Small")
        )
    areas = [line for story in sheet.stories if (line := _where_it_is(_, sheet, story))]
    if areas:
        parts += [section(_("The focus areas")), bullets(areas, spacing="Small")]
    considered = [considered_line(_, sheet, each) for each in focus.considered]
    if considered:
        parts += [section(_("Focus areas being considered")), bullets(considered, spacing="Small")]
    return parts + _answers(_, [("wishes", focus.wishes), ("support", focus.support)], asked)


def _where_it_is(_: Translator, sheet: Sheet, story: Story) -> str:
    """Flere stemmer: På vej, as the preparation says it; what it says nothing of stands only before the dialogue."""
    told = sheet.preparation.focus.told(story.area.id)
    if told is None and not sheet.dialogue.can_be_prepared:
        return ""
    status = told.status if told else story.last.status if story.last else None
    return f"{story.area.title}: {status_state(_, status).word}"


def _perspective_answers(_: Translator, step: PerspectiveStep) -> list[Element]:
    rows = []
    for name, words, by in (
        ("children", step.children, step.children_by),
        ("parents", step.parents, step.parents_by),
        ("staff", step.staff, None),
    ):
        dated = _("We will ask by %(day)s.", day=_.date(by)) if by else ""
        rows.append((name, "\n".join(filter(None, (words, dated)))))
    return _answers(_, rows)


def _answers(_: Translator, rows: Sequence[tuple[str, str]], asked: Mapping[str, str] = LABELS) -> list[Element]:
    parts: list[Element] = []
    for name, words in rows:
        if words:
            parts += [
                text(_(asked[name]), small=True, subtle=True, spacing="Medium"),
                said(words, spacing="ExtraSmall"),
            ]
    return parts


def typed_words(_: Translator, content: StepContent) -> list[Element]:
    match content:
        case DataStep():
            return _answers(_, [("interpretation", content.interpretation), ("wonder", content.wonder)])
        case PerspectiveStep():
            return _perspective_answers(_, content)
        case FocusStep():
            titles = "\n".join(each.title for each in content.considered)
            return _answers(_, [("considered", titles), ("wishes", content.wishes), ("support", content.support)])
