"""What is final or closed comes to the journal: whole, once, under one name, whatever is in the way meanwhile."""

import asyncio
import errno
import hashlib
import json
import os
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

import bot.journal
from bot.doctor import _journal
from bot.health import journal_warning
from bot.journal import Folder, Webhook
from bot.settings import Settings, SettingsError
from cards.document import pdf
from domain.agreement import Agreement, Owner
from domain.journal import OVERDUE_AFTER, JournalEntry, JournalState, plain, referred
from domain.kept import Kind
from domain.one_on_one import OneOnOne, OneOnOneState
from domain.retention import LegalHold, RetentionRule
from domain.saved_summary import SavedSummary
from scheduler.journaling import Journaling
from scheduler.planner import tidy
from storage import hold
from storage.database import Database
from storage.journal import copies_of, make_anew, standing, try_again
from storage.retention import set_rule
from storage.unit_of_work import UnitOfWork
from tests.archival import faults_of_archival
from tests.bot import running_bot
from tests.channel import Channel
from tests.launcher import launched
from tests.receiver import JOURNALS, SECRET, Receiver
from tests.record import AFTER, all_of, decides, reflects
from tests.terminal import Terminal
from tests.test_board import closes, informs, tells
from tests.test_document import document, text_of_pdf
from tests.test_saved_summary import finishes, opens, sends
from tests.town import NOW, Someone, Town, words

LATER = AFTER + timedelta(hours=2)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def mette(database: Database, town: Town) -> Someone:
    """The leader of the school, an hour into the dialogue, in a municipality that has a journal."""
    await database.write(town.build)
    return Someone(database, town.leader, now=AFTER, municipality=JOURNALS)


@pytest.fixture
def birgit(mette: Someone, database: Database, town: Town) -> Someone:
    return Someone(database, town.chief, now=AFTER, municipality=JOURNALS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "journal"
    made.mkdir()
    return made


class Clerk:
    """Hands over to a folder and an address as the bot does, at the time that the story says."""

    def __init__(self, database: Database, *places: Any) -> None:
        self.now = LATER
        self.journaling = Journaling(database, places, JOURNALS, lambda: self.now)

    async def hands_over(self, *, after: timedelta = timedelta()) -> int:
        self.now += after
        return await self.journaling.once()


async def at(receiver: Receiver, stack: AsyncExitStack, secret: str = SECRET) -> Webhook:
    webhook = Webhook(receiver.url, secret)
    await webhook.start()
    stack.push_async_callback(webhook.close)
    return webhook


async def decided(mette: Someone) -> None:
    """A dialogue with one decision, which is closed."""
    await reflects(mette)
    await decides(mette, "indsats", "Makkerpar i dansk")
    mette.now = LATER
    await closes(mette)


async def final(birgit: Someone, mette: Someone, town: Town) -> None:
    await tells(mette, "Vi vil gerne bestemme mere i timerne.")
    await sends(birgit, town)
    await mette.presses(await opens(mette), "Det passer")
    await finishes(birgit)


async def entries(database: Database) -> list[JournalEntry]:
    return sorted(await all_of(database, JournalEntry), key=lambda each: (each.planned_at, each.name))


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def told_in(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / name / f"{name}.json").read_text(encoding="utf-8"))
    return found


