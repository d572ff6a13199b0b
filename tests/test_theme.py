"""Political themes come back to the institutions of one age range, which discuss them before they choose."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import select

from dialogs import theme as flow
from dialogs.conversation import Kind
from dialogs.flow import Planning
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.organisation import AgeRange, Role, RoleAssignment
from domain.period import HalfYear
from domain.theme import DiscussedWith, ThemeReceipt, talk_name
from storage.cycle import political_round, themes_for
from storage.database import Database
from storage.theme import theme_receipt
from storage.unit_of_work import UnitOfWork
from tests.town import MUNICIPALITY, NOW, Someone, Town, buttons, parts, values, words


@pytest.fixture
def town() -> Town:
    return Town()


@pytest_asyncio.fixture
async def nis(database: Database, town: Town) -> Someone:
    """The administration, with a round for the younger that is decided and not sent."""

    def decide(uow: UnitOfWork) -> None:
        decided = PoliticalRound(year=2026, age_range=AgeRange.YOUNGER)
        uow.add(decided)
        uow.session.flush()
        for title, english in (("Leg", "Play"), ("Sprog", "Language")):
            uow.add(
                Theme(
                    round_id=decided.id,
                    title=title,
                    title_en=english,
                    age_range=AgeRange.YOUNGER,
                    valid_from=HalfYear(2026, 1),
                    valid_to=HalfYear(2027, 2),
                    description="Fordi leg er læring.",
                )
            )

    await database.write(town.build)
    await database.write(decide)
    return Someone(database, town.administrator)


async def about(database: Database, leg: str, sprog: str = "") -> dict[str, str]:
    """What is pressed for each of the two themes."""

    def work(uow: UnitOfWork) -> dict[str, str]:
        found = {each.title: talk_name(each.id) for each in uow.session.scalars(select(Theme))}
        return {found["Leg"]: leg, found["Sprog"]: sprog}

    return await database.read(work)


async def receipts(database: Database) -> list[ThemeReceipt]:
    """The receipts of the new round."""
    query = (
        select(ThemeReceipt)
        .join(political_round, political_round.c.id == theme_receipt.c.round_id)
        .where(political_round.c.year == 2026)
    )
    return await database.read(lambda uow: list(uow.session.scalars(query).all()))


async def planned(database: Database, at: datetime) -> list[tuple[str, UUID]]:
    def work(uow: UnitOfWork) -> list[tuple[str, UUID]]:
        planning = Planning(uow=uow, now=at, until=at, municipality=MUNICIPALITY)
        return [(each.key.split(":")[2], each.person_id) for each in flow.clock(planning)]

    return await database.write(work)


async def test_r26_themes_are_previewed_and_sent_to_the_leaders_of_one_age_range(
    nis: Someone, database: Database, town: Town
) -> None:
    card = await nis.says("send temaer")
    for line in ("2026 · 0–6 år", "Leg", "Sprog", "1 tilbud og 1 leder", "Børnehuset Åen"):
        assert line in words(card)
    assert "Elmeskolen" not in words(card)
    assert await receipts(database) == []
    assert "Temaerne er sendt ud" in words(await nis.presses(card, "Send ud"))
    [receipt] = await receipts(database)
    assert receipt.institution_id == town.day_care.id
    to_the_day_care = [each for each in await planned(database, NOW) if each[1] == town.other_leader.id]
    assert to_the_day_care == [("sent", town.other_leader.id)]
    ali = Someone(database, town.other_leader)
    card = await ali.sees("theme", receipt.id)
    for line in ("Nye politiske temaer", "Leg", "Fordi leg er læring.", "forår 2026 – efterår 2027"):
        assert line in words(card)
    assert "Ingen temaer at sende" in words(await nis.says("send temaer"))


async def test_themes_that_are_not_sent_cannot_be_chosen_yet(nis: Someone, database: Database, town: Town) -> None:
    def titles(uow: UnitOfWork) -> list[str]:
        return [each.title for each in themes_for(uow, AgeRange.YOUNGER, HalfYear(2026, 1))]

    assert await database.read(titles) == []
    await nis.presses(await nis.says("send temaer"), "Send ud")
    assert await database.read(titles) == ["Leg", "Sprog"]


async def test_i1_a_round_of_the_same_age_range_as_the_one_before_is_not_sent(
    nis: Someone, database: Database, town: Town
) -> None:
    def repeat(uow: UnitOfWork) -> UUID:
        wrong = PoliticalRound(year=2027, age_range=AgeRange.YOUNGER)
        uow.add(wrong)
        return wrong.id

    wrong = await database.write(repeat)
    card = await nis.presses(await nis.says("send temaer"), "2027 · 0–6 år")
    assert "De to skiftes" in words(card)
    assert "Send ud" not in buttons(card)
    await nis.does(Kind.PRESSED, verb="theme.send", data={"id": str(wrong)})
    rounds = await database.read(lambda uow: uow.session.get_one(PoliticalRound, wrong))
    assert rounds.state is RoundState.DECIDED


async def test_only_the_administration_of_the_whole_municipality_sends(
    nis: Someone, database: Database, town: Town
) -> None:
    card = await nis.says("send temaer")
    for someone in (town.leader, town.chief, town.consultant, town.deputy):
        who = Someone(database, someone)
        assert "Det har du ikke adgang til" in words(await who.says("send temaer"))
        assert "Det har du ikke adgang til" in words(await who.presses(card, "Send ud"))
    assert await receipts(database) == []


async def test_sent_twice_is_sent_once(nis: Someone, database: Database) -> None:
    first, second = await nis.says("send temaer"), await nis.says("send temaer")
    await nis.presses(first, "Send ud")
    assert "Temaerne er sendt ud" in words(await nis.presses(second, "Send ud"))
    assert len(await receipts(database)) == 1


async def test_r27_a_leader_sets_the_themes_and_later_says_whom_they_were_discussed_with(
    nis: Someone, database: Database, town: Town
) -> None:
    await nis.presses(await nis.says("send temaer"), "Send ud")
    ali = Someone(database, town.other_leader)
    card = await ali.presses(await ali.says("temaer"), "Set")
    assert "Jeg spørger om to uger" in words(card)
    [receipt] = await receipts(database)
    assert (receipt.seen_at, receipt.seen_by) == (NOW, town.other_leader.id)
    mine = [each for each in await planned(database, NOW + timedelta(days=13)) if each[1] == town.other_leader.id]
    assert mine == []
    ali.now = NOW + timedelta(days=14)
    [(asked, _who)] = [each for each in await planned(database, ali.now) if each[1] == town.other_leader.id]
    assert asked == "discussed"
    card = await ali.sees("theme", receipt.id)
    assert "Hvem har I drøftet temaerne med?" in words(card)
    assert "Vælg, hvem I har drøftet dem med." in words(await ali.presses(card, "Gem"))
    both = await ali.presses(card, "Gem", **await about(database, "staff,nobody_yet", "board"))
    assert "Vælg enten ”Ingen endnu”" in words(both)
    assert list(values(both).values())[:2] == ["staff,nobody_yet", "board"]
    card = await ali.presses(card, "Gem", **await about(database, "staff,board", "staff"))
    assert "Bestyrelsen" in words(card)
    [receipt] = await receipts(database)
    assert receipt.discussed_with == (DiscussedWith.STAFF, DiscussedWith.BOARD)
    assert await ali.gets("theme", receipt.id) is None


async def test_two_leaders_who_say_whom_they_were_discussed_with_lose_nothing(
    nis: Someone, database: Database, town: Town
) -> None:
    await database.write(
        lambda uow: uow.add(
            RoleAssignment(
                person_id=town.deputy.id, role=Role.LEADER, from_on=date(2026, 1, 1), institution_id=town.day_care.id
            )
        )
    )
    await nis.presses(await nis.says("send temaer"), "Send ud")
    ali, sara = Someone(database, town.other_leader), Someone(database, town.deputy)
    first = await ali.presses(await ali.presses(await ali.says("temaer"), "Set"), "Hvem er det drøftet med?")
    second = await sara.presses(await sara.says("temaer"), "Hvem er det drøftet med?")
    await ali.presses(first, "Gem", **await about(database, "board,staff", "staff"))
    shown = await sara.presses(second, "Gem", **await about(database, "management", "staff"))
    assert "Ali Krogh har ændret dette" in words(shown)
    assert "Medarbejdere · Bestyrelsen" in words(shown)
    assert values(shown)[next(iter(await about(database, "")))] == "management"
    [receipt] = await receipts(database)
    assert receipt.discussed_with == (DiscussedWith.STAFF, DiscussedWith.BOARD)
    await sara.presses(shown, "Gem", **await about(database, "staff,board,management", "staff"))
    [receipt] = await receipts(database)
    assert set(receipt.discussed_with) == {DiscussedWith.STAFF, DiscussedWith.BOARD, DiscussedWith.MANAGEMENT}


async def test_nobody_yet_is_asked_again_and_an_unread_card_comes_once_more(
    nis: Someone, database: Database, town: Town
) -> None:
    await nis.presses(await nis.says("send temaer"), "Send ud")

    async def due(days: int) -> list[str]:
        found = await planned(database, NOW + timedelta(days=days))
        return [name for name, who in found if who == town.other_leader.id]

    assert await due(20) == ["sent"]
    assert await due(21) == ["again"]
    ali = Someone(database, town.other_leader, now=NOW + timedelta(days=22))
    card = await ali.presses(await ali.presses(await ali.says("temaer"), "Set"), "Hvem er det drøftet med?")
    await ali.presses(card, "Gem", **await about(database, "nobody_yet", "nobody_yet"))
    assert await due(35) == []
    assert await due(36) == ["discussed"]


async def test_the_chief_sees_a_word_for_each_institution(nis: Someone, database: Database, town: Town) -> None:
    await nis.presses(await nis.says("send temaer"), "Send ud")
    ole = Someone(database, town.other_chief)
    seen = words(await ole.says("temaer"))
    assert "Børnehuset Åen" in seen
    assert "Sendt" in seen
    [receipt] = await receipts(database)
    for someone in (town.other_chief, town.leader, town.deputy):
        assert await Someone(database, someone).gets("theme", receipt.id) is None
    card = await Someone(database, town.other_leader).sees("theme", receipt.id)
    assert "Det har du ikke adgang til" in words(await ole.presses(card, "Set"))


async def test_an_institution_that_comes_later_gets_them_too(nis: Someone, database: Database, town: Town) -> None:
    await planned(database, NOW)
    [older] = await database.read(lambda uow: uow.session.scalars(select(ThemeReceipt)).all())
    assert older.institution_id == town.school.id


async def test_each_leader_of_an_institution_gets_new_themes_and_the_first_set_drops_nobody_elses(
    nis: Someone, database: Database, town: Town
) -> None:
    await database.write(
        lambda uow: uow.add(
            RoleAssignment(
                person_id=town.deputy.id, role=Role.LEADER, from_on=date(2026, 1, 1), institution_id=town.day_care.id
            )
        )
    )
    await nis.presses(await nis.says("send temaer"), "Send ud")
    ali = Someone(database, town.other_leader)
    await ali.presses(await ali.says("temaer"), "Set")
    theirs = [who for _, who in await planned(database, NOW) if who in (town.deputy.id, town.other_leader.id)]
    assert theirs == [town.deputy.id]


async def test_a_round_ends_with_its_themes_and_reaches_no_new_institution(
    nis: Someone, database: Database, town: Town
) -> None:
    await planned(database, datetime(2027, 9, 1, 8, 0, tzinfo=UTC))
    rounds = await database.read(lambda uow: uow.session.get_one(PoliticalRound, town.round.id))
    assert rounds.state is RoundState.CLOSED


async def test_the_administration_reads_a_word_for_each_institution_and_finds_one_by_its_name(
    nis: Someone, database: Database, town: Town
) -> None:
    await nis.presses(await nis.says("send temaer"), "Send ud")
    seen = words(await nis.says("temaer"))
    assert "Temaerne i tilbuddene" in seen
    assert "Elmeskolen" in seen
    assert "Børnehuset Åen" in seen
    assert "Elmeskolen" not in words(await nis.says("temaer Børnehuset Åen"))
    assert "Det har du ikke adgang til" in words(
        (await Someone(database, town.deputy).does(Kind.PRESSED, verb="theme.all", data={"since": "0"})).card or {}
    )


async def test_r26_the_card_links_to_the_councils_decision(nis: Someone, database: Database, town: Town) -> None:
    def link(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(Theme)):
            each.decision_url = "https://skovkoebing.example/byraad/17"

    await database.write(link)
    await nis.presses(await nis.says("send temaer"), "Send ud")
    card = await Someone(database, town.other_leader).says("temaer")
    [opened] = [each for each in parts(card) if each.get("type") == "Action.OpenUrl"]
    assert (opened["title"], opened["url"]) == ("Læs beslutningen", "https://skovkoebing.example/byraad/17")


async def test_r26_a_receipt_for_each_theme_tells_the_one_that_was_never_discussed(
    nis: Someone, database: Database, town: Town
) -> None:
    """R-26: "Send-out card per theme … with receipt"; R-27: "Record the local discussion (who took part)"."""
    await nis.presses(await nis.says("send temaer"), "Send ud")
    ali, ole = Someone(database, town.other_leader), Someone(database, town.other_chief)
    card = await ali.presses(await ali.presses(await ali.says("temaer"), "Set"), "Hvem er det drøftet med?")
    assert len([each for each in parts(card) if each.get("type") == "Input.ChoiceSet"]) == 2
    card = await ali.presses(card, "Gem", **await about(database, "staff,board"))
    assert "Leg\nMedarbejdere · Bestyrelsen" in words(card)
    assert "Sprog\nIkke drøftet endnu" in words(card)
    assert "1 af 2 drøftet" in words(card)
    assert "Om to uger spørger jeg til dem, I ikke har drøftet endnu" in words(card)
    seen = words(await ole.says("temaer"))
    assert "1 af 2 drøftet" in seen
    assert "Bestyrelsen" not in seen, "a word for how far they are, and not who took part"
    [receipt] = await receipts(database)
    assert not receipt.is_discussed
    ali.now = NOW + timedelta(days=14)
    assert [name for name, who in await planned(database, ali.now) if who == ali.who.id] == ["discussed"]
    card = await ali.sees("theme", receipt.id)
    assert list(values(card).values())[:2] == ["staff,board", ""], "what was said stays"
    card = await ali.presses(card, "Gem", **await about(database, "staff,board", "children"))
    assert "Sprog\nElevråd" in words(card)
    assert "Drøftet" in words(await ole.says("temaer"))
    [receipt] = await receipts(database)
    assert receipt.is_discussed
    assert receipt.discussed_with == (DiscussedWith.STAFF, DiscussedWith.BOARD, DiscussedWith.CHILDREN)


async def test_what_was_said_of_all_themes_at_once_holds_for_each(nis: Someone, database: Database, town: Town) -> None:
    """An older card in somebody's chat, and a replica of the version before, know of no single themes."""
    await nis.presses(await nis.says("send temaer"), "Send ud")
    ali = Someone(database, town.other_leader)
    await ali.says("temaer")
    [receipt] = await receipts(database)
    data = {"id": str(receipt.id), "k": "gammelt", "discussed": "staff"}
    reply = await ali.does(Kind.PRESSED, verb="theme.discussed", data=data)
    assert "Leg\nMedarbejdere" in words(reply.card or {})
    assert "Sprog\nMedarbejdere" in words(reply.card or {})

    def as_before(uow: UnitOfWork) -> None:
        """An older replica was told since: it writes what holds for all, beside what was said of each."""
        kept = uow.session.get_one(ThemeReceipt, receipt.id)
        assert set(kept.talks.values()) == {(DiscussedWith.STAFF,)}
        kept.discussed_with = (DiscussedWith.PARENTS,)

    await database.write(as_before)
    shown = words(await ali.says("temaer"))
    assert "Leg\nForældre" in shown
    assert "Sprog\nForældre" in shown
    assert "Drøftet" in shown
