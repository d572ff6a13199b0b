"""Beside the next 1:1, the learning dialogues of today and the next one: to whoever asks for the next meeting."""

from collections.abc import Sequence

from cards.kit import Card, below_head
from cards.language import Translator
from cards.parts import note
from domain.dialogue import Dialogue
from domain.organisation import Institution

Held = tuple[Dialogue, Institution]


def beside(_: Translator, shown: Card, today: Sequence[Held], coming: Held | None) -> Card:
    """The same card, and above it when the dialogues are."""
    lines = [
        _("Today at %(time)s: learning dialogue at %(place)s.", time=_.clock(each.starts_at), place=where.name)
        for each, where in today
    ]
    if coming is not None:
        each, where = coming
        told = _("Next learning dialogue: %(moment)s, %(place)s.", moment=_.moment(each.starts_at), place=where.name)
        lines.append(told)
    return below_head(shown, *[note(line, sign="Calendar") for line in lines])
