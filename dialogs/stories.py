"""What is told of focus areas: their histories, measures, and what they rest on, as the turn's person may read it."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from cards.focus_area_story import Grounds, Story
from dialogs.heard import TOLD_WITHIN, told_since
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.focus_area import FocusArea
from domain.organisation import Institution
from domain.period import HalfYear
from domain.preparation import Source
from domain.priority import LocalPriority
from storage.cycle import themes_with_ids
from storage.data_package import figures_with_ids
from storage.focus_area import focus_areas_with_ids, grounds_of
from storage.focus_remark import may_remark, remarks_on
from storage.focus_status import history_of
from storage.measure import measures_of
from storage.perspective import heard_with_ids
from storage.priority import priorities_in


def story_of(turn: Turn, area: FocusArea, where: Institution) -> Story:
    """The focus area with its history and measures, for somebody who may read it."""
    return stories_of(turn, [area], where)[0]


def remarked_story_of(turn: Turn, area: FocusArea, where: Institution) -> Story:
    """The same with what its chief has remarked, as far as the turn's person may read that."""
    return replace(
        story_of(turn, area, where),
        remarks=remarks_on(turn.uow, turn.viewer, area, where),
        may_remark=may_remark(turn.viewer, where),
    )


def stories_of(turn: Turn, areas: list[FocusArea], where: Institution) -> list[Story]:
    """The same for several focus areas of one institution."""
    uow = turn.uow
    histories = history_of(uow, [area.id for area in areas])
    themes = themes_with_ids(uow, [area.theme_id for area in areas])
    before = focus_areas_with_ids(uow, [area.continues for area in areas if area.continues])
    measures = measures_of(uow, where, open_only=False)
    priorities = priorities_in(uow, where)
    grounds = _grounds(turn, areas, where, priorities)
    named = {each for of_area in histories.values() for status, _author in of_area for each in status.perspectives}
    heard = told_since(turn, where, turn.now - TOLD_WITHIN, named)
    this_half_year = HalfYear.of(turn.today)
    return [
        Story(
            institution=where,
            area=area,
            theme=themes.get(area.theme_id),
            history=histories[area.id],
            measures=[each for each in measures if each.focus_area_id == area.id],
            before=before.get(area.continues) if area.continues else None,
            grounds=grounds.get(area.id),
            leads=turn.viewer.leads(where),
            heard=heard,
            priority=next((each for each in priorities if each.half_year == this_half_year), None),
            priorities=priorities,
        )
        for area in areas
    ]


def _grounds(
    turn: Turn, areas: Sequence[FocusArea], where: Institution, priorities: Sequence[LocalPriority]
) -> dict[UUID, Grounds]:
    """R-11: what the focus areas rest on, for whoever may read the decisions and reflections of the institution."""
    if min(turn.viewer.sight(each, where) for each in (Record.DECISION, Record.REFLECTION)) < Sight.FULL:
        return {}
    found = grounds_of(turn.uow, areas)
    figures = figures_with_ids(turn.uow, [each for chosen, _, _ in found.values() for each in chosen.what.figures])
    heard = heard_with_ids(turn.uow, [each for chosen, _, _ in found.values() for each in chosen.what.perspectives])
    return {
        area_id: Grounds(
            decision=chosen,
            dialogue=dialogue,
            reflection=reflection,
            figures=[each for each in figures if each.id in chosen.what.figures],
            heard=[each for each in heard if each.perspective.id in chosen.what.perspectives],
            priority=next((each for each in priorities if each.half_year == dialogue.half_year), None)
            if Source.PRIORITY in chosen.what.sources
            else None,
        )
        for area_id, (chosen, dialogue, reflection) in found.items()
    }
