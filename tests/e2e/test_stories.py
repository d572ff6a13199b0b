"""What leaders, their guests and their chief do in a chat, as a browser sees it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.client import Client, ShownCard
from tests.e2e.stage import Stage

# They have one browser, which lives in one loop.
pytestmark = pytest.mark.asyncio(loop_scope="session")

FIGURES = "Hvilke nøgletal vil I tage op?"
SOURCES = "Hvilke kvalitative data tager I med?"
INTERPRETATION = "Hvordan tolker I det, I ser?"
CHILDREN = "Hvad siger børnene og de unge?"
PARENTS = "Hvad siger forældrene?"
PARENTS_BY = "Det indhenter vi fra forældrene senest den"
THEME = "Tema for fokusområde 1"
FOCUS = "Fokusområde 1 med få ord"
WISHES = "Hvad vil du gerne have drøftet?"

TOO_SHORT = "Flere taler"
UNDERSTOOD = "Flere elever siger noget i timerne, når de først har talt sammen to og to."
SAID = "Det er lettere i små grupper.\nOg om formiddagen: “mere tid”."
MOST_PRESSES = 12


async def test_the_welcome_comes_first_and_the_coming_dialogue_asks_to_be_prepared_by_itself(
    stage: Stage,
) -> None:
    mette = await stage.opens("leader")
    await mette.card("Velkommen")
    card = await mette.card("Forbered samtalen")
    assert "Elmeskolen" in await card.text()
    assert {"Næste", "Gem kladde", "Ikke nu"} <= set(await card.buttons())
    first = (await mette.texts())[0]
    assert "Velkommen" in first


async def test_a_preparation_survives_an_error_and_a_restart_and_ends_in_a_receipt(stage: Stage) -> None:
    mette = await stage.opens("leader")
    await mette.card("Forbered samtalen")
    card = await asks_to_prepare(mette)
    await card.choose(FIGURES, "Elevfravær")
    await card.choose(SOURCES, "Egne observationer")
    await card.fill(INTERPRETATION, TOO_SHORT)
    await card.press("Næste")
    await card.shows("Trin 2 af 3")
    await card.fill(CHILDREN, SAID)
    await card.press("Gem kladde")
    await card.shows("Din kladde er gemt")

    await stage.restart_bot()

    card = await asks_to_prepare(mette)
    await card.shows("Trin 2 af 3")
    assert await card.value(CHILDREN) == SAID
    await card.toggle("Forældre spørges senere")
    await card.fill(PARENTS_BY, (datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    await card.press("Næste")
    await card.shows("Trin 3 af 3")
    await card.toggle("Overvej et nyt")
    await card.choose(THEME, "Overgange og deltagelse")
    await card.fill(FOCUS, "Flere stemmer i timerne")
    await card.fill(WISHES, "Hvordan holder vi fast?")
    await card.press("Klar til samtalen")

    await card.shows("Trin 1 af 3")
    await card.shows("Tal siger ikke noget, før de er tolket.")
    assert await card.value(INTERPRETATION) == TOO_SHORT
    await card.fill(INTERPRETATION, UNDERSTOOD)
    await card.press("Næste")
    await card.shows("Trin 2 af 3")
    await card.press("Næste")
    await card.shows("Trin 3 af 3")
    assert await card.value(WISHES) == "Hvordan holder vi fast?"
    await card.press("Klar til samtalen")

    await card.shows("Forberedelsen er klar")
    assert "Ret" in await card.buttons()
    await card.toggle("Vis det, I har skrevet")
    await card.shows(UNDERSTOOD)
    await card.shows("Flere stemmer i timerne")


async def test_the_shortest_way_to_ready_takes_at_most_twelve_presses_besides_typing(stage: Stage) -> None:
    mette = await stage.opens("leader")
    card = await mette.card("Forbered samtalen")
    await card.choose(FIGURES, "Elevfravær")
    await card.choose(SOURCES, "Egne observationer")
    await card.fill(INTERPRETATION, UNDERSTOOD)
    await card.press("Næste")
    await card.shows("Trin 2 af 3")
    await card.fill(CHILDREN, SAID)
    await card.fill(PARENTS, "De er trygge ved overgangen.")
    await card.press("Næste")
    await card.shows("Trin 3 af 3")
    await card.press("Klar til samtalen")
    await card.shows("Forberedelsen er klar")
    assert mette.presses <= MOST_PRESSES


async def test_my_overview_is_shown_when_asked_for(stage: Stage) -> None:
    mette = await stage.opens("leader")
    await mette.card("Forbered samtalen")
    text = await (await asks(mette, "min oversigt", "Det venter på dig")).text()
    assert "Min oversigt" in text
    assert "Elmeskolen" in text


async def test_each_persona_is_answered_on_their_own_page(stage: Stage) -> None:
    mette, rune = await stage.opens("leader"), await stage.opens("observer")
    await mette.card("Forbered samtalen")
    await rune.card("Velkommen")
    # The feedback on a visit is asked for by itself; the overview comes below it.
    await rune.card("Tilbagemelding på en observation")
    answered = await asks(rune, "min oversigt", "Min oversigt")
    assert "Læringssamtale" not in await answered.text()
    assert not any("Forbered samtalen" in text for text in await rune.texts())
    assert not any("Det venter på dig" in text for text in await mette.texts())


async def asks_to_prepare(person: Client) -> ShownCard:
    return await asks(person, "forbered", "Forbered samtalen")


async def asks(person: Client, question: str, answer: str) -> ShownCard:
    """The card with the words of `answer` that comes below all that was there."""
    before = await person.count_of_cards()
    await person.says(question)
    return await person.card(answer, below=before)


async def test_nothing_is_decided_before_the_shared_reflection_and_something_after_it(stage: Stage) -> None:
    mette = await stage.opens("leader")
    await mette.card("Forbered samtalen")
    card = await asks(mette, "beslutning", "Reflektér sammen først")
    await card.shows("Før I kan træffe beslutninger, skal den fælles refleksion være gemt.")
    await card.press("Skriv fælles refleksion")
    await card.shows("Trin 1 af 2")
    await card.choose("Hvem deltog?", "Ledelsen")
    await card.choose("Hvem deltog?", "Medarbejdere")
    await card.press("Næste")
    await card.shows("Trin 2 af 2")
    await card.fill("Hvad forklarer det, I ser?", "Vi giver tid til at tænke, før nogen svarer.")
    await card.fill("Hvilken viden? Skriv det kort", "Netværkets erfaringer med makkerpar")
    await card.press("Gem og gå til beslutning")
    await card.shows("Den fælles refleksion. Jeres Børn og Unge-chef og forvaltningen kan læse den nu.")
    await card.shows("Hvad har I besluttet?")
    await card.choose("Hvad har I besluttet?", "Vælge et fokusområde")
    await card.fill("Beslutningen kort", "Vi vil høre flere stemmer")
    await card.choose("Hvad bygger beslutningen på?", "Egne observationer")
    await card.press("Næste")
    await card.shows("Trin 2 af 2")
    await card.choose("Hvordan har børn og unge været med?", "Hørt")
    await card.choose("Hvordan har forældre været med?", "Informeret")
    await card.fill("Hvem følger op?", "Teamet på 5. årgang")
    await card.fill("Hvornår følger I op?", (datetime.now(UTC) + timedelta(days=30)).date().isoformat())
    await card.press("Gem beslutning")
    await card.shows("Hvilket politisk tema ligger det op ad?")
    await card.choose("Hvilket politisk tema ligger det op ad?", "Overgange og deltagelse")
    await card.fill("Fokusområde", "Flere stemmer i timerne")
    await card.fill("Hvilke tegn vil I se efter?", "Flere svarer på hinanden")
    await card.press("Gem fokusområdet")
    await card.shows("Flere stemmer i timerne")
    await card.press("Til beslutningerne")
    await card.shows("Vi vil høre flere stemmer")


async def test_a_chief_and_a_leader_meet_from_the_agenda_to_confirmed_agreements(stage: Stage) -> None:
    mette, birgit = await stage.opens("leader"), await stage.opens("chief")
    await mette.card("Velkommen")
    await birgit.card("Velkommen")
    card = await asks(mette, "dagsorden", "Dagsorden til 1:1")
    await card.shows("Mette inviterer en leder fra et andet tilbud")
    await card.fill("Hvad vil du tale om?", "Vores nye 0. klasser")
    await card.press("Tilføj")
    await card.shows("Vores nye 0. klasser")
    await (await asks(birgit, "dagsorden", "Dagsorden til 1:1")).shows("Vores nye 0. klasser")

    day = datetime.now(UTC) + timedelta(days=40)
    planned = await asks(birgit, f"1:1 med Mette den {day.day}/{day.month}-{day.year} kl. 10", "Planlæg en 1:1")
    await planned.shows("Forstået som:")
    await planned.press("Planlæg 1:1")
    await planned.shows("En 1:1 er planlagt")

    await stage.begins_one_on_one()
    note = await birgit.card("Notat fra 1:1")
    await note.choose("Hvad talte I om?", "Vores nye 0. klasser")
    await note.fill("Hvordan går det med at lede kvalitetsudviklingen?", UNDERSTOOD)
    await note.press("Gem og del")
    await note.shows("Aftaler fra sidst")
    await note.choose("Hvad er der blevet af den?", "Gennemført")
    await note.press("Gem og gå videre")
    await note.shows("1 åben aftale")
    await note.press("Lad den stå åben")
    await note.shows("Hvem gør det?")
    await note.fill("Hvad er I blevet enige om?", "Birgit finder et lokale til netværket")
    await note.choose("Hvem gør det?", "Chef")
    await note.press("Gem aftalen")
    await note.shows("Afventer bekræftelse")

    read = await asks(mette, "notat", "Bekræft notat og aftaler")
    await read.shows(UNDERSTOOD)
    await read.shows("Birgit finder et lokale til netværket")
    await read.press("Bekræft")
    await read.shows("Bekræftet")
    seen = await asks(birgit, "hvem har set det", "Hvem har set det?")
    await seen.shows("Mette Elkjær")
    assert "Birgit finder et lokale" not in await seen.text()


async def test_an_observation_from_the_invitation_to_the_acknowledgement(stage: Stage) -> None:
    mette = await stage.opens("leader")
    await mette.card("Forbered samtalen")
    card = await asks(mette, "inviter observatør", "Trin 1 af 3")
    await card.fill("Find en anden ved navn eller tilbud", "rune")
    await card.press("Søg")
    await card.shows("Rune Solgård")
    await card.choose("Hvem vil du invitere?", "Rune Solgård")
    await card.press("Næste")
    await card.shows("Trin 2 af 3")
    await card.fill("Hvor skal observatøren være?", "6.a")
    await card.fill("Hvad skal observatøren have blik for?", "Hvem kommer til orde?")
    await card.press("Næste")
    await card.shows("Trin 3 af 3")
    day = datetime.now(UTC).date() + timedelta(days=8)
    await card.fill("Dato 1", day.isoformat())
    await card.fill("Klokkeslæt 1", "10:30")
    await card.toggle("Medarbejderne er orienteret")
    await card.press("Send invitation")
    await card.shows("Næste skridt for Rune Solgård: Svar på de foreslåede tidspunkter.")
    rune = await stage.opens("observer")
    card = await rune.card("Invitation til at observere")
    await card.shows("Hvem kommer til orde?")
    [yes] = [title for title in await card.buttons() if title.startswith("Ja – ")]
    await card.press(yes)
    await card.shows("I får begge fokus og guide dagen før.")
    await mette.card("Tidspunktet er aftalt")

    await stage.ends_visit("6.a")
    card = await asks(rune, "Fire talte, og otte lyttede.", "Noteret")
    await card.shows("Det står i tilbagemeldingen, når du skriver den. Kun du kan se dine noter.")
    card = await rune.card("Hvordan gik det?")
    await card.shows("6.a")
    await card.press("Gennemført")
    await card.shows("Trin 1 af 2")
    assert "Fire talte, og otte lyttede." in await card.value("Hvad så og hørte du?")
    await card.fill("Hvad så du, som støttede", "En voksen ventede, til der blev svaret.")
    await card.press("Næste")
    await card.shows("Trin 2 af 2")
    await card.fill("Hvad blev du nysgerrig på?", "Hvad ville der ske, hvis alle begyndte to og to?")
    await card.fill("Hvad tager du med hjem", "Vi begynder to og to i morgen.")
    await card.fill("Hvornår gav du den mundtlige feedback?", datetime.now(UTC).date().isoformat())
    await card.toggle("Jeg har ikke nævnt børn eller medarbejdere ved navn")
    await card.press("Vis det, modtageren ser")
    await card.shows("Rune Solgård, Fyrreskolen, skriver:")
    await card.press("Send tilbagemelding")
    await card.shows("Tilbagemeldingen er sendt")

    card = await mette.card("Kvittér for tilbagemelding")
    await card.shows("Hvad ville der ske, hvis alle begyndte to og to?")
    await card.fill("Hvad tager I med til læringssamtalen?", "Vi prøver det i to fag mere.")
    await card.press("Kvittér og sig tak")
    await card.shows("Kvitteret")
    news = await rune.card("Din tilbagemelding er læst")
    await news.shows("De siger tak.")
    card = await asks(mette, "forbered", "Forbered samtalen")
    await card.shows("Tilbagemeldinger fra observationer")


async def test_a_chief_asks_narrows_down_opens_a_source_and_fetches_the_pdf(stage: Stage) -> None:
    birgit = await stage.opens("chief")
    await birgit.card("Velkommen")
    # What comes by itself may come before the answer or after it.
    await birgit.says("tilsynsresume for mit omraade")
    card = await birgit.card("Det fortæller data")
    await card.press("Afgræns")
    await card.shows("Afgræns resuméet")
    await card.choose("Ét tilbud", "Elmeskolen")
    await card.press("Vis")
    await card.shows("Aftaler fra 1:1")
    assert "Elmeskolen" in await card.text()
    pdf = await card.downloads("Hent som PDF")
    assert pdf.startswith(b"%PDF-")
    await card.press("Vis kilder")
    await card.shows("Hvilken kilde vil du åbne?")
    await card.choose("Hvilken kilde vil du åbne?", "Læringssamtale")
    await card.press("Åbn kilden")
    # The list of sources names the school as well: what is waited for is the way back to it.
    await card.shows("Tilbage til kilderne")
    assert "Elmeskolen" in await card.text()
    await card.press("Tilbage til kilderne")
    await card.shows("Hvilken kilde vil du åbne?")
