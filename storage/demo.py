"""An invented municipality around a given day, for the demo: nobody and no place in it exists.

`seed` fills an empty database; in one that has the municipality already it does nothing.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from domain.agenda import AgendaItem
from domain.agreement import Agreement, Owner
from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage, KeyFigure
from domain.dialogue import Dialogue, DialogueState
from domain.note import NoteVersion
from domain.one_on_one import OneOnOne
from domain.organisation import (
    AgeRange,
    Area,
    Institution,
    Language,
    Person,
    Role,
    RoleAssignment,
)
from domain.period import HalfYear, local_moment
from domain.preparation import (
    Body,
    Considered,
    DataStep,
    FocusStep,
    PerspectiveStep,
    Preparation,
    PreparationState,
    Source,
)
from domain.theme import DiscussedWith, ThemeReceipt
from storage.demo_evidence import worked
from storage.demo_leader import recorded
from storage.demo_observation import seed_observations
from storage.demo_practice import TOLD, practised
from storage.demo_readings import seed_readings
from storage.demo_words import (
    AGREED,
    AGREED_DONE,
    AGREED_LATE,
    AREAS,
    CAME_OF_IT,
    FIGURES,
    INSTITUTIONS,
    NOTED,
    STAFF,
    THEMES,
    TO_TALK_ABOUT,
    WRITTEN,
    Place,
)
from storage.unit_of_work import UnitOfWork

DOMAIN = "skovkoebing.example"
_NAMESPACE = UUID("6a4e9f0e-53f7-4c1c-9d0a-0f3f2a7c51b8")
_SINCE = date(2020, 8, 1)
# Figures of so many half-years, as far back as there are themes.
_FIGURES_OF = 4


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


def seed(uow: UnitOfWork, now: datetime, zone: ZoneInfo) -> None:
    """Areas, institutions, people, cycles with themes, dialogues, 1:1s, observations, figures, and shared practice."""
    if uow.session.scalar(select(func.count()).select_from(Area)):
        return
    today = now.astimezone(zone).date()
    town = _Town(today, now, zone)
    for entities in town.layers():
        uow.add(*entities)
        uow.session.flush()
    seed_observations(uow, town.institutions, town.people, now=now, zone=zone)
    seed_readings(uow, town.institutions, town.people, town.one_on_ones[0], desk=town.desk)


class _Town:
    """Everything made once, in memory, of the day and nothing else."""

    def __init__(self, today: date, now: datetime, zone: ZoneInfo) -> None:
        self.today, self.now, self.zone = today, now, zone
        # Whoever wrote something did so in working hours, whenever the demo is begun.
        self.desk = at_work(now, zone)
        self.half_year = HalfYear.of(_working_day(today, 5))
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
        self.packages: list[DataPackage] = []
        self.figures: list[KeyFigure] = []
        self.dialogues: list[Dialogue] = []
        self.preparations: list[Preparation] = []
        self.one_on_ones = self._meet()
        for number, place in enumerate(INSTITUTIONS):
            institution = self.institutions[place.name]
            for half_year in (self.half_year.plus(-step) for step in range(_FIGURES_OF)):
                self._release(institution, half_year, number)
            self._plan(place, institution)

    def layers(self) -> Iterator[Sequence[object]]:
        """The entities in the order in which one refers to the other."""
        yield list(self.areas.values())
        yield [*self.institutions.values(), *self.people.values(), *self.rounds]
        yield [*self.roles, *self.themes, *self.cycles]
        yield [*self.packages, *self.dialogues]
        yield [*self.figures, *self.preparations, *self._receipts(), *self.one_on_ones]
        yield from zip(*self._practised(), strict=True)
        yield from self._worked()
        yield [*self._noted(self.one_on_ones[0]), self._added(self.one_on_ones[1])]
        held = [each for each in self.dialogues if each.state is DialogueState.CLOSED]
        elm = self.institutions["Elmeskolen"]
        for dialogue in [each for each in held if each.institution_id == elm.id][-1:]:
            preparation = next(each for each in self.preparations if each.dialogue_id == dialogue.id)
            leader = self.people[PERSONAS[0].name]
            theme = self._themes(elm.age_range, dialogue.half_year)[0]
            yield from recorded(elm, dialogue, preparation, theme, leader, today=self.today, desk=self.desk)

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

    def _receipts(self) -> Iterator[ThemeReceipt]:
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

    def _practised(self) -> Iterator[Sequence[object]]:
        """What institutions have shared, each from its first dialogue of the cycle that was held."""
        for told in TOLD:
            where = self.institutions[told.place]
            held = [
                each
                for each in self.dialogues
                if each.institution_id == where.id and each.state is DialogueState.CLOSED
            ]
            # In the days before a new cycle there is none yet.
            for dialogue in held[:1]:
                theme = self._themes(where.age_range, dialogue.half_year)[0]
                leader = self.people[self.places[told.place].leaders[0]]
                yield practised(told, where, dialogue, theme, leader, now=self.desk, today=self.today)

    def _worked(self) -> Iterator[Sequence[object]]:
        """What the others have chosen in a dialogue that was held, and heard since."""
        held = {each.institution_id: each for each in self.dialogues if each.state is DialogueState.CLOSED}
        told = {each.place for each in TOLD}
        others = [place for place in INSTITUTIONS if PERSONAS[0].name not in place.leaders and place.name not in told]
        return worked(
            [self.institutions[place.name] for place in others],
            held,
            {age_range: self._themes(age_range, self.half_year) for age_range in AgeRange},
            {self.institutions[place.name].id: self.people[place.leaders[0]].id for place in others},
            self.desk,
        )

    def _themes(self, age_range: AgeRange, half_year: HalfYear) -> list[Theme]:
        return [each for each in self.themes if each.age_range is age_range and each.is_valid(half_year)]

    def _release(self, institution: Institution, half_year: HalfYear, number: int) -> None:
        themes = self._themes(institution.age_range, half_year)
        if not themes:
            return
        package = DataPackage.of(institution, half_year)
        ago = (self.half_year.year - half_year.year) * 2 + self.half_year.term - half_year.term
        days = 6 + number % 5 + ago * 184
        package.release(self.desk - timedelta(days=days))
        self.packages.append(package)
        for indicator, unit, usual, spread, theme, people in FIGURES[institution.type]:
            by_name = random.Random(f"{institution.name} {indicator}")  # noqa: S311
            level = usual + by_name.uniform(-spread, spread)
            drift = random.Random(f"{institution.name} {indicator} {half_year}").uniform(-spread, spread) / 3  # noqa: S311
            before = random.Random(f"{institution.name} {indicator} {half_year.previous}").uniform(-spread, spread) / 3  # noqa: S311
            is_counted = unit in ("børn", "elever")
            decimals = 0 if is_counted else 1
            value = max(0.0, round(level + drift, decimals))
            self.figures.append(
                KeyFigure(
                    package_id=package.id,
                    indicator=indicator,
                    value=value,
                    unit=unit,
                    source="Trivselsmåling" if "rivsel" in indicator else "LIS",
                    as_of=self.today - timedelta(days=days + 20),
                    n=int(value) if is_counted else people + by_name.randrange(people),
                    previous=max(0.0, round(level + before, decimals)),
                    comparison=None if is_counted else float(usual),
                    theme_id=themes[theme].id if theme is not None else None,
                )
            )

    def _plan(self, place: Place, institution: Institution) -> None:
        """One dialogue in each half-year of the cycle until now, and the coming one."""
        coming = _working_day(self.today, place.days_ahead)
        cycle = self._cycle(institution.age_range, HalfYear.of(coming))
        for half_year in cycle.half_years:
            if half_year >= HalfYear.of(coming):
                break
            held = self._dialogue(institution, cycle, half_year, _working_day(half_year.starts_on, 75), time(10))
            held.state = DialogueState.CLOSED
            self._write(held, institution)
        dialogue = self._dialogue(institution, cycle, HalfYear.of(coming), coming, time(9))
        if place.is_ready:
            dialogue.state = DialogueState.READY
            self._write(dialogue, institution)
        if PERSONAS[0].name in place.leaders:
            self._hold_yesterday(institution)

    def _hold_yesterday(self, institution: Institution) -> None:
        """An extra dialogue that has just been held, so that there is one to reflect on and decide in."""
        at = local_moment(_working_day_before(self.today), time(13), self.zone)
        half_year = HalfYear.of(at.astimezone(self.zone).date())
        extra = Dialogue(
            institution_id=institution.id,
            cycle_id=self._cycle(institution.age_range, half_year).id,
            half_year=half_year,
            starts_at=at,
            place=f"{institution.name}, biblioteket",
            state=DialogueState.READY,
        )
        self.dialogues.append(extra)
        self._write(extra, institution)

    def _meet(self) -> list[OneOnOne]:
        """The chief's 1:1s with the leader: one that was held last month, and one in five days."""
        chief, leader = self.people[PERSONAS[2].name], self.people[PERSONAS[0].name]
        held = local_moment(_working_day(self.today, -30), time(10), self.zone)
        coming = local_moment(_working_day(self.today, 5), time(10), self.zone)
        return [
            OneOnOne(
                chief_id=chief.id,
                leader_id=leader.id,
                institution_ids=(self.institutions["Elmeskolen"].id,),
                starts_at=starts_at,
                meets_on=starts_at.astimezone(self.zone).date(),
                scheduled_at=self.desk - timedelta(days=45),
                place="Elmeskolen, kontoret",
            )
            for starts_at in (held, coming)
        ]

    def _noted(self, about: OneOnOne) -> Iterator[NoteVersion | Agreement]:
        """What came of the one last month: a confirmed note, and agreements that are open, past their date and done."""
        shared_at, confirmed_at = about.starts_at + timedelta(hours=1), about.starts_at + timedelta(days=1)
        about.share(about.institution_ids, shared_at)
        about.confirm(1, confirmed_at)
        yield NoteVersion(
            one_on_one_id=about.id, number=1, author_id=about.chief_id, content=NOTED, written_at=shared_at
        )
        agreed = (
            (AGREED, Owner.LEADER, 3),
            (AGREED_LATE, Owner.CHIEF, -9),
            (AGREED_DONE, Owner.TOGETHER, -6),
        )
        for text, owner, days in agreed:
            made = Agreement(
                one_on_one_id=about.id,
                institution_id=about.institution_ids[0],
                chief_id=about.chief_id,
                leader_id=about.leader_id,
                text=text,
                owner=owner,
                due=self.today + timedelta(days=days),
                made_at=shared_at,
                confirmed_at=confirmed_at,
            )
            if text == AGREED_DONE:
                made.finish(CAME_OF_IT, by=about.leader_id, now=self.desk - timedelta(days=7))
            yield made

    def _added(self, about: OneOnOne) -> AgendaItem:
        return AgendaItem(
            one_on_one_id=about.id, text=TO_TALK_ABOUT, added_by=about.leader_id, added_at=self.desk - timedelta(days=1)
        )

    def _cycle(self, age_range: AgeRange, half_year: HalfYear) -> Cycle:
        return next(each for each in self.cycles if each.age_range is age_range and half_year in each)

    def _dialogue(
        self, institution: Institution, cycle: Cycle, half_year: HalfYear, day: date, clock: time
    ) -> Dialogue:
        dialogue = Dialogue(
            institution_id=institution.id,
            cycle_id=cycle.id,
            half_year=half_year,
            starts_at=local_moment(day, clock, self.zone),
            place=f"{institution.name}, mødelokalet",
            number=cycle.half_years.index(half_year) + 1,
        )
        self.dialogues.append(dialogue)
        return dialogue

    def _write(self, dialogue: Dialogue, institution: Institution) -> None:
        """A preparation as a thoughtful leader writes it in three minutes."""
        written = WRITTEN[institution.age_range]
        words = written[(list(self.places).index(institution.name) + (dialogue.number or 0)) % len(written)]
        themes = self._themes(institution.age_range, dialogue.half_year)
        package = next(
            (
                each
                for each in self.packages
                if each.institution_id == institution.id and each.half_year == dialogue.half_year
            ),
            None,
        )
        figures = [each.id for each in self.figures if package and each.package_id == package.id]
        leader = self.people[self.places[institution.name].leaders[0]]
        written_at = dialogue.starts_at - timedelta(days=5)
        if written_at >= self.now:
            written_at = self.desk - timedelta(days=1)
        self.preparations.append(
            Preparation(
                dialogue_id=dialogue.id,
                state=PreparationState.READY,
                data=DataStep(
                    figures=tuple(figures[:2]),
                    sources=(Source.OBSERVATION, Source.CHILDREN),
                    interpretation=words.interpretation,
                    wonder=words.wonder,
                ),
                perspectives=PerspectiveStep(
                    children=words.children, parents=words.parents, bodies=(Body.STAFF_MEETING, Body.BOARD)
                ),
                focus=FocusStep(
                    considered=(Considered(themes[0].id, words.focus),) if themes else (), wishes=words.wishes
                ),
                written_by=leader.id,
                written_at=written_at,
                ready_at=written_at,
            )
        )


def _working_day(start: date, days: int) -> date:
    """The first day from `days` after the start that is no Saturday or Sunday."""
    day = start + timedelta(days=days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _working_day_before(day: date) -> date:
    """The last day before that is no Saturday or Sunday."""
    before = day - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - 4))


def at_work(now: datetime, zone: ZoneInfo) -> datetime:
    """Ten o'clock of the latest working day, an hour ago at the least."""
    local = now.astimezone(zone)
    is_today = local.weekday() < 5 and local.time() >= time(11)
    return local_moment(local.date() if is_today else _working_day_before(local.date()), time(10), zone)
