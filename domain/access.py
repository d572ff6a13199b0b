"""Who may see what: one table for every query and every card.

I32: "A person sees a record only by role in force on the day of reading." A `Viewer` is therefore made anew,
from the roles of that day, for every activity and every message.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from uuid import UUID

from domain.errors import NotAllowed
from domain.organisation import Institution, Role, RoleAssignment


class Sight(IntEnum):
    """How much of a record one sees; the larger includes the smaller."""

    NOTHING = 0
    AGGREGATE = 1
    STATUS = 2
    FULL = 3


class Relation(StrEnum):
    """What a person is to an institution on a day."""

    OWN_LEADER = "own leader"
    OTHER_LEADER = "other leader"
    OBSERVER = "observer"
    CHIEF = "chief"
    OTHER_CHIEF = "other chief"
    ADMINISTRATION = "administration"
    PARTICIPATING_ADMINISTRATION = "participating administration"
    NETWORK = "network"


class Record(StrEnum):
    THEME = "theme"
    THEME_RECEIPT = "theme receipt"
    DATA_PACKAGE = "data package"
    PREPARATION_DRAFT = "preparation draft"
    PREPARATION = "preparation"
    REFLECTION_DRAFT = "reflection draft"
    REFLECTION = "reflection"
    DECISION_DRAFT = "decision draft"
    DECISION = "decision"
    FOCUS_AREA = "focus area"
    PERSPECTIVE = "perspective"
    FEEDBACK = "observation feedback"
    ONE_ON_ONE_NOTE = "1:1 note"


def _row(
    own_leader: Sight,
    other_leader: Sight,
    observer: Sight,
    chief: Sight,
    other_chief: Sight,
    administration: Sight,
    participating: Sight,
    network: Sight,
) -> dict[Relation, Sight]:
    return dict(
        zip(
            Relation,
            (own_leader, other_leader, observer, chief, other_chief, administration, participating, network),
            strict=True,
        )
    )


_F, _S, _A, _N = Sight.FULL, Sight.STATUS, Sight.AGGREGATE, Sight.NOTHING

# Columns in the order of Relation. A preparation counts as a draft until the leader has pressed "Klar til samtalen",
# a reflection until "Gem og gå til beslutning".
POLICY: dict[Record, dict[Relation, Sight]] = {
    Record.THEME: _row(_F, _F, _F, _F, _F, _F, _F, _F),
    Record.THEME_RECEIPT: _row(_F, _N, _N, _S, _N, _S, _S, _N),
    Record.DATA_PACKAGE: _row(_F, _N, _N, _F, _A, _F, _F, _A),
    Record.PREPARATION_DRAFT: _row(_F, _N, _N, _S, _N, _S, _S, _N),
    Record.PREPARATION: _row(_F, _N, _N, _F, _N, _N, _F, _N),
    Record.REFLECTION_DRAFT: _row(_F, _N, _N, _S, _N, _S, _S, _N),
    Record.REFLECTION: _row(_F, _N, _N, _F, _N, _F, _F, _A),
    Record.DECISION_DRAFT: _row(_F, _N, _N, _S, _N, _S, _S, _N),
    Record.DECISION: _row(_F, _N, _N, _F, _N, _F, _F, _A),
    Record.FOCUS_AREA: _row(_F, _N, _N, _F, _A, _F, _F, _A),
    Record.PERSPECTIVE: _row(_F, _N, _N, _F, _A, _F, _F, _A),
    # Once the leader has acknowledged it, or 14 days after it was sent; its author reads it as its author.
    Record.FEEDBACK: _row(_F, _N, _N, _F, _N, _N, _F, _A),
    # The two of the pair read it as its pair, and nobody by being somebody at the institution.
    Record.ONE_ON_ONE_NOTE: _row(_N, _N, _N, _N, _N, _N, _N, _N),
}


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Someone with the roles that are in force on one day."""

    person_id: UUID
    day: date
    roles: tuple[RoleAssignment, ...]

    @classmethod
    def on(cls, day: date, person_id: UUID, roles: Iterable[RoleAssignment]) -> "Viewer":
        return cls(person_id=person_id, day=day, roles=tuple(role for role in roles if role.is_in_force(day)))

    def has(self, role: Role) -> bool:
        return any(assignment.role is role for assignment in self.roles)

    @property
    def administers_all(self) -> bool:
        """Whether the person is of the administration of the whole municipality."""
        held = [each for each in self.roles if each.role is Role.ADMINISTRATION]
        return any(each.institution_id is None and each.area_id is None for each in held)

    def leads(self, institution: Institution) -> bool:
        return self._holds(Role.LEADER, institution)

    def is_chief_of(self, institution: Institution) -> bool:
        return self._holds(Role.CHIEF, institution)

    def relations(self, institution: Institution) -> set[Relation]:
        """Everything the person is to the institution on the viewer's day; empty without any role."""
        return {_relation(assignment, institution) for assignment in self.roles}

    def sight(self, record: Record, institution: Institution) -> Sight:
        """The most that any of the person's relations lets them see of this kind of record."""
        row = POLICY[record]
        return max((row[relation] for relation in self.relations(institution)), default=Sight.NOTHING)

    def require(self, record: Record, institution: Institution, least: Sight = Sight.FULL) -> None:
        """Raises `NotAllowed` unless the person sees at least this much."""
        if self.sight(record, institution) < least:
            raise NotAllowed

    def _holds(self, role: Role, institution: Institution) -> bool:
        return any(held.role is role and held.covers(institution) for held in self.roles)


def _relation(assignment: RoleAssignment, institution: Institution) -> Relation:
    match assignment.role:
        case Role.LEADER:
            return Relation.OWN_LEADER if assignment.covers(institution) else Relation.OTHER_LEADER
        case Role.CHIEF:
            return Relation.CHIEF if assignment.covers(institution) else Relation.OTHER_CHIEF
        case Role.ADMINISTRATION:
            # Administration takes part where its reach names the institution or its area.
            named = assignment.names(institution)
            return Relation.PARTICIPATING_ADMINISTRATION if named else Relation.ADMINISTRATION
        case Role.OBSERVER:
            return Relation.OBSERVER
        case Role.FACILITATOR:
            return Relation.NETWORK
