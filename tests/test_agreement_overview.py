"""The agreements by how they stand: a chief sees those of their institutions, a leader their own, others none."""

from datetime import timedelta

from cards.kit import Card
from domain.organisation import Role, RoleAssignment
from domain.period import HalfYear
from domain.slots import AskedStatus
from storage.database import Database
from tests.asker import ask, opens_every_source, refusal
from tests.pair import AGREED, agrees, birgit, mette, plans, shares, town  # noqa: F401
from tests.town import Someone, Town, buttons, options, words

INTENT = "agreement_overview"
FIRST, SECOND = "Mette inviterer til en observation", "Birgit finder et lokale"


async def agreed(birgit: Someone) -> None:  # noqa: F811
    """Two agreements: the leader's is due on 21 May, the chief's on 1 May."""
    await plans(birgit)
    card = await birgit.presses(await shares(birgit), "Tilføj en aftale mere", **{**AGREED, "text": FIRST})
    await birgit.presses(card, "Gem aftalen", text=SECOND, owner="chef", due="2026-05-01")


async def finished(birgit: Someone, title: str) -> Card:  # noqa: F811
    card = await ask(birgit, INTENT)
    opened = await birgit.presses(card, "Åbn aftalen", id=options(card, "id")[title])
    return await birgit.presses(opened, "Gennemført", result="Lokalet er fundet")


async def test_they_stand_by_their_word_and_a_source_opens_each(birgit: Someone) -> None:  # noqa: F811
    await agreed(birgit)
    birgit.now += timedelta(days=15)
    card = await ask(birgit, INTENT)
    said = words(card)
    assert said.index("Åbne aftaler") < said.index(FIRST) < said.index("Aftaler over fristen") < said.index(SECOND)
    assert "Lederen gør det · frist 21. maj 2026 · leder: Mette Holm" in said
    assert await opens_every_source(birgit, card) == 2


async def test_one_is_followed_up_from_the_answer(birgit: Someone) -> None:  # noqa: F811
    await agreed(birgit)
    await finished(birgit, SECOND)
    said = words(await ask(birgit, INTENT))
    assert said.index("Gennemførte aftaler") < said.index(SECOND) < said.index("Lokalet er fundet")
    assert "Aftaler over fristen" not in said


async def test_only_those_past_their_date_and_only_the_open_ones(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await agreed(birgit)
    mette.now = birgit.now + timedelta(days=40)
    lacks = words(await mette.says("hvad mangler jeg"))
    assert lacks.count(FIRST) == 1, "what waits for oneself is told once"
    assert lacks.index("Det venter på dig") < lacks.index(FIRST) < lacks.rindex("Venter på andre") < lacks.index(SECOND)
    assert "Der er ingen aftaler i perioden." in words(await ask(birgit, INTENT, status=AskedStatus.OVERDUE))
    birgit.now += timedelta(days=15)
    late = words(await ask(birgit, INTENT, status=AskedStatus.OVERDUE))
    assert SECOND in late
    assert FIRST not in late
    assert "kun det, der er over fristen" in late
    await finished(birgit, SECOND)
    still = words(await ask(birgit, INTENT, status=AskedStatus.OPEN))
    assert FIRST in still
    assert SECOND not in still


async def test_a_half_year_before_any_was_made_has_none(birgit: Someone) -> None:  # noqa: F811
    await agreed(birgit)
    assert "Der er ingen aftaler" in words(await ask(birgit, INTENT, half_year=HalfYear(2024, 2)))
    without = words(await ask(birgit, INTENT, half_year=HalfYear(2024, 2), status=AskedStatus.NONE))
    assert "Uden en aftale" in without
    assert "Alle tilbud har en aftale" in words(await ask(birgit, INTENT, status=AskedStatus.NONE))


async def test_a_leader_is_named_and_the_last_1to1_alone_can_be_asked_for(
    birgit: Someone,  # noqa: F811
    town: Town,  # noqa: F811
) -> None:
    await agreed(birgit)
    card = await ask(birgit, INTENT, leaders=(town.leader.id,))
    assert "Elmeskolen · forår 2026 · Mette Holm" in words(card)
    assert FIRST in words(card)
    await plans(birgit, "1:1 med Mette den 4. juni kl. 10")
    birgit.now += timedelta(days=45)
    card = await shares(birgit)
    while "Lad den stå åben" in buttons(card):
        card = await birgit.presses(card, "Lad den stå åben")
    await agrees(birgit, card, text="Vi ses igen", due="2026-07-01")
    last = words(await ask(birgit, INTENT, latest=True))
    assert "Vi ses igen" in last
    assert FIRST not in last


async def test_a_leader_sees_their_own_and_others_get_a_kind_no(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await agreed(birgit)
    mette.now = birgit.now
    card = await ask(mette, INTENT, status=AskedStatus.OPEN)
    assert FIRST in words(card)
    assert await opens_every_source(mette, card) == 2
    for who in (town.other_chief, town.other_leader, town.teacher, town.administrator, town.consultant):
        someone = Someone(database, who, now=birgit.now)
        assert await refusal(someone, INTENT, institutions=(town.school.id,)) == "outside_responsibility", who.name
        assert await refusal(someone, INTENT, leaders=(town.leader.id,)) == "outside_responsibility", who.name


async def test_i23_the_answer_is_of_whoever_is_chief_by_then_and_holds_no_note(birgit: Someone) -> None:  # noqa: F811
    await plans(birgit)
    await agrees(birgit, await shares(birgit, leading="Kanariefugl i notatet"))
    assert "Kanariefugl" not in words(await ask(birgit, INTENT))


async def test_a_leader_who_leads_elsewhere_too_is_asked_about_for_what_is_the_chiefs(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await agreed(birgit)
    since = birgit.now.date() - timedelta(days=1)
    too = RoleAssignment(
        person_id=town.leader.id, role=Role.LEADER, from_on=since, institution_id=town.day_care.id
    )  # fmt: skip
    await database.write(lambda uow: uow.add(too))
    card = words(await ask(birgit, INTENT, leaders=(town.leader.id,)))
    assert FIRST in card
    assert town.day_care.name not in card
    ole = Someone(database, town.other_chief, now=birgit.now)
    assert FIRST not in words(await ask(ole, INTENT, leaders=(town.leader.id,)))
