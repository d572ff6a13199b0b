"""An institution has got a new leader: its chief decides on each open agreement whether it goes on.

Clock: on the first working day after the change the chief is told, and reminded five and ten working days later of
what is undecided, and then no more. Buttons: *Gem* moves what goes on and asks why the rest is dropped; nothing is
chosen beforehand, and what is not decided stays. Question: `overdragelse`, also for the new leader.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import groupby, pairwise
from uuid import UUID

from cards import handover as cards
from cards import handover_form
from cards.form import Subject
from cards.handover import Choice, DecideForm, DropForm, Fate, Row, Sheet
from cards.kit import Card
from dialogs import agreement as agreements
from dialogs import later, new_leader
from dialogs.copies import renew
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.inherited import inherited_at
from dialogs.left import HANDOVER, left_with, undecided_by
from dialogs.turn import Turn
from domain.agreement import Agreement
from domain.errors import NotAllowed, Problem, Problems
from domain.handover import TOLD_AFTER, Handover
from domain.organisation import Institution, Person, Role
from domain.period import local_moment
from domain.prompt import Occasion
from storage.agreement import agreement_for
from storage.handover import agreements_left_at, agreements_settled_at, handovers_at, places_with_new_leaders
from storage.one_on_one import last_noted_of_pair
from storage.organisation import person_with_id
from storage.prompt import drop_reminders
from storage.roles import institutions_of_chief, staff_on

VIEW = HANDOVER


def open_it(turn: Turn, subject: Subject) -> Card:
    turn.shows(VIEW, subject.id)
    return handover_form.show(turn._, _sheet(turn, _own(turn, subject.id)))


def save(turn: Turn, form: DecideForm) -> Card:
    """Moves what goes on, at once; then asks why the rest is dropped, or shows the next ones.

    What somebody has decided meanwhile stays as it was decided.
    """
    where = _own(turn, form.institution_id)
    sheet = _sheet(turn, where)
    if not any(each.value for each in form.choices):
        raise Problems({"c0": Problem("nothing_decided")})
    waiting = {row.agreement.id: row for row in sheet.waiting}
    leaders = {each.id: each for each in sheet.leaders}
    overtaken = [each for each in form.choices if each.agreement_id not in waiting]
    _require_known(turn, where, overtaken)
    mine = [each for each in form.choices if each.agreement_id in waiting]
    _require_leading(form, leaders, mine)
    for each in mine:
        if each.leader_id:
            agreement = waiting[each.agreement_id].agreement
            agreement.move_to(each.leader_id, by=turn.person.id, now=turn.now)
            turn.uow.session.flush()
            drop_reminders(turn.uow, agreements.VIEW, agreement.id)
            new_leader.tell(turn, where, leaders[each.leader_id])
    skipped = (
        *form.skipped,
        *(each.agreement_id for each in mine if not each.leader_id and each.fate is not Fate.DROPPED),
    )
    dropped = [waiting[each.agreement_id] for each in mine if each.fate is Fate.DROPPED]
    _changed(turn, where)
    after = _sheet(turn, where, former=[row.former for row in sheet.waiting])
    if dropped:
        return handover_form.ask_why(turn._, after, dropped, skipped=skipped)
    return handover_form.show(turn._, after, skipped=skipped, was_overtaken=any(each.value for each in overtaken))


def drop(turn: Turn, form: DropForm) -> Card:
    """They are dropped, each with its reason."""
    where = _own(turn, form.institution_id)
    sheet = _sheet(turn, where)
    waiting = {row.agreement.id: row for row in sheet.waiting}
    overtaken = [(each, reason) for each, reason in form.reasons if each not in waiting]
    _require_known(turn, where, [Choice(agreement_id=each) for each, _ in overtaken])
    found: dict[str, Problem] = {}
    for number, (agreement_id, reason) in enumerate(form.reasons):
        if agreement_id not in waiting:
            continue
        try:
            waiting[agreement_id].agreement.drop(reason, by=turn.person.id, now=turn.now)
        except Problems as problems:
            found[f"r{number}"] = problems.fields["result"]
    if found:
        raise Problems(found)
    turn.uow.session.flush()
    for agreement_id, _reason in form.reasons:
        drop_reminders(turn.uow, agreements.VIEW, agreement_id)
    _changed(turn, where)
    after = _sheet(turn, where, former=[row.former for row in sheet.waiting])
    return handover_form.show(
        turn._,
        after,
        skipped=form.skipped,
        was_overtaken=bool(overtaken),
        given_back=[reason for _, reason in overtaken],
    )


def not_now(turn: Turn, subject: Subject) -> Card:
    return later.ask(turn, VIEW, _own(turn, subject.id).id)


def save_again(turn: Turn, form: DecideForm, problems: Problems) -> Card:
    """The same agreements with what was chosen, and what is wrong with it."""
    sheet = _sheet(turn, _own(turn, form.institution_id))
    turn.shows(VIEW, form.institution_id)
    return handover_form.show(turn._, sheet, skipped=form.skipped, typed=form, problems=problems)


def drop_again(turn: Turn, form: DropForm, problems: Problems) -> Card:
    sheet = _sheet(turn, _own(turn, form.institution_id))
    waiting = {row.agreement.id: row for row in sheet.waiting}
    shown = [(agreement_id, reason) for agreement_id, reason in form.reasons if agreement_id in waiting]
    numbers = {agreement_id: number for number, (agreement_id, _) in enumerate(form.reasons)}
    moved = {
        f"r{number}": problems.fields[f"r{numbers[each]}"]
        for number, (each, _) in enumerate(shown)
        if f"r{numbers[each]}" in problems.fields
    }
    return handover_form.ask_why(
        turn._,
        sheet,
        [waiting[each] for each, _ in shown],
        skipped=form.skipped,
        typed=form,
        problems=Problems(moved),
    )


def save_refused(turn: Turn, form: DecideForm) -> Card:
    return cards.refused(turn._, ())


def drop_refused(turn: Turn, form: DropForm) -> Card:
    return cards.refused(turn._, [reason for _, reason in form.reasons])


def asked(turn: Turn, question: Asked) -> Card:
    """`overdragelse`: for a new leader the card again, for a chief what is new or undecided."""
    if begun := new_leader.begun_by(turn):
        return new_leader.welcome(turn, begun[-1])
    places = institutions_of_chief(turn.uow, turn.viewer)
    new = handovers_at(turn.uow, places, turn.today)
    found = [where for where in places if new[where.id] or left_with(turn, where)]
    if not found:
        return cards.nothing(turn._)
    return open_it(turn, Subject(found[0].id)) if len(found) == 1 else cards.choose(turn._, found)


def show(turn: Turn, institution_id: UUID) -> Card | None:
    """The card for delivery; None once there is no new leader, or nothing to tell of one any more."""
    where = _own(turn, institution_id)
    sheet = _sheet(turn, where)
    if not sheet.new and not (sheet.waiting and sheet.leaders):
        return None
    turn.shows(VIEW, where.id)
    return handover_form.show(turn._, sheet)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Tells the chiefs of a change, once for all that happen at an institution on a day, and reminds them twice."""
    today = planning.now.astimezone(planning.municipality.zone).date()
    places = places_with_new_leaders(planning.uow, today)
    new = handovers_at(planning.uow, places, today)
    left = agreements_left_at(planning.uow, [where.id for where in places], today)
    for where in places:
        chiefs = planning.staff.with_role(Role.CHIEF, where)
        changes = sorted(new[where.id], key=lambda each: (each.changed_on, each.assignment_id))
        for _day, group in groupby(changes, key=lambda each: each.changed_on):
            begun = list(group)
            for chief in chiefs:
                if any(each.leader.id == chief.id for each in begun):
                    continue
                undecided = undecided_by(chief.id, left, where, planning.staff)
                has_ended = any(each.former for each in begun)
                yield from _occasions(planning, where, begun[0], chief, has_ended=has_ended, waits=bool(undecided))


