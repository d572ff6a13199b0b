"""The evidence base, counted by the database: no row about one institution leaves it.

What was counted is turned at once into what may be shown: nothing beyond storage knows a number that is hidden. What is
shown stays as it was until the difference to what is counted now is of enough institutions (`domain.difference`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from domain.access import Record, Sight, Viewer
from domain.cycle import Cycle
from domain.evidence import Average, Evidence, ThemeEvidence
from domain.perspective import Group, Response
from storage.cycle import themes_in
from storage.evidence_figures import FigureShown, figures_shown
from storage.evidence_kept import Kept, kept_or_counted, newest_states
from storage.evidence_packages import half_year_of_figures
from storage.evidence_rows import (
    DIALOGUES,
    GIVEN,
    HELD_PART,
    TOLD,
    Rows,
    group_block,
    open_in,
    response_block,
    rows_of,
    theme_block,
)
from storage.evidence_shown import heard_about, recorded, tally, told_of, working
from storage.organisation import institution
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Base:
    """The evidence base with what it rests on: the blocks as they are shown, by name, and its figures."""

    evidence: Evidence
    blocks: Mapping[str, Kept]
    figures: Sequence[FigureShown]

    def rows(self, block: str) -> Rows:
        return self.blocks[block].rows if block in self.blocks else {}


def evidence_for(
    uow: UnitOfWork, viewer: Viewer, about: Cycle, *, fewest: int, now: datetime, zone: ZoneInfo
) -> Evidence:
    """The evidence base of a cycle on the viewer's day; `NotAllowed` for whoever may not see it."""
    return base_for(uow, viewer, about, fewest=fewest, now=now, zone=zone).evidence


def base_for(uow: UnitOfWork, viewer: Viewer, about: Cycle, *, fewest: int, now: datetime, zone: ZoneInfo) -> Base:
    viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    open_ones = open_in(about.age_range, viewer.day)
    figures_of = half_year_of_figures(uow, about, open_ones, viewer.day, fewest)
    themes = themes_in(uow, about)
    last = newest_states(uow, about)
    figures = figures_shown(uow, about, figures_of, open_ones, last, fewest=fewest, now=now)
    theme_ids = [str(each.id) for each in themes]
    blocks = kept_or_counted(
        uow,
        about,
        rows_of(uow, about, [each.id for each in themes], open_ones, zone),
        last,
        lambda block, rows: told_of(block, rows, theme_ids, fewest),
        fewest=fewest,
        now=now,
    )
    rows = {block: kept.rows for block, kept in blocks.items()}
    groups, held = Group.of(about.age_range), rows[DIALOGUES][HELD_PART]
    averages: dict[UUID | None, list[Average]] = {None: []}
    for each in figures.figures:
        averages.setdefault(each.theme_id, []).append(each.average(fewest))
    told = {group: rows.get(group_block(group), {}) for group in groups}
    given = {response: rows.get(response_block(response), {}).get(GIVEN, {}) for response in Response}
    evidence = Evidence(
        age_range=about.age_range,
        cycle=about,
        fewest=fewest,
        institutions=uow.session.scalar(select(func.count()).select_from(institution).where(open_ones)) or 0,
        figures_of=figures_of,
        themes=[
            ThemeEvidence(
                theme=each,
                working=working(rows[theme_block(each.id)], fewest),
                heard={group: heard_about(told[group], str(each.id), fewest) for group in groups},
                averages=averages.get(each.id, []),
            )
            for each in themes
        ],
        local=averages[None],
        heard={group: tally(told[group].get(TOLD, {})).shown(fewest) for group in groups},
        answered={response: tally(part).shown(fewest) for response, part in given.items()},
        held=tally(held).shown(fewest),
        recorded=recorded(held, fewest),
        taken_at=min([kept.taken_at for kept in blocks.values()] + [figures.taken_at or now]),
    )
    return Base(evidence=evidence, blocks=blocks, figures=figures.figures)
