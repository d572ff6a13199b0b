"""What stands in a cell, in Danish or English: the value, or `Wrong` with what would be right."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from domain.aims import FourAims, in_order
from domain.organisation import AgeRange, InstitutionType, Language, Role
from domain.period import HalfYear
from domain.text import problem_in
from storage.importing.names import key_of, nearest

T = TypeVar("T")

TYPES = {
    "dagtilbud": InstitutionType.DAYCARE,
    "daycare": InstitutionType.DAYCARE,
    "day-care": InstitutionType.DAYCARE,
    "skole": InstitutionType.SCHOOL,
    "school": InstitutionType.SCHOOL,
    "fritidstilbud": InstitutionType.LEISURE,
    "fritid": InstitutionType.LEISURE,
    "leisure": InstitutionType.LEISURE,
}
ROLES = {
    "leder": Role.LEADER,
    "leader": Role.LEADER,
    "chef": Role.CHIEF,
    "chief": Role.CHIEF,
    "observatør": Role.OBSERVER,
    "observer": Role.OBSERVER,
    "forvaltning": Role.ADMINISTRATION,
    "administration": Role.ADMINISTRATION,
    "facilitator": Role.FACILITATOR,
    "netværksfacilitator": Role.FACILITATOR,
    "databeskyttelsesrådgiver": Role.PROTECTION_OFFICER,
    "data protection officer": Role.PROTECTION_OFFICER,
    "dpo": Role.PROTECTION_OFFICER,
}
LANGUAGES = {
    "da": Language.DANISH,
    "dansk": Language.DANISH,
    "danish": Language.DANISH,
    "en": Language.ENGLISH,
    "engelsk": Language.ENGLISH,
    "english": Language.ENGLISH,
}
AIMS = {
    "læring": FourAims.LEARNING,
    "learning": FourAims.LEARNING,
    "udvikling": FourAims.DEVELOPMENT,
    "development": FourAims.DEVELOPMENT,
    "trivsel": FourAims.WELL_BEING,
    "well-being": FourAims.WELL_BEING,
    "wellbeing": FourAims.WELL_BEING,
    "dannelse": FourAims.FORMATION,
    "formation": FourAims.FORMATION,
    "bildung": FourAims.FORMATION,
}
_TERMS = {"forår": 1, "spring": 1, "efterår": 2, "autumn": 2, "fall": 2}
_EXTRA = {"ekstra", "extra"}

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_GUID = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DANISH_DAY = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})")
_CLOCK = re.compile(r"(?:kl\.? ?)?(\d{1,2})[:.](\d{2})(?:[:.]00)?(Z|[+-]\d{2}:?\d{2})?")
_DANISH_NUMBER = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+),\d+|-?\d{1,3}(\.\d{3}){2,}")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


class Wrong(Exception):
    """The cell is not right; the message says what would be."""


@lru_cache
def text(limit: int) -> Callable[[str], str]:
    @lru_cache(maxsize=10_000)
    def parse(cell: str) -> str:
        problem = problem_in(cell, limit)
        if problem and problem.code == "cpr":
            raise Wrong("holds what looks like a CPR number, which must not be kept")
        if problem:
            raise Wrong(f"has {len(cell)} characters, and at most {limit} fit")
        return cell

    return parse


def names(limit: int) -> Callable[[str], tuple[str, ...]]:
    """Several names with `;` between, each once."""

    def parse(cell: str) -> tuple[str, ...]:
        parts = [part.strip() for part in cell.split(";")]
        return tuple(dict.fromkeys(text(limit)(part) for part in parts if part))

    return parse


def address(cell: str) -> str:
    """Where something can be read: a page of its own, over https."""
    parts = urlsplit(cell)
    if parts.scheme != "https" or not parts.hostname or any(each.isspace() for each in cell):
        raise Wrong("is no address that begins with https://")
    return text(500)(cell)


def one_of(words: Mapping[str, T]) -> Callable[[str], T]:
    def parse(cell: str) -> T:
        found = words.get(key_of(cell))
        if found is None:
            raise Wrong(f"“{cell}” is none of {', '.join(words)}{nearest(cell, words)}")
        return found

    return parse


def aims(cell: str) -> tuple[FourAims, ...]:
    """Any of the four aims with `;` between."""
    return in_order(one_of(AIMS)(part.strip()) for part in cell.split(";") if part.strip())


def age_range(cell: str) -> AgeRange:
    plain = re.sub(r"\s|år|years", "", cell.casefold()).replace("\u2013", "-").replace("\u2212", "-")
    try:
        return AgeRange(plain)
    except ValueError:
        raise Wrong(f"“{cell}” is none of 0-6, 6-18") from None


@lru_cache
def half_year(cell: str) -> HalfYear:
    words = cell.casefold().split()
    terms = [_TERMS[word] for word in words if word in _TERMS]
    years = [int(word) for word in words if re.fullmatch(r"\d{4}", word)]
    try:
        if len(words) == 2 and terms and years:
            return HalfYear(years[0], terms[0])
        return HalfYear.parse(cell)
    except ValueError:
        raise Wrong(f"“{cell}” is no half-year: write 2026H1 for spring 2026, 2026H2 for autumn") from None


def email(cell: str) -> str:
    if len(cell) > 254 or not _EMAIL.fullmatch(cell):
        raise Wrong(f"“{cell}” is no e-mail address: write it as name@example.dk")
    return cell.casefold()


def guid(cell: str) -> str:
    found = _GUID.fullmatch(cell.casefold())
    if not found:
        raise Wrong(
            f"“{cell}” is no Entra object id: it has 32 hexadecimal digits, as 12345678-90ab-cdef-1234-567890abcdef"
        )
    return found[1]


@lru_cache(maxsize=10_000)
def number(cell: str) -> float:
    plain = re.sub(r"\s", "", cell).replace("\u2212", "-")
    if _TWO_WAYS.fullmatch(plain):
        whole, decimals = plain.replace(".", ""), plain.replace(".", ",")
        raise Wrong(f"“{cell}” can be read in two ways: write {whole} or {decimals}")
    if _DANISH_NUMBER.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    if _PLAIN_NUMBER.fullmatch(plain):
        return float(plain)
    raise Wrong(f"“{cell}” is not a number: write it as 1234,5 or 1234.5, with nothing else beside it")


@lru_cache(maxsize=10_000)
def whole_number(cell: str) -> int:
    plain = re.sub(r"\s", "", cell)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"\d{1,9}", plain):
        raise Wrong(f"“{cell}” is not a whole number: write it as 1234")
    return int(plain)


def dialogue_number(cell: str) -> int | str:
    """1 to 4, or "extra" for a dialogue that is not counted."""
    if key_of(cell) in _EXTRA:
        return "extra"
    if cell not in ("1", "2", "3", "4"):
        raise Wrong(
            f"“{cell}” is none of 1, 2, 3, 4: a cycle has four dialogues; leave it empty for the next free "
            "number, or write ekstra for one that is not counted"
        )
    return int(cell)


@lru_cache
def day(cell: str) -> date:
    iso, danish = _ISO_DAY.fullmatch(cell), _DANISH_DAY.fullmatch(cell)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if danish:
            return date(int(danish[3]), int(danish[2]), int(danish[1]))
    except ValueError:
        raise Wrong(f"“{cell}” is no day in the calendar") from None
    raise Wrong(f"“{cell}” is no date: write it as 2026-04-21 or 21-04-2026")


def local_time(zone: ZoneInfo) -> Callable[[str], datetime]:
    """A time on the local clock, as UTC; one that the clock skips or shows twice is refused."""

    def parse(cell: str) -> datetime:
        first, _, rest = cell.replace("T", " ").partition(" ")
        clock = _CLOCK.fullmatch(rest.strip().casefold().replace("z", "Z"))
        if not clock:
            raise Wrong(f"“{cell}” is no day and time: write it as 2026-04-21 09:00 or 21-04-2026 9.00")
        try:
            naive = datetime.combine(day(first), datetime.min.time()).replace(hour=int(clock[1]), minute=int(clock[2]))
        except ValueError:
            raise Wrong(f"“{cell}” is no time of day: write it as 09:00") from None
        if clock[3]:
            return naive.replace(tzinfo=_offset(clock[3])).astimezone(UTC)
        return _on_the_clock(cell, naive, zone)

    return parse


def _on_the_clock(cell: str, naive: datetime, zone: ZoneInfo) -> datetime:
    first, second = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None) != naive:
        raise Wrong(f"“{cell}” does not exist in {zone.key}: the clock is put forward in that hour")
    offsets = " or ".join(f"{naive:%Y-%m-%d %H:%M}{each.astimezone(zone):%z}" for each in (first, second))
    raise Wrong(f"“{cell}” comes twice in {zone.key}, when the clock is put back: write {offsets}")


def _offset(written: str) -> timezone:
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if written[0] == "-" else span)
