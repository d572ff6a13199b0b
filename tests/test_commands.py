"""The command line as somebody uses it: a terminal, a folder, and sentences that say what to do."""

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.demo import free_port
from tests.launcher import launched
from tests.terminal import PATIENCE, ROOT, Terminal

FACTS = ("CONTROLLER", "PURPOSE", "BASIS", "RECIPIENTS", "STORAGE", "CONTACT", "DPO")
APP = "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11"
INSTITUTIONS = "name;type;age_range;area;aliases\nElmeskolen;skole;6-18;Nord;Elmen\n"
PEOPLE = """name;email;aad_object_id;role;scope;language
Mette Holm;mette@skovkoebing.example;00000000-0000-0000-0000-000000000001;leader;Elmeskolen;da
Birgit Dam;birgit@skovkoebing.example;00000000-0000-0000-0000-000000000002;chief;Nord;da
"""


def imported_with(modules: str) -> set[str]:
    """Everything that a Python imports along with these."""
    program = [sys.executable, "-c", f"import sys, {modules}; print(*sys.modules)"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.fixture
def terminal(tmp_path: Path, empty_url: str) -> Terminal:
    return Terminal(tmp_path, empty_url)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, f"sqlite:///{tmp_path}/laeringsbot.db")


def test_from_an_empty_database_to_an_answer(terminal: Terminal) -> None:
    # That the others, too, begin with nothing is told by the operator's page.
    assert "laeringsbot migrate" in terminal.run("serve", "--local").stderr
    assert "is now at" in terminal.starts("migrate").stdout
    assert "already" in terminal.run("migrate").stdout
    folder = terminal.keeps(institutions=INSTITUTIONS, people=PEOPLE)
    assert "people: 2 " in terminal.run("import", folder).stdout
    assert "new" not in terminal.run("import", folder).stdout
    done = terminal.run("ask", "--as", "mette@skovkoebing.example", "min oversigt")
    answer = json.loads(done.stdout)
    assert (answer["intent"], answer["slots"], answer["card"]["lang"]) == ("overview", {}, "da")
    assert "Elmeskolen" in done.stdout
    nobody = terminal.run("ask", "--as", "nobody@skovkoebing.example", "hej")
    assert (nobody.returncode, nobody.stderr.strip()) == (1, "Nobody with that e-mail is on the list.")
    assert terminal.starts("tick", "--local").stdout == "0 messages handled.\n"


def on_a_screen(terminal: Terminal, *words: str) -> tuple[str, str]:
    """What a command says where somebody sees it, and what is drawn for them meanwhile."""
    screen, drawn = pty.openpty()
    given, seen = {**terminal.environment, "TERM": "xterm", "COLUMNS": "120"}, b""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        with open(drawn, "w", encoding="utf-8") as shown:
            command = launched("bot", *words, folder=terminal.folder, environment=given, stdout=said, stderr=shown)
        with suppress(OSError):  # its last program has let go of it
            while part := os.read(screen, 65536):
                seen += part
        os.close(screen)
        assert command.wait(PATIENCE) == 0
        said.seek(0)
        return said.read(), seen.decode()


