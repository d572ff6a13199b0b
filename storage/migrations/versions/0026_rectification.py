"""Requests to correct what others wrote about one."""

import sqlalchemy as sa
from alembic import op

revision = "0026_rectification"
down_revision = "0032_reach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    matter = sa.Enum("note", "feedback", name="matter", native_enum=False, create_constraint=True, length=40)
    state = sa.Enum(
        "asked",
        "corrected",
        "declined",
        name="rectification_state",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "rectification",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("matter", matter, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case", sa.String(120), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_rectification_state_asked_at", "rectification", ["state", "asked_at"])


def downgrade() -> None:
    op.drop_table("rectification")
