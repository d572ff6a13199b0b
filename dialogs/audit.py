"""Who has read what of one: notes from 1:1s and feedback on observations, each read of which is written down.

Question: `hvem har set det`. The data protection officer is asked whom it is about, and gets the same of anybody: who
has read what and when, and nothing of what was read.
"""

from collections.abc import Iterable, Sequence

from cards import audit as cards
from cards.audit import Read
from cards.form import Subject
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.names import named
from dialogs.turn import Turn
from dialogs.words import normalise
from domain.access import Record
from domain.audit import AuditEvent, Export
from domain.organisation import Institution, Person, Role
from storage.audit import exports_of, is_overseen, people_concerned, reads_concerning, reads_concerning_anybody, when_of
from storage.organisation import person_with_id

_NOTES = (
    "notat", "notatet", "notater", "notaterne", "note", "noten", "noter", "noterne", "notes", "referat", "referatet",
)  # fmt: skip
# Lines on the card.
MOST = 30


def asked(turn: Turn, question: Asked) -> Card:
    if turn.viewer.has(Role.PROTECTION_OFFICER):
        return _choose(turn, question)
    words = normalise(question.text)
    is_of_preparation = "forbered" in words or "prepar" in words
    return cards.show(
        turn._,
        _by_day(turn, reads_concerning(turn.uow, turn.viewer), exports_of(turn.uow, turn.person.id)),
        is_of_preparation=is_of_preparation,
        is_of_note=not is_of_preparation and any(each in words.split() for each in _NOTES),
        is_overseen=is_overseen(turn.uow, turn.today),
    )


def open_of(turn: Turn, subject: Subject) -> Card:
    """Who has read what of somebody, for the data protection officer."""
    found = _by_day(turn, reads_concerning_anybody(turn.uow, turn.viewer, subject.id), exports_of(turn.uow, subject.id))
    return cards.show_of(turn._, person_with_id(turn.uow, subject.id), found)


def _choose(turn: Turn, question: Asked) -> Card:
    """Of whom: all whom something that is written down concerns, or those of the name that was typed."""
    people = people_concerned(turn.uow, turn.viewer)
    meant = named(question.rest, [(each, [each.name]) for each in people]).found if question.rest else ()
    meant = meant or _spoken_of(question.text, people)
    if len(meant) == 1:
        return open_of(turn, Subject(meant[0].id))
    return cards.choose(turn._, meant or people)


def _spoken_of(text: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those whose names stand in a whole sentence, also in the genitive; of several, whose name is there most."""
    words = set(normalise(text).split())
    words |= {word[:-1] for word in words if word.endswith("s")}
    found = [(len(words & set(normalise(each.name).split())), each) for each in people]
    most = max((number for number, _person in found), default=0)
    return tuple(each for number, each in found if number == most) if most else ()


def _by_day(
    turn: Turn, reads: Iterable[tuple[AuditEvent, Person, Institution]], exports: Iterable[Export]
) -> list[Read]:
    """A line for each reader, matter and local day, and each time all was written out; newest first, at most `MOST`."""
    found: dict[tuple[object, ...], Read] = {}
    reads = list(reads)
    begun = when_of(turn.uow, {event.subject_id for event, _reader, _where in reads})
    # The newest come first, so that each one after it is an earlier first time.
    for event, reader, where in reads:
        day = event.at.astimezone(turn.municipality.zone).date()
        key = (reader.id, event.record, event.subject_id, day)
        earlier = found.get(key)
        found[key] = Read(
            reader=reader.name,
            record=event.record,
            institution=where.name,
            at=earlier.at if earlier else event.at,
            first_at=event.at,
            times=earlier.times + 1 if earlier else 1,
            of=begun.get(event.subject_id),
        )
    written_out = [
        Read(
            reader=each.reader,
            record=Record.EVERYTHING,
            institution=each.case,
            at=each.at,
            first_at=each.at,
            times=1,
        )
        for each in exports
    ]
    return sorted([*found.values(), *written_out], key=lambda each: each.at, reverse=True)[:MOST]


FLOW = Flow(
    name="audit",
    buttons={cards.OPEN: Button(Subject.read, open_of, only_shows=True)},
    questions={
        "who_has_seen": Question(
            ("hvem har set det", "hvem har set", "hvem har læst det", "who has seen it", "who has read it"), asked
        )
    },
    without=frozenset({"views", "clock"}),
)
