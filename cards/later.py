"""*Ikke nu*: when shall the card come again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cards import form, overview
from cards.asking import TRY
from cards.form import Data, carried
from cards.kit import Action, Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import text
from domain.quiet import Snooze

CHOOSE = "later.choose"
ASK = "later.ask"
MOST_FIELDS = 5
TITLES = {
    Snooze.TOMORROW: N_("Tomorrow"),
    Snooze.MONDAY: N_("On Monday"),
    Snooze.NEXT_WEEK: N_("Next week"),
}


@dataclass(frozen=True, kw_only=True)
class LaterForm:
    """Which view of which matter, and when."""

    view: str
    subject_id: UUID
    when: Snooze | None

    @classmethod
    def read(cls, data: Data) -> "LaterForm":
        return cls(
            view=form.text(data, "view")[:60],
            subject_id=form.subject_id(data),
            when=form.choice(data, "when", Snooze),
        )


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """Which view of which matter shall come again, and what was typed in its card, by field; a date by itself."""

    view: str
    subject_id: UUID
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    days: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def read(cls, data: Data) -> "PutOff":
        names = [each for each in form.text(data, "fields").split(",") if each]
        dated = [each for each in form.text(data, "days").split(",") if each]
        return cls(
            view=form.text(data, "view")[:60],
            subject_id=form.subject_id(data),
            typed={name: form.text(data, name) for name in names[:MOST_FIELDS]},
            days={name: day for name in dated[:MOST_FIELDS] if (day := form.day(data, name))},
        )


def put_off(_: Translator, view: str, subject_id: UUID, *fields: str, days: Sequence[str] = ()) -> Action:
    """*Ikke nu* on a reminder that keeps no draft; what was typed in `fields` or chosen as `days` is given back."""
    return press(_("Not now"), ASK, carried(subject_id, view=view, fields=",".join(fields), days=",".join(days)))


def ask(
    _: Translator,
    view: str,
    subject_id: UUID,
    *,
    offered: Sequence[Snooze] = tuple(Snooze),
    was_kept: bool = False,
    written: Sequence[Element] = (),
) -> Card:
    """When it shall come again, of the times that are `offered`.

    `was_kept` says that what was written is saved; `written` is what was not, given back to be copied.
    """
    kept = _("What you have written is saved.") if was_kept else ""
    when = _("When should I bring the card back?") if offered else _("It is so close that I cannot put it off.")
    return card(
        _,
        _("Not now – then when?"),
        seen_by=_("only you"),
        body=[text(f"{kept} {when}".strip(), spacing="Medium"), *written],
        actions=[
            *[press(_(TITLES[each]), CHOOSE, carried(subject_id, view=view, when=each.value)) for each in offered],
            None if offered else press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def saved(_: Translator, due_at: datetime) -> Card:
    return card(
        _,
        _("I will come back"),
        seen_by=_("only you"),
        body=[text(_("You will hear from me on %(moment)s.", moment=_.moment(due_at)), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def nothing_waits(_: Translator) -> Card:
    return card(
        _,
        _("Nothing waits for you"),
        seen_by=_("only you"),
        body=[
            text(_("There is no card to put off just now."), spacing="Medium"),
            text(_("What you have saved stays, also when it takes time. A meeting can be moved."), spacing="Small"),
        ],
        actions=[
            press(_("My overview"), overview.OPEN, carried()),
            press(_("Move a meeting"), TRY, carried(words=_("move the meeting")), inputs="none"),
        ],
    )
