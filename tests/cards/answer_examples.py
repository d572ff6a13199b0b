"""The cards of the answers, as they look at the moments people meet them: of several institutions, of one, of none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cards import (
    answer,
    decision_list,
    dialogue_overview,
    focus_area_status,
    key_figures,
    observation_overview,
    perspective_summary,
    source,
)
from cards import scope as scope_cards
from cards.answer import Answer
from cards.kit import Card
from cards.language import Translator
from cards.scope import Choices
from dialogs.understanding.indicators import counted_by
from domain.decision import DecisionKind
from domain.decision_list import Behind, BoardFact, DecisionFact, MeasureFact, MeasureWord
from domain.dialogue import DialogueState
from domain.dialogue_overview import PlaceFact, Waiting
from domain.errors import Problem, Problems
from domain.facts import FocusFact, Gap, GapFact, SourceKind, SourceRef
from domain.indicator import Indicator
from domain.key_figures import Behind as FiguresBehind
from domain.key_figures import FigureRow, Point
from domain.measure import MeasureState
from domain.organisation import InstitutionType
from domain.perspective import FormalBody, Group, Response
from domain.perspective_summary import Way
from domain.scope import Scope
from domain.slots import AskedStatus
from domain.status import Status
from domain.supervision import Found
from tests.cards import municipality as made
from tests.cards.municipality import SPRING, STARTS, WORDS
from tests.cards.supervision_examples import BEFORE, bounds, found, scope

Made = Callable[..., Answer]


def focus_areas(
    _: Translator, words: str = WORDS, *, several: bool = True, status: AskedStatus | None = None
) -> Answer:
    about = scope(several=several)
    what = found(words, several=several).focus_areas
    facts = [replace(each, seen=words) if each.status else each for each in what.facts]
    if status is AskedStatus.NEEDS_ATTENTION:
        first = FocusFact(
            where=made.school(),
            area=made.focus_area(words),
            theme=made.themes()[0],
            status=Status.NEEDS_ATTENTION,
            at=BEFORE,
            seen=words,
        )
        what = Found(total=1, places=1, counts={Status.NEEDS_ATTENTION: 1}, facts=[first])
    else:
        what = replace(what, facts=facts)
    lacking = _lacking(Gap.NO_FOCUS_AREA) if several and status is None else Found[GapFact, Gap]()
    return focus_area_status.answer(_, about, replace(bounds(about), status=status), what, lacking)


def _worked_with(number: int) -> list[SourceRef]:
    return [
        SourceRef(kind=SourceKind.FOCUS_AREA, id=made.uid(40 + each), institution_id=made.school().id, at=BEFORE)
        for each in range(number)
    ]


def dialogues(_: Translator, *, several: bool = True, status: AskedStatus | None = None) -> Answer:
    about = scope(several=several)
    held = PlaceFact(
        where=made.school(),
        at=STARTS,
        dialogue=made.dialogue(DialogueState.HELD),
        told=DialogueState.HELD,
        focus_areas=_worked_with(2),
        waiting=(Waiting.RECORD, STARTS),
    )
    bare = PlaceFact(where=made.day_care(), at=STARTS, focus_areas=())
    open_one = replace(
        held,
        where=made.day_care(),
        dialogue=made.dialogue(DialogueState.OPEN),
        told=DialogueState.OPEN,
        focus_areas=_worked_with(1),
        waiting=(Waiting.PREPARATION, STARTS - timedelta(days=2)),
    )
    later = PlaceFact(
        where=made.school(), at=STARTS, dialogue=made.dialogue(DialogueState.PLANNED), told=DialogueState.PLANNED
    )
    what = Found(
        total=8 if several else 2,
        places=3,
        counts={DialogueState.PLANNED: 1, DialogueState.OPEN: 2, DialogueState.HELD: 1, DialogueState.CLOSED: 4},
        facts=[open_one, bare, held, later] if several else [held, later],
    )
    if status:
        what = Found(total=1, places=1, counts={DialogueState.OPEN: 1}, facts=[open_one])
    narrowed = replace(bounds(about), status=status, dialogue_no=2 if status else None)
    if several:
        return dialogue_overview.of_several(_, about, narrowed, what, to_open=1 if status else 7)
    return dialogue_overview.of_one(_, about, narrowed, what, found().dialogues, to_open=2)


def coming(_: Translator, *, any_more: bool = True) -> Card:
    about, narrowed = scope(several=True), replace(bounds(scope(several=True)), first=None, last=None, coming=True)
    facts = [
        PlaceFact(
            where=where,
            at=BEFORE,
            dialogue=made.dialogue(state),
            told=state,
            waiting=(Waiting.PREPARATION, STARTS - timedelta(days=2)) if state is DialogueState.OPEN else None,
        )
        for where, state in ((made.school(), DialogueState.OPEN), (made.day_care(), DialogueState.PLANNED))
    ]
    what = Found(total=14, places=2, facts=facts) if any_more else Found()
    return answer.show(_, dialogue_overview.coming(_, about, narrowed, what, to_open=2 if any_more else 0))


def no_more_to_come(_: Translator) -> Card:
    return coming(_, any_more=False)


def decisions(_: Translator, words: str = WORDS, *, several: bool = True, status: AskedStatus | None = None) -> Answer:
    about = replace(scope(several=several), first=SPRING.plus(-3))
    made_by = made.dialogue(DialogueState.RECORDED)
    facts = [
        DecisionFact(where=made.school(), dialogue=made_by, decision=made.decision(words, kind=kind, saved=True))
        for kind in (DecisionKind.CHOOSE, DecisionKind.MEASURE)
    ]
    what = Found(
        total=5 if several else 2,
        places=2,
        counts={DecisionKind.CHOOSE: 3 if several else 1, DecisionKind.MEASURE: 2 if several else 1},
        facts=facts,
    )
    late = MeasureFact(where=made.school(), dialogue=made_by, measure=made.measure(words), word=MeasureWord.OVERDUE)
    done = replace(late, measure=made.measure("Elevrådet prøver det af", MeasureState.DONE), word=MeasureWord.DONE)
    going = Found(total=2, places=1, counts={MeasureWord.OVERDUE: 1, MeasureWord.DONE: 1}, facts=[late, done])
    if status:
        what = Found()
        going = Found(total=1, places=1, counts={MeasureWord.OVERDUE: 1}, facts=[late])
    withdrawn, behind = [], None
    if several and status is None:
        behind = Behind(number=2, latest=STARTS)
        kept = made.decision(words, kind=DecisionKind.NONE, saved=True, number=89)
        kept.withdrawn_at = STARTS
        withdrawn = [DecisionFact(where=made.school(), dialogue=made_by, decision=kept)]
    return decision_list.answer(_, about, replace(bounds(about), status=status), what, going, withdrawn, behind)


def of_the_board(_: Translator, words: str = WORDS) -> Card:
    about = replace(scope(several=True), first=SPRING.plus(-3))
    held = made.dialogue(DialogueState.CLOSED)
    notes = (made.board_note(words, added=True), made.board_note(""))
    told = [BoardFact(where=made.school(), dialogue=held, note=each) for each in notes]
    narrowed = replace(bounds(about), status=AskedStatus.BOARD)
    return answer.show(_, decision_list.of_the_board(_, about, narrowed, told, more=2))


def observations(_: Translator, words: str = WORDS, *, several: bool = True) -> Answer:
    about = scope(several=several)
    what = found(words, several=several).observations
    if several:
        what = replace(what, total=5, counts={progress: number + 1 for progress, number in what.counts.items()})
    lacking = _lacking(Gap.NO_OBSERVATION) if several else Found[GapFact, Gap]()
    return observation_overview.answer(_, about, bounds(about), what, lacking)


def perspectives(
    _: Translator, words: str = WORDS, *, several: bool = True, status: AskedStatus | None = None
) -> Answer:
    about = scope(several=several)
    what = found(words, several=several).voices
    voice = what.facts[0]
    parents = replace(voice, perspective=made.perspective(words, group=Group.PARENTS), recommendation=None)
    told = replace(what, total=9, counts={Group.YOUTH: 4, Group.PARENTS: 5}, facts=[voice, parents])
    ways = [Way(number=5, tool=made.tools()[0]), Way(number=3, body=FormalBody.STUDENT_COUNCIL)]
    return perspective_summary.answer(
        _,
        about,
        replace(bounds(about), status=status, groups=(Group.CHILDREN,) if status else ()),
        found=told if several else what,
        ways=ways if several else ways[1:],
        answered={Response.FOLLOWED: 2, Response.PARTLY: 1, Response.OPEN: 1} if several else {Response.PARTLY: 1},
        covered={Group.CHILDREN: (0, 2)}
        if status
        else {Group.CHILDREN: (0, 2), Group.YOUTH: (1, 1), Group.PARENTS: (2, 2)},
        lacking=_lacking(Gap.NO_CHILDREN),
    )


def figures(_: Translator, *, several: bool = True, counted: Indicator | None = None) -> Answer:
    about = replace(scope(several=several), first=SPRING.plus(-3))
    of = 2 if several else 1

    def row(indicator: str, unit: str, theme: int | None, *values: float | None) -> FigureRow:
        begins = SPRING.plus(1 - len(values))
        points = {begins.plus(step): Point(value=value, institutions=of) for step, value in enumerate(values)}
        sources = tuple(each.source for each in found(several=False).data[0].figures)
        return FigureRow(
            theme_id=made.uid(theme) if theme else None, indicator=indicator, unit=unit, points=points, sources=sources
        )

    rows = [
        row("Elever, der oplever at kunne deltage", "%", 10, 70.2, 71.8, 74.1, 78.4),
        row("Elever, der oplever at blive hørt", "%", 10, None, 66.4, 65.9, 67.2),
        row("Skoleskift i løbet af året", "elever", 10, 7.0, None),
        row("Elevfravær", "%", None, 7.4, 7.1, 7.0, 6.2),
    ]
    themes = {each.id: each for each in made.themes()[:1]}
    if counted:
        rows = [each for each in rows if counted in counted_by(each.indicator)]
    return key_figures.answer(
        _,
        about,
        replace(bounds(about), indicator=counted),
        rows,
        themes,
        most=8,
        has_others=True,
        behind=FiguresBehind(number=5, latest=BEFORE) if several else None,
    )


def nothing(_: Translator, answered: str) -> Card:
    """Each answer where there is nothing to tell."""
    about, none = scope(several=True), Found[object, object]()
    carries = bounds(about)
    drawn: dict[str, Callable[[], Answer]] = {
        "focus_area_status": lambda: focus_area_status.answer(_, about, carries, none, none),  # type: ignore[arg-type]
        "dialogue_overview": lambda: dialogue_overview.of_several(
            _,
            about,
            replace(carries, status=AskedStatus.NOT_PREPARED),
            none,  # type: ignore[arg-type]
        ),
        "decision_list": lambda: decision_list.answer(_, about, carries, none, none),  # type: ignore[arg-type]
        "observation_overview": lambda: observation_overview.answer(_, about, carries, none, none),  # type: ignore[arg-type]
        "perspective_summary": lambda: perspective_summary.answer(
            _,
            about,
            carries,
            found=none,
            ways=[],
            answered={},
            covered={Group.PARENTS: (0, 2)},
            lacking=none,  # type: ignore[arg-type]
        ),
        "key_figures": lambda: key_figures.answer(_, about, carries, [], {}, most=8),
    }
    return answer.show(_, drawn[answered]())


def misfit(_: Translator) -> Card:
    """A theme of the other age range."""
    about = replace(_younger(), theme=made.themes()[0])
    none = Found[GapFact, Gap]()
    made_of = focus_area_status.answer(_, about, bounds(about), Found(), none)
    return answer.show(_, made_of)


def _younger() -> Scope:
    return replace(scope(), institutions=(made.day_care(),), types=(InstitutionType.DAYCARE,))


def first_time(_: Translator) -> Card:
    return answer.show(_, replace(focus_areas(_), why_all=answer.all_of_it(_, None)))


def new(_: Translator) -> Card:
    made_of = focus_areas(_, several=False)
    about = replace(made_of.scope, since=BEFORE)
    return answer.show(_, replace(made_of, scope=about, bounds=replace(made_of.bounds, since=BEFORE), as_of=STARTS))


def together(_: Translator) -> Card:
    return answer.only_together(_, _("Key figures"))


def _lacking(gap: Gap) -> Found[GapFact, Gap]:
    facts = [GapFact(where=made.day_care(), gap=gap, at=STARTS)]
    return Found(total=3, places=3, counts={gap: 3}, facts=facts)


def _shown(drawn: Made, **how: object) -> Callable[[Translator], Card]:
    return lambda _: answer.show(_, drawn(_, **how))


def _own(drawn: Made) -> Callable[[Translator], Card]:
    """As a leader gets it of their own institution, with nothing to narrow down to."""
    return lambda _: answer.show(_, drawn(_, several=False), can_narrow=False)


def _told(drawn: Made) -> Callable[..., Card]:
    def show(_: Translator, words: str = WORDS) -> Card:
        return answer.show(_, drawn(_, words))

    return show


def _sources(drawn: Made) -> Callable[[Translator], Card]:
    return lambda _: source.sources(_, drawn(_).listed, 0)


def one_indicator(_: Translator) -> Card:
    drawn = figures(_, several=False, counted=Indicator.ABSENCE)
    return answer.show(_, drawn)


def no_such_indicator(_: Translator) -> Card:
    about = scope(several=False)
    of_staffing = replace(bounds(about), indicator=Indicator.STAFFING)
    return answer.show(_, key_figures.answer(_, about, of_staffing, [], {}, most=8, has_others=True))


def no_figures_then(_: Translator) -> Card:
    about = scope(several=False)
    of_absence = replace(bounds(about), indicator=Indicator.ABSENCE)
    return answer.show(_, key_figures.answer(_, about, of_absence, [], {}, most=8, latest=about.last.previous))


def no_source_chosen(_: Translator) -> Card:
    problems = Problems({"source": Problem("choose_source")})
    return source.sources(_, focus_areas(_).listed, 0, problems=problems)


def _narrow(name: str) -> Callable[[Translator], Card]:
    def show(_: Translator) -> Card:
        about = scope(several=True)
        choices = Choices(
            areas=[made.area()],
            types=[InstitutionType.DAYCARE, InstitutionType.SCHOOL],
            places=about.institutions,
            themes=made.themes()[:2],
            half_years=[SPRING.plus(-step) for step in range(8)],
        )
        title, again = _("Narrow down the answer"), f"{name}.open"
        return scope_cards.narrow(_, title, about, bounds(about), choices, again, again)

    return show


def _nothing(name: str) -> Callable[[Translator], Card]:
    return lambda _: nothing(_, name)


DRAWN: dict[str, Made] = {
    focus_area_status.NAME: focus_areas,
    dialogue_overview.NAME: dialogues,
    decision_list.NAME: decisions,
    observation_overview.NAME: observations,
    perspective_summary.NAME: perspectives,
    key_figures.NAME: figures,
}
WITH_WORDS = (decision_list.NAME, observation_overview.NAME, perspective_summary.NAME)

EXAMPLES: dict[str, Callable[..., Card]] = {
    **{f"{name}_several": _told(drawn) if name in WITH_WORDS else _shown(drawn) for name, drawn in DRAWN.items()},
    **{f"{name}_one": _shown(drawn, several=False) for name, drawn in DRAWN.items()},
    **{f"{name}_own": _own(drawn) for name, drawn in DRAWN.items()},
    **{f"{name}_nothing": _nothing(name) for name in DRAWN},
    **{f"{name}_narrow": _narrow(name) for name in DRAWN},
    "focus_area_status_attention": _shown(focus_areas, status=AskedStatus.NEEDS_ATTENTION),
    "focus_area_status_first_time": first_time,
    "focus_area_status_new": new,
    "focus_area_status_misfit": misfit,
    "focus_area_status_sources": _sources(focus_areas),
    "focus_area_status_no_source_chosen": no_source_chosen,
    "dialogue_overview_coming": coming,
    "dialogue_overview_coming_none": no_more_to_come,
    "dialogue_overview_not_prepared": _shown(dialogues, status=AskedStatus.NOT_PREPARED),
    "decision_list_of_the_board": of_the_board,
    "decision_list_overdue": _shown(decisions, status=AskedStatus.OVERDUE),
    "perspective_summary_none": _shown(perspectives, status=AskedStatus.NONE),
    "key_figures_one_indicator": one_indicator,
    "key_figures_no_such_indicator": no_such_indicator,
    "key_figures_none_then": no_figures_then,
    "key_figures_sources": _sources(figures),
    "key_figures_together": together,
}
