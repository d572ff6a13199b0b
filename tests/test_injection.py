"""Whatever people write stays words: on every card, in every file, wherever it is shown again.

Each text of the confidential tables, and each name, is hostile; then everything is looked at that its people are sent,
ask for, press and download. Fields, buttons, questions and files are enumerated: a new one is covered by itself.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import select

from cards.calendar import entry
from cards.inputs import choices, toggle
from cards.kit import Card
from cards.language import Translator
from dialogs import FILES
from dialogs.conversation import Kind
from dialogs.download import follow, storable
from dialogs.flow import File
from dialogs.links import KEY, Link
from domain.organisation import Area, Institution, Language, Person
from domain.saved_summary import SavedSummary
from storage.database import Database
from storage.secret import secret_named
from storage.unit_of_work import UnitOfWork
from tests.cards import observed
from tests.crowd import Crowd
from tests.judged import does
from tests.kept_rows import marking
from tests.test_document import xml_of
from tests.test_hostile import recorded
from tests.town import COPENHAGEN, MUNICIPALITY, NOW, parts

PUBLIC = replace(MUNICIPALITY, public_url="https://bot.skovkoebing.example")
HOST = "evil.example"
# A formula, a link, a mention, a date function, a field of Word and markup, by their first words.
WORDS = f"=1+1 [kanarie](https://{HOST}/) <at>k</at> {{{{DATE(2026-01-01,SHORT)}}}} <b>k</b> "
NAMED = f" [kanarienavn](https://{HOST}/n) {{{{TIME(2026-01-01T08:00:00Z)}}}}"
TYPED = f"<w:fldSimple w:instr='DDE'/> [kanarietastet](https://{HOST}/t)\r\n{{{{DATE(2026-01-01)}}}} =cmd|'/c'!A1"
# Who between them meet everything.
PEOPLE = ("Mette Elkjær", "Birgit Dalum", "Rune Solgård", "Ole Strandby")

LINK = re.compile(r"\]\(|\]\[|\]:|<https?:")
MACRO = re.compile(r"\{\{\s*(DATE|TIME)\s*\(", re.IGNORECASE)
# What a client reads as Markdown, or evaluates; a text run, and what stands in an input, is read as it is.
MARKED_UP = {"TextBlock": ("text",), "Fact": ("title", "value"), "Badge": ("text",), "Input.Toggle": ("title",)}


def complaints(card: Card) -> Iterator[str]:
    """Where people's words could become more than words on a card."""
    for part in parts(card):
        kind = str(part.get("type", "Fact" if {"title", "value"} <= part.keys() else ""))
        for name in MARKED_UP.get(kind, ()):
            if LINK.search(str(part.get(name, ""))):
                yield f"a link in the {name} of a {kind}"
        shown = [str(part.get(name, "")) for name in ("text", "title", "label", "altText", "tooltip", "placeholder")]
        if any(MACRO.search(each) for each in shown):
            yield f"a date function in a {kind}"
        if kind == "TextBlock" and "kanarie" in str(part.get("text")):
            yield f"people's words in a TextBlock: {part['text'][:60]!r}"
        if any(HOST in str(part.get(name, "")) for name in ("url", "iconUrl", "backgroundImage", "dataset")):
            yield f"a {kind} that leads to an address which somebody wrote"
        if kind in ("Image", "Media", "Action.Submit", "Action.ShowCard") or "entities" in part:
            yield f"a {kind}, which no card of ours has"
    for name in ("fallbackText", "speak"):
        told = str(card.get(name))
        if "kanarie]" in told or "kanarietastet" in told:
            yield f"what somebody wrote in {name}, which a toast shows"


@dataclass
class Seen:
    """What was looked at, and what was wrong with it."""

    wrong: set[str] = field(default_factory=set)
    cards: int = 0
    with_words: int = 0
    links: dict[str, str] = field(default_factory=dict)

    def look(self, what: str, card: Card) -> None:
        self.cards += 1
        self.with_words += "kanarie" in json.dumps(card)
        self.wrong |= {f"{what}: {each}" for each in complaints(card)}
        for part in parts(card):
            found = re.search(r"/files/([\w.-]+)$", str(part.get("url", "")))
            if found:
                self.links.setdefault(found[1], what)


async def test_what_people_wrote_is_words_on_every_card_and_in_every_file(sqlite_database: Database) -> None:
    people = await sqlite_database.write(hostile_municipality)
    seen, files = Seen(), dict[str, File]()
    for name in PEOPLE:
        await sqlite_database.rehearse(lambda uow, name=name: _looked_at(uow, people[name], seen, files))
    assert not seen.wrong, "\n".join(sorted(seen.wrong))
    assert seen.with_words > 100
    for file, made in files.items():
        assert list(wrong_in_file(made)) == [], file
    assert {name for name in FILES if name not in files} == set(), "nobody was offered these, so nothing is proved"


def hostile_municipality(uow: UnitOfWork) -> dict[str, UUID]:
    with marking(WORDS):
        people = {name: each.id for name, each in Crowd.gather(uow).people.items()}
    for kind in (Person, Institution, Area):
        for each in uow.session.scalars(select(kind)):
            each.name += NAMED
    # What a summary is about stands in words, but in the bot's own: names and half-years.
    for summary in uow.session.scalars(select(SavedSummary)):
        summary.scope = summary.scope.rpartition(WORDS)[2]
    return people


