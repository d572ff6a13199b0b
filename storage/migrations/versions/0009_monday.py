"""Who has chosen a list every Monday of what waits."""

import sqlalchemy as sa
from alembic import op

revision = "0009_monday"
down_revision = "0008_board"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("monday_since", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.drop_column("monday_since")
