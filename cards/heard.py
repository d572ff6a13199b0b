"""Filed perspectives as data: a line for each, and their words behind a button."""

from collections.abc import Collection, Sequence
from uuid import UUID

from cards.fitting import shortened
from cards.kit import toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.parts import bullets, said, section
from cards.perspective import collected
from cards.words import GROUPS
from domain.perspective import Heard, Perspective
from domain.text import SHORT

SHOWN_IN_FULL = 3
BEGINNING = 40


def heard_line(_: Translator, heard: Heard) -> str:
    """Børn, 17. marts 2026 (Børneinterview)"""
    told = heard.perspective
    via = collected(_, told, {heard.tool.id: heard.tool} if heard.tool else {})
    line = f"{_(GROUPS[told.group])}, {_.date(told.written_at)}"
    return f"{line} ({via})" if via else line


def lines_of(_: Translator, heard: Sequence[Heard], chosen: Collection[UUID] | None = None) -> list[str]:
    """A line for each perspective, or for each that is chosen; two that read the same have the time of day, since the
    lines also go into minutes, and what was said does not."""
    lines = [heard_line(_, each) for each in heard]
    apart = [
        f"{line}, {_.clock(each.perspective.written_at)}" if lines.count(line) > 1 else line
        for each, line in zip(heard, lines, strict=True)
    ]
    return [line for each, line in zip(heard, apart, strict=True) if chosen is None or each.perspective.id in chosen]


def options_of(_: Translator, heard: Sequence[Heard]) -> list[tuple[str, str]]:
    """The perspectives to choose from."""
    told = [each.perspective for each in heard]
    names = told_apart(told, [heard_line(_, each) for each in heard])
    return [(str(each.id), name) for each, name in zip(told, names, strict=True)]


def told_apart(told: Sequence[Perspective], lines: Sequence[str]) -> list[str]:
    """The line of each; where another reads the same, with the first words of what they said."""
    return [
        f"{line}: {shortened(each.said, BEGINNING)}" if lines.count(line) > 1 else line
        for each, line in zip(told, lines, strict=True)
    ]


def as_data(_: Translator, heard: Sequence[Heard], chosen: Collection[UUID] | None = None) -> list[Element]:
    """R-22: perspectives as qualitative data, with equal rank: their words, in full where they are few."""
    shown = [each for each in heard if chosen is None or each.perspective.id in chosen]
    if not shown:
        return []
    limit = None if len(shown) <= SHOWN_IN_FULL else SHORT
    inside = [
        said(_short(each.perspective.said, limit), by=heard_line(_, each), spacing="Medium" if number else None)
        for number, each in enumerate(shown)
    ]
    return [toggle_more(_("Read the perspectives"), "perspectives", *inside, spacing="Small")]


def as_section(_: Translator, heard: Sequence[Heard], chosen: Collection[UUID]) -> list[Element]:
    """The chosen perspectives under a heading of their own."""
    lines = lines_of(_, heard, chosen)
    if not lines:
        return []
    return [section(_("Collected perspectives")), bullets(lines, spacing="Small"), *as_data(_, heard, chosen)]


def _short(words: str, limit: int | None) -> str:
    return words if limit is None or len(words) <= limit else words[: limit - 1].rstrip() + "…"
