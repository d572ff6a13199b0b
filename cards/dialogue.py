"""A learning dialogue as those see it who take part: where it is, what has become of its time, and which of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import overview, preparation
from cards.dialogue_form import EXTRA, NUMBERED
from cards.form import carried
from cards.kit import Card, again, card, press
from cards.language import Translator
from cards.parts import facts, hint, note, text
from cards.time_and_place import when_and_where
from cards.which import which
from cards.words import dialogue_line, dialogue_name, dialogue_state
from domain.dialogue import Dialogue, DialogueState
from domain.errors import Expired
from domain.organisation import Institution

OPEN = "dialogue.open"
MOVE = "dialogue.move"
HELD = "dialogue.held"
ASK_CANCEL = "dialogue.ask_cancel"
CANCEL = "dialogue.cancel"
LATER = "dialogue.later"
NEW = "dialogue.new"
REFLECT = "reflection.open"
DECIDE = "decision.open"
ASK_CLOSE = "decision.ask_close"


@dataclass(frozen=True, kw_only=True)
class Life:
    """Where one dialogue is, as it is `told` to people, and what this person can do about it."""

    dialogue: Dialogue
    institution: Institution
    leads: bool
    can_record: bool
    can_read: bool
    told: DialogueState | None
    has_begun: bool
    can_change: bool = False
    can_read_preparation: bool = False
    closes_at: datetime | None = None


def choose(_: Translator, found: Sequence[tuple[Dialogue, Institution]], verb: str) -> Card:
    """Which of several dialogues, in the order given."""
    rows = [
        (dialogue.id, where.name, f"{where.name} · {dialogue_name(_, dialogue)} · {_.moment(dialogue.starts_at)}")
        for dialogue, where in found
    ]
    return which(_, _("Which dialogue?"), _("Dialogue"), rows, verb)


def moved(_: Translator, dialogue: Dialogue, where: Institution, *, by_me: bool) -> Card:
    """The new time: a receipt for who moved it, news for the others."""
    rows = when_and_where(_, dialogue.starts_at, dialogue.place, title=_("New time"))
    next_step = (
        _("Next step: I am telling the other participants now. What you have written has moved with it.")
        if by_me
        else _("Next step: put the new time into your calendar.")
    )
    prepare = press(_("Continue preparing"), preparation.BEGIN, carried(dialogue.id), primary=True) if by_me else None
    return card(
        _,
        _("The dialogue has been moved"),
        subtitle=f"{dialogue_name(_, dialogue)} · {where.name}",
        seen_by=_("the participants, and the chief for the institution"),
        body=[facts(rows, spacing="Medium"), note(next_step, sign="ArrowRight")],
        actions=[prepare, press(_("My overview"), overview.OPEN, carried())],
        summary=_(
            "Moved: %(dialogue)s, %(moment)s", dialogue=dialogue_name(_, dialogue), moment=_.moment(dialogue.starts_at)
        ),
    )


def over(_: Translator, dialogue: Dialogue, where: Institution, why: Expired) -> Card:
    """A dialogue that cannot be moved, cancelled or held as it stands now."""
    reasons = {
        "dialogue_cancelled": _("It has been cancelled, so there is nothing more to do with it."),
        "dialogue_not_begun": _("It has not begun yet."),
    }
    reason = reasons.get(why.code, _("It has begun or been held, so it can no longer be changed."))
    return card(
        _,
        _("The card is out of date"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[text(reason, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def show(_: Translator, life: Life) -> Card:
    """One dialogue: where it is, and the ways on from there."""
    dialogue = life.dialogue
    about = carried(dialogue.id)
    can_prepare = life.leads and dialogue.can_be_prepared and not life.has_begun
    is_recorded = dialogue.state is DialogueState.RECORDED
    rows = when_and_where(_, dialogue.starts_at, dialogue.place)
    return card(
        _,
        dialogue_name(_, dialogue),
        subtitle=life.institution.name,
        state=dialogue_state(_, life.told),
        seen_by=_("the participants, and the chief for the institution"),
        body=[facts(rows, spacing="Medium"), note(_next_step(_, life), sign="ArrowRight")],
        actions=[
            press(_("Prepare"), preparation.BEGIN, about, primary=True) if can_prepare else None,
            press(_("See preparation"), preparation.BEGIN, about) if life.can_read_preparation else None,
            press(
                _("See the reflection") if is_recorded else _("Write the reflection"),
                REFLECT,
                about,
                primary=not is_recorded,
            )
            if life.can_record and life.has_begun
            else None,
            press(_("To the decisions"), DECIDE, about) if life.can_read and life.has_begun else None,
            press(_("It has been held"), HELD, about) if dialogue.can_be_prepared and life.has_begun else None,
            press(_("Move the dialogue"), MOVE, about, hidden=life.has_begun) if life.can_change else None,
            press(_("Cancel the dialogue"), ASK_CANCEL, about, hidden=life.has_begun) if life.can_change else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        refresh=again(OPEN, about),
    )


def ask_cancel(_: Translator, dialogue: Dialogue, where: Institution) -> Card:
    """Asks once more, and says who hears of it."""
    return card(
        _,
        _("Cancel the dialogue?"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[
            text(_("The participants are told at once. What you have prepared can still be read."), spacing="Medium"),
            hint(_("If it should only be on another day, move it instead.")),
        ],
        actions=[
            press(_("Yes, cancel it"), CANCEL, carried(dialogue.id), destructive=True, inputs="none"),
            press(_("Move the dialogue"), MOVE, carried(dialogue.id), inputs="none"),
            press(_("Back"), OPEN, carried(dialogue.id), inputs="none"),
        ],
    )


def cancelled(_: Translator, dialogue: Dialogue, where: Institution, *, by_me: bool) -> Card:
    """A receipt for who cancelled it, news for the others."""
    kind = EXTRA if dialogue.number is None else NUMBERED
    another = (
        _("Next step for you: plan a new one, so that the half-year gets its dialogue.")
        if dialogue.number is not None
        else _("Next step for you: plan a new one, if you still need it.")
    )
    return card(
        _,
        _("The dialogue is cancelled"),
        subtitle=dialogue_line(_, dialogue, where),
        state=dialogue_state(_, dialogue.state),
        seen_by=_("the participants, and the chief for the institution"),
        body=[
            note(
                another if by_me else _("Next step: remove it from your calendar."),
                sign="ArrowRight",
            )
        ],
        actions=[
            press(_("Plan a new one"), NEW, carried(where.id, kind=kind), primary=True) if by_me else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Cancelled: %(dialogue)s", dialogue=dialogue_line(_, dialogue, where)),
    )


def planned(_: Translator, dialogue: Dialogue, where: Institution, *, by_me: bool, is_open: bool = False) -> Card:
    """A receipt for who planned it, news for the others; `is_open` when it is time to prepare it already."""
    rows = when_and_where(_, dialogue.starts_at, dialogue.place)
    if not by_me:
        next_step = _("Next step: put the time into your calendar.")
    elif is_open:
        next_step = _("Next step for you: prepare it. It is less than three weeks away.")
    else:
        next_step = _("Next step: I will write three weeks before, so that you can prepare it.")
    return card(
        _,
        _("A dialogue is planned"),
        subtitle=f"{dialogue_name(_, dialogue)} · {where.name}",
        seen_by=_("the participants, and the chief for the institution"),
        body=[facts(rows, spacing="Medium"), note(next_step, sign="ArrowRight")],
        actions=[
            press(_("Prepare"), preparation.BEGIN, carried(dialogue.id), primary=is_open) if by_me else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Planned: %(dialogue)s", dialogue=dialogue_line(_, dialogue, where)),
    )


def closing(
    _: Translator, dialogue: Dialogue, where: Institution, closes_at: datetime, *, has_draft: bool = False
) -> Card:
    """The notice before a dialogue closes by itself; `has_draft` says that a decision of the reader's is not saved."""
    return card(
        _,
        _("The record closes soon"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "It closes by itself on %(day)s. Until then you can correct the reflection and the decisions;"
                    " afterwards you can add signed remarks.",
                    day=_.date(closes_at),
                ),
                spacing="Medium",
            ),
            note(
                _(
                    "You have a draft of a decision that only you can see. When it closes, it is not among "
                    "the decisions."
                )
            )
            if has_draft
            else None,
        ],
        actions=[
            press(_("See the decisions"), DECIDE, carried(dialogue.id), primary=True),
            press(_("Close the record"), ASK_CLOSE, carried(dialogue.id)),
            press(_("Not now"), LATER, carried(dialogue.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("The record of a learning dialogue closes soon"),
    )


def none_planned(_: Translator) -> Card:
    return card(
        _,
        _("No learning dialogues yet"),
        seen_by=_("only you"),
        body=[text(_("The administration plans four in two years. A leader can plan an extra one at any time."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def none_begun(_: Translator) -> Card:
    """For whoever asks for the last one."""
    return card(
        _,
        _("No learning dialogue has begun yet"),
        seen_by=_("only you"),
        body=[text(_("Write “dialogues” to see those that are planned."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _next_step(_: Translator, life: Life) -> str:
    dialogue = life.dialogue
    if dialogue.state is DialogueState.CANCELLED:
        return _("It is cancelled. What was prepared can still be read.")
    if dialogue.state is DialogueState.CLOSED:
        return _("The dialogue is closed, so nothing in it can be changed.")
    if dialogue.state is DialogueState.RECORDED and life.closes_at is not None:
        return _("Next step: it closes by itself on %(day)s.", day=_.date(life.closes_at))
    if not life.has_begun:
        if dialogue.state is DialogueState.READY:
            return _("Next step: it is prepared. Meet, and reflect on it together.")
        return _("Next step: prepare it, and reflect on it together.")
    if life.can_change:
        return _("Next step: the shared reflection. If it did not take place, move it or cancel it.")
    return _("Next step: the shared reflection, and then the decisions.")
