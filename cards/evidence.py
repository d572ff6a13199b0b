"""The evidence base: what is known across institutions of one age range, or of both side by side.

Qualitative and quantitative stand side by side with the same rank, theme by theme, and beside them what the leader
networks say. No card of it has a name of a person or an institution.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import aggregate, network_statement, overview
from cards.fitting import Room, fitted
from cards.form import carried
from cards.kit import Action, Card, card, press
from cards.language import N_, Translator
from cards.layout import Element, capital, flow, group
from cards.network_statement import Given
from cards.parts import facts, hint, note, section, text
from cards.which import short, which
from cards.words import institutions, theme_title
from domain.cycle import Cycle
from domain.evidence import Evidence, ThemeEvidence
from domain.network import NetworkStatement
from domain.organisation import AgeRange

BOTH = "evidence.both"
OPEN = "evidence.open"
THEME = "evidence.theme"
CHOOSE = "evidence.choose"

MOST_BUTTONS = 3
RANGES = {AgeRange.YOUNGER: N_("Ages 0–6"), AgeRange.OLDER: N_("Ages 6–18")}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One age range in one cycle, what the networks have given on it, and the cycle before."""

    evidence: Evidence
    statements: Sequence[NetworkStatement] = ()
    before: Cycle | None = None


def show(_: Translator, sheet: Sheet) -> Card:
    """R-24: the aggregate of one age range, with a way to each theme."""
    return fitted(lambda room: _shown(_, sheet, room))


