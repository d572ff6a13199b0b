"""What children, young people, parents and staff say, how it was collected, and what becomes of what they recommend.

"Perspektiver fra børn, unge og forældre inddrages systematisk i læringssamtalerne": each group for itself, at any time,
through formal bodies or from those who are there every day, and never with a name or a count that points at somebody.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.aims import FourAims, in_order
from domain.errors import Problem, Problems
from domain.identity import new_id
from domain.organisation import AgeRange, Institution
from domain.period import HalfYear
from domain.text import LONG, SHORT, TITLE, problem_in

# an answer is asked for, and then a report back, and again every fortnight until there is one.
REPORT_BACK_AFTER = timedelta(days=14)
ASKED_AGAIN_AFTER = timedelta(days=14)
# "twice a half-year if a group is missing": well into it, and while there is still time.
REMINDED_IN_WEEK = (9, 17)


class Group(StrEnum):
    """R-43: "children, youth and parents are three separate groups"; the staff are a fourth, which the text names."""

    CHILDREN = "børn"
    YOUTH = "unge"
    PARENTS = "forældre"
    STAFF = "medarbejdere"

    @classmethod
    def of(cls, age_range: AgeRange) -> tuple["Group", ...]:
        """The groups of an institution; the youngest have no youth."""
        return tuple(each for each in cls if each is not cls.YOUTH or age_range is AgeRange.OLDER)


class FormalBody(StrEnum):
    """R-18: a perspective comes from a formal body, or from an informal group by one of the methods.

    The list is open: `OTHER` carries its own words, such as forældreråd, børneråd, ungeråd, klubråd or brugerråd.
    """

    BOARD = "bestyrelsen"
    STUDENT_COUNCIL = "elevrådet"
    OTHER = "andet"

    @classmethod
    def of(cls, age_range: AgeRange) -> tuple["FormalBody", ...]:
        """The bodies of an institution; the youngest have no student council."""
        return tuple(each for each in cls if each is not cls.STUDENT_COUNCIL or age_range is AgeRange.OLDER)


class Count(StrEnum):
    """About how many took part, in bands, so that nobody can be recognised."""

    FEW = "1-4"
    SOME = "5-9"
    MANY = "10-24"
    MOST = "25+"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A perspective as it is written: whose, how it was collected, about how many, what they tell and recommend."""

    group: Group | None = None
    tool_id: UUID | None = None
    body: FormalBody | None = None
    body_name: str = ""
    count: Count | None = None
    said: str = ""
    recommend: str = ""
    aims: tuple[FourAims, ...] = ()

    def problems(self, age_range: AgeRange) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        for name, missing, code in (
            ("group", self.group not in Group.of(age_range), "no_group"),
            ("via", self.tool_id is None and self.body not in FormalBody.of(age_range), "no_via"),
            ("body_name", self.body is FormalBody.OTHER and not self.body_name, "no_body_name"),
            ("count", self.count is None, "no_count"),
            ("said", not self.said, "nothing_said"),
        ):
            if missing:
                found[name] = Problem(code)
        for name, limit in (("body_name", TITLE), ("said", LONG), ("recommend", SHORT)):
            if wrong := problem_in(getattr(self, name), limit):
                found[name] = wrong
        return found

    @property
    def named(self) -> str | None:
        """What another body or way is called; whatever is on the list needs no other name."""
        return self.body_name if self.body is FormalBody.OTHER else None


@dataclass(kw_only=True, eq=False)
class Perspective:
    """What one group at one institution has told; `focus_area_id` where it belongs to a focus area.

    The author and the day stay; who corrected it last, and when, stand beside them.
    """

    institution_id: UUID
    author_id: UUID
    group: Group
    count: Count
    said: str = field(repr=False)
    recommend: str = field(default="", repr=False)
    aims: tuple[FourAims, ...] = ()
    tool_id: UUID | None = None
    body: FormalBody | None = None
    body_name: str | None = field(default=None, repr=False)
    focus_area_id: UUID | None = None
    half_year: HalfYear
    written_at: datetime
    corrected_by: UUID | None = None
    corrected_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(cls, voice: Voice, *, where: Institution, by: UUID, now: datetime, today: date) -> "Perspective":
        """A new perspective; raises `Problems` at the fields."""
        if found := voice.problems(where.age_range):
            raise Problems(found)
        assert voice.group is not None
        assert voice.count is not None
        return cls(
            institution_id=where.id,
            author_id=by,
            group=voice.group,
            count=voice.count,
            said=voice.said,
            recommend=voice.recommend,
            aims=in_order(voice.aims),
            tool_id=voice.tool_id,
            body=voice.body,
            body_name=voice.named,
            half_year=HalfYear.of(today),
            written_at=now,
        )

    @property
    def voice(self) -> Voice:
        return Voice(
            group=self.group,
            tool_id=self.tool_id,
            body=self.body,
            body_name=self.body_name or "",
            count=self.count,
            said=self.said,
            recommend=self.recommend,
            aims=self.aims,
        )

    @property
    def last_written(self) -> tuple[UUID, datetime]:
        """By whom and when it got the words it has now."""
        return self.corrected_by or self.author_id, self.corrected_at or self.written_at

    def write(self, voice: Voice, where: Institution, *, by: UUID, now: datetime) -> None:
        """Corrects it; raises `Problems` at the fields."""
        if found := voice.problems(where.age_range):
            raise Problems(found)
        assert voice.group is not None
        assert voice.count is not None
        self.group, self.count, self.said, self.recommend = voice.group, voice.count, voice.said, voice.recommend
        self.tool_id, self.body, self.body_name = voice.tool_id, voice.body, voice.named
        self.aims = in_order(voice.aims)
        self.corrected_by, self.corrected_at = by, now


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A perspective with the method it was collected by, where it is one of the register."""

    perspective: Perspective
    tool: "PerspectiveTool | None" = None


class Response(StrEnum):
    OPEN = "åben"
    FOLLOWED = "fulgt"
    PARTLY = "delvist"
    NOT_FOLLOWED = "ikke fulgt"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What is said about a recommendation: what is done, why, and when those who gave it were told."""

    response: Response | None = None
    reason: str = field(default="", repr=False)
    reported_on: date | None = None


