"""Indexes that a database without statistics cannot take wrongly, and that hold all that is counted of a row."""

from alembic import op

revision = "0038_covering_indexes"
down_revision = "0034_anonymisation"
branch_labels = None
depends_on = None

BEFORE = (
    ("ix_key_figure_package_id", "key_figure", ["package_id"]),
    ("ix_decision_dialogue_id", "decision", ["dialogue_id"]),
    (
        "ix_perspective_institution_id_half_year_group",
        "perspective",
        ["institution_id", "half_year", "group", "focus_area_id", "written_at"],
    ),
)
AFTER = (
    ("ix_key_figure_package_id_theme_id", "key_figure", ["package_id", "theme_id"]),
    (
        "ix_decision_dialogue_id_saved_at",
        "decision",
        ["dialogue_id", "saved_at", "withdrawn_at", "kind"],
    ),
    (
        "ix_perspective_institution_id_half_year_group",
        "perspective",
        ["institution_id", "half_year", "group", "focus_area_id", "written_at", "tool_id", "body"],
    ),
)


def upgrade() -> None:
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    _replace(AFTER, BEFORE)


def _replace(old: tuple[tuple[str, str, list[str]], ...], new: tuple[tuple[str, str, list[str]], ...]) -> None:
    for name, table, _columns in old:
        op.drop_index(name, table)
    for name, table, columns in new:
        op.create_index(name, table, columns)
