"""Whether a message tells what a group has said, and asks nothing: `forældrene synes, at skemaet kommer for sent`.

Whoever tells wants it written down, and whoever asks begins with a question word or a verb, or names no more than what
is looked for: `børn siger om overgange`.
"""

from collections.abc import Sequence

from dialogs.understanding.letters import Word, words_of
from dialogs.understanding.names import ABOUT
from dialogs.understanding.parts import asks_by_its_first_word
from dialogs.understanding.question import NOUNS
from dialogs.understanding.said import GROUPS
from dialogs.understanding.vocabulary import Hit, vocabulary
from domain.perspective import Group

_GROUPS = {
    **GROUPS,
    "one_parent": (Group.PARENTS,),
    "one_staff": (Group.STAFF,),
    "formal_board": (Group.PARENTS, Group.STAFF),
}
# Of a class they are told of, and never asked for: no answer is of the girls alone.
_OF_A_CLASS = frozenset({"pigerne", "drengene", "klassen"})
_MAY = frozenset({"maa", "kan", "skal", "er", "var", "har", "vil", "boer", "may", "can", "shall", "should", "am", "do"})
_ONESELF = frozenset({"jeg", "vi", "man", "du", "i", "we", "you", "det", "it", "der", "there"})
_THAT = frozenset({"at", "that"})
# From a group to its verb: `forældrene i 2. klasse har flere gange sagt`.
_MOST_BETWEEN = 5
_LEAST_TOLD = 3
_HEARD = frozenset({"hoerte", "hoert", "heard"})
_MOST_BEFORE_THAT = 7
_TOO = frozenset({"mange", "meget", "lidt", "faa", "store", "smaa", "lange", "ofte", "sjaeldent", "hurtigt"})
# What may stand before the group that tells; anything else is a command or a wish, and the group its reason.
_MAY_COME_BEFORE = frozenset(
    {
        "i", "dag", "gaar", "paa", "til", "ved", "en", "et", "den", "de", "der", "alle", "mange", "flere", "nogle",
        "nogen", "fleste", "baade", "vores", "mine", "vore", "to", "tre", "fire", "forleden", "idag", "igaar", "og",
        "moedet", "foraeldremoedet", "foraeldremoede", "personalemoedet", "today", "yesterday", "at", "the", "our",
        "my", "some", "many", "most", "several", "all", "two", "three", "a", "an", "and",
    }
)  # fmt: skip
_ASKS_BACK = frozenset({"hvad", "what"})
_FROM = frozenset({"fra", "af", "from", "by"})
_BROUGHT = frozenset({"recommendation", "perspective"})
_NEED_FEW = frozenset({"tells_of", "recommends"})
_TELLS = frozenset({"tells", "tells_of", "recommends"})
# With one of these a wish or a command begins, whatever stands after it.
_BEGINS_A_WISH = frozenset(
    {
        "vis", "vise", "find", "hent", "giv", "send", "skriv", "fortael", "sig", "laes", "aabn", "opsummer", "resumer",
        "jeg", "vi", "kan", "maa", "skal", "vil", "er", "har", "siger", "mener", "synes", "oplever", "fortaeller",
        "show", "give", "tell", "write", "open", "list", "can", "do", "does", "did", "have", "has", "are", "is", "we",
    }
)  # fmt: skip


# Of so many words a sentence says something that is seen: `fem rakte hånden op`.
_LEAST_SEEN = 4


def tells(text: str) -> bool:
    """Whether the message may tell of what was seen: it asks nothing, and begins with no wish, thanks or noun of a
    question."""
    words = words_of(text)
    if len(words) < _LEAST_SEEN or asks(text) or vocabulary().has("to_the_bot", words[0].norm):
        return False
    begins = {hit.heading for hit in vocabulary().hits(words[:1])}
    return begins.isdisjoint((*NOUNS, "one_on_one", "practice"))


def told_by(text: str) -> tuple[Group, ...]:
    """The group whose words the message tells, or those that it may be; none where it asks for something.

    A sentence that begins with the noun of a question looks for it: `aftaler hvor forældrene savner svar`.
    """
    found = _telling(text)
    return found[0] if found else ()


def told_from(text: str) -> int | None:
    """At which word begins what the group has told; None where nothing is told."""
    found = _telling(text)
    return found[1] if found else None


