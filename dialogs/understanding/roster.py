"""The roster's names with everything that people make of them, to be looked up by plain letters."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.understanding.areas import short_names, whole_names
from dialogs.understanding.letters import plain, spellings
from dialogs.understanding.vocabulary import COMMON, vocabulary
from domain.organisation import InstitutionType
from domain.roster import InstitutionName, LeaderName, Roster, ThemeName

SHORTEST_PART = 4
SHORTEST_THEME_WORD = 6
SHORTEST_DEFINITE = 5
_INDEFINITE = (
    ("skolen", "skole"), ("haven", "have"), ("huset", "hus"), ("gaarden", "gaard"), ("gården", "gård"),
    ("klubben", "klub"), ("hjemmet", "hjem"), ("centret", "center"), ("centeret", "center"), ("plejen", "pleje"),
)  # fmt: skip
# `Well-being` is one word to some, and each half of it says little.
_HYPHENED = re.compile(r"[^\W_]+-[^\W_]+")
_GROUPS = frozenset({"pupils", "children", "youth", "parents", "staff"})
SAINTS = frozenset({"sct", "sankt", "skt", "st", "saint"})
_SAINT = re.compile(rf"(?:{'|'.join(sorted(SAINTS, key=len, reverse=True))})\b\.?\s*", re.IGNORECASE)


class Strength(IntEnum):
    """How much of a name was said: a part of it, a short form, the whole, or the whole with the word for what it is."""

    PART = 1
    SHORT = 2
    FULL = 3
    EXPLICIT = 4


class What(IntEnum):
    INSTITUTION = 1
    AREA = 2
    LEADER = 3
    THEME = 4


@dataclass(frozen=True)
class Thing:
    what: What
    id: UUID


@dataclass(frozen=True)
class Entry:
    """A key's thing; `core` is what tells it from others of its kind: `elme` of `elmeskolen`."""

    thing: Thing
    strength: Strength
    core: str


