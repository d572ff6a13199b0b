"""C21 to the chief: what a change of leader holds, and what was chosen for each agreement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from cards import draft, form, overview, refusal
from cards.form import Data, carried
from cards.inherited import Inherited
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import said, text
from cards.which import which
from domain.agreement import Agreement
from domain.errors import NotAllowed
from domain.handover import AT_A_TIME, Handover
from domain.organisation import Institution, Person

OPEN = "handover.open"
SAVE = "handover.save"
DROP = "handover.drop"
LATER = "handover.later"


class Fate(StrEnum):
    """What becomes of an agreement, besides going on with one of the leaders."""

    DROPPED = "dropped"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Row:
    """An agreement with the leader it was made with, and the one it is with now."""

    agreement: Agreement
    former: Person
    leader: Person


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A change of leader as a chief of the institution sees it.

    `leaders` lead the institution now, and can be given an agreement; `new` are the new ones among them, and `former`
    those whose agreements they are. `waiting` is undecided, `settled` has been decided. `has_met` tells a chief who has
    written notes with one of them.
    """

    institution: Institution
    leaders: Sequence[Person]
    new: Sequence[Handover]
    former: Sequence[Person]
    waiting: Sequence[Row]
    settled: Sequence[Row]
    inherited: Inherited
    has_met: bool = True


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was chosen for one agreement: a leader's id, a `Fate`, or nothing."""

    agreement_id: UUID
    leader_id: UUID | None = None
    fate: Fate | None = None

    @property
    def value(self) -> str:
        return str(self.leader_id or self.fate or "")


@dataclass(frozen=True, kw_only=True)
class DecideForm:
    """A choice for each agreement shown; `skipped` are those that were left undecided before."""

    institution_id: UUID
    choices: tuple[Choice, ...]
    skipped: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, data: Data) -> "DecideForm":
        shown = form.ids(data, "a")[:AT_A_TIME]
        return cls(
            institution_id=form.subject_id(data),
            choices=tuple(
                Choice(
                    agreement_id=each,
                    leader_id=form.optional_id(data, f"c{number}"),
                    fate=form.choice(data, f"c{number}", Fate),
                )
                for number, each in enumerate(shown)
            ),
            skipped=form.ids(data, "s"),
        )


@dataclass(frozen=True, kw_only=True)
class DropForm:
    """Why each of these agreements is dropped."""

    institution_id: UUID
    reasons: tuple[tuple[UUID, str], ...] = field(repr=False)
    skipped: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, data: Data) -> "DropForm":
        shown = form.ids(data, "a")[:AT_A_TIME]
        return cls(
            institution_id=form.subject_id(data),
            reasons=tuple((each, form.text(data, f"r{number}")) for number, each in enumerate(shown)),
            skipped=form.ids(data, "s"),
        )


def choose(_: Translator, places: Sequence[Institution]) -> Card:
    return which(
        _, _("Which institution?"), _("Institution"), [(where.id, where.name, where.name) for where in places], OPEN
    )


def nothing(_: Translator) -> Card:
    return card(
        _,
        _("No change of leader"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "I will write to you when an institution of yours gets a new leader, or when you become one "
                    "yourself."
                ),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, words: Sequence[str]) -> Card:
    """For somebody who may not decide it: their own words, and nothing of what is kept."""
    written = [said(each, spacing="Small") for each in words if each]
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written))
