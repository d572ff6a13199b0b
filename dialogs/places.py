"""What somebody leads, and where they may read a kind of record.

That is what they lead, what they are chief of, or what the administration sees.
"""

from collections.abc import Sequence
from uuid import UUID

from dialogs.turn import Turn
from dialogs.words import normalise
from domain.access import Record, Sight
from domain.errors import NotAllowed
from domain.organisation import Institution
from storage.organisation import institutions_led_by, institutions_of_chief, open_institutions


def led_by(turn: Turn, institution_id: UUID | None) -> Institution:
    """The open institution of this id, if the person leads it; `NotAllowed` for any other, and for none."""
    for where in institutions_led_by(turn.uow, turn.viewer):
        if where.id == institution_id:
            return where
    raise NotAllowed


def places_to_read(turn: Turn, record: Record, said: str = "", *, least: Sight = Sight.FULL) -> Sequence[Institution]:
    """The institutions, A to Å, of which the person sees this much of the record; those led come before all others.

    Where the name of one or several stands in what was `said`, those alone: the administration sees all of them.
    """
    led = institutions_led_by(turn.uow, turn.viewer)
    places = led or institutions_of_chief(turn.uow, turn.viewer) or open_institutions(turn.uow, turn.today)
    seen = [where for where in places if turn.viewer.sight(record, where) >= least]
    words = f" {normalise(said)} "
    named = [where for where in seen if any(f" {normalise(name)} " in words for name in (where.name, *where.aliases))]
    return named or seen
