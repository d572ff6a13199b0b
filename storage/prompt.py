"""Prompts on their way to people: planned once, claimed by one worker, and settled whatever happens.

Every change of state names the state and the worker it comes from, so that a worker that was paused, or taken for dead
and replaced, changes nothing (row count 0).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql import ColumnElement

from domain.identity import new_id
from domain.message import Chat
from domain.organisation import Person
from domain.prompt import MONDAY_LIST, MOST_COPIES, Occasion, Prompt, PromptKind, PromptState
from domain.quiet import QuietTimes
from storage.database import UnitOfWork
from storage.message import chat
from storage.organisation import person
from storage.types import Utc, enum_type, identity, metadata, registry

prompt = Table(
    "prompt",
    metadata,
    identity(),
    Column("occasion", String(700), nullable=False, unique=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("view", String(60), nullable=False),
    Column("subject_id", identity().type, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("kind", enum_type(PromptKind), nullable=False),
    Column("personal", Boolean, nullable=False),
    Column("is_planned", Boolean, nullable=False),
    Column("replaces", String(200)),
    Column("state", enum_type(PromptState), nullable=False),
    Column("owner", String(60)),
    Column("slot_at", Utc),
    Column("copies", Integer, nullable=False),
    Column("message_id", String(200)),
    Column("sent_at", Utc),
    Column("reason", String(200)),
    Column("appointment_on", Date),
    Index("ix_prompt_state_due_at", "state", "due_at"),
    Index("ix_prompt_person_id_sent_at", "person_id", "sent_at"),
    Index("ix_prompt_person_id_subject_id", "person_id", "subject_id"),
)
worker = Table(
    "worker",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("beats", Integer, nullable=False),
)
send_slot = Table(
    "send_slot",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_at", Utc, nullable=False),
)

registry.map_imperatively(Prompt, prompt)

_PROMPTED = (PromptKind.REMINDER, PromptKind.URGENT, PromptKind.ASKED)
_UNSETTLED = (PromptState.CLAIMED, PromptState.SENDING)
# The view that several reminders are gathered into, and what the occasion of such a list begins with.
LIST, LIST_OCCASION = "overview", "list"


def plan(uow: UnitOfWork, occasion: Occasion) -> None:
    """Plans one occasion, in the transaction that is its reason; planned before, it stays as it is."""
    plan_all(uow, [occasion], is_planned=False)
    uow.session.info["has_planned"] = True


def has_planned(uow: UnitOfWork) -> bool:
    """Whether this unit of work has planned something, so that delivery is woken once it is committed."""
    return bool(uow.session.info.get("has_planned"))


def plan_all(uow: UnitOfWork, occasions: Iterable[Occasion], *, is_planned: bool) -> None:
    """Plans many; `is_planned` marks what a clock derives, and derives again every minute as long as it holds.

    An occasion that was cancelled, because its reason had gone, is pending again when the reason is back.
    """
    rows = [
        {
            "id": new_id(),
            "occasion": each.key,
            "person_id": each.person_id,
            "view": each.view,
            "subject_id": each.subject_id,
            "due_at": each.due_at,
            "expires_at": each.expires_at,
            "kind": each.kind,
            "personal": each.personal,
            "replaces": each.replaces,
            "appointment_on": each.appointment_on,
            "is_planned": is_planned,
            "state": PromptState.PENDING,
            "copies": 0,
        }
        for each in occasions
    ]
    if not rows:
        return
    insert = postgresql.insert(prompt) if uow.dialect == "postgresql" else sqlite.insert(prompt)
    revived = insert.on_conflict_do_update(
        index_elements=["occasion"],
        set_={
            "state": PromptState.PENDING,
            "due_at": insert.excluded.due_at,
            "expires_at": insert.excluded.expires_at,
        },
        where=(prompt.c.state == PromptState.CANCELLED) & (prompt.c.copies == 0),
    )
    uow.session.execute(revived, rows)


def cancel_what_no_clock_derives(uow: UnitOfWork, keys: Iterable[str]) -> int:
    """Cancels the pending prompts of clocks whose reason has gone: the dialogue was moved, or is prepared.

    What stands in a person's list has lost its reason in the same way, and is done with.
    """
    derived = set(keys)
    waiting = uow.session.execute(
        select(prompt.c.id, prompt.c.occasion, prompt.c.state).where(
            prompt.c.state.in_([PromptState.PENDING, PromptState.GATHERED]), prompt.c.is_planned, prompt.c.copies == 0
        )
    ).all()
    for state, then in (
        (PromptState.PENDING, PromptState.CANCELLED),
        (PromptState.GATHERED, PromptState.ANSWERED),
    ):
        gone = [row.id for row in waiting if row.state is state and row.occasion not in derived]
        for start in range(0, len(gone), 500):
            _change(uow, prompt.c.id.in_(gone[start : start + 500]), state, state=then)
    return sum(row.occasion not in derived for row in waiting if row.state is PromptState.PENDING)


def expire(uow: UnitOfWork, now: datetime) -> int:
    """Ends what is still pending after its moment: it is reported, and never sent late."""
    return _change(uow, prompt.c.expires_at <= now, PromptState.PENDING, state=PromptState.EXPIRED)


def claim(
    uow: UnitOfWork, *, owner: str, now: datetime, limit: int, rate: float, quiet: QuietTimes
) -> Sequence[Prompt]:
    """Takes what is due and may be sent now: one message per person, each with its turn under the shared rate.

    I38: "At most one unprompted message per person per working day (urgent time changes excepted); none in quiet hours
    or school holidays". Several reminders for one person are gathered into their list. On the day of the person's own
    appointment one reminder about it may come besides the one of the day.
    """
    found = uow.session.execute(_due(uow, now, quiet).limit(limit)).all()
    by_person: dict[UUID, list[Prompt]] = {}
    for each, _chat in found:
        by_person.setdefault(each.person_id, []).append(each)
    chosen = [_one_of(uow, waiting, now, quiet) for waiting in by_person.values()]
    chosen.sort(key=lambda each: each.due_at)
    for each, slot_at in zip(chosen, _slots(uow, now, len(chosen), rate), strict=True):
        each.state, each.owner, each.slot_at = PromptState.CLAIMED, owner, slot_at
    uow.session.flush()
    return chosen


def _due(uow: UnitOfWork, now: datetime, quiet: QuietTimes):  # type: ignore[no-untyped-def]
    today = now.astimezone(quiet.zone).date()
    is_open = quiet.is_open(now)
    paused = person.c.paused_until.is_not(None) & (person.c.paused_until >= today)
    asked = prompt.c.kind.in_([PromptKind.ASKED, PromptKind.UPDATE])
    # A change of time waits for the morning, unless the matter does not.
    urgent = (prompt.c.kind == PromptKind.URGENT) & (
        prompt.c.expires_at > now if is_open else prompt.c.expires_at <= quiet.next_open(now)
    )
    may_go = [asked, urgent]
    if is_open:
        reminder = (prompt.c.kind == PromptKind.REMINDER) & not_(paused)
        if not quiet.is_off:
            start = quiet.start_of_day(now)
            beside = (prompt.c.appointment_on == today) & not_(_reminded_since(start, of_appointment_on=today))
            reminder = reminder & or_(not_(_reminded_since(start)) & not_(_waits_for_list(now, quiet)), beside)
        may_go.append(reminder)
    query = (
        select(Prompt, Chat)
        .join(chat, and_(chat.c.person_id == prompt.c.person_id, chat.c.removed_at.is_(None)))
        .join(person, person.c.id == prompt.c.person_id)
        .where(
            prompt.c.state == PromptState.PENDING,
            prompt.c.due_at <= now,
            prompt.c.expires_at > now,
            or_(person.c.ended_on.is_(None), person.c.ended_on >= today),
            or_(*may_go),
        )
        .order_by(prompt.c.due_at, prompt.c.id)
    )
    # The chat is locked with the prompt: nobody else takes another message for the same person meanwhile.
    return query.with_for_update(of=[Prompt, Chat], skip_locked=True) if uow.dialect == "postgresql" else query


def _reminded_since(start: datetime, *, of_appointment_on: date | None = None) -> ColumnElement[bool]:
    """Whether another reminder went out since then, or may have; it does not stand in the way of its own repeat.

    With `of_appointment_on` only those count that were about an appointment on that day.
    """
    other = prompt.alias("other")
    found = exists().where(
        other.c.person_id == prompt.c.person_id,
        other.c.id != prompt.c.id,
        other.c.kind == PromptKind.REMINDER,
        or_(other.c.sent_at >= start, other.c.state.in_(_UNSETTLED)),
    )
    return found if of_appointment_on is None else found.where(other.c.appointment_on == of_appointment_on)


def _waits_for_list(now: datetime, quiet: QuietTimes) -> ColumnElement[bool]:
    """Whether the Monday list is still to come this day; one that had nothing to say is not waited for."""
    other = prompt.alias("list")
    return exists().where(
        other.c.person_id == prompt.c.person_id,
        other.c.view == MONDAY_LIST,
        other.c.state == PromptState.PENDING,
        other.c.reason.is_(None),
        other.c.due_at > now,
        other.c.due_at < quiet.start_of_day(now + timedelta(days=1)),
    )


def _one_of(uow: UnitOfWork, waiting: list[Prompt], now: datetime, quiet: QuietTimes) -> Prompt:
    """The one message of this wave: what was asked for, what is urgent, a reminder, or the list of several."""
    order = [PromptKind.UPDATE, PromptKind.ASKED, PromptKind.URGENT, PromptKind.REMINDER]
    first = min(waiting, key=lambda each: (order.index(each.kind), each.due_at))
    reminders = [each for each in waiting if each.kind is PromptKind.REMINDER]
    if first.kind is not PromptKind.REMINDER:
        return first
    if lists := [each for each in reminders if each.view == MONDAY_LIST]:
        return lists[0]
    if len(reminders) == 1 or quiet.is_off:
        return first
    today = now.astimezone(quiet.zone).date()
    if appointments := [each for each in reminders if each.appointment_on == today]:
        # It is about what the person has just come from; the rest can wait a day and be gathered then.
        return appointments[0]
    # Unique by the first of those gathered: were it by the day, a second list of the day could never be made.
    occasion = f"{LIST_OCCASION}:{first.id}"
    for each in reminders:
        each.state, each.reason = PromptState.GATHERED, occasion
    gathered = Prompt(
        occasion=occasion,
        person_id=first.person_id,
        view=LIST,
        subject_id=first.person_id,
        due_at=first.due_at,
        expires_at=max(each.expires_at for each in reminders),
    )
    uow.add(gathered)
    return gathered


def _slots(uow: UnitOfWork, now: datetime, count: int, rate: float) -> list[datetime]:
    """The next turns under the rate that all replicas share, taken in this very transaction."""
    if not count:
        return []
    insert = postgresql.insert(send_slot) if uow.dialect == "postgresql" else sqlite.insert(send_slot)
    uow.session.execute(insert.values(id=1, next_at=now).on_conflict_do_nothing())
    next_at = uow.session.scalar(select(send_slot.c.next_at).where(send_slot.c.id == 1).with_for_update())
    # A row far ahead comes from a clock that was wrong: nobody waits for it.
    first = now if next_at is None or next_at > now + timedelta(minutes=5) else max(now, next_at)
    step = timedelta(seconds=1 / rate)
    uow.session.execute(update(send_slot).where(send_slot.c.id == 1).values(next_at=first + step * count))
    return [first + step * number for number in range(count)]


def mark_sending(uow: UnitOfWork, prompt_id: UUID, owner: str) -> bool:
    """The last word before the post; False when the prompt is not this worker's any more, and nothing may be sent."""
    return _mine(uow, prompt_id, owner, PromptState.CLAIMED, state=PromptState.SENDING, copies=prompt.c.copies + 1)


