"""What the demo starts: a program in a group of its own, and personas who do not get in each other's way."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bot.demo import Child, ChildFailed, Persona, free_port, wait_until_ready
from bot.demo.playground import configuration
from bot.demonstration import FACTS, forget, to_run_commands
from tests.terminal import PATIENCE, ROOT

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 1:
    subprocess.Popen([sys.executable, "-c", "import time; print('grandchild', flush=True); time.sleep(300)"])
time.sleep(300)
"""


def persona(number: int) -> Persona:
    return Persona(f"p{number}", f"Mette Holm {number}", str(UUID(int=number)), "leder")


async def start(folder: Path, program: str) -> Child:
    return await Child.start(
        "The bot", [sys.executable, "-c", program], log=folder / "bot.log", environment={}, folder=folder
    )


def test_personas_share_the_bot_and_nothing_else() -> None:
    def ids(number: int) -> list[str]:
        made = configuration(persona(number))
        people = [made["currentUser"], *made["users"]]
        places = [made["personalChat"], made["groupChat"], made["team"], *made["team"]["channels"]]
        return [*(each["id"] for each in [*people, *places]), *(each["aadObjectId"] for each in people)]

    all_ids = [*ids(1), *ids(2)]
    assert len(set(all_ids)) == len(all_ids)
    assert configuration(persona(1))["bot"] == configuration(persona(2))["bot"]
    assert len(configuration(persona(1))["users"]) == 5


async def test_a_program_that_will_not_end_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.demo.child.SECONDS_TO_END", 0.2)
    child = await start(tmp_path, STUBBORN)
    while "grandchild" not in child.output():
        await asyncio.sleep(0.05)
    await child.stop()
    assert not child.is_running


async def test_a_bot_that_ends_instead_of_answering_is_told_with_its_last_words(tmp_path: Path) -> None:
    child = await start(tmp_path, "import sys; print('no database here'); sys.exit(3)")
    with pytest.raises(ChildFailed, match=r"(?s)The bot ended with code 3\..*no database here"):
        await wait_until_ready(child, free_port(20_000))
    await child.stop()


CLAIMS = """
import sys
from bot.demo import claimed_port
with claimed_port(int(sys.argv[1])) as port:
    print(port, flush=True)
    sys.stdin.readline()
"""


def test_demos_that_start_in_the_same_second_take_different_ports(tmp_path: Path) -> None:
    """None listens yet when the others look for theirs; a port is free again once its demo is gone, also by force."""
    first = free_port(29_000)
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CLAIMS, str(first)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": environment}
    demos = [subprocess.Popen(command, **pipes) for _ in range(3)]
    try:
        ports = [int(each.stdout.readline()) for each in demos]  # type: ignore[union-attr]
    finally:
        demos[0].kill()
        for each in demos:
            each.communicate(b"\n", timeout=PATIENCE)
    assert len(set(ports)) == 3
    assert [each.name for each in tmp_path.iterdir()] == [f"laeringsbot-port-{ports[0]}"], "killed before it could"
    again = subprocess.run(command, input=b"\n", stdout=subprocess.PIPE, env=environment, timeout=PATIENCE, check=True)
    assert int(again.stdout) == first


def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port
        assert free_port(20_000, taken=[20_000]) != 20_000


def test_the_settings_of_the_demo_are_a_file_for_the_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en mappe").mkdir()
    hint = to_run_commands(Path("en mappe"), {**FACTS, "LAERINGSBOT_DATABASE_URL": "sqlite:///en mappe/x.db"})
    assert "ask --as mette.elkjaer@skovkoebing.example" in hint
    (sourced,) = (line for line in hint.splitlines() if line.startswith("  . "))
    done = subprocess.run(["sh", "-c", f"{sourced} && env"], capture_output=True, text=True, check=True, env={})
    told = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert {name: told[name] for name in FACTS} == FACTS
    assert told["LAERINGSBOT_DATABASE_URL"] == "sqlite:///en mappe/x.db"
    forget(Path("en mappe"))
    assert not any((tmp_path / "en mappe").iterdir())
