"""Notes and feedback are sealed where they are kept once there is a key, and read as words all the same."""

import asyncio
import sqlite3
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import String, cast, select, text

from bot.__main__ import main
from bot.doctor import examine
from bot.health import Health
from bot.keeping import rotate_keys
from bot.opening import opened as started
from bot.serve import messenger_for, token_source
from bot.settings import Settings, SettingsError
from dialogs.rectification import ASKED
from domain.acknowledgement import Acknowledgement
from domain.feedback import Feedback
from domain.note import NoteVersion, Remark
from domain.observation import Observation
from domain.organisation import Role, RoleAssignment
from domain.rectification import Rectification
from scheduler.scheduler import Scheduler
from storage.database import Database
from storage.migrating import downgrade, migrate
from storage.rotation import KeysLost, seal_batch, sealed_columns, standing
from storage.sealed import KeyMissing, Keyring, name_of
from storage.types import metadata
from storage.unit_of_work import UnitOfWork
from tests.pair import AFTER, LEADING, NOW, plans, shares
from tests.record import all_of, chooses, reflects
from tests.test_rectification import asks
from tests.town import MUNICIPALITY, STARTS, Someone, Town, options, person, words
from tests.visits import ENDS, FIRST, Neighbours, agreed, feeds_back, given

pytestmark = pytest.mark.about_the_database

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
BEFORE = "0054_planned"
INVITED, FED_BACK = datetime(2026, 4, 22, 8, tzinfo=UTC), datetime(2026, 5, 12, 8, tzinfo=UTC)
PLAIN = "Det stod her, før der var en nøgle."
REMARK = "Vi talte også om overgangen til udskolingen."
PAGE = (Path(__file__).resolve().parents[1] / "docs/persondata.md").read_text(encoding="utf-8")
# What docs/persondata.md says is encrypted, in its own words, and the columns that hold it.
PROMISED = {
    "notater fra 1:1": {"note_version.content", "one_on_one.draft"},
    "bemærkninger og punkter": {"remark.text", "agenda_item.text"},
    "chefens bemærkninger til fokusområder": {"focus_remark.text"},
    "forberedelsesnotater": {"personal_note.text"},
    "tilbagemeldinger": {"feedback.described", "feedback.curious", "feedback_addendum.text", "acknowledgement.reply"},
    "noter under besøg": {"visit_note.text"},
    "anmodninger om rettelse": {"rectification.wanted", "rectification.reason", "rectification.answer"},
    "gemte svar på tryk": {"answer.card"},
    "navnet i et forslag om anonymisering": {"anonymisation.name"},
}


@asynccontextmanager
async def opened(url: str, *keys: bytes) -> AsyncIterator[Database]:
    database = Database(url, text_keys=keys)
    await database.start()
    try:
        yield database
    finally:
        await database.close()


def settings_with(url: str, *keys: bytes) -> Settings:
    given = ",".join(b64encode(key).decode() for key in keys)
    return Settings.load(env_file=None, database_url=url, text_keys=given)


async def a_note(database: Database, town: Town, *, build: bool = True) -> Someone:
    """A 1:1 with an agenda, a note and a remark, written in this database; the leader of it."""
    if build:
        await database.write(town.build)
    birgit, mette = Someone(database, town.chief, now=NOW), Someone(database, town.leader, now=NOW)
    await plans(birgit)
    await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Vores nye klasser")
    await shares(birgit)
    mette.now = birgit.now
    form = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
    await mette.presses(form, "Gem bemærkningen", remark=REMARK)
    return mette


async def raw(database: Database) -> str:
    """Everything in every column, as the database holds it."""

    def work(uow: UnitOfWork) -> str:
        return "\n".join(
            str(value)
            for table in metadata.sorted_tables
            for column in table.c
            for value in uow.session.scalars(select(cast(column, String)).select_from(table))
            if value is not None
        )

    return await database.read(work)


async def test_with_a_key_no_word_is_in_the_database_and_everybody_reads_as_before(database_url: str) -> None:
    town = Town()
    async with opened(database_url, OLD) as database:
        mette = await a_note(database, town)
        kept = await raw(database)
        for secret in (LEADING, REMARK, "Vores nye klasser", "Teamet tager selv", "overgangen"):
            assert secret not in kept
        seen = words(await mette.says("notat"))
        assert LEADING in seen
        assert REMARK in seen
        (version,) = await all_of(database, NoteVersion)
        assert version.content.leading == LEADING
        assert set(await database.read(standing)) == {name_of(OLD)}


