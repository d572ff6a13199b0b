"""Somebody who has left is anonymised, or a name in a record: one of the administration proposes it, another approves.

Question: `anonymiser NAVN`. Buttons: *Se, hvad der sker* for a name in a record, *Send til godkendelse*, *Træk
tilbage*; for the others of the administration *Godkend* and *Godkend ikke*. What is approved is carried out by the
clock within minutes, and both hear what became of it. Nothing is shown of words that administration may not read.
"""

from uuid import UUID

from cards import anonymisation as cards
from cards import anonymisation_form as forms
from cards.anonymisation import Sheet
from cards.anonymisation_form import Ask, ProposeForm, RecordForm
from cards.form import Nothing, Subject
from cards.kit import Card
from dialogs.anonymising import (
    ASKED,
    READ_ANYWAY,
    VIEW,
    answered,
    draw_up,
    require_nothing_in_the_way,
    require_something,
    send,
    tell,
)
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.names import named
from dialogs.turn import Turn
from domain.anonymisation import GONE_VIEW, Anonymisation, AnonymisationState, Survey
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Person
from storage.anonymisation import (
    anonymisation_for,
    anonymisations,
    locked,
    people_to_anonymise,
    require_administration,
)
from storage.anonymised_card import replaced, unreached_messages
from storage.carrying_out import foreseen
from storage.organisation import person_with_id


def asked(turn: Turn, question: Asked) -> Card:
    """Whom it is about, by the name or the e-mail that was typed; without one, what there is already."""
    require_administration(turn.viewer)
    typed = " ".join(question.rest.split()[1:])
    if not typed:
        return begin(turn)
    people = people_to_anonymise(turn.uow)
    meant = [each for each in people if each.email == typed.casefold()]
    found = meant or list(named(typed, [(each, [each.name]) for each in people]).found)
    if len(found) == 1:
        return choose(turn, Subject(found[0].id))
    if found:
        return forms.which_person(turn._, found)
    return begin(turn, unknown=typed)


def begin(turn: Turn, _nothing: Nothing | None = None, *, unknown: str = "") -> Card:
    require_administration(turn.viewer)
    rows = [_line(turn, each) for each in anonymisations(turn.uow)]
    return forms.begin(turn._, rows, unknown=unknown)


def choose(turn: Turn, subject: Subject) -> Card:
    """What becomes of everything about the person, and the form of the proposal."""
    require_administration(turn.viewer)
    return forms.propose(turn._, _ask(turn, subject.id))


def ask_record(turn: Turn, _nothing: Nothing | None = None) -> Card:
    require_administration(turn.viewer)
    return forms.ask_record(turn._)


def preview(turn: Turn, form: RecordForm) -> Card:
    """The same of a name that stands in one record."""
    require_administration(turn.viewer)
    about = _of_record(turn, form)
    require_nothing_in_the_way(turn.uow, about, turn.today)
    seen = foreseen(turn.uow, about.whom)
    require_something(about, seen)
    return forms.propose(turn._, Ask(name=about.name, survey=seen, readable=READ_ANYWAY, record=form))


def preview_again(turn: Turn, form: RecordForm, problems: Problems) -> Card:
    return forms.ask_record(turn._, typed=form, problems=problems)


def propose(turn: Turn, form: ProposeForm) -> Card:
    """Sends it to the others; pressed twice it is one."""
    require_administration(turn.viewer)
    someone = _someone(turn, form.person_id) if form.person_id else None
    about, _seen = draw_up(
        turn.uow,
        person=someone,
        record_id=form.record.record_id if form.record else None,
        name=form.record.name if form.record else "",
        case=form.case,
        by=turn.person,
        now=turn.now,
        day=turn.today,
        parts_too=form.parts_too,
    )
    send(turn.uow, about, turn.person, turn.now, turn.today)
    turn.shows(VIEW, about.id)
    return cards.show(turn._, _sheet(turn, about))


