"""What a political report says, of the evidence base as it is shown; what may not be shown does not leave storage.

What is counted besides the evidence base keeps its rule: a number of too few institutions is hidden, and so is one
from which such a number could be worked out, in whatever part of the report the other half of the sum stands.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from domain.access import Viewer
from domain.cycle import Cycle
from domain.evidence import Breakdown
from domain.name_words import Names
from domain.political_report import Basis, BasisKind, BoardWord, Content, Printed
from storage.evidence import Base, base_for
from storage.evidence_rows import (
    DIALOGUES,
    GIVEN,
    HELD_PART,
    NOTES,
    SHARED,
    TOLD,
    WORDS_PART,
    WORKING,
    Rows,
    group_block,
    response_block,
    theme_block,
)
from storage.evidence_shown import BOARDS, about_none_of, boards, months_of, shared, tally, themes_told, with_words
from storage.network import statements_about
from storage.organisation import institution, person
from storage.unit_of_work import UnitOfWork


def content_for(
    uow: UnitOfWork, viewer: Viewer, about: Cycle, *, fewest: int, now: datetime, zone: ZoneInfo
) -> Content:
    """The report on a cycle as it would be drawn now; `NotAllowed` for whoever may not see the evidence base."""
    base = base_for(uow, viewer, about, fewest=fewest, now=now, zone=zone)
    given = statements_about(uow, viewer, about)
    # Looked for only where there is something to leave them out of: they are all names that there are.
    names = _names(uow) if given else Names()
    held = boards(base.rows(DIALOGUES)[HELD_PART], fewest)
    return Content(
        evidence=base.evidence,
        statements=tuple(Printed.of(each, names) for each in given),
        practices={
            each.theme.id: shared(base.rows(theme_block(each.theme.id)), fewest) for each in base.evidence.themes
        },
        boards=held,
        bases=tuple(_Resting(base).all(held)),
        drawn_at=now,
    )


class _Resting:
    """What the lines of a report rest on; a line that is hidden has nothing to rest on."""

    def __init__(self, base: Base) -> None:
        self.base, self.evidence = base, base.evidence
        self.fewest = self.evidence.fewest

    def all(self, held: Breakdown[BoardWord]) -> Iterator[Basis]:
        yield from self.focus_areas()
        yield from self.perspectives()
        yield from self.perspectives_by_theme()
        yield from self.recommendations()
        yield from self.figures()
        yield from self.dialogues()
        yield from self.board_notes(held)
        yield from self.practices()

    def focus_areas(self) -> Iterator[Basis]:
        """The focus areas close to each theme, and the words about them where those with and without are enough."""
        for each in self.evidence.themes:
            rows = self.base.rows(theme_block(each.theme.id))
            part, theme_id = rows[WORKING], each.theme.id
            if each.working.total is None:
                continue
            areas = sum(row[1] for row in part.values())
            months = self._months(rows, WORKING)
            yield _basis(BasisKind.FOCUS_AREA, each.working.total, areas, months, theme_id=theme_id)
            if (told := with_words(rows, self.fewest)) is not None:
                words = sum(row[3] for row in part.values())
                yield _basis(BasisKind.STATUS, told, words, self._months(rows, WORDS_PART), theme_id=theme_id)

    def perspectives(self) -> Iterator[Basis]:
        for group, told in self.evidence.heard.items():
            if told:
                months = self._months(self.base.rows(group_block(group)), TOLD)
                yield _basis(BasisKind.PERSPECTIVE, told.institutions, told.number, months, word=group)

    def perspectives_by_theme(self) -> Iterator[Basis]:
        """How many by theme only where those that are about none of the themes shown are of enough institutions, too:
        the number of all of them is told elsewhere."""
        theme_ids = [str(each.theme.id) for each in self.evidence.themes]
        for group in self.evidence.heard:
            rows = self.base.rows(group_block(group))
            shown = themes_told(rows, theme_ids, self.fewest)
            rest = len(about_none_of(rows, shown))
            may_count = not rest or rest >= self.fewest
            for theme_id in shown:
                part, months = rows[theme_id], self._months(rows, theme_id)
                number = tally(part).number if may_count else None
                yield _basis(BasisKind.PERSPECTIVE, len(part), number, months, theme_id=UUID(theme_id), word=group)

    def recommendations(self) -> Iterator[Basis]:
        for response, given in self.evidence.answered.items():
            if given:
                months = self._months(self.base.rows(response_block(response)), GIVEN)
                yield _basis(BasisKind.RECOMMENDATION, given.institutions, given.number, months, word=response)

    def figures(self) -> Iterator[Basis]:
        """One figure of each institution that has it; only of the averages that are shown, all of one half-year."""
        shown = {
            (theme_id, each.indicator, each.unit)
            for theme_id, averages in [
                *((each.theme.id, each.averages) for each in self.evidence.themes),
                (None, self.evidence.local),
            ]
            for each in averages
            if each.institutions is not None
        }
        for each in self.base.figures:
            if (each.theme_id, each.indicator, each.unit) in shown:
                yield _basis(
                    BasisKind.FIGURE,
                    each.institutions,
                    each.institutions,
                    theme_id=each.theme_id,
                    word=each.indicator,
                    source=each.source,
                )

    def dialogues(self) -> Iterator[Basis]:
        if held := self.evidence.held:
            months = self._months(self.base.rows(DIALOGUES), HELD_PART)
            yield _basis(BasisKind.DIALOGUE, held.institutions, held.number, months)

    def board_notes(self, held: Breakdown[BoardWord]) -> Iterator[Basis]:
        """The notes behind each number of boards that is told."""
        rows = self.base.rows(DIALOGUES)
        for number, word in BOARDS.items():
            part = {where: row for where, row in rows[HELD_PART].items() if row[3] == number and row[4]}
            if part and (places := held.cells[word]) is not None:
                notes = sum(row[4] for row in part.values())
                months = months_of(rows, NOTES, self.fewest, of=part)
                yield _basis(BasisKind.BOARD_NOTE, places, notes, months, word=word)

    def practices(self) -> Iterator[Basis]:
        for each in self.evidence.themes:
            rows = self.base.rows(theme_block(each.theme.id))
            if told := shared(rows, self.fewest):
                months = self._months(rows, SHARED)
                yield _basis(BasisKind.PRACTICE, told.institutions, told.number, months, theme_id=each.theme.id)

    def _months(self, rows: Rows, part: str) -> Sequence[str]:
        return months_of(rows, part, self.fewest)


def _basis(
    kind: BasisKind,
    institutions: int,
    number: int | None,
    months: Sequence[str] = (),
    *,
    theme_id: UUID | None = None,
    word: str = "",
    source: str = "",
) -> Basis:
    return Basis(
        kind=kind,
        institutions=institutions,
        number=number,
        months=tuple(date.fromisoformat(f"{each}-01") for each in months),
        theme_id=theme_id,
        word=str(word),
        source=source,
    )


def _names(uow: UnitOfWork) -> Names:
    """The name of everybody and of every place, with what else the places are called, whether they are here still.

    What somebody is called who was anonymised is no name: its *En* would be left out of every sentence.
    """
    places = uow.session.execute(select(institution.c.name, institution.c.aliases)).all()
    return Names(
        people=list(uow.session.scalars(select(person.c.name).where(person.c.anonymised_on.is_(None)))),
        places=[*(name for name, _aliases in places), *(alias for _name, aliases in places for alias in aliases)],
    )
