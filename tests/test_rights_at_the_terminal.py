"""The commands of people's rights and the municipality's duties, as somebody uses them at a terminal."""

import base64
import json
import secrets
import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.access_export import DATA, PAGE
from domain.anonymisation import Anonymisation, AnonymisationState
from domain.note import NoteVersion
from domain.one_on_one import OneOnOne
from domain.organisation import Person
from domain.rectification import Rectification
from storage.database import Database
from tests.left_behind import CASE, LeftBehind, left  # noqa: F401
from tests.pair import plans, shares
from tests.record import all_of
from tests.terminal import Terminal
from tests.test_commands import FACTS
from tests.town import Someone, Town, words

LONG = "x" * 121
CPR = "010203-1234"
NOBODY = "nobody@skovkoebing.example"


@pytest.fixture
def terminal(tmp_path: Path, database_url: str) -> Terminal:
    return Terminal(tmp_path, database_url)


async def a_town(database_url: str) -> Town:
    """A town in which a note was shared and an agreement made; nobody serves its database."""
    town, database = Town(), Database(database_url)
    await database.start()
    await database.write(town.build)
    chief, leader = Someone(database, town.chief), Someone(database, town.leader)
    await plans(chief)
    await shares(chief)
    leader.now = chief.now
    await leader.says("notat")
    await database.close()
    return town


async def kept(database_url: str, entity: type) -> list:
    database = Database(database_url)
    await database.start()
    try:
        return await all_of(database, entity)
    finally:
        await database.close()


async def test_a_request_for_access_is_answered_and_kept_as_read(terminal: Terminal, database_url: str) -> None:
    town = await a_town(database_url)
    email = town.leader.email
    done = terminal.run("access-export", email, "--out", "ud", "--by", town.administrator.email, "--case", "Sag 7")
    assert done.returncode == 0, done.stderr
    assert "records and" in done.stdout
    for name in (PAGE, DATA):
        assert stat.S_IMODE((terminal.folder / "ud" / name).stat().st_mode) == 0o600
    before = (terminal.folder / "ud" / DATA).read_bytes()
    over = terminal.run("access-export", email, "--out", "ud")
    assert over.returncode == 2
    assert "an earlier export is there; choose another folder" in over.stderr
    assert (terminal.folder / "ud" / DATA).read_bytes() == before
    facts = dict.fromkeys((f"LAERINGSBOT_{each}" for each in FACTS), "Skovkøbing Kommune")
    again = terminal.run("access-export", email.upper(), "--out", "ud2", **facts)
    assert again.returncode == 0, "the e-mail's capitals are no matter"
    assert "does not say all that it owes" not in again.stderr
    assert "these are not set here: LAERINGSBOT_CONTROLLER, " in done.stderr
    assert "Ikke oplyst" not in (terminal.folder / "ud2" / PAGE).read_text(encoding="utf-8")
    read_by = json.loads((terminal.folder / "ud2" / DATA).read_text(encoding="utf-8"))["read_by"]
    assert [
        (each["reader"], each["record"], each["institution"]) for each in read_by if "everything" in each["record"]
    ] == [("Nis Bo", "everything about a person", "Sag 7")]
    database = Database(database_url)
    await database.start()
    told = words(await Someone(database, town.leader).says("hvem har set det"))
    officer = words(await Someone(database, town.leader).says("mine data"))
    await database.close()
    assert "Nis Bo\nAlt, til svar på en anmodning om indsigt · Sag 7" in told
    assert "Kommunen\nAlt, til svar på en anmodning om indsigt" in told
    assert "Traceback" not in officer


async def test_a_request_for_access_that_cannot_be_answered_says_why(terminal: Terminal, database_url: str) -> None:
    town = await a_town(database_url)
    email = town.leader.email
    nobody = terminal.run("access-export", NOBODY, "--out", "ud")
    assert (nobody.returncode, nobody.stderr.strip()) == (1, "Nobody with that e-mail is on the list.")
    by_nobody = terminal.run("access-export", email, "--out", "ud", "--by", NOBODY)
    assert (by_nobody.returncode, by_nobody.stderr.strip()) == (1, "Nobody with the e-mail of --by is on the list.")
    assert not (terminal.folder / "ud").exists()
    for case, told in ((LONG, "at most 120 characters, and there are 121"), (CPR, "civil registration number")):
        done = terminal.run("access-export", email, "--out", "ud", "--case", case)
        assert done.returncode == 2
        assert told in done.stderr
    (terminal.folder / "en-fil").write_text("", encoding="utf-8")
    for out in ("en-fil", "en-fil/under", "/proc/ud"):
        done = terminal.run("access-export", email, "--out", out)
        assert done.returncode == 2
        assert done.stderr.strip()
    assert terminal.run("access-export", email).returncode == 2, "without a folder"


