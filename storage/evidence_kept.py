"""The evidence base as it was last shown: what everybody sees until enough is new, and what a difference is judged by.

Of each block there is every state that was ever shown, with what each institution added to it. A block that is counted
anew is shown if it may be held against all of them; until then the last one stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, UniqueConstraint, func, select

from domain.cycle import Cycle
from domain.difference import Told, may_follow
from domain.identity import new_id
from storage.evidence_rows import Rows
from storage.types import Document, Utc, identity, metadata
from storage.unit_of_work import UnitOfWork

evidence_kept = Table(
    "evidence_kept",
    metadata,
    identity(),
    Column("cycle_id", ForeignKey("cycle.id"), nullable=False),
    Column("block", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("taken_at", Utc, nullable=False),
    Column("content", Document(dict, dict), nullable=False),
    UniqueConstraint("cycle_id", "block", "number"),
)


@dataclass(frozen=True)
class Kept:
    """A block as it is shown, and since when."""

    rows: Rows
    taken_at: datetime


def kept_or_counted(
    uow: UnitOfWork,
    about: Cycle,
    counted: Mapping[str, Rows],
    told: Callable[[str, Rows], Told],
    *,
    fewest: int,
    now: datetime,
) -> dict[str, Kept]:
    """Each block as it may be shown now; one that is new is kept.

    `told` says what can be read of a block. The first state of a block has nothing that it could be held against.
    """
    of_cycle = evidence_kept.c.cycle_id == about.id
    newest = (
        select(evidence_kept.c.block, func.max(evidence_kept.c.number).label("number"))
        .where(of_cycle)
        .group_by(evidence_kept.c.block)
        .subquery()
    )
    query = select(
        evidence_kept.c.block, evidence_kept.c.number, evidence_kept.c.taken_at, evidence_kept.c.content
    ).join(newest, (newest.c.block == evidence_kept.c.block) & (newest.c.number == evidence_kept.c.number))  # fmt: skip
    last = {row.block: row for row in uow.session.execute(query.where(of_cycle))}
    found = {
        block: Kept(last[block].content, last[block].taken_at) if block in last else Kept(rows, now)
        for block, rows in counted.items()
    }
    changed = [block for block, rows in counted.items() if block in last and last[block].content != rows]
    earlier: dict[str, list[Rows]] = {block: [] for block in changed}
    states = select(evidence_kept.c.block, evidence_kept.c.content).where(of_cycle, evidence_kept.c.block.in_(changed))
    for block, rows in uow.session.execute(states) if changed else ():
        earlier[block].append(rows)
    new = {block: 1 for block in counted if block not in last}
    for block in changed:
        as_it_is = told(block, counted[block])
        if all(may_follow(told(block, rows), as_it_is, fewest) for rows in earlier[block]):
            new[block] = last[block].number + 1
            found[block] = Kept(counted[block], now)
    _keep(uow, about, new, found)
    return found


def _keep(uow: UnitOfWork, about: Cycle, new: Mapping[str, int], found: dict[str, Kept]) -> None:
    """Keeps what is new; of two who look at once, both are shown what was kept first."""
    if not new:
        return
    rows = [
        {
            "id": new_id(),
            "cycle_id": about.id,
            "block": block,
            "number": number,
            "taken_at": found[block].taken_at,
            "content": found[block].rows,
        }
        for block, number in new.items()
    ]
    insert = uow.insert(evidence_kept).values(rows).on_conflict_do_nothing().returning(evidence_kept.c.block)
    first = set(uow.session.scalars(insert))
    for block in new.keys() - first:
        there = select(evidence_kept.c.content, evidence_kept.c.taken_at).where(
            evidence_kept.c.cycle_id == about.id, evidence_kept.c.block == block, evidence_kept.c.number == new[block]
        )
        content, taken_at = uow.session.execute(there).one()
        found[block] = Kept(content, taken_at)
