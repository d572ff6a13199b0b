"""A personal preparation note to a 1:1: off unless chosen, its author's alone, and deleted 30 days after the meeting.

Clock: deletes what is old. Buttons: *Slå til*, *Slå fra*, *Gem notatet*. Question: `forberedelsesnotat`.
"""

from collections.abc import Iterable

from cards import draft
from cards import personal_note as cards
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.meeting import Meeting
from cards.parts import said
from cards.personal_note import Form
from dialogs.behind import told_behind
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.meeting import meeting_for
from dialogs.turn import Turn
from domain.errors import NotAllowed, Problem, Problems
from domain.personal_note import KEPT_FOR, PersonalNote
from domain.prompt import Occasion
from storage.one_on_one import begun_of, coming_of
from storage.personal_note import delete_old_notes, own_note

WORDS = ("forberedelsesnotat", "mit forberedelsesnotat", "note til mig selv", "preparation note", "note to myself")


def write(turn: Turn, subject: Subject) -> Card:
    meeting = meeting_for(turn, subject.id)
    kept = own_note(turn.uow, turn.viewer, meeting.one_on_one)
    if not turn.person.keeps_notes and kept is None:
        return cards.choose(turn._, is_on=False)
    return _ask(turn, meeting, kept)


def save(turn: Turn, form: Form) -> Card:
    """Keeps it; written in another place meanwhile, it is shown beside what was typed.

    Turned off meanwhile, none is begun: the choice is shown, and what was typed is given back.
    """
    meeting = _open(turn, form)
    kept = own_note(turn.uow, turn.viewer, meeting.one_on_one)
    if not turn.person.keeps_notes and kept is None:
        card = cards.choose(turn._, is_on=False)
        written = draft.given_back(turn._, [said(form.text, spacing="Small")] if form.text else [])
        return {**card, "body": [*card["body"], *written]}
    if kept is not None and kept.text != form.text and form.was != kept.version:
        raise Problems({"text": Problem("written_elsewhere")})
    if kept is None:
        kept = PersonalNote(one_on_one_id=meeting.one_on_one.id, author_id=turn.person.id, written_at=turn.now)
        turn.uow.add(kept)
    kept.write(form.text, turn.now)
    turn.uow.session.flush()
    return _ask(turn, meeting, kept, was_saved=True)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    meeting = _open(turn, form)
    kept = own_note(turn.uow, turn.viewer, meeting.one_on_one)
    return cards.ask(
        turn._,
        meeting,
        kept=kept.text if kept else "",
        version=kept.version if kept else 0,
        typed=form,
        problems=problems,
    )


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def turn_on(turn: Turn, _nothing: Nothing) -> Card:
    turn.person.keeps_notes = True
    return cards.choose(turn._, is_on=True, meeting=_nearest(turn))


def turn_off(turn: Turn, _nothing: Nothing) -> Card:
    """No more of them are offered; what is written stays the author's until it is deleted."""
    turn.person.keeps_notes = False
    return cards.choose(turn._, is_on=False)


def asked(turn: Turn, question: Asked) -> Card:
    """`forberedelsesnotat`: whether one wants any, and the note to the nearest 1:1; with what was typed for it at its
    end, to whoever has any."""
    words, meeting = told_behind(question.text, WORDS), _nearest(turn)
    if not (words and meeting and turn.person.keeps_notes):
        return cards.choose(turn._, is_on=turn.person.keeps_notes, meeting=meeting)
    kept = own_note(turn.uow, turn.viewer, meeting.one_on_one)
    version = kept.version if kept else 0
    written = "\n".join([*([kept.text] if kept else []), words])
    typed = Form(one_on_one_id=meeting.one_on_one.id, text=written, was=version)
    return cards.ask(turn._, meeting, kept=kept.text if kept else "", version=version, typed=typed)


def clock(planning: Planning) -> Iterable[Occasion]:
    """ "Slettes 30 dage efter mødet": nobody is told of it."""
    delete_old_notes(planning.uow, planning.now)
    return ()


def _nearest(turn: Turn) -> Meeting | None:
    found = [
        *coming_of(turn.uow, turn.person.id, turn.now),
        *begun_of(turn.uow, turn.person.id, turn.now - KEPT_FOR, turn.now),
    ]
    for each in found:
        try:
            return meeting_for(turn, each.id)
        except NotAllowed:
            continue
    return None


def _open(turn: Turn, form: Form) -> Meeting:
    """The 1:1 of a note that may be written: chosen, and not older than the notes are kept."""
    meeting = meeting_for(turn, form.one_on_one_id)
    if turn.now >= meeting.one_on_one.starts_at + KEPT_FOR:
        raise NotAllowed
    return meeting


def _ask(turn: Turn, meeting: Meeting, kept: PersonalNote | None, *, was_saved: bool = False) -> Card:
    return cards.ask(
        turn._,
        meeting,
        kept=kept.text if kept else "",
        version=kept.version if kept else 0,
        was_saved=was_saved,
    )


FLOW = Flow(
    name="personal_note",
    buttons={
        cards.WRITE: Button(Subject.read, write),
        cards.SAVE: Button(Form.read, save, again=again, refused=refused),
        cards.TURN_ON: Button(Nothing.read, turn_on),
        cards.TURN_OFF: Button(Nothing.read, turn_off),
    },
    questions={
        "personal_note": Question(
            WORDS,
            asked,
        )
    },
    clock=clock,
    without=frozenset({"views"}),
)
