"""Lines that count: how many there are by their words, each with the sources of all that it counts.

Some of those are known, since they have a line of their own. The others are looked up once somebody asks for them.
"""

from collections.abc import Iterable

from cards.language import Translator
from domain.facts import SourceRef
from domain.printed import Line
from domain.supervision import Found, Section


def counting(section: Section, found: Found, words: str, known: Iterable[SourceRef] = ()) -> list[Line]:  # type: ignore[type-arg]
    """How many, by their words; what one single line says already is not counted.

    `known` are sources of some of them that stand elsewhere in the answer.
    """
    return [counted(section, found, words, known=known)] if found.total > 1 else []


def counted(
    section: Section,
    found: Found,  # type: ignore[type-arg]
    words: str,
    *,
    lead: str = "",
    known: Iterable[SourceRef] = (),
    behind: int | None = None,
    is_of_others: bool = False,
) -> Line:
    """A line that counts what was found; `behind` are so many sources in all, where there are fewer than things."""
    refs = {ref.id: ref for ref in (*found.sources, *known)}
    traced = {ref.id: ref for ref in found.traced if ref.id not in refs}
    return Line(
        section=section,
        lead=lead,
        rest=words,
        is_count=True,
        sources=tuple(refs.values()),
        traced=tuple(traced.values()),
        unseen=(found.total if behind is None else behind) - len(refs) - len(traced),
        latest=found.latest,
        is_dated=found.is_dated,
        is_of_others=is_of_others,
    )


def counts(_: Translator, words: Iterable[tuple[str, int]]) -> str:
    """2 på vej · 1 går godt"""
    return " · ".join(f"{_.number(number)} {word}" for word, number in words)
