"""Where people can be reached, which cards stand in their chats, and what was answered to what."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, String, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.engine import CursorResult

from domain.identity import new_id
from domain.message import Address, Answer, Chat, SentCard
from domain.organisation import Person
from storage.compiled import Compiled, adopted
from storage.prompt import revive_failed
from storage.retention import held_people
from storage.sealed import SealedJson
from storage.types import Utc, id_param, identity, metadata, registry
from storage.unit_of_work import Kind, UnitOfWork, insert_on

ANSWERS_KEPT = timedelta(days=2)
CARDS_KEPT = timedelta(days=60)
COPIES_UPDATED = 5
# The view of a message in which somebody may be typing: none that could be drawn.
TYPED_IN = "typed in"
NOWHERE = Address(service_url="", conversation_id="", user_id="", bot_id="", tenant_id="")

chat = Table(
    "chat",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id"), nullable=False, unique=True),
    Column("service_url", String(500), nullable=False),
    Column("conversation_id", String(500), nullable=False),
    Column("user_id", String(200), nullable=False),
    Column("bot_id", String(200), nullable=False),
    Column("tenant_id", String(36), nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("removed_at", Utc),
    Column("blocked_at", Utc),
)
sent_card = Table(
    "sent_card",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("view", String(60), nullable=False),
    Column("subject_id", identity().type, nullable=False),
    Column("conversation_id", String(500), nullable=False),
    Column("message_id", String(200), nullable=False),
    Column("sent_at", Utc, nullable=False),
    Index("ix_sent_card_subject", "person_id", "subject_id", "view"),
    Index("ix_sent_card_message", "person_id", "message_id"),
    Index("ix_sent_card_sent_at", "sent_at"),
)
answer = Table(
    "answer",
    metadata,
    Column("key", String(700), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("answered_at", Utc, nullable=False, index=True),
    Column("card", SealedJson("answer.card")),
)

registry.map_imperatively(Chat, chat)
registry.map_imperatively(SentCard, sent_card)
registry.map_imperatively(Answer, answer)

# What a turn asks every time; to put a statement together anew costs more than to run it.
_CHAT_OF = Compiled(select(chat).where(chat.c.person_id == id_param("person_id")))
_CARDS_OF = Compiled(
    select(sent_card)
    .join(chat, chat.c.person_id == sent_card.c.person_id)
    .where(
        sent_card.c.person_id == id_param("person_id"),
        sent_card.c.subject_id == id_param("subject_id"),
        sent_card.c.view == bindparam("view"),
        sent_card.c.conversation_id == chat.c.conversation_id,
    )
    .order_by(sent_card.c.sent_at.desc())
    .limit(COPIES_UPDATED)
)
_OF_MESSAGE = update(sent_card).where(
    sent_card.c.person_id == id_param("of"),
    sent_card.c.conversation_id == bindparam("place"),
    sent_card.c.message_id == bindparam("message"),
)
_SHOW_CARD = Compiled(
    _OF_MESSAGE.values(view=bindparam("shown"), subject_id=id_param("about"), sent_at=bindparam("at"))
)
_SET_ASIDE = Compiled(_OF_MESSAGE.values(view=bindparam("shown")))
_ANSWER_TO = Compiled(select(answer).where(answer.c.key == bindparam("key")))
_KEEP_ANSWER, _KEEP_CARD = Compiled(insert(answer)), Compiled(insert(sent_card))
_LOCKED = Compiled(select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("key", type_=String), 0))))


def chat_of(uow: UnitOfWork, person_id: UUID) -> Chat | None:
    """Where the person can be written to; None before they have met the bot and after they removed it."""
    found = _kept_chat(uow, person_id)
    return found if found and found.removed_at is None else None


def _kept_chat(uow: UnitOfWork, person_id: UUID) -> Chat | None:
    return _CHAT_OF.entity(uow, Chat, person_id=person_id)


def live_chat(uow: UnitOfWork, person_id: UUID) -> str | None:
    """The id of the chat where the person can be written to, which nobody changes until the transaction ends."""
    where = (chat.c.person_id == person_id, chat.c.removed_at.is_(None))
    return uow.session.scalar(select(chat.c.conversation_id).where(*where).with_for_update())


def remember_chat(uow: UnitOfWork, someone: Person, address: Address, now: datetime) -> None:
    """Keeps an address, since the channel may change it at any time.

    Whoever could not be written to until now gets what failed for that reason, as long as its moment has not passed.
    """
    refresh_chat(uow, someone, _kept_chat(uow, someone.id), address, now)


@cache
def _meet(dialect: Kind) -> Compiled:
    """Two activities may come at once when the app is installed: the second one finds the first one's row."""
    return Compiled(insert_on(dialect, chat).on_conflict_do_nothing(index_elements=["person_id"]))


