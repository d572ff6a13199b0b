"""The list of a dialogue's decisions, and the last word before its record is closed."""

from cards import given, heard, overview, priority
from cards.decision import ADD, ASK_CLOSE, BOARD, CLOSE, COPY, CORRECT, EDIT, FOLLOW, FOLLOWS, OPEN, REMARK, Sheet
from cards.decision_minutes import board_notes, facts_of, kind_of
from cards.form import carried
from cards.journal import journal_note
from cards.kit import Action, Card, again, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.parts import facts, hint, note, said, text
from cards.which import which
from cards.words import dialogue_line, dialogue_name, dialogue_state, signed
from domain.decision import Decision, DecisionKind
from domain.dialogue import DialogueState


def show(_: Translator, sheet: Sheet) -> Card:
    """What was decided, and what can be done with it: a receipt for who recorded it, and what others read."""
    dialogue, is_open = sheet.dialogue, sheet.can_record
    parts: list[Element] = []
    for each in sheet.decisions:
        parts += _decision(_, sheet, each)
    for each in sheet.withdrawn:
        parts += _withdrawn(_, each)
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
        seen_by=_seen_by(_, sheet),
        body=[
            *parts,
            *_named(_, sheet),
            *given.as_data(_, sheet.received),
            journal_note(_, sheet.journal) if sheet.journal else None,
            _next_step(_, sheet),
        ],
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


def choose(_: Translator, sheet: Sheet) -> Card:
    """Which of the saved decisions to correct."""
    rows = [(each.id, kind_of(_, each), f"{kind_of(_, each)}: {each.what.text}") for each in sheet.decisions]
    return which(_, _("Which decision?"), _("Decision"), rows, CORRECT)


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
            hint(_("They are also handed over to the municipality's journal.")) if sheet.is_journal_on else None,
            *(_draft(_, sheet, sheet.draft) if sheet.draft else []),
        ],
        actions=[
            press(_("Yes, close it"), CLOSE, carried(sheet.dialogue.id), destructive=True, inputs="none"),
            press(_("Back"), OPEN, carried(sheet.dialogue.id), inputs="none"),
        ],
    )


def _seen_by(_: Translator, sheet: Sheet) -> str:
    if not sheet.is_journal_on and sheet.journal is None:
        return _("the leaders of the institution, its chief and the administration")
    if sheet.dialogue.state is DialogueState.CLOSED:
        return _("the leaders of the institution, its chief, the administration and the municipality's journal")
    return _(
        "the leaders of the institution, its chief and the administration, and the municipality's journal once the "
        "dialogue is closed"
    )


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
            _("Continue the draft") if sheet.draft else _("Add a decision"),
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
            _("The dialogue is closed, so nothing here can be changed. You can add a signed remark.")
            if sheet.leads
            else _("The dialogue is closed, so nothing in it can be changed.")
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


def _named(_: Translator, sheet: Sheet) -> list[Element]:
    """The perspectives that the decisions rest on, and the local priority, to be read."""
    named = {chosen for each in sheet.decisions for chosen in each.what.perspectives}
    kinds = {chosen for each in sheet.decisions for chosen in each.what.sources}
    return [*heard.as_data(_, sheet.heard, named), *priority.as_data(_, sheet.priority, kinds)]


def _withdrawn(_: Translator, each: Decision) -> list[Element]:
    """That there were no new decisions, as it was said before there was one."""
    when = _.date(each.withdrawn_at) if each.withdrawn_at else ""
    line = _("%(kind)s – withdrawn %(day)s, when a decision was made", kind=kind_of(_, each), day=when)
    return [text(line, small=True, subtle=True, spacing="Large"), said(each.what.text, spacing="ExtraSmall")]


def _draft(_: Translator, sheet: Sheet, begun: Decision) -> list[Element]:
    """The viewer's own draft, which nobody else sees: that there is one, and what stands in it."""
    is_over = sheet.dialogue.state is DialogueState.CLOSED
    words = (
        _("You had a draft of a decision. It was not saved, and only you can see it.")
        if is_over
        else _("You have a draft of a decision that only you can see. When you close, it is not among the decisions.")
    )
    parts: list[Element] = [hint(words, sign="Document", spacing="Medium")]
    if begun.what.text:
        parts.append(toggle_more(_("See the draft"), "draft", said(begun.what.text), spacing="Small"))
    return parts
