"""Which of the names of people are names in small letters as well, and which are then words.

*Karen* is nobody else than *karen*, but who writes *sol* means the sun. I29 asks for no name in what is printed; of a
word in small letters that may be either, the word is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

# Shorter names are words too often: `bo`, `per`, `max`, `kim`.
SHORTEST = 4

# First names that are words in Danish or English, and surnames in -sen that are.
_WORDS = """
alle amber amen anden angel april aske august autumn bamse basse bent bille birk bjerg bjørn bonde borg bror brun
buller buster chance chase daisy dean dine drew due else engel eske faith falk fauna fine fisker flora frank fred
frede fryd gave glad grace grant hans harmoni have hazel heather heaven held hele helge helle holly hope inge iris
ivrig ivy jade jasmin joker joy juli june juni junior kejser kilde king konge lilje lille lily linde line live love
lykke lyng lærke løve mange mark mars marts may melodi merle mester mild miles mille minde mine mynte myrte måne
ninja nord nova olive page palle pearl penny perle poppy prince prins ravn rene rich ridder robin rosa rose ruby
rune saga salme sander sejr signe sille sine skipper skjold skov skye smed spring star stella sten stig stille storm
summer sund sunny svane svend tage tanke tiger tine tone trine unge vang vibe vide vilde vilje vinter viola violet
vita wade will winter wren åben æble ærlig østen
basen bremsen bussen dansen grænsen hilsen kassen klassen kursen messen mosen oasen passen pausen pressen prisen
pulsen rejsen risen rosen terrassen visen væsen
"""
WORDS = frozenset(_WORDS.split())


@dataclass(frozen=True)
class Names:
    """The names of `people` and `places`; of a person's, the first name and the surname are names by themselves."""

    people: Sequence[str] = field(default=(), repr=False)
    places: Sequence[str] = field(default=(), repr=False)

    @cached_property
    def all(self) -> frozenset[str]:
        return frozenset((*self.people, *self.places, *self._parts))

    def is_one_in_small_letters(self, name: str) -> bool:
        """Longer names are, and of single words a first name and a surname in -sen that are no words."""
        return " " in name or self._parts.get(name, False)

    @cached_property
    def _parts(self) -> Mapping[str, bool]:
        """Each part of a name, and whether it is a name in small letters; `de` and `von` are no names."""
        found: dict[str, bool] = {}
        for name in self.people:
            for number, part in enumerate(name.split()):
                if part[:1].isupper() and len(part.strip(".")) > 1:
                    found[part] = found.get(part, False) or _is_no_word(part, is_first=number == 0)
        return found


def _is_no_word(part: str, *, is_first: bool) -> bool:
    folded = part.casefold()
    if len(part) < SHORTEST or {folded, f"{folded}s"} & WORDS:
        return False
    return is_first or folded.endswith("sen")
