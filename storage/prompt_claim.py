"""Which prompts may go now: one message per person, each with its turn under the rate that all replicas share."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, not_, or_, select, update
from sqlalchemy.sql import ColumnElement

from domain.anonymisation import GONE_VIEW
from domain.prompt import MONDAY_LIST, Prompt, PromptKind, PromptState
from domain.quiet import QuietTimes
from storage.compiled import Compiled
from storage.message import chat
from storage.organisation import person
from storage.pace import take_slots
from storage.prompt import UNSETTLED, prompt
from storage.types import id_param
from storage.unit_of_work import UnitOfWork

# The view that several reminders are gathered into, and what the occasion of such a list begins with.
LIST, LIST_OCCASION = "overview", "list"
_CLAIM = Compiled(
    update(prompt)
    .where(prompt.c.id == id_param("which"))
    .values(state=PromptState.CLAIMED, owner=bindparam("by"), slot_at=bindparam("turn"))
)


def claim(
    uow: UnitOfWork,
    *,
    owner: str,
    now: datetime,
    limit: int,
    rate: float,
    quiet: QuietTimes,
    besides: int = 0,
    but_for: Collection[UUID] = (),
) -> Sequence[Prompt]:
    """Takes what is due and may be sent now: one message per person, each with its turn under the shared rate.

    I38: "At most one unprompted message per person per working day (urgent time changes excepted); none in quiet hours
    or school holidays". Several reminders for one person are gathered into their list. On the day of the person's own
    appointment one reminder about it may come besides the one of the day. `besides` is how many calls this replica has
    made without a turn; people in `but_for` have one on its way and wait for it.
    """
    waiting_now = due(now, quiet).limit(limit)
    if but_for:
        waiting_now = waiting_now.where(prompt.c.person_id.not_in(list(but_for)))
    if uow.dialect == "postgresql":
        # The chat is locked with the prompt: nobody else takes another message for the same person meanwhile.
        waiting_now = waiting_now.with_for_update(of=[prompt, chat], skip_locked=True)
    by_person: dict[UUID, list[Prompt]] = {}
    for each in uow.session.scalars(waiting_now):
        by_person.setdefault(each.person_id, []).append(each)
    chosen = [_one_of(uow, waiting, now, quiet) for waiting in by_person.values()]
    chosen.sort(key=lambda each: each.due_at)
    for each, slot_at in zip(chosen, take_slots(uow, now, len(chosen), rate, besides=besides), strict=True):
        _CLAIM.run(uow, which=each.id, by=owner, turn=slot_at)
        each.state, each.owner, each.slot_at = PromptState.CLAIMED, owner, slot_at
        # The row says so already: the session would write all of them once more, at five times the cost.
        uow.session.expunge(each)
    return chosen


def due(now: datetime, quiet: QuietTimes) -> Select[Prompt]:
    """What may be sent at that time to a chat that is there, in the order in which it came due."""
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
    return (
        select(Prompt)
        .join(chat, and_(chat.c.person_id == prompt.c.person_id, chat.c.removed_at.is_(None)))
        .join(person, person.c.id == prompt.c.person_id)
        .where(
            prompt.c.state == PromptState.PENDING,
            prompt.c.due_at <= now,
            prompt.c.expires_at > now,
            # A card is blanked also in the chat of somebody who has left.
            or_(person.c.ended_on.is_(None), person.c.ended_on >= today, prompt.c.view == GONE_VIEW),
            or_(*may_go),
        )
        .order_by(prompt.c.due_at, prompt.c.id)
    )


def _reminded_since(start: datetime, *, of_appointment_on: date | None = None) -> ColumnElement[bool]:
    """Whether another reminder went out since then, or may have; it does not stand in the way of its own repeat.

    With `of_appointment_on` only those count that were about an appointment on that day.
    """
    other = prompt.alias("other")
    found = exists().where(
        other.c.person_id == prompt.c.person_id,
        other.c.id != prompt.c.id,
        other.c.kind == PromptKind.REMINDER,
        or_(other.c.sent_at >= start, other.c.state.in_(UNSETTLED)),
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
