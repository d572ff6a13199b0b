"""The evidence base as it was last shown, which stays until the difference is of enough institutions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037_evidence_kept"
down_revision = "0035_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_kept",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_evidence_kept_cycle_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_kept")),
        sa.UniqueConstraint("cycle_id", "block", "number", name=op.f("uq_evidence_kept_cycle_id_block_number")),
    )


def downgrade() -> None:
    op.drop_table("evidence_kept")
