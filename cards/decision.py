"""What a learning dialogue's decision cards show, and what is typed in them; the form and the list stand beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from cards import draft, form, overview, refusal
from cards.form import Data, carried
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import said, text
from cards.words import dialogue_line
from domain.acknowledgement import Given
from domain.board import BoardNote
from domain.data_package import KeyFigure
from domain.decision import Decision, DecisionContent, DecisionKind, DecisionStep, Involvement, What, Who
from domain.dialogue import Addendum, Dialogue
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.focus_area import FocusArea
from domain.journal import JournalEntry
from domain.organisation import Institution, Person
from domain.perspective import Heard
from domain.preparation import Source
from domain.priority import LocalPriority

OPEN = "decision.open"
ADD = "decision.add"
EDIT = "decision.edit"
NEXT = "decision.next"
BACK = "decision.back"
DRAFT = "decision.draft"
SAVE = "decision.save"
SAVE_AND_ADD = "decision.save_and_add"
LATER = "decision.later"
LIST = "decision.list"
COLLEAGUE = "decision.colleague"
CORRECT = "decision.correct"
FOLLOW = "decision.follow"
COPY = "decision.copy"
ASK_CLOSE = "decision.ask_close"
CLOSE = "decision.close"
REFLECT = "reflection.open"
NAME_NOTE_TAKER = "reflection.name"
REMARK = "preparation.begin"
BOARD = "board.open"

KINDS = {
    DecisionKind.CHOOSE: N_("Choose a focus area"),
    DecisionKind.ADJUST: N_("Adjust a focus area"),
    DecisionKind.CLOSE: N_("Close a focus area"),
    DecisionKind.MEASURE: N_("Start a measure"),
    DecisionKind.OTHER: N_("Something else"),
    DecisionKind.NONE: N_("No new decisions"),
}
DEGREES = {
    Involvement.DECIDING: N_("Took part in deciding"),
    Involvement.INTERPRETING: N_("Took part in interpreting"),
    Involvement.HEARD: N_("Were heard"),
    Involvement.INFORMED: N_("Were informed"),
    Involvement.NOT_YET: N_("Not yet"),
}
# What a decision leads to, as long as it has not been done.
FOLLOWS = {
    DecisionKind.CHOOSE: N_("Describe the focus area"),
    DecisionKind.ADJUST: N_("Adjust the focus area"),
    DecisionKind.CLOSE: N_("Close the focus area"),
}
STEPS = {DecisionStep.WHAT: N_("What you decided"), DecisionStep.WHO: N_("Who is part of it")}
LABELS = {
    "kind": N_("What have you decided?"),
    "focus_area": N_("Which focus area?"),
    "text": N_("The decision in short"),
    "based": N_("What is it based on?"),
    "children": N_("How have children and young people taken part?"),
    "parents": N_("How have parents taken part?"),
    "involve_by": N_("If not yet: when will you involve them?"),
    "owner": N_("Who follows up?"),
    "due": N_("When do you follow up?"),
}
_FIELDS = {
    DecisionStep.WHAT: ("kind", "focus_area", "focus_area_id", "text", "based", "figures", "sources", "perspectives"),
    DecisionStep.WHO: ("children", "parents", "involve_by", "owner", "due"),
}
# What a field of the domain is called on the card.
_ASKED_AS = {"focus_area_id": "focus_area", "figures": "based", "sources": "based", "perspectives": "based"}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[_ASKED_AS.get(name, name)])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything the cards of a dialogue's decisions show; read for one person, who is the `viewer`.

    `figures` and `sources` are the reflection's, `pending` is the saved decision whose focus area waits to be
    described, adjusted or closed, `draft` the one that the viewer has begun and not saved; `is_late` says that the
    chief is about to see that the record is missing. `board` is what the board said, and `can_send` whether the viewer
    may send it an extract. `journal` says where the decisions stand in the journal, once they have arrived there, and
    `is_journal_on` that they go there when the dialogue is closed.
    """

    institution: Institution
    dialogue: Dialogue
    decision: Decision
    decisions: Sequence[Decision]
    figures: Sequence[KeyFigure]
    sources: tuple[Source, ...]
    focus_areas: Sequence[FocusArea]
    titles: Mapping[UUID, str]
    written_by: Person | None
    viewer: Person
    can_record: bool
    leads: bool = True
    is_late: bool = False
    pending: Decision | None = None
    draft: Decision | None = None
    addenda: Sequence[tuple[Addendum, Person]] = ()
    board: Sequence[tuple[BoardNote, Person]] = ()
    can_send: bool = False
    received: Sequence[Given] = ()
    withdrawn: Sequence[Decision] = ()
    heard: Sequence[Heard] = ()
    priority: LocalPriority | None = None
    journal: JournalEntry | None = None
    is_journal_on: bool = False

    def known(self, content: DecisionContent) -> DecisionContent:
        """The half without data that the reflection did not rest on, or focus areas that are not theirs."""
        if not isinstance(content, What):
            return content
        if self.decision.is_saved:
            # What it is about has been settled, and is not asked for again.
            area_id = self.decision.what.focus_area_id
        else:
            area_id = content.focus_area_id if content.focus_area_id in {each.id for each in self.focus_areas} else None
        return self.with_data(replace(content, focus_area_id=area_id))

    def with_data(self, content: What) -> What:
        """The half with the data it names in the order of the reflection, each as what it is."""
        named = {*content.figures, *content.perspectives}
        return replace(
            content,
            figures=tuple(each.id for each in self.figures if each.id in named),
            sources=tuple(each for each in self.sources if each in content.sources),
            perspectives=tuple(each.perspective.id for each in self.heard if each.perspective.id in named),
        )


