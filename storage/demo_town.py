"""Who and what there is in the invented municipality: areas, institutions, their people, the political themes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.organisation import AgeRange, Area, Institution, Language, Person, Role, RoleAssignment
from domain.period import HalfYear, local_moment
from domain.quiet import QuietTimes
from domain.theme import DiscussedWith, ThemeReceipt
from storage.demo_words import AREAS, INSTITUTIONS, STAFF, THEMES, Place

DOMAIN = "skovkoebing.example"
_NAMESPACE = UUID("6a4e9f0e-53f7-4c1c-9d0a-0f3f2a7c51b8")
_SINCE = date(2020, 8, 1)


@dataclass(frozen=True)
class Persona:
    """Someone to be in the demo: `role` is said in the reader's words."""

    key: str
    name: str
    role: str
    aad_object_id: str


def _aad(name: str) -> str:
    return str(uuid5(_NAMESPACE, name))


PERSONAS = (
    Persona("leader", "Mette Elkjær", "leder af Elmeskolen", _aad("Mette Elkjær")),
    Persona("observer", "Rune Solgård", "pædagog på Fyrreskolen og observatør", _aad("Rune Solgård")),
    Persona("chief", "Birgit Dalum", "Børn og Unge-chef for Nord og Øst", _aad("Birgit Dalum")),
)


def email_of(name: str) -> str:
    """mette.elkjaer@skovkoebing.example"""
    mail = name.lower().replace(" ", ".").replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return f"{mail}@{DOMAIN}"


class Town:
    """Made once, in memory, of the day and of which days are working days."""

    def __init__(self, now: datetime, days: QuietTimes) -> None:
        self.today, self.now, self.zone, self.days = now.astimezone(days.zone).date(), now, days.zone, days
        # Whoever wrote something did so in working hours, whenever the demo is begun.
        self.desk = at_work(now, days)
        self.half_year = HalfYear.of(working_day(self.today, 5, days))
        self.areas = {name: Area(name=name, aliases=aliases) for name, aliases in AREAS.items()}
        self.places = {place.name: place for place in INSTITUTIONS}
        self.institutions = {place.name: self._institution(place) for place in INSTITUTIONS}
        self.people: dict[str, Person] = {}
        self.roles: list[RoleAssignment] = []
        self.rounds: list[PoliticalRound] = []
        self.cycles: list[Cycle] = []
        self.themes: list[Theme] = []
        self._appoint()
        # The older range is in its second half-year, the younger in its fourth; its next cycle follows.
        for age_range, start in ((AgeRange.OLDER, -1), (AgeRange.YOUNGER, -3), (AgeRange.YOUNGER, 1)):
            self._begin_cycle(age_range, self.half_year.plus(start))

    def cycle_in(self, age_range: AgeRange, half_year: HalfYear) -> Cycle:
        """The two years of an age range that the half-year is one of."""
        return next(each for each in self.cycles if each.age_range is age_range and half_year in each)

    def themes_in(self, age_range: AgeRange, half_year: HalfYear) -> list[Theme]:
        """The themes of an age range that are valid then."""
        return [each for each in self.themes if each.age_range is age_range and each.is_valid(half_year)]

    def _institution(self, place: Place) -> Institution:
        return Institution(
            name=place.name,
            type=place.type,
            age_range=place.age_range,
            area_id=self.areas[place.area].id,
            aliases=place.aliases,
        )

    def _appoint(self) -> None:
        for place in INSTITUTIONS:
            for leader in place.leaders:
                self._role(leader, Role.LEADER, institution_id=self.institutions[place.name].id)
        for name, role, reach in STAFF:
            if reach in self.institutions:
                self._role(name, role, institution_id=self.institutions[reach].id)
            elif reach in self.areas:
                self._role(name, role, area_id=self.areas[reach].id)
            else:
                self._role(name, role)

    def _role(self, name: str, role: Role, *, institution_id: UUID | None = None, area_id: UUID | None = None) -> None:
        person = self.people.get(name)
        if person is None:
            person = Person(name=name, email=email_of(name), aad_object_id=_aad(name), language=Language.DANISH)
            self.people[name] = person
        self.roles.append(
            RoleAssignment(
                person_id=person.id, role=role, from_on=_SINCE, institution_id=institution_id, area_id=area_id
            )
        )

    def _begin_cycle(self, age_range: AgeRange, first: HalfYear) -> None:
        cycle = Cycle(age_range=age_range, first_half_year=first)
        is_sent = first <= self.half_year
        state = RoundState.SENT if is_sent else RoundState.DECIDED
        decided = PoliticalRound(year=first.previous.year, age_range=age_range, state=state)
        self.cycles.append(cycle)
        self.rounds.append(decided)
        for title, title_en, description, aliases in THEMES[age_range]:
            self.themes.append(
                Theme(
                    round_id=decided.id,
                    title=title,
                    title_en=title_en,
                    description=description,
                    aliases=aliases,
                    age_range=age_range,
                    valid_from=first,
                    valid_to=cycle.last_half_year,
                )
            )

    def receipts(self) -> Iterator[ThemeReceipt]:
        """The themes that are out were set and discussed at every institution."""
        for decided in self.rounds:
            if decided.state is not RoundState.SENT:
                continue
            for place in INSTITUTIONS:
                if place.age_range is decided.age_range:
                    leader = self.people[place.leaders[0]]
                    yield ThemeReceipt(
                        round_id=decided.id,
                        institution_id=self.institutions[place.name].id,
                        sent_at=self.desk - timedelta(days=200),
                        seen_at=self.desk - timedelta(days=199),
                        seen_by=leader.id,
                        discussed_at=self.desk - timedelta(days=180),
                        discussed_by=leader.id,
                        discussed_with=(DiscussedWith.STAFF, DiscussedWith.BOARD),
                        talks={
                            each.id: (DiscussedWith.STAFF, DiscussedWith.BOARD)
                            for each in self.themes
                            if each.round_id == decided.id
                        },
                    )


def working_day(start: date, ahead: int, days: QuietTimes) -> date:
    """The first working day from so many days after the start."""
    day = start + timedelta(days=ahead)
    while not days.is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date, days: QuietTimes) -> date:
    """The last working day before."""
    day -= timedelta(days=1)
    while not days.is_working_day(day):
        day -= timedelta(days=1)
    return day


def at_work(now: datetime, days: QuietTimes) -> datetime:
    """Ten o'clock of the latest working day, an hour ago at the least."""
    local = now.astimezone(days.zone)
    is_today = days.is_working_day(local.date()) and local.time() >= time(11)
    return local_moment(local.date() if is_today else working_day_before(local.date(), days), time(10), days.zone)
