"""A first name and the surname behind it: of one leader it is that one, and of two different ones either may be meant.

"Guessing a wrong institution is the worst failure: ask." The same holds of people.
"""

from collections.abc import Iterable

from dialogs.understanding.letters import spellings, without_genitive
from dialogs.understanding.names import MOST_OPTIONS, Found, Names, Search
from dialogs.understanding.roster import Index, Strength, Thing, What
from dialogs.understanding.whom import ends_there


def with_surnames(search: Search) -> Names:
    """The names of the message, the surnames behind first names taken to them."""
    names = search.run()
    for found in tuple(names.found):
        is_first = found.strength is Strength.SHORT and all(each.what is What.LEADER for each in found.options)
        if not is_first or not _may_follow(search, found):
            continue
        called = _called(search.index, without_genitive(search.words[found.stop].norm))
        same = tuple(each for each in found.options if each in called)
        either = tuple(dict.fromkeys((*found.options, *called)))[:MOST_OPTIONS]
        if called:
            whole = Found(found.start, found.stop + 1, same or either, Strength.FULL, is_doubtful=not same)
            names.found = [each for each in names.found if each.stop <= whole.start or each.start >= whole.stop]
            names.found.append(whole)
    names.found.sort(key=lambda each: each.start)
    return names


def _may_follow(search: Search, found: Found) -> bool:
    """Whether the next word can be a surname: of one that is a word as well, where the names stand as a person's."""
    at = found.stop
    if at == len(search.words) or search.words[at].before.strip() or _is_anothers(search, at):
        return False
    is_word = bool(search.known.headings(search.words[at].norm))
    return not is_word or (search.is_person(found.start) and (search.is_name_like(at) or ends_there(search.words, at)))


def _is_anothers(search: Search, at: int) -> bool:
    """Whether the word is found to be more than a part of somebody's name."""
    return any(
        each.start <= at < each.stop
        and (each.strength is not Strength.PART or any(option.what is not What.LEADER for option in each.options))
        for each in search.names.found
    )


def _called(index: Index, forms: Iterable[str]) -> list[Thing]:
    """The leaders with this surname."""
    said = set(forms)
    return [
        Thing(What.LEADER, each.id)
        for each in index.leaders.values()
        if len(names := each.name.split()) > 1 and not said.isdisjoint(spellings(names[-1]))
    ]
