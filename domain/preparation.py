"""The preparation of a learning dialogue, in three steps: data, perspectives, focus areas.

"Læringssamtalen afholdes med afsæt i det brede databegreb, hvor kvalitative og kvantitative data er ligeværdige
elementer": a step is saved as a draft whenever it is pressed, whatever is still missing, and only "Klar til
samtalen" asks for all of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import Problem, Problems
from domain.identity import new_id
from domain.organisation import AgeRange
from domain.perspective import Group
from domain.status import Status
from domain.text import LONG, TITLE, problem_in

MOST_FIGURES = 3
MOST_SOURCES = 5
MOST_CONSIDERED = 3
SHORTEST_INTERPRETATION = 20


class Step(StrEnum):
    DATA = "data"
    PERSPECTIVES = "perspectives"
    FOCUS = "focus"

    @property
    def number(self) -> int:
        return list(Step).index(self) + 1

    @property
    def next(self) -> "Step":
        return list(Step)[min(self.number, len(Step) - 1)]

    @property
    def previous(self) -> "Step":
        return list(Step)[max(self.number - 2, 0)]


class PreparationState(StrEnum):
    DRAFT = "kladde"
    READY = "klar"


class Source(StrEnum):
    """Qualitative data: "Lokale perspektiver, prioriteringer og observationer", and the groups' perspectives."""

    OBSERVATION = "observation"
    CHILDREN = "children"
    YOUTH = "youth"
    PARENTS = "parents"
    STAFF = "staff"
    PRIORITY = "priority"
    LOCAL = "local"

    @classmethod
    def of(cls, age_range: AgeRange) -> tuple["Source", ...]:
        """The sources that can be chosen; the youngest institutions have no youth."""
        return tuple(each for each in cls if each is not cls.YOUTH or age_range is AgeRange.OLDER)


class Body(StrEnum):
    """Who has discussed it: formal bodies and the staff meeting."""

    BOARD = "board"
    STUDENT_COUNCIL = "student_council"
    STAFF_MEETING = "staff_meeting"
    NOBODY_YET = "nobody_yet"

    @classmethod
    def of(cls, age_range: AgeRange) -> tuple["Body", ...]:
        """Those of an institution; the youngest have no student council."""
        return tuple(each for each in cls if each is not cls.STUDENT_COUNCIL or age_range is AgeRange.OLDER)


@dataclass(frozen=True)
class Considered:
    """A focus area the institution considers, close to one of the themes; either may still be missing in a draft."""

    theme_id: UUID | None
    title: str


@dataclass(frozen=True, kw_only=True)
class DataStep:
    """Step 1: which data are brought up, and how they are understood."""

    figures: tuple[UUID, ...] = ()
    sources: tuple[Source, ...] = ()
    interpretation: str = ""
    wonder: str = ""

    def problems(self) -> dict[str, Problem]:
        found = _texts(self, interpretation=LONG, wonder=LONG)
        if len(self.figures) > MOST_FIGURES:
            found["figures"] = Problem("too_many", {"most": MOST_FIGURES})
        if len(self.sources) > MOST_SOURCES:
            found["sources"] = Problem("too_many", {"most": MOST_SOURCES})
        return found

    def missing(self, today: date) -> dict[str, Problem]:
        """R-33: "Først når data bliver tolket og analyseret, bliver data værdifuld"."""
        found: dict[str, Problem] = {}
        if not self.figures and not self.sources:
            found["figures"] = Problem("no_data")
        if len(self.interpretation) < SHORTEST_INTERPRETATION:
            found["interpretation"] = Problem("not_interpreted")
        return found

    @property
    def one_kind_only(self) -> bool:
        """R-39: a hint, never a hindrance, when the choice rests on one kind of data."""
        return bool(self.figures) != bool(self.sources)


@dataclass(frozen=True, kw_only=True)
class PerspectiveStep:
    """Step 2: what children, young people, parents and staff say, or when that will be gathered.

    `chosen` are the perspectives that were filed and are brought along.
    """

    children: str = ""
    children_by: date | None = None
    parents: str = ""
    parents_by: date | None = None
    staff: str = ""
    bodies: tuple[Body, ...] = ()
    chosen: tuple[UUID, ...] = ()

    def problems(self) -> dict[str, Problem]:
        return _texts(self, children=LONG, parents=LONG, staff=LONG)

    def missing(self, today: date, heard: Collection[Group] = ()) -> dict[str, Problem]:
        """R-43: perspectives from children, youth and parents are "inddraget systematisk", or there is a date.

        `heard` are the groups whose perspectives are chosen.
        """
        found = {group: Problem("no_perspective") for group, by in self.untold(heard).items() if by is None}
        return {**found, **self.passed(today, heard)}

    def passed(self, today: date, heard: Collection[Group] = ()) -> dict[str, Problem]:
        """The dates that have passed: they are wrong already, whatever may still be missing."""
        untold = self.untold(heard)
        return {f"{group}_by": Problem("date_passed") for group, by in untold.items() if by is not None and by < today}

    def untold(self, heard: Collection[Group] = ()) -> dict[str, date | None]:
        """The groups of which nothing is told yet, and by when they will have been asked."""
        young = Group.CHILDREN in heard or Group.YOUTH in heard
        groups = (
            ("children", bool(self.children) or young, self.children_by),
            ("parents", bool(self.parents) or Group.PARENTS in heard, self.parents_by),
        )
        return {group: by for group, is_told, by in groups if not is_told}


