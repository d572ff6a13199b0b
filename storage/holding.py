"""What the law asks of a table: who wrote a row, whom it concerns, who could read it, and since when it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Table, and_, not_, or_
from sqlalchemy.sql import ColumnElement

from domain.access import Record
from domain.kept import Kind

Concerns = Callable[[UUID], ColumnElement[bool]]
Told = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One table: `by` names who wrote a row, `about` who else it is about, `acted` who did no more than a step in it.

    `through` finds the rows that are about a person by what they belong to, `shared` those that their author
    has let go of by then, and `told` are the columns that whom it is about could read, of all the `words` written;
    `told_as` leaves out of them what that person could not, in this row.
    `place` is the institution that it belongs to, and `since` the time from which it is counted how long it is kept;
    what `goes_with` another is kept as long as that. `under` finds the rows that rest on what a person wrote elsewhere,
    which a hold of the person keeps as well. `apart` are columns for what lies with the row and is no part of it: where
    one is filled, it is a record of its own, of which nobody but whoever wrote the row is told.
    """

    table: Table
    kind: Kind
    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    acted: tuple[str, ...] = ()
    through: Concerns | None = None
    shared: Callable[[datetime], ColumnElement[bool]] | None = None
    words: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    told_as: Callable[[Told, Mapping[str, Any], UUID], Told] | None = None
    place: ColumnElement[UUID] | ScalarSelect[UUID] | None = None
    since: str = ""
    goes_with: str = ""
    under: Concerns | None = None
    apart: Mapping[str, Record] = field(default_factory=dict)

    def wrote(self, person_id: UUID) -> ColumnElement[bool] | None:
        """The condition that the person wrote it; None where nobody writes."""
        return or_(*(self.table.c[name] == person_id for name in self.by)) if self.by else None

    def concerns(self, person_id: UUID, now: datetime) -> ColumnElement[bool] | None:
        """The condition that it is about the person, and not kept by others to themselves."""
        about = self._about(person_id)
        if about is None or self.shared is None:
            return about
        return and_(about, self.shared(now))

    def kept_to_authors(self, person_id: UUID, now: datetime) -> ColumnElement[bool] | None:
        """The condition that others have written it about the person, and for themselves alone."""
        about = self._about(person_id)
        own: list[ColumnElement[bool]] = [self.table.c[name].is_not(None) for name in self.apart]
        if self.shared is not None:
            own.append(not_(self.shared(now)))
        if about is None or not own:
            return None
        return and_(about, or_(*own), *(self.table.c[name] != person_id for name in self.by))

    def names(self, person_id: UUID) -> ColumnElement[bool] | None:
        """The condition that anything in it is of the person, shared or not."""
        found = [self.wrote(person_id), self._about(person_id), self.acted_in(person_id)]
        there = [each for each in found if each is not None]
        return or_(*there) if there else None

    def held_with(self, person_id: UUID) -> ColumnElement[bool] | None:
        """The condition that a hold of the person keeps it."""
        found = [self.names(person_id), self.under(person_id) if self.under else None]
        there = [each for each in found if each is not None]
        return or_(*there) if there else None

    def acted_in(self, person_id: UUID) -> ColumnElement[bool] | None:
        """The condition that the person did a step in it."""
        return or_(*(self.table.c[name] == person_id for name in self.acted)) if self.acted else None

    def _about(self, person_id: UUID) -> ColumnElement[bool] | None:
        found = [self.table.c[name] == person_id for name in self.about]
        if self.through:
            found.append(self.through(person_id))
        return or_(*found) if found else None
