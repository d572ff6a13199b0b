"""themes.csv: what the politicians have decided, and the cycles that begin with it.

A theme begins the two-year cycle of its age range in its first half-year. The round that decided it is that
of the same year, or of the year before for a cycle that begins in spring.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from domain.aims import FourAims
from domain.cycle import HALF_YEARS, Cycle, PoliticalRound, RoundState, Theme, rounds_out_of_turn
from domain.organisation import AgeRange
from domain.period import HalfYear
from storage import cycle as tables
from storage.importing import values
from storage.importing.intake import Intake, change
from storage.importing.names import key_of
from storage.importing.sheet import Row, Sheet


@dataclass(frozen=True)
class _Line:
    row: Row
    title: str
    title_en: str
    age_range: AgeRange
    description: str
    valid_from: HalfYear
    valid_to: HalfYear
    aliases: tuple[str, ...]
    decision_url: str | None
    aims: tuple[FourAims, ...] | None

    @property
    def year(self) -> int:
        return self.valid_from.year if self.valid_from.term == 2 else self.valid_from.year - 1


def take_themes(intake: Intake, sheet: Sheet | None) -> None:
    """Themes are known by title, age range and first half-year; those the file lacks stay as they are."""
    session = intake.uow.session
    known = list(session.scalars(select(Theme)))
    intake.cycles = list(session.scalars(select(Cycle)))
    named: dict[str, list[Theme]] = defaultdict(list)
    new: list[Theme] = []
    if sheet is not None:
        lines = _lines(intake, sheet)
        cycles = _cycles(intake, lines)
        rounds = _rounds(intake, lines)
        intake.new.append((tables.cycle, cycles))
        before = {(key_of(each.title), each.age_range, each.valid_from): each for each in known}
        for line in lines:
            if not line.row.is_sound:
                continue
            found = before.get((key_of(line.title), line.age_range, line.valid_from))
            if found is None:
                found = Theme(
                    round_id=rounds[line.year].id, title=line.title, title_en=line.title_en or line.title,
                    age_range=line.age_range, description=line.description, valid_from=line.valid_from,
                    valid_to=line.valid_to, aliases=line.aliases, decision_url=line.decision_url, aims=line.aims or (),
                )  # fmt: skip
                if rounds[line.year].state in (RoundState.SENT, RoundState.CLOSED):
                    line.row.wrong(
                        "title",
                        f"the themes of {line.year} have been sent out, and a new one would reach nobody: "
                        "it belongs to a later round",
                    )
                    continue
                new.append(found)
                intake.report.themes.count(is_new=True)
                continue
            changed = change(
                found, title=line.title, title_en=line.title_en or line.title, description=line.description,
                valid_to=line.valid_to, aliases=line.aliases, decision_url=line.decision_url,
                aims=found.aims if line.aims is None else line.aims,
            )  # fmt: skip
            intake.report.themes.count(is_changed=changed)
    for theme in [*known, *new]:
        for name in dict.fromkeys((theme.title, theme.title_en, *theme.aliases)):
            named[name].append(theme)
    for name, themes in named.items():
        earlier = intake.themes.find(name)
        if earlier is None:
            intake.themes.put(themes, name)
        else:
            earlier.extend(each for each in themes if each not in earlier)
    intake.new.append((tables.theme, new))


def _lines(intake: Intake, sheet: Sheet) -> list[_Line]:
    lines: list[_Line] = []
    taken: dict[tuple[str, AgeRange, HalfYear], int] = {}
    no_aims: tuple[FourAims, ...] = ()
    for row in sheet.rows():
        line = _Line(
            row=row,
            title=row.take("title", values.text(200)),
            title_en=row.take_any("title_en", values.text(200), ""),
            age_range=row.take("age_range", values.age_range),
            description=row.take_any("description", values.text(2_000), ""),
            valid_from=row.take("valid_from", values.half_year),
            valid_to=row.take("valid_to", values.half_year),
            aliases=row.take_any("aliases", values.names(200), ()),
            decision_url=row.take_any("decision_url", values.address, None),
            aims=row.take_any("aims", values.aims, no_aims) if "aims" in sheet.places else None,
        )
        if not row.is_sound:
            intake.themes.doubt(line.title, line.title_en, *(line.aliases or ()))
            continue
        if line.valid_to < line.valid_from:
            row.wrong("valid_to", f"{line.valid_to} is before {line.valid_from}, where the theme begins")
        key = (key_of(line.title), line.age_range, line.valid_from)
        if (first := taken.setdefault(key, row.line)) != row.line:
            row.wrong("title", f"“{line.title}” is on line {first} already, for the same age range and half-year")
        lines.append(line)
    intake.themes.is_incomplete = not sheet.is_readable
    return lines


def _rounds(intake: Intake, lines: list[_Line]) -> dict[int, PoliticalRound]:
    """The rounds by year, new ones made; I1 and I2 hold, or the line that breaks them is told."""
    rounds = {each.year: each for each in intake.uow.session.scalars(select(PoliticalRound))}
    new: dict[int, tuple[PoliticalRound, _Line]] = {}
    for line in lines:
        if not line.row.is_sound:
            continue
        found = rounds.get(line.year)
        if found is None:
            found = PoliticalRound(year=line.year, age_range=line.age_range, state=RoundState.DECIDED)
            rounds[line.year], new[line.year] = found, (found, line)
            intake.report.rounds.count(is_new=True)
        elif found.age_range is not line.age_range:
            line.row.wrong(
                "age_range",
                f"the political round of {line.year} is about {found.age_range}, and a theme that begins in "
                f"{line.valid_from} belongs to it: the two age ranges take turns, one each year",
            )
        elif line.year not in new:
            intake.report.rounds.count()
    for late in rounds_out_of_turn(rounds.values()):
        if late.year in new:
            new[late.year][1].row.wrong(
                "age_range",
                f"the political round before that of {late.year} was about {late.age_range} too: "
                "two successive rounds have different age ranges",
            )
    intake.new.append((tables.political_round, [each for each, _ in new.values()]))
    return rounds


def _cycles(intake: Intake, lines: list[_Line]) -> list[Cycle]:
    """The new cycles that the themes begin; two of one age range do not overlap (I3)."""
    begun: dict[tuple[AgeRange, HalfYear], int] = {}
    new: list[Cycle] = []
    for line in sorted((each for each in lines if each.row.is_sound), key=lambda each: each.row.line):
        if (line.age_range, line.valid_from) in begun:
            continue
        candidate = Cycle(age_range=line.age_range, first_half_year=line.valid_from)
        clash = next((each for each in intake.cycles if each.overlaps(candidate)), None)
        if clash is None:
            new.append(candidate)
            intake.cycles.append(candidate)
            intake.report.cycles.count(is_new=True)
        elif clash.first_half_year != line.valid_from:
            where = begun.get((clash.age_range, clash.first_half_year))
            clashing = f"the cycle of {line.age_range} from {clash.first_half_year} to {clash.last_half_year}"
            following = clash.first_half_year.plus(HALF_YEARS)
            line.row.wrong(
                "valid_from",
                f"{clashing}{f' (line {where})' if where else ''} overlaps: the theme can begin "
                f"in {clash.first_half_year}, or in {following} with the next cycle",
            )
            continue
        else:
            intake.report.cycles.count()
        begun[(line.age_range, line.valid_from)] = line.row.line
    return new
