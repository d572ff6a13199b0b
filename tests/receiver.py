"""A journal of our own at an address of this machine, and a program that hands over to a folder and dies in the middle.

python -m tests.receiver DATABASE_URL FOLDER STEP
"""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import web

import bot.journal
from bot.journal import Folder
from domain.municipality import Filing
from scheduler.journaling import Journaling, Package
from storage.database import Database
from tests.town import MUNICIPALITY, NOW

SECRET = "en hemmelighed på mindst 16 tegn"
FILING = Filing(case="Tilsyn {institution} {year}", confidentiality="Fortroligt")
JOURNALS = replace(MUNICIPALITY, journal=FILING)


@dataclass
class Received:
    """One post, as it came; `is_signed` says whether its signature is right."""

    key: str
    is_signed: bool
    metadata: dict[str, Any]
    content: bytes = field(repr=False)


@dataclass
class Receiver:
    """Keeps what is posted, and answers as it is told; `hold` is how long it takes its time.

    What it answers comes in `pieces` of so many bytes, where that is said.
    """

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    answer: Any = None
    hold: float = 0.0
    pieces: int | None = None
    received: list[Received] = field(default_factory=list)
    url: str = ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Receiver"]:
        app = web.Application(client_max_size=20 * 1024**2)
        app.router.add_post("/journal", self._take)
        app.router.add_post("/elsewhere", self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.url = f"http://127.0.0.1:{port}/journal"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        at = request.headers["X-Laeringsbot-Timestamp"]
        right = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        told = json.loads(body)
        self.received.append(
            Received(
                key=request.headers["Idempotency-Key"],
                is_signed=request.headers["X-Laeringsbot-Signature"] == f"sha256={right}",
                metadata=told["metadata"],
                content=base64.b64decode(told["content"]),
            )
        )
        if self.hold:
            await asyncio.sleep(self.hold)
        body = b"" if self.answer is None else json.dumps(self.answer).encode()
        if self.pieces is None:
            return web.Response(status=self.status, headers=self.headers, body=body)
        answer = web.StreamResponse(status=self.status, headers=self.headers)
        await answer.prepare(request)
        for start in range(0, len(body), self.pieces):
            await answer.write(body[start : start + self.pieces])
            await asyncio.sleep(0.02)
        return answer


class Dying(Folder):
    """A folder at which the process dies once the record is there, and before anybody has written that down."""

    async def hand_over(self, package: Package) -> str:
        await super().hand_over(package)
        os._exit(9)


def die_half_written(file: Path, content: bytes, _write: Callable[[Path, bytes], None] = bot.journal._write) -> None:
    _write(file, content if file.suffix == ".pdf" else content[:20])
    if file.suffix == ".json":
        os._exit(9)


async def main(database_url: str, folder: str, step: str) -> None:
    if step == "half written":
        bot.journal._write = die_half_written
    database = Database(database_url)
    await database.start()
    place = Dying(Path(folder)) if step == "handed over" else Folder(Path(folder))
    await Journaling(database, [place], JOURNALS, lambda: NOW).once()
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
