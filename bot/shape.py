"""What an activity must look like before anything reads it: the fields the bot uses, each of the right kind.

`activity_of` reads a body and `misshapen` names the first field that is wrong. Fields the bot does not use
may hold anything: the platform adds new ones at any time.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

DEEPEST: Final = 40
# What is kept of an address has room for so much; the channel's own are a fifth of it.
LONGEST_PLACE: Final = 500
LONGEST_ID: Final = 200
LONGEST_WORD: Final = 128

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PLACE = re.compile(rf"[^\x00-\x1f\x7f]{{1,{LONGEST_PLACE}}}")
_ID = re.compile(rf"[^\x00-\x1f\x7f]{{1,{LONGEST_ID}}}")
_WORD = re.compile(rf"[^\x00-\x1f\x7f]{{1,{LONGEST_WORD}}}")

# Escaped surrogates and NUL are the only ways a text can be JSON and still be neither UTF-8 nor storable.
_UNSTORABLE_ESCAPE = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")

Raw = dict[str, Any]
Check = Callable[[Any], bool]


class Unreadable(ValueError):
    """A body that is no activity; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def json_object(text: str) -> Raw:
    """Strict JSON: an object, no NaN or Infinity, no number beyond 64 bits or a float's range. Unreadable otherwise."""
    try:
        found = _DECODER.decode(text)
    except (ValueError, RecursionError):
        raise Unreadable("json") from None
    if not isinstance(found, dict):
        raise Unreadable("not_an_object")
    return found


def activity_of(body: bytes) -> Raw:
    """The body as a JSON object at most 40 levels deep, all of its text storable. Unreadable otherwise."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    found = json_object(text)
    # Nothing is deeper than it has brackets, and few activities have so many.
    if body.count(b"{") + body.count(b"[") > DEEPEST and _is_deeper(found, DEEPEST):
        raise Unreadable("too_deep")
    if _UNSTORABLE_ESCAPE.search(body) and not _is_storable(found):
        raise Unreadable("encoding")
    return found


def misshapen(raw: Mapping[str, Any]) -> str | None:
    """The name of the first field that is missing or of the wrong kind, None when all can be read."""
    for name, is_right in _ACTIVITY.items():
        if not is_right(raw.get(name)):
            return name
    for name, fields in _INSIDE.items():
        inner = raw.get(name)
        if inner is not None:
            for field, is_right in fields.items():
                if not is_right(inner.get(field)):
                    return f"{name}.{field}"
    if raw["type"] == "invoke" and raw.get("name") == "adaptiveCard/action":
        return _misshapen_action(raw.get("value"))
    return None


def is_guid(value: Any) -> bool:
    return isinstance(value, str) and _GUID.fullmatch(value) is not None


def _misshapen_action(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "value"
    action = value.get("action")
    if not isinstance(action, dict):
        return "value.action"
    if not _is_word(action.get("verb")):
        return "value.action.verb"
    if not _is_object_or_none(action.get("data")):
        return "value.action.data"
    return None if _is_word_or_none(value.get("trigger")) else "value.trigger"


def _is_deeper(found: Raw, limit: int) -> bool:
    level: list[Any] = [found]
    for _ in range(limit):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _is_storable(found: Raw) -> bool:
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    # Written anew, a NUL is the only thing that comes out with an odd number of backslashes before u0000.
    return all(len(slashes) % 2 == 0 for slashes in re.findall(r"(\\+)u0000", text))


def _no_constant(_: str) -> float:
    raise ValueError("not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("out of range")
    return number


def _is_text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_place(value: Any) -> bool:
    return isinstance(value, str) and _PLACE.fullmatch(value) is not None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_id_or_none(value: Any) -> bool:
    return value is None or value == "" or _is_id(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _is_word_or_none(value: Any) -> bool:
    return value is None or value == "" or _is_word(value)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_object_or_none(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _is_flag_or_none(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _are_objects_or_none(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _are_accounts_or_none(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(item, dict) and _is_id(item.get("id")) for item in value)
    )


def _is_teams(value: Any) -> bool:
    return bool(value == "msteams")


def _whole(digits: str) -> int:
    # What came with a press is sent back with its card, and in an answer no number is longer.
    found = int(digits)
    if not -(2**63) <= found < 2**64:
        raise ValueError
    return found


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, parse_int=_whole)

_ACTIVITY: Final[Mapping[str, Check]] = {
    "type": _is_word,
    "id": _is_id,
    "channelId": _is_teams,
    "serviceUrl": _is_place,
    "from": _is_object,
    "conversation": _is_object,
    "recipient": _is_object,
    "channelData": _is_object_or_none,
    "name": _is_word_or_none,
    "action": _is_word_or_none,
    "text": _is_text_or_none,
    "textFormat": _is_word_or_none,
    "locale": _is_word_or_none,
    "replyToId": _is_id_or_none,
    "timestamp": _is_word_or_none,
    "localTimestamp": _is_word_or_none,
    "localTimezone": _is_word_or_none,
    "valueType": _is_word_or_none,
    "entities": _are_objects_or_none,
    "attachments": _are_objects_or_none,
    "membersAdded": _are_accounts_or_none,
    "membersRemoved": _are_accounts_or_none,
    "reactionsAdded": _are_objects_or_none,
    "reactionsRemoved": _are_objects_or_none,
}

_ACCOUNT: Final[Mapping[str, Check]] = {"id": _is_id, "name": _is_text_or_none}

_INSIDE: Final[Mapping[str, Mapping[str, Check]]] = {
    "from": {**_ACCOUNT, "aadObjectId": _is_id_or_none},
    "recipient": _ACCOUNT,
    "conversation": {
        "id": _is_place,
        "name": _is_text_or_none,
        "conversationType": _is_word_or_none,
        "isGroup": _is_flag_or_none,
        "tenantId": _is_id_or_none,
    },
    "channelData": {"tenant": _is_object_or_none},
}
