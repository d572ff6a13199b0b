"""What stands behind a line of an answer opens as its reader may see it, whichever flow it belongs to."""

from cards.source import OPEN
from dialogs import BUTTONS
from dialogs.source import OPENS
from domain.organisation import Role
from domain.supervision import SourceKind
from storage.database import Database
from tests.test_summary import ask, first, seeded  # noqa: F401
from tests.town import Someone, options, words


def test_every_kind_of_source_has_a_card() -> None:
    assert set(OPENS) | {SourceKind.PLACE, SourceKind.OBSERVATION} == set(SourceKind)
    assert BUTTONS[OPEN].only_shows


async def test_what_is_not_registered_is_shown_as_what_is(seeded: Database) -> None:  # noqa: F811
    """A line of what is not there rests on all that is: the reader counts for themselves."""
    chief: Someone = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief), "Vis kilder")
    place = next(each for each in _values(sources) if each.startswith("place:"))
    card = await chief.presses(sources, "Åbn kilden", source=place)
    assert "Det er registreret" in words(card)
    assert "intet registreret" in words(card)


def _values(card: dict[str, object]) -> list[str]:
    return list(options(card, "source").values())
