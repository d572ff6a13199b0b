"""dialogues.csv: when each institution's learning dialogues are, or were.

A numbered dialogue is known by its institution and half-year, since there is one in each (I4); an extra one
by its time. A dialogue that has passed counts as held, and as closed after fourteen days.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from domain.cycle import HALF_YEARS, Cycle
from domain.dialogue import PREPARABLE, Dialogue, DialogueState, numbering_faults
from domain.organisation import AgeRange, Institution
from domain.period import HalfYear
from storage import cycle as cycle_tables
from storage import dialogue as tables
from storage.importing import values
from storage.importing.intake import Intake, change
from storage.importing.sheet import Row, Sheet

CLOSES_AFTER = timedelta(days=14)

_FAULTS = {
    "number_out_of_range": "a cycle has four numbered dialogues, and {number} would be one more",
    "number_twice": "number {number} is taken in the cycle from {first}: {taken}",
    "out_of_order": "number {number} is smaller than an earlier dialogue's: numbers 1 to 4 follow the dates",
    "half_year_twice": "{half_year} has a numbered dialogue already: write ekstra for one more",
    "outside_cycle": "{half_year} is outside the cycle from {first}",
}


@dataclass(frozen=True)
class _Line:
    row: Row
    institution: Institution
    starts_at: datetime
    half_year: HalfYear
    place: str
    number: int | str | None

    @property
    def is_extra(self) -> bool:
        return self.number == "extra"


def take_dialogues(intake: Intake, sheet: Sheet) -> None:
    """Dialogues that the file lacks stay as they are."""
    known: dict[UUID, list[Dialogue]] = defaultdict(list)
    for each in intake.uow.session.scalars(select(Dialogue)):
        known[each.institution_id].append(each)
    lines = _lines(intake, sheet)
    cycles = _Cycles(intake, lines)
    by_cycle: dict[tuple[UUID, UUID], list[_Line]] = defaultdict(list)
    for line in lines:
        cycle = cycles.of(line)
        if cycle is not None:
            by_cycle[(line.institution.id, cycle.id)].append(line)
    by_id = {each.id: each for each in intake.cycles}
    new: list[Dialogue] = []
    for (institution_id, cycle_id), together in by_cycle.items():
        there = [each for each in known[institution_id] if each.cycle_id == cycle_id]
        new.extend(_take_cycle(intake, by_id[cycle_id], there, together))
    intake.new.append((cycle_tables.cycle, cycles.new))
    intake.new.append((tables.dialogue, new))


def _take_cycle(intake: Intake, cycle: Cycle, there: list[Dialogue], lines: list[_Line]) -> list[Dialogue]:
    """One institution's dialogues of one cycle: the new ones."""
    new: list[Dialogue] = []
    told: dict[UUID, _Line] = {}
    for line in sorted(lines, key=lambda each: each.starts_at):
        found = _before(line, there)
        if found is not None and found.id not in told:
            _update(intake, line, found)
        elif found is None:
            found = Dialogue(
                institution_id=line.institution.id, cycle_id=cycle.id, half_year=line.half_year,
                starts_at=line.starts_at, announced_at=line.starts_at, place=line.place,
                state=_state(line.starts_at, intake.now),
            )  # fmt: skip
            # The mapper would number the first version, and is passed over by the bulk insert.
            found.version = 1
            new.append(found)
            intake.report.dialogues.count(is_new=True)
            if not line.is_extra:
                found.number = line.number if isinstance(line.number, int) else -1
        else:
            line.row.wrong("starts_at", _fault("half_year_twice", cycle, found, told))
            continue
        told[found.id] = line
    everything = [*there, *new]
    _number(everything)
    faults = numbering_faults(cycle, everything)
    # A fifth dialogue is always a second one in some half-year as well, which is the clearer thing to say.
    twice = {dialogue.id for dialogue, code in faults if code == "half_year_twice"}
    for dialogue, code in faults:
        if dialogue.id in told and (code == "half_year_twice" or dialogue.id not in twice):
            column = "starts_at" if code in ("half_year_twice", "outside_cycle") else "number"
            told[dialogue.id].row.wrong(column, _fault(code, cycle, dialogue, told, everything))
    return new


def _before(line: _Line, there: list[Dialogue]) -> Dialogue | None:
    """The dialogue that the line is about, if it is there already."""
    for each in there:
        if line.starts_at in (each.starts_at, each.announced_at) and (each.number is None) == line.is_extra:
            return each
    if line.is_extra:
        return None
    for each in there:
        counts = each.number is not None and each.state is not DialogueState.CANCELLED
        if counts and each.half_year == line.half_year:
            return each
    # With its number written, a dialogue can be moved to another half-year of its cycle.
    return next((each for each in there if each.number == line.number and each.state in PREPARABLE), None)


