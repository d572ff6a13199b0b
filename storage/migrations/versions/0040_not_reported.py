"""What still waits of the recommendations is found without looking at all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0040_not_reported"
down_revision = "0038_covering_indexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_recommendation_not_reported",
        "recommendation",
        ["institution_id"],
        sqlite_where=sa.text("reported_on IS NULL"),
        postgresql_where=sa.text("reported_on IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_recommendation_not_reported", "recommendation")
