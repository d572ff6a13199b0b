"""Finds the names that a word beside them makes another place's: `naboen til Elmeskolen`, `Solbakken 2`, `Nye Åen`."""

from rapidfuzz.distance import OSA

from dialogs.understanding.letters import Word, errors_allowed, plain, without_genitive
from dialogs.understanding.names import PLACES, Found, Search
from dialogs.understanding.roster import Strength, Thing, What

_ROMAN = frozenset({"ii", "iii", "iv"})


def joined(word: Word) -> bool:
    """Whether nothing but a blank, a hyphen or a bracket stands before the word: `Elmeskolen (SFO)`, `SFO v/ Åen`."""
    return word.before.strip() in ("", "-", "'", "’", "(", "/")


class Neighbours:
    """The words beside the names of one message."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.words = search.words
        self.known = search.known
        hits = self.known.hits(self.words)
        # `På nær Elmeskolen` leaves it out.
        left_out = {place for hit in hits if hit.heading == "but_for" for place in range(hit.start, hit.stop)}
        self.said = [hit for hit in hits if hit.heading == "next_to" and hit.start not in left_out]

    def of_another_place(self, found: Found) -> tuple[int, int] | None:
        """Where the words stand that name another place together; None where the name stands for its own."""
        return self._besides(found) or self._before(found) or self._after(found)

    def take_surnames(self) -> None:
        """`Peter Åen` is somebody, and not Peter at the place of that name, unless it is his own."""
        self._surnames()
        names = self.search.names.found
        for person in tuple(names):
            if any(each.what is not What.LEADER for each in person.options):
                continue
            place = next((each for each in names if each.start == person.stop and _is_of_places(each)), None)
            if place is None or place.stop - place.start > 1 or not self.search.is_name_like(place.start):
                continue
            if not joined(self.words[place.start]) or self._leads(person, place):
                continue
            names.remove(place)
            names[names.index(person)] = Found(
                person.start, place.stop, person.options, person.strength, is_doubtful=True
            )

    def _surnames(self) -> None:
        """`Mette Hansen` is none of the Mettes there are; `Mette Hollm` is one of them."""
        names = self.search.names.found
        for place, found in enumerate(names):
            if found.stop >= len(self.words) or any(each.what is not What.LEADER for each in found.options):
                continue
            word = self.words[found.stop]
            if (
                not self.search.is_free(found.stop, found.stop + 1)
                or not word.is_capital
                or self.known.headings(word.norm)
            ):
                continue
            full = {
                each
                for each in found.options
                if len(self.search.index.name_of(each).split()) == found.stop - found.start
            }
            if full:
                continue
            fits = tuple(each for each in found.options if self._has_surname(each, word.norm))
            names[place] = Found(
                found.start, found.stop + 1, fits or found.options, found.strength, is_doubtful=not fits
            )

    def _has_surname(self, thing: Thing, norm: str) -> bool:
        surname = plain(self.search.index.name_of(thing).split()[-1])
        return any(OSA.distance(each, surname) <= errors_allowed(surname) for each in without_genitive(norm))

    def _leads(self, person: Found, place: Found) -> bool:
        leaders = self.search.index.leaders
        led = {where for each in person.options for where in leaders[each.id].leads}
        return any(each.id in led for each in place.options)

    def _besides(self, found: Found) -> tuple[int, int] | None:
        """`Elmeskolens nærmeste nabo`, `overfor Åen`."""
        start, stop = found.start, found.stop
        is_owner = self.words[stop - 1].norm.endswith("s")
        for after in (stop, stop + 1) if is_owner else (stop,):
            if self._has(after, "next_to"):
                return start, after + 1
        for hit in self.said:
            if hit.stop in (start, start - 1):
                return hit.start, stop
        return None

    def _before(self, found: Found) -> tuple[int, int] | None:
        """`Nye Åen`, `plejehjemmet Solbakken`, and `Midtby Solstrålen` where that lies elsewhere."""
        before = found.start - 1
        is_short = self._has(before, "begins_name") and self.words[found.start].before.strip() == "."
        if before < 0 or not (is_short or joined(self.words[found.start])):
            return None
        if self._has(before, "begins_name") or self._has(before, "elsewhere"):
            return before, found.stop
        area = next((each for each in self.search.names.found if each.stop == found.start), None)
        if area is None or any(each.what is not What.AREA for each in area.options):
            return None
        lies_in = {self.search.index.institutions[each.id].area_id for each in found.options}
        return None if lies_in & {each.id for each in area.options} else (area.start, found.stop)

    def _after(self, found: Found) -> tuple[int, int] | None:
        """`Solbakken 2`, `Galaksen kulturhus`, `Søskolen Øst`; what a place owns is there: `Elmeskolens bibliotek`."""
        after = found.stop
        if after >= len(self.words) or not joined(self.words[after]):
            return None
        norm = self.words[after].norm
        is_last = after + 1 == len(self.words)
        is_counted = any("dialogue" in self.known.headings(word.norm) for word in self.words)
        is_number = is_last and not is_counted and ((norm.isdecimal() and len(norm) == 1) or norm in _ROMAN)
        is_elsewhere = self._has(after, "elsewhere") and not self.words[after - 1].norm.endswith("s")
        if is_number or is_elsewhere:
            return found.start, after + 1
        part = next((each for each in self.search.names.found if each.start == after), None)
        is_part = part is not None and part.strength is Strength.PART and any(o.what in PLACES for o in part.options)
        return (found.start, after + 1) if is_part else None

    def _has(self, index: int, heading: str) -> bool:
        return 0 <= index < len(self.words) and self.known.has(heading, self.words[index].norm)


def _is_of_places(found: Found) -> bool:
    return all(each.what is What.INSTITUTION for each in found.options)
