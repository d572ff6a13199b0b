"""What was decided in learning dialogues: the kind, the text, what it rests on, who follows up by when, and what the
board said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cards.answer import Answer, Part
from cards.counting import MEASURES as COUNTED
from cards.counting import counted, counts
from cards.fitting import in_one_line
from cards.language import N_, Translator
from cards.supervision import DECIDED
from cards.words import SOURCES, dialogue_name
from domain.decision import DecisionKind, What
from domain.decision_list import Behind, BoardFact, DecisionFact, MeasureFact, MeasureWord
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found, Section

NAME = "decision_list"
GOES_BY = (AskedStatus.OPEN, AskedStatus.OVERDUE, AskedStatus.MEASURE, "dialogue_no", "latest")
# Whoever asks for these asks for the measures alone; and what is said where there are none.
OF_MEASURES = {
    AskedStatus.OPEN: N_("No measure is under way."),
    AskedStatus.OVERDUE: N_("No measure is past its date."),
    AskedStatus.MEASURE: N_("No measure has gone on in the period."),
}
MEASURES = {
    MeasureWord.OPEN: N_("under way"),
    MeasureWord.OVERDUE: N_("past the date"),
    MeasureWord.DONE: N_("done"),
    MeasureWord.DROPPED: N_("dropped, with a reason"),
}


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    found: Found[DecisionFact, DecisionKind],
    measures: Found[MeasureFact, MeasureWord],
    withdrawn: Sequence[DecisionFact] = (),
    behind: Behind | None = None,
) -> Answer:
    """The decisions, the measures, and what was withdrawn; of what is open or past its date, the measures alone.

    `behind` are the dialogues of those decisions and measures that are counted and have no line.
    """
    behind = behind or Behind()
    none_there = OF_MEASURES.get(bounds.status, "") if bounds.status else ""
    only_measures = bool(none_there)
    parts = []
    if not only_measures:
        words = [f"{_(DECIDED[kind]).lower()} ({number})" for kind, number in found.counts.items()]
        parts.append(
            Part(
                title=_("Decisions"),
                counted=_counted(
                    replace(found, traced=behind.of_decisions),
                    behind,
                    _decided(_, found.total, " · ".join(words)),
                ),
                lines=[decision_line(_, each, scope) for each in found.facts],
                more=found.more,
                nothing=_("No decisions were saved in the period."),
            )
        )
    if measures.total or only_measures:
        told = counts(_, [(COUNTED[word], number) for word, number in measures.counts.items()])
        parts.append(
            Part(
                title=_("Measures"),
                counted=_counted(
                    replace(measures, traced=behind.of_measures),
                    behind,
                    _measures(_, measures.total, told),
                    is_also=found.more > 0,
                ),
                lines=[measure_line(_, each, scope) for each in measures.facts],
                more=measures.more,
                nothing=_(none_there) if none_there else "",
            )
        )
    if withdrawn:
        lines = [withdrawn_line(_, each, scope) for each in withdrawn]
        parts.append(Part(title=_("Decisions that were withdrawn"), lines=lines))
    return Answer(
        name=NAME,
        title=_("Measures") if only_measures else _("Decisions"),
        scope=scope,
        bounds=bounds,
        parts=parts,
        only=GOES_BY,
    )


def of_the_board(_: Translator, scope: Scope, bounds: Bounds, told: Sequence[BoardFact], *, more: int = 0) -> Answer:
    """What the boards said, each at the dialogue that it is read with."""
    part = Part(
        lines=[board_line(_, each, scope) for each in told],
        more=more,
        nothing=_("No board has been informed in the period."),
    )
    title, only = _("What the board said"), ("dialogue_no", "latest")
    return Answer(name=NAME, title=title, scope=scope, bounds=bounds, parts=[part], only=only)


def _counted(found: Found[Any, Any], behind: Behind, words: str, *, is_also: bool = False) -> list[Line]:
    """How many there are, by what the dialogues are that they are of; with `is_also`, the decisions have counted those
    without a line."""
    if found.total < 2:
        return []
    known = {ref.id for ref in (*found.sources, *found.traced)}
    others = behind.number if found.more else 0
    dated = replace(found, latest=behind.latest, is_dated=True)
    return [counted(Section.DIALOGUES, dated, words, behind=len(known) + others, is_of_others=is_also)]


def decision_line(_: Translator, fact: DecisionFact, scope: Scope) -> Line:
    about = fact.decision
    kind = about.kind or DecisionKind.OTHER
    who = [about.who.owner] if about.who.owner else []
    if about.due:
        who.append(_("due %(day)s", day=_.date(about.due)))
    small = [*_place(scope, fact.where.name), dialogue_name(_, fact.dialogue), ", ".join(who)]
    rests = rests_on(_, about.what)
    return Line(
        section=Section.DIALOGUES,
        lead=_(DECIDED[kind]),
        rest=in_one_line(about.what.text),
        quote=_("Based on: %(what)s", what=rests) if rests else "",
        small=" · ".join(filter(None, small)),
        sources=(fact.source,),
    )


def withdrawn_line(_: Translator, fact: DecisionFact, scope: Scope) -> Line:
    """Its kind and when it was withdrawn; what it said stands at the source, with why it no longer holds."""
    about = fact.decision
    assert about.withdrawn_at is not None
    small = [*_place(scope, fact.where.name), dialogue_name(_, fact.dialogue)]
    return Line(
        section=Section.DIALOGUES,
        lead=_(DECIDED[about.kind or DecisionKind.OTHER]),
        rest=_("withdrawn on %(day)s", day=_.date(about.withdrawn_at)),
        small=" · ".join(small),
        sources=(fact.source,),
    )


def measure_line(_: Translator, fact: MeasureFact, scope: Scope) -> Line:
    about = fact.measure
    small = [*_place(scope, fact.where.name), dialogue_name(_, fact.dialogue), about.owner]
    day = _.date(about.due)
    due = _("which was %(day)s", day=day) if fact.word is MeasureWord.OVERDUE else _("due %(day)s", day=day)
    outcome = in_one_line(about.outcome)
    return Line(
        section=Section.DIALOGUES,
        lead=in_one_line(about.text),
        rest=f"{_(MEASURES[fact.word])}, {due}",
        quote=_("What came of it: %(what)s", what=outcome) if outcome else "",
        small=" · ".join(filter(None, small)),
        sources=(fact.source,),
    )


def board_line(_: Translator, fact: BoardFact, scope: Scope) -> Line:
    return Line(
        section=Section.DIALOGUES,
        lead=_("The board was informed on %(day)s", day=_.date(fact.note.informed_on)),
        quote=in_one_line(fact.note.said),
        small=" · ".join([*_place(scope, fact.where.name), dialogue_name(_, fact.dialogue)]),
        sources=(fact.source,),
    )


def rests_on(_: Translator, what: What) -> str:
    """2 nøgletal og børnenes perspektiver"""
    figures = [_.ngettext("%(n)s key figure", "%(n)s key figures", len(what.figures))] if what.figures else []
    words = [_(SOURCES[each]) for each in what.sources]
    return _.join([*figures, *[each[:1].lower() + each[1:] for each in words]])


def _decided(_: Translator, total: int, words: str) -> str:
    return f"{_.ngettext('%(n)s decision', '%(n)s decisions', total)}: {words}"


def _measures(_: Translator, total: int, words: str) -> str:
    return f"{_.ngettext('%(n)s measure', '%(n)s measures', total)}: {words}"


def _place(scope: Scope, name: str) -> list[str]:
    return [] if scope.is_one_place else [name]
