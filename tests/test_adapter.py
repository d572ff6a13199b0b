"""From an admitted activity through the SDK's handler and back, and the web application around it."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler, TeamsInfo
from botbuilder.schema import Activity

from bot.adapter import Adapter, SendingElsewhere, activity_from, admitted_of, answer_invoke, raw_of
from bot.files import Files
from bot.guard import Admitted, Guard
from bot.web import http_log, make_app, runner_of
from storage.database import Database
from tests.channel.activities import PERSON, TENANT, activity, press
from tests.town import MUNICIPALITY, NOW

AT_HOME = "http://localhost:56150/_connector"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Gemt, tak · æøå"}]}
ANSWER = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}


class Bot(TeamsActivityHandler):  # type: ignore[misc]
    """Remembers what it was told, and does what the text or the verb says."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.context: TurnContext = None
        self.may_go_on = asyncio.Event()
        self.has_begun = asyncio.Event()

    async def on_turn(self, context: TurnContext) -> None:
        self.context = context
        await super().on_turn(context)

    async def on_message_activity(self, context: TurnContext) -> None:
        self.told.append(context.activity.text)
        match context.activity.text:
            case "fail":
                raise RuntimeError("the message was: kanariefugl")
            case "send":
                await context.send_activity("by the SDK")
            case "ask":
                await TeamsInfo.get_members(context)
            case "wait":
                self.has_begun.set()
                await self.may_go_on.wait()

    async def on_invoke_activity(self, context: TurnContext) -> InvokeResponse | None:
        match raw_of(context)["value"]["action"]["verb"]:
            case "preparation.save":
                answer_invoke(context, ANSWER)
            case "by.return":
                return InvokeResponse(status=200, body=ANSWER)
            case "not.json":
                answer_invoke(context, {"value": object()})
            case "fail":
                raise ValueError("kanariefugl")
        return None


def pressing(verb: str) -> dict[str, Any]:
    return press(serviceUrl=AT_HOME, value={"action": {"type": "Action.Execute", "verb": verb, "data": {}}})


def saying(text: str) -> dict[str, Any]:
    return activity(serviceUrl=AT_HOME, text=text)


async def test_the_activity_keeps_what_the_sdk_would_lose() -> None:
    raw = press(
        entities=[{"type": "mention", "mentioned": {"id": "28:x"}, "text": "<at>Læringsbot</at>"}],
        membersAdded=[{"id": "29:1", "aadObjectId": PERSON}],
        attachments=[{"contentType": "text/html", "content": "<p>hej</p>"}],
    )
    mine, theirs = activity_from(raw), Activity().deserialize(raw)
    assert mine.conversation.tenant_id == TENANT
    assert theirs.conversation.tenant_id is None
    assert mine.value is raw["value"]
    assert mine.value["trigger"] == "manual"
    assert mine.entities[0].additional_properties["mentioned"] == {"id": "28:x"}
    same = (
        "type",
        "id",
        "name",
        "service_url",
        "channel_id",
        "locale",
        "reply_to_id",
        "text_format",
        "value",
    )
    for name in (*same, "channel_data", "local_timezone"):
        assert getattr(mine, name) == getattr(theirs, name), name
    assert mine.timestamp.replace(microsecond=0) == theirs.timestamp.replace(microsecond=0)
    for name in ("from_property", "recipient"):
        assert getattr(mine, name).id == getattr(theirs, name).id
    assert mine.from_property.aad_object_id == PERSON
    assert mine.members_added[0].aad_object_id == PERSON
    assert mine.attachments[0].content == "<p>hej</p>"


async def test_a_moment_that_is_none_is_left_out() -> None:
    assert activity_from(activity(timestamp="yesterday")).timestamp is None


async def test_a_message_reaches_its_handler_and_has_no_response() -> None:
    bot, admitted = Bot(), Admitted(activity(), {"aud": "x"})
    assert await Adapter().process(admitted, bot.on_turn) is None
    assert bot.told == ["overblik"]
    assert admitted_of(bot.context) is admitted
    assert raw_of(bot.context) is admitted.raw


