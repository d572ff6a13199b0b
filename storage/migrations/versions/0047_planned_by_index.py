"""What the planner asks for each minute is found in an index, however many years lie behind."""

import sqlalchemy as sa
from alembic import op

revision = "0047_planned_by_index"
down_revision = "0050_local_priority"
branch_labels = None
depends_on = None

NOT_REPORTED = "ix_recommendation_not_reported"
BUILT = f"{NOT_REPORTED}_built"
NEW = {
    "ix_prompt_state_view": ("prompt", ["state", "view"]),
    "ix_prompt_view_subject_id": ("prompt", ["view", "subject_id"]),
    "ix_prompt_state_expires_at": ("prompt", ["state", "expires_at"]),
    "ix_dialogue_state_recorded_at": ("dialogue", ["state", "recorded_at"]),
    "ix_measure_state_due": ("measure", ["state", "due"]),
    "ix_feedback_submitted_at": ("feedback", ["submitted_at"]),
    "ix_one_on_one_answered_at_asked_at": ("one_on_one", ["answered_at", "asked_at"]),
}
ACTIVE = "ix_focus_area_active"


def upgrade() -> None:
    for name, (table, columns) in NEW.items():
        op.create_index(name, table, columns)
    is_active = sa.text("closed_at IS NULL")
    op.create_index(
        ACTIVE,
        "focus_area",
        ["institution_id", "asked_every", "chosen_at", "id"],
        sqlite_where=is_active,
        postgresql_where=is_active,
    )
    _replace(["institution_id", "written_at", "responded_at", "version"])


def downgrade() -> None:
    _replace(["institution_id"])
    op.drop_index(ACTIVE, "focus_area")
    for name, (table, _columns) in NEW.items():
        op.drop_index(name, table)


def _replace(columns: list[str]) -> None:
    """The index of what waits for a report back; on PostgreSQL, older replicas read on while it is built."""
    waits = sa.text("reported_on IS NULL")

    def build(name: str) -> None:
        op.create_index(name, "recommendation", columns, sqlite_where=waits, postgresql_where=waits)

    if op.get_bind().dialect.name == "sqlite":
        # It has no other name for an index, and nobody serves the file meanwhile.
        op.drop_index(NOT_REPORTED, "recommendation")
        build(NOT_REPORTED)
        return
    # Once one is dropped, nobody else sees the table before all of it is committed.
    build(BUILT)
    op.drop_index(NOT_REPORTED, "recommendation")
    op.execute(f"ALTER INDEX {BUILT} RENAME TO {NOT_REPORTED}")
