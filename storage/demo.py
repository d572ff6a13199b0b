"""An invented municipality around a given day, for the demo: nobody and no place in it exists.

`seed` fills an empty database; in one that has the municipality already it does nothing.
"""

import random
from collections.abc import Container, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from domain.agenda import AgendaItem
from domain.agreement import Agreement, Owner
from domain.cycle import Cycle
from domain.data_package import DataPackage, KeyFigure
from domain.dialogue import Dialogue, DialogueState
from domain.note import NoteVersion
from domain.one_on_one import OneOnOne
from domain.organisation import AgeRange, Area, Institution, Role
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
from domain.quiet import QuietTimes
from storage.demo_evidence import worked
from storage.demo_leader import recorded
from storage.demo_observation import seed_observations
from storage.demo_practice import TOLD, practised
from storage.demo_readings import seed_readings
from storage.demo_town import PERSONAS, Town, working_day, working_day_before
from storage.demo_words import (
    AGREED,
    AGREED_DONE,
    AGREED_LATE,
    CAME_OF_IT,
    FIGURES,
    INSTITUTIONS,
    NOTED,
    STAFF,
    TO_TALK_ABOUT,
    WRITTEN,
    Place,
)
from storage.unit_of_work import UnitOfWork

# Figures of so many half-years, as far back as there are themes.
_FIGURES_OF = 4
_BEGIN_AT = (time(9), time(10, 45), time(13), time(14, 45))


def seed(uow: UnitOfWork, now: datetime, zone: ZoneInfo, holidays: Container[date] = frozenset()) -> None:
    """Areas, institutions, people, cycles with themes, dialogues, 1:1s, observations, figures, and shared practice.

    Nobody meets or is visited on one of the `holidays`, or at a weekend.
    """
    if uow.session.scalar(select(func.count()).select_from(Area)):
        return
    days = QuietTimes(zone=zone, school_weeks=frozenset(), holidays=holidays)
    town = Town(now, days)
    years = _Years(town)
    for entities in years.layers():
        uow.add(*entities)
        uow.session.flush()
    seed_observations(uow, town.institutions, town.people, now=now, days=days)
    seed_readings(uow, town.institutions, town.people, years.one_on_ones[0], desk=town.desk)


