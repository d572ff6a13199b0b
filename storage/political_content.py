"""What a political report says, counted by the database; what may not be shown does not leave this module.

What is counted besides the evidence base keeps its rule: a number of too few institutions is hidden, and so is one
from which such a number could be worked out, in whatever part of the report the other half of the sum stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, case, false, func, or_, select
from sqlalchemy.sql import ColumnElement

from domain.access import Viewer
from domain.cycle import Cycle
from domain.data_package import PackageState
from domain.evidence import Breakdown, Evidence, Tally, ThemeEvidence, part_of
from domain.focus_area import Closing
from domain.name_words import Names
from domain.perspective import Group
from domain.political_report import Basis, BasisKind, BoardWord, Content, Printed
from storage.board import board_note
from storage.data_package import data_package, key_figure
from storage.database import UnitOfWork
from storage.dialogue import dialogue
from storage.evidence import HELD, evidence_for, open_in, perspectives_of_cycle
from storage.focus_area import focus_area, focus_status
from storage.network import statements_about
from storage.organisation import institution, person
from storage.perspective import perspective, recommendation
from storage.practice import practice

_BOARDS = {2: BoardWord.SAID, 1: BoardWord.INFORMED, 0: BoardWord.NOT_YET}


def content_for(
    uow: UnitOfWork, viewer: Viewer, about: Cycle, *, fewest: int, now: datetime, zone: ZoneInfo
) -> Content:
    """The report on a cycle as it would be drawn now; `NotAllowed` for whoever may not see the evidence base."""
    evidence = evidence_for(uow, viewer, about, fewest=fewest)
    open_ones = open_in(about.age_range, viewer.day)
    names = _names(uow)
    practices = _practices(uow, evidence, open_ones)
    boards = _boards(uow, _is_held(about, open_ones), fewest)
    counting = _Counting(uow, evidence, open_ones, zone)
    return Content(
        evidence=evidence,
        statements=tuple(Printed.of(each, names) for each in statements_about(uow, viewer, about)),
        practices={theme_id: tally for theme_id, (tally, _latest) in practices.items()},
        boards=boards,
        bases=(*counting.all(boards), *_of_practices(practices, zone)),
        drawn_at=now,
    )


class _Counting:
    """What the lines of a report rest on; a line that is hidden has nothing to rest on."""

    def __init__(self, uow: UnitOfWork, evidence: Evidence, open_ones: ColumnElement[bool], zone: ZoneInfo) -> None:
        self.uow, self.evidence, self.open_ones, self.zone = uow, evidence, open_ones, zone
        self.cycle, self.fewest = evidence.cycle, evidence.fewest

    def all(self, boards: Breakdown[BoardWord]) -> Iterator[Basis]:
        yield from self.focus_areas()
        yield from self.perspectives()
        yield from self.perspectives_by_theme()
        yield from self.recommendations()
        yield from self.figures()
        yield from self.dialogues()
        yield from self.board_notes(boards)

    def focus_areas(self) -> Iterator[Basis]:
        """The focus areas close to each theme, and the words about them where those with and without are enough."""
        shown = {each.theme.id: total for each in self.evidence.themes if (total := each.working.total) is not None}
        with_word = case((focus_status.c.id.is_not(None), focus_area.c.institution_id))
        rows = self.uow.session.execute(
            select(
                focus_area.c.theme_id,
                func.count(focus_area.c.id.distinct()),
                func.max(focus_area.c.chosen_at),
                func.count(focus_status.c.id),
                func.count(with_word.distinct()),
                func.max(focus_status.c.written_at),
            )
            .join(institution, institution.c.id == focus_area.c.institution_id)
            .outerjoin(focus_status, focus_status.c.focus_area_id == focus_area.c.id)
            .where(
                self.open_ones,
                focus_area.c.theme_id.in_(list(shown)),
                or_(focus_area.c.closing.is_(None), focus_area.c.closing != Closing.DROPPED),
            )
            .group_by(focus_area.c.theme_id)
        )
        for theme_id, areas, chosen_at, words, places, written_at in rows:
            total = shown[theme_id]
            yield self._basis(BasisKind.FOCUS_AREA, total, areas, chosen_at, theme_id=theme_id)
            if (told := part_of(total, places, self.fewest)) is not None:
                yield self._basis(BasisKind.STATUS, told, words, written_at, theme_id=theme_id)

    def perspectives(self) -> Iterator[Basis]:
        query = perspectives_of_cycle(self.cycle, self.open_ones, perspective.c.group)
        for group, _number, _institutions, latest in self.uow.session.execute(query):
            if tally := self.evidence.heard.get(group):
                yield self._basis(BasisKind.PERSPECTIVE, tally.institutions, tally.number, latest, word=group)

    def perspectives_by_theme(self) -> Iterator[Basis]:
        """How many by theme only where those that are about none of the themes shown are of enough institutions, too:
        the number of all of them is told elsewhere."""
        query = perspectives_of_cycle(self.cycle, self.open_ones, focus_area.c.theme_id, perspective.c.group).join(
            focus_area, focus_area.c.id == perspective.c.focus_area_id
        )
        shown = {
            (each.theme.id, group): number
            for each in self.evidence.themes
            for group, number in each.heard.items()
            if number is not None
        }
        may_count = self._may_count(shown)
        for theme_id, group, number, _institutions, latest in self.uow.session.execute(query):
            if (theme_id, group) in shown:
                count = number if group in may_count else None
                yield self._basis(
                    BasisKind.PERSPECTIVE, shown[theme_id, group], count, latest, theme_id=theme_id, word=group
                )

    def _may_count(self, shown: Iterable[tuple[UUID, Group]]) -> set[Group]:
        """The groups of whom what was told of no theme that is shown is of enough institutions, or of none."""
        themes: dict[Group, list[UUID]] = defaultdict(list)
        for theme_id, group in shown:
            themes[group].append(theme_id)
        is_of_none_shown = or_(
            false(),
            *(
                and_(
                    perspective.c.group == group,
                    or_(focus_area.c.theme_id.is_(None), focus_area.c.theme_id.not_in(ids)),
                )
                for group, ids in themes.items()
            ),
        )
        query = perspectives_of_cycle(self.cycle, self.open_ones, perspective.c.group).outerjoin(
            focus_area, focus_area.c.id == perspective.c.focus_area_id
        )
        rows = self.uow.session.execute(query.where(is_of_none_shown))
        rest = {group: institutions for group, _number, institutions, _latest in rows}
        return {group for group in themes if not rest.get(group) or rest[group] >= self.fewest}

    def recommendations(self) -> Iterator[Basis]:
        newest = func.max(func.coalesce(recommendation.c.responded_at, recommendation.c.written_at))
        rows = self.uow.session.execute(
            perspectives_of_cycle(self.cycle, self.open_ones, recommendation.c.response)
            .add_columns(newest)
            .join(recommendation, recommendation.c.perspective_id == perspective.c.id)
        )
        for response, _number, _institutions, _written, latest in rows:
            if tally := self.evidence.answered.get(response):
                yield self._basis(BasisKind.RECOMMENDATION, tally.institutions, tally.number, latest, word=response)

    def figures(self) -> Iterator[Basis]:
        """One figure of each institution that has it; only of the averages that are shown."""
        if self.evidence.figures_of is None:
            return
        by_theme: list[tuple[UUID | None, ThemeEvidence | Evidence]] = [
            *((each.theme.id, each) for each in self.evidence.themes),
            (None, self.evidence),
        ]
        shown = {
            (theme_id, average.indicator, average.unit): average.institutions
            for theme_id, told in by_theme
            for average in (told.averages if isinstance(told, ThemeEvidence) else told.local)
            if average.institutions is not None
        }
        columns = (key_figure.c.theme_id, key_figure.c.indicator, key_figure.c.unit)
        rows = self.uow.session.execute(
            select(*columns, func.max(key_figure.c.as_of), func.min(key_figure.c.source), func.max(key_figure.c.source))
            .join(data_package, data_package.c.id == key_figure.c.package_id)
            .join(institution, institution.c.id == data_package.c.institution_id)
            .where(
                self.open_ones,
                data_package.c.state == PackageState.RELEASED,
                data_package.c.half_year == self.evidence.figures_of,
            )
            .group_by(*columns)
        )
        for theme_id, indicator, unit, latest, first, last in rows:
            if (places := shown.get((theme_id, indicator, unit))) is not None:
                source = first if first == last else ""
                yield self._basis(
                    BasisKind.FIGURE, places, places, latest, theme_id=theme_id, word=indicator, source=source
                )

    def dialogues(self) -> Iterator[Basis]:
        if held := self.evidence.held:
            latest = self.uow.session.scalar(
                select(func.max(dialogue.c.starts_at))
                .join(institution, institution.c.id == dialogue.c.institution_id)
                .where(self._is_held())
            )
            yield self._basis(BasisKind.DIALOGUE, held.institutions, held.number, latest)

    def board_notes(self, boards: Breakdown[BoardWord]) -> Iterator[Basis]:
        """The notes behind each number of boards that is told."""
        each = _board_words(self._is_held()).subquery()
        rows = self.uow.session.execute(
            select(each.c.word, func.count(), func.max(board_note.c.informed_on))
            .join(dialogue, dialogue.c.institution_id == each.c.institution_id)
            .join(institution, institution.c.id == dialogue.c.institution_id)
            .join(board_note, board_note.c.dialogue_id == dialogue.c.id)
            .where(self._is_held())
            .group_by(each.c.word)
        )
        for number, notes, latest in rows:
            word = _BOARDS[number]
            if (places := boards.cells[word]) is not None:
                yield self._basis(BasisKind.BOARD_NOTE, places, notes, latest, word=word)

    def _is_held(self) -> ColumnElement[bool]:
        return _is_held(self.cycle, self.open_ones)

    def _basis(
        self,
        kind: BasisKind,
        institutions: int,
        number: int | None,
        latest: datetime | date | None,
        *,
        theme_id: UUID | None = None,
        word: str = "",
        source: str = "",
    ) -> Basis:
        return Basis(
            kind=kind,
            institutions=institutions,
            number=number,
            latest=_local_day(latest, self.zone),
            theme_id=theme_id,
            word=str(word),
            source=source,
        )


def _practices(
    uow: UnitOfWork, evidence: Evidence, open_ones: ColumnElement[bool]
) -> Mapping[UUID, tuple[Tally | None, datetime | None]]:
    """R-08: what is shared about each theme. Of the institutions that work with it, those that have not are enough."""
    rows = uow.session.execute(
        select(
            practice.c.theme_id,
            func.count(),
            func.count(practice.c.institution_id.distinct()),
            func.max(practice.c.shared_at),
        )
        .join(institution, institution.c.id == practice.c.institution_id)
        .where(open_ones, practice.c.shared_at.is_not(None), practice.c.withdrawn_at.is_(None))
        .group_by(practice.c.theme_id)
    )
    counted = {theme_id: (number, places, latest) for theme_id, number, places, latest in rows}
    found: dict[UUID, tuple[Tally | None, datetime | None]] = {}
    for each in evidence.themes:
        number, places, latest = counted.get(each.theme.id, (0, 0, None))
        shown = part_of(each.working.total or 0, places, evidence.fewest) is not None
        found[each.theme.id] = (Tally(number, places), latest) if shown else (None, None)
    return found


def _of_practices(practices: Mapping[UUID, tuple[Tally | None, datetime | None]], zone: ZoneInfo) -> Iterator[Basis]:
    for theme_id, (tally, latest) in practices.items():
        if tally:
            yield Basis(
                kind=BasisKind.PRACTICE,
                institutions=tally.institutions,
                number=tally.number,
                latest=_local_day(latest, zone),
                theme_id=theme_id,
            )


def _boards(uow: UnitOfWork, is_held: ColumnElement[bool], fewest: int) -> Breakdown[BoardWord]:
    """R-12: the institutions that have held dialogues, each once, by the most that its board has done."""
    each = _board_words(is_held).subquery()
    counts = dict.fromkeys(BoardWord, 0)
    for number, places in uow.session.execute(select(each.c.word, func.count()).group_by(each.c.word)):
        counts[_BOARDS[number]] = places
    return Breakdown.of(counts, fewest)


def _board_words(is_held: ColumnElement[bool]) -> Select[Any]:
    word = func.max(case((board_note.c.said != "", 2), (board_note.c.id.is_not(None), 1), else_=0)).label("word")
    return (
        select(dialogue.c.institution_id, word)
        .select_from(dialogue)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .outerjoin(board_note, board_note.c.dialogue_id == dialogue.c.id)
        .where(is_held)
        .group_by(dialogue.c.institution_id)
    )


def _is_held(about: Cycle, open_ones: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(open_ones, dialogue.c.cycle_id == about.id, dialogue.c.number.is_not(None), dialogue.c.state.in_(HELD))


def _names(uow: UnitOfWork) -> Names:
    """The name of everybody and of every place, with what else the places are called, whether they are here still."""
    places = uow.session.execute(select(institution.c.name, institution.c.aliases)).all()
    return Names(
        people=list(uow.session.scalars(select(person.c.name))),
        places=[*(name for name, _aliases in places), *(alias for _name, aliases in places for alias in aliases)],
    )


def _local_day(at: datetime | date | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at
