"""The shared reflection: what is typed in its two steps, and what others read of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from cards import draft, form, given, heard, overview, priority, refusal
from cards.colleague import which_colleague
from cards.form import Data, carried
from cards.kit import Card, again, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, bullets, facts, note, said, section, text
from cards.words import SOURCES, dialogue_line, dialogue_name, figure_line, signed
from domain.acknowledgement import Given
from domain.data_package import KeyFigure
from domain.dialogue import Addendum, Dialogue, DialogueState
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution, Person
from domain.perspective import Heard
from domain.preparation import Source
from domain.priority import LocalPriority
from domain.reflection import Across, Basis, Participant, Reflection, ReflectionContent, ReflectionStep, Understanding

OPEN = "reflection.open"
NEXT = "reflection.next"
BACK = "reflection.back"
DRAFT = "reflection.draft"
SAVE = "reflection.save"
LATER = "reflection.later"
CORRECT = "reflection.correct"
COLLEAGUE = "reflection.colleague"
NAME = "reflection.name"
TAKE_BACK = "reflection.take_back"
FIND = "reflection.find"
DECIDE = "decision.open"
REMARK = "preparation.begin"

PARTICIPANTS = {
    Participant.MANAGEMENT: N_("The management"),
    Participant.STAFF: N_("Staff"),
    Participant.CHIEF: N_("Children and Youth chief"),
    Participant.CONSULTANT: N_("Consultant"),
    Participant.BOARD: N_("The board"),
    Participant.CHILDREN: N_("Student council/children and young people"),
    Participant.PARENTS: N_("Parents"),
    Participant.OTHERS: N_("Others"),
}
ACROSS = {
    Across.NETWORK: N_("The leader network"),
    Across.RESEARCH: N_("Research"),
    Across.OTHER_INSTITUTION: N_("Another institution"),
    Across.SHARED_PRACTICE: N_("Shared practice"),
}
STEPS = {
    ReflectionStep.BASIS: N_("Who and what"),
    ReflectionStep.UNDERSTANDING: N_("Understanding together"),
}
LABELS = {
    "participants": N_("Who took part?"),
    "figures": N_("Which key figures did you start from?"),
    "sources": N_("Which qualitative data did you start from?"),
    "perspectives": N_("Which qualitative data did you start from?"),
    "interpretation": N_("How do you understand the data together?"),
    "analysis": N_("What explains what you see?"),
    "across": N_("Which knowledge from across do you draw on?"),
    "cross": N_("Which knowledge, in a few words?"),
}
_FIELDS = {
    ReflectionStep.BASIS: ("participants", "figures", "sources", "perspectives"),
    ReflectionStep.UNDERSTANDING: ("interpretation", "analysis", "across", "cross"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that the cards of one reflection show; read for one person, who is the `viewer`.

    `is_shared` says that other institutions have shared practice about its themes.
    """

    institution: Institution
    dialogue: Dialogue
    reflection: Reflection
    figures: Sequence[KeyFigure]
    sources: tuple[Source, ...]
    written_by: Person | None
    viewer: Person
    can_correct: bool
    leads: bool = True
    is_late: bool = False
    received: Sequence[Given] = ()
    note_taker: Person | None = None
    is_shared: bool = False
    addenda: Sequence[tuple[Addendum, Person]] = ()
    heard: Sequence[Heard] = ()
    priority: LocalPriority | None = None

    def known(self, content: ReflectionContent) -> ReflectionContent:
        """The half without figures and sources that are not this institution's to choose."""
        if not isinstance(content, Basis):
            return content
        # In the order of the package: another order of pressing is no other choice.
        figures = tuple(each.id for each in self.figures if each.id in content.figures)
        return replace(
            content,
            figures=figures,
            sources=tuple(each for each in content.sources if each in self.sources),
            perspectives=tuple(
                each.perspective.id for each in self.heard if each.perspective.id in content.perspectives
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Form:
    """One half as it was typed; `was` marks what it held when the card was drawn."""

    dialogue_id: UUID
    step: ReflectionStep
    content: ReflectionContent = field(repr=False)
    was: str

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", ReflectionStep) or ReflectionStep.BASIS
        content: ReflectionContent
        if step is ReflectionStep.BASIS:
            content = Basis(
                participants=form.choices(data, "participants", Participant),
                figures=form.ids(data, "figures"),
                sources=form.choices(data, "sources", Source),
                perspectives=form.ids(data, "sources"),
            )
        else:
            content = Understanding(
                interpretation=form.text(data, "interpretation"),
                analysis=form.text(data, "analysis"),
                across=form.choices(data, "across", Across),
                cross=form.text(data, "cross"),
            )
        return cls(dialogue_id=form.subject_id(data), step=step, content=content, was=form.text(data, "v"))


@dataclass(frozen=True, kw_only=True)
class NoteTaker:
    """The colleague who was chosen to take the notes, None when none was."""

    dialogue_id: UUID
    colleague_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "NoteTaker":
        return cls(dialogue_id=form.subject_id(data), colleague_id=form.optional_id(data, "colleague"))


def show(_: Translator, sheet: Sheet) -> Card:
    """What was saved: a receipt for the leader, and what everyone else with access reads."""
    reflection = sheet.reflection
    present, understanding = reflection.basis.participants, reflection.understanding
    across = " · ".join(_(ACROSS[each]) for each in understanding.across)
    return card(
        _,
        _("Shared reflection"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_("Saved"), "good"),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[
            facts(
                [(label(_, "participants"), " · ".join(_(PARTICIPANTS[each]) for each in present))], spacing="Medium"
            ),
            section(_("The data")),
            bullets(_data(_, sheet), spacing="Small"),
            *heard.as_data(_, sheet.heard, reflection.basis.perspectives),
            *priority.as_data(_, sheet.priority, reflection.basis.sources),
            *given.as_data(_, sheet.received),
            *_answer(_, "interpretation", understanding.interpretation),
            *_answer(_, "analysis", understanding.analysis),
            *_answer(_, "across", "\n".join(filter(None, (across, understanding.cross)))),
            *added_later(_, sheet.addenda),
            note(
                _("Next step for those of you who took part: decide together what follows from it."), sign="ArrowRight"
            )
            if sheet.can_correct
            else None,
        ],
        actions=[
            press(_("To the decisions"), DECIDE, carried(sheet.dialogue.id), primary=sheet.can_correct, inputs="none"),
            press(_("Correct"), CORRECT, carried(sheet.dialogue.id), inputs="none") if sheet.can_correct else None,
            press(_("Add a remark"), REMARK, carried(sheet.dialogue.id), inputs="none")
            if sheet.leads and sheet.dialogue.state is DialogueState.CLOSED
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(OPEN, carried(sheet.dialogue.id)),
        summary=_("Shared reflection: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def added_later(_: Translator, addenda: Sequence[tuple[Addendum, Person]]) -> list[Element]:
    """I14: "addenda show author and time"."""
    if not addenda:
        return []
    rows = [said(added.text, by=signed(_, author, added.written_at), spacing="Small") for added, author in addenda]
    return [section(_("Added later")), *rows]


def choose_note_taker(
    _: Translator, sheet: Sheet, colleagues: Sequence[Person], *, problems: Problems | None = None
) -> Card:
    """Which colleague at the institution writes the reflection and the decisions."""
    about = carried(sheet.dialogue.id)
    return which_colleague(
        _,
        _("Name a note-taker"),
        _("Who takes the notes?"),
        where=sheet.institution,
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        explained=_(
            "Your draft is saved. The note-taker sees it, writes the reflection and the decisions, and is reminded "
            "in your place."
        ),
        colleagues=colleagues,
        ask=press(_("Name the note-taker"), NAME, about, primary=True),
        back=press(_("Back"), OPEN, about, inputs="none"),
        problems=problems,
    )


def named(_: Translator, sheet: Sheet) -> Card:
    """The leader's card while a colleague takes the notes; of decisions, each has drafts of their own."""
    who = sheet.note_taker.name if sheet.note_taker else ""
    is_saved = sheet.reflection.is_saved
    return card(
        _,
        _("A colleague takes the notes"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_("With a colleague"), "accent", "People"),
        seen_by=_("you and %(who)s", who=who),
        body=[
            note(
                _("Next step: the decisions – %(who)s. You can still write, too.", who=who)
                if is_saved
                else _("Next step: the shared reflection – %(who)s. You can both see what is written.", who=who),
                sign="ArrowRight",
            )
        ],
        actions=[
            press(_("Continue"), DECIDE if is_saved else OPEN, carried(sheet.dialogue.id), inputs="none"),
            press(_("Take the notes myself"), TAKE_BACK, carried(sheet.dialogue.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def over(_: Translator, dialogue: Dialogue, where: Institution, why: Expired, *, typed: Form | None = None) -> Card:
    """Why nothing can be written now, and everything that was typed, to be copied."""
    reasons = {
        "dialogue_cancelled": _("The dialogue has been cancelled, so there is nothing to reflect on."),
        "dialogue_not_begun": _("The dialogue has not begun yet. You can write the reflection once it has."),
        "dialogue_closed": _("The dialogue is closed, so nothing in it can be changed."),
    }
    return card(
        _,
        _("Shared reflection"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[text(reasons[why.code], spacing="Medium"), *(_copied(_, typed) if typed else [])],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def refused(_: Translator, *, typed: Form) -> Card:
    """For somebody who may not write in it: their own words, and nothing of the reflection."""
    return refusal.show(_, NotAllowed(), written=_copied(_, typed))


def nothing_to_reflect_on(_: Translator) -> Card:
    return card(
        _,
        _("Nothing to reflect on yet"),
        seen_by=_("only you"),
        body=[
            text(_("You write the shared reflection during the dialogue, or after it."), spacing="Medium"),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _data(_: Translator, sheet: Sheet) -> list[str]:
    basis = sheet.reflection.basis
    chosen = [figure_line(_, each) for each in sheet.figures if each.id in basis.figures]
    chosen += [_(SOURCES[each]) for each in basis.sources]
    return chosen + heard.lines_of(_, sheet.heard, basis.perspectives)


def _answer(_: Translator, name: str, words: str) -> list[Element]:
    if not words:
        return []
    return [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words, spacing="ExtraSmall")]


def _copied(_: Translator, typed: Form) -> list[Element]:
    """What was typed and cannot be kept, so that it can be copied."""
    if not isinstance(typed.content, Understanding):
        return []
    written: list[Element] = []
    for name in ("interpretation", "analysis", "cross"):
        written += _answer(_, name, getattr(typed.content, name))
    return draft.given_back(_, written)


def step_of(problems: Problems) -> ReflectionStep:
    """The first step in which something is wrong."""
    return next(step for step in ReflectionStep if any(name in _FIELDS[step] for name in problems.fields))
