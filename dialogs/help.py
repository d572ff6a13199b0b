"""What one can write to the bot; also the way forward when a message was not understood."""

from collections.abc import Sequence

from cards import help as cards
from cards.kit import Card
from dialogs.flow import Asked, Flow, Question
from dialogs.turn import Turn
from domain.organisation import Institution, Role
from storage.roles import institutions_led_by, institutions_of_chief, leader_ids_of, staff_on


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


def _led_under(turn: Turn) -> Sequence[Institution]:
    """The institutions in the person's responsibility as chief that somebody leads, of hundreds in one question."""
    places = institutions_of_chief(turn.uow, turn.viewer)
    led = leader_ids_of(turn.uow, places, turn.today) if places else {}
    return [where for where in places if led[where.id]]


def _names(turn: Turn, places: Sequence[Institution]) -> cards.Names:
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
