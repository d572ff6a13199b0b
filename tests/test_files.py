"""Links to files: one person's, for a quarter of an hour, and with that person's rights when they are followed."""

from datetime import timedelta

import jwt
import pytest

from bot.files import Files
from dialogs.download import Refused
from dialogs.links import BadLink, Link
from domain.identity import new_id
from storage.database import Database
from tests.town import MUNICIPALITY, NOW, Town

KEY = b"k" * 32
LINK = Link(person_id=new_id(), file="nothing.word", subject_id=new_id(), expires_at=NOW + timedelta(minutes=15))


def test_a_link_says_what_was_signed() -> None:
    assert Link.read(LINK.signed(KEY), KEY) == LINK


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        LINK.signed(b"x" * 32),
        LINK.signed(KEY)[:-2],
        jwt.encode({"p": LINK.person_id.hex, "f": "x", "s": LINK.subject_id.hex, "exp": 1}, "", algorithm="none"),
        jwt.encode({"p": LINK.person_id.hex, "f": "x", "s": LINK.subject_id.hex}, KEY),
        jwt.encode({"p": "not an id", "f": "x", "s": LINK.subject_id.hex, "exp": 1}, KEY),
        jwt.encode({"p": 7, "f": "x", "s": LINK.subject_id.hex, "exp": 1}, KEY),
        jwt.encode({"f": "x", "s": LINK.subject_id.hex, "exp": 1}, KEY),
        jwt.encode({"p": LINK.person_id.hex, "f": "x", "s": LINK.subject_id.hex, "exp": 10**30}, KEY),
    ],
)
def test_what_was_not_signed_by_us_is_no_link(token: str) -> None:
    with pytest.raises(BadLink):
        Link.read(token, KEY)


async def test_an_address_that_is_none_of_ours_gets_a_sentence_and_no_file(database: Database) -> None:
    await database.write(Town().build)
    files = Files(database, MUNICIPALITY, lambda: NOW)
    for token in ("", "a.b.c", "x" * 100_000, LINK.signed(KEY)):
        found = await files.get(token)
        assert isinstance(found, Refused)
        assert "Her er ingen fil til dig" in found.sentence
