"""What every row of the database is by the policy, told from its columns alone, so that it can be asked who may see it.

Each text that somebody wrote begins with a mark of its own: whichever card the mark stands on, its row is known.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import FromClause, Text, event, select
from sqlalchemy.orm import Mapper

from domain.access import Pair, Record, Relation, Sight, Viewer
from domain.feedback import ATTACHED_AFTER
from domain.observation import CAME_TO_NOTHING, ObservationState
from domain.one_on_one import NOTED, OneOnOne
from domain.organisation import Institution, InstitutionType
from domain.political_report import ReportState
from domain.preparation import PreparationState
from domain.saved_summary import SummaryState
from storage.one_on_one_line import pair_of
from storage.political_kept import dump
from storage.sealed import SealedText
from storage.types import Document, metadata, registry
from storage.unit_of_work import UnitOfWork

MARK = re.compile(r"q(\d+)q ")
SHORTEST = 12


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One row, as the policy knows it: what it is, where it belongs, and who is what to it."""

    record: Record
    where: Institution | None = None
    pair: Pair | None = None
    author_id: UUID | None = None
    visitor_id: UUID | None = None
    colleagues: frozenset[UUID] = frozenset()
    network: InstitutionType | None = None

    def sight(self, viewer: Viewer) -> Sight:
        if self.pair is not None:
            return viewer.sight_in(self.record, self.pair, author_id=self.author_id)
        also = set(viewer.if_author(self.author_id))
        if viewer.person_id == self.visitor_id and viewer.roles:
            also.add(Relation.VISITOR)
        if self.where is None:
            if self.network is not None and viewer.facilitates(self.network):
                also.add(Relation.OWN_NETWORK)
            return viewer.sight_of_all(self.record, also=also)
        if viewer.person_id in self.colleagues and viewer.works_at(self.where):
            also.add(Relation.COLLEAGUE)
        return viewer.sight(self.record, self.where, also=also)


Reading = Callable[["Rows", Any], Iterable[Kept]]


class Rows:
    """Everything that is kept now, at a moment. What was read `before` is read again where a table was `changed`."""

    def __init__(
        self, uow: UnitOfWork, now: datetime, before: "Rows | None" = None, changed: Collection[str] = ()
    ) -> None:
        self.uow, self.now = uow, now
        self.found: dict[str, dict[UUID, Any]] = dict(before.found) if before else {}
        for name in (*READINGS, *LOOKED_UP):
            if before is None or name in changed:
                self.found[name] = {row.id: row for row in uow.session.execute(select(metadata.tables[name]))}
        is_of_the_day = before is not None and before.now.date() == now.date() and "one_on_one" not in changed
        self.pairs: dict[UUID, Pair] = before.pairs if before and is_of_the_day else {}
        self._told: dict[tuple[str, UUID], tuple[Any, Any]] = before._told if before else {}

    def row(self, table: str, row_id: UUID | None) -> Any:
        return self.found[table][row_id]

    def place(self, institution_id: UUID) -> Institution:
        return self.uow.session.get_one(Institution, institution_id)

    def of_dialogue(self, dialogue_id: UUID) -> Institution:
        return self.place(self.row("dialogue", dialogue_id).institution_id)

    def asked_at(self, dialogue_id: UUID) -> frozenset[UUID]:
        """The note-taker of a dialogue."""
        return frozenset(
            each.note_taker
            for each in self.found["reflection"].values()
            if each.dialogue_id == dialogue_id and each.note_taker
        )

    def shared_with(self, preparation_id: UUID) -> frozenset[UUID]:
        """The colleagues with whom a preparation is shared."""
        shares = self.found["preparation_share"].values()
        return frozenset(each.person_id for each in shares if each.preparation_id == preparation_id)

    def asked_to_write(self) -> frozenset[UUID]:
        """Whoever was asked to prepare or to take notes anywhere; `Kept.sight` asks whether they work there."""
        asked = [each.handed_to for each in self.found["preparation"].values()]
        asked += [each.person_id for each in self.found["preparation_share"].values()]
        asked += [each.note_taker for each in self.found["reflection"].values()]
        return frozenset(each for each in asked if each)

    def kept(self) -> dict[tuple[str, UUID], tuple[Any, list[Kept]]]:
        """Every confidential row, with what it is by the policy; a half-written note is apart from its 1:1."""
        found: dict[tuple[str, UUID], tuple[Any, list[Kept]]] = {
            (name, row_id): (self._as_told(name, row), list(reading(self, row)))
            for name, reading in READINGS.items()
            for row_id, row in self.found[name].items()
        }
        for row_id, row in self.found["one_on_one"].items():
            own = Kept(record=Record.NOTE_DRAFT, pair=_pair(self, row_id), author_id=row.chief_id)
            found["one_on_one.draft", row_id] = (row.draft, [own])
        return found

    def _as_told(self, name: str, row: Any) -> Any:
        """What is compared and looked through of a row; the same object for as long as the row is not read again."""
        known = self._told.get((name, row.id))
        if known is None or known[0] is not row:
            known = self._told[name, row.id] = (row, _plain(name, row))
        return known[1]


