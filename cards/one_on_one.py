"""Planning a 1:1, moving it and calling it off: what was understood is read back before anything comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from cards import form, overview
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, date_input, text_input, time_input
from cards.kit import TITLE_LIMIT, Action, Card, again, card, press
from cards.language import Translator
from cards.layout import Element, group
from cards.meeting import OPEN, SHOW_NOTE, STATES, Meeting, line, the_two, toast
from cards.note import content
from cards.parts import State, bullets, facts, hint, note, problem, section, text
from domain.errors import Problems
from domain.one_on_one import OneOnOneState
from domain.organisation import Institution, Person
from domain.text import SHORT

NEW = "one_on_one.new"
CHOOSE = "one_on_one.choose"
PLAN = "one_on_one.plan"
MOVE = "one_on_one.move"
SET = "one_on_one.set"
ASK_CANCEL = "one_on_one.ask_cancel"
CANCEL = "one_on_one.cancel"
AGENDA = "agenda.open"
WRITE_NOTE = "note.write"
RHYTHM = "rhythm.open"
MOST_BUTTONS = 4
MOST_LINES = 10

Led = tuple[Person, Sequence[Institution]]


@dataclass(frozen=True, kw_only=True)
class PlanForm:
    """A 1:1 as typed; `leader_id` is None as long as nobody is chosen."""

    leader_id: UUID | None
    day: date | None = None
    clock: time | None = None
    place: str = ""

    @classmethod
    def read(cls, data: Data) -> "PlanForm":
        return cls(
            leader_id=form.optional_id(data, "id"),
            day=form.day(data, "day"),
            clock=form.clock(data, "clock"),
            place=form.text(data, "place"),
        )

    def carried(self, leader_id: UUID | None = None) -> dict[str, str | int]:
        """What is passed on while the leader is still being chosen."""
        return carried(
            leader_id,
            day=self.day.isoformat() if self.day else "",
            clock=f"{self.clock:%H:%M}" if self.clock else "",
            place=self.place,
        )


@dataclass(frozen=True, kw_only=True)
class MoveForm:
    """The new time as typed; `revision` is the one that the card was drawn of."""

    one_on_one_id: UUID
    day: date | None
    clock: time | None
    place: str
    revision: int

    @classmethod
    def read(cls, data: Data) -> "MoveForm":
        return cls(
            one_on_one_id=form.subject_id(data),
            day=form.day(data, "day"),
            clock=form.clock(data, "clock"),
            place=form.text(data, "place"),
            revision=form.number(data, "r"),
        )


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What is worth a second look in a time that was understood: another weekday than typed, or a day off."""

    typed_weekday: date | None = None
    day_off: date | None = None