def _update(intake: Intake, line: _Line, found: Dialogue) -> None:
    # The list says what it said before: a leader who has moved the dialogue since is not overruled by it.
    is_old_news = found.announced_at == line.starts_at
    moved = found.starts_at != line.starts_at and not is_old_news
    if moved and found.state not in PREPARABLE:
        local = found.starts_at.astimezone(intake.zone)
        line.row.wrong(
            "starts_at",
            f"the dialogue of {found.half_year} was on {local:%Y-%m-%d %H:%M} and is over ({found.state}): "
            "write that time, or ekstra for another one",
        )
        return
    if moved and found.starts_at > intake.now >= line.starts_at:
        line.row.wrong("starts_at", f"the dialogue of {found.half_year} is still to come, and that time has passed")
        return
    changed = moved
    if moved:
        found.starts_at, found.half_year = line.starts_at, line.half_year
        found.revision += 1
    found.announced_at = line.starts_at
    if line.place and not (is_old_news and found.starts_at != line.starts_at):
        changed |= change(found, place=line.place)
    if isinstance(line.number, int):
        changed |= change(found, number=line.number)
    intake.report.dialogues.count(is_changed=changed)


def _number(dialogues: list[Dialogue]) -> None:
    """Gives those that wait for it (-1) the next free number, in the order of time."""
    taken = {each.number for each in dialogues if each.state is not DialogueState.CANCELLED}
    last = 0
    for each in sorted(dialogues, key=lambda each: each.starts_at):
        if each.number == -1:
            each.number = next(number for number in range(last + 1, 1_000) if number not in taken)
            taken.add(each.number)
        if each.number is not None and each.state is not DialogueState.CANCELLED:
            last = max(last, each.number)


def _state(starts_at: datetime, now: datetime) -> DialogueState:
    if starts_at > now:
        return DialogueState.PLANNED
    return DialogueState.HELD if now - starts_at < CLOSES_AFTER else DialogueState.CLOSED


def _fault(
    code: str,
    cycle: Cycle,
    dialogue: Dialogue,
    told: dict[UUID, _Line],
    everything: list[Dialogue] | None = None,
) -> str:
    others = [each for each in everything or [] if each.number == dialogue.number and each.id in told]
    where = [told[each.id].row.line for each in others if each is not dialogue]
    return _FAULTS[code].format(
        number=dialogue.number,
        half_year=dialogue.half_year,
        first=cycle.first_half_year,
        taken=f"line {where[0]} has it" if where else "a dialogue that is there already has it",
    )


def _lines(intake: Intake, sheet: Sheet) -> list[_Line]:
    lines: list[_Line] = []
    moments: dict[tuple[UUID, datetime], int] = {}
    moment = values.local_time(intake.zone)
    for row in sheet.rows():
        institution = intake.institution_of(row)
        starts_at = row.take("starts_at", moment)
        place = row.take_any("place", values.text(200), "")
        number = row.take_any("number", values.dialogue_number, None)
        if not row.is_sound or institution is None:
            continue
        first = moments.setdefault((institution.id, starts_at), row.line)
        if first != row.line:
            row.wrong("starts_at", f"{institution.name} has a dialogue at that time on line {first} already")
            continue
        half_year = HalfYear.of(starts_at.astimezone(intake.zone).date())
        lines.append(_Line(row, institution, starts_at, half_year, place, number))
    return lines


class _Cycles:
    """The cycle of each dialogue: a known one, or one in step with those that are known.

    Where nothing is known of an age range, its cycles are counted from its first dialogue.
    """

    def __init__(self, intake: Intake, lines: list[_Line]) -> None:
        self.new: list[Cycle] = []
        self._intake = intake
        self._first = {
            age_range: min(line.half_year for line in lines if line.institution.age_range is age_range)
            for age_range in {line.institution.age_range for line in lines}
        }
        self._found: dict[tuple[AgeRange, HalfYear], Cycle | None] = {}

    def of(self, line: _Line) -> Cycle | None:
        key = (line.institution.age_range, line.half_year)
        if key not in self._found:
            self._found[key] = self._cycle(*key)
        found = self._found[key]
        if found is None:
            line.row.wrong(
                "starts_at",
                f"{line.half_year} lies between two cycles of {line.institution.age_range}, "
                "with no room for a whole one: correct the themes' half-years",
            )
        return found

    def _cycle(self, age_range: AgeRange, half_year: HalfYear) -> Cycle | None:
        of_range = [each for each in self._intake.cycles if each.age_range is age_range]
        for each in of_range:
            if half_year in each:
                return each
        starts = [each.first_half_year for each in of_range] or [self._first[age_range]]
        for start in sorted(starts, key=lambda each: abs(_steps(each, half_year))):
            first = start.plus(_steps(start, half_year) // HALF_YEARS * HALF_YEARS)
            candidate = Cycle(age_range=age_range, first_half_year=first)
            if not any(candidate.overlaps(each) for each in of_range):
                self.new.append(candidate)
                self._intake.cycles.append(candidate)
                self._intake.report.cycles.count(is_new=True)
                return candidate
        return None


def _steps(start: HalfYear, end: HalfYear) -> int:
    return (end.year - start.year) * 2 + end.term - start.term
