"""The cards of the supervision summary, as they look at the moments people meet them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cards import answer, answer_files, source, summary
from cards import scope as scope_cards
from cards.kit import Card
from cards.language import Translator
from cards.scope import Choices, scope_words
from cards.source import Back
from cards.summary import Sheet
from cards.which import which_place
from domain.agreement import AgreementState
from domain.decision import DecisionKind
from domain.dialogue import DialogueState
from domain.evidence import Average
from domain.facts import (
    AgreementFact,
    AgreementWord,
    DialogueFact,
    FigureFact,
    FocusFact,
    Gap,
    GapFact,
    ObservationFact,
    PriorityFact,
    VoiceFact,
)
from domain.key_figures import FigureRow, Point
from domain.observation import ObservationState, Progress
from domain.organisation import Area, InstitutionType
from domain.perspective import Group, Response
from domain.scope import Bounds, Scope
from domain.status import Status
from domain.supervision import Found, Summary, ThemeData
from tests.cards import municipality as made
from tests.cards import observed as seen
from tests.cards.municipality import SPRING, STARTS, WORDS
from tests.town import COPENHAGEN

BEFORE = STARTS - timedelta(days=9)
LINKS = {"word": "https://laeringsbot.example/files/word", "pdf": "https://laeringsbot.example/files/pdf"}


def scope(*, several: bool = False) -> Scope:
    places = (made.day_care(), made.school()) if several else (made.school(),)
    return Scope(institutions=places, first=SPRING, last=SPRING, zone=COPENHAGEN, areas=(made.area(),))


def closed(*, several: bool = False) -> Scope:
    """As it is asked about a year after the school has closed."""
    places = [replace(where, ended_on=date(2026, 7, 31)) for where in scope().institutions]
    others = (made.day_care(),) if several else ()
    return replace(scope(), institutions=(*others, *places), today=date(2027, 4, 14))


def bounds(about: Scope) -> Bounds:
    return Bounds(institution_ids=tuple(where.id for where in about.institutions), first=about.first, last=about.last)


def back(name: str = "summary") -> Back:
    return Back(answer=name, bounds=bounds(scope()))


def found(words: str = WORDS, *, several: bool = False) -> Summary:
    """A half-year at one school, or at a school and a day-care."""
    where, package = made.school(), made.package()
    theme, area = made.themes()[0], made.focus_area(words)
    voice = VoiceFact(
        where=where,
        perspective=made.perspective(words),
        recommendation=made.recommendation(words, Response.PARTLY, responded_at=BEFORE),
        theme_id=theme.id,
    )
    figures = [
        FigureFact(where=where, figure=each, half_year=SPRING, released_at=package.released_at or BEFORE)
        for each in made.figures()
    ]
    near = [each for each in figures if each.figure.theme_id == theme.id]
    seen_there = ObservationFact(
        where=where,
        observation=seen.observation(ObservationState.DONE),
        progress=Progress.COMPLETE,
        is_acknowledged=True,
        feedback_id=made.uid(901),
        brings=words,
        focus_area_id=area.id,
    )
    awaited = replace(seen_there, progress=Progress.AWAITS_FEEDBACK, feedback_id=None, brings="", focus_area_id=None)
    means = [Average.of("Elever, der oplever at kunne deltage", "%", 78.4, institutions=2, people=412, fewest=1)]
    agreed = made.agreement(words)
    later = made.agreement("Mette inviterer en leder fra et andet tilbud.", state=AgreementState.DONE)
    data = [
        ThemeData(
            theme=theme,
            figures=() if several else near,
            averages=means if several else (),
            heard={Group.YOUTH: 1},
            voices=[voice],
            quoted=() if several else [voice],
            observed=1,
            feedback=[seen_there.source],
            sources=[each.source for each in near],
        ),
        ThemeData(
            theme=None,
            figures=[] if several else [each for each in figures if each.figure.theme_id is None],
            priorities=Found(total=1, places=1, facts=[PriorityFact(where=where, priority=made.local_priority(words))]),
            sources=[each.source for each in figures if each.figure.theme_id is None],
        ),
    ]
    lacking = [GapFact(where=where, gap=gap, at=STARTS) for gap in (Gap.NO_CHILDREN, Gap.UNANSWERED)]
    lacking += [GapFact(where=made.day_care(), gap=Gap.NO_FOCUS_AREA, at=STARTS)] if several else []
    return Summary(
        scope=scope(several=several),
        focus_areas=Found(
            total=9 if several else 2,
            latest=STARTS,
            is_dated=True,
            places=2 if several else 1,
            counts={Status.UNDER_WAY: 7, Status.GOING_WELL: 2} if several else {None: 1, Status.GOING_WELL: 1},
            facts=[
                FocusFact(where=where, area=area, theme=theme, status=Status.GOING_WELL, at=BEFORE),
                FocusFact(where=where, area=area, theme=theme, status=None, at=STARTS),
            ],
        ),
        data=data,
        voices=Found(total=1, places=1, counts={Group.YOUTH: 1}, facts=[voice]),
        dialogues=Found(
            total=1,
            places=1,
            counts={DialogueState.RECORDED: 1},
            facts=[
                DialogueFact(
                    where=where,
                    dialogue=made.dialogue(DialogueState.RECORDED),
                    decisions=[made.decision(words, kind=DecisionKind.MEASURE)],
                )
            ],
        ),
        observations=Found(
            total=2,
            places=1,
            counts={Progress.AWAITS_FEEDBACK: 1, Progress.COMPLETE: 1},
            facts=[seen_there, awaited],
        ),
        agreements=Found(
            total=2,
            places=1,
            latest=STARTS,
            is_dated=True,
            counts={AgreementWord.OVERDUE: 1, AgreementWord.DONE: 1},
            facts=[
                AgreementFact(where=where, agreement=agreed, leader=made.leader(), word=AgreementWord.OVERDUE),
                AgreementFact(where=where, agreement=later, leader=made.leader(), word=AgreementWord.DONE),
            ],
        ),
        gaps=Found(total=len(lacking), places=1, counts={}, facts=lacking),
    )


def _sheet(words: str = WORDS, *, several: bool = False, **more: Any) -> Sheet:
    what = found(words, several=several)
    return Sheet(summary=what, bounds=bounds(what.scope), as_of=STARTS, **more)


def one(_: Translator, words: str = WORDS) -> Card:
    return summary.show(_, _sheet(words, can_save=True, **LINKS))


def several(_: Translator, words: str = WORDS) -> Card:
    return summary.show(_, _sheet(words, several=True, can_save=True, **LINKS))


def _of(_: Translator, about: Scope) -> Card:
    sheet = _sheet(several=not about.is_one_place)
    return summary.show(_, replace(sheet, summary=replace(sheet.summary, scope=about), bounds=bounds(about)))


def of_a_theme(_: Translator) -> Card:
    """The theme's figures over the half-years, drawn and in the lines."""
    what, about = found(), made.themes()[0]
    [data] = [each for each in what.data if each.theme and each.theme.id == about.id]
    rows = []
    for each in data.figures:
        of = each.figure
        # I29: of a few there is no value, in this half-year as in the others.
        values = [None] * 4 if of.is_hidden else [70.2, 71.8, 74.1, 78.4]
        points = {SPRING.plus(step - 3): Point(value=value) for step, value in enumerate(values)}
        earlier = [replace(each.source, id=made.uid(31 + step), at=BEFORE) for step in range(3)]
        sources = (each.source, *earlier)
        rows.append(FigureRow(theme_id=about.id, indicator=of.indicator, unit=of.unit, points=points, sources=sources))
    narrowed = replace(what, scope=replace(what.scope, theme=about), data=[data], rows=rows)
    return summary.show(_, replace(_sheet(can_save=True, **LINKS), summary=narrowed))


