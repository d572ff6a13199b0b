"""What a question is about, as far as its words say so: where, when, whose and how, each nothing when not said."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from domain.cycle import HALF_YEARS
from domain.indicator import Indicator
from domain.organisation import AgeRange, InstitutionType
from domain.period import HalfYear
from domain.perspective import Group


class Relative(StrEnum):
    """A half-year or a cycle that is told from where one stands."""

    CURRENT = "current"
    PREVIOUS = "previous"
    NEXT = "next"


class AskedStatus(StrEnum):
    """Which of the things asked about; `NONE` are the places where there is nothing.

    Of decisions and measures, `MEASURE` are the latter alone, and `BOARD` is what the boards said of
    them; of what waits, `UNANSWERED` the recommendations.
    """

    NEEDS_ATTENTION = "needs_attention"
    OPEN = "open"
    OVERDUE = "overdue"
    NOT_PREPARED = "not_prepared"
    NONE = "none"
    AWAITING_ACKNOWLEDGEMENT = "awaiting_acknowledgement"
    MEASURE = "measure"
    BOARD = "board"
    UNANSWERED = "unanswered"


class Reason(StrEnum):
    """Why a question is not answered."""

    NO_RANKING = "no_ranking"
    NO_PERSON_ASSESSMENT = "no_person_assessment"
    DRAFT_PRIVATE = "draft_private"
    PRIVATE = "private"
    PERSONNEL_NOT_HERE = "personnel_not_here"
    CHILD_LEVEL = "child_level"
    OUTSIDE_RESPONSIBILITY = "outside_responsibility"
    NO_DELETE_BY_CHAT = "no_delete_by_chat"
    PRIVATE_CHAT_ONLY = "private_chat_only"


class Kind(StrEnum):
    """What a name can be the name of."""

    INSTITUTION = "institution"
    AREA = "area"
    LEADER = "leader"


@dataclass(frozen=True)
class Candidate:
    """One of those that a name may mean."""

    kind: Kind
    id: UUID

    @property
    def code(self) -> str:
        return f"{self.kind}:{self.id}"


GROUPS = {Group.CHILDREN: "children", Group.YOUTH: "youth", Group.PARENTS: "parents", Group.STAFF: "staff"}


class Names(Protocol):
    def name_of(self, thing_id: UUID, /) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Slots:
    """Only what the text says. Of `half_year` it is kept what was said; `period` tells which one that is.

    `compare_to` is the half-year that another is held against, `since_last` whether only what is new since the last
    summary is asked for, and `latest` whether it is the last one of its kind. `coming` is the next one: it orders what
    is told and narrows nothing down, so that it is none of the slots that people name. Neither is `indicator`: which
    figures are called so is the municipality's to say, and the card reads it back. `candidates` are those that an
    unclear name may mean, and `left` those of the further ones.
    """

    institutions: tuple[UUID, ...] = ()
    areas: tuple[UUID, ...] = ()
    types: tuple[InstitutionType, ...] = ()
    age_range: AgeRange | None = None
    theme: UUID | None = None
    indicator: Indicator | None = None
    half_year: HalfYear | Relative | None = None
    compare_to: HalfYear | Relative | None = None
    cycle: Relative | None = None
    leaders: tuple[UUID, ...] = ()
    groups: tuple[Group, ...] = ()
    status: AskedStatus | None = None
    dialogue_no: int | None = None
    is_short: bool = False
    format: str | None = None
    since_last: bool = False
    latest: bool = False
    coming: bool = False
    candidates: tuple[Candidate, ...] = ()
    left: tuple[tuple[Candidate, ...], ...] = ()
    reason: Reason | None = None

    def __bool__(self) -> bool:
        return replace(self, coming=False) != Slots()

    @property
    def names_a_place(self) -> bool:
        """Whether it says which institutions are meant, in whatever way."""
        return bool(self.institutions or self.areas or self.types or self.age_range or self.leaders)

    def places_alone(self) -> "Slots":
        """Only whom and where it is about, without anything else that was said."""
        return Slots(institutions=self.institutions, areas=self.areas, leaders=self.leaders)

    def without_places(self) -> "Slots":
        """All else that was said."""
        return replace(self, institutions=(), areas=(), types=(), age_range=None, leaders=())

    def without_candidates(self) -> "Slots":
        return replace(self, candidates=(), left=())

    def period(self, today: date) -> HalfYear:
        """The half-year asked about; the present one where none was named."""
        return resolved(self.half_year, today) or HalfYear.of(today)

    def other_period(self, today: date) -> HalfYear:
        """The half-year to compare with; the one before `period` where none was named."""
        return resolved(self.compare_to, today) or self.period(today).previous

    def as_json(self, names: Names) -> dict[str, Any]:
        """The slots by the names people use: one value as a string, several as a list, and nothing that is not said."""
        found: dict[str, Any] = {
            "institution": [names.name_of(each) for each in self.institutions],
            "area": [names.name_of(each) for each in self.areas],
            "institution_type": [each.value for each in self.types],
            "age_range": self.age_range and self.age_range.value,
            "theme": self.theme and names.name_of(self.theme),
            "half_year": self.half_year and str(self.half_year),
            "compare_to": self.compare_to and str(self.compare_to),
            "cycle": self.cycle and self.cycle.value,
            "leader": [names.name_of(each) for each in self.leaders],
            "perspective_group": [GROUPS[each] for each in self.groups],
            "status": self.status and self.status.value,
            "dialogue_no": self.dialogue_no,
            "length": "short" if self.is_short else None,
            "format": self.format,
            "since": "last_summary" if self.since_last else None,
            "occurrence": "latest" if self.latest else None,
            "reason": self.reason and self.reason.value,
        }
        said = {
            name: value[0] if isinstance(value, list) and len(value) == 1 else value
            for name, value in found.items()
            if value
        }
        if self.candidates:
            said["candidates"] = [f"{each.kind}:{names.name_of(each.id)}" for each in self.candidates]
        return said

    def as_data(self) -> dict[str, Any]:
        """Plain data of ids and codes, for a button or a row."""
        found: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "candidates":
                value = [one.code for one in value]
            elif each.name == "left":
                value = [[one.code for one in group] for group in value]
            elif isinstance(value, tuple):
                value = [str(one) for one in value]
            elif value is not None and not isinstance(value, bool | int):
                value = str(value)
            if value:
                found[each.name] = value
        return found

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Slots":
        """The slots that `as_data` made plain; ValueError for anything else."""
        try:
            return cls(**{name: _READ[name](value) for name, value in data.items()})
        except (KeyError, TypeError, AttributeError) as wrong:
            raise ValueError("no slots") from wrong


def resolved(said: HalfYear | Relative | None, today: date) -> HalfYear | None:
    """The half-year that is meant on this day."""
    match said:
        case Relative.CURRENT:
            return HalfYear.of(today)
        case Relative.PREVIOUS:
            return HalfYear.of(today).previous
        case Relative.NEXT:
            return HalfYear.of(today).next
        case _:
            return said


def _half_year(value: str) -> HalfYear | Relative:
    return Relative(value) if value in list(Relative) else HalfYear.parse_asked(value)


def _candidate(value: str) -> Candidate:
    kind, _colon, thing_id = value.partition(":")
    return Candidate(Kind(kind), UUID(thing_id))


def _dialogue_no(value: int) -> int:
    if value not in range(1, HALF_YEARS + 1):
        raise ValueError("no dialogue of a cycle")
    return int(value)


def _format(value: str) -> str:
    if value not in ("pdf", "docx"):
        raise ValueError("no format")
    return value


_READ: dict[str, Any] = {
    "institutions": lambda value: tuple(UUID(each) for each in value),
    "areas": lambda value: tuple(UUID(each) for each in value),
    "types": lambda value: tuple(InstitutionType(each) for each in value),
    "age_range": AgeRange,
    "theme": UUID,
    "indicator": Indicator,
    "half_year": _half_year,
    "compare_to": _half_year,
    "cycle": Relative,
    "leaders": lambda value: tuple(UUID(each) for each in value),
    "groups": lambda value: tuple(Group(each) for each in value),
    "status": AskedStatus,
    "dialogue_no": _dialogue_no,
    "is_short": bool,
    "format": _format,
    "since_last": bool,
    "latest": bool,
    "coming": bool,
    "candidates": lambda value: tuple(_candidate(each) for each in value),
    "left": lambda value: tuple(tuple(_candidate(each) for each in group) for group in value),
    "reason": Reason,
}
