"""The evidence base as it was last shown: what everybody sees until enough is new, and what a difference is judged by.

Of each block there is every state that was ever shown, with what each institution added to it. A block that is counted
anew is shown if it may be held against all of them; until then the last one stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import orjson
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint, func, select, update

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
    # None in what was kept before there were digests.
    Column("digest", String(32)),
    UniqueConstraint("cycle_id", "block", "number"),
)


@dataclass(frozen=True)
class Kept:
    """A block as it is shown, and since when."""

    rows: Rows
    taken_at: datetime


@dataclass(frozen=True)
class State:
    """The newest state of a block, without its content: since when it is shown, and the digest of what it says."""

    number: int
    taken_at: datetime
    digest: str | None


def newest_states(uow: UnitOfWork, about: Cycle) -> dict[str, State]:
    """Of each block of the cycle that was ever shown, by name."""
    of_cycle = evidence_kept.c.cycle_id == about.id
    newest = (
        select(evidence_kept.c.block, func.max(evidence_kept.c.number).label("number"))
        .where(of_cycle)
        .group_by(evidence_kept.c.block)
        .subquery()
    )
    query = select(
        evidence_kept.c.block, evidence_kept.c.number, evidence_kept.c.taken_at, evidence_kept.c.digest
    ).join(newest, (newest.c.block == evidence_kept.c.block) & (newest.c.number == evidence_kept.c.number))  # fmt: skip
    return {block: State(*state) for block, *state in uow.session.execute(query.where(of_cycle)).all()}


def kept_or_counted(
    uow: UnitOfWork,
    about: Cycle,
    counted: Mapping[str, Rows],
    last: Mapping[str, State],
    told: Callable[[str, Rows], Told],
    *,
    fewest: int,
    now: datetime,
) -> dict[str, Kept]:
    """Each block as it may be shown now, where `last` is how it was shown last; one that is new is kept.

    `told` says what can be read of a block. The first state of a block has nothing that it could be held against.
    """
    digests = {block: _digest(rows) for block, rows in counted.items()}
    # What says the same as what was counted need not be read: a report has hundreds of kilobytes of it.
    others = [block for block, digest in digests.items() if block in last and last[block].digest != digest]
    earlier: dict[str, dict[int, Rows]] = {block: {} for block in others}
    states = select(evidence_kept.c.block, evidence_kept.c.number, evidence_kept.c.content).where(
        evidence_kept.c.cycle_id == about.id, evidence_kept.c.block.in_(others)
    )
    for block, number, rows in uow.session.execute(states).all() if others else ():
        earlier[block][number] = rows
    found: dict[str, Kept] = {}
    new: dict[str, int] = {}
    for block, rows in counted.items():
        before = last.get(block)
        if before is None:
            found[block], new[block] = Kept(rows, now), 1
            continue
        if block not in earlier or earlier[block][before.number] == rows:
            found[block] = Kept(rows, before.taken_at)
            if before.digest is None:
                _remember(uow, about, block, before.number, digests[block])
            continue
        as_it_is = told(block, rows)
        if all(may_follow(told(block, each), as_it_is, fewest) for each in earlier[block].values()):
            found[block], new[block] = Kept(rows, now), before.number + 1
        else:
            found[block] = Kept(earlier[block][before.number], before.taken_at)
    _keep(uow, about, new, digests, found)
    return found


def _remember(uow: UnitOfWork, about: Cycle, block: str, number: int, digest: str) -> None:
    """Of a block that was kept before there were digests, and says what is counted now."""
    state = (evidence_kept.c.cycle_id == about.id, evidence_kept.c.block == block, evidence_kept.c.number == number)
    uow.session.execute(update(evidence_kept).where(*state).values(digest=digest))


def _digest(rows: Rows) -> str:
    return blake2b(orjson.dumps(rows, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def _keep(
    uow: UnitOfWork, about: Cycle, new: Mapping[str, int], digests: Mapping[str, str], found: dict[str, Kept]
) -> None:
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
            "digest": digests[block],
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
