"""The participants of a learning dialogue reflect together, before anything is decided.

Clock: when the dialogue begins, two hours after, and three and ten days after, its leaders get the card as long as no
reflection is saved. The chief sees a status word from the tenth day, and never what is written.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the half; *Gem refleksionen* saves it, says that the dialogue has
been held, and shows it to the chief and the administration. *Ret* leads back while the dialogue is not closed.
Question: `refleksion` opens the one that is missing, or asks which.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from cards import reflection as cards
from cards.dialogue import choose
from cards.form import Subject
from cards.kit import Card
from cards.reflection import Form, Sheet
from dialogs import later
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.turn import Turn
from domain.dialogue import RECORDABLE, Dialogue
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution
from domain.preparation import Preparation, Source
from domain.prompt import Occasion
from domain.reflection import Basis, Reflection, ReflectionStep, Understanding, reminders
from storage.data_package import figures_of, figures_with_ids, released_package
from storage.dialogue import dialogue_with_id
from storage.organisation import institutions_led_by, person_with_id
from storage.preparation import preparation_for
from storage.prompt import drop_reminders
from storage.reflection import dialogues_to_reflect_on, reflection_for, reflection_to_write

VIEW = "reflection"
PLANNED_AHEAD = timedelta(days=1)


def open_it(turn: Turn, subject: Subject) -> Card:
    """The card as it stands for this person: to fill in, or what was saved."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    found = reflection_for(turn.uow, turn.viewer, dialogue, where)
    if found is not None and found.is_saved:
        turn.shows(VIEW, dialogue.id)
        return cards.show(turn._, _sheet(turn, dialogue, where, found))
    if not turn.viewer.leads(where):
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
    """Saves the reflection, or leads to the first step in which something is missing; nothing typed is lost."""
    sheet = _take(turn, form)
    try:
        sheet.reflection.save(turn.now)
    except Problems as problems:
        sheet.reflection.step = cards.step_of(problems)
        return cards.ask(turn._, sheet, problems=problems)
    sheet.dialogue.hold(turn.now)
    drop_reminders(turn.uow, VIEW, sheet.dialogue.id)
    turn.changes("preparation", sheet.dialogue.id)
    turn.changes(VIEW, sheet.dialogue.id)
    return cards.show(turn._, sheet)


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
    found = dialogues_to_reflect_on(turn.uow, led, turn.now)
    if not found:
        return cards.nothing_to_reflect_on(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return choose(turn._, found, cards.OPEN)


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The card for delivery; None once there is nothing to write and nothing to read."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    found = reflection_for(turn.uow, turn.viewer, dialogue, where)
    is_saved = found is not None and found.is_saved
    if not is_saved and (dialogue.state not in RECORDABLE or turn.now < dialogue.starts_at):
        return None
    return open_it(turn, Subject(dialogue_id))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leaders of a dialogue that has begun, until its reflection is saved."""
    uow = planning.uow
    for dialogue, where in dialogues_to_reflect_on(uow, None, planning.now + PLANNED_AHEAD):
        leaders = planning.staff.leaders(where)
        for reminder in reminders(dialogue.starts_at, planning.municipality.zone):
            for leader in leaders:
                yield Occasion(
                    key=f"reflection:{dialogue.id}:{reminder.name}:{dialogue.revision}:{leader.id}",
                    person_id=leader.id,
                    view=VIEW,
                    subject_id=dialogue.id,
                    due_at=reminder.due_at,
                    expires_at=reminder.expires_at,
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
    if changed or not reflection.is_begun:
        reflection.write(content, by=turn.person.id, now=turn.now)
    if found is None:
        turn.uow.add(reflection)
    reflection.step = form.step
    turn.changes(VIEW, dialogue.id)
    return sheet


def _begun_from(turn: Turn, dialogue: Dialogue, where: Institution) -> Reflection:
    """A new reflection, with what the preparation brought: nobody writes a thing twice."""
    prepared = preparation_for(turn.uow, turn.viewer, dialogue, where) or Preparation(dialogue_id=dialogue.id)
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
        can_correct=turn.viewer.leads(where) and dialogue.state in RECORDABLE,
    )


FLOW = Flow(
    name="reflection",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.NEXT: Button(Form.read, next_step, again=again, expired=expired, refused=refused),
        cards.BACK: Button(Form.read, back, again=again, expired=expired, refused=refused),
        cards.DRAFT: Button(Form.read, keep_draft, again=again, expired=expired, refused=refused),
        cards.SAVE: Button(Form.read, save, again=again, expired=expired, refused=refused),
        cards.LATER: Button(Form.read, not_now, again=again, expired=expired, refused=refused),
        cards.CORRECT: Button(Subject.read, correct, expired=expired_subject),
    },
    questions={
        "reflect": Question(("refleksion", "fælles refleksion", "reflektion", "reflection", "shared reflection"), asked)
    },
    views={VIEW: show},
    clock=clock,
)
