"""What a chief and a leader have agreed on: who does it, when they follow up, and what becomes of it.

R-53: "Agreements carry over until done". I23: "Open agreements appear on the next agenda of the same pair until
closed; on a change of leader they move to the institution's new leader only after the chief confirms each one".
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.access import Viewer
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.identity import new_id
from domain.organisation import Institution
from domain.text import SHORT, clean, problem_in

NUDGED_BEFORE = timedelta(days=3)
EXTENSION = timedelta(days=7)
MOST_EXTENSIONS = 2


class Owner(StrEnum):
    """Who does it."""

    LEADER = "leder"
    CHIEF = "chef"
    TOGETHER = "sammen"


class AgreementState(StrEnum):
    """Where it stands; *overskredet* is not one of them, since it follows from the date."""

    OPEN = "åben"
    DONE = "gennemført"
    CONTINUED = "videreført"
    DROPPED = "bortfaldet"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """An agreement as it is written."""

    text: str = ""
    owner: Owner | None = None
    due: date | None = None

    def problems(self, today: date) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        if wrong := problem_in(self.text, SHORT) if self.text else Problem("nothing_agreed"):
            found["text"] = wrong
        if self.owner is None:
            found["owner"] = Problem("no_agreement_owner")
        if self.due is None or self.due < today:
            found["due"] = Problem("no_due")
        return found


@dataclass(kw_only=True, eq=False)
class Agreement:
    """One agreement of one 1:1, about one institution.

    `result` is what came of it, or why it was dropped. `carried_from` is the agreement that goes on in it,
    `moved_from` the leader from whom it came when the institution got another one. `extended` counts the weeks that
    were given, `bring_up_since` is when it was put on the next agenda on purpose, and `confirmed_at` when the leader
    said that it stands as they agreed. `ended_in` is the 1:1 in which the two closed it, None where its owner did,
    or the chief dropped it when the leader changed.
    """

    one_on_one_id: UUID
    institution_id: UUID
    chief_id: UUID
    leader_id: UUID
    text: str = field(repr=False)
    owner: Owner
    due: date
    made_at: datetime
    state: AgreementState = AgreementState.OPEN
    result: str = field(default="", repr=False)
    extended: int = 0
    bring_up_since: datetime | None = None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: UUID | None = None
    ended_in: UUID | None = None
    carried_from: UUID | None = None
    moved_from: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @classmethod
    def of(
        cls,
        terms: Terms,
        *,
        one_on_one_id: UUID,
        institution_id: UUID,
        chief_id: UUID,
        leader_id: UUID,
        now: datetime,
        today: date,
    ) -> "Agreement":
        """A new one; raises `Problems` at the fields."""
        if found := terms.problems(today):
            raise Problems(found)
        assert terms.owner is not None
        assert terms.due is not None
        return cls(
            one_on_one_id=one_on_one_id,
            institution_id=institution_id,
            chief_id=chief_id,
            leader_id=leader_id,
            text=terms.text,
            owner=terms.owner,
            due=terms.due,
            made_at=now,
        )

    @property
    def is_open(self) -> bool:
        return self.state is AgreementState.OPEN

    @property
    def can_be_extended(self) -> bool:
        return self.is_open and self.extended < MOST_EXTENSIONS

    @property
    def terms(self) -> Terms:
        return Terms(text=self.text, owner=self.owner, due=self.due)

    def is_overdue(self, today: date) -> bool:
        """ "*Overskredet* is derived, not stored." """
        return self.is_open and self.due < today

    def is_done_by(self, viewer: Viewer, where: Institution) -> bool:
        """Whether the viewer does it: the leader it is with, or the chief with responsibility on the day."""
        leads = self.leader_id == viewer.person_id and viewer.leads(where)
        chiefs = viewer.is_chief_of(where)
        if not where.is_open(viewer.day):
            # I23: open until it is closed, and nobody leads the place any more.
            return leads or chiefs
        return {Owner.LEADER: leads, Owner.CHIEF: chiefs}.get(self.owner, leads or chiefs)

    def write(self, terms: Terms, *, today: date) -> None:
        """Corrects it before the leader has confirmed it; raises `Problems` at the fields."""
        self.require_unconfirmed()
        if found := terms.problems(today):
            raise Problems(found)
        assert terms.owner is not None
        assert terms.due is not None
        self.text, self.owner, self.due = terms.text, terms.owner, terms.due

    def confirm(self, now: datetime) -> None:
        self.confirmed_at = self.confirmed_at or now

    def finish(self, result: str, *, by: UUID, now: datetime, during: UUID | None = None) -> None:
        """*Gennemført*, with a word on what came of it if there is one."""
        self._end(AgreementState.DONE, result, by=by, now=now, during=during)

    def drop(self, reason: str, *, by: UUID, now: datetime, during: UUID | None = None) -> None:
        """*Bortfalder*: "bortfaldet (med begrundelse)"."""
        if not clean(reason):
            raise Problems({"result": Problem("no_reason")})
        self._end(AgreementState.DROPPED, reason, by=by, now=now, during=during)

    def carry_on(
        self, result: str, due: date | None, *, one_on_one_id: UUID, by: UUID, now: datetime, today: date
    ) -> "Agreement":
        """*Fortsætter*: this one is closed, and what is returned goes on in its place with a new date."""
        terms = Terms(text=self.text, owner=self.owner, due=due)
        following = Agreement.of(
            terms,
            one_on_one_id=one_on_one_id,
            institution_id=self.institution_id,
            chief_id=by,
            leader_id=self.leader_id,
            now=now,
            today=today,
        )
        self._end(AgreementState.CONTINUED, result, by=by, now=now, during=one_on_one_id)
        following.carried_from, following.moved_from = self.id, self.moved_from
        return following

    def extend(self, today: date) -> None:
        """*Giv den en uge mere*: "twice at most, then it goes on the agenda"."""
        self.require_open()
        if not self.can_be_extended:
            raise Expired("agreement_extended_twice")
        self.due = max(self.due, today) + EXTENSION
        self.extended += 1

    def bring_up(self, now: datetime) -> None:
        """*Tag den op på 1:1*: it stands first among the agreements on the next agenda."""
        self.require_open()
        self.bring_up_since = self.bring_up_since or now

    def move_to(self, leader_id: UUID, *, by: UUID, now: datetime) -> None:
        """I23: to the institution's new leader, once the chief has confirmed it: `by` is that chief.

        The new leader is asked to confirm it in turn; one that is closed stays where it was made.
        """
        self.require_open()
        if leader_id == self.leader_id:
            raise NotAllowed
        self.moved_from, self.leader_id, self.chief_id = self.leader_id, leader_id, by
        self.confirmed_at = None

    def require_open(self) -> None:
        if not self.is_open:
            raise Expired("agreement_ended")

    def require_unconfirmed(self) -> None:
        self.require_open()
        if self.confirmed_at is not None:
            raise Expired("agreement_confirmed")

    def _end(self, state: AgreementState, result: str, *, by: UUID, now: datetime, during: UUID | None) -> None:
        self.require_open()
        result = clean(result)
        if found := problem_in(result, SHORT):
            raise Problems({"result": found})
        self.state, self.result, self.ended_by, self.ended_at = state, result, by, now
        self.ended_in, self.bring_up_since = during, None
