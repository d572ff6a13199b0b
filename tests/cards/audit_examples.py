"""The cards that say who has read what."""

from datetime import timedelta

from cards import audit
from cards.audit import Read
from cards.kit import Card
from cards.language import Translator
from domain.access import Record
from tests.cards import municipality as made
from tests.cards.by_name import examples_in


def audit_reads(_: Translator) -> Card:
    reads = [
        Read(
            reader="Birgit Dam",
            record=Record.FEEDBACK,
            institution="Elmeskolen",
            at=made.STARTS,
            first_at=made.STARTS - timedelta(hours=2),
            times=2,
            of=made.STARTS - timedelta(days=7),
        ),
        Read(
            reader="Kirsten Vestergaard-Christoffersen",
            record=Record.ONE_ON_ONE_NOTE,
            institution="Børnehuset Åen",
            at=made.STARTS,
            first_at=made.STARTS,
            times=1,
            of=made.STARTS - timedelta(days=30),
        ),
    ]
    return audit.show(_, reads)


def audit_preparation(_: Translator) -> Card:
    return audit.show(_, [], is_of_preparation=True)


def audit_note(_: Translator) -> Card:
    return audit.show(_, [], is_of_note=True)


def audit_overseen(_: Translator) -> Card:
    return audit.show(_, [], is_overseen=True)


def audit_whom(_: Translator) -> Card:
    return audit.choose(_, [made.colleague(), made.leader()])


def audit_of_somebody(_: Translator) -> Card:
    read = Read(
        reader="Birgit Dam",
        record=Record.FEEDBACK,
        institution="Elmeskolen",
        at=made.STARTS,
        first_at=made.STARTS,
        times=1,
    )
    return audit.show_of(_, made.leader(), [read])


def audit_of_nobody(_: Translator) -> Card:
    return audit.choose(_, [])


def audit_nobody(_: Translator) -> Card:
    return audit.show(_, [])


EXAMPLES = examples_in(globals())
