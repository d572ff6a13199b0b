"""One focus area as it is read: what it is, what it rests on, its measures, and how it has gone."""

from collections.abc import Sequence
from datetime import datetime

from cards import draft, focus_remark, given, overview, priority, refusal
from cards.focus_area_grounds import DECISIONS, grounds_of
from cards.focus_area_story import Story, history, measures_of, status_state
from cards.form import carried
from cards.heard import as_data
from cards.kit import Action, Card, again, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.more import and_more
from cards.parts import State, facts, note, said, section, text
from cards.which import which
from cards.words import aims_line, signed, theme_title
from domain.dialogue import Dialogue
from domain.errors import Expired, NotAllowed
from domain.focus_area import USUALLY_EVERY, Closing, FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.practice import goes_well
from domain.preparation import Source
from domain.status import Status

OPEN = "focus_area.open"
AT = "focus_area.at"
WRITE_STATUS = "focus_status.write"
SHARE_PRACTICE = "practice.begin"

# What one page of a history holds, so that it stays within a message with everything written in full.
PAGE_ENTRIES = 6
PAGE_LETTERS = 5_000

CLOSINGS = {
    Closing.REACHED: N_("Reached"),
    Closing.ROOTED: N_("Rooted: it is part of everyday life"),
    Closing.CONTINUED: N_("Continued in the next two-year period"),
    Closing.DROPPED: N_("Dropped"),
}


