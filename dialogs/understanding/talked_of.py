"""Finds the everyday words that are talked of and name no place: `hvad siger børnene om legepladsen`."""

from dialogs.understanding.names import ABOUT, Found, Search
from dialogs.understanding.roster import What

_DEFINITE = ("en", "et", "erne")
_LISTED = frozenset({"og", "and", "samt", "eller", "or", "mod", "vs"})
_HEARD = frozenset({"pupils", "children", "youth", "parents", "staff", "say"})


def leave_what_is_talked_of(search: Search) -> frozenset[int]:
    """Takes such words from the names of the message, and gives where they stand."""
    names = search.names.found
    heard = any(hit.heading in _HEARD for hit in search.known.hits(search.words, taken=search.names.taken))
    places = [each for each in names if _is_of_places(each)]
    left = []
    for found in places:
        if not _is_everyday(search, found):
            continue
        others = [each for each in places if each is not found and each not in left and each.start < found.start]
        is_about = found.start > 0 and search.words[found.start - 1].norm in ABOUT
        if (is_about and (heard or others)) or (others and heard and not _is_listed(search, found)):
            left.append(found)
    search.names.found = [each for each in names if each not in left]
    return frozenset(each.start for each in left)


def _is_of_places(found: Found) -> bool:
    return all(each.what is What.INSTITUTION for each in found.options)


def _is_everyday(search: Search, found: Found) -> bool:
    """Whether the word is a definite noun in small letters, and a place's name only in part or for short."""
    word = search.words[found.start]
    if found.stop - found.start > 1 or word.is_capital or not word.norm.endswith(_DEFINITE):
        return False
    whole = {search.index.name_of(each).casefold() for each in found.options}
    return word.said.casefold() not in whole and not any(
        word.norm.endswith(tail) for tail in search.known.list_of("tails") if len(tail) > len("stuen")
    )


def _is_listed(search: Search, found: Found) -> bool:
    """`På Elmeskolen og loftet`, `solsikken, loftet`."""
    words = search.words[max(found.start - 2, 0) : found.start]
    return any(word.norm in _LISTED for word in words) or any(
        mark in word.before for word in (*words, search.words[found.start]) for mark in ",;/"
    )
