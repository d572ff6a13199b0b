"""Microsoft Graph: who people are in the directory, the app installed for them, and their chats.

Every call may be repeated without harm. Which permissions it takes is told in the README; none of them reads mail,
files, calendars or anybody's other chats.
"""

import asyncio
import json
import logging
import random
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import aiohttp

from bot.messenger import TeamsMessenger, retry_after_of
from bot.tokens import GRAPH, NoToken, TokenSource
from domain.message import Address
from domain.reach import Found
from scheduler.directory import NOT_INSTALLED, Busy, Missing, Refused
from scheduler.messenger import NotSent, Uncertain, Unreachable

log = logging.getLogger(__name__)

GRAPH_URL: Final = "https://graph.microsoft.com/v1.0"
# Where a chat of a tenant is when nobody of it has written yet.
SERVICE_URL: Final = "https://smba.trafficmanager.net/teams/"
WITHIN: Final = 20.0
ATTEMPTS: Final = 3
MOST_BYTES: Final = 4 * 1024 * 1024
MOST_PAGES: Final = 1_000
FIELDS: Final = "id,mail,userPrincipalName,userType,accountEnabled"
CONNECTIONS: Final = 4

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")


@dataclass(frozen=True)
class _Answer:
    status: int
    body: Mapping[str, Any]
    retry_after: float | None
    asked_with: Mapping[str, str] = field(repr=False)

    @property
    def code(self) -> str:
        """Graph's own code for what is wrong, or the bare status."""
        error = self.body.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        return code if isinstance(code, str) and _CODE.fullmatch(code) else str(self.status)


