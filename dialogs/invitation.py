"""The one who is invited answers: yes to one of the times, another time, or not this time.

Clock: whoever is to answer is reminded after 3 and 7 days. After 14 days the invitation expires, and the host gets
three other suggestions, as after *Ikke denne gang*; why it did not suit is never asked.
Buttons: *Ja* to a time, *Foreslå en anden tid*, which asks the other of the two, and *Ikke denne gang*. Question:
`invitationer` shows what waits for the person's answer.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from cards import invitation as cards
from cards import visit as visits
from cards import visit_list
from cards.form import Subject
from cards.invitation import AnswerForm, ProposeForm
from cards.kit import Card
from dialogs import later
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.moment import told_of_days_off
from dialogs.observers import suggested_for
from dialogs.turn import Turn
from dialogs.visiting import INVITED, VIEW, moved_on, shown, tell_host, tell_other, visit_of
from domain.appointment import moments
from domain.errors import Expired, NotAllowed, Problems
from domain.observation import ANSWERED_WITHIN, Observation, ObservationState
from domain.organisation import Institution
from domain.prompt import Occasion
from storage.observation import (
    expired_observations,
    observation_for,
    observation_of_observer,
    observations_to_answer,
    unanswered_observations,
)
from storage.observer import require_fit
from storage.roles import institutions_led_by

UNANSWERED = "invitation.unanswered"
AGREED = "visit.agreed"
REMINDED_AFTER = (timedelta(days=3), timedelta(days=7))
TOLD_FOR = timedelta(days=21)


def open_it(turn: Turn, subject: Subject) -> Card:
    """The question, for whoever is to answer it; how it stands, for the other and once it is answered."""
    about, where = observation_for(turn.uow, turn.viewer, subject.id)
    if not _is_asked(turn, about, where):
        return shown(turn, about)
    turn.shows(INVITED, about.id)
    visit = visit_of(turn, about)
    return cards.countered(turn._, visit) if _is_host(turn, about, where) else cards.ask(turn._, visit)


def accept(turn: Turn, form: AnswerForm) -> Card:
    """Agrees on a time, if it is still on offer; the observer must still come from elsewhere (I15)."""
    about, where = observation_for(turn.uow, turn.viewer, form.observation_id)
    require_fit(turn.uow, about, where, turn.today)
    if form.time is None:
        raise NotAllowed
    about.accept(form.time, by_host=_is_host(turn, about, where), revision=form.revision, now=turn.now)
    moved_on(turn, about)
    tell_other(turn, about, AGREED, until=about.starts_at)
    return shown(turn, about)


def ask_propose(turn: Turn, form: AnswerForm) -> Card:
    about, where = observation_for(turn.uow, turn.viewer, form.observation_id)
    if not _is_asked(turn, about, where):
        return shown(turn, about)
    return cards.ask_propose(turn._, visit_of(turn, about))


def propose(turn: Turn, form: ProposeForm) -> Card:
    """Another time, and the other of the two is asked; the 14 days begin anew."""
    about, where = observation_for(turn.uow, turn.viewer, form.observation_id)
    require_fit(turn.uow, about, where, turn.today)
    times = moments(form.slots, now=turn.now, zone=turn.municipality.zone)
    about.propose(times, by_host=_is_host(turn, about, where), revision=form.revision, now=turn.now)
    moved_on(turn, about)
    tell_other(turn, about, INVITED)
    return told_of_days_off(turn, cards.proposed(turn._, visit_of(turn, about)), *times)


def decline(turn: Turn, form: AnswerForm) -> Card:
    """Without a reason, also after a time of one's own was proposed.

    The host sees "ikke denne gang" and whom else to ask.
    """
    about, _where = observation_of_observer(turn.uow, turn.viewer, form.observation_id)
    about.decline(revision=form.revision, now=turn.now)
    moved_on(turn, about)
    tell_host(turn, about, UNANSWERED)
    return cards.declined(turn._, visit_of(turn, about))


def not_now(turn: Turn, form: AnswerForm) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return later.ask(turn, INVITED, about.id)


def propose_again(turn: Turn, form: ProposeForm, problems: Problems) -> Card:
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return cards.ask_propose(turn._, visit_of(turn, about), typed=form, problems=problems)


def propose_expired(turn: Turn, form: ProposeForm, why: Expired) -> Card:
    """What became of the matter, and the times that were typed."""
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    turn.shows(VIEW, about.id)
    return visits.show(turn._, visit_of(turn, about), why=why, given=cards.written(turn._, form.slots))


def propose_refused(turn: Turn, form: ProposeForm) -> Card:
    return cards.refused(turn._, form)


def expired(turn: Turn, form: AnswerForm, why: Expired) -> Card:
    """What became of the matter: two who answer at the same moment both see the first answer."""
    about, _where = observation_for(turn.uow, turn.viewer, form.observation_id)
    return shown(turn, about, why=why)


def asked(turn: Turn, question: Asked) -> Card:
    """`invitationer`: the one that waits for the person's answer, or which."""
    led = institutions_led_by(turn.uow, turn.viewer)
    found = observations_to_answer(turn.uow, turn.viewer, [where.id for where in led])
    if not found:
        return cards.none_waits(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    rows = [(about, where, about.progress(is_sent=False), False) for about, where in found]
    return visit_list.choose(turn._, rows, cards.OPEN)


def show(turn: Turn, observation_id: UUID) -> Card | None:
    """The question for delivery, or how it stands, where an older copy is drawn anew; nobody is reminded of that."""
    about, where = observation_for(turn.uow, turn.viewer, observation_id)
    if turn.is_reminder and not _is_asked(turn, about, where):
        return None
    return open_it(turn, Subject(observation_id))


def show_unanswered(turn: Turn, observation_id: UUID) -> Card | None:
    """For the host: that it came to nothing, with three others."""
    about, where = observation_for(turn.uow, turn.viewer, observation_id)
    if not turn.viewer.leads(where) or about.state not in (ObservationState.DECLINED, ObservationState.EXPIRED):
        return None
    turn.shows(UNANSWERED, about.id)
    return cards.unanswered(turn._, visit_of(turn, about), suggested_for(turn, about, where))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds whoever is to answer, and ends what nobody answered for 14 days."""
    for about, where in unanswered_observations(planning.uow):
        if about.expires_at is None or about.asked_at is None:
            continue
        if planning.now >= about.expires_at:
            about.expire()
            continue
        leaders = [leader.id for leader in planning.staff.leaders(where)]
        asked = leaders if about.is_host_asked else [about.observer_id] if about.observer_id else []
        ends = [about.asked_at + REMINDED_AFTER[1], about.expires_at]
        for after, ends_at in zip(REMINDED_AFTER, ends, strict=True):
            for person_id in asked:
                yield Occasion(
                    key=f"invitation:{about.id}:{about.revision}:{after.days}_days:{person_id}",
                    person_id=person_id,
                    view=INVITED,
                    subject_id=about.id,
                    due_at=about.asked_at + after,
                    expires_at=ends_at,
                )
    yield from _expired(planning)


def _expired(planning: Planning) -> Iterable[Occasion]:
    """Tells the host; and the observer, where it was the host that did not answer."""
    for about, where in expired_observations(planning.uow, planning.now - ANSWERED_WITHIN - TOLD_FOR):
        assert about.asked_at is not None
        people = [(leader.id, UNANSWERED) for leader in planning.staff.leaders(where)]
        if about.is_host_asked and about.observer_id:
            people.append((about.observer_id, VIEW))
        for person_id, view in people:
            yield Occasion(
                key=f"invitation:{about.id}:expired:{person_id}",
                person_id=person_id,
                view=view,
                subject_id=about.id,
                due_at=about.asked_at + ANSWERED_WITHIN,
                expires_at=about.asked_at + ANSWERED_WITHIN + TOLD_FOR,
            )


def _is_asked(turn: Turn, about: Observation, where: Institution) -> bool:
    """Whether the turn's person is the one who is to answer."""
    if _is_host(turn, about, where):
        return about.state is ObservationState.COUNTERED
    return about.state is ObservationState.INVITED


def _is_host(turn: Turn, about: Observation, where: Institution) -> bool:
    """Whether the turn's person answers for the host; the observer never does, whatever they lead since."""
    return turn.person.id != about.observer_id and turn.viewer.leads(where)


FLOW = Flow(
    name="invitation",
    buttons={
        cards.OPEN: Button(Subject.read, open_it),
        cards.ACCEPT: Button(AnswerForm.read, accept, expired=expired),
        cards.ASK_PROPOSE: Button(AnswerForm.read, ask_propose),
        cards.PROPOSE: Button(
            ProposeForm.read, propose, again=propose_again, expired=propose_expired, refused=propose_refused
        ),
        cards.DECLINE: Button(AnswerForm.read, decline, expired=expired),
        cards.LATER: Button(AnswerForm.read, not_now),
    },
    questions={
        "invitations": Question(("invitationer", "invitation", "invitations"), asked),
    },
    views={INVITED: show, UNANSWERED: show_unanswered},
    clock=clock,
    without=frozenset({"storage"}),
)