def _looked_at(uow: UnitOfWork, person_id: UUID, seen: Seen, files: dict[str, File]) -> None:
    seen.links.clear()
    presses = recorded(uow, person_id, look=seen.look, municipality=PUBLIC)
    who, tried = uow.session.get_one(Person, person_id), set[tuple[str, ...]]()
    for number, press in enumerate(presses):
        typed = {name: TYPED for name, values in press.choices.items() if not values}
        if typed and (press.verb, *typed) not in tried:
            tried.add((press.verb, *typed))
            told = {**press.standing, **typed, **press.data}
            reply = does(uow, who, Kind.PRESSED, NOW, municipality=PUBLIC, verb=press.verb, data=told, key=f"t{number}")
            seen.look(f"{press.verb}, typed", reply.card or {})
    key = secret_named(uow, KEY)
    for token in seen.links:
        link = Link.read(token, key)
        made = follow(uow, link, now=NOW, municipality=PUBLIC)
        if isinstance(made, File) and link.file not in files:
            files[link.file] = replace(made, content=bytes_of(made))


def bytes_of(made: File) -> Any:
    content = made.content()
    return lambda: content


def wrong_in_file(made: File) -> Iterator[str]:
    """What a file has besides words; a kind of file that nobody has thought of is wrong by itself."""
    content, kind = made.content(), made.media_type.partition(";")[0]
    if re.search(r"[\x00-\x1f\x7f/\\:\"<>|?*]", made.name):
        yield f"its name is {made.name!r}"
    if kind == "application/pdf":
        read = PdfReader(BytesIO(content))
        if any("/Annots" in page for page in read.pages):
            yield "links"
        if {"/AA", "/AcroForm", "/Names"} & set(read.root_object) or not isinstance(
            read.root_object.get("/OpenAction", []), list
        ):
            yield "actions"
    elif kind.endswith("wordprocessingml.document"):
        xml = xml_of(content)
        if set(re.findall(r'w:instr="([^"]*)"', xml)) - {"PAGE", "NUMPAGES"}:
            yield "a field"
        for forbidden in ("<w:hyperlink", "<w:instrText", "<w:fldChar", "<w:altChunk", "<w:object", "TargetMode"):
            if forbidden in xml:
                yield forbidden
    elif kind == "text/html":
        yield from wrong_in_page(content.decode())
    elif kind == "application/zip":
        with zipfile.ZipFile(BytesIO(content)) as packed:
            for name in packed.namelist():
                if name.endswith(".html"):
                    yield from wrong_in_page(packed.read(name).decode())
                elif name.endswith(".json"):
                    json.loads(packed.read(name))
                else:
                    yield f"{name} in it"
    elif kind == "text/calendar":
        yield from wrong_in_calendar(content)
    else:
        yield f"nobody has said how words stay words in {made.media_type}"


def wrong_in_page(page: str) -> Iterator[str]:
    tags = {each.lower() for each in re.findall(r"<\s*/?\s*([a-zA-Z][\w:-]*)", page)}
    allowed = (
        "html head meta title style body main h1 h2 h3 h4 h5 h6 p section strong blockquote div table thead tbody tr"
    )
    if odd := tags - {*allowed.split(), "th", "td", "dl", "dt", "dd", "footer"}:
        yield f"the tags {sorted(odd)}"
    if re.search(r"\s(href|src|on\w+)\s*=", re.sub(r">[^<]*<", "><", page)):
        yield "an address or a script"


def wrong_in_calendar(content: bytes) -> Iterator[str]:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    known = "UID SEQUENCE DTSTAMP DTSTART DTEND SUMMARY LOCATION DESCRIPTION STATUS ORGANIZER TRANSP"
    if odd := set(event) - set(known.split()):
        yield f"the properties {sorted(odd)}"
    lines = re.sub(rb"\r\n[ \t]", b"", content).split(b"\r\n")
    if any(len(each) > 75 for each in content.split(b"\r\n")) or b"\n" in b"".join(lines):
        yield "a line that is too long, or broken by hand"
    if sum(each.startswith(b"BEGIN:") for each in lines) != 2:
        yield "more than one event"


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Elmeskolen, forår 2026.pdf", "Elmeskolen, forår 2026.pdf"),
        ("../../etc/passwd.pdf", ".. .. etc passwd.pdf"),
        ("C:\\x\r\nSet-Cookie: a=b.pdf", "C x Set-Cookie a=b.pdf"),
        ("skolen\u202efdp.exe", "skolenfdp.exe"),
    ],
)
def test_a_files_name_is_a_name_on_any_disk(name: str, stored: str) -> None:
    assert storable(name) == stored


def test_a_place_cannot_write_into_the_calendar() -> None:
    visit = observed.visit()
    where = "3.a\r\nATTACH:https://evil.example\nBEGIN:VALARM\\;X=1,\u2028" + "æ" * 200
    visit.observation.what = replace(visit.observation.what, where=where)
    visit.host.name = "Skolen\r\nATTENDEE:mailto:x@evil.example"
    content = entry(Translator.of(Language.DANISH, COPENHAGEN), visit)
    assert list(wrong_in_calendar(content)) == []
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert "BEGIN:VALARM" in event["LOCATION"]


@pytest.mark.parametrize(
    "words",
    [
        "[a](https://evil.example)",
        "[a][b]",
        "[b]: https://evil.example",
        "<https://evil.example>",
        "{{DATE(2026-01-01)}}",
    ],
)
def test_a_choice_named_by_somebody_is_no_link_where_the_client_reads_markdown(words: str) -> None:
    """The client takes the titles of choices and of a tick box for Markdown, unlike their labels."""
    made = choices("x", "Hvilken?", {"1": words})["choices"][0]["title"], toggle("x", "Ja?", words)["title"]
    for title in made:
        assert not LINK.search(title)
        assert not MACRO.search(title)
        assert title.replace("\u2060", "") == words
