"""I25 of what is counted: a number is that of the sources behind it, however little of it a card has room for."""

import re
from collections.abc import Sequence

import pytest

from cards.fitting import AT_MOST, size_of
from cards.scope import Narrowing
from cards.supervision import lines_of
from dialogs import BUTTONS
from dialogs.scope import scope_of
from dialogs.summary import RECORD
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.printed import Line, Side
from domain.scope import Bounds
from domain.supervision import Section
from storage.database import Database
from storage.organisation import person_with_id
from storage.unit_of_work import UnitOfWork
from tests.ten_years import LAST, NOW, Municipality
from tests.town import MUNICIPALITY


@pytest.fixture
def town(database_url: str) -> Municipality:
    """Six institutions and two years of them: of most things more than a card has room for."""
    town = Municipality(database_url, institutions=6, half_years=4)
    town.fill()
    return town


def counted(line: Line) -> int:
    """How many the words of a line say that there are: `Holdt 2 af 4: 1 planlagt · 3 opsamlet` are four."""
    said = (line.rest or line.lead).rsplit(": ", 1)[-1]
    return sum(int(each) for each in re.findall(r"\d+", said))


def behind(line: Line) -> int:
    """How many sources a line has; of the local priorities, which are told by place, how many places they are of."""
    refs = (*line.sources, *line.traced)
    return len({ref.institution_id for ref in refs}) if "tilbud" in line.rest else len(refs)


async def test_a_count_is_the_same_on_the_card_and_in_the_file_and_all_that_it_counts_is_listed(
    town: Municipality,
) -> None:
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()

    def look(uow: UnitOfWork) -> None:
        turn = Turn.of(person_with_id(uow, town.chief), uow, NOW, MUNICIPALITY)
        for places in ((), tuple(town.institutions[:1])):
            bounds = Bounds(institution_ids=places, first=LAST.previous, last=LAST)
            scope = scope_of(turn, bounds, RECORD)

            def lines(most: int, *, is_traced: bool = False) -> Sequence[Line]:
                found = summary_of(turn, scope, most=most, is_traced=is_traced)  # noqa: B023
                return [each for each in lines_of(turn._, found) if each.is_count and each.side is not Side.FIGURES]

            card = BUTTONS["summary.open"].handle(turn, Narrowing(bounds=bounds))
            drawn = [each for element in card["body"] for each in element.get("items", ()) if "yMax" in each]
            words = next(each.rest for each in lines(4) if each.section is Section.FOCUS_AREAS)
            told = " · ".join(f"{row['y']} {row['x'].lower()}" for row in drawn[0]["data"])
            assert words.endswith(f": {told}")
            assert size_of(card) <= AT_MOST
            said = [(each.section, each.theme, each.lead, each.rest) for each in lines(4)]
            assert said == [(each.section, each.theme, each.lead, each.rest) for each in lines(200)]
            assert any("tilbagemeldinger" in rest for *_about, rest in said)
            for line in (*lines(4, is_traced=True), *lines(200)):
                assert counted(line) == behind(line), line
                assert not line.unseen

    await database.write(look)
    await database.close()
