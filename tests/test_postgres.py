"""The stories' own server: what is left of one whose stories were killed, the next ones clear away."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from tests.postgres import Postgres, remove_left_behind

ROOT = Path(__file__).parent.parent
STORIES = """
import sys
from tests.postgres import Postgres
server = Postgres(within=sys.argv[1])
server.start()
print("started", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def within() -> Iterator[Path]:
    """A folder where servers lie that run as somebody else."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        remove_left_behind(name)


def servers(within: Path) -> list[psutil.Process]:
    """Those that serve a folder in there."""
    return [
        each
        for each in psutil.process_iter(["cmdline"])
        if any(word.startswith(str(within)) for word in each.info["cmdline"] or ())
        and Path(each.info["cmdline"][0]).name == "postgres"
    ]


def test_what_killed_stories_leave_behind_is_cleared_away_and_what_others_use_is_not(within: Path) -> None:
    command = [sys.executable, "-c", STORIES, str(within)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as stories:
        assert stories.stdout
        assert stories.stdout.readline() == b"started\n"
        (used,) = within.iterdir()
        remove_left_behind(str(within))
        assert len(servers(within)) == 1, "its stories run"
        assert used.is_dir()
        stories.send_signal(signal.SIGKILL)
    assert len(servers(within)) == 1, "it does not notice by itself"
    mine = Postgres(within=str(within))
    bystander = within / "laeringsbot-postgres-of-somebody"
    bystander.mkdir()
    remove_left_behind(str(within))
    assert not servers(within)
    assert not used.exists()
    mine.start()
    mine.remove()
    assert list(within.iterdir()) == [bystander], "nobody has said whose it is"
