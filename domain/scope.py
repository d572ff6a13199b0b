"""What a question is about: institutions and half-years, and what it was narrowed down to."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.cycle import Theme
from domain.indicator import Indicator
from domain.organisation import AgeRange, Area, Institution, InstitutionType
from domain.period import HalfYear
from domain.perspective import Group
from domain.slots import AskedStatus


class Places(dict[UUID, Institution]):
    """Institutions by their ids, in their order."""

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """Their ids as 32 digits each: an answer about hundreds says them in one statement after another."""
        return tuple([each.hex for each in self])


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a question is about: `institutions` from A to Å, and the half-years from `first` to `last`.

    `areas`, `types`, `age_range` and `theme` are what it was narrowed down to. `since` leaves out what is older, when
    only what is new is asked for. By `today` an institution of it may have closed. `is_named` where the institutions
    were named one by one.
    """

    institutions: tuple[Institution, ...]
    first: HalfYear
    last: HalfYear
    zone: ZoneInfo
    areas: tuple[Area, ...] = ()
    types: tuple[InstitutionType, ...] = ()
    age_range: AgeRange | None = None
    theme: Theme | None = None
    since: datetime | None = None
    today: date | None = None
    is_named: bool = False

    @cached_property
    def places(self) -> Places:
        return Places((where.id, where) for where in self.institutions)

    @property
    def is_one_place(self) -> bool:
        return len(self.institutions) == 1

    def has_closed(self, where: Institution) -> bool:
        return self.today is not None and not where.is_open(self.today)

    @cached_property
    def closed(self) -> tuple[Institution, ...]:
        """Those of the institutions that have closed by now."""
        return tuple(where for where in self.institutions if self.has_closed(where))

    def waits_for(self, where: Institution) -> bool:
        """Whether something can be lacking there: not where it closed before the period was over."""
        return not self.has_closed(where) or where.is_open(self.last.ends_on)

    @property
    def has_begun(self) -> bool:
        """Whether any of it lies behind: in what is only coming, nothing can be lacking yet."""
        return self.today is None or self.first.starts_on <= self.today

    def suits(self, where: Institution) -> bool:
        """Whether the theme is one of that institution's, in the half-years; where none is named, all are."""
        about = self.theme
        if about is None:
            return True
        return about.age_range is where.age_range and about.valid_from <= self.last and self.first <= about.valid_to

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        found = [self.first]
        while found[-1] < self.last:
            found.append(found[-1].next)
        return tuple(found)

    @property
    def begins(self) -> datetime:
        """The first moment of the half-years, in UTC."""
        return datetime.combine(self.first.starts_on, time(), self.zone).astimezone(UTC)

    @property
    def start(self) -> datetime:
        """The first moment that counts, in UTC."""
        return max(self.begins, self.since) if self.since else self.begins

    @property
    def end(self) -> datetime:
        """The first moment after, in UTC."""
        return datetime.combine(self.last.ends_on + timedelta(days=1), time(), self.zone).astimezone(UTC)

    def as_of(self, now: datetime) -> datetime:
        """The moment that is told of: now, or the last one of the half-years."""
        return min(now, self.end - timedelta(microseconds=1))


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What a question was narrowed down to, as a card carries it from press to press; nothing narrows nothing.

    Whoever presses is asked anew what they may see of it: bounds are no right to anything. `latest` is the last one of
    its kind, `coming` the next one, and `is_short` an answer in a few lines. `is_whole` is an answer for a file, and
    `is_traced` one with the sources of all it counts, which no button carries. `saved_id` is the saved summary they
    belong to, if any.
    """

    institution_ids: tuple[UUID, ...] = ()
    area_ids: tuple[UUID, ...] = ()
    types: tuple[InstitutionType, ...] = ()
    age_range: AgeRange | None = None
    theme_id: UUID | None = None
    indicator: Indicator | None = None
    first: HalfYear | None = None
    last: HalfYear | None = None
    since: datetime | None = None
    groups: tuple[Group, ...] = ()
    status: AskedStatus | None = None
    leader_ids: tuple[UUID, ...] = ()
    dialogue_no: int | None = None
    latest: bool = False
    coming: bool = False
    is_short: bool = False
    is_whole: bool = False
    is_traced: bool = False
    saved_id: UUID | None = None