def _plain(name: str, row: Any) -> Any:
    if name == "political_report":
        # What a report holds is made of entities, which are never equal when they are read again.
        return {**row._mapping, "content": dump(row.content)}
    if name == "one_on_one":
        return {column: value for column, value in row._mapping.items() if column != "draft"}
    return row


class Marks:
    """The marks in what is kept, looked for once in each."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, frozenset[int]]] = {}

    def of(self, told: Any) -> frozenset[int]:
        known = self._known.get(id(told))
        if known is None:
            # It is kept with them: its number would be another one's otherwise.
            known = self._known[id(told)] = (told, frozenset(marks_in(told)))
        return known[1]


def by_mark(kept: dict[tuple[str, UUID], tuple[Any, list[Kept]]], marks: Marks | None = None) -> dict[int, list[Kept]]:
    """What stands behind each mark; a text that was copied is in several rows."""
    marks = marks or Marks()
    found: dict[int, list[Kept]] = {}
    for row, meanings in kept.values():
        for number in marks.of(row):
            found.setdefault(number, []).extend(meanings)
    return found


def marks_in(value: Any) -> set[int]:
    return {int(number) for text in leaves(value) for number in MARK.findall(text)}


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from leaves(getattr(value, each.name))
    elif isinstance(value, Iterable):
        for each in value:
            yield from leaves(each)


@contextmanager
def marking(after: str = "") -> Iterator[None]:
    """As long as it lasts, each text that is kept in the confidential tables gets a mark of its own.

    `after` stands between the mark and the text.
    """
    numbers = count(1)

    def marked(value: Any) -> Any:
        if type(value) is str and len(value) >= SHORTEST and " " in value and not MARK.match(value):
            return f"q{next(numbers)}q {after}{value}"
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: marked(getattr(value, each.name)) for each in fields(value)})
        return tuple(marked(each) for each in value) if type(value) is tuple else value

    def mark(mapper: Mapper[Any], connection: Any, entity: Any) -> None:
        for column in written_in(mapper.local_table):
            setattr(entity, column.name, marked(getattr(entity, column.name)))

    kinds = [each.class_ for each in registry.mappers if each.local_table.name in READINGS]
    moments = ("before_insert", "before_update")
    for kind in kinds:
        for moment in moments:
            event.listen(kind, moment, mark)
    try:
        yield
    finally:  # A transaction that is tried again raises through here, and the next story is not to be marked.
        for kind in kinds:
            for moment in moments:
                event.remove(kind, moment, mark)


def written_in(table: FromClause) -> list[Any]:
    """The columns in which somebody's words can stand."""
    return [each for each in table.c if isinstance(each.type, Text | SealedText | Document)]


