"""The cards in people's chats that name somebody or hold their words, and their replacement by one that says so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, literal, or_, select
from sqlalchemy.sql import ColumnElement

from domain.anonymisation import CARDS_FOR, GONE_VIEW
from domain.prompt import Occasion, PromptKind, PromptState
from storage.message import chat, sent_card
from storage.organisation import area, institution, person, role_assignment
from storage.prompt import UNSETTLED, plan_all, prompt
from storage.unit_of_work import UnitOfWork

SOME = 500
_SENT = (PromptState.SENT, PromptState.ANSWERED, PromptState.UNCERTAIN, PromptState.GATHERED)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A message in somebody's chat; `is_reached` is whether there is still a way to it."""

    person_id: UUID
    message_id: str
    is_reached: bool


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """How far the replacement is: how many cards are done, wait, and could not be reached."""

    done: int
    waiting: int
    unreached: int


def standing(
    uow: UnitOfWork, person_id: UUID | None, places: Collection[UUID], ids: Collection[UUID]
) -> Sequence[Standing]:
    """Every message that shows one of the subjects, all in the person's own chat, and every overview in the chats of
    those who had to do with the person's institutions: what it named when it was drawn nobody knows any more."""
    found: dict[tuple[UUID, str], Standing] = {}
    chats = dict(
        uow.session.execute(select(chat.c.person_id, chat.c.conversation_id).where(chat.c.removed_at.is_(None))).all()
    )
    for row in _shown(uow, person_id, places, ids):
        key = (row.person_id, row.message_id)
        is_reached = chats.get(row.person_id) is not None and row.conversation_id in (None, chats[row.person_id])
        if key not in found:
            found[key] = Standing(person_id=row.person_id, message_id=row.message_id, is_reached=is_reached)
    return [each for _key, each in sorted(found.items())]


def plan_replacements(uow: UnitOfWork, anonymisation_id: UUID, cards: Collection[Standing], now: datetime) -> None:
    """Each that can be reached is replaced once, also where this is done again after a crash."""
    plan_all(
        uow,
        [
            Occasion(
                key=f"{_prefix(anonymisation_id)}{each.person_id}:{each.message_id}",
                person_id=each.person_id,
                view=GONE_VIEW,
                subject_id=anonymisation_id,
                due_at=now,
                expires_at=now + CARDS_FOR,
                kind=PromptKind.UPDATE,
                replaces=each.message_id,
            )
            for each in cards
            if each.is_reached
        ],
        is_planned=False,
    )


def replaced(uow: UnitOfWork, anonymisation_id: UUID) -> Replaced:
    """What has become of the replacements."""
    counts: dict[PromptState, int] = dict(
        uow.session.execute(
            select(prompt.c.state, func.count()).where(_of(anonymisation_id)).group_by(prompt.c.state)
        ).all()
    )
    done = counts.get(PromptState.SENT, 0) + counts.get(PromptState.ANSWERED, 0)
    waiting = sum(counts.get(state, 0) for state in (PromptState.PENDING, *UNSETTLED))
    return Replaced(done=done, waiting=waiting, unreached=sum(counts.values()) - done - waiting)


def unreached_messages(uow: UnitOfWork, anonymisation_id: UUID) -> Sequence[tuple[str, str]]:
    """The messages that could not be replaced, by the number Teams knows them by, each with the channel's word."""
    states = (PromptState.FAILED, PromptState.EXPIRED, PromptState.UNCERTAIN, PromptState.CANCELLED)
    rows = uow.session.execute(
        select(prompt.c.replaces, prompt.c.reason)
        .where(_of(anonymisation_id), prompt.c.state.in_(states))
        .order_by(prompt.c.id)
    )
    return [(number or "", reason or "") for number, reason in rows]


def forget_way_to(uow: UnitOfWork, person_id: UUID) -> None:
    """The person's chat and which cards stood in it; nobody can be written to there any more."""
    for table in (sent_card, chat):
        uow.session.execute(
            delete(table).where(table.c.person_id == person_id), execution_options={"synchronize_session": False}
        )
    uow.session.expire_all()


def _shown(uow: UnitOfWork, person_id: UUID | None, places: Collection[UUID], ids: Collection[UUID]) -> list[Any]:
    """What a message shows now comes before what it was sent as."""
    rows: list[Any] = []
    cards = select(sent_card.c.person_id, sent_card.c.message_id, sent_card.c.conversation_id, sent_card.c.subject_id)
    still = sent_card.c.view != GONE_VIEW
    for subjects in _some(ids):
        rows += uow.session.execute(cards.where(still, sent_card.c.subject_id.in_(subjects))).all()
    if person_id is not None:
        rows += uow.session.execute(cards.where(still, sent_card.c.person_id == person_id)).all()
    if places:
        rows += uow.session.execute(cards.where(still, _is_overview(), _around(places))).all()
    # Where a message was sent is known of those of the last months alone; an older one is looked for in today's chat.
    nowhere = literal(None).label("conversation_id")
    sent = select(prompt.c.person_id, prompt.c.message_id, nowhere).where(
        prompt.c.message_id.is_not(None), prompt.c.kind != PromptKind.UPDATE, prompt.c.state.in_(_SENT)
    )
    for subjects in _some(ids):
        rows += uow.session.execute(sent.where(prompt.c.subject_id.in_(subjects))).all()
    if person_id is not None:
        rows += uow.session.execute(sent.where(prompt.c.person_id == person_id)).all()
    gone = {
        (row.person_id, row.message_id)
        for row in uow.session.execute(
            select(sent_card.c.person_id, sent_card.c.message_id).where(sent_card.c.view == GONE_VIEW)
        )
    }
    return [row for row in rows if (row.person_id, row.message_id) not in gone]


def _some(ids: Collection[UUID]) -> list[list[UUID]]:
    found = sorted(ids)
    return [found[start : start + SOME] for start in range(0, len(found), SOME)]


def _is_overview() -> ColumnElement[bool]:
    """Its subject is whom or where it is about, and no one record."""
    return or_(*(sent_card.c.subject_id.in_(select(table.c.id)) for table in (person, institution, area)))


def _around(places: Collection[UUID]) -> ColumnElement[bool]:
    reach = role_assignment.c
    areas = select(institution.c.area_id).where(institution.c.id.in_(places))
    whole = reach.institution_id.is_(None) & reach.area_id.is_(None)
    people = select(reach.person_id).where(or_(reach.institution_id.in_(places), reach.area_id.in_(areas), whole))
    return sent_card.c.person_id.in_(people)


def _of(anonymisation_id: UUID) -> ColumnElement[bool]:
    return prompt.c.occasion.startswith(_prefix(anonymisation_id), autoescape=True)


def _prefix(anonymisation_id: UUID) -> str:
    return f"anonymised:{anonymisation_id}:"