async def test_what_is_final_or_closed_arrives_as_pdf_a_with_what_is_told_about_it(
    database: Database, mette: Someone, birgit: Someone, town: Town, folder: Path
) -> None:
    async with Receiver(answer={"reference": "26/10442-7"}).serving() as receiver, AsyncExitStack() as stack:
        clerk = Clerk(database, Folder(folder), await at(receiver, stack))
        assert await clerk.hands_over() == 0
        await decided(mette)
        await final(birgit, mette, town)
        assert await clerk.hands_over() == 2
        assert await clerk.hands_over(after=timedelta(minutes=1)) == 0
    summary = f"tilsynsresume-{AFTER.year}-1"
    decisions = f"beslutninger-2026-04-21-elmeskolen-{town.dialogue.id.hex[-8:]}"
    assert names_in(folder) == sorted([summary, decisions])
    for name, title in (
        (summary, "Tilsynsresumé 2026-1, Elmeskolen, forår 2026"),
        (decisions, "Beslutninger, Elmeskolen, Læringssamtale 2 af 4, 21. april 2026"),
    ):
        content = (folder / name / f"{name}.pdf").read_bytes()
        told = told_in(folder, name)
        assert faults_of_archival(content) == []
        assert (told["title"], told["file_name"]) == (title, f"{name}.pdf")
        assert told["sha256"] == hashlib.sha256(content).hexdigest()
        assert (told["size"], told["format"]) == (len(content), "PDF/A-2u")
        assert (told["organisation_unit"], told["area"]) == ("Elmeskolen", "Nord")
        assert (told["case_reference"], told["confidentiality"]) == ("Tilsyn Elmeskolen 2026", "Fortroligt")
        assert (told["version"], told["replaces"], told["date"]) == (1, None, "2026-04-21")
        posted = next(each for each in receiver.received if each.metadata["name"] == name)
        assert (posted.is_signed, posted.content, posted.metadata) == (True, content, told)
    assert told_in(folder, summary)["responsible"] == "Birgit Dam"
    assert told_in(folder, decisions)["responsible"] == "Mette Holm"
    read = text_of_pdf((folder / decisions / f"{decisions}.pdf").read_bytes())
    assert "Makkerpar i dansk" in read
    assert "Teamet på 5. årgang" in read
    assert "Vi vil gerne bestemme mere i timerne." in text_of_pdf((folder / summary / f"{summary}.pdf").read_bytes())
    done = await entries(database)
    assert {(each.state, each.reference, each.content, each.told) for each in done} == {
        (JournalState.DELIVERED, "26/10442-7", None, None)
    }


async def test_the_chiefs_card_says_that_it_is_journalised_and_where_it_stands(
    database: Database, mette: Someone, birgit: Someone, town: Town, folder: Path
) -> None:
    await final(birgit, mette, town)
    before = words(await opens(birgit))
    assert "kommunens journal" in before, "who sees it is said before it gets there"
    assert "Journaliseret" not in before
    async with Receiver(answer={"reference": "26/10442-7"}).serving() as receiver, AsyncExitStack() as stack:
        await Clerk(database, await at(receiver, stack)).hands_over()
    for someone in (birgit, mette):
        card = words(await opens(someone))
        assert "Journaliseret den 21. april 2026 som 26/10442-7." in card
        assert "journaliseret" in words(await someone.says("mine tilsynsresuméer")).lower()
    await decided(mette)
    await Clerk(database, Folder(folder)).hands_over()
    name = names_in(folder)[0]
    assert f"Journaliseret den 21. april 2026 som {name}." in words(await mette.says("beslutninger"))


async def test_a_reference_that_comes_in_pieces_is_read_whole(database: Database, mette: Someone) -> None:
    await decided(mette)
    async with Receiver(answer={"reference": "26/10442-7"}, pieces=5).serving() as receiver, AsyncExitStack() as stack:
        await Clerk(database, await at(receiver, stack)).hands_over()
    assert {each.reference for each in await all_of(database, JournalEntry)} == {"26/10442-7"}


async def test_i28_i14_a_change_makes_a_new_version_that_names_the_former(
    database: Database, mette: Someone, birgit: Someone, town: Town, folder: Path
) -> None:
    clerk = Clerk(database, Folder(folder))
    await decided(mette)
    await final(birgit, mette, town)
    await clerk.hands_over()
    first, second = names_in(folder)
    form = await mette.presses(await mette.says("beslutninger"), "Tilføj en bemærkning")
    await mette.presses(form, "Tilføj bemærkningen", addendum="Vi så det også i SFO'en.")
    await birgit.presses(await opens(birgit), "Lav en ny udgave")
    await birgit.presses(await opens(birgit, "forår"), "Send til bemærkning")
    await mette.presses(await opens(mette), "Det passer")
    await finishes(birgit)
    assert await clerk.hands_over(after=timedelta(minutes=1)) == 2
    assert names_in(folder) == sorted([first, f"{first}-v2", second, "tilsynsresume-2026-2"])
    for new, former in ((f"{first}-v2", first), ("tilsynsresume-2026-2", second)):
        told, before = told_in(folder, new), told_in(folder, former)
        assert (told["version"], told["replaces"], told["replaces_name"]) == (2, before["id"], former)
        assert told["replaces_reference"] == former
    assert "Vi så det også i SFO'en." in text_of_pdf((folder / f"{first}-v2" / f"{first}-v2.pdf").read_bytes())
    await informs(mette, said="Bestyrelsen bakker op", informed_on="2026-04-21")
    assert await clerk.hands_over(after=timedelta(minutes=1)) == 1
    assert told_in(folder, f"{first}-v3")["replaces_name"] == f"{first}-v2"
    assert await clerk.hands_over(after=timedelta(days=1)) == 0


