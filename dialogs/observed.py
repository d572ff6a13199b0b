"""What observations bring to a learning dialogue: feedback that was received, and what colleagues brought home.

I19: feedback is attached to the host's next preparation when it is acknowledged, or 14 days after it was sent. Nowhere
is it written down to which: it belongs to the first dialogue that begins after that moment, so that a dialogue that is
moved takes it along.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dialogs.turn import Turn
from dialogs.visiting import note_reading
from domain.access import Record, Sight
from domain.acknowledgement import Given, attached_at
from domain.dialogue import Dialogue
from domain.organisation import Institution
from storage.acknowledgement import is_shared_with
from storage.dialogue import dialogue_before
from storage.feedback import given_to, taken_home

BACK_TO = timedelta(days=366)


def received(turn: Turn, dialogue: Dialogue, where: Institution) -> Sequence[Given]:
    """R-50: the feedback that belongs to this dialogue, oldest first, as far as the turn's person may read it.

    Whoever is shown it reads it, and that is kept (I33).
    """
    since = _since(turn, dialogue)
    found = []
    for each in given_to(turn.uow, [where.id], since - BACK_TO, dialogue.starts_at):
        at = attached_at(each.feedback, each.acknowledged)
        if at is not None and since <= at < dialogue.starts_at and at <= turn.now and _may_read(turn, each, where):
            note_reading(turn, each)
            found.append(each)
    return found


def brought_home(turn: Turn, dialogue: Dialogue, where: Institution) -> Sequence[Given]:
    """R-46: what colleagues of this institution wrote that they take home, since the last dialogue.

    Their own leaders read it at once, and everybody else no earlier than the feedback itself may be read.
    """
    found = [
        each
        for each in taken_home(turn.uow, where, _since(turn, dialogue), dialogue.starts_at)
        if turn.viewer.leads(where) or _is_attached(turn, each)
    ]
    for each in found:
        note_reading(turn, each)
    return found


def _is_attached(turn: Turn, given: Given) -> bool:
    at = attached_at(given.feedback, given.acknowledged)
    return at is not None and at <= turn.now


def _since(turn: Turn, dialogue: Dialogue) -> datetime:
    before = dialogue_before(turn.uow, dialogue)
    return before.starts_at if before else dialogue.starts_at - BACK_TO


def _may_read(turn: Turn, given: Given, where: Institution) -> bool:
    if turn.viewer.sight(Record.FEEDBACK, where) >= Sight.FULL:
        return True
    works_there = any(held.institution_id == where.id for held in turn.viewer.roles)
    return works_there and is_shared_with(turn.uow, given.feedback, turn.viewer)
