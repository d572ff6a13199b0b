"""A message as it was read: its words, the names and times in it, and what the rest of it is about."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from dialogs.understanding.asides import Aside, asides_in
from dialogs.understanding.left_out import LeavingOut, LeftOut, numbers_joined
from dialogs.understanding.letters import LONGEST, Word, unsigned, words_of
from dialogs.understanding.meant import Choice, meant_by
from dialogs.understanding.mended import mended
from dialogs.understanding.names import Names, Search
from dialogs.understanding.numbers import Numbered, age_range_in, dialogue_numbers
from dialogs.understanding.roster import Index, Thing, What
from dialogs.understanding.strangers import Strangers, Unknown
from dialogs.understanding.surnames import with_surnames
from dialogs.understanding.times import Time, Times
from dialogs.understanding.vocabulary import Hit, vocabulary
from dialogs.understanding.written_times import in_digits
from dialogs.understanding.years import Year
from domain.indicator import Indicator
from domain.organisation import AgeRange, InstitutionType
from domain.perspective import Group

_NOT_ASIDE = frozenset({"pupils", "children", "youth", "parents", "staff", "latest", "superlative"})
GROUPS = {
    "children": (Group.CHILDREN,),
    "youth": (Group.YOUTH,),
    # Whoever asks of pupils knows of no age: what the young ones told is theirs as well.
    "pupils": (Group.CHILDREN, Group.YOUTH),
    "parents": (Group.PARENTS,),
    "staff": (Group.STAFF,),
}


class Said:
    """One message. `mine` are the institutions that the asker answers for, which tell one Mette from another."""

    def __init__(self, text: str, index: Index, today: date, mine: frozenset[UUID]) -> None:
        self.text = text[:LONGEST]
        self.index = index
        self.today = today
        self.known = vocabulary()
        words = in_digits(unsigned(words_of(text)), self.known, today)
        self.words: Sequence[Word] = mended(words, self.known, index)
        search = Search(self.words, index)
        self.names: Names = with_surnames(search)
        strangers = Strangers(search)
        self.talked_of: frozenset[int] = strangers.talked_of
        self.strangers: list[Unknown] = strangers.run()
        taken = self.names.taken
        self.asides: list[Aside] = asides_in(self.words, taken, today)
        aside = frozenset(index for each in self.asides for index in range(each.start, each.stop))
        times = Times(self.words, self.known, today, taken | aside)
        self.times: list[Time] = times.found
        self.years: list[Year] = times.years
        in_times = frozenset(index for time in self.times for index in range(time.start, time.stop))
        self.by_time = in_times | aside
        self.by_date = frozenset(index for each in self.years for index in range(each.start, each.stop))
        said = self.known.hits(self.words, taken=self._names_alone() | self._strange_places() | self.talked_of)
        # `Over 2000 elever` asks nothing of the pupils, and `de sidste tre måneder` for no last one of its kind.
        self.hits: list[Hit] = [hit for hit in said if hit.start not in aside or hit.heading not in _NOT_ASIDE]
        self._by_heading: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            self._by_heading[hit.heading].append(hit)
        self.left_out: list[LeftOut] = self._left_out()
        self.left_at = frozenset(index for each in self.left_out for index in range(each.start, each.stop))
        self.times = [each for each in self.times if each.start not in self.left_at]
        self.years = [each for each in self.years if each.start not in self.left_at]
        self.age_range: AgeRange | None = age_range_in(self._text_without_what_is_left_out())
        spoken = {each: self.all(each.value) for each in InstitutionType if self.has(each.value)}
        of_many = any(not self._is_one(hit) for hits in spoken.values() for hit in hits)
        self.speaks_of_many = of_many or self.has("unnamed")
        named = [each for each in self.names.found if each.start not in self.left_at]
        self.named: list[Thing]
        self.choices: list[Choice]
        self.named, self.choices = meant_by(named, index, mine, frozenset(spoken), speaks_of_many=self.speaks_of_many)

    def all(self, heading: str) -> list[Hit]:
        return self._by_heading.get(heading, [])

    def has(self, *headings: str) -> bool:
        return any(heading in self._by_heading for heading in headings)

    def first(self, heading: str) -> int:
        """Where the heading is touched first."""
        return min(hit.start for hit in self.all(heading))

    def things(self, what: What) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(each.id for each in self.named if each.what is what))

    @property
    def is_of_the_last(self) -> bool:
        """Whether the last one of its kind is asked for, and not the last half-year or what is new since."""
        others = {
            index
            for heading in ("previous_cycle", "current_cycle", "next_cycle", "since", "short_time")
            for hit in self.all(heading)
            for index in range(hit.start, hit.stop)
        }
        return any(hit.start not in self.by_time | others for hit in self.all("latest"))

    def is_of_the_next(self, heading: str) -> bool:
        """`Min næste læringssamtale`, and not a dialogue next week or in the next half-year."""
        begins = {hit.start for hit in self.all(heading)}
        return any(hit.stop in begins for hit in self.all("next_word") if hit.start not in self.by_time)

    @property
    def is_of_a_day(self) -> bool:
        """`Den 20. april 2026`, `20/4 2026`: a day that something can be planned for."""
        return any(each.is_day or (each.start and self.words[each.start - 1].norm.isdecimal()) for each in self.years)

    @property
    def is_held_against_a_time(self) -> bool:
        """`I forhold til sidste halvår`: the words for it stand right before the half-year."""
        stops = {hit.stop for hit in self.all("held_against")}
        return any(stops & {time.start, time.start - 1} for time in self.times)

    def is_of_two(self, time: Time) -> bool:
        """`De to seneste halvår`: this one and the one before."""
        before = tuple(word.norm for word in self.words[max(time.start - 2, 0) : time.start])
        return before[-1:] == ("two",) or before == ("de", "to")

    @property
    def has_last_of_something(self) -> bool:
        """Whether the last or previous one is spoken of besides the times that are found."""
        return any(hit.start not in self.by_time for hit in self.all("last_word"))

    @property
    def names_a_person(self) -> bool:
        """Whether a leader is named, or one of several of that name."""
        options = [*self.named, *(each for choice in self.choices for each in choice.options)]
        return any(each.what is What.LEADER for each in options) or any(each.is_person for each in self.strangers)

    @cached_property
    def dialogue_numbers(self) -> list[Numbered]:
        return dialogue_numbers(self.words, self.hits, self.names.taken | self.by_date)

    @cached_property
    def leaders_at(self) -> frozenset[int]:
        """The words that name a leader, or say that one is meant."""
        spans = [
            *((each.start, each.stop) for each in self.names.found if any(o.what is What.LEADER for o in each.options)),
            *((each.start, each.stop) for each in self.strangers if each.is_person),
            *((hit.start, hit.stop) for heading in ("lead", "one_leader") for hit in self.all(heading)),
        ]
        return frozenset(index for start, stop in spans for index in range(start, stop))

    @property
    def has_place(self) -> bool:
        return any(each.what in (What.INSTITUTION, What.AREA) for each in self.named) or bool(
            self.types or self.choices
        )

    @property
    def has_several_places(self) -> bool:
        if len(self.things(What.INSTITUTION)) > 1 or len(self.things(What.AREA)) > 1:
            return True
        return bool(self.types) and not self.things(What.INSTITUTION) and not self.has("change", "figures")

    @cached_property
    def types(self) -> tuple[InstitutionType, ...]:
        """The types that are spoken of; beside a named institution the word for what it is says nothing more."""
        has_one = bool(self.things(What.INSTITUTION) or self.things(What.LEADER)) or any(
            each.what in (What.INSTITUTION, What.LEADER) for choice in self.choices for each in choice.options
        )
        # An `after-school club` is no school, `school absence` is what is counted, and a `school year` is a time.
        wider = [hit for each in (*InstitutionType, *Indicator, "season") for hit in self.all(each)]
        found = []
        for each in InstitutionType:
            hits = [hit for hit in self.all(each.value) if not (has_one and self._is_one(hit))]
            hits = [hit for hit in hits if hit.start not in self.left_at]
            hits = [hit for hit in hits if not any(_is_within(hit, other) for other in wider)]
            # `Sk.år 25/26`.
            hits = [hit for hit in hits if hit.start not in self.by_date]
            if hits:
                found.append((min(hit.start for hit in hits), each))
        return tuple(each for _start, each in sorted(found, key=lambda one: one[0]))

    @property
    def narrower_kinds(self) -> list[Hit]:
        """The words for the types that are gone by that say less than all of the type: `vuggestuerne`."""
        of_types = {(hit.start, hit.stop) for each in self.types for hit in self.all(each.value)}
        hits = [hit for hit in self.all("narrower") if (hit.start, hit.stop) in of_types]
        hits = [hit for hit in hits if hit.start not in self.left_at]
        has_one = bool(self.things(What.INSTITUTION) or self.things(What.LEADER) or self.choices or self.strangers)
        return [hit for hit in hits if not (has_one and self._is_one(hit))]

    @property
    def groups(self) -> tuple[Group, ...]:
        found = [
            (hit.start, groups)
            for heading, groups in GROUPS.items()
            for hit in self.all(heading)
            if hit.start not in self.left_at
        ]
        return tuple(dict.fromkeys(group for _start, groups in sorted(found) for group in groups))

    @property
    def is_of_ones_own_draft(self) -> bool:
        """`Min kladde`, or a draft that is nobody's; never what somebody else has begun."""
        drafts = {hit.start for hit in self.all("draft")}
        mine = {hit.stop for hit in self.all("of_mine")}
        is_mine = bool(drafts & (mine | {index + 1 for index in mine}))
        around = {
            index
            for name in ("draft", "go_on", "look")
            for hit in self.all(name)
            for index in range(hit.start, hit.stop)
        }
        names_others = self.named or self.strangers or self.choices or self.has("private", "none")
        return bool(drafts) and not names_others and (is_mine or len(around) == len(self.words))

    @property
    def asks_where_or_who(self) -> bool:
        """Whether it begins with a question that chooses among several: `hvor går det godt`."""
        return bool(self.words) and self.known.has("asks_which", self.words[0].norm)

    @property
    def is_political(self) -> bool:
        """Whether politicians are spoken of: a `student council` and a `MED-udvalg` are none of theirs."""
        others = (*self.all("pupils"), *self.all("staff_committee"))
        return any(not any(_is_within(hit, other) for other in others) for hit in self.all("political"))

    @property
    def indicator(self) -> Indicator | None:
        """What is counted, the first that is named; of `sygefravær` the whole word."""
        found = [(self.first(each), each) for each in Indicator if self.has(each)]
        wider = {each.is_part_of for _start, each in found}
        return min(((start, each) for start, each in found if each not in wider), default=(0, None))[1]

    @property
    def is_of_everywhere(self) -> bool:
        """Whether all there is is meant, by name or by nothing but `alle`."""
        if self.has("everywhere"):
            return True
        alone = {hit.start for hit in self.all("unnamed") if self.words[hit.start].norm in ("alle", "all")}
        small = {
            index for name in ("follow", "place") for hit in self.all(name) for index in range(hit.start, hit.stop)
        }
        return bool(alone) and len(alone | small) == len(self.words)

    @property
    def ends_with_somebodys_one_on_one(self) -> bool:
        """`Karens 1:1`, where no time follows for which one could be planned."""
        last = len(self.words) - 1
        stops = {found.stop for found in self.names.found if found.options and found.options[0].what is What.LEADER}
        return any(hit.stop > last and hit.start in stops for hit in self.all("one_on_one"))

    def _names_alone(self) -> frozenset[int]:
        """The words that are names and nothing else; a theme of one word may be a word of the question as well."""
        return frozenset(
            index
            for found in self.names.found
            if found.stop - found.start > 1 or any(each.what is not What.THEME for each in found.options)
            for index in range(found.start, found.stop)
        )

    def _strange_places(self) -> frozenset[int]:
        """The words that name a place which is not there: the kind that stands in them narrows nothing down."""
        places = [each for each in self.strangers if not each.is_person]
        return frozenset(index for each in places for index in range(each.start, each.stop))

    def _left_out(self) -> list[LeftOut]:
        """What is left out, of all that can bound a question."""
        kinds = (*(each.value for each in InstitutionType), *GROUPS, "unnamed")
        spans = [(hit.start, hit.stop) for heading in kinds for hit in self.all(heading)]
        spans += [(each.start, each.stop) for each in self.names.found]
        spans += numbers_joined(self.words)
        times = [(each.start, each.stop) for each in self.times] + [(each.start, each.stop) for each in self.years]
        hits = self.known.hits(self.words)
        things, named = dict(sorted(spans)), self.names.taken
        return LeavingOut(self.words, self.known, hits, things=things, times=dict(sorted(times)), names=named).run()

    def _text_without_what_is_left_out(self) -> str:
        if not self.left_out:
            return self.text
        kept = (word for index, word in enumerate(self.words) if index not in self.left_at)
        return "".join(word.before + word.said for word in kept)

    def _is_one(self, hit: Hit) -> bool:
        return all(
            self.known.has("one", word.norm)
            or self.known.has("one_leader", word.norm)
            # `Nord dagtilbd` is no other kind of word than `Nord Dagtilbud`.
            or (not self.known.headings(word.norm) and self.known.is_like("same_in_plural", word.norm))
            for word in self.words[hit.start : hit.stop]
        )


def _is_within(hit: Hit, other: Hit) -> bool:
    """Whether the other says it with more words: an `after-school club` is no school."""
    return other.start <= hit.start and hit.stop <= other.stop and other.stop - other.start > hit.stop - hit.start
