"""What all echoes answer, and who the bot is to the channel of the tests, without a word of the bot's own code."""

from typing import Any

APP = "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11"
TENANT = "0b4f7a52-88a3-4f0e-8a66-5d2c70a1f3d9"
SECRET = "a secret of nobody"
ISSUER = "https://api.botframework.com"


def echoed(value: Any) -> dict[str, Any]:
    """A card with what was typed, as the answer to a press."""
    said = value["action"]["data"]["said"]
    body = [{"type": "TextBlock", "text": said, "wrap": True}]
    card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
    return {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": card}
