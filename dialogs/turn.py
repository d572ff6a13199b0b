"""One turn of conversation, as a handler sees it: who, what is kept, in which language, and when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cards.language import Translator
from dialogs.links import GOOD_FOR, KEY, Link
from domain.access import Record, Viewer
from domain.municipality import Municipality
from domain.organisation import Institution, Person
from storage.audit import note_read
from storage.database import UnitOfWork
from storage.organisation import viewer_on
from storage.secret import secret_named


@dataclass(kw_only=True)
class Turn:
    """What a handler works with; nothing of Teams.

    `viewer` holds the person's roles of the day, `now` is aware UTC and `today` the local date. With `shows` a
    handler says which view of what its card is, so that the card can be replaced once the matter has moved on.
    """

    person: Person
    viewer: Viewer
    uow: UnitOfWork
    _: Translator
    now: datetime
    municipality: Municipality
    shown: tuple[str, UUID] | None = field(default=None, init=False)
    has_changed: bool = field(default=False, init=False)
    was_refused: bool = field(default=False, init=False)

    @classmethod
    def of(cls, person: Person, uow: UnitOfWork, now: datetime, municipality: Municipality) -> "Turn":
        return cls(
            person=person,
            viewer=viewer_on(uow, person, now.astimezone(municipality.zone).date()),
            uow=uow,
            _=Translator.of(person.speaks, municipality.zone),
            now=now,
            municipality=municipality,
        )

    @property
    def today(self) -> date:
        return self.now.astimezone(self.municipality.zone).date()

    def shows(self, view: str, subject_id: UUID) -> None:
        self.shown = (view, subject_id)

    def changes(self, view: str, subject_id: UUID) -> None:
        """As `shows`, and the person's other copies of the card are now out of date."""
        self.shown, self.has_changed = (view, subject_id), True

    def reads(self, record: Record, subject_id: UUID, *, concerns: Iterable[UUID], where: Institution) -> None:
        """Keeps that the person has read this, for each whom it concerns but themselves (I33)."""
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
