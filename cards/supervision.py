"""What a supervision summary says, line by line: the same lines on the card, in the file and in a saved summary.

A line is words with the sources they rest on. Nothing is added up across things that differ, nothing is put in an order
of worth, and what is not there is named as something to ask about.
"""

from collections.abc import Mapping, Sequence

from cards.counting import AGREEMENTS as COUNTED
from cards.counting import DIALOGUES, OBSERVATIONS, STATUSES, counting, counts
from cards.fitting import in_one_line
from cards.focus_area_story import status_state
from cards.language import N_, Translator
from cards.layout import capital
from cards.supervision_data import MOST_FIGURES, theme_lines
from cards.words import ANSWERS, COUNTS, GROUPS, STATES, dialogue_name, progress_words, theme_title
from domain.decision import DecisionKind
from domain.dialogue import HELD
from domain.facts import (
    AgreementFact,
    AgreementWord,
    DialogueFact,
    FocusFact,
    Gap,
    GapFact,
    ObservationFact,
    VoiceFact,
)
from domain.period import HalfYear
from domain.perspective import Response
from domain.printed import Line, Side
from domain.scope import Scope
from domain.supervision import Found, Section, Summary

SECTIONS = {
    Section.FOCUS_AREAS: N_("Focus areas"),
    Section.DATA: N_("What the data tell"),
    Section.PERSPECTIVES: N_("Perspectives of children, young people and parents"),
    Section.DIALOGUES: N_("Learning dialogues and decisions"),
    Section.OBSERVATIONS: N_("Observations"),
    Section.AGREEMENTS: N_("Agreements from 1:1s"),
    Section.GAPS: N_("What is missing"),
}
GAPS = {
    Gap.NO_FIGURES: N_("No data package in the period"),
    Gap.NO_FOCUS_AREA: N_("No focus area in the period"),
    Gap.NO_STATUS: N_("A focus area without a status in the period"),
    Gap.NOT_RECORDED: N_("A learning dialogue that is not recorded yet"),
    Gap.NO_CHILDREN: N_("No perspectives of children registered in the period"),
    Gap.NO_YOUTH: N_("No perspectives of young people registered in the period"),
    Gap.NO_PARENTS: N_("No perspectives of parents registered in the period"),
    Gap.UNANSWERED: N_("A recommendation that is not answered yet"),
    Gap.NO_OBSERVATION: N_("No observation completed in the period"),
}
# What is not there, in a sentence that names it: a heading may be a sentence of its own.
SIDES = {Side.FIGURES: N_("Figures"), Side.TOLD: N_("Qualitative data")}
# What a theme narrows down: there may be another one on another theme.
GAPS_OF_A_THEME = {
    Gap.NO_FOCUS_AREA: N_("No focus area on the theme “%(theme)s” in the period"),
    Gap.NO_STATUS: N_("A focus area on the theme “%(theme)s” without a status in the period"),
}
AGREEMENTS = {
    AgreementWord.OPEN: N_("open"),
    AgreementWord.OVERDUE: N_("past the date"),
    AgreementWord.DONE: N_("done"),
    AgreementWord.CONTINUED: N_("continued"),
    AgreementWord.DROPPED: N_("dropped, with a reason"),
}
DECIDED = {
    DecisionKind.CHOOSE: N_("Focus area chosen"),
    DecisionKind.ADJUST: N_("Focus area adjusted"),
    DecisionKind.CLOSE: N_("Focus area closed"),
    DecisionKind.MEASURE: N_("Measure"),
    DecisionKind.OTHER: N_("Decision"),
    DecisionKind.NONE: N_("No new decisions"),
}


