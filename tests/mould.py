"""What every worker of a run begins with, made once for all of them: a migrated file of SQLite, and the folder of a
PostgreSQL that is stopped, with the databases that are copied for the stories.

To set both up takes two seconds or three of a processor, and four workers would do it four times.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.postgres import OWNER, PREFIX, Postgres

MADE = "made"


def is_worker() -> bool:
    """Whether this process is one of several that run the stories."""
    return "PYTEST_XDIST_WORKER" in os.environ


def made_once(of_session: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file that the first worker to ask makes."""
    folder = of_session.getbasetemp()
    file = (folder.parent if is_worker() else folder) / name
    with _turn(file):
        if not file.exists():
            new = file.with_suffix(".new")
            make(new)
            new.rename(file)
    return file


@contextmanager
def cast(within: str | None, settings: Mapping[str, str], make: Callable[[Postgres], None]) -> Iterator[Path | None]:
    """The folder of a stopped server to which the first worker has done what `make` does; None for who is no worker.

    The last worker that leaves removes it. It is not among the run's temporary files, which only root can read.
    """
    if not is_worker():
        yield None
        return
    folder = Path(within or tempfile.gettempdir()) / f"{PREFIX}{os.environ['PYTEST_XDIST_TESTRUNUID']}"
    with _turn(folder):
        used = _used(folder, settings, make)
    try:
        yield folder
    finally:
        with _turn(folder) as turn:
            try:
                fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # Another worker has yet to leave.
            else:
                shutil.rmtree(folder)
                turn.unlink()
            used.close()


def _used(folder: Path, settings: Mapping[str, str], make: Callable[[Postgres], None]) -> IO[bytes]:
    """Makes the folder if nobody has yet; the file by which others know that it is used, for as long as it is open."""
    server = None  # It lets go of the folder when this is over.
    if not (folder / MADE).exists():
        shutil.rmtree(folder, ignore_errors=True)
        server = Postgres(folder, settings=settings)
        try:
            server.start()
            make(server)
        finally:
            server.stop()
        (folder / MADE).touch()
    # While the server that made it has its own: what belongs to nobody is removed.
    used = open(folder / OWNER, "rb")  # noqa: SIM115
    fcntl.flock(used, fcntl.LOCK_SH)
    return used


@contextmanager
def _turn(of: Path) -> Iterator[Path]:
    """Nobody else is at it meanwhile; the file by which they know."""
    path = of.with_name(f"{of.name}.lock")
    with open(path, "wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield path
