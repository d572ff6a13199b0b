"""The participants of a learning dialogue reflect together, before anything is decided.

Clock: when the dialogue begins, the agenda that stands in a leader's chat becomes the card. Two hours after, as long
as nothing is written, it comes as a message, that day besides the one a day; and three and ten days after, as long as
no reflection is saved. It is offered, too, when the Teams meeting ends whose link is the dialogue's place. The chief
sees a status word from the fourteenth day, and never what is written.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the half; *Gem og gå til beslutning* saves it, says that the dialogue
has been held, shows it to the chief and the administration, and opens the decisions. *Ret* leads back while the
dialogue is not closed. *Find delt praksis* keeps the half and shows what others have shared about the themes.
*Vælg en referent* names a colleague who writes it, and is reminded, in the leader's place.
Question: `refleksion` opens the one that is missing, or asks which.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from cards import reflection as cards
from cards.dialogue import choose
from cards.form import Subject
from cards.kit import Card
from cards.reflection import Form, NoteTaker, Sheet
from dialogs import decision, later
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.observed import received
from dialogs.places import named_in, places_to_read
from dialogs.practice_search import for_places, is_there_for
from dialogs.turn import Turn
from domain.access import Record
from domain.decision import undermined
from domain.dialogue import RECORDABLE, Dialogue, DialogueState, last_reminder_at
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.municipality import Municipality
from domain.organisation import Institution
from domain.preparation import Preparation, Reminder, Source
from domain.prompt import Occasion, PromptKind
from domain.reflection import Basis, Reflection, ReflectionStep, Understanding, reminders
from storage.data_package import figures_of, figures_with_ids, released_package
from storage.database import UnitOfWork
from storage.decision import decisions_for
from storage.dialogue import addenda_of, dialogue_with_id, dialogues_in_meeting
from storage.message import message_showing
from storage.organisation import (
    colleagues_at,
    institution_with_id,
    institutions_led_by,
    person_with_id,
    staff_on,
)
from storage.preparation import preparation_for
from storage.prompt import drop_reminders, plan
from storage.reflection import (
    dialogues_being_reflected_on,
    dialogues_to_reflect_on,
    dialogues_to_take_notes_of,
    is_reflected_on,
    latest_reflected_in,
    may_record,
    note_takers,
    reflection_for,
    reflection_to_write,
)

VIEW, AGENDA = "reflection", "preparation.agenda"
WORDS = ("refleksion", "fælles refleksion", "reflektion", "reflection", "shared reflection")
PLANNED_AHEAD = timedelta(days=1)
NAMED_FOR = timedelta(days=14)
OFFERED_FOR = timedelta(hours=4)


def open_it(turn: Turn, subject: Subject) -> Card:
    """The card as it stands for this person: to fill in, or what was saved."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    found = reflection_for(turn.uow, turn.viewer, dialogue, where)
    if found is not None and found.is_saved:
        turn.shows(VIEW, dialogue.id)
        return cards.show(turn._, _sheet(turn, dialogue, where, found))
    if not may_record(turn.viewer, found, where):
        raise NotAllowed
    try:
        dialogue.require_recordable(turn.now)
    except Expired as why:
        return cards.over(turn._, dialogue, where, why)
    turn.shows(VIEW, dialogue.id)
    return cards.ask(turn._, _sheet(turn, dialogue, where, found or _begun_from(turn, dialogue, where)))


def next_step(turn: Turn, form: Form) -> Card:
    return _go(turn, form, ReflectionStep.UNDERSTANDING)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, ReflectionStep.BASIS)


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved_draft(turn._, _take(turn, form))


def save(turn: Turn, form: Form) -> Card:
    """Saves the reflection and goes on to the decisions, or to the first step in which something is missing.

    Nothing typed is lost, and a correction leads back to what was saved.
    """
    sheet = _take(turn, form)
    was_saved = sheet.reflection.is_saved
    try:
        sheet.reflection.save(turn.now)
    except Problems as problems:
        sheet.reflection.step = cards.step_of(problems)
        return cards.ask(turn._, sheet, problems=problems)
    sheet.dialogue.hold(turn.now)
    drop_reminders(turn.uow, VIEW, sheet.dialogue.id)
    turn.changes("preparation", sheet.dialogue.id)
    turn.changes(VIEW, sheet.dialogue.id)
    if was_saved:
        return cards.show(turn._, sheet)
    turn.uow.session.flush()
    return decision.after_reflection(turn, sheet.dialogue, sheet.institution)