def _telling(text: str) -> tuple[tuple[Group, ...], int] | None:
    words = words_of(text)
    heard = _heard_up_to(words)
    if asks(text) or (words and words[0].norm in _BEGINS_A_WISH and not heard):
        return None
    if heard:
        found = _telling(" ".join(word.said for word in words[heard:]))
        return (found[0], found[1] + heard) if found else None
    hits = vocabulary().hits(words)
    if brought := _brought_by(words, hits):
        return brought
    hits += [Hit("pupils", place, place + 1) for place, word in enumerate(words) if word.norm in _OF_A_CLASS]
    nouns = [hit.start for hit in hits if hit.heading in NOUNS]
    groups = [hit for hit in hits if hit.heading in _GROUPS and not any(start < hit.start for start in nouns)]
    groups.sort(key=lambda hit: hit.start)
    if not groups or not _comes_first(words, groups[0]) or any(hit.heading == "want_observer" for hit in hits):
        return None
    verbs = sorted((hit for hit in hits if hit.heading in _TELLS), key=lambda hit: (hit.start, -hit.stop))
    for verb in verbs:
        told = _told_after(words, groups, verb)
        if told is not None and _says_something(words[told:], is_wish=verb.heading in _NEED_FEW):
            return next(_GROUPS[each.heading] for each in groups if each.start < told), told
    return None


def _heard_up_to(words: Sequence[Word]) -> int:
    """Where begins what somebody has heard: `jeg hørte i dag, at børnene …`; 0 where they say nothing of the kind."""
    norms = [word.norm for word in words[:_MOST_BEFORE_THAT]]
    that = next((place for place, norm in enumerate(norms) if norm in _THAT), 0)
    is_heard = bool(norms) and norms[0] in _ONESELF and not _HEARD.isdisjoint(norms[:that])
    return that + 1 if is_heard else 0


def _brought_by(words: Sequence[Word], hits: Sequence[Hit]) -> tuple[tuple[Group, ...], int] | None:
    """`Anbefaling fra elevrådet: længere pauser`: what is recommended stands behind a colon."""
    group = next((hit for hit in hits if hit.heading in _GROUPS and hit.start == 2), None)
    is_from = len(words) > 1 and words[1].norm in _FROM
    if group is None or not is_from or not any(hit.heading in _BROUGHT and hit.start == 0 for hit in hits):
        return None
    is_behind_colon = group.stop < len(words) and ":" in words[group.stop].before
    return (_GROUPS[group.heading], group.stop) if is_behind_colon else None


def _comes_first(words: Sequence[Word], group: Hit) -> bool:
    """Whether the sentence is the group's: `I dag sagde forældrene, at …`, and not `notat: forældrene savner svar`."""
    verbs = {hit.start for hit in vocabulary().hits(words) if hit.heading in _TELLS}
    before = [word for place, word in enumerate(words[: group.start]) if place not in verbs]
    is_told_of = all(word.norm in _MAY_COME_BEFORE or word.norm.isdigit() for word in before)
    return is_told_of and not any(":" in word.before for word in words[1 : group.start + 1])


def asks(text: str) -> bool:
    """Whether the text is a question by its mark, by its first word, or as in `må jeg tage billeder`."""
    words = [word.norm for word in words_of(text)[:2]]
    asks_of_oneself = len(words) == 2 and words[0] in _MAY and words[1] in _ONESELF
    asks_of_oneself |= bool(words) and vocabulary().has("wonders", words[0])
    return text.rstrip().endswith("?") or asks_by_its_first_word(text) or asks_of_oneself


def _told_after(words: Sequence[Word], groups: Sequence[Hit], verb: Hit) -> int | None:
    """Where begins what is told; None where the verb is not the group's."""
    between = (words[each.stop : verb.start] for each in groups if each.stop <= verb.start)
    if any(sum(not _is_of_a_class(word) for word in some) <= _MOST_BETWEEN for some in between):
        return verb.stop
    # `I dag sagde forældrene, at …`
    after = next((each for each in groups if each.start == verb.stop), None)
    if after is not None and verb.start and after.stop < len(words) and words[after.stop].norm in _THAT:
        return after.stop
    return None


def _is_of_a_class(word: Word) -> bool:
    return word.norm[:1].isdigit() or len(word.norm) == 1


def _says_something(told: Sequence[Word], *, is_wish: bool) -> bool:
    """Whether words are left that are said, and not only what is asked about: `børn siger på Elmeskolen i foråret`."""
    if not told or told[0].norm in ABOUT:
        return False
    if told[0].norm in _THAT or ":" in told[0].before:
        return len(told) > 1
    is_much = told[0].norm == "for" and len(told) > 1 and told[1].norm in _TOO
    is_place = (vocabulary().has("place", told[0].norm) and not is_much) or told[0].norm in _ASKS_BACK
    return is_wish or (len(told) >= _LEAST_TOLD and not is_place)
