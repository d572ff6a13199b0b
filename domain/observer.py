"""Who may observe whom, and whom to suggest.

I15: "Observer has no active role at the host institution, and is not in its management line (chief, consultant in
charge)." A pair of institutions may observe each other (I21).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from domain.organisation import Institution, InstitutionType, Role, RoleAssignment, a_to_aa

SUGGESTED = 3
# I21: "the same observer more than twice for one host in a cycle gives a hint".
OFTEN = 2


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody from another institution who may be invited; `used` counts the times in this cycle."""

    person_id: UUID
    name: str = field(repr=False)
    institution_id: UUID
    institution: str
    type: InstitutionType
    area_id: UUID
    has_same_theme: bool = False
    used: int = 0

    @property
    def is_often_used(self) -> bool:
        return self.used >= OFTEN


def may_observe(roles: Iterable[RoleAssignment], host: Institution) -> bool:
    """Whether these roles, all in force, let somebody observe there (I15): from elsewhere, and not in its line."""
    held = list(roles)
    if any(_is_of(each, host) for each in held):
        return False
    return any(each.role in (Role.LEADER, Role.OBSERVER) for each in held)


def nearest(candidates: Iterable[Candidate], host: Institution) -> Sequence[Candidate]:
    """Those not used before first, then those with the same theme, of the same kind, close by; then from A to Å."""
    return sorted(
        candidates,
        key=lambda each: (
            each.used,
            not each.has_same_theme,
            each.type is not host.type,
            each.area_id != host.area_id,
            a_to_aa(each.name),
        ),
    )


def _is_of(held: RoleAssignment, host: Institution) -> bool:
    match held.role:
        case Role.LEADER | Role.OBSERVER | Role.CHIEF:
            return held.covers(host)
        case Role.ADMINISTRATION:
            return held.names(host)
        case Role.FACILITATOR | Role.PROTECTION_OFFICER:
            return held.institution_id == host.id
