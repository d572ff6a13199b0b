"""Random keys that all replicas share, made by whichever needs one first."""

import secrets

from sqlalchemy import Column, LargeBinary, String, Table, select

from storage.types import metadata
from storage.unit_of_work import UnitOfWork

LENGTH = 32

secret = Table(
    "secret",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)


def secret_named(uow: UnitOfWork, name: str) -> bytes:
    """The key of this name, the same for every replica from the first use on."""
    kept = select(secret.c.value).where(secret.c.name == name)
    found: bytes | None = uow.session.scalar(kept)
    if found is None:
        insert = uow.insert(secret)
        made = insert.values(name=name, value=secrets.token_bytes(LENGTH)).on_conflict_do_nothing()
        uow.session.execute(made)
        found = uow.session.scalar(kept)
    assert found is not None
    return found
