"""One theme of a political report: figures and what is told with equal rank, and what the networks say beside them."""

from cards import aggregate, network_statement
from cards.evidence import close_to_it, closing
from cards.fitting import Room, fitted
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import text
from cards.political_lines import practice, practice_is_vague
from cards.political_sheet import OPEN, SOURCES, THEME, Sheet, decision_of, seen_by_of, state_of, subtitle, title
from cards.which import which
from cards.words import theme_title
from domain.cycle import Theme
from domain.evidence import ThemeEvidence


def show_theme(_: Translator, sheet: Sheet, about: ThemeEvidence) -> Card:
    """One theme: figures and what is told with equal rank, and each network's statement beside them (R-25)."""
    return fitted(lambda room: _shown_theme(_, sheet, about, room))


def _shown_theme(_: Translator, sheet: Sheet, about: ThemeEvidence, room: Room) -> Card:
    content, theme = sheet.content, about.theme
    hides = aggregate.is_vague(content.evidence, about) or practice_is_vague(content, theme.id)
    return card(
        _,
        title(_, sheet),
        subtitle=f"{theme_title(_, theme)} · {subtitle(_, sheet)}",
        state=state_of(_, sheet),
        seen_by=seen_by_of(_, sheet),
        body=[
            aggregate.sides(
                _,
                content.evidence,
                about,
                _statements(_, sheet, theme, room),
                told=[(_("Shared practice"), [(_("Practice shared about it"), practice(_, content, theme.id))])],
            ),
            *closing(_, content.evidence, hides, is_final=sheet.is_final),
        ],
        actions=[
            press(_("See the sources"), SOURCES, carried(theme.id, c=str(sheet.cycle.id)), primary=True),
            press(_("The whole report"), OPEN, carried(sheet.cycle.id)),
            decision_of(_, theme),
        ],
        summary=title(_, sheet),
    )


def choose(_: Translator, sheet: Sheet) -> Card:
    about = sheet.content.evidence
    rows = [
        (each.theme.id, theme_title(_, each.theme), f"{theme_title(_, each.theme)}: {close_to_it(_, each, about)}")
        for each in about.themes
    ]
    return which(_, _("Which theme?"), _("Theme"), rows, THEME, c=str(sheet.cycle.id))


def _statements(_: Translator, sheet: Sheet, theme: Theme, room: Room) -> list[Element]:
    """R-25: what each network has said of the theme; that none has, is said."""
    heading = text(_("What the leader networks say"), strong=True, spacing="Medium")
    lacking = text(_("No leader network has given a statement yet."), subtle=True, spacing="Small")
    return network_statement.beside(_, sheet.content.statements, theme, room) or [heading, lacking]
