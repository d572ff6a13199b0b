"""Rules for how long each kind is kept, legal holds, and the one way past the guards: a rule with an authority."""

import sqlalchemy as sa
from alembic import op

revision = "0027_retention"
down_revision = "0030_delivery_hold"
branch_labels = None
depends_on = None

KINDS = (
    "identity",
    "preparation",
    "reflection",
    "decision",
    "focus area",
    "perspective",
    "practice",
    "method",
    "guide",
    "theme",
    "observation",
    "visit note",
    "feedback",
    "1:1",
    "agreement",
    "personal note",
    "summary",
    "network",
    "political report",
    "question",
    "message",
    "audit",
    "right",
)
FINAL = "EXISTS (SELECT 1 FROM saved_summary WHERE id = {row}.summary_id AND state = 'endelig')"
AUDIT = "the audit is only ever added to"
SUMMARY = "a final summary is never changed"


def _passes(kind: str) -> str:
    return f"EXISTS (SELECT 1 FROM retention_pass WHERE kind = '{kind}')"  # noqa: S608


def _on_sqlite(*, passes: bool) -> None:
    rows = (
        ("audit_event", "audit_event_no_delete", "", AUDIT, "audit"),
        ("saved_summary", "saved_summary_final_no_delete", "OLD.state = 'endelig'", SUMMARY, "summary"),
        ("summary_remark", "summary_remark_final_no_delete", FINAL.format(row="OLD"), SUMMARY, "summary"),
    )
    for table, trigger, refused, why, kind in rows:
        unless = f"NOT {_passes(kind)}" if passes else ""
        when = " AND ".join(filter(None, (f"({refused})" if refused else "", unless)))
        op.execute(f"DROP TRIGGER {trigger}")
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE delete ON {table} {f'WHEN {when} ' if when else ''}"
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )


def _on_postgresql(*, passes: bool) -> None:
    def unless(kind: str) -> str:
        return f"IF TG_OP = 'DELETE' AND {_passes(kind)} THEN RETURN OLD; END IF; " if passes else ""

    bodies = {
        "audit_event_only_grows": f"{unless('audit')}RAISE EXCEPTION '{AUDIT}';",
        "saved_summary_final_stays": (
            f"{unless('summary')}IF OLD.state = 'endelig' THEN RAISE EXCEPTION '{SUMMARY}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
        "summary_remark_final_stays": (
            f"{unless('summary')}IF TG_OP <> 'INSERT' AND {FINAL.format(row='OLD')} THEN RAISE EXCEPTION '{SUMMARY}'; "
            f"END IF; IF TG_OP <> 'DELETE' AND {FINAL.format(row='NEW')} THEN RAISE EXCEPTION '{SUMMARY}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    }
    for name, body in bodies.items():
        op.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"  # noqa: S608
        )
    op.execute("DROP TRIGGER audit_event_only_grows ON audit_event")
    each = "FOR EACH ROW " if passes else ""
    op.execute(
        f"CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE{'' if passes else ' OR TRUNCATE'} "
        f"ON audit_event {each}EXECUTE FUNCTION audit_event_only_grows()"
    )
    if passes:
        op.execute(
            "CREATE TRIGGER audit_event_is_kept BEFORE TRUNCATE ON audit_event "
            "EXECUTE FUNCTION audit_event_only_grows()"
        )
    else:
        op.execute("DROP TRIGGER audit_event_is_kept ON audit_event")


def _guards(*, passes: bool) -> None:
    if op.get_bind().dialect.name == "postgresql":
        _on_postgresql(passes=passes)
    else:
        _on_sqlite(passes=passes)


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "retention_rule",
        sa.Column("kind", kind, primary_key=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(120), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("case", sa.String(120), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id")),
        sa.Column("lifted_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "deletion",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("table_name", sa.String(60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(120), nullable=False),
    )
    op.create_table("retention_pass", sa.Column("kind", sa.String(40), primary_key=True))
    _guards(passes=True)


def downgrade() -> None:
    _guards(passes=False)
    for table in ("retention_pass", "deletion", "legal_hold", "retention_rule"):
        op.drop_table(table)
