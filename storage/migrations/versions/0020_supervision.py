"""When somebody last asked for a supervision summary of the same; and reads found by their reader."""

import sqlalchemy as sa
from alembic import op

revision = "0020_supervision"
down_revision = "0017_asked_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_summary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_asked_summary_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_summary")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_asked_summary_person_id_key")),
    )
    op.create_index("ix_audit_event_reader_id_at", "audit_event", ["reader_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_audit_event_reader_id_at", "audit_event")
    op.drop_table("asked_summary")
