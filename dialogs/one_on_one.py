"""The chief plans a 1:1 with a leader in their line; both see it, both can move it, and the chief can call it off.

Clock: where the two are in no line on the day any more, both hear that it comes to nothing, as far as they may see it.
Question: `1:1 med Karen på torsdag kl. 10` reads back what was understood; `1:1` shows the coming ones.
`uden 1:1` lists the leaders with whom there has been none in the half-year.
Buttons: *Planlæg 1:1* plans it and tells the leader at once; *Flyt mødet* is for both, *Aflys mødet* asks once more.
"""

from datetime import timedelta
from uuid import UUID

from cards import meeting as meetings
from cards import one_on_one as cards
from cards import one_on_one_plan as plans
from cards import time_and_place as times
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.one_on_one_plan import Led, PlanForm
from cards.one_on_one_without import WITHOUT
from cards.time_and_place import MoveForm, Moving
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.meeting import coming_meetings, meeting_for, meetings_to_note, own_meeting, tell_other
from dialogs.moment import doubt_of, meant, moment_of, same_week, told_of_days_off, understood_of
from dialogs.names import named
from dialogs.one_on_one_news import (
    BROKEN,
    CANCELLED,
    MOVED,
    PLANNED,
    VIEW,
    clock,
    coming_besides,
    following,
    planned,
    show_broken,
    show_cancelled,
    show_moved,
    show_planned,
)
from dialogs.one_on_one_without import without_any
from dialogs.one_on_one_words import OWN, asks_for_the_next, who_and_place
from dialogs.turn import Turn
from dialogs.when import When, when
from dialogs.words import normalise
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.one_on_one import OneOnOne
from domain.organisation import Institution, Role
from storage.agenda import carry_over
from storage.one_on_one import next_of_pair, one_on_day
from storage.one_on_one_line import places_between
from storage.one_on_one_met import leaders_of_chief
from storage.reach import is_unreached


def asked(turn: Turn, question: Asked) -> Card:
    """`1:1`, with a name and a time or without."""
    found = when(question.text, turn.today)
    who, place = who_and_place(found.rest)
    led = leaders_of_chief(turn.uow, turn.viewer)
    if not who and not led and asks_for_the_next(question.text) and (coming := coming_meetings(turn)):
        return open_it(turn, Subject(coming[0].one_on_one.id))
    for each in [] if led else coming_meetings(turn):
        if each.one_on_one.starts_at.astimezone(turn.municipality.zone).date() == found.day:
            return open_it(turn, Subject(each.one_on_one.id))
    asks_for_own = normalise(question.text).split()[0] in OWN
    if not who or not led:
        if led and (found.day or found.clock) and not asks_for_own:
            return plans.choose_leader(turn._, led, _typed(found, place), is_all=True)
        return plans.only_chiefs_plan(turn._) if who and not asks_for_own else _show_all(turn)
    fits = named(who, [(each, [each[0].name, *(name for where in each[1] for name in _names(where))]) for each in led])
    if len(fits.found) == 1:
        return _begin(turn, fits.found[0], found, place)
    typed = _typed(found, place)
    return plans.choose_leader(turn._, fits.found or fits.nearest, typed, is_nearest=not fits.found)


def new(turn: Turn, form: PlanForm) -> Card:
    """The card for one leader, with what is known of the time."""
    if form.leader_id is None:
        raise Problems({"leader": Problem("no_leader")})
    leader, places = _led(turn, form.leader_id)
    return plans.ask_plan(
        turn._,
        leader,
        places,
        form,
        doubt=doubt_of(turn, form.day),
        besides=coming_besides(turn, turn.person.id, leader.id),
    )


