"""An indicator stands once in a package, as the import has always seen to.

Where a package has two of the same name all the same, both are kept: the later one is told apart by a number.
"""

from itertools import count, groupby

import sqlalchemy as sa
from alembic import op

revision = "0045_one_indicator"
down_revision = "0040_not_reported"
branch_labels = None
depends_on = None

INDEX = "uq_key_figure_package_id_indicator"
# Older programs obey it by themselves, so that it is no new rule to them.
ALWAYS_HELD = frozenset({INDEX})
LONGEST = 200

figure = sa.table("key_figure", sa.column("id"), sa.column("package_id"), sa.column("indicator"))


def upgrade() -> None:
    _tell_apart(op.get_bind())
    op.create_index(INDEX, "key_figure", ["package_id", "indicator"], unique=True)


def downgrade() -> None:
    op.drop_index(INDEX, "key_figure")


def _tell_apart(connection: sa.Connection) -> None:
    twice = (
        sa.select(figure.c.package_id, figure.c.indicator)
        .group_by(figure.c.package_id, figure.c.indicator)
        .having(sa.func.count() > 1)
    ).subquery()
    mine = figure.c.package_id == twice.c.package_id
    in_order = (
        sa.select(figure.c.id, figure.c.package_id, figure.c.indicator)
        .join(twice, mine & (figure.c.indicator == twice.c.indicator))
        .order_by(figure.c.package_id, figure.c.indicator, figure.c.id)
    )
    rows = connection.execute(in_order).all()
    for (package_id, name), same in groupby(rows, key=lambda row: (row.package_id, row.indicator)):
        of_package = sa.select(figure.c.indicator).where(figure.c.package_id == package_id)
        taken = set(connection.scalars(of_package))
        for row in list(same)[1:]:
            endings = (f" ({number})" for number in count(2))
            new = next(each for end in endings if (each := name[: LONGEST - len(end)] + end) not in taken)
            taken.add(new)
            connection.execute(sa.update(figure).where(figure.c.id == row.id).values(indicator=new))