def gather(uow: UnitOfWork, person_id: UUID, matters: Iterable[UUID], until: datetime) -> int:
    """The person gets a list that names these matters: reminders of them that are due until then count as said."""
    about = (prompt.c.person_id == person_id) & prompt.c.subject_id.in_(list(matters))
    due = (prompt.c.kind == PromptKind.REMINDER) & (prompt.c.due_at < until) & (prompt.c.copies == 0)
    return _change(uow, about & due, PromptState.PENDING, state=PromptState.GATHERED)


def record_sent(uow: UnitOfWork, prompt_id: UUID, owner: str, message_id: str, now: datetime) -> bool:
    return _mine(
        uow,
        prompt_id,
        owner,
        PromptState.SENDING,
        state=PromptState.SENT,
        message_id=message_id,
        sent_at=now,
        reason=None,
    )


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
    claimed = _change(uow, is_theirs, PromptState.CLAIMED, state=PromptState.PENDING, owner=None)
    return claimed + _settle_unknown(uow, is_theirs, now=now, again_at=now, reason="worker lost")


def _settle_unknown(
    uow: UnitOfWork, which: ColumnElement[bool], *, now: datetime, again_at: datetime, reason: str
) -> int:
    # Kept as sent now, since it may have arrived: it is the one message of the day.
    update_again = prompt.c.kind == PromptKind.UPDATE
    once_more = update_again | (not_(prompt.c.personal) & (prompt.c.copies < MOST_COPIES))
    repeated = _change(
        uow,
        which & once_more,
        PromptState.SENDING,
        state=PromptState.PENDING,
        owner=None,
        due_at=again_at,
        sent_at=now,
        reason=reason,
    )
    return repeated + _change(uow, which, PromptState.SENDING, state=PromptState.UNCERTAIN, sent_at=now, reason=reason)


