"""The way to each person: what the directory and Teams say, what is to be done about it, and whom nothing reaches."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Select, String, Table, and_, exists, func, not_, or_, select, update
from sqlalchemy.sql import ColumnElement

from domain.identity import new_id
from domain.message import Address, Chat
from domain.organisation import Institution, Person, a_to_aa
from domain.prompt import PromptState
from domain.reach import Account, App, Hindrance, Reach
from storage.message import chat, forget_chat, live_chat, lose_chat, remember_chat
from storage.organisation import person, person_with_id, role_assignment
from storage.prompt import prompt
from storage.roles import in_force, is_active, leader_ids_of
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

reach = Table(
    "reach",
    metadata,
    identity(),
    Column("person_id", ForeignKey("person.id"), nullable=False, unique=True),
    Column("account", enum_type(Account)),
    Column("looked_up_at", Utc),
    Column("app", enum_type(App), nullable=False),
    Column("next_at", Utc, index=True),
    Column("reason", String(60)),
)

registry.map_imperatively(Reach, reach)

# How long somebody is left to the replica that has taken them; one that dies leaves them to the others.
HELD_FOR = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Task:
    """Somebody without a chat, for whom something is to be done about the app or the address."""

    person_id: UUID
    identity: str
    app: App


@dataclass(frozen=True, kw_only=True)
class Unreached:
    """Somebody who cannot be written to, why, and the last word of the service that refused."""

    person: Person
    hindrance: Hindrance
    reason: str = ""


@dataclass(kw_only=True)
class LookedUp:
    """What a look into the directory found: people by what is said of their account, and what was filled in."""

    by_account: dict[Account, int] = field(default_factory=dict)
    filled_in: int = 0
    not_on_the_list: int = 0


def plan_reach(uow: UnitOfWork, now: datetime, day: date) -> None:
    """Marks who has a role and an account, and neither a chat nor removed the app: the app is to be installed for them.

    Whoever removed it is left alone: it was theirs to remove.
    """
    missing = uow.session.execute(
        select(person.c.id, reach.c.id)
        .outerjoin(reach, reach.c.person_id == person.c.id)
        .where(
            _is_to_be_reached(day),
            or_(reach.c.account.is_(None), reach.c.account == Account.FOUND),
            reach.c.next_at.is_(None),
        )
    ).all()
    _make_rows(uow, [person_id for person_id, reach_id in missing if reach_id is None])
    for start in range(0, len(missing), 500):
        some = [person_id for person_id, _reach_id in missing[start : start + 500]]
        uow.session.execute(update(reach).where(reach.c.person_id.in_(some)).values(next_at=now))


def claim_reach(uow: UnitOfWork, now: datetime, day: date, limit: int) -> Sequence[Task]:
    """Takes those for whom something is to be done now; nobody else takes them meanwhile.

    Whoever has left, has met the bot or may not have the app since they were marked is taken off the list. Somebody
    whom Teams did not know stays on it: where the directory is not asked, nobody else would find that they are there.
    """
    still = (Account.FOUND, Account.NONE)
    query = (
        select(Reach, Person, and_(_is_to_be_reached(day), or_(reach.c.account.is_(None), reach.c.account.in_(still))))
        .join(person, person.c.id == reach.c.person_id)
        .where(reach.c.next_at <= now)
        .order_by(reach.c.next_at, reach.c.id)
        .limit(limit)
    )
    if uow.dialect == "postgresql":
        query = query.with_for_update(of=[Reach], skip_locked=True)
    tasks = []
    for about, who, is_still in uow.session.execute(query).all():
        if not is_still or who.aad_object_id is None:
            about.next_at = None
            continue
        about.next_at = now + HELD_FOR
        tasks.append(Task(person_id=who.id, identity=who.aad_object_id, app=about.app))
    uow.session.flush()
    return tasks


def release_reach(uow: UnitOfWork, people: Collection[UUID], now: datetime) -> None:
    """Leaves these to whoever comes next: nothing was done for them."""
    uow.session.execute(update(reach).where(reach.c.person_id.in_(people)).values(next_at=now))


def record_step(
    uow: UnitOfWork,
    person_id: UUID,
    *,
    next_at: datetime | None,
    app: App | None = None,
    account: Account | None = None,
    reason: str | None = None,
) -> None:
    """What was done for a person, and when there is more to do."""
    about = reach_of(uow, person_id)
    about.next_at, about.reason = next_at, reason
    about.app = app or about.app
    about.account = account or about.account


def record_recovered(uow: UnitOfWork, person_id: UUID, address: Address, now: datetime) -> None:
    """The person's chat was found without them; one that the channel has told of meanwhile stays."""
    record_step(uow, person_id, next_at=None, app=App.INSTALLED)
    if uow.session.scalar(select(Chat).where(chat.c.person_id == person_id)) is None:
        remember_chat(uow, person_with_id(uow, person_id), address, now)


def record_removed(uow: UnitOfWork, person_id: UUID, conversation_id: str | None, now: datetime) -> None:
    """The app is not there any more, though it was: it was removed, and stays so.

    That was said of this chat or, without one, of somebody who had none: one that they have got meanwhile stays.
    """
    if live_chat(uow, person_id) != conversation_id:
        return
    record_step(uow, person_id, next_at=None, app=App.NOT_ASKED)
    forget_chat(uow, person_with_id(uow, person_id), now)


def record_lost(uow: UnitOfWork, person_id: UUID, conversation_id: str) -> None:
    """The channel does not know this chat: it is looked for again, and nothing is installed anew."""
    if lose_chat(uow, person_id, conversation_id):
        record_step(uow, person_id, next_at=None, app=App.INSTALLED)