async def test_an_agreement_of_a_1_to_1_stays_here(
    database: Database, mette: Someone, birgit: Someone, town: Town, folder: Path
) -> None:
    """It is only for the leader it is with and the chief, and the journal has other readers."""
    talk = OneOnOne(
        chief_id=town.chief.id,
        leader_id=town.leader.id,
        institution_ids=(town.school.id,),
        starts_at=NOW,
        meets_on=NOW.date(),
        scheduled_at=NOW,
        state=OneOnOneState.HELD,
    )
    agreement = Agreement(
        one_on_one_id=talk.id,
        institution_id=town.school.id,
        chief_id=town.chief.id,
        leader_id=town.leader.id,
        text="Mette taler med teamet om støtte",
        owner=Owner.LEADER,
        due=LATER.date(),
        made_at=NOW,
        confirmed_at=NOW,
    )
    await database.write(lambda uow: uow.add(talk))
    await database.write(lambda uow: uow.add(agreement))
    await final(birgit, mette, town)
    assert "støtte" in words(await opens(birgit))
    await Clerk(database, Folder(folder)).hands_over()
    (name,) = names_in(folder)
    read = " ".join(text_of_pdf((folder / name / f"{name}.pdf").read_bytes()).split())
    assert "støtte" not in read
    assert "En aftale fra en 1:1 er kun for" in read
    assert told_in(folder, name)["agreements_left_out"] == 1


@pytest.mark.parametrize(
    ("status", "headers", "state", "reason"),
    [
        (500, {}, JournalState.WAITING, "webhook: answered 500"),
        (503, {"Retry-After": "7200"}, JournalState.WAITING, "webhook: answered 503"),
        (429, {}, JournalState.WAITING, "webhook: answered 429"),
        (302, {"Location": "/elsewhere"}, JournalState.FAILED, "webhook: redirected 302"),
        (308, {"Location": "https://evil.example/"}, JournalState.FAILED, "webhook: redirected 308"),
        (401, {}, JournalState.FAILED, "webhook: answered 401"),
        (413, {}, JournalState.FAILED, "webhook: answered 413"),
    ],
)
async def test_what_the_address_refuses_is_kept_and_comes_when_it_takes_it(
    database: Database, mette: Someone, status: int, headers: dict[str, str], state: JournalState, reason: str
) -> None:
    await decided(mette)
    async with Receiver(status=status, headers=headers).serving() as receiver, AsyncExitStack() as stack:
        clerk = Clerk(database, await at(receiver, stack))
        assert await clerk.hands_over() == 0
        (entry,) = await entries(database)
        assert (entry.state, entry.reason, entry.attempts) == (state, reason, 1)
        assert len(receiver.received) == 1, "a redirect is not followed"
        receiver.status = 200
        if state is JournalState.FAILED:
            assert await clerk.hands_over(after=timedelta(days=2)) == 0, "nobody has mended it"
            await database.write(lambda uow: try_again(uow, clerk.now))
        else:
            soon = timedelta(seconds=59)
            assert await clerk.hands_over(after=soon) == 0
            if status == 503:
                assert await clerk.hands_over(after=timedelta(hours=1)) == 0, "it said how long to wait"
        assert await clerk.hands_over(after=timedelta(hours=2)) == 1
        first, second = receiver.received
    assert (first.key, first.content, first.metadata) == (second.key, second.content, second.metadata)
    assert first.key == str(entry.id)
    assert (await entries(database))[0].reason == ""