@dataclass(frozen=True)
class Told:
    """Where a focus area is, as the preparation says it; `after` is the last status there was when it was chosen."""

    area_id: UUID
    status: Status
    after: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class FocusStep:
    """Step 3: where the focus areas are, which new ones are considered, what the leader wants from the dialogue."""

    considered: tuple[Considered, ...] = ()
    statuses: tuple[Told, ...] = ()
    wishes: str = ""
    support: str = ""

    def told(self, area_id: UUID) -> Told | None:
        """What the preparation says of a focus area, None when it says nothing of its own."""
        return next((each for each in self.statuses if each.area_id == area_id), None)

    def problems(self) -> dict[str, Problem]:
        found = _texts(self, wishes=LONG, support=LONG)
        for place, each in enumerate(self.considered, start=1):
            if found_in := problem_in(each.title, TITLE):
                found[f"title{place}"] = found_in
        return found

    def missing(self, today: date) -> dict[str, Problem]:
        """S23: focus areas "lægger sig op ad de politiske bestemte temaer"."""
        found: dict[str, Problem] = {}
        for place, each in enumerate(self.considered, start=1):
            if each.theme_id is None:
                found[f"theme{place}"] = Problem("no_theme")
            if not each.title:
                found[f"title{place}"] = Problem("no_title")
        return found


StepContent = DataStep | PerspectiveStep | FocusStep


@dataclass(kw_only=True, eq=False)
class Preparation:
    """What a leader, or the colleague it was handed to, has prepared for one dialogue."""

    dialogue_id: UUID
    state: PreparationState = PreparationState.DRAFT
    step: Step = Step.DATA
    data: DataStep = field(default_factory=DataStep, repr=False)
    perspectives: PerspectiveStep = field(default_factory=PerspectiveStep, repr=False)
    focus: FocusStep = field(default_factory=FocusStep, repr=False)
    written_by: UUID | None = None
    written_at: datetime | None = None
    ready_at: datetime | None = None
    handed_to: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_ready(self) -> bool:
        return self.state is PreparationState.READY

    @property
    def is_begun(self) -> bool:
        return self.written_at is not None

    def content(self, step: Step) -> StepContent:
        match step:
            case Step.DATA:
                return self.data
            case Step.PERSPECTIVES:
                return self.perspectives
            case Step.FOCUS:
                return self.focus

    def write(self, content: StepContent, *, by: UUID, now: datetime) -> None:
        """Takes one step as it stands, complete or not; raises `Problems` for what must not be stored at all."""
        if found := content.problems():
            raise Problems(found)
        match content:
            case DataStep():
                self.data = content
            case PerspectiveStep():
                self.perspectives = content
            case FocusStep():
                self.focus = content
        self.written_by, self.written_at = by, now

    def mark_ready(self, *, now: datetime, today: date, heard: Collection[Group] = ()) -> None:
        """Shows the preparation to the participants; raises `Problems` with everything that is still missing.

        `heard` are the groups whose filed perspectives are chosen.
        """
        found = self.missing(today, heard)
        if found:
            raise Problems(found)
        self.state, self.ready_at, self.handed_to = PreparationState.READY, now, None

    def missing(self, today: date, heard: Collection[Group] = ()) -> dict[str, Problem]:
        return {**self.data.missing(today), **self.perspectives.missing(today, heard), **self.focus.missing(today)}

    def reopen(self) -> None:
        self.state, self.ready_at, self.step = PreparationState.DRAFT, None, Step.DATA

    def hand_to(self, person_id: UUID | None) -> None:
        self.handed_to = person_id


@dataclass(kw_only=True, eq=False)
class PreparationShare:
    """R-05: "Preparation can be shared with one's leadership team": a colleague who sees it and writes in the draft."""

    preparation_id: UUID
    person_id: UUID
    shared_by: UUID
    shared_at: datetime
    id: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, about: Preparation, person_id: UUID, *, by: UUID, now: datetime) -> "PreparationShare":
        return cls(preparation_id=about.id, person_id=person_id, shared_by=by, shared_at=now)


@dataclass(frozen=True)
class Reminder:
    """One of the times at which the leader is reminded; it is never sent once `expires_at` has passed."""

    name: str
    due_at: datetime
    expires_at: datetime


def reminders(starts_at: datetime, zone: ZoneInfo) -> tuple[Reminder, ...]:
    """When the leader hears of a dialogue: 21, 7 and 2 days before, and 2 hours before with a short agenda.

    Days are counted on the local clock, so that a reminder comes at the dialogue's own time of day across a change
    to or from summer time.
    """
    local = starts_at.astimezone(zone)
    due = [(f"{days}_days", (local - timedelta(days=days)).astimezone(UTC)) for days in (21, 7, 2)]
    due.append(("2_hours", starts_at - timedelta(hours=2)))
    ends = [moment for _, moment in due[1:]] + [starts_at]
    return tuple(Reminder(name, at, end) for (name, at), end in zip(due, ends, strict=True))


def _texts(content: StepContent, **limits: int) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    values: Mapping[str, str] = {name: getattr(content, name) for name in limits}
    for name, limit in limits.items():
        if problem := problem_in(values[name], limit):
            found[name] = problem
    return found