@dataclass(kw_only=True, eq=False)
class Recommendation:
    """R-19: "Recommendations are separate items with a follow-up": an answer, and a report back to who gave it."""

    perspective_id: UUID
    institution_id: UUID
    text: str = field(repr=False)
    written_at: datetime
    response: Response = Response.OPEN
    reason: str = field(default="", repr=False)
    responded_at: datetime | None = None
    responded_by: UUID | None = None
    reported_on: date | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def content(self) -> Answered:
        response = None if self.response is Response.OPEN else self.response
        return Answered(response=response, reason=self.reason, reported_on=self.reported_on)

    @property
    def is_closed(self) -> bool:
        """Answered, and those who gave it have heard."""
        return self.response is not Response.OPEN and self.reported_on is not None

    def require_open(self) -> None:
        """R-19: what has been answered keeps its words; raises `Problems` at the field of the perspective."""
        if self.response is not Response.OPEN:
            raise Problems({"recommend": Problem("recommendation_answered")})

    def answer(
        self,
        answered: Answered,
        *,
        by: UUID,
        now: datetime,
        today: date,
        written_on: date,
    ) -> None:
        """What the institution does about it; raises `Problems` at the fields. `written_on` is its own local date."""
        response, reason, reported_on = answered.response, answered.reason, answered.reported_on
        found: dict[str, Problem] = {}
        if response is None or response is Response.OPEN:
            found["response"] = Problem("no_response")
        elif response is not Response.FOLLOWED and not reason:
            found["reason"] = Problem("no_reason")
        if wrong := problem_in(reason, LONG):
            found["reason"] = wrong
        if reported_on is not None and reported_on > today:
            found["reported_on"] = Problem("day_to_come")
        if reported_on is not None and reported_on < written_on:
            found["reported_on"] = Problem("before_recommended", {"day": written_on})
        if found or response is None:
            raise Problems(found)
        self.response, self.reason, self.reported_on = response, reason, reported_on
        self.responded_at, self.responded_by = now, by


@dataclass(kw_only=True, eq=False)
class PerspectiveTool:
    """R-20: a method of the register: "name, age range, how, who has used it"; `added_by` is an institution's id."""

    name: str
    how: str
    name_en: str = ""
    how_en: str = ""
    age_range: AgeRange | None = None
    added_by: UUID | None = None
    id: UUID = field(default_factory=new_id)

    @classmethod
    def add(cls, name: str, how: str, *, age_range: AgeRange, added_by: UUID, taken: set[str]) -> "PerspectiveTool":
        """A leader's own method; raises `Problems` for one without a name or a word on how, or that exists."""
        found: dict[str, Problem] = {}
        if not name:
            found["name"] = Problem("no_tool_name")
        elif name.casefold() in taken:
            found["name"] = Problem("tool_exists")
        if not how:
            found["how"] = Problem("no_how")
        for field_name, text, limit in (("name", name, TITLE), ("how", how, SHORT)):
            if wrong := problem_in(text, limit):
                found[field_name] = wrong
        if found:
            raise Problems(found)
        return cls(name=name, how=how, age_range=age_range, added_by=added_by)


@dataclass(kw_only=True, eq=False)
class ToolExperience:
    """What an institution says of a method, in words and never in points."""

    tool_id: UUID
    institution_id: UUID
    author_id: UUID
    text: str = field(repr=False)
    written_at: datetime
    id: UUID = field(default_factory=new_id)

    @classmethod
    def of(cls, tool_id: UUID, where_id: UUID, text: str, *, by: UUID, now: datetime) -> "ToolExperience":
        found = Problem("empty") if not text else problem_in(text, SHORT)
        if found:
            raise Problems({"experience": found})
        return cls(tool_id=tool_id, institution_id=where_id, author_id=by, text=text, written_at=now)


def reminder_days(half_year: HalfYear) -> tuple[date, ...]:
    """The two days of a half-year on which a leader hears which groups have not been heard yet."""
    return tuple(half_year.starts_on + timedelta(weeks=week) for week in REMINDED_IN_WEEK)


def missing_groups(heard: Collection[Group], age_range: AgeRange) -> tuple[Group, ...]:
    """The groups of R-43 that have not been heard: "children, youth and parents are three separate groups".

    "børnenes perspektiv" is one "på tværs af byens tilbud (0-18-års perspektiv)": where the young people have been
    heard, no children's is lacking. The young people are a group of their own all the same.
    """
    told = {*heard, Group.CHILDREN} if Group.YOUTH in heard else set(heard)
    return tuple(each for each in Group.of(age_range) if each is not Group.STAFF and each not in told)
