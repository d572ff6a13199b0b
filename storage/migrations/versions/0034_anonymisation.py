"""Anonymisation by two people, what was exported about whom, and the two ways past the guard of statuses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034_anonymisation"
down_revision = "0037_evidence_kept"
branch_labels = None
depends_on = None

STATES = ("proposed", "approved", "carried out", "done", "refused", "withdrawn", "expired", "stopped")
STATUS = "statuses are only ever added to"
EXPORT = "the audit is only ever added to"
PASSES = "EXISTS (SELECT 1 FROM retention_pass WHERE kind = '{kind}')"
OF = {"update": PASSES.format(kind="anonymisation"), "delete": PASSES.format(kind="focus area")}


def _statuses(*, passes: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        ways = (
            f"IF TG_OP = 'UPDATE' AND {OF['update']} THEN RETURN NEW; END IF; "
            f"IF TG_OP = 'DELETE' AND {OF['delete']} THEN RETURN OLD; END IF; "
        )
        op.execute(
            "CREATE OR REPLACE FUNCTION focus_status_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {ways if passes else ''}RAISE EXCEPTION '{STATUS}'; END $$"
        )
        op.execute("DROP TRIGGER focus_status_only_grows ON focus_status")
        each = "FOR EACH ROW " if passes else ""
        op.execute(
            f"CREATE TRIGGER focus_status_only_grows BEFORE UPDATE OR DELETE{'' if passes else ' OR TRUNCATE'} "
            f"ON focus_status {each}EXECUTE FUNCTION focus_status_only_grows()"
        )
        if passes:
            op.execute(
                "CREATE TRIGGER focus_status_is_kept BEFORE TRUNCATE ON focus_status "
                "EXECUTE FUNCTION focus_status_only_grows()"
            )
        else:
            op.execute("DROP TRIGGER focus_status_is_kept ON focus_status")
        return
    for what, way in OF.items():
        op.execute(f"DROP TRIGGER focus_status_no_{what}")
        op.execute(
            f"CREATE TRIGGER focus_status_no_{what} BEFORE {what} ON focus_status "
            f"{f'WHEN NOT {way} ' if passes else ''}BEGIN SELECT RAISE(ABORT, '{STATUS}'); END"
        )


def _exports() -> None:
    audit = PASSES.format(kind="audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION export_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
            f"$$ BEGIN IF TG_OP = 'DELETE' AND {audit} THEN RETURN OLD; END IF; RAISE EXCEPTION '{EXPORT}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER export_event_only_grows BEFORE UPDATE OR DELETE ON export_event "
            "FOR EACH ROW EXECUTE FUNCTION export_event_only_grows()"
        )
        op.execute(
            "CREATE TRIGGER export_event_is_kept BEFORE TRUNCATE ON export_event "
            "EXECUTE FUNCTION export_event_only_grows()"
        )
        return
    for what, unless in (("update", ""), ("delete", f"WHEN NOT {audit} ")):
        op.execute(
            f"CREATE TRIGGER export_event_no_{what} BEFORE {what} ON export_event {unless}"
            f"BEGIN SELECT RAISE(ABORT, '{EXPORT}'); END"
        )
    op.execute(
        "CREATE TRIGGER export_event_no_replace BEFORE INSERT ON export_event "  # noqa: S608
        "WHEN EXISTS (SELECT 1 FROM export_event WHERE id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{EXPORT}'); END"
    )


def upgrade() -> None:
    document = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
    state = sa.Enum(*STATES, name="anonymisation_state", native_enum=False, create_constraint=True, length=40)
    op.add_column("person", sa.Column("anonymised_on", sa.Date()))
    op.create_table(
        "anonymisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("record_id", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("case", sa.String(120), nullable=False),
        sa.Column("parts_too", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("answered_by", sa.Uuid()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("carried_out_at", sa.DateTime(timezone=True)),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("counts", document),
        sa.Column("fixed", document, nullable=False),
        sa.Column("open_key", sa.String(60)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anonymisation")),
        sa.UniqueConstraint("open_key", name=op.f("uq_anonymisation_open_key")),
        *(
            sa.ForeignKeyConstraint([name], ["person.id"], name=op.f(f"fk_anonymisation_{name}"))
            for name in ("person_id", "proposed_by", "answered_by")
        ),
    )
    op.create_index("ix_anonymisation_state_proposed_at", "anonymisation", ["state", "proposed_at"])
    op.create_table(
        "export_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concerns_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("case", sa.String(120), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_event")),
        sa.ForeignKeyConstraint(["concerns_id"], ["person.id"], name=op.f("fk_export_event_concerns_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_export_event_by_id")),
    )
    op.create_index("ix_export_event_concerns_id_at", "export_event", ["concerns_id", "at"])
    _statuses(passes=True)
    _exports()


def downgrade() -> None:
    _statuses(passes=False)
    op.drop_table("export_event")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION export_event_only_grows()")
    op.drop_table("anonymisation")
    op.drop_column("person", "anonymised_on")
