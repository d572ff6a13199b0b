"""Which filed perspectives can be chosen as data, and those that are: nobody writes a thing twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dialogs.turn import Turn
from domain.dialogue import Dialogue
from domain.organisation import Institution
from domain.perspective import Heard
from storage.dialogue import dialogue_before
from storage.perspective import heard_since, heard_with_ids

TOLD_WITHIN = timedelta(days=183)
MOST_OFFERED = 8


def told_before(turn: Turn, dialogue: Dialogue, where: Institution, chosen: Iterable[UUID] = ()) -> Sequence[Heard]:
    """What was filed since the last dialogue, newest first, and what is chosen already, however old it is."""
    before = dialogue_before(turn.uow, dialogue)
    since = before.starts_at if before else dialogue.starts_at - TOLD_WITHIN
    return told_since(turn, where, since, chosen)


def told_since(turn: Turn, where: Institution, since: datetime, chosen: Iterable[UUID] = ()) -> Sequence[Heard]:
    """What was filed since then, newest first, and what is chosen already."""
    recent = heard_since(turn.uow, where, since)[:MOST_OFFERED]
    known = {each.perspective.id for each in recent}
    return [*recent, *heard_with_ids(turn.uow, [each for each in chosen if each not in known])]
