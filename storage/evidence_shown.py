"""What may be shown of the rows of a block, and what can be read of it, made of the same numbers.

Whoever shows a further number of a block adds it to `told_of`, too, so that its difference to another day is judged.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations
from operator import itemgetter
from typing import Any

from domain.difference import Told, Words
from domain.evidence import Breakdown, Tally, hidden, part_of
from domain.political_report import BoardWord
from domain.status import Status
from storage.evidence_rows import (
    DIALOGUES,
    GIVEN,
    HELD_PART,
    NOTES,
    SHARED,
    TOLD,
    VALUES,
    WORDS_PART,
    WORKING,
    Part,
    Rows,
    when,
)

# In the order of the framework, and never of their numbers (I30).
WORDS: tuple[Status | None, ...] = (None, *Status)
BOARDS = {2: BoardWord.SAID, 1: BoardWord.INFORMED, 0: BoardWord.NOT_YET}


def tally(part: Part) -> Tally:
    """Of rows that begin with how many there are."""
    return Tally(sum(map(itemgetter(0), part.values())), len(part))


def working(rows: Rows, fewest: int) -> Breakdown[Status | None]:
    """The institutions with a focus area close to a theme by the last word about any."""
    return Breakdown.of(_by_word(rows[WORKING]), fewest)


def recorded(held: Part, fewest: int) -> Breakdown[bool]:
    """The institutions that have held dialogues, by whether all of theirs are recorded."""
    return Breakdown.of(_by_record(held), fewest)


def boards(held: Part, fewest: int) -> Breakdown[BoardWord]:
    """R-12: the institutions that have held dialogues, each once, by the most that its board has done."""
    return Breakdown.of(_by_board(held), fewest)


def with_words(rows: Rows, fewest: int) -> int | None:
    """The institutions that have said a word about a theme; None where they or the others are too few."""
    return part_of(len(rows[WORKING]), sum(1 for row in rows[WORKING].values() if row[3]), fewest)


def shared(rows: Rows, fewest: int) -> Tally | None:
    """R-08: the practice that is shared about a theme. Of the institutions that work with it, those that have shared
    nothing are enough."""
    whole = len(rows[WORKING]) if len(rows[WORKING]) >= fewest else 0
    return None if part_of(whole, len(rows[SHARED]), fewest) is None else tally(rows[SHARED])


def heard_about(rows: Rows, theme_id: str, fewest: int) -> int | None:
    """The institutions in which a group was heard about a theme, of all in which it was heard."""
    return part_of(len(rows.get(TOLD, {})), len(rows.get(theme_id, {})), fewest)


def themes_told(rows: Rows, theme_ids: Sequence[str], fewest: int) -> list[str]:
    return [each for each in theme_ids if heard_about(rows, each, fewest) is not None]


def about_none_of(rows: Rows, theme_ids: Sequence[str]) -> dict[str, int]:
    """How many perspectives each institution has that are about none of these themes; those that have any."""
    found = {}
    for where, (number, _latest) in rows.get(TOLD, {}).items():
        left = number - sum(rows.get(each, {}).get(where, (0,))[0] for each in theme_ids)
        if left:
            found[where] = left
    return found


def months_of(rows: Rows, part: str, fewest: int, *, of: Collection[str] | None = None) -> tuple[str, ...]:
    """The months in which enough institutions have added something to a part; `of` are the only ones that count."""
    told = rows.get(when(part), {})
    counted = Counter(month for where, months in told.items() if of is None or where in of for month in months)
    return tuple(sorted(month for month, number in counted.items() if number >= fewest))


def told_of(block: str, rows: Rows, theme_ids: Sequence[str], fewest: int) -> Told:
    """Everything that can be read of a block, on cards, in documents and among the sources."""
    kind = block.partition(":")[0]
    if kind == "theme":
        return _told_of_theme(rows, fewest)
    if kind == "group":
        return _told_of_group(rows, theme_ids, fewest)
    if block == DIALOGUES:
        return _told_of_dialogues(rows, fewest)
    if kind == "figure":
        return _sums({"all": (_column(rows[VALUES], slice(3)), len(rows[VALUES]) >= fewest)})
    return _sums(_with_months(rows, GIVEN, "all", _column(rows[GIVEN], slice(1)), len(rows[GIVEN]) >= fewest))


def _told_of_theme(rows: Rows, fewest: int) -> Told:
    part = rows[WORKING]
    is_told = len(part) >= fewest
    words = {each: row[3] for each, row in part.items() if row[3]}
    sums = _sums(
        {
            **_with_months(rows, WORKING, "areas", _column(part, slice(1, 2)), is_told),
            **_with_months(rows, WORDS_PART, "words", words, with_words(rows, fewest) is not None),
            **_with_months(rows, SHARED, "shared", _column(rows[SHARED], slice(1)), shared(rows, fewest) is not None),
        }
    )
    return Told(
        tables={"working": _table({each: row[0] for each, row in part.items()}, _by_word(part), fewest)},
        added=sums.added,
        hidden=sums.hidden,
    )


def _told_of_group(rows: Rows, theme_ids: Sequence[str], fewest: int) -> Told:
    """The perspectives of all, by theme, and those that are left when some themes are taken from all."""
    all_of_it = rows.get(TOLD, {})
    is_told, shown = len(all_of_it) >= fewest, set(themes_told(rows, theme_ids, fewest))
    sums = _with_months(rows, TOLD, "all", _column(all_of_it, slice(1)), is_told)
    for each in theme_ids:
        sums |= _with_months(rows, each, each, _column(rows.get(each, {}), slice(1)), each in shown)
    for size in range(1, len(theme_ids) + 1):
        for some in combinations(theme_ids, size):
            sums["without " + " ".join(some)] = (dict(about_none_of(rows, some)), is_told and shown >= set(some))
    return _sums(sums)


def _told_of_dialogues(rows: Rows, fewest: int) -> Told:
    held = rows[HELD_PART]
    said = boards(held, fewest).cells
    sums = _with_months(rows, HELD_PART, "held", _column(held, slice(1)), len(held) >= fewest)
    for number, word in BOARDS.items():
        notes = {each: row[4] for each, row in held.items() if row[3] == number and row[4]}
        sums |= _with_months(rows, NOTES, f"notes {word}", notes, said[word] is not None)
    found = _sums(sums)
    return Told(
        tables={
            "recorded": _table({each: not row[1] for each, row in held.items()}, _by_record(held), fewest),
            "boards": _table({each: BOARDS[row[3]] for each, row in held.items()}, _by_board(held), fewest),
        },
        added=found.added,
        hidden=found.hidden,
    )


def _by_word(part: Part) -> dict[Status | None, int]:
    counted = Counter(row[0] for row in part.values())
    return {word: counted[word] for word in WORDS}


def _by_record(held: Part) -> dict[bool, int]:
    counted = Counter(not row[1] for row in held.values())
    return {each: counted[each] for each in (True, False)}


def _by_board(held: Part) -> dict[BoardWord, int]:
    counted = Counter(BOARDS[row[3]] for row in held.values())
    return {each: counted[each] for each in BoardWord}


def _table(of: dict[str, Any], counted: dict[Any, int], fewest: int) -> Words:
    shown = frozenset(counted) - hidden(counted, fewest) if len(of) >= fewest else None
    return Words(of=of, shown=shown)


def _column(part: Part, places: slice) -> dict[str, Any]:
    return {each: row[places] for each, row in part.items()}


def _with_months(
    rows: Rows, part: str, name: str, counts: dict[str, Any], is_shown: bool
) -> dict[str, tuple[dict[str, Any], bool]]:
    """The sum, and beside it what is told of its months: those of few institutions must not be all that is new."""
    months = rows.get(when(part), {})
    dated = {each: [count, months.get(each)] for each, count in counts.items()}
    return {name: (counts, is_shown), f"months of {name}": (dated, is_shown)}


def _sums(parts: dict[str, tuple[dict[str, Any], bool]]) -> Told:
    """Sums by name, each with what every institution adds to it and whether it is shown."""
    return Told(
        added={name: of for name, (of, is_shown) in parts.items() if is_shown},
        hidden={name: of for name, (of, is_shown) in parts.items() if not is_shown},
    )
