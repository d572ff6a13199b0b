"""The leader confirms the note and the agreements of a 1:1, or adds a remark: a comment, and never an edit.

Clock: two and seven days after the leader was asked, as long as there is no answer; from the fourteenth day it says
"ikke bekræftet", and nothing else comes of it. An agreement that comes after the answer is asked about in the same way.
Buttons: *Bekræft*, *Tilføj en bemærkning*. Every read by the one who did not write the note, or a remark on it, is
written down (I33).
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from cards import confirmation as cards
from cards import meeting as meetings
from cards.agenda import Entry
from cards.confirmation import ConfirmForm, RemarkForm, Sheet
from cards.form import Subject
from cards.kit import Card
from cards.meeting import Meeting
from cards.words import dialogue_line
from dialogs import later
from dialogs.copies import renew
from dialogs.flow import Button, Flow, Planning
from dialogs.meeting import meeting_for, meeting_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.agenda import AgendaItem, AgendaSource
from domain.agreement import Agreement
from domain.errors import Expired, NotAllowed, Problems
from domain.note import CONFIRM_REMINDERS, UNCONFIRMED_FROM, NoteVersion, Remark
from domain.one_on_one import OneOnOne
from domain.prompt import Occasion
from storage.agenda import items_of
from storage.agreement import agreements_in, closed_in
from storage.dialogue import dialogue_with_id
from storage.note import asked_since, is_added, note_of, remarks_on, version_before
from storage.one_on_one_line import pair_of
from storage.organisation import person_with_id
from storage.prompt import drop_reminders, plan

# The card in which a remark is typed is on record as a view of its own, so that nothing ever takes its place.
VIEW, REMARK = "confirmation", "confirmation.remark"
ASKED_FOR = timedelta(days=14)


def open_it(turn: Turn, subject: Subject) -> Card:
    """The shared note, for the two; whoever wrote it reads their own words also when they are no longer chief (I32)."""
    sheet = _read(turn, subject.id)
    turn.shows(VIEW, subject.id)
    return cards.show(turn._, sheet)


def confirm(turn: Turn, form: ConfirmForm) -> Card:
    """Confirms what the leader has read; what was changed meanwhile is shown first."""
    meeting = _as_leader(turn, form.one_on_one_id)
    sheet = _read(turn, form.one_on_one_id)
    if not sheet.waits:
        return open_it(turn, Subject(form.one_on_one_id))
    if form.mark != sheet.mark:
        turn.shows(VIEW, form.one_on_one_id)
        return cards.show(turn._, _sheet(turn, meeting, sheet.version, was_changed=True))
    meeting.one_on_one.confirm(sheet.version.number, turn.now)
    for each in sheet.agreements:
        each.confirm(turn.now)
    turn.uow.session.flush()
    drop_reminders(turn.uow, VIEW, meeting.one_on_one.id, of=turn.person.id)
    if meeting.is_shared:
        renew(turn.uow, meeting.chief, VIEW, meeting.one_on_one.id, turn.now)
    turn.changes(VIEW, meeting.one_on_one.id)
    return cards.show(turn._, _sheet(turn, meeting, sheet.version))


def ask_remark(turn: Turn, subject: Subject) -> Card:
    meeting = meeting_for(turn, subject.id)
    meeting.one_on_one.require_noted()
    turn.shows(REMARK, meeting.one_on_one.id)
    return cards.ask_remark(turn._, meeting)


def remark(turn: Turn, form: RemarkForm) -> Card:
    """A signed addition by either of the two, which the other one hears of, as long as it is theirs to read (I32)."""
    meeting = meeting_for(turn, form.one_on_one_id)
    about = meeting.one_on_one
    about.require_noted()
    added = Remark.of(about.id, form.remark, by=turn.person.id, now=turn.now)
    # An old card that is pressed once more adds nothing.
    is_new = not is_added(turn.uow, added)
    if is_new:
        turn.uow.add(added)
    if not meeting.is_chief:
        about.answer(turn.now)
        drop_reminders(turn.uow, VIEW, about.id, of=turn.person.id)
    turn.uow.session.flush()
    if is_new and meeting.is_shared:
        _tell(turn, about, meeting.other.id, f"remark:{added.id}")
        renew(turn.uow, meeting.other, VIEW, about.id, turn.now)
    turn.changes(VIEW, about.id)
    return cards.show(turn._, _read(turn, about.id))


def remark_again(turn: Turn, form: RemarkForm, problems: Problems) -> Card:
    return cards.ask_remark(turn._, meeting_for(turn, form.one_on_one_id), typed=form.remark, problems=problems)


def remark_expired(turn: Turn, form: RemarkForm, why: Expired) -> Card:
    meeting = meeting_for(turn, form.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.remark))


def remark_refused(turn: Turn, form: RemarkForm) -> Card:
    return cards.refused(turn._, form.remark)


def not_now(turn: Turn, subject: Subject) -> Card:
    meeting = _as_leader(turn, subject.id)
    return later.ask(turn, VIEW, meeting.one_on_one.id)


def subject_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, subject.id), why)


def confirm_expired(turn: Turn, form: ConfirmForm, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, form.one_on_one_id), why)


def show(turn: Turn, one_on_one_id: UUID) -> Card | None:
    """The card for delivery; None where no note is shared, or what is new of it is not for the reader any more."""
    try:
        if turn.is_reminder and not _can_write(turn, one_on_one_id):
            return None
        return open_it(turn, Subject(one_on_one_id))
    except Expired:
        return None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leader of a note, or of agreements that came after it, without an answer."""
    for about in asked_since(planning.uow, planning.now - UNCONFIRMED_FROM):
        if about.asked_at is None or not (
            about.confirmed_at is None or _unconfirmed(agreements_in(planning.uow, about))
        ):
            continue
        for after in CONFIRM_REMINDERS:
            yield Occasion(
                key=f"confirmation:{about.id}:{about.asked_at.isoformat()}:{after.days}:{about.leader_id}",
                person_id=about.leader_id,
                view=VIEW,
                subject_id=about.id,
                due_at=about.asked_at + after,
                expires_at=about.asked_at + UNCONFIRMED_FROM,
                personal=True,
            )


