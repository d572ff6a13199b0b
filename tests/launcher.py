"""A Python that has imported the program already, and forks for each program of ours that the stories start.

More than half of what such a story costs would be Python starting over, two seconds for each of some hundred programs.
A fork has a process, environment, folder, input and output of its own, as what `python -m` starts, and is killed and
stopped like that. That a Python which begins with nothing can run them too is told by the stories that start one:
`Terminal.starts`, `Terminal.serving` where it is said, and the operator's page on SQLite.

    python -IS tests/launcher.py ADDRESS MODULE WORDS…

is such a program too, for shells: it has the launcher at that address fork, and ends as what was forked did.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "dialogs", "cards", "storage", "scheduler", "domain")
# What a program imports by itself when it gets there, and what those of the stories have besides.
ALSO = (
    "alembic.command",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "tests.channel",
    "tests.town",
)


class Launched:
    """One program of the launcher, as `subprocess.Popen` has one; what is PIPE is here to be written to and read."""

    def __init__(
        self,
        address: str,
        module: str,
        words: Sequence[str],
        *,
        folder: Path = ROOT,
        environment: Mapping[str, str] | None = None,
        stdin: int | IO[str] = subprocess.DEVNULL,
        stdout: int | IO[str] = subprocess.DEVNULL,
        stderr: int | IO[str] = subprocess.DEVNULL,
    ) -> None:
        self.returncode: int | None = None
        self.stdin: IO[str] | None = None
        self.stdout: IO[str] | None = None
        self.stderr: IO[str] | None = None
        theirs, done_with = [], []
        for name, given in (("stdin", stdin), ("stdout", stdout), ("stderr", stderr)):
            if not isinstance(given, int):
                theirs.append(given.fileno())
                continue
            if given >= 0:
                theirs.append(given)
                continue
            if given == subprocess.DEVNULL:
                theirs.append(os.open(os.devnull, os.O_RDWR))
            else:
                reads, writes = os.pipe()
                ours, mode = (writes, "w") if name == "stdin" else (reads, "r")
                theirs.append(reads if name == "stdin" else writes)
                setattr(self, name, os.fdopen(ours, mode, encoding="utf-8"))
            done_with.append(theirs[-1])
        asked = {
            "module": module,
            "words": [*words],
            "folder": str(folder),
            "environment": dict(os.environ if environment is None else environment),
        }
        self._launcher = socket.socket(socket.AF_UNIX)
        self._launcher.connect(address)
        socket.send_fds(self._launcher, [b"\n"], theirs)
        self._launcher.sendall(json.dumps(asked).encode() + b"\n")
        for each in done_with:
            os.close(each)
        self._told = self._launcher.makefile()
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._launcher], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, that of a signal below zero."""
        if self.returncode is None:
            if not select.select([self._launcher], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = int(self._told.readline())
            self._told.close()
            self._launcher.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Launcher:
    """The Python that forks; everybody who knows its `address` may ask it to."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="laeringsbot-launcher-")
        self.address = f"{self._folder.name}/socket"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self.address)
            listening.listen()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.launcher", str(listening.fileno())],
                cwd=ROOT,
                env={name: value for name, value in os.environ.items() if not name.upper().startswith("LAERINGSBOT_")},
                stdin=subprocess.PIPE,
                pass_fds=[listening.fileno()],
            )

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._folder.cleanup()


@cache
def launcher() -> Launcher:
    """The one of this process, which is started when the first program is."""
    made = Launcher()
    atexit.register(made.stop)
    return made


def launched(module: str, *words: str, **how: Any) -> Launched:
    """A program of it; `how` as `Launched` has it."""
    return Launched(launcher().address, module, words, **how)


def for_a_shell(module: str) -> str:
    """What a shell has to run for a program of it; the words come behind."""
    return f"{sys.executable} -IS {Path(__file__).resolve()} {launcher().address} {module}"


def serve(listening: socket.socket) -> None:
    """Forks for each that connects, tells it the number of the process and how it ended; until its input is closed."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                importlib.import_module(module.name)
    for name in ALSO:
        importlib.import_module(name)
    gc.freeze()
    ended, tells = socket.socketpair()
    tells.setblocking(False)
    signal.set_wakeup_fd(tells.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    under_way: dict[int, socket.socket] = {}
    while True:
        heard = select.select([0, listening, ended], [], [])[0]
        if 0 in heard:
            return
        if listening in heard:
            asker, _ = listening.accept()
            _, theirs, *_ = socket.recv_fds(asker, 1, 3)
            with asker.makefile() as lines:
                asked = json.loads(lines.readline())
            if (pid := os.fork()) == 0:
                _become(theirs, **asked)
            for each in theirs:
                os.close(each)
            under_way[pid] = asker
            _tell(asker, pid)
        if ended in heard:
            ended.recv(65_536)
        while under_way and (found := os.waitpid(-1, os.WNOHANG))[0]:
            asker = under_way.pop(found[0])
            _tell(asker, os.waitstatus_to_exitcode(found[1]))
            asker.close()


def _tell(asker: socket.socket, number: int) -> None:
    try:
        asker.sendall(b"%d\n" % number)
    except OSError:
        pass  # whoever asked has gone


def _become(theirs: list[int], module: str, words: list[str], folder: str, environment: dict[str, str]) -> NoReturn:
    """What `python -m MODULE WORDS` is there, at the head of a group of its own."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        for number, each in enumerate(theirs):
            os.dup2(each, number)
        os.closerange(3, max(theirs) + 1)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
        sys.argv = [module, *words]
        try:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
            code = 0
        except SystemExit as ended:
            if isinstance(ended.code, str):
                print(ended.code, file=sys.stderr)
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _asked_by_a_shell(address: str, module: str, *words: str) -> int:
    code = Launched(address, module, words, folder=Path.cwd(), stdin=0, stdout=1, stderr=2).wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    if sys.argv[1].isdecimal():
        serve(socket.socket(fileno=int(sys.argv[1])))
    else:
        sys.exit(_asked_by_a_shell(*sys.argv[1:]))
