"""A polite no, and a fault of ours: what a person sees instead of what they asked for."""

from collections.abc import Sequence

from cards import overview
from cards.form import Data, carried
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import said, text
from domain.errors import Refusal

SENTENCES = {
    "not_allowed": N_(
        "You do not have access to that. You can see information about the institutions you are responsible for."
    ),
    "dialogue_closed": N_("The card is out of date: the dialogue has been held or closed."),
    "dialogue_cancelled": N_("The card is out of date: the dialogue has been cancelled."),
    "dialogue_not_begun": N_("The dialogue has not begun yet."),
    "dialogue_not_recorded": N_("There is no decision yet. Write one, or that there are no new ones."),
    "reflection_missing": N_("Before you can record decisions, the shared reflection must be saved."),
    "dialogue_begun": N_("The dialogue has begun, so the preparation stays as the participants have read it."),
    "outside_responsibility": N_(
        "That belongs to institutions you are not responsible for. I answer about the ones you are."
    ),
    "practice_withdrawn": N_("The institution has withdrawn this practice, so it can no longer be read."),
    "focus_area_not_reached": N_(
        "A focus area can be shared while it is under way, and when it was closed as reached or rooted."
    ),
    "measure_not_done": N_("A measure can be shared when it is done."),
    "rectification_answered": N_("The request has been answered already."),
    "rectification_gone": N_("What it is about has been deleted since, as its time was over. Answer in words."),
    "rectification_no_line": N_(
        "The note can no longer be written in, since you two are not in the same line of management."
    ),
    "rectification_note_changed": N_(
        "There is a newer version of the note than the one on the card. Look at the request again."
    ),
    "anonymisation_answered": N_("The proposal has been answered already."),
    "anonymisation_expired": N_("Nobody answered the proposal within 14 days, so it is over. Propose it again."),
    "half_year_over": N_("The half-year is over, so its local priority stays as it was."),
    "dialogue_open": N_("The dialogue is not closed yet, so you can still correct the preparation itself."),
}

# For whatever has no sentence of its own: no access is another matter.
MOVED_ON = N_("The card is out of date, because the matter has moved on. In your overview you see where it is now.")


def show(_: Translator, refused: Refusal, *, written: Sequence[Element] = ()) -> Card:
    """The reason, and the way to what the person may see; `written` is what they typed, given back to them."""
    sentence = SENTENCES.get(refused.code, MOVED_ON)
    return card(
        _,
        _("That is not possible"),
        seen_by=_("only you"),
        body=[text(_(sentence), spacing="Medium"), *written],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def unknown_person(_: Translator, *, contact: str) -> Card:
    """For someone who is not in the municipality's list: no data, and whom to ask."""
    return card(
        _,
        _("I do not know you yet"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "I help leaders, observers and chiefs in the municipality's Children and Youth department. "
                    "You are not on the list I have been given, so I can show you nothing, and I keep nothing of "
                    "what you write."
                ),
                spacing="Medium",
            ),
            text(_("If you should be on it, ask:"), spacing="Medium"),
            text(contact, spacing="None"),
        ],
    )


def personal_chat_only(_: Translator) -> Card:
    return card(
        _,
        _("Write to me in our own chat"),
        seen_by=_("everyone in this chat"),
        body=[
            text(
                _("I only talk about dialogues and preparations in a personal chat, where nobody else can see it."),
                spacing="Medium",
            )
        ],
    )


def fault(_: Translator, reference: str) -> Card:
    """Something went wrong on our side; the reference finds it in the log."""
    return card(
        _,
        _("I could not do that just now"),
        seen_by=_("only you"),
        body=[
            text(
                _("Try again in a moment. If it keeps happening, give this reference: %(code)s", code=reference),
                spacing="Medium",
            )
        ],
    )


def fault_in_dialog(_: Translator, reference: str, verb: str, data: Data) -> Card:
    """The same in a dialog, which keeps nothing of its own: the button carries all that was typed to the next try."""
    why = _("Try again in a moment. If it keeps happening, give this reference: %(code)s", code=reference)
    return _again_in_dialog(_, _("I could not do that just now"), why, verb, data)


def fault_text(_: Translator, reference: str) -> str:
    """The same for a pressed button: the client shows it at the card, which stays as it is."""
    return _(
        "I could not save just now. Your text is still in the card – try again in a moment. Reference: %(code)s",
        code=reference,
    )


def too_many(_: Translator) -> Card:
    """Said once to somebody whose messages come faster than they are answered; they stand in the chat."""
    return card(
        _,
        _("A little at a time"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "You have sent many messages in a short time, and I have not read the last ones. "
                    "They are still here in the chat: send them again in a moment."
                ),
                spacing="Medium",
            )
        ],
    )


def too_fast_text(_: Translator) -> str:
    """The same for a pressed button: the client shows it at the card, which stays as it is."""
    return _("That was a lot at once. Your text is still in the card – try again in a moment.")


def too_fast_in_dialog(_: Translator, verb: str, data: Data) -> Card:
    """The same in a dialog, with all that was typed carried to the next try."""
    return _again_in_dialog(_, _("A little at a time"), _("That was a lot at once. Try again in a moment."), verb, data)


def _again_in_dialog(_: Translator, title: str, why: str, verb: str, data: Data) -> Card:
    typed = [value for value in data.values() if isinstance(value, str) and " " in value]
    return card(
        _,
        title,
        seen_by=_("only you"),
        body=[
            text(why, spacing="Medium"),
            text(_("What you wrote is sent along when you try again."), spacing="Small") if typed else None,
            *[said(each, spacing="Medium") for each in typed],
        ],
        actions=[press(_("Try again"), verb, data, primary=True) if verb else None],
    )
