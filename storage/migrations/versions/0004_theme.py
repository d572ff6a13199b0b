"""What each institution has done with the themes that were sent out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_theme"
down_revision = "0003_decision"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "theme_receipt",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("round_id", sa.Uuid(), sa.ForeignKey("political_round.id"), nullable=False),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False, index=True),
        sa.Column("sent_at", UTC, nullable=False),
        sa.Column("seen_at", UTC),
        sa.Column("seen_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("discussed_at", UTC),
        sa.Column("discussed_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("discussed_with", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "institution_id"),
    )
    # Until now a round's themes were out as soon as they were imported.
    op.execute("UPDATE political_round SET state = 'sendt ud' WHERE state = 'temaer besluttet'")


def downgrade() -> None:
    op.drop_table("theme_receipt")