@dataclass(frozen=True, kw_only=True)
class Form:
    """One half as it was typed; `was` marks what it held when the card was drawn."""

    dialogue_id: UUID
    decision_id: UUID
    step: DecisionStep
    content: DecisionContent = field(repr=False)
    was: str

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", DecisionStep) or DecisionStep.WHAT
        content: DecisionContent
        if step is DecisionStep.WHAT:
            content = What(
                kind=form.choice(data, "kind", DecisionKind),
                focus_area_id=form.optional_id(data, "focus_area"),
                text=form.text(data, "text"),
                figures=form.ids(data, "based"),
                sources=form.choices(data, "based", Source),
            )
        else:
            content = Who(
                children=form.choice(data, "children", Involvement),
                parents=form.choice(data, "parents", Involvement),
                involve_by=form.day(data, "involve_by"),
                owner=form.text(data, "owner"),
                due=form.day(data, "due"),
            )
        return cls(
            dialogue_id=form.subject_id(data),
            decision_id=form.subject_id(data, "d"),
            step=step,
            content=content,
            was=form.text(data, "v"),
        )


def gate(_: Translator, dialogue: Dialogue, where: Institution, *, typed: Form | None = None) -> Card:
    """R-34: no decision before the shared reflection, and the way to it; what was typed is given back."""
    return card(
        _,
        _("Reflect together first"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[
            text(_("Before you can record decisions, the shared reflection must be saved."), spacing="Medium"),
            *(_copied(_, typed) if typed else []),
        ],
        actions=[
            press(_("Write shared reflection"), REFLECT, carried(dialogue.id), primary=True, inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def over(_: Translator, dialogue: Dialogue, where: Institution, why: Expired, *, typed: Form | None = None) -> Card:
    """Why nothing can be decided now, and everything that was typed, to be copied."""
    if why.code == "reflection_missing":
        return gate(_, dialogue, where, typed=typed)
    reasons = {
        "dialogue_cancelled": _("The dialogue has been cancelled, so there is nothing to decide."),
        "dialogue_not_begun": _("The dialogue has not begun yet. You can write the decisions once it has."),
        "dialogue_not_recorded": _("There is no decision yet. Write one, or that there are no new ones."),
        "dialogue_closed": _("The dialogue is closed, so nothing in it can be changed."),
        "decision_withdrawn": _("A decision was made, so “No new decisions” has been withdrawn."),
    }
    can_read = why.code in ("dialogue_closed", "decision_withdrawn")
    return card(
        _,
        _("Decisions"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[text(reasons[why.code], spacing="Medium"), *(_copied(_, typed) if typed else [])],
        actions=[
            press(_("See the decisions"), OPEN, carried(dialogue.id), inputs="none") if can_read else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def refused(_: Translator, *, typed: Form) -> Card:
    """For somebody who may not write in it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=_copied(_, typed))


def nothing_to_decide(_: Translator) -> Card:
    return card(
        _,
        _("Nothing to decide yet"),
        seen_by=_("only you"),
        body=[text(_("You write the decisions when a dialogue has begun, after the shared reflection."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def step_of(problems: Problems) -> DecisionStep:
    """The first step in which something is wrong."""
    return next(step for step in DecisionStep if any(name in _FIELDS[step] for name in problems.fields))


def of_step(found: Mapping[str, Problem], step: DecisionStep) -> dict[str, Problem]:
    """What is wrong in one half."""
    return {name: problem for name, problem in found.items() if name in _FIELDS[step]}


def _copied(_: Translator, typed: Form) -> list[Element]:
    """What was typed and cannot be kept, so that it can be copied."""
    written = typed.content.text if isinstance(typed.content, What) else typed.content.owner
    if not written:
        return []
    name = "text" if isinstance(typed.content, What) else "owner"
    return draft.given_back(
        _,
        [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(written, spacing="ExtraSmall")],
    )
