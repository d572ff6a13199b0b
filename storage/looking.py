"""What takes long to find is looked for beside everybody who writes, before the unit of work that needs it.

On SQLite one thread writes, and nobody else does as long as its unit of work lasts; readers hold nobody up. So a unit
of work that is to write ends where it needs such a search, the search is done in a transaction that reads, and the unit
of work begins anew with what was found.
"""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storage.unit_of_work import UnitOfWork

    Search = Callable[["UnitOfWork"], Any]


@dataclass(eq=False)
class LooksFirst(Exception):  # noqa: N818
    """Nothing of the unit of work is kept: it is to be run again with what the search finds, under its key."""

    key: Hashable
    search: "Search" = field(repr=False)

    def __str__(self) -> str:
        return "it needs something that is looked for first"


class Searches:
    """One search after the other, since a database has few threads that read; the same one at once is done once."""

    def __init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()
        self._under_way: dict[Hashable, asyncio.Task[Any]] = {}

    async def found(self, wanted: LooksFirst, read: Callable[["Search"], Any]) -> Any:
        """What it finds; it goes on for the others who wait for it when one of them does not any more."""
        task = self._under_way.get(wanted.key)
        if task is None:
            task = asyncio.create_task(self._look(wanted, read))
            self._under_way[wanted.key] = task
            task.add_done_callback(lambda _done: self._under_way.pop(wanted.key, None))
        return await asyncio.shield(task)

    async def _look(self, wanted: LooksFirst, read: Callable[["Search"], Any]) -> Any:
        async with self._one_at_a_time:
            return await read(wanted.search)
