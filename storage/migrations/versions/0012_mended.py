"""The day of an appointment, the council's decision, the name of another body, and who answered a recommendation."""

import sqlalchemy as sa
from alembic import op

revision = "0012_mended"
down_revision = "0011_observation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("prompt", sa.Column("appointment_on", sa.Date()))
    op.add_column("theme", sa.Column("decision_url", sa.String(500)))
    op.add_column("perspective", sa.Column("body_name", sa.String(80)))
    op.add_column("recommendation", sa.Column("responded_by", sa.Uuid()))


def downgrade() -> None:
    op.drop_column("recommendation", "responded_by")
    op.drop_column("perspective", "body_name")
    op.drop_column("theme", "decision_url")
    op.drop_column("prompt", "appointment_on")
