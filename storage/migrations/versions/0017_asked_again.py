"""When the leader was last asked about the note and the agreements of a 1:1."""

import sqlalchemy as sa
from alembic import op

revision = "0017_asked_again"
down_revision = "0015_mended_more"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("one_on_one", sa.Column("asked_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE one_on_one SET asked_at = shared_at")


def downgrade() -> None:
    op.drop_column("one_on_one", "asked_at")
