"""A request for a correction as it stands for one of the two, and the word to the other."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import rectification as cards
from cards.form import Subject
from cards.kit import Card
from cards.rectification import Sheet
from dialogs.meeting import is_in_line
from dialogs.turn import Turn
from domain.feedback import Feedback
from domain.observation import Observation
from domain.one_on_one import OneOnOne
from domain.prompt import Occasion
from domain.rectification import Matter, Rectification
from storage.note import note_of
from storage.one_on_one_line import pair_of
from storage.organisation import institution_with_id, person_with_id
from storage.prompt import plan
from storage.rectification import rectification_for

VIEW, ASKED = "rectification", "rectification.asked"
TOLD_FOR = timedelta(days=14)


def open_it(turn: Turn, subject: Subject) -> Card:
    """To its author, who is to answer, or how it stands."""
    request = rectification_for(turn.uow, turn.viewer, subject.id)
    sheet = sheet_of(turn, request)
    turn.shows(ASKED if request.author_id == turn.person.id else VIEW, request.id)
    return cards.ask_author(turn._, sheet) if sheet.is_asked else cards.show(turn._, sheet)


def sheet_of(turn: Turn, request: Rectification) -> Sheet:
    """The request with where it belongs; the note itself only for its author, who is to correct it."""
    asker, author = (person_with_id(turn.uow, each) for each in (request.asked_by, request.author_id))
    sheet = Sheet(
        request=request,
        asker=asker,
        author=author,
        viewer=turn.person,
        place="",
        at=request.asked_at,
        contact=turn.municipality.facts.contact,
    )
    if request.matter is Matter.FEEDBACK:
        feedback = turn.uow.get(Feedback, request.subject_id)
        if feedback is None:
            return replace(sheet, can_correct=False, is_gone=True)
        host = institution_with_id(turn.uow, feedback.institution_id)
        visit = turn.uow.session.get_one(Observation, feedback.observation_id)
        return replace(sheet, place=host.name, at=visit.starts_at or request.asked_at)
    about = turn.uow.get(OneOnOne, request.subject_id)
    if about is None:
        return replace(sheet, can_correct=False, is_gone=True)
    pair = pair_of(turn.uow, about, turn.today)
    sheet = replace(sheet, place=turn._.join(each.name for each in pair.places), at=about.starts_at)
    if not sheet.is_asked:
        return sheet
    version = note_of(turn.uow, turn.viewer, about, pair)
    if version is None or not is_in_line(turn, about):
        return replace(sheet, can_correct=False)
    return replace(sheet, kept=version.content, number=version.number)


def tell(turn: Turn, request: Rectification, view: str, person_id: UUID) -> None:
    """Sends the request to one of the two, as it stands when it arrives."""
    plan(
        turn.uow,
        Occasion(
            key=f"{view.replace('.', ':')}:{request.id}:{request.state.value}:{person_id}",
            person_id=person_id,
            view=view,
            subject_id=request.id,
            due_at=turn.now,
            expires_at=max(request.answer_by, turn.now + TOLD_FOR),
            personal=True,
        ),
    )
