"""Prompts on their way to people: planned once, claimed by one worker, and settled whatever happens.

Every change of state names the state and the worker it comes from, so that a worker that was paused, or taken for dead
and replaced, changes nothing (row count 0).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql import ColumnElement

from domain.identity import new_id
from domain.message import NO_WAY_TO_THEM
from domain.organisation import Person
from domain.prompt import Occasion, Prompt, PromptKind, PromptState
from storage.compiled import Compiled
from storage.types import Utc, enum_type, id_param, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

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
    Index("ix_prompt_state_expires_at", "state", "expires_at"),
    Index("ix_prompt_state_view", "state", "view"),
    Index("ix_prompt_view_subject_id", "view", "subject_id"),
    Index("ix_prompt_person_id_sent_at", "person_id", "sent_at"),
    Index("ix_prompt_person_id_subject_id", "person_id", "subject_id"),
)
worker = Table(
    "worker",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("beats", Integer, nullable=False),
)
registry.map_imperatively(Prompt, prompt)

_PROMPTED = (PromptKind.REMINDER, PromptKind.URGENT, PromptKind.ASKED)
UNSETTLED = (PromptState.CLAIMED, PromptState.SENDING)
# With every card that is saved. No turn has loaded a prompt that it changes.
_ANSWERED = Compiled(
    update(prompt)
    .where(
        prompt.c.person_id == id_param("of"),
        prompt.c.subject_id == id_param("about"),
        or_(*(prompt.c.kind == each for each in _PROMPTED)),
        or_(
            prompt.c.state == PromptState.SENT,
            prompt.c.state == PromptState.UNCERTAIN,
            (prompt.c.state == PromptState.PENDING) & (prompt.c.copies > 0),
        ),
    )
    .values(state=PromptState.ANSWERED)
)
# With the first word of everybody who has just met the bot.
_REVIVED = Compiled(
    update(prompt)
    .where(
        prompt.c.person_id == id_param("of"),
        or_(*(prompt.c.reason == each for each in NO_WAY_TO_THEM)),
        prompt.c.expires_at > bindparam("now"),
        prompt.c.state == PromptState.FAILED,
    )
    .values(state=PromptState.PENDING, owner=null(), copies=prompt.c.copies - 1)
)
# Each minute, of all that a clock has derived and that has not been sent: nothing but what tells them apart.
_planned = select(prompt.c.occasion).where(
    prompt.c.state == bindparam("in_state"), prompt.c.is_planned, prompt.c.copies == 0
)
_PLANNED = Compiled(_planned)
# Those of all other views, found in the index on both sides of the one.
_PLANNED_BESIDES = (
    Compiled(_planned.where(prompt.c.view < bindparam("view"))),
    Compiled(_planned.where(prompt.c.view > bindparam("view"))),
)
# What asks for the ids of some subjects, None for no subject.
Subjects = Select[tuple[UUID]] | None
# Of what clocks derive: waiting to be sent, and named in a person's list.
_WAITING = (PromptState.PENDING, PromptState.GATHERED)


def waiting(uow: UnitOfWork, only: tuple[str, Subjects] | None = None) -> Mapping[PromptState, frozenset[str]]:
    """The keys of what clocks have derived before and what has not been sent, by what became of it.

    With `only`, of that view those alone that are about these subjects.
    """
    return {state: frozenset(_keys(uow, state, only)) for state in _WAITING}


def waiting_of(uow: UnitOfWork, views: Collection[str]) -> frozenset[str]:
    """The keys of the same, of these views alone."""
    return frozenset(
        uow.session.scalars(
            select(prompt.c.occasion).where(prompt.c.state.in_(_WAITING), prompt.c.is_planned, prompt.c.view.in_(views))
        )
    )


def _keys(uow: UnitOfWork, state: PromptState, only: tuple[str, Subjects] | None) -> Iterator[str]:
    if only is None:
        yield from (key for (key,) in _PLANNED.rows(uow, in_state=state))
        return
    view, subjects = only
    for beside in _PLANNED_BESIDES:
        yield from (key for (key,) in beside.rows(uow, in_state=state, view=view))
    if subjects is not None:
        about = (prompt.c.view == view) & prompt.c.subject_id.in_(subjects)
        yield from uow.session.scalars(_planned.where(about), {"in_state": state})


def plan(uow: UnitOfWork, occasion: Occasion) -> None:
    """Plans one occasion, in the transaction that is its reason; planned before, it stays as it is."""
    plan_all(uow, [occasion], is_planned=False)
    uow.session.info["has_planned"] = True


def has_planned(uow: UnitOfWork) -> bool:
    """Whether this unit of work has planned something, so that delivery is woken once it is committed."""
    return bool(uow.session.info.get("has_planned"))


def plan_all(uow: UnitOfWork, occasions: Iterable[Occasion], *, is_planned: bool) -> None:
    """Plans many; `is_planned` marks what a clock derives, and derives again every minute as long as it holds.

    An occasion that was cancelled, because its reason had gone, is pending again when the reason is back, as it is now.
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
    insert = uow.insert(prompt)
    revived = insert.on_conflict_do_update(
        index_elements=["occasion"],
        set_={
            "state": PromptState.PENDING,
            "due_at": insert.excluded.due_at,
            "expires_at": insert.excluded.expires_at,
            # What was to take the place of a card may come by itself now.
            "kind": insert.excluded.kind,
            "replaces": insert.excluded.replaces,
        },
        where=(prompt.c.state == PromptState.CANCELLED) & (prompt.c.copies == 0),
    )
    uow.session.execute(revived, rows)


