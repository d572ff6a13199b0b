"""The cards of a learning dialogue's decisions: two steps to write one, and the list of those that were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from cards import draft, form, given, overview, refusal
from cards import problems as wrong
from cards.colleague import which_colleague
from cards.form import Data, carried
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Action, Card, again, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element, Space
from cards.parts import facts, hint, names_hint, note, progress, said, text
from cards.which import which
from cards.words import SOURCES, dialogue_line, dialogue_name, dialogue_state, figure_line, last_word, signed
from domain.acknowledgement import Given
from domain.board import BoardNote
from domain.data_package import KeyFigure
from domain.decision import (
    LONGEST,
    Decision,
    DecisionContent,
    DecisionKind,
    DecisionStep,
    Involvement,
    What,
    Who,
)
from domain.dialogue import Addendum, Dialogue, DialogueState
from domain.draft import digest
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.focus_area import FocusArea
from domain.organisation import Institution, Person
from domain.preparation import Source
from domain.text import TITLE

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
    DecisionKind.MEASURE: N_("Set a measure going"),
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
    DecisionStep.WHAT: ("kind", "focus_area", "focus_area_id", "text", "based", "figures", "sources"),
    DecisionStep.WHO: ("children", "parents", "involve_by", "owner", "due"),
}
# What a field of the domain is called on the card.
_ASKED_AS = {"focus_area_id": "focus_area", "figures": "based", "sources": "based"}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[_ASKED_AS.get(name, name)])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything the cards of a dialogue's decisions show; read for one person, who is the `viewer`.

    `figures` and `sources` are the reflection's, `pending` is the saved decision whose focus area waits to be
    described, adjusted or closed, `draft` the one that the viewer has begun and not saved; `is_late` says that the
    chief is about to see that the record is missing. `board` is what the board said, and `can_send` whether the viewer
    may send it an extract.
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

    def known(self, content: DecisionContent) -> DecisionContent:
        """The half without data that the reflection did not rest on, or focus areas that are not theirs."""
        if not isinstance(content, What):
            return content
        if self.decision.is_saved:
            # What it is about has been settled, and is not asked for again.
            area_id = self.decision.what.focus_area_id
        else:
            area_id = content.focus_area_id if content.focus_area_id in {each.id for each in self.focus_areas} else None
        return replace(
            content,
            focus_area_id=area_id,
            figures=tuple(each.id for each in self.figures if each.id in content.figures),
            sources=tuple(each for each in self.sources if each in content.sources),
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


def ask(
    _: Translator,
    sheet: Sheet,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
    is_reflected: bool = False,
) -> Card:
    """The step the decision is at, with what is kept, or with what was typed and what is wrong with it.

    `is_reflected` says that the shared reflection has been saved in the press that led here.
    """
    decision = sheet.decision
    step = typed.step if typed else decision.step
    content = typed.content if typed else decision.content(step)
    kind = content.kind if isinstance(content, What) else decision.kind
    questions = _what(_, sheet, content, problems) if isinstance(content, What) else _who(_, sheet, content, problems)
    return card(
        _,
        _("Decisions"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("the leaders of the institution, your chief and the administration")
        if decision.is_saved
        else _("only you. The leaders of the institution, your chief and the administration see it when you save it."),
        minutes=2 if step is DecisionStep.WHAT else None,
        body=[
            note(
                _("The shared reflection. Your chief and the administration can read it now."),
                lead=_("Saved:"),
                sign="CheckmarkCircle",
            )
            if is_reflected
            else None,
            progress(_, step.number, len(DecisionStep), _(STEPS[step])),
            last_word(_) if sheet.is_late and not sheet.decisions else None,
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=decision.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, step, name),
            ),
            *questions,
            names_hint(_),
        ],
        actions=_buttons(_, sheet, step, kind),
        summary=_("Decisions: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def saved_draft(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("only you"),
        go_on=press(_("Go on"), ADD, carried(sheet.dialogue.id), primary=True),
    )


def show(_: Translator, sheet: Sheet) -> Card:
    """What was decided, and what can be done with it: a receipt for who recorded it, and what others read."""
    dialogue, is_open = sheet.dialogue, sheet.can_record
    parts: list[Element] = []
    for each in sheet.decisions:
        parts += _decision(_, sheet, each)
    parts += board_notes(_, sheet.board)
    for added, author in sheet.addenda:
        parts.append(said(added.text, by=signed(_, author, added.written_at), spacing="Small"))
    if sheet.draft is not None:
        parts += _draft(_, sheet, sheet.draft)
    return card(
        _,
        _("Decisions"),
        subtitle=dialogue_line(_, dialogue, sheet.institution),
        state=dialogue_state(_, dialogue.state),
        seen_by=_("the leaders of the institution, your chief and the administration"),
        body=[*parts, *given.as_data(_, sheet.received), _next_step(_, sheet)],
        actions=_list_buttons(_, sheet)
        if is_open
        else [
            press(_("Copy to the minutes"), COPY, carried(dialogue.id), inputs="none"),
            press(_("Send to the board"), BOARD, carried(dialogue.id), inputs="none") if sheet.can_send else None,
            press(_("Add a remark"), REMARK, carried(dialogue.id), inputs="none")
            if dialogue.state is DialogueState.CLOSED and sheet.leads
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(OPEN, carried(dialogue.id)),
        summary=_("Decisions: %(dialogue)s", dialogue=dialogue_name(_, dialogue)),
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
        "dialogue_not_begun": _("The dialogue has not begun. You can write the decisions from then on."),
        "dialogue_not_recorded": _("There is no decision yet. Write one, or that there are no new ones."),
        "dialogue_closed": _("The dialogue is closed, so what stands in it stays as it is."),
    }
    can_read = why.code == "dialogue_closed"
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


def choose(_: Translator, sheet: Sheet) -> Card:
    """Which of the saved decisions to correct."""
    rows = [(each.id, kind_of(_, each), f"{kind_of(_, each)}: {each.what.text}") for each in sheet.decisions]
    return which(_, _("Which decision?"), _("Decision"), rows, CORRECT)


def copied(_: Translator, sheet: Sheet, minutes: str) -> Card:
    """The decisions as clean text, in a field that every client lets one mark and copy."""
    return card(
        _,
        _("For the minutes"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("only you"),
        body=[
            hint(_("Mark it all and copy it. When you share it outside the municipality, it is no longer internal.")),
            long_input("minutes", _("The decisions as text"), value=minutes, limit=len(minutes) + 1),
        ],
        actions=[press(_("Back"), OPEN, carried(sheet.dialogue.id), inputs="none")],
    )


def ask_close(_: Translator, sheet: Sheet) -> Card:
    """Asks once more: what is closed can be read and added to, and not changed."""
    return card(
        _,
        _("Close the record?"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "The preparation, the reflection and the decisions then stay as they are. "
                    "You can still add signed remarks."
                ),
                spacing="Medium",
            ),
            hint(_("The decisions become part of the supervision in the management line.")),
            *(_draft(_, sheet, sheet.draft) if sheet.draft else []),
        ],
        actions=[
            press(_("Yes, close it"), CLOSE, carried(sheet.dialogue.id), destructive=True, inputs="none"),
            press(_("Back"), OPEN, carried(sheet.dialogue.id), inputs="none"),
        ],
    )


def choose_note_taker(_: Translator, sheet: Sheet, colleagues: Sequence[Person]) -> Card:
    """Which colleague at the institution writes the decisions."""
    about = carried(sheet.dialogue.id)
    return which_colleague(
        _,
        _("Name a note-taker"),
        _("Who takes the notes?"),
        where=sheet.institution,
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        explained=_(
            "The note-taker writes the decisions and is reminded in your place. You can still write, too; "
            "your own draft is seen by nobody but you."
        ),
        colleagues=colleagues,
        ask=press(_("Name the note-taker"), NAME_NOTE_TAKER, about, primary=True),
        back=press(_("Back"), ADD, about, inputs="none"),
    )


def minutes_of(_: Translator, sheet: Sheet) -> str:
    """The decisions as plain text: what was decided, what it rests on, who took part and who follows up."""
    lines = [f"{_('Decisions')} – {dialogue_line(_, sheet.dialogue, sheet.institution)}", ""]
    for number, each in enumerate(sheet.decisions, start=1):
        lines.append(f"{number}. {kind_of(_, each)}: {each.what.text}")
        lines += [f"   {name}: {value}" for name, value in facts_of(_, sheet, each)]
        lines.append("")
    for told, author in sheet.board:
        lines.append(": ".join(filter(None, (board_line(_, told, author), told.said))))
    return "\n".join(lines).strip()


def board_notes(_: Translator, notes: Sequence[tuple[BoardNote, Person]], *, spacing: Space = "Large") -> list[Element]:
    """When the board was informed, and what it said."""
    parts: list[Element] = []
    for number, (told, author) in enumerate(notes):
        distance: Space = "Medium" if number else spacing
        parts.append(text(board_line(_, told, author), small=True, subtle=True, spacing=distance))
        if told.said:
            parts.append(said(told.said, spacing="ExtraSmall"))
    return parts


def board_line(_: Translator, told: BoardNote, author: Person) -> str:
    """Bestyrelsen blev orienteret 12. maj 2026; what was added to a closed dialogue is signed (I14)."""
    line = _("The board was informed on %(day)s", day=_.date(told.informed_on))
    return f"{line} · {author.name}, {_.date(told.written_at)}" if told.is_added else line


def step_of(problems: Problems) -> DecisionStep:
    """The first step in which something is wrong."""
    return next(step for step in DecisionStep if any(name in _FIELDS[step] for name in problems.fields))


def of_step(found: Mapping[str, Problem], step: DecisionStep) -> dict[str, Problem]:
    """What is wrong in one half."""
    return {name: problem for name, problem in found.items() if name in _FIELDS[step]}


def _what(_: Translator, sheet: Sheet, content: What, problems: Problems | None) -> list[Element]:
    data = [(str(each.id), figure_line(_, each)) for each in sheet.figures]
    data += [(each.value, _(SOURCES[each])) for each in sheet.sources]
    chosen = [*(str(each) for each in content.figures), *content.sources]
    kinds = [each for each in KINDS if sheet.focus_areas or not each.is_about_a_focus_area]
    if sheet.decisions:
        kinds = [each for each in kinds if each is not DecisionKind.NONE or content.kind is DecisionKind.NONE]
    if sheet.decision.is_saved and sheet.decision.kind is not None:
        kinds = [sheet.decision.kind]
    which_one = choices(
        "focus_area",
        label(_, "focus_area"),
        [(str(each.id), each.title) for each in sheet.focus_areas],
        chosen=str(content.focus_area_id) if content.focus_area_id else "",
        compact=True,
        placeholder=_("Only if it is about one"),
        problem=wrong.at(_, problems, "focus_area"),
    )
    only_figures = _("It rests on key figures alone. Is there an observation or a perspective that belongs here?")
    only_sources = _("It rests on qualitative data alone. Is there a key figure that belongs here?")
    return [
        choices(
            "kind",
            label(_, "kind"),
            [(each.value, _(KINDS[each])) for each in kinds],
            chosen=content.kind or "",
            required=True,
            problem=wrong.at(_, problems, "kind"),
        ),
        long_input(
            "text",
            label(_, "text"),
            value=content.text,
            required=True,
            placeholder=_("With no new decisions: why do you go on unchanged?"),
            limit=LONGEST,
            problem=wrong.at(_, problems, "text"),
        ),
        # No folded list stands where the other step has one: a client may keep the first one's choices there.
        *([which_one] if sheet.focus_areas and not sheet.decision.is_saved else []),
        choices(
            "based",
            label(_, "based"),
            data,
            chosen=chosen,
            many=True,
            problem=wrong.at(_, problems, "based"),
        ),
        *([hint(only_figures if content.figures else only_sources)] if content.one_kind_only else []),
        *given.as_data(_, sheet.received),
    ]


def _who(_: Translator, sheet: Sheet, content: Who, problems: Problems | None) -> list[Element]:
    is_asked = sheet.decision.kind is None or sheet.decision.kind.needs_involvement
    must_follow = sheet.decision.kind is None or sheet.decision.kind.needs_follow_up
    return [
        *[
            choices(
                name,
                label(_, name),
                [(each.value, _(words)) for each, words in DEGREES.items()],
                chosen=getattr(content, name) or "",
                compact=True,
                required=is_asked,
                placeholder=_("Choose"),
                problem=wrong.at(_, problems, name),
            )
            for name in ("children", "parents")
        ],
        date_input(
            "involve_by",
            label(_, "involve_by"),
            value=content.involve_by,
            problem=wrong.at(_, problems, "involve_by"),
        ),
        text_input(
            "owner",
            label(_, "owner"),
            value=content.owner,
            required=must_follow,
            placeholder=_("For instance “the team of year 5”"),
            limit=TITLE,
            problem=wrong.at(_, problems, "owner"),
        ),
        date_input(
            "due", label(_, "due"), value=content.due, required=must_follow, problem=wrong.at(_, problems, "due")
        ),
    ]


def _buttons(_: Translator, sheet: Sheet, step: DecisionStep, kind: DecisionKind | None) -> list[Action | None]:
    decision = sheet.decision
    data = carried(sheet.dialogue.id, d=str(decision.id), step=step.value, v=digest(decision.content(step)))
    if step is DecisionStep.WHO:
        return [
            press(_("Save the decision"), SAVE, data, primary=True),
            press(_("Save and add another"), SAVE_AND_ADD, data),
            press(_("Back"), BACK, data),
            None if decision.is_saved else press(_("Save draft"), DRAFT, data),
        ]
    is_only_step = kind is DecisionKind.NONE
    return [
        press(_("Save the decision"), SAVE, data, primary=True)
        if is_only_step
        else press(_("Next"), NEXT, data, primary=True),
        None if decision.is_saved else press(_("Save draft"), DRAFT, data),
        press(_("See the decisions"), LIST, data) if sheet.decisions else press(_("Not now"), LATER, data),
        press(_("Name a note-taker"), COLLEAGUE, data, hidden=True) if sheet.leads and not decision.is_saved else None,
    ]


def _list_buttons(_: Translator, sheet: Sheet) -> list[Action | None]:
    pending, about = sheet.pending, carried(sheet.dialogue.id)
    correct = (
        press(_("Correct"), CORRECT, carried(sheet.decisions[0].id), inputs="none")
        if len(sheet.decisions) == 1
        else press(_("Correct a decision"), EDIT, about, inputs="none")
    )
    follow = _(FOLLOWS[pending.kind]) if pending and pending.kind else ""
    return [
        press(follow, FOLLOW, carried(pending.id), primary=True, inputs="none") if pending else None,
        press(
            _("Go on with the draft") if sheet.draft else _("Add a decision"),
            ADD,
            about,
            primary=pending is None,
            inputs="none",
        ),
        press(_("Close the record"), ASK_CLOSE, about, inputs="none") if pending is None and sheet.leads else None,
        correct,
        press(_("Copy to the minutes"), COPY, about, inputs="none"),
        press(_("Send to the board"), BOARD, about, inputs="none") if sheet.can_send else None,
        press(_("My overview"), overview.OPEN, carried(), inputs="none"),
    ]


def _next_step(_: Translator, sheet: Sheet) -> Element | None:
    if sheet.dialogue.state is DialogueState.CLOSED:
        words = (
            _("The dialogue is closed, so what stands here stays as it is. You can add a signed remark.")
            if sheet.leads
            else _("The dialogue is closed, so what stands in it stays as it is.")
        )
        return note(words, sign="LockClosed")
    if not sheet.can_record:
        return None
    if sheet.pending is not None:
        words = {
            DecisionKind.CHOOSE: _("Next step for you: describe the focus area you have chosen."),
            DecisionKind.ADJUST: _("Next step for you: write what is new in the focus area."),
            DecisionKind.CLOSE: _("Next step for you: say how the focus area ended."),
        }[sheet.pending.kind or DecisionKind.CHOOSE]
        return note(words, sign="ArrowRight")
    return note(
        _("The decisions become part of the supervision in the management line. You can correct them until you close."),
        sign="ArrowRight",
    )


def _decision(_: Translator, sheet: Sheet, each: Decision) -> list[Element]:
    return [
        text(kind_of(_, each), small=True, subtle=True, spacing="Large"),
        said(each.what.text, spacing="ExtraSmall"),
        facts(facts_of(_, sheet, each), spacing="Small"),
    ]


def _draft(_: Translator, sheet: Sheet, begun: Decision) -> list[Element]:
    """The viewer's own draft, which nobody else sees: that there is one, and what stands in it."""
    is_over = sheet.dialogue.state is DialogueState.CLOSED
    words = (
        _("You had a decision in draft. It was not saved, and only you can see it.")
        if is_over
        else _("You have a decision in draft that only you can see. When you close, it is not among the decisions.")
    )
    parts: list[Element] = [hint(words, sign="Document", spacing="Medium")]
    if begun.what.text:
        parts.append(toggle_more(_("See the draft"), "draft", said(begun.what.text), spacing="Small"))
    return parts


