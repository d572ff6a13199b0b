"""*Hvornår er næste møde*: a 1:1 is one, and so is a learning dialogue, be it the one earlier today."""

from cards import next_dialogue as cards
from cards.kit import Card
from dialogs.turn import Turn
from domain.dialogue import DialogueState
from storage.dialogue import latest_begun_in, next_dialogues_in
from storage.roles import institutions_led_by, institutions_of_chief

MOST_TODAY = 2


def beside(turn: Turn, card: Card) -> Card:
    """The card with the dialogues of today and the next one, of what the person leads or is chief of."""
    led = institutions_led_by(turn.uow, turn.viewer) or institutions_of_chief(turn.uow, turn.viewer)
    places = {where.id: where for where in led}
    begun = latest_begun_in(turn.uow, places, turn.now) if places else {}
    coming = next_dialogues_in(turn.uow, places, turn.now)
    zone = turn.municipality.zone
    found = {each.id: (each, places[where_id]) for of in (begun, coming) for where_id, each in of.items()}
    by_time = sorted(found.values(), key=lambda one: one[0].starts_at)
    today = [each for each in by_time if each[0].starts_at.astimezone(zone).date() == turn.today]
    later = [
        each
        for each in by_time
        if each[0].starts_at > turn.now and each not in today and each[0].state is not DialogueState.CANCELLED
    ]
    return cards.beside(turn._, card, today[:MOST_TODAY], later[0] if later else None)