def test_an_import_can_be_tried_and_a_list_that_is_cut_short_is_refused(on_sqlite: Terminal) -> None:
    on_sqlite.run("migrate")
    many = "name,type,age_range,area\n" + "".join(f"Skole {each},skole,6-18,Nord\n" for each in range(8))
    folder = on_sqlite.keeps(institutions=many)
    tried = on_sqlite.run("import", folder, "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "Nothing was imported: this was a dry run.\n")
    done, screen = on_a_screen(on_sqlite, "import", folder)
    assert tried.stdout == done == "areas: 1 new\ninstitutions: 8 new\n"
    # *With progress* (G10), which is drawn at a terminal alone, and wiped out at the end.
    assert re.search(r"reading institutions.csv.*100%", screen)
    assert screen.rstrip().endswith("\x1b[2K")
    on_sqlite.keeps(institutions="\n".join(many.splitlines()[:3]))
    refused = on_sqlite.run("import", folder)
    assert refused.returncode == 1
    assert (
        "institutions.csv: 6 of 8 institutions are not in it and would end, the first of them Skole 2" in refused.stderr
    )
    tried = on_sqlite.run("import", folder, "--dry-run")
    assert tried.stdout == "institutions: 2 unchanged, 6 ended\n"
    assert "say --ending 6" in tried.stderr
    assert on_sqlite.run("import", folder, "--ending", "6").stdout == "institutions: 2 unchanged, 6 ended\n"


def test_a_file_that_is_wrong_is_told_by_line_and_column_and_nothing_is_imported(on_sqlite: Terminal) -> None:
    on_sqlite.run("migrate")
    wrong = PEOPLE.replace("Elmeskolen;da", "Egeskolen;da").replace(";chief;", ";chef for alt;")
    done = on_sqlite.run("import", on_sqlite.keeps(institutions=INSTITUTIONS, people=wrong))
    assert done.returncode == 1
    assert "people.csv:2:scope: there is no institution “Egeskolen”; did you mean “Elmeskolen”?" in done.stderr
    assert "people.csv:3:role: " in done.stderr
    assert "Nothing was imported: 2 to correct." in done.stderr
    assert on_sqlite.run("ask", "--as", "birgit@skovkoebing.example", "hej").returncode == 1


def test_serve_says_everything_that_is_missing_at_once(on_sqlite: Terminal) -> None:
    done = on_sqlite.run("serve")
    assert done.returncode == 2
    for name in ("MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId", "LAERINGSBOT_CONTROLLER"):
        assert f"{name} is missing" in done.stderr
    done = on_sqlite.run("serve", "--local", LAERINGSBOT_HOST="0.0.0.0", MicrosoftAppPassword="a secret")
    assert done.returncode == 2
    assert "must listen on 127.0.0.1" in done.stderr
    assert "MicrosoftAppPassword is set" in done.stderr
    assert "a secret" not in done.stderr
    done = on_sqlite.run("migrate", LAERINGSBOT_PROT="1", LAERINGSBOT_SEND_RATE="many")
    assert done.returncode == 2
    assert "did you mean LAERINGSBOT_PORT?" in done.stderr
    assert "LAERINGSBOT_SEND_RATE is not a whole number" in done.stderr


def test_one_process_serves_a_sqlite_database_and_others_may_ask_beside_it(on_sqlite: Terminal) -> None:
    on_sqlite.run("migrate")
    on_sqlite.run("import", on_sqlite.keeps(institutions=INSTITUTIONS, people=PEOPLE))
    with on_sqlite.serving():
        for command in (("serve", "--local"), ("migrate",), ("tick", "--local")):
            done = on_sqlite.run(*command, LAERINGSBOT_PORT=str(free_port(24_500)))
            assert done.returncode == 2
            assert "is in use by process" in done.stderr
        assert "Mette" in on_sqlite.run("ask", "--as", "mette@skovkoebing.example", "min oversigt").stdout
        assert "in use" not in on_sqlite.run("doctor").stdout
    assert on_sqlite.run("tick", "--local").returncode == 0


def test_a_port_that_is_taken_is_told(on_sqlite: Terminal) -> None:
    on_sqlite.run("migrate")
    other = Terminal(on_sqlite.folder / "other", f"sqlite:///{on_sqlite.folder}/other.db")
    other.folder.mkdir()
    other.run("migrate")
    with on_sqlite.serving() as port:
        done = other.run("serve", "--local", LAERINGSBOT_PORT=str(port))
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port} (LAERINGSBOT_HOST and LAERINGSBOT_PORT)" in done.stderr
    assert "Errno" not in done.stderr


def test_a_place_where_no_database_can_be_made_is_told(on_sqlite: Terminal) -> None:
    (on_sqlite.folder / "file").touch()
    done = on_sqlite.run("migrate", LAERINGSBOT_DATABASE_URL=f"sqlite:///{on_sqlite.folder}/file/laeringsbot.db")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert f"{on_sqlite.folder}/file: " in done.stderr
    assert "Errno" not in done.stderr


def test_nobody_else_on_the_machine_reads_the_database(on_sqlite: Terminal) -> None:
    on_sqlite.run("migrate")
    file = on_sqlite.folder / "laeringsbot.db"
    assert file.stat().st_mode & 0o077 == 0
    assert "may read" not in on_sqlite.run("doctor").stdout
    file.chmod(0o644)
    assert "everybody on this machine may read the database" in on_sqlite.run("doctor").stdout


