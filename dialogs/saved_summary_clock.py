"""Who hears of a saved summary, and when: the leaders who can remark on it, and the chiefs who can make it final."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from dialogs.copies import renew
from dialogs.flow import Planning
from dialogs.saved_summary_sheet import VIEW
from dialogs.turn import Turn
from domain.organisation import Institution, Role
from domain.prompt import Occasion
from domain.saved_summary import REMARK_WITHIN, REMINDED_AFTER, SavedSummary
from storage.prompt import plan
from storage.roles import staff_on
from storage.saved_summary import sent_summaries

READY, FINAL = "saved_summary.ready", "saved_summary.final"
TOLD_FOR = timedelta(days=14)


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leaders as long as nobody has answered, and tells the chiefs when the seven days are over."""
    for found, where in sent_summaries(planning.uow):
        if found.sent_at is None or found.answered_at is not None:
            continue
        for after in (timedelta(), *REMINDED_AFTER):
            for leader in planning.staff.leaders(where):
                yield ask_of(found, leader.id, after)
        for chief in planning.staff.with_role(Role.CHIEF, where):
            yield Occasion(
                key=f"saved_summary:{found.id}:over:{chief.id}",
                person_id=chief.id,
                view=READY,
                subject_id=found.id,
                due_at=found.sent_at + REMARK_WITHIN,
                expires_at=found.sent_at + REMARK_WITHIN + TOLD_FOR,
                personal=True,
            )


def ask_of(found: SavedSummary, leader_id: UUID, after: timedelta) -> Occasion:
    assert found.sent_at is not None
    return Occasion(
        key=f"saved_summary:{found.id}:{after.days}:{leader_id}",
        person_id=leader_id,
        view=VIEW,
        subject_id=found.id,
        due_at=found.sent_at + after,
        expires_at=found.sent_at + REMARK_WITHIN + TOLD_FOR,
        personal=True,
    )


def tell(turn: Turn, found: SavedSummary, view: str, person_id: UUID, what: str) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"saved_summary:{found.id}:{what}:{person_id}",
            person_id=person_id,
            view=view,
            subject_id=found.id,
            due_at=turn.now,
            expires_at=turn.now + TOLD_FOR,
            personal=True,
        ),
    )


def renew_all(turn: Turn, found: SavedSummary, where: Institution) -> None:
    """The copies that stand in the chats of its leaders and chiefs are drawn anew."""
    turn.uow.session.flush()
    staff = staff_on(turn.uow, turn.today, where)
    for someone in {each.id: each for each in (*staff.leaders(where), *staff.with_role(Role.CHIEF, where))}.values():
        if someone.id != turn.person.id:
            for view in (VIEW, READY):
                renew(turn.uow, someone, view, found.id, turn.now)
