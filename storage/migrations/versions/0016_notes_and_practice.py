"""Whether a note of a visit stood in the feedback, and practice about what an observer took home."""

import sqlalchemy as sa
from alembic import op

revision = "0016_notes_and_practice"
down_revision = "0020_supervision"
branch_labels = None
depends_on = None

BEGUN = """
UPDATE visit_note SET carried = :shown WHERE EXISTS (
    SELECT 1 FROM feedback
    WHERE feedback.observation_id = visit_note.observation_id AND visit_note.written_at <= feedback.written_at
)
"""


def upgrade() -> None:
    op.add_column("visit_note", sa.Column("carried", sa.Boolean()))
    # What stood in a draft that was begun before is not known: nothing is put into it twice, and nothing deleted.
    op.get_bind().execute(sa.text(BEGUN), {"shown": False})
    with op.batch_alter_table("practice") as practice:
        practice.add_column(sa.Column("feedback_id", sa.Uuid()))
        practice.create_foreign_key("fk_practice_feedback_id", "feedback", ["feedback_id"], ["id"])
        practice.create_unique_constraint("uq_practice_feedback_id", ["feedback_id"])


def downgrade() -> None:
    op.execute("DELETE FROM practice WHERE feedback_id IS NOT NULL")
    with op.batch_alter_table("practice") as practice:
        practice.drop_constraint("uq_practice_feedback_id", type_="unique")
        practice.drop_constraint("fk_practice_feedback_id", type_="foreignkey")
        practice.drop_column("feedback_id")
    op.drop_column("visit_note", "carried")
