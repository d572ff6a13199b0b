"""Anonymisation: what tells who somebody is goes, what an institution decided and learned stays.

Two people do it together. One proposes it with the case in which it was asked for, another one approves, and nothing is
changed before that. It cannot be undone, so each sees first where the name stands and what becomes of each place.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.kept import Kind
from domain.organisation import Language, Person, Role, RoleAssignment
from domain.retention import LONGEST_REFERENCE
from domain.sought import Sought
from domain.text import clean, problem_in

GOOD_FOR = timedelta(days=14)
# As long as Teams is asked to replace the cards that stand in chats; what is not replaced by then is told by number.
CARDS_FOR = timedelta(days=7)
LONGEST_NAME = 200
# What stands in the chat in the place of a card whose content is gone.
GONE_VIEW = "anonymisation.gone"
# In the place of everything that somebody wrote for themselves; and of a name, the same in every language.
_REFERENCE, _OF = "reference in ", " of "
EMPTIED, NAME_LEFT_OUT = "[slettet]", "[navn fjernet]"
NOBODY_AT = "anonymised.invalid"

_FORMER = {
    Role.LEADER: "En tidligere leder",
    Role.CHIEF: "En tidligere chef",
    Role.OBSERVER: "En tidligere kollega",
}
_FORMER_MEMBER = "En tidligere medarbejder"
_IN_ENGLISH = {
    _FORMER[Role.LEADER]: "A former leader",
    _FORMER[Role.CHIEF]: "A former chief",
    _FORMER[Role.OBSERVER]: "A former colleague",
    _FORMER_MEMBER: "A former member of staff",
}


def reference_in(table: str, at: datetime) -> str:
    """What a reference that names somebody is called: by where it stands, and never by its own words."""
    return f"{_REFERENCE}{table}{_OF}{at:%Y-%m-%d}"


def referred_to(name: str) -> tuple[str, date] | None:
    """The table and the day of what `reference_in` has named; None for what is called otherwise."""
    table, found, day = name.removeprefix(_REFERENCE).partition(_OF)
    return (table, date.fromisoformat(day)) if found and name.startswith(_REFERENCE) else None


class AnonymisationState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    CARRIED_OUT = "carried out"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    STOPPED = "stopped"


class Treatment(StrEnum):
    """What becomes of a row: the name in it is left out, its words go, or all of it; FIXED cannot be changed, and of
    UNSURE nobody but a reader can say whether it is this person."""

    RENAMED = "name left out"
    EMPTIED = "words deleted"
    FORGOTTEN = "deleted"
    FIXED = "final"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A row in which the name stands, or that is the person's own; `times` is how often, `words` those around it.

    `name` is what a final record is called by.
    """

    kind: Kind
    table: str
    id: UUID | None
    treatment: Treatment
    times: int
    at: datetime | None = None
    institution_id: UUID | None = None
    institution: str = ""
    name: str = ""
    words: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much an anonymisation changes, or has changed: a preview and what is done after it count in the same way."""

    renamed: int = 0
    names: int = 0
    emptied: int = 0
    forgotten: int = 0
    fixed: int = 0
    unsure: int = 0
    cards: int = 0
    unreached: int = 0

    @classmethod
    def of(cls, places: Iterable[Place], *, cards: int = 0, unreached: int = 0) -> "Counts":
        found = list(places)
        rows = Counter(each.treatment for each in found)
        return cls(
            renamed=rows[Treatment.RENAMED],
            names=sum(each.times for each in found if each.treatment is Treatment.RENAMED),
            emptied=rows[Treatment.EMPTIED],
            forgotten=rows[Treatment.FORGOTTEN],
            fixed=rows[Treatment.FIXED],
            unsure=rows[Treatment.UNSURE],
            cards=cards,
            unreached=unreached,
        )

    def with_more(self, more: "Counts") -> "Counts":
        """Together with what was written while the first was done."""
        return Counts(**{name: value + getattr(more, name) for name, value in vars(self).items()})


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Everything that an anonymisation finds: the places, and the cards in chats that name the person or hold their
    words. `copies` are those that were handed over to the journal, and `held` the cases whose holds forbid it, of all
    the holds that were `on` when it was looked."""

    places: tuple[Place, ...]
    cards: int
    unreached: int
    copies: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    on: frozenset[UUID] = frozenset()

    @property
    def counts(self) -> Counts:
        return Counts.of(self.places, cards=self.cards, unreached=self.unreached)

    def of(self, treatment: Treatment) -> list[Place]:
        return [each for each in self.places if each.treatment is treatment]


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Who is looked for: somebody on the list, or a name in one record; `parts_too` as in a proposal."""

    person_id: UUID | None
    record_id: UUID | None
    name: str = field(repr=False)
    parts_too: bool = True


@dataclass(kw_only=True, eq=False)
class Anonymisation:
    """Of somebody on the list, or of a `name` that stands in the words of one record.

    `name` is kept only until nothing of it is left, and `open_key` makes a second one of the same impossible until
    then. `parts_too` is whether the first name and the surname by themselves are left out as well. `fixed` are the
    final records that somebody must look at by hand.
    """

    person_id: UUID | None
    record_id: UUID | None
    name: str = field(repr=False)
    case: str
    proposed_by: UUID
    proposed_at: datetime
    parts_too: bool = True
    state: AnonymisationState = AnonymisationState.PROPOSED
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    carried_out_at: datetime | None = None
    done_at: datetime | None = None
    counts: Counts | None = None
    fixed: tuple[str, ...] = ()
    open_key: str | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def propose(
        cls,
        *,
        person: Person | None,
        record_id: UUID | None = None,
        name: str = "",
        case: str,
        by: Person,
        now: datetime,
        parts_too: bool = True,
    ) -> "Anonymisation":
        """A new proposal; raises `Problems` at `case`, `name` or `record`."""
        case, name = clean(case), clean(name)
        found = {"case": problem_in(case, LONGEST_REFERENCE) if case else Problem("no_case")}
        if person is not None:
            name = person.name
            if person.anonymised_on is not None:
                found["person"] = Problem("anonymised_already")
            elif is_same_person(person, by):
                found["person"] = Problem("own_data")
        else:
            # One or two letters stand in every text.
            found["name"] = problem_in(name, LONGEST_NAME) if len(name) > 2 else Problem("no_name")
            found["record"] = None if record_id else Problem("no_record")
        exact = [person.email] if person else []
        if name and not found["case"] and Sought(name=name, exact=exact).sure(case, near=False):
            # It stays when the person is nobody any more.
            found["case"] = Problem("case_names")
        if problems := {at: each for at, each in found.items() if each}:
            raise Problems(problems)
        return cls(
            person_id=person.id if person else None,
            record_id=None if person else record_id,
            name=name,
            case=case,
            proposed_by=by.id,
            proposed_at=now,
            parts_too=parts_too,
            open_key=f"person:{person.id}" if person else f"record:{record_id}",
        )

    @property
    def whom(self) -> Whom:
        return Whom(person_id=self.person_id, record_id=self.record_id, name=self.name, parts_too=self.parts_too)

    @property
    def good_until(self) -> datetime:
        return self.proposed_at + GOOD_FOR

    @property
    def is_open(self) -> bool:
        return self.state is AnonymisationState.PROPOSED

    def is_over(self, now: datetime) -> bool:
        """Whether nobody has answered in time."""
        return self.is_open and now >= self.good_until

    def approve(self, by: Person, proposer: Person, subject: Person | None, now: datetime) -> None:
        """Two people: raises `Problems` at `approve` for whoever proposed it, by whichever account, and for the person
        concerned; `Expired` for what was answered before, or has waited for too long."""
        self._require_open(now)
        if by.id == self.proposed_by or is_same_person(by, proposer):
            raise Problems({"approve": Problem("same_person")})
        if subject is not None and is_same_person(by, subject):
            raise Problems({"approve": Problem("own_data")})
        self._answer(AnonymisationState.APPROVED, by, now)

    def refuse(self, by: Person, now: datetime) -> None:
        self._require_open(now)
        self._answer(AnonymisationState.REFUSED, by, now)

    def withdraw(self, by: Person, now: datetime) -> None:
        """By whoever proposed it."""
        self._require_open(now)
        self._answer(AnonymisationState.WITHDRAWN, by, now)

    def end(self, state: AnonymisationState, now: datetime) -> None:
        """It is over: the name is kept no longer than needed."""
        self.state, self.done_at = state, now
        self.name, self.open_key = "", None

    def _answer(self, state: AnonymisationState, by: Person, now: datetime) -> None:
        self.answered_by, self.answered_at = by.id, now
        if state is AnonymisationState.APPROVED:
            self.state = state
        else:
            self.end(state, now)

    def _require_open(self, now: datetime) -> None:
        if not self.is_open:
            raise Expired("anonymisation_answered")
        if self.is_over(now):
            raise Expired("anonymisation_expired")


def is_same_person(one: Person, other: Person) -> bool:
    """Whether two accounts are one human being's, as far as a list can tell: the same account, or the same mailbox."""
    if one.id == other.id:
        return True
    if one.aad_object_id and other.aad_object_id and one.aad_object_id.lower() == other.aad_object_id.lower():
        return True
    return _mailbox(one.email) == _mailbox(other.email)


def _mailbox(email: str) -> str:
    """Capitals and what follows a plus are no other mailbox."""
    name, _at, host = unicodedata.normalize("NFKC", email).strip().casefold().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


def roles_that_bind(roles: Iterable[RoleAssignment], day: date) -> Sequence[RoleAssignment]:
    """The roles that have not ended: nobody is anonymised as long as they have one, or are to get one."""
    return [each for each in roles if each.to_on is None or each.to_on >= day]


def former(roles: Iterable[RoleAssignment]) -> str:
    """What the person is called from then on, by what they were last."""
    last = max(roles, key=lambda each: (each.to_on or date.max, each.from_on), default=None)
    return _FORMER.get(last.role, _FORMER_MEMBER) if last else _FORMER_MEMBER


def called(name: str, reader: Language) -> str:
    """The name as it is kept, and what somebody is called who was anonymised in the reader's language."""
    return _IN_ENGLISH.get(name, name) if reader is Language.ENGLISH else name
