"""The cards of the political report, as they look at the moments people meet them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cards import political_final, political_report, political_theme, political_trace
from cards.kit import Card
from cards.language import Translator
from cards.political_sheet import Sheet
from domain.evidence import Breakdown, Tally
from domain.name_words import Names
from domain.organisation import InstitutionType
from domain.perspective import Group, Response
from domain.political_report import Basis, BasisKind, BoardWord, Content, PoliticalReport, Printed
from tests.cards import municipality as made

DRAWN = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
WORD = "https://bot.solvang.example/files/word"
PDF = "https://bot.solvang.example/files/pdf"
PLAYMATE = "Børn, der har en fast legekammerat"
SAID = "Legen har det bedre, end tallene viser, fordi de yngste ikke er spurgt."


def bases() -> tuple[Basis, ...]:
    """What the lines rest on, as `made.evidence()` tells them."""

    def basis(kind: BasisKind, places: int, number: int | None, day: date, **more: Any) -> Basis:
        months = () if kind is BasisKind.FIGURE else (date(2025, 10, 1), date(2025, 11, 1), day.replace(day=1))
        return Basis(kind=kind, institutions=places, number=number, months=tuple(dict.fromkeys(months)), **more)

    found = [
        basis(BasisKind.PERSPECTIVE, 17, 31, date(2026, 4, 12), word=Group.CHILDREN),
        basis(BasisKind.PERSPECTIVE, 15, 22, date(2026, 3, 27), word=Group.PARENTS),
        basis(BasisKind.PERSPECTIVE, 4, 4, date(2026, 2, 5), word=Group.STAFF),
        basis(BasisKind.RECOMMENDATION, 9, 12, date(2026, 4, 9), word=Response.FOLLOWED),
        basis(BasisKind.RECOMMENDATION, 6, 7, date(2026, 3, 19), word=Response.PARTLY),
        basis(BasisKind.RECOMMENDATION, 4, 5, date(2026, 4, 12), word=Response.OPEN),
        basis(BasisKind.DIALOGUE, 26, 70, date(2026, 4, 10)),
        basis(BasisKind.BOARD_NOTE, 14, 19, date(2026, 4, 2), word=BoardWord.SAID),
        basis(BasisKind.BOARD_NOTE, 7, 8, date(2026, 3, 24), word=BoardWord.INFORMED),
        basis(BasisKind.FIGURE, 25, 25, date(2026, 3, 1), word="Sygefravær blandt personalet", source="LIS"),
    ]
    working = [each.working.total or 0 for each in made.evidence().themes]
    for place, each in enumerate(made.played()):
        about = {"theme_id": each.id}
        found += [
            basis(BasisKind.FOCUS_AREA, working[place], working[place] + 5, date(2025, 11, 18), **about),
            basis(BasisKind.PERSPECTIVE, 9 - place, 12, date(2026, 4, 12), word=Group.CHILDREN, **about),
            basis(BasisKind.PERSPECTIVE, 5, None, date(2026, 3, 27), word=Group.PARENTS, **about),
            basis(BasisKind.PRACTICE, 4, 6, date(2026, 4, 1), **about),
            basis(BasisKind.FIGURE, 24, 24, date(2026, 3, 1), word=PLAYMATE, source="LIS", **about),
        ]
    return tuple(found)


def content(words: str = SAID, *, few: bool = False, older: bool = False, themes: int = 3) -> Content:
    evidence = made.older_evidence() if older else made.evidence(few=few, themes=themes)
    given = [made.statement(words), made.statement(words, network=InstitutionType.LEISURE)]
    shared = {each.theme.id: None if few or place == 2 else Tally(6, 4) for place, each in enumerate(evidence.themes)}
    counts = {BoardWord.SAID: 14, BoardWord.INFORMED: 7, BoardWord.NOT_YET: 5}
    return Content(
        evidence=evidence,
        statements=() if few else tuple(Printed.of(each, Names()) for each in given),
        practices=shared,
        boards=Breakdown.of(dict.fromkeys(BoardWord, 0) if few else counts, 3),
        bases=() if few else bases(),
        drawn_at=DRAWN,
    )


def sheet(what: Content, *, kept: bool = True, final: bool = False, number: int = 1, **more: Any) -> Sheet:
    report = PoliticalReport(round_id=made.uid(161), content=what, drawn_by=made.uid(5), number=number)
    if final:
        report.finish(seen=DRAWN, by=made.uid(5), now=DRAWN)
    return Sheet(
        content=what,
        round=more.pop("round", made.political_round()),
        report=report if kept else None,
        word=WORD,
        pdf=PDF,
        **more,
    )


def unsaved(_: Translator) -> Card:
    return political_report.show(_, sheet(content(), kept=False, can_draft=True))


def no_round(_: Translator) -> Card:
    return political_report.show(_, sheet(content(few=True), kept=False, can_draft=True, round=None), is_wider=True)


def kept(_: Translator) -> Card:
    return political_report.show(_, sheet(content(), can_draft=True, can_finish=True), is_new=True)


def meanwhile(_: Translator) -> Card:
    return political_report.show(_, sheet(content(), can_draft=True), has_changed=True)


def final(_: Translator) -> Card:
    about = made.political_round(discussed_on=date(2026, 5, 6))
    return political_report.show(_, sheet(content(), final=True, round=about))


def new_version(_: Translator) -> Card:
    return political_report.show(_, sheet(content(), final=True, number=2, can_draft=True, can_finish=True))


def theme(_: Translator, words: str = SAID) -> Card:
    about = sheet(content(words))
    return political_theme.show_theme(_, about, about.content.evidence.themes[0])


def theme_few(_: Translator) -> Card:
    about = sheet(content(few=True))
    return political_theme.show_theme(_, about, about.content.evidence.themes[0])


def choose(_: Translator) -> Card:
    return political_theme.choose(_, sheet(content()))


def both(_: Translator) -> Card:
    return political_report.both(_, [sheet(content()), sheet(content(older=True))])


def none(_: Translator) -> Card:
    return political_report.none_yet(_)


def not_final(_: Translator) -> Card:
    return political_report.not_final(_)


def sources(_: Translator) -> Card:
    return political_trace.sources(_, sheet(content()), None)


def sources_theme(_: Translator, words: str = "Alle børn skal have en plads i legen.") -> Card:
    about = sheet(content())
    told = about.content.evidence.themes[0]
    told.theme.description, told.theme.decision_url = words, "https://solvang.example/sager/2024-17"
    return political_trace.sources(_, about, told)


def sources_few(_: Translator) -> Card:
    about = sheet(content(few=True))
    return political_trace.sources(_, about, about.content.evidence.themes[0])


def files(_: Translator) -> Card:
    return political_final.files(_, sheet(content()))


def files_pdf(_: Translator) -> Card:
    return political_final.files(_, sheet(content(), final=True), only="pdf")


def files_none(_: Translator) -> Card:
    return political_final.files(_, replace(sheet(content()), word=None, pdf=None))


def files_both(_: Translator) -> Card:
    return political_final.files_of_both(_, [sheet(content()), sheet(content(older=True))], "pdf")


def preview(_: Translator) -> Card:
    left_out = "[…] siger, at legen har det bedre."
    return political_final.preview(_, sheet(content(left_out), can_finish=True))


def preview_again(_: Translator) -> Card:
    return political_final.preview(_, sheet(content(), can_finish=True), drawn_anew=True)


EXAMPLES: dict[str, Callable[..., Card]] = {
    "political_report_unsaved": unsaved,
    "political_report_no_round": no_round,
    "political_report_kept": kept,
    "political_report_meanwhile": meanwhile,
    "political_report_final": final,
    "political_report_new_version": new_version,
    "political_report_theme": theme,
    "political_report_theme_few": theme_few,
    "political_report_choose": choose,
    "political_report_both": both,
    "political_report_none": none,
    "political_report_not_final": not_final,
    "political_report_sources": sources,
    "political_report_sources_theme": sources_theme,
    "political_report_sources_few": sources_few,
    "political_report_files": files,
    "political_report_files_pdf": files_pdf,
    "political_report_files_none": files_none,
    "political_report_files_both": files_both,
    "political_report_preview": preview,
    "political_report_preview_again": preview_again,
}