async def test_the_waits_grow_and_end_nowhere(database: Database, mette: Someone) -> None:
    await decided(mette)
    async with Receiver(status=500).serving() as receiver, AsyncExitStack() as stack:
        clerk, waits = Clerk(database, await at(receiver, stack)), []
        for number in range(8):
            assert await clerk.hands_over() == 0
            assert len(receiver.received) == number + 1
            (entry,) = await entries(database)
            assert entry.next_at is not None
            waits.append(entry.next_at - clerk.now)
            clerk.now = entry.next_at
        assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 15, 60, 240, 240, 240, 240]
        receiver.status = 200
        assert await clerk.hands_over() == 1


async def test_an_address_that_is_slow_or_gone_is_waited_for_by_one_record_and_not_by_each(
    database: Database, mette: Someone, birgit: Someone, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.journal, "WITHIN", 0.3)
    await decided(mette)
    await final(birgit, mette, town)
    async with Receiver(hold=5).serving() as receiver, AsyncExitStack() as stack:
        clerk = Clerk(database, await at(receiver, stack))
        assert await clerk.hands_over() == 0
        assert len(receiver.received) == 1
        reasons = sorted((each.reason, each.attempts) for each in await entries(database))
        assert reasons == [("", 0), ("webhook: TimeoutError", 1)]
        receiver.hold = 0
        assert await clerk.hands_over(after=timedelta(minutes=1)) == 2
        assert len({each.key for each in receiver.received}) == 2
    async with AsyncExitStack() as stack:
        await database.write(lambda uow: uow.session.execute(text("DELETE FROM journal_entry")) and None)
        clerk = Clerk(database, await at(receiver, stack))
        assert await clerk.hands_over() == 0
        assert {each.reason for each in await entries(database)} == {"", "webhook: ClientConnectorError"}


@pytest.mark.parametrize(
    "answer", [{"reference": 7}, ["x"], "26/1", {"reference": "**[x](https://evil.example)**\n\x00"}]
)
async def test_whatever_is_answered_is_no_more_than_a_word(database: Database, mette: Someone, answer: Any) -> None:
    await decided(mette)
    async with Receiver(answer=answer).serving() as receiver, AsyncExitStack() as stack:
        assert await Clerk(database, await at(receiver, stack)).hands_over() == 1
    (entry,) = await entries(database)
    assert entry.reference in (entry.name, "x(https://evil.example)")


@given(st.text(max_size=300))
def test_a_reference_and_a_place_are_made_of_plain_letters(typed: str) -> None:
    assert len(referred(typed)) <= 120
    assert not set(referred(typed)) & set("*[]_`<>|\n\r\t\\") - {"_"}
    assert plain(typed).isascii()
    assert 0 < len(plain(typed)) <= 40
    assert not set(plain(typed)) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


async def test_a_folder_that_is_away_is_not_made_and_waited_for(
    database: Database, mette: Someone, folder: Path
) -> None:
    folder.rmdir()
    await decided(mette)
    clerk = Clerk(database, Folder(folder))
    assert await clerk.hands_over() == 0
    (entry,) = await entries(database)
    assert (entry.state, entry.reason) == (JournalState.WAITING, "folder: it is not there")
    assert not folder.exists()
    folder.mkdir()
    assert await clerk.hands_over(after=timedelta(minutes=1)) == 1


