"""A link that is followed: the file as its person may see it at that moment, or a sentence."""

from dataclasses import dataclass
from datetime import datetime

from cards import download as cards
from cards.language import Translator
from dialogs import FILES
from dialogs.flow import File
from dialogs.links import Link
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.municipality import Municipality
from domain.organisation import Language, Person
from storage.database import UnitOfWork


@dataclass(frozen=True)
class Refused:
    """Why there is no file, in the reader's language."""

    sentence: str


def follow(uow: UnitOfWork, link: Link, *, now: datetime, municipality: Municipality) -> File | Refused:
    """The file of a link; roles are looked up anew, since they may have ended since it was made (I32)."""
    someone = uow.get(Person, link.person_id)
    _ = Translator.of(someone.speaks if someone else Language.DANISH, municipality.zone)
    if link.expires_at <= now:
        return Refused(cards.expired(_))
    if someone is None or not someone.is_active(now.astimezone(municipality.zone).date()) or link.file not in FILES:
        return Refused(cards.gone(_))
    uow.keep()
    try:
        return FILES[link.file](Turn.of(someone, uow, now, municipality), link.subject_id)
    except Refusal:
        uow.undo()
        return Refused(cards.gone(_))


def no_link(municipality: Municipality) -> Refused:
    """For an address that was never one of ours."""
    return Refused(cards.gone(Translator.of(Language.DANISH, municipality.zone)))
