"""Danish or English, kept until the person chooses again."""

from domain.organisation import Language
from storage.database import Database
from tests.town import Someone, Town, words


async def test_the_language_is_kept_and_both_are_always_understood(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    asked = await mette.says("sprog")
    saved = await mette.presses(asked, "English")
    assert "I now write to you in English" in words(saved)
    assert "What you can write to me" in words(await mette.says("hjælp"))
    back = await mette.presses(saved, "Language: English/dansk")
    assert "Nu skriver jeg til dig på dansk" in words(back)
    assert "Det kan du skrive til mig" in words(await mette.says("help"))


async def test_who_does_not_know_a_language_gets_the_other(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    assert "I now write to you in English" in words(await mette.says("my Danish is not so good"))
    assert "Nu skriver jeg til dig på dansk" in words(await mette.says("jeg forstår ikke engelsk så godt"))
    assert "I now write to you in English" in words(await mette.says("could we do this in English please"))


async def test_an_answer_is_given_again_in_the_language_that_is_asked_for(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    assert "Nøgletal" in words(await mette.says("nøgletal for Elmeskolen"))
    for typed in ("på engelsk", "in english please"):
        again = words(await mette.says(typed))
        assert "I now write to you in English" in again, typed
        assert "Key figures" in again, typed
    assert "Nu skriver jeg til dig på dansk" in words(await mette.says("dansk"))


async def test_the_language_of_teams_is_kept_until_the_person_chooses(database: Database) -> None:
    town = Town()
    town.leader.language = None
    await database.write(town.build)
    mette = Someone(database, town.leader)
    assert "What you can write to me" in words(await mette.says("hjælp", language=Language.ENGLISH))
    assert "What you can write to me" in words(await mette.says("hjælp", language=None))
    assert "Seen by" in words(await mette.sees("preparation", town.dialogue.id))
    await mette.says("dansk")
    assert "Det kan du skrive til mig" in words(await mette.says("help", language=Language.ENGLISH))


async def test_a_language_that_does_not_exist_changes_nothing(database: Database) -> None:
    from dialogs.conversation import Kind

    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    reply = await mette.does(Kind.PRESSED, verb="language_choice.set", data={"language": "tlh"})
    assert reply.card is not None
    assert "dansk" in words(reply.card)
