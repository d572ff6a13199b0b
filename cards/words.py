"""How the domain's things are called on cards: dialogues, states, figures, themes."""

import re
from collections.abc import Iterable
from datetime import datetime

from cards.language import N_, Translator
from cards.parts import Change, Element, State, note
from domain.aims import FourAims
from domain.cycle import HALF_YEARS, PoliticalRound, RoundState, Theme
from domain.data_package import KeyFigure
from domain.dialogue import Dialogue, DialogueState
from domain.observation import Progress
from domain.organisation import Institution, InstitutionType, Person
from domain.perspective import Count, Group, Response
from domain.preparation import Source

# None is one that has begun and of which nothing is recorded yet: nobody knows whether it was held.
STATES: dict[DialogueState | None, tuple[str, str]] = {
    DialogueState.PLANNED: (N_("planned"), "neutral"),
    DialogueState.OPEN: (N_("being prepared"), "accent"),
    DialogueState.READY: (N_("ready"), "good"),
    None: (N_("not recorded yet"), "neutral"),
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
    Source.STAFF: N_("The staff's perspectives"),
    Source.PRIORITY: N_("Local priorities"),
    Source.LOCAL: N_("Other local perspectives"),
}

GROUPS = {
    Group.CHILDREN: N_("Children"),
    Group.YOUTH: N_("Young people"),
    Group.PARENTS: N_("Parents"),
    Group.STAFF: N_("Staff"),
}

# What became of a recommendation.
ANSWERS = {
    Response.FOLLOWED: N_("Followed"),
    Response.PARTLY: N_("Partly followed"),
    Response.NOT_FOLLOWED: N_("Not followed, with a reason"),
    Response.OPEN: N_("Not answered yet"),
}

NETWORKS = {
    InstitutionType.DAYCARE: N_("The leader network for day-care"),
    InstitutionType.SCHOOL: N_("The leader network for schools"),
    InstitutionType.LEISURE: N_("The leader network for leisure"),
}
FIELDS = {
    InstitutionType.DAYCARE: N_("Day-care"),
    InstitutionType.SCHOOL: N_("School"),
    InstitutionType.LEISURE: N_("Leisure"),
}

ROUND_STATES = {
    RoundState.PREPARED: N_("Being prepared"),
    RoundState.NETWORKS: N_("With the leader networks"),
    RoundState.DISCUSSED: N_("With the politicians"),
    RoundState.DECIDED: N_("Themes decided"),
    RoundState.SENT: N_("Themes sent out"),
    RoundState.CLOSED: N_("Round closed"),
}

# What is asked wherever somebody may add signed words to what stays as it is.
REMARK_ASKED = N_("Your remark")

