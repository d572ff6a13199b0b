"""What waits for a person, as rows with a button each: on the overview and on Mondays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards.form import carried
from cards.kit import buttons, press
from cards.language import Translator
from cards.layout import Element, columns
from cards.meeting import Meeting
from cards.meeting import line as meeting_line
from cards.parts import text
from cards.words import dialogue_line, last_word, round_line
from domain.agreement import Agreement
from domain.cycle import PoliticalRound
from domain.data_package import DataPackage
from domain.decision import Decision, DecisionKind
from domain.dialogue import Dialogue
from domain.network import NetworkStatement
from domain.observation import Observation
from domain.organisation import Institution
from domain.perspective import Recommendation, Response

GATHERED = "overview.gathered"


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something that waits: `verb` and `subject_id` open it. A gathered one has the `title` of its own card.

    `view` is the reminder that says the same, where the verb is not one of its flow. `words` are those by which the two
    of a 1:1 know an agreement.
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
        return cls(kind=kind, verb="recommendation.open", subject_id=recommendation.id, institution=where)

    @classmethod
    def invited(cls, about: Observation, where: Institution) -> "Task":
        return cls(kind="invited", verb="invitation.open", subject_id=about.id, institution=where)

    @classmethod
    def give_feedback(cls, about: Observation, where: Institution) -> "Task":
        return cls(kind="feedback", verb="feedback.open", subject_id=about.id, institution=where)

    @classmethod
    def acknowledge(cls, feedback_id: UUID, where: Institution) -> "Task":
        return cls(kind="acknowledge", verb="acknowledgement.open", subject_id=feedback_id, institution=where)

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
    def gathered(cls, prompt_id: UUID, title: str) -> "Task":
        return cls(kind="gathered", verb=GATHERED, subject_id=prompt_id, title=title)


def rows(_: Translator, tasks: Sequence[Task]) -> list[Element]:
    """A row for each task; no two buttons of a card are called the same, since they can be read without their rows."""
    titles: list[str] = []
    made = []
    for task in tasks:
        title = _title(_, task)
        number = titles.count(title) + 1
        titles.append(title)
        opens = press(
            title if number == 1 else _("%(title)s no. %(number)s", title=title, number=number),
            task.verb,
            carried(task.subject_id),
        )
        made.append(columns(_words(_, task), buttons(opens, spacing="None"), spacing="Small"))
        if task.is_late:
            made.append(last_word(_))
    return made


def _title(_: Translator, task: Task) -> str:
    titles = {
        "prepare": _("Prepare"),
        "handed": _("Prepare"),
        "reflect": _("Reflect"),
        "decide": _("Decide"),
        "answer": _("Answer"),
        "report": _("Report back"),
        "invited": _("See the invitation"),
        "invite": _("See the invitation"),
        "summary": _("See the summary"),
        "practice": _("Share practice"),
        "feedback": _("Give feedback"),
        "acknowledge": _("Read"),
        "qualify": _("Qualify"),
        "agenda": _("Agenda"),
        "note": _("Note"),
        "confirm": _("Read"),
        "agreement": _("Follow up"),
    }
    return titles.get(task.kind, _("Open"))


def _words(_: Translator, task: Task) -> list[Element]:
    where = task.institution.name if task.institution else ""
    if task.title:
        title, *rest = task.title.split(" · ", 1)
        line = "".join(rest)
    elif task.dialogue and task.institution:
        title = {
            "prepare": _("Prepare the learning dialogue"),
            "handed": _("Fill in for a colleague"),
            "reflect": _("Write the shared reflection"),
            "decide": _("Write the decisions"),
            DecisionKind.CHOOSE.value: _("Describe the focus area"),
            DecisionKind.ADJUST.value: _("Adjust the focus area"),
            DecisionKind.CLOSE.value: _("Close the focus area"),
        }[task.kind]
        line = dialogue_line(_, task.dialogue, task.institution)
    elif task.meeting:
        title = {
            "agenda": _("See the agenda for the 1:1"),
            "note": _("Write the note from the 1:1"),
            "confirm": _("Confirm the note from the 1:1"),
        }[task.kind]
        line = meeting_line(_, task.meeting)
    elif task.agreement:
        due = _("due %(day)s", day=_.date(task.agreement.due))
        title, line = _("Follow up on an agreement"), f"{where} · {due}"
    elif task.kind == "handover":
        title, line = _("Hand over agreements"), where
    elif task.round:
        title, line = _("Qualify the evidence base"), round_line(_, task.round)
    elif task.kind in ("answer", "report", "invited", "feedback", "acknowledge", "invite", "summary", "practice"):
        title, line = (
            {
                "answer": _("Answer a recommendation"),
                "report": _("Report back on a recommendation"),
                "invited": _("Answer about an observation"),
                "feedback": _("Write the feedback on an observation"),
                "acknowledge": _("Read the feedback on an observation"),
                "invite": _("Finish the invitation to observe"),
                "summary": _("Finish the supervision summary"),
                "practice": _("Share practice"),
            }[task.kind],
            where,
        )
    else:
        half_year = _.half_year(task.package.half_year) if task.package else ""
        title, line = _("Read the data package"), f"{where} · {half_year}"
    words = [text(title, strong=True)]
    if task.words:
        words.append(text(task.words, spacing="None"))
    if line:
        words.append(text(line, small=True, subtle=True, spacing="None"))
    return words