def propose_again(turn: Turn, form: ProposeForm, problems: Problems) -> Card:
    """What is wrong with the case is told at once, without a search for what it would change."""
    require_administration(turn.viewer)
    ask = _unseen(turn, form) if "case" in problems.fields else _seen(turn, form)
    return forms.propose(turn._, ask, typed=form, problems=problems)


def look(turn: Turn, form: ProposeForm) -> Card:
    """What it would change, with the proposal as it is typed so far."""
    require_administration(turn.viewer)
    return forms.propose(turn._, _seen(turn, form), typed=form)


def refused(turn: Turn, form: "ProposeForm | RecordForm") -> Card:
    return forms.refused(turn._, form.texts)


def open_it(turn: Turn, subject: Subject) -> Card:
    about = anonymisation_for(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, about.id)
    return cards.show(turn._, _sheet(turn, about))


def approve(turn: Turn, subject: Subject) -> Card:
    """Two people: looked for once more as it is now, and carried out by the clock."""
    about = _open(turn, subject)
    concerned = person_with_id(turn.uow, about.person_id) if about.person_id else None
    require_nothing_in_the_way(turn.uow, about, turn.today)
    require_something(about, foreseen(turn.uow, about.whom))
    about.approve(turn.person, person_with_id(turn.uow, about.proposed_by), concerned, turn.now)
    return _done(turn, about)


def refuse(turn: Turn, subject: Subject) -> Card:
    about = _open(turn, subject)
    if about.proposed_by == turn.person.id:
        raise NotAllowed
    about.refuse(turn.person, turn.now)
    return _done(turn, about)


def withdraw(turn: Turn, subject: Subject) -> Card:
    about = _open(turn, subject)
    if about.proposed_by != turn.person.id:
        raise NotAllowed
    about.withdraw(turn.person, turn.now)
    return _done(turn, about)


def answer_again(turn: Turn, subject: Subject, problems: Problems) -> Card:
    about = anonymisation_for(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, about.id)
    return cards.show(turn._, _sheet(turn, about), problems=problems)


def answer_expired(turn: Turn, subject: Subject, why: Expired) -> Card:
    """Somebody else was first, or the fourteen days are over: how it stands now."""
    return cards.over(turn._, why, subject.id)


def show(turn: Turn, anonymisation_id: UUID) -> Card:
    return open_it(turn, Subject(anonymisation_id))


def show_asked(turn: Turn, anonymisation_id: UUID) -> Card | None:
    """As a reminder there is nothing to say once somebody has answered."""
    about = anonymisation_for(turn.uow, turn.viewer, anonymisation_id)
    if turn.is_reminder and (not about.is_open or about.is_over(turn.now)):
        return None
    return open_it(turn, Subject(anonymisation_id))


def show_gone(turn: Turn, anonymisation_id: UUID) -> Card:
    """In the place of a card, for whoever has it in their chat."""
    return cards.gone(turn._)


def _open(turn: Turn, subject: Subject) -> Anonymisation:
    anonymisation_for(turn.uow, turn.viewer, subject.id)
    return locked(turn.uow, subject.id)


def _done(turn: Turn, about: Anonymisation) -> Card:
    turn.uow.session.flush()
    answered(turn.uow, about)
    if about.proposed_by != turn.person.id:
        tell(turn.uow, about, [about.proposed_by], turn.now)
    turn.changes(VIEW, about.id)
    return cards.show(turn._, _sheet(turn, about))


def _unseen(turn: Turn, form: ProposeForm) -> Ask:
    if form.record:
        return Ask(name=form.record.name, record=form.record)
    someone = _someone(turn, form.person_id or UUID(int=0))
    return Ask(name=someone.name, person=someone)


def _seen(turn: Turn, form: ProposeForm) -> Ask:
    if not form.record:
        return _ask(turn, form.person_id or UUID(int=0))
    about = _of_record(turn, form.record)
    return Ask(name=about.name, survey=foreseen(turn.uow, about.whom), readable=READ_ANYWAY, record=form.record)


