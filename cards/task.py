"""What waits for a person, of whatever kind: what it is about, and the button that opens it."""

from dataclasses import dataclass, field
from uuid import UUID

from cards.meeting import Meeting
from domain.agreement import Agreement
from domain.cycle import PoliticalRound
from domain.data_package import DataPackage
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.network import NetworkStatement
from domain.observation import Observation
from domain.organisation import Institution
from domain.perspective import Recommendation, Response

GATHERED = "overview.gathered"


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something that waits: `verb` and `subject_id` open it. A gathered one has the `title` of its own card.

    `view` is the reminder that says the same, where the verb is not one of its flow, or the one that was gathered.
    `words` are those by which the two of a 1:1 know an agreement, and `source_id` is the record that an answer has of
    the matter, where it is another.
    """

    kind: str
    verb: str
    subject_id: UUID
    institution: Institution | None = None
    dialogue: Dialogue | None = None
    package: DataPackage | None = None
    round: PoliticalRound | None = None
    meeting: Meeting | None = None
    agreement: Agreement | None = None
    is_late: bool = False
    view: str = ""
    title: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    source_id: UUID | None = None

    @property
    def matter(self) -> tuple[str, UUID]:
        """The view and subject that it opens, by which a reminder of the same is known."""
        return self.view or self.verb.partition(".")[0], self.subject_id

    @classmethod
    def meet(cls, kind: str, verb: str, meeting: Meeting) -> "Task":
        """Something of a 1:1: its agenda, its note, or what the leader confirms."""
        about = meeting.one_on_one
        return cls(kind=kind, verb=verb, subject_id=about.id, institution=meeting.places[0], meeting=meeting)

    @classmethod
    def follow_up(cls, agreement: Agreement, where: Institution, *, is_told: bool) -> "Task":
        """An agreement whose date is near, and, where it `is_told`, what was agreed."""
        return cls(
            kind="agreement",
            verb="agreement.open",
            subject_id=agreement.id,
            institution=where,
            agreement=agreement,
            words=agreement.text if is_told else "",
        )

    @classmethod
    def hand_over(cls, where: Institution) -> "Task":
        """The agreements that a former leader has left."""
        return cls(kind="handover", verb="handover.open", subject_id=where.id, institution=where)

    @classmethod
    def prepare(cls, dialogue: Dialogue, where: Institution, *, handed: bool = False) -> "Task":
        kind = "handed" if handed else "prepare"
        return cls(kind=kind, verb="preparation.begin", subject_id=dialogue.id, institution=where, dialogue=dialogue)

    @classmethod
    def reflect(cls, dialogue: Dialogue, where: Institution, *, is_late: bool = False) -> "Task":
        return cls(
            kind="reflect",
            verb="reflection.open",
            subject_id=dialogue.id,
            institution=where,
            dialogue=dialogue,
            is_late=is_late,
        )

    @classmethod
    def decide(cls, dialogue: Dialogue, where: Institution, *, is_late: bool = False) -> "Task":
        return cls(
            kind="decide",
            verb="decision.open",
            subject_id=dialogue.id,
            institution=where,
            dialogue=dialogue,
            is_late=is_late,
        )

    @classmethod
    def follow(cls, decision: Decision, dialogue: Dialogue, where: Institution) -> "Task":
        """What was decided about a focus area, and has not been done."""
        return cls(
            kind=decision.kind.value if decision.kind else "",
            verb="decision.follow",
            view="focus_area.waits",
            subject_id=decision.id,
            institution=where,
            dialogue=dialogue,
        )

    @classmethod
    def answer(cls, recommendation: Recommendation, where: Institution) -> "Task":
        kind = "answer" if recommendation.response is Response.OPEN else "report"
        about = recommendation.perspective_id
        return cls(
            kind=kind, verb="recommendation.open", subject_id=recommendation.id, institution=where, source_id=about
        )

    @classmethod
    def invited(cls, about: Observation, where: Institution) -> "Task":
        return cls(kind="invited", verb="invitation.open", subject_id=about.id, institution=where)

    @classmethod
    def give_feedback(cls, about: Observation, where: Institution) -> "Task":
        return cls(kind="feedback", verb="feedback.open", subject_id=about.id, institution=where)

    @classmethod
    def acknowledge(cls, feedback_id: UUID, where: Institution, *, observation_id: UUID | None = None) -> "Task":
        return cls(
            kind="acknowledge",
            verb="acknowledgement.open",
            subject_id=feedback_id,
            institution=where,
            source_id=observation_id,
        )

    @classmethod
    def read(cls, package: DataPackage, where: Institution) -> "Task":
        return cls(kind="read", verb="data_package.open", subject_id=package.id, institution=where, package=package)

    @classmethod
    def qualify(cls, statement: NetworkStatement, about: PoliticalRound) -> "Task":
        return cls(kind="qualify", verb="network.open", subject_id=statement.id, round=about)

    @classmethod
    def invite(cls, draft: Observation, where: Institution) -> "Task":
        """An invitation to observe that was begun and not sent."""
        return cls(kind="invite", verb="observation.open", subject_id=draft.id, institution=where)

    @classmethod
    def summary(cls, saved_id: UUID, where: Institution) -> "Task":
        """A supervision summary that was saved and has not been sent to the leader."""
        return cls(kind="summary", verb="saved_summary.open", subject_id=saved_id, institution=where)

    @classmethod
    def practice(cls, practice_id: UUID, where: Institution) -> "Task":
        """Practice that was written down and has not been shared."""
        return cls(kind="practice", verb="practice.correct", subject_id=practice_id, institution=where)

    @classmethod
    def gathered(cls, prompt_id: UUID, title: str, view: str) -> "Task":
        return cls(kind="gathered", verb=GATHERED, subject_id=prompt_id, title=title, view=view)
