"""Rules for how long each kind is kept, holds that stop them, and the deletion itself, with a record of what it did."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    CursorResult,
    ForeignKey,
    Integer,
    String,
    Table,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.sql import ColumnElement

from domain.identity import new_id
from domain.kept import Kind
from domain.retention import Due, LegalHold, RetentionRule, before
from storage.database import UnitOfWork
from storage.types import Utc, enum_type, identity, metadata, registry

retention_rule = Table(
    "retention_rule",
    metadata,
    Column("kind", enum_type(Kind), primary_key=True),
    Column("months", Integer, nullable=False),
    Column("authority", String(120), nullable=False),
    Column("set_at", Utc, nullable=False),
)
legal_hold = Table(
    "legal_hold",
    metadata,
    identity(),
    Column("case", String(120), nullable=False),
    Column("placed_at", Utc, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("institution_id", ForeignKey("institution.id")),
    Column("lifted_at", Utc),
)
# What was deleted when, by whose authority, and how much of it: never what it was.
deletion = Table(
    "deletion",
    metadata,
    identity(),
    Column("at", Utc, nullable=False),
    Column("table_name", String(60), nullable=False),
    Column("count", Integer, nullable=False),
    Column("authority", String(120), nullable=False),
)
# While a kind stands here, the guards that otherwise refuse every deletion let that kind's rows go.
retention_pass = Table("retention_pass", metadata, Column("kind", String(40), primary_key=True))


@dataclass(frozen=True, kw_only=True)
class Held:
    """Whom the holds that are on protect."""

    everybody: bool
    people: frozenset[UUID]


registry.map_imperatively(RetentionRule, retention_rule)
registry.map_imperatively(LegalHold, legal_hold)


def rules(uow: UnitOfWork) -> dict[Kind, RetentionRule]:
    return {each.kind: each for each in uow.session.scalars(select(RetentionRule))}


def set_rule(uow: UnitOfWork, rule: RetentionRule) -> None:
    """The rule from now on, in the place of an earlier one of the kind."""
    uow.session.merge(rule)
    uow.session.flush()


def unset_rule(uow: UnitOfWork, kind: Kind) -> bool:
    """Nothing of the kind is deleted any more; False where nothing was."""
    found = uow.session.execute(delete(RetentionRule).where(retention_rule.c.kind == kind))
    return bool(getattr(found, "rowcount", 0))


def holds(uow: UnitOfWork) -> Sequence[LegalHold]:
    """Those that are on, oldest first."""
    return uow.session.scalars(
        select(LegalHold).where(legal_hold.c.lifted_at.is_(None)).order_by(legal_hold.c.placed_at)
    ).all()


def is_held(uow: UnitOfWork, person_id: UUID) -> bool:
    """Whether nothing of the person may be deleted or made unrecognisable now."""
    return any(each.is_of_everything or each.person_id == person_id for each in holds(uow))


def held_people(uow: UnitOfWork) -> Held:
    """Of whom nothing may be deleted now; a hold of an institution counts for everybody who may belong to it."""
    found = holds(uow)
    return Held(
        everybody=any(each.is_of_everything or each.institution_id for each in found),
        people=frozenset(each.person_id for each in found if each.person_id),
    )


def due(uow: UnitOfWork, now: datetime) -> Sequence[Due]:
    """What the rules would delete now, kind by kind: found by doing it, so this is to be rehearsed and never kept."""
    all_rules = rules(uow)
    over = {kind: _count_over(uow, rule, now) for kind, rule in all_rules.items()}
    delete_due(uow, now)
    return [
        Due(
            kind=kind,
            months=rule.months,
            authority=rule.authority,
            over=over[kind],
            kept=_count_over(uow, rule, now),
        )
        for kind, rule in sorted(all_rules.items())
    ]


def _count_over(uow: UnitOfWork, rule: RetentionRule, now: datetime) -> int:
    return sum(_count(uow, table, is_over) for table, is_over in _over(rule.kind, rule, now))


def delete_due(uow: UnitOfWork, now: datetime) -> dict[str, int]:
    """Deletes what is over its time and nothing keeps; returns how many rows of which table.

    What something else still points at stays until that is gone, so that nothing points at nothing.
    """
    done: dict[str, int] = {}
    on = holds(uow)
    for kind, rule in sorted(rules(uow).items()):
        with _passing(uow, kind):
            for table, is_over in _over(kind, rule, now):
                count = 0
                # One deletion can set free what pointed at itself, such as an item carried from another.
                while gone := _delete(
                    uow, table, and_(is_over, not_(_is_held(table, on, now)), not_(_is_needed(table)))
                ):
                    count += gone
                if count:
                    done[table.name] = count
                    row = {
                        "id": new_id(),
                        "at": now,
                        "table_name": table.name,
                        "count": count,
                        "authority": rule.authority,
                    }
                    uow.session.execute(insert(deletion), [row])
    return done


@contextmanager
def _passing(uow: UnitOfWork, kind: Kind) -> Iterator[None]:
    uow.session.execute(insert(retention_pass), [{"kind": kind.value}])
    yield
    uow.session.execute(delete(retention_pass).where(retention_pass.c.kind == kind.value))


def _over(kind: Kind, rule: RetentionRule, now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables of a kind with the condition that a row is over its time, those first that point at the others."""
    # Read when it is needed: the register knows every table, this one's as well.
    from storage.kept import BY_TABLE, HOLDINGS

    order = {table: place for place, table in enumerate(metadata.sorted_tables)}
    end = before(now, rule.months)
    mine = [each for each in HOLDINGS if each.kind is kind and (each.since or each.goes_with)]
    for holding in sorted(mine, key=lambda each: order[each.table], reverse=True):
        if holding.goes_with:
            column = holding.table.c[holding.goes_with]
            whole = next(iter(column.foreign_keys)).column.table
            since = whole.c[BY_TABLE[whole.name].since]
            yield holding.table, column.in_(select(whole.c.id).where(since <= end))
        else:
            yield holding.table, holding.table.c[holding.since] <= end


def _is_held(table: Table, on: Iterable[LegalHold], now: datetime) -> ColumnElement[bool]:
    """The condition that a hold keeps a row; what belongs to no one institution is kept by a hold of any."""
    from storage.kept import BY_TABLE

    holding = BY_TABLE[table.name]
    kept: list[ColumnElement[bool]] = [false()]
    for hold in on:
        if hold.is_of_everything or (hold.institution_id and holding.place is None):
            return literal(True)
        if hold.institution_id and holding.place is not None:
            kept.append(func.coalesce(holding.place == hold.institution_id, literal(True)))
        if hold.person_id:
            named = holding.names(hold.person_id)
            kept += [] if named is None else [func.coalesce(named, literal(False))]
    return or_(*kept)


def _is_needed(table: Table) -> ColumnElement[bool]:
    """The condition that another row points at this one."""
    pointing: list[ColumnElement[bool]] = [false()]
    for other in metadata.sorted_tables:
        there = other.alias()
        for column in other.c:
            for key in column.foreign_keys:
                if key.column.table is table:
                    mine = table.c[key.column.name]
                    pointing.append(exists().where(there.c[column.name] == mine).correlate(table))
    return or_(*pointing)


def _count(uow: UnitOfWork, table: Table, which: ColumnElement[bool]) -> int:
    return uow.session.scalar(select(func.count()).select_from(table).where(which)) or 0


def _delete(uow: UnitOfWork, table: Table, which: ColumnElement[bool]) -> int:
    found = uow.session.execute(delete(table).where(which), execution_options={"synchronize_session": False})
    return found.rowcount if isinstance(found, CursorResult) else 0
