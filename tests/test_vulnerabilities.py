"""Known vulnerabilities: what is found fails, what could not be asked is said, and nothing is accepted for ever."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests import vulnerabilities
from tests.vulnerabilities import (
    ACCEPTED,
    ROOT,
    Accepted,
    Package,
    Unreachable,
    accepted_of,
    judged,
    known,
    packages_of,
)

TODAY = date(2026, 5, 12)
HOLE = {
    "id": "GHSA-1111-2222-3333",
    "aliases": ["CVE-2026-1"],
    "summary": "Somebody gets in",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Lock"},
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.1"}]},
                {"type": "GIT", "events": [{"fixed": "abc"}]},
            ],
        },
        {"package": {"ecosystem": "npm", "name": "other"}, "ranges": []},
    ],
}
GONE = {"id": "PYSEC-2026-9", "withdrawn": "2026-01-01T00:00:00Z"}
LOCK, DOOR = Package("lock", "2.0"), Package("door", "1.0")


class Osv:
    """As much of osv.dev as the audit asks, two pages for who has two advisories."""

    def __init__(self, **known: list[dict[str, Any]]) -> None:
        self.known = known
        self.queries = 0
        self.answer: web.Response | None = None

    async def batch(self, request: web.Request) -> web.Response:
        if self.answer:
            return self.answer
        results = []
        for query in (await request.json())["queries"]:
            self.queries += 1
            at = int(query.get("page_token", 0))
            found = self.known.get(query["package"]["name"], [])
            more = {"next_page_token": str(at + 1)} if at + 1 < len(found) else {}
            results.append({"vulns": [{"id": each["id"]} for each in found[at : at + 1]], **more} if found else {})
        return web.json_response({"results": results})

    async def one(self, request: web.Request) -> web.Response:
        named = {each["id"]: each for some in self.known.values() for each in some}
        return web.json_response(named[request.match_info["id"]])

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.add_routes([web.post("/v1/querybatch", self.batch), web.get("/v1/vulns/{id}", self.one)])
        async with TestServer(app, host="127.0.0.1") as server:
            yield str(server.make_url("")).rstrip("/")


def test_the_lock_files_are_read_in_full() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        pinned = [line for line in text.splitlines() if "==" in line and not line.startswith(("#", " "))]
        # A package may stand twice, with a version for each Python.
        assert len(packages_of([text])) == len({re.split(r"[ ;\\]", line)[0] for line in pinned}) > 20
    two = "Lock[all]==2.0 ; python_version < '3.12' \\\n    --hash=sha256:a\ndoor==1.0 \\\n    --hash=sha256:b\n"
    assert packages_of([two, two]) == [DOOR, LOCK]


async def test_what_is_known_is_found_on_every_page_and_what_was_withdrawn_is_not() -> None:
    osv = Osv(lock=[GONE, HOLE])
    async with osv.serving() as url:
        found = await asyncio.to_thread(known, [DOOR, LOCK], url)
    assert osv.queries == 3
    assert [each.names for each in found] == [{"GHSA-1111-2222-3333", "CVE-2026-1"}]
    assert judged(found, [], TODAY) == [
        "lock 2.0: GHSA-1111-2222-3333: Somebody gets in; mended in 2.1 (https://osv.dev/GHSA-1111-2222-3333)"
    ]


async def test_an_accepted_one_holds_by_any_of_its_names_until_its_last_day() -> None:
    async with Osv(lock=[HOLE]).serving() as url:
        found = await asyncio.to_thread(known, [LOCK], url)
    for name in ("CVE-2026-1", "GHSA-1111-2222-3333"):
        accepted = [Accepted(name, "never called", TODAY)]
        assert judged(found, accepted, TODAY) == []
        (line,) = judged(found, accepted, date(2026, 5, 13))
        assert line.endswith("(accepted until 2026-05-12)")
    assert judged(found, [Accepted("CVE-2026-2", "another", TODAY)], TODAY)


@pytest.mark.parametrize(
    "text",
    [
        '[[accepted]]\nid = "CVE-1"\nreason = "  "\nuntil = 2026-01-01',
        '[[accepted]]\nid = "CVE-1"\nuntil = 2026-01-01',
        '[[accepted]]\nid = "CVE-1"\nreason = "x"',
        '[[accepted]]\nid = "CVE-1"\nreason = "x"\nuntil = "for ever"',
    ],
)
def test_nothing_is_accepted_without_a_reason_and_a_last_day(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        accepted_of(text)


def test_the_exceptions_of_this_repository_can_be_read() -> None:
    assert accepted_of(ACCEPTED.read_text("utf-8")) is not None


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"text": "<html>"},
        {"text": "[]"},
        {"text": '{"results": []}'},
        {"text": '{"results": [{"vulns": [{}]}]}'},
    ],
    ids=repr,
)
async def test_an_answer_that_is_none_is_no_audit(answer: dict[str, Any]) -> None:
    osv = Osv()
    osv.answer = web.Response(**answer)
    async with osv.serving() as url:
        with pytest.raises(Unreachable):
            await asyncio.to_thread(known, [LOCK], url)


async def test_the_program_says_which_of_the_three_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    assert vulnerabilities.main("http://127.0.0.1:9") == 0
    assert "NOT AUDITED" in capsys.readouterr().out
    osv = Osv()
    async with osv.serving() as url:
        assert await asyncio.to_thread(vulnerabilities.main, url) == 0
        assert "none in" in capsys.readouterr().out
        assert osv.queries > 50
        osv.known = {"aiohttp": [{**HOLE, "affected": []}]}
        assert await asyncio.to_thread(vulnerabilities.main, url) == 1
        assert "aiohttp" in capsys.readouterr().out
