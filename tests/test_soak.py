"""The short forms of the programs that break things, each of which counts and raises; `make soak` is the long ones."""

import pytest

from tests.postgres import Postgres
from tests.soak import PROGRAMS, program


# What both databases have in common is gone through on one of them here, and on both in the long form.
@pytest.mark.parametrize("name", PROGRAMS)
async def test_nothing_is_lost_and_nothing_comes_too_often(name: str, postgres: Postgres) -> None:
    # PostgreSQL is killed in one of them, and may only be its own.
    own = postgres if name != "database_gone" else None
    for told in await program(name).run(long=False, postgres=own):
        print(told)
