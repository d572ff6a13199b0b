"""From an admitted request to a turn of the SDK's `TeamsActivityHandler`, and back to its answer.

Of the SDK's adapter only the pipeline is used. Tokens were checked at the front door, answers go out through
the messenger, so no turn builds a connector or a token client: whoever reaches for one is told at once.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NoReturn

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import (
    Activity,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    Entity,
    MessageReaction,
)
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
    UserTokenClient,
)

from bot.guard import Admitted
from bot.shape import Raw

Handler = Callable[[TurnContext], Awaitable[Any]]

_RAW: Final = "laeringsbot.raw"
_ADMITTED: Final = "laeringsbot.admitted"


class SendingElsewhere(RuntimeError):
    """Something in a turn tried to speak to Teams by the SDK; the messenger is the only way out."""


class Adapter(CloudAdapterBase):  # type: ignore[misc]
    """Runs a turn for an admitted activity.

        response = await Adapter().process(admitted, handler.on_turn)

    The response is an `InvokeResponse` for an invoke (501 when the handler had no answer) and None otherwise.
    What the handler raises is raised here too.
    """

    def __init__(self) -> None:
        super().__init__(_CheckedAtTheDoor())

    async def process(self, admitted: Admitted, handler: Handler) -> InvokeResponse | None:
        async def with_raw(context: TurnContext) -> None:
            context.turn_state[_RAW], context.turn_state[_ADMITTED] = admitted.raw, admitted
            await handler(context)

        verified = AuthenticateRequestResult()
        verified.claims_identity = ClaimsIdentity(dict(admitted.claims), bool(admitted.claims))
        verified.connector_factory = _NO_CONNECTORS
        response: InvokeResponse | None = await self.process_activity(verified, activity_from(admitted.raw), with_raw)
        return response


def raw_of(context: TurnContext) -> Raw:
    """The activity of this turn as it came, with everything the SDK's model has no place for."""
    raw: Raw = context.turn_state[_RAW]
    return raw


def admitted_of(context: TurnContext) -> Admitted:
    admitted: Admitted = context.turn_state[_ADMITTED]
    return admitted


def answer_invoke(context: TurnContext, body: Mapping[str, Any] | None, status: int = 200) -> None:
    """Answers the invoke of this turn; `on_invoke_activity` then returns None.

    The SDK's own way through `send_activity` copies the whole card deeply, and so costs more than the turn.
    """
    context.turn_state[CloudAdapterBase._INVOKE_RESPONSE_KEY] = _Answer(InvokeResponse(status=status, body=body))


@dataclass(frozen=True)
class _Answer:
    """All that is read of the activity which the SDK puts there: to make one costs more than to find its way here."""

    value: InvokeResponse


def activity_from(raw: Raw) -> Activity:
    """The SDK's activity, made field by field of a body that has the shape of `bot.shape`.

    Unlike the SDK's own reading it keeps the conversation's tenant, the `trigger` of a value and all fields
    of an entity, and shares `value` and `channelData` with the raw body. Deliveries by `expectReplies` are
    not offered.
    """
    return Activity(
        type=raw["type"],
        id=raw["id"],
        timestamp=_moment(raw.get("timestamp")),
        local_timestamp=_moment(raw.get("localTimestamp")),
        local_timezone=raw.get("localTimezone"),
        service_url=raw["serviceUrl"],
        channel_id=raw["channelId"],
        from_property=_account(raw["from"]),
        conversation=_conversation(raw["conversation"]),
        recipient=_account(raw["recipient"]),
        text_format=raw.get("textFormat"),
        members_added=_each(_account, raw.get("membersAdded")),
        members_removed=_each(_account, raw.get("membersRemoved")),
        reactions_added=_each(_reaction, raw.get("reactionsAdded")),
        reactions_removed=_each(_reaction, raw.get("reactionsRemoved")),
        locale=raw.get("locale"),
        text=raw.get("text"),
        attachments=_each(_attachment, raw.get("attachments")),
        entities=_each(_entity, raw.get("entities")),
        channel_data=raw.get("channelData"),
        action=raw.get("action"),
        reply_to_id=raw.get("replyToId"),
        value_type=raw.get("valueType"),
        value=raw.get("value"),
        name=raw.get("name"),
    )


def _each(make: Callable[[Raw], Any], found: list[Raw] | None) -> list[Any] | None:
    return None if found is None else [make(item) for item in found]


def _account(raw: Raw) -> ChannelAccount:
    return ChannelAccount(
        id=raw["id"], name=raw.get("name"), aad_object_id=raw.get("aadObjectId"), role=raw.get("role")
    )


def _conversation(raw: Raw) -> ConversationAccount:
    return ConversationAccount(
        id=raw["id"],
        name=raw.get("name"),
        is_group=raw.get("isGroup"),
        conversation_type=raw.get("conversationType"),
        tenant_id=raw.get("tenantId"),
    )


def _reaction(raw: Raw) -> MessageReaction:
    return MessageReaction(type=raw.get("type"))


def _attachment(raw: Raw) -> Attachment:
    return Attachment(
        content_type=raw.get("contentType"),
        content_url=raw.get("contentUrl"),
        content=raw.get("content"),
        name=raw.get("name"),
    )


def _entity(raw: Raw) -> Entity:
    entity = Entity(type=raw.get("type"))
    entity.additional_properties = {name: value for name, value in raw.items() if name != "type"}
    return entity


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


class _NoConnector:
    """Stands where a connector or a token client would, shared by all turns."""

    def __getattr__(self, name: str) -> NoReturn:
        raise SendingElsewhere(f"a turn reached for the SDK's connector ({name}); use the messenger")


class _NoConnectors(ConnectorFactory):  # type: ignore[misc]
    async def create(self, service_url: str, audience: str) -> Any:
        return _NO_CONNECTOR


class _NoTokens(UserTokenClient):  # type: ignore[misc]
    """A token client that has no tokens: the bot signs nobody in."""

    async def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise SendingElsewhere("a turn asked for a person's token; the bot signs nobody in")

    get_user_token = get_sign_in_resource = sign_out_user = _refuse
    get_token_status = get_aad_tokens = exchange_token = _refuse


class _CheckedAtTheDoor(BotFrameworkAuthentication):  # type: ignore[misc]
    """Authentication that was done by `bot.guard`. Asked to do it again, it refuses, whatever it is shown."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        raise PermissionError("requests are admitted by the front door only")

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> NoReturn:
        raise PermissionError("there is no streaming")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return _NO_CONNECTORS

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> UserTokenClient:
        return _NO_TOKENS


_NO_CONNECTOR: Final = _NoConnector()
_NO_CONNECTORS: Final = _NoConnectors()
_NO_TOKENS: Final = _NoTokens()
