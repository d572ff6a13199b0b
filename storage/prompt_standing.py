"""How delivery stands: what an operator is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, not_, select

from domain.prompt import Prompt, PromptState
from storage.database import UnitOfWork
from storage.message import chat
from storage.prompt import prompt


@dataclass(frozen=True)
class Standing:
    """How delivery stands, in numbers: what an operator is told."""

    by_state: dict[str, int]
    late: int
    unreached: int


def standing(uow: UnitOfWork, now: datetime) -> Standing:
    """Prompts by state; how many are due for over five minutes; for how many people something waits without a chat."""
    by_state = uow.session.execute(select(prompt.c.state, func.count()).group_by(prompt.c.state))
    pending = prompt.c.state == PromptState.PENDING
    has_chat = exists().where(chat.c.person_id == prompt.c.person_id, chat.c.removed_at.is_(None))
    late = select(func.count()).where(pending, prompt.c.due_at < now - timedelta(minutes=5), has_chat)
    unreached = select(func.count(prompt.c.person_id.distinct())).where(pending, prompt.c.due_at <= now, not_(has_chat))
    return Standing(
        by_state={state.value: count for state, count in by_state},
        late=uow.session.scalar(late) or 0,
        unreached=uow.session.scalar(unreached) or 0,
    )


def settled_badly(uow: UnitOfWork) -> Sequence[Prompt]:
    """The prompts that failed or are parked as uncertain, newest first, at most a hundred."""
    return uow.session.scalars(
        select(Prompt)
        .where(prompt.c.state.in_([PromptState.FAILED, PromptState.UNCERTAIN]))
        .order_by(prompt.c.due_at.desc())
        .limit(100)
    ).all()
