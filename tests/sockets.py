"""Who is called: every address that this process looks up or connects to, as Python itself tells of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_watching: list[list[str]] = []
# Made for a hook that cannot be taken away again: one for the whole process, which listens while somebody watches.
_hooked: list[bool] = []


@contextmanager
def watched() -> Iterator[list[str]]:
    """The hosts, with the port where there is one, that are asked for meanwhile; in the order of asking."""
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked.append(True)
    seen: list[str] = []
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


def _hear(event: str, told: tuple[Any, ...]) -> None:
    if not _watching or not event.startswith("socket."):
        return
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        called = str(told[0])
    elif event in ("socket.connect", "socket.sendto") and isinstance(told[1], tuple):
        called = f"{told[1][0]}:{told[1][1]}"
    else:
        return
    for seen in _watching:
        seen.append(called)
