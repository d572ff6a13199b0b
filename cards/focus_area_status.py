"""Where the focus areas are: counted by their words, and the last word about each, with its date."""

from collections.abc import Sequence

from cards.answer import Answer, Part
from cards.chart import bars
from cards.counting import counting
from cards.fitting import in_one_line
from cards.focus_area_story import status_state
from cards.language import Translator
from cards.layout import Element
from cards.supervision import focus_count, focus_line, not_begun, place_of_gap
from domain.facts import FocusFact, Gap, GapFact
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.status import Status
from domain.supervision import Found, Section

NAME = "focus_area_status"
FEWEST_DRAWN = 3
GOES_BY = (AskedStatus.NEEDS_ATTENTION, AskedStatus.OPEN, AskedStatus.NONE)


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    found: Found[FocusFact, Status | None],
    lacking: Found[GapFact, Gap],
) -> Answer:
    """The focus areas by institution, and the institutions without one, as something to ask about."""
    none_only = bounds.status is AskedStatus.NONE
    parts = []
    if not none_only:
        lines = [
            focus_line(_, each, scope, seen=in_one_line(each.seen) if scope.is_one_place else "")
            for each in found.facts
        ]
        nothing = _("No focus area was worked with in the period.")
        if bounds.status is AskedStatus.NEEDS_ATTENTION:
            nothing = _("None of the focus areas has “Needs attention” as its latest status.")
        parts.append(
            Part(
                title=_("Focus areas"),
                counted=counting(Section.FOCUS_AREAS, found, focus_count(_, found)),
                lines=lines,
                more=found.more,
                nothing=nothing,
                drawn=words_drawn(_, found),
            )
        )
    if lacking.total or none_only:
        parts.append(
            Part(
                title=_("Without a focus area on the theme in the period")
                if scope.theme
                else _("Without a focus area in the period"),
                lines=[place_of_gap(_, each, scope) for each in lacking.facts],
                more=lacking.more,
                nothing=not_begun(_, scope) or _("Every institution has at least one."),
            )
        )
    hint = _("The words are those of the institutions themselves, and no measure of how well it goes.")
    return Answer(
        name=NAME,
        title=_("Status of focus areas"),
        scope=scope,
        bounds=bounds,
        parts=parts,
        hints=[hint] if found.total else [],
        only=GOES_BY,
    )


def words_drawn(_: Translator, found: Found[FocusFact, Status | None]) -> Sequence[Element]:
    """A chart of the words, where there are enough of them to look at."""
    if found.total < FEWEST_DRAWN or len(found.counts) < 2:
        return []
    rows = [(status_state(_, status).word, number) for status, number in found.counts.items()]
    sentence = _("How many focus areas have each status.")
    return [bars(_, _("Focus areas by latest status"), sentence, rows)]
