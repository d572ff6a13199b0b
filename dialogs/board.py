"""What goes to the board, and what the board said.

Button: *Send til bestyrelsen*, on the decisions of a dialogue, shows a leader what is in the extract and gives it as
Word, as PDF, or as text to copy. *Notér bestyrelsens svar* keeps the day on which the board was informed and what it
said; it is corrected as long as the dialogue is open, and added with a signature afterwards.
Question: `bestyrelse` opens it for the latest dialogue in which something was decided, or asks which.
"""

from collections.abc import Sequence
from uuid import UUID

from cards import board as cards
from cards import decision as decisions
from cards.board import Form, Piece, Record, Sheet
from cards.board_extract import Extract, document, file_name
from cards.dialogue import choose
from cards.document import plain
from cards.form import Subject
from cards.kit import Card
from dialogs.copies import renew
from dialogs.decision_sheet import sheet_of
from dialogs.document_file import as_pdf, as_word
from dialogs.flow import Asked, Button, File, Flow, Question
from dialogs.stories import story_of
from dialogs.turn import Turn
from domain.access import Record as Sort
from domain.board import BoardNote, require_decided
from domain.decision import Decision, require_reflection
from domain.dialogue import Dialogue, DialogueState
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.focus_area import FocusArea
from domain.identity import new_id
from domain.organisation import Institution
from storage.board import added_note, latest_decided_in, note_to_write, notes_for
from storage.dialogue import dialogue_with_id
from storage.focus_area import focus_areas_of
from storage.method import tools_for
from storage.organisation import person_with_id
from storage.perspective import perspectives_of
from storage.recommendation import recommendations_in
from storage.reflection import reflection_for
from storage.roles import institutions_led_by

VIEW, WORD, PDF = "board", "board.word", "board.pdf"
# A card is 25 KB at most, and a letter in it may take two bytes more than in the text itself.
LONGEST_PIECE = 9_000


def open_it(turn: Turn, subject: Subject) -> Card:
    dialogue, where = _mine(turn, subject.id)
    sheet = Sheet(
        extract=_extract(turn, dialogue, where),
        notes=notes_for(turn.uow, turn.viewer, dialogue, where),
        word=turn.link_to(WORD, dialogue.id),
        pdf=turn.link_to(PDF, dialogue.id),
    )
    turn.shows(VIEW, dialogue.id)
    return cards.show(turn._, sheet)


def copy(turn: Turn, piece: Piece) -> Card:
    """The extract as text; a long one comes in pieces, since a card has room for so much."""
    made = _extract(turn, *_mine(turn, piece.dialogue_id))
    pieces = plain.pieces_of(plain.write(document(turn._, made)), LONGEST_PIECE)
    return cards.copied(turn._, made, pieces, min(piece.number, len(pieces)))


def ask(turn: Turn, subject: Subject) -> Card:
    dialogue, where = _mine(turn, subject.id)
    require_decided(dialogue)
    return cards.ask(turn._, _record(turn, dialogue, where))