def test_what_is_sealed_is_what_the_page_promises() -> None:
    said = " ".join(PAGE.partition("\n## Kryptering\n")[2].split())
    for words_of_the_page in PROMISED:
        assert words_of_the_page in said, words_of_the_page
    promised = {column for columns in PROMISED.values() for column in columns}
    assert {f"{table.name}.{column.name}" for table, column in sealed_columns()} == promised


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_one_of_everything_that_is_promised_is_sealed_where_it_is_kept(database_url: str) -> None:
    town = Neighbours()
    gone, second = person("Asger Fratrådt"), person("Lis Ravn")
    office = RoleAssignment(person_id=second.id, role=Role.ADMINISTRATION, from_on=date(2024, 8, 1))
    typed: dict[str, str] = {}
    found: set[str] = set()

    def word(of: str) -> str:
        """Words of this text alone."""
        return typed.setdefault(of, f"Kanariefugl {len(typed)} synger for {of}")

    async def looks() -> None:
        """Whatever has been typed until now is in no column, and what is promised is sealed in each row."""
        kept = await raw(database)
        for of, said in typed.items():
            assert said not in kept, of
        for column in {each for columns in PROMISED.values() for each in columns}:
            table, _, name = column.partition(".")
            about = f"SELECT CAST({name} AS VARCHAR) FROM {table} WHERE {name} IS NOT NULL"
            values = await database.read(lambda uow, about=about: uow.session.scalars(text(about)).all())
            assert all("sealed:" in each for each in values), column
            found.update([column] if values else [])

    async with opened(database_url, OLD) as database:
        await database.write(town.build)
        await database.write(lambda uow: uow.add(gone, second))
        await database.write(lambda uow: uow.add(office))
        birgit, mette, rune, nis = (
            Someone(database, each, now=NOW) for each in (town.chief, town.leader, town.rune, town.administrator)
        )
        await plans(birgit)
        await mette.presses(await mette.says("dagsorden"), "Tilføj", text=word("agenda"))
        own = await mette.presses(await mette.says("forberedelsesnotat"), "Slå til")
        await mette.presses(await mette.presses(own, "Skriv notatet"), "Gem notatet", text=word("personal note"))
        mette.now = STARTS + timedelta(hours=1)
        await reflects(mette)
        await chooses(mette, "Flere stemmer i timerne")
        mette.now = birgit.now = rune.now = nis.now = AFTER
        await birgit.presses(await birgit.says("notat"), "Gem kladde", works=word("draft"))
        listed = await birgit.presses(await birgit.says("fokusområder"), "Vis kilder")
        [area] = [value for title, value in options(listed, "source").items() if "Flere stemmer" in title]
        form = await birgit.presses(await birgit.presses(listed, "Åbn kilden", source=area), "Tilføj en bemærkning")
        await birgit.presses(form, "Tilføj bemærkningen", remark=word("focus remark"))
        await nis.presses(await nis.says("anonymiser asger fratrådt"), "Send til godkendelse", case="Sag 2026-4711")
        await looks()
        await shares(birgit, leading=word("note"))
        form = await mette.presses(await mette.says("notat"), "Tilføj en bemærkning")
        await mette.presses(form, "Gem bemærkningen", remark=word("remark"))
        await asks(mette, word("wanted"), reason=word("reason"))
        (request,) = await all_of(database, Rectification)
        await birgit.presses(await birgit.sees(ASKED, request.id), "Behold, som det er", answer=word("answer"))
        await agreed(mette, rune)
        rune.now = FIRST + timedelta(minutes=5)
        await rune.says(word("visit note"))
        mette.now = rune.now = ENDS + timedelta(hours=1)
        await looks()
        [visit] = await all_of(database, Observation)
        await rune.presses(await rune.sees("feedback", visit.id), "Gennemført")
        written = {each: word(each) for each in ("saw", "supports", "wonder", "home")}
        await feeds_back(rune, **written)
        [feedback] = await all_of(database, Feedback)
        add = await rune.presses(await rune.sees("feedback.read", feedback.id), "Tilføj en bemærkning")
        await rune.presses(add, "Tilføj bemærkningen", addendum=word("addendum"))
        await mette.presses(
            await mette.says("kvittér"), "Jeg har læst den", bring=word("bring"), comment=word("comment")
        )
        await looks()
    assert found == {column for columns in PROMISED.values() for column in columns}


async def test_without_a_key_it_is_kept_as_it_is(database_url: str) -> None:
    async with opened(database_url) as database:
        await a_note(database, Town())
        assert REMARK in await raw(database)
        assert set(await database.read(standing)) == {""}