async def test_an_unwritable_folder_is_told_before_anything_counts_as_read(
    terminal: Terminal, database_url: str
) -> None:
    town = await a_town(database_url)
    closed = terminal.folder / "lukket"
    closed.mkdir()
    (closed / PAGE).mkdir()
    done = terminal.run("access-export", town.leader.email, "--out", str(closed))
    assert done.returncode == 2
    assert PAGE in done.stderr
    database = Database(database_url)
    await database.start()
    told = words(await Someone(database, town.leader).says("hvem har set det"))
    await database.close()
    assert "Alt, til svar" not in told


async def test_a_correction_is_asked_for_by_letter(terminal: Terminal, database_url: str) -> None:
    town = await a_town(database_url)
    (about,) = await kept(database_url, OneOnOne)
    (terminal.folder / "brev.txt").write_text("Det var mig, der foreslog det.", encoding="utf-8")
    ask = ("rectify", town.leader.email, str(about.id), "--wanted", "brev.txt")
    for case, told in ((LONG, "at most 120 characters"), ("", "it is empty"), (CPR, "civil registration number")):
        done = terminal.run(*ask, "--case", case)
        assert done.returncode == 2, case
        assert told in done.stderr
    nobody = terminal.run("rectify", NOBODY, str(about.id), "--wanted", "brev.txt", "--case", "Sag 1")
    assert (nobody.returncode, nobody.stderr.strip()) == (1, "Nobody with that e-mail is on the list.")
    foreign = terminal.run("rectify", town.leader.email, str(town.school.id), "--wanted", "brev.txt", "--case", "Sag 1")
    assert foreign.returncode == 1
    assert "There is no note or feedback of that id" in foreign.stderr
    assert terminal.run("rectify", town.leader.email, "no-id", "--wanted", "brev.txt", "--case", "1").returncode == 2
    assert terminal.run(*ask[:-1], "ikke-der.txt", "--case", "Sag 1").returncode == 2
    (terminal.folder / "tom.txt").write_text(" \n", encoding="utf-8")
    empty = terminal.run(*ask[:-1], "tom.txt", "--case", "Sag 1")
    assert (empty.returncode, empty.stderr.strip()) == (1, "--wanted cannot be kept: it is empty")
    (terminal.folder / "latin.txt").write_bytes("Æblegrød".encode("latin-1"))
    assert terminal.run(*ask[:-1], "latin.txt", "--case", "Sag 1").returncode == 2
    assert await kept(database_url, Rectification) == []
    done = terminal.run(*ask, "--case", "Sag 1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "answers in Teams within a month" in done.stdout
    assert [each.case for each in await kept(database_url, Rectification)] == ["Sag 1"]


async def test_how_long_is_decided_and_shown(terminal: Terminal, database_url: str) -> None:
    await a_town(database_url)
    assert "1:1                       60       off" in terminal.run("retention").stdout
    for words_of, told in (
        (("--on", "1:1"), "--on needs --months and --authority"),
        (("--months", "12"), "--on needs --months and --authority"),
        (("--on", "1:1", "--months", "0", "--authority", "Sag 1"), "0 is not in the range 1<=x<=1200"),
        (("--on", "1:1", "--months", "9999", "--authority", "Sag 1"), "9999 is not in the range 1<=x<=1200"),
        (("--on", "identity", "--months", "12", "--authority", "Sag 1"), "identity"),
        (("--on", "1:1", "--months", "mange", "--authority", "Sag 1"), "months"),
        (("--off", "alt"), "alt"),
    ):
        done = terminal.run("retention", *words_of)
        assert done.returncode == 2
        assert told in done.stderr
    done = terminal.run("retention", "--on", "1:1", "--months", "12", "--authority", LONG)
    assert done.returncode == 1
    assert "at most 120 characters" in done.stderr
    done = terminal.run("retention", "--on", "focus area", "--months", "12", "--authority", "Sag 1")
    assert done.returncode == 0
    assert "Sag 1" in done.stdout
    assert "Sag 1" not in terminal.run("retention", "--off", "focus area").stdout


async def test_the_rules_are_listed_while_somebody_writes_and_nobody_waits_for_it(
    terminal: Terminal, database_url: str
) -> None:
    await a_town(database_url)
    terminal.run("retention", "--on", "1:1", "--months", "12", "--authority", "Sag 1")
    engine = create_engine(database_url)
    with engine.connect() as writing:
        on_sqlite = engine.dialect.name == "sqlite"
        writing.exec_driver_sql("BEGIN IMMEDIATE" if on_sqlite else "LOCK TABLE legal_hold IN ROW EXCLUSIVE MODE")
        done = terminal.run("retention")
        assert (done.returncode, done.stderr) == (0, "")
    engine.dispose()
    assert "Sag 1" in done.stdout


async def test_a_hold_is_placed_listed_and_lifted(terminal: Terminal, database_url: str) -> None:
    town = await a_town(database_url)
    assert terminal.run("legal-hold").stdout == "No hold is on.\n"
    for case, told in ((LONG, "at most 120 characters, and there are 121"), (CPR, "civil registration number")):
        done = terminal.run("legal-hold", "--case", case)
        assert done.returncode == 2
        assert told in done.stderr
    for of, told in (
        (("--person", NOBODY), "Nobody with that e-mail is on the list."),
        (("--institution", "Månebasen"), "There is no institution of that name."),
        (("--lift",), "No hold of the case Sag 9 is on."),
    ):
        done = terminal.run("legal-hold", "--case", "Sag 9", *of)
        assert (done.returncode, done.stderr.strip()) == (1, told)
    assert terminal.run("legal-hold", "--person", town.leader.email).returncode == 2
    placed = terminal.run("legal-hold", "--case", "Sag 9", "--person", town.leader.email)
    assert town.leader.email in placed.stdout
    assert "HOLD  Sag 9" in terminal.run("legal-hold").stdout
    assert "HOLD  Sag 9" in terminal.run("retention").stdout
    assert terminal.run("legal-hold", "--case", "Sag 9", "--lift").stdout == "No hold is on.\n"


async def test_a_breach_is_written_for_its_notification(terminal: Terminal, database_url: str) -> None:
    town = await a_town(database_url)
    span = ("--from", "2026-04-01", "--to", "2026-05-01", "--out", "brud")
    for of, told in (
        (("--person", NOBODY), "Nobody with that e-mail is on the list."),
        (("--institution", "Månebasen"), "There is no institution of that name."),
    ):
        done = terminal.run("breach", *of, *span)
        assert (done.returncode, done.stderr.strip()) == (1, told)
    assert terminal.run("breach", *span).returncode == 2
    assert terminal.run("breach", "--person", town.leader.email, "--from", "i går", *span[2:]).returncode == 2
    backwards = ("--from", "2026-05-01", "--to", "2026-04-01", "--out", "brud")
    assert terminal.run("breach", "--person", town.leader.email, *backwards).returncode == 2
    (terminal.folder / "en-fil").write_text("", encoding="utf-8")
    done = terminal.run("breach", "--person", town.leader.email, *span[:-1], "en-fil/under")
    assert done.returncode == 2
    assert done.stderr.strip()
    done = terminal.run("breach", "--institution", "Elmeskolen", *span)
    assert done.returncode == 0, done.stderr
    assert "read.csv: " in done.stdout
    assert "Not in it: the 1:1 notes" in done.stdout
    kit = {file.name: file.read_bytes() for file in (terminal.folder / "brud").iterdir()}
    assert set(kit) == {"brud.html", "could-see.csv", "read.csv", "kept.csv"}
    done = terminal.run("breach", "--person", town.leader.email, *span)
    assert (done.returncode, "an earlier kit is there" in done.stderr) == (2, True)
    assert {file.name: file.read_bytes() for file in (terminal.folder / "brud").iterdir()} == kit


async def test_keys_are_set_rotated_and_missed(terminal: Terminal, database_url: str) -> None:
    await a_town(database_url)
    first, second = (base64.b64encode(secrets.token_bytes(32)).decode() for _number in range(2))
    none = terminal.run("rotate-keys")
    assert none.returncode == 2
    assert "LAERINGSBOT_TEXT_KEYS is empty" in none.stderr
    wrong = terminal.run("rotate-keys", LAERINGSBOT_TEXT_KEYS="for kort")
    assert wrong.returncode == 2
    assert "LAERINGSBOT_TEXT_KEYS" in wrong.stderr
    assert "for kort" not in wrong.stderr
    sealed = terminal.run("rotate-keys", LAERINGSBOT_TEXT_KEYS=first)
    assert (sealed.returncode, sealed.stderr) == (0, "")
    assert "encrypted with the newest key" in sealed.stdout
    lost = terminal.run("legal-hold", LAERINGSBOT_TEXT_KEYS=second)
    assert lost.returncode == 2
    assert "put back the key" in lost.stderr
    assert terminal.run("rotate-keys", LAERINGSBOT_TEXT_KEYS=f"{second},{first}").returncode == 0
    again = terminal.run("rotate-keys", LAERINGSBOT_TEXT_KEYS=second)
    assert again.stdout.startswith("0 texts")
    database = Database(database_url, text_keys=[base64.b64decode(second)])
    await database.start()
    (version,) = await all_of(database, NoteVersion)
    await database.close()
    assert version.content.leading.startswith("Teamet")


async def test_somebody_is_anonymised_from_the_terminal_and_approved_in_teams(
    left: LeftBehind,  # noqa: F811
    tmp_path: Path,
) -> None:
    database_url = left.database.url.render_as_string(hide_password=False)
    terminal = Terminal(tmp_path, database_url)
    await left.database.close()
    try:
        by = ("--by", left.town.administrator.email)
        dry = terminal.run("anonymise", left.email, "--reference", CASE, "--dry-run")
        assert dry.returncode == 0, dry.stderr
        assert "name left out" in dry.stdout
        assert "Spørg mette holm igen" in dry.stdout
        assert "Nothing was changed, and nothing is proposed." in dry.stdout
        assert terminal.run("anonymise").stdout == "Nothing has been proposed.\n"
        for given, code, told in (
            ((NOBODY, "--dry-run"), 1, "Nobody with that e-mail is on the list."),
            ((left.town.chief.email, "--dry-run"), 1, "the person still has a role"),
            ((left.email, "--reference", CASE), 2, "a proposal needs --reference and --by"),
            ((left.email, "--reference", CASE, "--by", NOBODY), 1, "Nobody with the e-mail of --by"),
            ((left.email, "--reference", CASE, "--by", left.town.chief.email), 1, "is not administration"),
            ((left.email, "--reference", LONG, *by), 1, "at most 120 characters, and there are 121"),
            ((left.email, "--reference", CPR, *by), 1, "civil registration number"),
            ((left.email, "--reference", " ", *by), 1, "--reference is empty"),
            ((left.town.administrator.email, "--reference", CASE, *by), 1, "nobody proposes it of themselves"),
            (
                ("--record", str(left.perspective.id), "--name", "Karen", "--dry-run"),
                1,
                "does not stand in this",
            ),
            (("--record", str(left.town.school.id), "--name", "Karen", "--dry-run"), 1, "no record with words"),
            (("--record", "no-id", "--name", "Karen", "--dry-run"), 2, "no-id"),
            (("--name", "Karen", "--dry-run"), 2, "--record with --name"),
            (("--dry-run",), 2, "whom?"),
        ):
            done = terminal.run("anonymise", *given)
            assert done.returncode == code, (given, done.stderr)
            assert told in done.stderr, given
        proposed = terminal.run("anonymise", left.email, "--reference", CASE, *by)
        assert proposed.returncode == 0, proposed.stderr
        assert left.second.email in proposed.stdout.splitlines()[-1]
        twice = terminal.run("anonymise", left.email, "--reference", CASE, *by)
        assert (twice.returncode, twice.stderr.strip()) == (1, "it has been proposed already, or is on its way")
    finally:
        await left.database.start()
    await left.approves()
    await left.carries_out()
    await left.database.close()
    try:
        listed = terminal.run("anonymise").stdout
        assert "  done  " in listed, "no card was there to wait for"
        counted = [line.strip() for line in listed.splitlines() if line.startswith("      ")]
        foretold = [line for line in dry.stdout.splitlines() if line in counted]
        assert foretold == counted, "the dry run has told the same numbers"
        assert terminal.run("anonymise", left.email, "--dry-run").returncode == 1, "nobody has that e-mail any more"
    finally:
        await left.database.start()
    (about,) = await all_of(left.database, Anonymisation)
    assert about.state is AnonymisationState.DONE
    (gone,) = [each for each in await all_of(left.database, Person) if each.id == left.mette_id]
    assert gone.anonymised_on is not None
