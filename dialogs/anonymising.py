"""What stands before an anonymisation, the same from a chat and from the terminal: whom it is about, what it would
change, what is in the way, and who hears of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.anonymisation import Anonymisation, AnonymisationState, Survey, is_same_person
from domain.errors import Problem, Problems
from domain.kept import Kind
from domain.organisation import Person
from domain.prompt import Occasion, PromptKind
from storage.anonymisation import administrators, binding, open_of, unanswered
from storage.anonymising import record_of
from storage.carrying_out import foreseen
from storage.organisation import person_with_id
from storage.prompt import drop_reminders, plan
from storage.roles import viewer_on
from storage.unit_of_work import UnitOfWork

VIEW, ASKED = "anonymisation", "anonymisation.asked"
TOLD_FOR = timedelta(days=14)
# What administration reads anyway, in whatever state it is; of all else it sees where a name stands, and not the words.
READ_ANYWAY = frozenset({Kind.FOCUS_AREA, Kind.PERSPECTIVE, Kind.METHOD, Kind.GUIDE})


def draw_up(
    uow: UnitOfWork,
    *,
    person: Person | None,
    record_id: UUID | None = None,
    name: str = "",
    case: str,
    by: Person,
    now: datetime,
    day: date,
    parts_too: bool = True,
) -> tuple[Anonymisation, Survey]:
    """A proposal with all that it would change, not yet kept; raises `Problems` at what has to be done first."""
    if not viewer_on(uow, by, day).administers_all:
        raise Problems({"by": Problem("no_administrator")})
    about = Anonymisation.propose(
        person=person, record_id=record_id, name=name, case=case, by=by, now=now, parts_too=parts_too
    )
    require_nothing_in_the_way(uow, about, day)
    seen = foreseen(uow, about.whom)
    require_something(about, seen)
    if open_of(uow, about.person_id, about.record_id) is not None:
        raise Problems({"person": Problem("proposed_already")})
    if not approvers(uow, about, by, day):
        raise Problems({"by": Problem("nobody_to_approve")})
    return about, seen


def require_nothing_in_the_way(uow: UnitOfWork, about: Anonymisation, day: date) -> None:
    """Raises `Problems` at `person` for whoever still has a role, and at `record` for one that is not there."""
    if about.person_id is not None:
        someone = person_with_id(uow, about.person_id)
        if binding(uow, someone, day):
            raise Problems({"person": Problem("has_role", {"who": someone.name})})
    elif about.record_id is None or record_of(uow, about.record_id) is None:
        raise Problems({"record": Problem("no_record")})


def require_something(about: Anonymisation, seen: Survey) -> None:
    """Raises `Problems` for what a hold forbids, and for a name that does not stand there."""
    if seen.held:
        raise Problems({"person": Problem("held", {"cases": list(seen.held)})})
    if about.person_id is None and not seen.places:
        raise Problems({"name": Problem("name_not_there")})


def approvers(uow: UnitOfWork, about: Anonymisation, by: Person, day: date) -> Sequence[Person]:
    """Everybody who can be the second person: not whoever proposes it, and not whom it is about."""
    subject = person_with_id(uow, about.person_id) if about.person_id else None
    return [
        each
        for each in administrators(uow, day)
        if not is_same_person(each, by) and not (subject and is_same_person(each, subject))
    ]


def send(uow: UnitOfWork, about: Anonymisation, by: Person, now: datetime, day: date) -> None:
    """Keeps the proposal, and asks all who can approve it."""
    uow.add(about)
    uow.session.flush()
    for each in approvers(uow, about, by, day):
        plan(
            uow,
            Occasion(
                key=f"anonymisation:asked:{about.id}:{each.id}",
                person_id=each.id,
                view=ASKED,
                subject_id=about.id,
                due_at=now,
                expires_at=about.good_until,
            ),
        )


def answered(uow: UnitOfWork, about: Anonymisation) -> None:
    """Nobody is asked any more."""
    drop_reminders(uow, ASKED, about.id)


def tell(uow: UnitOfWork, about: Anonymisation, person_ids: Sequence[UUID], now: datetime) -> None:
    for person_id in dict.fromkeys(person_ids):
        plan(
            uow,
            Occasion(
                key=f"anonymisation:{about.state.value}:{about.id}:{person_id}",
                person_id=person_id,
                view=VIEW,
                subject_id=about.id,
                due_at=now,
                expires_at=now + TOLD_FOR,
                kind=PromptKind.ASKED,
            ),
        )


def tell_both(uow: UnitOfWork, about: Anonymisation, now: datetime) -> None:
    """Both hear what became of it."""
    uow.session.flush()
    tell(uow, about, [each for each in (about.proposed_by, about.answered_by) if each], now)


def end_what_is_over(uow: UnitOfWork, now: datetime) -> None:
    """A proposal that nobody has answered in fourteen days is over, and whoever made it hears so."""
    for about in unanswered(uow):
        if about.is_over(now):
            about.end(AnonymisationState.EXPIRED, now)
            uow.session.flush()
            answered(uow, about)
            tell(uow, about, [about.proposed_by], now)
