"""The bot's addresses: messages from Teams, files to download, and what those who run it look at.

Whatever a turn does, the channel gets an answer it can use: a fault of ours is 200 with an error for an
invoke, so that the person's card stays as it is, and 200 without a body for anything else, which the channel
would send again.
"""

import logging
import secrets
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import orjson
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from botbuilder.core import InvokeResponse
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.adapter import Adapter, Handler
from bot.bearer import LARGEST_HEADER
from bot.files import Files, Found
from bot.guard import LARGEST_BODY, UNPROVEN, Admitted, Guard, Refused
from bot.metrics import may_read

log = logging.getLogger(__name__)
http_log = logging.getLogger(f"{__name__}.http")

ERROR: Final = "application/vnd.microsoft.error"
# Fixed sets, so that no stranger can make a metric grow.
KINDS: Final = frozenset({"message", "invoke", "installationUpdate", "conversationUpdate"})
SLOWEST: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Health = Callable[[], Awaitable[Sequence[str]]]

JSON: Final = {"Content-Type": "application/json; charset=utf-8"}
CHALLENGE: Final = {"WWW-Authenticate": "Bearer"}
ALLOWED: Final = {"Allow": "POST"}
# A link is a key for a quarter of an hour: nothing on the way may keep or pass on it, or what it leads to.
PRIVATE: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


async def _nothing() -> Sequence[str]:
    return []


