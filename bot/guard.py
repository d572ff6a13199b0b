"""The front door: who may bring an activity in, asked in the order of what it costs to ask.

Every request comes out as `Admitted` or as `Refused`, whatever it holds; nothing is raised and nothing is
answered with 500. In earnest the channel's token is what counts: signed by a key endorsed for Teams, for this
bot, for this service URL. In local mode there is no token, so that only this machine's own programs get in.
"""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

import jwt
from aiohttp import web

from bot.bearer import CLOCK_TOLERANCE, Bearer, token_in
from bot.keys import SigningKeys
from bot.service_url import is_allowed
from bot.shape import Raw, Unreadable, activity_of, is_guid, misshapen
from bot.values import is_loopback

log = logging.getLogger(__name__)

ISSUER: Final = "https://api.botframework.com"
CHANNEL: Final = "msteams"
LARGEST_BODY: Final = 256 * 1024
BODY_TIMEOUT: Final = 10.0
MOST_VERIFIED: Final = 512

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class Reason(StrEnum):
    """Why a request was refused: a fixed set, fit for a metric's label."""

    METHOD = "method"
    CONTENT_TYPE = "content_type"
    NO_TOKEN = "no_token"  # noqa: S105
    TOKEN = "token"  # noqa: S105
    KEY = "key"
    SIGNATURE = "signature"
    ENDORSEMENT = "endorsement"
    SERVICE_URL_CLAIM = "service_url_claim"
    TOO_LARGE = "too_large"
    BODY = "body"
    SHAPE = "shape"
    SERVICE_URL = "service_url"
    TENANT = "tenant"
    IDENTITY = "identity"
    NOT_LOCAL = "not_local"


# Why somebody is answered with 401: it is not shown that the channel sent it.
UNPROVEN: Final = (
    Reason.NO_TOKEN,
    Reason.TOKEN,
    Reason.KEY,
    Reason.SIGNATURE,
    Reason.ENDORSEMENT,
    Reason.SERVICE_URL_CLAIM,
)


@dataclass(frozen=True)
class Admitted:
    """An activity as it was sent, whose fields have the shape of `bot.shape` and whose sender is verified.

    `raw` is the body, `claims` what the channel's token says, empty in local mode.
    """

    raw: Raw = field(repr=False)
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def identity(self) -> str:
        """The sender's Entra object id, in lower case."""
        return str(self.raw["from"]["aadObjectId"]).lower()


@dataclass(frozen=True)
class Refused:
    """The status to answer with, and why; `detail` is the name of a field, for the log."""

    status: int
    reason: Reason
    detail: str = ""


class _Stop(Exception):
    def __init__(self, status: int, reason: Reason, detail: str = "") -> None:
        self.refused = Refused(status, reason, detail)


