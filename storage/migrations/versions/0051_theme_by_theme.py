"""Whom each theme of a round was discussed with, beside what was said of all of them at once.

It only adds: what was told of a round was told of each of its themes. The columns of the round stay for older replicas,
and say of a round what holds for all of its themes.
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0051_theme_by_theme"
down_revision = "0048_focus_remark"
branch_labels = None
depends_on = None


def document() -> sa.JSON:
    return sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


receipt = sa.table(
    "theme_receipt",
    sa.column("id", sa.Uuid()),
    sa.column("round_id", sa.Uuid()),
    sa.column("discussed_with", document()),
    sa.column("talks", document()),
)
theme = sa.table("theme", sa.column("id", sa.Uuid()), sa.column("round_id", sa.Uuid()))


def upgrade() -> None:
    op.add_column("theme_receipt", sa.Column("talks", document(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    themes = defaultdict(list)
    for theme_id, round_id in connection.execute(sa.select(theme.c.id, theme.c.round_id)):
        themes[round_id].append(str(theme_id))
    for receipt_id, round_id, people in connection.execute(
        sa.select(receipt.c.id, receipt.c.round_id, receipt.c.discussed_with)
    ).all():
        if people:
            talks = dict.fromkeys(sorted(themes[round_id]), people)
            connection.execute(sa.update(receipt).where(receipt.c.id == receipt_id).values(talks=talks))


def downgrade() -> None:
    op.drop_column("theme_receipt", "talks")
