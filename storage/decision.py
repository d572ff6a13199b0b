"""Decisions: two halves, each kept as one document, with what is asked of them in columns of their own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Uuid, and_, exists, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Viewer
from domain.decision import Decision, DecisionKind, DecisionStep, Involvement, What, Who
from domain.dialogue import Dialogue, DialogueState
from domain.errors import Expired, NotAllowed
from domain.organisation import Institution
from domain.preparation import Source
from domain.reflection import Reflection
from storage.asked import found_by, rows_of
from storage.dialogue import dialogue
from storage.organisation import institution, institutions_with_ids
from storage.reflection import if_note_taker, reflection
from storage.types import Document, Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork


def _what(kept: dict[str, Any]) -> What:
    return What(
        kind=DecisionKind(kept["kind"]) if kept["kind"] else None,
        focus_area_id=UUID(kept["focus_area_id"]) if kept["focus_area_id"] else None,
        text=kept["text"],
        figures=tuple(UUID(each) for each in kept["figures"]),
        sources=tuple(Source(each) for each in kept["sources"]),
        perspectives=tuple(UUID(each) for each in kept.get("perspectives", ())),
    )


def _who(kept: dict[str, Any]) -> Who:
    return Who(
        children=Involvement(kept["children"]) if kept["children"] else None,
        parents=Involvement(kept["parents"]) if kept["parents"] else None,
        involve_by=date.fromisoformat(kept["involve_by"]) if kept["involve_by"] else None,
        owner=kept["owner"],
        due=date.fromisoformat(kept["due"]) if kept["due"] else None,
    )


decision = Table(
    "decision",
    metadata,
    identity(),
    Column("dialogue_id", ForeignKey("dialogue.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("step", enum_type(DecisionStep), nullable=False),
    Column(
        "what",
        Document(
            lambda what: {
                "kind": what.kind,
                "focus_area_id": str(what.focus_area_id) if what.focus_area_id else None,
                "text": what.text,
                "figures": [str(each) for each in what.figures],
                "sources": list(what.sources),
                "perspectives": [str(each) for each in what.perspectives],
            },
            _what,
        ),
        nullable=False,
    ),
    Column(
        "who",
        Document(
            lambda who: {
                "children": who.children,
                "parents": who.parents,
                "involve_by": who.involve_by.isoformat() if who.involve_by else None,
                "owner": who.owner,
                "due": who.due.isoformat() if who.due else None,
            },
            _who,
        ),
        nullable=False,
    ),
    Column("kind", enum_type(DecisionKind)),
    # No foreign key: a focus area refers to the decision that chose it, and the two would wait for one another.
    Column("focus_area_id", Uuid(), index=True),
    Column("due", Date),
    Column("written_by", ForeignKey("person.id")),
    Column("written_at", Utc),
    Column("saved_at", Utc),
    Column("followed_at", Utc),
    Column("version", Integer, nullable=False),
    Column("withdrawn_at", Utc),
    Index("ix_decision_dialogue_id_saved_at", "dialogue_id", "saved_at", "withdrawn_at", "kind"),
)

registry.map_imperatively(Decision, decision, version_id_col=decision.c.version)


def decisions_for(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Sequence[Decision]:
    """The dialogue's saved decisions that stand, oldest first; `NotAllowed` for whoever may not read them."""
    return [each for each in all_saved(uow, viewer, about, where) if each.withdrawn_at is None]


