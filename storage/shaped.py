"""Statements of answers, each put together once for every shape that it has.

An answer narrows its statements down by a scope: some institutions, half-years, perhaps a theme. To put such conditions
together takes SQLAlchemy longer than either database to find the rows of one institution. So a statement is written as
a function of what it is about, and the function is called once for each shape, with names in place of the values: a
condition stands where it stood, and is written once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from inspect import Parameter, signature
from operator import attrgetter, itemgetter
from typing import Any, ParamSpec
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam
from sqlalchemy.types import TypeEngine

from domain.period import HalfYear
from domain.scope import Scope
from storage.types import HalfYearType, Id, Utc

P = ParamSpec("P")
Source = Callable[[Any], Any]
# So many shapes of one statement are remembered; nearly all have a handful.
MOST = 200
_TYPES: Mapping[type[Any], TypeEngine[Any]] = {
    datetime: Utc(),
    date: Date(),
    UUID: Id(),
    HalfYear: HalfYearType(),
    int: Integer(),
}
_OF_A_SCOPE = {"first": HalfYear, "last": HalfYear, "begins": datetime, "start": datetime, "end": datetime}


@dataclass(frozen=True, eq=False)
class Shape:
    """A statement with names, and how the value of each comes from what is asked about: the place of that, and what of
    it."""

    statement: Select[*tuple[Any, ...]]
    sources: Mapping[str, tuple[int, Source]]


@dataclass(frozen=True)
class Asking:
    """A statement with what it is about this time."""

    shape: Shape
    about: Sequence[Any]


class Named(Sequence[UUID]):
    """Ids that a statement is given when it is sent: one, or as many as there are by then."""

    def __init__(self, name: str, sources: "_Sources", *, is_one: bool) -> None:
        self._name, self._sources, self._is_one = name, sources, is_one

    def __len__(self) -> int:
        return 1 if self._is_one else 2

    def __getitem__(self, place: Any) -> Any:
        return self._sources.bound(f"{self._name}__{place}", Id(), itemgetter(place))

    def __iter__(self) -> Iterator[UUID]:
        raise TypeError("the ids are not known before the statement is sent")

    @property
    def one(self) -> Any:
        return self._sources.bound(f"{self._name}__one", Id(), lambda ids: next(iter(ids)))

    @property
    def each(self) -> Any:
        return self._sources.bound(f"{self._name}__each", Id(), list, expanding=True)

    def whole(self, kind: TypeEngine[Any], read: Source) -> Any:
        """All of them as one value."""
        return self._sources.bound(f"{self._name}__whole", kind, read)


@dataclass
class _Sources:
    """The names of one argument, as they are come across."""

    place: int
    found: dict[str, tuple[int, Source]] = field(default_factory=dict)

    def bound(self, name: str, kind: TypeEngine[Any], read: Source, *, expanding: bool = False) -> Any:
        self.found[name] = self.place, read
        return bindparam(name, type_=kind, expanding=expanding)


class _ScopeNames:
    """What stands for a scope: its half-years and moments, and whether it is of a theme or of what is new."""

    def __init__(self, name: str, sources: _Sources, scope: Scope) -> None:
        self._name, self._sources = name, sources
        self.since = self._bound("since", datetime) if scope.since is not None else None
        self.theme = _ThemeName(self._bound("theme.id", UUID)) if scope.theme is not None else None

    def __getattr__(self, name: str) -> Any:
        if name not in _OF_A_SCOPE:
            raise AttributeError(f"nothing stands for the {name} of a scope")
        return self._bound(name, _OF_A_SCOPE[name])

    def _bound(self, path: str, kind: type[Any]) -> Any:
        name = f"{self._name}__{path.replace('.', '_')}"
        return self._sources.bound(name, _TYPES[kind], attrgetter(path))


@dataclass(frozen=True)
class _ThemeName:
    id: ColumnElement[UUID]


def shaped(build: Callable[P, Select[*tuple[Any, ...]]]) -> Callable[P, Asking]:
    """A statement as a function of what it is about, called once for each shape.

    What it is given by its place, it is about: a scope, ids, a moment, a day, a number. Names stand for those, but for
    None and no ids at all; what a scope has no name for cannot be asked of it. What it is given by name belongs to the
    shape, and is what it is: a word, or whether something is so.
    """
    names = [each.name for each in signature(build).parameters.values() if each.kind is not Parameter.KEYWORD_ONLY]
    known: dict[Any, Shape] = {}

    @wraps(build)
    def asking(*about: P.args, **words: P.kwargs) -> Asking:
        key = (*[_kind(each) for each in about], *words.items())
        shape = known.get(key)
        if shape is None:
            if len(known) >= MOST:
                known.clear()
            shape = known[key] = made(about, words)
        return Asking(shape, about)

    def made(about: Sequence[Any], words: Mapping[str, Any]) -> Shape:
        found: dict[str, tuple[int, Source]] = {}
        named: list[Any] = []
        for place, (name, value) in enumerate(zip(names, about, strict=True)):
            sources = _Sources(place, found)
            named.append(_named(name, sources, value))
        return Shape(build(*named, **words), found)

    return asking


def _kind(value: Any) -> Any:
    """What of a value makes a difference to the statement."""
    if isinstance(value, Scope):
        return value.since is not None, value.theme is not None
    # A word has a length, as several ids have; it is refused where its shape is made, each time anew.
    if value is None or type(value) in _TYPES or isinstance(value, str):
        return type(value)
    return min(len(value), 2)


def _named(name: str, sources: _Sources, value: Any) -> Any:
    if isinstance(value, Scope):
        return _ScopeNames(name, sources, value)
    if value is None:
        return None
    if isinstance(value, str):
        raise TypeError(f"{name} is a word, and belongs to the shape")
    if type(value) in _TYPES:
        return sources.bound(name, _TYPES[type(value)], lambda given: given)
    return Named(name, sources, is_one=len(value) == 1) if value else ()
