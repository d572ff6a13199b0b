"""A Python that has imported the program already, and forks for each command that the stories type.

Half of what the stories cost would be Python starting over, a second and a half for each of a few hundred commands. A
fork has a process, environment, folder and output of its own, as a command has. That a Python which begins with nothing
can run them too is told by the stories that start one: `Terminal.starts`, `Terminal.serving`, and the operator's page.
"""

import gc
import importlib
import json
import os
import pkgutil
import select
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "dialogs", "cards", "storage", "scheduler", "domain")
# What a command imports by itself when it gets there.
ALSO = ("alembic.command", "psycopg", "sqlalchemy.dialects.postgresql.psycopg")
# Seconds between two looks at what has ended.
LOOKED_AFTER = 0.01


class Launcher:
    """One such Python; `run` may be called by several threads at once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.launcher"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.upper().startswith("LAERINGSBOT_")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._number = 0
        self._lock = threading.Lock()
        self._codes: dict[int, int] = {}
        self._told = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def run(
        self, words: Sequence[str], *, folder: Path, environment: Mapping[str, str], into: Path, within: float
    ) -> int:
        """The exit code of `laeringsbot WORDS`; what it prints is in the files `out` and `err` of the folder `into`."""
        with self._lock:
            self._number += 1
            number = self._number
            asked = {"number": number, "words": [*words], "folder": str(folder), "into": str(into)}
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps({**asked, "environment": dict(environment)}) + "\n")
            self._process.stdin.flush()
        with self._told:
            assert self._told.wait_for(lambda: number in self._codes, timeout=within), f"{words[:1]} has not ended"
            return self._codes.pop(number)

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            number, code = json.loads(line)
            with self._told:
                self._codes[number] = code
                self._told.notify_all()


def serve() -> None:
    """Forks for each line on standard input; tells on standard output which have ended, and how."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                importlib.import_module(module.name)
    for name in ALSO:
        importlib.import_module(name)
    importlib.import_module("bot.__main__")
    gc.freeze()
    under_way: dict[int, int] = {}
    heard = b""
    while True:
        # Nobody else forks here, so that no thread is needed to wait for those that end.
        if select.select([0], [], [], LOOKED_AFTER if under_way else None)[0]:
            more = os.read(0, 65_536)
            if not more:
                return
            *lines, heard = (heard + more).split(b"\n")
            for line in lines:
                asked = json.loads(line)
                if (pid := os.fork()) == 0:
                    _become(asked)
                under_way[pid] = asked["number"]
        while under_way and (ended := os.waitpid(-1, os.WNOHANG))[0]:
            print(json.dumps([under_way.pop(ended[0]), os.waitstatus_to_exitcode(ended[1])]), flush=True)


def _become(asked: dict[str, object]) -> None:
    """The command itself, in its folder and environment; never returns."""
    code = 1
    try:
        os.chdir(str(asked["folder"]))
        os.environ.clear()
        os.environ.update(asked["environment"])  # type: ignore[call-overload]
        into = Path(str(asked["into"]))
        for number, name in ((0, os.devnull), (1, into / "out"), (2, into / "err")):
            opened = os.open(name, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(opened, number)
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        sys.argv = ["laeringsbot", *asked["words"]]  # type: ignore[misc]
        from bot.__main__ import main

        try:
            main(prog_name="python -m bot")
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