def own(_: Translator) -> Card:
    return summary.show(_, _sheet(is_own=True))


def nothing(_: Translator) -> Card:
    """A school with nothing but a dialogue that was yesterday, and one to come."""
    what, none = found(), Found[object, object]()
    held = DialogueFact(where=made.school(), dialogue=made.dialogue(DialogueState.OPEN), has_begun=True)
    to_come = replace(held, dialogue=made.dialogue(), has_begun=False)
    counts = {DialogueState.PLANNED: 1, None: 1}
    empty = replace(
        what,
        data=(),
        dialogues=Found(total=2, places=1, counts=counts, facts=[held, to_come]),
        **dict.fromkeys(("focus_areas", "voices", "observations", "agreements"), none),  # type: ignore[arg-type]
    )
    return summary.show(_, replace(_sheet(), summary=empty))


def whole(_: Translator) -> Card:
    """What is missing is only what is told of a theme."""
    what = found()
    data = [replace(what.data[0], voices=(), heard={}, quoted=(), observed=0), *what.data[1:]]
    return summary.show(_, replace(_sheet(), summary=replace(what, data=data, gaps=Found[GapFact, Gap]())))


def new(_: Translator) -> Card:
    sheet = _sheet()
    about = replace(sheet.summary.scope, since=BEFORE)
    empty = Found[object, object]()
    fresh = replace(sheet.summary, scope=about, agreements=empty, observations=empty, data=(), gaps=empty)
    return summary.show(_, replace(sheet, summary=fresh, bounds=replace(sheet.bounds, since=BEFORE), as_of=STARTS))


