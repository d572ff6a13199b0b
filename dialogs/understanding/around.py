"""What else is said beside some words: whether it is all of a message, which words stand under a heading, and how they
were typed."""

from dialogs.understanding.names import WITH
from dialogs.understanding.said import Said

_THE_BOT = ("dig", "jer", "you", "alt")
PRONOUNS = frozenset({"det", "den", "dem", "dette", "it", "this", "that", "them"})


def is_all(said: Said, *headings: str) -> bool:
    """Whether nothing else is said but this and what goes with it."""
    return len(covered(said, *headings)) == len(said.words)


def covered(said: Said, *headings: str) -> set[int]:
    """The words that stand under the headings."""
    return {index for name in headings for hit in said.all(name) for index in range(hit.start, hit.stop)}


def asks_of_others(said: Said) -> bool:
    """Whether it is asked who or which of several has done so."""
    return bool(said.words) and said.words[0].norm in ("hvem", "hvilke", "who", "which")


def asks_of_something(said: Said) -> bool:
    """Whether `hvordan går det` goes on to what it asks about, and is no greeting: `hvordan går det med trivslen`."""
    if said.has("of_us"):
        return True
    words = [word.norm for word in said.words]
    after = (words[hit.stop : hit.stop + 2] for hit in said.all("wellbeing"))
    return any(len(each) == 2 and each[0] in WITH and each[1] not in _THE_BOT for each in after)


def words_at(said: Said, start: int, stop: int) -> str:
    """Word for word with what stands between them: `2025/26`."""
    first, *others = said.words[start:stop]
    return first.said + "".join(f"{word.before}{word.said}" for word in others)