def refresh_chat(uow: UnitOfWork, someone: Person, found: Chat | None, address: Address, now: datetime) -> None:
    """The same where it is known what is kept of the chat, None for nothing."""
    if found is None:
        still = {"seen_at": now, "removed_at": None, "blocked_at": None}
        _meet(uow.dialect).leave(uow, {"id": new_id(), "person_id": someone.id, **vars(address), **still})
        revive_failed(uow, someone.id, now)
        return
    if found.removed_at or found.blocked_at:
        revive_failed(uow, someone.id, now)
    if found.address != address or found.removed_at or found.blocked_at or now - found.seen_at > timedelta(days=1):
        for name, value in vars(address).items():
            setattr(found, name, value)
        found.seen_at, found.removed_at, found.blocked_at = now, None, None


def forget_chat(uow: UnitOfWork, someone: Person, now: datetime) -> None:
    """The app was removed: the address is forgotten, nothing more is sent, and the person's records stay."""
    found = _kept_chat(uow, someone.id)
    if found is None:
        found = Chat(person_id=someone.id, seen_at=now, **vars(NOWHERE))
        uow.add(found)
    for name, value in vars(NOWHERE).items():
        setattr(found, name, value)
    found.removed_at, found.blocked_at = now, None


def lose_chat(uow: UnitOfWork, person_id: UUID, conversation_id: str) -> bool:
    """The channel does not know this chat: it is as if the person had never met the bot, unless they have another."""
    lost = delete(Chat).where(chat.c.person_id == person_id, chat.c.conversation_id == conversation_id)
    result = uow.session.execute(lost)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def mark_blocked(uow: UnitOfWork, person_id: UUID, now: datetime | None) -> None:
    """The person, or an administrator, wants no messages now; with None one has arrived again."""
    uow.session.execute(update(Chat).where(chat.c.person_id == person_id).values(blocked_at=now))


def answer_to(uow: UnitOfWork, key: str) -> Callable[[], Answer | None]:
    """What this very activity was answered with before, once it is called: until then it may not have been asked for.

    On PostgreSQL the key is locked until the end of the transaction, so that the second of two simultaneous presses
    waits for the first one's answer; SQLite has one writer anyway.
    """
    if uow.dialect == "postgresql":
        _LOCKED.leave(uow, {"key": key})
    found = _ANSWER_TO.leave(uow, {"key": key})
    return lambda: next((adopted(uow, Answer, row) for row in found()), None)


def keep_answer(uow: UnitOfWork, given: Answer) -> None:
    """Keeps it for when the same comes again."""
    _KEEP_ANSWER.leave(uow, vars(given))


def cards_of(uow: UnitOfWork, someone: Person, view: str, subject_id: UUID) -> Sequence[SentCard]:
    """The newest copies of this card in the person's present chat."""
    return _CARDS_OF.entities(uow, SentCard, person_id=someone.id, subject_id=subject_id, view=view)


def message_showing(uow: UnitOfWork, person_id: UUID, view: str, subject_id: UUID) -> str | None:
    """The newest message in the person's present chat that shows this view of this subject, None where none does."""
    return uow.session.scalar(
        select(sent_card.c.message_id)
        .join(chat, chat.c.person_id == sent_card.c.person_id)
        .where(
            sent_card.c.person_id == person_id,
            sent_card.c.view == view,
            sent_card.c.subject_id == subject_id,
            sent_card.c.conversation_id == chat.c.conversation_id,
            chat.c.removed_at.is_(None),
        )
        .order_by(sent_card.c.sent_at.desc())
        .limit(1)
    )


def shown_in(uow: UnitOfWork, person_id: UUID, conversation_id: str, message_id: str) -> tuple[str, UUID] | None:
    """The view and the subject that a message shows now, None where nothing is known of it."""
    found = uow.session.execute(
        select(sent_card.c.view, sent_card.c.subject_id).where(
            sent_card.c.person_id == person_id,
            sent_card.c.conversation_id == conversation_id,
            sent_card.c.message_id == message_id,
        )
    ).first()
    return (found.view, found.subject_id) if found else None


def place_card(uow: UnitOfWork, card: SentCard) -> None:
    """Keeps what a message shows now, whatever it showed before."""
    which = {"of": card.person_id, "place": card.conversation_id, "message": card.message_id}
    if not _SHOW_CARD.run(uow, **which, shown=card.view, about=card.subject_id, at=card.sent_at):
        _KEEP_CARD.leave(uow, vars(card))


def set_card_aside(uow: UnitOfWork, someone: Person, conversation_id: str, message_id: str) -> None:
    """Keeps that the message shows what nobody may replace: a form, or words that are kept nowhere else.

    It is still known what it is about, for whoever has to blank it.
    """
    _SET_ASIDE.run(uow, of=someone.id, place=conversation_id, message=message_id, shown=TYPED_IN)


def tidy(uow: UnitOfWork, now: datetime) -> None:
    """Drops stored answers and marks of sent cards that nothing can ask for any more, but what a hold keeps."""
    # I34: "Nothing is deleted while a LegalHold is on"; an answer holds the words of the card that was given.
    kept = held_people(uow)
    if kept.everybody:
        return
    for entity, table, is_over in (
        (Answer, answer, answer.c.answered_at < now - ANSWERS_KEPT),
        (SentCard, sent_card, sent_card.c.sent_at < now - CARDS_KEPT),
    ):
        uow.session.execute(delete(entity).where(is_over, table.c.person_id.not_in(kept.people)))