class Changes:
    """Which confidential tables were written to since it was last asked; and `heard`, what was written there or where
    everybody reads it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._tables: set[str] = set()
        self.heard: list[str] = []
        event.listen(uow.session.connection(), "before_cursor_execute", self._listens)
        # And what goes past SQLAlchemy.
        uow.send = self._hearing(uow.send)  # type: ignore[method-assign]
        uow.send_along = self._hearing(uow.send_along)  # type: ignore[method-assign]

    def _hearing(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def sent(sql: str, parameters: Any = (), *more: Any, **way: Any) -> Any:
            self._hears(sql, parameters)
            return send(sql, parameters, *more, **way)

        return sent

    def _listens(self, connection: Any, cursor: Any, statement: str, told_with: Any, *rest: Any) -> None:
        self._hears(statement, told_with)

    def _hears(self, statement: str, told_with: Any) -> None:
        verb, _, told = statement.partition(" ")
        if verb in ("INSERT", "UPDATE", "DELETE", "COPY"):
            name = told.removeprefix("INTO ").removeprefix("FROM ").split()[0].strip('"')
            is_confidential = name in READINGS or name in LOOKED_UP
            if is_confidential:
                self._tables.add(name)
            if is_confidential or name in PUBLIC:
                self.heard.append(str(_unwrapped(told_with)))

    def taken(self) -> frozenset[str]:
        taken = frozenset(self._tables)
        self._tables.clear()
        return taken


def _unwrapped(told_with: Any) -> Any:
    """PostgreSQL's driver shows the beginning alone of a document that it wraps."""
    if isinstance(told_with, Jsonb):
        return told_with.obj
    if isinstance(told_with, Mapping):
        return [_unwrapped(each) for each in told_with.values()]
    return [_unwrapped(each) for each in told_with] if isinstance(told_with, list | tuple) else told_with


def _of_preparation(rows: Rows, row: Any) -> Iterable[Kept]:
    record = Record.PREPARATION if row.state is PreparationState.READY else Record.PREPARATION_DRAFT
    asked = rows.shared_with(row.id) | ({row.handed_to} if row.handed_to else set())
    yield Kept(record=record, where=rows.of_dialogue(row.dialogue_id), colleagues=asked)


def _of_reflection(rows: Rows, row: Any) -> Iterable[Kept]:
    record = Record.REFLECTION if row.saved_at else Record.REFLECTION_DRAFT
    yield Kept(record=record, where=rows.of_dialogue(row.dialogue_id), colleagues=rows.asked_at(row.dialogue_id))


def _of_decision(rows: Rows, row: Any) -> Iterable[Kept]:
    record = Record.DECISION if row.saved_at else Record.DECISION_DRAFT
    yield Kept(
        record=record,
        where=rows.of_dialogue(row.dialogue_id),
        colleagues=rows.asked_at(row.dialogue_id),
        author_id=row.author_id,
    )


def _of_dialogue(record: Record) -> Reading:
    return lambda rows, row: [Kept(record=record, where=rows.of_dialogue(row.dialogue_id), author_id=row.author_id)]


def _of_perspective(rows: Rows, row: Any) -> Iterable[Kept]:
    """Read also by whoever of the house was asked to prepare or to take notes: it can be chosen there."""
    yield Kept(
        record=Record.PERSPECTIVE,
        where=rows.place(row.institution_id),
        colleagues=rows.asked_to_write(),
    )


def _of_priority(rows: Rows, row: Any) -> Iterable[Kept]:
    """As a perspective: whoever of the house was asked to prepare or to take notes reads it there."""
    yield Kept(
        record=Record.LOCAL_PRIORITY,
        where=rows.place(row.institution_id),
        colleagues=rows.asked_to_write(),
    )


def _of_place(record: Record) -> Reading:
    return lambda rows, row: [Kept(record=record, where=rows.place(row.institution_id))]


def _of_focus_area(rows: Rows, row: Any) -> Iterable[Kept]:
    """Its title is read by whoever is invited to observe with it in mind: "focus of own visit"; not once it is off."""
    yield from _of_focus(rows, row.institution_id)
    for each in rows.found["observation"].values():
        if each.what.focus_area_id == row.id and each.state not in CAME_TO_NOTHING:
            yield from _of_observation(rows, each)


def _of_focus_status(rows: Rows, row: Any) -> Iterable[Kept]:
    yield from _of_focus(rows, rows.row("focus_area", row.focus_area_id).institution_id)


def _of_focus_remark(rows: Rows, row: Any) -> Iterable[Kept]:
    where = rows.place(rows.row("focus_area", row.focus_area_id).institution_id)
    yield Kept(record=Record.FOCUS_REMARK, where=where)