def _occasions(
    planning: Planning, where: Institution, begun: Handover, chief: Person, *, has_ended: bool, waits: bool
) -> Iterable[Occasion]:
    """The first is news of who leads; the others are of what is undecided. Each gives way to the next."""
    quiet = planning.municipality.quiet
    ends_at = local_moment(begun.known_until, time(8), planning.municipality.zone)
    due = [quiet.working_days_after(begun.changed_on, days) for days in TOLD_AFTER]
    for days, (due_at, until) in zip(TOLD_AFTER, pairwise([*due, ends_at]), strict=True):
        if waits or (has_ended and days == TOLD_AFTER[0]):
            yield Occasion(
                key=f"handover:{begun.assignment_id}:{begun.changed_on}:{days}:{chief.id}",
                person_id=chief.id,
                view=VIEW,
                subject_id=where.id,
                due_at=due_at,
                expires_at=until,
                personal=True,
            )


def _own(turn: Turn, institution_id: UUID) -> Institution:
    """One of the institutions that the person is chief of today; `NotAllowed` for every other id."""
    for where in institutions_of_chief(turn.uow, turn.viewer):
        if where.id == institution_id:
            return where
    raise NotAllowed


def _require_known(turn: Turn, where: Institution, choices: Sequence[Choice]) -> None:
    """What is not undecided any more must still be an agreement of this institution."""
    for each in choices:
        _agreement, place = agreement_for(turn.uow, turn.viewer, each.agreement_id)
        if place.id != where.id:
            raise NotAllowed