def choose(turn: Turn, form: PlanForm) -> Card:
    led = leaders_of_chief(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    return plans.choose_leader(turn._, led, form, is_all=True)


def choose_again(turn: Turn, form: PlanForm, problems: Problems) -> Card:
    led = leaders_of_chief(turn.uow, turn.viewer)
    return plans.choose_leader(turn._, led, form, is_all=True, problems=problems)


def plan_it(turn: Turn, form: PlanForm) -> Card:
    """Plans it, and tells the leader at once; the agenda takes over what was not reached last time."""
    leader, _places = _led(turn, form.leader_id)
    starts_at = moment_of(turn, form.day, form.clock)
    assert form.day is not None
    same_day = one_on_day(turn.uow, turn.person.id, leader.id, form.day)
    made = OneOnOne.plan(
        turn.person.id,
        leader.id,
        tuple(where.id for where in places_between(turn.uow, turn.person.id, leader.id, form.day)),
        starts_at=starts_at,
        place=form.place,
        now=turn.now,
        local=starts_at.astimezone(turn.municipality.zone),
        same_day=same_day.starts_at if same_day else None,
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    carry_over(turn.uow, made.chief_id, made.leader_id, turn.now)
    tell_other(turn, made, PLANNED, until=made.starts_at)
    turn.shows(VIEW, made.id)
    return told_of_days_off(turn, planned(turn, meeting_for(turn, made.id), by_me=True), made.starts_at)


def plan_again(turn: Turn, form: PlanForm, problems: Problems) -> Card:
    leader, places = _led(turn, form.leader_id)
    return plans.ask_plan(
        turn._, leader, places, form, problems=problems, besides=coming_besides(turn, turn.person.id, leader.id)
    )


def plan_refused(turn: Turn, form: PlanForm) -> Card:
    return times.refused(turn._, form)


def open_it(turn: Turn, subject: Subject) -> Card:
    meeting = meeting_for(turn, subject.id)
    turn.shows(VIEW, meeting.one_on_one.id)
    return cards.show(turn._, meeting, now=turn.now)


def ask_move(turn: Turn, moving: Moving) -> Card:
    """The form for another time, with what was written of it in words."""
    meeting = meeting_for(turn, moving.id)
    about = meeting.one_on_one
    about.require_movable()
    new = meant(turn, moving.wanted, about.starts_at)
    if new is None:
        return cards.ask_move(turn._, meeting)
    typed = MoveForm(subject_id=about.id, day=new.day, clock=new.clock, place=about.place, revision=about.revision)
    return cards.ask_move(turn._, meeting, typed=typed, problems=new.problems, above=new.said)


def move(turn: Turn, form: MoveForm) -> Card:
    """By either of the two; the other one hears of it at once."""
    meeting = meeting_for(turn, form.subject_id)
    about = meeting.one_on_one
    about.require_movable()
    if form.revision != about.revision:
        raise Problems({"day": Problem("one_on_one_moved_meanwhile", {"starts_at": about.starts_at})})
    starts_at = moment_of(turn, form.day, form.clock)
    assert form.day is not None
    same_day = one_on_day(turn.uow, about.chief_id, about.leader_id, form.day, besides=about.id)
    before = about.starts_at
    about.move(
        starts_at,
        form.place,
        tuple(where.id for where in places_between(turn.uow, about.chief_id, about.leader_id, form.day)),
        now=turn.now,
        local=starts_at.astimezone(turn.municipality.zone),
        same_day=same_day.starts_at if same_day else None,
    )
    tell_other(turn, about, MOVED, until=min(before, starts_at) if before > turn.now else starts_at)
    turn.changes(VIEW, about.id)
    meeting = meeting_for(turn, about.id)
    receipt = cards.moved(turn._, meeting, by_me=True, is_unreached=is_unreached(turn.uow, meeting.other.id))
    return told_of_days_off(turn, receipt, about.starts_at)


def move_again(turn: Turn, form: MoveForm, problems: Problems) -> Card:
    return cards.ask_move(turn._, meeting_for(turn, form.subject_id), typed=form, problems=problems)


def move_expired(turn: Turn, form: MoveForm, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, form.subject_id), why, written=times.written(turn._, form))


def move_refused(turn: Turn, form: MoveForm) -> Card:
    return times.refused(turn._, form)


def ask_cancel(turn: Turn, subject: Subject) -> Card:
    meeting = own_meeting(turn, subject.id)
    meeting.one_on_one.require_movable()
    return cards.ask_cancel(turn._, meeting, is_unreached=is_unreached(turn.uow, meeting.other.id))


def cancel(turn: Turn, subject: Subject) -> Card:
    meeting = own_meeting(turn, subject.id)
    about = meeting.one_on_one
    about.cancel()
    turn.uow.session.flush()
    carry_over(turn.uow, about.chief_id, about.leader_id, turn.now)
    if about.was_planned:
        tell_other(turn, about, CANCELLED, until=max(about.starts_at, turn.now + timedelta(days=1)))
    turn.changes(VIEW, about.id)
    return cards.cancelled(turn._, meeting, by_me=True, following=following(turn, about))


def subject_expired(turn: Turn, subject: Subject | Moving, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, subject.id), why)


