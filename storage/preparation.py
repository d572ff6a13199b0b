"""Preparations: three steps, each kept as one document, with the dialogue they belong to."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint, delete, or_, select

from domain.access import Record, Relation, Viewer
from domain.dialogue import Dialogue
from domain.errors import NotAllowed
from domain.organisation import Institution
from domain.preparation import (
    Body,
    Considered,
    DataStep,
    FocusStep,
    PerspectiveStep,
    Preparation,
    PreparationShare,
    PreparationState,
    Source,
    Step,
    Told,
)
from domain.status import Status
from storage.dialogue import dialogue
from storage.organisation import institution
from storage.types import Document, Utc, enum_type, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _told(area_id: str, status: str, after: str | None = None) -> Told:
    return Told(UUID(area_id), Status(status), UUID(after) if after else None)


preparation = Table(
    "preparation",
    metadata,
    identity(),
    Column("dialogue_id", ForeignKey("dialogue.id"), nullable=False, unique=True),
    Column("state", enum_type(PreparationState), nullable=False),
    Column("step", enum_type(Step), nullable=False),
    Column(
        "data",
        Document(
            lambda step: {
                "figures": [str(each) for each in step.figures],
                "sources": list(step.sources),
                "interpretation": step.interpretation,
                "wonder": step.wonder,
            },
            lambda kept: DataStep(
                figures=tuple(UUID(each) for each in kept["figures"]),
                sources=tuple(Source(each) for each in kept["sources"]),
                interpretation=kept["interpretation"],
                wonder=kept["wonder"],
            ),
        ),
        nullable=False,
    ),
    Column(
        "perspectives",
        Document(
            lambda step: {
                "children": step.children,
                "children_by": step.children_by.isoformat() if step.children_by else None,
                "parents": step.parents,
                "parents_by": step.parents_by.isoformat() if step.parents_by else None,
                "staff": step.staff,
                "bodies": list(step.bodies),
                "chosen": [str(each) for each in step.chosen],
            },
            lambda kept: PerspectiveStep(
                children=kept["children"],
                children_by=_day(kept["children_by"]),
                parents=kept["parents"],
                parents_by=_day(kept["parents_by"]),
                staff=kept["staff"],
                bodies=tuple(Body(each) for each in kept["bodies"]),
                chosen=tuple(UUID(each) for each in kept.get("chosen", ())),
            ),
        ),
        nullable=False,
    ),
    Column(
        "focus",
        Document(
            lambda step: {
                "considered": [[str(each.theme_id) if each.theme_id else None, each.title] for each in step.considered],
                "statuses": [
                    [str(each.area_id), each.status, str(each.after) if each.after else None] for each in step.statuses
                ],
                "wishes": step.wishes,
                "support": step.support,
            },
            lambda kept: FocusStep(
                considered=tuple(
                    Considered(UUID(theme) if theme else None, title) for theme, title in kept["considered"]
                ),
                statuses=tuple(_told(*each) for each in kept.get("statuses", ())),
                wishes=kept["wishes"],
                support=kept["support"],
            ),
        ),
        nullable=False,
    ),
    Column("written_by", ForeignKey("person.id")),
    Column("written_at", Utc),
    Column("ready_at", Utc),
    Column("handed_to", ForeignKey("person.id"), index=True),
    Column("version", Integer, nullable=False),
)

preparation_share = Table(
    "preparation_share",
    metadata,
    identity(),
    Column("preparation_id", ForeignKey("preparation.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("shared_by", ForeignKey("person.id"), nullable=False),
    Column("shared_at", Utc, nullable=False),
    UniqueConstraint("preparation_id", "person_id"),
)

registry.map_imperatively(Preparation, preparation, version_id_col=preparation.c.version)
registry.map_imperatively(PreparationShare, preparation_share)


def preparation_for(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Preparation | None:
    """The preparation as the viewer may read it; None when there is none yet.

    I20: "Drafts are visible to the author only": the leaders of the institution and the colleagues whom they have
    asked, or share it with, write it together. Everyone else with access reads it once "Klar til samtalen" was
    pressed, and `NotAllowed` is raised before that.
    """
    found = uow.session.scalar(select(Preparation).where(preparation.c.dialogue_id == about.id))
    record = Record.PREPARATION if found and found.is_ready else Record.PREPARATION_DRAFT
    viewer.require(record, where, also={Relation.COLLEAGUE} if is_open_to(uow, viewer, found, where) else ())
    return found


def preparation_to_write(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Preparation:
    """The preparation to write in, begun if there is none; `NotAllowed` for anyone but its writers."""
    found = uow.session.scalar(select(Preparation).where(preparation.c.dialogue_id == about.id))
    if not may_write(uow, viewer, found, where):
        raise NotAllowed
    if found is None:
        found = Preparation(dialogue_id=about.id)
        uow.add(found)
    return found


def may_write(uow: UnitOfWork, viewer: Viewer, found: Preparation | None, where: Institution) -> bool:
    """Whether the viewer leads the institution, or is a colleague there whom its leaders let write in the draft."""
    if viewer.leads(where):
        return True
    return found is not None and not found.is_ready and is_open_to(uow, viewer, found, where)


def is_open_to(uow: UnitOfWork, viewer: Viewer, found: Preparation | None, where: Institution) -> bool:
    """Whether its leaders have asked the viewer, who works there, to fill it in, or have shared it with them."""
    if found is None or not viewer.works_at(where):
        return False
    return found.handed_to == viewer.person_id or is_shared_with(uow, found.id, viewer.person_id)


def is_shared_with(uow: UnitOfWork, preparation_id: UUID, person_id: UUID) -> bool:
    of_both = (preparation_share.c.preparation_id == preparation_id, preparation_share.c.person_id == person_id)
    return uow.session.scalar(select(preparation_share.c.id).where(*of_both)) is not None


def shares_of(uow: UnitOfWork, about: Preparation) -> Sequence[PreparationShare]:
    """The colleagues it is shared with, as they came."""
    return uow.session.scalars(
        select(PreparationShare)
        .where(preparation_share.c.preparation_id == about.id)
        .order_by(preparation_share.c.shared_at, preparation_share.c.id)
    ).all()


def stop_sharing(uow: UnitOfWork, about: Preparation, person_id: UUID) -> None:
    """The colleague no longer sees it; what they have written in it stays."""
    of_both = (preparation_share.c.preparation_id == about.id, preparation_share.c.person_id == person_id)
    uow.session.execute(delete(preparation_share).where(*of_both))


def preparations_shared_with(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues whose preparation is shared with the viewer, who works there, soonest first."""
    rows = uow.session.execute(
        select(Dialogue, Institution)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .join(preparation, preparation.c.dialogue_id == dialogue.c.id)
        .join(preparation_share, preparation_share.c.preparation_id == preparation.c.id)
        .where(preparation_share.c.person_id == viewer.person_id)
        .order_by(dialogue.c.starts_at)
    )
    return [(about, where) for about, where in rows if viewer.works_at(where)]


