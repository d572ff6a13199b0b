"""The invented school gets a new leader: Jonas Berg has taken over from Mette Holm, and Birgit Dam is their chief."""

from datetime import UTC, date, datetime
from typing import Any

from cards.handover import Row, Sheet
from cards.inherited import Inherited
from cards.new_leader import Handed
from domain.agreement import Agreement, AgreementState, Owner
from domain.dialogue import DialogueState
from domain.focus_area import FocusArea
from domain.handover import Handover
from tests.cards import municipality as made
from tests.cards.municipality import STARTS, WORDS, uid


def change_of_leader(words: str = WORDS, *, waiting: int = 3, settled: bool = False) -> Sheet:
    begun = Handover(
        assignment_id=uid(420),
        institution=made.school(),
        leader=made.colleague(),
        began_on=date(2026, 5, 11),
        changed_on=date(2026, 5, 11),
        former=(made.leader(),),
    )
    texts = [words, "Birgit undersøger lån af hallen", "Vi ser på tallene sammen efter sommerferien"]
    rows = [
        Row(agreement=_agreement(texts[number % 3], number), former=made.leader(), leader=made.leader())
        for number in range(waiting)
    ]
    moved = _agreement(words, 8, confirmed_at=STARTS)
    dropped = _agreement(texts[1], 9, state=AgreementState.DROPPED, result="Hallen er lukket for altid")
    decided = [
        Row(agreement=moved, former=made.leader(), leader=made.colleague()),
        Row(agreement=dropped, former=made.leader(), leader=made.leader()),
    ]
    return Sheet(
        institution=made.school(),
        leaders=[made.colleague()],
        new=[begun],
        former=[made.leader()],
        waiting=rows,
        settled=decided if settled else [],
        inherited=_inherited(words),
    )


def handed_over(words: str = WORDS, *, rows: int = 2, confirmed: bool = False) -> Handed:
    texts = (words, "Birgit undersøger lån af hallen")
    kept = [_agreement(texts[number], number, confirmed_at=STARTS if confirmed else None) for number in range(rows)]
    return Handed(institution=made.school(), rows=[(each, made.chief()) for each in kept], begun_with=uid(420))


def _agreement(words: str, number: int, **more: Any) -> Agreement:
    return Agreement(
        id=uid(410 + number),
        one_on_one_id=uid(200),
        institution_id=uid(2),
        chief_id=made.chief().id,
        leader_id=uid(4),
        text=words,
        owner=(Owner.LEADER, Owner.CHIEF, Owner.TOGETHER)[number % 3],
        due=date(2026, 5, 21),
        made_at=datetime(2026, 4, 23, 9, 0, tzinfo=UTC),
        **more,
    )


def _inherited(words: str) -> Inherited:
    return Inherited(
        institution=made.school(),
        stories=[made.story(words), made.story(area=_quiet_start(), begun=False)],
        decided_in=made.dialogue(DialogueState.RECORDED, number=1),
        decisions=[made.decision(words, saved=True)],
        measures=[made.measure()],
        next_dialogue=made.dialogue(),
        preparation=made.preparation(),
        recommendations=[made.recommendation(words)],
    )


def _quiet_start() -> FocusArea:
    area = made.focus_area()
    area.id, area.title = uid(91), "En rolig start på dagen"
    return area
