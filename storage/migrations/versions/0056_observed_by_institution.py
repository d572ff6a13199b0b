"""The visits of an institution in a period are found by when they were, or else were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0056_observed_by_institution"
down_revision = "0055_feedback_by_theme"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_observation_institution_id_observed_at", "observation"


def upgrade() -> None:
    op.create_index(NAME, TABLE, ["institution_id", sa.text("coalesce(starts_at, asked_at)")])


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
