"""What a leader types of what somebody has told, `forældrene siger, at …`: the card of a perspective with their words.

Nothing is kept before it is saved there, and a group is chosen only where no other can be meant.
"""

from collections.abc import Sequence

from cards import perspective_message as cards
from cards.kit import Card
from cards.perspective_message import BeginForm, Quoted
from dialogs import perspective
from dialogs.places import named_in
from dialogs.turn import Turn
from domain.errors import NotAllowed
from domain.perspective import Group
from storage.roles import institutions_led_by


def told(turn: Turn, words: str, groups: Sequence[Group]) -> Card:
    """For the institution led, or the one of several that is named; `NotAllowed` for whoever leads none."""
    led = institutions_led_by(turn.uow, turn.viewer)
    places = (named_in(words, (), led) if len(led) > 1 else ()) or led
    if not places:
        raise NotAllowed
    quoted = Quoted.of(words, is_typed=True, group=groups[0] if len(groups) == 1 else None)
    if len(places) == 1:
        return perspective.begin(turn, BeginForm(institution_id=places[0].id, quoted=quoted))
    return cards.choose_place(turn._, places, quoted)
