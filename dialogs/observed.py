"""What observations bring to a learning dialogue and to a focus area: feedback that was received, and what colleagues
brought home.

I19: feedback is attached to the host's next preparation when it is acknowledged, or 14 days after it was sent. Nowhere
is it written down to which: it belongs to the first dialogue that begins after that moment, so that a dialogue that is
moved takes it along.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cards.given import SHOWN_IN_FULL
from dialogs.turn import Turn
from dialogs.visiting import note_reading
from domain.access import Record, Relation, Sight
from domain.acknowledgement import Given, attached_at, is_attached
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea
from domain.organisation import Institution
from storage.dialogue import dialogue_before
from storage.feedback import given_to, part_in_feedback, record_of, taken_home

BACK_TO = timedelta(days=366)


def received(turn: Turn, dialogue: Dialogue, where: Institution) -> Sequence[Given]:
    """R-50: the feedback that belongs to this dialogue, oldest first, as far as the turn's person may read it.

    Whoever draws a card with it says so by `note_shown`.
    """
    since = _since(turn, dialogue)
    found = []
    for each in given_to(turn.uow, [where.id], since - BACK_TO, dialogue.starts_at):
        at = attached_at(each.feedback, each.acknowledged)
        if at is not None and since <= at < dialogue.starts_at and at <= turn.now and _may_read(turn, each, where):
            found.append(each)
    return found


def brought_home(turn: Turn, dialogue: Dialogue, where: Institution) -> Sequence[Given]:
    """R-46: what colleagues of this institution wrote that they take home, since the last dialogue.

    Their own leaders read it at once, and everybody else no earlier than the feedback itself may be read.
    """
    return [
        each
        for each in taken_home(turn.uow, where, _since(turn, dialogue), dialogue.starts_at)
        if _may_take_home(turn, each, where)
    ]


def note_shown(turn: Turn, received: Sequence[Given], brought_home: Sequence[Given] = ()) -> None:
    """I33: whoever gets a card with the words of these reads them; of many, a card has the newest few.

    What stands folded in it counts, since nothing tells whether it is opened.
    """
    for each in (*received[-SHOWN_IN_FULL:], *brought_home[-SHOWN_IN_FULL:]):
        note_reading(turn, each)


def linked_to(turn: Turn, area: FocusArea, where: Institution) -> Sequence[Given]:
    """The feedback that belongs to a focus area, newest first, as far as the turn's person may read it at this moment.

    It is the one its leaders linked it to, and until they have read it the one the invitation was about.
    """
    found = [
        each
        for each in reversed(given_to(turn.uow, [where.id]))
        if _focus_area_of(each) == area.id and _may_read(turn, each, where)
    ]
    for each in found[:SHOWN_IN_FULL]:
        note_reading(turn, each)
    return found


def _focus_area_of(given: Given) -> UUID | None:
    return given.acknowledged.reply.focus_area_id if given.acknowledged else given.about.what.focus_area_id


def _may_take_home(turn: Turn, given: Given, where: Institution) -> bool:
    """A colleague of the house is shown it with the preparation that they were asked to write."""
    attached = is_attached(given.feedback, given.acknowledged, turn.now)
    colleague = {Relation.COLLEAGUE} if turn.viewer.works_at(where) else set()
    own = turn.viewer.if_author(given.author.id)
    record = Record.TAKEN_HOME if attached else Record.TAKEN_HOME_UNREAD
    return turn.viewer.sight(record, where, also=colleague | own) >= Sight.FULL


def _since(turn: Turn, dialogue: Dialogue) -> datetime:
    before = dialogue_before(turn.uow, dialogue)
    return before.starts_at if before else dialogue.starts_at - BACK_TO


def _may_read(turn: Turn, given: Given, where: Institution) -> bool:
    part = part_in_feedback(turn.uow, turn.viewer, given)
    return turn.viewer.sight(record_of(given, turn.now), where, also=part) >= Sight.FULL
