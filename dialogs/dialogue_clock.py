"""When a recorded learning dialogue closes by itself, and the notice that its leaders get before."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cards import dialogue as cards
from cards.kit import Card
from dialogs.flow import Planning
from dialogs.turn import Turn
from domain.dialogue import NOTICE_AFTER, Dialogue
from domain.organisation import Institution
from domain.prompt import Occasion
from storage.decision import dialogues_to_close, draft_of, pending_decisions
from storage.dialogue import dialogue_with_id
from storage.gathered import told_at
from storage.unit_of_work import UnitOfWork

CLOSING = "dialogue.closing"
TOLD_FOR = timedelta(days=365)


def show_closing(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The notice, for the leaders; None once it is closed."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    told = _told(turn.uow, [dialogue]).get(dialogue.id, turn.now)
    closes_at = None if _waits(turn, dialogue, where) else dialogue.closes_at(turn.municipality.quiet, told)
    if closes_at is None or not turn.viewer.leads(where):
        return None
    turn.shows(CLOSING, dialogue.id)
    begun = draft_of(turn.uow, turn.viewer, dialogue)
    return cards.closing(turn._, dialogue, where, closes_at, has_draft=begun is not None and bool(begun.what.text))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Closes what was recorded 14 days ago, once its leaders have been told three days before.

    A pause, or a leader who cannot be reached, puts off the notice and the closing with it. A dialogue whose focus
    areas wait to be described, adjusted or closed stays open until that is done.
    """
    quiet, recorded = planning.municipality.quiet, dialogues_to_close(planning.uow, planning.until - NOTICE_AFTER)
    told = _told(planning.uow, [dialogue for dialogue, _ in recorded])
    for dialogue, where in recorded:
        notice_at = dialogue.notice_at(quiet)
        closes_at = dialogue.closes_at(quiet, told.get(dialogue.id))
        if notice_at is None or closes_at is None:
            continue
        if dialogue.id in told and planning.now >= closes_at:
            dialogue.close()
            continue
        for leader in planning.staff.leaders(where):
            yield Occasion(
                # By the moment it was recorded: the day it closes moves when the notice is sent late.
                key=f"dialogue:{dialogue.id}:closing:{dialogue.recorded_at}:{leader.id}",
                person_id=leader.id,
                view=CLOSING,
                subject_id=dialogue.id,
                due_at=notice_at,
                expires_at=notice_at + TOLD_FOR,
            )


def closes_by_itself(turn: Turn, dialogue: Dialogue, where: Institution) -> datetime | None:
    """When it closes by itself; None also while something that was decided about a focus area waits to be done."""
    if _waits(turn, dialogue, where):
        return None
    return dialogue.closes_at(turn.municipality.quiet, _told(turn.uow, [dialogue]).get(dialogue.id))


def _waits(turn: Turn, dialogue: Dialogue, where: Institution) -> bool:
    """Whether something that was decided about a focus area has not been done."""
    return any(about.id == dialogue.id for _decision, about, _where in pending_decisions(turn.uow, [where.id]))


def _told(uow: UnitOfWork, dialogues: Sequence[Dialogue]) -> dict[UUID, datetime]:
    """When the notice was first sent; one from before the time began anew says nothing of the new day."""
    told = told_at(uow, CLOSING, [each.id for each in dialogues])
    of_now = {
        each.id: [at for at in told.get(each.id, ()) if each.recorded_at is not None and at >= each.recorded_at]
        for each in dialogues
    }
    return {dialogue_id: min(times) for dialogue_id, times in of_now.items() if times}