def beat(uow: UnitOfWork, owner: str) -> dict[str, int]:
    """Raises this worker's counter, and tells everyone's."""
    insert = postgresql.insert(worker) if uow.dialect == "postgresql" else sqlite.insert(worker)
    uow.session.execute(
        insert.values(id=owner, beats=1).on_conflict_do_update(
            index_elements=["id"], set_={"beats": worker.c.beats + 1}
        )
    )
    return dict(uow.session.execute(select(worker.c.id, worker.c.beats)).all())


def leave(uow: UnitOfWork, owner: str, now: datetime) -> int:
    """A worker goes, or is found dead: what it held is released."""
    uow.session.execute(delete(worker).where(worker.c.id == owner))
    return release(uow, owner, now)


def owners(uow: UnitOfWork) -> set[str]:
    """The workers that hold something."""
    held = select(prompt.c.owner).where(prompt.c.state.in_(_UNSETTLED)).distinct()
    return {owner for owner in uow.session.scalars(held) if owner}


def answered(uow: UnitOfWork, person_id: UUID, subject_id: UUID) -> None:
    """The person has acted on the matter: what was sent of it is answered, and no further copy of it goes out."""
    about = (prompt.c.person_id == person_id) & (prompt.c.subject_id == subject_id) & (prompt.c.kind.in_(_PROMPTED))
    sent = prompt.c.state.in_([PromptState.SENT, PromptState.UNCERTAIN])
    repeat = (prompt.c.state == PromptState.PENDING) & (prompt.c.copies > 0)
    uow.session.execute(update(Prompt).where(about, or_(sent, repeat)).values(state=PromptState.ANSWERED))


