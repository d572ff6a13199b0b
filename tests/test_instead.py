"""What the bot is asked for and does not do: a short kind answer each, with what there is instead."""

import pytest

from storage.database import Database
from tests.town import MUNICIPALITY, Someone, Town, words


@pytest.fixture
async def mette(sqlite_database: Database) -> Someone:
    town = Town()
    await sqlite_database.write(town.build)
    return Someone(sqlite_database, town.leader)


@pytest.mark.parametrize(
    ("typed", "told", "instead"),
    [
        ("send birgit en besked", "Jeg sender ikke beskeder videre", "Flyt mødet"),
        ("skriv til Birgit at jeg kommer senere", "Jeg sender ikke beskeder videre", "Dagsorden"),
        ("skriv til Birgit at hun skal huske forberedelsen", "Jeg sender ikke beskeder videre", "Dagsorden"),
        ("send det til Birgit", "Jeg sender ikke beskeder videre", "Dagsorden"),
        ("mind de skoler der mangler om det", "Jeg har ikke mindet nogen om noget", "Samtaler"),
        ("ny indsats", "Det kræver en beslutning", "Beslutning"),
        ("luk fokusområdet", "Det kræver en beslutning", "Fokusområder"),
        ("vi er færdige med fokusområdet om leg", "vi er færdige med fokusområdet om leg", "Fokusområder"),
        ("indsats: nyt læsebånd fra januar", "nyt læsebånd fra januar", "Beslutning"),
        ("gem resuméet", "Mine tilsynsresuméer", "Min oversigt"),
        ("hvad er en indsats", "Den begynder med en beslutning", "Indsatser"),
        ("hvad er et perspektiv", "fortæller om hverdagen", "Perspektiver"),
        ("hvad sker der når jeg trykker klar", "læse forberedelsen", "Hvem kan se hvad"),
        ("jeg er sygemeldt hvem tar over", MUNICIPALITY.facts.contact, "Hjælp"),
        ("ring til mig", MUNICIPALITY.facts.contact, "Hjælp"),
        ("hvem kan jeg ringe til", MUNICIPALITY.facts.contact, "Min oversigt"),
        ("hvem er min chef", "Birgit Dam", "Min oversigt"),
        ("jeg vil klage over min chef", "Jeg sender ingen klage videre", "Mine data"),
        ("hvem er min databeskyttelsesrådgiver", MUNICIPALITY.facts.protection_officer, "Hjælp"),
        ("en elev har det rigtig skidt, hvad gør jeg", "for eksempel med en underretning", "Nøgletal"),
        ("jeg gider ikke flere påmindelser", "Sæt påmindelser på pause", "I 1 uge"),
        ("jeg vil gerne have det hele om mandagen i stedet", "Mandagsliste", "Send den om mandagen"),
        ("er det ok at jeg tager billeder?", "Tag ikke billeder", "Min oversigt"),
        ("vis mig Børnehuset Åens forberedelse", "ligger uden for dem", "Fokusområder"),
        ("vis mig Granskolens forberedelse", "Det navn kender jeg ikke", "Elmeskolen"),
        ("gem", "Her er ikke noget at gemme", "Fortsæt"),
        ("nej", "Tryk på en knap på kortet", "Fortsæt"),
        ("er du en robot", "Jeg er et program", "Hvem kan se hvad?"),
        ("are you human or an ai", "Jeg er et program", "Hvem kan se hvad?"),
    ],
)
async def test_what_is_not_done_here_is_said_with_what_is_possible(
    mette: Someone, typed: str, told: str, instead: str
) -> None:
    card = await mette.says(typed)
    assert told in words(card)
    assert "Det forstod jeg ikke" not in words(card)
    assert ("klage" in typed) <= ("Birgit Dam" not in words(card)), "a complaint is not sent to whom it is about"
    assert "Det forstod jeg ikke" not in words(await mette.presses(card, instead))