def correct(turn: Turn, subject: Subject) -> Card:
    """Back into the card; what was saved stays saved, and stays whole, while it is corrected."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    if found is None:
        raise NotAllowed
    found.step = ReflectionStep.BASIS
    turn.shows(VIEW, dialogue.id)
    return cards.ask(turn._, _sheet(turn, dialogue, where, found))


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks when the card shall come again."""
    return later.ask(turn, VIEW, _take(turn, form).dialogue.id, was_kept=True)


def find_practice(turn: Turn, form: Form) -> Card:
    """Keeps the half, and shows what others have shared about the institution's themes."""
    sheet = _take(turn, form)
    return for_places(turn, [sheet.institution], dialogue_id=sheet.dialogue.id)


def choose_note_taker(turn: Turn, form: Form) -> Card:
    """Keeps the half, and asks which colleague at the institution takes the notes."""
    sheet = _take(turn, form)
    _require_leader(turn, sheet.institution)
    return cards.choose_note_taker(turn._, sheet, colleagues_at(turn.uow, sheet.institution, turn.person, turn.today))


def name_note_taker(turn: Turn, chosen: NoteTaker) -> Card:
    """The colleague hears of it, and writes the reflection and the decisions from now on."""
    dialogue, where = dialogue_with_id(turn.uow, chosen.dialogue_id)
    _require_leader(turn, where)
    dialogue.require_recordable(turn.now)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where) or _begun_from(turn, dialogue, where)
    turn.uow.add(found)
    if chosen.colleague_id not in {each.id for each in colleagues_at(turn.uow, where, turn.person, turn.today)}:
        raise Problems({"colleague": Problem("choose_colleague")})
    assert chosen.colleague_id is not None
    found.note_taker = chosen.colleague_id
    plan(
        turn.uow,
        Occasion(
            key=f"reflection:{dialogue.id}:named:{chosen.colleague_id}:{turn.now.isoformat()}",
            person_id=chosen.colleague_id,
            view=VIEW,
            subject_id=dialogue.id,
            due_at=turn.now,
            expires_at=turn.now + NAMED_FOR,
        ),
    )
    turn.changes(VIEW, dialogue.id)
    return cards.named(turn._, _sheet(turn, dialogue, where, found))


def name_again(turn: Turn, chosen: NoteTaker, problems: Problems) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, chosen.dialogue_id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where) or _begun_from(turn, dialogue, where)
    colleagues = colleagues_at(turn.uow, where, turn.person, turn.today)
    return cards.choose_note_taker(turn._, _sheet(turn, dialogue, where, found), colleagues, problems=problems)


def name_expired(turn: Turn, chosen: NoteTaker, why: Expired) -> Card:
    return expired_subject(turn, Subject(chosen.dialogue_id), why)


