"""The agenda of a 1:1, which the chief and the leader build together.

Clock: both get it five days before; a 1:1 that is planned or moved later than that is told with a way to it.
Buttons: *Tilføj* adds a line, shared or private until the meeting; *Det ser fint ud* needs no more; *Mine punkter*
corrects one's own. Question: `dagsorden`, `husk til 1:1 at tale om legepladsen`.
"""

from collections.abc import Iterable
from uuid import UUID

from cards import agenda as cards
from cards import meeting as meetings
from cards.agenda import AddForm, EditForm
from cards.form import Subject
from cards.kit import Card
from cards.meeting import Meeting
from cards.time_and_place import Moving
from dialogs import later, one_on_one, personal_note
from dialogs.agenda_entries import entries_of, is_own
from dialogs.agenda_words import WORDS, to_put_on
from dialogs.behind import not_lost
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.meeting import coming_meetings, meeting_for, places_in_line
from dialogs.turn import Turn
from dialogs.words import normalise
from domain.agenda import AgendaItem
from domain.errors import Expired, Problems
from domain.one_on_one import AGENDA_BEFORE, COMING
from domain.prompt import Occasion
from domain.text import clean
from storage.agenda import item_of_author, items_of, items_seen_by
from storage.one_on_one import one_on_one_for, one_on_ones_in, out_of_line
from storage.prompt import drop_reminders

VIEW = "agenda"


def open_it(turn: Turn, subject: Subject) -> Card:
    meeting = meeting_for(turn, subject.id)
    meeting.one_on_one.require_agenda()
    places_in_line(turn, meeting.one_on_one)
    turn.shows(VIEW, meeting.one_on_one.id)
    return _ask(turn, meeting)


def add(turn: Turn, form: AddForm) -> Card:
    """Adds a line and leads back to the card, for the next one; the same line twice is one."""
    meeting = _writable(turn, form.one_on_one_id)
    others = items_of(turn.uow, meeting.one_on_one)
    is_there = any(each.added_by == turn.person.id and each.text == clean(form.text) for each in others)
    if not is_there or not form.text:
        turn.uow.add(
            AgendaItem.add(
                meeting.one_on_one,
                form.text,
                is_private=form.is_private,
                by=turn.person.id,
                now=turn.now,
                others=others,
            )
        )
        turn.uow.session.flush()
    turn.changes(VIEW, meeting.one_on_one.id)
    return _ask(turn, meeting)


def fine(turn: Turn, form: AddForm) -> Card:
    """*Det ser fint ud*; what stands in the field is added all the same, since nothing that is typed is lost."""
    if form.text:
        add(turn, form)
    meeting = _writable(turn, form.one_on_one_id)
    meeting.one_on_one.find_fine(turn.person.id)
    drop_reminders(turn.uow, VIEW, meeting.one_on_one.id, of=turn.person.id)
    turn.changes(VIEW, meeting.one_on_one.id)
    return cards.show(turn._, meeting, entries_of(turn, meeting), keeps_notes=turn.person.keeps_notes)


def not_now(turn: Turn, form: AddForm) -> Card:
    if form.text:
        add(turn, form)
    meeting = _writable(turn, form.one_on_one_id)
    return later.ask(turn, VIEW, meeting.one_on_one.id, was_kept=bool(form.text))


def move(turn: Turn, form: AddForm) -> Card:
    if form.text:
        add(turn, form)
    return one_on_one.ask_move(turn, Moving(id=form.one_on_one_id))


def to_own_note(turn: Turn, form: AddForm) -> Card:
    if form.text:
        add(turn, form)
    return personal_note.write(turn, Subject(form.one_on_one_id))


def mine(turn: Turn, form: AddForm) -> Card:
    """One's own lines, to be corrected or taken off."""
    if form.text:
        add(turn, form)
    meeting = _writable(turn, form.one_on_one_id)
    own = [each for each in items_seen_by(turn.uow, turn.viewer, meeting.one_on_one, turn.now) if is_own(turn, each)]
    if not own:
        return _ask(turn, meeting)
    return cards.edit(turn._, meeting, own[0]) if len(own) == 1 else cards.choose_item(turn._, own)


def edit(turn: Turn, subject: Subject) -> Card:
    item, meeting = _own_item(turn, subject.id)
    return cards.edit(turn._, meeting, item)


def save(turn: Turn, form: EditForm) -> Card:
    item, meeting = _own_item(turn, form.item_id)
    item.write(form.text, is_private=form.is_private)
    turn.changes(VIEW, meeting.one_on_one.id)
    return _ask(turn, meeting)


def remove(turn: Turn, subject: Subject) -> Card:
    """Takes the line off; one that was carried over counts as dealt with, so that it does not come back."""
    item, meeting = _own_item(turn, subject.id)
    if item.carried_from:
        item.done = True
    else:
        turn.uow.session.delete(item)
    turn.uow.session.flush()
    turn.changes(VIEW, meeting.one_on_one.id)
    return _ask(turn, meeting)


