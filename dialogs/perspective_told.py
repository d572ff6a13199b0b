"""What a leader types of what somebody has told or recommends, `forældrene siger, at …`: the card of a perspective with
their words.

Nothing is kept before it is saved there, and a group is chosen only where no other can be meant.
"""

import re
from collections.abc import Sequence

from cards import perspective_message as cards
from cards.kit import Card
from cards.perspective_message import BeginForm, Quoted
from dialogs import perspective
from dialogs.places import named_in
from dialogs.turn import Turn
from domain.errors import NotAllowed
from domain.perspective import FormalBody, Group
from domain.text import SHORT, clean
from storage.roles import institutions_led_by

_BODIES = {
    FormalBody.STUDENT_COUNCIL: re.compile(r"\b(?:elevråd|student council|pupils.? council)", re.IGNORECASE),
    FormalBody.BOARD: re.compile(r"\b(?:skole|forældre)?bestyrelse|\b(?:school|parents.?) board", re.IGNORECASE),
}
_RECOMMENDS = re.compile(
    r"\b(?:anbefaler|anbefalede|recommends?|recommended),?\s+(?:(?:at|that)\s+)?(?P<what>.+)", re.I | re.S
)


def told(turn: Turn, words: str, groups: Sequence[Group]) -> Card:
    """For the institution led, or the one of several that is named; `NotAllowed` for whoever leads none."""
    led = institutions_led_by(turn.uow, turn.viewer)
    places = (named_in(words, (), led) if len(led) > 1 else ()) or led
    if not places:
        raise NotAllowed
    quoted = Quoted.of(
        words,
        is_typed=True,
        group=groups[0] if len(groups) == 1 else None,
        body=next((body for body, found in _BODIES.items() if found.search(words)), None),
        recommend=_recommended(words),
    )
    if len(places) == 1:
        return perspective.begin(turn, BeginForm(institution_id=places[0].id, quoted=quoted))
    return cards.choose_place(turn._, places, quoted)


def _recommended(words: str) -> str:
    """What is recommended, where there is room for it; the whole of it stands in their own words as well."""
    found = _RECOMMENDS.search(words)
    what = clean(found["what"]) if found else ""
    return what if len(what) <= SHORT else ""