def show(turn: Turn, one_on_one_id: UUID) -> Card | None:
    return open_it(turn, Subject(one_on_one_id))


def _begin(turn: Turn, led: Led, found: When, place: str) -> Card:
    """The card with what was understood, or the coming 1:1 with this leader where no other time was typed."""
    leader, places = led
    coming = next_of_pair(turn.uow, turn.person.id, leader.id, turn.now)
    if coming and found.day in (None, coming.meets_on) and found.clock is None and not found.is_no_day:
        return open_it(turn, Subject(coming.id))
    typed = PlanForm(leader_id=leader.id, day=found.day, clock=found.clock, place=place)
    problems = Problems({"day": Problem("no_such_day")}) if found.is_no_day else None
    understood = None
    if found.day and found.clock:
        understood, problems = understood_of(turn, found.day, found.clock)
    return plans.ask_plan(
        turn._,
        leader,
        places,
        typed,
        understood=understood,
        doubt=doubt_of(turn, found.day, other=same_week(found.day, found.weekday) if found.day else None),
        problems=problems,
        besides=coming.starts_at if coming else None,
        can_brief=not (found.day or found.clock or found.is_no_day),
    )


def _typed(found: When, place: str) -> PlanForm:
    return PlanForm(leader_id=None, day=found.day, clock=found.clock, place=place)


def _names(where: Institution) -> list[str]:
    return [where.name, *where.aliases]


def _led(turn: Turn, leader_id: UUID | None) -> Led:
    """One of the leaders in the chief's responsibility; `NotAllowed` for anybody else."""
    led = {leader.id: (leader, places) for leader, places in leaders_of_chief(turn.uow, turn.viewer)}
    if leader_id not in led:
        raise NotAllowed
    return led[leader_id]


def _show_all(turn: Turn) -> Card:
    """The person's 1:1s; where there is one, that one."""
    found = [*meetings_to_note(turn), *coming_meetings(turn)]
    is_chief = turn.viewer.has(Role.CHIEF)
    if len(found) == 1 and not is_chief:
        return open_it(turn, Subject(found[0].one_on_one.id))
    return cards.show_all(turn._, found, is_chief=is_chief)


def _without_any(turn: Turn) -> Card:
    return without_any(turn) if turn.viewer.has(Role.CHIEF) else _show_all(turn)


FLOW = Flow(
    name="one_on_one",
    buttons={
        WITHOUT: Button(Nothing.read, lambda turn, _form: _without_any(turn), only_shows=True),
        plans.NEW: Button(PlanForm.read, new, again=choose_again),
        plans.CHOOSE: Button(PlanForm.read, choose),
        plans.PLAN: Button(PlanForm.read, plan_it, again=plan_again, refused=plan_refused),
        meetings.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.MOVE: Button(Moving.read, ask_move, expired=subject_expired),
        cards.SET: Button(MoveForm.read, move, again=move_again, expired=move_expired, refused=move_refused),
        cards.ASK_CANCEL: Button(Subject.read, ask_cancel, expired=subject_expired),
        cards.CANCEL: Button(Subject.read, cancel, expired=subject_expired),
    },
    questions={
        "one_on_one": Question(
            ("1:1", "en til en", "one on one", "planlæg 1:1", "planlæg en 1:1", "plan 1:1", "plan a 1:1"),
            asked,
            takes_rest=True,
        ),
        "one_on_one_without": Question(
            ("uden 1:1", "ingen 1:1", "without a 1:1", "no 1:1 yet"), lambda turn, _question: _without_any(turn)
        ),
    },
    views={VIEW: show, PLANNED: show_planned, MOVED: show_moved, CANCELLED: show_cancelled, BROKEN: show_broken},
    clock=clock,
)
