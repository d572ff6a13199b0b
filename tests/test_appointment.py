"""One rule for the times of visits, 1:1s and dialogues: not at night, nor in an hour that a clock change makes odd."""

from datetime import UTC, date, datetime, time

import pytest

from domain.appointment import EARLIEST, LATEST, Slot, moment_at, moments
from domain.errors import Problems
from storage.database import Database
from tests.town import COPENHAGEN, NOW, Someone, Town, values, words
from tests.visits import Neighbours, agreed, writes
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town

FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "clock", "code"),
    [
        (FORWARD, time(2, 30), "no_such_hour"),
        (BACK, time(2, 30), "hour_twice"),
        (date(2026, 4, 28), time(5, 59), "not_in_the_day"),
        (date(2026, 4, 28), time(22, 1), "not_in_the_day"),
        (date(2026, 4, 28), time(0, 0), "not_in_the_day"),
    ],
)
def test_an_hour_at_night_or_at_a_clock_change_is_refused(day: date, clock: time, code: str) -> None:
    with pytest.raises(Problems) as refused:
        moment_at(day, clock, COPENHAGEN)
    assert refused.value.fields["clock"].code == code
    with pytest.raises(Problems) as refused:
        moments([Slot(day, clock)], now=NOW, zone=COPENHAGEN)
    assert refused.value.fields["clock1"].code == code


@pytest.mark.parametrize("clock", [EARLIEST, time(12), LATEST])
@pytest.mark.parametrize("day", [FORWARD, BACK, date(2026, 4, 28)])
def test_the_hours_of_the_day_are_taken_on_any_day(day: date, clock: time) -> None:
    assert moment_at(day, clock, COPENHAGEN).astimezone(COPENHAGEN).time() == clock


ODD = [
    ({"1": "2027-03-28", "2": "02:30"}, "Uret stilles frem den nat"),
    ({"1": "2026-10-25", "2": "02:30"}, "Uret stilles tilbage den nat"),
    ({"1": "2026-04-28", "2": "03:00"}, "mellem kl. 6.00 og 22.00"),
    ({"1": "2026-04-28", "2": "23:15"}, "mellem kl. 6.00 og 22.00"),
    ({"1": "2026-04-01", "2": "09:00"}, "er passeret"),
]


@pytest.mark.parametrize(("typed", "sentence"), ODD)
async def test_a_visit_is_neither_invited_to_proposed_nor_moved_there_and_what_was_typed_stays(
    mette: Someone, rune: Someone, town: Neighbours, typed: dict[str, str], sentence: str
) -> None:
    slot = {"day1": typed["1"], "clock1": typed["2"]}
    invited = await mette.presses(await writes(mette, town.rune), "Send invitation", **slot)
    assert sentence in words(invited)
    await mette.presses(invited, "Send invitation", day1="2026-04-28", clock1="09:00")
    asked = await rune.presses(await rune.says("invitationer"), "Foreslå en anden tid")
    proposed = await rune.presses(asked, "Send forslaget", **slot)
    assert sentence in words(proposed)
    await rune.presses(await rune.says("invitationer"), "Ja – tirsdag kl. 9.00")
    moved = await mette.presses(await mette.presses(await mette.says("observationer"), "Flyt besøget"), "Flyt", **slot)
    assert sentence in words(moved)
    for card in (invited, proposed, moved):
        assert {name: values(card)[name] for name in slot} == slot


@pytest.mark.parametrize(("typed", "sentence"), ODD[:-1])
async def test_neither_is_a_dialogue_nor_a_1_1(
    mette: Someone, database: Database, town: Town, typed: dict[str, str], sentence: str
) -> None:
    at = {"day": typed["1"], "clock": typed["2"]}
    card = await mette.presses(await mette.says("forbered"), "Flyt samtalen")
    assert sentence in words(await mette.presses(card, "Flyt", **at))
    birgit = Someone(database, town.chief)
    card = await birgit.says("1:1 med Mette den 20. april 2026 kl. 10")
    assert sentence in words(await birgit.presses(card, "Planlæg 1:1", **at))


async def test_an_hour_of_the_day_is_taken_across_a_clock_change(mette: Someone, rune: Someone) -> None:
    about = await agreed(mette, rune)
    card = await mette.presses(await mette.says("observationer"), "Flyt besøget")
    await mette.presses(card, "Flyt", day1="2026-10-25", clock1="09:00")
    found = await mette.sees("visit", about.id)
    assert "søndag den 25. oktober kl. 9.00" in words(found)
    assert datetime(2026, 10, 25, 8, 0, tzinfo=UTC) == moment_at(BACK, time(9), COPENHAGEN)
