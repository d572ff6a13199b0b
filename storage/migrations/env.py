"""What Alembic runs: the steps, on the connection it was given, inside that connection's transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import TypeDecorator

from storage.tables import metadata
from storage.types import Document, HalfYearType, Names, Utc


def plain(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A step says which plain types it means, so that it stays true when the program's own types change."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    match item:
        case Utc():
            return "sa.DateTime(timezone=True)"
        case HalfYearType():
            return "sa.String(6)"
        case Names() | Document():
            autogen.imports.add("from sqlalchemy.dialects import postgresql")
            return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    raise TypeError(f"no plain type is known for {item!r}")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