def _of_measure(rows: Rows, row: Any) -> Iterable[Kept]:
    yield from _of_focus(rows, row.institution_id)


def _of_focus(rows: Rows, institution_id: UUID) -> Iterable[Kept]:
    """A preparation begins with it."""
    yield Kept(record=Record.FOCUS_AREA, where=rows.place(institution_id), colleagues=rows.asked_to_write())


def _of_practice(rows: Rows, row: Any) -> Iterable[Kept]:
    is_shared = row.shared_at is not None and row.withdrawn_at is None
    yield Kept(record=Record.PRACTICE if is_shared else Record.PRACTICE_DRAFT, where=rows.place(row.institution_id))


def _of_statement(rows: Rows, row: Any) -> Iterable[Kept]:
    yield Kept(record=Record.NETWORK_STATEMENT if row.saved_at else Record.NETWORK_DRAFT, network=row.network)


def _of_observation(rows: Rows, row: Any) -> Iterable[Kept]:
    where = rows.place(row.institution_id)
    if row.state is ObservationState.DRAFT:
        yield Kept(record=Record.OBSERVATION_DRAFT, where=where, author_id=row.host_id)
    else:
        yield Kept(record=Record.OBSERVATION, where=where, visitor_id=row.observer_id)
        for each in rows.found["feedback"].values():
            # A feedback is read with what it answers; its author reads it without a role as well.
            if each.observation_id == row.id and each.submitted_at is not None:
                yield from _of_feedback(rows, each)


def _of_visit_note(rows: Rows, row: Any) -> Iterable[Kept]:
    where = rows.place(rows.row("observation", row.observation_id).institution_id)
    yield Kept(record=Record.VISIT_NOTE, where=where, author_id=row.author_id)


def _of_feedback(rows: Rows, row: Any) -> Iterable[Kept]:
    if row.submitted_at is None:
        yield Kept(record=Record.FEEDBACK_DRAFT, where=rows.place(row.institution_id), author_id=row.author_id)
        return
    read = [each.at for each in rows.found["acknowledgement"].values() if each.feedback_id == row.id]
    is_attached = bool(read) or row.submitted_at + ATTACHED_AFTER <= rows.now
    shown_to = [each.person_id for each in rows.found["feedback_share"].values() if each.feedback_id == row.id]
    yield Kept(
        record=Record.FEEDBACK if is_attached else Record.FEEDBACK_UNREAD,
        where=rows.place(row.institution_id),
        author_id=row.author_id,
        colleagues=frozenset(shown_to),
    )
    home = rows.place(row.home_id)
    handed = [each.handed_to for each in rows.found["preparation"].values() if each.handed_to]
    handed += [each.person_id for each in rows.found["preparation_share"].values()]
    yield Kept(
        record=Record.TAKEN_HOME if is_attached else Record.TAKEN_HOME_UNREAD, where=home, colleagues=frozenset(handed)
    )


def _of_what_belongs_to_feedback(rows: Rows, row: Any) -> Iterable[Kept]:
    return _of_feedback(rows, rows.row("feedback", row.feedback_id))


def _of_one_on_one(rows: Rows, row: Any) -> Iterable[Kept]:
    yield Kept(record=Record.ONE_ON_ONE, pair=_pair(rows, row.id))
    # Whoever wrote its note reads that note, with where and when it was.
    notes = [each for each in rows.found["note_version"].values() if each.one_on_one_id == row.id]
    yield from (
        Kept(record=Record.ONE_ON_ONE_NOTE, pair=_pair(rows, row.id), author_id=each.author_id) for each in notes
    )


def _of_pair(record: Record) -> Reading:
    def reading(rows: Rows, row: Any) -> Iterable[Kept]:
        yield Kept(record=record, pair=_pair(rows, row.one_on_one_id), author_id=row.author_id)

    return reading