def nothing_new(_: Translator) -> Card:
    about = replace(scope(), since=BEFORE)
    none = Found[object, object]()
    parts = ("focus_areas", "voices", "dialogues", "observations", "agreements", "gaps")
    empty = Summary(scope=about, data=(), **dict.fromkeys(parts, none))  # type: ignore[arg-type]
    return summary.show(_, Sheet(summary=empty, bounds=replace(bounds(about), since=BEFORE), as_of=STARTS))


def sources(_: Translator, words: str = WORDS) -> Card:
    return source.sources(_, _sheet(words, several=True).listed(_), 0)


def narrow(_: Translator) -> Card:
    about = scope(several=True)
    choices = Choices(
        places=about.institutions,
        areas=[made.area(), _other_area()],
        types=[InstitutionType.DAYCARE, InstitutionType.SCHOOL],
        themes=made.themes()[:2],
        half_years=[SPRING.plus(-step) for step in range(8)],
    )
    title = _("Narrow down the summary")
    return scope_cards.narrow(_, title, about, bounds(about), choices, summary.OPEN, summary.OPEN)


def _other_area() -> Area:
    return Area(name="Syd", id=made.uid(902))


def registered(_: Translator) -> Card:
    what = found()
    return source.registered(_, what, back())


def visit(_: Translator) -> Card:
    fact = found().observations.facts[1]
    return source.visit(_, fact, back())


def dialogue(_: Translator) -> Card:
    return source.dialogue(_, made.dialogue(), DialogueState.OPEN, made.school(), back())


def gone(_: Translator) -> Card:
    return source.gone(_, back())


def first_time(_: Translator) -> Card:
    return summary.show(_, replace(_sheet(), why_all=answer.all_of_it(_, STARTS)))


def no_leader(_: Translator) -> Card:
    return summary.nobodys(_)


def which(_: Translator) -> Card:
    return which_place(_, [made.day_care(), made.school()], summary.OWN)


def files(_: Translator, only: str | None = None, *, is_first: bool = False) -> Card:
    about = scope(several=True)
    carries = bounds(about)
    title, words = _("Supervision summary"), scope_words(_, about)
    why_all = answer.all_of_it(_, None) if is_first else ""
    return answer_files.files(
        _, title, words, name=summary.NAME, bounds=carries, only=only, why_all=why_all, **LINKS
    )  # fmt: skip


def no_files(_: Translator) -> Card:
    carries, words = bounds(scope()), scope_words(_, scope())
    return answer_files.files(_, _("Decisions"), words, name="decision_list", bounds=carries, word=None, pdf=None)


EXAMPLES = {
    "summary_files": files,
    "summary_files_pdf": lambda _: files(_, "pdf"),
    "summary_files_first": lambda _: files(_, "docx", is_first=True),
    "summary_no_files": no_files,
    "summary_administration": summary.of_administration,
    "summary_which": which,
    "summary_one": one,
    "summary_several": several,
    "summary_closed": lambda _: _of(_, closed()),
    "summary_area_closed": lambda _: _of(_, closed(several=True)),
    "summary_theme": of_a_theme,
    "summary_own": own,
    "summary_nothing": nothing,
    "summary_whole": whole,
    "summary_new": new,
    "summary_nothing_new": nothing_new,
    "summary_first_time": first_time,
    "summary_no_leader": no_leader,
    "summary_sources": sources,
    "summary_narrow": narrow,
    "source_registered": registered,
    "source_visit": visit,
    "source_dialogue": dialogue,
    "source_gone": gone,
}
