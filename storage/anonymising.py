"""Where somebody stands in everything that is kept.

What is found by reading is what is changed by writing: a preview is the very search that the change begins with.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, false, func, null, or_, select, true
from sqlalchemy.sql import ColumnElement

from domain.anonymisation import EMPTIED, Place, Treatment, reference_in
from domain.kept import Kind
from domain.organisation import Institution
from domain.political_report import ReportState
from domain.saved_summary import SummaryState
from domain.sought import around
from storage.asked import rows_of
from storage.deleting import is_held
from storage.holding import Holding
from storage.my_data import texts_in
from storage.seeking import (
    EVERYWHERE,
    FORGOTTEN,
    OF_ITSELF,
    REFERENCES,
    Search,
    key_of,
    may_name,
    near_to,
    own_rows,
    own_words,
    words_of,
)
from storage.types import metadata
from storage.unit_of_work import UnitOfWork

_summary = metadata.tables["saved_summary"]
_remark = metadata.tables["summary_remark"]
_report = metadata.tables["political_report"]


@dataclass
class Found:
    """The rows, what is to be in the place of their words, and which holds are in the way."""

    places: list[Place] = field(default_factory=list)
    held: set[str] = field(default_factory=set)


def found(uow: UnitOfWork, search: Search) -> Found:
    """Every place, kind by kind; nothing is written."""
    into = Found(held={each.case for each in search.holds_on_the_person})
    for holding in EVERYWHERE:
        name = holding.table.name
        if name in FORGOTTEN:
            _find_forgotten(uow, search, holding, into)
        elif name not in OF_ITSELF:
            into.places += _find(uow, search, holding, into)
    if search.record_id is None:
        into.places += _references(uow, search)
    return into


def record_of(uow: UnitOfWork, record_id: UUID) -> str | None:
    """The table in which the record is that has this id; None where there is none with words in it."""
    for holding in EVERYWHERE:
        name = holding.table.name
        if name in OF_ITSELF or name in FORGOTTEN or "id" not in holding.table.c or not words_of(holding):
            continue
        if uow.session.scalar(select(holding.table.c.id).where(holding.table.c.id == record_id)):
            return name
    return None


def related(uow: UnitOfWork, search: Search, places: Iterable[Place]) -> set[UUID]:
    """The ids of everything that a card about these rows, or about what the person wrote, can be drawn of."""
    by_table: dict[str, set[UUID]] = {}
    for each in places:
        if each.id:
            by_table.setdefault(each.table, set()).add(each.id)
    ids: set[UUID] = set()
    for holding in EVERYWHERE:
        table = holding.table
        if table.name in OF_ITSELF or table.name in FORGOTTEN:
            continue
        columns = [each for each in table.c if _is_subject(each)]
        mine = holding.names(search.person_id) if search.person_id else None
        which = [] if mine is None else [mine]
        touched = sorted(by_table.get(table.name, ()))
        which += [table.c.id.in_(touched[start : start + 500]) for start in range(0, len(touched), 500)]
        for condition in which if columns else ():
            for row in rows_of(uow, select(*columns).where(condition)):
                ids.update(each for each in row if each is not None)
    return ids


def _is_subject(column: "Column[Any]") -> bool:
    """An id of the row or of what it belongs to, but for whom and where: those are the subjects of other cards."""
    general = {"person", "institution", "area", "theme", "cycle", "political_round", "perspective_tool"}
    of = {key.column.table.name for key in column.foreign_keys}
    if column.name == "id" or (column.name == "subject_id" and column.table.name == "rectification"):
        return True
    return bool(of) and not of & general


def _find(uow: UnitOfWork, search: Search, holding: Holding, into: Found) -> Iterator[Place]:
    words = words_of(holding)
    if not words:
        return
    table, own = holding.table, own_rows(search, holding)
    where, near = holding.place, near_to(search, holding)
    among = table.c.id == search.record_id if search.record_id else true()
    asked = {
        "id": table.c.id,
        **{name: table.c[name] for name in words},
        "at_place": where if where is not None else null(),
        "kept_since": table.c[holding.since] if holding.since else null(),
        "is_near": func.coalesce(near, false()),
        "is_own": func.coalesce(own, false()),
        **{f"held_{number}": func.coalesce(is_held(holding, [each]), false()) for number, each in enumerate(search.on)},
    }
    columns = [each.label(f"asked_{name}") for name, each in asked.items()]
    for values in rows_of(uow, select(*columns).where(among, or_(own, may_name(table, words, search.sought)))):
        row = dict(zip(asked, values, strict=True))
        place = _place(uow, search, holding, row, words)
        if place is None:
            continue
        if place.treatment is not Treatment.UNSURE:
            into.held |= {each.case for number, each in enumerate(search.on) if row[f"held_{number}"]}
        yield place


def _place(uow: UnitOfWork, search: Search, holding: Holding, row: Any, words: Sequence[str]) -> Place | None:
    sought, is_near = search.sought, bool(row["is_near"])
    emptied = own_words(holding) if row["is_own"] else ()
    texts = [text for name in words if name not in emptied for text in texts_in(row[name])]
    own = [text for name in emptied for text in texts_in(row[name]) if text != EMPTIED]
    sure = [(text, sought.sure(text, near=is_near)) for text in texts]
    unsure = [(text, sought.unsure(text, near=is_near)) for text in texts]
    times, shown = sum(len(spans) for _text, spans in sure), sure
    if own:
        treatment, times = Treatment.EMPTIED, len(own)
    elif times:
        treatment = Treatment.RENAMED
    else:
        treatment, shown, times = Treatment.UNSURE, unsure, sum(len(spans) for _text, spans in unsure)
    if not times:
        return None
    name = _final(uow, holding.table, row["id"])
    where = uow.session.get(Institution, row["at_place"]) if row["at_place"] else None
    at = row["kept_since"]
    return Place(
        kind=holding.kind,
        table=holding.table.name,
        id=row["id"],
        treatment=Treatment.FIXED if name and treatment is not Treatment.UNSURE else treatment,
        times=times,
        at=at if isinstance(at, datetime) else None,
        institution_id=where.id if where else None,
        institution=where.name if where else "",
        name=name,
        words=tuple(each for text, spans in shown for each in around(text, spans)),
    )


def _references(uow: UnitOfWork, search: Search) -> Iterator[Place]:
    """The references that have the whole name, or the e-mail: once each, by the day of the last that has it."""
    for name, (column, since) in REFERENCES.items():
        table = metadata.tables[name]
        rows = uow.session.execute(
            select(table.c[column], func.max(table.c[since]), func.count())
            .where(may_name(table, (column,), search.sought))
            .group_by(table.c[column])
            .order_by(table.c[column])
        )
        for reference, at, times in rows:
            if spans := search.sought.sure(reference, near=False):
                yield Place(
                    kind=Kind.RIGHT,
                    table=name,
                    id=None,
                    treatment=Treatment.FIXED,
                    times=times,
                    at=at,
                    name=reference_in(name, at),
                    words=around(reference, spans),
                )


def _find_forgotten(uow: UnitOfWork, search: Search, holding: Holding, into: Found) -> None:
    """What goes as a whole: one place for each kind of it, since nobody has to look at a single one."""
    table, which = holding.table, _forgotten(uow, search, holding)
    if which is None:
        return
    keys = uow.session.scalars(select(key_of(table)).where(which)).all()
    into.places += [
        Place(kind=holding.kind, table=table.name, id=None, treatment=Treatment.FORGOTTEN, times=1, name=str(key))
        for key in keys
    ]
    for each in search.on if keys else ():
        held = func.coalesce(is_held(holding, [each]), false())
        if uow.session.scalar(select(key_of(table)).where(which, held).limit(1)) is not None:
            into.held.add(each.case)


def _forgotten(uow: UnitOfWork, search: Search, holding: Holding) -> ColumnElement[bool] | None:
    table = holding.table
    mine = table.c.person_id == search.person_id if search.person_id else false()
    if table.name != "answer":
        return mine if search.person_id else None
    rows = uow.session.execute(
        select(table.c.key, table.c.card).where(may_name(table, ("card",), search.sought), table.c.card.is_not(None))
    )
    naming = [key for key, card in rows if any(search.sought.sure(text, near=False) for text in texts_in(card))]
    return or_(mine, table.c.key.in_(naming))


def _final(uow: UnitOfWork, table: Table, row_id: UUID) -> str:
    """What a final record is called by, that nobody changes any more; empty for all else."""
    if table is _summary or table is _remark:
        query = select(_summary.c.year, _summary.c.number).where(_summary.c.state == SummaryState.FINAL)
        if table is _remark:
            query = query.join(_remark, _remark.c.summary_id == _summary.c.id).where(_remark.c.id == row_id)
        else:
            query = query.where(_summary.c.id == row_id)
        numbered = uow.session.execute(query).one_or_none()
        return f"{numbered.year}-{numbered.number}" if numbered else ""
    if table is _report:
        kept = uow.session.execute(
            select(_report.c.number).where(_report.c.id == row_id, _report.c.state == ReportState.FINAL)
        ).one_or_none()
        return f"political report {kept.number}" if kept else ""
    return ""
