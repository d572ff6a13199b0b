"""Observations, notes, feedback and its acknowledgement, and the guide with its first edition."""

from collections.abc import Sequence
from datetime import UTC as ZERO
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011_observation"
down_revision = "0010_network"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# Neutral and our own: no licensed instrument's items. The administration publishes the municipality's with
# `observationsguide`.
FIRST = {
    "definition": (
        "Et læringsmiljø er det, børn og unge møder i hverdagen: rammerne, fællesskabet, de voksne og det, de er "
        "sammen om. Det er de voksne, der skaber det, og det kan ændres."
    ),
    "points": [
        "Rum og tid: hvad rammerne gør muligt, og hvad de gør svært",
        "Deltagelse: hvem der er med, og hvordan man kommer med",
        "De voksne: hvad de gør, og hvad der sker, når de gør det",
        "Samtalen: hvem der taler sammen, og om hvad",
        "Fællesskabet: hvad børnene eller de unge bruger hinanden til",
        "Overgange: hvad der sker, når noget begynder, slutter eller skifter",
    ],
    "rules": [
        "Du er gæst. Se på læringsmiljøet og ikke på enkelte børn eller medarbejdere.",
        "Beskriv, hvad du ser og hører, før du forstår det.",
        "Skriv ingen navne ned. Tag ikke billeder, og optag ikke lyd.",
        "Giv den mundtlige feedback samme dag, hvis I kan. Skriv bagefter.",
        "Spørg hellere, end du giver råd. Værten bestemmer, hvad feedbacken bruges til.",
    ],
    "definition_en": (
        "A learning environment is what children and young people meet every day: the setting, the community, the "
        "adults and what they do together. It is made by the adults, and it can be changed."
    ),
    "points_en": [
        "Space and time: what the setting makes possible, and what it makes hard",
        "Taking part: who is in, and how one gets in",
        "The adults: what they do, and what happens when they do it",
        "Conversation: who talks with whom, and about what",
        "Community: what the children or young people use one another for",
        "Transitions: what happens when something begins, ends or changes",
    ],
    "rules_en": [
        "You are a guest. Look at the learning environment and not at single children or staff.",
        "Describe what you see and hear before you make sense of it.",
        "Write down no names. Take no pictures, and record no sound.",
        "Give the oral feedback on the same day if you can. Write afterwards.",
        "Ask rather than advise. The host decides what the feedback is used for.",
    ],
}


def words(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    guide = op.create_table(
        "observation_guide",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("text", JSON, nullable=False),
        sa.Column("edition", sa.Integer(), unique=True),
        sa.Column("written_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("written_at", UTC),
        sa.Column("published_at", UTC),
        sa.Column("published_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.bulk_insert(
        guide,
        [
            {
                "id": UUID(int=0xB000),
                "text": FIRST,
                "edition": 1,
                "published_at": datetime(2026, 1, 1, tzinfo=ZERO),
                "version": 1,
            }
        ],
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("host_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("guide_id", sa.Uuid(), sa.ForeignKey("observation_guide.id"), nullable=False),
        sa.Column(
            "state",
            words(
                "observation_state",
                (
                    "kladde",
                    "inviteret",
                    "nyt tidspunkt foreslået",
                    "planlagt",
                    "gennemført",
                    "afslået",
                    "udløbet",
                    "aflyst",
                ),
            ),
            nullable=False,
        ),
        sa.Column("step", words("invitation_step", ("whom", "what", "when")), nullable=False),
        sa.Column("whom", JSON, nullable=False),
        sa.Column("what", JSON, nullable=False),
        sa.Column("when", JSON, nullable=False),
        sa.Column("written_at", UTC),
        sa.Column("observer_id", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("observer_institution_id", sa.Uuid(), sa.ForeignKey("institution.id")),
        sa.Column("offered", JSON, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTC),
        sa.Column("is_host_asked", sa.Boolean(), nullable=False),
        sa.Column("starts_at", UTC),
        sa.Column("changed_at", UTC),
        sa.Column("is_informed", sa.Boolean(), nullable=False),
        sa.Column("done_at", UTC),
        sa.Column("oral_on", sa.Date()),
        sa.Column("feedback_due", sa.Date()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_observation_institution_id_state", "institution_id", "state"),
        sa.Index("ix_observation_observer_id_state", "observer_id", "state"),
        sa.Index("ix_observation_state_starts_at", "state", "starts_at"),
    )
    op.create_table(
        "visit_note",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("observation_id", sa.Uuid(), sa.ForeignKey("observation.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Index("ix_visit_note_observation_id_author_id", "observation_id", "author_id"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("observation_id", sa.Uuid(), sa.ForeignKey("observation.id"), nullable=False, unique=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("home_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("step", words("feedback_step", ("seen", "taken")), nullable=False),
        sa.Column("described", JSON, nullable=False),
        sa.Column("curious", JSON, nullable=False),
        sa.Column("written_at", UTC),
        sa.Column("submitted_at", UTC),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_feedback_institution_id_submitted_at", "institution_id", "submitted_at"),
        sa.Index("ix_feedback_home_id_submitted_at", "home_id", "submitted_at"),
    )
    op.create_table(
        "feedback_addendum",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("feedback_id", sa.Uuid(), sa.ForeignKey("feedback.id"), nullable=False, index=True),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("feedback_id", sa.Uuid(), sa.ForeignKey("feedback.id"), nullable=False, unique=True),
        sa.Column("by_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("reply", JSON, nullable=False),
        sa.Column("thanked_at", UTC),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "feedback_share",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("feedback_id", sa.Uuid(), sa.ForeignKey("feedback.id"), nullable=False),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("shared_by", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("shared_at", UTC, nullable=False),
        sa.UniqueConstraint("feedback_id", "person_id"),
    )


def downgrade() -> None:
    for table in (
        "feedback_share",
        "acknowledgement",
        "feedback_addendum",
        "feedback",
        "visit_note",
        "observation",
        "observation_guide",
    ):
        op.drop_table(table)
