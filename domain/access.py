"""Who may see what: one table for every query and every card.

I32: "A person sees a record only by role in force on the day of reading." A `Viewer` is therefore made anew,
from the roles of that day, for every activity and every message.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from functools import cache
from uuid import UUID

from domain.errors import NotAllowed
from domain.organisation import Institution, InstitutionType, Role, RoleAssignment


class Sight(IntEnum):
    """How much of a record one sees; the larger includes the smaller."""

    NOTHING = 0
    AGGREGATE = 1
    STATUS = 2
    FULL = 3


class Relation(StrEnum):
    """What a person is to an institution on a day; from `PAIR_CHIEF` on, what they are to one record of it.

    `VISITOR` is the observer of that visit, `COLLEAGUE` somebody of the house whom its leaders have asked to write it
    or have shown it to, `OWN_NETWORK` a facilitator of the network whose it is, `CONCERNED` whom it was written about.
    """

    OWN_LEADER = "own leader"
    OTHER_LEADER = "other leader"
    OBSERVER = "observer"
    CHIEF = "chief"
    OTHER_CHIEF = "other chief"
    ADMINISTRATION = "administration"
    PARTICIPATING_ADMINISTRATION = "participating administration"
    NETWORK = "network"
    PROTECTION_OFFICER = "data protection officer"
    PAIR_CHIEF = "chief of the pair"
    PAIR_LEADER = "leader of the pair"
    VISITOR = "observer of the visit"
    COLLEAGUE = "colleague who was asked"
    OWN_NETWORK = "facilitator of the network"
    CONCERNED = "person concerned"
    AUTHOR = "author"


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
    BOARD_EXTRACT = "extract for the board"
    BOARD_NOTE = "board note"
    FOCUS_AREA = "focus area"
    FOCUS_REMARK = "remark on a focus area"
    PERSPECTIVE = "perspective"
    LOCAL_PRIORITY = "local priority"
    GUIDE = "guide"
    OBSERVATION_DRAFT = "observation draft"
    OBSERVATION = "observation"
    VISIT_NOTE = "visit note"
    FEEDBACK_DRAFT = "feedback draft"
    FEEDBACK_UNREAD = "feedback unread"
    FEEDBACK = "observation feedback"
    TAKEN_HOME_UNREAD = "taken home, unread"
    TAKEN_HOME = "taken home"
    ONE_ON_ONE_NOTE = "1:1 note"
    ONE_ON_ONE = "1:1"
    PRIVATE_ITEM = "private agenda item"
    NOTE_DRAFT = "1:1 note draft"
    REMARK = "remark on a 1:1 note"
    AGREEMENT = "agreement"
    PERSONAL_NOTE = "personal note"
    PRACTICE_DRAFT = "practice draft"
    PRACTICE = "practice"
    EVIDENCE = "evidence"
    NETWORK_DRAFT = "network draft"
    NETWORK_STATEMENT = "network statement"
    POLITICAL_REPORT_DRAFT = "political report, draft"
    POLITICAL_REPORT = "political report"
    SUMMARY_DRAFT = "summary draft"
    SUMMARY_SENT = "summary sent for remarks"
    SUMMARY_FINAL = "final summary"
    SUPERVISION_SUMMARY = "supervision summary"
    RECTIFICATION = "request for a correction"
    ANONYMISATION = "proposal to anonymise"
    AUDIT = "audit"
    EVERYTHING = "everything about a person"


def _row(
    own_leader: Sight,
    other_leader: Sight,
    observer: Sight,
    chief: Sight,
    other_chief: Sight,
    administration: Sight,
    participating: Sight,
    network: Sight,
    **more: Sight,
) -> dict[Relation, Sight]:
    by_institution = (own_leader, other_leader, observer, chief, other_chief, administration, participating, network)
    named = {Relation[name.upper()]: sight for name, sight in more.items()}
    return dict.fromkeys(Relation, Sight.NOTHING) | dict(zip(Relation, by_institution, strict=False)) | named


_F, _S, _A, _N = Sight.FULL, Sight.STATUS, Sight.AGGREGATE, Sight.NOTHING

# Columns in the order of Relation; from the pair on by name, where they see anything. A preparation counts as a draft
# until the leader has pressed "Klar til samtalen", a reflection until "Gem og gå til beslutning", a network's statement
# until "Gem udtalelsen", an observation until it is asked for. A feedback is a draft until it is sent, and unread, with
# what its author takes home, until it is acknowledged or 14 days have passed. An agenda item that is private counts as
# the 1:1's own once the meeting has begun.
POLICY: dict[Record, dict[Relation, Sight]] = {
    Record.THEME: _row(_F, _F, _F, _F, _F, _F, _F, _F),
    Record.THEME_RECEIPT: _row(_F, _N, _N, _S, _N, _S, _S, _N),
    Record.DATA_PACKAGE: _row(_F, _N, _N, _F, _A, _F, _F, _A),
    Record.PREPARATION_DRAFT: _row(_F, _N, _N, _S, _N, _S, _S, _N, colleague=_F),
    Record.PREPARATION: _row(_F, _N, _N, _F, _N, _N, _F, _N, colleague=_F),
    Record.REFLECTION_DRAFT: _row(_F, _N, _N, _S, _N, _S, _S, _N, colleague=_F),
    Record.REFLECTION: _row(_F, _N, _N, _F, _N, _F, _F, _A, colleague=_F),
    Record.DECISION_DRAFT: _row(_F, _N, _N, _S, _N, _S, _S, _N),
    Record.DECISION: _row(_F, _N, _N, _F, _N, _F, _F, _A, colleague=_F),
    # To the board it goes "(export by leader)"; what the board said then is read with the decisions.
    Record.BOARD_EXTRACT: _row(_F, _N, _N, _N, _N, _N, _N, _N),
    Record.BOARD_NOTE: _row(_F, _N, _N, _F, _N, _F, _F, _A),
    # A preparation begins with what has become of them and of the measures, whoever the leaders ask to write it.
    Record.FOCUS_AREA: _row(_F, _N, _N, _F, _A, _F, _F, _A, colleague=_F),
    # "the chief can comment, never edit"; it stands where the focus area is read as a whole.
    Record.FOCUS_REMARK: _row(_F, _N, _N, _F, _N, _F, _F, _N),
    # "(+team by choice)": whoever the leaders ask to prepare or to take notes chooses among them there.
    Record.PERSPECTIVE: _row(_F, _N, _N, _F, _A, _F, _F, _A, colleague=_F),
    # one of the three qualitative kinds, seen by those who see the perspectives beside it.
    Record.LOCAL_PRIORITY: _row(_F, _N, _N, _F, _A, _F, _F, _A, colleague=_F),
    Record.GUIDE: _row(_F, _F, _F, _F, _F, _F, _F, _F),
    Record.OBSERVATION_DRAFT: _row(_N, _N, _N, _N, _N, _N, _N, _N, author=_F),
    Record.OBSERVATION: _row(_F, _N, _N, _S, _N, _S, _S, _N, visitor=_F),
    Record.VISIT_NOTE: _row(_N, _N, _N, _N, _N, _N, _N, _N, author=_F),
    Record.FEEDBACK_DRAFT: _row(_N, _N, _N, _N, _N, _N, _N, _N, author=_F),
    Record.FEEDBACK_UNREAD: _row(_F, _N, _N, _S, _N, _S, _S, _N, colleague=_F, author=_F),
    Record.FEEDBACK: _row(_F, _N, _N, _F, _N, _N, _F, _A, colleague=_F, author=_F),
    # to the institution that the observer came from. It is part of a feedback, and goes no further before it.
    Record.TAKEN_HOME_UNREAD: _row(_F, _N, _N, _N, _N, _N, _N, _N, author=_F),
    Record.TAKEN_HOME: _row(_F, _N, _N, _F, _N, _N, _F, _N, colleague=_F, author=_F),
    # Of the pair and nobody else, whatever they are to the institution; agreements are its present chief's, too. A
    # chief who has left reads what they wrote, a note and its agreements, with nothing that came later; what has moved
    # to another chief is that chief's.
    Record.ONE_ON_ONE: _row(_N, _N, _N, _N, _N, _N, _N, _N, pair_chief=_F, pair_leader=_F),
    Record.ONE_ON_ONE_NOTE: _row(_N, _N, _N, _N, _N, _N, _N, _N, pair_chief=_F, pair_leader=_F, author=_F),
    Record.PRIVATE_ITEM: _row(_N, _N, _N, _N, _N, _N, _N, _N, author=_F),
    Record.NOTE_DRAFT: _row(_N, _N, _N, _N, _N, _N, _N, _N, author=_F),
    Record.REMARK: _row(_N, _N, _N, _N, _N, _N, _N, _N, pair_chief=_F, pair_leader=_F, author=_F),
    Record.AGREEMENT: _row(_N, _N, _N, _F, _N, _N, _N, _N, pair_chief=_F, pair_leader=_F, author=_F),
    Record.PERSONAL_NOTE: _row(_N, _N, _N, _N, _N, _N, _N, _N, author=_F),
    # Nobody waits for a draft, so nobody else sees even a word for it.
    Record.PRACTICE_DRAFT: _row(_F, _N, _N, _N, _N, _N, _N, _N),
    Record.PRACTICE: _row(_F, _F, _F, _F, _F, _F, _F, _F),
    Record.EVIDENCE: _row(_A, _A, _N, _A, _A, _A, _A, _A),
    Record.NETWORK_DRAFT: _row(_N, _N, _N, _N, _N, _S, _S, _N, own_network=_F),
    Record.NETWORK_STATEMENT: _row(_F, _F, _N, _F, _F, _F, _F, _F, own_network=_F),
    # "✔ when public": until it is final it is for those who make it and those who qualify it.
    Record.POLITICAL_REPORT_DRAFT: _row(_N, _N, _N, _F, _F, _F, _F, _F),
    Record.POLITICAL_REPORT: _row(_F, _F, _F, _F, _F, _F, _F, _F),
    # A saved one is a draft until the leader gets it for a remark, and administration's only once it is final.
    Record.SUMMARY_DRAFT: _row(_N, _N, _N, _F, _N, _N, _N, _N),
    Record.SUMMARY_SENT: _row(_F, _N, _N, _F, _N, _N, _N, _N),
    # "final, if assigned": administration reads the final ones of an institution that it takes part in.
    Record.SUMMARY_FINAL: _row(_F, _N, _N, _F, _A, _N, _F, _N),
    # As it is asked for, with nobody's remark yet, it is for the chief and the leaders alone.
    Record.SUPERVISION_SUMMARY: _row(_F, _N, _N, _F, _A, _N, _N, _N),
    # Of whoever asks for it and the author whom they ask, whatever has become of their roles.
    Record.RECTIFICATION: _row(_N, _N, _N, _N, _N, _N, _N, _N, concerned=_F, author=_F),
    # Of those who can propose it and approve it.
    Record.ANONYMISATION: _row(_N, _N, _N, _N, _N, _F, _F, _N),
    # "Audit on my records", whoever one is; "DPO ✔" is who has read what, and nothing of what was read.
    Record.AUDIT: _row(_N, _N, _N, _N, _N, _N, _N, _N, protection_officer=_F, concerned=_F),
    # As the municipality writes it out to answer a request; in the bot each has their own.
    Record.EVERYTHING: _row(_N, _N, _N, _N, _N, _N, _N, _N, concerned=_F),
}

# What belongs to no institution is seen by the role alone, and so by what one is to an institution of others.
_BY_ROLE = {
    Role.LEADER: Relation.OTHER_LEADER,
    Role.CHIEF: Relation.OTHER_CHIEF,
    Role.OBSERVER: Relation.OBSERVER,
    Role.ADMINISTRATION: Relation.ADMINISTRATION,
    Role.FACILITATOR: Relation.NETWORK,
    Role.PROTECTION_OFFICER: Relation.PROTECTION_OFFICER,
}


_PARTICIPANTS = (Relation.OWN_LEADER, Relation.CHIEF, Relation.PARTICIPATING_ADMINISTRATION)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A chief and a leader in one line, and the institutions that bind them."""

    chief_id: UUID
    leader_id: UUID
    places: tuple[Institution, ...]


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Someone with the roles that are in force on one day."""

    person_id: UUID
    day: date
    roles: tuple[RoleAssignment, ...]
    _relations: dict[Institution, frozenset[Relation]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def on(cls, day: date, person_id: UUID, roles: Iterable[RoleAssignment]) -> "Viewer":
        return cls(person_id=person_id, day=day, roles=tuple(role for role in roles if role.is_in_force(day)))

    def has(self, role: Role) -> bool:
        return any(assignment.role is role for assignment in self.roles)

    def leads(self, institution: Institution) -> bool:
        return self._holds(Role.LEADER, institution)

    def is_chief_of(self, institution: Institution) -> bool:
        return self._holds(Role.CHIEF, institution)

    def takes_part(self, institution: Institution) -> bool:
        """Whether the person takes part in its dialogues, as `Staff.participants` says of everybody."""
        return not self.relations(institution).isdisjoint(_PARTICIPANTS)

    def facilitates(self, network: InstitutionType) -> bool:
        return any(held.facilitates(network) for held in self.roles)

    def works_at(self, institution: Institution) -> bool:
        """Whether any role of the person's is one at this very institution."""
        return any(held.institution_id == institution.id for held in self.roles)

    def if_author(self, author_id: UUID | None) -> set[Relation]:
        """I32: "own past records stay readable to the author", whatever their role has become."""
        return {Relation.AUTHOR} if self.person_id == author_id else set()

    @property
    def administers_all(self) -> bool:
        """Whether the person is administration of the whole municipality."""
        return any(
            held.role is Role.ADMINISTRATION and held.institution_id is None and held.area_id is None
            for held in self.roles
        )

    def sight_of_all(self, record: Record, *, also: Iterable[Relation] = ()) -> Sight:
        """How much the person sees of what is about all institutions and belongs to none."""
        return _most(record, frozenset((*(_BY_ROLE[held.role] for held in self.roles), *also)))

    def require_of_all(self, record: Record, least: Sight = Sight.FULL, *, also: Iterable[Relation] = ()) -> None:
        """Raises `NotAllowed` unless the person sees at least this much of what belongs to no institution."""
        if self.sight_of_all(record, also=also) < least:
            raise NotAllowed

    def relations(self, institution: Institution) -> frozenset[Relation]:
        """Everything the person is to the institution on the viewer's day; empty without any role."""
        # An answer about hundreds of institutions asks of each for one record after another.
        found = self._relations.get(institution)
        if found is None:
            found = frozenset(_relation(assignment, institution) for assignment in self.roles)
            self._relations[institution] = found
        return found

    def sight(self, record: Record, institution: Institution, *, also: Iterable[Relation] = ()) -> Sight:
        """The most that any of the person's relations lets them see of this kind of record.

        `also` is what they are to this one record, besides what they are to its institution.
        """
        found = self.relations(institution)
        return _most(record, found.union(also) if also else found)

    def require(
        self, record: Record, institution: Institution, least: Sight = Sight.FULL, *, also: Iterable[Relation] = ()
    ) -> None:
        """Raises `NotAllowed` unless the person sees at least this much."""
        if self.sight(record, institution, also=also) < least:
            raise NotAllowed

    def relations_in(self, pair: Pair, *, author_id: UUID | None = None) -> set[Relation]:
        """What the person is to something of the pair's; a part in it lasts as long as the role does (I32)."""
        found = {relation for where in pair.places for relation in self.relations(where)}
        if self.person_id == pair.chief_id and any(self.is_chief_of(where) for where in pair.places):
            found.add(Relation.PAIR_CHIEF)
        if self.person_id == pair.leader_id and any(self.leads(where) for where in pair.places):
            found.add(Relation.PAIR_LEADER)
        return found | self.if_author(author_id)

    def sight_in(self, record: Record, pair: Pair, *, author_id: UUID | None = None) -> Sight:
        """As `sight`, of something that a pair shares, or that one of them wrote."""
        return _most(record, frozenset(self.relations_in(pair, author_id=author_id)))

    def require_in(
        self, record: Record, pair: Pair, *, author_id: UUID | None = None, least: Sight = Sight.FULL
    ) -> None:
        if self.sight_in(record, pair, author_id=author_id) < least:
            raise NotAllowed

    def _holds(self, role: Role, institution: Institution) -> bool:
        return any(held.role is role and held.covers(institution) for held in self.roles)


@cache
def _most(record: Record, found: frozenset[Relation]) -> Sight:
    return max((POLICY[record][relation] for relation in found), default=Sight.NOTHING)


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
        case Role.PROTECTION_OFFICER:
            return Relation.PROTECTION_OFFICER
