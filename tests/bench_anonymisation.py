"""What it costs to search ten years of rows for somebody, and to anonymise them: python -m tests.bench_anonymisation

    python -m tests.bench_anonymisation [sqlite|postgresql] [INSTITUTIONS]

A leader of one of 400 institutions, who has left. Their name stands in a tenth of what is told of their institution,
and everywhere else a first name like theirs in one text of twenty, which the search has to read and leave. First with
words as they are, then with notes and feedback encrypted, all of which it has to open. The preview is read beside
everybody else; the change is how long the one transaction takes in which everything is written, and others wait for.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from domain.anonymisation import Anonymisation, AnonymisationState
from storage.carrying_out import begin, survey
from storage.database import Database
from storage.migrating import migrate
from storage.retention import retention_pass
from storage.rotation import seal_batch
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.postgres import Postgres
from tests.ten_years import NOW, Municipality

NAME, KEY, ROUNDS = "Mette Holm Jensen", bytes(range(32)), 3
TODAY = NOW.date()
# What is told of an institution, with the place where it stands.
TOLD = {"perspective": "said", "focus_status": "seen", "agreement": "text"}


async def measure(url: str, institutions: int) -> None:
    migrate(url)
    town = Municipality(url, institutions=institutions)
    rows = town.fill()
    database = Database(url)
    await database.start()
    await database.write(lambda uow: _leaves(uow, town))
    print(f"{database.dialect}: {rows:,} rows")
    print("| words | places | preview s | CPU | change s | CPU |\n|---|--:|--:|--:|--:|--:|")
    await _told("as they are", database, town)
    await database.close()
    database = Database(url, text_keys=[KEY])
    await database.start()
    sealed = 0
    while done := await database.write(lambda uow: seal_batch(uow, database.keyring)):
        sealed += done
    await _told(f"{sealed:,} of them encrypted", database, town)
    await database.close()


def _leaves(uow: UnitOfWork, town: Municipality) -> None:
    leader, theirs = town.leaders[1], town.institutions[1]
    tables, yesterday = metadata.tables, TODAY - timedelta(days=1)
    person, role, area = tables["person"], tables["role_assignment"], tables["focus_area"]
    uow.session.execute(update(person).where(person.c.id == leader).values(name=NAME, ended_on=yesterday))
    uow.session.execute(update(role).where(role.c.person_id == leader).values(to_on=yesterday))
    uow.session.execute(insert(retention_pass), [{"kind": "anonymisation"}])
    for name, words in TOLD.items():
        table = tables[name]
        at = table.c.institution_id if "institution_id" in table.c else table.c.focus_area_id
        ids: Any = [theirs] if "institution_id" in table.c else select(area.c.id).where(area.c.institution_id == theirs)
        mine = uow.session.scalars(select(table.c.id).where(at.in_(ids)).order_by(table.c.id)).all()[::10]
        every = uow.session.scalars(select(table.c.id).where(at.not_in(ids)).order_by(table.c.id)).all()[::20]
        for found, told in (
            (every, "Mette på fire år er glad for legen."),
            (mine, f"{NAME} sagde det til Mettes team."),
        ):
            for start in range(0, len(found), 500):
                some = table.c.id.in_(found[start : start + 500])
                uow.session.execute(update(table).where(some).values({words: told}))
    uow.session.execute(retention_pass.delete())


async def _told(what: str, database: Database, town: Municipality) -> None:
    about = Anonymisation(
        person_id=town.leaders[1],
        record_id=None,
        name=NAME,
        case="Sag 1",
        proposed_by=town.chief,
        proposed_at=NOW,
        state=AnonymisationState.APPROVED,
    )
    await database.write(lambda uow: uow.add(about))
    looked = [await _timed(lambda: database.read(lambda uow: survey(uow, about.whom))) for _ in range(ROUNDS)]
    seen, *preview = min(looked, key=lambda each: each[1])
    # Nothing of it is kept, so that the next one finds it as it was.
    changed = [
        await _timed(lambda: database.rehearse(lambda uow: begin(uow, about.id, seen, NOW, TODAY).counts))
        for _ in range(ROUNDS)
    ]
    counts, *change = min(changed, key=lambda each: each[1])
    assert counts == seen.counts, "what was foretold"
    times = " | ".join(f"{each:.2f}" for each in (*preview, *change))
    print(f"| {what} | {len(seen.places):,} | {times} |", flush=True)


async def _timed(work: Callable[[], Awaitable[Any]]) -> tuple[Any, float, float]:
    """What it gives, and its seconds by the clock and of this process's CPU."""
    cpu, began = time.process_time(), time.perf_counter()
    found = await work()
    return found, time.perf_counter() - began, time.process_time() - cpu


def main(dialect: str, institutions: int) -> None:
    if dialect == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(f"sqlite:///{folder}/laeringsbot.db", institutions))
        return
    server = Postgres()
    try:
        server.start()
        asyncio.run(measure(server.create("anonymisation"), institutions))
    finally:
        server.remove()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 400)
