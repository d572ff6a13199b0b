"""The agenda of a 1:1, which the chief and the leader build together.

Clock: both get it five days before; a 1:1 that is planned or moved later than that is told with a way to it.
Buttons: *Tilføj* adds a line, shared or private until the meeting; *Det ser fint ud* needs no more; *Mine punkter*
corrects one's own. Question: `dagsorden`, `husk til 1:1 at tale om legepladsen`.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from cards import agenda as cards
from cards import agenda_form as forms
from cards import meeting as meetings
from cards.agenda import AddForm, EditForm, OpenForm
from cards.form import Subject
from cards.kit import Card
from cards.meeting import Meeting
from cards.time_and_place import Moving
from dialogs import later, one_on_one, personal_note
from dialogs.agenda_entries import entries_of, is_own
from dialogs.agenda_whose import meant_by, next_with_each
from dialogs.agenda_words import WORDS, is_to_write, to_put_on, with_whom_at_end
from dialogs.behind import LEAST_TOLD, not_lost
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.meeting import coming_meetings, meeting_for, places_in_line
from dialogs.names import named
from dialogs.turn import Turn
from domain.agenda import AgendaItem
from domain.errors import Expired, Problems
from domain.one_on_one import AGENDA_BEFORE, COMING
from domain.prompt import Occasion
from domain.text import clean
from storage.agenda import item_of_author, items_of, items_seen_by
from storage.one_on_one import one_on_ones_in
from storage.one_on_one_line import one_on_one_for, out_of_line
from storage.one_on_one_met import leaders_of_chief
from storage.prompt import drop_reminders

VIEW = "agenda"


def open_it(turn: Turn, form: OpenForm) -> Card:
    """The agenda, with the line in its field that was typed before it was chosen."""
    meeting = _writable(turn, form.id)
    turn.shows(VIEW, meeting.one_on_one.id)
    typed = AddForm(one_on_one_id=form.id, text=form.text, is_private=False) if form.text else None
    return _ask(turn, meeting, typed=typed)


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
    return forms.edit(turn._, meeting, own[0]) if len(own) == 1 else forms.choose_item(turn._, own)


def edit(turn: Turn, subject: Subject) -> Card:
    item, meeting = _own_item(turn, subject.id)
    return forms.edit(turn._, meeting, item)


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
    return forms.edit(turn._, meeting, item, typed=form, problems=problems)


def expired(turn: Turn, form: AddForm, why: Expired) -> Card:
    meeting = meeting_for(turn, form.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.text))


def edit_expired(turn: Turn, form: EditForm, why: Expired) -> Card:
    item = item_of_author(turn.uow, form.item_id, turn.person.id)
    meeting = meeting_for(turn, item.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form.text))


def open_expired(turn: Turn, form: OpenForm, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, form.id), why, written=cards.written(turn._, form.text))


def item_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    item = item_of_author(turn.uow, subject.id, turn.person.id)
    return meetings.over(turn._, meeting_for(turn, item.one_on_one_id), why)


def refused(turn: Turn, form: AddForm | EditForm | OpenForm) -> Card:
    return cards.refused(turn._, form.text)


def asked(turn: Turn, question: Asked) -> Card:
    """`dagsorden`: that of the next 1:1, or of the next with whoever is named; with the line that was typed for it.

    A line is put on nobody's agenda by a guess: where whoever is named has no 1:1 to come, or where several fit, it is
    asked which one is meant.
    """
    line, around = to_put_on(question.text)
    told = line or (question.text if is_to_write(question.text) and len(question.text.split()) >= LEAST_TOLD else "")
    found = [each for each in coming_meetings(turn) if _takes_lines(each)]
    if not found:
        return not_lost(turn._, cards.none_coming(turn._), told)
    meant, is_named = meant_by(turn, found, around)
    doubts = not is_named and _may_name(turn, found, line)
    if len(meant) == 1 and not doubts or meant and not (is_named or line):
        return not_lost(turn._, open_it(turn, OpenForm(id=meant[0].one_on_one.id, text=line)), told)
    return cards.choose(turn._, meant or next_with_each(found), told, fits=bool(meant), typed=line)


def show(turn: Turn, one_on_one_id: UUID) -> Card | None:
    """The card for delivery; None once the meeting has begun, or has lost its line."""
    about, _pair = one_on_one_for(turn.uow, turn.viewer, one_on_one_id)
    if not about.is_coming or turn.now >= about.starts_at:
        return None
    try:
        return open_it(turn, OpenForm(id=one_on_one_id))
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


def _takes_lines(meeting: Meeting) -> bool:
    try:
        meeting.one_on_one.require_agenda()
    except Expired:
        return False
    return True


def _may_name(turn: Turn, found: Sequence[Meeting], line: str) -> bool:
    """Whether the line ends with somebody whose agenda may be meant."""
    whom = with_whom_at_end(line)
    names = [meeting.other.name for meeting in found] + [
        who.name for who, _places in leaders_of_chief(turn.uow, turn.viewer)
    ]
    return bool(whom and named(whom, [(each, [each]) for each in names]).found)


def _ask(turn: Turn, meeting: Meeting, *, typed: AddForm | None = None, problems: Problems | None = None) -> Card:
    return forms.ask(
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
        cards.OPEN: Button(OpenForm.read, open_it, expired=open_expired, refused=refused),
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
