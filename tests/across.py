"""A municipality with several institutions of the younger age range, in the last half-year of their cycle.

What the evidence base counts is made here by the piece: focus areas with a last word, perspectives, recommendations,
dialogues held, figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio

from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage, KeyFigure
from domain.decision import Decision, DecisionKind
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Perspective, Recommendation, Response
from domain.status import Status
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.town import SPRING, Someone, Town, person

NAMES = ("Askelunden", "Birkebo", "Cypressen", "Duen", "Egernet", "Fuglereden", "Grævlingen", "Havblik")
HELD_ON = datetime(2025, 10, 14, 8, 0, tzinfo=UTC)


@dataclass
class Across(Town):
    """`places` are eight day-cares; `leg` and `sprog` the themes of their cycle, which ends with spring 2026."""

    facilitator: Person = field(default_factory=lambda: person("Tove Ask"))
    second: Person = field(default_factory=lambda: person("Erik Lund"))
    of_schools: Person = field(default_factory=lambda: person("Pia Vang"))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.earlier = PoliticalRound(year=2024, age_range=AgeRange.YOUNGER, state=RoundState.SENT)
        self.younger = Cycle(age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2024, 2))
        self.leg, self.sprog = (self._theme(*titles) for titles in (("Leg", "Play"), ("Sprog", "Language")))
        self.places = [
            Institution(
                name=name, type=InstitutionType.DAYCARE, age_range=AgeRange.YOUNGER, area_id=self.south.id
            )
            for name in NAMES
        ]  # fmt: skip

    def build(self, uow: UnitOfWork) -> None:
        super().build(uow)
        for rows in ([self.earlier, self.younger, *self.places], [self.leg, self.sprog]):
            uow.add(*rows)
            uow.session.flush()

    def roles(self) -> list[RoleAssignment]:
        def facilitates(who: Person, network: InstitutionType) -> RoleAssignment:
            return RoleAssignment(person_id=who.id, role=Role.FACILITATOR, from_on=date(2024, 8, 1), network=network)

        return [
            *super().roles(),
            facilitates(self.facilitator, InstitutionType.DAYCARE),
            facilitates(self.second, InstitutionType.DAYCARE),
            facilitates(self.of_schools, InstitutionType.SCHOOL),
        ]

    def works(self, uow: UnitOfWork, number: int, theme: Theme, *words: Status) -> FocusArea:
        """A focus area of the numbered place, close to the theme, with these words about it over time."""
        dialogue = self.holds(uow, number, is_extra=True)
        decision = Decision(dialogue_id=dialogue.id, author_id=self.leader.id, kind=DecisionKind.CHOOSE)
        area = FocusArea(
            institution_id=self.places[number].id,
            theme_id=theme.id,
            decision_id=decision.id,
            title=f"Fokus i {self.places[number].name}",
            why="Fordi",
            signs="Tegn",
            chosen_at=HELD_ON,
        )
        uow.add(decision)
        uow.session.flush()
        uow.add(area)
        uow.session.flush()
        for month, word in enumerate(words, start=1):
            at = datetime(2026, month, 2, 8, 0, tzinfo=UTC)
            uow.add(FocusStatus(focus_area_id=area.id, author_id=self.leader.id, written_at=at, status=word))
        uow.session.flush()
        return area

    def holds(
        self,
        uow: UnitOfWork,
        number: int,
        state: DialogueState = DialogueState.CLOSED,
        *,
        is_extra: bool = False,
        of: int = 3,
    ) -> Dialogue:
        made = Dialogue(
            institution_id=self.places[number].id,
            cycle_id=self.younger.id,
            half_year=self.younger.half_years[of - 1],
            starts_at=HELD_ON,
            number=None if is_extra else of,
            state=state,
        )
        uow.add(made)
        uow.session.flush()
        return made

    def tells(
        self,
        uow: UnitOfWork,
        number: int,
        group: Group,
        *,
        response: Response | None = None,
        about: FocusArea | None = None,
        half_year: HalfYear = SPRING,
    ) -> None:
        """A perspective at the numbered place, with a recommendation where there is a response to it."""
        made = Perspective(
            institution_id=self.places[number].id,
            author_id=self.leader.id,
            group=group,
            count=Count.MANY,
            said=f"Fortalt i {self.places[number].name}",
            body=FormalBody.OTHER,
            half_year=half_year,
            written_at=HELD_ON,
            focus_area_id=about.id if about else None,
        )
        uow.add(made)
        uow.session.flush()
        if response:
            uow.add(
                Recommendation(
                    perspective_id=made.id,
                    institution_id=made.institution_id,
                    text="Mere tid",
                    written_at=HELD_ON,
                    response=response,
                )
            )
            uow.session.flush()

    def measures(
        self,
        uow: UnitOfWork,
        indicator: str,
        values: Sequence[float],
        *,
        n: int | None = 40,
        theme: Theme | None = None,
        half_year: HalfYear = SPRING,
    ) -> None:
        """A figure of the indicator at as many places as there are values, in packages released for the half-year."""
        for where, value in zip(self.places, values, strict=False):
            package = self._package(uow, where, half_year)
            uow.add(
                KeyFigure(
                    package_id=package.id,
                    indicator=indicator,
                    value=value,
                    unit="%",
                    n=n,
                    source="LIS",
                    as_of=date(2026, 3, 1),
                    theme_id=theme.id if theme else None,
                )
            )
        uow.session.flush()

    def _package(self, uow: UnitOfWork, where: Institution, half_year: HalfYear) -> DataPackage:
        made: dict[Any, DataPackage] = self.__dict__.setdefault("packages", {})
        if (where.id, half_year) not in made:
            package = DataPackage.of(where, half_year)
            package.release(datetime(2026, 3, 20, 8, 0, tzinfo=UTC))
            uow.add(package)
            uow.session.flush()
            made[where.id, half_year] = package
        return made[where.id, half_year]

    def _theme(self, title: str, title_en: str) -> Theme:
        return Theme(
            round_id=self.earlier.id,
            title=title,
            title_en=title_en,
            age_range=AgeRange.YOUNGER,
            valid_from=HalfYear(2024, 2),
            valid_to=HalfYear(2026, 1),
        )


@pytest.fixture
def across() -> Across:
    return Across()


@pytest_asyncio.fixture
async def nis(database: Database, across: Across) -> Someone:
    """The administration of the whole municipality."""
    await database.write(across.build)
    return Someone(database, across.administrator)


async def to_networks(nis: Someone) -> None:
    """Begins the round whose turn it is, and asks the networks about it."""
    card = await nis.presses(await nis.says("politisk runde"), "Begynd næste runde")
    card = await nis.presses(card, "Begynd runden")
    await nis.presses(await nis.presses(card, "Spørg ledernetværkene"), "Spørg ledernetværkene")


async def to_politicians(nis: Someone) -> None:
    card = await nis.presses(await nis.says("politisk runde"), "Til politisk drøftelse")
    await nis.presses(card, "Til politisk drøftelse")


__all__ = ["NAMES", "Across", "across", "nis", "to_networks", "to_politicians"]
