"""A leader and a place of another's: `aftaler med Karen på Byskolen`, where Karen leads Fyrreskolen.

"Guessing a wrong institution is the worst failure: ask": the one who is named, or those who lead the place.
"""

from dialogs.understanding.meant import Choice
from dialogs.understanding.roster import Thing, What
from dialogs.understanding.said import Said

_AT = frozenset({"paa", "fra", "i", "ved", "hos", "at", "from", "of", "in"})


def either_of(said: Said) -> Choice | None:
    """Those who may be meant; None where no place stands right behind a leader, or it is one of theirs."""
    things = {(each.start, each.stop): each.options for each in said.names.found if len(each.options) == 1}
    for (start, _stop), (place,) in things.items():
        if place.what is not What.INSTITUTION or not start or said.words[start - 1].norm not in _AT:
            continue
        before = next((one for (_start, stop), (one,) in things.items() if stop == start - 1), None)
        if before is None or before.what is not What.LEADER or place.id in said.index.leaders[before.id].leads:
            continue
        theirs = (each for each, leader in said.index.leaders.items() if place.id in leader.leads)
        return Choice(options=(before, *(Thing(What.LEADER, each) for each in theirs)))
    return None
