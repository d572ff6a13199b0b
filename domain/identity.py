"""Ids of entities: opaque to people, ordered by time of making so that indexes grow at one end."""

import time
from os import urandom
from uuid import UUID

# What the version and the variant leave to chance, and what they say.
_CHANCE = (1 << 76) - 1 & ~(0x3 << 62)
_VERSION_7 = 0x7 << 76 | 0x2 << 62


def new_id() -> UUID:
    """A new UUID of version 7: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    return UUID(int=milliseconds << 80 | _VERSION_7 | int.from_bytes(urandom(10)) & _CHANCE)
