"""Text that is kept encrypted where the municipality has set a key, and as it is where it has not.

Each value is sealed by itself with AES-GCM, bound to its column, under the newest key; it names the key, so that older
ones still open what they sealed until it is sealed anew. What is read is words, with or without a key.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import JSON, Dialect, Text, TypeDecorator

from storage.types import Document

KEY_BYTES, NONCE_BYTES = 32, 12
# Nobody can type this: `clean` takes control characters out of everything that is kept.
MARK = "\u0002sealed:"


class KeyMissing(Exception):
    """A text is sealed with a key that is not set, or was changed by another hand."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a text is sealed with the key {name}, which is not among LAERINGSBOT_TEXT_KEYS")


@dataclass(frozen=True)
class Keyring:
    """The keys, newest first; by none of them nothing is sealed."""

    keys: Mapping[str, AESGCM]

    @classmethod
    def of(cls, keys: Iterable[bytes]) -> "Keyring":
        return cls({name_of(key): AESGCM(key) for key in keys})

    @property
    def newest(self) -> str | None:
        return next(iter(self.keys), None)

    def seal(self, text: str, where: str) -> str:
        name = self.newest
        if name is None:
            return text
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self.keys[name].encrypt(nonce, text.encode(), where.encode())
        return f"{MARK}{name}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, kept: str, where: str) -> str:
        """The words of a kept value, sealed or not; raises `KeyMissing` where no key opens it."""
        if not kept.startswith(MARK):
            return kept
        name, _, sealed = kept.removeprefix(MARK).partition(":")
        if name not in self.keys:
            raise KeyMissing(name)
        raw = base64.b64decode(sealed)
        try:
            return self.keys[name].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], where.encode()).decode()
        except InvalidTag as why:
            raise KeyMissing(name) from why


NO_KEYS = Keyring({})


def name_of(key: bytes) -> str:
    """What a key is called: so much of its digest that two are told apart, and nothing of the key."""
    return hashlib.sha256(key).hexdigest()[:8]


_in_use = threading.local()


@contextmanager
def using(keyring: Keyring) -> Iterator[None]:
    """As long as it lasts, what this thread reads and writes goes through the keys.

    By the thread and not by the engine: SQLAlchemy keeps what it has compiled, whichever engine asked for it first.
    """
    before = _keys()
    _in_use.keyring = keyring
    try:
        yield
    finally:
        _in_use.keyring = before


def _keys() -> Keyring:
    found: Keyring = getattr(_in_use, "keyring", NO_KEYS)
    return found


class SealedText(TypeDecorator[str]):
    """A text that people write, sealed where there is a key. It is never searched for in the database."""

    impl = Text
    cache_ok = True

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keys().seal(value, self.where)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keys().open(value, self.where)


class SealedDocument(Document):
    """A document whose texts are sealed as one; without a key it is kept as any other."""

    cache_ok = True

    def __init__(self, where: str, dump: Callable[[Any], Any], load: Callable[[Any], Any]) -> None:
        super().__init__(dump, load)
        self.where = where

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _seal_json(super().process_bind_param(value, dialect), self.where)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return super().process_result_value(_open_json(value, self.where), dialect)


class SealedJson(TypeDecorator[Any]):
    """Plain data, such as a card, sealed as one."""

    impl = JSON
    cache_ok = True

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _seal_json(value, self.where)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return _open_json(value, self.where)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """The same; a card that is kept as it is, which every press does, is written in a tenth of the time."""
        sealed = super().bind_processor(dialect)
        assert sealed is not None

        def written(value: Any) -> Any:
            return sealed(value) if value is None or _keys().newest else orjson.dumps(value).decode()

        return written


def _seal_json(value: Any, where: str) -> Any:
    keys = _keys()
    if value is None or keys.newest is None:
        return value
    return {"sealed": keys.seal(json.dumps(value, ensure_ascii=False), where)}


def _open_json(value: Any, where: str) -> Any:
    if isinstance(value, dict) and str(value.get("sealed", "")).startswith(MARK):
        return json.loads(_keys().open(value["sealed"], where))
    return value
