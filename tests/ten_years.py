"""A municipality with many years behind it, made by bulk inserts and the same every time.

With 400 institutions and twenty half-years it holds about 900,000 rows, each of which the domain could have made.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import URL, Dialect, Table, create_engine, make_url

from domain.access import Record
from domain.acknowledgement import Reply
from domain.agreement import AgreementState, Owner
from domain.cycle import RoundState
from domain.data_package import PackageState
from domain.decision import DecisionKind, DecisionStep, Involvement
from domain.decision import What as Decided
from domain.decision import Who as Involved
from domain.dialogue import DialogueState
from domain.feedback import Curious, Described, FeedbackStep
from domain.focus_area import USUALLY_EVERY, Closing, FocusAreaState
from domain.invitation import InvitationStep, What, When, Whom
from domain.measure import MeasureState
from domain.observation import ObservationState
from domain.one_on_one import Note, OneOnOneState
from domain.organisation import AgeRange, InstitutionType, Role
from domain.period import HalfYear
from domain.perspective import Count, Group, Response
from domain.preparation import DataStep, FocusStep, PerspectiveStep, PreparationState, Source, Step
from domain.reflection import Across, Basis, Participant, ReflectionStep, Understanding
from domain.status import Status
from storage import sqlite, tables
from storage.types import metadata

assert tables
NOW = datetime(2026, 6, 22, 8, tzinfo=UTC)
LAST = HalfYear(2026, 1)
KINDS = (InstitutionType.DAYCARE, InstitutionType.SCHOOL, InstitutionType.LEISURE)
AREAS, FIGURES, STATUSES, RUNS = 8, 40, 6, 4
TEXT = "Vi så, at flere børn fandt ind i legen, når de voksne var tæt på og gik med. Det vil vi følge. " * 2


class Rows:
    """Rows of one table on their way in; what is the `same` in all of them is made ready for the driver once."""

    def __init__(self, table: Table, dialect: Dialect, same: dict[str, Any]) -> None:
        self.table = table
        self._ready = {each.key: _processor(each.type, dialect) for each in table.columns}
        self._same = {key: ready(same.get(key)) for key, ready in self._ready.items()}
        self.made: list[tuple[Any, ...]] = []
        self.written = 0

    def add(self, **values: Any) -> None:
        row, ready = self._same.copy(), self._ready
        for key, value in values.items():
            row[key] = ready[key](value)
        self.made.append(tuple(row.values()))

    def taken(self) -> list[tuple[Any, ...]]:
        """What was made since this was asked last."""
        made, self.made = self.made, []
        self.written += len(made)
        return made


def _processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found or (lambda value: value)


class Municipality:
    """So many institutions in eight areas, with as many half-years behind them; `fill` writes it into a database.

    `chief` answers for all of it and meets every leader, `administration` takes no part in anything.
    """

    def __init__(self, url: str, *, institutions: int = 400, half_years: int = 20) -> None:
        self.url = make_url(url)
        self.half_years = [LAST.plus(-back) for back in reversed(range(half_years))]
        self._dialect = create_engine(self.url).dialect
        self._made = 0
        self._at = NOW
        self.chief, self.administration = self._id(), self._id()
        self.areas = [self._id() for _ in range(AREAS)]
        self.institutions = [self._id() for _ in range(institutions)]
        self.leaders = [self._id() for _ in range(institutions)]
        self._kinds = [KINDS[number % len(KINDS)] for number in range(institutions)]
        self._themes: dict[tuple[AgeRange, HalfYear], list[UUID]] = {}
        self._cycles: dict[tuple[AgeRange, HalfYear], UUID] = {}
        self._active: dict[int, list[UUID]] = {number: [] for number in range(institutions)}
        self._tables: dict[str, Rows] = {}

    def fill(self) -> int:
        """Writes everything, and tells how many rows that is."""
        guide = self._published_guide()
        self._say_what_is_the_same(guide)
        self._people()
        for first in self.half_years[0].plus(-3), *self.half_years:
            self._round(first)
        with _into(self.url) as write:
            for half_year in self.half_years:
                for number in range(len(self.institutions)):
                    self._figures(number, half_year)
                    self._dialogue(number, half_year)
                    self._statuses(number, half_year)
                    self._voices(number, half_year)
                    self._observations(number, half_year)
                    self._one_on_ones(number, half_year)
                # All the years of thousands of institutions would not go into memory at once.
                for each in self._tables.values():
                    write(each.table, each.taken())
        return sum(each.written for each in self._tables.values())

    def area_of(self, number: int) -> UUID:
        return self.areas[number % AREAS]

    def _rows(self, name: str, **same: Any) -> Rows:
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = Rows(metadata.tables[name], self._dialect, {"version": 1, **same})
        return found

    def _id(self) -> UUID:
        """As `new_id`: ordered by time. Where that has chance in it, this has a number."""
        self._made += 1
        milliseconds = int(self._at.timestamp() * 1000)
        return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | self._made * 0x9E3779B97F4A7C15 % (1 << 62))

    def _moment(self, half_year: HalfYear, days: float) -> datetime:
        self._at = datetime.combine(half_year.starts_on, time(7), UTC) + timedelta(days=days)
        return self._at

    def _range(self, number: int) -> AgeRange:
        return AgeRange.YOUNGER if self._kinds[number] is InstitutionType.DAYCARE else AgeRange.OLDER

    def _say_what_is_the_same(self, guide: UUID) -> None:
        began = date(2015, 1, 1)
        self._rows("area", aliases=())
        self._rows("institution", aliases=())
        self._rows("person", keeps_notes=False, language="da")
        self._rows("role_assignment", from_on=began)
        self._rows("political_round", state=RoundState.SENT)
        self._rows("theme", description=TEXT, aliases=(), aims=())
        self._rows("cycle")
        self._rows("data_package", edition=1, state=PackageState.RELEASED)
        self._rows("key_figure", unit="%", source="LIS", n=40, previous=70.1, comparison=71.2)
        self._rows("dialogue", place="Kontoret", revision=1)
        self._rows(
            "preparation",
            state=PreparationState.READY,
            step=Step.FOCUS,
            data=DataStep(sources=(Source.OBSERVATION,), interpretation=TEXT, wonder=TEXT),
            perspectives=PerspectiveStep(children=TEXT, parents=TEXT, staff=TEXT),
            focus=FocusStep(wishes=TEXT),
        )
        self._rows(
            "reflection",
            step=ReflectionStep.UNDERSTANDING,
            basis=Basis(participants=(Participant.MANAGEMENT, Participant.CHIEF), sources=(Source.OBSERVATION,)),
            understanding=Understanding(interpretation=TEXT, analysis=TEXT, across=(Across.NETWORK,), cross=TEXT),
        )
        self._rows(
            "decision",
            step=DecisionStep.WHO,
            who=Involved(children=Involvement.HEARD, parents=Involvement.HEARD, owner="Ledelsen"),
        )
        self._rows(
            "focus_area",
            why=TEXT, signs=TEXT, first_step=TEXT, outcome="", aims=(), owner="Ledelsen", asked_every=USUALLY_EVERY,
        )  # fmt: skip
        self._rows(
            "focus_status",
            seen=TEXT, meaning=TEXT, learned="", next_step="", evidence=(), is_unchanged=False, is_short=False,
            perspectives=(),
        )  # fmt: skip
        self._rows("focus_remark", author_id=self.chief, text=TEXT)
        self._rows("measure", text=TEXT, owner="Ledelsen", outcome="", state=MeasureState.DONE)
        self._rows("perspective", count=Count.SOME, said=TEXT, recommend="", aims=())
        self._rows("local_priority", text=TEXT)
        self._rows("recommendation", text=TEXT, reason=TEXT)
        self._rows(
            "observation",
            guide_id=guide, step=InvitationStep.WHEN, whom=Whom(), what=What(where="Stuen", focus=TEXT), when=When(),
            offered=(), minutes=60, is_host_asked=False, is_informed=True, revision=1,
        )  # fmt: skip
        self._rows(
            "feedback",
            step=FeedbackStep.TAKEN,
            described=Described(saw=TEXT, supports=TEXT),
            curious=Curious(wonder=TEXT, home=TEXT, unnamed=True),
        )
        self._rows("acknowledgement", area_is_plain=True)
        self._rows("one_on_one", place="Kontoret", revision=1, fine_by=(), chief_id=self.chief, confirmed_note=1)
        self._rows("note_version", number=1, author_id=self.chief, content=Note(talked=(), leading=TEXT, works=TEXT))
        self._rows("agreement", chief_id=self.chief, text=TEXT, owner=Owner.LEADER, result="", extended=0)
        self._rows("audit_event", reader_id=self.chief, record=Record.PREPARATION.value)

    def _people(self) -> None:
        area, institution, person = self._rows("area"), self._rows("institution"), self._rows("person")
        role = self._rows("role_assignment")
        for number, each in enumerate(self.areas):
            area.add(id=each, name=f"Område {number}")
        everybody = [("Chef", self.chief), ("Forvaltning", self.administration)]
        everybody += [(f"Leder {number}", each) for number, each in enumerate(self.leaders)]
        for number, (name, each) in enumerate(everybody):
            person.add(id=each, name=name, email=f"{number}@example.dk", aad_object_id=str(UUID(int=number + 1)))
        role.add(id=self._id(), person_id=self.chief, role=Role.CHIEF)
        role.add(id=self._id(), person_id=self.administration, role=Role.ADMINISTRATION)
        for number, each in enumerate(self.institutions):
            institution.add(
                id=each,
                name=f"Institution {number:03}",
                type=self._kinds[number],
                age_range=self._range(number),
                area_id=self.area_of(number),
            )
            role.add(id=self._id(), person_id=self.leaders[number], role=Role.LEADER, institution_id=each)

    def _round(self, first: HalfYear) -> None:
        """Every other year one age range gets two themes, for four half-years from the autumn on."""
        if first.term != 2:
            return
        age_range = AgeRange.YOUNGER if first.year % 2 == 0 else AgeRange.OLDER
        round_id, cycle_id = self._id(), self._id()
        self._rows("political_round").add(id=round_id, year=first.year, age_range=age_range)
        self._rows("cycle").add(id=cycle_id, age_range=age_range, first_half_year=first)
        for name in "Fællesskab", "Sprog":
            theme_id, title = self._id(), f"{name} {first.year}"
            self._rows("theme").add(
                id=theme_id, round_id=round_id, title=title, title_en=title, age_range=age_range, valid_from=first,
                valid_to=first.plus(3),
            )  # fmt: skip
            for step in range(4):
                self._themes.setdefault((age_range, first.plus(step)), []).append(theme_id)
                self._cycles[age_range, first.plus(step)] = cycle_id

    def _figures(self, number: int, half_year: HalfYear) -> None:
        released_at, package_id = self._moment(half_year, 20 + number % 10), self._id()
        self._rows("data_package").add(
            id=package_id, institution_id=self.institutions[number], half_year=half_year, released_at=released_at,
            template=self._kinds[number],
        )  # fmt: skip
        figure, as_of = self._rows("key_figure"), half_year.starts_on
        themes = [*self._themes.get((self._range(number), half_year), ()), None]
        for each in range(FIGURES):
            figure.add(
                id=self._id(), package_id=package_id, indicator=f"Indikator {each:02}", as_of=as_of,
                value=float(50 + (number * 7 + each * 3) % 50), theme_id=themes[each % len(themes)],
            )  # fmt: skip

    def _dialogue(self, number: int, half_year: HalfYear) -> None:
        """The dialogue with what comes of it: decisions, a new focus area, a measure, and the oldest area closed."""
        where, leader_id = self.institutions[number], self.leaders[number]
        cycle_id = self._cycles.get((self._range(number), half_year))
        if cycle_id is None:
            return
        at, dialogue_id = self._moment(half_year, 40 + number % 80), self._id()
        was = {"written_by": leader_id, "written_at": at}
        self._rows("dialogue").add(
            id=dialogue_id, institution_id=where, cycle_id=cycle_id, half_year=half_year, starts_at=at,
            number=self.half_years.index(half_year) % 4 + 1, announced_at=at, recorded_at=at + timedelta(days=2),
            state=DialogueState.RECORDED if half_year == LAST else DialogueState.CLOSED,
        )  # fmt: skip
        self._rows("preparation").add(id=self._id(), dialogue_id=dialogue_id, ready_at=at, **was)
        self._rows("reflection").add(id=self._id(), dialogue_id=dialogue_id, saved_at=at, **was)
        decision, active, due = self._rows("decision"), self._active[number], (at + timedelta(days=60)).date()
        ids = [self._id() for _ in range(3)]
        kinds = [DecisionKind.CHOOSE, DecisionKind.MEASURE, DecisionKind.CLOSE]
        for decision_id, kind in zip(ids, kinds, strict=True):
            about = active[0] if kind is DecisionKind.CLOSE and len(active) == RUNS else None
            if kind is DecisionKind.CLOSE and about is None:
                continue
            decision.add(
                id=decision_id, dialogue_id=dialogue_id, author_id=leader_id, kind=kind, focus_area_id=about, due=due,
                what=Decided(kind=kind, focus_area_id=about, text=TEXT, sources=(Source.OBSERVATION,)), saved_at=at,
                **was,
            )  # fmt: skip
        area_id, ends_in = self._id(), half_year.plus(RUNS)
        is_over = ends_in <= LAST
        self._rows("focus_area").add(
            id=area_id, institution_id=where, theme_id=self._themes[self._range(number), half_year][number % 2],
            decision_id=ids[0], title=f"Fokus {half_year}", chosen_at=at, first_step_on=due,
            state=FocusAreaState.CLOSED if is_over else FocusAreaState.UNDER_WAY,
            closing=Closing.ROOTED if is_over else None,
            closed_at=datetime.combine(ends_in.starts_on, time(7), UTC) if is_over else None,
            **was,
        )  # fmt: skip
        self._rows("focus_remark").add(id=self._id(), focus_area_id=area_id, written_at=at)
        active.append(area_id)
        del active[:-RUNS]
        self._rows("measure").add(
            id=self._id(), institution_id=where, decision_id=ids[1], due=due, focus_area_id=area_id, ended_at=at,
            ended_by=leader_id,
        )  # fmt: skip
        for day in range(6):
            read_at = at + timedelta(days=day)
            self._rows("audit_event").add(
                id=self._id(), at=read_at, concerns_id=leader_id, subject_id=dialogue_id, institution_id=where
            )

    def _statuses(self, number: int, half_year: HalfYear) -> None:
        row, words = self._rows("focus_status"), list(Status)
        for month in range(STATUSES):
            at = self._moment(half_year, 3 + month * 23 + number % 20)
            for each, area_id in enumerate(self._active[number]):
                row.add(
                    id=self._id(), focus_area_id=area_id, author_id=self.leaders[number], written_at=at,
                    status=words[(number + month + each) % len(words)],
                )  # fmt: skip

    def _voices(self, number: int, half_year: HalfYear) -> None:
        groups = Group.of(self._range(number))
        for turn in range(10):
            at, perspective_id = self._moment(half_year, 5 + turn * 13 + number % 10), self._id()
            areas = [*self._active[number], None]
            where = {"institution_id": self.institutions[number]}
            self._rows("perspective").add(
                id=perspective_id, author_id=self.leaders[number], group=groups[turn % len(groups)],
                focus_area_id=areas[turn % len(areas)], half_year=half_year, written_at=at, **where,
            )  # fmt: skip
            if turn == 0:
                self._rows("local_priority").add(
                    id=self._id(), author_id=self.leaders[number], half_year=half_year, written_at=at, **where,
                )  # fmt: skip
            if turn < 6:
                is_open = half_year == LAST and turn == 5
                self._rows("recommendation").add(
                    id=self._id(), perspective_id=perspective_id, written_at=at,
                    response=Response.OPEN if is_open else Response.PARTLY,
                    responded_at=None if is_open else at + timedelta(days=9), **where,
                )  # fmt: skip

    def _observations(self, number: int, half_year: HalfYear) -> None:
        guest = (number + 1) % len(self.institutions)
        where, at_home = self.institutions[number], self.institutions[guest]
        for visit in range(3):
            at, observation_id, feedback_id = self._moment(half_year, 10 + visit * 40 + number % 30), self._id(), None
            self._rows("observation").add(
                id=observation_id, institution_id=where, host_id=self.leaders[number], state=ObservationState.DONE,
                observer_id=self.leaders[guest], observer_institution_id=at_home, starts_at=at, done_at=at,
                asked_at=at - timedelta(days=7), written_at=at, oral_on=at.date(),
            )  # fmt: skip
            feedback_id = self._id()
            self._rows("feedback").add(
                id=feedback_id, observation_id=observation_id, institution_id=where, home_id=at_home,
                author_id=self.leaders[guest], written_at=at, submitted_at=at,
            )  # fmt: skip
            if visit < 2:
                area = areas[0] if visit and (areas := self._active[number]) else None
                self._rows("acknowledgement").add(
                    id=self._id(), feedback_id=feedback_id, by_id=self.leaders[number], at=at + timedelta(days=1),
                    reply=Reply(bring=TEXT, focus_area_id=area), focus_area_id=area,
                )  # fmt: skip

    def _one_on_ones(self, number: int, half_year: HalfYear) -> None:
        where, leader_id = self.institutions[number], self.leaders[number]
        for meeting in range(4):
            at, meeting_id = self._moment(half_year, 12 + meeting * 35 + number % 12), self._id()
            self._rows("one_on_one").add(
                id=meeting_id, leader_id=leader_id, institution_ids=(where,), starts_at=at, meets_on=at.date(),
                scheduled_at=at - timedelta(days=20), state=OneOnOneState.CONFIRMED, shared_at=at, confirmed_at=at,
            )  # fmt: skip
            self._rows("note_version").add(id=self._id(), one_on_one_id=meeting_id, written_at=at)
            is_open = half_year == LAST
            self._rows("agreement").add(
                id=self._id(), one_on_one_id=meeting_id, institution_id=where, leader_id=leader_id, made_at=at,
                due=(at + timedelta(days=50)).date(), state=AgreementState.OPEN if is_open else AgreementState.DONE,
                ended_at=None if is_open else at + timedelta(days=45), ended_by=None if is_open else leader_id,
            )  # fmt: skip

    def _published_guide(self) -> UUID:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            found: UUID = connection.scalar(metadata.tables["observation_guide"].select())
        engine.dispose()
        return found


Write = Callable[[Table, Sequence[tuple[Any, ...]]], None]


def _into(url: URL) -> AbstractContextManager[Write]:
    """What writes rows of a table."""
    if url.get_backend_name() == "sqlite":
        return _into_sqlite(Path(str(url.database)))
    return _into_postgresql(url.set(drivername="postgresql").render_as_string(hide_password=False))


@contextmanager
def _into_sqlite(file: Path) -> Iterator[Write]:
    connection = sqlite.writer(file).raw_connection()
    cursor = connection.cursor()
    # It is made anew where it is not finished: nothing is to be undone, and nothing is written twice.
    for pragma in "foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -500000":
        cursor.execute(f"PRAGMA {pragma}")
    # With millions of rows an index is made in a tenth of the time once they are there.
    indexes = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    cursor.execute("BEGIN IMMEDIATE")
    for name, _sql in indexes:
        cursor.execute(f"DROP INDEX {name}")

    def write(table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" for _ in table.columns)
        cursor.executemany(f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks})", rows)

    yield write
    for _name, sql in indexes:
        cursor.execute(sql)
    assert not cursor.execute("PRAGMA foreign_key_check").fetchall()
    cursor.execute("COMMIT")
    connection.invalidate()


@contextmanager
def _into_postgresql(url: str) -> Iterator[Write]:
    with psycopg.connect(url, autocommit=True) as connection:
        # What a foreign key says was checked on SQLite, row by row the same.
        connection.execute("SET session_replication_role = replica")

        def write(table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
            copied = f"COPY {table.name} ({_names(table)}) FROM STDIN".encode()
            with connection.cursor() as cursor, cursor.copy(copied) as copy:
                for row in rows:
                    copy.write_row(row)

        yield write
        # As the server does by itself after a while.
        connection.execute("VACUUM ANALYZE")


def _names(table: Table) -> str:
    return ", ".join(f'"{each.name}"' for each in table.columns)


def big_tables() -> Iterator[str]:
    """The tables that grow with the years: all but those of places, people, rounds and what there is one of."""
    few = {
        "area", "institution", "person", "role_assignment", "political_round", "theme", "cycle", "secret", "worker",
        "send_slot", "observation_guide", "perspective_tool", "alembic_version", "rhythm", "asked_before",
    }  # fmt: skip
    return (name for name in metadata.tables if name not in few)
