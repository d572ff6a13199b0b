"""What a person did, read from the raw activity that Teams sends for it."""

from typing import Any

from bot.quoted import words_of
from bot.shape import LONGEST_WORD, Raw
from dialogs.conversation import Activity, Kind
from domain.message import Address
from domain.organisation import Language


def understood(raw: Raw) -> Activity | None:
    """What a person did, None for anything the bot has no part in; the kinds may grow at any time and none raises."""
    kind = _kind(raw)
    if kind is None:
        return None
    place, channel_data, value = _part(raw, "conversation"), _part(raw, "channelData"), _part(raw, "value")
    is_in_dialog = kind in (Kind.MESSAGE_ACTION, Kind.SUBMITTED)
    pressed = _part(value, "data") if is_in_dialog else _part(value, "action")
    return Activity(
        kind=kind,
        identity=str(raw["from"].get("aadObjectId", "")).lower(),
        address=Address(
            service_url=str(raw.get("serviceUrl", "")),
            conversation_id=str(place.get("id", "")),
            user_id=str(raw["from"].get("id", "")),
            bot_id=str(_part(raw, "recipient").get("id", "")),
            tenant_id=str(_part(channel_data, "tenant").get("id") or place.get("tenantId") or ""),
        ),
        key=str(raw.get("id", "")),
        # A dialog stands beside the chat: none of its messages was pressed.
        reply_to="" if is_in_dialog else str(raw.get("replyToId") or ""),
        language=_language(raw.get("locale")),
        # Teams always says so; where it is not said, others may read along.
        is_personal=place.get("conversationType") == "personal",
        text=_text(kind, raw, value),
        action=_word(value.get("commandId")) if is_in_dialog else "",
        verb=_word(pressed.get("verb")),
        data={name: each for name, each in pressed.items() if name != "verb"}
        if is_in_dialog
        else _part(pressed, "data"),
    )


def _kind(raw: Raw) -> Kind | None:
    match raw.get("type"), raw.get("name"), raw.get("action"):
        case "message", _, _:
            return Kind.SAID
        case "invoke", "adaptiveCard/action", _:
            value = raw.get("value")
            is_automatic = isinstance(value, dict) and value.get("trigger") == "automatic"
            return Kind.REFRESHED if is_automatic else Kind.PRESSED
        case "invoke", "composeExtension/fetchTask", _:
            return Kind.MESSAGE_ACTION
        case "invoke", "composeExtension/submitAction", _:
            return Kind.SUBMITTED
        case "event", "application/vnd.microsoft.meetingEnd", _:
            return Kind.MEETING_ENDED
        case "installationUpdate", _, "add":
            return Kind.INSTALLED
        case "conversationUpdate", _, _:
            return _coming_or_going(raw)
        case "installationUpdate", _, "remove":
            return Kind.REMOVED
        case _:
            return None


def _coming_or_going(raw: Raw) -> Kind | None:
    """Whether the bot itself came into this chat or was taken out of it; others who come or go are no news."""
    bot = _part(raw, "recipient").get("id")
    for name, kind in (("membersRemoved", Kind.REMOVED), ("membersAdded", Kind.ADDED)):
        if any(isinstance(each, dict) and each.get("id") == bot for each in raw.get(name) or []):
            return kind
    return None


def _part(raw: Raw, name: str) -> dict[str, Any]:
    """An object inside the activity, empty when there is none."""
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _word(value: object) -> str:
    """A name of ours that a client sends back; anything else is none."""
    return value if isinstance(value, str) and len(value) <= LONGEST_WORD else ""


def _text(kind: Kind, raw: Raw, value: dict[str, Any]) -> str:
    match kind:
        case Kind.MEETING_ENDED:
            return str(value.get("JoinUrl") or "")
        case Kind.MESSAGE_ACTION:
            return words_of(value.get("messagePayload"))
        case _:
            return _without_mentions(raw)


def _without_mentions(raw: Raw) -> str:
    """The words of a message without the bot's own name, which stands in front of them in a group."""
    text = str(raw.get("text") or "")
    for entity in raw.get("entities") or []:
        mentioned = entity.get("text") if isinstance(entity, dict) and entity.get("type") == "mention" else None
        if isinstance(mentioned, str) and mentioned:
            text = text.replace(mentioned, "")
    return text.strip()


def _language(locale: object) -> Language | None:
    if not isinstance(locale, str):
        return None
    return Language.DANISH if locale.lower().startswith("da") else Language.ENGLISH
