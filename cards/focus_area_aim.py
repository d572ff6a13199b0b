"""What is asked of a focus area that a decision chose, adjusts or closes, and what is typed; beside it the forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form
from cards.form import Data
from cards.language import N_, Translator
from domain.aims import FourAims
from domain.cycle import Theme
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.focus_area import USUALLY_EVERY, Aim, Closing, FocusArea
from domain.organisation import Institution, Person
from domain.theme import DiscussedWith

DESCRIBE = "focus_area.describe"
ADJUST = "focus_area.adjust"
CLOSE = "focus_area.close"
LATER = "focus_area.later"
CLOSE_LATER = "focus_area.close_later"

LABELS = {
    "theme": N_("Which political theme is it close to?"),
    "title": N_("Focus area"),
    "why": N_("Why this one?"),
    "signs": N_("Which signs will you look for?"),
    "first_step": N_("First step: who does what?"),
    "first_step_on": N_("When?"),
    "aims": N_("What should it strengthen?"),
    "owner": N_("Who is responsible for it?"),
    "asked_every": N_("How often should I ask how it is going?"),
    "discussed": N_("Whom have you discussed the theme with?"),
    "continues": N_("Does it continue an earlier focus area?"),
    "closing": N_("How did it end?"),
    "outcome": N_("What do you take with you from it?"),
}
_ASKED_AS = {"theme_id": "theme"}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[_ASKED_AS.get(name, name)])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a decision about a focus area needs: the focus area itself where there is one, and what can be chosen.

    `undiscussed` are those of the themes that were not discussed locally yet, as far as the bot has been told.
    """

    institution: Institution
    dialogue: Dialogue
    decision: Decision
    area: FocusArea | None
    themes: Sequence[Theme]
    viewer: Person
    earlier: Sequence[FocusArea] = ()
    active: int = 0
    undiscussed: Sequence[Theme] = ()
    written_by: Person | None = None

    @property
    def begins_with(self) -> Aim:
        """What stands in the card before anybody types: what is kept, or what the decision and the theme say."""
        if self.area is not None:
            return self.area.aim
        only = self.themes[0] if len(self.themes) == 1 else None
        return Aim(
            theme_id=only.id if only else None,
            why=self.decision.what.text,
            owner=self.decision.who.owner,
            aims=only.aims if only else (),
        )


@dataclass(frozen=True, kw_only=True)
class AimForm:
    """The focus area as it was described, for the decision that chose or adjusts it.

    `was` marks what it held when the card was drawn, `had_aims` that a theme's aims stood there to be changed.
    """

    decision_id: UUID
    aim: Aim = field(repr=False)
    continues: UUID | None = None
    discussed: tuple[DiscussedWith, ...] = ()
    had_aims: bool = False
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "AimForm":
        return cls(
            decision_id=form.subject_id(data),
            aim=Aim(
                theme_id=form.optional_id(data, "theme"),
                title=form.text(data, "title"),
                why=form.text(data, "why"),
                signs=form.text(data, "signs"),
                first_step=form.text(data, "first_step"),
                first_step_on=form.day(data, "first_step_on"),
                aims=form.choices(data, "aims", FourAims),
                owner=form.text(data, "owner"),
                asked_every=form.number(data, "asked_every") if form.text(data, "asked_every") else USUALLY_EVERY,
            ),
            continues=form.optional_id(data, "continues"),
            discussed=form.choices(data, "discussed", DiscussedWith),
            had_aims=bool(form.text(data, "o")),
            was=form.text(data, "v"),
        )


@dataclass(frozen=True, kw_only=True)
class CloseForm:
    decision_id: UUID
    closing: Closing | None
    outcome: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "CloseForm":
        return cls(
            decision_id=form.subject_id(data),
            closing=form.choice(data, "closing", Closing),
            outcome=form.text(data, "outcome"),
        )


def written(_: Translator, typed: AimForm, begun: Aim | None = None) -> list[tuple[str, str]]:
    """What was typed, by its question; but for what stood there to begin with."""
    names = ("title", "why", "signs", "first_step", "owner")
    return [
        (label(_, name), words)
        for name in names
        if (words := getattr(typed.aim, name)) and (begun is None or words != getattr(begun, name))
    ]
