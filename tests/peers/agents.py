"""A bare echo over the Microsoft 365 Agents SDK, with its own check of the channel's token."""

import sys
from typing import Any

from aiohttp import web
from microsoft_agents.activity import InvokeResponse
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_middleware
from microsoft_agents.hosting.core import ActivityHandler, AgentAuthConfiguration, ConnectionManager, TurnContext
from microsoft_agents.hosting.core.authorization import AnonymousTokenProvider, _entra_issuers

from tests.peers.echoed import APP, ISSUER, SECRET, TENANT, echoed


class Token(AnonymousTokenProvider):  # type: ignore[misc]
    async def get_access_token(self, resource_url: str, scopes: list[str], force_refresh: bool = False) -> str:
        return "a-token"


class Echo(ActivityHandler):  # type: ignore[misc]
    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        return InvokeResponse(status=200, body=echoed(turn_context.activity.value))


def main(port: int, channel: str) -> None:
    # Where the keys are is no setting of theirs.
    _entra_issuers.BOTFRAMEWORK_JWKS_URIS[ISSUER] = f"{channel}/keys"
    who = AgentAuthConfiguration(client_id=APP, client_secret=SECRET, tenant_id=TENANT)
    # It asks for a token of its own in every turn. This one costs nothing, where one of msal's would be looked up.
    connections = ConnectionManager(lambda _: Token(), {"SERVICE_CONNECTION": who})
    adapter, echo = CloudAdapter(connection_manager=connections), Echo()

    async def messages(request: web.Request) -> Any:
        return await adapter.process(request, echo)

    app = web.Application(middlewares=[jwt_authorization_middleware])
    app["agent_configuration"] = connections.get_default_connection_configuration()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=lambda *_: print("ready", flush=True))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
