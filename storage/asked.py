"""Statements that come in many shapes, sent past SQLAlchemy.

An answer is a dozen statements or three of a few rows each, and on the way from a statement to the driver and back
SQLAlchemy works longer than the database. Each is compiled once for every shape that it has, and given to the driver as
in storage/compiled.py: values and rows go through their columns' types, and an entity is the session's own. Other than
there, lists have as many values as they have. A shape is found by storage/shaped.py, or, of a statement that was put
together anew, by SQLAlchemy's own key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Dialect, Select

from storage.compiled import Processor, adopted, columns_of, out_of
from storage.shaped import Asking, Source
from storage.unit_of_work import UnitOfWork

E = TypeVar("E")
Statement = Select[*tuple[Any, ...]] | Asking
# So many shapes are remembered; an answer has forty, and most of them are those of other answers as well.
MOST = 2_000


@dataclass(frozen=True)
class _Text:
    """A shape with lists of certain lengths: its text, the values that it always has, and where each of the others
    goes, is found, and how it goes in."""

    sql: str
    always: Sequence[Any]
    others: Sequence[tuple[int, str, int | None, Processor | None]]

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        found = list(self.always)
        for number, name, place, process in self.others:
            value = values[name] if place is None else values[name][place]
            found[number] = value if process is None else process(value)
        return found


@dataclass(frozen=True)
class _Shape:
    """A compiled statement: the values that it always has, and where others come from if it is one with names."""

    compiled: Any
    read: Sequence[tuple[int, Processor]]
    lists: Sequence[str]
    always: Mapping[str, Any]
    sources: Sequence[tuple[str, int, Source]]
    texts: dict[tuple[int, ...], _Text] = field(default_factory=dict)

    def values(self, about: Sequence[Any]) -> dict[str, Any]:
        return {name: read(about[place]) for name, place, read in self.sources}

    def text(self, values: Mapping[str, Any]) -> _Text:
        lengths = tuple([len(values[name]) for name in self.lists])
        found = self.texts.get(lengths)
        if found is None:
            if len(self.texts) >= MOST:
                self.texts.clear()
            found = self.texts[lengths] = self._text({**self.always, **values})
        return found

    def _text(self, values: Mapping[str, Any]) -> _Text:
        expanded = self.compiled._process_parameters_for_postcompile(dict(values))
        source = {
            each: (name, place)
            for name, made in expanded.parameter_expansion.items()
            for place, each in enumerate(made)
        }
        into = {**self.compiled._bind_processors, **expanded.processors}
        names = expanded.positiontup
        order = [(at, *source.get(each, (each, None)), into.get(each)) for at, each in enumerate(names)]
        whole = _Text(expanded.statement, [None] * len(order), order)
        return replace(
            whole,
            always=whole.parameters(values),
            others=[each for each in order if each[1] not in self.always],
        )


_shapes: dict[Any, _Shape] = {}


def rows_of(uow: UnitOfWork, statement: Statement) -> list[Any]:
    """What it finds, each value as its column's type reads it."""
    # As SQLAlchemy does before it asks: a query sees what was changed before it.
    uow.session.flush()
    shape, values = _put_before(uow, statement) if isinstance(statement, Asking) else _put_together(uow, statement)
    text = shape.text(values)
    rows = uow.send(text.sql, text.parameters(values), is_seldom=True).fetchall()
    if not shape.read:
        return list(rows)
    found = []
    for row in rows:
        read = list(row)
        for place, process in shape.read:
            read[place] = process(read[place])
        found.append(read)
    return found


def _put_before(uow: UnitOfWork, asking: Asking) -> tuple[_Shape, dict[str, Any]]:
    known = uow.dialect, asking.shape
    shape = _shapes.get(known)
    if shape is None:
        shape = _kept(known, _named(asking, uow.words))
    return shape, shape.values(asking.about)


def _put_together(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> tuple[_Shape, dict[str, Any]]:
    key: Any = statement._generate_cache_key()
    known = uow.dialect, key.key
    shape = _shapes.get(known)
    if shape is None:
        shape = _kept(known, _compiled(statement, statement._compiler(uow.words, cache_key=key), uow.words))
    values = shape.compiled.construct_params(
        extracted_parameters=key.bindparams, escape_names=False, _check=False, _no_postcompile=True
    )
    return shape, values


def _kept(known: Any, shape: _Shape) -> _Shape:
    if len(_shapes) >= MOST:
        _shapes.clear()
    _shapes[known] = shape
    return shape


def found_by(uow: UnitOfWork, statement: Statement, *classes: type[Any]) -> list[Any]:
    """The same with entities: the statement asks for all columns of the table of each class, and then for others.

    None stands for an entity that was joined and is not there.
    """
    places, end = [], 0
    for each in classes:
        places.append((each, end, end + columns_of(each)))
        end += columns_of(each)
    return [
        [
            *[None if row[first] is None else adopted(uow, each, row[first:last]) for each, first, last in places],
            *row[end:],
        ]
        for row in rows_of(uow, statement)
    ]


def each_by(uow: UnitOfWork, statement: Statement, cls: type[E]) -> list[E]:
    """The same where it asks for one entity a row."""
    return [adopted(uow, cls, row) for row in rows_of(uow, statement)]


def _named(asking: Asking, dialect: Dialect) -> _Shape:
    statement, sources = asking.shape.statement, asking.shape.sources
    made: Any = statement.compile(dialect=dialect)
    names = set(made.bind_names.values())
    always = {name: made.params[name] for name in names if name not in sources}
    found = [(name, *source) for name, source in sources.items() if name in names]
    return _compiled(statement, made, dialect, always, found)


def _compiled(
    statement: Select[*tuple[Any, ...]],
    made: Any,
    dialect: Dialect,
    always: Mapping[str, Any] = MappingProxyType({}),
    sources: Sequence[tuple[str, int, Source]] = (),
) -> _Shape:
    columns, lists = list(statement.selected_columns), {made.bind_names[each] for each in made.post_compile_params}
    return _Shape(
        compiled=made,
        read=[(place, reads) for place, each in enumerate(columns) if (reads := out_of(each.type, dialect))],
        lists=sorted(lists - always.keys()),
        always=always,
        sources=sources,
    )