def lines_of(_: Translator, found: Summary, *, most_figures: int = MOST_FIGURES) -> Sequence[Line]:
    """Every line of the summary, in the order of its sections; a section with nothing in it has none.

    Of each theme there are at most `most_figures` figures, and a line for how many more there are.
    """
    scope = found.scope
    told = [each.source for data in found.data for each in data.voices]
    observed = [ref for data in found.data for ref in data.feedback]
    return [
        *counting(Section.FOCUS_AREAS, found.focus_areas, focus_count(_, found.focus_areas)),
        *[focus_line(_, each, scope) for each in found.focus_areas.facts],
        *[line for each in found.data for line in theme_lines(_, each, scope, most_figures, found.rows)],
        *counting(Section.PERSPECTIVES, found.voices, voice_count(_, found.voices), told),
        *[voice_line(_, each, scope) for each in found.voices.facts],
        *counting(Section.DIALOGUES, found.dialogues, dialogue_count(_, found.dialogues)),
        *[dialogue_line(_, each, scope) for each in found.dialogues.facts],
        *counting(Section.OBSERVATIONS, found.observations, observation_count(_, found.observations), observed),
        *[observation_line(_, each, scope) for each in found.observations.facts],
        *counting(Section.AGREEMENTS, found.agreements, agreement_count(_, found.agreements)),
        *[agreement_line(_, each, scope) for each in found.agreements.facts],
        *[gap_line(_, each, scope) for each in found.gaps.facts],
    ]


def focus_count(_: Translator, found: Found) -> str:  # type: ignore[type-arg]
    number = _.ngettext("%(n)s focus area", "%(n)s focus areas", found.total)
    return f"{number}: {focus_words(_, found)}"


def focus_words(_: Translator, found: Found) -> str:  # type: ignore[type-arg]
    """2 på vej · 1 går godt"""
    return counts(_, [(STATUSES[status], n) for status, n in found.counts.items()])


def focus_line(_: Translator, fact: FocusFact, scope: Scope, *, seen: str = "") -> Line:
    """(title, theme, status word, date, latest change); `seen` are words of its people."""
    word = status_state(_, fact.status).word
    return Line(
        section=Section.FOCUS_AREAS,
        lead=fact.area.title,
        rest=f"{word}, {_.date(fact.at)}",
        small=placed(scope, fact.where.name, theme_title(_, fact.theme)),
        quote=seen,
        sources=(fact.source,),
    )


def voice_count(_: Translator, found: Found) -> str:  # type: ignore[type-arg]
    """Børn 3 · Forældre 6"""
    return " · ".join(f"{_(GROUPS[group])} {_.number(number)}" for group, number in found.counts.items())


def voice_line(_: Translator, fact: VoiceFact, scope: Scope, *, said: str = "") -> Line:
    """Whose it is, how many took part and what became of a recommendation, with its words; `said` are others."""
    told = fact.recommendation
    answer = recommended = ""
    if told:
        recommended = _("They recommend: %(what)s", what=in_one_line(told.text))
        answered = _(ANSWERS[told.response])
        when = f", {_.date(told.responded_at)}" if told.responded_at and told.response is not Response.OPEN else ""
        answer = " " + _("Recommendation: %(answer)s", answer=in_small(answered) + when) + "."
    return Line(
        section=Section.PERSPECTIVES,
        lead=_(GROUPS[fact.perspective.group]),
        rest=_("%(count)s took part", count=_(COUNTS[fact.perspective.count])) + "." + answer,
        small=placed(scope, fact.where.name, _.date(fact.perspective.written_at)),
        quote="\n".join(filter(None, (said, recommended))),
        sources=(fact.source,),
    )


def dialogue_count(_: Translator, found: Found) -> str:  # type: ignore[type-arg]
    """2 af 4 er holdt: 1 planlagt · 1 klar · 2 opsamlet; of a single one its word says as much.

    Of one whose time has come and of which nothing is recorded, nobody knows yet whether it was held.
    """
    words = counts(_, [(DIALOGUES[state], n) for state, n in found.counts.items()])
    if found.total < 2:
        return words
    held = sum(number for state, number in found.counts.items() if state in HELD)
    told = {"held": _.number(held), "total": _.number(found.total), "words": words}
    if None not in found.counts:
        return _("Held %(held)s of %(total)s: %(words)s", **told)
    if held:
        return _("Held at least %(held)s of %(total)s: %(words)s", **told)
    number = _.ngettext("%(n)s learning dialogue", "%(n)s learning dialogues", found.total)
    return f"{number}: {words}"


