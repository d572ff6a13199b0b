"""All of the channel on one port, and the people who write and press in it."""

import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import aiohttp
from aiohttp import web

from bot.tokens import Tokens, with_secret
from cards.kit import Card
from domain.organisation import Person
from tests.channel.activities import APP, NOT_GIVEN, TENANT, activity
from tests.channel.connector import Connector, Message
from tests.channel.entra import SECRET, Entra, Redirected
from tests.channel.graph import Graph
from tests.channel.openid import OpenId, Signer
from tests.town import button, buttons, values

# A key takes a quarter of a second to make, and one is as good as the next.
_signer = cache(Signer)


@dataclass
class Channel:
    """Its parts, and where it is; `bot_url` is where the bot listens, once it does."""

    signer: Signer = field(default_factory=_signer)
    connector: Connector = field(default_factory=Connector)
    entra: Entra = field(default_factory=Entra)
    graph: Graph = field(default_factory=Graph)
    url: str = ""
    bot_url: str = ""
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1_775_000_000_000))

    def __post_init__(self) -> None:
        self.openid = OpenId([self.signer])

    @property
    def service_url(self) -> str:
        return f"{self.url}/emea/"

    @property
    def graph_url(self) -> str:
        return f"{self.url}/graph/v1.0"

    @asynccontextmanager
    async def serving(self, port: int = 0, *more: web.RouteDef, **set_to: Any) -> AsyncIterator["Channel"]:
        """It serves as long as the block lasts; `more` are routes besides its own, `set_to` is the application's."""
        app = web.Application(**set_to)
        app.add_routes(more)
        for part in (self.openid, self.connector, self.entra, self.graph):
            app.add_routes(part.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            self.openid.url = f"{self.url}/openid"
            async with aiohttp.ClientSession() as self._session:
                yield self
        finally:
            await runner.cleanup()

    def settings(self) -> dict[str, Any]:
        """What a bot is set to that belongs to this channel, by the settings' fields."""
        return {
            "app_id": APP,
            "app_password": SECRET,
            "tenant_id": TENANT,
            "openid_metadata_url": self.openid.url,
            "allowed_service_hosts": ("127.0.0.1",),
        }

    def tokens(self) -> Tokens:
        """msal as in earnest, asking this channel's token service."""
        return Tokens(with_secret(APP, SECRET, TENANT, http_client=Redirected(self.url)))

    def persona(self, person: Person) -> "Persona":
        """The person at their client; Graph knows them too."""
        assert person.aad_object_id
        self.graph.add(person.aad_object_id, person.email)
        return Persona(self, person.aad_object_id, person.name)

    async def posts(self, raw: Mapping[str, Any], token: str | None = None) -> tuple[int, Any]:
        """Posts an activity to the bot with a good token, or the one that is given: status and body."""
        token = token or self.signer.mint(serviceurl=raw["serviceUrl"])
        async with self._session.post(
            f"{self.bot_url}/api/messages", json=raw, headers={"Authorization": f"Bearer {token}"}
        ) as response:
            has_body = response.content_type == "application/json"
            return response.status, await response.json() if has_body else None

    def next_id(self) -> str:
        return str(next(self._ids))


@dataclass
class Persona:
    """Somebody at their personal chat with the bot. `locale` is what their Teams is set to."""

    channel: Channel
    identity: str
    name: str
    locale: str = "da-DK"

    @property
    def conversation_id(self) -> str:
        return f"a:{self.identity}"

    @property
    def chat(self) -> list[Message]:
        """What stands in the chat, oldest first."""
        return self.channel.connector.in_chat(self.conversation_id)

    @property
    def newest(self) -> Card:
        """The card of the last message."""
        card = self.chat[-1].card
        assert card is not None
        return card

    async def installs(self) -> None:
        await self._does(type="installationUpdate", action="add", text=NOT_GIVEN)

    async def removes(self) -> None:
        await self._does(type="installationUpdate", action="remove", text=NOT_GIVEN)

    async def writes(self, text: str, **changes: Any) -> Card:
        """Writes, and returns the card that the bot answered with in the chat."""
        before = len(self.chat)
        await self._does(text=text, **changes)
        # On a busy machine the channel may be told before the answer is there that all is received.
        await self.channel.connector.until(lambda: len(self.chat) > before)
        return self.newest

    async def presses(self, title: str, on: Message | None = None, /, **typed: str) -> Card:
        """Presses the button of that title on the newest message, or the given one, with what is typed into it;
        returns the answer's card, once the message in the chat shows it too."""
        message = on or self._newest_with(title)
        status, body = await self.channel.posts(self.press(title, message, **typed))
        assert (status, body["statusCode"]) == (200, 200), body
        card: Card = body["value"]
        await self.channel.connector.until(lambda: message.card == card)
        return card

    def _newest_with(self, title: str) -> Message:
        """A reminder may have come after the card that has the button."""
        cards = [each for each in reversed(self.chat) if each.card is not None]
        return next((each for each in cards if title in buttons(each.card or {})), self.chat[-1])

    def press(self, title: str, on: Message | None = None, /, **typed: str) -> dict[str, Any]:
        """The activity of a press, to be sent as often as a story wants."""
        message = on or self._newest_with(title)
        assert message.card is not None
        found = button(message.card, title)
        data = {**values(message.card), **typed, **found["data"]}
        return self.pressing({"type": "Action.Execute", "verb": found["verb"], "data": data}, message)

    def pressing(self, action: Mapping[str, Any], message: Message) -> dict[str, Any]:
        """The activity of an action of the message's card, with its data as they are sent."""
        return self.activity(
            type="invoke",
            name="adaptiveCard/action",
            text=NOT_GIVEN,
            replyToId=message.id,
            value={"action": action, "trigger": "manual"},
        )

    def activity(self, **changes: Any) -> dict[str, Any]:
        """An activity of this person, with these fields instead."""
        return activity(
            **{
                "id": self.channel.next_id(),
                "serviceUrl": self.channel.service_url,
                "from": {"id": f"29:{self.identity}", "name": self.name, "aadObjectId": self.identity},
                "conversation": {"id": self.conversation_id, "conversationType": "personal", "tenantId": TENANT},
                "locale": self.locale,
                **changes,
            }
        )

    async def _does(self, **changes: Any) -> None:
        status, _ = await self.channel.posts(self.activity(**changes))
        assert status == 200, status


def stranger(channel: Channel) -> Persona:
    """Somebody of the tenant whom nobody has put on the list."""
    return Persona(channel, str(UUID(int=4711)), "Ukendt Person")
