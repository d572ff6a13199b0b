"""The audit of reads, to which rows are only ever added, and the keys that replicas share."""

import sqlalchemy as sa
from alembic import op

revision = "0006_audit"
down_revision = "0005_perspective"
branch_labels = None
depends_on = None

GUARDS = {
    "sqlite": (
        "CREATE TRIGGER audit_event_no_update BEFORE update ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END",
        "CREATE TRIGGER audit_event_no_delete BEFORE delete ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is only ever added to'; END $$",
        "CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event "
        "EXECUTE FUNCTION audit_event_only_grows()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reader_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("concerns_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("record", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
    )
    op.create_index("ix_audit_event_concerns_id_at", "audit_event", ["concerns_id", "at"])
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "secret",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("secret")
    op.drop_table("audit_event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_event_only_grows()")
