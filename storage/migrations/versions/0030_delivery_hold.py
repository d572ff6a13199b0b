"""When the database was last served, and whether messages are held back."""

import sqlalchemy as sa
from alembic import op

revision = "0030_delivery_hold"
down_revision = "0033_schema_support"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("alive_at", sa.DateTime(timezone=True)),
        sa.Column("held_at", sa.DateTime(timezone=True)),
        sa.Column("held_because", sa.String(40)),
        sa.CheckConstraint("held_because IN ('silence', 'asked')", name=op.f("ck_delivery_held_because")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )


def downgrade() -> None:
    op.drop_table("delivery")
