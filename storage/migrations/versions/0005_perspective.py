"""Perspectives, recommendations, and the register of methods with a few to begin with."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0005_perspective"
down_revision = "0004_theme"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)
TOOLS = (
    (
        "Børneinterview",
        "Interviews with children",
        "Et barn eller en lille gruppe fortæller, og en voksen spørger åbent.",
        "One child or a small group tells, while an adult asks openly.",
        None,
    ),
    (
        "Rundvisning ledet af børn",
        "A tour led by children",
        "Børnene viser rundt og fortæller, hvor det er godt at være.",
        "The children show an adult around and tell where it is good to be.",
        None,
    ),
    (
        "Tegninger og fotos",
        "Drawings and photographs",
        "Børnene tegner eller fotograferer det, der betyder noget, og fortæller om det.",
        "The children draw or photograph what matters to them, and tell about it.",
        "0-6",
    ),
    (
        "Klassens time",
        "Class meeting",
        "Klassen taler om et spørgsmål og skriver det vigtigste ned sammen.",
        "The class talks about a question and writes down what matters most.",
        "6-18",
    ),
    (
        "Fokusgruppe",
        "Focus group",
        "En gruppe taler sammen om nogle få spørgsmål, og en voksen samler op.",
        "A group talks about a few questions; an adult sums up.",
        "6-18",
    ),
    (
        "Spørgeskema",
        "Questionnaire",
        "Nogle få spørgsmål til mange, med plads til deres egne ord.",
        "A few questions to many, with room for their own words.",
        None,
    ),
    (
        "Forældremøde",
        "Parents' meeting",
        "Forældrene taler sammen om et spørgsmål i små grupper og samler op.",
        "The parents talk in small groups about a question, and sum up.",
        None,
    ),
)


def words(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    tool = op.create_table(
        "perspective_tool",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("name_en", sa.String(80), nullable=False),
        sa.Column("how_en", sa.Text(), nullable=False),
        sa.Column("age_range", words("age_range", ("0-6", "6-18"))),
        sa.Column("added_by", sa.Uuid(), sa.ForeignKey("institution.id")),
    )
    op.bulk_insert(
        tool,
        [
            {
                "id": UUID(int=0xA000 + number),
                "name": name,
                "how": how,
                "name_en": name_en,
                "how_en": how_en,
                "age_range": age_range,
                "added_by": None,
            }
            for number, (name, name_en, how, how_en, age_range) in enumerate(TOOLS)
        ],
    )
    op.create_table(
        "perspective",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("group", words("group", ("børn", "unge", "forældre", "medarbejdere")), nullable=False),
        sa.Column("count", words("count", ("1-4", "5-9", "10-24", "25+")), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("recommend", sa.Text(), nullable=False),
        sa.Column("tool_id", sa.Uuid(), sa.ForeignKey("perspective_tool.id"), index=True),
        sa.Column("body", words("formal_body", ("bestyrelsen", "elevrådet", "andet"))),
        sa.Column("focus_area_id", sa.Uuid(), sa.ForeignKey("focus_area.id"), index=True),
        sa.Column("half_year", sa.String(6), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Index("ix_perspective_institution_id_half_year", "institution_id", "half_year"),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("perspective_id", sa.Uuid(), sa.ForeignKey("perspective.id"), nullable=False, unique=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False, index=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
        sa.Column("response", words("response", ("åben", "fulgt", "delvist", "ikke fulgt")), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("responded_at", UTC),
        sa.Column("reported_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "tool_experience",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("tool_id", sa.Uuid(), sa.ForeignKey("perspective_tool.id"), nullable=False, index=True),
        sa.Column("institution_id", sa.Uuid(), sa.ForeignKey("institution.id"), nullable=False),
        sa.Column("author_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", UTC, nullable=False),
    )


def downgrade() -> None:
    for table in ("tool_experience", "recommendation", "perspective", "perspective_tool"):
        op.drop_table(table)
