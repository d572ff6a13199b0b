"""What each institution adds to the numbers of the evidence base, counted by the database as plain rows.

The rows are of one institution each, and leave storage only as numbers of several. They are grouped into blocks, such
as all that is counted of one theme: what can be subtracted from one another is kept and renewed together.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import String, case, cast, func, or_, select, type_coerce
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import NullType

from domain.cycle import Cycle
from domain.dialogue import HELD
from domain.focus_area import Closing
from domain.organisation import AgeRange
from storage.board import board_note
from storage.dialogue import dialogue
from storage.focus_area import focus_area
from storage.focus_status import focus_status, newest_status
from storage.organisation import institution
from storage.perspective import perspective
from storage.practice import practice
from storage.recommendation import recommendation
from storage.unit_of_work import UnitOfWork

# Of a block: by the name of a part, what each institution adds to it, as JSON keeps it.
Part = dict[str, list[Any]]
Rows = dict[str, Part]

WORKING, SHARED = "working", "shared"
TOLD = "told"
GIVEN = "given"
HELD_PART = "held"
VALUES = "values"
WORDS_PART, NOTES = "words", "notes"
WHEN = "when:"
# As long as a moment is when it is told to the month, and to the minute.
MONTH, MINUTES = len("2026-04"), len("2026-04-01T08:00")
# The days on which it may be another month by the clock than in UTC.
FIRST = "01"
LAST = ("02-28", *(f"{month:02}-{monthrange(2000, month)[1]}" for month in range(1, 13)))


def when(part: str) -> str:
    """The part of a block that has the months, as 2026-04, of what each institution adds to another part."""
    return f"{WHEN}{part}"


def theme_block(theme_id: UUID) -> str:
    return f"theme:{theme_id}"


def group_block(group: str) -> str:
    return f"group:{group}"


def response_block(response: str) -> str:
    return f"response:{response}"


DIALOGUES = "dialogues"


def open_in(age_range: AgeRange, day: date) -> ColumnElement[bool]:
    """The institutions of the age range that are open on the day."""
    is_open = or_(institution.c.ended_on.is_(None), institution.c.ended_on >= day)
    return (institution.c.age_range == age_range) & is_open


# All rows of a statement are fetched at once: one by one costs four times as much.
def rows_of(
    uow: UnitOfWork,
    about: Cycle,
    theme_ids: Sequence[UUID],
    open_ones: ColumnElement[bool],
    zone: ZoneInfo,
) -> dict[str, Rows]:
    """The blocks of a cycle as they are now, by name; its figures are counted in storage/evidence_packages.py.

    Months are those of the municipality's clock, which is that of `zone`.
    """
    found: dict[str, Rows] = defaultdict(dict)
    for theme_id in theme_ids:
        found[theme_block(theme_id)] = {WORKING: {}, SHARED: {}}
    _working(uow, theme_ids, open_ones, found)
    _shared(uow, theme_ids, open_ones, found)
    _told(uow, about, open_ones, found)
    _given(uow, about, open_ones, found)
    _held(uow, about, open_ones, found[DIALOGUES])
    for block in found.values():
        for part, told in block.items():
            if part.startswith(WHEN):
                block[part] = {where: sorted({_month(each, zone) for each in at}) for where, at in told.items()}
    return found


def _working(
    uow: UnitOfWork, theme_ids: Sequence[UUID], open_ones: ColumnElement[bool], found: dict[str, Rows]
) -> None:
    """[the last word about any of its focus areas, how many those are, the newest, how many words, the newest]"""
    last = focus_status.alias("last")
    of_area = focus_status.c.focus_area_id == focus_area.c.id
    words, months_of_words = (
        select(told).select_from(focus_status).where(of_area).correlate(focus_area).scalar_subquery()
        for told in (func.count(), _months(focus_status.c.written_at))
    )
    rows = uow.session.execute(
        select(
            _digits(focus_area.c.theme_id),
            _digits(focus_area.c.institution_id),
            _plain(focus_area.c.chosen_at),
            words,
            months_of_words,
            last.c.status,
            _plain(last.c.written_at),
            _digits(last.c.id),
        )
        .join(institution, institution.c.id == focus_area.c.institution_id)
        .outerjoin(last, last.c.id == newest_status())
        .where(
            open_ones,
            focus_area.c.theme_id.in_(theme_ids),
            or_(focus_area.c.closing.is_(None), focus_area.c.closing != Closing.DROPPED),
        )
    ).all()
    blocks = {each.hex: found[theme_block(each)] for each in theme_ids}
    latest: dict[tuple[str, str], tuple[str, str]] = {}
    for theme_id, where, chosen_at, number, months, status, written_at, word_id in rows:
        chosen, at = _moment(chosen_at), _moment(written_at)
        row = blocks[theme_id][WORKING].setdefault(where, [None, 0, "", 0, ""])
        row[1:4] = [row[1] + 1, max(row[2], chosen), row[3] + number]
        may_turn = chosen[8:10] == FIRST or chosen[5:10] in LAST
        _add_months(blocks[theme_id], WORKING, where, chosen[: MINUTES if may_turn else MONTH])
        if months:
            _add_months(blocks[theme_id], WORDS_PART, where, months)
        if word_id and (at, word_id) > latest.get((theme_id, where), ("", word_id)):
            latest[theme_id, where] = (at, word_id)
            row[0], row[4] = status, at


def _shared(uow: UnitOfWork, theme_ids: Sequence[UUID], open_ones: ColumnElement[bool], found: dict[str, Rows]) -> None:
    """[how many practices, the newest]"""
    columns = (practice.c.theme_id, practice.c.institution_id)
    rows = uow.session.execute(
        select(*columns, func.count(), func.max(practice.c.shared_at), _months(practice.c.shared_at))
        .join(institution, institution.c.id == practice.c.institution_id)
        .where(
            open_ones,
            practice.c.theme_id.in_(theme_ids),
            practice.c.shared_at.is_not(None),
            practice.c.withdrawn_at.is_(None),
        )
        .group_by(*columns)
    ).all()
    for theme_id, where, number, latest, months in rows:
        block = found[theme_block(theme_id)]
        block[SHARED][where.hex] = [number, _text(latest)]
        _add_months(block, SHARED, where.hex, months)


def _told(uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool], found: dict[str, Rows]) -> None:
    """[how many perspectives, the newest], of all and by the theme of the focus area that they are about."""
    columns = (perspective.c.institution_id, perspective.c.group, focus_area.c.theme_id)
    rows = uow.session.execute(
        select(
            _digits(perspective.c.institution_id),
            cast(perspective.c.group, String),
            _digits(focus_area.c.theme_id),
            func.count(),
            _plain(func.max(perspective.c.written_at)),
            _months(perspective.c.written_at),
        )
        .select_from(perspective)
        .join(institution, institution.c.id == perspective.c.institution_id)
        .outerjoin(focus_area, focus_area.c.id == perspective.c.focus_area_id)
        .where(open_ones, _is_of_cycle(about))
        .group_by(*columns)
    ).all()
    names: dict[str, str] = {}
    for where, group, theme_id, number, latest, months in rows:
        block, at = found[group_block(group)], _moment(latest)
        told = block.setdefault(TOLD, {}).setdefault(where, [0, at])
        told[0], told[1] = told[0] + number, max(told[1], at)
        _add_months(block, TOLD, where, months)
        if theme_id is not None:
            name = names.get(theme_id) or names.setdefault(theme_id, str(UUID(theme_id)))
            block.setdefault(name, {})[where] = [number, at]
            _add_months(block, name, where, months)


def _given(uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool], found: dict[str, Rows]) -> None:
    """[how many recommendations that were answered so, the newest]"""
    columns = (perspective.c.institution_id, recommendation.c.response)
    at = func.coalesce(recommendation.c.responded_at, recommendation.c.written_at)
    number, newest = func.count(), _plain(func.max(at))
    rows = uow.session.execute(
        select(_digits(perspective.c.institution_id), recommendation.c.response, number, newest, _months(at))
        .select_from(perspective)
        .join(institution, institution.c.id == perspective.c.institution_id)
        .join(recommendation, recommendation.c.perspective_id == perspective.c.id)
        .where(open_ones, _is_of_cycle(about))
        .group_by(*columns)
    ).all()
    for where, response, given, latest, months in rows:
        block = found[response_block(response)]
        block.setdefault(GIVEN, {})[where] = [given, _moment(latest)]
        _add_months(block, GIVEN, where, months)


def _held(uow: UnitOfWork, about: Cycle, open_ones: ColumnElement[bool], block: Rows) -> None:
    """[how many dialogues were held, whether one is not recorded, the newest, how far the board is, its notes, the
    newest]"""
    unrecorded = func.max(case((dialogue.c.state == HELD[0], 1), else_=0))
    board = func.max(case((board_note.c.said != "", 2), (board_note.c.id.is_not(None), 1), else_=0))
    rows = uow.session.execute(
        select(
            dialogue.c.institution_id,
            func.count(dialogue.c.id.distinct()),
            unrecorded,
            func.max(dialogue.c.starts_at),
            board,
            func.count(board_note.c.id),
            func.max(board_note.c.informed_on),
            _months(dialogue.c.starts_at),
            _months(board_note.c.informed_on),
        )
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .outerjoin(board_note, board_note.c.dialogue_id == dialogue.c.id)
        .where(
            open_ones, dialogue.c.cycle_id == about.id, dialogue.c.number.is_not(None), dialogue.c.state.in_(HELD)
        )
        .group_by(dialogue.c.institution_id)
    ).all()  # fmt: skip
    block[HELD_PART] = {}
    for where, held, lacks, latest, word, notes, informed_on, months, noted in rows:
        block[HELD_PART][where.hex] = [held, lacks, _text(latest), word, notes, _text(informed_on)]
        _add_months(block, HELD_PART, where.hex, months)
        if noted:
            _add_months(block, NOTES, where.hex, noted)


def _is_of_cycle(about: Cycle) -> ColumnElement[bool]:
    return perspective.c.half_year.between(about.first_half_year, about.last_half_year)


def _digits(id: ColumnElement[UUID]) -> ColumnElement[str]:
    """An id as its 32 digits, as JSON keeps it: of thousands of rows none is made an id of."""
    return func.replace(cast(id, String), "-", "", type_=String)


def _months(at: ColumnElement[Any]) -> ColumnElement[str]:
    """The months of all rows that are counted together, one after another; each row has one.

    SQLite knows no zones, and to turn every record outside of the database takes long: of those alone that the clock
    may have in another month, it is told when they were in UTC.
    """
    told = func.replace(func.substr(cast(at, String), 1, MINUTES), " ", "T")
    may_turn = or_(func.substr(told, 9, 2) == FIRST, func.substr(told, 6, 5).in_(LAST))
    return func.aggregate_strings(case((may_turn, told), else_=func.substr(told, 1, MONTH)), " ")


def _month(told: str, zone: ZoneInfo) -> str:
    """The month by the clock of the zone: of a moment in UTC, or of a day or a month that is one there."""
    if len(told) < MINUTES:
        return told[:MONTH]
    return f"{datetime.fromisoformat(told).replace(tzinfo=UTC).astimezone(zone):%Y-%m}"


def _add_months(block: Rows, part: str, where: str, months: str) -> None:
    """Beside the part and not in its rows: an older program takes those apart by their places."""
    told = block.setdefault(when(part), {})
    told[where] = sorted({*told.get(where, ()), *months.split()})


def _text(at: datetime | date | None) -> str:
    return at.isoformat() if at else ""


def _plain(at: ColumnElement[datetime]) -> ColumnElement[Any]:
    """A moment as the driver has it, in UTC: of thousands of rows none is made one of ours and a text of that again."""
    return type_coerce(at, NullType())


def _moment(plain: Any) -> str:
    """The same text of it as of one of ours."""
    if not isinstance(plain, str):
        return _text(plain)
    return f"{plain[:10]}T{plain[11:].removesuffix('.000000')}+00:00"
