"""What an institution does about a recommendation, and whether those who gave it have heard."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.focus_area import given_back as each_given_back
from cards.form import Data, carried
from cards.inputs import choices, date_input, long_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, facts, names_hint, note, said, text
from cards.which import which
from cards.words import GROUPS
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution, Person
from domain.perspective import Answered, Perspective, Recommendation, Response

OPEN = "recommendation.open"
SAVE = "recommendation.save"
LATER = "recommendation.later"
SEE = "perspective.open"

RESPONSES = {
    Response.FOLLOWED: N_("Follow it"),
    Response.PARTLY: N_("Partly"),
    Response.NOT_FOLLOWED: N_("Not now, because …"),
}
# The same as a state, which gives no reason.
STATES = {**RESPONSES, Response.NOT_FOLLOWED: N_("Not now")}

LABELS = {
    "response": N_("What do you do about the recommendation?"),
    "reason": N_("Why?"),
    "reported_on": N_("Have you reported back to the children or the parents? Choose the date"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Form:
    """An answer as typed; `was` marks what was kept when the card was drawn."""

    recommendation_id: UUID
    answered: Answered = field(repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        response = form.choice(data, "response", Response)
        return cls(
            recommendation_id=form.subject_id(data),
            answered=Answered(
                response=None if response is Response.OPEN else response,
                reason=form.text(data, "reason"),
                reported_on=form.day(data, "reported_on"),
            ),
            was=form.text(data, "v"),
        )


def ask(
    _: Translator,
    kept: Recommendation,
    about: Perspective,
    where: Institution,
    *,
    viewer: Person,
    answered_by: Person | None = None,
    typed: Form | None = None,
    problems: Problems | None = None,
) -> Card:
    """The answer, and when those who recommended it were told."""
    shown = typed.answered if typed else kept.content
    return card(
        _,
        _("What do you do about it?"),
        subtitle=f"{_(GROUPS[about.group])} · {where.name}",
        state=_state(_, kept),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        minutes=1,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=viewer,
                written_by=answered_by,
                written_at=kept.responded_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, kept, name),
            ),
            text(_("They recommend"), small=True, subtle=True, spacing="Medium"),
            said(kept.text, spacing="ExtraSmall"),
            choices(
                "response",
                label(_, "response"),
                [(each.value, _(words)) for each, words in RESPONSES.items()],
                chosen=shown.response or "",
                required=True,
                problem=wrong.at(_, problems, "response"),
            ),
            long_input(
                "reason",
                label(_, "reason"),
                value=shown.reason,
                placeholder=_("Required unless you follow it"),
                problem=wrong.at(_, problems, "reason"),
            ),
            date_input(
                "reported_on",
                label(_, "reported_on"),
                value=shown.reported_on,
                problem=wrong.at(_, problems, "reported_on"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save"), SAVE, carried(kept.id, v=digest(kept.content)), primary=True),
            press(_("Not now"), LATER, carried(kept.id)),
            press(_("See the perspective"), SEE, carried(about.id), inputs="none"),
        ],
        summary=_("A recommendation at %(institution)s waits for an answer", institution=where.name),
    )


def show(_: Translator, kept: Recommendation, about: Perspective, where: Institution) -> Card:
    """What was answered, and what is left to do."""
    told = _.date(kept.reported_on) if kept.reported_on else _("Not yet")
    return card(
        _,
        _("The recommendation"),
        subtitle=f"{_(GROUPS[about.group])} · {where.name}",
        state=_state(_, kept),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[
            said(kept.text, spacing="Medium"),
            *_why(_, kept),
            facts([(_("Feedback to those who recommended it"), told)], spacing="Medium"),
            note(
                _("Next step for you: tell those who recommended it. I will ask again in two weeks."), sign="ArrowRight"
            )
            if kept.reported_on is None
            else None,
        ],
        actions=[
            press(_("Correct"), OPEN, carried(kept.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def _why(_: Translator, kept: Recommendation) -> list[Element]:
    if not kept.reason:
        return []
    return [
        text(label(_, "reason"), small=True, subtle=True, spacing="Medium"),
        said(kept.reason, spacing="ExtraSmall"),
    ]


def choose(_: Translator, found: Sequence[tuple[Recommendation, Institution]], *, are_latest: bool = False) -> Card:
    rows = [(each.id, each.text, f"{each.text} · {where.name}") for each, where in found]
    title = _("The latest recommendations") if are_latest else _("Recommendations waiting")
    return which(_, title, _("Recommendation"), rows, OPEN)


def none_waits(_: Translator, *, are_latest: bool = False) -> Card:
    """`are_latest` says that none has come, to whoever asks for those that came last."""
    return card(
        _,
        _("No recommendations yet") if are_latest else _("No recommendations waiting"),
        seen_by=_("only you"),
        body=[text(_("What children, young people and parents recommend is shown here until it is answered."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not answer it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=given_back(_, typed.answered))


def given_back(_: Translator, typed: Answered, kept: Answered | None = None) -> list[Element]:
    """What was typed and is not kept, to be copied."""
    kept = kept or Answered()
    written = [("reason", typed.reason)] if typed.reason != kept.reason else []
    if typed.reported_on and typed.reported_on != kept.reported_on:
        written.append(("reported_on", _.date(typed.reported_on)))
    return each_given_back(_, [(_(LABELS[name]), words) for name, words in written])


def _stored_words(_: Translator, kept: Recommendation, name: str) -> str:
    match name:
        case "response":
            return _(RESPONSES[kept.response]) if kept.response in RESPONSES else ""
        case "reported_on":
            return _.date(kept.reported_on) if kept.reported_on else ""
        case _other:
            return kept.reason


def _state(_: Translator, kept: Recommendation) -> State:
    if kept.response is Response.OPEN:
        return State(_("Waits for an answer"), "accent")
    return State(_(STATES[kept.response]), "neutral")
