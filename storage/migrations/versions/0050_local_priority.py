"""What an institution gives priority to in a half-year."""

import sqlalchemy as sa
from alembic import op

revision = "0050_local_priority"
down_revision = "0042_counted_recommendations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "local_priority",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("half_year", sa.String(6), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.Uuid()),
        sa.Column("corrected_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("institution_id", "half_year"),
    )


def downgrade() -> None:
    op.drop_table("local_priority")
