"""The political round as its administration sees it: where it is, and one step on at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cards import evidence, form, overview, political_sheet, theme_sent
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, date_input
from cards.kit import Action, Card, again, card, press
from cards.language import N_, Translator
from cards.layout import Element, beside, icon
from cards.parts import State, bullets, facts, hint, loop, note, problem, section, text
from cards.which import which
from cards.words import NETWORKS, ROUND_STATES, round_line, theme_title
from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.errors import Problems
from domain.network import NetworkStatement
from domain.organisation import AgeRange, InstitutionType
from domain.political_round import NETWORKS as ALL_NETWORKS

OPEN = "political_round.open"
LIST = "political_round.list"
PREVIEW = "political_round.preview"
MOVE = "political_round.move"
NEXT = "political_round.next"
BEGIN = "political_round.begin"

MOVES = {
    RoundState.PREPARED: N_("Ask the leader networks"),
    RoundState.NETWORKS: N_("On to the politicians"),
    RoundState.DISCUSSED: N_("The themes are decided"),
    RoundState.SENT: N_("Close the round"),
}
ASKED = {
    RoundState.PREPARED: N_("Ask the leader networks?"),
    RoundState.NETWORKS: N_("On to the politicians?"),
    RoundState.DISCUSSED: N_("Have the themes been decided?"),
    RoundState.SENT: N_("Close the round?"),
}


@dataclass(frozen=True, kw_only=True)
class Life:
    """One round with what hangs on it. `facilitators` counts the people of each network, `earlier` is the cycle that
    its evidence is about, `can_begin` whether the next round may begin, and `rounds` how many there are."""

    round: PoliticalRound
    themes: Sequence[Theme] = ()
    statements: Sequence[NetworkStatement] = ()
    facilitators: Mapping[InstitutionType, int] | None = None
    earlier: Cycle | None = None
    can_begin: bool = False
    rounds: int = 1


@dataclass(frozen=True, kw_only=True)
class MoveForm:
    """A step on; `was` is the state the card was drawn of, and `discussed_on` asked for by one step alone."""

    round_id: UUID
    was: RoundState | None
    discussed_on: date | None

    @classmethod
    def read(cls, data: Data) -> "MoveForm":
        return cls(
            round_id=form.subject_id(data),
            was=form.choice(data, "was", RoundState),
            discussed_on=form.day(data, "discussed_on"),
        )


@dataclass(frozen=True, kw_only=True)
class BeginForm:
    """The next round: its year, so that two presses begin one, and the age range where it is to be chosen."""

    year: int
    age_range: AgeRange | None

    @classmethod
    def read(cls, data: Data) -> "BeginForm":
        return cls(year=form.number(data, "year"), age_range=form.choice(data, "range", AgeRange))


def show(_: Translator, life: Life, *, meanwhile: bool = False) -> Card:
    """R-29: where the round is; `meanwhile` says that somebody has moved it since the card was drawn."""
    about = life.round
    rows = []
    if about.discussed_on:
        rows.append((_("Discussed on"), _.date(about.discussed_on)))
    if life.themes:
        rows.append((_("Themes"), " · ".join(theme_title(_, each) for each in life.themes)))
    return card(
        _,
        _("Political round"),
        subtitle=round_line(_, about),
        state=State(_(ROUND_STATES[about.state]), "neutral" if about.state is RoundState.CLOSED else "accent"),
        seen_by=_("the administration of the whole municipality"),
        body=[
            note(_("Somebody has moved the round on in the meantime. This is where it is now."), sign="People")
            if meanwhile
            else None,
            loop(_, "council"),
            *_steps(_, about),
            facts(rows, spacing="Medium") if rows else None,
            *_networks(_, life),
        ],
        actions=[
            *_ways_on(_, life),
            press(_("See the evidence base"), evidence.OPEN, carried(life.earlier.id)) if life.earlier else None,
            press(_("Political report"), political_sheet.OPEN, carried(life.earlier.id)) if life.earlier else None,
            press(_("All rounds"), LIST, carried()) if life.rounds > 1 else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        refresh=again(OPEN, carried(about.id)),
    )


def preview(
    _: Translator, life: Life, *, today: date, typed: MoveForm | None = None, problems: Problems | None = None
) -> Card:
    """What the next step does, before it is taken."""
    about = life.round
    can_move = about.state is not RoundState.DISCUSSED or bool(life.themes)
    return card(
        _,
        _(ASKED[about.state]),
        subtitle=round_line(_, about),
        seen_by=_("only you"),
        body=[
            problem(_("Something is missing or must be changed.")) if problems else None,
            bullets(_what_it_does(_, life), spacing="Medium")
            if can_move
            else text(_("The list of themes has none for this round yet. Import it first: the round waits here.")),
            *_asks(_, life, today, typed, problems),
            note(_("This cannot be undone."), sign="Info") if can_move else None,
        ],
        actions=[
            press(_(MOVES[about.state]), MOVE, carried(about.id, was=about.state.value), primary=True)
            if can_move
            else None,
            press(_("Back"), OPEN, carried(about.id), inputs="none"),
        ],
    )


def preview_next(
    _: Translator, year: int, turn: AgeRange | None, *, chosen: AgeRange | None = None, problems: Problems | None = None
) -> Card:
    """Beginning a round: whose turn it is, or, before the first, which age range begins."""
    words = (
        _("The two age ranges take turns, and now it is the turn of %(range)s.", range=_.age_range(turn))
        if turn
        else _("It is the first round. From then on the two age ranges take turns, one each year.")
    )
    ranges = [(each.value, _(evidence.RANGES[each])) for each in AgeRange]
    about = carried(year=year, range=turn.value) if turn else carried(year=year)
    return card(
        _,
        _("Begin a political round?"),
        subtitle=f"{year} · {_.age_range(turn)}" if turn else str(year),
        seen_by=_("only you"),
        body=[
            problem(_("Something is missing or must be changed.")) if problems else None,
            text(words, spacing="Medium"),
            choices(
                "range",
                _("Which age range?"),
                ranges,
                chosen=chosen or "",
                required=True,
                problem=wrong.at(_, problems, "range"),
            )
            if turn is None
            else None,
            hint(_("Nothing is sent to anybody yet.")),
        ],
        actions=[
            press(_("Begin the round"), BEGIN, about, primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def choose(_: Translator, rounds: Sequence[PoliticalRound]) -> Card:
    rows = [
        (
            each.id,
            f"{each.year} · {_.age_range(each.age_range)}",
            f"{round_line(_, each)}: {_(ROUND_STATES[each.state])}",
        )
        for each in rounds
    ]
    return which(_, _("Which round?"), _("Round"), rows, OPEN)


def _steps(_: Translator, about: PoliticalRound) -> list[Element]:
    """All six states below each other, the present one strong; done and to come are said by sign and word."""
    here = list(RoundState).index(about.state)
    rows: list[Element] = []
    for number, state in enumerate(RoundState):
        words = _(ROUND_STATES[state])
        if number < here or state is RoundState.CLOSED is about.state:
            line = beside(icon("CheckmarkCircle", tone="good"), text(_("%(step)s: done", step=words), subtle=True))
        elif number == here:
            line = beside(
                icon("ArrowRight", tone="accent", filled=True), text(_("%(step)s: now", step=words), strong=True)
            )
        else:
            line = beside(icon("Circle"), text(words, subtle=True))
        rows.append({**line, "spacing": "Medium" if number == 0 else "ExtraSmall"})
    return rows


def _networks(_: Translator, life: Life) -> list[Element]:
    """How far each network is, in a word; what is written there is theirs until they save it."""
    if not life.statements:
        return []
    lines = [f"{_(NETWORKS[each.network])}: {_network_state(_, life, each)}" for each in life.statements]
    return [section(_("The leader networks")), bullets(lines, spacing="Small")]


def _network_state(_: Translator, life: Life, statement: NetworkStatement) -> str:
    if statement.is_saved:
        return _("has given its statement")
    if life.round.state is not RoundState.NETWORKS:
        return _("no statement")
    return _("is writing") if statement.is_begun else _("not begun")


def _ways_on(_: Translator, life: Life) -> list[Action | None]:
    about = life.round
    begin = press(_("Begin the next round"), NEXT, carried(), primary=True) if life.can_begin else None
    if about.state is RoundState.DECIDED:
        return [press(_("Send the themes out"), theme_sent.PREVIEW, carried(about.id), primary=True)]
    if about.state is RoundState.CLOSED:
        return [begin]
    return [begin, press(_(MOVES[about.state]), PREVIEW, carried(about.id), primary=begin is None)]


def _what_it_does(_: Translator, life: Life) -> list[str]:
    match life.round.state:
        case RoundState.PREPARED:
            return [
                _("Each leader network gets a card with the evidence base and is asked to qualify it."),
                *_who_is_asked(_, life),
                _("They are reminded after 7 and 21 days, until they have given their statement."),
                _("What they write is theirs until they save it; then it is shown beside the figures."),
            ]
        case RoundState.NETWORKS:
            given = sum(each.is_saved for each in life.statements)
            return [
                _("%(given)s of %(all)s networks have given their statement.", given=given, all=len(life.statements)),
                _("Statements stay as they are now. Networks that have given none are not asked any more."),
            ]
        case RoundState.DISCUSSED:
            titles = " · ".join(theme_title(_, each) for each in life.themes)
            return [
                _("The list of themes has these for the round: %(themes)s.", themes=titles),
                _("Nothing is sent yet. The next step is to send the themes out."),
            ]
        case _sent:
            return [
                _("New institutions are not sent these themes any more, and leaders are not asked about them."),
                _("The themes and the focus areas close to them stay as they are."),
            ]


def _who_is_asked(_: Translator, life: Life) -> list[str]:
    people = life.facilitators or {}
    lacking = [_(NETWORKS[each]) for each in ALL_NETWORKS if not people.get(each)]
    asked = [
        _.ngettext("%(network)s: %(n)s facilitator", "%(network)s: %(n)s facilitators", people[each],
                   network=_(NETWORKS[each]))
        for each in ALL_NETWORKS if people.get(each)
    ]  # fmt: skip
    return [*asked, *[_("%(network)s has no facilitator on the list of people", network=each) for each in lacking]]


def _asks(_: Translator, life: Life, today: date, typed: MoveForm | None, problems: Problems | None) -> list[Element]:
    if life.round.state is not RoundState.DISCUSSED or not life.themes:
        return []
    value = typed.discussed_on if typed else today
    return [
        date_input(
            "discussed_on",
            _("When did the politicians discuss it?"),
            value=value,
            latest=today,
            required=True,
            problem=wrong.at(_, problems, "discussed_on"),
        )
    ]
