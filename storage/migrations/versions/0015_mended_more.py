"""Who corrected a perspective last; and on SQLite, no row of the audit can be replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0015_mended_more"
down_revision = "0014_aims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("perspective", sa.Column("corrected_by", sa.Uuid()))
    op.add_column("perspective", sa.Column("corrected_at", sa.DateTime(timezone=True)))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event "
            "WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_event_no_replace")
    op.drop_column("perspective", "corrected_at")
    op.drop_column("perspective", "corrected_by")