def not_yet_planned(
    uow: UnitOfWork, occasions: Sequence[Occasion], known: Mapping[PromptState, frozenset[str]]
) -> Sequence[Occasion]:
    """Those of many that `plan_all` does anything about, beside what is `known` as waiting.

    Looking a key up costs a tenth of an INSERT in vain, and knowing it a hundredth of that.
    """
    unknown = [each for each in occasions if not any(each.key in keys for keys in known.values())]
    stays = (prompt.c.state != PromptState.CANCELLED) | (prompt.c.copies > 0)
    there: set[str] = set()
    for start in range(0, len(unknown), 500):
        keys = [each.key for each in unknown[start : start + 500]]
        there.update(uow.session.scalars(select(prompt.c.occasion).where(prompt.c.occasion.in_(keys), stays)))
    return [each for each in unknown if each.key not in there]


def cancel_what_no_clock_derives(
    uow: UnitOfWork, derived: AbstractSet[str], known: Mapping[PromptState, frozenset[str]]
) -> int:
    """Cancels the pending prompts of clocks whose reason has gone: the dialogue was moved, or is prepared.

    What stands in a person's list has lost its reason in the same way, and is done with.
    """
    for state, then in (
        (PromptState.PENDING, PromptState.CANCELLED),
        (PromptState.GATHERED, PromptState.ANSWERED),
    ):
        gone = sorted(known[state] - derived)
        for start in range(0, len(gone), 500):
            unsent = prompt.c.occasion.in_(gone[start : start + 500]) & (prompt.c.copies == 0)
            change_state(uow, unsent, state, state=then)
    return len(known[PromptState.PENDING] - derived)


def expire(uow: UnitOfWork, now: datetime) -> int:
    """Ends what is still pending after its moment: it is reported, and never sent late."""
    return change_state(uow, prompt.c.expires_at <= now, PromptState.PENDING, state=PromptState.EXPIRED)


def gather(uow: UnitOfWork, person_id: UUID, matters: Iterable[UUID], until: datetime) -> int:
    """The person gets a list that names these matters: reminders of them that are due until then count as said."""
    about = (prompt.c.person_id == person_id) & prompt.c.subject_id.in_(list(matters))
    due = (prompt.c.kind == PromptKind.REMINDER) & (prompt.c.due_at < until) & (prompt.c.copies == 0)
    return change_state(uow, about & due, PromptState.PENDING, state=PromptState.GATHERED)


def answered(uow: UnitOfWork, person_id: UUID, subject_id: UUID) -> None:
    """The person has acted on the matter: what was sent of it is answered, and no further copy of it goes out."""
    _ANSWERED.leave(uow, {"of": person_id, "about": subject_id})


def drop_reminders(uow: UnitOfWork, view: str, subject_id: UUID, *, of: UUID | None = None) -> None:
    """The matter is done: nobody is reminded of it any more, nor of what they have put off or have on their list.

    With `of` it is done for that person, and still waits for others.
    """
    about = (prompt.c.subject_id == subject_id) & (prompt.c.view == view) & (prompt.c.kind == PromptKind.REMINDER)
    if of is not None:
        about = about & (prompt.c.person_id == of)
    change_state(uow, about & (prompt.c.copies == 0), PromptState.PENDING, state=PromptState.CANCELLED)
    change_state(uow, about, PromptState.GATHERED, state=PromptState.ANSWERED)


def revive_failed(uow: UnitOfWork, person_id: UUID, now: datetime) -> None:
    """The person can be written to again: what surely did not arrive, because they could not, is due once more."""
    _REVIVED.leave(uow, {"of": person_id, "now": now})


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


def change_state(uow: UnitOfWork, which: ColumnElement[bool], now_is: PromptState, **values: object) -> int:
    statement = update(prompt).where(which, prompt.c.state == now_is).values(**values)
    result = uow.session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount
