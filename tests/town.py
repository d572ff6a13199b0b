"""A small invented municipality in the database, and people who write and press in it.

Stories are told from outside: what a person sees is a card, and what they do is a word or a press with what they typed.
"""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cards.kit import Card
from dialogs.conversation import Activity, Kind, Reply, answer, show
from dialogs.turn import Turn
from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage, KeyFigure
from domain.dialogue import Dialogue
from domain.message import Address
from domain.municipality import Facts, Municipality
from domain.organisation import (
    AgeRange,
    Area,
    Institution,
    InstitutionType,
    Language,
    Person,
    Role,
    RoleAssignment,
)
from domain.period import HalfYear
from domain.quiet import QuietTimes
from storage.database import Database
from storage.unit_of_work import UnitOfWork

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SPRING = HalfYear(2026, 1)
NOW = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
STARTS = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)

MUNICIPALITY = Municipality(
    zone=COPENHAGEN,
    quiet=QuietTimes(zone=COPENHAGEN),
    facts=Facts(
        controller="Skovkøbing Kommune",
        purpose="Kvalitetsopfølgning og tilsyn",
        basis="Artikel 6, stk. 1, litra e",
        recipients="Ingen uden for kommunen",
        storage="Fem år",
        contact="kvalitet@skovkoebing.example",
        protection_officer="dpo@skovkoebing.example",
    ),
    figures_url="https://lis.skovkoebing.example",
)

_numbers = itertools.count(1)


def person(name: str) -> Person:
    number = next(_numbers)
    return Person(
        name=name,
        email=f"{name.split()[0].lower()}{number}@skovkoebing.example",
        aad_object_id=str(UUID(int=number)),
        language=Language.DANISH,
    )


@dataclass
class Town:
    """Two areas with a chief each; a school with a leader, a deputy and a teacher, and a day-care with a leader."""

    north: Area = field(default_factory=lambda: Area(name="Nord"))
    south: Area = field(default_factory=lambda: Area(name="Syd"))
    leader: Person = field(default_factory=lambda: person("Mette Holm"))
    deputy: Person = field(default_factory=lambda: person("Sara Lind"))
    teacher: Person = field(default_factory=lambda: person("Jonas Berg"))
    other_leader: Person = field(default_factory=lambda: person("Ali Krogh"))
    chief: Person = field(default_factory=lambda: person("Birgit Dam"))
    other_chief: Person = field(default_factory=lambda: person("Ole Toft"))
    consultant: Person = field(default_factory=lambda: person("Kaya Friis"))
    administrator: Person = field(default_factory=lambda: person("Nis Bo"))

    def __post_init__(self) -> None:
        self.school = Institution(
            name="Elmeskolen",
            type=InstitutionType.SCHOOL,
            age_range=AgeRange.OLDER,
            area_id=self.north.id,
        )
        self.day_care = Institution(
            name="Børnehuset Åen",
            type=InstitutionType.DAYCARE,
            age_range=AgeRange.YOUNGER,
            area_id=self.south.id,
        )
        self.cycle = Cycle(age_range=AgeRange.OLDER, first_half_year=HalfYear(2025, 2))
        self.round = PoliticalRound(year=2025, age_range=AgeRange.OLDER, state=RoundState.SENT)
        self.theme = Theme(
            round_id=self.round.id,
            title="Overgange og deltagelse",
            title_en="Transitions and participation",
            age_range=AgeRange.OLDER,
            valid_from=HalfYear(2025, 2),
            valid_to=HalfYear(2027, 1),
        )
        self.dialogue = Dialogue(
            institution_id=self.school.id,
            cycle_id=self.cycle.id,
            half_year=SPRING,
            starts_at=STARTS,
            place="Mødelokale 2",
            number=2,
        )
        self.package = DataPackage.of(self.school, SPRING)
        self.package.release(datetime(2026, 3, 20, 8, 0, tzinfo=UTC))
        self.figures = [
            self.figure("Elever, der oplever at kunne deltage", 78.4, "%", previous=74.1, theme_id=self.theme.id),
            self.figure("Elevfravær", 6.2, "%", previous=7.0),
            self.figure("Skoleskift", 3, "elever", n=3, previous=6),
        ]

    def figure(self, indicator: str, value: float, unit: str, **more: Any) -> KeyFigure:
        return KeyFigure(
            package_id=self.package.id,
            indicator=indicator,
            value=value,
            unit=unit,
            source="LIS",
            as_of=date(2026, 3, 1),
            **more,
        )

    def build(self, uow: UnitOfWork) -> None:
        """Puts everything in, in the order in which one refers to the other."""
        for rows in (
            [self.north, self.south],
            [self.school, self.day_care, self.round],
            [*self.people(), self.theme, self.cycle],
            [*self.roles(), self.dialogue, self.package],
            self.figures,
        ):
            uow.add(*rows)
            uow.session.flush()

    def people(self) -> list[Person]:
        return [each for each in vars(self).values() if isinstance(each, Person)]

    def roles(self) -> list[RoleAssignment]:
        since = date(2024, 8, 1)

        def role(someone: Person, kind: Role, **reach: UUID) -> RoleAssignment:
            return RoleAssignment(person_id=someone.id, role=kind, from_on=since, **reach)

        return [
            role(self.leader, Role.LEADER, institution_id=self.school.id),
            role(self.deputy, Role.OBSERVER, institution_id=self.school.id),
            role(self.teacher, Role.OBSERVER, institution_id=self.school.id),
            role(self.other_leader, Role.LEADER, institution_id=self.day_care.id),
            role(self.chief, Role.CHIEF, area_id=self.north.id),
            role(self.other_chief, Role.CHIEF, area_id=self.south.id),
            role(self.consultant, Role.ADMINISTRATION, area_id=self.north.id),
            role(self.administrator, Role.ADMINISTRATION),
        ]


@dataclass
class Someone:
    """A person at their chat: `says` a word, `presses` a button by its title with what they typed."""

    database: Database
    who: Person
    now: datetime = NOW
    municipality: Municipality = MUNICIPALITY

    @property
    def address(self) -> Address:
        return Address(
            service_url="https://smba.trafficmanager.net/emea/",
            conversation_id=f"a:{self.who.id}",
            user_id=f"29:{self.who.id}",
            bot_id="28:bot",
            tenant_id=str(UUID(int=99)),
        )

    async def does(self, kind: Kind, **more: Any) -> Reply:
        more.setdefault("key", f"activity-{next(_numbers)}")
        activity = Activity(kind=kind, identity=self.who.aad_object_id, address=self.address, **more)
        return await self.database.write(
            lambda uow: answer(uow, activity, now=self.now, municipality=self.municipality)
        )

    async def says(self, text: str, **more: Any) -> Card:
        reply = await self.does(Kind.SAID, text=text, **more)
        assert reply.card is not None
        return reply.card

    async def presses(self, card: Card, title: str, reply_to: str = "", /, **typed: str) -> Card:
        """Presses the button of this title, with the card's inputs as they stand and what is typed over them."""
        found = button(card, title)
        data = {**values(card), **typed, **found["data"]}
        reply = await self.does(Kind.PRESSED, verb=found["verb"], data=data, reply_to=reply_to)
        assert reply.card is not None
        return reply.card

    async def sees(self, view: str, subject_id: UUID) -> Card:
        """The card of a view as it would be delivered to this person now."""
        card = await self.gets(view, subject_id)
        assert card is not None
        return card

    async def gets(self, view: str, subject_id: UUID, *, is_reminder: bool = False) -> Card | None:
        """As `sees`, or None where there is nothing to say to this person."""

        def work(uow: UnitOfWork) -> Card | None:
            who = uow.session.get_one(Person, self.who.id)
            turn = Turn.of(who, uow, self.now, self.municipality, is_reminder=is_reminder)
            return show(turn, view, subject_id)

        return await self.database.write(work)

    async def is_reminded(self, view: str, subject_id: UUID) -> bool:
        """Whether a reminder of this would be sent to the person now."""
        return await self.gets(view, subject_id, is_reminder=True) is not None


def button(card: Card, title: str) -> dict[str, Any]:
    found = [each for each in parts(card) if each.get("type") == "Action.Execute" and each.get("title") == title]
    assert found, f"no button {title!r}, but {buttons(card)}"
    return found[0]


def buttons(card: Card) -> list[str]:
    return [str(each["title"]) for each in parts(card) if each.get("type") == "Action.Execute" and "title" in each]


def values(card: Card) -> dict[str, str]:
    """What the client sends for the card's inputs when nothing more is typed."""
    return {
        each["id"]: str(each.get("value", "")) for each in parts(card) if str(each.get("type", "")).startswith("Input.")
    }


def options(card: Card, input_id: str) -> dict[str, str]:
    """The titles of a choice and their values."""
    found = next(each for each in parts(card) if each.get("id") == input_id)
    return {each["title"]: each["value"] for each in found["choices"]}


def words(card: Card) -> str:
    """Everything a person reads on the card, what is folded away included."""
    found = []
    for each in parts(card):
        for name in ("text", "label", "title", "placeholder"):
            if isinstance(each.get(name), str):
                found.append(each[name])
        if str(each.get("type", "")).startswith("Input.") and isinstance(each.get("value"), str):
            found.append(each["value"])
    return spaced("\n".join(found))


_IN_A_DAY = re.compile(
    r"(?<=\d\.)\u00a0(?=[a-zæøå])|(?<=\bden)\u00a0(?=\d)|(?<=\bkl\.)\u00a0|(?<=\d)\u00a0(?=[A-Z])|"
    r"(?<=[a-z])\u00a0(?=20\d\d)|(?<=\bat)\u00a0(?=\d)|(?<=\bend)\u00a0(?=\d)|(?<=\bthan)\u00a0(?=\d)|"
    r"\u00a0(?=–)|(?<=–)\u2060\u00a0(?=\d)"
)


def spaced(text: str) -> str:
    """Days and times as they are read aloud: that no line ends in them is seen and not heard."""
    return _IN_A_DAY.sub(" ", text)


def parts(part: Any) -> list[Mapping[str, Any]]:
    """All the dicts of a card, in reading order; a fallback is read by nobody who sees the real thing."""
    found: list[Mapping[str, Any]] = []
    _add_parts(part, found)
    return found


def _add_parts(part: Any, found: list[Mapping[str, Any]]) -> None:
    # Every card of every story is gone through by it.
    if isinstance(part, dict):
        found.append(part)
        for name, value in part.items():
            if isinstance(value, dict | list) and name not in ("fallback", "data"):
                _add_parts(value, found)
    elif isinstance(part, list):
        for each in part:
            _add_parts(each, found)
