"""The chiefs' signed remarks on focus areas."""

import sqlalchemy as sa
from alembic import op

revision = "0048_focus_remark"
down_revision = "0047_planned_by_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "focus_remark",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("focus_area_id", sa.Uuid(), sa.ForeignKey("focus_area.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index("ix_focus_remark_focus_area_id_written_at", "focus_remark", ["focus_area_id", "written_at"])


def downgrade() -> None:
    op.drop_table("focus_remark")
