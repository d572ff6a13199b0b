"""Whether a word that is no place's name stands where a place stands, so that it is told when no answer goes by it:
`i ceubs`, `for ES`, `i skoven`.
"""

from rapidfuzz.distance import OSA

from dialogs.understanding.everyday import is_land
from dialogs.understanding.names import WITH
from dialogs.understanding.roster import SAINTS
from dialogs.understanding.said import Said
from dialogs.understanding.vocabulary import COMMON, PLACE_KINDS
from domain.organisation import InstitutionType

_ABOUT = frozenset({"om", "about"})
_IN = frozenset({"i", "in", "inside", "by", "near"})
_DEFINITE = ("en", "et", "ne")
_ARTICLES = frozenset({"den", "det", "de", "the"})
# What places are called by beside their names, and other places of a town.
_OF_NAMES = frozenset({"generic", "tails", "elsewhere", "few", "one"})
_LETTERS = frozenset({"i", "a", "m", "v", "e", "f"})
_LONGEST_CUT = 3
# What may end a message after `for` or `med`.
_POINTED_AT = frozenset(
    {"mig", "dig", "os", "jer", "ham", "dem", "den", "det", "nu", "dag", "gaar", "aar", "me", "you", "us", "him", "her"}
    | {"it", "now", "all", "her", "der", "to", "alt", "ny", "ord", "tal"}
)
_ANY = frozenset({"en", "et", "a", "an", "den", "det", "de", "the", "min", "mit", "din", "dit", "my", "our", "to"})


def stands_for_a_place(said: Said, index: int) -> bool:
    """`I ceubs`, `for the integrated`; `at` is no word for a place in a Danish message."""
    before = index - 1
    while before > 0 and said.words[before].norm in _ARTICLES | SAINTS:
        before -= 1
    norm = said.words[before].norm if before >= 0 else ""
    return norm in _IN or (norm != "at" and said.known.has("strong_place", norm))


def is_hardly_known(said: Said, index: int) -> bool:
    """Where a place stands, what a place is called by says nothing else: `i skoven`, `den integrerede`; nor does a word
    that is only like one of the language, there or behind `om`: `om mobning`."""
    word = said.words[index]
    if index in said.names.taken | said.by_time | said.by_date | said.left_at:
        return False
    if said.known.has("compass", word.norm) or _is_begun(said, index) or _is_nearly_an_area(said, index):
        return True
    headings = said.known.headings(word.norm)
    here = [hit for hit in said.hits if hit.start <= index < hit.stop]
    is_guessed = not headings and all(hit.stop - hit.start == 1 for hit in here)
    is_guessed_far = is_guessed and said.known.guess(word.norm)[0] > 1
    is_talked_of = bool(index) and said.words[index - 1].norm in _ABOUT
    if not (stands_for_a_place(said, index) or (is_talked_of and is_guessed)):
        # `Tilsynsresumé troldene`
        is_last = index > 0 and index + 1 == len(said.words)
        is_asked_for = is_last and not said.known.headings(said.words[index - 1].norm).isdisjoint(said.known.topics)
        return is_guessed_far and is_asked_for and word.norm.endswith(_DEFINITE)
    if is_guessed:
        return is_guessed_far or not here or COMMON in {hit.heading for hit in here}
    is_land_alone = is_land(word, said.known) and not said.has_place
    is_of_names_alone = bool(headings) and headings <= _OF_NAMES
    return is_of_names_alone or is_land_alone or (word.said.isupper() and headings == {"foreign"})


def is_short_for_a_place(said: Said, index: int) -> bool:
    """`Nøgletal for ES`, `dgt ø`, `skolerne nordvest`."""
    word = said.words[index]
    if said.known.has("compass", word.norm) or _is_begun(said, index) or _is_nearly_an_area(said, index):
        return True
    if stands_for_a_place(said, index):
        return word.said.isupper() and len(word.said) > 1
    return _is_behind_a_kind(said, index) and any(key.startswith(word.norm) for key, _area in said.index.areas)


def _is_begun(said: Said, index: int) -> bool:
    return _is_cut_short(said, index) or _is_initial(said, index)


def _is_behind_a_kind(said: Said, index: int) -> bool:
    return any(hit.stop == index for each in InstitutionType for hit in said.all(each.value))


def _is_nearly_an_area(said: Said, index: int) -> bool:
    """`I bord`, `område ist`, `skolerne nor`: where an area stands, a word with one letter of its name wrong."""
    norm = said.words[index].norm
    is_of_areas = index > 0 and said.known.has("area", said.words[index - 1].norm)
    is_there = is_of_areas or stands_for_a_place(said, index) or _is_behind_a_kind(said, index)
    if not is_there or norm in _POINTED_AT or not said.known.headings(norm).isdisjoint(said.known.topics):
        return False
    return any(OSA.distance(key, norm, score_cutoff=1) == 1 for key, _area in said.index.areas)


def _is_initial(said: Said, index: int) -> bool:
    """`Nøgletal n og s`: a letter that an area begins with, where it is no word."""
    word = said.words[index]
    is_letter = len(word.said) == 1 and word.norm.isalpha() and word.norm not in _LETTERS
    return is_letter and any(key.startswith(word.norm) for key, _area in said.index.areas)


def _is_cut_short(said: Said, index: int) -> bool:
    """`Aftaler med do lund`, `i st`, `for klb 2`: of so few letters nobody can tell what it is, and nothing else says
    whom or where."""
    norm, before = said.words[index].norm, said.words[index - 1].norm if index else ""
    is_with = before in WITH
    if len(norm) > _LONGEST_CUT or not norm.isalpha() or not (is_with or stands_for_a_place(said, index)):
        return False
    headings = said.known.headings(norm)
    if norm in _POINTED_AT or (headings and COMMON not in headings) or headings & PLACE_KINDS:
        return False
    rows = (hit for hit in said.hits if hit.stop - hit.start > 1 and hit.heading != "foreign")
    if len(norm) > 1 and any(hit.start <= index < hit.stop for hit in rows):
        # `Fokusområder på vej`
        return False
    after = index + 1
    if after == len(said.words):
        return True
    is_strange = not said.known.headings(said.words[after].norm) or said.words[after].norm.isdecimal()
    is_begun = (is_with or not headings) and norm not in _ANY
    return is_begun and is_strange and after not in said.names.taken | said.by_time | said.by_date
