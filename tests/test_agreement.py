"""Agreements are carried over until they are closed, and their owners hear of their dates, and nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cards.kit import summary_of
from dialogs import agreement as flow
from domain.agreement import Agreement, AgreementState, Owner
from domain.errors import Expired, NotAllowed
from domain.identity import new_id
from storage.database import Database
from tests.pair import (  # noqa: F401
    AFTER,
    AGREED,
    agrees,
    birgit,
    confirms,
    mette,
    planned_by,
    plans,
    shares,
    town,
)
from tests.record import all_of, change
from tests.test_one_on_one import end_role
from tests.town import COPENHAGEN, Someone, Town, buttons, values, words

DUE = date(2026, 5, 21)


async def agreed(birgit: Someone, **terms: str) -> None:  # noqa: F811
    """A 1:1 with one agreement."""
    await plans(birgit)
    await agrees(birgit, await shares(birgit), **terms)


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 0, tzinfo=COPENHAGEN).astimezone(UTC)


async def test_the_note_leads_to_the_agreements_and_several_in_a_row(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit, "1:1 med Mette den 4. juni kl. 10")
    await plans(birgit)
    card = await shares(birgit)
    assert "Hvad er I blevet enige om?" in words(card)
    assert values(card)["due"] == "2026-06-04"
    card = await birgit.presses(card, "Tilføj en aftale mere", **AGREED)
    assert AGREED["text"] in words(card)
    assert values(card)["text"] == ""
    card = await birgit.presses(card, "Gem aftalen", text="Birgit finder et lokale", owner="chef", due="2026-05-01")
    assert "Birgit finder et lokale" in words(card)
    first, second = sorted(await all_of(database, Agreement), key=lambda each: each.owner, reverse=True)
    assert (first.owner, first.due, first.institution_id) == (Owner.LEADER, DUE, town.school.id)
    assert (second.owner, second.leader_id, second.chief_id) == (Owner.CHIEF, town.leader.id, town.chief.id)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Skriv kort, hvad I er blevet enige om."),
        ({"text": "Om 010203-1234"}, "cpr-nummer"),
        ({"owner": ""}, "Vælg, hvem der gør det."),
        ({"owner": "kommunen"}, "Vælg, hvem der gør det."),
        ({"due": ""}, "Vælg en dato fra i dag og frem."),
        ({"due": "2026-04-22"}, "Vælg en dato fra i dag og frem."),
    ],
)
async def test_what_is_wrong_is_said_at_the_field_and_the_rest_stays(
    birgit: Someone,  # noqa: F811
    database: Database,
    typed: dict[str, str],
    sentence: str,
) -> None:
    await plans(birgit)
    card = await agrees(birgit, await shares(birgit), **typed)
    assert sentence in words(card)
    stays = {name: value for name, value in AGREED.items() if name not in typed}
    assert {name: values(card)[name] for name in stays} == stays
    assert await all_of(database, Agreement) == []


async def test_no_more_agreements_loses_nothing_that_was_typed(birgit: Someone, database: Database) -> None:  # noqa: F811
    await plans(birgit)
    card = await shares(birgit)
    wrong = await birgit.presses(card, "Ikke flere aftaler", text="Halvt skrevet")
    assert "Vælg, hvem der gør det." in words(wrong)
    await birgit.presses(wrong, "Ikke flere aftaler", owner="leder")
    [kept] = await all_of(database, Agreement)
    assert kept.text == "Halvt skrevet"


async def test_r53_open_ones_come_first_next_time_and_go_on_until_they_are_closed(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    card = await shares(birgit)
    for number in range(4):
        card = await birgit.presses(card, "Tilføj en aftale mere", **{**AGREED, "text": f"Aftale {number}"})
    await plans(birgit, "1:1 med Mette den 28. maj kl. 10")
    birgit.now = datetime(2026, 5, 28, 9, 0, tzinfo=UTC)
    card = await birgit.presses(await birgit.says("notat"), "Gem og del", leading="Godt")
    assert "4 åbne aftaler" in words(card)
    assert "Aftale 0" in words(card)
    assert "Vælg, hvad der er blevet af den." in words(await birgit.presses(card, "Gem og gå videre"))
    card = await birgit.presses(card, "Gem og gå videre", became="done", result="Det virkede")
    assert "Aftale 1" in words(card)
    lacking = await birgit.presses(card, "Gem og gå videre", became="dropped", result="")
    assert "Skriv kort hvorfor." in words(lacking)
    card = await birgit.presses(lacking, "Gem og gå videre", result="Ikke længere aktuelt")
    past = await birgit.presses(card, "Gem og gå videre", became="continues", due="2026-05-27")
    assert "Vælg en dato fra i dag og frem." in words(past)
    card = await birgit.presses(past, "Gem og gå videre", due="2026-07-01")
    card = await birgit.presses(card, "Lad den stå åben")
    assert "En ny aftale" in words(card)
    seen = words(await birgit.presses(card, "Ikke flere aftaler", text=""))
    assert "Aftale 0 · gennemført" in seen
    states = {(each.text, each.state, each.result) for each in await all_of(database, Agreement)}
    assert states == {
        ("Aftale 0", AgreementState.DONE, "Det virkede"),
        ("Aftale 1", AgreementState.DROPPED, "Ikke længere aktuelt"),
        ("Aftale 2", AgreementState.CONTINUED, ""),
        ("Aftale 2", AgreementState.OPEN, ""),
        ("Aftale 3", AgreementState.OPEN, ""),
    }
    [following] = [each for each in await all_of(database, Agreement) if each.carried_from]
    assert following.due == date(2026, 7, 1)
    await plans(birgit, "1:1 med Mette den 25. juni kl. 10")
    seen = words(await birgit.says("dagsorden"))
    assert "Aftale 2" in seen
    assert "Aftale 3" in seen
    assert "Aftale 0" not in seen


async def test_an_agreement_is_corrected_until_the_leader_confirms(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await agreed(birgit)
    editing = await birgit.presses(await birgit.says("notat"), "Ret en aftale")
    assert values(editing)["text"] == AGREED["text"]
    assert "Skriv kort, hvad" in words(await birgit.presses(editing, "Gem aftalen", text=""))
    await birgit.presses(editing, "Gem aftalen", text="Mette inviterer to")
    await confirms(mette, birgit)
    late = await birgit.presses(editing, "Gem aftalen", text="Mette inviterer tre")
    assert "Mette Holm har bekræftet aftalen" in words(late)
    assert "Mette inviterer tre" in words(late)
    [kept] = await all_of(database, Agreement)
    assert kept.text == "Mette inviterer to"


@pytest.mark.parametrize(
    ("owner", "who"), [("leder", {"leader"}), ("chef", {"chief"}), ("sammen", {"leader", "chief"})]
)
async def test_only_the_owner_is_reminded_three_days_before_and_on_the_day(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    owner: str,
    who: set[str],
) -> None:
    await agreed(birgit, owner=owner)
    expected = {getattr(town, each).id for each in who}
    assert await planned_by(database, flow.clock, at(DUE - timedelta(days=3)) - timedelta(minutes=1)) == []
    before = await planned_by(database, flow.clock, at(DUE - timedelta(days=3)))
    assert {each.person_id for each in before} == expected
    on_the_day = await planned_by(database, flow.clock, at(DUE))
    assert {each.person_id for each in on_the_day if ":0:" in each.key} == expected
    assert all(each.personal for each in on_the_day)
    owned_by = Someone(database, town.leader if "leader" in who else town.chief, now=at(DUE))
    card = await owned_by.sees("agreement", before[0].subject_id)
    assert f"Aftalen ”{AGREED['text']}” har frist i dag." in words(card)
    assert summary_of(card) == "En aftale fra 1:1 har frist"
    owned_by.now = at(DUE - timedelta(days=3))
    assert "har frist om 3 dage." in words(await owned_by.sees("agreement", before[0].subject_id))


async def test_a_week_more_is_given_twice_and_then_it_goes_on_the_agenda(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await agreed(birgit)
    [kept] = await all_of(database, Agreement)
    mette.now = at(DUE)
    card = await mette.sees("agreement", kept.id)
    again = await mette.presses(card, "Giv den en uge mere")
    assert "har frist om 7 dage" in words(again)
    assert await mette.presses(card, "Giv den en uge mere") == again
    mette.now = at(DUE + timedelta(days=9))
    card = await mette.presses(await mette.sees("agreement", kept.id), "Giv den en uge mere")
    [kept] = await all_of(database, Agreement)
    assert (kept.extended, kept.due) == (2, DUE + timedelta(days=16))
    assert "Giv den en uge mere" not in buttons(card)
    assert "to gange" in words(card)
    with pytest.raises(Expired):
        kept.extend(kept.due)
    await planned_by(database, flow.clock, at(kept.due + timedelta(days=1)))
    [kept] = await all_of(database, Agreement)
    assert kept.bring_up_since is not None
    assert "Den står på dagsordenen" in words(await mette.sees("agreement", kept.id))


async def test_the_owner_finishes_it_and_the_other_cannot(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await agreed(birgit)
    [kept] = await all_of(database, Agreement)
    mette.now = birgit.now = at(DUE)
    card = await mette.sees("agreement", kept.id)
    chiefs = await birgit.sees("agreement", kept.id)
    assert "Gennemført" not in buttons(chiefs)
    refused = await birgit.presses(card, "Gennemført", result="Det gik godt")
    assert "Det har du ikke adgang til" in words(refused)
    assert "Det gik godt" in words(refused)
    kept_back = await mette.presses(card, "Giv den en uge mere", result="Halvvejs")
    assert "Tøm feltet, hvis den ikke er gennemført endnu." in words(kept_back)
    done = await mette.presses(kept_back, "Gennemført", result="To har været her")
    assert "To har været her" in words(done)
    assert await mette.gets("agreement", kept.id) is None
    assert await planned_by(database, flow.clock, at(DUE)) == []
    late = await mette.presses(card, "Giv den en uge mere")
    assert "Gennemført" in words(late)


async def test_what_is_brought_up_stands_first_on_the_agenda(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    card = await birgit.presses(await shares(birgit), "Tilføj en aftale mere", **{**AGREED, "text": "Den første"})
    await agrees(birgit, card, text="Den anden", due="2026-06-18")
    second = next(each for each in await all_of(database, Agreement) if each.text == "Den anden")
    mette.now = AFTER + timedelta(days=1)
    await mette.presses(await mette.sees("agreement", second.id), "Tag den op på 1:1")
    await plans(birgit, "1:1 med Mette den 28. maj kl. 10")
    seen = words(await mette.says("dagsorden"))
    assert seen.index("Den anden") < seen.index("Den første")


async def test_both_answering_at_the_same_moment_close_it_once(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await agreed(birgit, owner="sammen")
    [kept] = await all_of(database, Agreement)
    await plans(birgit, "1:1 med Mette den 28. maj kl. 10")
    birgit.now = mette.now = datetime(2026, 5, 28, 9, 0, tzinfo=UTC)
    reviewing = await birgit.presses(await birgit.says("notat"), "Gem og del", leading="Godt")
    await mette.presses(await mette.sees("agreement", kept.id), "Gennemført", result="Mettes ord")
    answer = await birgit.presses(reviewing, "Gem og gå videre", became="dropped", result="Birgits ord")
    assert "Aftalen er lukket i mellemtiden." in words(answer)
    assert "Birgits ord" in words(answer)
    [kept] = await all_of(database, Agreement)
    assert (kept.state, kept.result) == (AgreementState.DONE, "Mettes ord")
    assert "Hvad er I blevet enige om?" in words(await birgit.presses(answer, "Fortsæt"))


async def test_the_list_shows_what_is_open_to_the_two_and_to_nobody_else(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await agreed(birgit)
    [kept] = await all_of(database, Agreement)
    birgit.now = mette.now = at(DUE + timedelta(days=1))
    for someone, late in ((birgit, "Aftaler over fristen"), (mette, "over fristen")):
        seen = words(await someone.says("aftaler"))
        assert AGREED["text"] in seen
        assert late in seen
    assert "Du gør det" in words(await mette.says("aftaler"))
    about = AGREED["text"].split()[-1].strip(".").lower()
    assert "Gennemført" in buttons(await mette.says(f"luk aftalen om {about}"))
    told = await birgit.says("aftale Mette sender en plan inden jul")
    assert "Mette sender en plan inden jul" in words(told), "no 1:1 is planned whose agenda it could stand on"
    assert f"Følg op på en aftale\n{AGREED['text']}" in words(await mette.says("min oversigt"))
    by_itself = await mette.gets("overview", mette.who.id, is_reminder=True)
    assert by_itself is not None
    assert AGREED["text"] not in words(by_itself), "what may come twice has nothing of a 1:1 in it"
    assert "Følg op på en aftale" not in words(await birgit.says("min oversigt"))
    for someone in (town.other_chief, town.deputy, town.other_leader, town.consultant, town.administrator):
        stranger = Someone(database, someone, now=birgit.now)
        assert AGREED["text"] not in words(await stranger.says("aftaler"))
        assert await stranger.gets("agreement", kept.id) is None


async def test_i23_an_agreement_moves_to_a_new_leader_only_when_the_chief_confirms(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await agreed(birgit)
    await end_role(database, town.leader, date(2026, 5, 1))
    mette.now = at(DUE)
    assert "Der er ingen åbne aftaler." in words(await mette.says("aftaler"))
    assert await planned_by(database, flow.clock, at(DUE)) == []
    assert AGREED["text"] in words(await birgit.says("aftaler"))


def test_i23_only_an_open_agreement_moves_and_is_confirmed_anew() -> None:
    old, new, chief = new_id(), new_id(), new_id()
    agreement = Agreement(
        one_on_one_id=new_id(),
        institution_id=new_id(),
        chief_id=chief,
        leader_id=old,
        text="x",
        owner=Owner.LEADER,
        due=DUE,
        made_at=AFTER,
        confirmed_at=AFTER,
    )
    with pytest.raises(NotAllowed):
        agreement.move_to(old, by=chief, now=AFTER)
    agreement.move_to(new, by=chief, now=AFTER)
    assert (agreement.leader_id, agreement.moved_from, agreement.confirmed_at) == (new, old, None)
    agreement.finish("", by=new, now=AFTER)
    with pytest.raises(Expired):
        agreement.move_to(old, by=chief, now=AFTER)


async def test_agreements_of_two_institutions_say_which(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await shares(birgit)
    await change(database, Agreement, text="")
    assert "Hvilket tilbud gælder den?" not in words(
        await birgit.presses(await birgit.says("notat"), "Tilføj en aftale")
    )
