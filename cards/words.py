"""How the domain's things are called on cards: dialogues, states, figures, themes."""

from collections.abc import Iterable

from cards.language import N_, Translator
from cards.parts import Change, State
from domain.aims import FourAims
from domain.cycle import HALF_YEARS, Theme
from domain.data_package import KeyFigure
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import Institution
from domain.perspective import Group
from domain.preparation import Source

STATES = {
    DialogueState.PLANNED: (N_("planned"), "neutral"),
    DialogueState.OPEN: (N_("being prepared"), "accent"),
    DialogueState.READY: (N_("ready"), "good"),
    DialogueState.HELD: (N_("held"), "accent"),
    DialogueState.RECORDED: (N_("recorded"), "good"),
    DialogueState.CLOSED: (N_("closed"), "neutral"),
    DialogueState.CANCELLED: (N_("cancelled"), "neutral"),
}

# "styrke læring, udvikling, trivsel og dannelse".
AIMS = {
    FourAims.LEARNING: N_("Learning"),
    FourAims.DEVELOPMENT: N_("Development"),
    FourAims.WELL_BEING: N_("Well-being"),
    FourAims.FORMATION: N_("Formation"),
}

SOURCES = {
    Source.OBSERVATION: N_("Our own observations of the learning environment"),
    Source.CHILDREN: N_("The children's perspectives"),
    Source.YOUTH: N_("The young people's perspectives"),
    Source.PARENTS: N_("The parents' perspectives"),
    Source.PRIORITY: N_("Local priorities"),
    Source.LOCAL: N_("Other local perspectives"),
}

GROUPS = {
    Group.CHILDREN: N_("Children"),
    Group.YOUTH: N_("Young people"),
    Group.PARENTS: N_("Parents"),
    Group.STAFF: N_("Staff"),
}


def aims_line(_: Translator, aims: Iterable[FourAims]) -> str:
    """Udvikling · Trivsel"""
    return " · ".join(_(AIMS[each]) for each in aims)


def dialogue_name(_: Translator, dialogue: Dialogue) -> str:
    """Læringssamtale 2 af 4"""
    if dialogue.number is None:
        return _("Extra learning dialogue")
    return _("Learning dialogue %(number)s of %(of)s", number=dialogue.number, of=HALF_YEARS)


def dialogue_line(_: Translator, dialogue: Dialogue, where: Institution) -> str:
    """Læringssamtale 2 af 4 · Elmeskolen · tirsdag den 21. april kl. 9.00"""
    return f"{dialogue_name(_, dialogue)} · {where.name} · {_.moment(dialogue.starts_at)}"


def dialogue_state(_: Translator, state: DialogueState) -> State:
    word, tone = STATES[state]
    return State(_(word), tone)  # type: ignore[arg-type]


def theme_title(_: Translator, theme: Theme | None) -> str:
    """The theme in the reader's language."""
    if theme is None:
        return ""
    return theme.title_en if _.language == "en" and theme.title_en else theme.title


def value_of(_: Translator, figure: KeyFigure) -> str:
    """6,2 %, or `færre end 5` where too few people are behind it."""
    return _("fewer than 5") if figure.is_hidden else amount(_, figure.value, figure.unit)


def change_of(_: Translator, figure: KeyFigure) -> Change:
    """How the figure moved since last half-year, in words that judge nothing."""
    if figure.is_hidden:
        return Change(_("not shown, to protect the few"))
    if figure.change is None:
        return Change(_("no earlier figure"))
    size = amount(_, abs(figure.change), _points(_, figure.unit))
    if round(figure.change, 2) == 0:
        return Change(_("same as last half-year"), "same")
    if figure.change > 0:
        return Change(_("%(size)s higher than last half-year", size=size), "up")
    return Change(_("%(size)s lower than last half-year", size=size), "down")


def figure_line(_: Translator, figure: KeyFigure) -> str:
    """Fravær: 6,2 % (0,8 procentpoint lavere end sidste halvår)"""
    if figure.is_hidden or figure.change is None:
        return f"{figure.indicator}: {value_of(_, figure)}"
    return f"{figure.indicator}: {value_of(_, figure)} ({change_of(_, figure).words})"


def amount(_: Translator, value: float, unit: str) -> str:
    value = round(value, 2)
    decimals = 0 if value == round(value) else 1 if value == round(value, 1) else 2
    # A sign stays with its number; a word may stand on the next line.
    blank = "\u00a0" if unit == "%" else " "
    return f"{_.number(value, decimals)}{blank}{unit}".strip()


def _points(_: Translator, unit: str) -> str:
    """A share moves by percentage points, everything else by its own unit."""
    return _("percentage points") if unit == "%" else unit