def _require_leading(form: DecideForm, leaders: dict[UUID, Person], mine: Sequence[Choice]) -> None:
    """I23: it moves to "the institution's new leader", and to nobody who does not lead it today."""
    found = {
        f"c{number}": Problem("leads_no_longer")
        for number, each in enumerate(form.choices)
        if each in mine and each.leader_id and each.leader_id not in leaders
    }
    if found:
        raise Problems(found)


def _changed(turn: Turn, where: Institution) -> None:
    """The chiefs' copies are drawn anew, and nobody is reminded of what is decided."""
    turn.uow.session.flush()
    for chief in staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where):
        if chief.id != turn.person.id:
            renew(turn.uow, chief, VIEW, where.id, turn.now)
    if not left_with(turn, where):
        drop_reminders(turn.uow, VIEW, where.id, of=turn.person.id)
    turn.changes(VIEW, where.id)


def _sheet(turn: Turn, where: Institution, *, former: Sequence[Person] = ()) -> Sheet:
    """The change as it stands; `former` are those whose agreements have just been decided on."""
    staff = staff_on(turn.uow, turn.today, where)
    leaders = [each for each in staff.leaders(where) if each.id != turn.person.id]
    new = [each for each in handovers_at(turn.uow, [where], turn.today)[where.id] if each.leader.id != turn.person.id]
    waiting = [_row(turn, each, former=each.leader_id) for each in left_with(turn, where)]
    known = [*(person for each in new for person in each.former), *(row.former for row in waiting), *former]
    gone = {person.id: person for person in known}
    since = min((each.changed_on for each in new), default=turn.today)
    settled = agreements_settled_at(turn.uow, where, gone, _start_of(turn, since))
    return Sheet(
        institution=where,
        leaders=leaders,
        new=new,
        former=list(gone.values()),
        waiting=waiting,
        settled=[_row(turn, each, former=each.moved_from or each.leader_id) for each in settled],
        inherited=inherited_at(turn, where),
        has_met=any(last_noted_of_pair(turn.uow, turn.person.id, each, turn.now) for each in gone),
    )


def _row(turn: Turn, agreement: Agreement, *, former: UUID) -> Row:
    return Row(
        agreement=agreement,
        former=person_with_id(turn.uow, former),
        leader=person_with_id(turn.uow, agreement.leader_id),
    )


def _start_of(turn: Turn, day: date) -> datetime:
    return datetime.combine(day, time(), turn.municipality.zone)


FLOW: Flow = Flow(
    name="handover",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.SAVE: Button(DecideForm.read, save, again=save_again, refused=save_refused),
        cards.DROP: Button(DropForm.read, drop, again=drop_again, refused=drop_refused),
        cards.LATER: Button(Subject.read, not_now),
    },
    questions={
        "handover": Question(
            ("overdragelse", "ny leder", "nye ledere", "lederskifte", "overdrag aftaler", "handover", "new leader"),
            asked,
        )
    },
    views={VIEW: show},
    clock=clock,
    personal=frozenset({VIEW}),
)
