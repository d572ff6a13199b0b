"""The political report as a document: theme by theme, figures and what is told in one table, and what each rests on."""

from collections.abc import Iterator, Sequence

from cards import aggregate
from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.evidence import rule
from cards.language import Translator
from cards.network_statement import answers_about, recognises, who_and_when
from cards.political_lines import Line, Lines, is_vague, of_range, of_theme, practice_is_vague
from cards.political_sheet import Sheet, subtitle, title
from cards.words import NETWORKS, theme_title
from domain.cycle import Theme
from domain.evidence import ThemeEvidence
from domain.network import Answer

WIDTHS = (31, 25, 44)
# Figures and words beside each other, and about how many letters the whole line has.
BESIDE = (52, 48)
LETTERS = 95


def document(_: Translator, sheet: Sheet) -> Document:
    """The whole report in the reader's language."""
    content, about = sheet.content, sheet.content.evidence
    parts: list[Part] = [
        Paragraph(
            _(
                "This is what the institutions of the age range tell and what the figures show, gathered for the "
                "political discussion. It is no assessment, and nothing in it is about one institution or person."
            )
        ),
        Paragraph(
            " ".join([rule(_, about, is_final=sheet.is_final), *([aggregate.vague(_)] if _hides(sheet) else [])])
        ),
        Paragraph(
            _("Figures say nothing until they are interpreted. The leader networks' words are shown beside them.")
        ),
        Paragraph(
            _(
                "Each line says how many institutions and records are behind it, and from which months. Sources are "
                "counted and never named, and a month is told when enough institutions are behind it."
            )
        ),
        Facts(tuple(_head(_, sheet))),
        *[_theme(_, sheet, each) for each in about.themes],
    ]
    if not about.themes:
        parts.append(
            Section(_("Themes"), (Paragraph(_("No themes have been sent out in this period.")), *_given(_, sheet)))
        )
    parts += [Section(heading, (_table(_, (heading, lines)),)) for heading, lines in of_range(_, content) if lines]
    drawn = _("Figures taken on %(day)s", day=_.date(content.drawn_at))
    return Document(
        title=title(_, sheet),
        lines=(subtitle(_, sheet), drawn),
        parts=tuple(parts),
        footer=f"{title(_, sheet)} · {subtitle(_, sheet)}",
        numbering=_("Page %(page)s of %(pages)s", page=PAGE, pages=PAGES),
        language=_.language,
        made_at=content.drawn_at,
    )


def file_name(_: Translator, sheet: Sheet) -> str:
    """Politisk afrapportering (udkast), 0–6 år, 14. april 2026"""
    return f"{title(_, sheet)}, {_.age_range(sheet.cycle.age_range)}, {_.date(sheet.content.drawn_at)}"


def _head(_: Translator, sheet: Sheet) -> list[tuple[str, str]]:
    rows = [(_("Institutions of the age range"), _.number(sheet.content.evidence.institutions))]
    if sheet.report and sheet.report.final_at:
        rows.append((_("Made final"), _.date(sheet.report.final_at)))
    if sheet.round and sheet.round.discussed_on:
        rows.append((_("Discussed on"), _.date(sheet.round.discussed_on)))
    if not sheet.is_final:
        rows.append((_("Seen by"), _("chiefs, the administration and the leader networks, until it is final")))
    return rows


def _theme(_: Translator, sheet: Sheet, about: ThemeEvidence) -> Section:
    theme = about.theme
    when = f"{_.half_year(theme.valid_from)} – {_.half_year(theme.valid_to)}"
    decided = _("Decided by the politicians, valid %(when)s.", when=when)
    where = _("The decision: %(url)s", url=theme.decision_url) if theme.decision_url else ""
    parts: list[Part] = [Paragraph(theme.description)] if theme.description else []
    parts.append(Paragraph(" ".join(filter(None, (decided, where)))))
    given = _words(_, sheet, theme) or [_("No leader network has given a statement yet.")]
    header = (_("What institutions and figures tell"), _("What the leader networks say"))
    parts.append(Table(header, tuple(_beside(_figures(_, sheet, about), given)), BESIDE))
    return Section(theme_title(_, theme), tuple(parts))


def _figures(_: Translator, sheet: Sheet, about: ThemeEvidence) -> list[str]:
    """The two sides of a theme below each other, every line with what it rests on."""
    found: list[str] = []
    for heading, lines in of_theme(_, sheet.content, about):
        told = [_line(line) for line in lines] or [_("None yet")]
        found += [f"{heading}:\n{told[0]}", *told[1:]]
    return found


def _line(line: Line) -> str:
    value = f"{line.name}: {line.value}" if line.name else line.value
    return "\n".join(filter(None, (value, _whole_at_the_end(line.rests_on))))


def _beside(figures: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """R-25: "printed beside the figures": next to each piece of words as many lines as are about as high."""
    left = list(figures)
    for piece in words:
        lines = left[:1]
        while len(lines) < len(left) and _height(left[: len(lines) + 1], BESIDE[0]) <= _height([piece], BESIDE[1]):
            lines = left[: len(lines) + 1]
        left = left[len(lines) :]
        yield "\n\n".join(lines), piece
    yield from ((line, "") for line in left)


def _height(parts: Sequence[str], share: int) -> int:
    """How many rows the parts take, with an empty one between them, in a column of so many hundredths of the line."""
    rows = "\n\n".join(parts).split("\n")
    return sum(1 + len(each) * 100 // (LETTERS * share) for each in rows)


def _words(_: Translator, sheet: Sheet, theme: Theme) -> list[str]:
    """What each network says of a theme, and who stands behind it."""
    found: list[str] = []
    for each, answer in answers_about(sheet.content.statements, theme):
        said = [_(NETWORKS[each.network]), recognises(_, answer)]
        said += [f"{question} {_('“%(word)s”', word=words)}" for question, words in _asked(_, answer) if words]
        found.append("\n".join([*said, who_and_when(_, each)]))
    return found


def _asked(_: Translator, answer: Answer) -> list[tuple[str, str]]:
    return [
        (_("What should the politicians know?"), answer.tell),
        (_("Which knowledge is missing?"), answer.lacking),
    ]


def _table(_: Translator, part: Lines) -> Table:
    rows = tuple((line.name, line.value, _whole_at_the_end(line.rests_on) or "–") for line in part[1])
    return Table((_("What"), _("How many"), _("Based on")), rows, WIDTHS)


def _whole_at_the_end(rests_on: str) -> str:
    """The date that it ends with is not broken between two lines."""
    rest, comma, latest = rests_on.rpartition(", ")
    return rest + comma + latest.replace(" ", "\u00a0")


def _given(_: Translator, sheet: Sheet) -> Sequence[Part]:
    """What the networks say of the picture as a whole, where there were no themes."""
    parts: list[Part] = []
    for each, answer in answers_about(sheet.content.statements, None):
        parts.append(Paragraph(recognises(_, answer), lead=f"{_(NETWORKS[each.network])}."))
        by = who_and_when(_, each)
        parts += [Quote(words, f"{question} {by}") for question, words in _asked(_, answer) if words]
    return parts


def _hides(sheet: Sheet) -> bool:
    content = sheet.content
    return is_vague(content) or any(
        aggregate.is_vague(content.evidence, each) or practice_is_vague(content, each.theme.id)
        for each in content.evidence.themes
    )
