"""The evidence base, counted by the database: no row about one institution leaves it.

What was answered is turned at once into what may be shown: nothing beyond this module knows a number that is hidden.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.cycle import Cycle
from domain.data_package import PackageState
from domain.dialogue import DialogueState
from domain.evidence import Average, Breakdown, Evidence, Tally, ThemeEvidence, part_of
from domain.focus_area import Closing
from domain.organisation import AgeRange
from domain.period import HalfYear
from domain.perspective import Group, Response
from domain.status import Status
from storage.cycle import themes_in
from storage.data_package import data_package, key_figure
from storage.database import UnitOfWork
from storage.dialogue import dialogue
from storage.focus_area import focus_area, focus_status
from storage.organisation import institution
from storage.perspective import perspective, recommendation

_NOTHING = Tally(0, 0)
HELD = (DialogueState.HELD, DialogueState.RECORDED, DialogueState.CLOSED)
# In the order of the framework, and never of their numbers (I30).
_WORDS: tuple[Status | None, ...] = (None, *Status)


def evidence_for(uow: UnitOfWork, viewer: Viewer, about: Cycle, *, fewest: int) -> Evidence:
    """The evidence base of a cycle on the viewer's day; `NotAllowed` for whoever may not see it."""
    viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    open_ones = open_in(about.age_range, viewer.day)
    figures_of = _half_year_of_figures(uow, about, open_ones, viewer.day, fewest)
    averages = _averages(uow, figures_of, open_ones, fewest)
    themes = themes_in(uow, about)
    working = _working(uow, [each.id for each in themes], open_ones)
    heard_by_theme = _heard_by_theme(uow, about, open_ones)
    groups = Group.of(about.age_range)
    heard = _heard(uow, about, open_ones)

    def heard_about(theme_id: UUID) -> dict[Group, int | None]:
        of_theme = heard_by_theme[theme_id]
        return {
            group: part_of(heard.get(group, _NOTHING).institutions, of_theme.get(group, 0), fewest) for group in groups
        }

    held, recorded = _dialogues(uow, about, open_ones)
    return Evidence(
        age_range=about.age_range,
        cycle=about,
        fewest=fewest,
        institutions=uow.session.scalar(select(func.count()).select_from(institution).where(open_ones)) or 0,
        figures_of=figures_of,
        themes=[
            ThemeEvidence(
                theme=each,
                working=Breakdown.of({word: working[each.id].get(word, 0) for word in _WORDS}, fewest),
                heard=heard_about(each.id),
                averages=averages[each.id],
            )
            for each in themes
        ],
        local=averages[None],
        heard=_shown(heard, groups, fewest),
        answered=_shown(_answered(uow, about, open_ones), tuple(Response), fewest),
        held=held.shown(fewest),
        recorded=Breakdown.of(recorded, fewest),
    )


def open_in(age_range: AgeRange, day: date) -> ColumnElement[bool]:
    """The institutions of the age range that are open on the day."""
    is_open = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day)
    return (institution.c.age_range == age_range) & is_open


def _working(
    uow: UnitOfWork, theme_ids: Sequence[UUID], open_ones: ColumnElement[bool]
) -> Mapping[UUID, Mapping[Status | None, int]]:
    """Institutions with a focus area close to each of these themes, by theme and by the last word about any."""
    last = (
        select(
            focus_area.c.theme_id,
            focus_status.c.status,
            func.row_number()
            .over(
                partition_by=(focus_area.c.theme_id, focus_area.c.institution_id),
                order_by=(
                    focus_status.c.written_at.is_(None), focus_status.c.written_at.desc(), focus_status.c.id.desc()
                ),
            )
            .label("place"),
        )
        .join(institution, institution.c.id == focus_area.c.institution_id)
        .outerjoin(focus_status, focus_status.c.focus_area_id == focus_area.c.id)
        .where(
            open_ones,
            focus_area.c.theme_id.in_(theme_ids),
            or_(focus_area.c.closing.is_(None), focus_area.c.closing != Closing.DROPPED),
        )
        .subquery()
    )  # fmt: skip
    rows = uow.session.execute(
        select(last.c.theme_id, last.c.status, func.count())
        .where(last.c.place == 1)
        .group_by(last.c.theme_id, last.c.status)
    )
    found: dict[UUID, dict[Status | None, int]] = defaultdict(dict)
    for theme_id, word, number in rows:
        found[theme_id][word] = number
    return found