def kind_of(_: Translator, each: Decision) -> str:
    """What kind of decision it is, in words."""
    return _(KINDS[each.kind]) if each.kind else ""


def facts_of(_: Translator, sheet: Sheet, each: Decision) -> list[tuple[str, str]]:
    """What the decision rests on, who took part in it, and who follows up."""
    rows = []
    if each.focus_area_id in sheet.titles and each.focus_area_id is not None:
        rows.append((_("Focus area"), sheet.titles[each.focus_area_id]))
    based = [figure.indicator for figure in sheet.figures if figure.id in each.what.figures]
    based += [_(SOURCES[source]) for source in each.what.sources]
    if based:
        rows.append((_("Based on"), " · ".join(based)))
    involved = [
        f"{group}: {_(DEGREES[degree]).lower()}"
        for group, degree in (
            (_("Children and young people"), each.who.children),
            (_("Parents"), each.who.parents),
        )
        if degree is not None
    ]
    if each.who.involve_by:
        involved.append(_("They are involved by %(day)s", day=_.date(each.who.involve_by)))
    if involved:
        rows.append((_("Involvement"), " · ".join(involved)))
    if each.who.owner:
        by = _.date(each.who.due) if each.who.due else ""
        rows.append((_("Follows up"), ", ".join(filter(None, (each.who.owner, by)))))
    return rows


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


def _stored_words(_: Translator, sheet: Sheet, step: DecisionStep, name: str) -> str:
    """What a field holds, as words."""
    value: Any = getattr(sheet.decision.content(step), name)
    if not value:
        return ""
    match name:
        case "kind":
            return _(KINDS[value])
        case "focus_area_id":
            return sheet.titles.get(value, "")
        case "figures":
            return _.join(each.indicator for each in sheet.figures if each.id in value)
        case "sources":
            return _.join(_(SOURCES[each]) for each in value)
        case "children" | "parents":
            return _(DEGREES[value])
        case "involve_by" | "due":
            return _.date(value)
        case _other:
            return str(value)
