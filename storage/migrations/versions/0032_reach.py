"""The way to each person: accounts, the app, what is to be done about either, and what rests for now."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0032_reach"
down_revision = "0025_wider_indexes"
branch_labels = None
depends_on = None

ACCOUNTS = ("found", "none", "outside", "several", "other", "guest", "disabled")
APPS = ("not asked", "installed", "refused")


def upgrade() -> None:
    op.create_table(
        "reach",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Enum(*ACCOUNTS, name="account", native_enum=False, create_constraint=True, length=40)),
        sa.Column("looked_up_at", sa.DateTime(timezone=True)),
        sa.Column(
            "app",
            sa.Enum(*APPS, name="app", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.String(60)),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reach_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
        sa.UniqueConstraint("person_id", name=op.f("uq_reach_person_id")),
    )
    op.create_index("ix_reach_next_at", "reach", ["next_at"])
    op.create_table(
        "rest",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rest")),
    )
    op.add_column("chat", sa.Column("blocked_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("person") as person:
        person.alter_column("aad_object_id", existing_type=sa.String(36), nullable=True)


def downgrade() -> None:
    # An id that is nobody's, since the older schema cannot do without one.
    person = sa.table("person", sa.column("id", sa.Uuid()), sa.column("aad_object_id", sa.String()))
    connection = op.get_bind()
    for (each,) in connection.execute(sa.select(person.c.id).where(person.c.aad_object_id.is_(None))).all():
        connection.execute(sa.update(person).where(person.c.id == each).values(aad_object_id=str(uuid4())))
    with op.batch_alter_table("person") as table:
        table.alter_column("aad_object_id", existing_type=sa.String(36), nullable=False)
    op.drop_column("chat", "blocked_at")
    op.drop_table("rest")
    op.drop_index("ix_reach_next_at", "reach")
    op.drop_table("reach")
