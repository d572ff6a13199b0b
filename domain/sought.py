"""A name that is looked for in what people wrote: whole, in its parts, in the genitive, and by its e-mail."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from domain.name_words import Names

AROUND = 40
_GENITIVE = r"(?:['’]?s|['’])?"


@dataclass(frozen=True, kw_only=True)
class Sought:
    """`shared` are the parts that others around have for a name as well: of those nobody but a reader can say whom they
    mean. `exact` is what is found everywhere and means nobody else, such as an e-mail."""

    name: str = field(repr=False)
    exact: Sequence[str] = field(default=(), repr=False)
    shared: Collection[str] = field(default=(), repr=False)
    parts_too: bool = True

    @cached_property
    def needles(self) -> frozenset[str]:
        """Letters of which one stands in every text that has the name, in small ones: for a quick first look."""
        words = [*self._parts, *self._whole, *self.exact]
        runs = [max(re.findall(r"[a-z]+", word.lower()), key=len, default="") for word in words]
        # A name without plain letters can be in any text.
        return frozenset() if any(len(run) < 2 for run in runs) else frozenset(runs)

    def sure(self, text: str, *, near: bool) -> list[tuple[int, int]]:
        """Where the person is named; the parts of the name count only `near` them."""
        pattern = self._near if near and self.parts_too else self._far
        return [each.span() for each in pattern.finditer(text)]

    def unsure(self, text: str, *, near: bool) -> list[tuple[int, int]]:
        """Where a part of the name stands that is others' as well."""
        if not near or not self.parts_too or self._unsure is None:
            return []
        taken = self.sure(text, near=near)
        found = [each.span() for each in self._unsure.finditer(text)]
        return [span for span in found if not any(start <= span[0] < end for start, end in taken)]

    def without(self, text: str, put: str, *, near: bool) -> str:
        """The text with `put` wherever the person is surely named."""
        for start, end in reversed(self.sure(text, near=near)):
            text = text[:start] + put + text[end:]
        return text

    @cached_property
    def _names(self) -> Names:
        return Names(people=[self.name])

    @cached_property
    def _whole(self) -> list[str]:
        """`Mette Marie Holm`, and `Mette Holm`; a single word is all there is of a name."""
        words = self.name.split()
        found = [" ".join(words)]
        if len(words) > 2:
            found.append(f"{words[0]} {words[-1]}")
        if len(words) > 1:
            found.append(f"{words[-1]}, {' '.join(words[:-1])}")
        return found

    @cached_property
    def _parts(self) -> list[str]:
        words = self.name.split()
        return [each for each in words if each in self._names.all] if len(words) > 1 else []

    @cached_property
    def _far(self) -> "re.Pattern[str]":
        return _pattern(self._written(self._whole, *self.exact))

    @cached_property
    def _near(self) -> "re.Pattern[str]":
        others = {each.casefold() for each in self.shared}
        own = [each for each in self._parts if each.casefold() not in others]
        return _pattern(self._written([*self._whole, *own], *self.exact))

    @cached_property
    def _unsure(self) -> "re.Pattern[str] | None":
        others = {each.casefold() for each in self.shared}
        found = [each for each in self._parts if each.casefold() in others]
        return _pattern(self._written(found)) if found else None

    def _written(self, names: Sequence[str], *exact: str) -> Iterator[str]:
        for name in sorted({*names}, key=len, reverse=True):
            words = r"\s+".join(re.escape(each) for each in name.split())
            small = self._names.is_one_in_small_letters(name)
            yield f"(?i:{words})" if small else words
        for word in exact:
            yield f"(?i:{re.escape(word)})"


def around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The words around each place, so that a reader sees who is meant."""
    found = []
    for start, end in spans:
        first, last = max(0, start - AROUND), min(len(text), end + AROUND)
        cut = " ".join(text[first:last].split())
        found.append(("…" if first else "") + cut + ("…" if last < len(text) else ""))
    return tuple(found)


def _pattern(written: Iterator[str]) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)}){_GENITIVE}(?!\w)")