def perspectives_of_cycle(about: Cycle, open_ones: ColumnElement[bool], *columns: Any) -> Select[Any]:
    """How many perspectives by these columns, in how many institutions, and when the newest was written."""
    return (
        select(
            *columns,
            func.count(),
            func.count(perspective.c.institution_id.distinct()),
            func.max(perspective.c.written_at),
        )
        .select_from(perspective)
        .join(institution, institution.c.id == perspective.c.institution_id)
        .where(open_ones, perspective.c.half_year.between(about.first_half_year, about.last_half_year))
        .group_by(*columns)
    )


def _heard(uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool]) -> Mapping[Group, Tally]:
    rows = uow.session.execute(perspectives_of_cycle(about, open_ones, perspective.c.group))
    return {group: Tally(number, institutions) for group, number, institutions, _latest in rows}


def _heard_by_theme(
    uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool]
) -> Mapping[UUID, Mapping[Group, int]]:
    """Institutions in which something was told about a focus area, by the theme that the focus area is close to."""
    query = perspectives_of_cycle(about, open_ones, focus_area.c.theme_id, perspective.c.group).join(
        focus_area, focus_area.c.id == perspective.c.focus_area_id
    )
    found: dict[UUID, dict[Group, int]] = defaultdict(dict)
    for theme_id, group, _number, institutions, _latest in uow.session.execute(query):
        found[theme_id][group] = institutions
    return found


def _answered(uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool]) -> Mapping[Response, Tally]:
    query = perspectives_of_cycle(about, open_ones, recommendation.c.response).join(
        recommendation, recommendation.c.perspective_id == perspective.c.id
    )
    rows = uow.session.execute(query)
    return {response: Tally(number, institutions) for response, number, institutions, _latest in rows}


def _dialogues(uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool]) -> tuple[Tally, Mapping[bool, int]]:
    """The numbered dialogues that were held; and the institutions, by whether all of theirs are recorded."""
    unrecorded = func.max(case((dialogue.c.state == DialogueState.HELD, 1), else_=0)).label("unrecorded")
    each = (
        select(unrecorded, func.count().label("held"))
        .select_from(dialogue)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(
            open_ones, dialogue.c.cycle_id == about.id, dialogue.c.number.is_not(None), dialogue.c.state.in_(HELD)
        )
        .group_by(dialogue.c.institution_id)
        .subquery()
    )  # fmt: skip
    rows = uow.session.execute(
        select(each.c.unrecorded, func.count(), func.sum(each.c.held)).group_by(each.c.unrecorded)
    ).all()
    by_state = {True: 0, False: 0} | {not lacks: number for lacks, number, _held in rows}
    return Tally(sum(int(held) for _lacks, _number, held in rows), sum(by_state.values())), by_state


def _half_year_of_figures(
    uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool], day: date, fewest: int
) -> HalfYear | None:
    """The newest half-year of the cycle for which enough institutions have figures."""
    return uow.session.scalar(
        select(data_package.c.half_year)
        .join(institution, institution.c.id == data_package.c.institution_id)
        .where(
            open_ones,
            data_package.c.state == PackageState.RELEASED,
            data_package.c.half_year.between(about.first_half_year, min(about.last_half_year, HalfYear.of(day))),
        )
        .group_by(data_package.c.half_year)
        .having(func.count() >= fewest)
        .order_by(data_package.c.half_year.desc())
        .limit(1)
    )


def _averages(
    uow: UnitOfWork, half_year: HalfYear | None, open_ones: ColumnElement[bool], fewest: int
) -> Mapping[UUID | None, list[Average]]:
    """The mean of each indicator, by theme, in the order of their names (I30); None as key for those of no theme."""
    found: dict[UUID | None, list[Average]] = defaultdict(list)
    if half_year is None:
        return found
    places = func.count(data_package.c.institution_id.distinct())
    columns = (key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit)
    rows = uow.session.execute(
        select(*columns, func.avg(key_figure.c.value), places, func.sum(key_figure.c.n))
        .join(data_package, data_package.c.id == key_figure.c.package_id)
        .join(institution, institution.c.id == data_package.c.institution_id)
        .where(open_ones, data_package.c.state == PackageState.RELEASED, data_package.c.half_year == half_year)
        .group_by(*columns)
        .order_by(key_figure.c.indicator, key_figure.c.unit)
    )
    for theme_id, indicator, unit, value, institutions, people in rows:
        found[theme_id].append(
            Average.of(
                indicator,
                unit,
                float(value),
                institutions=institutions,
                people=None if people is None else int(people),
                fewest=fewest,
            )
        )
    return found


def _shown(tallies: Mapping[Any, Tally], words: tuple[Any, ...], fewest: int) -> dict[Any, Tally | None]:
    return {word: tallies.get(word, _NOTHING).shown(fewest) for word in words}