async def test_an_invoke_gets_the_handlers_card_uncopied() -> None:
    response = await Adapter().process(Admitted(press()), Bot().on_turn)
    assert response is not None
    assert response.status == 200
    assert response.body["value"] is CARD


async def test_an_invoke_answered_the_sdks_way_gets_its_card_too() -> None:
    response = await Adapter().process(Admitted(pressing("by.return")), Bot().on_turn)
    assert response is not None
    assert response.body == ANSWER


async def test_what_a_handler_raises_reaches_the_caller() -> None:
    with pytest.raises(RuntimeError, match="kanariefugl"):
        await Adapter().process(Admitted(saying("fail")), Bot().on_turn)


@pytest.mark.parametrize("text", ["send", "ask"])
async def test_whoever_sends_through_the_sdk_is_told_at_once(text: str) -> None:
    with pytest.raises(SendingElsewhere):
        await Adapter().process(Admitted(saying(text)), Bot().on_turn)


async def test_the_sdks_own_authentication_lets_nobody_in() -> None:
    with pytest.raises(PermissionError):
        await Adapter().process_activity("Bearer a.b.c", activity_from(activity()), Bot().on_turn)


class Served:
    """The web application around the bot, in local mode."""

    def __init__(self) -> None:
        self.bot = Bot()
        self.problems: Sequence[str] | Exception = []
        self.client: TestClient[web.Request, web.Application]

    async def health(self) -> Sequence[str]:
        if isinstance(self.problems, Exception):
            raise self.problems
        return self.problems

    async def post(self, body: dict[str, Any]) -> tuple[int, Any]:
        async with self.client.post("/api/messages", json=body) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def metrics(self) -> str:
        async with self.client.get("/metrics") as answer:
            return await answer.text()

    def app(self) -> web.Application:
        files = Files(Database("sqlite:///nowhere.db"), MUNICIPALITY, lambda: NOW)
        return make_app(
            guard=Guard.local(), adapter=Adapter(), handler=self.bot.on_turn, files=files, health=self.health
        )


@pytest_asyncio.fixture
async def served() -> AsyncIterator[Served]:
    served = Served()
    async with TestClient(TestServer(served.app(), host="127.0.0.1")) as client:
        served.client = client
        yield served


async def test_a_press_is_answered_with_the_card_itself(served: Served) -> None:
    assert await served.post(pressing("preparation.save")) == (200, ANSWER)
    assert await served.post(saying("overblik")) == (200, None)


