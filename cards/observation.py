"""An invitation to observe as it is typed, and what a draft of it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, refusal
from cards.appointment import slots_in
from cards.form import Data, carried
from cards.kit import Card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import said, text
from domain.appointment import MINUTES
from domain.errors import NotAllowed, Problems
from domain.focus_area import FocusArea
from domain.guide import ObservationGuide
from domain.invitation import InvitationContent, InvitationStep, What, When, Whom
from domain.observation import Observation
from domain.observer import Candidate
from domain.organisation import Institution, Person
from domain.text import TITLE

BEGIN = "observation.begin"
NEW = "observation.new"
OPEN_DRAFT = "observation.open"
NEXT = "observation.next"
BACK = "observation.back"
DRAFT = "observation.draft"
SEARCH = "observation.search"
SEND = "observation.send"

LABELS = {
    "observer_id": N_("Whom would you like to invite?"),
    "search": N_("Find somebody else by name or institution"),
    "where": N_("Where will the observer be?"),
    "focus": N_("What should the observer look for?"),
    "points": N_("Focus points from the guide"),
    "focus_area_id": N_("Is it about one of your focus areas?"),
    "slots": N_("Suggested times"),
    "minutes": N_("For how long?"),
    "informed": N_("The staff"),
}
_OF_STEP = {
    InvitationStep.WHOM: ("observer_id",),
    InvitationStep.WHAT: ("where", "focus", "points", "focus_area_id"),
}
LISTED = 8
# A choice of its own: an empty one shows nothing as chosen.
NO_AREA = "none"


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """An invitation that is being written, for its author: `listed` are those to choose from just now.

    `suggested` says that they are suggestions and not what was searched for, `more` how many a search found besides.
    """

    institution: Institution
    author: Person
    observation: Observation
    guide: ObservationGuide
    listed: Sequence[Candidate]
    suggested: bool
    more: int = 0
    searched: str = ""
    chosen: Candidate | None = None
    focus_areas: Sequence[FocusArea] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One step as it was typed; `was` marks what it held when the card was drawn, `search` is a name to look for."""

    observation_id: UUID
    step: InvitationStep
    content: InvitationContent = field(repr=False)
    search: str = field(default="", repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", InvitationStep) or InvitationStep.WHOM
        return cls(
            observation_id=form.subject_id(data),
            step=step,
            content=_READ[step](data),
            search=form.text(data, "search")[:TITLE],
            was=form.text(data, "v"),
        )


@dataclass(frozen=True, kw_only=True)
class Another:
    """Somebody else to be invited with the words of an invitation that came to nothing."""

    observation_id: UUID
    person_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "Another":
        return cls(observation_id=form.subject_id(data), person_id=form.optional_id(data, "o"))


def saved(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        sheet.institution.name,
        seen_by=_("only you"),
        go_on=press(_("Continue"), OPEN_DRAFT, carried(sheet.observation.id), primary=True),
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, typed)))


def written(_: Translator, typed: Form) -> list[Element]:
    """What was typed, by its question."""
    if not isinstance(typed.content, What):
        return []
    parts: list[Element] = []
    for name in ("where", "focus"):
        if words := getattr(typed.content, name):
            parts += [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words)]
    return parts


def step_of(problems: Problems) -> InvitationStep:
    """The first step in which something is wrong."""
    for step, names in _OF_STEP.items():
        if any(name in names for name in problems.fields):
            return step
    return InvitationStep.WHEN


def _read_whom(data: Data) -> Whom:
    return Whom(observer_id=form.optional_id(data, "observer_id"))


def _read_what(data: Data) -> What:
    places = form.text(data, "points").split(",")
    return What(
        where=form.text(data, "where"),
        focus=form.text(data, "focus"),
        points=tuple(sorted({int(each) for each in places if each.strip().isdecimal() and len(each) < 3})),
        focus_area_id=form.optional_id(data, "focus_area_id"),
    )


def _read_when(data: Data) -> When:
    minutes = form.number(data, "minutes")
    return When(
        slots=slots_in(data),
        minutes=minutes if minutes in MINUTES else MINUTES[1],
        informed=form.is_on(data, "informed"),
    )


_READ: dict[InvitationStep, Callable[[Data], InvitationContent]] = {
    InvitationStep.WHOM: _read_whom,
    InvitationStep.WHAT: _read_what,
    InvitationStep.WHEN: _read_when,
}
