"""Data packages: what is new, with its source, and never a figure without a way to interpret it."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cards.language import Translator
from cards.words import figure_words, mean
from dialogs.conversation import Kind
from domain.data_package import DataPackage, KeyFigure, PackageState
from domain.organisation import AgeRange, Institution, InstitutionType, Language, Role, RoleAssignment
from domain.period import HalfYear
from domain.prompt import Prompt
from scheduler.planner import plan
from storage.database import Database
from storage.organisation import institution
from storage.unit_of_work import UnitOfWork
from tests.cards.examples import EXAMPLES, drawn
from tests.town import MUNICIPALITY, NOW, SPRING, Someone, Town, buttons, options, parts, words


async def built(database: Database) -> Town:
    town = Town()
    await database.write(town.build)
    return town


async def test_figures_are_shown_with_change_comparison_source_and_a_way_to_interpret_them(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    card = await mette.says("datapakke")
    assert words(card).startswith("Datapakke\nElmeskolen · forår 2026")
    assert "78,4\u00a0%" in words(card)
    assert "4,3 procentpoint højere end sidste halvår" in words(card)
    assert "LIS, 1. marts 2026" in words(card)
    assert "Tal siger ikke noget, før de er tolket." in words(card)
    assert "Trin 1 af 3" in words(await mette.presses(card, "Begynd forberedelsen"))


async def test_a_figure_with_fewer_than_five_behind_it_is_not_shown_anywhere(database: Database) -> None:
    town = await built(database)
    mette = Someone(database, town.leader)
    for card in (await mette.says("nøgletal"), await mette.says("forbered")):
        assert "færre end 5" in words(card).lower()
        assert "3 elever" not in words(card)
        assert "3 elever færre" not in words(card)


async def test_i29_what_a_figure_has_moved_by_tells_no_earlier_one_that_is_hidden(database: Database) -> None:
    town = await built(database)

    def before(uow: UnitOfWork) -> None:
        package = DataPackage.of(town.school, SPRING.previous)
        package.release(NOW)
        uow.add(package)
        uow.session.flush()
        for indicator, people in (("Elevfravær", 4), ("Elever, der oplever at kunne deltage", 90)):
            kept = {"indicator": indicator, "n": people, "value": 7.0, "unit": "%", "source": "LIS"}
            uow.add(KeyFigure(package_id=package.id, as_of=NOW.date(), **kept))  # type: ignore[arg-type]

    await database.write(before)
    mette, birgit = Someone(database, town.leader), Someone(database, town.chief)
    card = await mette.says("datapakke")
    assert words(card).count("Vises ikke af hensyn til de få") == 2, "nor is that of a figure that is hidden itself"
    assert "4,3 procentpoint højere end sidste halvår" in words(card)
    for each in (card, await mette.says("forbered"), await birgit.says("tilsynsresumé for Elmeskolen")):
        assert "6,2\u00a0%" in words(each)
        assert "0,8 procentpoint" not in words(each)


async def test_the_figures_of_the_area_are_told_where_they_do_not_tell_those_of_a_neighbour(database: Database) -> None:
    town = Town()
    town.figures[0].comparison = 71.5
    await database.write(town.build)
    mette, birgit = Someone(database, town.leader), Someone(database, town.chief)
    told = "Området: 71,5\u00a0%"
    for name, is_told in (("", True), ("Birkeskolen", False), ("Cederskolen", True)):
        if name:
            kind = {"type": town.school.type, "age_range": town.school.age_range, "area_id": town.north.id}
            await database.write(lambda uow, name=name, kind=kind: uow.add(Institution(name=name, **kind)))  # type: ignore[misc]
        assert (told in words(await mette.sees("data_package", town.package.id))) is is_told, name
        assert told in words(await birgit.sees("data_package", town.package.id)), "a chief reads all of them"

    def leads_two_of_three(uow: UnitOfWork) -> None:
        birch = uow.session.scalars(select(Institution).where(institution.c.name == "Birkeskolen")).one()
        reach = {"institution_id": birch.id, "from_on": NOW.date()}
        uow.add(RoleAssignment(person_id=town.leader.id, role=Role.LEADER, **reach))  # type: ignore[arg-type]

    await database.write(leads_two_of_three)
    assert told not in words(await mette.sees("data_package", town.package.id)), "the third would be the rest"


async def test_the_figures_of_others_are_neither_shown_nor_told_of(database: Database) -> None:
    town = await built(database)
    for stranger in (town.other_leader, town.other_chief, town.teacher):
        someone = Someone(database, stranger)
        reply = await someone.does(Kind.PRESSED, verb="data_package.open", data={"id": str(town.package.id)})
        assert "Det har du ikke adgang til" in words(reply.card or {})
        assert await someone.gets("data_package", town.package.id) is None
    assert "78,4\u00a0%" in words(await Someone(database, town.chief).sees("data_package", town.package.id))


async def test_without_a_package_the_leader_is_told_when_it_comes(database: Database) -> None:
    town = await built(database)
    card = await Someone(database, town.other_leader).says("key figures")
    assert "Jeg skriver, når den er klar." in words(card)
    assert buttons(card) == ["Min oversigt"]


async def test_i5_at_most_one_edition_counts_and_the_earlier_one_stays_as_it_was(database: Database) -> None:
    """I5: "At most one released package version is current …; released figures are never changed, only superseded"."""
    town = await built(database)

    def second_edition(uow: UnitOfWork) -> None:
        uow.session.get_one(DataPackage, town.package.id).supersede()
        uow.session.flush()
        corrected = DataPackage.of(town.school, SPRING, edition=2)
        corrected.release(NOW)
        uow.add(corrected)

    await database.write(second_edition)
    states, value = await database.read(
        lambda uow: (
            sorted(each.state for each in uow.session.query(DataPackage)),
            uow.session.get_one(KeyFigure, town.figures[0].id).value,
        )
    )
    assert states == sorted([PackageState.SUPERSEDED, PackageState.RELEASED])
    assert value == 78.4

    def third_beside_it(uow: UnitOfWork) -> None:
        another = DataPackage.of(town.school, SPRING, edition=3)
        another.release(NOW)
        uow.add(another)
        uow.session.flush()

    with pytest.raises(IntegrityError):
        await database.write(third_beside_it)


async def test_i5_no_code_changes_a_released_figure(database: Database) -> None:
    """I5: "released figures are never changed, only superseded"."""
    town = await built(database)

    def change(uow: UnitOfWork) -> None:
        uow.session.get_one(KeyFigure, town.figures[0].id).value = 12.0

    def supersede(uow: UnitOfWork) -> None:
        uow.session.get_one(DataPackage, town.package.id).supersede()

    for before in (lambda uow: None, supersede):
        await database.write(before)
        with pytest.raises(TypeError, match="never changed"):
            await database.write(change)
    assert await database.read(lambda uow: uow.session.get_one(KeyFigure, town.figures[0].id).value) == 78.4


async def test_i6_a_package_has_the_template_of_its_institution(database: Database) -> None:
    """I6: "Package template type equals institution type", of all three."""
    town = await built(database)
    club = Institution(name="Klub Nord", type=InstitutionType.LEISURE, age_range=AgeRange.OLDER, area_id=town.north.id)
    await database.write(lambda uow: uow.add(club))
    places = (town.school, town.day_care, club)
    assert {where.type for where in places} == set(InstitutionType)
    for where in places:
        for template in InstitutionType:
            package = DataPackage(institution_id=where.id, half_year=HalfYear(2027, 1), template=template)
            if template is where.type:
                await database.write(lambda uow, package=package: uow.add(package))
                continue
            with pytest.raises(ValueError, match="template of its institution"):
                await database.write(lambda uow, package=package: uow.add(package))
    kept = await database.read(
        lambda uow: [each.template for each in uow.session.query(DataPackage).filter_by(half_year=HalfYear(2027, 1))]
    )
    assert sorted(kept) == sorted(InstitutionType)


async def test_a_chief_sees_the_figures_of_the_institutions_of_the_area(database: Database) -> None:
    town = await built(database)
    assert "Elevfravær" in words(await Someone(database, town.chief).says("nøgletal"))
    assert "Elevfravær" not in words(await Someone(database, town.other_chief).says("nøgletal"))


async def test_a_chief_of_many_chooses_from_a_list(database: Database) -> None:
    town = await built(database)

    def more(uow: UnitOfWork) -> None:
        for number in range(7):
            school = Institution(
                name=f"Skole {number}",
                type=InstitutionType.SCHOOL,
                age_range=AgeRange.OLDER,
                area_id=town.north.id,
            )
            package = DataPackage.of(school, SPRING)
            package.release(NOW)
            uow.add(school)
            uow.session.flush()
            uow.add(package)

    await database.write(more)
    chief = Someone(database, town.chief)
    card = await chief.says("datapakke")
    chosen = options(card, "id")["Skole 4 · forår 2026"]
    assert "Skole 4" in words(await chief.presses(card, "Vis", id=chosen))


async def test_r40_a_figure_keeps_its_source_and_date_and_nobody_is_asked_to_type_one(database: Database) -> None:
    """R-40: "Link out to LIS … never ask a leader to type a figure LIS has. Keep source + date on each figure"."""
    town = await built(database)
    mette = Someone(database, town.leader)
    package = await mette.says("datapakke")
    links = {each["title"]: each["url"] for each in parts(package) if each.get("type") == "Action.OpenUrl"}
    assert links == {"Åbn kilden": MUNICIPALITY.figures_url}
    for figure in town.figures:
        assert f"{figure.source}, {Translator.of('da').date(figure.as_of)}" in words(package)
    data = await mette.presses(package, "Begynd forberedelsen")
    assert any(title.startswith("Elevfravær") for title in options(data, "figures"))
    assert [each for name in EXAMPLES for each in parts(drawn(name, "da")) if each.get("type") == "Input.Number"] == []


async def test_r41_a_package_has_the_themes_and_the_local_development_with_its_own_trend(database: Database) -> None:
    """R-41: "each package has a theme part and a local-development part, with own trend over half-years … released
    before the dialogue"."""
    town = await built(database)
    told = words(await Someone(database, town.leader).says("datapakke"))
    assert told.index("Overgange og deltagelse") < told.index("Lokal udvikling")
    by_theme = [each for each in town.figures if each.theme_id is not None]
    local = [each for each in town.figures if each.theme_id is None]
    assert by_theme
    assert local
    for figure in by_theme:
        assert told.rindex(figure.indicator) < told.index("Lokal udvikling")
    for figure in local:
        assert told.index("Lokal udvikling") < told.rindex(figure.indicator)
    assert "højere end sidste halvår" in told
    assert "lavere end sidste halvår" in told
    assert town.package.released_at is not None
    assert town.package.released_at < town.dialogue.starts_at


