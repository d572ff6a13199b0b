"""What becomes of a claimed prompt, and of what a worker held that is gone.

Every change of state names the state and the worker it comes from, so that a worker that was paused, or taken for dead
and replaced, changes nothing (row count 0).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, not_, null, select, update
from sqlalchemy.sql import ColumnElement

from domain.prompt import MOST_COPIES, PromptKind, PromptState
from storage.compiled import Compiled
from storage.prompt import UNSETTLED, change_state, prompt, worker
from storage.types import id_param
from storage.unit_of_work import UnitOfWork

_MINE = (prompt.c.id == id_param("which")) & (prompt.c.owner == bindparam("by"))
# With every message that goes out as it should.
_MARK = Compiled(
    update(prompt)
    .where(_MINE, prompt.c.state == PromptState.CLAIMED)
    .values(state=PromptState.SENDING, copies=prompt.c.copies + 1)
)
_RECORD = Compiled(
    update(prompt)
    .where(_MINE, prompt.c.state == PromptState.SENDING)
    .values(state=PromptState.SENT, message_id=bindparam("message"), sent_at=bindparam("at"), reason=null())
)


def mark_sending(uow: UnitOfWork, prompt_id: UUID, owner: str) -> bool:
    """The last word before the post; False when the prompt is not this worker's any more, and nothing may be sent."""
    return _MARK.run(uow, which=prompt_id, by=owner) == 1


def record_sent(uow: UnitOfWork, prompt_id: UUID, owner: str, message_id: str, now: datetime) -> bool:
    return _RECORD.run(uow, which=prompt_id, by=owner, message=message_id, at=now) == 1


def record_failed(uow: UnitOfWork, prompt_id: UUID, owner: str, reason: str) -> bool:
    """The person cannot be reached, with the channel's own word for why."""
    return _mine(uow, prompt_id, owner, PromptState.SENDING, state=PromptState.FAILED, reason=reason)


def record_not_sent(uow: UnitOfWork, prompt_id: UUID, owner: str, again_at: datetime, reason: str) -> bool:
    """It surely did not arrive: it is due again at `again_at`, and this was no copy."""
    return _mine(
        uow,
        prompt_id,
        owner,
        PromptState.SENDING,
        state=PromptState.PENDING,
        copies=prompt.c.copies - 1,
        due_at=again_at,
        reason=reason,
        owner_now=None,
    )


def record_cancelled(uow: UnitOfWork, prompt_id: UUID, owner: str) -> bool:
    """There is nothing left to say, or the person may not see it any more."""
    return _mine(uow, prompt_id, owner, PromptState.CLAIMED, state=PromptState.CANCELLED)


def release_one(uow: UnitOfWork, prompt_id: UUID, owner: str) -> bool:
    """Back to waiting: the person has left since, or has removed the app and gets it when they write."""
    return _mine(uow, prompt_id, owner, PromptState.CLAIMED, state=PromptState.PENDING, owner_now=None)


def put_off(uow: UnitOfWork, prompt_id: UUID, owner: str, again_at: datetime, reason: str) -> bool:
    """A claimed prompt that could not be drawn, or has nothing to say just now, is tried again later."""
    return _mine(
        uow,
        prompt_id,
        owner,
        PromptState.CLAIMED,
        state=PromptState.PENDING,
        owner_now=None,
        due_at=again_at,
        reason=reason,
    )


def record_uncertain(
    uow: UnitOfWork, prompt_id: UUID, owner: str, now: datetime, again_at: datetime, reason: str
) -> bool:
    """Nobody knows whether it arrived: sent once more with a line that says so, else parked for a person to decide."""
    is_mine = (prompt.c.id == prompt_id) & (prompt.c.owner == owner)
    return _settle_unknown(uow, is_mine, now=now, again_at=again_at, reason=reason) == 1


def release(uow: UnitOfWork, owner: str, now: datetime) -> int:
    """Lets go of everything a worker held: claimed was surely not sent, sending may have been."""
    is_theirs = prompt.c.owner == owner
    claimed = change_state(uow, is_theirs, PromptState.CLAIMED, state=PromptState.PENDING, owner=None)
    return claimed + _settle_unknown(uow, is_theirs, now=now, again_at=now, reason="worker lost")


def _settle_unknown(
    uow: UnitOfWork, which: ColumnElement[bool], *, now: datetime, again_at: datetime, reason: str
) -> int:
    # Kept as sent now, since it may have arrived: it is the one message of the day.
    update_again = prompt.c.kind == PromptKind.UPDATE
    once_more = update_again | (not_(prompt.c.personal) & (prompt.c.copies < MOST_COPIES))
    repeated = change_state(
        uow,
        which & once_more,
        PromptState.SENDING,
        state=PromptState.PENDING,
        owner=None,
        due_at=again_at,
        sent_at=now,
        reason=reason,
    )
    return repeated + change_state(
        uow, which, PromptState.SENDING, state=PromptState.UNCERTAIN, sent_at=now, reason=reason
    )


def beat(uow: UnitOfWork, owner: str) -> dict[str, int]:
    """Raises this worker's counter, and tells everyone's."""
    insert = uow.insert(worker)
    uow.session.execute(
        insert.values(id=owner, beats=1).on_conflict_do_update(
            index_elements=["id"], set_={"beats": worker.c.beats + 1}
        )
    )
    return dict(uow.session.execute(select(worker.c.id, worker.c.beats)).all())


def workers(uow: UnitOfWork) -> int:
    """How many workers there are, as far as nobody has found them dead."""
    return uow.session.scalar(select(func.count()).select_from(worker)) or 0


def leave(uow: UnitOfWork, owner: str, now: datetime) -> int:
    """A worker goes, or is found dead: what it held is released."""
    uow.session.execute(delete(worker).where(worker.c.id == owner))
    return release(uow, owner, now)


def owners(uow: UnitOfWork) -> set[str]:
    """The workers that hold something."""
    held = select(prompt.c.owner).where(prompt.c.state.in_(UNSETTLED)).distinct()
    return {owner for owner in uow.session.scalars(held) if owner}


def _mine(uow: UnitOfWork, prompt_id: UUID, owner: str, now_is: PromptState, **values: object) -> bool:
    if "owner_now" in values:
        values["owner"] = values.pop("owner_now")
    return change_state(uow, (prompt.c.id == prompt_id) & (prompt.c.owner == owner), now_is, **values) == 1