def ask_leader(turn: Turn, about: OneOnOne, version: NoteVersion) -> None:
    """The leader gets the note, and each later version of it."""
    _tell(turn, about, about.leader_id, f"note:{version.number}")
    renew(turn.uow, person_with_id(turn.uow, about.leader_id), VIEW, about.id, turn.now)


def agreed(turn: Turn, about: OneOnOne, each: Agreement) -> None:
    """The leader's copies get the agreement at once; where the leader has answered already, they are asked again."""
    was_answered = about.answered_at is not None
    about.ask_again(turn.now)
    turn.uow.session.flush()
    if was_answered:
        _tell(turn, about, about.leader_id, f"agreement:{each.id}:{each.version}")
    renew(turn.uow, person_with_id(turn.uow, about.leader_id), VIEW, about.id, turn.now)


def kept_entries(turn: Turn, meeting: Meeting) -> list[Entry]:
    """The agenda as it was kept with the note, by the ids that the note names."""
    places = {where.id: where for where in meeting.places}

    def words(item: AgendaItem) -> str:
        if item.source is not AgendaSource.DIALOGUE or item.source_id is None:
            return item.text
        about, where = dialogue_with_id(turn.uow, item.source_id)
        return dialogue_line(turn._, about, places.get(where.id, where))

    return [
        Entry(id=each.source_id or each.id, source=each.source, words=words(each), done=each.done)
        for each in items_of(turn.uow, meeting.one_on_one)
    ]


def _read(turn: Turn, one_on_one_id: UUID) -> Sheet:
    """The note for its reader, with the read written down; raises `Expired` before it is shared."""
    about, version, meeting = _found(turn, one_on_one_id)
    if version is None:
        raise Expired("one_on_one_not_noted")
    sheet = _sheet(turn, meeting, version)
    concerns = {version.author_id, *(author.id for _remark, author in sheet.remarks)}
    if sheet.previous is not None:
        concerns.add(sheet.previous.author_id)
    if version.author_id != turn.person.id:
        concerns |= {about.chief_id, about.leader_id}
    # The reader's own words are no read of anybody else's.
    concerns.discard(turn.person.id)
    for where in meeting.places[:1]:
        turn.reads(Record.ONE_ON_ONE_NOTE, about.id, concerns=concerns, where=where)
    return sheet


