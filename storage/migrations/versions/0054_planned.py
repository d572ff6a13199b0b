"""When anybody last planned what is due, and which flows' clocks failed then, is known to whoever looks."""

import sqlalchemy as sa
from alembic import op

revision = "0054_planned"
down_revision = "0053_measures_due_by_institution"
branch_labels = None
depends_on = None

TABLE = "delivery"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("planned_at", sa.DateTime(timezone=True)))
    op.add_column(TABLE, sa.Column("failing", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column(TABLE, "failing")
    op.drop_column(TABLE, "planned_at")
