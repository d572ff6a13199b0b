"""1:1s with their agendas, notes and agreements, rhythms, and personal preparation notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011_one_on_one"
down_revision = "0006_audit"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def words(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column("person", sa.Column("keeps_notes", sa.Boolean(), nullable=False, server_default=sa.false()))
    states = ("planlagt", "dagsorden åben", "holdt", "notat delt", "bekræftet", "aflyst")
    op.create_table(
        "one_on_one",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("chief_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("leader_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("institution_ids", document(), nullable=False),
        sa.Column("starts_at", UTC, nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.Column("scheduled_at", UTC, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", words("one_on_one_state", states), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fine_by", document(), nullable=False),
        sa.Column("draft", document()),
        sa.Column("shared_at", UTC),
        sa.Column("answered_at", UTC),
        sa.Column("confirmed_at", UTC),
        sa.Column("confirmed_note", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_one_on_one_chief_id_leader_id_starts_at", "chief_id", "leader_id", "starts_at"),
        sa.Index("ix_one_on_one_leader_id_starts_at", "leader_id", "starts_at"),
        sa.Index("ix_one_on_one_state_starts_at", "state", "starts_at"),
    )
    op.create_table(
        "rhythm",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("chief_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("leader_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("set_at", UTC, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("chief_id", "leader_id"),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_on_one_id", sa.Uuid(), sa.ForeignKey("one_on_one.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("added_at", UTC, nullable=False),
        sa.Column("source", words("agenda_source", ("manual", "focus area", "agreement", "dialogue")), nullable=False),
        sa.Column("source_id", sa.Uuid()),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("carried_from", sa.Uuid(), sa.ForeignKey("agenda_item.id"), unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_agenda_item_one_on_one_id_added_at", "one_on_one_id", "added_at"),
    )
    op.create_table(
        "note_version",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_on_one_id", sa.Uuid(), sa.ForeignKey("one_on_one.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("content", document(), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.UniqueConstraint("one_on_one_id", "number"),
    )
    op.create_table(
        "remark",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_on_one_id", sa.Uuid(), sa.ForeignKey("one_on_one.id"), nullable=False, index=True),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
    )
    op.create_table(
        "school_talk",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_on_one_id", sa.Uuid(), sa.ForeignKey("one_on_one.id"), nullable=False, index=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("held_at", UTC, nullable=False),
        sa.UniqueConstraint("institution_id", "school_year"),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_on_one_id", sa.Uuid(), sa.ForeignKey("one_on_one.id"), nullable=False, index=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("chief_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("leader_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", words("owner", ("leder", "chef", "sammen")), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column(
            "state", words("agreement_state", ("åben", "gennemført", "videreført", "bortfaldet")), nullable=False
        ),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("bring_up_since", UTC),
        sa.Column("confirmed_at", UTC),
        sa.Column("ended_at", UTC),
        sa.Column("ended_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("ended_in", sa.Uuid(), sa.ForeignKey("one_on_one.id"), index=True),
        sa.Column("carried_from", sa.Uuid(), sa.ForeignKey("agreement.id"), unique=True),
        sa.Column("moved_from", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_agreement_institution_id_state", "institution_id", "state"),
        sa.Index("ix_agreement_leader_id_state", "leader_id", "state"),
        sa.Index("ix_agreement_state_due", "state", "due"),
    )
    op.create_table(
        "personal_note",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("one_on_one_id", sa.Uuid(), sa.ForeignKey("one_on_one.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("one_on_one_id", "author_id"),
    )


def downgrade() -> None:
    for table in (
        "personal_note",
        "agreement",
        "school_talk",
        "remark",
        "note_version",
        "agenda_item",
        "rhythm",
        "one_on_one",
    ):
        op.drop_table(table)
    with op.batch_alter_table("person") as person:
        person.drop_column("keeps_notes")
