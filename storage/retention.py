"""Rules for how long each kind is kept, holds that stop them, and the record of what was deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, String, Table, delete, select, text

from domain.kept import Kind
from domain.retention import LegalHold, RetentionRule
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

retention_rule = Table(
    "retention_rule",
    metadata,
    Column("kind", enum_type(Kind), primary_key=True),
    Column("months", Integer, nullable=False),
    Column("authority", String(120), nullable=False),
    Column("set_at", Utc, nullable=False),
)
legal_hold = Table(
    "legal_hold",
    metadata,
    identity(),
    Column("case", String(120), nullable=False),
    Column("placed_at", Utc, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("institution_id", ForeignKey("institution.id")),
    Column("lifted_at", Utc),
)
# What was deleted when, by whose authority, and how much of it: never what it was.
deletion = Table(
    "deletion",
    metadata,
    identity(),
    Column("at", Utc, nullable=False),
    Column("table_name", String(60), nullable=False),
    Column("count", Integer, nullable=False),
    Column("authority", String(120), nullable=False),
)
# While a kind stands here, the guards that otherwise refuse every deletion let that kind's rows go.
retention_pass = Table("retention_pass", metadata, Column("kind", String(40), primary_key=True))


@dataclass(frozen=True, kw_only=True)
class Held:
    """Whom the holds that are on protect."""

    everybody: bool
    people: frozenset[UUID]

    def has(self, *people: UUID | None) -> bool:
        """Whether any of them is protected."""
        return self.everybody or not self.people.isdisjoint(people)


registry.map_imperatively(RetentionRule, retention_rule)
registry.map_imperatively(LegalHold, legal_hold)


def rules(uow: UnitOfWork) -> dict[Kind, RetentionRule]:
    return {each.kind: each for each in uow.session.scalars(select(RetentionRule))}


def set_rule(uow: UnitOfWork, rule: RetentionRule) -> None:
    """The rule from now on, in the place of an earlier one of the kind."""
    uow.session.merge(rule)
    uow.session.flush()


def unset_rule(uow: UnitOfWork, kind: Kind) -> bool:
    """Nothing of the kind is deleted any more; False where nothing was."""
    found = uow.session.execute(delete(RetentionRule).where(retention_rule.c.kind == kind))
    return bool(getattr(found, "rowcount", 0))


def holds(uow: UnitOfWork) -> Sequence[LegalHold]:
    """Those that are on, oldest first."""
    return uow.session.scalars(
        select(LegalHold).where(legal_hold.c.lifted_at.is_(None)).order_by(legal_hold.c.placed_at)
    ).all()


def settled_holds(uow: UnitOfWork) -> Sequence[LegalHold]:
    """As `holds`, for whoever goes on to delete or change: nobody places or lifts one until that is committed (I34).

    One that is being committed at this moment is waited for, and seen; on SQLite nobody else writes anyway.
    """
    if uow.dialect == "postgresql":
        uow.session.execute(text("LOCK TABLE legal_hold IN SHARE MODE"))
    return holds(uow)


def held_people(uow: UnitOfWork) -> Held:
    """Of whom nothing may be deleted now, for whoever goes on to delete.

    A hold of an institution counts for everybody who may belong to it.
    """
    found = settled_holds(uow)
    return Held(
        everybody=any(each.is_of_everything or each.institution_id for each in found),
        people=frozenset(each.person_id for each in found if each.person_id),
    )