def ask_plan(
    _: Translator,
    leader: Person,
    places: Sequence[Institution],
    typed: PlanForm,
    *,
    understood: datetime | None = None,
    doubt: Doubt | None = None,
    problems: Problems | None = None,
    weeks: int | None = None,
    later: Action | None = None,
) -> Card:
    """With whom, when and where, as it was understood, to be corrected in the fields.

    `weeks` is the rhythm from which it is suggested, and `later` puts such a suggestion off.
    """
    at_leader = wrong.at(_, problems, "leader")
    return card(
        _,
        _("Plan a 1:1"),
        subtitle=f"{leader.name} · {_.join(where.name for where in places)}",
        seen_by=_("you. %(who)s sees the time and the place when you plan it.", who=leader.name),
        minutes=1,
        body=[
            problem(at_leader) if at_leader else None,
            text(_("It is time for the next one: you wanted to meet every %(n)s weeks.", n=weeks), spacing="Medium")
            if weeks
            else None,
            note(_("I understood: %(moment)s.", moment=_.moment(understood)), sign="Calendar") if understood else None,
            *_doubts(_, doubt),
            *_time_fields(_, typed.day, typed.clock, typed.place, problems),
        ],
        actions=[
            press(_("Plan the 1:1"), PLAN, carried(leader.id), primary=True),
            later or press(_("Another leader"), CHOOSE, carried()),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Plan a 1:1"),
    )


def choose_leader(
    _: Translator,
    found: Sequence[Led],
    typed: PlanForm,
    *,
    is_nearest: bool = False,
    is_all: bool = False,
    problems: Problems | None = None,
) -> Card:
    """Which of several leaders of that name, of the nearest, or of all; what was typed of the time goes with it."""
    lines = [f"{leader.name} · {_.join(where.name for where in places)}" for leader, places in found]
    question = _("I know nobody of that name among your leaders. Do you mean one of these?") if is_nearest else None
    few = len(found) <= MOST_BUTTONS
    pick = choices(
        "id",
        _("Leader"),
        [(str(leader.id), words) for (leader, _places), words in zip(found, lines, strict=True)],
        compact=True,
        required=True,
        placeholder=_("Choose"),
        problem=wrong.at(_, problems, "leader"),
    )
    return card(
        _,
        _("Whom do you want to meet?"),
        seen_by=_("only you"),
        body=[
            text(question, spacing="Medium") if question else None,
            bullets(lines, spacing="Medium") if few else pick,
        ],
        actions=[
            *(
                [
                    press(
                        _on_button(leader, found),
                        NEW,
                        typed.carried(leader.id),
                        primary=number == 0 and not is_nearest,
                    )
                    for number, (leader, _places) in enumerate(found)
                ]
                if few
                else [press(_("Go on"), NEW, typed.carried(), primary=True)]
            ),
            press(_("All my leaders"), CHOOSE, typed.carried(), inputs="none") if few and not is_all else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Plan a 1:1"),
    )


def ask_move(
    _: Translator, meeting: Meeting, *, typed: MoveForm | None = None, problems: Problems | None = None
) -> Card:
    about = meeting.one_on_one
    local = about.starts_at.astimezone(_.zone)
    return card(
        _,
        _("Move the 1:1"),
        subtitle=line(_, meeting),
        seen_by=_("you. %(who)s sees the new time.", who=meeting.other.name),
        body=_time_fields(
            _,
            typed.day if typed else local.date(),
            typed.clock if typed else local.time(),
            typed.place if typed else about.place,
            problems,
        ),
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
    return card(
        _,
        _("1:1 leadership follow-up"),
        subtitle=f"{meeting.other.name} · {_.join(where.name for where in meeting.places)}",
        state=_state(_, about.state),
        seen_by=_("only you") if left else the_two(_, meeting),
        body=[
            facts(_rows(_, meeting), spacing="Medium"),
            note(_next_step(_, meeting, has_begun), sign="ArrowRight"),
            *left,
        ],
        actions=[
            press(_("Write the note"), WRITE_NOTE, id_, primary=True) if writes else None,
            press(_("See the note"), SHOW_NOTE, id_, primary=True) if about.is_noted else None,
            press(_("See the agenda"), AGENDA, id_, primary=not has_begun) if about.is_coming else None,
            press(_("Move the meeting"), MOVE, id_)
            if about.is_coming or (about.is_movable and meeting.is_chief)
            else None,
            press(_("Cancel the meeting"), ASK_CANCEL, id_) if about.is_movable and meeting.is_chief else None,
            press(_("Rhythm"), RHYTHM, id_) if meeting.is_chief else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        refresh=again(OPEN, id_),
        summary=toast(_, about.starts_at),
    )


def planned(_: Translator, meeting: Meeting, *, by_me: bool) -> Card:
    """A receipt for the chief, news for the leader."""
    return _news(
        _,
        meeting,
        _("A 1:1 is planned"),
        _("Next step: I tell %(who)s now, and bring you both the agenda five days before.", who=meeting.other.name)
        if by_me
        else _("Next step: put the time into your calendar. You can add to the agenda now or later."),
    )


def moved(_: Translator, meeting: Meeting, *, by_me: bool) -> Card:
    return _news(
        _,
        meeting,
        _("The 1:1 has been moved"),
        _("Next step: I tell %(who)s now. The agenda has moved with it.", who=meeting.other.name)
        if by_me
        else _("Next step: put the new time into your calendar."),
    )


def ask_cancel(_: Translator, meeting: Meeting) -> Card:
    """Asks once more, and says who hears of it."""
    id_ = carried(meeting.one_on_one.id)
    return card(
        _,
        _("Cancel the 1:1?"),
        subtitle=line(_, meeting),
        seen_by=_("only you"),
        body=[
            text(_("%(who)s hears of it at once.", who=meeting.other.name), spacing="Medium"),
            hint(_("If it is only to be another day, move it instead. Then the agenda moves with it.")),
        ],
        actions=[
            press(_("Yes, cancel it"), CANCEL, id_, destructive=True, inputs="none"),
            press(_("Move the meeting"), MOVE, id_, inputs="none"),
            press(_("Back"), OPEN, id_, inputs="none"),
        ],
        summary=toast(_, meeting.one_on_one.starts_at),
    )


def cancelled(_: Translator, meeting: Meeting, *, by_me: bool) -> Card:
    about = meeting.one_on_one
    left = _left_of_it(_, meeting)
    return card(
        _,
        _("The 1:1 is cancelled"),
        subtitle=line(_, meeting),
        state=_state(_, about.state),
        seen_by=_("only you") if left else the_two(_, meeting),
        body=[
            note(
                _("Next step: plan another. Open agreements are still open.")
                if by_me
                else _("Next step: take it out of your calendar. Open agreements are still open."),
                sign="ArrowRight",
            ),
            *left,
        ],
        actions=[
            press(_("Plan another"), NEW, carried(meeting.leader.id), primary=True) if by_me else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Cancelled: %(what)s", what=toast(_, about.starts_at)),
    )


def show_all(_: Translator, meetings: Sequence[Meeting], *, is_chief: bool) -> Card:
    """The coming ones by time, and those whose note is still to be written."""
    parts: list[Element] = []
    for each in meetings[:MOST_LINES]:
        where = _.join(place.name for place in each.places)
        words = [
            text(f"{each.other.name} · {where}", strong=True),
            text(_.moment(each.one_on_one.starts_at), small=True, subtle=True, spacing="None"),
        ]
        parts.append(group(*words, spacing="Small"))
    if len(meetings) > MOST_LINES:
        more = len(meetings) - MOST_LINES
        parts.append(text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True))
    if len(meetings) > 1:
        options = [(str(each.one_on_one.id), line(_, each)) for each in meetings]
        parts.append(choices("id", _("Which 1:1?"), options, chosen=options[0][0], compact=True))
    if not meetings:
        parts.append(
            text(
                _("No 1:1 is planned. Write for instance “1:1 with Mette on Thursday at 10”.")
                if is_chief
                else _("No 1:1 is planned. Your Children and Youth chief plans them, and you hear of it at once."),
                spacing="Medium",
            )
        )
    only = carried(meetings[0].one_on_one.id) if len(meetings) == 1 else carried()
    return card(
        _,
        _("1:1 leadership follow-up"),
        seen_by=_("only you"),
        body=[section(_("Coming and to be noted"), spacing="Medium") if meetings else None, *parts],
        actions=[
            press(_("See the 1:1"), OPEN, only, primary=True) if meetings else None,
            press(_("Plan a 1:1"), CHOOSE, carried(), primary=not meetings, inputs="none") if is_chief else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("1:1 leadership follow-up"),
    )


def only_chiefs_plan(_: Translator) -> Card:
    return card(
        _,
        _("The chief plans the 1:1"),
        seen_by=_("only you"),
        body=[
            text(_("Your Children and Youth chief plans 1:1s. You can both move them.")),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _news(_: Translator, meeting: Meeting, title: str, next_step: str) -> Card:
    about = meeting.one_on_one
    return card(
        _,
        title,
        subtitle=f"{meeting.other.name} · {_.join(where.name for where in meeting.places)}",
        seen_by=the_two(_, meeting),
        body=[facts(_rows(_, meeting), spacing="Medium"), note(next_step, sign="ArrowRight")],
        actions=[
            press(_("See the agenda"), AGENDA, carried(about.id), primary=True),
            press(_("Move the meeting"), MOVE, carried(about.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=toast(_, about.starts_at),
    )


def _time_fields(
    _: Translator, day: date | None, clock: time | None, place: str, problems: Problems | None
) -> list[Element]:
    return [
        date_input(
            "day",
            _("Date"),
            value=day,
            required=True,
            problem=wrong.at(_, problems, "day"),
        ),
        time_input(
            "clock",
            _("Time of day"),
            value=clock,
            required=True,
            problem=wrong.at(_, problems, "clock"),
        ),
        text_input(
            "place",
            _("Place, or the link to the Teams meeting"),
            value=place,
            limit=SHORT,
            placeholder=_("Optional"),
            problem=wrong.at(_, problems, "place"),
        ),
    ]


def _doubts(_: Translator, doubt: Doubt | None) -> list[Element]:
    found: list[Element] = []
    if doubt and doubt.typed_weekday:
        found.append(
            hint(
                _("You wrote another weekday: the date is a %(weekday)s.", weekday=_.weekday_name(doubt.typed_weekday))
            )
        )
    if doubt and doubt.day_off:
        found.append(hint(_("%(day)s is not a working day.", day=_.weekday(doubt.day_off).capitalize())))
    return found


def _rows(_: Translator, meeting: Meeting) -> list[tuple[str, str]]:
    rows = [(_("Time"), _.moment(meeting.one_on_one.starts_at))]
    if meeting.one_on_one.place:
        rows.append((_("Place"), meeting.one_on_one.place))
    return rows


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
    if about.state is OneOnOneState.CONFIRMED:
        return _("The note is confirmed. Open agreements stand on the next agenda.")
    if about.is_noted:
        return _("Next step: confirm the note and the agreements – %(who)s.", who=meeting.leader.name)
    if has_begun:
        return _("Next step: the note – %(who)s.", who=meeting.chief.name)
    return _("Next step: the agenda – both of you can add to it.")


def _state(_: Translator, state: OneOnOneState) -> State:
    word, tone = STATES[state]
    return State(_(word), tone)  # type: ignore[arg-type]


def _on_button(leader: Person, found: Sequence[Led]) -> str:
    """The name, with the institution where two have the same one, cut to fit."""
    same = sum(each.name == leader.name for each, _places in found) > 1
    places = next(places for each, places in found if each.id == leader.id)
    words = f"{places[0].name}" if same else leader.name
    return words if len(words) <= TITLE_LIMIT else words[: TITLE_LIMIT - 1].rstrip() + "…"