def _shown(_: Translator, sheet: Sheet, room: Room) -> Card:
    evidence = sheet.evidence
    return card(
        _,
        _("Evidence base"),
        subtitle=capital(_subtitle(_, evidence)),
        seen_by=_seen_by(_),
        body=[
            facts([(_("Institutions of the age range"), _.number(evidence.institutions))], spacing="Medium"),
            section(_("Themes")),
            *themes(_, evidence, sheet.statements, room),
            section(_("Who has been heard")),
            facts(aggregate.heard(_, evidence.heard, evidence.fewest), spacing="Small"),
            section(_("What they recommend")),
            facts(aggregate.answered(_, evidence), spacing="Small"),
            section(_("Learning dialogues")),
            facts(aggregate.dialogues(_, evidence), spacing="Small"),
            section(_("Local development")),
            *local(_, evidence),
            *network_statement.of_the_whole(_, sheet.statements, room),
            *closing(_, evidence, evidence.recorded.is_vague),
        ],
        actions=[
            *_ways_to_themes(_, evidence),
            press(_("Ages 0–18"), BOTH, carried()),
            press(_("The period before"), OPEN, carried(sheet.before.id)) if sheet.before else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def show_theme(_: Translator, sheet: Sheet, about: ThemeEvidence) -> Card:
    """One theme: what the institutions tell and what the figures tell, side by side with the same rank (R-39)."""
    return fitted(lambda room: _shown_theme(_, sheet, about, room))


def _shown_theme(_: Translator, sheet: Sheet, about: ThemeEvidence, room: Room) -> Card:
    evidence = sheet.evidence
    return card(
        _,
        _("Evidence base"),
        subtitle=f"{theme_title(_, about.theme)} · {_subtitle(_, evidence)}",
        seen_by=_seen_by(_),
        body=[
            aggregate.sides(_, evidence, about, network_statement.beside(_, sheet.statements, about.theme, room)),
            *closing(_, evidence, aggregate.is_vague(evidence, about)),
        ],
        actions=[
            press(_("The whole age range"), OPEN, carried(evidence.cycle.id), primary=True),
            press(_("Ages 0–18"), BOTH, carried()),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Evidence base"),
    )


def both(_: Translator, found: Sequence[Evidence]) -> Card:
    """R-21: both age ranges side by side; no number is added up across them."""
    return card(
        _,
        _("Evidence base"),
        subtitle=_("Ages 0–18"),
        seen_by=_seen_by(_),
        body=[
            flow(*[range_tile(_, each) for each in found], at_least=240),
            hint(rule(_, *found), spacing="Medium"),
            _interpret(_),
        ],
        actions=[
            *[
                press(_(RANGES[each.age_range]), OPEN, carried(each.cycle.id), primary=number == 0)
                for number, each in enumerate(found)
            ],
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def choose(_: Translator, evidence: Evidence) -> Card:
    rows = [
        (each.theme.id, theme_title(_, each.theme), f"{theme_title(_, each.theme)}: {close_to_it(_, each, evidence)}")
        for each in evidence.themes
    ]
    return which(_, _("Which theme?"), _("Theme"), rows, THEME)


def none_yet(_: Translator) -> Card:
    return card(
        _,
        _("No evidence base yet"),
        seen_by=_("only you"),
        body=[
            text(
                _("It begins with the first two-year period, whose half-years come with the list of themes."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _subtitle(_: Translator, evidence: Evidence) -> str:
    return f"{_.age_range(evidence.age_range)} · {span(_, evidence.cycle)}"


def span(_: Translator, cycle: Cycle) -> str:
    return f"{_.half_year(cycle.first_half_year)} – {_.half_year(cycle.last_half_year)}"


def _seen_by(_: Translator) -> str:
    return _("leaders, chiefs, the administration and the leader networks. No names")


def rule(_: Translator, *found: Evidence, is_final: bool = False) -> str:
    """When a number is shown and, as long as it is not final, renewed; and the day that the oldest of them is from."""
    number, taken = _.number(found[0].fewest), [each.taken_at for each in found if each.taken_at]
    told = [_("A number is shown when at least %(n)s institutions are behind it.", n=number)]
    if not is_final:
        told.append(_("It is renewed when at least %(n)s of them have something new.", n=number))
    if taken:
        told.append(_("The oldest number is from %(day)s.", day=_.date(min(taken))))
    return " ".join(told)


def _interpret(_: Translator) -> Element:
    return note(
        _("Figures say nothing until they are interpreted. How do you understand them?"),
        sign="Lightbulb",
        spacing="Medium",
    )


def closing(_: Translator, evidence: Evidence, is_vague: bool, *, is_final: bool = False) -> list[Element]:
    shown = " ".join([rule(_, evidence, is_final=is_final), *([aggregate.vague(_)] if is_vague else [])])
    return [hint(shown, spacing="Medium"), _interpret(_)]


def themes(_: Translator, evidence: Evidence, statements: Sequence[Given], room: Room) -> list[Element]:
    """Each theme in short: how many work with it, and below it what each network says of the picture (R-25)."""
    if not evidence.themes:
        return [text(_("No themes have been sent out in this period."), subtle=True, spacing="Small")]
    return [
        group(
            text(theme_title(_, each.theme), strong=True),
            text(close_to_it(_, each, evidence), small=True, subtle=True, spacing="None"),
            *network_statement.in_short(_, statements, each.theme, room),
            spacing="Small",
        )
        for each in evidence.themes
    ]


def _ways_to_themes(_: Translator, evidence: Evidence) -> list[Action]:
    """A button for each theme, or one to choose from where there are many or two are called alike on a button."""
    titles = [short(theme_title(_, each.theme)) for each in evidence.themes]
    if len(titles) > MOST_BUTTONS or len(set(titles)) < len(titles):
        return [press(_("Choose a theme"), CHOOSE, carried(evidence.cycle.id), primary=True)]
    return [
        press(title, THEME, carried(each.theme.id), primary=number == 0)
        for number, (title, each) in enumerate(zip(titles, evidence.themes, strict=True))
    ]


def close_to_it(_: Translator, each: ThemeEvidence, evidence: Evidence) -> str:
    number = institutions(_, each.working.total, evidence.fewest)
    return _("%(institutions)s with a focus area close to it", institutions=number)


def local(_: Translator, evidence: Evidence) -> list[Element]:
    heading, rows = aggregate.figures(_, evidence.local, evidence)
    if not evidence.local:
        return [text(_("None yet"), subtle=True, spacing="Small")]
    more = [text(value, small=True, subtle=True) for name, value in rows if not name]
    named = [(name, value) for name, value in rows if name]
    return [text(heading, small=True, subtle=True, spacing="None"), facts(named, spacing="Small"), *more]


def range_tile(_: Translator, evidence: Evidence) -> Element:
    themes = [
        (theme_title(_, each.theme), institutions(_, each.working.total, evidence.fewest)) for each in evidence.themes
    ] or [("", _("None yet"))]
    of_range = _.ngettext("%(n)s institution", "%(n)s institutions", evidence.institutions)
    return aggregate.side(
        _(RANGES[evidence.age_range]),
        (_("Two-year period"), [("", f"{span(_, evidence.cycle)} · {of_range}")]),
        (_("Institutions with a focus area close to a theme"), themes),
        (_("Who has been heard"), aggregate.heard(_, evidence.heard, evidence.fewest)),
        (_("What they recommend"), aggregate.answered(_, evidence)[:1]),
        (_("Learning dialogues"), aggregate.dialogues(_, evidence)[:1]),
    )
