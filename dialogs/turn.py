"""One turn of conversation, as a handler sees it: who, what is kept, in which language, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cards.language import Translator
from domain.access import Viewer
from domain.municipality import Municipality
from domain.organisation import Person
from storage.database import UnitOfWork
from storage.organisation import viewer_on


@dataclass(kw_only=True)
class Turn:
    """What a handler works with; nothing of Teams.

    `viewer` holds the person's roles of the day, `now` is aware UTC and `today` the local date. With `shows` a
    handler says which view of what its card is, so that the card can be replaced once the matter has moved on. `listed`
    are the matters that a list on its way names, so that nobody is reminded of them the same day.
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
    listed: frozenset[UUID] = field(default=frozenset(), init=False)

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
