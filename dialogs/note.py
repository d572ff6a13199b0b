"""The note from a 1:1: about the quality development of the institution, and never about the person.

Clock: the chief gets the card when the meeting ends. Buttons: *Gem kladde* keeps what is the chief's alone, *Gem og
del* shows it to the leader at once and leads on to the agreements; the leader is asked to confirm both. It can be
corrected until then, version by version. Question: `notat` opens the one that is missing, or the last; `jeg har lige
haft 1:1 med Mette` the one that is told of, planned or not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import meeting as meetings
from cards import note as cards
from cards import one_on_one_plan as plans
from cards.agenda import Entry
from cards.form import Subject
from cards.kit import Card
from cards.meeting import Meeting
from cards.note import Form, Sheet
from cards.note_unplanned import KEEP as KEEP_UNPLANNED
from cards.one_on_one_plan import PlanForm
from cards.time_and_place import Moving
from dialogs import agenda, agenda_entries, agreement_made, confirmation, later, one_on_one
from dialogs import note_unplanned as unplanned
from dialogs.agenda_whose import meant_by
from dialogs.behind import behind, not_lost, told_behind
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.meeting import meeting_for, meeting_of, meetings_to_note, own_meeting, places_in_line
from dialogs.turn import Turn
from domain.agenda import AgendaItem, AgendaSource
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.note import Note, NoteVersion, SchoolTalk
from domain.one_on_one import COMING, LASTS, OneOnOneState, school_year_of
from domain.organisation import InstitutionType, Role
from domain.prompt import Occasion
from storage.agenda import carry_over, items_of
from storage.note import forget_school_talk, note_of, school_talks
from storage.one_on_one import begun_of, one_on_ones_in
from storage.one_on_one_line import one_on_one_for, pair_of
from storage.prompt import drop_reminders

VIEW = "note"
WORDS = ("notat", "1:1 notat", "notat fra 1:1", "1:1 note", "write note")
ASKED_FOR = timedelta(days=14)
LOOKED_BACK = timedelta(days=366)


def write(turn: Turn, subject: Subject) -> Card:
    """The card as it was left: the chief's draft, the shared note to correct, or an empty one."""
    sheet = _sheet(turn, subject.id)
    turn.shows(VIEW, sheet.meeting.one_on_one.id)
    return cards.ask(turn._, sheet)


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved_draft(turn._, _take(turn, form).meeting)


def not_now(turn: Turn, form: Form) -> Card:
    return later.ask(turn, VIEW, _take(turn, form).meeting.one_on_one.id, was_kept=True)


def move(turn: Turn, form: Form) -> Card:
    """*Det blev ikke til noget*: another time; what was typed is no note of anything.

    A draft that the chief has emptied is kept as that.
    """
    if form.note != Note():
        raise Problems({"leading": Problem("note_begun")})
    if own_meeting(turn, form.one_on_one_id).one_on_one.state is OneOnOneState.HELD:
        _take(turn, form)
    return one_on_one.ask_move(turn, Moving(id=form.one_on_one_id))


