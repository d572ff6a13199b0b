"""How long each kind is kept. It ships with deletion off: nothing is deleted without an authority's word for it.

I34: "Nothing is deleted while a LegalHold is on or no RetentionRule with authority ref exists".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import Problem, Problems
from domain.identity import new_id
from domain.kept import Kind

# What a municipality may begin from, in months; none of it is done by itself. The decision is the municipality's, with
# its archive: a supervision summary may have to be kept for good.
SUGGESTED: Mapping[Kind, int] = {
    Kind.PREPARATION: 60,
    Kind.REFLECTION: 60,
    Kind.DECISION: 60,
    Kind.FOCUS_AREA: 60,
    Kind.PERSPECTIVE: 36,
    Kind.PRACTICE: 60,
    Kind.OBSERVATION: 36,
    Kind.VISIT_NOTE: 12,
    Kind.FEEDBACK: 36,
    Kind.ONE_ON_ONE: 60,
    Kind.AGREEMENT: 60,
    Kind.SUMMARY: 120,
    Kind.QUESTION: 1,
    Kind.MESSAGE: 12,
    Kind.AUDIT: 60,
    Kind.RIGHT: 60,
}
# Never by age: who somebody is, which all else points at (nobody is anonymised); a preparation note, which is deleted
# by its own promise; and what was made for all.
NEVER = frozenset(Kind) - set(SUGGESTED)
LONGEST_MONTHS = 1_200
LONGEST_REFERENCE = 120


@dataclass(kw_only=True, eq=False)
class RetentionRule:
    """A kind that is deleted so many months after its time, by the `authority` of a decision that can be looked up."""

    kind: Kind
    months: int
    authority: str
    set_at: datetime

    @classmethod
    def of(cls, kind: Kind, months: int, authority: str, now: datetime) -> "RetentionRule":
        """Raises `Problems` at `kind`, `months` or `authority`."""
        found = {}
        if kind in NEVER:
            found["kind"] = Problem("never_deleted")
        if not 1 <= months <= LONGEST_MONTHS:
            found["months"] = Problem("no_months", {"most": LONGEST_MONTHS})
        if not authority.strip() or len(authority) > LONGEST_REFERENCE:
            found["authority"] = Problem("no_authority", {"most": LONGEST_REFERENCE})
        if found:
            raise Problems(found)
        return cls(kind=kind, months=months, authority=authority.strip(), set_at=now)


@dataclass(kw_only=True, eq=False)
class LegalHold:
    """That nothing of a person, of an institution, or at all may be deleted, for a `case`, until it is lifted."""

    case: str
    placed_at: datetime
    person_id: UUID | None = None
    institution_id: UUID | None = None
    lifted_at: datetime | None = None
    id: UUID = field(default_factory=new_id)

    @property
    def is_of_everything(self) -> bool:
        return self.person_id is None and self.institution_id is None


@dataclass(frozen=True, kw_only=True)
class Due:
    """How many rows of a kind are over their time, and how many of them a hold or something else keeps."""

    kind: Kind
    months: int
    authority: str
    over: int
    kept: int

    @property
    def deleted(self) -> int:
        return self.over - self.kept


def before(now: datetime, months: int) -> datetime:
    """The same day so many months earlier; the last of the month where it has no such day."""
    whole = now.year * 12 + now.month - 1 - months
    year, month = divmod(whole, 12)
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=year, month=month + 1)
