"""The forms a setting can have. A check returns the value, or raises ValueError with what is right."""

import ipaddress
import re
from datetime import time
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

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


def _guid(text: str) -> str:
    if text and not _GUID.fullmatch(text):
        raise ValueError("is not a GUID; it looks like 00000000-0000-0000-0000-000000000000 (Azure portal)")
    return text.lower()


def _directory(text: str) -> str:
    found = text.strip().lower()
    if found in ("", "email") or _GUID.fullmatch(found):
        return found
    raise ValueError(f"{text!r} is neither email nor the id of a group in Entra; leave it empty to look nobody up")


def _thumbprint(text: str) -> str:
    found = re.sub(r"[\s:]", "", text).lower()
    if found and not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", found):
        raise ValueError("is no thumbprint; it is 40 or 64 hexadecimal digits")
    return found


def _database(url: str) -> str:
    if not re.match(r"sqlite:///.|postgresql\+psycopg://.", url):
        raise ValueError("is neither sqlite:///FILE nor postgresql+psycopg://USER:PASSWORD@HOST/NAME (not shown here)")
    return url


def _zone(name: Any) -> Any:
    if isinstance(name, ZoneInfo):
        return name
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone; it is a name such as Europe/Copenhagen") from None


def _clock(text: Any) -> Any:
    if isinstance(text, time):
        return text
    found = _CLOCK.fullmatch(str(text).strip())
    try:
        return time(int(found[1]), int(found[2])) if found else time(24)
    except ValueError:
        raise ValueError(f"{text!r} is not a time of day; it is one such as 07:30") from None


def _weeks(text: Any) -> Any:
    """Turns "7,27-32" into (7, 27, 28, 29, 30, 31, 32)."""
    if not isinstance(text, str):
        return text
    weeks: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = re.fullmatch(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= _LAST_WEEK:
            raise ValueError(f"{part!r} is not a week or a span of weeks; the list is one such as 7,27-32,42")
        weeks.update(range(first, last + 1))
    return tuple(sorted(weeks))


def _hosts(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    hosts = tuple(host.lower() for part in text.split(",") if (host := part.strip()))
    if wrong := [host for host in hosts if not _HOST.fullmatch(host)]:
        raise ValueError(f"{wrong[0]!r} is not a host name; no scheme, port or path (smba.trafficmanager.net)")
    if not hosts:
        raise ValueError("is empty; Teams' own is smba.trafficmanager.net")
    return hosts


def _link(url: str) -> str:
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


def _webhook(url: str) -> str:
    """As a link, and never shown: such an address may hold a key of its own."""
    try:
        return _link(url)
    except ValueError:
        raise ValueError("is not an address that begins with https:// (not shown here)") from None


def _case(text: str) -> str:
    if wrong := [each for each in re.findall(r"\{[^{}]*\}?|\}", text) if each not in CASE_WORDS]:
        raise ValueError(f"{wrong[0]!r} is not one of {', '.join(CASE_WORDS)}")
    return text


CASE_WORDS = ("{institution}", "{area}", "{year}")

Directory = Annotated[str, AfterValidator(_directory)]
Thumbprint = Annotated[str, AfterValidator(_thumbprint)]
Guid = Annotated[str, AfterValidator(_guid)]
Link = Annotated[str, AfterValidator(_link)]
Webhook = Annotated[str, AfterValidator(_webhook)]
Case = Annotated[str, AfterValidator(_case)]
Clock = Annotated[time, BeforeValidator(_clock)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Weeks = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_weeks)]
Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)]
