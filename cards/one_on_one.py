"""A 1:1 as the two see it: that it is planned, moved, called off or comes to nothing, and where it is."""

from collections.abc import Sequence
from datetime import datetime

from cards import overview
from cards.form import carried
from cards.inputs import choices
from cards.kit import Card, again, card, press
from cards.language import Translator
from cards.layout import Element, group
from cards.meeting import BROKEN, OPEN, SHOW_NOTE, STATES, Meeting, line, out_of_line, the_two, toast
from cards.more import and_more, first
from cards.note import content
from cards.one_on_one_plan import CHOOSE, NEW, another
from cards.one_on_one_without import WITHOUT
from cards.parts import State, facts, hint, note, section, text
from cards.time_and_place import MoveForm, time_and_place, when_and_where
from cards.unreached import not_told, tell_yourself
from domain.errors import Problems
from domain.one_on_one import OneOnOneState
from domain.organisation import Person

MOVE = "one_on_one.move"
SET = "one_on_one.set"
ASK_CANCEL = "one_on_one.ask_cancel"
CANCEL = "one_on_one.cancel"
AGENDA = "agenda.open"
WRITE_NOTE = "note.write"
RHYTHM = "rhythm.open"
MOST_LINES = 10


def ask_move(
    _: Translator,
    meeting: Meeting,
    *,
    typed: MoveForm | None = None,
    problems: Problems | None = None,
    above: Sequence[Element] = (),
) -> Card:
    """The time as it is or was typed; `above` reads back what was written of it in words."""
    about = meeting.one_on_one
    local = about.starts_at.astimezone(_.zone)
    return card(
        _,
        _("Move the 1:1"),
        subtitle=line(_, meeting),
        seen_by=_("you. %(who)s sees the new time.", who=meeting.other.name),
        body=[
            *above,
            *time_and_place(
                _,
                typed.day if typed else local.date(),
                typed.clock if typed else local.time(),
                typed.place if typed else about.place,
                problems,
            ),
        ],
        actions=[
            press(_("Move it"), SET, carried(about.id, r=about.revision), primary=True),
            press(_("Back"), OPEN, carried(about.id), inputs="none"),
        ],
        summary=toast(_, about.starts_at),
    )


