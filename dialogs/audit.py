"""Who has read what of one: notes from 1:1s and feedback on observations, each read of which is written down.

Question: `hvem har set det`.
"""

from cards import audit as cards
from cards.audit import Read
from cards.kit import Card
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from dialogs.words import normalise
from storage.audit import reads_concerning

# Lines on the card.
MOST = 30


def asked(turn: Turn, question: Asked) -> Card:
    words = normalise(question.text)
    return cards.show(turn._, _by_day(turn), is_of_preparation="forbered" in words or "prepar" in words)


def _by_day(turn: Turn) -> list[Read]:
    """One line for each reader, matter and local day, newest first; at most `MOST`."""
    found: dict[tuple[object, ...], Read] = {}
    # The newest come first, so that each one after it is an earlier first time.
    for event, reader, where in reads_concerning(turn.uow, turn.viewer):
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
        )
    return list(found.values())[:MOST]


FLOW = Flow(
    name="audit",
    questions={
        "who_has_seen": Question(
            ("hvem har set det", "hvem har set", "hvem har læst det", "who has seen it", "who has read it"), asked
        )
    },
    without=frozenset({"buttons", "views", "clock"}),
)
