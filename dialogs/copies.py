"""The copies of a card that stand in people's chats, and their replacement once the matter has moved on."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.organisation import Person
from domain.prompt import Occasion, PromptKind
from storage import message, prompt
from storage.unit_of_work import UnitOfWork

UPDATES_FOR = timedelta(days=7)
RECEIPT_WAITS = timedelta(days=1)


def renew(uow: UnitOfWork, someone: Person, view: str, subject_id: UUID, now: datetime, *, besides: str = "") -> None:
    """Plans that the person's copies of this card are drawn anew, but for the message `besides`."""
    for copy in message.cards_of(uow, someone, view, subject_id):
        if copy.message_id == besides:
            continue
        prompt.plan(
            uow,
            Occasion(
                key=f"update:{copy.id}:{now.isoformat()}",
                person_id=someone.id,
                view=view,
                subject_id=subject_id,
                due_at=now,
                expires_at=now + UPDATES_FOR,
                kind=PromptKind.UPDATE,
                replaces=copy.message_id,
            ),
        )


def send_receipt(uow: UnitOfWork, someone: Person, view: str, subject_id: UUID, now: datetime) -> None:
    """Plans the card of what was saved in a dialog: in the personal chat it can be read again and corrected."""
    if message.chat_of(uow, someone.id) is None:
        return
    prompt.plan(
        uow,
        Occasion(
            key=f"receipt:{subject_id}:{someone.id}:{now.isoformat()}",
            person_id=someone.id,
            view=view,
            subject_id=subject_id,
            due_at=now,
            expires_at=now + RECEIPT_WAITS,
            kind=PromptKind.ASKED,
        ),
    )
