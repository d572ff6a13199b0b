"""The role of the data protection officer, who sees who has read what."""

import sqlalchemy as sa
from alembic import op

revision = "0024_protection_officer"
down_revision = "0026_rectification"
branch_labels = None
depends_on = None

BEFORE = ("leader", "chief", "observer", "administration", "facilitator")
AFTER = (*BEFORE, "data protection officer")


def role(*words: str) -> sa.Enum:
    return sa.Enum(*words, name="role", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    with op.batch_alter_table("role_assignment") as table:
        table.alter_column("role", existing_type=role(*BEFORE), type_=role(*AFTER), existing_nullable=False)


def downgrade() -> None:
    op.execute("DELETE FROM role_assignment WHERE role = 'data protection officer'")
    with op.batch_alter_table("role_assignment") as table:
        table.alter_column("role", existing_type=role(*AFTER), type_=role(*BEFORE), existing_nullable=False)
