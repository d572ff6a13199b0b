"""Key figures over half-years: as they are, with what they rest on, and nothing before they are interpreted."""

import json
from datetime import date

import pytest

from cards.chart import Series, alike
from cards.figure_charts import half_years_drawn
from cards.language import Translator
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage, KeyFigure
from domain.key_figures import FigureRow, Point
from domain.organisation import AgeRange, Institution, InstitutionType, Language, Role
from domain.period import HalfYear
from domain.slots import Relative
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.asker import ask, refusal
from tests.test_summary import everybody, first
from tests.town import NOW, SPRING, Someone, Town, buttons, options, parts, words

INTENT = "key_figures"


def charts(card: dict[str, object]) -> list[dict[str, object]]:
    return [dict(each) for each in parts(card) if str(each.get("type")).startswith("Chart.")]


def _above(card: dict[str, object], chart: dict[str, object]) -> dict[str, object]:
    """The first that stands with the chart, whether or not the client draws one."""
    around = next(each for each in parts(card) if chart in each.get("items", ()))
    return dict(around["items"][0])


async def test_a_line_for_each_figure_over_the_half_years_with_its_numbers_as_fallback(seeded: Database) -> None:
    card = await ask(await first(seeded, Role.CHIEF), INTENT)
    drawn = charts(card)
    assert drawn
    assert {each["type"] for each in drawn} == {"Chart.Line"}
    for chart in drawn:
        assert words(_above(card, chart)) == chart["title"]
        told = words(chart["fallback"])  # type: ignore[arg-type]
        assert "forår 2026: " in told
        for row in chart["data"]:  # type: ignore[attr-defined]
            assert 1 < len(row["values"]) <= 4
    assert len(json.dumps(card, ensure_ascii=False).encode()) < 25_000


def test_time_goes_on_along_the_axis_whichever_figure_has_half_years_missing() -> None:
    """A client sets the half-years along it as it meets them."""
    half_years = [HalfYear(2025, 1).plus(number) for number in range(4)]
    rows = [
        FigureRow(
            theme_id=None,
            indicator=f"Fravær {number}",
            unit="%",
            points={each: Point(value=6.0 + number) for each in those},
        )
        for number, those in enumerate((half_years[2:], half_years[:2], half_years))
    ]
    [chart] = charts({"body": half_years_drawn(Translator.of(Language.DANISH), rows)})
    met = dict.fromkeys(value["x"] for row in chart["data"] for value in row["values"])  # type: ignore[attr-defined]
    assert list(met) == ["forår 2025", "efterår 2025", "forår 2026", "efterår 2026"]


async def test_r32_figures_say_nothing_until_they_are_interpreted(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.chief, town.leader, town.administrator):
        card = await ask(Someone(database, someone), INTENT, institutions=(town.school.id,))
        assert "Tal siger ikke noget, før de er tolket" in words(card)


