"""How cost grows with institutions and years: python -m tests.bench_growth [LARGEST]

Municipalities of 100, 400 and 4,000 institutions with 1, 5 and 10 years behind them, on SQLite. In each: a leader saves
a perspective, the chief asks for the summary of one institution, an area and everything over twelve months, and the
planner makes its round. What is told is the CPU of this process, the database's own work included; the smallest of
several. Municipalities of more than LARGEST institutions times years are left out. The table is printed, and drawn as
docs/pictures/growth.svg.

They have 16 million rows, of which two processes make some 40,000 a second; 10 GB of them stay in build/growth for the
next time, until what they are made of changes. What is measured is a copy.
"""

import asyncio
import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from math import log10
from pathlib import Path

from dialogs import conversation
from scheduler.planner import plan
from storage.database import Database
from storage.migrating import migrate, newest_version
from tests import ten_years
from tests.every_answer import AREA, ONE, SCOPES, SPANS, Case, saved_by_a_leader
from tests.peers import ROOT
from tests.ten_years import NOW, Municipality
from tests.town import MUNICIPALITY

INSTITUTIONS, YEARS, ROUNDS = (100, 400, 4000), (1, 5, 10), 5
ALL = [(many, years) for many in INSTITUTIONS for years in YEARS]
SAVED, PLANNED = "a saved card", "a round of the planner"
COSTS = (SAVED, *(f"the summary of {scope}" for scope in SCOPES), PLANNED)
FILLED = ROOT / "build" / "growth"
PICTURE = ROOT / "docs" / "pictures" / "growth.svg"
Figures = Mapping[tuple[int, int], Mapping[str, float]]


def filled(folder: Path, institutions: int, years: int) -> Path:
    """The municipality's database, made where it is not there yet."""
    file = folder / f"{institutions}-{years}.db"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished.db")
        unfinished.unlink(missing_ok=True)
        migrate(f"sqlite:///{unfinished}")
        _town(unfinished, institutions, years).fill()
        unfinished.rename(file)
    return file


def _town(file: Path, institutions: int, years: int) -> Municipality:
    return Municipality(f"sqlite:///{file}", institutions=institutions, half_years=2 * years)


