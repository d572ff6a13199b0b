"""What was gathered into a person's list, and when somebody was first told of a matter, in a list or by itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update

from domain.errors import NotAllowed
from domain.organisation import Person
from domain.prompt import MONDAY_LIST, Prompt, PromptKind, PromptState
from storage.prompt import prompt
from storage.prompt_claim import LIST, LIST_OCCASION
from storage.unit_of_work import UnitOfWork


def gathered_for(uow: UnitOfWork, someone: Person, now: datetime) -> Sequence[Prompt]:
    """What was gathered into the person's list and is not done yet, oldest first.

    What a clock has planned stays as long as its reason does, all else until its moment has passed.
    """
    return uow.session.scalars(
        select(Prompt)
        .where(
            prompt.c.person_id == someone.id,
            prompt.c.state == PromptState.GATHERED,
            prompt.c.view.not_in([LIST, MONDAY_LIST]),
            prompt.c.is_planned | (prompt.c.expires_at > now),
        )
        .order_by(prompt.c.due_at, prompt.c.id)
    ).all()


def gathered_prompt(uow: UnitOfWork, someone: Person, prompt_id: UUID) -> Prompt:
    """One of the prompts that were gathered for this very person, done or not; `NotAllowed` for any other."""
    found = uow.session.get(Prompt, prompt_id)
    if found is None or found.person_id != someone.id or not (found.reason or "").startswith(f"{LIST_OCCASION}:"):
        raise NotAllowed
    return found


def has_read(uow: UnitOfWork, gathered: Prompt) -> None:
    """What only tells something is done with once it has been opened from the list."""
    settled = update(Prompt).where(prompt.c.id == gathered.id, prompt.c.state == PromptState.GATHERED)
    uow.session.execute(settled.values(state=PromptState.ANSWERED))


def told_at(uow: UnitOfWork, view: str, ids: Iterable[UUID]) -> dict[UUID, list[datetime]]:
    """Each time that somebody was sent this view of these subjects, in a message of its own or in their list."""
    wanted = list(ids)
    if not wanted:
        return {}
    listed = prompt.alias("listed")
    query = (
        select(prompt.c.subject_id, func.coalesce(prompt.c.sent_at, listed.c.sent_at).label("at"))
        .outerjoin(listed, listed.c.occasion == prompt.c.reason)
        .where(
            prompt.c.view == view,
            prompt.c.subject_id.in_(wanted),
            prompt.c.kind != PromptKind.UPDATE,
            or_(prompt.c.sent_at.is_not(None), listed.c.sent_at.is_not(None)),
        )
    )
    told: dict[UUID, list[datetime]] = {}
    for subject_id, at in uow.session.execute(query):
        told.setdefault(subject_id, []).append(at)
    return told
