"""The words around a 1:1 that is asked for: whom it is with, where, and whether it is the one that comes next."""

import itertools

from dialogs.words import normalise

# The words around a name, those that a place begins with, and those that a topic does.
AROUND = {
    "1til1",
    "1til1s",
    "1til1er",
    "en",
    "et",
    "til",
    "a",
    "one",
    "on",
    "med",
    "with",
    "m",
    "planlaeg",
    "plan",
    "book",
} | {
    "samtale",
    "moede",
    "meeting",
    "ny",
    "er",
    "is",
    "naeste",
    "uge",
    "week",
    "next",
    "jeg",
    "har",
    "i",
    "vi",
    "we",
    "skal",
    "moedes",
    "moeder",
    "ses",
    "ser",
    "snakker",
    "taler",
    "meet",
    "see",
    "talk",
    "hvem",
    "haft",
    "who",
    "whom",
    "had",
}
# Whoever begins so asks about the ones there are.
OWN = {"mine", "min", "mit", "my", "vores", "our", "hvornaar", "when", "vis", "show"}
NEXT = {"naeste", "kommende", "next", "coming"}
PLACE_BEGINS = {"i", "hos", "på", "paa", "ved", "in", "at"}
TOPIC_BEGINS = {"om", "about"}


def asks_for_the_next(text: str) -> bool:
    """`Næste 1:1`, and not a 1:1 next week."""
    words = normalise(text).split()
    return any(word in NEXT and after == "1til1" for word, after in itertools.pairwise(words))


def who_and_place(rest: str) -> tuple[str, str]:
    """The words of the name, and after a word such as `i` or `på` the place as it was typed."""
    words = rest.split()
    ends = [number for number, word in enumerate(words) if word.lower() in PLACE_BEGINS | TOPIC_BEGINS and number > 1]
    end = ends[0] if ends else len(words)
    place = " ".join(words[end + 1 :]) if ends and words[end].lower() in PLACE_BEGINS else ""
    said = normalise(" ".join(words[:end])).split()
    who = " ".join(word for word in said if word not in AROUND | OWN and not word.isdecimal())
    return who, place