def dialogue_line(_: Translator, fact: DialogueFact, scope: Scope) -> Line:
    """Held, planned or recorded, and each decision in short."""
    about = fact.dialogue
    decided = [
        f"{_(DECIDED[each.what.kind])}: {in_one_line(each.what.text)}" for each in fact.decisions if each.what.kind
    ]
    return Line(
        section=Section.DIALOGUES,
        lead=dialogue_name(_, about),
        rest=f"{_(STATES[None if fact.has_begun else about.state][0])}, {_.date(about.starts_at)}",
        small=placed(scope, fact.where.name),
        quote="\n".join(decided),
        sources=(fact.source,),
    )


def observation_count(_: Translator, found: Found) -> str:  # type: ignore[type-arg]
    return counts(_, [(OBSERVATIONS[progress], n) for progress, n in found.counts.items()])


def observation_line(_: Translator, fact: ObservationFact, scope: Scope) -> Line:
    return Line(
        section=Section.OBSERVATIONS,
        lead=_("Observation"),
        rest=f"{progress_words(_, fact.progress, is_acknowledged=fact.is_acknowledged)}, {_.date(fact.at)}",
        small=placed(scope, fact.where.name),
        quote=_("Brought to the dialogue: %(what)s", what=in_one_line(fact.brings)) if fact.brings else "",
        sources=(fact.source,),
    )


def agreement_count(_: Translator, found: Found) -> str:  # type: ignore[type-arg]
    return counts(_, [(COUNTED[word], n) for word, n in found.counts.items()])


def agreement_line(_: Translator, fact: AgreementFact, scope: Scope) -> Line:
    day = _.date(fact.agreement.due)
    late = fact.word is AgreementWord.OVERDUE
    due = _("which was %(day)s", day=day) if late else _("due %(day)s", day=day)
    return Line(
        section=Section.AGREEMENTS,
        lead=in_one_line(fact.agreement.text),
        rest=f"{_(AGREEMENTS[fact.word])}, {due}",
        small=capital(placed(scope, fact.where.name, _("leader: %(name)s", name=fact.leader.name))),
        sources=(fact.source,),
    )


def gap_line(_: Translator, fact: GapFact, scope: Scope) -> Line:
    rest = _(GAPS[fact.gap])
    if scope.theme and fact.gap in GAPS_OF_A_THEME:
        rest = _(GAPS_OF_A_THEME[fact.gap], theme=theme_title(_, scope.theme))
    return Line(
        section=Section.GAPS,
        rest=rest,
        small=placed(scope, fact.where.name),
        sources=(fact.source,),
    )


def all_themes(_: Translator) -> str:
    """Said where the summary is narrowed down to a theme, which not everything in it has."""
    return _("Focus areas, data and perspectives are those of the theme; the rest is of all themes.")


def place_of_gap(_: Translator, fact: GapFact, scope: Scope, rest: str = "") -> Line:
    """The institution alone, below a heading that says what is not there; of one institution, what is not there."""
    if scope.is_one_place:
        return gap_line(_, fact, scope)
    return Line(section=Section.GAPS, lead=fact.where.name, rest=rest, sources=(fact.source,))


def by_section(lines: Sequence[Line]) -> Mapping[Section, Sequence[Line]]:
    return {section: [line for line in lines if line.section is section] for section in Section}


def not_begun(_: Translator, scope: Scope) -> str:
    """Why nothing is lacking in half-years that are only coming; empty in all others."""
    if scope.has_begun:
        return ""
    day = _.date(scope.first.starts_on)
    return _("The period begins on %(day)s, so nothing can be missing yet.", day=day)


def to_come(_: Translator, scope: Scope, begins: HalfYear) -> str:
    """What there can be from this half-year on, where the scope is only coming; empty where it is not."""
    if scope.has_begun:
        return ""
    day = _.date(begins.starts_on)
    return _("The period begins on %(day)s. So far there is only what has been planned or agreed.", day=day)


def placed(scope: Scope, place: str, *more: str) -> str:
    """The institution where there are several, and what else places the line."""
    return " · ".join(filter(None, (*(() if scope.is_one_place else (place,)), *more)))


def in_small(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]
