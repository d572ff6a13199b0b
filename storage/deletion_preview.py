"""What would be deleted tonight, found by reading alone: whoever writes meanwhile waits for nothing."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import FromClause, Table, func, literal, select
from sqlalchemy.sql import ColumnElement

from domain.retention import Due, LegalHold, RetentionRule
from storage.deleting import belongs, is_over, key_of, may_go, parts_of, pointing_at, whole_of, wholes_of
from storage.holding import Holding
from storage.kept import BY_TABLE
from storage.retention import holds, rules
from storage.unit_of_work import UnitOfWork

# A row that goes with all of its parts or not at all; without a table, one that no rule deletes.
_Whole = tuple[Table | None, Hashable]
_Gone = Mapping[Table, set[Hashable]]


def due(uow: UnitOfWork, now: datetime) -> Sequence[Due]:
    """How much each rule would delete now, in the order in which they are gone through at night."""
    on, gone = holds(uow), defaultdict[Table, set[Hashable]](set)
    found = []
    for kind, rule in sorted(rules(uow).items()):
        wholes = wholes_of(kind)
        _add_what_goes(uow, wholes, rule, on, now, gone)
        counted = [_counted(uow, each, rule, now, gone[each.table]) for each in wholes]
        over, deleted = sum(each for each, _ in counted), sum(each for _, each in counted)
        found.append(Due(kind=kind, months=rule.months, authority=rule.authority, over=over, kept=over - deleted))
    return found


def _add_what_goes(
    uow: UnitOfWork,
    wholes: Sequence[Holding],
    rule: RetentionRule,
    on: Sequence[LegalHold],
    now: datetime,
    gone: _Gone,
) -> None:
    """Whatever nothing points at goes, and then what only that pointed at, until there is no more."""
    left: dict[Table, dict[Hashable, set[_Whole]]] = {}
    for whole in wholes:
        may = may_go(whole, rule, on, now)
        left[whole.table] = {each: set() for each in uow.session.scalars(select(key_of(whole.table)).where(may))}
        for pointed, pointing in _pointing(uow, whole, may):
            left[whole.table][pointed].add(pointing)
    went = True
    while went:
        went = False
        for table, waiting in left.items():
            free = [
                each
                for each, pointing in waiting.items()
                if all(there is not None and row in gone[there] for there, row in pointing)
            ]
            gone[table].update(free)
            for each in free:
                del waiting[each]
            went = went or bool(free)


def _pointing(uow: UnitOfWork, whole: Holding, may: ColumnElement[bool]) -> Iterator[tuple[Hashable, _Whole]]:
    """What points at each of these, or at a part of it."""
    key = key_of(whole.table)
    for holding in (whole, *parts_of(whole)):
        for other, there, points in pointing_at(holding.table):
            owner, of = _owner(other, there)
            query = select(key, of).where(may).join_from(holding.table, there, points)
            if holding is not whole:
                query = query.join(whole.table, belongs(holding, whole))
            yield from ((pointed, (owner, row)) for pointed, row in uow.session.execute(query.distinct()))


def _owner(table: Table, there: FromClause) -> tuple[Table | None, ColumnElement[Any]]:
    """What the rows of a table are deleted with, and which column says so."""
    holding = BY_TABLE.get(table.name)
    if holding is None:
        return None, literal(True)
    if holding.goes_with:
        return whole_of(holding), there.c[holding.goes_with]
    return table, there.c[key_of(table).name]


def _counted(
    uow: UnitOfWork, whole: Holding, rule: RetentionRule, now: datetime, gone: set[Hashable]
) -> tuple[int, int]:
    """How many rows are over their time, parts and all, and how many of them go."""
    over = select(func.count()).select_from(whole.table).where(is_over(whole, rule, now))
    count, deleted = uow.session.scalar(over) or 0, len(gone)
    for part in parts_of(whole):
        mine = part.table.c[part.goes_with]
        of_each = select(mine, func.count()).join(whole.table, belongs(part, whole)).group_by(mine)
        for which, how_many in uow.session.execute(of_each.where(is_over(whole, rule, now))):
            count += how_many
            deleted += how_many if which in gone else 0
    return count, deleted
