"""What is publicly known to be vulnerable among the packages that the lock files name.

    python -m tests.vulnerabilities

asks osv.dev, where PyPI's and GitHub's advisories are gathered, about all of them at once. A vulnerability fails it,
unless `.ci/accepted.toml` accepts it with a reason and a last day. Where osv.dev cannot be reached it says so and does
not fail: a build must not depend on somebody else's server, and nobody may believe that an audit took place.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

ROOT: Final = Path(__file__).parents[1]
ACCEPTED: Final = ROOT / ".ci" / "accepted.toml"
OSV: Final = "https://api.osv.dev"
TIMEOUT: Final = 10.0
MOST_AT_ONCE: Final = 500
MOST_PAGES: Final = 20

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


class Unreachable(Exception):
    """The advisories could not be had; the sentence says why."""


@dataclass(frozen=True, order=True)
class Package:
    name: str
    version: str

    def query(self, page: str = "") -> dict[str, Any]:
        asked: dict[str, Any] = {"package": {"name": self.name, "ecosystem": "PyPI"}, "version": self.version}
        return {**asked, "page_token": page} if page else asked


@dataclass(frozen=True)
class Vulnerability:
    """One advisory; `names` are all the ids that it is known by."""

    package: Package
    id: str
    names: frozenset[str]
    summary: str
    fixed: tuple[str, ...]

    def line(self) -> str:
        fixed = f"; mended in {', '.join(self.fixed)}" if self.fixed else "; not mended yet"
        told = f": {self.summary}" if self.summary else ""
        return f"{self.package.name} {self.package.version}: {self.id}{told}{fixed} (https://osv.dev/{self.id})"


@dataclass(frozen=True)
class Accepted:
    """A vulnerability that is lived with, why, and until when."""

    id: str
    reason: str
    until: date


def packages_of(locks: Iterable[str]) -> list[Package]:
    """What the lock files pin, each once."""
    return sorted({Package(name.lower(), version) for lock in locks for name, version in _PINNED.findall(lock)})


def accepted_of(text: str) -> list[Accepted]:
    """The exceptions as written down; one without its id, its reason or its last day is refused."""
    found = []
    for each in tomllib.loads(text).get("accepted", []):
        one = Accepted(each["id"], each["reason"].strip(), each["until"])
        if not one.id or not one.reason or type(one.until) is not date:
            raise ValueError("each accepted vulnerability has an id, a reason and a last day")
        found.append(one)
    return found


def known(packages: Sequence[Package], url: str = OSV, timeout: float = TIMEOUT) -> list[Vulnerability]:
    """What is known of the packages; `Unreachable` where the advisories cannot be had in full."""
    try:
        listed = {
            (package, one)
            for start in range(0, len(packages), MOST_AT_ONCE)
            for package, one in _ids(packages[start : start + MOST_AT_ONCE], url, timeout)
        }
        found = [_read(package, _asked(f"{url}/v1/vulns/{one}", None, timeout)) for package, one in sorted(listed)]
    except (OSError, HTTPException) as fault:
        raise Unreachable(f"{type(fault).__name__}: {fault}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Unreachable(f"what it answered could not be read ({type(fault).__name__})") from None
    return [each for each in found if each is not None]


def judged(found: Iterable[Vulnerability], accepted: Iterable[Accepted], today: date) -> list[str]:
    """The vulnerabilities that fail the audit, a line each. An exception holds up to and with its last day."""
    holding = {each.id for each in accepted if today <= each.until}
    past = {each.id: each for each in accepted if today > each.until}
    lines = []
    for each in found:
        if not each.names & holding:
            run_out = next((past[name].until for name in sorted(each.names) if name in past), None)
            lines.append(each.line() + (f" (accepted until {run_out})" if run_out else ""))
    return lines


def _ids(packages: Sequence[Package], url: str, timeout: float) -> Iterable[tuple[Package, str]]:
    asked = [(package, "") for package in packages]
    for _ in range(MOST_PAGES):
        body = {"queries": [package.query(page) for package, page in asked]}
        results = _asked(f"{url}/v1/querybatch", body, timeout)["results"]
        if len(results) != len(asked):
            raise ValueError("not one result for each package")
        further = []
        for (package, _), result in zip(asked, results, strict=True):
            yield from ((package, str(each["id"])) for each in result.get("vulns", ()))
            if page := result.get("next_page_token"):
                further.append((package, page))
        if not further:
            return
        asked = further
    raise ValueError("pages without an end")


def _asked(url: str, body: Mapping[str, Any] | None, timeout: float) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"})  # noqa: S310
    with urlopen(request, timeout=timeout) as answer:  # noqa: S310
        return json.load(answer)


def _read(package: Package, told: Mapping[str, Any]) -> Vulnerability | None:
    if told.get("withdrawn"):
        return None
    fixed = {
        str(event["fixed"])
        for affected in told.get("affected", ())
        if str(affected.get("package", {}).get("name", "")).lower() == package.name
        for span in affected.get("ranges", ())
        if span.get("type") == "ECOSYSTEM"
        for event in span.get("events", ())
        if "fixed" in event
    }
    names = frozenset({str(told["id"]), *map(str, told.get("aliases", ()))})
    return Vulnerability(package, str(told["id"]), names, str(told.get("summary", "")), tuple(sorted(fixed)))


def main(url: str = OSV) -> int:
    packages = packages_of(lock.read_text("utf-8") for lock in sorted(ROOT.glob("requirements*.lock")))
    accepted = accepted_of(ACCEPTED.read_text("utf-8"))
    try:
        found = known(packages, url)
    except Unreachable as why:
        print(f"Known vulnerabilities: NOT AUDITED, {url} could not be asked. {why}")
        return 0
    if wrong := judged(found, accepted, datetime.now(UTC).date()):
        print("Known vulnerabilities:", *wrong, sep="\n  ")
        return 1
    print(f"Known vulnerabilities: none in {len(packages)} packages, {len(found)} accepted.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
