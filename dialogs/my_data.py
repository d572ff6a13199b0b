"""What is kept about whoever asks: how much of each kind, who can read it, who has, and all of it as a file.

Button: *Mine data*. Question: `mine data`. File: everything that is theirs by the policy of the day, as one page.
"""

from functools import partial
from uuid import UUID

from cards import my_data as cards
from cards import my_data_file
from cards.document import Document
from cards.document.html import HTML_TYPE, write
from cards.form import Nothing
from cards.kit import Card
from cards.my_data import Sheet
from dialogs.flow import Asked, Button, File, Flow, Question
from dialogs.turn import Turn
from dialogs.visiting import note_reading
from domain.access import Record
from domain.errors import NotAllowed
from domain.kept import Kind
from domain.my_data import Everything, Part
from storage.feedback import feedback_for
from storage.my_data import everything_about, held_of, latest_reads, posts_of
from storage.one_on_one_line import one_on_one_for

FILE = "my_data"


def show(turn: Turn, _nothing: Nothing | None = None) -> Card:
    return cards.show(
        turn._,
        Sheet(
            someone=turn.person,
            posts=posts_of(turn.uow, turn.person.id),
            held=held_of(turn.uow, turn.person.id, turn.now),
            reads=latest_reads(turn.uow, turn.person.id),
            contact=turn.municipality.facts.contact,
            link=turn.link_to(FILE, turn.person.id),
        ),
    )


def asked(turn: Turn, question: Asked) -> Card:
    return show(turn)


def file(turn: Turn, person_id: UUID) -> File:
    """All of it, for the person alone; what others wrote in it counts as read (I33)."""
    if person_id != turn.person.id:
        raise NotAllowed
    found = everything_about(turn.uow, turn.person, turn.now, viewer=turn.viewer)
    _note_reads(turn, found)
    made = my_data_file.document(turn._, turn.person, found, owed=turn.municipality.facts, made_at=turn.now)
    return File(name=cards.file_name(turn._), media_type=HTML_TYPE, content=partial(_written, made))


def _written(document: Document) -> bytes:
    return write(document)


def _note_reads(turn: Turn, found: Everything) -> None:
    for each in found.entries:
        if each.part is not Part.CONCERNED or not each.texts or each.id is None:
            continue
        if each.kind is Kind.FEEDBACK and each.table == "feedback":
            note_reading(turn, feedback_for(turn.uow, turn.viewer, each.id, turn.now))
        if each.kind is Kind.ONE_ON_ONE and each.table == "note_version":
            about, pair = one_on_one_for(turn.uow, turn.viewer, UUID(str(each.facts["one_on_one_id"])))
            for where in pair.places[:1]:
                turn.reads(Record.ONE_ON_ONE_NOTE, about.id, concerns=[pair.chief_id, pair.leader_id], where=where)


FLOW = Flow(
    name="my_data",
    buttons={cards.OPEN: Button(Nothing.read, show, only_shows=True)},
    questions={
        "my_data": Question(
            (
                "mine data",
                "hent mine data",
                "hvilke data har du om mig",
                "hvilke data har I om mig",
                "hvad har I gemt om mig",
                "data om mig",
                "oplysninger om mig",
                "mine oplysninger",
                "mine personoplysninger",
                "hvad er gemt om mig",
                "hvad har du gemt om mig",
                "hvad ved du om mig",
                "indsigt i mine data",
                "my data",
                "get my data",
                "download my data",
                "which data do you have about me",
                "data about me",
                "what is kept about me",
                "what do you know about me",
            ),
            asked,
        )
    },
    files={FILE: file},
    without=frozenset({"views", "clock"}),
)
