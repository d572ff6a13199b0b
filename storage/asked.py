"""Statements that come in many shapes, put together by SQLAlchemy each time, and sent past it.

An answer is a dozen statements or three of a few rows each, and on the way from a statement to the driver and back
SQLAlchemy works longer than the database. What is put together is compiled once for each shape that it has, found by
SQLAlchemy's own key for that, and given to the driver as in storage/compiled.py: values and rows go through their
columns' types, and an entity is the session's own. Other than there, lists have as many values as they have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Dialect, Select

from storage.compiled import Processor, adopted, columns_of, out_of
from storage.unit_of_work import UnitOfWork

E = TypeVar("E")
# So many shapes are remembered; an answer has forty, and most of them are those of other answers as well.
MOST = 2_000


@dataclass(frozen=True)
class _Text:
    """A shape with lists of certain lengths: its text, and where each value is found and how it goes in."""

    sql: str
    order: Sequence[tuple[str, int | None, Processor | None]]

    def parameters(self, values: Mapping[str, Any]) -> list[Any]:
        found = []
        for name, place, process in self.order:
            value = values[name] if place is None else values[name][place]
            found.append(value if process is None else process(value))
        return found


@dataclass(frozen=True)
class _Shape:
    compiled: Any
    read: Sequence[tuple[int, Processor]]
    lists: Sequence[str]
    texts: dict[tuple[int, ...], _Text] = field(default_factory=dict)

    def text(self, values: Mapping[str, Any]) -> _Text:
        lengths = tuple([len(values[name]) for name in self.lists])
        found = self.texts.get(lengths)
        if found is None:
            if len(self.texts) >= MOST:
                self.texts.clear()
            found = self.texts[lengths] = self._text(values)
        return found

    def _text(self, values: Mapping[str, Any]) -> _Text:
        expanded = self.compiled._process_parameters_for_postcompile(dict(values))
        source = {
            each: (name, place)
            for name, made in expanded.parameter_expansion.items()
            for place, each in enumerate(made)
        }
        into = {**self.compiled._bind_processors, **expanded.processors}
        return _Text(
            sql=expanded.statement,
            order=[(*source.get(each, (each, None)), into.get(each)) for each in expanded.positiontup],
        )


_shapes: dict[Any, _Shape] = {}


def rows_of(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> list[Any]:
    """What it finds, each value as its column's type reads it."""
    # As SQLAlchemy does before it asks: a query sees what was changed before it.
    uow.session.flush()
    key: Any = statement._generate_cache_key()
    known = uow.dialect, key.key
    shape = _shapes.get(known)
    if shape is None:
        if len(_shapes) >= MOST:
            _shapes.clear()
        shape = _shapes[known] = _compiled(statement, key, uow.words)
    values = shape.compiled.construct_params(
        extracted_parameters=key.bindparams, escape_names=False, _check=False, _no_postcompile=True
    )
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


def found_by(uow: UnitOfWork, statement: Select[*tuple[Any, ...]], *classes: type[Any]) -> list[Any]:
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


def each_by(uow: UnitOfWork, statement: Select[*tuple[Any, ...]], cls: type[E]) -> list[E]:
    """The same where it asks for one entity a row."""
    return [adopted(uow, cls, row) for row in rows_of(uow, statement)]


def _compiled(statement: Select[*tuple[Any, ...]], key: Any, dialect: Dialect) -> _Shape:
    made: Any = statement._compiler(dialect, cache_key=key)
    columns = list(statement.selected_columns)
    return _Shape(
        compiled=made,
        read=[(place, reads) for place, each in enumerate(columns) if (reads := out_of(each.type, dialect))],
        lists=sorted(made.bind_names[each] for each in made.post_compile_params),
    )
