"""*Mandagsliste*: whether what waits comes as a list on Monday morning."""

from dataclasses import dataclass

from cards import form, overview
from cards.form import Data, carried
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.parts import State, text

OPEN = "monday.open"
SET = "monday.set"


@dataclass(frozen=True)
class MondayForm:
    """Whether the list shall come."""

    is_on: bool

    @classmethod
    def read(cls, data: Data) -> "MondayForm":
        return cls(form.number(data, "on") == 1)


def ask(_: Translator, *, is_on: bool) -> Card:
    """What the list is, and the choice."""
    return card(
        _,
        _("Monday list"),
        seen_by=_("only you"),
        state=_on(_) if is_on else None,
        body=[
            text(_("On Mondays at 8:00 you can have one list of what is waiting for you."), spacing="Medium"),
            text(
                _(
                    "It only comes when something is waiting, and not on public holidays or in school holidays. I"
                    " send no other reminder that day of what is on it."
                ),
                spacing="Small",
            ),
        ],
        actions=[_off(_) if is_on else press(_("Send it on Mondays"), SET, carried(on=1), primary=True), _overview(_)],
    )


def saved(_: Translator, *, is_on: bool) -> Card:
    if is_on:
        return card(
            _,
            _("Your Monday list is on"),
            seen_by=_("only you"),
            state=_on(_),
            body=[text(_("It comes on Mondays at 8:00, when something is waiting for you."), spacing="Medium")],
            actions=[_off(_), _overview(_)],
        )
    return card(
        _,
        _("Your Monday list is off"),
        seen_by=_("only you"),
        body=[text(_("Reminders come one by one, as before."), spacing="Medium")],
        actions=[press(_("Send it on Mondays"), SET, carried(on=1)), _overview(_)],
    )


def opening(_: Translator) -> Action:
    """A button to the choice, for cards about reminders."""
    return press(_("Monday list"), OPEN, carried())


def _on(_: Translator) -> State:
    return State(_("On"), "accent", "Alert")


def _off(_: Translator) -> Action:
    return press(_("Turn it off"), SET, carried(on=0))


def _overview(_: Translator) -> Action:
    return press(_("My overview"), overview.OPEN, carried())