def take_back(turn: Turn, subject: Subject) -> Card:
    """The leader takes the notes after all; what the colleague wrote stays."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    _require_leader(turn, where)
    dialogue.require_recordable(turn.now)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    if found is not None:
        found.note_taker = None
    return open_it(turn, subject)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same half with everything that was typed, and what is wrong with it."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    turn.shows(VIEW, dialogue.id)
    sheet = _sheet(turn, dialogue, where, found or _begun_from(turn, dialogue, where))
    return cards.ask(turn._, sheet, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    return cards.over(turn._, dialogue, where, why, typed=form)


def refused(turn: Turn, form: Form) -> Card:
    """For somebody who may no longer write it: what they typed, to be copied, and nothing of what is kept."""
    return cards.refused(turn._, typed=form)


def expired_subject(turn: Turn, subject: Subject, why: Expired) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    return cards.over(turn._, dialogue, where, why)


def asked(turn: Turn, question: Asked) -> Card:
    """`refleksion`: the dialogue whose reflection is missing, or a choice where there are several."""
    led = [where.id for where in institutions_led_by(turn.uow, turn.viewer)]
    missing = dialogues_to_reflect_on(turn.uow, led, turn.now)
    noted = dialogues_to_take_notes_of(turn.uow, turn.viewer, turn.now)
    found = list({each.id: (each, where) for each, where in [*missing, *noted]}.values()) or _latest(
        turn, question.rest
    )
    if not found:
        return cards.nothing_to_reflect_on(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return choose(turn._, found, cards.OPEN)


def _latest(turn: Turn, name: str) -> list[tuple[Dialogue, Institution]]:
    """Where no reflection is missing: the latest one of each institution that may be read or corrected, A to Å."""
    places = places_to_read(turn, Record.REFLECTION)
    places = named_in(name, WORDS, places) or places
    begun = latest_reflected_in(turn.uow, [where.id for where in places], turn.now)
    return [(begun[where.id], where) for where in places if where.id in begun]


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The card for delivery; None once there is nothing to write and nothing to read.

    Nobody is reminded of one that is saved.
    """
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    found = reflection_for(turn.uow, turn.viewer, dialogue, where)
    is_saved = found is not None and found.is_saved
    if is_saved and turn.is_reminder:
        return None
    if not is_saved and (dialogue.state not in RECORDABLE or turn.now < dialogue.starts_at):
        return None
    return open_it(turn, Subject(dialogue_id))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leaders of a dialogue that has begun, until its reflection is saved."""
    uow = planning.uow
    waiting = dialogues_to_reflect_on(uow, None, planning.now + PLANNED_AHEAD)
    ids = [dialogue.id for dialogue, _ in waiting]
    note_taker, begun = note_takers(uow, ids), dialogues_being_reflected_on(uow, ids)
    for dialogue, where in waiting:
        people = {leader.id for leader in planning.staff.leaders(where)}
        named = note_taker.get(dialogue.id)
        if named and planning.staff.works_at(named, where):
            people = {named}
        for reminder in reminders(dialogue.starts_at, planning.municipality.zone, planning.municipality.quiet):
            if reminder.name == "2_hours" and dialogue.id in begun:
                continue
            # Not before the time itself is it known which message stands there.
            if reminder.name == "start" and planning.now < dialogue.starts_at:
                continue
            for person_id in people:
                yield _offer(planning, dialogue, reminder, person_id)


def _offer(planning: Planning, dialogue: Dialogue, reminder: Reminder, person_id: UUID) -> Occasion:
    """A reminder; at the beginning it takes the place of the agenda, where that stands in the person's chat."""
    is_start, day = reminder.name == "start", reminder.due_at.astimezone(planning.municipality.zone).date()
    agenda = message_showing(planning.uow, person_id, AGENDA, dialogue.id) if is_start else None
    return Occasion(
        key=f"reflection:{dialogue.id}:{reminder.name}:{dialogue.revision}:{person_id}",
        person_id=person_id,
        view=VIEW,
        subject_id=dialogue.id,
        due_at=reminder.due_at,
        expires_at=reminder.expires_at,
        kind=PromptKind.UPDATE if agenda else PromptKind.REMINDER,
        replaces=agenda,
        appointment_on=day if reminder.name == "2_hours" else None,
    )


def meeting_ended(uow: UnitOfWork, link: str, *, now: datetime, municipality: Municipality) -> None:
    """Offers the card to whoever records a dialogue that was held in the Teams meeting with this link.

    Nobody has asked for it, so it keeps to quiet times and pauses, and takes the place of the one two hours after.
    """
    if not link.startswith("https://"):
        return
    today = now.astimezone(municipality.zone).date()
    staff = staff_on(uow, today)
    for dialogue in dialogues_in_meeting(uow, link, now):
        if dialogue.state not in RECORDABLE or is_reflected_on(uow, dialogue):
            continue
        where = institution_with_id(uow, dialogue.institution_id)
        people = {leader.id for leader in staff.leaders(where)}
        named = note_takers(uow, [dialogue.id]).get(dialogue.id)
        if named and staff.works_at(named, where):
            people = {named}
        for person_id in people:
            plan(
                uow,
                Occasion(
                    key=f"reflection:{dialogue.id}:meeting:{dialogue.revision}:{person_id}",
                    person_id=person_id,
                    view=VIEW,
                    subject_id=dialogue.id,
                    due_at=now,
                    expires_at=municipality.quiet.next_open(now) + OFFERED_FOR,
                    appointment_on=today,
                ),
            )


