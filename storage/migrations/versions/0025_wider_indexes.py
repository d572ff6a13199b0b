"""Indexes that hold what is counted over many institutions and years, so that no text is read to count it."""

from alembic import op

revision = "0025_wider_indexes"
down_revision = "0022_political_report"
branch_labels = None
depends_on = None

BEFORE = (
    ("ix_agreement_institution_id_state", "agreement", ["institution_id", "state"]),
    ("ix_focus_status_focus_area_id_written_at", "focus_status", ["focus_area_id", "written_at"]),
    ("ix_observation_institution_id_state", "observation", ["institution_id", "state"]),
    ("ix_perspective_institution_id_half_year", "perspective", ["institution_id", "half_year"]),
    ("ix_recommendation_institution_id", "recommendation", ["institution_id"]),
)
AFTER = (
    (
        "ix_agreement_institution_id_state_due",
        "agreement",
        ["institution_id", "state", "due", "made_at", "ended_at"],
    ),
    (
        "ix_dialogue_institution_id_half_year_state",
        "dialogue",
        ["institution_id", "half_year", "state", "starts_at"],
    ),
    (
        "ix_focus_area_institution_id_chosen_at",
        "focus_area",
        ["institution_id", "chosen_at", "closed_at", "theme_id"],
    ),
    (
        "ix_focus_status_focus_area_id_written_at_id",
        "focus_status",
        ["focus_area_id", "written_at", "id", "status"],
    ),
    (
        "ix_observation_institution_id_state_done_at",
        "observation",
        ["institution_id", "state", "done_at", "starts_at", "asked_at", "oral_on"],
    ),
    (
        "ix_perspective_institution_id_half_year_group",
        "perspective",
        ["institution_id", "half_year", "group", "focus_area_id", "written_at"],
    ),
    (
        "ix_recommendation_institution_id_response_written_at",
        "recommendation",
        ["institution_id", "response", "written_at"],
    ),
)


def upgrade() -> None:
    for name, table, _columns in BEFORE:
        op.drop_index(name, table)
    for name, table, columns in AFTER:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _columns in AFTER:
        op.drop_index(name, table)
    for name, table, columns in BEFORE:
        op.create_index(name, table, columns)
