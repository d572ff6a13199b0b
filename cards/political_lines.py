"""The lines of a political report, each with what it rests on: the way down from the council to anonymised sources.

R-11: "Trace any line of a political report down to anonymised sources and up to the theme". A line that is hidden names
no sources either, and no source has a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from cards import aggregate
from cards.language import N_, Translator
from cards.more import rest_words
from cards.words import ANSWERS, GROUPS, institutions
from domain.evidence import Average, Breakdown, ThemeEvidence
from domain.political_report import Basis, BasisKind, BoardWord, Content

BOARDS = {
    BoardWord.SAID: N_("The board was informed and has said something"),
    BoardWord.INFORMED: N_("The board was informed; nothing is noted of what it said"),
    BoardWord.NOT_YET: N_("The board has not been informed yet"),
}
KINDS = {
    BasisKind.FOCUS_AREA: N_("focus areas"),
    BasisKind.STATUS: N_("status updates"),
    BasisKind.PERSPECTIVE: N_("perspectives"),
    BasisKind.RECOMMENDATION: N_("recommendations"),
    BasisKind.FIGURE: N_("key figures"),
    BasisKind.PRACTICE: N_("shared practices"),
    BasisKind.DIALOGUE: N_("learning dialogues"),
    BasisKind.BOARD_NOTE: N_("board notes"),
}


@dataclass(frozen=True)
class Line:
    """What is counted, what may be shown of it, and what that rests on."""

    name: str
    value: str
    rests_on: str = ""


Lines: TypeAlias = tuple[str, Sequence[Line]]


def of_theme(_: Translator, content: Content, about: ThemeEvidence, *, most: int | None = None) -> list[Lines]:
    """The lines of one theme: what the institutions tell and what the figures tell, with the same rank (R-39).

    `most` is how many key figures there is room for.
    """
    return [
        (_("What the institutions tell"), _told(_, content, about)),
        (
            _averages_of(_, content, _("What the figures tell"), about.averages),
            _figures(_, content, about.averages, about.theme.id, most),
        ),
    ]


def of_range(_: Translator, content: Content, *, most: int | None = None) -> list[Lines]:
    """The lines that belong to no theme."""
    evidence = content.evidence
    dialogue = basis_words(_, content, content.basis(BasisKind.DIALOGUE))
    return [
        (
            _("Who has been heard"),
            [
                Line(name, value, basis_words(_, content, content.basis(BasisKind.PERSPECTIVE, word=group)))
                for group, (name, value) in zip(
                    evidence.heard, aggregate.heard(_, evidence.heard, evidence.fewest), strict=True
                )
            ],
        ),
        (
            _("What they recommend"),
            [
                Line(name, value, basis_words(_, content, content.basis(BasisKind.RECOMMENDATION, word=response)))
                for response, (name, value) in zip(ANSWERS, aggregate.answered(_, evidence), strict=True)
            ],
        ),
        (
            _("Learning dialogues"),
            [
                Line(name, value, dialogue if number == 0 or content.evidence.recorded.cells.get(number == 1) else "")
                for number, (name, value) in enumerate(aggregate.dialogues(_, evidence))
            ],
        ),
        (_("The boards"), boards(_, content)),
        (
            _averages_of(_, content, _("Local development"), evidence.local),
            _figures(_, content, evidence.local, None, most),
        ),
    ]


def boards(_: Translator, content: Content) -> list[Line]:
    """R-12: how many boards were informed, and how many of them have said something."""
    fewest = content.evidence.fewest
    if content.boards.total is None:
        return [Line(_("The board was informed"), institutions(_, None, fewest))]
    lines = []
    for word, number in content.boards.cells.items():
        basis = content.basis(BasisKind.BOARD_NOTE, word=word)
        if number is not None and word is BoardWord.NOT_YET:
            basis = content.basis(BasisKind.DIALOGUE)
        lines.append(Line(_(BOARDS[word]), _number(_, content.boards, number, fewest), basis_words(_, content, basis)))
    return lines


def practice(_: Translator, content: Content, theme_id: UUID) -> str:
    """R-08: how much practice is shared about a theme."""
    tally = content.practices.get(theme_id)
    if tally is None:
        return _not_shown(_, content, theme_id)
    number = _.ngettext("%(n)s shared practice", "%(n)s shared practices", tally.number)
    where = institutions(_, tally.institutions, content.evidence.fewest)
    return _("%(number)s in %(institutions)s", number=number, institutions=where)


def practice_is_vague(content: Content, theme_id: UUID) -> bool:
    """Whether it is hidden though it need not be small: of those who work with the theme, too few would be left."""
    working = next((each.working.total for each in content.evidence.themes if each.theme.id == theme_id), None)
    return content.practices.get(theme_id) is None and working is not None


def basis_words(_: Translator, content: Content, basis: Basis | None) -> str:
    """7 tilbud, 12 perspektiver, oktober 2025 – januar 2026, marts 2026"""
    if basis is None:
        return ""
    parts = [
        institutions(_, basis.institutions, content.evidence.fewest),
        _records(_, basis.kind, basis.number),
        basis.source,
        _.half_year(half) if (half := content.evidence.figures_of) and basis.kind is BasisKind.FIGURE else "",
        *_months(_, basis.months),
    ]
    return ", ".join(filter(None, parts))


def _months(_: Translator, months: Sequence[date]) -> list[str]:
    """The months, those that follow each other from the first of them to the last."""
    runs: list[list[date]] = []
    for each in months:
        follows = runs and _number_of(each) == _number_of(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [" – ".join(_.month(each) for each in dict.fromkeys((run[0], run[-1]))) for run in runs]


def _number_of(month: date) -> int:
    return month.year * 12 + month.month


def _told(_: Translator, content: Content, about: ThemeEvidence) -> list[Line]:
    evidence, theme_id = content.evidence, about.theme.id
    areas = basis_words(_, content, content.basis(BasisKind.FOCUS_AREA, theme_id=theme_id))
    words = basis_words(_, content, content.basis(BasisKind.STATUS, theme_id=theme_id))
    lines = [
        Line(_("With a focus area close to it"), institutions(_, about.working.total, evidence.fewest), areas),
    ]
    shown = sum(number is not None for number in about.working.cells.values())
    lines += [
        Line(name, value, (words or areas) if number < shown else "")
        for number, (name, value) in enumerate(aggregate.last_words(_, about, evidence.fewest))
    ]
    for (group, number), (_name, value) in zip(
        about.heard.items(), aggregate.heard_about(_, evidence, about), strict=True
    ):
        basis = content.basis(BasisKind.PERSPECTIVE, theme_id=theme_id, word=group) if number is not None else None
        name = _("Heard about it: %(group)s", group=_(GROUPS[group]).lower())
        lines.append(Line(name, value, basis_words(_, content, basis)))
    shared = basis_words(_, content, content.basis(BasisKind.PRACTICE, theme_id=theme_id))
    lines.append(Line(_("Practice shared about it"), practice(_, content, theme_id), shared))
    return lines


def _averages_of(_: Translator, content: Content, heading: str, found: Sequence[Average]) -> str:
    """The heading of key figures, with what they are averages of, and from which half-year."""
    return f"{heading} · {aggregate.figures(_, found, content.evidence)[0]}" if found else heading


def _figures(
    _: Translator, content: Content, found: Sequence[Average], theme_id: UUID | None, most: int | None
) -> list[Line]:
    lines = []
    for each in found[:most]:
        basis = content.basis(BasisKind.FIGURE, theme_id=theme_id, word=each.indicator)
        shown = basis_words(_, content, basis) if each.value is not None else ""
        lines.append(Line(each.indicator, aggregate.average(_, each, content.evidence.fewest), shown))
    if (more := len(found) - len(lines)) > 0:
        lines.append(Line("", rest_words(_, more)))
    return lines


def _records(_: Translator, kind: BasisKind, number: int | None) -> str:
    """How many records of the kind, or only of which kind they are."""
    if number is None:
        return _(KINDS[kind])
    match kind:
        case BasisKind.FOCUS_AREA:
            return _.ngettext("%(n)s focus area", "%(n)s focus areas", number)
        case BasisKind.STATUS:
            return _.ngettext("%(n)s status update", "%(n)s status updates", number)
        case BasisKind.PERSPECTIVE:
            return _.ngettext("%(n)s perspective", "%(n)s perspectives", number)
        case BasisKind.RECOMMENDATION:
            return _.ngettext("%(n)s recommendation", "%(n)s recommendations", number)
        case BasisKind.FIGURE:
            return _.ngettext("%(n)s key figure", "%(n)s key figures", number)
        case BasisKind.PRACTICE:
            return _.ngettext("%(n)s shared practice", "%(n)s shared practices", number)
        case BasisKind.DIALOGUE:
            return _.ngettext("%(n)s dialogue", "%(n)s dialogues", number)
        case BasisKind.BOARD_NOTE:
            return _.ngettext("%(n)s board note", "%(n)s board notes", number)


def _number(_: Translator, about: Breakdown[BoardWord], number: int | None, fewest: int) -> str:
    return _("not shown") if number is None and about.is_vague else institutions(_, number, fewest)


def _not_shown(_: Translator, content: Content, theme_id: UUID) -> str:
    is_vague = practice_is_vague(content, theme_id)
    return _("not shown") if is_vague else institutions(_, None, content.evidence.fewest)


def is_vague(content: Content) -> bool:
    """Whether a number of those that belong to no theme is not shown though it need not be small."""
    return content.evidence.recorded.is_vague or content.boards.is_vague