def _of_item(rows: Rows, row: Any) -> Iterable[Kept]:
    meeting = rows.row("one_on_one", row.one_on_one_id)
    has_begun = meeting.starts_at <= rows.now and meeting.state.value != "aflyst"
    pair = _pair(rows, row.one_on_one_id)
    is_private = row.is_private and not has_begun
    yield Kept(record=Record.PRIVATE_ITEM if is_private else Record.ONE_ON_ONE, pair=pair, author_id=row.added_by)
    if meeting.state in NOTED:
        notes = [each for each in rows.found["note_version"].values() if each.one_on_one_id == row.one_on_one_id]
        yield from (Kept(record=Record.ONE_ON_ONE_NOTE, pair=pair, author_id=each.author_id) for each in notes)


def _of_agreement(rows: Rows, row: Any) -> Iterable[Kept]:
    pair = Pair(chief_id=row.chief_id, leader_id=row.leader_id, places=(rows.place(row.institution_id),))
    yield Kept(record=Record.AGREEMENT, pair=pair, author_id=row.chief_id)
    yield Kept(record=Record.ONE_ON_ONE, pair=_pair(rows, row.one_on_one_id))


def _pair(rows: Rows, one_on_one_id: UUID) -> Pair:
    if one_on_one_id not in rows.pairs:
        about = rows.uow.session.get_one(OneOnOne, one_on_one_id)
        rows.pairs[one_on_one_id] = pair_of(rows.uow, about, rows.now.date())
    return rows.pairs[one_on_one_id]


def _of_report(rows: Rows, row: Any) -> Iterable[Kept]:
    """What is final is printed for everybody, the networks' statements in it as well."""
    yield Kept(record=Record.POLITICAL_REPORT if row.state == ReportState.FINAL else Record.POLITICAL_REPORT_DRAFT)


def _of_summary(rows: Rows, row: Any) -> Iterable[Kept]:
    """A draft is the chief's, what is sent its leaders' as well, what is final whoever's the policy says."""
    record = {SummaryState.SENT: Record.SUMMARY_SENT, SummaryState.FINAL: Record.SUMMARY_FINAL}
    yield Kept(record=record.get(row.state, Record.SUMMARY_DRAFT), where=rows.place(row.institution_id))


def _of_remark_on_summary(rows: Rows, row: Any) -> Iterable[Kept]:
    yield from _of_summary(rows, rows.row("saved_summary", row.summary_id))


def _of_rectification(rows: Rows, row: Any) -> Iterable[Kept]:
    """Both whoever asks and the author who is asked."""
    yield Kept(record=Record.RECTIFICATION, author_id=row.author_id)
    yield Kept(record=Record.RECTIFICATION, author_id=row.asked_by)


def _of_anonymisation(rows: Rows, row: Any) -> Iterable[Kept]:
    """The name that is looked for, for those who propose and approve it."""
    yield Kept(record=Record.ANONYMISATION)


READINGS: dict[str, Reading] = {
    "acknowledgement": _of_what_belongs_to_feedback,
    "addendum": _of_dialogue(Record.DECISION),
    "agenda_item": _of_item,
    "agreement": _of_agreement,
    "anonymisation": _of_anonymisation,
    "board_note": _of_dialogue(Record.BOARD_NOTE),
    "decision": _of_decision,
    "feedback": _of_feedback,
    "feedback_addendum": _of_what_belongs_to_feedback,
    "focus_area": _of_focus_area,
    "focus_remark": _of_focus_remark,
    "focus_status": _of_focus_status,
    "local_priority": _of_priority,
    "measure": _of_measure,
    "network_statement": _of_statement,
    "note_version": _of_pair(Record.ONE_ON_ONE_NOTE),
    "observation": _of_observation,
    "one_on_one": _of_one_on_one,
    "personal_note": _of_pair(Record.PERSONAL_NOTE),
    "perspective": _of_perspective,
    "political_report": _of_report,
    "practice": _of_practice,
    "preparation": _of_preparation,
    "recommendation": _of_perspective,
    "rectification": _of_rectification,
    "reflection": _of_reflection,
    "remark": _of_pair(Record.REMARK),
    "saved_summary": _of_summary,
    "summary_remark": _of_remark_on_summary,
    "visit_note": _of_visit_note,
}
LOOKED_UP = ("dialogue", "feedback_share", "preparation_share")
# Tables in which words stand that everybody may read, or that are the machinery's own.
PUBLIC = frozenset({"observation_guide", "perspective_tool", "theme", "theme_receipt", "tool_experience"})
