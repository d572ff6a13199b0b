"""Two observations of the invented municipality: one that waits for its feedback, and an invitation to answer."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from domain.invitation import What
from domain.observation import Observation, ObservationState
from domain.organisation import Institution, Person
from domain.period import local_moment
from domain.quiet import QuietTimes
from domain.visit import Note
from storage.guide import current_guide
from storage.unit_of_work import UnitOfWork

NOTES = (
    (8, "Eleverne sidder i hestesko. Fem rækker hånden op hele tiden."),
    (21, "Så taler de sammen to og to. Nu taler alle."),
    (34, "Læreren venter længe efter spørgsmålet. En, der har været stille, svarer."),
)


def seed_observations(
    uow: UnitOfWork,
    institutions: Mapping[str, Institution],
    people: Mapping[str, Person],
    *,
    now: datetime,
    days: QuietTimes,
) -> None:
    """Rune has visited Elmeskolen, this morning or on the last working day; Fyrreskolen would like Mette to come."""
    guide = current_guide(uow)
    begun = visited(now, days)
    visit = Observation(
        institution_id=institutions["Elmeskolen"].id,
        host_id=people["Mette Elkjær"].id,
        guide_id=guide.id,
        state=ObservationState.DONE,
        what=What(where="5.b", focus="Hvem kommer til orde i timerne, og hvad får flere med?", points=(1, 3)),
        observer_id=people["Rune Solgård"].id,
        observer_institution_id=institutions["Fyrreskolen"].id,
        offered=(begun,),
        asked_at=now - timedelta(days=9),
        starts_at=begun,
        changed_at=now - timedelta(days=8),
        is_informed=True,
        done_at=begun + timedelta(minutes=95),
        revision=3,
    )
    today = now.astimezone(days.zone).date()
    ahead = [today + timedelta(days=number) for number in range(7, 21)]
    offered = [day for day in ahead if days.is_working_day(day)][:2]
    invitation = Observation(
        institution_id=institutions["Fyrreskolen"].id,
        host_id=people["Anders Lyngby"].id,
        guide_id=guide.id,
        state=ObservationState.INVITED,
        what=What(where="2. årgang", focus="Hvad sker der, når vi skifter fra leg til time?", points=(5,)),
        observer_id=people["Mette Elkjær"].id,
        observer_institution_id=institutions["Elmeskolen"].id,
        offered=tuple(local_moment(day, time(9), days.zone) for day in offered),
        asked_at=now - timedelta(days=2),
        revision=2,
    )
    uow.add(visit, invitation)
    uow.session.flush()
    for minutes, text in NOTES:
        uow.add(
            Note(
                observation_id=visit.id,
                author_id=people["Rune Solgård"].id,
                written_at=begun + timedelta(minutes=minutes),
                text=text,
            )
        )


def visited(now: datetime, days: QuietTimes) -> datetime:
    """Eight o'clock of the latest working day on which the visit is over by now."""
    day = now.astimezone(days.zone).date()
    while not days.is_working_day(day) or now < local_moment(day, time(10), days.zone):
        day -= timedelta(days=1)
    return local_moment(day, time(8), days.zone)
