"""The SDK's handler: each kind of activity to the turn that answers it, and silence for all others."""

from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler

from bot.adapter import answer_invoke, raw_of
from bot.turns import Turns


class TeamsBot(TeamsActivityHandler):  # type: ignore[misc]
    """Overrides what the bot has a part in; whatever kind of activity may come one day is answered with silence."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._turns.say(raw_of(turn_context))

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        await self._turns.say(raw_of(turn_context))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse | None:
        answer_invoke(turn_context, await self._turns.press(raw_of(turn_context)))
        return None

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """The bot's own coming and going tells where somebody can be reached; `installationUpdate` greets them.

        The SDK would ask Teams about each member.
        """
        await self._turns.note(raw_of(turn_context))

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """An edited message was answered when it was sent."""

    async def on_message_delete_activity(self, turn_context: TurnContext) -> None:
        """A deleted message changes nothing that was kept of it."""

    async def on_event_activity(self, turn_context: TurnContext) -> None:
        """The end of a Teams meeting offers the reflection; other events have no part in what the bot does."""
        await self._turns.note(raw_of(turn_context))

    async def on_unrecognized_activity_type(self, turn_context: TurnContext) -> Any:
        """New kinds may come at any time."""
