"""As much of Graph as a bot that reaches people needs: who they are, and the app installed for them."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.channel.entra import TOKEN


@dataclass
class Graph:
    """`users` by Entra object id; `installed` are those who have the app, `status` what an installation is
    answered with instead of 201."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    installed: set[str] = field(default_factory=set)
    status: int = 201
    asked: int = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/graph/v1.0/users/{user}", self._user),
            web.post("/graph/v1.0/users/{user}/teamwork/installedApps", self._install),
        ]

    async def _user(self, request: web.Request) -> web.Response:
        if refused := self._refused(request):
            return refused
        return web.json_response(self.users[request.match_info["user"]])

    async def _install(self, request: web.Request) -> web.Response:
        if refused := self._refused(request):
            return refused
        user = request.match_info["user"]
        if user in self.installed:
            return _error(409, "Conflict")
        if self.status != 201:
            return _error(self.status, "Forbidden" if self.status == 403 else "ServiceUnavailable")
        self.installed.add(user)
        return web.Response(status=201)

    def _refused(self, request: web.Request) -> web.Response | None:
        self.asked += 1
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _error(401, "InvalidAuthenticationToken")
        return None if request.match_info["user"] in self.users else _error(404, "NotFound")


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": ""}}, status=status)
