"""A feedback as its author types it, and what it is before it is sent: a draft, and what the host will read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, recognised, refusal
from cards.form import Data, carried
from cards.given import content
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import hint, text
from cards.visit import WRITE_FEEDBACK, Visit, visit_line
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.feedback import Curious, Described, Feedback, FeedbackContent, FeedbackStep
from domain.organisation import Person
from domain.visit import Carried, Note

OPEN = WRITE_FEEDBACK
NEXT = "feedback.next"
BACK = "feedback.back"
DRAFT = "feedback.draft"
PREVIEW = "feedback.preview"
SEND = "feedback.send"
SEND_SHOWN = "feedback.send_shown"
LATER = "feedback.later"

_FIELDS = {FeedbackStep.SEEN: ("saw", "supports")}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A feedback that is being written, for its author.

    `notes` are what was typed during the visit, and `carried` the field with those in it that it has not held yet.
    """

    visit: Visit
    feedback: Feedback
    viewer: Person
    notes: Sequence[Note] = ()
    carried: Carried = Carried("")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One half as it was typed; `was` marks what it held when the card was drawn.

    `last` is the last note that the card showed for the first time, `fits` the last of those that stood in the field.
    """

    observation_id: UUID
    step: FeedbackStep
    content: FeedbackContent = field(repr=False)
    was: str
    last: UUID | None = None
    fits: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", FeedbackStep) or FeedbackStep.SEEN
        typed: FeedbackContent
        if step is FeedbackStep.SEEN:
            typed = Described(saw=form.text(data, "saw"), supports=form.text(data, "supports"))
        else:
            typed = Curious(
                wonder=form.text(data, "wonder"),
                home=form.text(data, "home"),
                oral_on=form.day(data, "oral_on"),
                oral_later=form.is_on(data, "oral_later"),
                unnamed=form.is_on(data, "unnamed") or form.is_on(data, recognised.UNRECOGNISED),
            )
        return cls(
            observation_id=form.subject_id(data),
            step=step,
            content=typed,
            was=form.text(data, "v"),
            last=form.optional_id(data, "n"),
            fits=form.optional_id(data, "m"),
        )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A press on the preview; `was` marks what it showed, and `is_asked` whether its second half was asked about."""

    observation_id: UUID
    was: str
    is_asked: bool = False

    @classmethod
    def read(cls, data: Data) -> "Shown":
        return cls(
            observation_id=form.subject_id(data), was=form.text(data, "v"), is_asked=form.number(data, "asked") == 1
        )


def mark(kept: Feedback) -> str:
    """What a preview showed, in short."""
    return digest(kept.described) + digest(kept.curious)


def step_of(problems: Problems) -> FeedbackStep:
    """The first step in which something is wrong."""
    seen = any(name in _FIELDS[FeedbackStep.SEEN] for name in problems.fields)
    return FeedbackStep.SEEN if seen else FeedbackStep.TAKEN


def saved(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        visit_line(_, sheet.visit.observation, sheet.visit.host),
        seen_by=_("only you"),
        go_on=press(_("Continue"), OPEN, carried(sheet.visit.observation.id), primary=True),
    )


def preview(_: Translator, sheet: Sheet, *, is_asked: bool = False) -> Card:
    """What the host will read, and nothing else."""
    kept, visit = sheet.feedback, sheet.visit
    about = carried(visit.observation.id, v=mark(kept), asked=int(is_asked))
    return card(
        _,
        _("As the host will read it"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=_("only you, until you send it"),
        body=[
            text(
                _("%(who)s, %(home)s, writes:", who=sheet.viewer.name, home=visit.home.name if visit.home else ""),
                spacing="Medium",
            ),
            *content(_, kept.described, kept.curious),
            hint(_("When it is sent it stays as it is. You can add signed remarks.")),
        ],
        actions=[
            press(_("Send the feedback"), SEND_SHOWN, about, primary=True),
            press(_("Correct"), OPEN, carried(visit.observation.id)),
        ],
        summary=_("Feedback on the observation at %(institution)s", institution=visit.host.name),
    )


def none_to_write(_: Translator) -> Card:
    return card(
        _,
        _("No feedback to write"),
        seen_by=_("only you"),
        body=[text(_("You write feedback when you have observed at another institution."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=written(_, typed))


def written(_: Translator, typed: Form) -> list[Element]:
    """What was typed, to be copied."""
    half = typed.content
    described = half if isinstance(half, Described) else Described()
    return draft.given_back(_, content(_, described, half if isinstance(half, Curious) else Curious()))
