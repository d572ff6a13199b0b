"""The forms a setting can have. Each reads a text, or the value itself, or raises ValueError with what is right."""

import ipaddress
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

E = TypeVar("E", bound=StrEnum)
Read = Callable[[Any], Any]

CASE_WORDS = ("{institution}", "{area}", "{year}")
KEY_BYTES = 32

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_LAST_WEEK = 53


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own and cannot be reached from another."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return host.lower() == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


@dataclass(frozen=True)
class Secret:
    """A text that neither `repr` nor `str` shows."""

    value: str = field(repr=False)


def text(given: Any) -> str:
    return str(given).strip()


def secret(given: Any) -> Secret:
    return given if isinstance(given, Secret) else Secret(str(given))


def keys(given: Any) -> Secret:
    """Keys in base64, with commas between."""
    found = secret(given)
    for key in filter(None, found.value.split(",")):
        try:
            is_whole = len(b64decode(key.strip(), validate=True)) == KEY_BYTES
        except ValueError:
            is_whole = False
        if not is_whole:
            # Never with the value: it would stand in a log.
            raise ValueError("is not 32 bytes in base64 for each key; make one with: openssl rand -base64 32")
    return found


def whole_number(least: int, most: int) -> Read:
    def read(given: Any) -> int:
        try:
            found = int(text(given))
        except ValueError:
            raise ValueError("is not a whole number") from None
        return int(_within(found, least, most))

    return read


def number(least: float, most: float) -> Read:
    def read(given: Any) -> float:
        try:
            found = float(text(given))
        except ValueError:
            raise ValueError("is not a number") from None
        return _within(found, least, most)

    return read


def _within(found: float, least: float, most: float) -> float:
    if not found >= least:  # as nothing that is no number is
        raise ValueError(f"is too small; the least is {least}")
    if found > most:
        raise ValueError(f"is too large; the most is {most}")
    return found


def yes_or_no(given: Any) -> bool:
    match text(given).lower():
        case "true" | "t" | "yes" | "y" | "on" | "1":
            return True
        case "false" | "f" | "no" | "n" | "off" | "0":
            return False
    raise ValueError("is neither true nor false")


def one_of(kind: type[E], hints: Mapping[str, str] | None = None) -> Read:
    """A member of `kind` by its value, in any case; `hints` say more of what people may think is one."""

    def read(given: Any) -> E:
        said = text(given).lower()
        for member in kind:
            if said == member.value.lower():
                return member
        hint = (hints or {}).get(said, "")
        raise ValueError(f"{given!r} is not {' or '.join(member.value for member in kind)}{hint}")

    return read


def at_least_one(read: Read) -> Read:
    """As `read`, where something must stand."""

    def filled(given: Any) -> Any:
        if not text(given):
            raise ValueError("is empty")
        return read(given)

    return filled


def guid(given: Any) -> str:
    found = text(given)
    if found and not _GUID.fullmatch(found):
        raise ValueError("is not a GUID; it looks like 00000000-0000-0000-0000-000000000000 (Azure portal)")
    return found.lower()


def directory(given: Any) -> str:
    found = text(given).lower()
    if found in ("", "email") or _GUID.fullmatch(found):
        return found
    raise ValueError(f"{given!r} is neither email nor the id of a group in Entra; leave it empty to look nobody up")


def thumbprint(given: Any) -> str:
    found = re.sub(r"[\s:]", "", text(given)).lower()
    if found and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", found):
        raise ValueError("is no thumbprint; it is 40 or 64 hexadecimal digits")
    return found


def database(given: Any) -> str:
    url = text(given)
    if not re.match(r"sqlite:///.|postgresql\+psycopg://.", url):
        raise ValueError("is neither sqlite:///FILE nor postgresql+psycopg://USER:PASSWORD@HOST/NAME (not shown here)")
    return url


def zone(given: Any) -> ZoneInfo:
    if isinstance(given, ZoneInfo):
        return given
    try:
        return ZoneInfo(str(given))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{given!r} is not a time zone; it is a name such as Europe/Copenhagen") from None


def clock(given: Any) -> time:
    if isinstance(given, time):
        return given
    found = _CLOCK.fullmatch(text(given))
    try:
        return time(int(found[1]), int(found[2])) if found else time(24)
    except ValueError:
        raise ValueError(f"{given!r} is not a time of day; it is one such as 07:30") from None


def weeks(given: Any) -> tuple[int, ...]:
    """Turns "7,27-32" into (7, 27, 28, 29, 30, 31, 32)."""
    if not isinstance(given, str):
        return tuple(given)
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in given.split(","))):
        span = re.fullmatch(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?", part)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last <= _LAST_WEEK:
            raise ValueError(f"{part!r} is not a week or a span of weeks; the list is one such as 7,27-32,42")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def hosts(given: Any) -> tuple[str, ...]:
    if not isinstance(given, str):
        return tuple(given)
    found = tuple(host.lower() for part in given.split(",") if (host := part.strip()))
    if wrong := [host for host in found if not _HOST.fullmatch(host)]:
        raise ValueError(f"{wrong[0]!r} is not a host name; no scheme, port or path (smba.trafficmanager.net)")
    if not found:
        raise ValueError("is empty; Teams' own is smba.trafficmanager.net")
    return found


def link(given: Any) -> str:
    url = text(given)
    if not url:
        return url
    try:
        parts = urlsplit(url)
        is_right = bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        )
    except ValueError:
        is_right = False
    if not is_right:
        raise ValueError(f"{url!r} is not an address that begins with https://")
    return url


def webhook(given: Any) -> str:
    """As a link, and never shown: such an address may hold a key of its own."""
    try:
        return link(given)
    except ValueError:
        raise ValueError("is not an address that begins with https:// (not shown here)") from None


def case(given: Any) -> str:
    found = text(given)
    if wrong := [each for each in re.findall(r"\{[^{}]*\}?|\}", found) if each not in CASE_WORDS]:
        raise ValueError(f"{wrong[0]!r} is not one of {', '.join(CASE_WORDS)}")
    return found