@pytest.mark.parametrize("verb", ["fail", "not.json"])
async def test_a_fault_in_a_press_is_an_error_value_with_a_reference_and_no_content(
    verb: str, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    status, body = await served.post(pressing(verb))
    assert (status, body["statusCode"], body["type"]) == (200, 500, "application/vnd.microsoft.error")
    reference = body["value"]["code"]
    assert re.fullmatch(r"[0-9A-F]{6}", reference)
    assert f"fault {reference} in invoke" in caplog.text
    assert "kanariefugl" not in caplog.text
    assert "kanariefugl" not in json.dumps(body)


async def test_a_fault_in_a_message_is_logged_and_never_sent_again_by_the_channel(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    assert await served.post(saying("fail")) == (200, None)
    assert "RuntimeError at " in caplog.text
    assert "kanariefugl" not in caplog.text


async def test_an_invoke_that_nobody_answers_is_told_so(served: Served) -> None:
    status, body = await served.post(pressing("unknown"))
    assert (status, body["statusCode"]) == (200, 501)


async def test_kinds_of_activity_that_do_not_exist_yet_are_taken_in_silence(served: Served) -> None:
    for kind in ("suggestion", "command", "somethingNew", "typing", "endOfConversation", "messageReaction"):
        assert await served.post(activity(serviceUrl=AT_HOME, type=kind)) == (200, None)


async def test_refused_requests_get_a_code_and_their_headers(served: Served) -> None:
    status, body = await served.post({**saying("x"), "id": 7})
    assert (status, body) == (400, {"error": {"code": "shape"}})
    async with served.client.get("/api/messages") as answer:
        assert answer.status == 405
    async with served.client.post("/elsewhere", json={}) as answer:
        assert answer.status == 404


async def test_the_metrics_count_by_fixed_names_only(served: Served) -> None:
    await served.post(saying("overblik"))
    await served.post(saying("fail"))
    await served.post(pressing("preparation.save"))
    await served.post(activity(serviceUrl=AT_HOME, type="kanariefugl"))
    await served.post({**saying("x"), "id": 7})
    shown = await served.metrics()
    assert "laeringsbot_admitted_total 4.0" in shown
    assert 'laeringsbot_turns_total{kind="message",outcome="answered"} 1.0' in shown
    assert 'laeringsbot_turns_total{kind="message",outcome="fault"} 1.0' in shown
    assert 'laeringsbot_turns_total{kind="other",outcome="answered"} 1.0' in shown
    assert 'laeringsbot_refused_total{reason="shape",status="400"} 1.0' in shown
    assert 'laeringsbot_turn_seconds_count{kind="invoke"} 1.0' in shown
    assert "kanariefugl" not in shown


async def test_alive_is_not_ready_and_ready_says_what_is_wrong(served: Served) -> None:
    for problems, status in ((["the database cannot be reached"], 503), ([], 200)):
        served.problems = problems
        async with served.client.get("/readyz") as answer:
            assert (answer.status, (await answer.json())["problems"]) == (status, problems)
        async with served.client.get("/healthz") as answer:
            assert answer.status == 200


async def test_a_check_that_fails_itself_is_not_ready_and_shows_no_content(served: Served) -> None:
    served.problems = RuntimeError("kanariefugl")
    async with served.client.get("/readyz") as answer:
        assert answer.status == 503
        assert "kanariefugl" not in await answer.text()


@pytest_asyncio.fixture
async def runner() -> AsyncIterator[tuple[Served, web.AppRunner, int]]:
    served = Served()
    runner = runner_of(served.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield served, runner, runner.addresses[0][1]
    await runner.cleanup()


async def test_a_turn_under_way_is_finished_before_the_bot_stops(
    runner: tuple[Served, web.AppRunner, int],
) -> None:
    served, running, port = runner
    async with ClientSession() as client:
        turn = asyncio.create_task(client.post(f"http://127.0.0.1:{port}/api/messages", json=saying("wait")))
        await served.bot.has_begun.wait()
        stopping = asyncio.create_task(running.cleanup())
        await asyncio.sleep(0)
        served.bot.may_go_on.set()
        assert (await turn).status == 200
        await stopping


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer kanariefugl" + b"k" * 40_000,
        b"kanariefugl\r\n\r\n",
        b"POST /api/messages HTTP/1.1\r\nContent-Length: kanariefugl\r\n\r\n",
        b"POST /api/messages HTTP/1.1\r\nkanariefugl\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00kanariefugl",
    ],
    ids=range(5),
)
async def test_what_is_not_even_http_leaves_nothing_in_the_log(
    request_bytes: bytes, runner: tuple[Served, web.AppRunner, int], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    reader, writer = await asyncio.open_connection("127.0.0.1", runner[2])
    writer.write(request_bytes + b"\r\n\r\n")
    assert b" 400 " in await reader.readline()
    writer.close()
    assert not [record for record in caplog.records if record.name.startswith(("bot", "aiohttp"))]


async def test_a_fault_of_the_server_itself_is_logged_by_kind_and_place_only(
    runner: tuple[Served, web.AppRunner, int], caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise RuntimeError("kanariefugl")
    except RuntimeError as fault:
        http_log.error("Unhandled exception on kanariefugl", exc_info=fault)
    assert "a connection failed: RuntimeError at test_adapter.py" in caplog.text
    assert "kanariefugl" not in caplog.text
