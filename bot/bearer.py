"""The token that a request brings, as far as it can be judged without a key: nothing of it is verified yet."""

import re
import time
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeGuard

from bot.keys import SigningKey
from bot.shape import Raw, json_object

LARGEST_HEADER: Final = 8 * 1024
# Microsoft's own advice for the difference between their clocks and ours.
CLOCK_TOLERANCE: Final = 300

_TOKEN = re.compile(r"([\w-]+)\.([\w-]+)\.[\w-]+", re.ASCII)


@dataclass(frozen=True)
class Bearer:
    """A token, its header and what it claims; `key` is there once its signature is verified with it."""

    text: str = field(repr=False)
    head: Raw
    claims: Mapping[str, Any] = field(repr=False)
    key: SigningKey | None = field(default=None, repr=False)

    @classmethod
    def read(cls, text: str) -> "Bearer":
        """ValueError where it cannot be read."""
        head, claims = (_decoded(part) for part in text.split(".")[:2])
        return cls(text, head, claims)

    @property
    def kid(self) -> str:
        return str(self.head["kid"])

    def names_a_key(self) -> bool:
        """Whether it says by which key it is signed, and in the one way that counts."""
        kid = self.head.get("kid")
        return self.head.get("alg") == "RS256" and isinstance(kid, str) and 0 < len(kid) <= 256

    def is_in_time(self) -> bool:
        expires, starts, now = self.claims.get("exp"), self.claims.get("nbf", 0), time.time()
        if not (_is_moment(expires) and _is_moment(starts)):
            return False
        return starts - CLOCK_TOLERANCE <= now < expires + CLOCK_TOLERANCE


def token_in(headers: list[str]) -> str | None:
    """The text of the only token in the Authorization headers; None where there is none that looks like one."""
    if len(headers) != 1 or len(headers[0]) > LARGEST_HEADER:
        return None
    scheme, _, text = headers[0].partition(" ")
    return text if scheme.lower() == "bearer" and _TOKEN.fullmatch(text) else None


def _decoded(part: str) -> Raw:
    return json_object(urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8"))


def _is_moment(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
