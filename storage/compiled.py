"""Statements that nearly every press sends, compiled once and given to the driver as they are.

From a statement to its rows SQLAlchemy needs ten to twenty times what SQLite needs to find them, and of twenty
statements that is most of what a press costs. What is seldom asked, or asked in many shapes, is asked as everywhere
else. Here too values and rows go through their columns' types, what was changed in the session is written first, an
entity is the session's own, and a driver's error is raised as SQLAlchemy's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Delete, Dialect, Enum, Float, Insert, Select, Table, Update, insert
from sqlalchemy.orm import ClassManager, Session, class_mapper
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.types import TypeEngine

from storage.unit_of_work import UnitOfWork

E = TypeVar("E")
Processor = Callable[[Any], Any]


@dataclass(frozen=True)
class _Form:
    """A statement in one database's words: the values it always has, and how others go in and rows come out."""

    sql: str
    order: Sequence[tuple[str, Processor | None]]
    fixed: Mapping[str, Any]
    read: Sequence[tuple[int, Processor]]

    def parameters(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """All values as the driver takes them, in its order; a KeyError for one that is missing."""
        if self.fixed:
            values = {**self.fixed, **values}
        return [values[name] if process is None else process(values[name]) for name, process in self.order]

    def values(self, row: Sequence[Any]) -> Sequence[Any]:
        """A row of the driver's as the types of its columns read it."""
        found = list(row)
        for place, process in self.read:
            found[place] = process(found[place])
        return found


class Compiled:
    """One of these statements. `column IN (…)` is written as a few `==`, since nothing is expanded when it is run."""

    def __init__(self, statement: Select[Any] | Insert | Update | Delete) -> None:
        self._statement = statement
        self._forms: dict[str, _Form] = {}

    def rows(self, uow: UnitOfWork, **values: Any) -> list[Sequence[Any]]:
        """What it finds, with each value as its column's type reads it."""
        form, cursor = self._sent(uow, values)
        return [form.values(row) for row in cursor.fetchall()]

    def entities(self, uow: UnitOfWork, cls: type[E], **values: Any) -> list[E]:
        """The same as entities of the session; the statement asks for all columns of their table, in their order."""
        return [adopted(uow, cls, row) for row in self.rows(uow, **values)]

    def entity(self, uow: UnitOfWork, cls: type[E], **values: Any) -> E | None:
        """The first of them, None where nothing is found."""
        return next(iter(self.entities(uow, cls, **values)), None)

    def run(self, uow: UnitOfWork, **values: Any) -> int:
        """Runs it; how many rows it changed."""
        _, cursor = self._sent(uow, values)
        return int(cursor.rowcount)

    def leave(self, uow: UnitOfWork, values: Mapping[str, Any]) -> Callable[[], list[Sequence[Any]]]:
        """Runs it where nobody asks yet what it has found: it may be sent with what follows, and fail there.

        Called, what is returned has its rows.
        """
        form = self._formed(uow)
        found = uow.send_along(form.sql, form.parameters(values))
        return lambda: [form.values(row) for row in found()]

    def _sent(self, uow: UnitOfWork, values: Mapping[str, Any]) -> tuple[_Form, Any]:
        form = self._formed(uow)
        return form, uow.send(form.sql, form.parameters(values))

    def _formed(self, uow: UnitOfWork) -> _Form:
        # As SQLAlchemy does before it asks: a query sees what was changed before it.
        uow.session.flush()
        form = self._forms.get(uow.dialect)
        if form is None:
            form = self._forms[uow.dialect] = _form(self._statement, uow.words)
        return form


def adopted(uow: UnitOfWork, cls: type[E], row: Sequence[Any]) -> E:
    """The session's entity of a row of its table; one that is there already stays as it is."""
    found: E | None = uow.session.identity_map.get((cls, (row[0],), None))
    if found is None:
        mapped = _mapped(cls)
        found = mapped.manager.new_instance()
        found.__dict__.update(zip(mapped.names, row, strict=True))
        _attach(uow.session, cls, found)
    return found


def columns_of(cls: type[Any]) -> int:
    """How many columns its table has."""
    return len(_mapped(cls).names)


def written(uow: UnitOfWork, entity: object) -> None:
    """Inserts a new entity at once, as `add` and a flush would, which look through all that is loaded."""
    cls: type[Any] = type(entity)
    mapped = _mapped(cls)
    if mapped.version:
        entity.__dict__[mapped.version] = 1
    mapped.insert.leave(uow, entity.__dict__)
    _attach(uow.session, cls, entity)
    uow.wrote(entity)


def _attach(session: Session, cls: type[Any], entity: Any) -> None:
    """As SQLAlchemy does when it loads one: `make_transient_to_detached` and `add` do the same at twice the cost."""
    state = instance_state(entity)
    state.key = (cls, (entity.__dict__[_mapped(cls).names[0]],), None)
    state.session_id = session.hash_key
    session.identity_map.add(state)
    if state.modified:
        state._commit_all(entity.__dict__, session.identity_map)


@dataclass(frozen=True)
class _Mapped:
    manager: ClassManager[Any]
    names: Sequence[str]
    version: str | None
    insert: Compiled


_known: dict[type[Any], _Mapped] = {}


def _mapped(cls: type[Any]) -> _Mapped:
    found = _known.get(cls)
    if found is not None:
        return found
    mapper = class_mapper(cls)
    table = mapper.local_table
    assert isinstance(table, Table)
    assert list(table.primary_key) == [table.c[0]]
    version = None if mapper.version_id_col is None else mapper.version_id_col.name
    names = [column.name for column in table.c]
    found = _known[cls] = _Mapped(mapper.class_manager, names, version, Compiled(insert(table)))
    return found


def row_of(entity: object, table: Table) -> dict[str, object]:
    """An entity's values by column, for an INSERT of a row that nothing else in the turn asks for."""
    return {column.name: getattr(entity, column.name) for column in table.c}


def _form(statement: Select[Any] | Insert | Update | Delete, dialect: Dialect) -> _Form:
    made: Any = statement.compile(dialect=dialect)
    assert not made.post_compile_params, "nothing is expanded when it is run"
    fixed: dict[str, Any] = {}
    takes: dict[str, Processor | None] = {}
    for bound, name in made.bind_names.items():
        process = takes[name] = into(bound.type, dialect)
        if not bound.required and made.params[name] is not None:
            value = made.params[name]
            fixed[name], takes[name] = value if process is None else process(value), None
    columns: Sequence[Any] = list(statement.selected_columns) if isinstance(statement, Select) else []
    return _Form(
        sql=str(made),
        order=[(name, takes[name]) for name in made.positiontup],
        fixed=fixed,
        read=[(place, reads) for place, each in enumerate(columns) if (reads := out_of(each.type, dialect))],
    )


def into(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    """How a value goes in. A member of an enumeration is looked up, as SQLAlchemy does by way of five functions."""
    if isinstance(kind, Enum) and kind.enum_class:
        kept: dict[Any, Any] = {None: None, **{member: member.value for member in kind.enum_class}}
        return kept.__getitem__
    made: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return made


def out_of(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    if isinstance(kind, Enum) and kind.enum_class:
        members: dict[Any, Any] = {None: None, **{member.value: member for member in kind.enum_class}}
        return members.__getitem__
    if isinstance(kind, Float):
        # Both drivers have it as a float, and SQLAlchemy would first look at what PostgreSQL says that it is.
        return None
    made: Processor | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return made