def save(turn: Turn, form: Form) -> Card:
    """Keeps it; what two leaders write at once is shown to the second, who keeps theirs in the fields."""
    dialogue, where = _mine(turn, form.dialogue_id)
    require_decided(dialogue)
    is_closed = dialogue.state is DialogueState.CLOSED
    if is_closed and form.was_open:
        raise Expired("dialogue_closed")
    kept = (
        added_note(turn.uow, dialogue, form.note_id)
        if is_closed
        else note_to_write(turn.uow, turn.viewer, dialogue, where)
    )
    days = {"held_on": dialogue.starts_at.astimezone(turn.municipality.zone).date(), "today": turn.today}
    if kept is None:
        made = BoardNote.of(dialogue, form.told, by=turn.person.id, now=turn.now, **days)
        made.id = form.note_id
        turn.uow.add(made)
    elif not is_closed and is_changed(form.told, kept.told, form.was):
        kept.write(dialogue, form.told, by=turn.person.id, now=turn.now, **days)
    turn.uow.session.flush()
    renew(turn.uow, turn.person, "decision", dialogue.id, turn.now)
    turn.changes(VIEW, dialogue.id)
    return cards.saved(turn._, _record(turn, dialogue, where), notes_for(turn.uow, turn.viewer, dialogue, where))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same card with everything that was typed, and what is wrong with it or was written meanwhile."""
    record = _record(turn, *_mine(turn, form.dialogue_id), form)
    return cards.ask(turn._, record, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    """Closed meanwhile: what was typed stands in the card still, and is added when it is saved once more."""
    dialogue, where = _mine(turn, form.dialogue_id)
    if why.code != "dialogue_closed":
        return decisions.over(turn._, dialogue, where, why)
    return cards.ask(turn._, _record(turn, dialogue, where, form), typed=form, has_closed=True)


def expired_subject(turn: Turn, subject: Subject, why: Expired) -> Card:
    return decisions.over(turn._, *_mine(turn, subject.id), why)


def expired_piece(turn: Turn, piece: Piece, why: Expired) -> Card:
    return expired_subject(turn, Subject(piece.dialogue_id), why)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def asked(turn: Turn, question: Asked) -> Card:
    """`bestyrelse`: the latest dialogue in which something was decided, or a choice of them."""
    led = {where.id: where for where in institutions_led_by(turn.uow, turn.viewer)}
    if not led:
        raise NotAllowed
    found = [(each, led[where_id]) for where_id, each in latest_decided_in(turn.uow, led).items()]
    if not found:
        return cards.nothing_yet(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return choose(turn._, found, cards.OPEN)


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    return open_it(turn, Subject(dialogue_id))


def word_file(turn: Turn, dialogue_id: UUID) -> File:
    made = _extract(turn, *_mine(turn, dialogue_id))
    return as_word(file_name(turn._, made), document(turn._, made))


def pdf_file(turn: Turn, dialogue_id: UUID) -> File:
    made = _extract(turn, *_mine(turn, dialogue_id))
    return as_pdf(file_name(turn._, made), document(turn._, made))


def _mine(turn: Turn, dialogue_id: UUID) -> tuple[Dialogue, Institution]:
    """The dialogue for the leaders of its institution: to the board it is theirs alone to send."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    turn.viewer.require(Sort.BOARD_EXTRACT, where)
    return dialogue, where


def _extract(turn: Turn, dialogue: Dialogue, where: Institution) -> Extract:
    """Everything that is saved, and nothing that is a draft; raises `Expired` before something is decided."""
    uow, viewer = turn.uow, turn.viewer
    reflection = require_reflection(reflection_for(uow, viewer, dialogue, where), dialogue.id)
    require_decided(dialogue)
    decided = sheet_of(turn, dialogue, where, reflection)
    told = perspectives_of(uow, viewer, where, dialogue.half_year)
    recommended = recommendations_in(uow, told)
    return Extract(
        institution=where,
        dialogue=dialogue,
        reflection=reflection,
        figures=decided.figures,
        decided=decided,
        stories=[story_of(turn, each, where) for each in _areas(turn, where, decided.decisions)],
        perspectives=[(each, recommended.get(each.id)) for each in told],
        tools={each.id: each for each in tools_for(uow, where.age_range)},
        made_at=turn.now,
    )


def _areas(turn: Turn, where: Institution, decided: Sequence[Decision]) -> list[FocusArea]:
    """The focus areas that are going on, and those that these decisions were about."""
    about = {each.focus_area_id for each in decided}
    by = {each.id for each in decided}
    areas = focus_areas_of(turn.uow, where, active=False)
    return [each for each in areas if each.is_active or each.id in about or each.decision_id in by]


def _record(turn: Turn, dialogue: Dialogue, where: Institution, typed: Form | None = None) -> Record:
    is_open = dialogue.state is not DialogueState.CLOSED
    kept = note_to_write(turn.uow, turn.viewer, dialogue, where) if is_open else None
    drawn = typed.note_id if typed and typed.was_open is is_open else new_id()
    return Record(
        institution=where,
        dialogue=dialogue,
        note_id=kept.id if kept else drawn,
        note=kept,
        viewer=turn.person,
        written_by=person_with_id(turn.uow, kept.author_id) if kept else None,
    )


FLOW: Flow = Flow(
    name="board",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, expired=expired_subject, only_shows=True),
        cards.COPY: Button(Piece.read, copy, expired=expired_piece, only_shows=True),
        cards.ASK: Button(Subject.read, ask, expired=expired_subject),
        cards.SAVE: Button(Form.read, save, again=again, expired=expired, refused=refused),
    },
    questions={
        "board": Question(
            (
                "bestyrelse",
                "bestyrelsen",
                "send til bestyrelsen",
                "uddrag til bestyrelsen",
                "bestyrelsesmøde",
                "board",
                "board extract",
            ),
            asked,
        ),
    },
    views={VIEW: show},
    files={WORD: word_file, PDF: pdf_file},
    without=frozenset({"clock"}),
)
