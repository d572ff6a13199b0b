"""A change of leader: who has begun, whose leading has ended, and for how long that is news.

I23: "on a change of leader they move to the institution's new leader only after the chief confirms each one; earlier
notes do not move". What belongs to the institution is its leaders' by their role of the day (I32), and is not handed
over by anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from domain.organisation import Institution, Person, Role, RoleAssignment

KNOWN_FOR = timedelta(days=90)
# Working days after the change on which a chief is told of it, and then reminded of what is undecided.
TOLD_AFTER = (0, 5, 10)
AT_A_TIME = 5

_DAY = timedelta(days=1)

Held = tuple[RoleAssignment, Person]


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Somebody who has begun to lead an institution that others led before, or lead with them.

    `assignment_id` is the role they began with, `former` are those whose leading ended with this change, and
    `changed_on` is the day from which both are true. `is_return` tells somebody who has led the institution before.
    """

    assignment_id: UUID
    institution: Institution
    leader: Person
    began_on: date
    changed_on: date
    former: tuple[Person, ...] = ()
    is_return: bool = False

    @property
    def known_until(self) -> date:
        return self.changed_on + KNOWN_FOR


@dataclass(frozen=True, kw_only=True)
class _Stint:
    """One time of leading without a break, whatever assignments it is made of."""

    person: Person
    assignment_id: UUID
    from_on: date
    to_on: date | None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def ended_by(self, day: date) -> date:
        """The last day of it, at most this one."""
        return day if self.to_on is None else min(self.to_on, day)


def handovers(where: Institution, held: Iterable[Held], today: date) -> list[Handover]:
    """Those who lead the institution today and are its new leaders, by the day they began.

    Nobody is new who led it the day before, nor who led it when there had been nobody else: an institution's first
    leader takes over from no one.
    """
    stints = _stints(where, held)
    leading = {each.person.id for each in stints if each.covers(today)}
    found = []
    for stint in stints:
        if not stint.covers(today):
            continue
        own = [each.to_on for each in stints if each.person.id == stint.person.id and each.to_on and each is not stint]
        last_own = max((day for day in own if day < stint.from_on), default=date.min)
        others = [
            each
            for each in stints
            if each.person.id != stint.person.id
            and each.from_on < stint.from_on
            and (each.to_on is None or each.to_on > last_own)
        ]
        if not others:
            continue
        former = _former(stint, others, leading)
        begun = Handover(
            assignment_id=stint.assignment_id,
            institution=where,
            leader=stint.person,
            began_on=stint.from_on,
            changed_on=max(stint.from_on, *(day + _DAY for _, day in former), date.min),
            former=tuple({person.id: person for person, _ in former}.values()),
            is_return=last_own != date.min,
        )
        if today <= begun.known_until:
            found.append(begun)
    return sorted(found, key=lambda each: (each.began_on, each.assignment_id))


def _former(stint: _Stint, others: Sequence[_Stint], leading: set[UUID]) -> list[tuple[Person, date]]:
    """Those after whom, or beside whom, somebody began, and who lead no longer, each with the last day."""
    last_before = max(each.ended_by(stint.from_on - _DAY) for each in others)
    return [
        (each.person, each.to_on)
        for each in others
        if each.to_on is not None
        and each.person.id not in leading
        and last_before <= each.to_on <= stint.from_on + KNOWN_FOR
    ]


def _stints(where: Institution, held: Iterable[Held]) -> list[_Stint]:
    by_person: dict[UUID, list[Held]] = defaultdict(list)
    for assignment, person in held:
        if assignment.role is Role.LEADER and assignment.institution_id == where.id:
            by_person[person.id].append((assignment, person))
    found = []
    for each in by_person.values():
        own: list[_Stint] = []
        for assignment, person in sorted(each, key=lambda one: (one[0].from_on, one[0].id)):
            if own and (own[-1].to_on is None or assignment.from_on <= own[-1].to_on + _DAY):
                ends = (own[-1].to_on, assignment.to_on)
                own[-1] = replace(own[-1], to_on=None if None in ends else max(day for day in ends if day))
            else:
                own.append(
                    _Stint(
                        person=person,
                        assignment_id=assignment.id,
                        from_on=assignment.from_on,
                        to_on=assignment.to_on,
                    )
                )
        found += own
    return found
