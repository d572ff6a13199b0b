"""The open measures of one institution are found by their date, too, and not among everybody's."""

from alembic import op

revision = "0053_measures_due_by_institution"
down_revision = "0052_note_taker_by_index"
branch_labels = None
depends_on = None

TABLE = "measure"
BEFORE, NOW = "ix_measure_institution_id_state", "ix_measure_institution_id_state_due"


def upgrade() -> None:
    op.create_index(NOW, TABLE, ["institution_id", "state", "due"])
    op.drop_index(BEFORE, TABLE)


def downgrade() -> None:
    op.create_index(BEFORE, TABLE, ["institution_id", "state"])
    op.drop_index(NOW, TABLE)
