"""What an institution has, whoever leads it, read for the turn's person."""

from cards.inherited import Inherited
from dialogs.stories import stories_of
from dialogs.turn import Turn
from domain.decision import Decision
from domain.dialogue import Dialogue
from domain.organisation import Institution
from storage.decision import decisions_for
from storage.dialogue import dialogue_before, latest_begun_in, next_dialogues_in
from storage.focus_area import focus_areas_of
from storage.measure import measures_of
from storage.preparation import preparation_for
from storage.recommendation import open_recommendations

DIALOGUES_BACK = 4


def inherited_at(turn: Turn, where: Institution) -> Inherited:
    """By the role of the day: the preparation and the recommendations are read for those who lead it."""
    leads = turn.viewer.leads(where)
    coming = next_dialogues_in(turn.uow, [where.id], turn.now).get(where.id)
    decided_in, decisions = _last_decided(turn, where)
    return Inherited(
        institution=where,
        stories=stories_of(turn, list(focus_areas_of(turn.uow, where)), where),
        decided_in=decided_in,
        decisions=decisions,
        measures=measures_of(turn.uow, where),
        next_dialogue=coming,
        preparation=preparation_for(turn.uow, turn.viewer, coming, where) if leads and coming else None,
        recommendations=[each for each, _ in open_recommendations(turn.uow, [where.id])] if leads else [],
    )


def _last_decided(turn: Turn, where: Institution) -> tuple[Dialogue | None, list[Decision]]:
    """The newest dialogue in which something was decided, within a two-year period."""
    dialogue = latest_begun_in(turn.uow, [where.id], turn.now).get(where.id)
    for _number in range(DIALOGUES_BACK):
        if dialogue is None:
            break
        if found := decisions_for(turn.uow, turn.viewer, dialogue, where):
            return dialogue, list(found)
        dialogue = dialogue_before(turn.uow, dialogue)
    return None, []