def _found(turn: Turn, one_on_one_id: UUID) -> tuple[OneOnOne, NoteVersion | None, Meeting]:
    found = turn.uow.get(OneOnOne, one_on_one_id)
    if found is None:
        raise NotAllowed
    pair = pair_of(turn.uow, found, turn.today)
    version = note_of(turn.uow, turn.viewer, found, pair)
    return found, version, meeting_of(turn, found, pair)


def _sheet(turn: Turn, meeting: Meeting, version: NoteVersion, *, was_changed: bool = False) -> Sheet:
    about = meeting.one_on_one
    pair = pair_of(turn.uow, about, turn.today)
    agreements, closed = agreements_in(turn.uow, about), closed_in(turn.uow, about)
    can_write = turn.viewer.sight_in(Record.ONE_ON_ONE, pair) is Sight.FULL
    if not can_write:
        # I32: "own past records stay readable to the author": what they wrote, and nothing that came later.
        agreements = [each for each in agreements if each.chief_id == turn.person.id]
        closed = [each for each in closed if each.ended_by == turn.person.id]
    asked_at = about.asked_at or version.written_at
    is_answered = about.answered_at is not None
    return Sheet(
        meeting=meeting,
        version=version,
        entries=kept_entries(turn, meeting),
        agreements=agreements,
        closed=closed,
        remarks=remarks_on(turn.uow, turn.viewer, about, pair),
        mark=_mark(version, agreements, closed),
        waits=about.confirmed_at is None or bool(_unconfirmed(agreements)),
        is_late=not is_answered and turn.now >= asked_at + UNCONFIRMED_FROM,
        is_last_reminder=turn.now >= asked_at + CONFIRM_REMINDERS[-1],
        previous=version_before(turn.uow, version),
        was_changed=was_changed,
        can_write=can_write,
    )


def _unconfirmed(agreements: Sequence[Agreement]) -> list[Agreement]:
    """Those that the leader is still to be asked about."""
    return [each for each in agreements if each.is_open and each.confirmed_at is None]


def _can_write(turn: Turn, one_on_one_id: UUID) -> bool:
    """Whether the person is one of the two by their role of the day, and not only the author of the note."""
    found = turn.uow.get(OneOnOne, one_on_one_id)
    if found is None:
        raise NotAllowed
    return turn.viewer.sight_in(Record.ONE_ON_ONE, pair_of(turn.uow, found, turn.today)) is Sight.FULL


def _mark(version: NoteVersion, agreements: Sequence[Agreement], closed: Sequence[Agreement]) -> str:
    """Which note and which agreements somebody has read, and what became of the earlier ones."""
    terms = [(each.id, each.text, each.owner, each.due) for each in agreements]
    text = repr((version.number, terms, [(each.id, each.state, each.result) for each in closed]))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _as_leader(turn: Turn, one_on_one_id: UUID) -> Meeting:
    meeting = meeting_for(turn, one_on_one_id)
    if meeting.is_chief:
        raise NotAllowed
    meeting.one_on_one.require_noted()
    return meeting


def _tell(turn: Turn, about: OneOnOne, person_id: UUID, what: str) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"confirmation:{about.id}:{what}:{person_id}",
            person_id=person_id,
            view=VIEW,
            subject_id=about.id,
            due_at=turn.now,
            expires_at=turn.now + ASKED_FOR,
            personal=True,
        ),
    )


FLOW = Flow(
    name="confirmation",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, expired=subject_expired, only_shows=True),
        cards.CONFIRM: Button(ConfirmForm.read, confirm, expired=confirm_expired),
        cards.ASK_REMARK: Button(Subject.read, ask_remark, expired=subject_expired, only_shows=True),
        cards.REMARK: Button(
            RemarkForm.read, remark, again=remark_again, expired=remark_expired, refused=remark_refused
        ),
        cards.LATER: Button(Subject.read, not_now, expired=subject_expired),
    },
    views={VIEW: show},
    clock=clock,
    personal=frozenset({VIEW}),
    without=frozenset({"questions", "domain", "storage"}),
)
