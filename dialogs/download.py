"""A link that is followed: the file as its person may see it at that moment, or a sentence."""

import re
from dataclasses import dataclass, replace
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
from domain.text import clean
from storage.unit_of_work import UnitOfWork

_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\:\"<>|?*]")


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
        made = FILES[link.file](Turn.of(someone, uow, now, municipality), link.subject_id)
    except Refusal:
        uow.undo()
        return Refused(cards.gone(_))
    return replace(made, name=storable(made.name))


def storable(name: str) -> str:
    """A file's name without what no disk takes, or what would show it as another kind of file than it is.

    Names of places and people stand in it, and a list that is imported may hold anything.
    """
    return " ".join(_NO_NAME.sub(" ", clean(name)).split())


def no_link(municipality: Municipality) -> Refused:
    """For an address that was never one of ours."""
    return Refused(cards.gone(Translator.of(Language.DANISH, municipality.zone)))
