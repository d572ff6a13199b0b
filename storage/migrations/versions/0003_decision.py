"""Decisions, focus areas with their statuses, measures; the note-taker, and when a dialogue was recorded."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_decision"
down_revision = "0002_reflection"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def words(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("dialogue") as dialogue:
        dialogue.add_column(sa.Column("recorded_at", UTC))
        dialogue.alter_column("place", existing_type=sa.String(200), type_=sa.String(500), existing_nullable=False)
    with op.batch_alter_table("reflection") as reflection:
        reflection.add_column(sa.Column("note_taker", sa.Uuid()))
        reflection.create_foreign_key("fk_reflection_note_taker", "person", ["note_taker"], ["id"])
    kinds = (
        "vælg fokusområde",
        "justér fokusområde",
        "afslut fokusområde",
        "indsats",
        "andet",
        "ingen nye beslutninger",
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("dialogue_id", sa.Uuid(), sa.ForeignKey("dialogue.id"), nullable=False, index=True),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("step", words("decision_step", ("what", "who")), nullable=False),
        sa.Column("what", document(), nullable=False),
        sa.Column("who", document(), nullable=False),
        sa.Column("kind", words("decision_kind", kinds)),
        sa.Column("focus_area_id", sa.Uuid(), index=True),
        sa.Column("due", sa.Date()),
        sa.Column("written_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("written_at", UTC),
        sa.Column("saved_at", UTC),
        sa.Column("followed_at", UTC),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "focus_area",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("theme_id", sa.Uuid(), sa.ForeignKey("theme.id"), nullable=False, index=True),
        sa.Column("decision_id", sa.Uuid(), sa.ForeignKey("decision.id"), nullable=False, unique=True),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.Column("first_step", sa.Text(), nullable=False),
        sa.Column("first_step_on", sa.Date()),
        sa.Column("chosen_at", UTC, nullable=False),
        sa.Column("state", words("focus_area_state", ("valgt", "i gang", "afsluttet")), nullable=False),
        sa.Column("closing", words("closing", ("nået", "forankret", "videreført", "droppet"))),
        sa.Column("closed_at", UTC),
        sa.Column("closed_by", sa.Uuid(), sa.ForeignKey("decision.id")),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("continues", sa.Uuid(), sa.ForeignKey("focus_area.id"), unique=True),
        sa.Column("bring_up_since", UTC),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_focus_area_institution_id_state", "institution_id", "state"),
    )
    statuses = ("lige begyndt", "på vej", "går godt", "har brug for opmærksomhed", "forankret")
    op.create_table(
        "focus_status",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("focus_area_id", sa.Uuid(), sa.ForeignKey("focus_area.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("status", words("status", statuses), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("evidence", document(), nullable=False),
        sa.Column("is_unchanged", sa.Boolean(), nullable=False),
        sa.Column("is_short", sa.Boolean(), nullable=False),
        sa.Index("ix_focus_status_focus_area_id_written_at", "focus_area_id", "written_at"),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("decision_id", sa.Uuid(), sa.ForeignKey("decision.id"), nullable=False, unique=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("focus_area_id", sa.Uuid(), sa.ForeignKey("focus_area.id"), index=True),
        sa.Column("state", words("measure_state", ("i gang", "gennemført", "bortfaldet")), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("ended_at", UTC),
        sa.Column("ended_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_measure_institution_id_state", "institution_id", "state"),
    )


def downgrade() -> None:
    for table in ("measure", "focus_status", "focus_area", "decision"):
        op.drop_table(table)
    with op.batch_alter_table("reflection") as reflection:
        reflection.drop_constraint("fk_reflection_note_taker", type_="foreignkey")
        reflection.drop_column("note_taker")
    with op.batch_alter_table("dialogue") as dialogue:
        dialogue.alter_column("place", existing_type=sa.String(500), type_=sa.String(200), existing_nullable=False)
        dialogue.drop_column("recorded_at")
