"""How far the observations are, by a word for each, and what is brought to the dialogue once it may be told (I26)."""

from collections.abc import Sequence

from cards.answer import Answer, Part
from cards.chart import bars
from cards.counting import counting
from cards.language import Translator
from cards.layout import Element, capital
from cards.supervision import not_begun, observation_count, observation_line, place_of_gap
from cards.words import PROGRESS
from domain.facts import Gap, GapFact, ObservationFact
from domain.observation import Progress
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found, Section

NAME = "observation_overview"
FEWEST_DRAWN = 3
GOES_BY = (AskedStatus.OPEN, AskedStatus.AWAITING_ACKNOWLEDGEMENT, AskedStatus.NONE, "latest")


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    found: Found[ObservationFact, Progress],
    lacking: Found[GapFact, Gap],
) -> Answer:
    none_only = bounds.status is AskedStatus.NONE
    parts = []
    if not none_only:
        nothing = _("No observations in the period.")
        if bounds.status is AskedStatus.AWAITING_ACKNOWLEDGEMENT:
            nothing = _("No feedback awaits acknowledgement.")
        if bounds.status is AskedStatus.OPEN:
            nothing = _("No observation is open.")
        parts.append(
            Part(
                counted=counting(Section.OBSERVATIONS, found, _counted(_, found)),
                lines=[observation_line(_, each, scope) for each in found.facts],
                more=found.more,
                nothing=nothing,
                drawn=_drawn(_, found),
            )
        )
    if lacking.total or none_only:
        parts.append(
            Part(
                title=_("Without a completed observation in the period"),
                lines=[place_of_gap(_, each, scope) for each in lacking.facts],
                more=lacking.more,
                nothing=not_begun(_, scope) or _("Every institution has completed at least one."),
            )
        )
    hint = _("What a colleague has written is shown once it is acknowledged, or 14 days after it was sent.")
    return Answer(
        name=NAME,
        title=_("Observations"),
        scope=scope,
        bounds=bounds,
        parts=parts,
        hints=[hint] if found.total else [],
        only=GOES_BY,
    )


def _counted(_: Translator, found: Found[ObservationFact, Progress]) -> str:
    number = _.ngettext("%(n)s observation", "%(n)s observations", found.total)
    return f"{number}: {observation_count(_, found)}"


def _drawn(_: Translator, found: Found[ObservationFact, Progress]) -> Sequence[Element]:
    if found.total < FEWEST_DRAWN or len(found.counts) < 2:
        return []
    rows = [(capital(_(PROGRESS[progress][0])), number) for progress, number in found.counts.items()]
    sentence = _("How many observations are at each stage.")
    return [bars(_, _("Observations by stage"), sentence, rows)]
