"""R-11: "Trace any line of a political report down to anonymised sources and up to the theme", and to its decision."""

from cards import political_sheet as report
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element, group
from cards.parts import hint, section, text
from cards.political_lines import Lines, of_range, of_theme
from cards.words import institutions, theme_title
from domain.cycle import Theme
from domain.evidence import ThemeEvidence

MOST_FIGURES = 12


def sources(_: Translator, sheet: report.Sheet, about: ThemeEvidence | None) -> Card:
    """Down from each line to anonymised sources, and up to the theme and the council's decision of it."""
    content = sheet.content
    found = (
        of_theme(_, content, about, most=MOST_FIGURES) if about else of_range(_, content, most=MOST_FIGURES)
    )  # fmt: skip
    where = f"{theme_title(_, about.theme)} · {report.subtitle(_, sheet)}" if about else report.subtitle(_, sheet)
    return card(
        _,
        _("What the report is based on"),
        subtitle=where,
        state=report.state_of(_, sheet),
        seen_by=report.seen_by_of(_, sheet),
        body=[
            *(_up(_, about.theme) if about else []),
            *[element for part in found for element in _traced(_, part)],
            hint(_rests_on(_, sheet), spacing="Medium"),
        ],
        actions=[
            press(_("Back"), report.THEME, carried(about.theme.id, c=str(sheet.cycle.id)), primary=True)
            if about
            else press(_("Choose a theme"), report.CHOOSE, carried(sheet.cycle.id), primary=True)
            if content.evidence.themes
            else None,
            press(_("The whole report"), report.OPEN, carried(sheet.cycle.id)),
            report.decision_of(_, about.theme) if about else None,
        ],
        summary=_("What the report is based on"),
    )


def _up(_: Translator, theme: Theme) -> list[Element]:
    """The way up: the theme that the lines belong to, and where it was decided."""
    when = f"{_.half_year(theme.valid_from)} – {_.half_year(theme.valid_to)}"
    lacking = _("There is no link to the decision on the list of themes.")
    return [
        section(_("The theme")),
        text(theme_title(_, theme), strong=True, spacing="Small"),
        *([text(theme.description, spacing="ExtraSmall")] if theme.description else []),
        text(
            _("Decided by the politicians, valid %(when)s.", when=when), small=True, subtle=True, spacing="ExtraSmall"
        ),
        *([] if theme.decision_url else [text(lacking, small=True, subtle=True, spacing="None")]),
    ]


def _traced(_: Translator, part: Lines) -> list[Element]:
    heading, lines = part
    rows = [
        group(
            *([text(line.name, small=True, subtle=True)] if line.name else []),
            text(line.value, spacing="None"),
            *([text(line.rests_on, small=True, subtle=True, spacing="None")] if line.rests_on else []),
            spacing="Small",
        )
        for line in lines
    ] or [text(_("None yet"), subtle=True, spacing="Small")]
    # No heading to a screen reader: it is put together, and holds a half-year.
    return [text(heading, strong=True, spacing="Large"), *rows]


def _rests_on(_: Translator, sheet: report.Sheet) -> str:
    few = institutions(_, None, sheet.content.evidence.fewest)
    return _(
        "Sources are counted and told by kind and month, never named. What is based on %(few)s is not traced further, "
        "and a month with %(few)s is not told.",
        few=few,
    )