async def test_i29_fewer_than_five_are_not_told(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    card = await ask(Someone(database, town.chief), INTENT)
    assert "færre end 5" in words(card)
    assert "3 elever" not in json.dumps(card, ensure_ascii=False)


async def test_a_theme_leaves_out_the_figures_of_others(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    shown = words(await ask(Someone(database, town.chief), INTENT, theme=town.theme.id))
    assert "Elever, der oplever at kunne deltage" in shown
    assert "Elevfravær" not in shown


@pytest.mark.parametrize(
    ("asked", "has_any"),
    [
        ("nøgletal for overgange og deltagelse", True),
        ("nøgletal for overgange og deltagelse foråret 2026", True),
        ("nøgletal for overgange og deltagelse i denne periode", True),
        ("nøgletal for overgange og deltagelse efteråret 2027", False),
    ],
)
@pytest.mark.each_on_both
async def test_a_title_that_a_later_round_takes_up_again_means_the_theme_of_the_half_year(
    database: Database, asked: str, has_any: bool
) -> None:
    town = Town()
    later = PoliticalRound(year=2027, age_range=AgeRange.OLDER, state=RoundState.SENT)
    again = Theme(
        round_id=later.id,
        title=town.theme.title,
        title_en=town.theme.title_en,
        age_range=AgeRange.OLDER,
        valid_from=town.theme.valid_to.next,
        valid_to=town.theme.valid_to.plus(4),
    )

    def build(uow: UnitOfWork) -> None:
        town.build(uow)
        uow.add(later)
        uow.session.flush()
        uow.add(again)

    await database.write(build)
    shown = words(await Someone(database, town.chief).says(asked))
    assert ("Elever, der oplever at kunne deltage" in shown) is has_any


async def test_an_earlier_half_year_stands_in_the_chart_and_a_superseded_package_does_not(database: Database) -> None:
    town = Town()

    def build(uow: UnitOfWork) -> None:
        town.build(uow)
        for half_year, value, is_current in ((SPRING.previous, 7.4, True), (SPRING.previous.previous, 99.9, False)):
            package = DataPackage.of(town.school, half_year)
            package.release(NOW)
            if not is_current:
                package.supersede()
            uow.add(package)
            uow.session.flush()
            figure = town.figure("Elevfravær", value, "%")
            figure.package_id = package.id
            uow.add(figure)

    await database.write(build)
    card = await ask(Someone(database, town.chief), INTENT)
    (chart,) = charts(card)
    assert chart["data"] == [
        {"legend": "Elevfravær", "values": [{"x": "efterår 2025", "y": 7.4}, {"x": "forår 2026", "y": 6.2}]}
    ]
    assert "99,9" not in json.dumps(card, ensure_ascii=False)


async def test_half_years_without_data_say_so(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    shown = words(await ask(Someone(database, town.other_chief), INTENT, half_year=Relative.PREVIOUS))
    assert "Der er ikke frigivet nogen datapakke med tal for de her halvår." in shown
    assert "forår 2024 – efterår 2025" in shown


async def test_i25_every_source_opens(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief, INTENT), "Vis kilder")
    for value in list(options(sources, "source").values()):
        assert "Kilden kan ikke åbnes" not in words(await chief.presses(sources, "Åbn kilden", source=value))


async def test_who_may_have_them(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.other_leader, town.teacher):
        assert (
            await refusal(Someone(database, someone), INTENT, institutions=(town.school.id,))
            == "outside_responsibility"
        )
    assert "Videnbasen" in buttons(await Someone(database, town.other_chief).says("nøgletal for Elmeskolen"))


async def test_a_leader_who_names_nothing_gets_the_newest_package_to_interpret(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    assert "Vis kilder" not in buttons(await Someone(database, town.leader).says("nøgletal"))


@pytest.mark.parametrize("text", ["fravær", "fravr", "fravær på Elmeskolen", "elevfraværet", "how is the absence"])
async def test_one_indicator_is_answered_alone_with_its_source_and_the_way_to_all(seeded: Database, text: str) -> None:
    mette = await leader_of_the_demo(seeded)
    card = await mette.says(text)
    shown = words(card)
    assert "Elevfravær" in shown
    assert "Social trivsel" not in shown
    assert "· fravær" in shown
    for value in options(await mette.presses(card, "Vis kilder"), "source").values():
        assert value.startswith("figures:")
    assert "Social trivsel" in words(await mette.presses(card, "Alle nøgletal"))


async def test_a_word_that_no_indicator_is_called_by_says_so(seeded: Database) -> None:
    mette = await leader_of_the_demo(seeded)
    card = await mette.says("normering på Elmeskolen")
    assert "Ingen af nøgletallene for de her halvår hedder sådan." in words(card)
    assert "Elevfravær" in words(await mette.presses(card, "Alle nøgletal"))


async def test_what_a_figure_counts_is_told_by_its_name(seeded: Database) -> None:
    mette = await leader_of_the_demo(seeded)
    assert "Social trivsel" in words(await mette.says("trivsel"))
    assert "Elevfravær" not in words(await mette.says("trivsel"))
    chief = await first(seeded, Role.CHIEF)
    assert "Sygefravær blandt personalet" in words(await chief.says("fravær i dagtilbuddene"))
    shown = words(await chief.says("sygefravær"))
    assert "Sygefravær blandt personalet" in shown
    assert "Elevfravær" not in shown
    assert "Børn pr. voksen midt på dagen" in words(await chief.says("normering"))
    assert "Elevfravær" in words(await chief.says("fravær på skolerne"))


async def leader_of_the_demo(database: Database) -> Someone:
    return next(
        Someone(database, someone)
        for someone, held in await everybody(database)
        if someone.name.startswith("Mette") and any(each.role is Role.LEADER for each in held)
    )


async def with_two_more(database: Database, town: Town) -> Someone:
    """Two further schools in the chief's area: one with a figure of three people, one with one of many."""
    few, many = (
        Institution(name=name, type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=town.north.id)
        for name in ("Birkeskolen", "Granskolen")
    )

    def add(uow: UnitOfWork) -> None:
        town.build(uow)
        uow.add(few, many)
        uow.session.flush()
        for where, value, n in ((few, 90.0, 3), (many, 10.0, 200)):
            package = DataPackage.of(where, SPRING)
            package.release(NOW)
            uow.add(package)
            uow.session.flush()
            common = {"package_id": package.id, "unit": "%", "source": "LIS", "as_of": date(2026, 3, 1), "n": n}
            uow.add(KeyFigure(indicator="Elevfravær", value=value, **common))
            uow.add(KeyFigure(indicator="Kun her", value=value, **common))

    await database.write(add)
    return Someone(database, town.chief)


async def test_i29_a_figure_of_fewer_than_five_is_in_no_mean_of_any_answer(database: Database) -> None:
    """I29, in both places: the mean of 6.2 and 10 is 8.1, whatever stands behind the three people."""
    birgit = await with_two_more(database, Town())
    for question in ("key_figures", "supervision_summary", "compare_half_years"):
        told = words(await ask(birgit, question))
        assert "8,1" in told, question
        assert "35,4" not in told, question
        assert "90" not in told, question


async def test_the_mean_of_one_is_told_as_its_figure(database: Database) -> None:
    birgit = await with_two_more(database, Town())
    for question in ("key_figures", "supervision_summary"):
        told = words(await ask(birgit, question))
        assert "10\u00a0% i ét tilbud" in told, question
        assert "gennemsnit af 1 tilbud" not in told


def test_two_shares_of_different_size_have_an_axis_each() -> None:
    def row(name: str, *values: float) -> Series:
        return Series(name=name, points=[(str(place), value, str(value)) for place, value in enumerate(values)])

    small, large, near, nothing = row("a", 6, 7), row("b", 74, 78), row("c", 9, 12), row("d", 0, 0)
    assert alike([small, large, near, nothing]) == [[small, near], [large], [nothing]]


async def test_of_half_years_without_figures_the_latest_that_have_some_are_a_press_away(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    chief = Someone(database, town.chief)
    card = await ask(chief, INTENT, institutions=(town.school.id,), half_year=SPRING.plus(-4))
    assert "De seneste er fra foråret 2026." in words(card)
    assert "Elevfravær" in words(await chief.presses(card, "Forår 2026"))
