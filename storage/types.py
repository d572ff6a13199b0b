"""How the domain's values are kept in columns, the same way on SQLite and PostgreSQL."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Index,
    MetaData,
    String,
    TypeDecorator,
    Uuid,
    bindparam,
    event,
)
from sqlalchemy.orm import Mapper
from sqlalchemy.orm import registry as Registry
from sqlalchemy.types import TypeEngine

from domain.aims import FourAims
from domain.period import HalfYear
from storage.making import plainly

# Every constraint has a name that follows from what it is about: SQLite could not drop it otherwise.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
registry = Registry(metadata=metadata)
event.listen(Mapper, "after_mapper_constructed", plainly)


class Id(Uuid[UUID]):
    """An id. SQLite keeps it as text, of which the same few hundred stand in the many rows of an answer: to look up
    what was made of a text before takes a tenth of making it anew."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        found: Callable[[Any], Any] | None = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return _read_id if found else None


# One for all columns and statements: with one each, the bot held some megabytes more of every column it had ever read.
@lru_cache(maxsize=10_000)
def _read_id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def id_param(name: str) -> BindParameter[UUID]:
    """An id that a statement, put together once, is given when it is run.

    Its type is said, since that of a foreign key is not known before the table is that it points at.
    """
    return bindparam(name, type_=Id())


def identity() -> "Column[UUID]":
    """The primary key of an entity, made by the domain and not by the database."""
    return Column("id", Id(), primary_key=True)


def enum_type(values: type[StrEnum], name: str | None = None) -> Enum:
    """The members' values as text, and a CHECK that there is nothing else.

    `name` is needed only when one table has two columns of the same enumeration.
    """
    return Enum(
        values,
        values_callable=lambda members: [member.value for member in members],
        name=name or re.sub(r"(?<=[a-z])(?=[A-Z])", "_", values.__name__).lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
    )


class Utc(TypeDecorator[datetime]):
    """An aware time, kept in UTC, where it compares and sorts by time; a naive one is a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """The same at a third of the cost: SQLAlchemy writes each number of a time into its text by itself."""
        return _utc_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _utc_of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _utc_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a time without a time zone cannot be stored")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _utc_of_text(kept: str | None) -> datetime | None:
    return None if kept is None else datetime.fromisoformat(kept).replace(tzinfo=UTC)


class PartialIndex(Index):
    """An index of the rows for which `where` holds, on both databases.

    Its condition is given to their words when a schema is made or compared. SQLAlchemy would look it over where it is
    written, and load all of its words for PostgreSQL for that: a fortieth of the start of a bot on SQLite.
    """

    inherit_cache = True

    def __init__(self, name: str, *columns: Column[Any], where: ColumnElement[bool], unique: bool = False) -> None:
        self._where = where
        super().__init__(name, *columns, unique=unique)

    @property
    def dialect_options(self) -> Any:
        found = super().dialect_options
        for dialect in ("sqlite", "postgresql"):
            found[dialect]["where"] = self._where
        return found


class HalfYearType(TypeDecorator[HalfYear]):
    """A half-year as its code, `2026H1`, which sorts by time."""

    impl = String(6)
    cache_ok = True

    def process_bind_param(self, value: HalfYear | None, dialect: Dialect) -> str | None:
        return None if value is None else value.code

    def process_result_value(self, value: str | None, dialect: Dialect) -> HalfYear | None:
        return None if value is None else HalfYear.parse(value)


def json_on(dialect: Dialect) -> TypeEngine[Any]:
    """Binary JSON on PostgreSQL, since only that can be compared and made distinct."""
    if dialect.name != "postgresql":
        return dialect.type_descriptor(JSON(none_as_null=True))
    from sqlalchemy.dialects.postgresql import JSONB

    return dialect.type_descriptor(JSONB(none_as_null=True))


class Names(TypeDecorator[tuple[str, ...]]):
    """A few names in their order, such as the aliases of an institution."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return json_on(dialect)

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> Any:
        return None if value is None else list(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value)


class Document(TypeDecorator[Any]):
    """A frozen value kept as one JSON document: `dump` makes plain data of it, `load` makes it anew."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, dump: Callable[[Any], Any], load: Callable[[Any], Any]) -> None:
        super().__init__()
        self.dump = dump
        self.load = load

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return json_on(dialect)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.dump(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else self.load(value)


def known_parts(kind: type[Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What this program knows of the parts of a dataclass that were kept: beside a newer release, there may be more."""
    known = {each.name for each in fields(kind)}
    return {name: value for name, value in kept.items() if name in known}


def ids() -> Document:
    """The ids of a few things in their order."""
    return Document(lambda kept: [str(each) for each in kept], lambda kept: tuple(UUID(each) for each in kept))


def four_aims() -> Document:
    """Any of the four aims (R-01), as their words."""
    return Document(list, lambda kept: tuple(FourAims(each) for each in kept))
