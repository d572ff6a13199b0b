"""What one can write to the bot; also the way forward when a message was not understood."""

from collections.abc import Iterable, Iterator

from cards import help as cards
from cards.kit import Card
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from domain.organisation import Institution, Role
from storage.roles import institutions_led_by, institutions_of_chief, leader_ids_of, staff_on

AT_ONCE = 50


def show(turn: Turn, question: Asked) -> Card:
    return _card(turn)


def not_understood(turn: Turn) -> Card:
    return _card(turn, not_understood=True)


def _card(turn: Turn, *, not_understood: bool = False) -> Card:
    """The words for the person's roles, with the names of those they work with."""
    leads, is_chief = turn.viewer.has(Role.LEADER), turn.viewer.has(Role.CHIEF)
    return cards.show(
        turn._,
        names=_names(turn, institutions_led_by(turn.uow, turn.viewer) if leads else _led_under(turn)),
        leads=leads,
        is_chief=is_chief,
        facilitates=turn.viewer.has(Role.FACILITATOR),
        observes=leads or turn.viewer.has(Role.OBSERVER),
        administers=turn.viewer.has(Role.ADMINISTRATION),
        sends_themes=turn.viewer.administers_all,
        not_understood=not_understood,
    )


def _led_under(turn: Turn) -> Iterator[Institution]:
    """The institutions in the person's responsibility as chief that somebody leads: of many at once, and of hundreds
    no more than it takes to find the first."""
    places = institutions_of_chief(turn.uow, turn.viewer)
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        led = leader_ids_of(turn.uow, some, turn.today)
        yield from (where for where in some if led[where.id])


def _names(turn: Turn, places: Iterable[Institution]) -> cards.Names:
    """Those of the first of the places that has both a leader and a chief; invented ones where none has."""
    for where in places:
        staff = staff_on(turn.uow, turn.today, where)
        leaders, chiefs = staff.leaders(where), staff.with_role(Role.CHIEF, where)
        if leaders and chiefs:
            return cards.Names(place=where.name, leader=leaders[0].first_name, chief=chiefs[0].first_name)
    return cards.INVENTED


FLOW = Flow(
    name="help",
    questions={"help": Question(("hjælp", "help", "hvad kan du", "what can you do", "menu", "kommandoer"), show)},
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
