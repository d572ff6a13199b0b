"""How delivery stands: what an operator is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from domain.prompt import Prompt, PromptState
from domain.quiet import QuietTimes
from storage.prompt import prompt
from storage.prompt_claim import due
from storage.unit_of_work import UnitOfWork

LATE_AFTER = timedelta(minutes=5)
# What is over and done with would be most of the table after some years, and is nothing to act on.
OPEN = (
    PromptState.PENDING,
    PromptState.CLAIMED,
    PromptState.SENDING,
    PromptState.FAILED,
    PromptState.UNCERTAIN,
)


@dataclass(frozen=True)
class Standing:
    """How delivery stands, in numbers: what an operator is told."""

    by_state: dict[str, int]
    late: int
    oldest_due_at: datetime | None = None


def standing(uow: UnitOfWork, now: datetime, quiet: QuietTimes | None = None, *, only_open: bool = False) -> Standing:
    """Prompts by state, and how many could have gone five minutes ago and have not.

    With `only_open` states that nobody has to act on are left out.
    """
    counted = select(prompt.c.state, func.count()).group_by(prompt.c.state)
    by_state = uow.session.execute(counted.where(prompt.c.state.in_(OPEN)) if only_open else counted)
    could_go = due(now - LATE_AFTER, quiet or QuietTimes.none(ZoneInfo("UTC")))
    late = could_go.with_only_columns(func.count(), func.min(prompt.c.due_at)).order_by(None)
    count, oldest_due_at = uow.session.execute(late).one()
    return Standing(
        by_state={state.value: each for state, each in by_state},
        late=count,
        oldest_due_at=oldest_due_at,
    )


def settled_badly(uow: UnitOfWork) -> Sequence[Prompt]:
    """The prompts that failed or are parked as uncertain, newest first, at most a hundred."""
    return uow.session.scalars(
        select(Prompt)
        .where(prompt.c.state.in_([PromptState.FAILED, PromptState.UNCERTAIN]))
        .order_by(prompt.c.due_at.desc())
        .limit(100)
    ).all()
