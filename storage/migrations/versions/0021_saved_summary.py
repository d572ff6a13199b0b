"""Saved supervision summaries with the leaders' remarks and their numbers, and what an answer was about."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021_saved_summary"
down_revision = "0019_asking"
branch_labels = None
depends_on = None

STATES = ("kladde", "læst af chef", "hos leder til bemærkning", "endelig")
WHY = "a final summary is never changed"
TAKES = (
    "EXISTS (SELECT 1 FROM saved_summary AS kept WHERE kept.state = 'endelig' "
    "AND (kept.id = NEW.id OR (kept.year = NEW.year AND kept.number = NEW.number)))"
)


def about_final(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM saved_summary WHERE id = {row}.summary_id AND state = 'endelig')"  # noqa: S608


def refused(table: str, what: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {table}_final_no_{what} BEFORE {what} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    )


GUARDS = {
    "sqlite": (
        refused("saved_summary", "update", f"OLD.state = 'endelig' OR {TAKES}"),
        refused("saved_summary", "delete", "OLD.state = 'endelig'"),
        refused("saved_summary", "insert", TAKES),
        refused("summary_remark", "update", f"{about_final('OLD')} OR {about_final('NEW')}"),
        refused("summary_remark", "delete", about_final("OLD")),
        refused(
            "summary_remark",
            "insert",
            f"{about_final('NEW')} OR EXISTS (SELECT 1 FROM summary_remark AS kept WHERE kept.id = NEW.id "  # noqa: S608
            f"AND {about_final('kept')})",
        ),
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION saved_summary_final_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF OLD.state = 'endelig' THEN RAISE EXCEPTION '{WHY}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER saved_summary_final_stays BEFORE UPDATE OR DELETE ON saved_summary "
        "FOR EACH ROW EXECUTE FUNCTION saved_summary_final_stays()",
        "CREATE OR REPLACE FUNCTION saved_summary_final_is_kept() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
        "$$ BEGIN IF EXISTS (SELECT 1 FROM saved_summary WHERE state = 'endelig') "
        f"THEN RAISE EXCEPTION '{WHY}'; END IF; RETURN NULL; END $$",
        "CREATE TRIGGER saved_summary_final_is_kept BEFORE TRUNCATE ON saved_summary "
        "EXECUTE FUNCTION saved_summary_final_is_kept()",
        "CREATE OR REPLACE FUNCTION summary_remark_final_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP <> 'INSERT' AND {about_final('OLD')} THEN RAISE EXCEPTION '{WHY}'; END IF; "
        f"IF TG_OP <> 'DELETE' AND {about_final('NEW')} THEN RAISE EXCEPTION '{WHY}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER summary_remark_final_stays BEFORE INSERT OR UPDATE OR DELETE ON summary_remark "
        "FOR EACH ROW EXECUTE FUNCTION summary_remark_final_stays()",
        "CREATE TRIGGER summary_remark_final_is_kept BEFORE TRUNCATE ON summary_remark "
        "EXECUTE FUNCTION saved_summary_final_is_kept()",
    ),
}


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "asked_bounds",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("bounds", json, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_asked_bounds_person_id_asked_at", "asked_bounds", ["person_id", "asked_at"])
    op.create_table(
        "saved_summary",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("about_key", sa.String(100), nullable=False, index=True),
        sa.Column("open_key", sa.String(100), unique=True),
        sa.Column("first", sa.String(6), nullable=False),
        sa.Column("last", sa.String(6), nullable=False),
        sa.Column("theme_id", sa.Uuid(), sa.ForeignKey("theme.id")),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("lines", json, nullable=False),
        sa.Column(
            "language",
            sa.Enum("da", "en", name="language", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="summary_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("sent_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("final_at", sa.DateTime(timezone=True)),
        sa.Column("final_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("year", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("replaces_id", sa.Uuid(), sa.ForeignKey("saved_summary.id"), index=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("year", "number"),
    )
    op.create_index("ix_saved_summary_institution_id_made_at", "saved_summary", ["institution_id", "made_at"])
    op.create_index("ix_saved_summary_state_sent_at", "saved_summary", ["state", "sent_at"])
    op.create_table(
        "summary_remark",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("summary_id", sa.Uuid(), sa.ForeignKey("saved_summary.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("summary_id", "author_id"),
    )
    op.create_table(
        "summary_number",
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in ("summary_number", "summary_remark", "saved_summary", "asked_bounds"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for function in ("summary_remark_final_stays", "saved_summary_final_is_kept", "saved_summary_final_stays"):
            op.execute(f"DROP FUNCTION {function}()")
