"""What works at one institution is told to the others, by its own leaders, and found by theme and age range."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from cards.kit import Card
from dialogs.conversation import Kind
from dialogs.practice_search import understood
from domain.decision import Decision
from domain.focus_area import Closing, FocusArea, FocusAreaState
from domain.identity import new_id
from domain.measure import Measure
from domain.organisation import Institution, InstitutionType, Role, RoleAssignment
from domain.practice import Practice
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, all_of, change, chooses, decides, mette, reflects, town
from tests.town import Someone, Town, button, buttons, options, parts, person, values, words

__all__ = ["mette", "town"]

GJORDE = "Vi lader eleverne tale sammen to og to i to minutter, før nogen svarer."
VIRKEDE = "De usikre har prøvet deres svar af først."
GOOD = {"did": GJORDE, "why": VIRKEDE, "contact": "false"}
EVERYONE = "alle ledere, observatører, tovholdere for ledernetværk, chefer og forvaltningen i kommunen"


async def goes_well(someone: Someone, title: str = "Flere stemmer i timerne") -> Card:
    """A focus area is chosen, and its first status is that it goes well: the receipt."""
    await reflects(someone)
    await chooses(someone, title)
    return await someone.presses(await someone.says("status"), "Gem status", status="går godt", seen="Flere svarer")


async def previews(someone: Someone, card: Card | None = None, **typed: str) -> Card:
    card = card or await someone.says("del praksis")
    return await someone.presses(card, "Vis som andre ser det", **{**GOOD, **typed})


async def shares(someone: Someone, **typed: str) -> Card:
    return await someone.presses(await previews(someone, **typed), "Del praksis")


async def the_one(database: Database) -> Practice:
    [found] = await all_of(database, Practice)
    assert isinstance(found, Practice)
    return found


async def second_school(database: Database, town: Town) -> tuple[Someone, Institution]:
    """Another school with a leader, an hour into the same day."""
    where = Institution(
        name="Fyrreskolen", type=InstitutionType.SCHOOL, age_range=town.school.age_range, area_id=town.south.id
    )
    who = person("Anders Lyngby")
    role = RoleAssignment(
        person_id=who.id, role=Role.LEADER, from_on=AFTER.date() - timedelta(days=400), institution_id=where.id
    )

    def work(uow: UnitOfWork) -> None:
        for rows in ([where, who], [role]):
            uow.add(*rows)
            uow.session.flush()

    await database.write(work)
    return Someone(database, who, now=AFTER), where


def links(card: Card) -> list[str]:
    return [str(each["url"]) for each in parts(card) if each.get("type") == "Action.OpenUrl"]


async def test_r08_what_goes_well_is_shared_with_everyone_after_it_was_seen_as_they_will(
    mette: Someone, database: Database, town: Town
) -> None:
    """R-08: "share an action that worked with peers with the same theme; searchable by theme/age"."""
    receipt = await goes_well(mette)
    card = await mette.presses(receipt, "Del praksis")
    assert "kun lederne af tilbuddet, indtil I deler" in words(card)
    shown = await previews(mette, card)
    assert "Sådan ser andre det" in words(shown)
    assert EVERYONE in words(shown)
    for each in (GJORDE, VIRKEDE, "Flere stemmer i timerne", "Overgange og deltagelse", "Elmeskolen", "6–18 år"):
        assert each in words(shown)
    for someone in (town.chief, town.other_leader, town.teacher, town.administrator):
        assert "Der er ikke delt praksis endnu" in words(await Someone(database, someone).says("praksis"))
    shared = await mette.presses(shown, "Del praksis")
    assert f"Ses af: {EVERYONE}" in words(shared)
    for someone in (town.chief, town.other_chief, town.other_leader, town.teacher, town.administrator):
        card = await Someone(database, someone).says("praksis om overgange")
        assert "Flere stemmer i timerne" in words(card)
        card = await Someone(database, someone).presses(card, "Læs")
        assert GJORDE in words(card)
        assert VIRKEDE in words(card)
        assert "Mette Holm" not in words(card)
        assert links(card) == []
        assert "Ret" not in buttons(card)


async def test_the_offer_stands_where_it_goes_well_and_only_there(mette: Someone, database: Database) -> None:
    assert "Del praksis" in buttons(await goes_well(mette))
    assert "Del praksis" in buttons(await mette.says("fokusområder"))
    mette.now += timedelta(days=1)
    card = await mette.presses(await mette.says("status"), "Gem status", status="på vej", seen="Det går op og ned")
    assert "Del praksis" not in buttons(card)
    assert "Del praksis" not in buttons(await mette.says("fokusområder"))
    assert "Hvad gjorde I?" in words(await mette.says("del praksis")), "whoever asks for it may share it all the same"


async def test_a_draft_is_kept_and_seen_by_the_leaders_of_the_institution_alone(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    card = await mette.presses(await mette.says("del praksis"), "Gem kladde", did=GJORDE)
    assert "Din kladde er gemt" in words(card)
    kept = await the_one(database)
    assert values(await mette.presses(card, "Fortsæt"))["did"] == GJORDE
    assert values(await mette.says("del praksis"))["did"] == GJORDE
    for someone in (town.chief, town.other_leader, town.teacher, town.consultant):
        other = Someone(database, someone)
        assert await other.gets("practice", kept.id) is None
        assert "Det har du ikke adgang til" in words(await other.presses(card, "Fortsæt"))
        assert "Der er ikke delt praksis endnu" in words(await other.says("praksis"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"did": ""}, "Skriv, hvad I gjorde."),
        ({"did": "   \n "}, "Skriv, hvad I gjorde."),
        ({"why": ""}, "Skriv kort, hvorfor det virkede."),
        ({"did": "Vi talte med 010203-1234"}, "cpr-nummer"),
        ({"why": "0102031234 var med"}, "cpr-nummer"),
        ({"did": "x" * 1001}, "Der er plads til 1.000."),
        ({"why": "x" * 301}, "Der er plads til 300."),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    mette: Someone, database: Database, typed: dict[str, str], sentence: str
) -> None:
    await goes_well(mette)
    card = await previews(mette, **{"contact": "true", **typed})
    assert sentence in words(card)
    stays = {**GOOD, "contact": "true", **{name: value.strip() for name, value in typed.items()}}
    assert {name: values(card)[name] for name in stays} == stays
    is_refused = "cpr" in sentence or "plads" in sentence
    assert [each.draft.did for each in await all_of(database, Practice)] == ([] if is_refused else [stays["did"]])
    card = await mette.presses(card, "Vis som andre ser det", **GOOD)
    assert "Sådan ser andre det" in words(card)


async def test_whether_a_child_can_be_recognised_is_asked_before_others_see_it_and_once(
    mette: Someone, database: Database
) -> None:
    await goes_well(mette)
    told = "Sofie i 5b turde svare"
    card = await mette.presses(await mette.says("del praksis"), "Gem kladde", did=told)
    assert "Din kladde er gemt" in words(card), "what only its leaders read is kept without a question"
    card = await previews(mette, did=told, why="")
    assert "sæt flueben nedenfor" in words(card)
    assert values(card)["unrecognised"] == "false"
    card = await mette.presses(card, "Vis som andre ser det", unrecognised="true")
    assert "Skriv kort, hvorfor det virkede." in words(card)
    assert values(card)["unrecognised"] == "true"
    card = await mette.presses(card, "Vis som andre ser det", why="Emil (8 år) " + "x" * 300)
    assert "Der er plads til 300." in words(card)
    assert values(card)["unrecognised"] == "true"
    card = await mette.presses(card, "Vis som andre ser det", why=VIRKEDE)
    assert "Sådan ser andre det" in words(card)
    await mette.presses(await mette.says("del praksis"), "Gem kladde", did="Emil i 5b turde også")
    card = await mette.presses(card, "Del praksis")
    assert values(card)["unrecognised"] == "false", "what was written in the draft since is asked about, too"
    assert (await the_one(database)).shared is None


async def test_a_name_and_a_way_to_write_only_if_allowed_and_while_that_person_leads_there(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    shown = await previews(mette, contact="true")
    assert "Mette Holm står som kontakt" in words(shown)
    await mette.presses(shown, "Del praksis")
    kept = await the_one(database)
    ali = Someone(database, town.other_leader)
    card = await ali.presses(await ali.says("praksis"), "Læs")
    assert "Mette Holm" in words(card)
    [link] = links(card)
    assert link.startswith("https://teams.microsoft.com/l/chat/0/0?users=mette")

    def leave(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(RoleAssignment)):
            if each.person_id == town.leader.id:
                each.to_on = AFTER.date()

    await database.write(leave)
    ali.now = mette.now = AFTER + timedelta(days=1)
    card = await ali.presses(await ali.says("praksis"), "Læs")
    assert GJORDE in words(card)
    assert "Mette Holm" not in words(card)
    assert links(card) == []
    assert await mette.gets("practice", kept.id) is None, "without a role nothing is read"


async def test_everybody_answers_for_themselves_whether_they_may_be_contacted(
    mette: Someone, database: Database, town: Town
) -> None:
    sara = await made_leader(database, town)
    await goes_well(mette)
    await shares(mette, contact="true")
    card = await sara.presses(await sara.says("del praksis"), "Ret")
    assert values(card)["contact"] == "false"
    assert "Lige nu kan andre skrive til Mette Holm." in words(card)
    card = await sara.presses(card, "Vis som andre ser det", did="Sådan gør vi nu.")
    await sara.presses(card, "Del praksis")
    kept = await the_one(database)
    assert kept.shared is not None
    assert kept.shared.contact_id == town.leader.id
    card = await mette.presses(await mette.says("del praksis"), "Ret")
    assert values(card)["contact"] == "true"
    card = await mette.presses(card, "Vis som andre ser det", contact="false")
    await mette.presses(card, "Del praksis")
    kept = await the_one(database)
    assert kept.shared is not None
    assert kept.shared.contact_id is None


async def made_leader(database: Database, town: Town) -> Someone:
    """The deputy becomes a leader of the school beside the first."""
    role = RoleAssignment(
        person_id=town.deputy.id, role=Role.LEADER, from_on=AFTER.date(), institution_id=town.school.id
    )
    await database.write(lambda uow: uow.add(role))
    return Someone(database, town.deputy, now=AFTER)


async def test_a_correction_is_seen_by_nobody_else_before_it_is_shared(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    shared = await shares(mette)
    first = (await the_one(database)).shared_at
    mette.now += timedelta(days=2)
    draft = await mette.presses(await mette.presses(shared, "Ret"), "Gem kladde", did="Endnu bedre.")
    assert "Det, I har delt, står uændret" in words(draft)
    ali = Someone(database, town.other_leader, now=mette.now)
    seen = words(await ali.presses(await ali.says("praksis"), "Læs"))
    assert GJORDE in seen
    assert "Endnu bedre." not in seen
    kept = await the_one(database)
    assert "Der ligger en rettelse" in words(await mette.sees("practice", kept.id))
    card = await previews(mette, await mette.presses(draft, "Fortsæt"), did="Endnu bedre.")
    await mette.presses(card, "Del praksis")
    assert "Endnu bedre." in words(await ali.presses(await ali.says("praksis"), "Læs"))
    assert (await the_one(database)).shared_at == first, "a correction does not come to the top"


async def test_withdrawing_asks_once_more_and_is_gone_for_everyone_else(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    shared = await shares(mette)
    ali = Someone(database, town.other_leader, now=AFTER)
    found = await ali.says("praksis")
    asks = await mette.presses(shared, "Træk tilbage")
    assert "Vil I trække den tilbage?" in words(asks)
    assert "Delt" in words(await mette.presses(asks, "Lad den være delt"))
    gone = await mette.presses(asks, "Træk tilbage")
    assert GJORDE in words(gone)
    assert "kladde" in words(gone).lower()
    card = await ali.presses(found, "Læs")
    assert "Tilbuddet har trukket sin praksis tilbage" in words(card)
    assert GJORDE not in words(card)
    assert "Der er ikke delt praksis endnu" in words(await ali.says("praksis"))
    kept = await the_one(database)
    assert await ali.gets("practice", kept.id) is None
    again = await mette.presses(asks, "Træk tilbage")
    assert "trukket tilbage" in words(again)
    mette.now += timedelta(days=3)
    card = await mette.presses(await mette.presses(gone, "Ret"), "Vis som andre ser det")
    await mette.presses(card, "Del praksis")
    assert GJORDE in words(await ali.presses(await ali.says("praksis"), "Læs"))
    assert (await the_one(database)).shared_at == mette.now


async def test_i35_shared_twice_is_one_and_opens_the_one_there_is(
    mette: Someone, database: Database, town: Town
) -> None:
    receipt = await goes_well(mette)
    begun = await mette.presses(receipt, "Del praksis")
    shown = await previews(mette, begun)
    await mette.presses(shown, "Del praksis")
    await mette.presses(shown, "Del praksis")
    assert "Delt praksis" in words(await mette.presses(receipt, "Del praksis"))
    assert "Ret" in buttons(await mette.says("del praksis"))
    card = await mette.presses(begun, "Vis som andre ser det", did="Noget helt andet", why=VIRKEDE)
    assert GJORDE in words(card), "what stands there is shown, and the own words stay in the field"
    assert values(card)["did"] == "Noget helt andet"
    assert len(await all_of(database, Practice)) == 1


async def test_two_leaders_write_and_neither_loses_a_word(mette: Someone, database: Database, town: Town) -> None:
    sara = await made_leader(database, town)
    await goes_well(mette)
    hers, mine = await sara.says("del praksis"), await mette.says("del praksis")
    first = await previews(mette, mine)
    card = await previews(sara, hers, did="Saras ord")
    assert "Mette Holm" in words(card)
    assert GJORDE in words(card)
    assert values(card)["did"] == "Saras ord"
    card = await sara.presses(card, "Vis som andre ser det")
    assert "Saras ord" in words(card)
    late = await mette.presses(first, "Del praksis")
    assert "Teksten er ændret i mellemtiden" in words(late), "what was not seen is not shared"
    assert "Saras ord" in words(late)
    assert not (await the_one(database)).is_shared
    await mette.presses(late, "Del praksis")
    assert (await the_one(database)).is_shared


async def test_only_a_leader_of_the_institution_writes_and_everyone_else_gets_their_words_back(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    card = await mette.says("del praksis")
    shown = await previews(mette, card)
    for someone in (town.chief, town.other_leader, town.deputy, town.consultant):
        other = Someone(database, someone, now=AFTER)
        refused = await other.presses(card, "Vis som andre ser det", did="Mine egne ord", why=VIRKEDE)
        assert "Det har du ikke adgang til" in words(refused)
        assert "Mine egne ord" in words(refused)
        assert "Det har du ikke adgang til" in words(await other.presses(shown, "Del praksis"))
        assert "Det har du ikke adgang til" in words(await other.presses(shown, "Ret"))
    for someone in (town.chief, town.deputy):
        other = Someone(database, someone, now=AFTER)
        assert "Det har du ikke adgang til" in words(await other.says("del praksis"))
    kept = await the_one(database)
    assert not kept.is_shared
    assert kept.draft.did == GJORDE


async def test_a_leader_who_has_left_gets_the_words_back_and_changes_nothing(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    card = await mette.says("del praksis")
    await change(database, RoleAssignment, to_on=AFTER.date() - timedelta(days=1))
    refused = await mette.presses(card, "Vis som andre ser det", **GOOD)
    assert "Det har du ikke adgang til" in words(refused)
    assert GJORDE in words(refused)
    assert await all_of(database, Practice) == []
    assert "Det har du ikke adgang til" in words(await mette.says("praksis"))


@pytest.mark.parametrize("name", ["other_leader", "chief", "teacher"])
async def test_an_unknown_and_a_foreign_id_get_the_same_answer(
    mette: Someone, database: Database, town: Town, name: str
) -> None:
    await goes_well(mette)
    begun = await mette.says("del praksis")
    await previews(mette, begun)
    kept, unknown = await the_one(database), new_id()
    for subject, verb in (
        (kept.id, "practice.open"),
        (kept.id, "practice.correct"),
        (kept.id, "practice.withdraw"),
        (kept.id, "practice.ask_withdraw"),
        (kept.about_id, "practice.begin"),
    ):
        other = Someone(database, getattr(town, name), now=AFTER)
        assert words(await pressed(other, verb, subject)) == words(await pressed(other, verb, unknown))


async def pressed(someone: Someone, verb: str, subject: UUID | str, **more: str) -> Card:
    reply = await someone.does(Kind.PRESSED, verb=verb, data={"id": str(subject), "k": str(new_id()), **more})
    assert reply.card is not None
    return reply.card


@pytest.mark.parametrize("data", ["", "x", "1", "' OR 1=1"])
async def test_nonsense_in_a_card_is_answered_like_a_foreign_one(mette: Someone, database: Database, data: str) -> None:
    for verb in ("practice.begin", "practice.open", "practice.share", "practice.preview", "practice.withdraw"):
        assert "Det har du ikke adgang til" in words(await pressed(mette, verb, data))
    assert "Det har du ikke adgang til" in words(await pressed(mette, "practice.search", "", theme=str(new_id())))


@pytest.mark.parametrize(
    ("closing", "may"),
    [(Closing.REACHED, True), (Closing.ROOTED, True), (Closing.DROPPED, False), (Closing.CONTINUED, False)],
)
async def test_a_closed_focus_area_is_shared_if_it_was_reached_or_rooted(
    mette: Someone, database: Database, closing: Closing, may: bool
) -> None:
    await goes_well(mette)
    card = await mette.says("del praksis")
    await change(database, FocusArea, state=FocusAreaState.CLOSED, closing=closing, closed_at=AFTER)
    shown = await previews(mette, card)
    [area] = await all_of(database, FocusArea)
    story = await mette.sees("focus_area", area.id)
    assert ("Del praksis" in buttons(story)) is may
    if may:
        assert "Delt praksis" in words(await mette.presses(shown, "Del praksis"))
        return
    assert "når det er afsluttet som nået eller forankret" in words(shown)
    assert GJORDE in words(shown), "what was typed is given back"
    assert await all_of(database, Practice) == []
    assert "Der er ikke noget at dele endnu" in words(await mette.says("del praksis"))


async def test_what_is_shared_can_be_corrected_and_withdrawn_after_its_focus_area_was_dropped(
    mette: Someone, database: Database
) -> None:
    await goes_well(mette)
    shared = await shares(mette)
    await change(database, FocusArea, state=FocusAreaState.CLOSED, closing=Closing.DROPPED, closed_at=AFTER)
    card = await previews(mette, await mette.presses(shared, "Ret"), did="Rettet.")
    assert "Rettet." in words(await mette.presses(card, "Del praksis"))
    asks = await mette.presses(shared, "Træk tilbage")
    gone = await mette.presses(asks, "Træk tilbage")
    card = await mette.presses(gone, "Ret")
    refused = await mette.presses(card, "Vis som andre ser det", did="Igen")
    assert "når det er afsluttet som nået eller forankret" in words(refused)
    assert "Igen" in words(refused)


async def test_a_measure_that_is_done_is_shared_with_what_came_of_it(
    mette: Someone, database: Database, town: Town
) -> None:
    await reflects(mette)
    await decides(mette, "indsats", "Makkerpar i dansk")
    [measure] = await all_of(database, Measure)
    early = await pressed(mette, "practice.begin", measure.id)
    assert "En indsats kan deles, når den er gennemført." in words(early)
    done = await mette.presses(await mette.says("indsatser"), "Gem", state="gennemført", outcome="Flere svarer nu.")
    card = await mette.presses(done, "Del praksis")
    assert values(card)["why"] == "Flere svarer nu.", "what came of it is not written twice"
    assert "Det har I skrevet før." in words(card)
    shown = await mette.presses(card, "Vis som andre ser det", did=GJORDE)
    await mette.presses(shown, "Del praksis")
    kept = await the_one(database)
    assert (kept.measure_id, kept.focus_area_id, kept.theme_id) == (measure.id, None, None)
    card = await Someone(database, town.other_leader).says("find praksis 6-18")
    assert "Makkerpar i dansk" in words(card)


async def test_one_chooses_among_what_goes_well_and_measures_that_are_done(mette: Someone, database: Database) -> None:
    await goes_well(mette)
    card = await mette.says("beslutning")
    await chooses(mette, "En rolig start", await mette.presses(card, "Tilføj en beslutning"))
    assert "Hvad gjorde I?" in words(await mette.says("del praksis")), "one goes well, so it is that one"
    mette.now += timedelta(days=1)
    again = await mette.says("status")
    again = await mette.presses(again, "Flere stemmer i timerne")
    await mette.presses(again, "Gem status", status="på vej", seen="Mindre godt")
    card = await mette.says("share practice")
    assert set(buttons(card)) == {"Flere stemmer i timerne", "En rolig start"}
    shown = await previews(mette, await mette.presses(card, "En rolig start"))
    await mette.presses(shown, "Del praksis")
    assert "En rolig start · delt 22. april 2026" in words(await mette.says("del praksis"))


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("praksis", True),
        ("Praksis!", True),
        ("praksiss", True),
        ("praksis om overgange", True),
        ("praksis om overgang", True),
        ("praksis om overgnage", True),
        ("praksis om deltagelsen", True),
        ("find praksis om overgange og deltagelse", True),
        ("practice about transitions", True),
        ("practice about participation", True),
        ("shared practice", True),
        ("find praksis 6-18", True),
        ("find praksis 6–18 år", True),
        ("praksis 0-6", False),
        ("praksis om overgange 0-6", False),
        ("praksis om trolddom", False),
        ("praksis om <b>x</b>", False),
    ],
)
async def test_r08_it_is_found_by_theme_and_age_range_in_both_languages_with_typing_errors(
    mette: Someone, database: Database, town: Town, typed: str, is_found: bool
) -> None:
    await goes_well(mette)
    await shares(mette)
    rune = Someone(database, town.teacher, now=AFTER)
    card = await rune.says(typed)
    assert ("Læs" in buttons(card)) is is_found
    if not is_found:
        assert "Jeg fandt ikke noget" in words(card)
        assert "Overgange og deltagelse" in options(card, "theme"), "the way to what there is"
        assert "Læs" in buttons(await rune.presses(card, "Vis"))


async def test_what_fits_no_theme_is_said_with_the_word_that_was_typed(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    await shares(mette)
    card = await mette.says("praksis om trolddom")
    assert "Jeg kender ikke et tema, der ligner ”trolddom”." in words(card)


async def test_the_words_of_a_theme_are_understood_and_others_are_not_taken_for_one(town: Town) -> None:
    themes = [town.theme]
    for typed in ("praksis om overgange", "overgangene", "practice about transition", "deltagelse i skolen"):
        assert understood(typed, themes).themes == themes, typed
    for typed in ("praksis om og", "praksis", "praksis om en", "practice in the"):
        assert understood(typed, themes).themes == [], typed
    assert understood("find praksis", themes).words == ""


async def test_the_newest_eight_are_listed_and_narrowed_by_theme_and_age_range(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    await shares(mette)

    def many(uow: UnitOfWork) -> None:
        kept = uow.session.scalars(select(Practice)).one()
        for number in range(1, 10):
            measure = Measure(
                institution_id=town.school.id,
                decision_id=another_decision(uow),
                text=f"Indsats {number}",
                owner="Teamet",
                due=AFTER.date(),
            )
            uow.add(measure)
            uow.session.flush()
            made = Practice(
                institution_id=town.school.id,
                theme_id=None,
                measure_id=measure.id,
                title=measure.text,
                draft=kept.draft,
                shared=kept.shared,
                written_by=town.leader.id,
                written_at=AFTER,
                shared_at=AFTER + timedelta(minutes=number),
            )
            uow.add(made)
            uow.session.flush()

    await database.write(many)
    card = await Someone(database, town.other_leader).says("praksis")
    titles = list(options(card, "id"))
    assert titles == [f"Indsats {number} · Elmeskolen" for number in range(9, 1, -1)]
    assert "Der er mere." in words(card)
    theme = options(card, "theme")["Overgange og deltagelse"]
    one = await Someone(database, town.other_leader).presses(card, "Find", theme=theme)
    assert "Flere stemmer i timerne" in words(one)
    assert "Indsats 9" not in words(one)
    none = await Someone(database, town.other_leader).presses(card, "Find", age="0-6")
    assert "Der er endnu ikke delt praksis om 0–6 år." in words(none)


def another_decision(uow: UnitOfWork) -> UUID:
    """A copy of a saved decision, since each measure has one of its own."""
    first = uow.session.scalars(select(Decision)).first()
    assert first is not None
    made = Decision(
        dialogue_id=first.dialogue_id,
        author_id=first.author_id,
        what=first.what,
        who=first.who,
        kind=first.kind,
        written_by=first.written_by,
        written_at=first.written_at,
        saved_at=first.saved_at,
    )
    uow.add(made)
    uow.session.flush()
    return made.id


async def test_r03_peers_with_the_same_theme_find_it_in_their_overview_and_nobody_is_written_to(
    mette: Someone, database: Database, town: Town
) -> None:
    anders, _where = await second_school(database, town)
    await goes_well(mette)
    assert "Delt praksis om temaerne" not in buttons(await anders.says("min oversigt"))
    await shares(mette)
    card = await anders.says("min oversigt")
    found = await anders.presses(card, "Delt praksis om temaerne")
    assert "Flere stemmer i timerne" in words(found)
    assert GJORDE in words(await anders.presses(found, "Læs"))
    assert "Delt praksis om temaerne" not in buttons(await mette.says("min oversigt")), "one's own is no news"
    ali = Someone(database, town.other_leader, now=AFTER)
    assert "Delt praksis om temaerne" not in buttons(await ali.says("min oversigt")), "another age range"
    assert "Det har du ikke adgang til" in words(await pressed(Someone(database, town.chief), "practice.ours", ""))


async def test_from_the_reflection_one_finds_practice_of_the_theme_and_the_way_back(
    mette: Someone, database: Database, town: Town
) -> None:
    await goes_well(mette)
    await shares(mette)
    _anders, where = await second_school(database, town)
    await move_to(database, where)
    saved = await pressed(mette, "reflection.open", town.dialogue.id)
    card = await mette.presses(await mette.presses(saved, "Ret"), "Næste")
    found = await mette.presses(card, "Find delt praksis", analysis="Skrevet imens")
    assert "Flere stemmer i timerne" in words(found)
    one = await mette.presses(found, "Læs")
    assert GJORDE in words(one)
    back = await mette.presses(one, "Tilbage til refleksionen")
    assert "Skrevet imens" in words(back), "the half is kept"
    assert button(found, "Tilbage til refleksionen")["data"]["id"] == str(town.dialogue.id)


async def move_to(database: Database, where: Institution) -> None:
    """Makes the practice another institution's, as if they had shared it."""

    def work(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(Practice)):
            each.institution_id = where.id

    await database.write(work)