def preparations_handed_to(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Preparation, Dialogue, Institution]]:
    """What others have asked the viewer to fill in and is not ready yet, soonest dialogue first."""
    rows = uow.session.execute(
        select(Preparation, Dialogue, Institution)
        .join(dialogue, dialogue.c.id == preparation.c.dialogue_id)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(preparation.c.handed_to == viewer.person_id, preparation.c.state == PreparationState.DRAFT)
        .order_by(dialogue.c.starts_at)
    )
    return [(each, about, where) for each, about, where in rows if may_write(uow, viewer, each, where)]


def handed_to(uow: UnitOfWork, person_id: UUID) -> Sequence[UUID]:
    """The preparations that the person was asked to fill in, or that are shared with them."""
    return uow.session.scalars(_HANDED_TO, {"person_id": person_id}).all()


# Asked in every turn, and therefore put together once.
_SHARED_WITH = select(preparation_share.c.preparation_id).where(preparation_share.c.person_id == id_param("person_id"))
_HANDED_TO = select(preparation.c.id).where(
    or_(preparation.c.handed_to == id_param("person_id"), preparation.c.id.in_(_SHARED_WITH))
)


def preparations_of(uow: UnitOfWork, dialogue_ids: Sequence[UUID]) -> dict[UUID, Preparation]:
    """The preparations of these dialogues by dialogue id, for the clock, which shows nobody anything."""
    if not dialogue_ids:
        return {}
    found = uow.session.scalars(select(Preparation).where(preparation.c.dialogue_id.in_(dialogue_ids)))
    return {each.dialogue_id: each for each in found}
