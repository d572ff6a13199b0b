"""What is kept about a person, as that person, and the municipality that answers them, get to see it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Text, select

from bot.access_export import Export, export_of
from bot.terminal import Unknown
from cards.kinds import readers
from cards.language import Translator
from cards.questions import QUESTIONS, question_of
from dialogs.links import KEY, Link
from dialogs.my_data import file, show
from dialogs.turn import Turn
from domain.access import POLICY, Record, Relation, Sight
from domain.errors import NotAllowed
from domain.focus_area import FocusArea
from domain.focus_remark import FocusRemark
from domain.kept import RECORDS, Kind
from domain.my_data import Entry
from domain.note import Note
from domain.one_on_one import OneOnOne
from domain.organisation import Language, Person, RoleAssignment
from storage.database import Database
from storage.kept import BY_TABLE, HOLDINGS, IMPERSONAL
from storage.my_data import everything_about, held_of
from storage.sealed import SealedText
from storage.secret import secret_named
from storage.tables import metadata
from storage.types import Document
from storage.unit_of_work import UnitOfWork
from tests.kept_rows import READINGS, Rows
from tests.pair import AFTER, LEADING, NOW, agrees, birgit, mette, plans, shares, town  # noqa: F401
from tests.test_summary import askers
from tests.town import MUNICIPALITY, Someone, Town, button, buttons, parts, words

MINE = "Husk at spørge til overgangen på femte årgang."
PRIVATE = "Tag det svære emne om normeringen op."
PAIR = ["chief of the pair", "leader of the pair"]
# What is kept without words of anybody's that others could read, and what it counts as.
WITHOUT_READING: dict[str, Record | None] = {
    # Who one is, and what the bot remembers of what it was asked and has sent.
    **dict.fromkeys(("person", "role_assignment", "reach", "chat"), None),
    **dict.fromkeys(("asked_before", "asked_bounds", "asked_summary", "prompt", "sent_card", "answer"), None),
    # How often the two of a pair meet.
    "rhythm": Record.ONE_ON_ONE,
    # Everybody's to read, but that a theme has been received.
    "observation_guide": Record.GUIDE,
    "tool_experience": Record.THEME,
    "theme_receipt": Record.THEME_RECEIPT,
}
# Of nobody's *Mine data*: a hold is the municipality's, and what is read and written out is told of by itself.
TOLD_TO_NOBODY = {"legal_hold", "audit_event", "export_event"}
# Documents in which no words stand: ids, aims, and what was understood of a question.
NO_WORDS = {
    ("anonymisation", "counts"),
    ("asked_before", "slots"),
    ("asked_bounds", "bounds"),
    ("focus_area", "aims"),
    ("focus_status", "evidence"),
    ("focus_status", "perspectives"),
    ("network_statement", "theme_ids"),
    ("observation", "offered"),
    ("one_on_one", "fine_by"),
    ("one_on_one", "institution_ids"),
    ("perspective", "aims"),
    ("theme_receipt", "discussed_with"),
    ("theme_receipt", "talks"),
}


def test_every_table_is_placed_and_every_person_in_it() -> None:
    """Nothing about a person is left out because nobody thought of a table."""
    for table in metadata.sorted_tables:
        if table.name in IMPERSONAL:
            assert not [each for each in table.c if _is_person(each)], table.name
            continue
        holding = BY_TABLE[table.name]
        named = {*holding.by, *holding.about, *holding.acted}
        assert {each.name for each in table.c if _is_person(each)} <= named, table.name
        written = {each.name for each in table.c if isinstance(each.type, Text | SealedText | Document)}
        assert {each for each in written - set(holding.words) if (table.name, each) not in NO_WORDS} == set(), (
            table.name
        )
        assert set(holding.told) <= set(holding.words)
    assert {each.kind for each in HOLDINGS} == set(Kind)


def test_every_kind_that_people_read_is_a_record_of_the_policy() -> None:
    assert {Kind.IDENTITY, Kind.QUESTION, Kind.MESSAGE} == set(Kind) - set(RECORDS)


def _is_person(column: object) -> bool:
    return any(key.column.table.name == "person" for key in column.foreign_keys)  # type: ignore[attr-defined]


async def a_shared_note(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    """A 1:1 with a private item of the chief's, a note, an agreement, and a preparation note of the leader's own."""
    await plans(birgit)
    agenda = await birgit.says("dagsorden")
    await birgit.presses(agenda, "Tilføj", text=PRIVATE, seen="private")
    await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
    await mette.presses(
        await mette.presses(await mette.says("dagsorden"), "Mit forberedelsesnotat"), "Gem notatet", text=MINE
    )
    await agrees(birgit, await shares(birgit))


async def test_one_sees_how_much_is_kept_of_what_kind_and_who_can_read_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await a_shared_note(birgit, mette)
    mette.now = birgit.now
    told = words(await mette.says("mine data"))
    assert "Ses af: kun dig" in told
    assert "Leder · Elmeskolen · siden 1. august 2024" in told
    assert "Dine forberedelsesnotater\n1 skrevet af dig\nKan læses af: kun dig" in told
    assert "Aftaler\n1 om dig" in told
    assert MINE not in told
    await mette.says("notat")
    chief = words(await birgit.says("hvad er gemt om mig"))
    assert "Dine forberedelsesnotater" not in chief, "Mette's own note is counted to nobody but her"
    assert "Læst af andre 1 gang, senest af Mette Holm" in chief
    who = "Kan læses af: dig, databeskyttelsesrådgiveren og den, det handler om"
    assert who in chief
    assert "Mine data" in buttons(await mette.says("hvem har set det"))
    assert "Mine data" in buttons(await mette.says("hvem kan se hvad"))


@pytest.mark.parametrize(
    "asked", ["hvad har birgit skrevet om mig", "står der noget om mig", "har Birgit noteret om mig?", "notes about me"]
)
async def test_what_others_have_written_about_oneself_is_asked_for_in_ones_own_words(
    mette: Someone,  # noqa: F811
    asked: str,
) -> None:
    assert "Mine data" in words(await mette.says(asked))


async def test_a_draft_is_not_said_to_be_read_by_the_chief_before_it_is_ready(database: Database) -> None:
    """*Kan læses af* is of the things as they are now, and the chief reads no more than it says."""
    made = Town()
    await database.write(made.build)
    leader, chief = Someone(database, made.leader), Someone(database, made.chief)
    form = await leader.presses(await leader.says("forbered"), "Gem kladde", interpretation="Flere deltager i timerne.")
    assert "kladde" in words(form).lower()
    told = words(await leader.says("mine data"))
    row = told[told.index("Forberedelser\n") :].split("\n")[:3]
    assert row == [
        "Forberedelser",
        "1 skrevet af dig (kladde)",
        "Kan læses af: tilbuddets ledere og en kollega efter aftale",
    ]
    assert await chief.gets("preparation", made.dialogue.id) is None
    assert "Flere deltager i timerne." not in words(await chief.says("tilsynsresumé for Elmeskolen"))
    page = await page_of(leader)
    assert "Kan læses af (kladde):" in page


@pytest.mark.parametrize("now", [NOW, NOW + timedelta(days=400)])
@pytest.mark.each_on_both
async def test_each_row_of_everybodys_is_said_to_be_read_by_whom_the_policy_says(
    seeded: Database, now: datetime
) -> None:
    """Every row as it is read from its columns in one place counts as what it is told to be in the other."""
    some = {each.id for each in await askers(seeded)}

    def work(uow: UnitOfWork) -> set[Record]:
        area, meeting = uow.session.scalars(select(FocusArea)).first(), uow.session.scalars(select(OneOnOne)).first()
        assert area is not None
        assert meeting is not None
        meeting.draft = Note(leading="Halvt tænkt")
        uow.add(FocusRemark.on(area, "Hvad siger de unge selv om det?", by=meeting.chief_id, now=NOW))
        uow.session.flush()
        kept, met = Rows(uow, now).kept(), set[Record]()
        danish = Translator.of(Language.DANISH)
        people = uow.session.scalars(select(Person)).all()
        for someone in people if uow.dialect == "sqlite" else [each for each in people if each.id in some]:
            entries = everything_about(uow, someone, now, viewer=None).entries
            for each in entries:
                if each.table in WITHOUT_READING:
                    assert each.record is WITHOUT_READING[each.table], each.table
                    continue
                records = {meaning.record for meaning in kept[row_of(each)][1]}
                assert each.record in records, (each.table, each.record, records)
                assert each.record is not None
                met.add(each.record)
            card = words(show(Turn.of(someone, uow, now, MUNICIPALITY)))
            for held in held_of(uow, someone.id, now):
                who = readers(danish, held.kind, held.record)
                assert held.kind is Kind.IDENTITY or f"Kan læses af: {who}" in card
                policy = POLICY[held.record] if held.record else {}
                for relation, name in (
                    (Relation.CHIEF, "Børn og Unge-chef"),
                    (Relation.OWN_LEADER, "tilbuddets leder"),
                ):
                    if "alle, der bruger" not in who:
                        assert (name in who) == (policy.get(relation) is Sight.FULL), (held.kind, held.record, who)
                counted = [each for each in entries if each.kind is held.kind and each.record is held.record]
                assert held.kind is Kind.AUDIT or len(counted) == held.total
        return met

    met = await seeded.write(work)
    assert {Record.PREPARATION, Record.DECISION, Record.FEEDBACK, Record.AGREEMENT} <= met
    assert {Record.ONE_ON_ONE, Record.NOTE_DRAFT, Record.FOCUS_REMARK} <= met


def test_every_table_of_people_has_a_reading_or_a_reason_for_none() -> None:
    with_whole = {each.table.name for each in HOLDINGS if each.goes_with}
    assert set(BY_TABLE) == set(READINGS) | with_whole | set(WITHOUT_READING) | TOLD_TO_NOBODY
    assert set(READINGS).isdisjoint(WITHOUT_READING)


def row_of(entry: Entry) -> tuple[str, UUID]:
    """The row that says whose the entry is: its own, or that of what it goes with."""
    holding = BY_TABLE[entry.table]
    if entry.table in READINGS:
        assert entry.id is not None
        apart = [name for name, record in holding.apart.items() if record is entry.record]
        return ".".join([entry.table, *apart]), entry.id
    [key] = holding.table.c[holding.goes_with].foreign_keys
    return key.column.table.name, UUID(entry.facts[holding.goes_with])


async def test_a_half_written_note_is_the_chiefs_alone_and_its_meeting_is_both_of_theirs(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    birgit.now = mette.now = AFTER
    await birgit.presses(await birgit.says("notat"), "Gem kladde", leading=LEADING)
    both = "Kan læses af: chefen i 1:1-mødet og lederen i 1:1-mødet"
    told = words(await birgit.says("mine data"))
    assert f"1:1-møder med dagsorden og notat\n1 skrevet af dig\n{both}" in told
    assert "1 skrevet af dig (kladde til notatet)\nKan læses af: kun dig" in told
    hers = words(await mette.says("mine data"))
    assert f"1 om dig\n{both}" in hers
    assert "kladde til notatet" not in hers
    for someone, readers_of_each in ((birgit, [PAIR, ["author"]]), (mette, [PAIR])):
        made = await exported(database, someone)
        found = [each for each in json.loads(made.data)["records"] if each["table"] == "one_on_one"]
        assert [each["recipients"] for each in found] == readers_of_each
        assert (LEADING in made.page.decode()) is (someone is birgit)
    assert made.withheld == {Kind.ONE_ON_ONE: 1}, "the municipality decides whether she can have it"


async def test_all_of_it_is_had_as_a_file_by_its_person_alone(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await a_shared_note(birgit, mette)
    mette.now = birgit.now
    page = await page_of(mette)
    for own in (MINE, LEADING, "Mette inviterer til en observation"):
        assert own in page
    assert "Birgit Dam" in page
    other = await page_of(birgit)
    assert MINE not in other
    with pytest.raises(NotAllowed):
        await page_of(birgit, of=mette)
    # I33: what the chief wrote was read by that.
    assert "Mette Holm" in words(await birgit.says("hvem har set det"))


async def test_each_text_stands_with_the_question_that_it_answers_in_the_persons_language(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await a_shared_note(birgit, mette)
    mette.now = birgit.now
    asking = await birgit.presses(await birgit.says("notat"), "Tilføj en bemærkning")
    await birgit.presses(asking, "Gem bemærkningen", remark="Linje\nto")
    page = await page_of(mette)
    for question, answer in (
        ("Hvordan går det med at lede kvalitetsudviklingen?", LEADING),
        ("Hvad er I blevet enige om?", "Mette inviterer til en observation"),
        ("Hvad vil du huske?", MINE),
        ("Din bemærkning", "Linje\nto"),
    ):
        assert f"<dt>{question}</dt><dd>{answer}</dd>" in page, question
    assert "<h3>23. april 2026 · skrevet af Birgit Dam" in page
    data = json.loads((await exported(database, birgit)).data)
    note = next(each for each in data["records"] if each["table"] == "note_version")
    assert {"question": "Hvordan går det med at lede kvalitetsudviklingen?", "text": LEADING} in note["texts"]

    def speaks_english(uow: UnitOfWork) -> None:
        uow.session.get_one(Person, mette.who.id).language = Language.ENGLISH

    await database.write(speaks_english)
    answered = await exported(database, mette)
    assert f"<dt>How is leading the quality development going?</dt><dd>{LEADING}</dd>" in answered.page.decode()
    records = json.loads(answered.data)["records"]
    own = next(each for each in records if each["table"] == "personal_note")
    assert own["texts"] == [{"question": "What do you want to remember?", "text": MINE}]


# What nobody was asked for: notes on the way, names, and what the bot itself has sent or drawn up.
UNASKED = {
    ("answer", "card"),
    ("anonymisation", "name"),
    ("one_on_one", "place"),
    ("practice", "title"),
    ("visit_note", "text"),
}
DRAWN = {"saved_summary", "political_report"}


async def test_no_text_of_the_demos_people_stands_without_a_question_that_was_asked(seeded: Database) -> None:
    def work(uow: UnitOfWork) -> set[tuple[str, str]]:
        return {
            (each.table, text.name)
            for someone in uow.session.scalars(select(Person))
            for each in everything_about(uow, someone, NOW, viewer=None).entries
            for text in each.texts
        }

    _ = Translator.of(Language.DANISH, MUNICIPALITY.zone)
    found = await seeded.read(work)
    assert len({table for table, _name in found}) > 10
    without = {(table, name) for table, name in found if table not in DRAWN and not question_of(_, table, name)}
    assert without <= UNASKED
    # A table that is called otherwise one day does not lose its questions unseen.
    assert set(QUESTIONS) <= set(BY_TABLE)


async def test_i32_whoever_has_lost_the_role_gets_their_own_words_and_the_municipality_gives_the_rest(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await a_shared_note(birgit, mette)
    yesterday = (birgit.now - timedelta(days=1)).date()

    def ends(uow: UnitOfWork) -> None:
        for held in uow.session.query(RoleAssignment).filter_by(person_id=town.leader.id):
            held.to_on = yesterday

    await database.write(ends)
    mette.now = birgit.now
    page = await page_of(mette)
    assert MINE in page
    assert LEADING not in page
    assert "Din rolle i dag giver ikke adgang til den" in page
    answered = await exported(database, mette)
    assert LEADING in answered.page.decode()


async def test_a_request_for_access_is_answered_with_sources_recipients_and_reads(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    await a_shared_note(birgit, mette)
    mette.now = birgit.now
    await mette.says("notat")
    made = await exported(database, birgit)
    assert made.withheld == {Kind.PERSONAL_NOTE: 1}
    made.write(tmp_path / "udleveret")
    page = (tmp_path / "udleveret" / "mine-data.html").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "udleveret" / "mine-data.json").read_text(encoding="utf-8"))
    assert MINE not in page + json.dumps(data, ensure_ascii=False), "another's private note is nobody else's"
    note = next(each for each in data["records"] if each["table"] == "note_version")
    assert note["your_part"] == "wrote"
    assert note["content"]["content"]["leading"] == LEADING
    assert "leader of the pair" in note["recipients"]
    assert note["source"] == "Birgit Dam"
    listed = next(each for each in data["records"] if each["table"] == "role_assignment")
    assert listed["source"] == "the municipality's list and Microsoft Teams"
    assert "skrevet af dig" in page
    assert [each["reader"] for each in data["read_by"]] == ["Mette Holm"]
    assert "Mette Holm" in page
    assert (tmp_path / "udleveret" / "mine-data.json").stat().st_mode & 0o077 == 0
    assert page.count("<h2>Hvem du er</h2>") == 1
    assert "<dt>Navn</dt><dd>Birgit Dam</dd>" in page
    assert "<td></td>" not in page.partition("<h2>Hvem du er</h2>")[2].partition("<h2>")[0], "a row that says nothing"


async def test_an_earlier_export_is_never_written_over(
    mette: Someone,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    made = await exported(database, mette)
    made.write(tmp_path)
    before = (tmp_path / "mine-data.html").read_bytes()
    later = replace(made, page=b"another", data=b"{}")
    for again in (later.prepare, later.write):
        with pytest.raises(FileExistsError, match="an earlier export is there; choose another folder"):
            again(tmp_path)
    assert (tmp_path / "mine-data.html").read_bytes() == before
    # What was begun and never written is no export.
    (tmp_path / "mine-data.html").write_bytes(b"")
    (tmp_path / "mine-data.json").unlink()
    later.write(tmp_path)
    assert (tmp_path / "mine-data.html").read_bytes() == b"another"


async def test_a_private_item_of_another_is_in_nothing_before_the_meeting(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await birgit.presses(await birgit.says("dagsorden"), "Tilføj", text=PRIVATE, seen="private")
    made = await exported(database, mette)
    assert PRIVATE not in made.page.decode()
    assert PRIVATE not in made.data.decode()
    assert made.withheld == {Kind.ONE_ON_ONE: 1}
    assert PRIVATE in (await exported(database, birgit)).page.decode()


async def test_a_cancelled_meeting_never_opens_a_private_item(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await birgit.presses(await birgit.says("dagsorden"), "Tilføj", text=PRIVATE, seen="private")
    await birgit.presses(await birgit.presses(await birgit.says("1:1 med Mette"), "Aflys mødet"), "Ja, aflys")
    mette.now = birgit.now = AFTER + timedelta(days=30)
    made = await exported(database, mette)
    for told in (await page_of(mette), made.page.decode(), made.data.decode()):
        assert PRIVATE not in told
    assert made.withheld == {Kind.ONE_ON_ONE: 1}
    assert PRIVATE in (await exported(database, birgit)).page.decode()


async def test_what_was_typed_is_words_on_the_page(birgit: Someone, mette: Someone, database: Database) -> None:  # noqa: F811
    await plans(birgit)
    await shares(birgit, leading="<script>alert(1)</script> & <b>fed</b>")
    page = (await exported(database, mette)).page.decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;fed&lt;/b&gt;" in page


async def test_nobody_with_that_e_mail_is_told(database: Database, town: Town) -> None:  # noqa: F811
    await database.write(town.build)
    with pytest.raises(Unknown):
        await database.read(lambda uow: export_of(uow, "x@y.example", now=NOW, municipality=MUNICIPALITY))


async def test_the_card_leads_to_the_file_by_a_signed_link(mette: Someone, database: Database) -> None:  # noqa: F811
    mette.municipality = replace(MUNICIPALITY, public_url="https://bot.skovkoebing.example")
    card = await mette.says("my data")
    url = next(str(each["url"]) for each in parts(card) if each.get("type") == "Action.OpenUrl")
    key = await database.write(lambda uow: secret_named(uow, KEY))
    link = Link.read(url.rsplit("/", 1)[1], key)
    assert (link.file, link.person_id, link.subject_id) == ("my_data", mette.who.id, mette.who.id)
    assert button(card, "Min oversigt")


async def page_of(someone: Someone, of: Someone | None = None) -> str:
    def work(uow: UnitOfWork) -> str:
        who = uow.session.get_one(type(someone.who), someone.who.id)
        made = file(Turn.of(who, uow, someone.now, MUNICIPALITY), (of or someone).who.id)
        return made.content().decode()

    return await someone.database.write(work)


async def exported(database: Database, someone: Someone) -> Export:
    def work(uow: UnitOfWork) -> Export | None:
        return export_of(uow, someone.who.email, now=someone.now, municipality=MUNICIPALITY)

    made = await database.read(work)
    assert made is not None
    return made