async def test_a_new_key_seals_everything_in_steps_and_then_the_old_one_can_go(database_url: str) -> None:
    town = Town()
    async with opened(database_url) as database:
        mette = await a_note(database, town)
    async with opened(database_url, OLD) as database:
        assert REMARK in words(await Someone(database, mette.who, now=AFTER).says("notat")), "plain text is read, too"
        while await database.write(lambda uow: seal_batch(uow, Keyring.of([OLD]))):
            pass
        assert set(await database.read(standing)) == {name_of(OLD)}
        assert REMARK not in await raw(database)
    async with opened(database_url, NEW, OLD) as database:
        assert REMARK in words(await Someone(database, mette.who, now=AFTER).says("notat"))
        assert await database.write(lambda uow: seal_batch(uow, Keyring.of([NEW, OLD]))) > 0
        while await database.write(lambda uow: seal_batch(uow, Keyring.of([NEW, OLD]))):
            pass
        assert set(await database.read(standing)) == {name_of(NEW)}
    async with opened(database_url, NEW) as database:
        assert REMARK in words(await Someone(database, mette.who, now=AFTER).says("notat"))
    async with opened(database_url, OLD) as database:
        with pytest.raises(KeyMissing, match=name_of(NEW)):
            await all_of(database, Remark)


async def test_what_was_plain_or_is_deleted_cannot_be_read_out_of_the_file(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_note(sqlite_database, Town())
    url, file = str(sqlite_database.url), Path(str(sqlite_database.url.database))
    await sqlite_database.close()
    with closing(sqlite3.connect(file)) as unmended:
        # As a SQLite leaves it that was not built to overwrite what is deleted.
        unmended.execute("PRAGMA secure_delete = OFF")
        unmended.execute("CREATE TABLE left (words TEXT)")
        unmended.executemany("INSERT INTO left VALUES (?)", [[PLAIN]] * 2_000)
        unmended.commit()
        unmended.execute("DROP TABLE left")
        unmended.commit()
    assert REMARK in in_files(file)
    assert PLAIN in in_files(file)
    monkeypatch.setenv("LAERINGSBOT_DATABASE_URL", url)
    monkeypatch.setenv("LAERINGSBOT_TEXT_KEYS", b64encode(OLD).decode())
    ran = await asyncio.to_thread(CliRunner().invoke, rotate_keys)
    assert ran.exit_code == 0, ran.output
    assert REMARK not in in_files(file)
    assert PLAIN not in in_files(file)
    gone = "Et ord, som ingen har sagt endnu"
    async with opened(url, OLD) as database:
        await database.write(lambda uow: uow.session.execute(text(f"INSERT INTO worker VALUES ('{gone}', 1)")) and None)
        await database.write(lambda uow: uow.session.execute(text("DELETE FROM worker")) and None)
        assert await database.read(lambda uow: uow.session.scalar(text("PRAGMA secure_delete"))) == 1
    assert gone not in in_files(file)


def in_files(file: Path) -> str:
    """What anybody reads who has the file and its log."""
    return "".join(each.read_bytes().decode(errors="ignore") for each in file.parent.glob(f"{file.name}*"))


def test_what_was_changed_or_moved_to_another_column_does_not_open() -> None:
    keyring = Keyring.of([OLD])
    sealed = keyring.seal(REMARK, "remark.text")
    assert keyring.open(sealed, "remark.text") == REMARK
    assert keyring.seal(REMARK, "remark.text") != sealed, "the same words twice are not seen to be the same"
    for kept, where in ((sealed, "note.text"), (sealed[:-8] + "AAAAAAA=", "remark.text")):
        with pytest.raises(KeyMissing):
            keyring.open(kept, where)


async def test_the_doctor_says_how_the_texts_are_kept(sqlite_database: Database, tmp_path: Path) -> None:
    await a_note(sqlite_database, Town())
    url = str(sqlite_database.url)
    await sqlite_database.close()

    async def told(*keys: bytes) -> str:
        found = await examine(settings_with(url, *keys), AFTER)
        return "\n".join(f"{each.what}: {each.advice}" for each in found)

    assert "kept as plain text" in await told()
    assert "run laeringsbot rotate-keys" in await told(OLD)
    async with opened(url, OLD) as database:
        while await database.write(lambda uow: seal_batch(uow, Keyring.of([OLD]))):
            pass
    assert f"encrypted with the key {name_of(OLD)}" in await told(OLD)
    assert "put that key back" in await told(NEW)
    assert "put that key back" in await told()


async def test_the_bot_does_not_start_without_a_key_that_the_database_needs(database_url: str) -> None:
    async with opened(database_url, OLD) as database:
        await a_note(database, Town())
    for keys in ((), (NEW,)):
        settings = settings_with(database_url, *keys)
        with pytest.raises(KeysLost, match=f"encrypted with {name_of(OLD)}, not among LAERINGSBOT_TEXT_KEYS"):
            async with started(settings):
                pass
        # As a process sees it under which a database was restored.
        async with opened(database_url, *keys) as database:
            tokens = token_source(settings, local=True)
            async with messenger_for(settings, tokens, local=True) as messenger:
                scheduler = Scheduler(database, messenger, MUNICIPALITY, lambda: AFTER)
                health = Health(database, None, scheduler, tokens)
                for _ in range(2):
                    assert [each for each in await health.problems() if name_of(OLD) in each]
                    assert [each for each in await health.closed() if name_of(OLD) in each]
    async with started(settings_with(database_url, NEW, OLD)):
        pass


async def test_what_people_type_is_never_taken_for_a_key(database_url: str) -> None:
    """Nothing of a note is in what an operator is told, and what looks like a seal is sealed like all else."""
    typed = f"Han sagde sealed:Jens Holm. Og sealed:{name_of(OLD)}: blev nævnt."
    town = Town()
    async with opened(database_url) as database:
        await database.write(town.build)
        birgit = Someone(database, town.chief, now=NOW)
        await plans(birgit)
        await birgit.presses(await birgit.says("dagsorden"), "Tilføj", text=typed)
        await shares(birgit, leading=typed)
        assert set(await database.read(standing)) == {""}
    async with opened(database_url, OLD) as database:
        while await database.write(lambda uow: seal_batch(uow, Keyring.of([OLD]))):
            pass
        assert set(await database.read(standing)) == {name_of(OLD)}
        assert "Jens Holm" not in await raw(database)
        assert [each.content.leading for each in await all_of(database, NoteVersion)] == [typed]


@pytest.mark.parametrize("key", ["short", "a" * 44, b64encode(bytes(16)).decode()])
def test_a_key_that_is_none_is_told_without_being_shown(key: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        Settings.load(env_file=None, text_keys=key)
    assert "LAERINGSBOT_TEXT_KEYS" in str(wrong.value)
    assert key not in str(wrong.value)


async def test_feedback_is_counted_by_theme_whether_or_not_its_reply_can_be_opened_when_the_schema_is_renewed(
    database_url: str,
) -> None:
    """What older replicas wrote, and what no key opened then, is opened when it is counted, until a key fills it in."""
    town = Neighbours()

    async def ran(*command: str, keys: tuple[bytes, ...]) -> str:
        given = ",".join(b64encode(key).decode() for key in keys)
        environment = {"LAERINGSBOT_DATABASE_URL": database_url, "LAERINGSBOT_TEXT_KEYS": given}
        found = await asyncio.to_thread(CliRunner().invoke, main, command, env=environment)
        assert found.exit_code == 0, found.output
        return found.output

    async def counted() -> tuple[bool, bool]:
        """Whether it is told of under its theme, before what belongs to none; and whether nothing was opened for it."""
        async with opened(database_url, OLD) as database:
            birgit = Someone(database, town.chief, now=FED_BACK)
            of_theme = words(await birgit.says("tilsynsresumé for Elmeskolen")).partition("Lokal udvikling")[0]
            [read] = await all_of(database, Acknowledgement)
            return "Observationer\n – 1 tilbagemelding\n" in of_theme, read.area_is_plain

    async with opened(database_url, OLD) as database:
        await database.write(town.build)
        mette, rune = (Someone(database, each) for each in (town.leader, town.rune))
        mette.now = STARTS + timedelta(hours=1)
        await reflects(mette)
        await chooses(mette, "Flere stemmer i timerne")
        mette.now = rune.now = INVITED
        await given(mette, rune)
        card = await mette.says("kvittér")
        chosen = options(card, "focus_area_id")["Flere stemmer i timerne"]
        await mette.presses(card, "Jeg har læst den", focus_area_id=chosen)
    assert await counted() == (True, True), "what is written now need not be opened"
    downgrade(database_url, BEFORE)
    migrate(database_url)
    assert await counted() == (True, False), "the step itself has the table for itself, and fills in nothing"
    assert "could not be opened: 1." in await ran("migrate", keys=(NEW,))
    assert await counted() == (True, False)
    assert "opened" not in await ran("migrate", keys=(NEW, OLD))
    assert await counted() == (True, True), "what the keys at hand open need not be opened again"
    downgrade(database_url, BEFORE)
    migrate(database_url)
    await ran("rotate-keys", keys=(OLD,))
    assert await counted() == (True, True)