def share(turn: Turn, form: Form) -> Card:
    """I24: the leader sees it at once; what was not talked about goes on the next agenda."""
    sheet = _take(turn, form)
    meeting, about = sheet.meeting, sheet.meeting.one_on_one
    note = about.draft or sheet.kept
    if lacking := note.missing():
        return cards.ask(turn._, replace(sheet, kept=note), problems=Problems(lacking))
    if sheet.shared is not None and sheet.shared.content == note:
        # An old card that is pressed once more shares nothing twice.
        about.draft = None
        return confirmation.open_it(turn, Subject(about.id))
    where = places_in_line(turn, about)
    is_first = sheet.shared is None
    if is_first:
        _keep_agenda(turn, meeting, sheet.entries)
    for item in items_of(turn.uow, about):
        item.done = item.done or (item.source_id or item.id) in note.talked
    about.share(tuple(each.id for each in where), turn.now)
    _count(turn, meeting, note)
    number = sheet.shared.number + 1 if sheet.shared else 1
    version = NoteVersion(
        one_on_one_id=about.id, number=number, author_id=turn.person.id, content=note, written_at=turn.now
    )
    turn.uow.add(version)
    turn.uow.session.flush()
    carry_over(turn.uow, about.chief_id, about.leader_id, turn.now)
    for view in (VIEW, agenda.VIEW):
        drop_reminders(turn.uow, view, about.id)
    confirmation.ask_leader(turn, about, version)
    if is_first:
        # What the card shows from now on is no note: the copies of that are drawn anew, and never the card itself.
        return agreement_made.after_sharing(turn, Subject(about.id))
    return confirmation.open_it(turn, Subject(about.id))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    sheet = _sheet(turn, form.one_on_one_id)
    turn.shows(VIEW, sheet.meeting.one_on_one.id)
    return cards.ask(turn._, sheet, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    meeting = meeting_for(turn, form.one_on_one_id)
    return meetings.over(turn._, meeting, why, written=cards.written(turn._, form))


def subject_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    return meetings.over(turn._, meeting_for(turn, subject.id), why)


def refused(turn: Turn, form: Form) -> Card:
    """For somebody who may not write it: what they typed, to be copied, and nothing of what is kept."""
    return cards.refused(turn._, form)


def asked(turn: Turn, question: Asked) -> Card:
    """`notat`: the one that is missing, else the last that was shared, for either of the two; `notat jens`: with Jens.

    Nobody's note is opened by a guess where somebody else is named.
    """
    words, is_named = told_behind(question.text, WORDS), False
    missing = [each.one_on_one for each in meetings_to_note(turn)]
    # Whoever wrote one reads it when they are no longer chief there, too.
    shared = [each for each in begun_of(turn.uow, turn.person.id, turn.now - LOOKED_BACK, turn.now) if each.is_noted]
    found = [*missing, *shared]
    if not words and (whom := behind(question.text, WORDS)):
        meant, is_named = meant_by(
            turn, [meeting_of(turn, each, pair_of(turn.uow, each, turn.today)) for each in found], whom
        )
        found = [each.one_on_one for each in meant] if is_named else found
    for about in found:
        try:
            return confirmation.open_it(turn, Subject(about.id)) if about.is_noted else _begin(turn, about.id, words)
        except (Expired, NotAllowed):
            continue
    return cards.nothing_to_write(turn._, is_named=is_named, is_chief=turn.viewer.has(Role.CHIEF))


def told_of_one(turn: Turn, question: Asked) -> Card:
    """`jeg har lige haft 1:1 med Mette`: the note of the one that was planned, or else when the two met.

    A leader sees their last 1:1, of which the chief writes the note.
    """
    if not turn.viewer.has(Role.CHIEF):
        last = unplanned.last_with_chief(turn, turn.now - LOOKED_BACK) or cards.nothing_to_write(turn._)
        return not_lost(turn._, last, unplanned.told_after(question.text))
    planned = unplanned.begun_with(turn, question.text)
    card = write(turn, Subject(planned)) if planned else unplanned.ask_of(turn, question.text)
    return not_lost(turn._, card, unplanned.told_besides(turn, question.text))


def write_unplanned(turn: Turn, form: PlanForm) -> Card:
    return write(turn, Subject(unplanned.keep(turn, form).id))


def show(turn: Turn, one_on_one_id: UUID) -> Card | None:
    """The card for delivery; None once it is shared, or cannot be written."""
    about, _pair = one_on_one_for(turn.uow, turn.viewer, one_on_one_id)
    if about.is_noted or about.state is OneOnOneState.CANCELLED or not about.has_begun(turn.now):
        return None
    try:
        return write(turn, Subject(one_on_one_id))
    except Expired:
        return None


def clock(planning: Planning) -> Iterable[Occasion]:
    """The card for the chief, when the meeting ends."""
    states = (*COMING, OneOnOneState.HELD)
    for about in one_on_ones_in(planning.uow, states, planning.now - ASKED_FOR, planning.until):
        due_at = about.starts_at + LASTS
        yield Occasion(
            key=f"note:{about.id}:{about.revision}:{about.chief_id}",
            person_id=about.chief_id,
            view=VIEW,
            subject_id=about.id,
            due_at=due_at,
            expires_at=due_at + ASKED_FOR,
            personal=True,
        )


def _begin(turn: Turn, one_on_one_id: UUID, words: str) -> Card:
    """The card as it was left, and at the end of its first field what was typed with the command."""
    sheet = _sheet(turn, one_on_one_id)
    turn.shows(VIEW, one_on_one_id)
    if not words or words in sheet.kept.leading:
        return cards.ask(turn._, sheet)
    note = replace(sheet.kept, leading="\n".join(filter(None, (sheet.kept.leading, words))))
    return cards.ask(turn._, sheet, typed=Form(one_on_one_id=one_on_one_id, note=note, was=""))


def _take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed as the chief's draft, complete or not.

    Raises `Expired` when no note can be written, and `Problems` when the chief has written something else in another
    place since the card was drawn.
    """
    sheet = _sheet(turn, form.one_on_one_id)
    known = {each.id for each in sheet.entries}
    note = replace(
        form.note, talked=tuple(each.id for each in sheet.entries if each.id in set(form.note.talked) & known)
    )
    if not sheet.is_school:
        note = replace(note, counts=False)
    about = sheet.meeting.one_on_one
    if is_changed(note, sheet.kept, form.was):
        about.keep_draft(note, turn.now)
    turn.changes(VIEW, about.id)
    return replace(sheet, kept=note)


def _sheet(turn: Turn, one_on_one_id: UUID) -> Sheet:
    """The note to write, for the chief of the 1:1; raises `Expired` when none can be written (any more)."""
    meeting = own_meeting(turn, one_on_one_id)
    about = meeting.one_on_one
    about.require_notable(turn.now)
    places_in_line(turn, about)
    shared = note_of(turn.uow, turn.viewer, about, pair_of(turn.uow, about, turn.today))
    kept = about.draft or (shared.content if shared else Note())
    return Sheet(meeting=meeting, kept=kept, entries=_talkable(turn, meeting), shared=shared)


def _talkable(turn: Turn, meeting: Meeting) -> list[Entry]:
    """What stood on the agenda; once the note is shared, as it was kept with it."""
    if not meeting.one_on_one.is_noted:
        return agenda_entries.entries_of(turn, meeting)
    return confirmation.kept_entries(turn, meeting)


def _keep_agenda(turn: Turn, meeting: Meeting, entries: Sequence[Entry]) -> None:
    """The lines that came by themselves are kept with the note, and the focus areas count as brought."""
    for each in entries:
        if each.source is not AgendaSource.MANUAL:
            turn.uow.add(
                AgendaItem(
                    one_on_one_id=meeting.one_on_one.id,
                    text=each.words,
                    added_by=turn.person.id,
                    added_at=turn.now,
                    source=each.source,
                    source_id=each.id,
                )
            )
    for area, _where in agenda_entries.brought_by_leader(turn, meeting):
        area.bring_up(False, turn.now)
    turn.uow.session.flush()


def _count(turn: Turn, meeting: Meeting, note: Note) -> None:
    """The yearly school development talk: schools only, and one a school year; raises `Problems` at `counts`."""
    about = meeting.one_on_one
    schools = [each.id for each in meeting.places if each.type is InstitutionType.SCHOOL]
    forget_school_talk(turn.uow, about)
    if not note.counts or not schools:
        return
    year = school_year_of(about.meets_on)
    if others := school_talks(turn.uow, schools, year, besides=about.id):
        held_on = others[0].held_at.astimezone(turn.municipality.zone).date()
        raise Problems({"counts": Problem("school_talk_already", {"held_on": held_on})})
    for school_id in schools:
        turn.uow.add(
            SchoolTalk(one_on_one_id=about.id, institution_id=school_id, school_year=year, held_at=about.starts_at)
        )
    turn.uow.session.flush()


FLOW = Flow(
    name="note",
    buttons={
        cards.WRITE: Button(Subject.read, write, expired=subject_expired),
        plans.UNPLANNED: Button(PlanForm.read, unplanned.ask_with, again=unplanned.choose),
        plans.CHOOSE_UNPLANNED: Button(PlanForm.read, unplanned.choose),
        KEEP_UNPLANNED: Button(PlanForm.read, write_unplanned, again=unplanned.again, refused=one_on_one.plan_refused),
        **form_buttons(
            Form.read,
            {cards.SHARE: share, cards.DRAFT: keep_draft, cards.LATER: not_now, cards.MOVE: move},
            again=again,
            expired=expired,
            refused=refused,
        ),
    },
    questions={"note": Question(WORDS, asked), "note_unplanned": Question((), told_of_one)},
    views={VIEW: show},
    clock=clock,
    personal=frozenset({VIEW}),
)
