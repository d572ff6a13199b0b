"""The cards of people's rights over their data, as they look at the moments people meet them."""

from datetime import date, timedelta

from cards import my_data
from cards.kit import Card
from cards.language import Translator
from cards.my_data import Sheet
from domain.access import Record
from domain.kept import Kind
from domain.my_data import Held, Post
from domain.organisation import Role
from tests.cards import municipality as made
from tests.cards.municipality import STARTS

LINK = "https://bot.skovkoebing.example/files/eksempel"
CONTACT = "kvalitet@skovkoebing.example"


def mine(_: Translator) -> Card:
    held = [
        Held(kind=Kind.IDENTITY, concerned=3),
        Held(kind=Kind.PREPARATION, wrote=2),
        Held(kind=Kind.REFLECTION, wrote=2),
        Held(kind=Kind.DECISION, wrote=5, acted=1),
        Held(kind=Kind.PERSPECTIVE, wrote=4),
        Held(kind=Kind.FEEDBACK, wrote=1, concerned=2),
        Held(kind=Kind.ONE_ON_ONE, wrote=3, concerned=6),
        Held(kind=Kind.AGREEMENT, concerned=4),
        Held(kind=Kind.PERSONAL_NOTE, wrote=1),
        Held(kind=Kind.MESSAGE, concerned=38),
        Held(kind=Kind.AUDIT, wrote=2, concerned=5),
    ]
    posts = [
        Post(role=Role.LEADER, reach="Elmeskolen", from_on=date(2024, 8, 1), to_on=None),
        Post(role=Role.OBSERVER, reach="Børnehuset Åen", from_on=date(2022, 8, 1), to_on=date(2024, 7, 31)),
    ]
    reads = {
        Record.FEEDBACK: (3, "Birgit Dam", STARTS),
        Record.ONE_ON_ONE_NOTE: (1, "Birgit Dam", STARTS - timedelta(days=9)),
    }
    sheet = Sheet(someone=made.leader(), posts=posts, held=held, reads=reads, contact=CONTACT, link=LINK)
    return my_data.show(_, sheet)


def mine_new(_: Translator) -> Card:
    posts = [Post(role=Role.ADMINISTRATION, reach="", from_on=date(2026, 4, 1), to_on=None)]
    held = [Held(kind=Kind.IDENTITY, concerned=2)]
    return my_data.show(_, Sheet(someone=made.colleague(), posts=posts, held=held, contact=CONTACT))


EXAMPLES = {"my_data": mine, "my_data_new": mine_new}