def test_the_directory_is_asked_only_where_it_is_set(on_sqlite: Terminal) -> None:
    on_sqlite.run("migrate")
    missing = on_sqlite.run("directory")
    assert missing.returncode == 2
    assert "MicrosoftAppId is missing" in missing.stderr
    facts = dict.fromkeys(("CONTROLLER", "PURPOSE", "BASIS", "STORAGE", "CONTACT", "DPO"), "Skovkøbing")
    settings = {
        **{f"LAERINGSBOT_{name}": value for name, value in facts.items()},
        "MicrosoftAppId": "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11",
        "MicrosoftAppTenantId": "0b4f7a52-88a3-4f0e-8a66-5d2c70a1f3d9",
        "MicrosoftAppPassword": "x",
    }
    unset = on_sqlite.run("directory", **settings)
    assert unset.returncode == 2
    assert "LAERINGSBOT_DIRECTORY is not set" in unset.stderr
    wrong = on_sqlite.run("directory", LAERINGSBOT_DIRECTORY="everybody", **settings)
    assert "neither email nor the id of a group" in wrong.stderr


def test_the_doctor_says_what_is_wrong_and_what_to_do(on_sqlite: Terminal) -> None:
    done = on_sqlite.run("doctor")
    assert done.returncode == 1
    assert "LOOK" in done.stdout
    assert "laeringsbot migrate" in done.stdout


def test_the_doctor_says_what_else_nobody_could_be_let_in_or_filed_for(on_sqlite: Terminal) -> None:
    """Both are well formed, and wrong from the first day; neither shows in the database."""
    tenant = {"MicrosoftAppId": APP, "MicrosoftAppTenantId": APP}
    nowhere = f"http://127.0.0.1:{free_port(24_700)}/openid"
    done = on_sqlite.run("doctor", LAERINGSBOT_OPENID_METADATA_URL=nowhere, LAERINGSBOT_JOURNAL_FOLDER="away", **tenant)
    assert "LOOK  the channel's signing keys\n      no way to 127.0.0.1: open the firewall" in done.stdout
    assert "LOOK  the journal's folder away" in done.stdout
    (on_sqlite.folder / "away").mkdir()
    assert "journal's folder" not in on_sqlite.run("doctor", LAERINGSBOT_JOURNAL_FOLDER="away", **tenant).stdout


def test_the_app_package_is_built_or_what_it_lacks_is_told(on_sqlite: Terminal) -> None:
    assert "MicrosoftAppId" in on_sqlite.run("manifest").stderr
    links = dict.fromkeys(("PUBLIC_URL", "WEBSITE_URL", "PRIVACY_URL", "TERMS_URL"), "https://skovkoebing.example/")
    environment = {f"LAERINGSBOT_{name}": value for name, value in links.items()}
    done = on_sqlite.run(
        "manifest", "--out", "app.zip", MicrosoftAppId=APP, LAERINGSBOT_DEVELOPER_NAME="Skovkøbing", **environment
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(on_sqlite.folder / "app.zip") as package:
        assert {"manifest.json", "da.json", "en.json"} & set(package.namelist())
        assert APP in package.read("manifest.json").decode()


@pytest.mark.parametrize("words", [["tick", "--at", "i morgen"], ["import", "nowhere"], ["nothing"]], ids=" ".join)
def test_a_word_that_cannot_be_used_is_told_with_what_is_right(on_sqlite: Terminal, words: list[str]) -> None:
    done = on_sqlite.run(*words)
    assert done.returncode == 2
    assert "Error:" in done.stderr


# What takes a good part of a start-up, and a command that only asks or imports has no need of.
HEAVY = {"botbuilder", "botframework", "aiohttp", "msal", "holidays", "icalendar", "docx", "fpdf"}


def test_what_speaks_neither_to_teams_nor_to_a_browser_starts_without_them() -> None:
    assert not HEAVY & imported_with("bot.opening, dialogs.conversation, storage.importing")


def test_the_help_starts_without_reading_any_setting() -> None:
    assert not {"pydantic", "sqlalchemy", "cards", "storage"} & imported_with("bot.__main__")


@pytest.mark.parametrize("command", main.commands)
def test_every_command_explains_itself(command: str) -> None:
    found = main.commands[command]
    assert found.help
    assert found.help.strip().endswith(".")
    assert all(each.help for each in found.params if isinstance(each, click.Option))
