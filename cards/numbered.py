"""Lines with the numbers of their sources, and the way to the sources: the same for every answer.

I25: "A summary line has ≥1 source ref the reader is allowed to open."
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards.form import carried
from cards.kit import Action, press
from cards.language import Translator
from cards.layout import Element, group
from cards.parts import run, text
from cards.scope import carry
from domain.facts import SourceKind, SourceRef
from domain.printed import Line
from domain.scope import Bounds, Scope

ALL = "source.all"
MOST_RUNS = 4


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The lines of an answer with what it is about, as they were `as_of` then; `name` is the flow that gives it, whose
    `open` shows it again, and `keeping` the ways in which the answer is kept."""

    name: str
    scope: Scope
    bounds: Bounds
    lines: Sequence[Line]
    as_of: datetime | None = None
    keeping: Sequence[Action] = ()


class Numbered:
    """The sources of the printed lines, numbered in the order in which they are met."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.numbers: dict[tuple[SourceKind, UUID], int] = {}
        self.lines = lines
        self.refs: list[tuple[SourceRef, Line]] = []
        # Those that are looked up only once somebody asks for the sources.
        self.unseen = sum(line.unseen for line in lines if not line.is_of_others)
        # By its sources, which many lines share; the line is kept, so that no others can come to stand in their place.
        self._shown: dict[tuple[int, bool, int], tuple[Line, str]] = {}
        # What was drawn of a line, which is drawn again for each room that it is tried to fit into.
        self._rows: dict[int, tuple[Line, Element]] = {}
        seen: set[int] = set()
        # Lines that stand for one source come first to it: a line that counts has the same ones. What was traced since
        # comes last, so that all else has the numbers that it had before.
        for line, refs in [
            *[(line, line.sources) for line in sorted(lines, key=lambda line: line.is_count)],
            *[(line, line.traced) for line in lines if line.traced],
        ]:
            # Of means over hundreds of institutions, many lines rest on the very same sources.
            if id(refs) in seen:
                continue
            seen.add(id(refs))
            for ref in refs:
                if (ref.kind, ref.id) not in self.numbers:
                    self.numbers[ref.kind, ref.id] = len(self.refs) + 1
                    self.refs.append((ref, line))

    @property
    def number(self) -> int:
        """How many sources there are, those that are not looked up among them."""
        return len(self.refs) + self.unseen

    def of(self, line: Line) -> str:
        """[3], on the line of the last word that it belongs to; [5–12] after one that counts many, and […] for more of
        them than are known."""
        key = id(line.sources), line.is_count, line.unseen + len(line.traced)
        if key not in self._shown:
            # A figure and the one before it may stand in the same package.
            numbers = dict.fromkeys(self.numbers[ref.kind, ref.id] for ref in (*line.sources, *line.traced))
            shown = _in_runs(numbers, line.unseen > 0) if line.is_count else [str(each) for each in numbers]
            self._shown[key] = line, "".join(f"[{each}]" for each in shown)
        _kept, found = self._shown[key]
        return f"\u00a0{found}" if found else ""

    def row(self, line: Line) -> Element:
        """The line as it stands in the card."""
        kept = self._rows.get(id(line))
        if kept is None:
            kept = self._rows[id(line)] = line, _drawn(line, self.of(line))
        return kept[1]


def is_dated(ref: SourceRef) -> bool:
    """Whether it is from a day; all that an institution has registered is of the whole period."""
    return ref.kind is not SourceKind.PLACE


def is_to_come(ref: SourceRef, as_of: datetime | None) -> bool:
    """Whether it is only planned: a dialogue, a visit or a 1:1 that has not been."""
    return as_of is not None and ref.at > as_of


def rests_on(_: Translator, numbered: Numbered, as_of: datetime | None) -> str:
    """Bygger på 14 kilder, senest 12. april 2026: as many as can be opened, and the newest day among them; empty
    without any. What is only planned is from no day yet."""
    if not numbered.number:
        return ""
    rests = _.ngettext("Based on %(n)s source", "Based on %(n)s sources", numbered.number)
    days = [ref.at for ref, _line in numbered.refs if is_dated(ref) and not is_to_come(ref, as_of)]
    if numbered.unseen:
        counted = [line for line in numbered.lines if line.unseen and not line.is_of_others]
        # Where they are not dated, the newest may be among those that are not looked up.
        days = (
            [*days, *[line.latest for line in counted if line.latest]] if all(line.is_dated for line in counted) else []
        )
    if latest := max(days, default=None):
        rests = _("%(rests)s, the latest from %(day)s", rests=rests, day=_.date(latest))
    return f"{rests}."


def _in_runs(numbers: Iterable[int], has_more: bool) -> list[str]:
    """`5–7` and `9` of 5, 6, 7 and 9; of very many, the first runs and that there are more."""
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and runs[-1][-1] == each - 1:
            runs[-1][1:] = [each]
        else:
            runs.append([each])
    shown = ["–".join(map(str, run)) for run in runs[:MOST_RUNS]]
    return [*shown, "…"] if has_more or len(runs) > MOST_RUNS else shown


def row(line: Line, numbered: Numbered) -> Element:
    """A line with the number of its source, and below it where it belongs and what was said."""
    return numbered.row(line)


def _drawn(line: Line, number: str) -> Element:
    numbered_by = run(number, isSubtle=True, size="Small")
    quoted = line.quote.splitlines()
    parts: list[Element] = []
    if line.lead or line.rest:
        lead = [run(line.lead, weight="Bolder")] if line.lead else []
        # No line begins with the dash, and none with a number alone: behind a dash a line may break even there.
        blank = "\u2060\u00a0" if line.rest.isdigit() else " "
        rest = f"\u00a0–{blank}{line.rest}" if line.lead and line.rest else line.rest
        parts.append(text(*lead, run(rest), numbered_by))
        parts += [text(each, small=True, spacing="None") for each in quoted]
    elif quoted:
        parts += [text(each, small=True, spacing="None") for each in quoted[:-1]]
        parts.append(text(run(quoted[-1]), numbered_by, small=True, spacing="None"))
    if line.small:
        alone = () if parts else (numbered_by,)
        parts.append(text(run(line.small), *alone, small=True, subtle=True, spacing="None"))
    return group(*parts, spacing="Small")


def see_sources(_: Translator, name: str, bounds: Bounds) -> Action:
    """*Vis kilder*, of the answer of this name."""
    return press(_("See the sources"), ALL, {**carried(), **about(name, bounds), "page": "0"}, primary=True)


def about(name: str, bounds: Bounds) -> dict[str, str]:
    """Which answer a button leads back to, and what it is about."""
    return {"answer": name, **carry(bounds)}
