"""As much of Graph as a bot that reaches people needs: who they are, the app installed for them, and their chats.

It pages by `@odata.nextLink`, throttles with `Retry-After`, refuses, breaks, and lets tokens run out, as one wishes.
"""

import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from tests.channel.connector import Fault
from tests.channel.entra import TOKEN

PAGE = 2
_IN = re.compile(r"(id|mail|userPrincipalName) in \((.*)\)")
_APP = re.compile(r"teamsApp/id eq '(.*)'")


@dataclass
class Graph:
    """`users` by Entra object id; `groups` the ids of their members; `installed` are those who have the app.

    `next_faults` are used up one by one by the calls that come, `throttled_until` is a `time.monotonic` before which
    every call is answered 429, and `log` every call with its status. `chats` are the chats of those who have the app;
    `next_link` takes the place of the address of the next page.
    """

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    installed: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    chats: dict[str, str] = field(default_factory=dict)
    next_faults: deque[Fault | None] = field(default_factory=deque)
    log: list[tuple[float, str, str, int]] = field(default_factory=list)
    token: str = TOKEN
    next_link: str = ""
    throttled_until: float = 0.0
    too_early: int = 0

    def routes(self) -> list[web.RouteDef]:
        apps = "/graph/v1.0/users/{user}/teamwork/installedApps"
        return [
            web.get("/graph/v1.0/users", self._users),
            web.get("/graph/v1.0/groups/{group}/transitiveMembers/microsoft.graph.user", self._members),
            web.post(apps, self._install),
            web.get(apps, self._installed),
            web.get(apps + "/{installation}/chat", self._chat),
        ]

    def add(self, identity: str, email: str, *, guest: bool = False, enabled: bool = True, upn: str = "") -> None:
        """An account as Graph tells of it."""
        self.users[identity] = {
            "id": identity,
            "mail": email,
            "userPrincipalName": upn or email,
            "userType": "Guest" if guest else "Member",
            "accountEnabled": enabled,
        }

    def calls(self, method: str = "", path: str = "") -> list[tuple[float, str, str, int]]:
        return [each for each in self.log if method in each[1] and path in each[2]]

    async def _users(self, request: web.Request) -> web.Response:
        asked = _IN.fullmatch(request.query.get("$filter", ""))
        if not asked:
            return self._answer(request, 400, _error("BadRequest"))
        wanted = [each.replace("''", "'").lower() for each in re.findall(r"'((?:[^']|'')*)'", asked[2])]
        if len(wanted) > 15:
            return self._answer(request, 400, _error("Request_UnsupportedQuery"))
        found = [each for each in self.users.values() if str(each.get(asked[1], "")).lower() in wanted]
        return self._page(request, found)

    async def _members(self, request: web.Request) -> web.Response:
        group = request.match_info["group"]
        if group not in self.groups:
            return self._answer(request, 404, _error("Request_ResourceNotFound"))
        if request.headers.get("ConsistencyLevel") != "eventual" or request.query.get("$count") != "true":
            return self._answer(request, 400, _error("Request_UnsupportedQuery"))
        return self._page(request, [self.users[each] for each in self.groups[group]])

    async def _install(self, request: web.Request) -> web.Response:
        user, body = request.match_info["user"], await request.json()
        assert "/appCatalogs/teamsApps/" in body["teamsApp@odata.bind"]
        if fault := self._fault(request):
            return fault
        if user not in self.users:
            return self._answer(request, 404, _error("NotFound"))
        if user in self.blocked:
            return self._answer(request, 403, _error("Forbidden"))
        if user in self.installed:
            return self._answer(request, 409, _error("Conflict"))
        self.installed.add(user)
        return self._answer(request, 201, {})

    async def _installed(self, request: web.Request) -> web.Response:
        user = request.match_info["user"]
        app = _APP.fullmatch(parse_qs(request.query_string)["$filter"][0])
        assert app
        found = [{"id": f"installation=={user}", "teamsApp": {"id": app[1]}}] if user in self.installed else []
        return self._fault(request) or self._answer(request, 200, {"value": found})

    async def _chat(self, request: web.Request) -> web.Response:
        user = request.match_info["user"]
        assert request.match_info["installation"] == f"installation=={user}"
        if fault := self._fault(request):
            return fault
        if user not in self.chats:
            return self._answer(request, 404, _error("NotFound"))
        return self._answer(request, 200, {"id": self.chats[user], "chatType": "oneOnOne"})

    def _page(self, request: web.Request, everything: list[dict[str, Any]]) -> web.Response:
        if fault := self._fault(request):
            return fault
        start = int(request.query.get("$skiptoken") or 0)
        fields = request.query["$select"].split(",")
        body: dict[str, Any] = {
            "value": [{name: each.get(name) for name in fields} for each in everything[start : start + PAGE]]
        }
        if start + PAGE < len(everything):
            following = request.url.update_query({"$skiptoken": str(start + PAGE)})
            body["@odata.nextLink"] = self.next_link or str(following)
        return self._answer(request, 200, body)

    def _fault(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return self._answer(request, 401, _error("InvalidAuthenticationToken"))
        now = time.monotonic()
        if now < self.throttled_until:
            self.too_early += 1
            return self._throttled(request, self.throttled_until - now)
        fault = self.next_faults.popleft() if self.next_faults else None
        if fault is None:
            return None
        if fault.status is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.status == 429 and fault.retry_after:
            self.throttled_until = now + fault.retry_after
            return self._throttled(request, fault.retry_after)
        return self._answer(request, fault.status, _error(fault.code))

    def _throttled(self, request: web.Request, seconds: float) -> web.Response:
        answer = self._answer(request, 429, _error("TooManyRequests"))
        answer.headers["Retry-After"] = f"{seconds:g}"
        return answer

    def _answer(self, request: web.Request, status: int, body: dict[str, Any]) -> web.Response:
        self.log.append((time.monotonic(), request.method, request.path, status))
        return web.json_response(body, status=status)


def _error(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": ""}}