def _ask(turn: Turn, person_id: UUID) -> Ask:
    someone = _someone(turn, person_id)
    about = Anonymisation(
        person_id=someone.id,
        record_id=None,
        name=someone.name,
        case="",
        proposed_by=turn.person.id,
        proposed_at=turn.now,
    )
    try:
        require_nothing_in_the_way(turn.uow, about, turn.today)
    except Problems as problems:
        return Ask(name=someone.name, person=someone, hindrance=problems)
    seen = foreseen(turn.uow, about.whom)
    ask = Ask(name=someone.name, person=someone, survey=seen, readable=READ_ANYWAY)
    if seen.held:
        return Ask(name=someone.name, person=someone, hindrance=Problems({"person": _held(seen)}))
    return ask


def _held(seen: Survey) -> Problem:
    return Problem("held", {"cases": list(seen.held)})


def _of_record(turn: Turn, form: RecordForm) -> Anonymisation:
    """The name in the record, to look at; raises `Problems` for none."""
    return Anonymisation.propose(
        person=None, record_id=form.record_id, name=form.name, case="-", by=turn.person, now=turn.now
    )


def _someone(turn: Turn, person_id: UUID) -> Person:
    """Of the list, and not anonymised already; `NotAllowed` for an id that is nobody's."""
    found = turn.uow.get(Person, person_id)
    if found is None or found.anonymised_on is not None:
        raise NotAllowed
    return found


def _line(turn: Turn, about: Anonymisation) -> Sheet:
    return Sheet(
        about=about,
        viewer=turn.person,
        name=_name(turn, about),
        proposer=person_with_id(turn.uow, about.proposed_by).name,
        answerer=person_with_id(turn.uow, about.answered_by).name if about.answered_by else "",
        now=turn.now,
    )


def _sheet(turn: Turn, about: Anonymisation) -> Sheet:
    """How it stands: what it would change while it is open, and afterwards what it has changed."""
    line = _line(turn, about)
    # Of a card whose title alone is looked at, nothing has to be looked for.
    is_to_see = about.is_open and not about.is_over(turn.now) and not turn.is_glance
    seen = foreseen(turn.uow, about.whom) if is_to_see else None
    waiting, messages = 0, tuple[tuple[str, str], ...]()
    if about.state in (AnonymisationState.CARRIED_OUT, AnonymisationState.DONE):
        waiting = replaced(turn.uow, about.id).waiting
        messages = tuple(unreached_messages(turn.uow, about.id))
    return Sheet(**{**vars(line), "survey": seen, "readable": READ_ANYWAY, "waiting": waiting, "messages": messages})


def _name(turn: Turn, about: Anonymisation) -> str:
    """Of whom: as they are called now, which is nobody once it is done."""
    if about.person_id is not None:
        return person_with_id(turn.uow, about.person_id).name
    return about.name


_ANSWERS = {
    verb: Button(Subject.read, handle, again=answer_again, expired=answer_expired)
    for verb, handle in ((cards.APPROVE, approve), (cards.REFUSE, refuse), (cards.WITHDRAW, withdraw))
}

FLOW = Flow(
    name="anonymisation",
    buttons={
        cards.BEGIN: Button(Nothing.read, begin, only_shows=True),
        cards.CHOOSE: Button(Subject.read, choose, only_shows=True),
        cards.ASK_RECORD: Button(Nothing.read, ask_record, only_shows=True),
        cards.PREVIEW: Button(RecordForm.read, preview, again=preview_again, refused=refused),
        cards.LOOK: Button(ProposeForm.read, look, refused=refused, only_shows=True),
        cards.PROPOSE: Button(ProposeForm.read, propose, again=propose_again, refused=refused),
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        **_ANSWERS,
    },
    questions={
        "anonymisation": Question(
            ("anonymiser", "anonymisér", "anonymisering", "anonymise", "anonymize"), asked, takes_rest=True
        )
    },
    views={VIEW: show, ASKED: show_asked, GONE_VIEW: show_gone},
    without=frozenset({"clock"}),
)
