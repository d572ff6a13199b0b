"""The shared reflection of a learning dialogue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_reflection"
down_revision = "0001_foundation"
branch_labels = None
depends_on = None


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    step = sa.Enum(
        "basis", "understanding", name="reflection_step", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "reflection",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("dialogue_id", sa.Uuid(), sa.ForeignKey("dialogue.id"), nullable=False, unique=True),
        sa.Column("step", step, nullable=False),
        sa.Column("basis", document(), nullable=False),
        sa.Column("understanding", document(), nullable=False),
        sa.Column("written_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("written_at", sa.DateTime(timezone=True)),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("reflection")
