"""Where records are handed over to: a folder that the journal takes them from, or an address of its own.

In the folder each record is a folder of its own name with a PDF and a JSON file, which is there whole or not at all. To
the address it is posted as JSON, signed, with a key by which what comes twice is known again.
"""

import asyncio
import hashlib
import hmac
import json
import os
import shutil
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import aiohttp

from bot.messenger import retry_after_of
from bot.settings import Settings
from scheduler.journaling import Never, NotNow, Package, Place

WITHIN: Final = 20.0
CONNECT_WITHIN: Final = 5.0
MOST_OF_AN_ANSWER: Final = 64 * 1024
# What is left behind by a process that died is taken away once nobody can be at it any more.
LEFT_BEHIND: Final = 3600.0
# Where trying again may help although nobody mends anything.
PASSING: Final = frozenset({408, 425, 429})


class Folder:
    """A folder that exists already; one that is away is not made, since a share that is not there looks the same."""

    name = "folder"

    def __init__(self, path: Path) -> None:
        self.path = path

    async def hand_over(self, package: Package) -> str:
        return await asyncio.to_thread(self._put, package)

    def _put(self, package: Package) -> str:
        there = self.path / package.name
        files = {f"{package.name}.pdf": package.content, f"{package.name}.json": metadata(package)}
        unfinished = self.path / f".{package.name}.{uuid4().hex}"
        try:
            if not self.path.is_dir():
                raise NotNow("it is not there")
            self._tidy(package.name)
            if there.exists():
                return _known(there, package)
            try:
                unfinished.mkdir(mode=0o770)
                for name, content in files.items():
                    _write(unfinished / name, content)
                _sync(unfinished)
                os.rename(unfinished, there)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
            _sync(self.path)
        except OSError as fault:
            # A folder of that name came to be between the two looks: the next attempt reads what is in it.
            raise NotNow(os.strerror(fault.errno) if fault.errno else type(fault).__name__) from None
        return ""

    def _tidy(self, name: str) -> None:
        for each in self.path.glob(f".{name}.*"):
            with suppress(OSError):
                if time.time() - each.stat().st_mtime > LEFT_BEHIND:
                    shutil.rmtree(each, ignore_errors=True)


class Webhook:
    """An address that answers with 2xx once it has the record; where it tells a reference, that one is shown.

    Redirects are refused: a record must not be led elsewhere.
    """

    name = "webhook"

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret.encode()
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def hand_over(self, package: Package) -> str:
        if self._session is None:
            raise NotNow("not started")
        body = posted(package)
        timeout = aiohttp.ClientTimeout(total=WITHIN, sock_connect=CONNECT_WITHIN)
        try:
            async with self._session.post(
                self._url,
                data=body,
                headers=headers_of(package, body, self._secret, int(time.time())),
                allow_redirects=False,
                timeout=timeout,
            ) as response:
                status, wait = response.status, retry_after_of(response.headers)
                if 200 <= status < 300:
                    return _reference(await _read(response))
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise NotNow(type(fault).__name__) from None
        if status in PASSING or status >= 500:
            raise NotNow(f"answered {status}", wait)
        raise Never(f"{'redirected' if 300 <= status < 400 else 'answered'} {status}")


def metadata(package: Package) -> bytes:
    """The metadata as the JSON file holds it."""
    return json.dumps(package.told, ensure_ascii=False, indent=2).encode() + b"\n"


def posted(package: Package) -> bytes:
    """The body that is posted: the metadata, and the PDF in base64."""
    whole = {"metadata": package.told, "content": b64encode(package.content).decode()}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(package: Package, body: bytes, secret: bytes, at: int) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": str(package.key),
        "X-Laeringsbot-Timestamp": str(at),
        "X-Laeringsbot-Signature": f"sha256={signature(body, secret, at)}",
    }


def signature(body: bytes, secret: bytes, at: int) -> str:
    """HMAC-SHA256 in hexadecimal of the time, a full stop and the body, so that an old request cannot be sent again."""
    return hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()


@asynccontextmanager
async def places_for(settings: Settings) -> AsyncIterator[list[Place]]:
    """The places that are set, none without."""
    places: list[Place] = []
    if settings.journal_folder:
        places.append(Folder(Path(settings.journal_folder)))
    webhook: Webhook | None = None
    if settings.journal_url:
        webhook = Webhook(settings.journal_url, settings.journal_secret.get_secret_value())
        await webhook.start()
        places.append(webhook)
    try:
        yield places
    finally:
        if webhook:
            await webhook.close()


def _known(there: Path, package: Package) -> str:
    """Whether what stands under the name is this very record, as after an attempt that nobody heard of."""
    found = there / f"{package.name}.pdf"
    if found.is_file() and hashlib.sha256(found.read_bytes()).hexdigest() == package.sha256:
        return ""
    raise Never("something else has that name")


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _sync(folder: Path) -> None:
    """What was made in the folder stays so when the power fails, where its file system can promise that."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


async def _read(response: aiohttp.ClientResponse) -> Any:
    """What was answered; one that cannot be read does not change that the record has arrived."""
    body = b""
    try:
        # It comes in as many pieces as the way there makes of it.
        while len(body) < MOST_OF_AN_ANSWER and (piece := await response.content.read(MOST_OF_AN_ANSWER)):
            body += piece
        return json.loads(body or b"{}")
    except (ValueError, aiohttp.ClientError, TimeoutError, OSError):
        return {}


def _reference(answer: Any) -> str:
    found = answer.get("reference") if isinstance(answer, dict) else None
    return found if isinstance(found, str) else ""
