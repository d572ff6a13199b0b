"""How well the collected messages are understood: intents, complete slots, wrong institutions, and how quickly."""

import csv
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dialogs.understanding import Understanding, understand
from domain.organisation import AgeRange, InstitutionType
from domain.period import HalfYear
from domain.roster import AreaName, InstitutionName, LeaderName, Roster, ThemeName
from tests.understanding.language import is_english

HERE = Path(__file__).parent
# What a question is about, of those that ask back or refuse: only whether it is the right answer and the right choice.
ASKED_BACK = ("clarify", "unknown_institution")


@dataclass(frozen=True)
class Message:
    text: str
    today: date
    intent: str
    slots: dict[str, Any]


@dataclass
class Result:
    """One message, and what was made of it."""

    message: Message
    intent: str
    slots: dict[str, Any]
    seconds: float

    @property
    def is_intent_right(self) -> bool:
        return self.intent == self.message.intent

    @property
    def are_slots_right(self) -> bool:
        if not self.is_intent_right:
            return False
        expected, found = _sorted(self.message.slots), _sorted(self.slots)
        if self.intent in ("refuse", *ASKED_BACK):
            names = set(expected) if self.intent != "clarify" else {"candidates"}
            return all(found.get(name) == expected[name] for name in names)
        return found == expected

    @property
    def is_institution_wrong(self) -> bool:
        """Whether it would be answered for an institution that is not meant."""
        if self.intent in ("refuse", *ASKED_BACK):
            return False
        meant = set(_listed(self.message.slots.get("institution", [])))
        return bool(set(_listed(self.slots.get("institution", []))) - meant)


@dataclass
class Report:
    results: list[Result] = field(default_factory=list)

    def of(self, english: bool) -> "Report":
        return Report([each for each in self.results if is_english(each.message.text) is english])

    @property
    def errors(self) -> list[Result]:
        return [each for each in self.results if not each.are_slots_right]

    @property
    def intents(self) -> float:
        return _share(each.is_intent_right for each in self.results)

    @property
    def slots(self) -> float:
        return _share(each.are_slots_right for each in self.results)

    @property
    def wrong_institutions(self) -> int:
        return sum(each.is_institution_wrong for each in self.results)

    def quantile(self, share: float) -> float:
        """How many milliseconds that share of the messages took at most."""
        times = sorted(each.seconds for each in self.results)
        return 1000 * times[min(len(times) - 1, int(len(times) * share))]


def measure(messages: Iterable[Message], roster: Roster) -> Report:
    """Each message is read twice, so that the first one does not pay for the index, and timed the second time."""
    report = Report()
    for message in messages:
        understand(message.text, roster, message.today)
        began = time.perf_counter()
        found = understand(message.text, roster, message.today)
        seconds = time.perf_counter() - began
        report.results.append(Result(message, intent_told(found), found.slots.as_json(roster), seconds))
    return report


def intent_told(found: Understanding) -> str:
    """As `laeringsbot ask` tells it: what is not understood gets help."""
    return found.intent or "help"


def messages_in(name: str) -> list[Message]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [
            Message(
                row["message"], date.fromisoformat(row["today"][:10]), row["intent"], json.loads(row["slots"] or "{}")
            )
            for row in csv.DictReader(file)
        ]


def roster() -> Roster:
    """The town's names as the import would take them."""
    areas: dict[str, AreaName] = {}
    places: dict[str, InstitutionName] = {}
    ids = _ids()
    for row in _rows("institutions"):
        area = areas.setdefault(row["area"], AreaName(next(ids), row["area"]))
        places[row["name"]] = InstitutionName(
            next(ids),
            row["name"],
            _names(row["aliases"]),
            InstitutionType(row["type"]),
            AgeRange(row["age_range"]),
            area.id,
        )
    leads: dict[str, list[str]] = defaultdict(list)
    for row in _rows("people"):
        if row["role"] == "leader":
            leads[row["name"]] += _names(row["scope"])
    themes = tuple(
        ThemeName(
            next(ids), row["title"], row["title_en"], _names(row["aliases"]), AgeRange(row["age_range"]),
            HalfYear.parse(row["valid_from"]), HalfYear.parse(row["valid_to"]),
        )
        for row in _rows("themes")
    )  # fmt: skip
    return Roster(
        institutions=tuple(places.values()),
        areas=tuple(areas.values()),
        leaders=tuple(
            LeaderName(next(ids), name, tuple(places[each].id for each in led)) for name, led in leads.items()
        ),
        themes=themes,
    )


def _ids() -> Iterator[Any]:
    from uuid import UUID

    number = 0
    while True:
        number += 1
        yield UUID(int=number)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / "town" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _sorted(slots: dict[str, Any]) -> dict[str, Any]:
    """Slots whose lists are compared whatever their order."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in slots.items()}


def _share(right: Iterable[bool]) -> float:
    each = list(right)
    return 100 * sum(each) / len(each) if each else 100.0
