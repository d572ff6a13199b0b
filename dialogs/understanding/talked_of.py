"""Finds the everyday words that are talked of and name no place: `hvad siger børnene om legepladsen`, `om huler`.

After `om` a place is called by its whole name, with a capital, or with its kind; a word that is only like a name is
what is talked about. Where nobody is heard it may be either, and it is asked about.
"""

from dataclasses import replace

from dialogs.understanding.everyday import is_inflected
from dialogs.understanding.letters import plain, without_genitive
from dialogs.understanding.names import ABOUT, Found, Search
from dialogs.understanding.roster import Strength, What

# After these stands what something is about.
SUBJECT = ABOUT | {"vedr", "vedroerende", "ang", "angaaende", "mht", "ift", "regarding", "concerning"}
_DEFINITE = ("en", "et", "erne")
_LISTED = frozenset({"og", "and", "samt", "eller", "or", "mod", "vs"})
_HEARD = frozenset({"pupils", "children", "youth", "parents", "staff", "say", "perspective"})


def leave_what_is_talked_of(search: Search) -> frozenset[int]:
    """Takes such words from the names of the message, and gives where they stand; what may be either is doubtful."""
    names = search.names.found
    heard = any(hit.heading in _HEARD for hit in search.known.hits(search.words, taken=search.names.taken))
    places = [each for each in names if _is_of_places(each)]
    left: list[Found] = []
    doubtful: list[Found] = []
    for found in places:
        if not _is_everyday(search, found):
            continue
        others = [each for each in places if each is not found and each not in left and each.start < found.start]
        is_about = _is_subject(search, found)
        is_beside = others and heard and search.words[found.start].norm.endswith(_DEFINITE)
        if (is_about and (heard or others)) or (is_beside and not _is_listed(search, found)):
            left.append(found)
        elif is_about:
            doubtful.append(found)
    search.names.found = [
        replace(each, is_doubtful=True) if each in doubtful else each for each in names if each not in left
    ]
    return frozenset(each.start for each in left)


def _is_of_places(found: Found) -> bool:
    return all(each.what is What.INSTITUTION for each in found.options)


def _is_subject(search: Search, found: Found) -> bool:
    """Whether it stands after `om`, with no place between; one of its kind, or several, wherever `om` stands before."""
    before = [word.norm for word in search.words[: found.start]]
    about = max((place for place, norm in enumerate(before) if norm in SUBJECT), default=None)
    if about is None:
        return False
    if search.is_whom(found.start):
        return False
    is_parted = any(search.known.has("place", norm) for norm in before[about + 1 :])
    return not is_parted or _is_one_of_many(search, found)


def _is_everyday(search: Search, found: Found) -> bool:
    """Whether the word is in small letters, and a place's name only in part, for short or with another end."""
    word = search.words[found.start]
    before = search.words[found.start - 1].norm if found.start else ""
    is_beside_its_kind = search.known.has("one", before)
    if found.stop - found.start > 1 or is_beside_its_kind or search.is_name_like(found.start):
        return False
    norm = word.norm
    if any(norm != kind and norm.endswith(kind) for kind in search.known.list_of("one")):
        return False
    if _is_one_of_many(search, found):
        return True
    if any(norm.endswith(tail) for tail in search.known.list_of("tails") if len(tail) > len("stuen")):
        return False
    places = [search.index.institutions[each.id] for each in found.options]
    whole = {plain(each.name) for each in places}
    short = {plain(alias) for each in places for alias in each.aliases}
    forms = set(without_genitive(norm))
    # `Elmeskoeln` is a whole name with a typing error.
    return whole.isdisjoint(forms) and (found.strength is not Strength.FULL or not short.isdisjoint(forms))


def _is_one_of_many(search: Search, found: Found) -> bool:
    """`Huler` beside a `Fritidshjemmet Hulen`, `frøer` beside a `Frøen`: any of its kind, or several."""
    places = (search.index.institutions[each.id] for each in found.options)
    parts = {plain(part) for each in places for name in (each.name, *each.aliases) for part in name.split()}
    return any(is_inflected(search.words[found.start].norm, part) for part in parts)


def _is_listed(search: Search, found: Found) -> bool:
    """`På Elmeskolen og loftet`, `solsikken, loftet`."""
    words = search.words[max(found.start - 2, 0) : found.start]
    return any(word.norm in _LISTED for word in words) or any(
        mark in word.before for word in (*words, search.words[found.start]) for mark in ",;/"
    )
