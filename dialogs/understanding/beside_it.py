"""Finds the one that `og klubben` is after a question of a place: one of its kind beside it, and never all of them."""

from collections.abc import Iterable

from dialogs.understanding.letters import plain, without_genitive
from dialogs.understanding.roster import SHORTEST_PART, Thing, What
from dialogs.understanding.said import Said
from domain.roster import InstitutionName
from domain.slots import Slots


def one_beside(said: Said, earlier: Slots, new: Slots) -> tuple[Thing, ...]:
    """Those that one of a kind may be, beside the one place or leader that was asked about.

    It is the place itself, another that is called alike, or one in its area; where there is none, any of the kind.
    """
    is_placed = new.institutions or new.areas or new.leaders or said.choices or said.strangers
    if len(new.types) != 1 or is_placed or not _speaks_of_one(said):
        return ()
    (kind,) = new.types
    of_kind = [each for each in said.index.institutions.values() if each.type is kind and not each.is_closed]
    led = {where for each in earlier.leaders[:1] for where in said.index.leaders[each].leads}
    place = _the_place(said, earlier)
    if place is None and not led:
        return ()
    if place is None:
        beside = [each for each in of_kind if each.id in led]
    elif place.type is kind:
        beside = [place]
    else:
        alike = [each for each in of_kind if _are_called_alike(said, place, each)]
        beside = alike or [each for each in of_kind if each.area_id == place.area_id]
    return _things(beside or of_kind)


def _things(places: Iterable[InstitutionName]) -> tuple[Thing, ...]:
    return tuple(Thing(What.INSTITUTION, each.id) for each in places)


def _the_place(said: Said, earlier: Slots) -> InstitutionName | None:
    is_one = len(earlier.institutions) == 1 and not (earlier.areas or earlier.types)
    return said.index.institutions.get(earlier.institutions[0]) if is_one else None


def _speaks_of_one(said: Said) -> bool:
    """`Klubben`, `hendes skoles nøgletal`, and not `klubberne`."""
    places = {place for kind in said.types for hit in said.all(kind) for place in range(hit.start, hit.stop)}
    return bool(places) and all(
        any(said.known.has("one", form) for form in without_genitive(said.words[place].norm)) for place in places
    )


def _are_called_alike(said: Said, place: InstitutionName, other: InstitutionName) -> bool:
    """Klub Tilst and Tilst Skole, and a `SFO'en på Elmeskolen` of Elmeskolen."""
    return not _parts(said, place).isdisjoint(_parts(said, other))


def _parts(said: Said, place: InstitutionName) -> set[str]:
    words = {plain(part) for name in (place.name, *place.aliases) for part in name.split()}
    return {each for each in words if len(each) >= SHORTEST_PART and not said.known.has("generic", each)}
