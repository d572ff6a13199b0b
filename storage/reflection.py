"""Shared reflections: two halves, each kept as one document, with the dialogue they belong to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, and_, select

from domain.access import Record, Relation, Viewer
from domain.dialogue import RECORDABLE, Dialogue, DialogueState
from domain.errors import NotAllowed
from domain.organisation import Institution
from domain.preparation import Source
from domain.reflection import Across, Basis, Participant, Reflection, ReflectionStep, Understanding
from storage.dialogue import dialogue
from storage.organisation import institution
from storage.types import Document, Utc, enum_type, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

# Older dialogues came in with the import and were never recorded here.
RECORDED_WITHIN = timedelta(days=60)

reflection = Table(
    "reflection",
    metadata,
    identity(),
    Column("dialogue_id", ForeignKey("dialogue.id"), nullable=False, unique=True),
    Column("step", enum_type(ReflectionStep), nullable=False),
    Column(
        "basis",
        Document(
            lambda basis: {
                "participants": list(basis.participants),
                "figures": [str(each) for each in basis.figures],
                "sources": list(basis.sources),
                "perspectives": [str(each) for each in basis.perspectives],
            },
            lambda kept: Basis(
                participants=tuple(Participant(each) for each in kept["participants"]),
                figures=tuple(UUID(each) for each in kept["figures"]),
                sources=tuple(Source(each) for each in kept["sources"]),
                perspectives=tuple(UUID(each) for each in kept.get("perspectives", ())),
            ),
        ),
        nullable=False,
    ),
    Column(
        "understanding",
        Document(
            lambda understanding: {
                "interpretation": understanding.interpretation,
                "analysis": understanding.analysis,
                "across": list(understanding.across),
                "cross": understanding.cross,
            },
            lambda kept: Understanding(
                interpretation=kept["interpretation"],
                analysis=kept["analysis"],
                across=tuple(Across(each) for each in kept["across"]),
                cross=kept["cross"],
            ),
        ),
        nullable=False,
    ),
    Column("written_by", ForeignKey("person.id")),
    Column("written_at", Utc),
    Column("saved_at", Utc),
    Column("version", Integer, nullable=False),
    Column("note_taker", ForeignKey("person.id"), index=True),
)

registry.map_imperatively(Reflection, reflection, version_id_col=reflection.c.version)


def reflection_for(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Reflection | None:
    """The reflection as the viewer may read it, None when there is none yet; `NotAllowed` for a draft of others."""
    found = uow.session.scalar(select(Reflection).where(reflection.c.dialogue_id == about.id))
    record = Record.REFLECTION if found and found.is_saved else Record.REFLECTION_DRAFT
    viewer.require(record, where, also=if_note_taker(viewer, found, where))
    return found


def reflection_to_write(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Reflection | None:
    """The reflection to write in, None where none is begun; `NotAllowed` for all but the leaders and the note-taker."""
    found = uow.session.scalar(select(Reflection).where(reflection.c.dialogue_id == about.id))
    if not may_record(viewer, found, where):
        raise NotAllowed
    return found


def may_record(viewer: Viewer, found: Reflection | None, where: Institution) -> bool:
    """Whether the viewer is a leader of the institution, or the colleague there who was named note-taker."""
    return viewer.leads(where) or bool(if_note_taker(viewer, found, where))


def if_note_taker(viewer: Viewer, found: Reflection | None, where: Institution) -> set[Relation]:
    is_asked = found is not None and found.note_taker == viewer.person_id and viewer.works_at(where)
    return {Relation.COLLEAGUE} if is_asked else set()


def notes_asked_of(uow: UnitOfWork, person_id: UUID) -> Sequence[UUID]:
    """The reflections whose note-taker the person is."""
    return uow.session.scalars(_NOTES_ASKED_OF, {"person_id": person_id}).all()


# Asked in every turn, and therefore put together once.
_NOTES_ASKED_OF = select(reflection.c.id).where(reflection.c.note_taker == id_param("person_id"))


def dialogues_to_take_notes_of(
    uow: UnitOfWork, viewer: Viewer, now: datetime
) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues whose note-taker the viewer is, that have begun and are not closed, oldest first."""
    rows = uow.session.execute(
        select(Reflection, Dialogue, Institution)
        .join(dialogue, dialogue.c.id == reflection.c.dialogue_id)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(
            reflection.c.note_taker == viewer.person_id,
            dialogue.c.starts_at.between(now - RECORDED_WITHIN, now),
            dialogue.c.state.in_(RECORDABLE),
        )
        .order_by(dialogue.c.starts_at)
    )
    return [(about, where) for found, about, where in rows if may_record(viewer, found, where)]