class Index:
    """Keys in plain letters, joined without blanks, so that a split compound is the same as the whole word."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.institutions = {each.id: each for each in roster.institutions}
        self.leaders = {each.id: each for each in roster.leaders}
        self._keys: dict[str, dict[Thing, Entry]] = defaultdict(dict)
        self._areas = {key for each in roster.areas for name in (each.name, *each.aliases) for key in spellings(name)}
        for area in roster.areas:
            thing = Thing(What.AREA, area.id)
            for name in (area.name, *area.aliases):
                self._put(thing, Strength.FULL, name)
                self._take_area(thing, name)
        self._places = {key for each in roster.institutions for key in spellings(each.name)}
        for where in roster.institutions:
            self._take_institution(where)
        for leader in roster.leaders:
            self._take_leader(leader)
        self._take_themes(roster.themes)
        self._leave_to_those_who_are_here()
        every = [(key, entry) for key, entries in self._keys.items() for entry in entries.values()]
        self.fuzzy = [(key, entry) for key, entry in every if _is_whole(entry) and len(key) >= SHORTEST_PART]
        self.areas = [
            each for each in every if each[1].thing.what is What.AREA and each[1].strength < Strength.EXPLICIT
        ]
        self._of_length: dict[int, tuple[list[str], list[Entry]]] = defaultdict(lambda: ([], []))
        for key, entry in self.fuzzy:
            keys, of_keys = self._of_length[len(key)]
            keys.append(key)
            of_keys.append(entry)
        starts = {(key, entry.thing) for key, entry in self.fuzzy if entry.thing.what is What.INSTITUTION}
        self._sorted = sorted(starts, key=lambda each: (each[0], each[1].id))
        self._prefixes = [key for key, _thing in self._sorted]

    def exact(self, key: str) -> list[Entry]:
        return list(self._keys.get(key, {}).values())

    def near(self, key: str, errors: int, limit: int) -> list[tuple[str, int, Entry]]:
        """The names that have at most so many typing errors: the key, how many, and what it is the name of."""
        found: list[tuple[str, int, Entry]] = []
        for length in range(len(key) - errors, len(key) + errors + 1):
            if length in self._of_length:
                keys, entries = self._of_length[length]
                hits = process.extract(key, keys, scorer=OSA.distance, score_cutoff=errors, limit=limit)
                found += [(near_key, int(distance), entries[place]) for near_key, distance, place in hits]
        return sorted(found, key=lambda each: each[1])[:limit]

    def beginning_with(self, part: str) -> list[Thing]:
        """The institutions with a name that begins like this."""
        start = bisect_left(self._prefixes, part)
        found: dict[Thing, None] = {}
        while start < len(self._sorted) and self._prefixes[start].startswith(part):
            found[self._sorted[start][1]] = None
            start += 1
        return list(found)

    def type_of(self, thing: Thing) -> InstitutionType | None:
        where = self.institutions.get(thing.id)
        return where.type if where else None

    def name_of(self, thing: Thing) -> str:
        return self.roster.name_of(thing.id)

    def _put(self, thing: Thing, strength: Strength, name: str, core: str | None = None) -> None:
        for key in spellings(name):
            before = self._keys[key].get(thing)
            if key and (before is None or before.strength < strength):
                self._keys[key][thing] = Entry(thing, strength, key if core is None else plain(core))

    def _leave_to_those_who_are_here(self) -> None:
        """What has closed and who has left are asked about by the names that nobody has any more, and by whole ones."""
        gone = {Thing(What.INSTITUTION, each.id) for each in self.institutions.values() if each.is_closed}
        gone |= {Thing(What.LEADER, each.id) for each in self.leaders.values() if each.is_former}
        if not gone:
            return
        for entries in self._keys.values():
            has_others = not gone.issuperset(entries)
            for thing in gone.intersection(entries):
                if has_others or entries[thing].strength < self._least(thing):
                    del entries[thing]

    @staticmethod
    def _least(thing: Thing) -> Strength:
        return Strength.FULL if thing.what is What.LEADER else Strength.SHORT

    def _take_area(self, thing: Thing, name: str) -> None:
        for each in short_names(name):
            self._put(thing, Strength.SHORT, each)
        for each in whole_names(name):
            self._put(thing, Strength.EXPLICIT, each)

    def _take_institution(self, where: InstitutionName) -> None:
        known = vocabulary()
        thing = Thing(What.INSTITUTION, where.id)
        for name in _written(where):
            parts = _parts(name)
            if known.has("few", plain(parts[0])) and len(parts) > 1:
                self._put(thing, Strength.PART, parts[0])
            own = [part for part in parts if not known.has("generic", plain(part))]
            short = " ".join(own)
            core = _core(short or name)
            self._put(thing, Strength.FULL, name, core)
            for definite, indefinite in _INDEFINITE:
                if name.casefold().endswith(definite):
                    self._put(thing, Strength.SHORT, name[: -len(definite)] + indefinite, core)
                elif name.casefold().endswith(indefinite):
                    self._put(thing, Strength.SHORT, name[: -len(indefinite)] + definite, core)
            is_area = plain(short) in self._areas and parts[0] != own[0]
            # `SFO'en på Elmeskolen` is no Elmeskolen.
            is_taken = is_area or plain(short) in self._places
            if own and own != parts and not is_taken and not known.has(COMMON, plain(short)):
                self._put(thing, Strength.SHORT, short, core)
            if own != parts and short.endswith("s") and _is_own(short[:-1], self._areas):
                # Skovbrynets Skole is what `Skovbrynet` can mean as well.
                self._put(thing, Strength.SHORT, short[:-1], core)
            for part in own if len(own) > 1 else ():
                if _is_own(part, self._areas):
                    self._put(thing, Strength.PART, part)
            if len(core) >= SHORTEST_PART and core != plain(short) and _is_own(core, self._areas):
                self._put(thing, Strength.PART, core)

    def _take_leader(self, leader: LeaderName) -> None:
        thing = Thing(What.LEADER, leader.id)
        first, *rest = leader.name.split() or [leader.name]
        self._put(thing, Strength.FULL, leader.name)
        self._put(thing, Strength.SHORT, first)
        # Jens-Peter is a Jens to some, and Hans Ulrik Dam a Hans Ulrik.
        self._put(thing, Strength.SHORT, first.partition("-")[0])
        for length in range(1, len(rest)):
            self._put(thing, Strength.SHORT, " ".join([first, *rest[:length]]))
        if rest:
            # `Mette H`; with an S it would be the genitive of every Mette.
            if rest[-1][:1].casefold() != "s":
                self._put(thing, Strength.SHORT, f"{first} {rest[-1][:1]}")
            self._put(thing, Strength.FULL, f"{first} {rest[-1]}")
            if len(rest[-1]) >= SHORTEST_PART:
                self._put(thing, Strength.PART, rest[-1])

    def _take_themes(self, themes: Iterable[ThemeName]) -> None:
        """Of a title that several rounds have had, the newest is meant."""
        newest = {each.title.casefold(): each for each in sorted(themes, key=lambda each: each.valid_from)}
        words: dict[str, set[UUID]] = defaultdict(set)
        for theme in newest.values():
            thing = Thing(What.THEME, theme.id)
            for name in (theme.title, theme.title_en, *(each for each in theme.aliases if not _is_group(each))):
                if name:
                    self._put(thing, Strength.FULL, name)
            # `Trivslen` and `fraværet`, where the theme is called `trivsel` and `fravær`.
            for name in (*_parts(theme.title), *(each for each in theme.aliases if len(_parts(each)) == 1)):
                for form in _definite(name) if len(name) >= SHORTEST_DEFINITE and not _is_group(name) else ():
                    words[form].add(theme.id)
            for hyphened in _HYPHENED.findall(f"{theme.title} {theme.title_en}".casefold()):
                words[hyphened].add(theme.id)
            of_title = [
                part for part in _parts(f"{theme.title} {theme.title_en}") if not vocabulary().has(COMMON, plain(part))
            ]
            for short in (*of_title, *theme.aliases):
                for form in _of_theme(short):
                    words[form].add(theme.id)
            for part in _parts(f"{theme.title} {theme.title_en}"):
                for stem in (part, *(part[: -len(end)] for end in ("er", "erne", "e") if part.endswith(end))):
                    is_word = vocabulary().has(COMMON, plain(stem)) or _is_group(stem)
                    # A shorter word is a theme's where it is no word of any question: `play`.
                    is_long = len(stem) >= SHORTEST_THEME_WORD
                    is_own = len(stem) >= SHORTEST_PART and stem == part and not vocabulary().headings(plain(stem))
                    if not is_word and (is_long or is_own):
                        words[stem].add(theme.id)
        for word, ids in words.items():
            if len(ids) == 1:
                self._put(Thing(What.THEME, next(iter(ids))), Strength.SHORT, word)


def _is_whole(entry: Entry) -> bool:
    """Whether it is no part of a name; of an area also with the word for what it is: `det nordlige omrde`."""
    is_explicit = entry.strength is Strength.EXPLICIT and entry.thing.what is What.AREA
    return entry.strength in (Strength.SHORT, Strength.FULL) or is_explicit


@lru_cache(maxsize=4)
def index_of(roster: Roster) -> Index:
    """The index of a roster, made once for as long as the names are the same."""
    return Index(roster)


def _written(where: InstitutionName) -> list[str]:
    """The name and its aliases, with the ways there are to write `Sct.`."""
    names = [where.name, *where.aliases]
    for name in tuple(names):
        if saint := _SAINT.match(name):
            names += [
                f"{way} {name[saint.end() :]}" for way in sorted(SAINTS) if way != saint[0].strip(" .").casefold()
            ]
    return names


def _parts(name: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", name.casefold())


def _core(name: str) -> str:
    """What is left of a name without `-skolen` and its like."""
    key = plain(name)
    for tail in sorted(vocabulary().list_of("tails"), key=len, reverse=True):
        if key.endswith(tail) and len(key) > len(tail):
            return key[: -len(tail)]
    return key


def _definite(name: str) -> list[str]:
    """The one that is meant, of either gender, or the several: `trivslen`, `sproget`, `overgangene`."""
    word = name.casefold()
    if word.endswith(("el", "er")):
        return [f"{word[:-2]}{word[-1]}en", f"{word}en", f"{word}et", f"{word}ne"]
    return [f"{word}n", f"{word}ne"] if word.endswith("e") else [f"{word}en", f"{word}et", f"{word}ene", f"{word}erne"]


def _of_theme(short: str) -> list[str]:
    """`Sprogtemaet`, `overgangstemaet`, `the theme play`: a word of its name beside the word for what it is."""
    if _is_group(short):
        return []
    stems = [short, *(short[: -len(end)] for end in ("er", "e") if short.endswith(end))]
    joined = [f"{stem}{between}{word}" for stem in stems for between in ("", "s", "e") for word in ("temaet", "tema")]
    return [*joined, f"{short}theme", f"theme{short}", f"tema{short}", f"temaet{short}"]


def _is_group(word: str) -> bool:
    """Whether the word is for people who are heard: `forældre` are not `Sammen med forældrene`."""
    return not _GROUPS.isdisjoint(vocabulary().headings(plain(word)))


def _is_own(part: str, areas: set[str]) -> bool:
    key = plain(part)
    return len(key) >= SHORTEST_PART and key not in areas and not vocabulary().headings(key)
