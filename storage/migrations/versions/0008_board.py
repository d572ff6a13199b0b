"""When a board was informed of a dialogue, and what it said."""

import sqlalchemy as sa
from alembic import op

revision = "0008_board"
down_revision = "0007_practice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_note",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("dialogue_id", sa.Uuid(), sa.ForeignKey("dialogue.id"), nullable=False, index=True),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index(
        "uq_board_note_dialogue_id",
        "board_note",
        ["dialogue_id"],
        unique=True,
        sqlite_where=sa.text("is_added = 0"),
        postgresql_where=sa.text("NOT is_added"),
    )


def downgrade() -> None:
    op.drop_table("board_note")