def again(turn: Turn, form: AddForm, problems: Problems) -> Card:
    meeting = _writable(turn, form.one_on_one_id)
    turn.shows(VIEW, meeting.one_on_one.id)
    return _ask(turn, meeting, typed=form, problems=problems)


def edit_again(turn: Turn, form: EditForm, problems: Problems) -> Card:
    item, meeting = _own_item(turn, form.item_id)
    return cards.edit(turn._, meeting, item, typed=form, problems=problems)


def expired(turn: Turn, form: AddForm, why: Expired) -> Card:
    meeting = meeting_for(turn, form.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.text))


def edit_expired(turn: Turn, form: EditForm, why: Expired) -> Card:
    item = item_of_author(turn.uow, form.item_id, turn.person.id)
    meeting = meeting_for(turn, item.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.text))


def subject_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, subject.id), why)


def item_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    item = item_of_author(turn.uow, subject.id, turn.person.id)
    return meetings.over(turn._, meeting_for(turn, item.one_on_one_id), why)


def refused(turn: Turn, form: AddForm | EditForm) -> Card:
    return cards.refused(turn._, form.text)


def asked(turn: Turn, question: Asked) -> Card:
    """`dagsorden`: that of the next 1:1, or of the next with whoever is named; with the line that was typed for it."""
    line, names = to_put_on(question.text), normalise(question.text).split()
    for meeting in sorted(coming_meetings(turn), key=lambda each: normalise(each.other.first_name) not in names):
        try:
            meeting.one_on_one.require_agenda()
        except Expired:
            continue
        turn.shows(VIEW, meeting.one_on_one.id)
        return _ask(turn, meeting, typed=AddForm(one_on_one_id=meeting.one_on_one.id, text=line, is_private=False))
    return not_lost(turn._, cards.none_coming(turn._), line)


def show(turn: Turn, one_on_one_id: UUID) -> Card | None:
    """The card for delivery; None once the meeting has begun, or has lost its line."""
    about, _pair = one_on_one_for(turn.uow, turn.viewer, one_on_one_id)
    if not about.is_coming or turn.now >= about.starts_at:
        return None
    try:
        return open_it(turn, Subject(one_on_one_id))
    except Expired:
        return None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Opens the agendas of the next five days, and brings each of the two theirs."""
    broken = {each.id for each in out_of_line(planning.uow, planning.now)}
    for about in one_on_ones_in(planning.uow, COMING, planning.now, planning.until + AGENDA_BEFORE):
        if about.id in broken:
            continue
        opens_at = about.agenda_opens_at
        if planning.now >= opens_at:
            about.open_agenda()
        if opens_at < about.scheduled_at:
            continue
        for person_id in (about.chief_id, about.leader_id):
            if person_id not in about.fine_by:
                yield Occasion(
                    key=f"agenda:{about.id}:{about.revision}:{person_id}",
                    person_id=person_id,
                    view=VIEW,
                    subject_id=about.id,
                    due_at=opens_at,
                    expires_at=about.starts_at,
                    personal=True,
                )


def _ask(turn: Turn, meeting: Meeting, *, typed: AddForm | None = None, problems: Problems | None = None) -> Card:
    return cards.ask(
        turn._,
        meeting,
        entries_of(turn, meeting),
        keeps_notes=turn.person.keeps_notes,
        typed=typed,
        problems=problems,
    )


def _writable(turn: Turn, one_on_one_id: UUID) -> Meeting:
    """The 1:1 for one of the two, as long as its agenda is open and they are in one line."""
    meeting = meeting_for(turn, one_on_one_id)
    meeting.one_on_one.require_agenda()
    places_in_line(turn, meeting.one_on_one)
    return meeting


def _own_item(turn: Turn, item_id: UUID) -> tuple[AgendaItem, Meeting]:
    item = item_of_author(turn.uow, item_id, turn.person.id)
    return item, _writable(turn, item.one_on_one_id)


FLOW = Flow(
    name="agenda",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, expired=subject_expired),
        **form_buttons(
            AddForm.read,
            {
                cards.ADD: add,
                cards.FINE: fine,
                cards.LATER: not_now,
                cards.MINE: mine,
                cards.MOVE: move,
                cards.PERSONAL: to_own_note,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.EDIT: Button(Subject.read, edit, expired=item_expired),
        cards.SAVE: Button(EditForm.read, save, again=edit_again, expired=edit_expired, refused=refused),
        cards.REMOVE: Button(Subject.read, remove, expired=item_expired),
    },
    questions={"agenda": Question(WORDS, asked)},
    views={VIEW: show},
    clock=clock,
    personal=frozenset({VIEW}),
)