def show(_: Translator, meeting: Meeting, *, now: datetime) -> Card:
    """Where the 1:1 is, and the ways on from there."""
    about, id_ = meeting.one_on_one, carried(meeting.one_on_one.id)
    has_begun = about.has_begun(now)
    writes = meeting.is_chief and has_begun and not about.is_noted
    left = _left_of_it(_, meeting)
    stands = about.is_coming and meeting.is_in_line
    return card(
        _,
        _("1:1 leadership follow-up"),
        subtitle=f"{meeting.other.name} · {_.join(where.name for where in meeting.places)}",
        state=_state(_, BROKEN if about.is_coming and not stands else STATES[about.state]),
        seen_by=_("only you") if left else the_two(_, meeting),
        body=[
            facts(when_and_where(_, about.starts_at, about.place), spacing="Medium"),
            note(_next_step(_, meeting, has_begun), sign="ArrowRight"),
            *left,
        ],
        actions=[
            press(_("Write the note"), WRITE_NOTE, id_, primary=True) if writes else None,
            press(_("See the note"), SHOW_NOTE, id_, primary=True) if about.is_noted else None,
            press(_("See the agenda"), AGENDA, id_, primary=not has_begun) if stands else None,
            press(_("Move the meeting"), MOVE, id_) if stands or (about.is_movable and meeting.is_chief) else None,
            press(_("Cancel the meeting"), ASK_CANCEL, id_) if about.is_movable and meeting.is_chief else None,
            press(_("Rhythm"), RHYTHM, id_) if meeting.is_chief else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        refresh=again(OPEN, id_),
        summary=toast(_, about.starts_at),
    )


def planned(
    _: Translator,
    meeting: Meeting,
    *,
    by_me: bool,
    is_open: bool = False,
    besides: datetime | None = None,
    is_unreached: bool = False,
) -> Card:
    """A receipt for the chief, news for the leader; of a leader who `is_unreached`, that they are not told.

    `is_open` when it is less than five days away, so that the agenda comes with this card and not by itself, and
    `besides` is another 1:1 of the two that is planned already.
    """
    who = meeting.other.name
    if not by_me:
        next_step = _("Next step: put the time into your calendar. You can add to the agenda now or later.")
    elif is_unreached:
        next_step = not_told(_, who)
    elif is_open:
        next_step = _("Next step: I am telling %(who)s now. You can both add to the agenda from now on.", who=who)
    else:
        next_step = _(
            "Next step: I am telling %(who)s now, and will bring you both the agenda five days before.", who=who
        )
    return _news(_, meeting, _("A 1:1 is planned"), next_step, hint(another(_, besides)) if besides else None)


def moved(_: Translator, meeting: Meeting, *, by_me: bool, is_unreached: bool = False) -> Card:
    who = meeting.other.name
    if not by_me:
        next_step = _("Next step: put the new time into your calendar.")
    elif is_unreached:
        next_step = not_told(_, who)
    else:
        next_step = _("Next step: I am telling %(who)s now. The agenda has moved with it.", who=who)
    return _news(_, meeting, _("The 1:1 has been moved"), next_step)


def ask_cancel(_: Translator, meeting: Meeting, *, is_unreached: bool = False) -> Card:
    """Asks once more, and says who hears of it, or that nobody does."""
    id_, who = carried(meeting.one_on_one.id), meeting.other.name
    told = tell_yourself(_, who) if is_unreached else _("%(who)s is told at once.", who=who)
    was_planned = meeting.one_on_one.was_planned
    if not was_planned:
        told = _("%(who)s has not been told of it.", who=who)
    return card(
        _,
        _("Cancel the 1:1?"),
        subtitle=line(_, meeting),
        seen_by=_("only you"),
        body=[
            text(told, spacing="Medium"),
            hint(_("If it is only to be another day, move it instead. Then the agenda moves with it."))
            if was_planned
            else None,
        ],
        actions=[
            press(_("Yes, cancel it"), CANCEL, id_, destructive=True, inputs="none"),
            press(_("Move the meeting"), MOVE, id_, inputs="none") if was_planned else None,
            press(_("Back"), OPEN, id_, inputs="none"),
        ],
        summary=toast(_, meeting.one_on_one.starts_at),
    )


def cancelled(_: Translator, meeting: Meeting, *, by_me: bool, following: datetime | None = None) -> Card:
    """`following` is the next 1:1 of the two, to whose agenda their items have moved."""
    about = meeting.one_on_one
    left = _left_of_it(_, meeting)
    return card(
        _,
        _("The 1:1 is cancelled"),
        subtitle=line(_, meeting),
        state=_state(_, STATES[about.state]),
        seen_by=_("only you") if left else the_two(_, meeting),
        body=[
            note(
                _("Next step: plan another. Open agreements are still open.")
                if by_me and not following
                else _("Next step: you meet %(moment)s. Open agreements are still open.", moment=_.moment(following))
                if by_me and following
                else _("Next step: remove it from your calendar. Open agreements are still open."),
                sign="ArrowRight",
            ),
            hint(_("What you had added to the agenda is now on the one for %(moment)s.", moment=_.moment(following)))
            if following
            else None,
            *left,
        ],
        actions=[
            press(_("Plan a new one"), NEW, carried(meeting.leader.id), primary=not following) if by_me else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Cancelled: %(what)s", what=toast(_, about.starts_at)),
    )


def broken(_: Translator, meeting: Meeting, chiefs: Sequence[Person]) -> Card:
    """News of a planned 1:1 that comes to nothing; `chiefs` have the responsibility for the institution now."""
    about = meeting.one_on_one
    now_led = _(
        "%(who)s is responsible now, and sees your open agreements, but no notes or agendas.",
        who=_.join(each.name for each in chiefs),
    )
    return card(
        _,
        _("The 1:1 will not take place"),
        subtitle=line(_, meeting),
        state=_state(_, BROKEN),
        seen_by=_("only you"),
        body=[
            text(out_of_line(_, meeting), spacing="Medium"),
            text(now_led, spacing="Small") if chiefs else None,
            note(
                _("Next step: remove it from your calendar. Open agreements are still open."),
                sign="ArrowRight",
            ),
        ],
        actions=[
            press(_("See the 1:1"), OPEN, carried(about.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Will not take place: %(what)s", what=toast(_, about.starts_at)),
    )


def show_all(_: Translator, meetings: Sequence[Meeting], *, is_chief: bool) -> Card:
    """The coming ones by time, and those whose note is still to be written."""
    parts: list[Element] = []
    shown, more = first(meetings, MOST_LINES)
    for each in shown:
        where = _.join(place.name for place in each.places)
        words = [
            text(f"{each.other.name} · {where}", strong=True),
            text(_.moment(each.one_on_one.starts_at), small=True, subtle=True, spacing="None"),
        ]
        parts.append(group(*words, spacing="Small"))
    if left := and_more(_, more):
        parts.append(left)
    if len(meetings) > 1:
        # A phone shows some thirty letters of a choice; the whole line stands above.
        options = [
            (str(each.one_on_one.id), f"{each.other.name} · {_.short_date(each.one_on_one.starts_at)}")
            for each in meetings
        ]
        parts.append(choices("id", _("Which 1:1?"), options, chosen=options[0][0], compact=True))
    if not meetings:
        parts.append(
            text(
                _("No 1:1 is planned. Write for instance “1:1 with Mette on Thursday at 10”.")
                if is_chief
                else _("No 1:1 is planned. Your Children and Youth chief plans them, and you are told at once."),
                spacing="Medium",
            )
        )
    only = carried(meetings[0].one_on_one.id) if len(meetings) == 1 else carried()
    return card(
        _,
        _("1:1 leadership follow-up"),
        seen_by=_("only you"),
        body=[section(_("Coming up, and without a note"), spacing="Medium") if meetings else None, *parts],
        actions=[
            press(_("See the 1:1"), OPEN, only, primary=True) if meetings else None,
            press(_("Plan a 1:1"), CHOOSE, carried(), primary=not meetings, inputs="none") if is_chief else None,
            press(_("Leaders without a 1:1"), WITHOUT, carried(), inputs="none") if is_chief else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("1:1 leadership follow-up"),
    )


def _news(_: Translator, meeting: Meeting, title: str, next_step: str, more: Element | None = None) -> Card:
    about = meeting.one_on_one
    return card(
        _,
        title,
        subtitle=f"{meeting.other.name} · {_.join(where.name for where in meeting.places)}",
        seen_by=the_two(_, meeting),
        body=[
            facts(when_and_where(_, about.starts_at, about.place), spacing="Medium"),
            note(next_step, sign="ArrowRight"),
            more,
        ],
        actions=[
            press(_("See the agenda"), AGENDA, carried(about.id), primary=True),
            press(_("Move the meeting"), MOVE, carried(about.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=toast(_, about.starts_at),
    )


def _left_of_it(_: Translator, meeting: Meeting) -> list[Element]:
    """The draft of the note of a cancelled 1:1, for the chief who wrote it: it stays theirs, and nobody else's."""
    about = meeting.one_on_one
    if about.state is not OneOnOneState.CANCELLED or about.draft is None or not meeting.is_chief:
        return []
    written = content(_, about.draft)
    return [section(_("This is what you wrote")), *written] if written else []


def _next_step(_: Translator, meeting: Meeting, has_begun: bool) -> str:
    about = meeting.one_on_one
    if about.state is OneOnOneState.CANCELLED:
        return _("It is cancelled. Open agreements are still open.")
    if about.is_coming and not meeting.is_in_line:
        return out_of_line(_, meeting)
    if about.state is OneOnOneState.CONFIRMED:
        return _("The note is confirmed. Open agreements come on the next agenda.")
    if about.is_noted:
        if meeting.leader.id == meeting.viewer.id:
            return _("Next step for you: confirm the note and the agreements.")
        return _("Next step for %(who)s: confirm the note and the agreements.", who=meeting.leader.name)
    if has_begun:
        if meeting.chief.id == meeting.viewer.id:
            return _("Next step for you: the note.")
        return _("Next step for %(who)s: the note.", who=meeting.chief.name)
    return _("Next step for you both: the agenda. Each of you can add to it.")


def _state(_: Translator, named: tuple[str, str]) -> State:
    word, tone = named
    return State(_(word), tone)  # type: ignore[arg-type]
