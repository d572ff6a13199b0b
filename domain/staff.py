"""Who holds which role on one day: asked for many institutions at once, as a clock does, or for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.organisation import Institution, InstitutionType, Person, Role, RoleAssignment


class Staff:
    """Everybody with a role in force on a day, by role and reach."""

    def __init__(self, held: Iterable[tuple[RoleAssignment, Person]]) -> None:
        self._by_reach: dict[tuple[Role, UUID | InstitutionType | None], list[Person]] = defaultdict(list)
        self._at: set[tuple[UUID, UUID]] = set()
        # A clock asks for the leaders of a place with each of its matters.
        self._found: dict[tuple[Role | UUID | InstitutionType | None, ...], tuple[Person, ...]] = {}
        for assignment, person in held:
            reach = assignment.institution_id or assignment.area_id or assignment.network
            self._by_reach[assignment.role, reach].append(person)
            if assignment.institution_id:
                self._at.add((person.id, assignment.institution_id))

    def with_role(self, role: Role, where: Institution) -> Sequence[Person]:
        """The people who hold the role for the institution, its area or the whole municipality, each once, by name."""
        return self._in_reach(role, where.id, where.area_id, None)

    def leaders(self, where: Institution) -> Sequence[Person]:
        return self.with_role(Role.LEADER, where)

    def participants(self, where: Institution) -> list[Person]:
        """Who takes part: the leaders, the chiefs with responsibility, and administration named for it."""
        named = self._in_reach(Role.ADMINISTRATION, where.id, where.area_id)
        everyone = [*self.leaders(where), *self.with_role(Role.CHIEF, where), *named]
        return list({person.id: person for person in everyone}.values())

    def facilitators(self, network: InstitutionType) -> Sequence[Person]:
        """The facilitators of the network and those of all networks, each once, by name."""
        return self._in_reach(Role.FACILITATOR, network, None)

    def everybody(self, *roles: Role) -> list[Person]:
        """The people who hold one of these roles, wherever it is, each once, by name."""
        found = {each.id: each for (role, _reach), people in self._by_reach.items() if role in roles for each in people}
        return sorted(found.values(), key=lambda person: person.name)

    def works_at(self, person_id: UUID, where: Institution) -> bool:
        """Whether the person has a role at this very institution."""
        return (person_id, where.id) in self._at

    def recorders(self, where: Institution, note_taker: UUID | None) -> set[UUID]:
        """Who records a dialogue: the named note-taker while they work there, and otherwise the leaders."""
        if note_taker and self.works_at(note_taker, where):
            return {note_taker}
        return {leader.id for leader in self.leaders(where)}

    def _in_reach(self, role: Role, *reaches: UUID | InstitutionType | None) -> tuple[Person, ...]:
        asked = (role, *reaches)
        if asked not in self._found:
            found = {person.id: person for reach in reaches for person in self._by_reach.get((role, reach), ())}
            self._found[asked] = tuple(sorted(found.values(), key=lambda person: person.name))
        return self._found[asked]
