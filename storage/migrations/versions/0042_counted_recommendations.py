"""The recommendations of an age range are counted in indexes alone."""

from alembic import op

revision = "0042_counted_recommendations"
down_revision = "0041_evidence_digest"
branch_labels = None
depends_on = None

PERSPECTIVES = "ix_perspective_institution_id_half_year_group"
BEFORE = ["institution_id", "half_year", "group", "focus_area_id", "written_at", "tool_id", "body"]
RECOMMENDATIONS = "ix_recommendation_perspective_id_response"


def upgrade() -> None:
    op.drop_index(PERSPECTIVES, "perspective")
    op.create_index(PERSPECTIVES, "perspective", [*BEFORE, "id"])
    op.create_index(
        RECOMMENDATIONS, "recommendation", ["perspective_id", "response", "responded_at", "written_at"]
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index(RECOMMENDATIONS, "recommendation")
    op.drop_index(PERSPECTIVES, "perspective")
    op.create_index(PERSPECTIVES, "perspective", BEFORE)
