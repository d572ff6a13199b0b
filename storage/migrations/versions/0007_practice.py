"""Practice that institutions share with one another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_practice"
down_revision = "0006_audit"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False, index=True),
        sa.Column("theme_id", sa.Uuid(), sa.ForeignKey("theme.id"), index=True),
        sa.Column("focus_area_id", sa.Uuid(), sa.ForeignKey("focus_area.id"), unique=True),
        sa.Column("measure_id", sa.Uuid(), sa.ForeignKey("measure.id"), unique=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("draft", document(), nullable=False),
        sa.Column("shared", document()),
        sa.Column("written_by", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("shared_at", UTC),
        sa.Column("withdrawn_at", UTC),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_practice_shared_at", "shared_at"),
    )


def downgrade() -> None:
    op.drop_table("practice")
