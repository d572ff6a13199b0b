"""A bare echo over botbuilder's own CloudAdapter, which checks the channel's token."""

import sys
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import AdaptiveCardInvokeResponse

from tests.peers.echoed import APP, ISSUER, SECRET, echoed


class Echo(ActivityHandler):  # type: ignore[misc]
    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        # By `on_adaptive_card_invoke` the answer would be a dict, which CloudAdapter fails to send.
        answer = echoed(turn_context.activity.value)
        body = AdaptiveCardInvokeResponse(status_code=200, type=answer["type"], value=answer["value"])
        return InvokeResponse(status=200, body=body)


def main(port: int, channel: str) -> None:
    settings = SimpleNamespace(
        APP_ID=APP,
        APP_PASSWORD=SECRET,
        APP_TYPE="MultiTenant",
        VALIDATE_AUTHORITY=True,
        TO_CHANNEL_FROM_BOT_LOGIN_URL="https://login.microsoftonline.com/botframework.com",
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE="https://api.botframework.com",
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=ISSUER,
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=f"{channel}/openid",
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL=f"{channel}/openid",
        OAUTH_URL="https://token.botframework.com",
        CALLER_ID="urn:botframework:azure",
    )
    adapter, echo = CloudAdapter(ConfigurationBotFrameworkAuthentication(settings)), Echo()

    async def messages(request: web.Request) -> Any:
        return await adapter.process(request, echo)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=lambda *_: print("ready", flush=True))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
