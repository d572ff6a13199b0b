"""What a perspective is about, which ones a status rests on, and decisions that were withdrawn."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_named_data"
down_revision = "0016_notes_and_practice"
branch_labels = None
depends_on = None


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("decision", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))
    # With a default of the table's own, since statuses cannot be changed.
    op.add_column("focus_status", sa.Column("perspectives", document(), nullable=False, server_default="[]"))
    op.add_column("perspective", sa.Column("aims", document(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("perspective", "aims")
    op.drop_column("focus_status", "perspectives")
    op.drop_column("decision", "withdrawn_at")
