"""The municipality: areas, institutions, and people with roles that begin and end."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from domain.identity import new_id


class InstitutionType(StrEnum):
    DAYCARE = "dagtilbud"
    SCHOOL = "skole"
    LEISURE = "fritidstilbud"


class AgeRange(StrEnum):
    YOUNGER = "0-6"
    OLDER = "6-18"

    @property
    def other(self) -> "AgeRange":
        return AgeRange.OLDER if self is AgeRange.YOUNGER else AgeRange.YOUNGER


class Role(StrEnum):
    LEADER = "leader"
    CHIEF = "chief"
    OBSERVER = "observer"
    ADMINISTRATION = "administration"
    FACILITATOR = "facilitator"
    PROTECTION_OFFICER = "data protection officer"


class Language(StrEnum):
    DANISH = "da"
    ENGLISH = "en"


_ALPHABET = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}


# Every answer puts the same few hundred names in order.
@lru_cache(maxsize=10_000)
def a_to_aa(name: str) -> tuple[int, ...]:
    """The sort key of a name in the Danish alphabet, which ends with æ, ø, å; no database sorts like that by itself."""
    folded = name.casefold().replace("aa", "å")
    return tuple(_ALPHABET.get(letter, ord(letter) - 1_000_000) for letter in folded)


@dataclass(kw_only=True, eq=False)
class Area:
    """A district of the municipality with one or more chiefs over time."""

    name: str
    aliases: tuple[str, ...] = ()
    id: UUID = field(default_factory=new_id)


@dataclass(kw_only=True, eq=False)
class Institution:
    """A day-care, school or leisure institution; `ended_on` is its last day, None while it is open."""

    name: str
    type: InstitutionType
    age_range: AgeRange
    area_id: UUID
    aliases: tuple[str, ...] = ()
    ended_on: date | None = None
    id: UUID = field(default_factory=new_id)

    def is_open(self, day: date) -> bool:
        return self.ended_on is None or day <= self.ended_on


class Reached(Protocol):
    """What tells whether a role reaches an institution."""

    @property
    def id(self) -> UUID: ...

    @property
    def area_id(self) -> UUID: ...

    @property
    def type(self) -> InstitutionType: ...


@dataclass(kw_only=True, eq=False)
class Person:
    """Someone who uses the bot, known by the Entra object id; never more about them than is needed.

    `aad_object_id` is None as long as neither the list nor the directory has said which account is theirs.
    `language` is None until it is known from the list, from Teams or by the person's own choice; `welcomed_at` is when
    the welcome was sent, `paused_until` the last day without reminders, `monday_since` the day on which they chose the
    Monday list, None without it, and `keeps_notes` whether they have chosen to write preparation notes of their own.
    `anonymised_on` is when all that told who they are was taken away, for good.
    """

    name: str = field(repr=False)
    email: str = field(repr=False)
    aad_object_id: str | None = None
    language: Language | None = None
    welcomed_at: datetime | None = None
    paused_until: date | None = None
    monday_since: date | None = None
    keeps_notes: bool = False
    ended_on: date | None = None
    anonymised_on: date | None = None
    id: UUID = field(default_factory=new_id)

    @property
    def first_name(self) -> str:
        """Of somebody who was anonymised there is none but what they are called: *En tidligere leder*."""
        words = self.name.split()
        return words[0] if words and self.anonymised_on is None else self.name

    @property
    def speaks(self) -> Language:
        """The language to write to them in: Danish until another is known."""
        return self.language or Language.DANISH

    def is_active(self, day: date) -> bool:
        return self.ended_on is None or day <= self.ended_on

    def is_paused(self, day: date) -> bool:
        return self.paused_until is not None and day <= self.paused_until


@dataclass(kw_only=True, eq=False)
class RoleAssignment:
    """A role with its reach, from a day to a day (both included).

    Exactly one of `institution_id`, `area_id` and `network` tells the reach; none means the whole municipality. A
    `network` is one of the three professional leader networks, by the field it is for: a facilitator has one, or all.
    """

    person_id: UUID
    role: Role
    from_on: date
    to_on: date | None = None
    institution_id: UUID | None = None
    area_id: UUID | None = None
    network: InstitutionType | None = None
    id: UUID = field(default_factory=new_id)

    def is_in_force(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def covers(self, institution: Reached) -> bool:
        if self.institution_id is not None:
            return self.institution_id == institution.id
        if self.network is not None:
            return self.network is institution.type
        return self.area_id is None or self.area_id == institution.area_id

    def facilitates(self, network: InstitutionType) -> bool:
        """Whether this is the role of facilitator of the network, or of all of them."""
        is_bound = self.institution_id is not None or self.area_id is not None
        return self.role is Role.FACILITATOR and not is_bound and self.network in (None, network)

    def names(self, institution: Institution) -> bool:
        """Whether the reach names the institution or its area, and is not just the whole municipality."""
        return self.covers(institution) and (self.institution_id is not None or self.area_id is not None)
