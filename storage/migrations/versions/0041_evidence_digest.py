"""What is shown of the evidence base is told by a digest, and its figures stay as they are while their packages do."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0041_evidence_digest"
down_revision = "0045_one_indicator"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence_kept", sa.Column("digest", sa.String(32)))
    op.create_table(
        "evidence_figures",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_evidence_figures_cycle_id")),
        sa.PrimaryKeyConstraint("cycle_id", name=op.f("pk_evidence_figures")),
    )


def downgrade() -> None:
    op.drop_table("evidence_figures")
    op.drop_column("evidence_kept", "digest")
