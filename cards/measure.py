"""A measure that was set going: asking what came of it, and the list of those that go on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form, overview
from cards import problems as wrong
from cards.focus_area import SHARE_PRACTICE
from cards.focus_area_story import MEASURES, measure_line
from cards.form import Data, carried
from cards.inputs import choices, long_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.parts import State, facts, names_hint, note, problem, said, text
from cards.which import which
from domain.errors import Problems
from domain.measure import Measure, MeasureState
from domain.organisation import Institution

OPEN = "measure.open"
END = "measure.end"
LATER = "measure.later"

WAYS = {MeasureState.DONE: N_("Done"), MeasureState.DROPPED: N_("Dropped, because …")}
TONES = {MeasureState.DONE: "good", MeasureState.DROPPED: "neutral", MeasureState.OPEN: "accent"}
LABELS = {"state": N_("What became of it?"), "outcome": N_("What came of it, or why was it dropped?")}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Form:
    measure_id: UUID
    state: MeasureState | None
    outcome: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            measure_id=form.subject_id(data),
            state=form.choice(data, "state", MeasureState),
            outcome=form.text(data, "outcome"),
        )


@dataclass(frozen=True, kw_only=True)
class OpenForm:
    """Which measure, and what was written of it before it was chosen."""

    id: UUID
    state: MeasureState | None = None
    outcome: str = field(default="", repr=False)

    @classmethod
    def read(cls, data: Data) -> "OpenForm":
        return cls(
            id=form.subject_id(data),
            state=form.choice(data, "ended", MeasureState),
            outcome=form.text(data, "came_of_it"),
        )


def ask(
    _: Translator, measure: Measure, where: Institution, *, typed: Form | None = None, problems: Problems | None = None
) -> Card:
    """What became of the measure; *Ikke nu* lets it go on."""
    return card(
        _,
        _("A measure is due"),
        subtitle=where.name,
        seen_by=_("the leaders of the institution, its chief and the administration"),
        minutes=1,
        body=[
            problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
            said(measure.text, spacing="Medium"),
            facts([(_("Follows up"), measure.owner), (_("Due"), _.date(measure.due))], spacing="Small"),
            choices(
                "state",
                label(_, "state"),
                [(each.value, _(words)) for each, words in WAYS.items()],
                chosen=typed.state if typed and typed.state else "",
                required=True,
                problem=wrong.at(_, problems, "state"),
            ),
            long_input(
                "outcome",
                label(_, "outcome"),
                value=typed.outcome if typed else "",
                required=True,
                problem=wrong.at(_, problems, "outcome"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save"), END, carried(measure.id), primary=True),
            press(_("Not now"), LATER, carried(measure.id)),
        ],
        summary=_("A measure at %(institution)s is due", institution=where.name),
    )


def show(_: Translator, measure: Measure, where: Institution) -> Card:
    """What became of it."""
    state = State(_(MEASURES[measure.state]), TONES[measure.state])  # type: ignore[arg-type]
    return card(
        _,
        _("Measure"),
        subtitle=where.name,
        state=state,
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[
            said(measure.text, spacing="Medium"),
            text(_outcome(_, measure), small=True, subtle=True, spacing="Medium") if measure.outcome else None,
            said(measure.outcome, spacing="ExtraSmall") if measure.outcome else None,
            note(
                _("Next step: you will find it in the preparation of your next learning dialogue."), sign="ArrowRight"
            ),
        ],
        actions=[
            press(_("Share practice"), SHARE_PRACTICE, carried(measure.id), inputs="none")
            if measure.state is MeasureState.DONE
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def _outcome(_: Translator, measure: Measure) -> str:
    return _("Why was it dropped?") if measure.state is MeasureState.DROPPED else _("What came of it?")


def choose(
    _: Translator,
    found: Sequence[tuple[Measure, Institution]],
    *,
    state: MeasureState | None = None,
    outcome: str = "",
) -> Card:
    """Which of several; `state` and `outcome` are what was written of it already."""
    rows = [(measure.id, measure.text, measure_line(_, measure)) for measure, _where in found]
    return which(_, _("Your measures"), _("Measure"), rows, OPEN, ended=state or "", came_of_it=outcome)


def none_going_on(_: Translator) -> Card:
    return card(
        _,
        _("No measures under way"),
        seen_by=_("only you"),
        body=[text(_("Measures are started by a decision in a learning dialogue. From then on you find them here."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )
