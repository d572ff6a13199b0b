"""Political reports: drafts that are kept, and final ones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022_political_report"
down_revision = "0021_saved_summary"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    states = sa.Enum("udkast", "endelig", name="report_state", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "political_report",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("round_id", sa.Uuid(), sa.ForeignKey("political_round.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("final_at", UTC),
        sa.Column("final_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "number"),
    )


def downgrade() -> None:
    op.drop_table("political_report")
