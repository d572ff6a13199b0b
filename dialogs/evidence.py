"""The evidence base of the political discussion: what is known across the institutions, and never about one.

Questions: `videnbase` shows both age ranges side by side; with an age range, as `videnbase 0-6`, that one. Buttons lead
to one age range, to one theme with figures and words side by side, and to the period before.
"""

from cards import evidence as cards
from cards.evidence import Sheet
from cards.form import Nothing, Subject
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from dialogs.words import normalise
from domain.access import Record, Sight
from domain.cycle import Cycle
from domain.errors import NotAllowed
from domain.evidence import Evidence
from domain.organisation import AgeRange
from domain.period import HalfYear
from storage.cycle import cycle_before, cycle_in, cycle_with_id, themes_with_ids
from storage.evidence import evidence_for
from storage.network import statements_about


def asked(turn: Turn, question: Asked) -> Card:
    """`videnbase`: both age ranges, or the one that is named."""
    turn.viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    named = _range_in(question.text)
    if named and (cycle := _present(turn, named)):
        return _show(turn, cycle)
    return both(turn)


def both(turn: Turn) -> Card:
    turn.viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    found = [_evidence(turn, cycle) for each in AgeRange if (cycle := _present(turn, each))]
    return cards.both(turn._, found) if found else cards.none_yet(turn._)


def open_it(turn: Turn, subject: Subject) -> Card:
    turn.viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    return _show(turn, cycle_with_id(turn.uow, subject.id))


def choose_theme(turn: Turn, subject: Subject) -> Card:
    turn.viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    return cards.choose(turn._, _evidence(turn, cycle_with_id(turn.uow, subject.id)))


def open_theme(turn: Turn, subject: Subject) -> Card:
    """A theme in the cycle that it began; one that was not sent out is answered like one that is not there."""
    turn.viewer.require_of_all(Record.EVIDENCE, Sight.AGGREGATE)
    theme = themes_with_ids(turn.uow, [subject.id]).get(subject.id)
    cycle = cycle_in(turn.uow, theme.age_range, theme.valid_from) if theme else None
    if cycle is None:
        raise NotAllowed
    sheet = _sheet(turn, cycle)
    about = next((each for each in sheet.evidence.themes if each.theme.id == subject.id), None)
    if about is None:
        raise NotAllowed
    return cards.show_theme(turn._, sheet, about)


def _show(turn: Turn, cycle: Cycle) -> Card:
    return cards.show(turn._, _sheet(turn, cycle))


def _sheet(turn: Turn, cycle: Cycle) -> Sheet:
    return Sheet(
        evidence=_evidence(turn, cycle),
        statements=statements_about(turn.uow, turn.viewer, cycle),
        before=cycle_before(turn.uow, cycle),
    )


def _evidence(turn: Turn, cycle: Cycle) -> Evidence:
    municipality = turn.municipality
    fewest, zone = municipality.fewest_institutions, municipality.zone
    return evidence_for(turn.uow, turn.viewer, cycle, fewest=fewest, now=turn.now, zone=zone)


def _present(turn: Turn, age_range: AgeRange) -> Cycle | None:
    return cycle_in(turn.uow, age_range, HalfYear.of(turn.today))


def _range_in(text: str) -> AgeRange | None:
    """`videnbase 0-6`, `evidence 6-18`; None for both, or where none is named."""
    words = f" {normalise(text)} "
    return next((each for each in AgeRange if f" {each.value.replace('-', ' ')} " in words), None)


FLOW = Flow(
    name="evidence",
    buttons={
        cards.BOTH: Button(Nothing.read, lambda turn, _: both(turn), only_shows=True),
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.CHOOSE: Button(Subject.read, choose_theme, only_shows=True),
        cards.THEME: Button(Subject.read, open_theme, only_shows=True),
    },
    questions={
        "evidence": Question(("videnbase", "videnbasen", "grundlag", "evidence", "evidence base"), asked),
    },
    without=frozenset({"views", "clock"}),
)
