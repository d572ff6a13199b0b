"""Rows counted by institution and word: how a section of many knows its number without loading what it counts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Select, Table, case, func
from sqlalchemy.sql import ColumnElement

from domain.supervision import Found


class Counted:
    """Rows of counts on their way to a `Found`."""

    def __init__(self) -> None:
        self.by_place: Counter[UUID] = Counter()
        self.by_word: Counter[Any] = Counter()
        self.latest: datetime | None = None
        self.is_dated = False

    @classmethod
    def in_columns(cls, found: Iterable[Sequence[Any]], words: Iterable[Any], *, is_dated: bool = False) -> "Counted":
        """Of rows with an institution and a number for each of the words, and when the newest is from if `is_dated`."""
        made, said = cls(), list(words)
        for institution_id, *numbers in found:
            if is_dated:
                made.note(numbers.pop())
            total = sum(numbers)
            if not total:
                continue
            made.by_place[institution_id] = total
            for word, number in zip(said, numbers, strict=True):
                made.by_word[word] += number
        return made

    def add(self, institution_id: UUID, word: Any, number: int) -> None:
        self.by_place[institution_id] += number
        self.by_word[word] += number

    def note(self, at: datetime | None) -> None:
        """Some of them are from then, and none of the same institution and word is newer."""
        self.is_dated = True
        if at is not None and (self.latest is None or at > self.latest):
            self.latest = at

    def found(self, words: Sequence[Any], facts: Sequence[Any]) -> Found[Any, Any]:
        return Found(
            total=self.by_place.total(),
            places=len(self.by_place),
            counts={word: self.by_word[word] for word in words if self.by_word[word]},
            facts=facts,
            latest=self.latest,
            is_dated=self.is_dated,
        )


def each_counted(column: ColumnElement[Any], words: Iterable[Any]) -> Sequence[ColumnElement[int]]:
    """How many rows have each of these words in a column, None among them, as columns of a query by institution.

    Grouped by institution and word, SQLite would put all rows in order; an index has them by institution already.
    """
    # A table's own column is the same each time, and so is what counts it.
    return (
        _of_table(column, tuple(words))
        if isinstance(column, Column) and isinstance(column.table, Table)
        else _each_counted(column, words)
    )


def _each_counted(column: ColumnElement[Any], words: Iterable[Any]) -> Sequence[ColumnElement[int]]:
    return [func.count(case((column.is_(None) if word is None else column == word, 1))) for word in words]


@cache
def _of_table(column: Column[Any], words: tuple[Any, ...]) -> Sequence[ColumnElement[int]]:
    return _each_counted(column, words)


def in_order(facts: Iterable[Any], places: Sequence[UUID]) -> list[Any]:
    """By institution in the order of the places; inside one, the order that they came in."""
    order = {each: number for number, each in enumerate(places)}
    return sorted(facts, key=lambda fact: order[fact.where.id])


def no_more_than(most: int, places: Collection[UUID], query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A query of what is then put `in_order` of these places and of which the first `most` are shown.

    Of one place the others are not read. Of several, which come by their time here, each may have the first.
    """
    return query.limit(most) if len(places) == 1 else query


def first_places(counts: Mapping[UUID, int], places: Iterable[UUID], most: int) -> list[UUID]:
    """Those institutions, in their order, that the first `most` rows belong to."""
    found: list[UUID] = []
    room = most
    for each in places:
        if room <= 0:
            break
        if counts.get(each):
            found.append(each)
            room -= counts[each]
    return found
