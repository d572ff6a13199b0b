"""The foundation: organisation, cycle, data packages, dialogues, preparations, and what is said to whom."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_foundation"
down_revision = None
branch_labels = None
depends_on = None


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
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("aliases", document(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_area"),
        sa.UniqueConstraint("name", name="uq_area_name"),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column("first_half_year", sa.String(6), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("aad_object_id", sa.String(length=36), nullable=False),
        sa.Column("language", one_of("language", "da", "en"), nullable=False),
        sa.Column("welcomed_at", moment()),
        sa.Column("paused_until", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("aad_object_id", name="uq_person_aad_object_id"),
        sa.UniqueConstraint("email", name="uq_person_email"),
    )
    op.create_table(
        "political_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name="pk_political_round"),
        sa.UniqueConstraint("year", name="uq_political_round_year"),
    )
    op.create_table(
        "send_slot",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_send_slot"),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
    )
    op.create_table(
        "answer",
        sa.Column("key", sa.String(length=700), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answered_at", moment(), nullable=False),
        sa.Column("card", sa.JSON()),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_answer_person_id"),
        sa.PrimaryKeyConstraint("key", name="pk_answer"),
    )
    op.create_index("ix_answer_answered_at", "answer", ["answered_at"])
    op.create_index("ix_answer_person_id", "answer", ["person_id"])

    op.create_table(
        "chat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("service_url", sa.String(length=500), nullable=False),
        sa.Column("conversation_id", sa.String(length=500), nullable=False),
        sa.Column("user_id", sa.String(length=200), nullable=False),
        sa.Column("bot_id", sa.String(length=200), nullable=False),
        sa.Column("tenant_id", sa.String(length=36), nullable=False),
        sa.Column("seen_at", moment(), nullable=False),
        sa.Column("removed_at", moment()),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_chat_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_chat"),
        sa.UniqueConstraint("person_id", name="uq_chat_person_id"),
    )
    op.create_table(
        "institution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", one_of("institution_type", "dagtilbud", "skole", "fritidstilbud"), nullable=False),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("aliases", document(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_institution_area_id"),
        sa.PrimaryKeyConstraint("id", name="pk_institution"),
        sa.UniqueConstraint("name", name="uq_institution_name"),
    )
    op.create_index("ix_institution_area_id", "institution", ["area_id"])

    op.create_table(
        "prompt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(length=700), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", moment(), nullable=False),
        sa.Column("expires_at", moment(), nullable=False),
        sa.Column("kind", one_of("prompt_kind", "reminder", "urgent", "asked", "update"), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.String(length=200)),
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
        sa.Column("owner", sa.String(length=60)),
        sa.Column("slot_at", moment()),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200)),
        sa.Column("sent_at", moment()),
        sa.Column("reason", sa.String(length=200)),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_prompt_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_prompt"),
        sa.UniqueConstraint("occasion", name="uq_prompt_occasion"),
    )
    op.create_index("ix_prompt_person_id_sent_at", "prompt", ["person_id", "sent_at"])
    op.create_index("ix_prompt_person_id_subject_id", "prompt", ["person_id", "subject_id"])
    op.create_index("ix_prompt_state_due_at", "prompt", ["state", "due_at"])

    op.create_table(
        "sent_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("view", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.String(length=500), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("sent_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sent_card_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_card"),
    )
    op.create_index("ix_sent_card_message", "sent_card", ["person_id", "message_id"])
    op.create_index("ix_sent_card_sent_at", "sent_card", ["sent_at"])
    op.create_index("ix_sent_card_subject", "sent_card", ["person_id", "subject_id", "view"])

    op.create_table(
        "theme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("age_range", one_of("age_range", "0-6", "6-18"), nullable=False),
        sa.Column("valid_from", sa.String(6), nullable=False),
        sa.Column("valid_to", sa.String(6), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("aliases", document(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["political_round.id"], name="fk_theme_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_theme"),
    )
    op.create_index("ix_theme_round_id", "theme", ["round_id"])

    op.create_table(
        "data_package",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("half_year", sa.String(6), nullable=False),
        sa.Column(
            "template", one_of("institution_type", "dagtilbud", "skole", "fritidstilbud"), nullable=False
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "state", one_of("package_state", "under udarbejdelse", "frigivet", "erstattet"), nullable=False
        ),
        sa.Column("released_at", moment()),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name="fk_data_package_institution_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_data_package"),
        sa.UniqueConstraint(
            "institution_id", "half_year", "edition", name="uq_data_package_institution_id_half_year_edition"
        ),
    )
    op.create_index("ix_data_package_released_at", "data_package", ["released_at"])
    op.create_index(
        "uq_data_package_released",
        "data_package",
        ["institution_id", "half_year"],
        unique=True,
        **only_where("state = 'frigivet'"),
    )

    op.create_table(
        "dialogue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("half_year", sa.String(6), nullable=False),
        sa.Column("starts_at", moment(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
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
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_dialogue_number")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_dialogue_cycle_id"),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name="fk_dialogue_institution_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dialogue"),
    )
    op.create_index("ix_dialogue_cycle_id", "dialogue", ["cycle_id"])
    op.create_index("ix_dialogue_institution_id_starts_at", "dialogue", ["institution_id", "starts_at"])
    op.create_index("ix_dialogue_starts_at", "dialogue", ["starts_at"])
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
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            one_of("role", "leader", "chief", "observer", "administration", "facilitator"),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date()),
        sa.Column("institution_id", sa.Uuid()),
        sa.Column("area_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name="fk_role_assignment_area_id"),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name="fk_role_assignment_institution_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_role_assignment_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_assignment"),
    )
    op.create_index("ix_role_assignment_area_id", "role_assignment", ["area_id"])
    op.create_index("ix_role_assignment_institution_id", "role_assignment", ["institution_id"])
    op.create_index("ix_role_assignment_person_id", "role_assignment", ["person_id"])
    op.create_index("ix_role_assignment_role", "role_assignment", ["role"])

    op.create_table(
        "addendum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_addendum_author_id"),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name="fk_addendum_dialogue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_addendum"),
    )
    op.create_index("ix_addendum_dialogue_id", "addendum", ["dialogue_id"])

    op.create_table(
        "key_figure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer()),
        sa.Column("previous", sa.Float()),
        sa.Column("comparison", sa.Float()),
        sa.Column("theme_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["package_id"], ["data_package.id"], name="fk_key_figure_package_id"),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name="fk_key_figure_theme_id"),
        sa.PrimaryKeyConstraint("id", name="pk_key_figure"),
    )
    op.create_index("ix_key_figure_package_id", "key_figure", ["package_id"])
    op.create_index("ix_key_figure_theme_id", "key_figure", ["theme_id"])

    op.create_table(
        "preparation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("state", one_of("preparation_state", "kladde", "klar"), nullable=False),
        sa.Column("step", one_of("step", "data", "perspectives", "focus"), nullable=False),
        sa.Column("data", document(), nullable=False),
        sa.Column("perspectives", document(), nullable=False),
        sa.Column("focus", document(), nullable=False),
        sa.Column("written_by", sa.Uuid()),
        sa.Column("written_at", moment()),
        sa.Column("ready_at", moment()),
        sa.Column("handed_to", sa.Uuid()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name="fk_preparation_dialogue_id"),
        sa.ForeignKeyConstraint(["handed_to"], ["person.id"], name="fk_preparation_handed_to"),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name="fk_preparation_written_by"),
        sa.PrimaryKeyConstraint("id", name="pk_preparation"),
        sa.UniqueConstraint("dialogue_id", name="uq_preparation_dialogue_id"),
    )
    op.create_index("ix_preparation_handed_to", "preparation", ["handed_to"])


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