def withdrawn_for(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Sequence[Decision]:
    """What was saved and withdrawn since, oldest first; `NotAllowed` for whoever may not read it."""
    return [each for each in all_saved(uow, viewer, about, where) if each.withdrawn_at is not None]


def all_saved(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> Sequence[Decision]:
    """The dialogue's saved decisions, those that were withdrawn among them; `NotAllowed` as the two above."""
    kept = uow.session.scalar(select(Reflection).where(reflection.c.dialogue_id == about.id))
    viewer.require(Record.DECISION, where, also=if_note_taker(viewer, kept, where))
    return uow.session.scalars(
        select(Decision)
        .where(decision.c.dialogue_id == about.id, decision.c.saved_at.is_not(None))
        .order_by(decision.c.saved_at, decision.c.id)
    ).all()


def decision_to_write(uow: UnitOfWork, viewer: Viewer, about: Dialogue, decision_id: UUID) -> Decision:
    """A decision of the dialogue for one who may record: any saved one, or the writer's own draft.

    I20: "Drafts are visible to the author only": another's draft is `NotAllowed`, as one that does not exist. Raises
    `Expired` for one that was withdrawn.
    """
    found = uow.session.get(Decision, decision_id)
    if found is None or found.dialogue_id != about.id:
        raise NotAllowed
    if not found.is_saved and found.author_id != viewer.person_id:
        raise NotAllowed
    if found.withdrawn_at is not None:
        raise Expired("decision_withdrawn")
    return found


def draft_of(uow: UnitOfWork, viewer: Viewer, about: Dialogue) -> Decision | None:
    """The decision that the viewer has begun to write and not saved."""
    return uow.session.scalar(
        select(Decision)
        .where(
            decision.c.dialogue_id == about.id,
            decision.c.author_id == viewer.person_id,
            decision.c.saved_at.is_(None),
        )
        .order_by(decision.c.written_at.desc(), decision.c.id.desc())
        .limit(1)
    )


def dialogues_with_decisions(uow: UnitOfWork, dialogue_ids: Sequence[UUID]) -> set[UUID]:
    """Those in which a decision is begun, for the clock; it says nothing of what."""
    return set(uow.session.scalars(select(decision.c.dialogue_id).where(decision.c.dialogue_id.in_(dialogue_ids))))


def dialogues_to_close(uow: UnitOfWork, recorded_by: datetime) -> Sequence[tuple[Dialogue, Institution]]:
    """The dialogues that were recorded by then and are not closed, with their institutions, by time; those left out
    that stay open for a decision whose focus area waits."""
    stays_open = exists().where(decision.c.dialogue_id == dialogue.c.id, _waits(), institution.c.ended_on.is_(None))
    rows = found_by(
        uow,
        select(dialogue, institution)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(dialogue.c.state == DialogueState.RECORDED, dialogue.c.recorded_at <= recorded_by, ~stays_open)
        .order_by(dialogue.c.starts_at),
        Dialogue,
        Institution,
    )
    return [(each, where) for each, where in rows]


class Waiting(NamedTuple):
    """What a reminder must know of a decision whose focus area waits."""

    id: UUID
    dialogue_id: UUID
    saved_at: datetime
    where: Institution


def decisions_waiting(uow: UnitOfWork, saved_by: datetime) -> Sequence[Waiting]:
    """The decisions of `pending_decisions` that were saved by then, for the clock."""
    rows = rows_of(
        uow,
        select(decision.c.id, decision.c.dialogue_id, decision.c.saved_at, dialogue.c.institution_id)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(
            _waits(),
            decision.c.saved_at <= saved_by,
            dialogue.c.state == DialogueState.RECORDED,
            institution.c.ended_on.is_(None),
        )
        .order_by(decision.c.saved_at, decision.c.id),
    )
    places = institutions_with_ids(uow, {institution_id for *_, institution_id in rows})
    return [Waiting(each, about, saved_at, places[where]) for each, about, saved_at, where in rows]


def _waits() -> ColumnElement[bool]:
    """The condition that it was saved, and that its focus area has not been described, adjusted or closed."""
    about_one = decision.c.kind.in_([each for each in DecisionKind if each.leads_to_a_focus_area])
    return and_(decision.c.saved_at.is_not(None), decision.c.followed_at.is_(None), about_one)


def pending_decisions(
    uow: UnitOfWork, institution_ids: Iterable[UUID] | None = None
) -> Sequence[tuple[Decision, Dialogue, Institution]]:
    """The saved decisions whose focus area waits to be described, adjusted or closed; of these institutions, or all."""
    query = (
        select(Decision, Dialogue, Institution)
        .join(dialogue, dialogue.c.id == decision.c.dialogue_id)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(
            _waits(),
            dialogue.c.state == DialogueState.RECORDED,
            institution.c.ended_on.is_(None),
        )
        .order_by(decision.c.saved_at, decision.c.id)
    )
    if institution_ids is not None:
        query = query.where(institution.c.id.in_(list(institution_ids)))
    return [(waiting, about, where) for waiting, about, where in uow.session.execute(query)]


def decision_with_id(uow: UnitOfWork, decision_id: UUID) -> Decision:
    """The decision; `NotAllowed` when there is none."""
    found = uow.session.get(Decision, decision_id)
    if found is None:
        raise NotAllowed
    return found
