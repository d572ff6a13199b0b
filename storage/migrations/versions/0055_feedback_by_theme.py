"""The focus area that a feedback was linked to when it was read stands beside the reply, which may be sealed.

Here are only the columns; storage/filling.py fills them when the step is done and the table free again. What no key
opens, and what an older replica writes meanwhile, is opened one by one by whoever counts feedback by theme.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055_feedback_by_theme"
down_revision = "0054_planned"
branch_labels = None
depends_on = None

TABLE = "acknowledgement"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("focus_area_id", sa.Uuid()))
    op.add_column(TABLE, sa.Column("area_is_plain", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column(TABLE, "area_is_plain")
    op.drop_column(TABLE, "focus_area_id")
