"""What one admitted turn costs in CPU, part by part and without HTTP: python -m tests.bench_front_door"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.test_utils import make_mocked_request
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity

from bot.adapter import Adapter, activity_from, answer_invoke
from bot.guard import LARGEST_BODY, Admitted, Guard
from bot.keys import SigningKeys
from bot.settings import TEAMS_SERVICE_HOSTS
from tests.channel.activities import APP, TENANT, press
from tests.channel.openid import OpenId, Signer

CARD = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "x" * 60, "wrap": True}] * 60}


class Ours(TeamsActivityHandler):  # type: ignore[misc]
    async def on_invoke_activity(self, context: TurnContext) -> None:
        answer_invoke(context, CARD)


class TheSdksWay(TeamsActivityHandler):  # type: ignore[misc]
    async def on_invoke_activity(self, context: TurnContext) -> InvokeResponse:
        return InvokeResponse(status=200, body=json.loads(json.dumps(CARD)))


async def main(turns: int = 1000) -> None:
    raw = press()
    body, connection = json.dumps(raw).encode(), BaseProtocol(asyncio.get_running_loop())
    signer, adapter, admitted = Signer(), Adapter(), Admitted(raw, {"aud": APP})
    tokens = [signer.mint(jti=str(number)) for number in range(turns)]

    async def measure(what: str, turn: Callable[[int], Awaitable[Any]]) -> None:
        began = time.process_time()
        for number in range(turns):
            await turn(number)
        print(f"{what:44} {1000 * (time.process_time() - began) / turns:.3f} ms")

    def request(token: str) -> web.Request:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        payload = StreamReader(connection, LARGEST_BODY)
        payload.feed_data(body)
        payload.feed_eof()
        return make_mocked_request("POST", "/api/messages", headers=headers, payload=payload)

    new, seen = [request(token) for token in tokens], [request(tokens[-1]) for _ in tokens]

    async def theirs(_: int) -> None:
        Activity().deserialize(raw)

    async def ours(_: int) -> None:
        activity_from(raw)

    async with OpenId([signer]).serving() as openid:
        keys = SigningKeys(openid.url)
        await keys.start()
        guard = Guard(app_id=APP, tenant_id=TENANT, service_hosts=TEAMS_SERVICE_HOSTS, keys=keys)

        async def admit(request: web.Request) -> None:
            if not isinstance(await guard.admit(request), Admitted):
                raise SystemExit("a good request was refused")

        await measure("the SDK's reading of an activity", theirs)
        await measure("ours", ours)
        await measure("front door, each token new", lambda number: admit(new[number]))
        await measure("front door, token seen before", lambda number: admit(seen[number]))
        await measure("turn, answer_invoke", lambda _: adapter.process(admitted, Ours().on_turn))
        await measure(
            "turn, answered by return (copied deeply)", lambda _: adapter.process(admitted, TheSdksWay().on_turn)
        )
        await keys.close()


if __name__ == "__main__":
    asyncio.run(main())