class Graph:
    """`scheduler.directory.Directory` over Graph.

    `directory` is empty, `email`, or the id of a group; `teams_app_id` is the app's id in the Teams admin centre, empty
    where nothing is to be installed.
    """

    def __init__(
        self,
        tokens: TokenSource,
        messenger: TeamsMessenger,
        *,
        app_id: str,
        tenant_id: str,
        directory: str = "",
        teams_app_id: str = "",
        url: str = GRAPH_URL,
    ) -> None:
        self.looks_up = bool(directory)
        self.is_group = directory not in ("", "email")
        self.installs = bool(teams_app_id)
        self._tokens, self._messenger = tokens, messenger
        self._app_id, self._tenant_id, self._teams_app_id = app_id, tenant_id, teams_app_id
        self._group = directory
        self._url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def accounts(self, identities: Sequence[str], emails: Sequence[str]) -> Sequence[Found]:
        wanted = [f"id in ({_quoted(identities)})"] if identities else []
        if emails:
            wanted += [f"mail in ({_quoted(emails)})", f"userPrincipalName in ({_quoted(emails)})"]
        found: list[Found] = []
        # One condition a call: Graph takes fifteen values in one, and few combinations of several.
        for each in wanted:
            async for page in self._pages(f"/users?{urlencode({'$filter': each, '$select': FIELDS, '$top': '100'})}"):
                found += page
        return list({each.identity: each for each in found}.values())

    async def members(self) -> AsyncIterator[Sequence[Found]]:
        query = urlencode({"$select": FIELDS, "$top": "100", "$count": "true"})
        async for page in self._pages(f"/groups/{quote(self._group)}/transitiveMembers/microsoft.graph.user?{query}"):
            yield page

    async def install(self, identity: str) -> bool:
        body = {"teamsApp@odata.bind": f"{GRAPH_URL}/appCatalogs/teamsApps/{self._teams_app_id}"}
        answer = await self._call("POST", self._url + f"/users/{quote(identity)}/teamwork/installedApps", body)
        if answer.status == 409:
            return False
        _settled(answer)
        return True

    async def chat_with(self, identity: str, service_url: str) -> Address:
        """The chat of the installed app, read from Graph, and its member as the channel has them.

        The channel's word that nobody but this person is in it is what lets content go there.
        """
        query = urlencode({"$expand": "teamsApp", "$filter": f"teamsApp/id eq '{self._teams_app_id}'"})
        base = f"/users/{quote(identity)}/teamwork/installedApps"
        installed = _settled(await self._call("GET", self._url + f"{base}?{query}")).get("value")
        installation = next((str(each["id"]) for each in _dicts(installed) if each.get("id")), "")
        if not installation:
            raise Missing(NOT_INSTALLED)
        answer = await self._call("GET", self._url + f"{base}/{quote(installation, safe='')}/chat")
        if answer.status == 404:
            raise Busy("NoChatYet")
        chat_id = _settled(answer).get("id")
        if not isinstance(chat_id, str) or not chat_id:
            raise Busy("NoChatYet")
        return await self._checked(identity, chat_id, service_url or SERVICE_URL)

    async def _checked(self, identity: str, chat_id: str, service_url: str) -> Address:
        address = Address(
            service_url=service_url,
            conversation_id=chat_id,
            user_id="",
            bot_id=f"28:{self._app_id}",
            tenant_id=self._tenant_id,
        )
        try:
            members = await self._messenger.members(address)
        except NotSent as why:
            raise Busy(why.reason, why.retry_after) from None
        except Uncertain as why:
            raise Busy(why.reason) from None
        except Unreachable as why:
            raise Refused(why.reason) from None
        people = {str(each.get("aadObjectId") or each.get("objectId") or "").lower(): each for each in members}
        if set(people) != {identity.lower()}:
            raise Refused("NotTheirChat")
        return Address(**{**vars(address), "user_id": str(people[identity.lower()].get("id", ""))})

    async def _pages(self, path: str) -> AsyncIterator[list[Found]]:
        url = self._url + path
        for _ in range(MOST_PAGES):
            body = _settled(await self._call("GET", url))
            yield [account for each in _dicts(body.get("value")) if (account := _found(each))]
            following = body.get("@odata.nextLink")
            if not following:
                return
            url = self._same_origin(following)
        raise Refused("TooManyPages")

    def _same_origin(self, link: object) -> str:
        """The address of the next page; a link that leads elsewhere would be given the token."""
        ours, theirs = urlsplit(self._url), urlsplit(str(link))
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc):
            raise Refused("NextLinkElsewhere")
        return str(link)

    async def _call(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> _Answer:
        """Graph's answer; `Busy` when it has none now. A fault of the server, or a token it refuses, is tried again."""
        reason = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(_wait(attempt))
            try:
                answer = await self._once(method, url, body)
            except (aiohttp.ClientError, TimeoutError, OSError) as fault:
                reason = type(fault).__name__
                continue
            if answer.status == 429 or (answer.status == 503 and answer.retry_after is not None):
                raise Busy(answer.code, answer.retry_after, is_for_all=True)
            if answer.status == 401:
                self._tokens.forget(GRAPH, answer.asked_with)
            elif answer.status < 500:
                return answer
            reason = answer.code
        raise Busy(reason)

    async def _once(self, method: str, url: str, body: Mapping[str, Any] | None) -> _Answer:
        if self._session is None:
            raise Busy("not started")
        try:
            token = await self._tokens.header(GRAPH)
        except NoToken as why:
            raise Busy(f"token: {why.reason}"[:60]) from None
        # Members of a group, read with a cast, are among what Graph calls advanced queries.
        headers = {**token, "Accept": "application/json", "ConsistencyLevel": "eventual"}
        timeout = aiohttp.ClientTimeout(total=WITHIN)
        async with self._session.request(
            method, url, json=body, headers=headers, allow_redirects=False, timeout=timeout
        ) as response:
            read = await response.content.read(MOST_BYTES) if response.content_length != 0 else b""
            while len(read) < MOST_BYTES and (more := await response.content.read(MOST_BYTES)):
                read += more
            try:
                found = json.loads(read or b"{}")
            except ValueError:
                found = {}
            body = found if isinstance(found, dict) else {}
            return _Answer(response.status, body, retry_after_of(response.headers), token)


def _settled(answer: _Answer) -> Mapping[str, Any]:
    """The body of a good answer; what the status means otherwise."""
    if answer.status in (200, 201, 202, 204):
        return answer.body
    if answer.status == 404:
        raise Missing(answer.code)
    raise Refused(answer.code)


def _found(raw: Mapping[str, Any]) -> Found | None:
    identity = raw.get("id")
    if not isinstance(identity, str) or not identity:
        return None
    names = (raw.get("mail"), raw.get("userPrincipalName"))
    return Found(
        identity=identity.lower(),
        emails=frozenset(each.strip().lower() for each in names if isinstance(each, str) and each),
        is_guest=str(raw.get("userType") or "").lower() == "guest",
        is_enabled=raw.get("accountEnabled") is not False,
    )


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _quoted(values: Sequence[str]) -> str:
    return ",".join("'" + each.replace("'", "''") + "'" for each in values)


def _wait(attempt: int) -> float:
    return float(random.uniform(0.5, 1.0) * 2 ** (attempt - 1))  # noqa: S311