def show(
    _: Translator,
    story: Story,
    *,
    decided_in: Dialogue | None = None,
    skipped: int = 0,
    remarked: bool = False,
) -> Card:
    """One focus area and its history, newest first, page by page and nothing cut.

    `decided_in` leads back to the dialogue just recorded, for whoever recorded it; `remarked` says to its chief that
    the remark just written is kept.
    """
    area, last = story.area, story.last
    entries = list(reversed(story.history))
    skipped = skipped if skipped < len(entries) else 0
    shown = _page(entries[skipped:])
    older = len(entries) - skipped - len(shown)
    can_write = story.leads and area.is_active
    parts: list[Element] = [focus_remark.kept(_)] if remarked else []
    parts += [text(area.title, strong=True, spacing="Medium"), facts(_facts(_, story), spacing="Small")]
    if not skipped:
        parts += [
            text(_("Why this one?"), small=True, subtle=True, spacing="Medium"),
            said(area.why, spacing="ExtraSmall"),
        ]
        if story.grounds is not None:
            parts.append(toggle_more(_("What it is based on"), "grounds", *grounds_of(_, story, story.grounds)))
        if area.closing is not None:
            parts += _ended(_, area)
        parts += [*focus_remark.newest(_, story.remarks), *measures_of(_, story.measures)]
        parts += given.linked(_, story.feedback)
    parts += [
        section(_("How it has gone") if not skipped else _("Earlier")),
        *history(_, shown, area=area, full=True, heard=story.heard),
    ]
    parts += as_data(_, story.heard, {named for status, _author in shown for named in status.perspectives})
    rested = {HalfYear.of(status.written_at.date()) for status, _author in shown if Source.PRIORITY in status.evidence}
    parts += priority.each_as_data(_, [each for each in story.priorities if each.half_year in rested])
    if left := and_more(_, older):
        parts.append(left)
    return card(
        _,
        _("Focus area"),
        subtitle=story.institution.name,
        state=_state(_, area, last),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[*parts, _next_step(_, area, last) if story.leads and not skipped else None],
        actions=[
            press(_("To the decisions"), DECISIONS, carried(decided_in.id), primary=True, inputs="none")
            if decided_in
            else None,
            press(_("Write a status"), WRITE_STATUS, carried(area.id), primary=not decided_in, inputs="none")
            if can_write
            else None,
            press(_("Add a remark"), focus_remark.ASK, carried(area.id), inputs="none") if story.may_remark else None,
            focus_remark.all_of_them(_, area.id, story.remarks) if not skipped else None,
            press(_("Earlier statuses"), OPEN, carried(area.id, skipped=skipped + len(shown)), inputs="none")
            if older
            else None,
            press(_("The newest"), OPEN, carried(area.id), inputs="none") if skipped else None,
            press(_("See the earlier one"), OPEN, carried(story.before.id), inputs="none") if story.before else None,
            share_practice(_, story),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        # A note-taker who has just described it may not open it, so their receipt is left as it is.
        refresh=None if decided_in else again(OPEN, carried(area.id, skipped=skipped)),
        summary=_("A focus area at %(institution)s", institution=story.institution.name),
    )


def share_practice(_: Translator, story: Story) -> Action | None:
    """The offer to its leaders, where it goes well."""
    if not story.leads or not goes_well(story.area, story.last):
        return None
    return press(_("Share practice"), SHARE_PRACTICE, carried(story.area.id), inputs="none")


def choose(
    _: Translator, found: Sequence[tuple[FocusArea, Institution]], verb: str, *, several: bool, seen: str = ""
) -> Card:
    """Which of several focus areas; `several` institutions are told apart, and so is what has ended. `seen` is what was
    written of it already."""
    rows = []
    for area, where in found:
        ended = _("ended %(day)s", day=_.date(area.closed_at)) if area.closed_at else ""
        line = " · ".join(filter(None, (area.title, where.name if several else "", ended)))
        rows.append((area.id, area.title, line))
    return which(_, _("Which focus area?"), _("Focus area"), rows, verb, noticed=seen)


def choose_place(_: Translator, places: Sequence[Institution]) -> Card:
    rows = [(where.id, where.name, where.name) for where in places]
    return which(_, _("Which institution?"), _("Institution"), rows, AT)


def none_yet(_: Translator) -> Card:
    return card(
        _,
        _("No focus areas yet"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "Focus areas are chosen in a learning dialogue, after the shared reflection. From then on you "
                    "find them here."
                ),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def over(
    _: Translator,
    why: Expired,
    written: Sequence[tuple[str, str]] = (),
    *,
    stands: FocusArea | None = None,
    by: Person | None = None,
) -> Card:
    """Why the focus area cannot be changed now, and everything that was typed, to be copied.

    `stands` is what somebody, `by`, has done with it meanwhile.
    """
    reasons = {
        "focus_area_done": _("Somebody has already done this, so it stays as it is."),
        "focus_area_closed": _("The focus area has been closed, so nothing in it can be changed."),
        "measure_ended": _("The measure has been ended, so nothing in it can be changed."),
        "reflection_missing": _("Before you can record decisions, the shared reflection must be saved."),
        "dialogue_not_begun": _("The dialogue has not begun yet. You can write the decisions once it has."),
        "dialogue_cancelled": _("The dialogue has been cancelled, so there is nothing to decide."),
    }
    closed = _("The dialogue is closed, so nothing in it can be changed.")
    return card(
        _,
        _("The card is out of date"),
        seen_by=_("only you"),
        body=[
            text(reasons.get(why.code, closed), spacing="Medium"),
            *(_stands(_, stands, by) if stands else []),
            *given_back(_, written),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def refused(_: Translator, written: Sequence[tuple[str, str]]) -> Card:
    """For somebody who may not write in it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=given_back(_, written))


def given_back(_: Translator, written: Sequence[tuple[str, str]]) -> list[Element]:
    """What was typed, question and words, so that it can be copied."""
    parts: list[Element] = []
    for question, words in written:
        if words:
            parts += [text(question, small=True, subtle=True, spacing="Medium"), said(words, spacing="ExtraSmall")]
    return draft.given_back(_, parts)


def _facts(_: Translator, story: Story) -> list[tuple[str, str]]:
    area = story.area
    rows = [(_("Theme"), theme_title(_, story.theme)), (_("Signs you look for"), area.signs)]
    if area.aims:
        rows.append((_("What it should strengthen"), aims_line(_, area.aims)))
    if area.first_step:
        on = _.date(area.first_step_on) if area.first_step_on else ""
        rows.append((_("First step"), " · ".join(filter(None, (area.first_step, on)))))
    if area.owner:
        rows.append((_("Responsible"), area.owner))
    if story.before is not None:
        rows.append((_("Continues"), story.before.title))
    return rows


def _page(newest_first: Sequence[tuple[FocusStatus, Person]]) -> list[tuple[FocusStatus, Person]]:
    """As many of the statuses as one card holds with every word of them, and at least one."""
    shown: list[tuple[FocusStatus, Person]] = []
    letters = 0
    for status, author in newest_first[:PAGE_ENTRIES]:
        letters += sum(len(each) for each in (status.seen, status.meaning, status.learned, status.next_step))
        if shown and letters > PAGE_LETTERS:
            break
        shown.append((status, author))
    return shown


def _stands(_: Translator, area: FocusArea, by: Person | None) -> list[Element]:
    signature = signed(_, by, area.written_at) if by and area.written_at else ""
    parts = [
        text(area.title, strong=True, spacing="Medium"),
        text(_ended_line(_, area) if area.closing else area.signs, spacing="None"),
        said(area.outcome if area.closing and area.outcome else area.why, spacing="ExtraSmall"),
    ]
    return [*parts, text(signature, small=True, subtle=True, spacing="ExtraSmall")] if signature else parts


def _state(_: Translator, area: FocusArea, last: FocusStatus | None) -> State:
    if area.state is FocusAreaState.CLOSED:
        return State(_("Closed"), "neutral", "LockClosed")
    return status_state(_, last.status if last else None)


def _ended(_: Translator, area: FocusArea) -> list[Element]:
    parts: list[Element] = [section(_("How it ended")), text(_ended_line(_, area), spacing="Small")]
    return [*parts, said(area.outcome, spacing="Small")] if area.outcome else parts


def _ended_line(_: Translator, area: FocusArea) -> str:
    when: datetime | None = area.closed_at
    words = _(CLOSINGS[area.closing]) if area.closing else ""
    return f"{words} · {_.date(when)}" if when else words


def _next_step(_: Translator, area: FocusArea, last: FocusStatus | None) -> Element | None:
    if area.closing is Closing.CONTINUED:
        words = _("Next step for you: choose at a learning dialogue in the next two-year period what builds on it.")
        return note(words, sign="ArrowRight")
    if not area.is_active:
        return None
    if last is not None and last.status is Status.ROOTED:
        return note(_("Next step for you: close it at the next learning dialogue, if you agree."), sign="ArrowRight")
    return note(asking(_, area), sign="ArrowRight")


def asking(_: Translator, area: FocusArea) -> str:
    """What the leaders can expect: how often they are asked, or that they are not."""
    if not area.asked_every:
        return _("Next step: I will not ask. You can write “status” at any time.")
    if area.asked_every == USUALLY_EVERY:
        return _("Next step: I will ask how it is going every eight weeks. You can write “status” at any time.")
    return _(
        "Next step: I will ask how it is going every %(n)s weeks. You can write “status” at any time.",
        n=_.number(area.asked_every),
    )
