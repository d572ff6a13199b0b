"""What belongs to an institution and goes on with whoever leads it: for its chief in short, for a leader in full."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.focus_area_story import Story, history, measure_line, status_state
from cards.kit import toggle_more
from cards.language import Translator
from cards.layout import Element, group
from cards.more import first, rest_words
from cards.parts import bullets, section, text
from cards.words import dialogue_name, theme_title
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.measure import Measure
from domain.organisation import Institution
from domain.perspective import Recommendation
from domain.preparation import Preparation

MOST_LINES = 5


@dataclass(frozen=True, kw_only=True)
class Inherited:
    """The institution's own records as one person may read them; `decided_in` is the dialogue of the decisions."""

    institution: Institution
    stories: Sequence[Story] = ()
    decided_in: Dialogue | None = None
    decisions: Sequence[Decision] = ()
    measures: Sequence[Measure] = ()
    next_dialogue: Dialogue | None = None
    preparation: Preparation | None = None
    recommendations: Sequence[Recommendation] = ()


def in_short(_: Translator, kept: Inherited) -> list[Element]:
    """A line for each thing, for somebody who knows the institution."""
    parts: list[Element] = []
    for title, lines in (
        (_("Focus areas"), [_area_line(_, each) for each in kept.stories]),
        (_("Decisions of the last dialogue"), [_decision_line(_, each) for each in kept.decisions]),
        (_("Measures under way"), [measure_line(_, each) for each in kept.measures]),
        (_("Next learning dialogue"), [dialogue_when(_, kept.next_dialogue)]),
    ):
        words = text(title, small=True, subtle=True)
        parts.append(group(words, _lines(_, lines), spacing="Small"))
    return parts


def focus_areas(_: Translator, kept: Inherited) -> list[Element]:
    """Each with its theme, where it is, and its history folded away."""
    parts: list[Element] = [section(_("Focus areas"))]
    if not kept.stories:
        parts.append(text(_("None yet"), subtle=True, spacing="Small"))
    for number, story in enumerate(kept.stories[:MOST_LINES]):
        since = story.last.written_at if story.last else story.area.chosen_at
        state = status_state(_, story.last.status if story.last else None)
        head = [text(story.area.title, strong=True), text(theme_title(_, story.theme), small=True, spacing="None")]
        head.append(text(f"{state.word} · {_.date(since)}", small=True, subtle=True, spacing="None"))
        parts.append(group(*head, spacing="Small" if not number else "Medium"))
        title = _("History of no. %(number)s", number=number + 1) if len(kept.stories) > 1 else _("See its history")
        inside = [
            text(_("Signs you look for"), small=True, subtle=True),
            text(story.area.signs, spacing="None"),
            *history(_, story.history, area=story.area),
        ]
        parts.append(toggle_more(title, f"area{number}", *inside, spacing="ExtraSmall"))
    return parts


def decisions(_: Translator, kept: Inherited) -> list[Element]:
    if not kept.decisions or kept.decided_in is None:
        return []
    when = f"{dialogue_name(_, kept.decided_in)} · {_.date(kept.decided_in.starts_at)}"
    return [
        section(_("Decisions of the last dialogue")),
        text(when, small=True, subtle=True, spacing="None"),
        _lines(_, [_decision_line(_, each) for each in kept.decisions]),
    ]


def measures(_: Translator, kept: Inherited) -> list[Element]:
    if not kept.measures:
        return []
    return [section(_("Measures under way")), _lines(_, [measure_line(_, each) for each in kept.measures])]


def recommendations(_: Translator, kept: Inherited) -> list[Element]:
    """What children, young people or parents have recommended and nobody has answered yet."""
    if not kept.recommendations:
        return []
    return [
        section(_("Recommendations waiting")),
        _lines(_, [each.text for each in kept.recommendations]),
    ]


def preparation_word(_: Translator, kept: Inherited) -> str:
    """How far the preparation of the next dialogue is."""
    if kept.preparation is None or not kept.preparation.is_begun:
        return _("Not begun")
    if kept.preparation.is_ready:
        return _("Ready for the dialogue")
    return _("Begun. You can continue writing it.")


def dialogue_when(_: Translator, dialogue: Dialogue | None) -> str:
    """Læringssamtale 2 af 4, tirsdag den 21. april kl. 9.00"""
    if dialogue is None:
        return _("No dialogue is planned yet")
    return f"{dialogue_name(_, dialogue)}, {_.moment(dialogue.starts_at)}"


def _area_line(_: Translator, story: Story) -> str:
    state = status_state(_, story.last.status if story.last else None)
    since = story.last.written_at if story.last else story.area.chosen_at
    return f"{story.area.title} · {theme_title(_, story.theme)} · {state.word}, {_.date(since)}"


def _decision_line(_: Translator, decision: Decision) -> str:
    due = _.date(decision.who.due) if decision.who.due else ""
    return " · ".join(filter(None, (decision.what.text, decision.who.owner, due)))


def _lines(_: Translator, lines: Sequence[str]) -> Element:
    if not lines:
        return text(_("None yet"), spacing="None")
    shown, more = first(lines, MOST_LINES)
    return bullets([*shown, *([rest_words(_, more)] if more else [])], spacing="ExtraSmall")
