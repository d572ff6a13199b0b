"""The cards of what is followed up: agreements, a 1:1 in short, what waits, and two half-years side by side."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cards import agreement_overview, attention_list, attention_own, compare_half_years, one_on_one_recap, source
from cards.agreement_overview import Overview
from cards.answer import show
from cards.kit import Card
from cards.language import Translator
from cards.move import Appointment
from cards.one_on_one_recap import Brought, Recap
from cards.task import Task
from domain.agreement import AgreementState, Owner
from domain.attention_list import Waiting, WaitingFact
from domain.compare_half_years import Half
from domain.dialogue import DialogueState
from domain.evidence import Average
from domain.facts import AgreementFact, AgreementWord, SourceKind
from domain.one_on_one import OneOnOneState
from domain.organisation import Institution
from domain.perspective import Group
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.status import Status
from domain.supervision import Found, ThemeData
from tests.cards import municipality as made
from tests.cards.municipality import SPRING, STARTS, WORDS
from tests.cards.supervision_examples import bounds, found, scope

ENDED = {
    AgreementWord.DONE: AgreementState.DONE,
    AgreementWord.CONTINUED: AgreementState.CONTINUED,
    AgreementWord.DROPPED: AgreementState.DROPPED,
}


def agreed(words: str, word: AgreementWord, number: int, where: Institution | None = None) -> AgreementFact:
    where = where or made.school()
    more: dict[str, Any] = {"due": date(2026, 3, 27) if word is AgreementWord.OVERDUE else date(2026, 5, 21)}
    if word in ENDED:
        more |= {"ended_at": STARTS - timedelta(days=4), "result": WORDS, "owner": Owner.TOGETHER}
    about = made.agreement(words, ENDED.get(word, AgreementState.OPEN), number=number, **more)
    about.institution_id = where.id
    return AgreementFact(where=where, agreement=about, leader=made.leader(), word=word)


def agreements(words: str = WORDS, *, several: bool = False) -> Found[AgreementFact, AgreementWord]:
    facts = [
        agreed("Mette inviterer en leder fra et andet tilbud til at observere", AgreementWord.OPEN, 601),
        agreed(words, AgreementWord.OVERDUE, 602, made.day_care() if several else None),
        agreed("Birgit finder et lokale til netværket", AgreementWord.DONE, 603),
        agreed("Vi ser på fraværet hver måned", AgreementWord.CONTINUED, 604),
        agreed("Et kursus i klasseledelse", AgreementWord.DROPPED, 605),
    ]
    counts = dict.fromkeys(AgreementWord, 1)
    if several:
        counts |= {AgreementWord.OPEN: 11, AgreementWord.DONE: 7}
    return Found(total=sum(counts.values()), places=2, counts=counts, facts=facts)


def _agreements(_: Translator, about: Scope, told: Found[AgreementFact, AgreementWord], **more: Any) -> Card:
    asked = replace(bounds(about), status=more.pop("status", None))
    return show(_, agreement_overview.answer(_, Overview(scope=about, bounds=asked, found=told, **more)))


def agreements_one(_: Translator, words: str = WORDS) -> Card:
    return _agreements(_, scope(), agreements(words))


def agreements_several(_: Translator, words: str = WORDS) -> Card:
    return _agreements(_, scope(several=True), agreements(words, several=True))


def agreements_overdue(_: Translator) -> Card:
    """Of one leader, who is read back."""
    late = agreed("Vi ser på fraværet hver måned", AgreementWord.OVERDUE, 602)
    told = Found(total=1, places=1, counts={AgreementWord.OVERDUE: 1}, facts=[late])
    return _agreements(_, scope(), told, status=AskedStatus.OVERDUE, leaders=[made.leader()])


def agreements_nothing(_: Translator) -> Card:
    return _agreements(_, scope(several=True), Found())


def agreements_without(_: Translator) -> Card:
    return _agreements(_, scope(several=True), Found(), status=AskedStatus.NONE, without=[made.day_care()])


def _recap(_: Translator, **more: Any) -> Card:
    is_chief = more.get("is_chief", True)
    other = made.leader() if is_chief else made.chief()
    given = {"is_chief": True, "other": other, "now": STARTS, **more}
    about = scope()
    asked = Bounds(leader_ids=(made.leader().id,), institution_ids=(made.school().id,))
    return show(_, one_on_one_recap.answer(_, Recap(scope=about, bounds=asked, **given)), can_narrow=False)


def _held(*, as_chief: bool) -> dict[str, Any]:
    last = made.meeting(OneOnOneState.CONFIRMED, as_chief=as_chief)
    last.one_on_one.starts_at = STARTS - timedelta(days=35)
    following = made.meeting(OneOnOneState.AGENDA_OPEN, as_chief=as_chief)
    following.one_on_one.id = made.uid(606)
    earlier = made.dialogue(DialogueState.RECORDED, number=1)
    earlier.id, earlier.starts_at = made.uid(607), STARTS - timedelta(days=190)
    where = made.school().id
    return {
        "last": last,
        "next": following,
        "last_dialogues": {where: earlier},
        "next_dialogues": {where: made.dialogue()},
    }


def recap(_: Translator, words: str = WORDS) -> Card:
    area = made.focus_area(words)
    area.bring_up_since = STARTS - timedelta(days=2)
    return _recap(
        _,
        **_held(as_chief=True),
        made=[
            agreed("Mette inviterer en leder fra et andet tilbud til at observere", AgreementWord.OPEN, 601),
            agreed("Birgit finder et lokale til netværket", AgreementWord.DONE, 603),
        ],
        others=[agreed(words, AgreementWord.OVERDUE, 602)],
        brought=[Brought(area=area, where=made.school(), theme=made.themes()[0])],
        has_others=True,
    )


def recap_leader(_: Translator) -> Card:
    made_then = [agreed("Mette inviterer en leder fra et andet tilbud til at observere", AgreementWord.OPEN, 601)]
    return _recap(_, **_held(as_chief=False), made=made_then, is_chief=False)


def recap_no_file(_: Translator) -> Card:
    return one_on_one_recap.no_file(_, recap(_))


def recap_nothing(_: Translator) -> Card:
    return _recap(_, has_others=True)


def recap_which(_: Translator) -> Card:
    others = [(made.colleague(), [made.day_care()]), (made.leader(), [made.school()])]
    return one_on_one_recap.which_one(_, others)


def recap_nobody(_: Translator) -> Card:
    return one_on_one_recap.nobodys(_)


def _waits(words: str = WORDS) -> dict[Waiting, Found[WaitingFact, Waiting]]:
    near, school, day_care = made.themes()[0], made.school(), made.day_care()

    def fact(waiting: Waiting, kind: SourceKind, number: int, days: int, **more: Any) -> WaitingFact:
        where = more.pop("where", school)
        at = STARTS - timedelta(days=days)
        return WaitingFact(where=where, waiting=waiting, kind=kind, id=made.uid(number), at=at, **more)

    about = made.agreement("Vi ser på fraværet hver måned", due=date(2026, 3, 27))
    kinds = SourceKind
    facts = [
        [fact(Waiting.FOCUS_AREA, kinds.FOCUS_AREA, 90, 40, title=words, theme=near)],
        [fact(Waiting.NOT_PREPARED, kinds.DIALOGUE, 20, 0, dialogue=made.dialogue())],
        [fact(Waiting.NOT_RECORDED, kinds.DIALOGUE, 610, 20, dialogue=made.dialogue(number=None), where=day_care)],
        [fact(Waiting.AGREEMENT, kinds.AGREEMENT, 210, 25, title=about.text, agreement=about)],
        [fact(Waiting.RECOMMENDATION, kinds.PERSPECTIVE, 611, 30, words=words, group=Group.PARENTS, where=day_care)],
        [fact(Waiting.ACKNOWLEDGEMENT, kinds.OBSERVATION, 612, 6)],
        [
            fact(Waiting.PERSPECTIVE, kinds.PLACE, 3, 110, group=Group.CHILDREN, where=day_care),
            fact(Waiting.PERSPECTIVE, kinds.PLACE, 2, 110, group=Group.YOUTH),
        ],
    ]
    return {
        each[0].waiting: Found(total=len(each) + (5 if each[0].waiting is Waiting.FOCUS_AREA else 0), facts=each)
        for each in facts
    }


def attention_several(_: Translator, words: str = WORDS) -> Card:
    about = scope(several=True)
    return show(_, attention_list.answer(_, about, bounds(about), _waits(words), as_of=STARTS))


def attention_of_ones_own(_: Translator) -> Card:
    """As a leader sees it at their own place."""
    own = (Waiting.FOCUS_AREA, Waiting.NOT_PREPARED, Waiting.ACKNOWLEDGEMENT)
    waits = {kind: replace(each, total=1) for kind, each in _waits("Flere stemmer i timerne").items() if kind in own}
    tasks = [Task.prepare(made.dialogue(), made.school()), Task.answer(made.recommendation(), made.school())]
    week = [Appointment(dialogue=(made.dialogue(), made.school()))]
    mine = attention_own.parts(_, tasks, 3, week, 0)
    about, within = scope(), bounds(scope())
    return show(_, attention_list.answer(_, about, within, waits, as_of=STARTS, own=mine), can_narrow=False)


def attention_nothing(_: Translator) -> Card:
    about = scope(several=True)
    return show(_, attention_list.answer(_, about, bounds(about), {}, as_of=STARTS))


def _halves(*, several: bool = False) -> Sequence[Half]:
    now = found(several=several)
    shares = [("Elever, der oplever at kunne deltage", 74.1, 78.4), ("Elever, der kender en voksen", 88.2, 87.5)]

    def data(later: bool) -> Sequence[ThemeData]:
        if not several:
            return [replace(each, figures=[] if not each.theme and not later else each.figures) for each in now.data]
        means = [
            Average.of(name, "%", new if later else old, institutions=2, people=412, fewest=1)
            for name, old, new in shares
        ]
        return [replace(now.data[0], averages=means)]

    return [
        Half(
            half_year=SPRING.previous,
            focus_areas=replace(now.focus_areas, total=1, counts={Status.JUST_BEGUN: 1}),
            dialogues=now.dialogues,
            agreements=replace(now.agreements, total=0, counts={}, facts=()),
            data=data(False),
        ),
        Half(
            half_year=SPRING,
            focus_areas=now.focus_areas,
            voices=now.voices,
            dialogues=now.dialogues,
            agreements=now.agreements,
            data=data(True),
        ),
    ]


def compare_one(_: Translator) -> Card:
    return show(_, compare_half_years.answer(_, scope(), bounds(scope()), _halves()))


def compare_several(_: Translator) -> Card:
    about = scope(several=True)
    return show(_, compare_half_years.answer(_, about, bounds(about), _halves(several=True)))


def compare_nothing(_: Translator) -> Card:
    halves = [Half(half_year=SPRING.plus(-3)), Half(half_year=SPRING.plus(-2))]
    return show(_, compare_half_years.answer(_, scope(), bounds(scope()), halves))


def agreements_sources(_: Translator) -> Card:
    about = scope(several=True)
    told = Overview(scope=about, bounds=bounds(about), found=agreements(several=True))
    return source.sources(_, agreement_overview.answer(_, told).listed, 0)


def recap_sources(_: Translator) -> Card:
    about = Recap(
        scope=scope(), bounds=bounds(scope()), other=made.leader(), is_chief=True, now=STARTS, **_held(as_chief=True)
    )
    return source.sources(_, one_on_one_recap.answer(_, about).listed, 0)


def attention_sources(_: Translator) -> Card:
    about = scope(several=True)
    return source.sources(_, attention_list.answer(_, about, bounds(about), _waits()).listed, 0)


def compare_sources(_: Translator) -> Card:
    return source.sources(_, compare_half_years.answer(_, scope(), bounds(scope()), _halves()).listed, 0)


EXAMPLES = {
    "agreement_overview_sources": agreements_sources,
    "one_on_one_recap_sources": recap_sources,
    "attention_list_sources": attention_sources,
    "compare_half_years_sources": compare_sources,
    "agreement_overview_one": agreements_one,
    "agreement_overview_several": agreements_several,
    "agreement_overview_overdue": agreements_overdue,
    "agreement_overview_nothing": agreements_nothing,
    "agreement_overview_without": agreements_without,
    "one_on_one_recap_chief": recap,
    "one_on_one_recap_leader": recap_leader,
    "one_on_one_recap_nothing": recap_nothing,
    "one_on_one_recap_no_file": recap_no_file,
    "one_on_one_recap_which": recap_which,
    "one_on_one_recap_nobody": recap_nobody,
    "attention_list_several": attention_several,
    "attention_list_own": attention_of_ones_own,
    "attention_list_nothing": attention_nothing,
    "compare_half_years_one": compare_one,
    "compare_half_years_several": compare_several,
    "compare_half_years_nothing": compare_nothing,
}
