"""What each name of a message means where the rest of it says so, and what is to be asked about otherwise."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from dialogs.understanding.names import Found
from dialogs.understanding.roster import Index, Thing, What
from domain.organisation import InstitutionType


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Several that one name may mean."""

    options: tuple[Thing, ...]


def meant_by(
    names: Sequence[Found], index: Index, mine: Set[UUID], spoken: Set[InstitutionType], *, speaks_of_many: bool
) -> tuple[list[Thing], list[Choice]]:
    """What is meant, each once, and the choices that are left.

    `mine` are the institutions that the asker answers for, and `spoken` the types that the message speaks of.
    """
    sure = [found.options[0] for found in names if len(found.options) == 1]
    places = {each.id for each in sure if each.what is What.INSTITUTION}
    areas = {each.id for each in sure if each.what is What.AREA}
    named: list[Thing] = []
    choices: list[Choice] = []
    for found in names:
        options = found.options
        if len(options) > 1 and speaks_of_many:
            options = _areas_of(options)
        if len(options) > 1:
            options = _of_type(options, index, spoken)
            options = _lying_in(options, index, areas)
        if len(options) > 1 and all(each.what is What.LEADER for each in options):
            options = _leading(options, index, places) or _leading(options, index, mine) or options
        if len(options) == 1 and not found.is_doubtful:
            named.append(options[0])
        else:
            choices.append(Choice(options=options))
    return list(dict.fromkeys(named)), choices


def _areas_of(options: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """`Dagtilbuddene i Nord` are those of the area; without a word for what it is, both may be meant."""
    return tuple(each for each in options if each.what is What.AREA) or options


def _of_type(options: tuple[Thing, ...], index: Index, spoken: Set[InstitutionType]) -> tuple[Thing, ...]:
    """`Skolen i Tilst` is the one school among those that are called so."""
    if any(each.what is not What.INSTITUTION for each in options):
        return options
    return tuple(each for each in options if index.type_of(each) in spoken) or options


def _lying_in(options: tuple[Thing, ...], index: Index, areas: Set[UUID]) -> tuple[Thing, ...]:
    """`Børnehuset i Syd` is one that lies there, where there is one."""
    if any(each.what is not What.INSTITUTION for each in options):
        return options
    return tuple(each for each in options if index.institutions[each.id].area_id in areas) or options


def _leading(options: tuple[Thing, ...], index: Index, places: Set[UUID]) -> tuple[Thing, ...]:
    fits = tuple(each for each in options if places & set(index.leaders[each.id].leads))
    return fits if len(fits) == 1 else ()
