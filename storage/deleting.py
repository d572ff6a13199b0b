"""The deletion of what is over its time and nothing keeps, a batch at a time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import (
    Column,
    CursorResult,
    FromClause,
    Table,
    Uuid,
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
from domain.retention import LegalHold, RetentionRule, before
from storage.holding import Holding
from storage.journal import waits_for_the_journal
from storage.kept import BY_TABLE, HOLDINGS
from storage.retention import deletion, retention_pass, rules, settled_holds
from storage.types import metadata
from storage.unit_of_work import UnitOfWork

# So few that a statement ends long before its time is out, also where each row is looked for in a dozen tables.
BATCH = 500
_TRIED = select(func.pg_try_advisory_xact_lock(func.hashtextextended("retention", 0)))


def is_alone(uow: UnitOfWork) -> bool:
    """Whether nobody else deletes at this moment; until the end of the transaction nobody else will."""
    return uow.dialect == "sqlite" or bool(uow.session.scalar(_TRIED))


def delete_batch(uow: UnitOfWork, kind: Kind, now: datetime) -> dict[str, int]:
    """Deletes some of what is over its time and nothing keeps; returns how many rows of which table, none at the end.

    What something else still points at stays until that is gone, so that nothing points at nothing. What belongs to
    something goes with it or not at all: a hold of one part keeps the whole and every other part of it (I34).
    """
    rule = rules(uow).get(kind)
    if rule is None:
        return {}
    on = settled_holds(uow)
    for whole in wholes_of(kind):
        parts, key = parts_of(whole), key_of(whole.table)
        ids = uow.session.scalars(select(key).where(_goes(whole, rule, on, now)).limit(BATCH)).all()
        if not ids:
            continue
        with _passing(uow, kind):
            done = {each.table.name: _delete(uow, each.table, each.table.c[each.goes_with].in_(ids)) for each in parts}
            done[whole.table.name] = _delete(uow, whole.table, key.in_(ids))
        done = {name: count for name, count in done.items() if count}
        rows = [
            {"id": new_id(), "at": now, "table_name": name, "count": count, "authority": rule.authority}
            for name, count in done.items()
        ]
        uow.session.execute(insert(deletion), rows)
        return done
    return {}


@contextmanager
def _passing(uow: UnitOfWork, kind: Kind) -> Iterator[None]:
    uow.session.execute(insert(retention_pass), [{"kind": kind.value}])
    yield
    uow.session.execute(delete(retention_pass).where(retention_pass.c.kind == kind.value))


def wholes_of(kind: Kind) -> list[Holding]:
    """What a kind consists of, those first that point at the others."""
    return _ordered(each for each in HOLDINGS if each.kind is kind and each.since and not each.goes_with)


def parts_of(whole: Holding) -> list[Holding]:
    """What goes with it, those first that point at the others."""
    return _ordered(each for each in HOLDINGS if each.goes_with and whole_of(each) is whole.table)


def _ordered(holdings: Iterable[Holding]) -> list[Holding]:
    order = {table: place for place, table in enumerate(metadata.sorted_tables)}
    return sorted(holdings, key=lambda each: order[each.table], reverse=True)


def whole_of(part: Holding) -> Table:
    found: Table = next(iter(part.table.c[part.goes_with].foreign_keys)).column.table
    return found


def key_of(table: Table) -> Column[object]:
    (key,) = table.primary_key
    return key


def _record(table: Table) -> Column[object]:
    """What the journal knows a row by: the dialogue that it belongs to, or the row itself."""
    return table.c.dialogue_id if "dialogue_id" in table.c else key_of(table)


def _goes(whole: Holding, rule: RetentionRule, on: Sequence[LegalHold], now: datetime) -> ColumnElement[bool]:
    kept = [_is_needed(whole.table)]
    for part in parts_of(whole):
        kept.append(exists().where(belongs(part, whole), _is_needed(part.table)).correlate(whole.table))
    return and_(may_go(whole, rule, on, now), not_(or_(*kept)))


def may_go(whole: Holding, rule: RetentionRule, on: Sequence[LegalHold], now: datetime) -> ColumnElement[bool]:
    """The condition that a row is over its time, and that neither a hold keeps it or a part of it, nor the journal."""
    kept, record = [is_held(whole, on)], _record(whole.table)
    # What has a key of words, as the answer to a press, is no record; PostgreSQL compares no id with it.
    if isinstance(record.type, Uuid):
        kept.append(waits_for_the_journal(record))
    for part in parts_of(whole):
        kept.append(exists().where(belongs(part, whole), is_held(part, on)).correlate(whole.table))
    return and_(is_over(whole, rule, now), not_(or_(*kept)))


def is_over(whole: Holding, rule: RetentionRule, now: datetime) -> ColumnElement[bool]:
    """The condition that a row has been kept for as long as the rule says."""
    return whole.table.c[whole.since] <= before(now, rule.months)


def belongs(part: Holding, whole: Holding) -> ColumnElement[bool]:
    """The condition that a row is a part of another."""
    return part.table.c[part.goes_with] == key_of(whole.table)


def is_held(holding: Holding, on: Iterable[LegalHold]) -> ColumnElement[bool]:
    """The condition that a hold keeps a row; what belongs to no one institution is kept by a hold of any."""
    kept: list[ColumnElement[bool]] = [false()]
    for hold in on:
        if hold.is_of_everything or (hold.institution_id and holding.place is None):
            return literal(True)
        if hold.institution_id and holding.place is not None:
            kept.append(func.coalesce(holding.place == hold.institution_id, literal(True)))
        if hold.person_id:
            of_them = holding.held_with(hold.person_id)
            kept += [] if of_them is None else [func.coalesce(of_them, literal(False))]
    return or_(*kept)


def _is_needed(table: Table) -> ColumnElement[bool]:
    """The condition that another row points at this one, but for those that go together with it."""
    return or_(false(), *(exists().where(points).correlate(table) for _, _, points in pointing_at(table)))


def pointing_at(table: Table) -> Iterator[tuple[Table, FromClause, ColumnElement[bool]]]:
    """Each table whose rows may point at this one's, an alias of it, and the condition that one does.

    One that goes with it anyway does not count.
    """
    mine = BY_TABLE[table.name]
    for other in metadata.sorted_tables:
        there, holding = other.alias(), BY_TABLE.get(other.name)
        together = holding.goes_with if holding else ""
        for column in other.c:
            for key in column.foreign_keys:
                if key.column.table is not table or (holding and column.name == together):
                    continue
                points = there.c[column.name] == table.c[key.column.name]
                if holding and together and mine.goes_with and whole_of(holding) is whole_of(mine):
                    points = and_(points, there.c[together] != table.c[mine.goes_with])
                yield other, there, points


def _delete(uow: UnitOfWork, table: Table, which: ColumnElement[bool]) -> int:
    found = uow.session.execute(delete(table).where(which), execution_options={"synchronize_session": False})
    return found.rowcount if isinstance(found, CursorResult) else 0
