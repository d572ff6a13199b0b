"""A terminal of the stories: a folder of its own, an environment with nothing set, and the commands run in it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from bot.demo import free_port
from tests.launcher import Launched, launched

ROOT = Path(__file__).resolve().parents[1]
# Only so that a run ends some day: a busy machine is no fault of the program.
PATIENCE = 300


@dataclass(frozen=True, kw_only=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


class Terminal:
    """A folder of its own, an environment with nothing set, and the commands run in it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        ours = ("LAERINGSBOT_", "MICROSOFTAPP")
        self.environment = {name: value for name, value in os.environ.items() if not name.upper().startswith(ours)}
        self.environment |= {"PYTHONPATH": str(ROOT), "LAERINGSBOT_DATABASE_URL": database_url}

    def run(self, *words: str, **environment: str) -> Done:
        """The command in a process of its own, of a Python that has imported the program already."""
        with _file() as out, _file() as err:
            command = self._launched(*words, stdout=out, stderr=err, **environment)
            code = command.wait(PATIENCE)
            return _looked_at(Done(returncode=code, stdout=_all_of(out), stderr=_all_of(err)))

    def starts(self, *words: str, **environment: str) -> Done:
        """The command in a Python that begins with nothing, as `laeringsbot` at a terminal does."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return _looked_at(Done(returncode=done.returncode, stdout=done.stdout, stderr=done.stderr))

    def keeps(self, **files: str) -> str:
        """A folder with these CSV files."""
        folder = self.folder / "exports"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return str(folder)

    @contextmanager
    def serving(self, *, from_nothing: bool = False, **environment: str) -> Iterator[int]:
        """`serve --local` as a program, once it is ready; its port. It has to end by itself on SIGTERM.

        Where it is said, in a Python that begins with nothing, as at a terminal.
        """
        port = free_port(23_000 + os.getpid() % 1_000)  # stories that run at the same time do not meet
        environment["LAERINGSBOT_PORT"] = str(port)
        with _file() as errors:
            starts = self._started if from_nothing else self._launched
            program = starts("serve", "--local", stderr=errors, **environment)
            try:
                until = time.monotonic() + PATIENCE
                while not is_ready(port):
                    assert program.poll() is None, _all_of(errors)
                    assert time.monotonic() < until
                    time.sleep(0.05)
                yield port
            finally:
                program.send_signal(signal.SIGTERM)
                code = program.wait(PATIENCE)
            assert code == 0, _all_of(errors)
            assert "Traceback" not in _all_of(errors)

    def _launched(
        self, *words: str, stderr: IO[str], stdout: int | IO[str] = subprocess.DEVNULL, **environment: str
    ) -> Launched:
        given = {**self.environment, **environment}
        return launched("bot", *words, folder=self.folder, environment=given, stdout=stdout, stderr=stderr)

    def _started(self, *words: str, stderr: IO[str], **environment: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "bot", *words]
        return subprocess.Popen(command, cwd=self.folder, env={**self.environment, **environment}, stderr=stderr)


def _file() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8")


def _all_of(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


def _looked_at(done: Done) -> Done:
    assert "Traceback" not in done.stderr, done.stderr
    return done


def is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
