"""How fast all replicas together may call Microsoft, and what none of them does for the time being.

The turns stand in the database, so that there is one limiter however many replicas run.
"""

from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, String, Table, select, update

from storage.types import Utc, metadata
from storage.unit_of_work import UnitOfWork

send_slot = Table(
    "send_slot",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_at", Utc, nullable=False),
)
rest = Table(
    "rest",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("until", Utc, nullable=False),
)

# Farther ahead than this is no queue but a clock that was wrong.
LONGEST_QUEUE = timedelta(minutes=5)


def take_slots(uow: UnitOfWork, now: datetime, count: int, rate: float, *, besides: int = 0) -> list[datetime]:
    """The next turns under the rate that all replicas share, taken in this very transaction.

    `besides` is how many calls were made without waiting for a turn, such as answers to people: the next ones wait the
    longer for it.
    """
    if not count:
        return []
    insert = uow.insert(send_slot)
    uow.session.execute(insert.values(id=1, next_at=now).on_conflict_do_nothing())
    next_at = uow.session.scalar(select(send_slot.c.next_at).where(send_slot.c.id == 1).with_for_update())
    # A row far ahead comes from a clock that was wrong: nobody waits for it.
    first = now if next_at is None or next_at > now + LONGEST_QUEUE else max(now, next_at)
    step = timedelta(seconds=1 / rate)
    first += step * besides
    uow.session.execute(update(send_slot).where(send_slot.c.id == 1).values(next_at=first + step * count))
    return [first + step * number for number in range(count)]


def is_resting(uow: UnitOfWork, name: str, now: datetime) -> bool:
    """Whether this is to be left alone for now, by every replica."""
    return rests_for(uow, name, now) > timedelta(0)


def rests_for(uow: UnitOfWork, name: str, now: datetime) -> timedelta:
    """For how long this is still to be left alone, by every replica."""
    until = uow.session.scalar(select(rest.c.until).where(rest.c.name == name))
    return max(timedelta(0), until - now) if until is not None else timedelta(0)


def take_turn(uow: UnitOfWork, name: str, now: datetime, until: datetime) -> bool:
    """Whether it is for this replica to do now; nobody else does it before `until`."""
    insert = uow.insert(rest)
    first = insert.values(name=name, until=until).on_conflict_do_nothing().returning(rest.c.name)
    if uow.session.scalar(first) is not None:
        return True
    again = update(rest).where(rest.c.name == name, rest.c.until <= now).values(until=until).returning(rest.c.name)
    return uow.session.scalar(again) is not None


def let_rest(uow: UnitOfWork, name: str, until: datetime) -> None:
    """Nobody does it before `until`, nor before what was set already: the longest wait holds."""
    insert = uow.insert(rest)
    uow.session.execute(
        insert.values(name=name, until=until).on_conflict_do_update(
            index_elements=["name"], set_={"until": until}, where=rest.c.until < until
        )
    )
