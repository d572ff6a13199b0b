"""Activities as Teams sends them, to be changed field by field."""

from typing import Any

APP = "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11"
TENANT = "0b4f7a52-88a3-4f0e-8a66-5d2c70a1f3d9"
PERSON = "3f8c1c7e-5b7d-4a6a-9a43-7d1f0c52b9aa"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
NOT_GIVEN = object()


def activity(**changes: Any) -> dict[str, Any]:
    """A message as Teams sends it, with these fields instead; NOT_GIVEN leaves one out."""
    good: dict[str, Any] = {
        "type": "message",
        "id": "1776761999999",
        "timestamp": "2026-04-21T07:00:00.1234567Z",
        "localTimestamp": "2026-04-21T09:00:00.1234567+02:00",
        "localTimezone": "Europe/Copenhagen",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "from": {"id": "29:1a2b", "name": "Astrid Holm", "aadObjectId": PERSON},
        "conversation": {"id": "a:1xyz", "conversationType": "personal", "tenantId": TENANT},
        "recipient": {"id": f"28:{APP}", "name": "Læringsbot"},
        "textFormat": "plain",
        "text": "overblik",
        "locale": "da-DK",
        "entities": [{"type": "clientInfo", "locale": "da-DK", "country": "DK", "timezone": "Europe/Copenhagen"}],
        "channelData": {"tenant": {"id": TENANT}, "source": {"name": "message"}},
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not NOT_GIVEN}


def press(**changes: Any) -> dict[str, Any]:
    """A press of a card's button as Teams sends it."""
    data = {"id": "0197f7a0-0000-7000-8000-000000000001", "v": "a1", "k": "n1", "note": "Vi øver tal " * 40}
    return activity(
        **{
            "type": "invoke",
            "name": "adaptiveCard/action",
            "text": NOT_GIVEN,
            "replyToId": "1776761000000",
            "value": {
                "action": {"type": "Action.Execute", "verb": "preparation.save", "data": data},
                "trigger": "manual",
            },
            **changes,
        }
    )
