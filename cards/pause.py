"""A pause from reminders."""

from dataclasses import dataclass
from datetime import date

from cards import form, monday
from cards.form import Data, carried
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.parts import State, hint, note, text

SET = "pause.set"
LONGEST = 8


@dataclass(frozen=True)
class PauseForm:
    """For how many weeks, 0 to end the pause; or `until` a day, that day included."""

    weeks: int
    until: date | None = None

    @classmethod
    def read(cls, data: Data) -> "PauseForm":
        return cls(min(max(form.number(data, "weeks"), 0), LONGEST), form.day(data, "until"))


def ask(
    _: Translator,
    *,
    paused_until: date | None,
    wanted: date | None = None,
    is_shortened: bool = False,
    is_past: bool = False,
) -> Card:
    """For how long; `wanted` is the last day that was written, `is_shortened` where it lay further ahead than a pause
    lasts, and `is_past` where the day of an older card has passed."""
    return card(
        _,
        _("Pause reminders"),
        seen_by=_("only you"),
        state=State(_("Paused"), "neutral", "Pause") if paused_until else None,
        body=[
            hint(_("The day on that card has passed, so nothing is changed."), spacing="Medium") if is_past else None,
            text(_("Paused up to and including %(day)s.", day=_.date(paused_until)), spacing="Medium")
            if paused_until
            else None,
            note(_("I understood: a pause up to and including %(day)s.", day=_.date(wanted)), sign="Calendar")
            if wanted
            else None,
            hint(_("A pause lasts eight weeks at most. You can make it longer later on.")) if is_shortened else None,
            text(
                _("Until then I only write when a dialogue is moved, or when you ask me something."), spacing="Medium"
            ),
        ],
        actions=[
            press(_("Pause until then"), SET, carried(weeks=0, until=wanted.isoformat()), primary=True)
            if wanted
            else None,
            press(_("For 1 week"), SET, carried(weeks=1)),
            press(_("For 2 weeks"), SET, carried(weeks=2), primary=wanted is None),
            press(_("For 4 weeks"), SET, carried(weeks=4)),
            _resume(_) if paused_until else None,
            monday.opening(_),
        ],
    )


def saved(_: Translator, *, paused_until: date | None, is_quiet: bool = True) -> Card:
    """What is so from now on; `is_quiet` as in the welcome."""
    if paused_until is None:
        words = (
            _("I write on working days, at most once a day.")
            if is_quiet
            else _("I write when something is near or waits for you.")
        )
        return card(
            _,
            _("Reminders are on"),
            seen_by=_("only you"),
            body=[text(words, spacing="Medium")],
            actions=[press(_("Pause for 2 weeks"), SET, carried(weeks=2)), monday.opening(_)],
        )
    return card(
        _,
        _("Reminders are paused"),
        seen_by=_("only you"),
        state=State(_("Paused"), "neutral", "Pause"),
        body=[
            text(_("Paused up to and including %(day)s.", day=_.date(paused_until)), spacing="Medium"),
            text(_("I still write if a dialogue is moved."), spacing="Small"),
        ],
        actions=[_resume(_)],
    )


def _resume(_: Translator) -> Action:
    return press(_("Resume reminders"), SET, carried(weeks=0))
