"""The four aims on themes and focus areas, who answers for a focus area, and statuses that nothing can change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_aims"
down_revision = "0013_one_on_one"
branch_labels = None
depends_on = None

GUARDS = {
    "sqlite": (
        "CREATE TRIGGER focus_status_no_update BEFORE update ON focus_status "
        "BEGIN SELECT RAISE(ABORT, 'statuses are only ever added to'); END",
        "CREATE TRIGGER focus_status_no_delete BEFORE delete ON focus_status "
        "BEGIN SELECT RAISE(ABORT, 'statuses are only ever added to'); END",
        # REPLACE deletes without the trigger above.
        "CREATE TRIGGER focus_status_no_replace BEFORE insert ON focus_status "
        "WHEN EXISTS (SELECT 1 FROM focus_status WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'statuses are only ever added to'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION focus_status_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'statuses are only ever added to'; END $$",
        "CREATE TRIGGER focus_status_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON focus_status "
        "EXECUTE FUNCTION focus_status_only_grows()",
    ),
}
UNGUARDS = {
    "sqlite": (
        "DROP TRIGGER focus_status_no_update",
        "DROP TRIGGER focus_status_no_delete",
        "DROP TRIGGER focus_status_no_replace",
    ),
    "postgresql": (
        "DROP TRIGGER focus_status_only_grows ON focus_status",
        "DROP FUNCTION focus_status_only_grows()",
    ),
}


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("theme", sa.Column("aims", document()))
    op.add_column("focus_area", sa.Column("aims", document()))
    op.add_column("focus_area", sa.Column("owner", sa.String(80)))
    op.add_column("focus_area", sa.Column("asked_every", sa.Integer()))
    op.add_column("focus_area", sa.Column("written_by", sa.Uuid()))
    op.add_column("focus_area", sa.Column("written_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE theme SET aims = '[]'")
    op.execute(
        "UPDATE focus_area SET aims = '[]', owner = '', asked_every = 8, written_at = chosen_at, "
        "written_by = (SELECT decision.written_by FROM decision WHERE decision.id = focus_area.decision_id)"
    )
    with op.batch_alter_table("theme") as theme:
        theme.alter_column("aims", existing_type=document(), nullable=False)
    with op.batch_alter_table("focus_area") as focus_area:
        focus_area.alter_column("aims", existing_type=document(), nullable=False)
        focus_area.alter_column("owner", existing_type=sa.String(80), nullable=False)
        focus_area.alter_column("asked_every", existing_type=sa.Integer(), nullable=False)
        focus_area.create_foreign_key("fk_focus_area_written_by", "person", ["written_by"], ["id"])
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in UNGUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("focus_area") as focus_area:
        focus_area.drop_constraint("fk_focus_area_written_by", type_="foreignkey")
        for name in ("written_at", "written_by", "asked_every", "owner", "aims"):
            focus_area.drop_column(name)
    with op.batch_alter_table("theme") as theme:
        theme.drop_column("aims")