def is_reflected_on(uow: UnitOfWork, about: Dialogue) -> bool:
    """Whether a shared reflection of the dialogue is saved; it says nothing of what is in it."""
    saved = select(reflection.c.id).where(reflection.c.dialogue_id == about.id, reflection.c.saved_at.is_not(None))
    return uow.session.scalar(saved) is not None


def reflected_at(uow: UnitOfWork, dialogue_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When the shared reflection was saved, by dialogue, for the clock."""
    rows = uow.session.execute(
        select(reflection.c.dialogue_id, reflection.c.saved_at).where(
            reflection.c.dialogue_id.in_(dialogue_ids), reflection.c.saved_at.is_not(None)
        )
    )
    return {row.dialogue_id: row.saved_at for row in rows}


def dialogues_being_reflected_on(uow: UnitOfWork, dialogue_ids: Sequence[UUID]) -> set[UUID]:
    """Those of which something is written, for the clock; it says nothing of what."""
    query = select(reflection.c.dialogue_id).where(
        reflection.c.dialogue_id.in_(dialogue_ids), reflection.c.written_at.is_not(None)
    )
    return set(uow.session.scalars(query))


def latest_reflected_in(uow: UnitOfWork, institution_ids: Sequence[UUID], now: datetime) -> dict[UUID, Dialogue]:
    """The dialogue of each institution that began last and has a saved reflection, by institution."""
    found = uow.session.scalars(
        select(Dialogue)
        .join(reflection, reflection.c.dialogue_id == dialogue.c.id)
        .where(
            dialogue.c.institution_id.in_(institution_ids),
            dialogue.c.starts_at <= now,
            dialogue.c.state != DialogueState.CANCELLED,
            reflection.c.saved_at.is_not(None),
        )
        .order_by(dialogue.c.starts_at)
    )
    return {each.institution_id: each for each in found}


def note_takers(uow: UnitOfWork, dialogue_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Who was asked to take notes, by dialogue, for the clock."""
    rows = uow.session.execute(
        select(reflection.c.dialogue_id, reflection.c.note_taker).where(
            reflection.c.dialogue_id.in_(dialogue_ids), reflection.c.note_taker.is_not(None)
        )
    )
    return {row.dialogue_id: row.note_taker for row in rows}


def dialogues_to_reflect_on(
    uow: UnitOfWork, institution_ids: Sequence[UUID] | None, now: datetime
) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues that have begun and have no saved reflection, oldest first; of these institutions, or all."""
    query = (
        select(Dialogue, Institution)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .outerjoin(reflection, and_(reflection.c.dialogue_id == dialogue.c.id, reflection.c.saved_at.is_not(None)))
        .where(
            dialogue.c.starts_at.between(now - RECORDED_WITHIN, now),
            dialogue.c.state.in_(RECORDABLE),
            reflection.c.id.is_(None),
        )
        .order_by(dialogue.c.starts_at)
    )
    if institution_ids is not None:
        query = query.where(dialogue.c.institution_id.in_(institution_ids))
    return [(each, where) for each, where in uow.session.execute(query)]


def dialogues_to_decide_on(
    uow: UnitOfWork, institution_ids: Sequence[UUID] | None, now: datetime
) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues that were reflected on and in which nothing is decided yet, oldest first; of these, or all."""
    query = (
        select(Dialogue, Institution)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .join(reflection, and_(reflection.c.dialogue_id == dialogue.c.id, reflection.c.saved_at.is_not(None)))
        .where(dialogue.c.starts_at.between(now - RECORDED_WITHIN, now), dialogue.c.state == DialogueState.HELD)
        .order_by(dialogue.c.starts_at)
    )
    if institution_ids is not None:
        query = query.where(dialogue.c.institution_id.in_(institution_ids))
    return [(each, where) for each, where in uow.session.execute(query)]
