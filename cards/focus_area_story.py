"""A focus area with all that has been written about it, told in full, or in brief for a preparation."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.heard import lines_of
from cards.kit import toggle_more
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.more import and_more, first
from cards.parts import State, note, section, text
from cards.words import SOURCES
from domain.acknowledgement import Given
from domain.cycle import Theme
from domain.data_package import KeyFigure
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea
from domain.focus_remark import FocusRemark
from domain.focus_status import FocusStatus
from domain.measure import Measure, MeasureState
from domain.organisation import Institution, Person
from domain.perspective import Heard
from domain.priority import LocalPriority
from domain.reflection import Reflection
from domain.status import Status

SHOWN_ENTRIES = 3
SHOWN_LETTERS = 300
MOST_MEASURES = 6
STATUSES = {
    Status.JUST_BEGUN: (N_("Just begun"), "neutral", "Circle"),
    Status.UNDER_WAY: (N_("Under way"), "accent", "ArrowRight"),
    Status.GOING_WELL: (N_("Going well"), "good", "CheckmarkCircle"),
    Status.NEEDS_ATTENTION: (N_("Needs attention"), "warning", "Info"),
    Status.ROOTED: (N_("Rooted"), "good", "CheckmarkCircle"),
}
MEASURES = {
    MeasureState.OPEN: N_("Under way"),
    MeasureState.DONE: N_("Done"),
    MeasureState.DROPPED: N_("Dropped"),
}


def status_state(_: Translator, status: Status | None) -> State:
    """The word for where a focus area is, with its sign; *Valgt* before the first status."""
    if status is None:
        return State(_("Chosen"), "neutral", "Flag")
    word, tone, sign = STATUSES[status]
    return State(_(word), tone, sign)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """R-11: what a focus area rests on: the decision that chose it, the reflection before it, and the data of both."""

    decision: Decision
    dialogue: Dialogue
    reflection: Reflection
    figures: Sequence[KeyFigure] = ()
    heard: Sequence[Heard] = ()
    priority: LocalPriority | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """A focus area with all that has been written about it, oldest first, as one person may read it.

    `grounds` are for whoever may read the decision and the reflection; `before` is the focus area it goes on from,
    `feedback` what observers wrote that was linked to it, and `remarks` are its chief's, newest first. `priority` is
    the local one of this half-year, and `priorities` those of its history.
    """

    institution: Institution
    area: FocusArea
    theme: Theme | None
    history: Sequence[tuple[FocusStatus, Person]]
    measures: Sequence[Measure] = ()
    before: FocusArea | None = None
    grounds: Grounds | None = None
    feedback: Sequence[Given] = ()
    leads: bool = False
    heard: Sequence[Heard] = ()
    remarks: Sequence[tuple[FocusRemark, Person]] = ()
    may_remark: bool = False
    priority: LocalPriority | None = None
    priorities: Sequence[LocalPriority] = ()

    @property
    def last(self) -> FocusStatus | None:
        return self.history[-1][0] if self.history else None


def history(
    _: Translator,
    newest_first: Sequence[tuple[FocusStatus, Person]],
    *,
    area: FocusArea | None = None,
    full: bool = False,
    heard: Sequence[Heard] = (),
) -> list[Element]:
    """The statuses, each with its word, its day, its author and what was written: shortened, or in `full`."""
    parts: list[Element] = []
    for status, author in newest_first:
        state = status_state(_, status.status)
        head = f"{state.word} · {_.date(status.written_at)} · {author.name}"
        lines = [text(head, small=True, subtle=True)]
        if status.is_unchanged:
            lines.append(text(_("Unchanged"), spacing="None"))
        for name, words in (
            ("", status.seen),
            (_("For the children or young people:"), status.meaning),
            (_("What you learned:"), status.learned),
            (_("Next step:"), _next(_, status)),
        ):
            if words:
                lines.append(text(words if full else _short(words), lead=name or None, spacing="ExtraSmall"))
        sources = [_(SOURCES[each]) for each in status.evidence]
        if based := " · ".join([*sources, *lines_of(_, heard, status.perspectives)]):
            lines.append(text(_("Based on: %(data)s", data=based), small=True, subtle=True, spacing="ExtraSmall"))
        parts.append(group(*lines, spacing="Medium"))
    if not parts:
        chosen = _("Chosen %(day)s. No status yet.", day=_.date(area.chosen_at)) if area else _("No status yet.")
        parts.append(text(chosen, subtle=True, spacing="Small"))
    return parts


def newest(story: Story, most: int) -> list[tuple[FocusStatus, Person]]:
    """The newest statuses of a story, at most so many, newest first."""
    return list(reversed(story.history))[:most]


def brief(
    _: Translator, stories: Sequence[Story], *, measures: Sequence[Measure] = (), unfinished: Sequence[FocusArea] = ()
) -> list[Element]:
    """R-36: "Every later dialogue starts with each focus area's history": a word, the latest, the rest folded away.

    `measures` are those that go on or have ended since the last dialogue; `unfinished` what waits for a successor.
    """
    parts: list[Element] = [section(_("Your focus areas since last time"), spacing="Medium")] if stories else []
    for number, story in enumerate(stories):
        state = status_state(_, story.last.status if story.last else None)
        latest = next((each for each, _author in reversed(story.history) if each.seen), None)
        since = _.date(story.last.written_at if story.last else story.area.chosen_at)
        lines = [
            text(story.area.title, strong=True),
            text(f"{state.word} · {since}", small=True, spacing="None"),
            text(story.area.signs, lead=_("Signs you look for:"), small=True, subtle=True, spacing="ExtraSmall"),
        ]
        if latest is not None:
            lines.append(text(_short(latest.seen), spacing="ExtraSmall"))
        parts.append(group(*lines, spacing="Small"))
        if len(story.history) > 1:
            title = _("History of no. %(number)s", number=number + 1) if len(stories) > 1 else _("See its history")
            entries = history(_, newest(story, SHOWN_ENTRIES), heard=story.heard)
            parts.append(toggle_more(title, f"history{number}", *entries, spacing="ExtraSmall"))
    if unfinished:
        parts.append(
            note(_.join(each.title for each in unfinished), lead=_("Can be continued from last time:"), sign="History")
        )
    if measures:
        parts += [section(_("Measures since last time"), spacing="Medium"), *_measure_lines(_, measures)]
    return parts


def measure_line(_: Translator, measure: Measure) -> str:
    """Makkerpar i dansk · teamet på 5. årgang · 1. maj 2026, or once it has ended · gennemført · 28. april 2026"""
    if measure.state is MeasureState.OPEN:
        return " · ".join((measure.text, measure.owner, _.date(measure.due)))
    ended = _.date(measure.ended_at) if measure.ended_at else ""
    return " · ".join(filter(None, (measure.text, _(MEASURES[measure.state]).lower(), ended)))


def measures_of(_: Translator, measures: Sequence[Measure]) -> list[Element]:
    return [section(_("Measures")), *_measure_lines(_, measures)] if measures else []


def _measure_lines(_: Translator, measures: Sequence[Measure]) -> list[Element]:
    """Each with where it is, and what came of it; those that go on first."""
    ordered = sorted(measures, key=lambda each: each.state is not MeasureState.OPEN)
    lines: list[Element] = []
    shown, more = first(ordered, MOST_MEASURES)
    for each in shown:
        words = [text(measure_line(_, each))]
        if each.outcome:
            words.append(text(_short(each.outcome), lead=_("What came of it:"), spacing="None"))
        lines.append(group(*words, spacing="Small"))
    if left := and_more(_, more):
        lines.append(left)
    return lines


def _next(_: Translator, status: FocusStatus) -> str:
    on = _.date(status.next_on) if status.next_on else ""
    return " · ".join(filter(None, (status.next_step, on)))


def _short(words: str) -> str:
    return _cut(words, SHOWN_LETTERS)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