def _go(turn: Turn, form: Form, step: ReflectionStep) -> Card:
    sheet = _take(turn, form)
    sheet.reflection.step = step
    return cards.ask(turn._, sheet)


def _take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed in a half, complete or not.

    Raises `Expired` when nothing can be recorded, and `Problems` when somebody has written something else in the same
    fields since the card was drawn: they are shown it, and keep theirs.
    """
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    found = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    begun = _begun_from(turn, dialogue, where)
    reflection = found or begun
    sheet = _sheet(turn, dialogue, where, reflection)
    content, stored = sheet.known(form.content), reflection.content(form.step)
    changed = is_changed(content, stored, form.was)
    if changed and (lost := undermined(content, decisions_for(turn.uow, turn.viewer, dialogue, where))):
        raise Problems(lost)
    if changed or not reflection.is_begun:
        reflection.write(content, by=turn.person.id, now=turn.now)
    if found is None:
        turn.uow.add(reflection)
    reflection.step = form.step
    turn.changes(VIEW, dialogue.id)
    return sheet


def _begun_from(turn: Turn, dialogue: Dialogue, where: Institution) -> Reflection:
    """A new reflection, with what the preparation brought: nobody writes a thing twice."""
    try:
        prepared = preparation_for(turn.uow, turn.viewer, dialogue, where) or Preparation(dialogue_id=dialogue.id)
    except NotAllowed:
        # The note-taker need not have been able to read the preparation.
        prepared = Preparation(dialogue_id=dialogue.id)
    data = prepared.data
    return Reflection(
        dialogue_id=dialogue.id,
        basis=Basis(figures=data.figures, sources=data.sources),
        understanding=Understanding(interpretation=data.interpretation),
    )


def _sheet(turn: Turn, dialogue: Dialogue, where: Institution, reflection: Reflection) -> Sheet:
    """Everything the cards of this reflection show, read for the turn's person."""
    uow = turn.uow
    current = figures_of(uow, released_package(uow, where, dialogue.half_year))
    chosen = figures_with_ids(uow, reflection.basis.figures)
    return Sheet(
        institution=where,
        dialogue=dialogue,
        reflection=reflection,
        figures=[*current, *(each for each in chosen if each.id not in {known.id for known in current})],
        sources=Source.of(where.age_range),
        written_by=person_with_id(uow, reflection.written_by) if reflection.written_by else None,
        viewer=turn.person,
        can_correct=may_record(turn.viewer, reflection, where) and dialogue.state in RECORDABLE,
        leads=turn.viewer.leads(where),
        received=received(turn, dialogue, where),
        is_shared=is_there_for(turn, [where]),
        is_late=turn.now >= last_reminder_at(dialogue.starts_at, turn.municipality.quiet),
        note_taker=person_with_id(uow, reflection.note_taker) if reflection.note_taker else None,
        addenda=addenda_of(uow, dialogue) if dialogue.state is DialogueState.CLOSED else (),
    )


def _require_leader(turn: Turn, where: Institution) -> None:
    if not turn.viewer.leads(where):
        raise NotAllowed


FLOW = Flow(
    name="reflection",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.SAVE: save,
                cards.LATER: not_now,
                cards.COLLEAGUE: choose_note_taker,
                cards.FIND: find_practice,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.CORRECT: Button(Subject.read, correct, expired=expired_subject),
        cards.NAME: Button(NoteTaker.read, name_note_taker, again=name_again, expired=name_expired),
        cards.TAKE_BACK: Button(Subject.read, take_back, expired=expired_subject),
    },
    questions={"reflect": Question(WORDS, asked)},
    views={VIEW: show},
    clock=clock,
)
