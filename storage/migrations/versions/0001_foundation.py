"""The foundation: organisation, cycle, data packages, dialogues, preparations, and what is said to whom."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_foundation"
down_revision = None
branch_labels = None
depends_on = None


def identity() -> "sa.Column[Any]":
    return sa.Column("id", sa.Uuid(), primary_key=True)


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def only_where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "area",
        identity(),
        sa.Column("name", sa.String(120), nullable=False, unique=True),
        sa.Column("aliases", document(), nullable=False),
    )
    op.create_table(
        "cycle",
        identity(),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column("first_half_year", sa.String(6), nullable=False),
    )
    op.create_table(
        "person",
        identity(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("aad_object_id", sa.String(36), nullable=False, unique=True),
        sa.Column("language", one_of("language", "da", "en")),
        sa.Column("welcomed_at", moment()),
        sa.Column("paused_until", sa.Date()),
        sa.Column("ended_on", sa.Date()),
    )
    op.create_table(
        "political_round",
        identity(),
        sa.Column("year", sa.Integer(), nullable=False, unique=True),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column(
            "state",
            one_of(
                "round_state",
                "forberedes",
                "i netværk",
                "drøftes",
                "temaer besluttet",
                "sendt ud",
                "afsluttet",
            ),
            nullable=False,
        ),
        sa.Column("discussed_on", sa.Date()),
    )
    op.create_table(
        "send_slot",
        sa.Column("id", sa.Integer(), autoincrement=False, primary_key=True),
        sa.Column("next_at", moment(), nullable=False),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("beats", sa.Integer(), nullable=False),
    )
    op.create_table(
        "answer",
        sa.Column("key", sa.String(700), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("answered_at", moment(), nullable=False, index=True),
        sa.Column("card", sa.JSON()),
    )
    op.create_table(
        "chat",
        identity(),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, unique=True),
        sa.Column("service_url", sa.String(500), nullable=False),
        sa.Column("conversation_id", sa.String(500), nullable=False),
        sa.Column("user_id", sa.String(200), nullable=False),
        sa.Column("bot_id", sa.String(200), nullable=False),
        sa.Column("tenant_id", sa.String(36), nullable=False),
        sa.Column("seen_at", moment(), nullable=False),
        sa.Column("removed_at", moment()),
    )
    op.create_table(
        "institution",
        identity(),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        sa.Column("type", one_of("institution_type", "dagtilbud", "skole", "fritidstilbud"), nullable=False),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column("area_id", sa.Uuid(), sa.ForeignKey("area.id"), nullable=False, index=True),
        sa.Column("aliases", document(), nullable=False),
        sa.Column("ended_on", sa.Date()),
    )
    op.create_table(
        "prompt",
        identity(),
        sa.Column("occasion", sa.String(700), nullable=False, unique=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("view", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", moment(), nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.Column("kind", one_of("prompt_kind", "reminder", "urgent", "asked", "update"), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.String(200)),
        sa.Column(
            "state",
            one_of(
                "prompt_state",
                "pending",
                "claimed",
                "sending",
                "sent",
                "answered",
                "gathered",
                "failed",
                "uncertain",
                "expired",
                "cancelled",
            ),
            nullable=False,
        ),
        sa.Column("owner", sa.String(60)),
        sa.Column("slot_at", moment()),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(200)),
        sa.Column("sent_at", moment()),
        sa.Column("reason", sa.String(200)),
    )
    op.create_index("ix_prompt_person_id_sent_at", "prompt", ["person_id", "sent_at"])
    op.create_index("ix_prompt_person_id_subject_id", "prompt", ["person_id", "subject_id"])
    op.create_index("ix_prompt_state_due_at", "prompt", ["state", "due_at"])
    op.create_table(
        "sent_card",
        identity(),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("view", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.String(500), nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("sent_at", moment(), nullable=False, index=True),
    )
    op.create_index("ix_sent_card_message", "sent_card", ["person_id", "message_id"])
    op.create_index("ix_sent_card_subject", "sent_card", ["person_id", "subject_id", "view"])
    op.create_table(
        "theme",
        identity(),
        sa.Column("round_id", sa.Uuid(), sa.ForeignKey("political_round.id"), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("title_en", sa.String(200), nullable=False),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column("valid_from", sa.String(6), nullable=False),
        sa.Column("valid_to", sa.String(6), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("aliases", document(), nullable=False),
    )
    op.create_table(
        "data_package",
        identity(),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("half_year", sa.String(6), nullable=False),
        sa.Column("template", one_of("institution_type", "dagtilbud", "skole", "fritidstilbud"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", one_of("package_state", "under udarbejdelse", "frigivet", "erstattet"), nullable=False),
        sa.Column("released_at", moment(), index=True),
        sa.UniqueConstraint(
            "institution_id", "half_year", "edition", name="uq_data_package_institution_id_half_year_edition"
        ),
    )
    op.create_index(
        "uq_data_package_released",
        "data_package",
        ["institution_id", "half_year"],
        unique=True,
        **only_where("state = 'frigivet'"),
    )
    op.create_table(
        "dialogue",
        identity(),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), sa.ForeignKey("cycle.id"), nullable=False, index=True),
        sa.Column("half_year", sa.String(6), nullable=False),
        sa.Column("starts_at", moment(), nullable=False, index=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column(
            "state",
            one_of(
                "dialogue_state",
                "planlagt",
                "forberedelse åben",
                "klar",
                "afholdt",
                "opsamlet",
                "afsluttet",
                "aflyst",
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("announced_at", moment()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_dialogue_number")),
    )
    op.create_index("ix_dialogue_institution_id_starts_at", "dialogue", ["institution_id", "starts_at"])
    op.create_index(
        "uq_dialogue_half_year",
        "dialogue",
        ["institution_id", "cycle_id", "half_year"],
        unique=True,
        **only_where("number IS NOT NULL AND state != 'aflyst'"),
    )
    op.create_index(
        "uq_dialogue_number",
        "dialogue",
        ["institution_id", "cycle_id", "number"],
        unique=True,
        **only_where("number IS NOT NULL AND state != 'aflyst'"),
    )
    op.create_table(
        "role_assignment",
        identity(),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column(
            "role",
            one_of("role", "leader", "chief", "observer", "administration", "facilitator"),
            nullable=False,
            index=True,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date()),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), index=True),
        sa.Column("area_id", sa.Uuid(), sa.ForeignKey("area.id"), index=True),
    )
    op.create_table(
        "addendum",
        identity(),
        sa.Column("dialogue_id", sa.Uuid(), sa.ForeignKey("dialogue.id"), nullable=False, index=True),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "key_figure",
        identity(),
        sa.Column("package_id", sa.Uuid(), sa.ForeignKey("data_package.id"), nullable=False, index=True),
        sa.Column("indicator", sa.String(200), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer()),
        sa.Column("previous", sa.Float()),
        sa.Column("comparison", sa.Float()),
        sa.Column("theme_id", sa.Uuid(), sa.ForeignKey("theme.id"), index=True),
    )
    op.create_table(
        "preparation",
        identity(),
        sa.Column("dialogue_id", sa.Uuid(), sa.ForeignKey("dialogue.id"), nullable=False, unique=True),
        sa.Column("state", one_of("preparation_state", "kladde", "klar"), nullable=False),
        sa.Column("step", one_of("step", "data", "perspectives", "focus"), nullable=False),
        sa.Column("data", document(), nullable=False),
        sa.Column("perspectives", document(), nullable=False),
        sa.Column("focus", document(), nullable=False),
        sa.Column("written_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("written_at", moment()),
        sa.Column("ready_at", moment()),
        sa.Column("handed_to", sa.Uuid(), sa.ForeignKey("person.id"), index=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "preparation",
        "key_figure",
        "addendum",
        "role_assignment",
        "dialogue",
        "data_package",
        "theme",
        "sent_card",
        "prompt",
        "institution",
        "chat",
        "answer",
        "worker",
        "send_slot",
        "political_round",
        "person",
        "cycle",
        "area",
    ):
        op.drop_table(table)
