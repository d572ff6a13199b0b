"""What boards were told and said, by dialogue and by scope."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Select, Table, Text, not_, select

from domain.access import Record, Sight, Viewer
from domain.board import BoardNote
from domain.decision_list import BoardFact
from domain.dialogue import Dialogue, DialogueState
from domain.errors import NotAllowed
from domain.organisation import Institution, Person
from domain.scope import Scope
from storage.among import among
from storage.asked import found_by
from storage.counted import in_order
from storage.decision import decision
from storage.dialogue import dialogue
from storage.organisation import person
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.types import PartialIndex, Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

board_note = Table(
    "board_note",
    metadata,
    identity(),
    Column("dialogue_id", ForeignKey("dialogue.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("informed_on", Date, nullable=False),
    Column("said", Text, nullable=False),
    Column("is_added", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)
# One that can be corrected, and any number that were added to a closed dialogue.
PartialIndex("uq_board_note_dialogue_id", board_note.c.dialogue_id, unique=True, where=not_(board_note.c.is_added))

registry.map_imperatively(BoardNote, board_note, version_id_col=board_note.c.version)


def notes_for(
    uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution
) -> Sequence[tuple[BoardNote, Person]]:
    """What the board was told and said, oldest first, with who wrote it; nothing for whoever may not read it."""
    if viewer.sight(Record.BOARD_NOTE, where) < Sight.FULL:
        return []
    rows = uow.session.execute(
        select(BoardNote, Person)
        .join(person, person.c.id == board_note.c.author_id)
        .where(board_note.c.dialogue_id == about.id)
        .order_by(board_note.c.informed_on, board_note.c.written_at)
    )
    return [(each, author) for each, author in rows]


def board_facts(
    uow: UnitOfWork,
    viewer: Viewer,
    scope: Scope,
    *,
    most: int,
    number: int | None = None,
    cycles: Collection[UUID] = (),
) -> Sequence[BoardFact]:
    """What the boards were told of the dialogues of the half-years, by institution from A to Å, the newest first.

    `number` is that of one dialogue of the four, of these `cycles` where any are given.
    """
    places = places_seen(scope, viewer, Record.BOARD_NOTE)
    rows = found_by(uow, _told(scope, places, number, cycles, most), BoardNote, Dialogue)
    facts = [BoardFact(where=places[about.institution_id], dialogue=about, note=each) for each, about in rows]
    return in_order(facts, list(places))


@shaped
def _told(
    scope: Scope, places: Collection[UUID], number: int | None, cycles: Collection[UUID], most: int
) -> Select[Any]:
    conditions = [
        among(dialogue.c.institution_id, places),
        dialogue.c.half_year.between(scope.first, scope.last),
    ]
    if scope.since is not None:
        conditions.append(board_note.c.written_at >= scope.since)
    if number is not None:
        conditions.append(dialogue.c.number == number)
    if cycles:
        conditions.append(among(dialogue.c.cycle_id, cycles))
    return (
        select(board_note, dialogue)
        .join(dialogue, dialogue.c.id == board_note.c.dialogue_id)
        .where(*conditions)
        .order_by(board_note.c.informed_on.desc(), board_note.c.written_at.desc())
        .limit(most)
    )


def note_to_write(uow: UnitOfWork, viewer: Viewer, about: Dialogue, where: Institution) -> BoardNote | None:
    """The one that its leaders may correct, None where there is none; `NotAllowed` for everyone else."""
    if not viewer.leads(where):
        raise NotAllowed
    return uow.session.scalar(
        select(BoardNote).where(board_note.c.dialogue_id == about.id, not_(board_note.c.is_added))
    )


def added_note(uow: UnitOfWork, about: Dialogue, note_id: UUID) -> BoardNote | None:
    """The note that was added to the dialogue under this id, if it was."""
    return uow.session.scalar(
        select(BoardNote).where(board_note.c.id == note_id, board_note.c.dialogue_id == about.id, board_note.c.is_added)
    )


def latest_decided_in(uow: UnitOfWork, institution_ids: Iterable[UUID]) -> dict[UUID, Dialogue]:
    """The latest dialogue of each institution in which something was decided, by institution."""
    decided = select(decision.c.dialogue_id).where(decision.c.saved_at.is_not(None))
    found = uow.session.scalars(
        select(Dialogue)
        .where(
            dialogue.c.institution_id.in_(list(institution_ids)),
            dialogue.c.state.in_((DialogueState.RECORDED, DialogueState.CLOSED)),
            dialogue.c.id.in_(decided),
        )
        .order_by(dialogue.c.starts_at)
    )
    return {each.institution_id: each for each in found}
