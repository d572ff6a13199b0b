"""What an institution does about a recommendation, and whether those who gave it have heard."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, date_input, long_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.parts import State, facts, names_hint, note, problem, said, text
from cards.which import which
from cards.words import GROUPS
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution
from domain.perspective import Perspective, Recommendation, Response

OPEN = "recommendation.open"
SAVE = "recommendation.save"
LATER = "recommendation.later"
SEE = "perspective.open"

RESPONSES = {
    Response.FOLLOWED: N_("You follow it"),
    Response.PARTLY: N_("Partly"),
    Response.NOT_FOLLOWED: N_("Not now, because …"),
}


@dataclass(frozen=True, kw_only=True)
class Form:
    recommendation_id: UUID
    response: Response | None
    reason: str = field(repr=False)
    reported_on: date | None

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            recommendation_id=form.subject_id(data),
            response=form.choice(data, "response", Response),
            reason=form.text(data, "reason"),
            reported_on=form.day(data, "reported_on"),
        )


def ask(
    _: Translator,
    kept: Recommendation,
    about: Perspective,
    where: Institution,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
) -> Card:
    """The answer, and when those who recommended it were told."""
    response = typed.response if typed else kept.response
    return card(
        _,
        _("What do you do about it?"),
        subtitle=f"{_(GROUPS[about.group])} · {where.name}",
        state=_state(_, kept),
        seen_by=_("the leaders of the institution, your chief and the administration"),
        minutes=1,
        body=[
            problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
            text(_("They recommend"), small=True, subtle=True, spacing="Medium"),
            said(kept.text, spacing="ExtraSmall"),
            choices(
                "response",
                _("What do you do about the recommendation?"),
                [(each.value, _(words)) for each, words in RESPONSES.items()],
                chosen=response if response and response is not Response.OPEN else "",
                required=True,
                problem=wrong.at(_, problems, "response"),
            ),
            long_input(
                "reason",
                _("Why?"),
                value=typed.reason if typed else kept.reason,
                placeholder=_("Required unless you follow it"),
                problem=wrong.at(_, problems, "reason"),
            ),
            date_input(
                "reported_on",
                _("When did you tell those who recommended it?"),
                value=typed.reported_on if typed else kept.reported_on,
                problem=wrong.at(_, problems, "reported_on"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save"), SAVE, carried(kept.id), primary=True),
            press(_("Not now"), LATER, carried(kept.id), inputs="none"),
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
        seen_by=_("the leaders of the institution, your chief and the administration"),
        body=[
            said(kept.text, spacing="Medium"),
            facts([(_("Told to those who recommended it"), told)], spacing="Medium"),
            said(kept.reason, spacing="Small") if kept.reason else None,
            note(_("Next step: tell those who recommended it – you. I ask again in two weeks."), sign="ArrowRight")
            if kept.reported_on is None
            else None,
        ],
        actions=[
            press(_("Correct"), OPEN, carried(kept.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def choose(_: Translator, found: Sequence[tuple[Recommendation, Institution]]) -> Card:
    rows = [(each.id, each.text, f"{each.text} · {where.name}") for each, where in found]
    return which(_, _("Recommendations that wait"), _("Recommendation"), rows, OPEN)


def none_waits(_: Translator) -> Card:
    return card(
        _,
        _("No recommendations wait"),
        seen_by=_("only you"),
        body=[text(_("What children, young people and parents recommend stands here until it is answered."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not answer it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(typed.reason)] if typed.reason else []))


def _state(_: Translator, kept: Recommendation) -> State:
    if kept.response is Response.OPEN:
        return State(_("Waits for an answer"), "accent")
    return State(_(RESPONSES[kept.response]).replace(", fordi …", "").replace(", because …", ""), "neutral")
