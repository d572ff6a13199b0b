"""Whether somebody is asked to take notes is looked up at every press, and found in an index."""

from alembic import op

revision = "0052_note_taker_by_index"
down_revision = "0049_preparation_share"
branch_labels = None
depends_on = None

NAME = "ix_reflection_note_taker"


def upgrade() -> None:
    op.create_index(NAME, "reflection", ["note_taker"])


def downgrade() -> None:
    op.drop_index(NAME, "reflection")
