"""The colleagues with whom a preparation is shared; whom it is handed to stays where it is."""

import sqlalchemy as sa
from alembic import op

revision = "0049_preparation_share"
down_revision = "0051_theme_by_theme"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preparation_share",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("preparation_id", sa.Uuid(), sa.ForeignKey("preparation.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("shared_by", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("preparation_id", "person_id"),
    )


def downgrade() -> None:
    op.drop_table("preparation_share")