@pytest.mark.parametrize("suffix", [".pdf", ".json"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
async def test_a_folder_that_is_full_gets_nothing_rather_than_half(
    sqlite_database: Database, town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, fault: int
) -> None:
    await sqlite_database.write(town.build)
    await decided(Someone(sqlite_database, town.leader, now=AFTER, municipality=JOURNALS))
    written = bot.journal._write

    def full(file: Path, content: bytes) -> None:
        written(file, content[:100])
        if file.suffix == suffix:
            raise OSError(fault, os.strerror(fault))

    clerk = Clerk(sqlite_database, Folder(folder))
    with monkeypatch.context() as patch:
        patch.setattr(bot.journal, "_write", full)
        assert await clerk.hands_over() == 0
    (entry,) = await entries(sqlite_database)
    assert (entry.state, entry.reason) == (JournalState.WAITING, f"folder: {os.strerror(fault)}")
    assert names_in(folder) == []
    assert await clerk.hands_over(after=timedelta(minutes=1)) == 1


async def test_what_has_the_name_already_is_never_written_over(
    database: Database, mette: Someone, town: Town, folder: Path
) -> None:
    await decided(mette)
    clerk = Clerk(database, Folder(folder))
    name = f"beslutninger-2026-04-21-elmeskolen-{town.dialogue.id.hex[-8:]}"
    other = folder / name / f"{name}.pdf"
    other.parent.mkdir()
    other.write_bytes(b"somebody else's")
    assert await clerk.hands_over() == 0
    (entry,) = await entries(database)
    assert (entry.state, entry.reason) == (JournalState.FAILED, "folder: something else has that name")
    assert other.read_bytes() == b"somebody else's"
    assert names_in(folder) == [name]
    other.unlink()
    other.parent.rmdir()
    await database.write(lambda uow: try_again(uow, clerk.now))
    assert await clerk.hands_over() == 1


@pytest.mark.parametrize("step", ["handed over", "half written"])
@pytest.mark.each_on_both
async def test_a_process_that_dies_in_the_middle_loses_nothing_and_doubles_nothing(
    database_url: str, town: Town, folder: Path, step: str
) -> None:
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    await decided(Someone(database, town.leader, now=AFTER, municipality=JOURNALS))
    await database.close()
    program = launched("tests.receiver", database_url, str(folder), step, stderr=2)
    assert await asyncio.to_thread(program.wait, 300) == 9
    whole = [each for each in names_in(folder) if not each.startswith(".")]
    assert len(whole) == (1 if step == "handed over" else 0)
    stamps = {each: (folder / each / f"{each}.pdf").stat().st_mtime_ns for each in whole}
    database = Database(database_url)
    await database.start()
    try:
        clerk = Clerk(database, Folder(folder))
        clerk.now = NOW
        assert await clerk.hands_over() == 0, "another process might still be at it"
        assert await clerk.hands_over(after=timedelta(minutes=5)) == 1
        (name,) = [each for each in names_in(folder) if not each.startswith(".")]
        assert faults_of_archival((folder / name / f"{name}.pdf").read_bytes()) == []
        if stamps:
            assert (folder / name / f"{name}.pdf").stat().st_mtime_ns == stamps[name], "it was not written again"
        for each in folder.glob(".*"):
            os.utime(each, (0, 0))
        await database.write(lambda uow: uow.session.execute(text("DELETE FROM journal_entry")) and None)
        await clerk.hands_over()
        assert not list(folder.glob(".*")), "what the dead one left behind is taken away"
    finally:
        await database.close()


async def test_two_processes_at_once_hand_over_once(
    database: Database, mette: Someone, birgit: Someone, town: Town, folder: Path
) -> None:
    await decided(mette)
    await final(birgit, mette, town)
    async with Receiver(hold=0.05).serving() as receiver, AsyncExitStack() as stack:
        clerks = [Clerk(database, Folder(folder), await at(receiver, stack)) for _ in range(3)]
        assert sum(await asyncio.gather(*(each.hands_over() for each in clerks))) == 2
        assert len(receiver.received) == 2
    assert len(names_in(folder)) == 2


async def test_what_has_arrived_at_one_place_is_not_handed_over_there_again(
    database: Database, mette: Someone, folder: Path
) -> None:
    await decided(mette)
    async with Receiver(status=500, answer={"reference": "26/1"}).serving() as receiver, AsyncExitStack() as stack:
        clerk = Clerk(database, Folder(folder), await at(receiver, stack))
        assert await clerk.hands_over() == 0
        (name,) = names_in(folder)
        (folder / name).rename(folder.parent / "fetched")
        receiver.status = 200
        assert await clerk.hands_over(after=timedelta(minutes=1)) == 1
    assert names_in(folder) == [], "the journal has fetched it, and it does not come again"


async def test_nothing_is_handed_over_while_the_database_is_held_back(
    database: Database, mette: Someone, folder: Path
) -> None:
    await decided(mette)
    await database.write(lambda uow: hold.hold(uow, hold.HeldBecause.ASKED))
    clerk = Clerk(database, Folder(folder))
    assert await clerk.hands_over() == 0
    assert names_in(folder) == []
    await database.write(lambda uow: hold.let_go(uow, LATER, send_what_waited=True) and None)
    assert await clerk.hands_over() == 1


async def test_i34_what_waits_is_not_deleted_and_a_hold_stops_nothing(
    database: Database, mette: Someone, birgit: Someone, town: Town, folder: Path
) -> None:
    await decided(mette)
    await final(birgit, mette, town)
    async with Receiver(status=500).serving() as receiver, AsyncExitStack() as stack:
        clerk = Clerk(database, await at(receiver, stack))
        await clerk.hands_over()
        for kind in (Kind.SUMMARY, Kind.DECISION):
            rule = RetentionRule.of(kind, 1, "Sag 1", LATER)
            await database.write(lambda uow, rule=rule: set_rule(uow, rule))
        await tidy(database, LATER + timedelta(days=90))
        assert len(await all_of(database, SavedSummary)) == 1
        await database.write(lambda uow: uow.add(LegalHold(case="Sag 2", placed_at=LATER)))
        receiver.status = 200
        assert await clerk.hands_over(after=timedelta(days=1)) == 2
        await tidy(database, LATER + timedelta(days=90))
        assert len(await all_of(database, SavedSummary)) == 1, "the hold keeps it"
        await database.write(lambda uow: uow.session.execute(text("DELETE FROM legal_hold")) and None)
        await tidy(database, LATER + timedelta(days=90))
        assert await all_of(database, SavedSummary) == []
        assert len(await entries(database)) == 2, "that it was handed over stays told"
        assert await clerk.hands_over(after=timedelta(days=1)) == 0


async def test_what_was_deleted_before_it_was_made_is_told_as_such(
    database: Database, mette: Someone, folder: Path
) -> None:
    await decided(mette)
    folder.rmdir()
    clerk = Clerk(database, Folder(folder))
    await clerk.hands_over()
    await database.write(
        lambda uow: make_anew(uow, [entry.subject_id for entry in uow.session.scalars(select(JournalEntry))])
    )
    await database.write(lambda uow: uow.session.execute(text("UPDATE decision SET saved_at = NULL")) and None)
    folder.mkdir()
    assert await clerk.hands_over(after=timedelta(hours=1)) == 0
    (entry,) = await entries(database)
    assert (entry.state, entry.reason) == (JournalState.FAILED, "deleted before it was handed over")


async def test_what_is_made_anew_is_what_is_kept_now(database: Database, mette: Someone, folder: Path) -> None:
    """Whoever takes a name out of a text takes it out of what waits, too, and is told what cannot be reached."""
    await decided(mette)
    folder.rmdir()
    clerk = Clerk(database, Folder(folder))
    await clerk.hands_over()
    (entry,) = await entries(database)
    replaced = text("UPDATE reflection SET version = version")
    await database.write(lambda uow: uow.session.execute(replaced) and None)
    assert await database.write(lambda uow: make_anew(uow, [entry.subject_id])) == 1
    assert (await entries(database))[0].content is None
    assert list(await database.read(lambda uow: copies_of(uow, [entry.subject_id]))) == [entry.name]
    folder.mkdir()
    assert await clerk.hands_over(after=timedelta(hours=1)) == 1


async def test_what_waits_for_a_day_is_told_by_doctor_health_and_metrics(
    database: Database, mette: Someone, folder: Path
) -> None:
    await decided(mette)
    folder.rmdir()
    clerk = Clerk(database, Folder(folder))
    await clerk.hands_over()

    def look(uow: UnitOfWork, now: datetime) -> tuple[str | None, bool]:
        (found,) = _journal(uow, now)
        return journal_warning(standing(uow, now)), found.is_well

    assert await database.read(lambda uow: look(uow, LATER)) == (None, True)
    late = LATER + OVERDUE_AFTER + timedelta(minutes=1)
    warning, is_well = await database.read(lambda uow: look(uow, late))
    assert (
        warning
        == "1 of the records for the journal have waited for more than a day, 0 have failed: laeringsbot journal"
    )
    assert not is_well
    stands = await database.read(lambda uow: standing(uow, late))
    assert (stands.overdue, stands.failed, stands.oldest) == (1, 0, LATER)


async def test_the_bot_itself_hands_over(database_url: str, town: Town, folder: Path, channel: Channel) -> None:
    database = Database(database_url)
    await database.start()
    await database.write(town.build)
    await decided(Someone(database, town.leader, now=AFTER, municipality=JOURNALS))
    await database.close()
    async with Receiver().serving() as receiver:
        settings = {"journal_folder": str(folder), "journal_url": receiver.url, "journal_secret": SECRET}
        async with (
            running_bot(database_url, channel, now=lambda: LATER, **settings) as address,
            aiohttp.ClientSession() as session,
        ):
            shown = ""
            while 'laeringsbot_journal_records{state="delivered"} 1.0' not in shown:
                await asyncio.sleep(0.05)
                async with session.get(f"{address}/metrics") as answer:
                    shown = await answer.text()
        assert "laeringsbot_journal_overdue 0.0" in shown
        assert len(receiver.received) == 1
    assert len(names_in(folder)) == 1


def test_an_address_needs_a_secret_and_https_and_is_never_shown() -> None:
    for wrong, why in (
        ({"journal_url": "http://esdh.example/?sig=hemmelig"}, "LAERINGSBOT_JOURNAL_URL is not an address"),
        ({"journal_url": "https://esdh.example/?sig=hemmelig"}, "LAERINGSBOT_JOURNAL_SECRET is missing"),
        ({"journal_url": "https://esdh.example/", "journal_secret": "kort"}, "LAERINGSBOT_JOURNAL_SECRET is missing"),
        ({"journal_case": "Sag {person}"}, "'{person}' is not one of {institution}, {area}, {year}"),
    ):
        with pytest.raises(SettingsError) as raised:
            Settings.load(None, **wrong)
        assert why in str(raised.value)
        assert "hemmelig" not in str(raised.value)
        assert "kort" not in str(raised.value).replace("shorter", "")
    made = Settings.load(None, journal_url="https://esdh.example/?sig=hemmelig", journal_secret=SECRET)
    assert "hemmelig" not in repr(made)
    assert made.municipality().journal is not None
    assert Settings.load(None).municipality().journal is None


@pytest.mark.parametrize(
    "typed", ["Ord", "Æblegrød ”hej” – 漢字 ελλ مرحبا 😀 \ue000 \u0530", "x " * 600], ids=["da", "far", "long"]
)
def test_whatever_was_typed_the_file_is_pdf_a_and_an_ordinary_one_is_not(typed: str) -> None:
    assert faults_of_archival(pdf.write_archival(document(typed))) == []
    assert faults_of_archival(pdf.write(document(typed))) != []


def test_the_command_shows_what_waits_and_tries_it_again(tmp_path: Path, empty_url: str) -> None:
    terminal = Terminal(tmp_path, empty_url)
    terminal.run("migrate")
    done = terminal.run("journal")
    assert done.returncode == 0
    assert "Nothing is handed over: set LAERINGSBOT_JOURNAL_FOLDER" in done.stdout
    assert "nothing yet." in done.stdout
    assert terminal.run("journal", "--retry", "--dry-run").returncode == 2

    async def closed() -> None:
        database = Database(empty_url)
        await database.start()
        town = Town()
        await database.write(town.build)
        await decided(Someone(database, town.leader, now=AFTER, municipality=JOURNALS))
        await database.close()

    asyncio.run(closed())
    there = {"LAERINGSBOT_JOURNAL_FOLDER": str(tmp_path / "journal")}
    dry = terminal.run("journal", "--dry-run", **there)
    assert "(it is not there)" in dry.stdout
    assert "1 would be handed over, 1 of them new; nothing was." in dry.stdout
    assert "beslutninger-2026-04-21-elmeskolen-" in dry.stdout
    assert "nothing yet." in terminal.run("journal", **there).stdout
    terminal.run("tick", "--local", **there)
    waiting = terminal.run("journal", **there)
    assert "1 attempts, folder: it is not there; again at" in waiting.stdout
    assert "1 waiting." in waiting.stdout
    assert waiting.returncode == 0, "it has not waited for a day"
    (tmp_path / "journal").mkdir()
    assert "1 are tried again" in terminal.run("journal", "--retry", **there).stdout
    terminal.run("tick", "--local", **there)
    assert "1 delivered." in terminal.run("journal", **there).stdout
    assert len(names_in(tmp_path / "journal")) == 1
    secret = {"LAERINGSBOT_JOURNAL_URL": "https://esdh.example/?sig=hemmelig", "LAERINGSBOT_JOURNAL_SECRET": SECRET}
    shown = terminal.run("journal", **secret)
    assert "webhook: esdh.example" in shown.stdout
    assert "hemmelig" not in shown.stdout + shown.stderr