def folder_of_filled() -> Path:
    """Where those are kept that are made as this program makes them; all others go."""
    made_of = f"{newest_version()}\n{Path(ten_years.__file__).read_text(encoding='utf-8')}"
    folder = FILLED / hashlib.sha256(made_of.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    for other in FILLED.iterdir():
        if other != folder:
            shutil.rmtree(other)
    return folder


async def costs_of(institutions: int, years: int, file: Path) -> dict[str, float]:
    """Milliseconds of CPU by what was done in that database."""
    town, database = _town(file, institutions, years), Database(f"sqlite:///{file}")
    await database.start()
    found = {SAVED: await _least(partial(_save, database, town), 20 * ROUNDS)}
    span = next(iter(SPANS))
    for scope in SCOPES:
        places = tuple(town.institutions[1:2]) if scope == ONE else ()
        areas = (town.area_of(1),) if scope == AREA else ()
        case = Case("supervision_summary", scope, span, places, areas, town.chief)
        found[f"the summary of {scope}"] = await _least(partial(_ask, database, case), ROUNDS)
    found[PLANNED] = await _least(lambda _: plan(database, NOW, MUNICIPALITY), ROUNDS)
    await database.close()
    return found


async def _least(work: Callable[[int], Awaitable[object]], rounds: int) -> float:
    await work(0)
    least = float("inf")
    for number in range(1, rounds + 1):
        used = time.process_time()
        await work(number)
        least = min(least, time.process_time() - used)
    return 1000 * least


async def _save(database: Database, town: Municipality, number: int) -> None:
    at = NOW + timedelta(seconds=number)
    pressed = saved_by_a_leader(town, number)
    reply = await database.write(lambda uow: conversation.answer(uow, pressed, now=at, municipality=MUNICIPALITY))
    assert reply.shown, "it was not saved"


async def _ask(database: Database, case: Case, number: int) -> None:
    # Each time in a sitting of its own, so that the reads are written down.
    await database.rehearse(lambda uow: case.card(uow, NOW + timedelta(hours=number)))


def table(found: Figures) -> Iterator[str]:
    yield f"| institutions | years | {' | '.join(COSTS)} |"
    yield f"|--:|--:|{'--:|' * len(COSTS)}"
    for (institutions, years), costs in found.items():
        yield f"| {institutions:,} | {years} | {' | '.join(f'{costs[each]:.1f}' for each in COSTS)} |"


WIDE, HIGH, LEFT, TOP = 300, 210, 52, 34
COLOURS = {100: "#0f6cbd", 400: "#8a3707", 4000: "#5c126b"}
DASHES = {100: "", 400: "6 3", 4000: "2 2"}


def picture(found: Figures) -> str:
    """A panel for each cost: CPU by the years behind, both on a scale of tens; a line for each number of places."""
    parts = [panel(cost, found, (number % 3) * WIDE, (number // 3) * HIGH) for number, cost in enumerate(COSTS)]
    legend = [
        f'<path d="M{2 * WIDE + LEFT} {HIGH + 60 + 26 * at} h40" stroke="{COLOURS[many]}" stroke-width="2.5" '
        f'stroke-dasharray="{DASHES[many]}"/><text x="{2 * WIDE + LEFT + 50}" y="{HIGH + 64 + 26 * at}">'
        f"{many:,} institutions</text>"
        for at, many in enumerate(INSTITUTIONS)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * WIDE} {2 * HIGH}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#242424">'
        "<title>Milliseconds of CPU by institutions and years</title>"
        f'<rect width="{3 * WIDE}" height="{2 * HIGH}" fill="#ffffff"/>{"".join(parts)}{"".join(legend)}</svg>\n'
    )


def panel(cost: str, found: Figures, left: int, top: int) -> str:
    seen = [costs[cost] for costs in found.values()]
    lowest, highest = _decades(seen)

    def at(years: float, value: float) -> tuple[float, float]:
        across = log10(years) / log10(YEARS[-1])
        up = (log10(value) - lowest) / (highest - lowest)
        return left + LEFT + across * (WIDE - LEFT - 24), top + HIGH - 40 - up * (HIGH - TOP - 46)

    drawn = [f'<text x="{left + 12}" y="{top + 20}" font-weight="600">{cost[0].upper()}{cost[1:]}, ms</text>']
    for decade in range(lowest, highest + 1):
        x, y = at(1, 10.0**decade)
        drawn.append(f'<path d="M{x:.0f} {y:.0f} H{left + WIDE - 24}" stroke="#d1d1d1"/>')
        drawn.append(f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{10.0**decade:g}</text>')
    for years in YEARS:
        x, y = at(years, 10.0**lowest)
        drawn.append(f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{years} y</text>')
    for many in INSTITUTIONS:
        points = [at(years, costs[cost]) for (places, years), costs in sorted(found.items()) if places == many]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(
            f'<polyline points="{line}" fill="none" stroke="{COLOURS[many]}" stroke-width="2.5" '
            f'stroke-dasharray="{DASHES[many]}"/>'
        )
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOURS[many]}"/>' for x, y in points]
    return "".join(drawn)


def _decades(seen: Sequence[float]) -> tuple[int, int]:
    """The powers of ten below and above all of them."""
    lowest, highest = int(log10(min(seen)) // 1), int(-(-log10(max(seen)) // 1))
    return lowest, max(highest, lowest + 1)


async def measure(largest: int) -> dict[tuple[int, int], dict[str, float]]:
    """All of them, the smaller first; the picture is drawn anew after each."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    folder = folder_of_filled()
    wanted = sorted((each for each in ALL if each[0] * each[1] <= largest), key=lambda each: each[0] * each[1])
    with ProcessPoolExecutor(2) as filling:
        # The largest takes as long as all the others.
        files = {each: filling.submit(filled, folder, *each) for each in (wanted[-1], *wanted[:-1])}
        for each in wanted:
            found[each] = await _measured(*each, files[each])
            print(next(reversed([*table(found)])), file=sys.stderr)
            PICTURE.write_text(picture(found), encoding="utf-8")
    return dict(sorted(found.items()))


async def _measured(institutions: int, years: int, file: "Future[Path]") -> dict[str, float]:
    began = time.monotonic()
    kept = await asyncio.wrap_future(file)
    waited = time.monotonic() - began
    with tempfile.TemporaryDirectory(prefix="laeringsbot-growth-") as name:
        found = await costs_of(institutions, years, Path(shutil.copy(kept, name)))
    print(
        f"waited {waited:.0f} s for it to be filled, measured {time.monotonic() - began - waited:.0f} s",
        file=sys.stderr,
    )
    return found


def main(largest: int) -> None:
    found = asyncio.run(measure(largest))
    print("\n".join(table(found)))
    left_out = [f"{many:,} with {years}" for many, years in ALL if (many, years) not in found]
    print(
        f"\nDrawn in {PICTURE.relative_to(ROOT)}; left out, institutions with years: {', '.join(left_out) or 'none'}."
    )


if __name__ == "__main__":
    main(int((*sys.argv, INSTITUTIONS[-1] * YEARS[-1])[1]))
