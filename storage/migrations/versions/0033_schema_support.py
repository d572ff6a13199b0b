"""Which version a program must know to work with this database, while releases take over from one another."""

import sqlalchemy as sa
from alembic import op

revision = "0033_schema_support"
down_revision = "0024_protection_officer"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schema_support",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("oldest", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema_support")),
    )


def downgrade() -> None:
    op.drop_table("schema_support")