def drop_reminders(uow: UnitOfWork, view: str, subject_id: UUID, *, of: UUID | None = None) -> None:
    """The matter is done: nobody is reminded of it any more, nor of what they have put off or have on their list.

    With `of` it is done for that person, and still waits for others.
    """
    about = (prompt.c.subject_id == subject_id) & (prompt.c.view == view) & (prompt.c.kind == PromptKind.REMINDER)
    if of is not None:
        about = about & (prompt.c.person_id == of)
    _change(uow, about & (prompt.c.copies == 0), PromptState.PENDING, state=PromptState.CANCELLED)
    _change(uow, about, PromptState.GATHERED, state=PromptState.ANSWERED)


def open_prompts_of(uow: UnitOfWork, someone: Person, *, most: int = 3) -> Sequence[Prompt]:
    """What was sent to the person and waits for an answer, newest first, each matter once."""
    found = uow.session.scalars(
        select(Prompt)
        .where(
            prompt.c.person_id == someone.id,
            prompt.c.state == PromptState.SENT,
            prompt.c.kind.in_(_PROMPTED),
        )
        .order_by(prompt.c.sent_at.desc())
        .limit(20)
    )
    matters = {(each.view, each.subject_id): each for each in reversed(found.all())}
    return list(reversed(matters.values()))[:most]


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


def people_without_chat(uow: UnitOfWork, now: datetime) -> Sequence[Person]:
    """The people for whom something is due and who cannot be written to, by name."""
    has_chat = exists().where(chat.c.person_id == person.c.id, chat.c.removed_at.is_(None))
    waits = exists().where(
        prompt.c.person_id == person.c.id, prompt.c.state == PromptState.PENDING, prompt.c.due_at <= now
    )
    return uow.session.scalars(select(Person).where(waits, not_(has_chat)).order_by(person.c.name)).all()


def _mine(uow: UnitOfWork, prompt_id: UUID, owner: str, now_is: PromptState, **values: object) -> bool:
    if "owner_now" in values:
        values["owner"] = values.pop("owner_now")
    return _change(uow, (prompt.c.id == prompt_id) & (prompt.c.owner == owner), now_is, **values) == 1


def _change(uow: UnitOfWork, which: ColumnElement[bool], now_is: PromptState, **values: object) -> int:
    statement = update(prompt).where(which, prompt.c.state == now_is).values(**values)
    result = uow.session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