def reach_of(uow: UnitOfWork, person_id: UUID) -> Reach:
    """What is known of the way to a person, kept from now on."""
    _make_rows(uow, [person_id])
    return uow.session.scalars(select(Reach).where(reach.c.person_id == person_id)).one()


def known_service_url(uow: UnitOfWork) -> str:
    """The service URL of the newest chat of anybody, since all are of one tenant; empty without any."""
    return (
        uow.session.scalar(
            select(chat.c.service_url)
            .where(chat.c.removed_at.is_(None), chat.c.service_url != "")
            .order_by(chat.c.seen_at.desc())
            .limit(1)
        )
        or ""
    )


def people_to_look_up(uow: UnitOfWork, day: date, *, only_new: bool = False) -> Sequence[Person]:
    """Everybody with a role on the day, or those of them whom nobody has looked up yet."""
    query = select(Person).where(is_active(day), _has_role(day)).order_by(person.c.id)
    if only_new:
        looked_up = exists().where(reach.c.person_id == person.c.id, reach.c.looked_up_at.is_not(None))
        query = query.where(not_(looked_up))
    return uow.session.scalars(query).all()


def record_accounts(uow: UnitOfWork, told: Iterable[tuple[UUID, Account, str]], now: datetime) -> LookedUp:
    """Keeps what the directory says of each person, and fills in the id of whoever has none yet."""
    told = list(told)
    report = LookedUp()
    _make_rows(uow, [person_id for person_id, _account, _identity in told])
    taken = set(uow.session.scalars(select(person.c.aad_object_id).where(person.c.aad_object_id.is_not(None))))
    for start in range(0, len(told), 500):
        some = {person_id: (account, found) for person_id, account, found in told[start : start + 500]}
        rows = uow.session.execute(
            select(Reach, Person).join(person, person.c.id == reach.c.person_id).where(person.c.id.in_(some))
        )
        for about, who in rows.all():
            account, found = some[who.id]
            if found and who.aad_object_id is None:
                if found in taken:
                    account = Account.OTHER
                else:
                    who.aad_object_id = found
                    taken.add(found)
                    report.filled_in += 1
            if about.account is not account:
                about.reason = None
            about.account, about.looked_up_at = account, now
            report.by_account[account] = report.by_account.get(account, 0) + 1
    return report


def unreached(uow: UnitOfWork, now: datetime, day: date) -> Sequence[Unreached]:
    """Who has a role, or something waiting, and cannot be written to; from A to Å."""
    return _unreached(uow, _is_expected(now, day))


def number_unreached(uow: UnitOfWork, now: datetime, day: date) -> int:
    """How many those are."""
    return uow.session.scalar(_without_a_way(_is_expected(now, day)).with_only_columns(func.count())) or 0


def unreached_leaders(
    uow: UnitOfWork, institutions: Collection[Institution], day: date
) -> Sequence[tuple[Institution, Unreached]]:
    """The leaders of these institutions who cannot be written to, institution by institution."""
    leaders = leader_ids_of(uow, institutions, day)
    ids = {each for held in leaders.values() for each in held}
    by_id = {each.person.id: each for each in _unreached(uow, person.c.id.in_(ids))} if ids else {}
    return [(where, by_id[each]) for where in institutions for each in leaders[where.id] if each in by_id]


def is_unreached(uow: UnitOfWork, person_id: UUID) -> bool:
    """Whether this person cannot be written to."""
    return bool(_unreached(uow, person.c.id == person_id))


def _unreached(uow: UnitOfWork, which: ColumnElement[bool]) -> list[Unreached]:
    found = []
    for who, where, about in uow.session.execute(_without_a_way(which)).all():
        about = about or Reach(person_id=who.id)
        if why := about.hindrance(where):
            found.append(Unreached(person=who, hindrance=why, reason=about.reason or ""))
    return sorted(found, key=lambda each: a_to_aa(each.person.name))


def _without_a_way(which: ColumnElement[bool]) -> Select[Person, Chat, Reach]:
    """Those whom `Reach.hindrance` has a reason for, with what it is told by."""
    return (
        select(Person, Chat, Reach)
        .outerjoin(chat, chat.c.person_id == person.c.id)
        .outerjoin(reach, reach.c.person_id == person.c.id)
        .where(
            which,
            or_(
                chat.c.id.is_(None),
                chat.c.removed_at.is_not(None),
                chat.c.blocked_at.is_not(None),
                reach.c.account == Account.DISABLED,
            ),
        )
    )


def _is_expected(now: datetime, day: date) -> ColumnElement[bool]:
    """Somebody who is to be written to: they have a role, or something waits for them."""
    waits = exists().where(
        prompt.c.person_id == person.c.id, prompt.c.state == PromptState.PENDING, prompt.c.due_at <= now
    )
    return and_(is_active(day), or_(_has_role(day), waits))


def _has_role(day: date) -> ColumnElement[bool]:
    return exists().where(role_assignment.c.person_id == person.c.id, in_force(day))


def _is_to_be_reached(day: date) -> ColumnElement[bool]:
    return and_(is_active(day), _has_role(day), person.c.aad_object_id.is_not(None), not_(_has_met))


_has_met = exists().where(chat.c.person_id == person.c.id)


def _make_rows(uow: UnitOfWork, people: Collection[UUID]) -> None:
    rows = [{"id": new_id(), "person_id": each, "app": App.NOT_ASKED} for each in people]
    if rows:
        insert = uow.insert(reach)
        uow.session.execute(insert.on_conflict_do_nothing(index_elements=["person_id"]), rows)
