"""The political round: one a year, the two age ranges in turn, moved on by the administration one step at a time.

Buttons: each step has a preview of what it does, and is taken once, whoever presses. *Spørg ledernetværkene* asks the
three networks to qualify the evidence base; *Send temaerne ud* leads to the themes' own preview.
Question: `politisk runde` shows where the present round is, or begins the first.
"""

from cards import political_round as cards
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.political_round import BeginForm, Life, MoveForm
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from domain.cycle import PoliticalRound, RoundState
from domain.errors import Expired, NotAllowed, Problems, Refusal
from domain.political_round import NETWORKS, begin, move_on, next_year, present_round, turn_of
from storage.cycle import cycle_in, themes_in
from storage.network import ask_networks, statements_of
from storage.prompt import drop_reminders
from storage.roles import staff_on
from storage.theme import all_rounds, round_with_id, themes_of

STATEMENT = "network"
_OVER = (RoundState.SENT, RoundState.CLOSED)


def asked(turn: Turn, question: Asked) -> Card:
    """`politisk runde`: the present one, or the way to begin the first."""
    _require_administration(turn)
    found = present_round(all_rounds(turn.uow))
    return _show(turn, found) if found else _next(turn)


def open_it(turn: Turn, subject: Subject) -> Card:
    _require_administration(turn)
    return _show(turn, round_with_id(turn.uow, subject.id))


def show_all(turn: Turn) -> Card:
    """Every round, by year."""
    _require_administration(turn)
    return cards.choose(turn._, all_rounds(turn.uow))


def preview(turn: Turn, subject: Subject) -> Card:
    _require_administration(turn)
    about = round_with_id(turn.uow, subject.id)
    if about.state not in cards.MOVES:
        return _show(turn, about)
    return cards.preview(turn._, _life(turn, about), today=turn.today)


def move(turn: Turn, form: MoveForm) -> Card:
    """One step on; pressed on an older card, it shows where the round is now."""
    _require_administration(turn)
    about = round_with_id(turn.uow, form.round_id)
    themes = themes_of(turn.uow, about.id)
    try:
        move_on(
            about,
            was=form.was,
            themes=themes,
            discussed_on=form.discussed_on,
            now=turn.now,
            today=turn.today,
        )
    except Expired:
        return _show(turn, about, meanwhile=True)
    except Problems:
        raise
    except Refusal:
        return preview(turn, Subject(about.id))
    if about.state is RoundState.NETWORKS:
        earlier = cycle_in(turn.uow, about.age_range, about.evidence_from)
        ask_networks(turn.uow, about, themes_in(turn.uow, earlier) if earlier else [])
        turn.uow.session.flush()
    elif about.state is RoundState.DISCUSSED:
        for statement in statements_of(turn.uow, about):
            drop_reminders(turn.uow, STATEMENT, statement.id)
    return _show(turn, about)


def move_again(turn: Turn, form: MoveForm, problems: Problems) -> Card:
    _require_administration(turn)
    life = _life(turn, round_with_id(turn.uow, form.round_id))
    return cards.preview(turn._, life, today=turn.today, typed=form, problems=problems)


def preview_next(turn: Turn) -> Card:
    _require_administration(turn)
    return _next(turn)


def begin_round(turn: Turn, form: BeginForm) -> Card:
    """Begins the next round once: a second press, or a second person's, finds the one that was begun."""
    _require_administration(turn)
    rounds = all_rounds(turn.uow)
    if found := next((each for each in rounds if each.year == form.year), None):
        return _show(turn, found)
    try:
        made = begin(rounds, form.age_range, turn.today)
    except Problems:
        raise
    except Refusal:
        return _next(turn)
    turn.uow.add(made)
    turn.uow.session.flush()
    return _show(turn, made)


def begin_again(turn: Turn, form: BeginForm, problems: Problems) -> Card:
    _require_administration(turn)
    rounds = all_rounds(turn.uow)
    year = next_year(rounds, turn.today)
    return cards.preview_next(turn._, year, turn_of(rounds), chosen=form.age_range, problems=problems)


def _next(turn: Turn) -> Card:
    rounds = all_rounds(turn.uow)
    under_way = present_round(rounds)
    if under_way and under_way.state not in _OVER:
        return _show(turn, under_way)
    return cards.preview_next(turn._, next_year(rounds, turn.today), turn_of(rounds))


def _show(turn: Turn, about: PoliticalRound, *, meanwhile: bool = False) -> Card:
    return cards.show(turn._, _life(turn, about), meanwhile=meanwhile)


def _life(turn: Turn, about: PoliticalRound) -> Life:
    rounds = all_rounds(turn.uow)
    staff = staff_on(turn.uow, turn.today)
    return Life(
        round=about,
        themes=themes_of(turn.uow, about.id),
        statements=statements_of(turn.uow, about),
        facilitators={network: len(staff.facilitators(network)) for network in NETWORKS},
        earlier=cycle_in(turn.uow, about.age_range, about.evidence_from),
        can_begin=about is rounds[-1] and all(each.state in _OVER for each in rounds),
        rounds=len(rounds),
    )


def _require_administration(turn: Turn) -> None:
    if not turn.viewer.administers_all:
        raise NotAllowed


FLOW = Flow(
    name="political_round",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.LIST: Button(Nothing.read, lambda turn, _: show_all(turn), only_shows=True),
        cards.PREVIEW: Button(Subject.read, preview, only_shows=True),
        cards.MOVE: Button(MoveForm.read, move, again=move_again),
        cards.NEXT: Button(Nothing.read, lambda turn, _: preview_next(turn), only_shows=True),
        cards.BEGIN: Button(BeginForm.read, begin_round, again=begin_again),
    },
    questions={
        "political_round": Question(("politisk runde", "politiske runde", "runde", "political round", "round"), asked)
    },
    without=frozenset({"views", "clock", "storage"}),
)
