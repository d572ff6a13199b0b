"""The focus area that a feedback was linked to when it was read stands beside the reply, which may be sealed.

What the keys at hand do not open is left as it is, and so is what an older replica writes meanwhile: whoever counts
feedback by theme opens those replies one by one.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from storage.sealed import KeyMissing, SealedJson

revision = "0055_feedback_by_theme"
down_revision = "0054_planned"
branch_labels = None
depends_on = None

TABLE = "acknowledgement"
PORTION = 500
REPLY = SealedJson("acknowledgement.reply")
acknowledgement = sa.table(
    TABLE,
    sa.column("id", sa.Uuid()),
    sa.column("reply", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
    sa.column("focus_area_id", sa.Uuid()),
    sa.column("area_is_plain", sa.Boolean()),
)


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("focus_area_id", sa.Uuid()))
    op.add_column(TABLE, sa.Column("area_is_plain", sa.Boolean(), nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    known = (
        sa.update(acknowledgement)
        .where(acknowledgement.c.id == sa.bindparam("read"))
        .values(focus_area_id=sa.bindparam("area"), area_is_plain=True)
    )
    rows = sa.select(acknowledgement.c.id, acknowledgement.c.reply).order_by(acknowledgement.c.id).limit(PORTION)
    portion = connection.execute(rows).all()
    while portion:
        if areas := list(_areas(portion, connection.dialect)):
            connection.execute(known, areas)
        portion = connection.execute(rows.where(acknowledgement.c.id > portion[-1].id)).all()


def downgrade() -> None:
    op.drop_column(TABLE, "area_is_plain")
    op.drop_column(TABLE, "focus_area_id")


def _areas(portion: Sequence[Any], dialect: sa.Dialect) -> Iterator[dict[str, UUID | None]]:
    for read, kept in portion:
        try:
            area = REPLY.process_result_value(kept, dialect)["focus_area_id"]
        except KeyMissing:
            continue
        yield {"read": read, "area": UUID(area) if area else None}
