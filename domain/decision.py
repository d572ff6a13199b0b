"""What the participants of a learning dialogue decide, once they have reflected together.

"Den fælles refleksion … er derfor nødvendig før der træffes beslutninger eller udvælges lokale fokusområder": every
way to a decision goes through `require_reflection`, and nothing but a saved decision chooses a focus area.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Problem, Problems, ReflectionMissing
from domain.identity import new_id
from domain.preparation import Source
from domain.reflection import Basis, Reflection, ReflectionContent
from domain.text import TITLE, problem_in

LONGEST = 500
ASKED_FIRST = timedelta(days=3)
ASKED_AGAIN = timedelta(days=14)


class DecisionKind(StrEnum):
    CHOOSE = "vælg fokusområde"
    ADJUST = "justér fokusområde"
    CLOSE = "afslut fokusområde"
    MEASURE = "indsats"
    OTHER = "andet"
    NONE = "ingen nye beslutninger"

    @property
    def is_about_a_focus_area(self) -> bool:
        """Whether it changes a focus area that the institution has already."""
        return self in (DecisionKind.ADJUST, DecisionKind.CLOSE)

    @property
    def leads_to_a_focus_area(self) -> bool:
        """Whether a focus area is to be described, adjusted or closed once it is saved."""
        return self is DecisionKind.CHOOSE or self.is_about_a_focus_area

    @property
    def needs_involvement(self) -> bool:
        """I12: "indsats" and "vælg fokusområde" state involvement, or a dated plan."""
        return self in (DecisionKind.CHOOSE, DecisionKind.MEASURE)

    @property
    def needs_follow_up(self) -> bool:
        """Whether somebody follows up by a day; what is closed, or goes on as it was, has nobody to."""
        return self not in (DecisionKind.CLOSE, DecisionKind.NONE)


class DecisionStep(StrEnum):
    """The two halves of its card: what was decided, and who is part of it."""

    WHAT = "what"
    WHO = "who"

    @property
    def number(self) -> int:
        return list(DecisionStep).index(self) + 1


class Involvement(StrEnum):
    """R-15: the degree to which a group has taken part, from most to least."""

    DECIDING = "med til at beslutte"
    INTERPRETING = "med til at fortolke"
    HEARD = "hørt"
    INFORMED = "informeret"
    NOT_YET = "ikke endnu"


@dataclass(frozen=True, kw_only=True)
class What:
    """The first half: the kind of decision, what was decided in short, and the data it rests on."""

    kind: DecisionKind | None = None
    focus_area_id: UUID | None = None
    text: str = ""
    figures: tuple[UUID, ...] = ()
    sources: tuple[Source, ...] = ()
    perspectives: tuple[UUID, ...] = ()

    def problems(self) -> dict[str, Problem]:
        found = problem_in(self.text, LONGEST)
        return {"text": found} if found else {}

    def missing(self, reflection: Reflection) -> dict[str, Problem]:
        """What keeps it from being saved, on top of the gate.

        I11: "Choosing needs ≥1 local data ref and cross-cutting knowledge text or ref."
        """
        found: dict[str, Problem] = {}
        if self.kind is None:
            found["kind"] = Problem("no_kind")
        elif self.kind is DecisionKind.CHOOSE and not reflection.names_knowledge_across:
            found["kind"] = Problem("no_knowledge_across")
        if self.kind is not None and self.kind.is_about_a_focus_area and self.focus_area_id is None:
            found["focus_area"] = Problem("no_focus_area")
        if not self.text:
            found["text"] = Problem("no_reason" if self.kind is DecisionKind.NONE else "no_decision")
        is_based = self.figures or self.sources or self.perspectives
        if not is_based and self.kind is not DecisionKind.NONE:
            found["based"] = Problem("not_based")
        return found

    @property
    def one_kind_only(self) -> bool:
        """I11: "one kind only gives a warning"."""
        return bool(self.figures) != bool(self.sources or self.perspectives)


@dataclass(frozen=True, kw_only=True)
class Who:
    """The second half: how children, young people and parents took part, and who follows up by when."""

    children: Involvement | None = None
    parents: Involvement | None = None
    involve_by: date | None = None
    owner: str = ""
    due: date | None = None

    def problems(self) -> dict[str, Problem]:
        found = problem_in(self.owner, TITLE)
        return {"owner": found} if found else {}

    def missing(self, kind: DecisionKind, today: date) -> dict[str, Problem]:
        """I12: it "states involvement for children/youth and parents, or a dated plan"."""
        found: dict[str, Problem] = {}
        groups = {"children": self.children, "parents": self.parents}
        if kind.needs_involvement:
            found |= {name: Problem("no_involvement") for name, degree in groups.items() if degree is None}
            if Involvement.NOT_YET in groups.values() and self.involve_by is None:
                found["involve_by"] = Problem("no_involvement_date")
        if self.involve_by is not None and self.involve_by < today:
            found["involve_by"] = Problem("date_passed")
        if kind.needs_follow_up:
            if not self.owner:
                found["owner"] = Problem("no_owner")
            if self.due is None:
                found["due"] = Problem("no_due")
        if self.due is not None and self.due < today:
            found["due"] = Problem("date_passed")
        return found


DecisionContent = What | Who


@dataclass(kw_only=True, eq=False)
class Decision:
    """One decision of a dialogue; a draft of its author's until `saved_at`, and read-only once the dialogue closes.

    `followed_at` is when the focus area it is about was described, adjusted or closed as decided. `withdrawn_at` is
    when a decision was made after it had been said that there were no new ones: what was said then stays to be read.
    """

    dialogue_id: UUID
    author_id: UUID
    step: DecisionStep = DecisionStep.WHAT
    what: What = field(default_factory=What, repr=False)
    who: Who = field(default_factory=Who, repr=False)
    kind: DecisionKind | None = None
    focus_area_id: UUID | None = None
    due: date | None = None
    written_by: UUID | None = None
    written_at: datetime | None = None
    saved_at: datetime | None = None
    followed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_saved(self) -> bool:
        return self.saved_at is not None

    @property
    def waits(self) -> bool:
        """Whether it was decided about a focus area, and that has not been done yet."""
        is_due = self.kind is not None and self.kind.leads_to_a_focus_area
        return self.is_saved and is_due and self.followed_at is None

    def content(self, step: DecisionStep) -> DecisionContent:
        return self.what if step is DecisionStep.WHAT else self.who

    def write(self, content: DecisionContent, *, by: UUID, now: datetime) -> None:
        """Takes one half as it stands, complete or not; raises `Problems` for what must not be stored at all.

        The kind of a saved decision stays, and its focus area: what followed from it has happened.
        """
        if found := content.problems():
            raise Problems(found)
        if isinstance(content, What):
            if self.is_saved and content.kind is not self.kind:
                raise Problems({"kind": Problem("kind_is_settled")})
            if self.is_saved:
                self.what = replace(content, focus_area_id=self.what.focus_area_id)
            else:
                self.what, self.kind, self.focus_area_id = content, content.kind, content.focus_area_id
        else:
            self.who, self.due = content, content.due
        self.written_by, self.written_at = by, now

    def missing(self, reflection: Reflection, today: date) -> dict[str, Problem]:
        """Everything that keeps it from being saved; dates that were right when they were saved stay right."""
        found = self.what.missing(reflection)
        if self.kind is not None and self.kind is not DecisionKind.NONE:
            since = min(today, self.saved_at.date()) if self.saved_at else today
            found |= self.who.missing(self.kind, since)
        return found

    def save(
        self, reflection: Reflection | None, *, now: datetime, today: date, others: Iterable["Decision"] = ()
    ) -> None:
        """I7: "A Decision belongs to a Dialogue that has a saved Reflection".

        `others` are those of the dialogue that stand: that there are no new decisions is said where there are none,
        and is withdrawn when there is one. Raises `ReflectionMissing` without a reflection, and `Problems` with
        everything that is still missing.
        """
        beside = [each for each in others if each.id != self.id]
        found = self.missing(require_reflection(reflection, self.dialogue_id), today)
        if self.kind is DecisionKind.NONE and beside:
            found["kind"] = Problem("decided_already")
        if found:
            raise Problems(found)
        self.saved_at = self.saved_at or now
        for each in beside:
            each.give_way(now)

    def give_way(self, now: datetime) -> None:
        """Another decision is made: that there were no new ones is not true any more."""
        if self.kind is DecisionKind.NONE and self.withdrawn_at is None:
            self.withdrawn_at = now

    def lead_to(self, focus_area_id: UUID, now: datetime) -> None:
        """What was decided about the focus area has been done."""
        self.focus_area_id, self.followed_at = focus_area_id, now
        self.what = replace(self.what, focus_area_id=focus_area_id)

    def asks_at(self, until: datetime) -> tuple[int, datetime] | None:
        """Which time it is asked for what waits, and when: three days after it was saved, and then every two weeks."""
        return asked_at(self.saved_at, until) if self.saved_at is not None and self.waits else None


def asked_at(saved_at: datetime, until: datetime) -> tuple[int, datetime] | None:
    """`Decision.asks_at` of one that was saved then and waits."""
    first = saved_at + ASKED_FIRST
    number = (until - first) // ASKED_AGAIN
    return (number, first + number * ASKED_AGAIN) if number >= 0 else None


def require_reflection(reflection: Reflection | None, dialogue_id: UUID) -> Reflection:
    """R-34: "no decision, no new focus area, without a saved shared reflection in the same dialogue".

    Returns it, and raises `ReflectionMissing` where there is none, only a draft, or another dialogue's.
    """
    if reflection is None or not reflection.is_saved or reflection.dialogue_id != dialogue_id:
        raise ReflectionMissing
    if reflection.basis.missing() or reflection.understanding.missing():
        raise ReflectionMissing
    return reflection


def undermined(content: ReflectionContent, decisions: Iterable[Decision]) -> dict[str, Problem]:
    """What saved decisions rest on and a correction of the reflection would take away: I11, and the data they name."""
    found: dict[str, Problem] = {}
    for each in decisions:
        if isinstance(content, Basis):
            if set(each.what.figures) - set(content.figures):
                found["figures"] = Problem("decision_rests_on_it")
            named = {*each.what.sources, *each.what.perspectives}
            if named - {*content.sources, *content.perspectives}:
                found["sources"] = Problem("decision_rests_on_it")
        elif each.kind is DecisionKind.CHOOSE and not (content.across or content.cross):
            found["cross"] = Problem("choice_rests_on_it")
    return found
