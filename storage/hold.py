"""Whether messages may go out at all: signs of life of whoever serves and plans, and the hold after a restore.

A restored database does not know what was sent since the backup was taken, and would say all of it again. It is known
by its silence: whoever serves a database leaves a sign of life each minute, and the newest one in a backup is as old as
the backup. What is compared is the database's own clock with itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, Integer, Table, Text, func, select, update

from domain.prompt import PromptKind, PromptState
from storage.prompt import change_state, prompt
from storage.types import Utc, enum_type, metadata
from storage.unit_of_work import UnitOfWork

# Longer than a clock is set wrong by, or a server is down without anybody looking; shorter than a backup is old.
SILENCE = timedelta(hours=2)
RESTORED = "restored"


class HeldBecause(StrEnum):
    """Nobody had served the database for hours, as after a restore; or an operator has asked for it."""

    SILENCE = "silence"
    ASKED = "asked"


delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("alive_at", Utc),
    Column("held_at", Utc),
    Column("held_because", enum_type(HeldBecause)),
    Column("planned_at", Utc),
    Column("failing", Text, nullable=False, server_default=""),
)


@dataclass(frozen=True)
class Hold:
    """When the database was last served, since when and why nothing is sent, and when anybody last planned what is due;
    None for what is not so. `failing` are the flows whose clocks failed then."""

    alive_at: datetime | None = None
    held_at: datetime | None = None
    because: HeldBecause | None = None
    planned_at: datetime | None = None
    failing: Sequence[str] = ()
    clock: datetime | None = None

    @property
    def silent_for(self) -> timedelta:
        """How long nobody has served the database; none at all before the first time."""
        return self.clock - self.alive_at if self.clock and self.alive_at else timedelta(0)

    @property
    def unplanned_for(self) -> timedelta | None:
        """How long nobody has planned what is due; None before the first time."""
        return self.clock - self.planned_at if self.clock and self.planned_at else None


def standing(uow: UnitOfWork) -> Hold:
    """How it stands now, by the database's clock."""
    columns = ("alive_at", "held_at", "held_because", "planned_at", "failing")
    found = uow.session.execute(select(*(delivery.c[name] for name in columns))).one_or_none()
    if found is None:
        return Hold(clock=clock(uow))
    alive_at, held_at, because, planned_at, failing = found
    return Hold(alive_at, held_at, because, planned_at, tuple(failing.split()), clock(uow))


def is_held(uow: UnitOfWork, *, watches: bool) -> bool:
    """Whether nothing may be sent. With `watches`, a silence of hours is the reason for a hold from now on."""
    stands = standing(uow)
    if stands.held_at is None and watches and stands.silent_for > SILENCE:
        hold(uow, HeldBecause.SILENCE)
        return True
    return stands.held_at is not None


def live(uow: UnitOfWork, *, watches: bool) -> bool:
    """A sign of life of whoever serves; whether what it finds is held."""
    held = is_held(uow, watches=watches)
    _write(uow, alive_at=clock(uow))
    return held


def planned(uow: UnitOfWork, failing: Iterable[str] = ()) -> None:
    """What is due has been planned, but for the flows whose clocks are `failing`."""
    _write(uow, planned_at=clock(uow), failing=" ".join(failing))


def hold(uow: UnitOfWork, because: HeldBecause) -> None:
    """Nothing is sent until `let_go`; a hold that is there already stays as it is."""
    _write(uow)
    uow.session.execute(
        update(delivery).where(delivery.c.held_at.is_(None)).values(held_at=clock(uow), held_because=because)
    )


def let_go(uow: UnitOfWork, now: datetime, *, send_what_waited: bool) -> int:
    """Ends the hold; returns how many prompts that were due are ended with it.

    "After a restore from backup the delivery is held until someone releases it; what fell due before the restore point
    expires": it may have been sent by the database that was lost. What replaces a card is true whenever it comes.
    """
    ended = 0
    if not send_what_waited:
        before = prompt.c.due_at <= (standing(uow).held_at or now)
        not_update = prompt.c.kind != PromptKind.UPDATE
        change_state(uow, before, PromptState.CLAIMED, state=PromptState.PENDING, owner=None)
        change_state(uow, before & not_update, PromptState.SENDING, state=PromptState.UNCERTAIN, reason=RESTORED)
        ended = change_state(uow, before & not_update, PromptState.PENDING, state=PromptState.EXPIRED, reason=RESTORED)
    _write(uow, alive_at=clock(uow), held_at=None, held_because=None)
    return ended


def clock(uow: UnitOfWork) -> datetime:
    """What time it is for the database: the same for all replicas, whatever their own clocks say."""
    if uow.dialect == "postgresql":
        told: datetime | None = uow.session.scalar(select(func.clock_timestamp()))
        assert told is not None
        return told.astimezone(UTC)
    return datetime.now(UTC)


def _write(uow: UnitOfWork, **values: object) -> None:
    insert = uow.insert(delivery)
    made = insert.values(id=1, **values)
    uow.session.execute(
        made.on_conflict_do_update(index_elements=["id"], set_=values) if values else made.on_conflict_do_nothing()
    )