class Guard:
    """The front door of one bot.

        guard = Guard(app_id=…, tenant_id=…, service_hosts=settings.allowed_service_hosts, keys=keys)
        match await guard.admit(request):
            case Admitted(raw): …
            case Refused(status, reason): …

    `service_hosts` are exact names. A loopback host among them, which no municipality has, may be spoken to
    with http: that is how tests run a whole bot against a channel of their own. `keys` None is local mode.
    """

    def __init__(
        self,
        *,
        app_id: str,
        tenant_id: str,
        service_hosts: Collection[str],
        keys: SigningKeys | None,
    ) -> None:
        if keys and not (app_id and tenant_id):
            # An empty app id is how the SDK is switched off; here it cannot be built.
            raise ValueError("a guard that checks tokens needs the bot's app id and its tenant")
        self._app_id, self._tenant_id = app_id.lower(), tenant_id.lower()
        self._service_hosts = frozenset(host.lower() for host in service_hosts)
        self._keys = keys
        self._verified: OrderedDict[str, Bearer] = OrderedDict()

    @classmethod
    def local(cls, tenant_id: str = "") -> "Guard":
        """For development: this machine's own programs and loopback service URLs only, and no tokens."""
        return cls(app_id="", tenant_id=tenant_id, service_hosts=(), keys=None)

    async def admit(self, request: web.Request) -> Admitted | Refused:
        try:
            return await self._admit(request)
        except _Stop as stop:
            return stop.refused
        except Exception as fault:
            # Nobody has thought of this one: it is the sender's fault until shown otherwise, and never a 500.
            log.warning("a request could not be judged: %s", type(fault).__name__)
            return Refused(400, Reason.BODY)

    async def _admit(self, request: web.Request) -> Admitted:
        _check_envelope(request)
        if self._keys is None:
            _check_is_local(request)
            raw = _activity(await _body(request))
            self._check_service_url(raw["serviceUrl"])
            self._check_sender(raw)
            return Admitted(raw)
        token = self._token(request)
        raw = _activity(await _body(request))
        self._check_service_url(raw["serviceUrl"])
        await self._check_signature(token, self._keys)
        if token.claims.get("serviceurl") != raw["serviceUrl"]:
            raise _Stop(401, Reason.SERVICE_URL_CLAIM)
        self._check_sender(raw)
        return Admitted(raw, token.claims)

    def _token(self, request: web.Request) -> Bearer:
        """The request's token with all checked that needs no key: the body of a stranger is not even read."""
        text = token_in(request.headers.getall("Authorization", []))
        if text is None:
            raise _Stop(401, Reason.NO_TOKEN)
        token = self._verified.get(text)
        if token is None:
            try:
                token = Bearer.read(text)
            except ValueError:
                raise _Stop(401, Reason.TOKEN) from None
            if not token.names_a_key():
                raise _Stop(401, Reason.TOKEN, "header")
        for name, is_right in (
            ("iss", token.claims.get("iss") == ISSUER),
            ("aud", token.claims.get("aud") == self._app_id),
            ("exp", token.is_in_time()),
        ):
            if not is_right:
                raise _Stop(401, Reason.TOKEN, name)
        return token

    async def _check_signature(self, token: Bearer, keys: SigningKeys) -> None:
        # The channel sends one token with many requests, and verifying it anew costs more than all the rest
        # of the door. What is remembered is bound to the key it was verified with: when the keys are fetched
        # again, no remembered token counts any more. Expiry is checked every time.
        if token.key and keys.has(token.key):
            self._verified.move_to_end(token.text)
            return
        key = await keys.find(token.kid)
        if key is None:
            raise _Stop(401, Reason.KEY)
        if CHANNEL not in key.endorsements:
            raise _Stop(401, Reason.ENDORSEMENT)
        try:
            claims = jwt.decode(
                token.text,
                key.public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=CLOCK_TOLERANCE,
                options={"require": ["exp", "iss", "aud"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            raise _Stop(401, Reason.SIGNATURE) from None
        self._verified[token.text] = replace(token, claims=claims, key=key)
        if len(self._verified) > MOST_VERIFIED:
            self._verified.popitem(last=False)

    def _check_service_url(self, url: str) -> None:
        if not is_allowed(url, self._service_hosts, local=self._keys is None):
            raise _Stop(403, Reason.SERVICE_URL)

    def _check_sender(self, raw: Raw) -> None:
        """Our own tenant and a person of it. In some events the conversation names no tenant."""
        channel_data = raw.get("channelData") or {}
        named = [(channel_data.get("tenant") or {}).get("id"), raw["conversation"].get("tenantId")]
        if self._keys is None:
            named = [tenant for tenant in named if tenant] if self._tenant_id else []
        elif named[1] is None:
            named = named[:1]
        if any(not isinstance(tenant, str) or tenant.lower() != self._tenant_id for tenant in named):
            raise _Stop(403, Reason.TENANT)
        if not is_guid(raw["from"].get("aadObjectId")):
            raise _Stop(403, Reason.IDENTITY)


def _check_envelope(request: web.Request) -> None:
    if request.method != "POST":
        raise _Stop(405, Reason.METHOD)
    types = request.headers.getall("Content-Type", [])
    is_json = len(types) == 1 and request.content_type == "application/json"
    try:
        charset = (request.charset or "utf-8").lower()
    except ValueError:
        charset = ""
    # Compressed bodies are unpacked before they can be measured, and the channel sends none.
    is_plain = request.headers.get("Content-Encoding", "identity").lower() == "identity"
    if not is_json or charset not in ("utf-8", "utf8") or not is_plain:
        raise _Stop(415, Reason.CONTENT_TYPE)


def _check_is_local(request: web.Request) -> None:
    """A program of this machine that speaks to us by a loopback name, and no proxy on somebody else's behalf.

    The name keeps web pages out that have their own name point here.
    """
    peer = request.transport.get_extra_info("peername") if request.transport else None
    host = re.sub(r":\d+$", "", request.headers.get("Host", ""))
    is_forwarded = any(name in request.headers for name in FORWARDED)
    if not (peer and is_loopback(str(peer[0])) and is_loopback(host)) or is_forwarded:
        raise _Stop(403, Reason.NOT_LOCAL)


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > LARGEST_BODY:
        raise _Stop(413, Reason.TOO_LARGE)
    content = request.content
    if content.is_eof() and content.exception() is None:
        # Nearly always it has come with the head, and there is nothing to wait for.
        whole = content.read_nowait()
        if len(whole) > LARGEST_BODY:
            raise _Stop(413, Reason.TOO_LARGE)
        return whole
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT):
            async for chunk in content.iter_any():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise _Stop(413, Reason.TOO_LARGE)
    except (TimeoutError, OSError, web.RequestPayloadError):
        raise _Stop(400, Reason.BODY, "unfinished") from None
    return bytes(body)


def _activity(body: bytes) -> Raw:
    try:
        raw = activity_of(body)
    except Unreadable as why:
        raise _Stop(400, Reason.BODY, why.code) from None
    if wrong := misshapen(raw):
        raise _Stop(400, Reason.SHAPE, wrong)
    return raw