class _Years:
    """What has happened there until the day, and what is to come."""

    def __init__(self, town: Town) -> None:
        self.town, self.today, self.zone, self.desk = town, town.today, town.zone, town.desk
        self.packages: list[DataPackage] = []
        self.figures: list[KeyFigure] = []
        self.dialogues: list[Dialogue] = []
        self.preparations: list[Preparation] = []
        # By chief, day and time of day: nobody is at two dialogues at once.
        self._engaged: set[tuple[str, datetime]] = set()
        self.one_on_ones = self._meet()
        for number, place in enumerate(INSTITUTIONS):
            institution = self.town.institutions[place.name]
            for half_year in (self.town.half_year.plus(-step) for step in range(_FIGURES_OF)):
                self._release(institution, half_year, number)
            self._plan(place, institution, number)

    def layers(self) -> Iterator[Sequence[object]]:
        """The entities in the order in which one refers to the other."""
        yield list(self.town.areas.values())
        yield [*self.town.institutions.values(), *self.town.people.values(), *self.town.rounds]
        yield [*self.town.roles, *self.town.themes, *self.town.cycles]
        yield [*self.packages, *self.dialogues]
        yield [*self.figures, *self.preparations, *self.town.receipts(), *self.one_on_ones]
        yield from zip(*self._practised(), strict=True)
        yield from self._worked()
        yield [*self._noted(self.one_on_ones[0]), self._added(self.one_on_ones[1])]
        held = [each for each in self.dialogues if each.state is DialogueState.CLOSED]
        elm = self.town.institutions["Elmeskolen"]
        for dialogue in [each for each in held if each.institution_id == elm.id][-1:]:
            preparation = next(each for each in self.preparations if each.dialogue_id == dialogue.id)
            leader = self.town.people[PERSONAS[0].name]
            theme = self.town.themes_in(elm.age_range, dialogue.half_year)[0]
            yield from recorded(elm, dialogue, preparation, theme, leader, today=self.today, desk=self.desk)

    def _practised(self) -> Iterator[Sequence[object]]:
        """What institutions have shared, each from its first dialogue of the cycle that was held."""
        for told in TOLD:
            where = self.town.institutions[told.place]
            held = [
                each
                for each in self.dialogues
                if each.institution_id == where.id and each.state is DialogueState.CLOSED
            ]
            # In the days before a new cycle there is none yet.
            for dialogue in held[:1]:
                theme = self.town.themes_in(where.age_range, dialogue.half_year)[0]
                leader = self.town.people[self.town.places[told.place].leaders[0]]
                yield practised(told, where, dialogue, theme, leader, now=self.desk, today=self.today)

    def _worked(self) -> Iterator[Sequence[object]]:
        """What the others have chosen in a dialogue that was held, and heard since."""
        held = {each.institution_id: each for each in self.dialogues if each.state is DialogueState.CLOSED}
        told = {each.place for each in TOLD}
        others = [place for place in INSTITUTIONS if PERSONAS[0].name not in place.leaders and place.name not in told]
        return worked(
            [self.town.institutions[place.name] for place in others],
            held,
            {age_range: self.town.themes_in(age_range, self.town.half_year) for age_range in AgeRange},
            {self.town.institutions[place.name].id: self.town.people[place.leaders[0]].id for place in others},
            self.desk,
        )

    def _release(self, institution: Institution, half_year: HalfYear, number: int) -> None:
        themes = self.town.themes_in(institution.age_range, half_year)
        if not themes:
            return
        package = DataPackage.of(institution, half_year)
        ago = (self.town.half_year.year - half_year.year) * 2 + self.town.half_year.term - half_year.term
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

    def _plan(self, place: Place, institution: Institution, number: int) -> None:
        """One dialogue in each half-year of the cycle until now, and the coming one."""
        coming = working_day(self.today, place.days_ahead, self.town.days)
        cycle = self.town.cycle_in(institution.age_range, HalfYear.of(coming))
        for half_year in cycle.half_years:
            if half_year >= HalfYear.of(coming):
                break
            held = self._dialogue(
                institution, cycle, half_year, working_day(half_year.starts_on, 75 + number, self.town.days)
            )
            held.state = DialogueState.CLOSED
            self._write(held, institution)
        dialogue = self._dialogue(institution, cycle, HalfYear.of(coming), coming)
        if place.is_ready:
            dialogue.state = DialogueState.READY
            self._write(dialogue, institution)
        if PERSONAS[0].name in place.leaders:
            self._hold_yesterday(institution)

    def _hold_yesterday(self, institution: Institution) -> None:
        """An extra dialogue that has just been held, so that there is one to reflect on and decide in."""
        at = local_moment(working_day_before(self.today, self.town.days), time(13), self.zone)
        half_year = HalfYear.of(at.astimezone(self.zone).date())
        extra = Dialogue(
            institution_id=institution.id,
            cycle_id=self.town.cycle_in(institution.age_range, half_year).id,
            half_year=half_year,
            starts_at=at,
            place=f"{institution.name}, biblioteket",
            state=DialogueState.READY,
        )
        self.dialogues.append(extra)
        self._write(extra, institution)

    def _meet(self) -> list[OneOnOne]:
        """The chief's 1:1s with the leader: one that was held last month, and one in five days."""
        chief, leader = self.town.people[PERSONAS[2].name], self.town.people[PERSONAS[0].name]
        held = local_moment(working_day(self.today, -30, self.town.days), time(13), self.zone)
        coming = local_moment(working_day(self.today, 5, self.town.days), time(13), self.zone)
        self._engaged |= {(chief.name, held), (chief.name, coming)}
        return [
            OneOnOne(
                chief_id=chief.id,
                leader_id=leader.id,
                institution_ids=(self.town.institutions["Elmeskolen"].id,),
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

    def _dialogue(self, institution: Institution, cycle: Cycle, half_year: HalfYear, day: date) -> Dialogue:
        """At the first time of the day at which the chief is nowhere else."""
        area = next(name for name, each in self.town.areas.items() if each.id == institution.area_id)
        chief = next(name for name, role, reach in STAFF if role is Role.CHIEF and reach == area)
        starts_at = next(each for each in self._times(day) if (chief, each) not in self._engaged)
        self._engaged.add((chief, starts_at))
        dialogue = Dialogue(
            institution_id=institution.id,
            cycle_id=cycle.id,
            half_year=half_year,
            starts_at=starts_at,
            place=f"{institution.name}, mødelokalet",
            number=cycle.half_years.index(half_year) + 1,
        )
        self.dialogues.append(dialogue)
        return dialogue

    def _times(self, day: date) -> Iterator[datetime]:
        """When a dialogue can begin: after holidays there may be more of them than a day has room for."""
        while True:
            yield from (local_moment(day, clock, self.zone) for clock in _BEGIN_AT)
            day = working_day(day, 1, self.town.days)

    def _write(self, dialogue: Dialogue, institution: Institution) -> None:
        """A preparation as a thoughtful leader writes it in three minutes."""
        written = WRITTEN[institution.age_range]
        words = written[(list(self.town.places).index(institution.name) + (dialogue.number or 0)) % len(written)]
        themes = self.town.themes_in(institution.age_range, dialogue.half_year)
        package = next(
            (
                each
                for each in self.packages
                if each.institution_id == institution.id and each.half_year == dialogue.half_year
            ),
            None,
        )
        figures = [each.id for each in self.figures if package and each.package_id == package.id]
        leader = self.town.people[self.town.places[institution.name].leaders[0]]
        written_at = dialogue.starts_at - timedelta(days=5)
        if written_at >= self.town.now:
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
