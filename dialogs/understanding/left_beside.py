"""Finds what is listed with a name and no answer goes by: `Elmeskolen og klubben`, `Egehaven og så Kastanjen`,
`Elmeskolen og de andre skoler`.

Of two places the one that nobody knows is never left out in silence.
"""

from collections.abc import Sequence

from dialogs.understanding.listed import LINKS
from dialogs.understanding.question import TOPICS
from dialogs.understanding.roster import What
from dialogs.understanding.said import GROUPS, Said
from dialogs.understanding.vocabulary import Hit
from domain.slots import AskedStatus

_LINKED = frozenset({"og", "and", "samt", "plus"})
_THEIRS = frozenset({"de", "the", "deres", "dets", "dens", "their", "its"})
_LONGEST_SHORTENED = 3
_WELL = ("as", "well", "as")
# What says in a list that it goes on, and nothing of where.
_FILLS = frozenset({"ogsaa", "saa", "then", "also", "for", "paa", "i", "hos", "fra", "med", "in", "at", "from", "with"})


def left_beside(said: Said) -> list[tuple[int, int]]:
    """Where the words stand that are told."""
    found = []
    for name in said.names.found:
        if any(each.what is What.THEME for each in name.options):
            continue
        is_of_people = all(each.what is What.LEADER for each in name.options)
        for span in (_after(said, name.stop), _before(said, name.start)):
            if _is_left(said, range(*span), is_of_people=is_of_people):
                found.append(span)
    return list(dict.fromkeys(found))


def asked_besides(said: Said, intent: str) -> list[Hit]:
    """`Nøgletal og perspektiver for Elmeskolen`: the nouns beside the one that is answered that ask something else."""
    found = [(hit, asked) for name, asked, weight in TOPICS if weight > 1 for hit in said.all(name)]
    starts = {hit.start for hit, asked in found if asked == intent}
    row = _rows_of(said, [hit for hit, _asked in found])
    others = {
        hit.start: hit for hit, asked in found if asked != intent and hit.start not in starts and hit.start in row
    }
    if starts.isdisjoint(row):
        return []
    return list(others.values())


def _rows_of(said: Said, nouns: Sequence[Hit]) -> set[int]:
    """Where the nouns begin that stand in a row: `fokusområder, beslutninger og nøgletal`, `focus areas and the key
    figures`."""
    found: set[int] = set()
    for first in nouns:
        for second in nouns:
            between = said.words[first.stop : second.start]
            is_next = first.stop <= second.start and all(each.norm in _LINKED | _THEIRS for each in between)
            is_listed = any(each.norm in _LINKED for each in between) or (
                second.start < len(said.words) and "," in said.words[second.start].before
            )
            if is_next and is_listed:
                found |= {first.start, second.start}
    return found


def _after(said: Said, stop: int) -> tuple[int, int]:
    start = _after_link(said, stop)
    while start < len(said.words) and said.words[start].norm in _FILLS:
        start += 1
    end = start
    while end < len(said.words) and not (end > start and _parts(said, end)):
        end += 1
    return (start, end) if start > stop else (stop, stop)


def _after_link(said: Said, stop: int) -> int:
    """Where it goes on after a word that links; where the name ends when none does."""
    norms = tuple(word.norm for word in said.words[stop : stop + len(_WELL)])
    if norms == _WELL:
        return stop + len(_WELL)
    return stop + 1 if norms and norms[0] in LINKS else stop


def _parts(said: Said, index: int) -> bool:
    """Whether another part of the sentence begins."""
    word = said.words[index]
    # `Skt. Anna`
    is_short = word.before.strip() == "." and len(said.words[index - 1].norm) <= _LONGEST_SHORTENED
    begins = word.begins and not is_short
    return word.norm in LINKS or "," in word.before or begins or index in said.by_time | said.by_date


def _before(said: Said, start: int) -> tuple[int, int]:
    """`Klubben og Elmeskolen`."""
    is_linked = start > 1 and said.words[start - 1].norm in LINKS
    is_one = is_linked and said.known.has("one", said.words[start - 2].norm)
    return (start - 2, start - 1) if is_one else (start, start)


def _is_left(said: Said, places: Sequence[int], *, is_of_people: bool) -> bool:
    """Whether something stands there that would be looked for, and nothing that an answer goes by."""
    strange = {index for each in said.strangers for index in range(each.start, each.stop)}
    gone_by = strange | said.names.taken | said.by_time | said.by_date | said.left_at
    if not places or not gone_by.isdisjoint(places):
        return False
    topics = {*said.known.topics, *GROUPS, *AskedStatus, "say"}
    read = [_read(said, index, is_of_people=is_of_people) for index in places]
    if any(each & topics and not _is_one_place(said, index) for index, each in zip(places, read, strict=True)):
        return False
    return any(
        not headings or "others" in headings or _is_one_place(said, index)
        for index, headings in zip(places, read, strict=True)
    )


def _read(said: Said, index: int, *, is_of_people: bool) -> frozenset[str]:
    """What the word is, or is like; beside somebody it is as likely a name."""
    norm = said.words[index].norm
    return said.known.headings(norm) or (frozenset() if is_of_people else said.known.guess(norm)[1])


def _is_one_place(said: Said, index: int) -> bool:
    """`Klubben`, `området`, `skoven`, of which none is named."""
    norm = said.words[index].norm
    return any(said.known.has(each, norm) for each in ("one", "area", "landscape", "few"))
