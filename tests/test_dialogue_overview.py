"""*Områdeoverblik*: per institution from A to Å where its dialogue is, and what is waited for."""

import re
from datetime import date, timedelta

from babel.dates import get_month_names

from cards.kit import Card
from domain.dialogue import Dialogue
from domain.organisation import InstitutionType, Role
from domain.period import HalfYear
from domain.slots import AskedStatus
from storage.database import Database
from tests.asker import ask, opens_every_source, refusal
from tests.test_summary import first
from tests.town import NOW, SPRING, STARTS, Someone, Town, buttons, options, words

INTENT = "dialogue_overview"
DAY = re.compile(r"^(\d+)\. (\w+) (\d{4}) kl\. ", re.MULTILINE)


async def test_what_is_asked_by_its_own_word_is_gone_on_from(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    assert "\nTilbud i område" in words(await chief.says("områdeoverblik"))
    assert words(await chief.says("kun skolerne")).startswith("Områdeoverblik\nSkoler i område")


async def test_every_institution_has_its_line_and_none_is_ranked(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    card = await ask(chief, INTENT)
    assert words(card).startswith("Områdeoverblik")
    assert "9 læringssamtaler: " in words(card)
    lines = words(card).splitlines()
    places = [
        line.strip()
        for line, after in zip(lines, lines[1:], strict=False)
        if after.lstrip("– ").startswith("Læringssamtale ")
    ]
    assert len(places) > 4
    assert places == sorted(places, key=lambda name: name.replace("Å", "~"))


async def test_every_dialogue_of_an_institution_is_there_and_those_held_are_counted_by_themselves(
    database: Database,
) -> None:
    """What is planned has not been held, whatever it is asked for by."""
    town = Town()
    await database.write(town.build)
    extra = Dialogue(
        institution_id=town.school.id,
        cycle_id=town.cycle.id,
        half_year=SPRING,
        starts_at=STARTS + timedelta(days=21),
        place="Kontoret",
        number=None,
    )
    await database.write(lambda uow: uow.add(extra))
    chief, administrator = Someone(database, town.chief), Someone(database, town.administrator)
    for someone in (chief, administrator):
        card = await ask(someone, INTENT)
        told = words(card)
        assert re.search(r"Læringssamtale 2 af 4(\n –|:) planlagt, 21\. april 2026", told), told
        assert re.search(r"Ekstra læringssamtale(\n –|:) planlagt, 12\. maj 2026", told), told
        of_school = [each for each in options(await someone.presses(card, "Vis kilder"), "source") if "Elme" in each]
        assert len(of_school) == 2
    assert told.count("intet fokusområde") == 2, "how many focus areas is said once of each institution"
    assert "2 læringssamtaler: 2 planlagte" in told
    chief.now = administrator.now = STARTS + timedelta(hours=2)
    begun = await ask(chief, INTENT)
    opened = await chief.presses(begun, "Åbn en samtale")
    chosen = next(value for title, value in options(opened, "id").items() if "2 af 4" in title)
    shown = await chief.presses(opened, "Vis", id=chosen)
    # Wherever it is told how far it is, it is the same word.
    counted = words(await ask(administrator, INTENT))
    assert "2 læringssamtaler: 1 planlagt · 1 ikke opsamlet endnu" in counted
    for told in (counted, words(begun), words(shown), words(await chief.says("min oversigt"))):
        assert "ikke opsamlet endnu" in told.lower()
    await chief.presses(shown, "Samtalen er holdt")
    assert "2 læringssamtaler, heraf 1 holdt: 1 planlagt · 1 afholdt" in words(await ask(administrator, INTENT))


async def test_c19_a_place_without_a_dialogue_is_there_too(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await ask(Someone(database, town.chief), INTENT, half_year=HalfYear(2026, 2))
    assert "Ingen læringssamtale i perioden" in words(card)
    chief = Someone(database, town.chief)
    sources = await chief.presses(card, "Vis kilder")
    place = next(iter(options(sources, "source").values()))
    assert "Det er registreret" in words(await chief.presses(sources, "Åbn kilden", source=place))


async def test_it_says_since_when_something_waits(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    chief = Someone(database, town.chief)
    assert "ikke forberedt" not in words(await ask(chief, INTENT))
    chief.now = STARTS - timedelta(days=1)
    assert "ikke forberedt, siden 19. april 2026" in words(await ask(chief, INTENT))
    chief.now = STARTS + timedelta(days=30)
    assert "mangler opsamling, venter siden 21. april 2026" in words(await ask(chief, INTENT))
    for text in ("hvem mangler opsamling", "hvilke læringssamtaler er ikke opsamlet", "dialogues not recorded"):
        shown = words(await chief.says(text))
        assert "mangler opsamling, venter siden 21. april 2026" in shown, text
    chief.now = STARTS + timedelta(days=1)
    assert "Ingen samtale i perioden mangler opsamling." in words(await chief.says("hvem mangler opsamling"))


async def test_who_is_not_prepared_for_the_second_dialogue_of_this_cycle(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    chief = Someone(database, town.chief)
    # "status ikke forberedt is visible to chief from −2".
    early = await ask(chief, INTENT, dialogue_no=2, status=AskedStatus.NOT_PREPARED)
    assert "Ingen samtale inden for de næste to dage mangler at blive forberedt." in words(early)
    chief.now = STARTS - timedelta(days=1)
    waits = await ask(chief, INTENT, dialogue_no=2, status=AskedStatus.NOT_PREPARED)
    assert "Elmeskolen" in words(waits)
    assert "samtale 2" in words(waits)
    assert "kun det, der ikke er forberedt" in words(waits)
    none = await ask(chief, INTENT, dialogue_no=3, status=AskedStatus.NOT_PREPARED)
    assert "Ingen samtale inden for de næste to dage mangler at blive forberedt." in words(none)


async def test_a_leader_who_names_nothing_gets_their_own_dialogues(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await Someone(database, town.leader).says("læringssamtaler")
    assert "Vis kilder" not in buttons(card)


async def test_administration_sees_where_it_is_and_whoever_takes_no_part_does_not(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.administrator, town.consultant):
        reader = Someone(database, someone)
        sources = await reader.presses(await ask(reader, INTENT, institutions=(town.school.id,)), "Vis kilder")
        source = next(each for each in options(sources, "source").values() if each.startswith("dialogue"))
        opened = await reader.presses(sources, "Åbn kilden", source=source)
        assert "Kilden kan ikke åbnes" not in words(opened)
        assert "Elmeskolen" in words(opened)
    for someone in (town.other_leader, town.teacher, town.other_chief):
        assert (
            await refusal(Someone(database, someone), INTENT, institutions=(town.school.id,))
            == "outside_responsibility"
        )


async def test_whoever_takes_part_opens_one_of_them_from_a_list_and_the_administration_does_not(
    seeded: Database,
) -> None:
    chief = await first(seeded, Role.CHIEF)
    listed = await chief.presses(await ask(chief, INTENT), "Åbn en samtale")
    found = options(listed, "id")
    assert len(found) == 9
    line, chosen = list(found.items())[-1]
    opened = words(await chief.presses(listed, "Vis", id=chosen))
    assert line.split(" · ")[0] in opened
    assert "Næste skridt" in opened
    administration = await first(seeded, Role.ADMINISTRATION)
    assert "Åbn en samtale" not in buttons(await ask(administration, INTENT))


async def test_the_list_has_only_what_the_answer_was_narrowed_down_to(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    whole = await ask(chief, INTENT)
    listed = options(await chief.presses(whole, "Åbn en samtale"), "id")
    narrow = await ask(chief, INTENT, types=(InstitutionType.SCHOOL,))
    schools = options(await chief.presses(narrow, "Åbn en samtale"), "id")
    assert set(schools) < set(listed)
    assert f"{len(schools)} læringssamtaler: " in words(narrow)
    none = words(await ask(chief, INTENT, status=AskedStatus.NONE))
    assert "Ingen holdt endnu, A til Å" in none
    assert not [word for word in (": afholdt, ", ": opsamlet, ", ": afsluttet, ") if word in none]


def days_of(card: Card) -> list[date]:
    """The days that its lines begin with, in their order."""
    months = get_month_names("wide", locale="da")
    numbers = {name: number for number, name in months.items()}
    return [date(int(year), numbers[month], int(day)) for day, month, year in DAY.findall(words(card))]


async def test_the_next_ones_of_many_institutions_come_by_time_and_the_rest_behind_them(
    seeded: Database,
) -> None:
    chief = await first(seeded, Role.CHIEF)
    for typed in ("hvornår er min næste læringssamtale", "when is my next learning dialogue"):
        card = await chief.says(typed)
        told = words(card)
        assert told.startswith("De næste læringssamtaler")
        days = days_of(card)
        assert days == sorted(days)
        assert 1 < len(days) <= 5
        assert days[0] >= NOW.date()
    assert "og 3 til – afgræns for at se dem" in words(card)
    everything = words(await chief.presses(card, "Alle, fra A til Å"))
    assert everything.startswith("Områdeoverblik")
    card = await chief.says("hvornår er min næste læringssamtale")
    assert await opens_every_source(chief, card) == len(days)
    chief.now = NOW.replace(year=2040)
    none = await chief.says("hvornår er min næste læringssamtale")
    assert "Der er ikke planlagt læringssamtaler fra i dag og frem." in words(none)


async def test_the_next_one_of_an_institution_or_a_half_year_is_told_by_itself(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    chief = Someone(database, town.chief)
    card = await chief.says("hvornår er næste læringssamtale på Elmeskolen")
    assert days_of(card) == [STARTS.date()]
    assert "Elmeskolen · fra i dag og frem" in words(card).replace("\n", " ")
    assert days_of(await chief.says("næste læringssamtale i efteråret 2026")) == []
    assert "efterår 2026" in words(await chief.says("næste læringssamtale i efteråret 2026"))
    coming = words(await chief.says("læringssamtaler i næste halvår"))
    assert "Elmeskolen: " not in coming
    assert "Perioden begynder 1. august 2026. Indtil videre er der kun det, der er planlagt eller aftalt." in coming
    chief.now = STARTS + timedelta(hours=2)
    assert days_of(await chief.says("hvornår er næste læringssamtale på Elmeskolen")) == [], "it has begun"


async def test_the_next_one_is_of_those_whom_one_answers_for(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    assert (
        await refusal(Someone(database, town.other_chief), INTENT, institutions=(town.school.id,))
        == "outside_responsibility"
    )
    other = await ask(Someone(database, town.other_chief), INTENT, coming=True)
    assert "Elmeskolen" not in words(other)
