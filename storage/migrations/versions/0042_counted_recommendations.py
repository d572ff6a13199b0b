"""The recommendations of an age range are counted in indexes alone."""

from alembic import op

revision = "0042_counted_recommendations"
down_revision = "0041_evidence_digest"
branch_labels = None
depends_on = None

PERSPECTIVES = "ix_perspective_institution_id_half_year_group"
BEFORE = ["institution_id", "half_year", "group", "focus_area_id", "written_at", "tool_id", "body"]
RECOMMENDATIONS = "ix_recommendation_perspective_id_response"
BUILT = f"{PERSPECTIVES}_built"


def upgrade() -> None:
    op.create_index(
        RECOMMENDATIONS, "recommendation", ["perspective_id", "response", "responded_at", "written_at"]
    )  # fmt: skip
    _replace([*BEFORE, "id"])


def downgrade() -> None:
    _replace(BEFORE)
    op.drop_index(RECOMMENDATIONS, "recommendation")


def _replace(columns: list[str]) -> None:
    """The index of perspectives; on PostgreSQL, older replicas read on while it is built."""
    if op.get_bind().dialect.name == "sqlite":
        # It has no other name for an index, and nobody serves the file meanwhile.
        op.drop_index(PERSPECTIVES, "perspective")
        op.create_index(PERSPECTIVES, "perspective", columns)
        return
    # Once one is dropped, nobody else sees the table before all of it is committed.
    op.create_index(BUILT, "perspective", columns)
    op.drop_index(PERSPECTIVES, "perspective")
    op.execute(f"ALTER INDEX {BUILT} RENAME TO {PERSPECTIVES}")
