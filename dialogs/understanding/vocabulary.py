"""The words of the questions, read from `vocabulary.toml`: which of its headings a message touches, and where."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.understanding.letters import Word, errors_allowed, plain, spellings
from dialogs.understanding.rows import Hit as Hit
from dialogs.understanding.rows import Part, Rows, behind

COMMON = "common"
# Shorter words have too many neighbours to be guessed at.
SHORTEST_GUESSED = 5
SHORTEST_COMPOUND = 9
SHORTEST_HALF = 4
# What a shorter stem begins with is begun by other words as well.
SHORTEST_STEM_GUESSED = 7
# A word for a kind of place has the names of places for neighbours: `Solen` is no school, `Bøgehaven` no nursery,
# and `Ørnehuset` no `børnehus`.
PLACE_KINDS = frozenset({"dagtilbud", "skole", "fritidstilbud", "narrower", "unnamed", "area"})
SHORTEST_KIND_GUESSED = 7
# `Elever` and `lever` are too near; of longer ones there is but one.
SHORTEST_GROUP_GUESSED = 10
_EXACT_ONLY = frozenset(
    {
        "refer",
        "limits",
        "times",
        "how",
        "talk",
        "own",
        "apart",
        "beside",
        "types.one",
        "types.one_leader",
        "types.few",
        "types.same_in_plural",
        "types.generic",
        "types.tails",
        "groups",
        "topics.focus",
        "statuses.carried_out",
        "common.foreign",
    }
)
# A row of these is met with a typing error as well: `ikke foberedt`.
_ROWS_NEARLY = ("types", "groups", "statuses", "how", "times")


class Vocabulary:
    """All headings; a word is looked up as it is, as two words that belong together, and with typing errors."""

    def __init__(self, data: dict[str, dict[str, object]]) -> None:
        endings = data["endings"]["words"]
        assert isinstance(endings, list)
        self._endings: list[str] = endings
        self._words: dict[str, set[str]] = defaultdict(set)
        self._guessed: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._begins: list[tuple[str, str]] = []
        self._ends: list[tuple[str, str]] = []
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._lists: dict[str, frozenset[str]] = {}
        self.rows = Rows(form for each in _words_of(data, "fill", "between") for form in spellings(each))
        self._tails = {form for each in _words_of(data, "compounds", "tails") for form in self._forms(each)}
        self._as_written: set[str] = set()
        self.topics = frozenset(data["topics"])
        for group, headings in data.items():
            if group not in ("endings", "fill", "compounds"):
                for heading, words in headings.items():
                    self._take(group, heading, words)

    def _take(self, group: str, heading: str, words: object) -> None:
        name = COMMON if group == "common" and heading == "words" else heading
        each_word = words.split() if isinstance(words, str) else words
        assert isinstance(each_word, list)
        self._lists[name] = frozenset(form for each in each_word for form in self._forms(each))
        if group == "looked_up" or (group == "common" and heading in ("also_names", "landscape", "tens")):
            return
        is_guessed = group not in _EXACT_ONLY and f"{group}.{heading}" not in _EXACT_ONLY
        for each in each_word:
            row = each.split()
            if len(row) > 1:
                self.rows.take(name, tuple(map(self._part, row)), is_met_nearly=group in _ROWS_NEARLY)
            elif each.endswith("*"):
                self._begins += [(form, name) for form in spellings(each[:-1])]
                if is_guessed:
                    self._guess(each[:-1], name)
                    for form in spellings(each[:-1]):
                        self._stems[form].add(name)
            elif each.startswith("*"):
                self._ends += [(form, name) for form in self._forms(each[1:])]
            else:
                self._as_written |= {plain(form) for form in self._inflected(each)}
                for form in self._forms(each):
                    self._words[form].add(name)
                    if is_guessed or (group == "groups" and len(form) >= SHORTEST_GROUP_GUESSED):
                        self._guess(form, name)

    def _part(self, word: str) -> Part:
        return Part(frozenset(self._forms(word.rstrip("*"))), word.endswith("*"))

    def _forms(self, word: str) -> set[str]:
        return {form for each in self._inflected(word) for form in spellings(each)}

    def _inflected(self, word: str) -> list[str]:
        stem = word.rstrip("~").strip("*")
        return [stem + ending for ending in (self._endings if word.endswith("~") else [""])]

    def _guess(self, word: str, heading: str) -> None:
        for form in spellings(word):
            if len(form) >= SHORTEST_GUESSED:
                self._guessed[len(form)][form].add(heading)

    def has(self, heading: str, norm: str) -> bool:
        """Whether the word stands under the heading, as it is."""
        return norm in self._lists[heading]

    def is_misspelt_alone(self, norm: str) -> bool:
        """Whether it is a word only to who types `a` for `å` and the like: `malene` is a name as well as `målene`."""
        return norm in self._words and norm not in self._as_written

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one vocabulary for the life of the program
    def is_near_a_word(self, norm: str) -> bool:
        """Whether it is some word of the questions with one typing error, be that as short as it will."""
        return any(
            process.extractOne(norm, self._of_length(length), scorer=OSA.distance, score_cutoff=1)
            for length in range(len(norm) - 1, len(norm) + 2)
        )

    @lru_cache(maxsize=100)  # noqa: B019
    def _of_length(self, length: int) -> list[str]:
        return [form for form in self._words if len(form) == length]

    def is_like(self, heading: str, norm: str) -> bool:
        """Whether the word stands under the heading with one typing error."""
        return bool(self.near_under(heading, norm))

    def near_under(self, heading: str, norm: str) -> list[str]:
        """The words under the heading that it is with one typing error."""
        return [each for each in self._lists[heading] if OSA.distance(norm, each, score_cutoff=1) <= 1]

    def list_of(self, heading: str) -> frozenset[str]:
        """All forms of the single words under a heading."""
        return self._lists[heading]

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one vocabulary for the life of the program
    def headings(self, norm: str) -> frozenset[str]:
        """What the word is, without guessing; common words are under their own heading."""
        found = set(self._words.get(norm, ()))
        found |= {name for stem, name in self._begins if norm.startswith(stem)}
        found |= {name for stem, name in self._ends if norm.endswith(stem) and len(norm) > len(stem) + 2}
        if norm.isdigit():
            found.add(COMMON)
        return frozenset(found or self._compound(norm))

    def _compound(self, norm: str) -> set[str]:
        """What both halves of a word such as `aftaleoversigt` or `byrådsrapport` say."""
        for place in range(SHORTEST_HALF, len(norm) - 2):
            head, tail = norm[:place], norm[place:]
            if tail in self._tails:
                named = self._words.get(head) or self._words.get(head.removesuffix("s"), set())
                if said := named - {COMMON}:
                    return said | self._words.get(tail, set()) - {COMMON}
        return set()

    @lru_cache(maxsize=20_000)  # noqa: B019
    def guess(self, norm: str) -> tuple[int, frozenset[str]]:
        """How many typing errors away the nearest words are, and what they are; nothing beyond what is allowed."""
        errors, found = self._guess_whole(norm)
        # `Overkredet`: the beginning tells what it is.
        is_near = bool(found) and errors <= 1
        stems = [] if is_near else [stem for stem in self._stems if len(stem) >= SHORTEST_STEM_GUESSED]
        of_stems = {heading for stem in stems if behind(norm, stem) for heading in self._stems[stem]}
        return (1, frozenset(of_stems)) if of_stems else (errors, found)

    @lru_cache(maxsize=20_000)  # noqa: B019
    def _guess_whole(self, norm: str) -> tuple[int, frozenset[str]]:
        allowed = errors_allowed(norm) if len(norm) >= SHORTEST_GUESSED else 0
        best, found = allowed + 1, set[str]()
        if not allowed or self.has("landscape", norm):
            return best, frozenset()
        for length in range(len(norm) - allowed, len(norm) + allowed + 1):
            near = self._guessed.get(length, {})
            for form, distance, _key in process.extract(
                norm, self._guessable(length), scorer=OSA.distance, score_cutoff=allowed, limit=5
            ):
                # `Inklusion` is no `konklusion`: of two errors, none is in the letter that a word begins with.
                if distance > errors_allowed(form) or (distance > 1 and form[0] != norm[0]):
                    continue
                # Of several of a kind no place is the name: `schols`.
                is_long = len(norm if self.has("one", form) else form) >= SHORTEST_KIND_GUESSED
                if near[form] <= PLACE_KINDS and (not is_long or distance > 1 or form[0] != norm[0]):
                    continue
                if distance < best:
                    best, found = int(distance), set()
                if distance == best:
                    found |= near[form]
        return best, frozenset(found)

    @lru_cache(maxsize=100)  # noqa: B019
    def _guessable(self, length: int) -> list[str]:
        return list(self._guessed.get(length, {}))

    def hits(self, words: Sequence[Word], *, taken: frozenset[int] = frozenset()) -> list[Hit]:
        """Everything that is said, besides the words that are taken by names."""
        norms = [word.norm for word in words]
        found: list[Hit] = []
        joined: set[int] = set()
        for start in range(len(norms) - 1):
            if start in taken or start + 1 in taken or start in joined:
                continue
            both = norms[start] + norms[start + 1]
            # `For skelerne` is nearer to the schools than to any `forskelle`.
            is_kind = self.has("place", norms[start]) and bool(self.guess(norms[start + 1])[1] & PLACE_KINDS)
            names = set() if is_kind else self.headings(both) - {COMMON} - self.headings(norms[start])
            is_guessable = len(both) >= SHORTEST_COMPOUND and not any(
                self.has("place", norm) for norm in norms[start : start + 2]
            )
            if not names and is_guessable and not self._are_words(norms[start : start + 2]):
                names = self._guess_whole(both)[1] - {COMMON}
            if names:
                found += [Hit(name, start, start + 2) for name in names]
                joined |= {start, start + 1}
        for start, norm in enumerate(norms):
            if start in taken:
                continue
            found += self.rows.at(norms, start, taken)
            names = self.headings(norm)
            if not names and start not in joined:
                names = self.guess(norm)[1]
            found += [Hit(name, start, start + 1) for name in names]
        return found

    def _are_words(self, norms: Sequence[str]) -> bool:
        return all(self.headings(norm) for norm in norms)


def _words_of(data: dict[str, dict[str, object]], group: str, heading: str) -> list[str]:
    words = data[group][heading]
    assert isinstance(words, list)
    return words


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary, read on first use."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return Vocabulary(tomllib.loads(text))
