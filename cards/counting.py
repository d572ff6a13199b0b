"""Lines that count: how many there are by their words, each with the sources of all that it counts.

Some of those are known, since they have a line of their own. The others are looked up once somebody asks for them.
"""

from collections.abc import Iterable

from cards.language import NN_, Translator
from domain.decision_list import MeasureWord
from domain.dialogue import DialogueState
from domain.facts import AgreementWord, SourceRef
from domain.observation import Progress
from domain.printed import Line
from domain.status import Status
from domain.supervision import Found, Section

# The words by which things are counted: most of them say in Danish whether it is one or several.
STATUSES = {
    None: NN_("%(n)s chosen", "%(n)s chosen"),
    Status.JUST_BEGUN: NN_("%(n)s just begun", "%(n)s just begun"),
    Status.UNDER_WAY: NN_("%(n)s under way", "%(n)s under way"),
    Status.GOING_WELL: NN_("%(n)s going well", "%(n)s going well"),
    Status.NEEDS_ATTENTION: NN_("%(n)s needs attention", "%(n)s need attention"),
    Status.ROOTED: NN_("%(n)s rooted", "%(n)s rooted"),
}
DIALOGUES = {
    DialogueState.PLANNED: NN_("%(n)s planned", "%(n)s planned"),
    DialogueState.OPEN: NN_("%(n)s being prepared", "%(n)s being prepared"),
    DialogueState.READY: NN_("%(n)s ready", "%(n)s ready"),
    None: NN_("%(n)s not recorded yet", "%(n)s not recorded yet"),
    DialogueState.HELD: NN_("%(n)s held", "%(n)s held"),
    DialogueState.RECORDED: NN_("%(n)s recorded", "%(n)s recorded"),
    DialogueState.CLOSED: NN_("%(n)s closed", "%(n)s closed"),
}
OBSERVATIONS = {
    Progress.INVITED: NN_("%(n)s invited", "%(n)s invited"),
    Progress.COUNTERED: NN_("%(n)s with another time proposed", "%(n)s with another time proposed"),
    Progress.AGREED: NN_("%(n)s agreed", "%(n)s agreed"),
    Progress.AWAITS_FEEDBACK: NN_("%(n)s awaits written feedback", "%(n)s await written feedback"),
    Progress.AWAITS_ORAL: NN_("%(n)s awaits oral feedback", "%(n)s await oral feedback"),
    Progress.COMPLETE: NN_("%(n)s complete", "%(n)s complete"),
}
AGREEMENTS = {
    AgreementWord.OPEN: NN_("%(n)s open", "%(n)s open"),
    AgreementWord.OVERDUE: NN_("%(n)s past the date", "%(n)s past the date"),
    AgreementWord.DONE: NN_("%(n)s done", "%(n)s done"),
    AgreementWord.CONTINUED: NN_("%(n)s continued", "%(n)s continued"),
    AgreementWord.DROPPED: NN_("%(n)s dropped, with a reason", "%(n)s dropped, with a reason"),
}
MEASURES = {
    MeasureWord.OPEN: NN_("%(n)s still under way", "%(n)s still under way"),
    MeasureWord.OVERDUE: NN_("%(n)s past the date", "%(n)s past the date"),
    MeasureWord.DONE: NN_("%(n)s done", "%(n)s done"),
    MeasureWord.DROPPED: NN_("%(n)s dropped, with a reason", "%(n)s dropped, with a reason"),
}


def counting(section: Section, found: Found, words: str, known: Iterable[SourceRef] = ()) -> list[Line]:  # type: ignore[type-arg]
    """How many, by their words; what one single line says already is not counted.

    `known` are sources of some of them that stand elsewhere in the answer.
    """
    return [counted(section, found, words, known=known)] if found.total > 1 else []


def counted(
    section: Section,
    found: Found,  # type: ignore[type-arg]
    words: str,
    *,
    lead: str = "",
    known: Iterable[SourceRef] = (),
    behind: int | None = None,
    is_of_others: bool = False,
) -> Line:
    """A line that counts what was found; `behind` are so many sources in all, where there are fewer than things."""
    refs = {ref.id: ref for ref in (*found.sources, *known)}
    traced = {ref.id: ref for ref in found.traced if ref.id not in refs}
    return Line(
        section=section,
        lead=lead,
        rest=words,
        is_count=True,
        sources=tuple(refs.values()),
        traced=tuple(traced.values()),
        unseen=(found.total if behind is None else behind) - len(refs) - len(traced),
        latest=found.latest,
        is_dated=found.is_dated,
        is_of_others=is_of_others,
    )


def counts(_: Translator, words: Iterable[tuple[tuple[str, str], int]]) -> str:
    """2 planlagte · 1 klar"""
    return " · ".join(_.ngettext(one, many, number) for (one, many), number in words)
