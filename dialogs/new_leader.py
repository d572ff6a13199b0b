"""A new leader gets where the institution is, what goes on, and the agreements that the chief has passed on.

Clock: on the first working day as leader. Buttons: *Bekræft aftalerne* says that what was passed on stands. What the
institution has written goes on by itself, since it belongs to its leaders; a former leader's notes and drafts do not.
"""

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID

from cards import new_leader as cards
from cards.form import Subject
from cards.kit import Card
from cards.new_leader import ConfirmForm, Handed
from dialogs.copies import renew
from dialogs.flow import Button, Flow, Planning
from dialogs.inherited import inherited_at
from dialogs.left import HANDOVER
from dialogs.overview import place_of
from dialogs.turn import Turn
from domain.errors import NotAllowed
from domain.handover import Handover
from domain.organisation import Institution, Person, Role
from domain.period import local_moment
from domain.prompt import Occasion
from storage.handover import agreements_handed_to, handovers_at, new_leader, places_with_new_leaders
from storage.organisation import person_with_id
from storage.prompt import drop_reminders, plan
from storage.roles import institutions_led_by, staff_on

VIEW, AGREEMENTS = "new_leader", "new_leader.agreements"
# Several that are decided on one after the other are told of in one message.
TOLD_AFTER = timedelta(hours=1)
TOLD_FOR = timedelta(days=14)


def open_it(turn: Turn, subject: Subject) -> Card:
    return welcome(turn, _own(turn, subject.id))


def welcome(turn: Turn, handover: Handover) -> Card:
    where = handover.institution
    kept = inherited_at(turn, where)
    coming = kept.next_dialogue
    turn.shows(VIEW, handover.assignment_id)
    return cards.welcome(
        turn._,
        handover,
        place_of(turn, where, coming),
        kept,
        _handed(turn, where),
        can_prepare=coming is not None and coming.is_open(turn.now) and coming.starts_at > turn.now,
    )


def confirm(turn: Turn, form: ConfirmForm) -> Card:
    """Those that the leader has read; what has come since is shown, and not confirmed with them."""
    where = _led(turn, form.institution_id)
    handed = _handed(turn, where)
    for each in handed.unconfirmed:
        if each.id in form.agreement_ids:
            each.confirm(turn.now)
    turn.uow.session.flush()
    if not handed.unconfirmed:
        drop_reminders(turn.uow, AGREEMENTS, where.id, of=turn.person.id)
    for handover in _new_at(turn, where, turn.person):
        renew(turn.uow, turn.person, VIEW, handover.assignment_id, turn.now)
    for chief in staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where):
        renew(turn.uow, chief, HANDOVER, where.id, turn.now)
    turn.changes(AGREEMENTS, where.id)
    return cards.agreements(turn._, handed)


def show(turn: Turn, assignment_id: UUID) -> Card | None:
    """The card for delivery, to the one who began with this role."""
    return welcome(turn, _own(turn, assignment_id))


def show_agreements(turn: Turn, institution_id: UUID) -> Card | None:
    """What was passed on; None where nothing was, or all of it is closed."""
    where = _led(turn, institution_id)
    handed = _handed(turn, where)
    if not handed.rows:
        return None
    turn.shows(AGREEMENTS, where.id)
    return cards.agreements(turn._, handed)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Welcomes each new leader once."""
    zone = planning.municipality.zone
    today = planning.now.astimezone(zone).date()
    places = places_with_new_leaders(planning.uow, today)
    for begun in handovers_at(planning.uow, places, today).values():
        for handover in begun:
            yield Occasion(
                key=f"new_leader:{handover.assignment_id}:{handover.leader.id}",
                person_id=handover.leader.id,
                view=VIEW,
                subject_id=handover.assignment_id,
                due_at=planning.municipality.quiet.working_days_after(handover.began_on, 0),
                expires_at=local_moment(handover.known_until, time(8), zone),
                personal=True,
            )


def tell(turn: Turn, where: Institution, leader: Person) -> None:
    """An agreement was passed on to this leader: what stands in the chat is renewed, and it is told once a day."""
    for handover in _new_at(turn, where, leader):
        renew(turn.uow, leader, VIEW, handover.assignment_id, turn.now)
    renew(turn.uow, leader, AGREEMENTS, where.id, turn.now)
    plan(
        turn.uow,
        Occasion(
            key=f"{AGREEMENTS}:{where.id}:{turn.today}:{leader.id}",
            person_id=leader.id,
            view=AGREEMENTS,
            subject_id=where.id,
            due_at=turn.now + TOLD_AFTER,
            expires_at=turn.now + TOLD_FOR,
            personal=True,
        ),
    )


def begun_by(turn: Turn) -> list[Handover]:
    """Where the person is a new leader, the newest last."""
    places = institutions_led_by(turn.uow, turn.viewer)
    found = handovers_at(turn.uow, places, turn.today)
    own = [each for begun in found.values() for each in begun if each.leader.id == turn.person.id]
    return sorted(own, key=lambda each: each.began_on)


def _new_at(turn: Turn, where: Institution, leader: Person) -> list[Handover]:
    return [each for each in handovers_at(turn.uow, [where], turn.today)[where.id] if each.leader.id == leader.id]


def _own(turn: Turn, assignment_id: UUID) -> Handover:
    """The person's own beginning; `NotAllowed` for everyone else's, and for none."""
    found = new_leader(turn.uow, assignment_id, turn.today)
    if found.leader.id != turn.person.id or not turn.viewer.leads(found.institution):
        raise NotAllowed
    return found


def _led(turn: Turn, institution_id: UUID) -> Institution:
    for where in institutions_led_by(turn.uow, turn.viewer):
        if where.id == institution_id:
            return where
    raise NotAllowed


def _handed(turn: Turn, where: Institution) -> Handed:
    found = agreements_handed_to(turn.uow, where, turn.person.id)
    begun = _new_at(turn, where, turn.person)
    return Handed(
        institution=where,
        rows=[(each, person_with_id(turn.uow, each.chief_id)) for each in found],
        begun_with=begun[-1].assignment_id if begun else None,
    )


FLOW: Flow = Flow(
    name="new_leader",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.CONFIRM: Button(ConfirmForm.read, confirm),
    },
    views={VIEW: show, AGREEMENTS: show_agreements},
    clock=clock,
    personal=frozenset({VIEW, AGREEMENTS}),
    without=frozenset({"questions", "domain", "storage"}),
)
