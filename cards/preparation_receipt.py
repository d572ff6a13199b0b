"""What whoever prepares a dialogue gets besides the form: the receipt, later remarks, and the ways aside."""

from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal, remark
from cards.focus_area import WRITE_STATUS
from cards.focus_area_story import Story
from cards.form import Data, carried
from cards.kit import Card, again, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.parts import State, note, said, section, text
from cards.preparation import ADD, BEGIN, CORRECT, MOVE_DIALOGUE, SHARE, Form, Sheet, with_whom
from cards.preparation_read import content, seen_by, typed_words
from cards.words import dialogue_line, dialogue_name, dialogue_state, signed
from domain.dialogue import Dialogue, DialogueState
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution
from domain.status import Status


@dataclass(frozen=True, kw_only=True)
class AddendumForm:
    dialogue_id: UUID
    text: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "AddendumForm":
        return cls(dialogue_id=form.subject_id(data), text=form.text(data, "addendum"))


def saved(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=with_whom(_, sheet),
        go_on=press(_("Continue"), BEGIN, carried(sheet.dialogue.id), primary=True),
        body=_moved(_, sheet),
    )


def receipt(_: Translator, sheet: Sheet, *, addendum: str = "", problems: Problems | None = None) -> Card:
    """What was made ready, with *Ret* as long as the dialogue has not begun; after closing, what was added."""
    dialogue, is_closed = sheet.dialogue, sheet.dialogue.state is DialogueState.CLOSED
    added: list[Element] = []
    for each, author in sheet.addenda:
        added.append(said(each.text, by=signed(_, author, each.written_at), spacing="Small"))
    if is_closed and sheet.leads:
        added += remark.asked(_, "addendum", _("Add a remark"), addendum, problems, spacing="Large")
    is_over = not dialogue.can_be_prepared
    asks = sheet.leads and not is_over
    needy = next((each for each in sheet.stories if _has_no_next_step(each)), None) if asks else None
    next_step = (
        _("The dialogue is closed, so nothing here can be changed. You can add a signed remark.")
        if is_closed
        else _("The dialogue has been held.")
        if is_over
        else _("The dialogue has begun. If it did not take place, move it or cancel it.")
        if sheet.can_move and not sheet.can_correct
        else _(
            "Next step: the other participants can read it two working days before. You all meet on %(moment)s.",
            moment=_.moment(dialogue.starts_at),
        )
    )
    return card(
        _,
        _("The preparation is ready") if sheet.preparation.is_ready and not is_closed else _("The preparation"),
        subtitle=dialogue_line(_, dialogue, sheet.institution),
        state=dialogue_state(_, dialogue.state)
        if is_closed
        else State(_("Ready"), "good")
        if sheet.preparation.is_ready
        else None,
        seen_by=_remarks_seen_by(_, sheet) if is_closed else seen_by(_, sheet),
        body=[
            *_moved(_, sheet),
            note(next_step, sign="Info" if is_closed or is_over else "ArrowRight"),
            *([note(_needs_attention(_, needy), sign="Info")] if needy else []),
            toggle_more(_("Show what you wrote"), "written", *content(_, sheet)),
            *([section(_("Added later"))] if sheet.addenda else []),
            *added,
        ],
        actions=[
            press(_("Add the remark"), ADD, carried(dialogue.id), primary=True) if is_closed and sheet.leads else None,
            press(_("Write the next step"), WRITE_STATUS, carried(needy.area.id), primary=not is_closed, inputs="none")
            if needy
            else None,
            press(_("Correct"), CORRECT, carried(dialogue.id), inputs="none") if sheet.can_correct else None,
            press(_("Share with colleagues"), SHARE, carried(dialogue.id), inputs="none", hidden=bool(needy))
            if asks
            else None,
            press(_("Move the dialogue"), MOVE_DIALOGUE, carried(dialogue.id), inputs="none", hidden=True)
            if sheet.can_move
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=None if is_closed else again(BEGIN, carried(dialogue.id)),
        summary=_("Ready: %(dialogue)s", dialogue=dialogue_name(_, dialogue))
        if sheet.preparation.is_ready
        else _("The preparation"),
    )


def expired(
    _: Translator,
    dialogue: Dialogue,
    where: Institution,
    why: Expired,
    *,
    typed: Form | None = None,
    following: Dialogue | None = None,
) -> Card:
    """What became of the dialogue, the way to the next one, and everything that was typed, to be copied."""
    reason = {
        "dialogue_cancelled": _("The card is out of date, because the dialogue has been cancelled."),
        "dialogue_begun": _("The dialogue has begun, so the preparation stays as the participants have read it."),
    }.get(why.code, _("The card is out of date, because the dialogue has been held."))
    return card(
        _,
        _("The card is out of date"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[
            text(reason, spacing="Medium"),
            *(draft.given_back(_, typed_words(_, typed.content)) if typed else []),
        ],
        actions=[
            press(_("To the next dialogue"), BEGIN, carried(following.id), primary=True, inputs="none")
            if following
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def refused(_: Translator, *, typed: Form) -> Card:
    """For somebody who may not write in it: their own words, and nothing of the preparation."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, typed_words(_, typed.content)))


def nothing_to_prepare(_: Translator, *, leads: bool) -> Card:
    words = (
        _("No learning dialogue is planned for you yet. You will hear from me three weeks before the next one.")
        if leads
        else _("You have no learning dialogue to prepare. Leaders prepare them, or ask a colleague to.")
    )
    return card(
        _,
        _("Nothing to prepare"),
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _remarks_seen_by(_: Translator, sheet: Sheet) -> str:
    """A remark stands with the reflection and the decisions, and is seen by more than the preparation is."""
    who = (
        _("the leaders of the institution, its chief, the administration and the municipality's journal")
        if sheet.is_journal_on
        else _("the leaders of the institution, its chief and the administration")
    )
    return _("%(readers)s. Remarks are seen by %(who)s", readers=seen_by(_, sheet), who=who)


def _moved(_: Translator, sheet: Sheet) -> list[Element]:
    if not sheet.was_moved:
        return []
    return [note(_("The dialogue has been moved. Here is the new time – your text has moved with it."))]


def _has_no_next_step(story: Story) -> bool:
    """Whether it needs attention by the one word of a preparation, which asks for no next step and no 1:1."""
    last = story.last
    return last is not None and last.is_short and last.status is Status.NEEDS_ATTENTION


def _needs_attention(_: Translator, story: Story) -> str:
    return _(
        "“%(title)s” needs attention. Write the next step, and choose whether to bring it to your next 1:1.",
        title=story.area.title,
    )