async def test_figures_of_earlier_half_years_are_kept_and_told_to_nobody(database: Database) -> None:
    town = await built(database)
    old = DataPackage.of(town.school, HalfYear(2019, 1))
    old.release(NOW)
    await database.write(lambda uow: uow.add(old))
    await plan(database, NOW, MUNICIPALITY)
    told = await database.read(lambda uow: list(uow.session.scalars(select(Prompt.subject_id))))  # type: ignore[arg-type]
    assert town.package.id in told
    assert old.id not in told


@pytest.mark.parametrize(
    ("unit", "value", "previous", "said"),
    [
        ("børn", 4, 5, "4 børn (1 barn færre end sidste halvår)"),
        ("elever", 1, 4, "1 elev (3 elever færre end sidste halvår)"),
        ("elever", 6, 4, "6 elever (2 elever flere end sidste halvår)"),
        ("point (1-5)", 4.2, 4.1, "4,2 på skalaen 1–5 (0,1 højere end sidste halvår)"),
        ("%", 6.2, 7.0, "6,2 % (0,8 procentpoint lavere end sidste halvår)"),
        ("kr. pr. barn", 3, 3, "3 kr. pr. barn (samme som sidste halvår)"),
        ("kr. pr. barn", 3, 5, "3 kr. pr. barn (2 kr. pr. barn lavere end sidste halvår)"),
    ],
)
def test_a_figure_and_its_difference_are_said_as_one_says_them(
    unit: str, value: float, previous: float, said: str
) -> None:
    """What is counted is *flere* or *færre*, and one of it in the singular; what is measured is higher or lower."""
    figure = Town().figure("Et nøgletal", value, unit, n=40, previous=previous)
    assert figure_words(Translator.of(Language.DANISH), figure).replace("\u00a0", " ") == said


def test_a_mean_has_one_decimal() -> None:
    danish = Translator.of(Language.DANISH)
    assert mean(danish, 83.2512, "%").replace("\u00a0", " ") == "83,3 %"
    assert mean(danish, 1.04, "børn") == "1 barn"
