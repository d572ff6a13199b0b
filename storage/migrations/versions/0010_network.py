"""Facilitators with a network, and what the networks say of a political round's evidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_network"
down_revision = "0009_monday"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def document() -> sa.JSON:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def network() -> sa.Enum:
    words = ("dagtilbud", "skole", "fritidstilbud")
    return sa.Enum(*words, name="network", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("role_assignment") as role_assignment:
        role_assignment.add_column(sa.Column("network", network()))
    op.add_column("political_round", sa.Column("networks_at", UTC))
    bands = sa.Enum(
        "1-4", "5-9", "10-24", "25+", name="contributors", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "network_statement",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("round_id", sa.Uuid(), sa.ForeignKey("political_round.id"), nullable=False),
        sa.Column("network", network(), nullable=False),
        sa.Column("theme_ids", document(), nullable=False),
        sa.Column("answers", document(), nullable=False),
        sa.Column("contributors", bands),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Uuid(), sa.ForeignKey("person.id")),
        sa.Column("written_at", UTC),
        sa.Column("saved_at", UTC),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "network"),
    )


def downgrade() -> None:
    op.drop_table("network_statement")
    with op.batch_alter_table("political_round") as political_round:
        political_round.drop_column("networks_at")
    with op.batch_alter_table("role_assignment") as role_assignment:
        role_assignment.drop_constraint("network", type_="check")
        role_assignment.drop_column("network")