class Counts:
    """What is counted at the door: admitted and refused requests, and turns by kind, outcome and time."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.admitted = Counter("laeringsbot_admitted", "Requests let in", registry=registry)
        self.refused = Counter("laeringsbot_refused", "Requests turned away", ["status", "reason"], registry=registry)
        self.turns = Counter("laeringsbot_turns", "Turns by kind and outcome", ["kind", "outcome"], registry=registry)
        self.seconds = Histogram(
            "laeringsbot_turn_seconds", "Time of a turn", ["kind"], registry=registry, buckets=SLOWEST
        )
        # To find a counter by its labels costs more than to count, and there are a dozen.
        self._turns, self._seconds = cache(self.turns.labels), cache(self.seconds.labels)
        for kind in (*KINDS, "other"):
            self._seconds(kind)
        for reason in UNPROVEN:
            self.refused.labels("401", reason.value)

    def turn(self, kind: str, outcome: str, seconds: float) -> None:
        self._seconds(kind).observe(seconds)
        self._turns(kind, outcome).inc()


def make_app(
    *,
    guard: Guard,
    adapter: Adapter,
    handler: Handler,
    files: Files,
    health: Health,
    warnings: Health = _nothing,
    closed: Health = _nothing,
    registry: CollectorRegistry | None = None,
    refresh: Callable[[], Awaitable[object]] = _nothing,
    metrics_token: str = "",
) -> web.Application:
    """The web application, to be served by `runner_of`.

    `handler` is given each admitted turn, `files` follows links. `health` says what keeps the bot from working, a
    sentence each, nothing when all is well, `warnings` what somebody should look at, and `closed` why a proxy should
    have somebody else answer. Further counters can be registered in `registry`, which `/metrics` shows after a
    `refresh`, to whoever has `metrics_token`.
    """
    counts = Counts(registry or CollectorRegistry())

    async def messages(request: web.Request) -> web.Response:
        admitted = await guard.admit(request)
        if isinstance(admitted, Refused):
            return _refusal(admitted, counts)
        counts.admitted.inc()
        return await _turn(admitted, adapter, handler, counts)

    async def download(request: web.Request) -> web.Response:
        try:
            found = await files.get(request.match_info["token"])
        except Exception as fault:
            return web.Response(status=503, text=f"Læringsbot: {_logged('files', fault)}", headers=PRIVATE)
        if isinstance(found, Found):
            return _download(found)
        return web.Response(status=404, text=found.sentence, headers=PRIVATE)

    async def ready(_: web.Request) -> web.Response:
        told = []
        try:
            problems = list(await health())
            told = list(await warnings())
        except Exception as fault:
            problems = [f"the check itself failed under {_logged('readyz', fault)}"]
        return _json({"ready": not problems, "problems": problems, "warnings": told}, 503 if problems else 200)

    async def is_open(_: web.Request) -> web.Response:
        try:
            reasons = list(await closed())
        except Exception as fault:
            reasons = [f"the check itself failed under {_logged('openz', fault)}"]
        return _json({"open": not reasons, "reasons": reasons}, 503 if reasons else 200)

    async def alive(_: web.Request) -> web.Response:
        return _json({"alive": True})

    async def metrics(request: web.Request) -> web.Response:
        if not may_read(request, metrics_token):
            return web.Response(status=401 if metrics_token else 403, headers=CHALLENGE if metrics_token else None)
        await refresh()
        return web.Response(body=generate_latest(counts.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post("/api/messages", messages)
    app.router.add_get("/files/{token}", download, allow_head=False)
    app.router.add_get("/healthz", alive)
    app.router.add_get("/readyz", ready)
    app.router.add_get("/openz", is_open)
    app.router.add_get("/metrics", metrics)
    return app


def runner_of(app: web.Application, *, shutdown_timeout: float = 10.0) -> web.AppRunner:
    """What serves the application: finishes what is under way when it is cleaned up, and logs no content."""
    http_log.addFilter(_tells_no_content)
    return web.AppRunner(
        app,
        access_log=None,
        logger=http_log,
        max_field_size=2 * LARGEST_HEADER,
        shutdown_timeout=shutdown_timeout,
    )


async def _turn(admitted: Admitted, adapter: Adapter, handler: Handler, counts: Counts) -> web.Response:
    kind = admitted.raw["type"] if admitted.raw["type"] in KINDS else "other"
    began = time.perf_counter()
    try:
        response = _answer(await adapter.process(admitted, handler))
        outcome = "answered"
    except Exception as fault:
        response = _fault_answer(kind, _logged(kind, fault))
        outcome = "fault"
    counts.turn(kind, outcome, time.perf_counter() - began)
    return response


def _answer(response: InvokeResponse | None) -> web.Response:
    """An invoke's own answer; it is made here so that a body that is no JSON counts as the turn's fault."""
    if response is None:
        return web.Response(status=200)
    if response.status == 501 and response.body is None:
        return _json(_error(501, "", "NotImplemented"))
    return web.Response(status=200) if response.body is None else _json(response.body, int(response.status))


def _fault_answer(kind: str, reference: str) -> web.Response:
    if kind != "invoke":
        return web.Response(status=200)
    return _json(_error(500, reference, f"Læringsbot: {reference}"))


def _download(found: Found) -> web.Response:
    name = quote(found.name)
    headers = {
        **PRIVATE,
        "Content-Type": found.media_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
    }
    return web.Response(body=found.body, headers=headers)


def _refusal(refused: Refused, counts: Counts) -> web.Response:
    counts.refused.labels(str(refused.status), refused.reason.value).inc()
    # No louder than this, or strangers could fill the log; the counter shows how many there are.
    log.debug("refused with %d: %s %s", refused.status, refused.reason.value, refused.detail)
    headers = {401: CHALLENGE, 405: ALLOWED}.get(refused.status)
    return _json({"error": {"code": refused.reason.value}}, refused.status, headers)


def _error(status: int, code: str, message: str) -> dict[str, Any]:
    return {"statusCode": status, "type": ERROR, "value": {"code": code, "message": message}}


def _json(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, headers={**JSON, **(headers or {})})


def _logged(what: str, fault: BaseException) -> str:
    """Logs a fault under a short reference: its kind and place only, as the message may quote a person."""
    reference = secrets.token_hex(3).upper()
    log.error("fault %s in %s: %s", reference, what, _kind_and_place(fault))
    return reference


def _kind_and_place(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-6:])
    return f"{type(fault).__name__} at {places}"


def _tells_no_content(record: logging.LogRecord) -> bool:
    """aiohttp logs what it could not parse, tokens too, with a traceback; anybody can make it do that."""
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None:
        record.exc_info, record.exc_text = None, None
        record.msg, record.args = "a connection failed: %s", (_kind_and_place(fault),)
    return not isinstance(fault, HttpProcessingError)
