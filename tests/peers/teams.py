"""A bare echo over the Teams SDK, with its own server and its own check of the channel's token."""

import asyncio
import dataclasses
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from microsoft_teams.api import AdaptiveCardInvokeActivity
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps import ActivityContext, App, FastAPIAdapter

from tests.peers.echoed import APP, SECRET, TENANT, echoed


def serving_on(port: int) -> Any:
    # As it does by itself, but with no line of log for each request.
    return lambda app: uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))


async def main(port: int, channel: str) -> None:
    keys = dataclasses.replace(PUBLIC, openid_metadata_url=f"{channel}/openidconfiguration")
    adapter = FastAPIAdapter(FastAPI(), serving_on(port))
    app = App(client_id=APP, client_secret=SECRET, tenant_id=TENANT, cloud=keys, http_server_adapter=adapter)

    @app.on_card_action_execute
    async def echo(context: ActivityContext[AdaptiveCardInvokeActivity]) -> Any:
        return echoed(context.activity.value.model_dump(by_alias=True))

    print("ready", flush=True)
    await app.start(port)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
