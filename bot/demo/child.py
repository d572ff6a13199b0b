"""A program the demo has started: in a process group of its own, with its output in a log file."""

import asyncio
import fcntl
import os
import signal
import socket
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

LAST_LINES = 12
SECONDS_TO_END = 4.0


class ChildFailed(Exception):
    """A started program did not come up, or ended; the text is for people and has the log's last lines."""


@dataclass
class Child:
    """A running program. `name` is what people are told it is called."""

    name: str
    log: Path
    process: asyncio.subprocess.Process

    @classmethod
    async def start(
        cls, name: str, command: Sequence[str], *, log: Path, environment: Mapping[str, str], folder: Path
    ) -> Self:
        """Starts `command` in `folder`, with `environment` over our own; its output begins a new `log`."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                env={**os.environ, **environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        return cls(name, log, process)

    @property
    def is_running(self) -> bool:
        return self.process.returncode is None

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def failed(self, what: str) -> ChildFailed:
        """The error that says `what` happened to this program, with the last lines of its log."""
        lines = self.output().rstrip().splitlines()[-LAST_LINES:]
        return ChildFailed("\n".join([f"{self.name} {what}. The end of {self.log}:", *lines]))

    def require_running(self) -> None:
        if not self.is_running:
            raise self.failed(f"ended with code {self.process.returncode}")

    async def stop(self) -> None:
        """Ends the whole group: politely, and after a few seconds without asking."""
        if self.is_running:
            self._signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), SECONDS_TO_END)
            except TimeoutError:
                pass
        # What it started itself may outlive it.
        self._signal(signal.SIGKILL)
        await self.process.wait()

    def _signal(self, which: signal.Signals) -> None:
        try:
            os.killpg(self.process.pid, which)
        except (ProcessLookupError, PermissionError):
            pass


async def stop_all(children: Iterable[Child]) -> None:
    await asyncio.gather(*(child.stop() for child in children))


def free_port(first: int, taken: Iterable[int] = ()) -> int:
    """The first port from `first` on that nobody listens on, on any address, and that is not in `taken`."""
    for port in range(first, first + 500):
        if port not in taken and _is_free(port):
            return port
    raise ChildFailed(f"No port from {first} to {first + 499} is free.")


@contextmanager
def claimed_port(first: int) -> Iterator[int]:
    """A free port as of `free_port`, which no other demo takes either, not even before anybody listens on it."""
    passed: list[int] = []
    while True:
        port = free_port(first, passed)
        with _claim(port) as is_ours:
            if is_ours:
                yield port
                return
        passed.append(port)


@contextmanager
def _claim(port: int) -> Iterator[bool]:
    """Whether the port is claimed by this process from now on; the system ends a claim with the process that has it."""
    place = Path(tempfile.gettempdir(), f"laeringsbot-port-{port}")
    try:
        file = os.open(place, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    except OSError:
        # Of somebody else's on this machine.
        yield False
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever had it last may have removed it since it was opened, so that the next one would make another.
        is_ours = place.exists() and os.path.samestat(place.stat(), os.fstat(file))
    except OSError:
        is_ours = False
    try:
        yield is_ours
    finally:
        if is_ours:
            place.unlink(missing_ok=True)
        os.close(file)


def _is_free(port: int) -> bool:
    for host in ("127.0.0.1", ""):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                return False
    return True
