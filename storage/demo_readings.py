"""A colleague's feedback at the first leader's institution, and who has read it and the note of a 1:1."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.access import Record
from domain.acknowledgement import Acknowledgement, Reply
from domain.feedback import Curious, Described, Feedback, FeedbackStep
from domain.invitation import What
from domain.observation import Observation, ObservationState
from domain.one_on_one import OneOnOne
from domain.organisation import Institution, Person
from storage.audit import note_read
from storage.guide import current_guide
from storage.unit_of_work import UnitOfWork


def seed_readings(
    uow: UnitOfWork,
    institutions: Mapping[str, Institution],
    people: Mapping[str, Person],
    met: OneOnOne,
    *,
    desk: datetime,
) -> None:
    """A colleague gave feedback a month ago, which the chief has read, and the leader the note of their 1:1."""
    where = institutions["Elmeskolen"]
    leader, chief, observer = people["Mette Elkjær"], people["Birgit Dalum"], people["Dorte Engvang"]
    home = institutions["Børnehuset Åen"].id
    begun = desk - timedelta(days=28, hours=1)
    visit = Observation(
        institution_id=where.id,
        host_id=leader.id,
        guide_id=current_guide(uow).id,
        state=ObservationState.DONE,
        what=What(where="0.a", focus="Hvem leger med hvem, når de kommer ud?", points=(2,)),
        observer_id=observer.id,
        observer_institution_id=home,
        offered=(begun,),
        asked_at=begun - timedelta(days=14),
        starts_at=begun,
        changed_at=begun - timedelta(days=12),
        is_informed=True,
        done_at=begun + timedelta(minutes=90),
        oral_on=begun.date(),
        revision=3,
    )
    given = Feedback(
        observation_id=visit.id,
        institution_id=where.id,
        home_id=home,
        author_id=observer.id,
        step=FeedbackStep.TAKEN,
        described=Described(
            saw="To grupper begynder, før de er ude ad døren. Fire børn går rundt om legepladsen i ti minutter. En "
            "voksen går med, spørger, hvad de kunne tænke sig, og bliver, til de er i gang.",
            supports="At den voksne gik med uden at bestemme legen.",
        ),
        curious=Curious(
            wonder="Hvad ville der ske, hvis de fire havde aftalt legen, før de gik ud?",
            home="Vi vil prøve at aftale legen indenfor, før vi åbner døren.",
            oral_on=begun.date(),
            unnamed=True,
        ),
        written_at=begun + timedelta(days=1, hours=3),
        submitted_at=begun + timedelta(days=1, hours=3),
    )
    read_at = begun + timedelta(days=5, hours=2)
    reply = Reply(bring="Hvordan vi hjælper dem, der ikke har en leg, før de går ud.")
    read = Acknowledgement.of(given, reply, by=leader.id, now=read_at)
    for entity in (visit, given, read):
        uow.add(entity)
        uow.session.flush()
    concerned = [observer.id, leader.id]
    note_read(
        uow,
        reader_id=leader.id,
        record=Record.FEEDBACK,
        subject_id=given.id,
        concerns=concerned,
        where=where,
        at=read_at,
    )
    note_read(
        uow,
        reader_id=chief.id,
        record=Record.FEEDBACK,
        subject_id=given.id,
        concerns=concerned,
        where=where,
        at=desk - timedelta(days=7) + timedelta(hours=3, minutes=20),
    )
    note_read(
        uow,
        reader_id=leader.id,
        record=Record.ONE_ON_ONE_NOTE,
        subject_id=met.id,
        concerns=[chief.id],
        where=where,
        at=met.starts_at + timedelta(days=1),
    )
