"""One turn of conversation, as a handler sees it: who, what is kept, in which language, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from cards.language import Translator
from dialogs.links import GOOD_FOR, KEY, Link
from domain.access import Record, Viewer
from domain.municipality import Municipality
from domain.organisation import Institution, Person, RoleAssignment
from storage.audit import note_read
from storage.organisation import open_institutions, read_in
from storage.roles import viewer_on
from storage.secret import secret_named
from storage.unit_of_work import UnitOfWork


@dataclass(kw_only=True)
class Turn:
    """What a handler works with; nothing of Teams.

    `viewer` holds the person's roles of the day, `now` is aware UTC and `today` the local date. With `shows` a
    handler says which view of what its card is, so that the card can be replaced once the matter has moved on. `listed`
    are the matters that a list on its way names, so that nobody is reminded of them the same day.
    `is_glance` marks that only a card's title is looked at, which is no reading of what stands in it, and
    `is_reminder` that nobody has asked for the card: a view then has something to say only as long as something waits.
    """

    person: Person
    viewer: Viewer
    uow: UnitOfWork
    _: Translator
    now: datetime
    municipality: Municipality
    shown: tuple[str, UUID] | None = field(default=None, init=False)
    changed: list[tuple[str, UUID]] = field(default_factory=list, init=False)
    was_refused: bool = field(default=False, init=False)
    listed: frozenset[UUID] = field(default=frozenset(), init=False)
    _places_since: dict[date, Sequence[Institution]] = field(default_factory=dict, init=False)
    is_glance: bool = False
    is_reminder: bool = False

    @classmethod
    def of(
        cls,
        person: Person,
        uow: UnitOfWork,
        now: datetime,
        municipality: Municipality,
        *,
        is_reminder: bool = False,
        roles: Iterable[RoleAssignment] | None = None,
    ) -> "Turn":
        """A turn of the person's; their `roles` are looked up where nobody has yet."""
        today = now.astimezone(municipality.zone).date()
        read_in(uow, person.speaks)
        return cls(
            person=person,
            viewer=viewer_on(uow, person, today) if roles is None else Viewer.on(today, person.id, roles),
            uow=uow,
            _=Translator.of(person.speaks, municipality.zone),
            now=now,
            municipality=municipality,
            is_reminder=is_reminder,
        )

    @property
    def today(self) -> date:
        return self.now.astimezone(self.municipality.zone).date()

    @cached_property
    def open_places(self) -> Sequence[Institution]:
        """Every institution that is open today, A to Å, looked up once; whoever may see which is asked afterwards."""
        return open_institutions(self.uow, self.today)

    def places_since(self, day: date) -> Sequence[Institution]:
        """The same, and those that were open on that day and have closed; looked up once for each day."""
        if day >= self.today:
            return self.open_places
        if day not in self._places_since:
            self._places_since[day] = open_institutions(self.uow, day)
        return self._places_since[day]

    def glance(self) -> "Turn":
        """The same turn, to see whether a reminder has something to say; it keeps nothing of what was looked at."""
        return replace(self, is_glance=True, is_reminder=True)

    def shows(self, view: str, subject_id: UUID) -> None:
        self.shown = (view, subject_id)

    def changes(self, view: str, subject_id: UUID) -> None:
        """As `shows`, and the person's other copies of the card are now out of date; said of several, of each."""
        self.shows(view, subject_id)
        self.changed.append((view, subject_id))

    def undo(self) -> None:
        """Nothing of what was done is kept: the answer is a refusal, or asks for something first."""
        self.uow.undo()
        self.was_refused = True
        self.changed.clear()

    def reads(self, record: Record, subject_id: UUID, *, concerns: Iterable[UUID], where: Institution) -> None:
        """Keeps that the person has read this, for each whom it concerns but themselves (I33)."""
        if self.is_glance:
            return
        note_read(
            self.uow,
            reader_id=self.person.id,
            record=record,
            subject_id=subject_id,
            concerns=concerns,
            where=where,
            at=self.now,
        )

    def link_to(self, file: str, subject_id: UUID) -> str | None:
        """The address of one of the flows' files, for this person and a quarter of an hour.

        None where the bot has no address that a browser could reach.
        """
        if not self.municipality.public_url:
            return None
        link = Link(person_id=self.person.id, file=file, subject_id=subject_id, expires_at=self.now + GOOD_FOR)
        return f"{self.municipality.public_url}/files/{link.signed(secret_named(self.uow, KEY))}"