COUNTS = {Count.FEW: "1–4", Count.SOME: "5–9", Count.MANY: "10–24", Count.MOST: N_("25 or more")}
# How far an observation is; all that a chief is told of it before its feedback was read.
PROGRESS = {
    Progress.DRAFT: (N_("draft"), "accent", "Document"),
    Progress.INVITED: (N_("invited"), "accent", None),
    Progress.COUNTERED: (N_("another time proposed"), "accent", None),
    Progress.AGREED: (N_("agreed"), "good", None),
    Progress.AWAITS_FEEDBACK: (N_("awaits written feedback"), "accent", None),
    Progress.AWAITS_ORAL: (N_("awaits oral feedback"), "accent", None),
    Progress.COMPLETE: (N_("complete"), "good", None),
    Progress.DECLINED: (N_("not this time"), "neutral", None),
    Progress.EXPIRED: (N_("expired"), "neutral", None),
    Progress.CANCELLED: (N_("cancelled"), "neutral", None),
}
# A unit as figures come with it: a scale, and what is counted, with what one of them is called.
SCALE = re.compile(r"points? \((\d+)\s*[-–]\s*(\d+)\)")
ONE_OF = {
    "børn": "barn",
    "elever": "elev",
    "unge": "ung",
    "forældre": "forælder",
    "medarbejdere": "medarbejder",
    "ansatte": "ansat",
    "voksne": "voksen",
    "pædagoger": "pædagog",
    "lærere": "lærer",
    "personer": "person",
    "familier": "familie",
    "klager": "klage",
    "sager": "sag",
    "underretninger": "underretning",
    "dage": "dag",
    "sygedage": "sygedag",
    "timer": "time",
    "uger": "uge",
    "pladser": "plads",
    "stillinger": "stilling",
    "skoleskift": "skoleskift",
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


def dialogue_state(_: Translator, state: DialogueState | None) -> State:
    word, tone = STATES[state]
    return State(_(word), tone)  # type: ignore[arg-type]


def signed(_: Translator, author: Person, at: datetime) -> str:
    """Mette Holm · 14. april 2026 kl. 9.00"""
    return f"{author.name} · {_.stamp(at)}"


def last_word(_: Translator) -> Element:
    """The leader hears it first: this is the last reminder, and the chief will see a word."""
    return note(
        _(
            "I will not remind you of it again. Your Children and Youth chief can see that the record is missing – "
            "not what you have written."
        ),
        sign="Clock",
    )


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
    if figure.is_hidden or figure.follows_hidden:
        return Change(_("not shown, to protect the few"))
    if figure.change is None:
        return Change(_("no earlier figure"))
    # Of a scale its ends are said with the figure itself.
    unit = "" if SCALE.fullmatch(figure.unit) else _points(_, figure.unit)
    size = amount(_, abs(figure.change), unit)
    if round(figure.change, 2) == 0:
        return Change(_("same as last half-year"), "same")
    if figure.unit in ONE_OF:
        if figure.change > 0:
            return Change(_("%(size)s more than last half-year", size=size), "up")
        return Change(_("%(size)s fewer than last half-year", size=size), "down")
    if figure.change > 0:
        return Change(_("%(size)s higher than last half-year", size=size), "up")
    return Change(_("%(size)s lower than last half-year", size=size), "down")


def figure_line(_: Translator, figure: KeyFigure) -> str:
    """Fravær: 6,2 % (0,8 procentpoint lavere end sidste halvår)"""
    return f"{figure.indicator}: {figure_words(_, figure)}"


def figure_words(_: Translator, figure: KeyFigure) -> str:
    """6,2 % (0,8 procentpoint lavere end sidste halvår)"""
    if figure.change is None:
        return value_of(_, figure)
    return f"{value_of(_, figure)} ({change_of(_, figure).words})"


def amount(_: Translator, value: float, unit: str) -> str:
    """78,4 %, 1 barn, or 4,3 på skalaen 1–5"""
    number = _decimals(_, value)
    if scale := SCALE.fullmatch(unit):
        return f"{number} {_on_scale(_, scale)}"
    if round(value, 2) == 1:
        unit = ONE_OF.get(unit, unit)
    # A sign stays with its number, in English without a space; a word may stand on the next line.
    blank = " " if unit != "%" else "\u00a0" if _.language == "da" else ""
    return f"{number}{blank}{unit}".strip()


def with_unit(_: Translator, title: str, unit: str) -> str:
    """Elevfravær (%), or Trivsel, social (skala 1–5): what a chart is called, whose axis has numbers alone"""
    if scale := SCALE.fullmatch(unit):
        unit = _("scale %(first)s–%(last)s", first=scale[1], last=scale[2])
    return f"{title} ({unit})" if unit else title


def mean(_: Translator, value: float, unit: str) -> str:
    """As `amount`, of what is no exact figure of anybody's."""
    return amount(_, round(value, 1), unit)


def _decimals(_: Translator, value: float) -> str:
    value = round(value, 2)
    return _.number(value, 0 if value == round(value) else 1 if value == round(value, 1) else 2)


def _on_scale(_: Translator, scale: re.Match[str]) -> str:
    return _("on the scale %(first)s–%(last)s", first=scale[1], last=scale[2])


def _points(_: Translator, unit: str) -> str:
    """A share moves by percentage points, everything else by its own unit."""
    return _("percentage points") if unit == "%" else unit


def institutions(_: Translator, number: int | None, fewest: int) -> str:
    """5 tilbud, or `færre end 3 tilbud` where it must not be told how many (I29)."""
    if number is None:
        return _("fewer than %(n)s institutions", n=_.number(fewest))
    return _.ngettext("%(n)s institution", "%(n)s institutions", number)


def round_line(_: Translator, about: PoliticalRound) -> str:
    """2026 · 0–6 år"""
    return f"{about.year} · {_.age_range(about.age_range)}"


def progress_words(_: Translator, progress: Progress, *, is_acknowledged: bool) -> str:
    """A word for how far an observation is; beside *afsluttet*, that nobody has acknowledged its feedback yet."""
    word = _(PROGRESS[progress][0])
    if progress is Progress.COMPLETE and not is_acknowledged:
        return _("%(word)s, not acknowledged yet", word=word)
    return word
