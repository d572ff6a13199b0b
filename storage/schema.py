"""Whether this program can work with the schema that the database has, older and newer ones included.

While a newer release takes over, replica by replica, the database has the newer schema already: a step only ever adds
what older programs can do without. What they cannot do without is taken away by a later release, in a step that writes
down here which version a program must know from then on.
"""

from enum import StrEnum

from sqlalchemy import Column, Engine, Integer, String, Table, inspect, select

from storage import postgresql, sqlite
from storage.database import parse_url
from storage.migrating import current_and_head, known_versions
from storage.types import metadata

schema_support = Table(
    "schema_support",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("oldest", String(60), nullable=False),
)


class Fit(StrEnum):
    """How the database's schema is to this program: OLDER must be migrated, NEWER can be worked with, TOO_NEW not."""

    SAME = "same"
    OLDER = "older"
    NEWER = "newer"
    TOO_NEW = "too new"


def fit_of(url: str) -> Fit:
    """How the database's schema fits this program."""
    current, head = current_and_head(url)
    if current == head:
        return Fit.SAME
    known = known_versions()
    if current is None or current in known:
        return Fit.OLDER
    oldest = _oldest(url)
    return Fit.NEWER if oldest is None or oldest in known else Fit.TOO_NEW


def _oldest(url: str) -> str | None:
    parsed = parse_url(url)
    engine: Engine = (
        sqlite.reader(sqlite.file_of(parsed), 1)
        if parsed.get_backend_name() == "sqlite"
        else postgresql.engine(parsed, 1)
    )
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(schema_support.name):
                return None
            return connection.scalar(select(schema_support.c.oldest))
    finally:
        engine.dispose()
