"""What is handed over to the municipality's journal, where it has arrived, and what is in the way."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035_journal"
down_revision = "0027_retention"
branch_labels = None
depends_on = None

KINDS = ("tilsynsresumé", "beslutninger")
STATES = ("waiting", "delivered", "failed")


def upgrade() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="journal_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Uuid()),
        sa.Column("additions", sa.Integer()),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="journal_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("told", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.Column("sha256", sa.String(64)),
        sa.Column("folder_at", sa.DateTime(timezone=True)),
        sa.Column("webhook_at", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.Column("reference", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_journal_entry_institution_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["journal_entry.id"], name=op.f("fk_journal_entry_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("name", name=op.f("uq_journal_entry_name")),
        sa.UniqueConstraint("subject_id", "edition", name=op.f("uq_journal_entry_subject_id_edition")),
    )
    op.create_index("ix_journal_entry_institution_id", "journal_entry", ["institution_id"])
    op.create_index("ix_journal_entry_replaces_id", "journal_entry", ["replaces_id"])
    op.create_index("ix_journal_entry_state_next_at", "journal_entry", ["state", "next_at"])


def downgrade() -> None:
    for name in ("state_next_at", "replaces_id", "institution_id"):
        op.drop_index(f"ix_journal_entry_{name}", "journal_entry")
    op.drop_table("journal_entry")
