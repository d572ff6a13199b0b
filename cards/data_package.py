"""The half-yearly data package: what is new, every figure with its source, and the way to interpreting it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cards import overview, preparation
from cards.form import carried
from cards.kit import Card, card, open_url, press, toggle_more
from cards.language import Translator
from cards.later import put_off
from cards.layout import Element, flow
from cards.parts import bullets, figure, note, section, text
from cards.which import which
from cards.words import amount, change_of, figure_line, theme_title, value_of
from domain.cycle import Theme
from domain.data_package import DataPackage, KeyFigure
from domain.dialogue import Dialogue
from domain.organisation import Institution

OPEN = "data_package.open"
MOST_NEW = 3


def show(
    _: Translator,
    *,
    package: DataPackage,
    institution: Institution,
    figures: Sequence[KeyFigure],
    themes: Mapping[UUID, Theme],
    dialogue: Dialogue | None,
    figures_url: str,
    is_compared: bool = True,
) -> Card:
    """Three lines of news, then all figures: those of each theme, then those of the local development.

    Without `is_compared` they stand without the area's, which would tell those of a neighbour.
    """
    body: list[Element | None] = []
    news = [each for each in figures if each.change]
    if news:
        body += [
            section(_("What is new"), spacing="Medium"),
            bullets([figure_line(_, each) for each in news[:MOST_NEW]], spacing="Small"),
        ]
    for theme_id in dict.fromkeys(each.theme_id for each in figures):
        of_theme = [each for each in figures if each.theme_id == theme_id]
        title = theme_title(_, themes.get(theme_id)) if theme_id else ""
        heading = _("Theme") if theme_id else _("Local development")
        tiles = [
            figure(
                value_of(_, each),
                each.indicator,
                change=change_of(_, each),
                comparison=_comparison(_, each) if is_compared else None,
            )
            for each in of_theme
        ]
        body += [
            section(heading),
            text(title, subtle=True, spacing="None") if title else None,
            flow(*tiles, spacing="Small"),
        ]
    if not figures:
        body.append(text(_("The package contains no figures."), spacing="Medium"))
    body.append(
        note(
            _("Figures say nothing until they are interpreted. How do you understand them?"),
            sign="Lightbulb",
            spacing="Large",
        )
    )
    sources = dict.fromkeys(f"{each.source}, {_.date(each.as_of)}" for each in figures)
    if sources:
        body.append(toggle_more(_("Sources and dates"), "sources", bullets(list(sources))))
    return card(
        _,
        _("Data package"),
        subtitle=f"{institution.name} · {_.half_year(package.half_year)}",
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=body,
        actions=[
            press(_("Begin the preparation"), preparation.BEGIN, carried(dialogue.id), primary=True)
            if dialogue
            else press(_("My overview"), overview.OPEN, carried(), primary=True),
            open_url(_("Open the source"), figures_url) if figures_url else None,
            put_off(_, "data_package", package.id) if dialogue else None,
        ],
        summary=_("The data package for %(half_year)s is ready", half_year=_.the_half_year(package.half_year)),
    )


def choose(_: Translator, found: Sequence[tuple[DataPackage, Institution]]) -> Card:
    """Whose package of several, A to Å."""
    rows = [(package.id, where.name, f"{where.name} · {_.half_year(package.half_year)}") for package, where in found]
    return which(_, _("Whose key figures?"), _("Institution"), rows, OPEN)


def none_yet(_: Translator, *, leads: bool) -> Card:
    words = (
        _("No data package has been released for your institution yet. I will write when one is.")
        if leads
        else _("Key figures are shown to the leaders of an institution and to its chief.")
    )
    return card(
        _,
        _("No data package"),
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _comparison(_: Translator, each: KeyFigure) -> str | None:
    if each.comparison is None or each.is_hidden:
        return None
    return _("area: %(value)s", value=amount(_, each.comparison, each.unit))
