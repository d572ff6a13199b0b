"""A 1:1 in short, for one of the two: what was agreed and where it stands, and never a word of the note."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from domain.organisation import Role, RoleAssignment
from domain.period import HalfYear
from storage.audit import audit_event
from storage.database import Database
from tests.asker import ask, opens_every_source, refusal
from tests.every_answer import recorded
from tests.pair import agrees, birgit, confirms, mette, plans, shares, town  # noqa: F401
from tests.test_one_on_one import end_role
from tests.town import Someone, Town, buttons, words

INTENT = "one_on_one_recap"
NOTE = "Kanariefugl i notatet"


async def held(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await plans(birgit)
    await agrees(birgit, await shares(birgit, leading=NOTE))
    await confirms(mette, birgit)
    await plans(birgit, "1:1 med Mette den 4. juni kl. 10")


async def test_both_have_what_they_agreed_and_what_is_to_come(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await held(birgit, mette)
    for someone, other, who in (
        (birgit, "Mette Holm · Elmeskolen", "Lederen gør det"),
        (mette, "Birgit Dam · Elmeskolen", "Du gør det"),
    ):
        card = await ask(someone, INTENT)
        said = words(card)
        assert other in said
        for line in (
            "23. april 2026 kl. 10.00",
            "Mette inviterer til en observation",
            f"Åben · {who} · frist 21. maj 2026",
            "Læringssamtale 2 af 4",
            "Torsdag den 4. juni kl. 10.00",
        ):
            assert line in said, line
        assert await opens_every_source(someone, card) == 4
    mette.now = datetime(2026, 6, 4, 8, 10, tzinfo=UTC)
    during = words(await mette.says("hvad blev vi enige om sidst"))
    assert "23. april 2026 kl. 10.00" in during, "while one goes on, the last one is the one before it"
    assert "Mette inviterer til en observation" in during


async def test_i26_the_note_is_not_in_it_and_opens_by_its_own_flow(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await held(birgit, mette)
    card = await ask(birgit, INTENT)
    assert NOTE not in words(card)
    assert "Selve notatet står ikke her." in words(card)
    assert NOTE in words(await birgit.presses(card, "Se notatet"))
    assert "Dagsorden" in words(await birgit.presses(card, "Se dagsordenen"))


async def test_i26_a_supervision_summary_has_the_agreements_of_a_1_1_and_no_word_of_its_note(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await held(birgit, mette)
    for card in (await birgit.says("tilsynsresumé for Elmeskolen"), await mette.says("hvad kan min chef se")):
        assert "Mette inviterer til en observation" in words(card)
        assert NOTE not in words(card)


async def test_brief_mig_is_typed(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await held(birgit, mette)
    for text in ("brief mig", "Brief mig før 1:1 med Mette", "hvad aftalte jeg med Mette sidst"):
        assert "Mette inviterer til en observation" in words(await birgit.says(text)), text


async def test_what_brief_mig_om_names_is_looked_up_and_never_answered_by_anothers_1_1(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    since = birgit.now.date() - timedelta(days=1)
    too = RoleAssignment(person_id=town.chief.id, role=Role.CHIEF, from_on=since, area_id=town.south.id)
    await database.write(lambda uow: uow.add(too))
    await held(birgit, mette)
    assert "Mette inviterer" in words(await birgit.says("brief mig om elme"))
    for name in ("åen", "åens leder", "ali"):
        assert "Ali Krogh · Børnehuset Åen" in words(await birgit.says(f"brief mig om {name}")), name
    for nobody in (
        "kastanjen", "ole", "mobning", "alle", "de unge", "det hele", "hele området", "min chef", "tidligere",
        "mødet med de unge",
    ):  # fmt: skip
        assert "Mette inviterer" not in words(await birgit.says(f"brief mig om {nobody}")), nobody
    which = await birgit.says("brief mig om efteråret")
    assert "Hvilken 1:1 mener du?" in words(which)
    assert "I havde ingen 1:1 i perioden." in words(await birgit.presses(which, "Mette Holm"))
    march = words(await birgit.says("brief mig om marts"))
    assert "Hvilken 1:1 mener du?" in march
    assert "marts" in march
    for meeting in ("mødet på fredag", "vores næste 1:1", "det vi aftalte sidst"):
        assert "Mette inviterer" in words(await birgit.says(f"brief mig om {meeting}")), meeting


async def test_before_the_first_one_it_says_so(birgit: Someone, town: Town) -> None:  # noqa: F811
    card = await ask(birgit, INTENT, leaders=(town.leader.id,))
    assert "I har ikke haft en 1:1 endnu." in words(card)
    assert "Se notatet" not in buttons(card)


async def test_a_half_year_without_one_says_so(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await held(birgit, mette)
    card = await ask(birgit, INTENT, half_year=HalfYear(2025, 2))
    assert "I havde ingen 1:1 i perioden." in words(card)
    assert "23. april 2026 kl. 10.00" in words(await ask(birgit, INTENT, half_year=HalfYear(2026, 1)))


async def test_i24_nobody_else_has_anything_of_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await held(birgit, mette)
    card = await ask(birgit, INTENT)
    for who in (town.other_chief, town.other_leader, town.teacher, town.administrator, town.consultant):
        someone = Someone(database, who, now=birgit.now)
        assert await refusal(someone, INTENT, leaders=(town.leader.id,)) == "outside_responsibility", who.name
        assert await refusal(someone, INTENT, institutions=(town.school.id,)) == "outside_responsibility", who.name
        stolen = words(await someone.presses(await ask(birgit, INTENT), "Vis kilder"))
        assert "Mette inviterer" not in stolen, who.name
    teacher = Someone(database, town.teacher, now=birgit.now)
    assert "Du har ingen 1:1." in words(await ask(teacher, INTENT))
    assert "Mette inviterer" in words(card)


async def test_somebody_unknown_is_refused_like_somebody_of_others(birgit: Someone, town: Town) -> None:  # noqa: F811
    for leader in (town.other_leader.id, UUID(int=7)):
        assert await refusal(birgit, INTENT, leaders=(leader,)) == "outside_responsibility"


async def test_i32_a_chief_who_has_lost_the_area_is_refused(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await held(birgit, mette)
    card = await ask(birgit, INTENT)
    await end_role(database, town.chief, birgit.now.date() - timedelta(days=1))
    assert "Mette inviterer" not in words(await birgit.presses(card, "Vis kilder"))
    assert await refusal(birgit, INTENT, leaders=(town.leader.id,)) == "outside_responsibility"


async def test_the_leader_can_see_that_it_was_read(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await held(birgit, mette)
    await ask(birgit, INTENT)
    assert "Svar om tilbuddet" in words(await mette.says("hvem har set det"))


async def test_a_leader_with_two_chiefs_gets_the_one_who_is_chosen(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await held(birgit, mette)
    since = mette.now.date() - timedelta(days=1)
    too = RoleAssignment(person_id=town.other_chief.id, role=Role.CHIEF, from_on=since, area_id=town.north.id)
    await database.write(lambda uow: uow.add(too))
    for chief in (town.other_chief, town.chief):
        which = await mette.presses(await ask(mette, INTENT, latest=True), "En anden chef")
        card = await mette.presses(which, chief.name)
        assert f"{chief.name} · Elmeskolen" in words(card)
        listed = await mette.presses(card, "Vis kilder")
        assert words(await mette.presses(listed, "Tilbage")) == words(card)


async def test_others_are_offered_to_a_chief_while_there_are_any(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    """The pair is looked up alone, and whether there are others is the same as if all were."""
    since = birgit.now.date() - timedelta(days=1)
    for institution_id, until, are_others in (
        (town.day_care.id, None, False),
        (town.school.id, since, False),
        (town.school.id, None, True),
    ):
        role = RoleAssignment(
            person_id=town.teacher.id, role=Role.LEADER, from_on=since, to_on=until, institution_id=institution_id
        )
        await database.write(lambda uow, role=role: uow.add(role))  # type: ignore[misc]
        card = await ask(birgit, INTENT, leaders=(town.leader.id,))
        assert ("En anden leder" in buttons(card)) is are_others
        with recorded() as statements:
            card = await birgit.presses(await birgit.presses(card, "Vis kilder"), "Tilbage")
        assert ("En anden leder" in buttons(card)) is are_others
        assert not any("IN (SELECT institution.id" in each.text for each in statements), "all leaders are looked up"


async def test_i33_the_sources_are_a_read_as_well(birgit: Someone, mette: Someone, database: Database) -> None:  # noqa: F811
    await held(birgit, mette)
    card = await ask(birgit, INTENT)
    before = await reads(database)
    birgit.now += timedelta(hours=1)
    await birgit.presses(card, "Vis kilder")
    assert await reads(database) == before + 1


async def reads(database: Database) -> int:
    query = select(func.count()).select_from(audit_event)
    return await database.read(lambda uow: uow.session.scalar(query) or 0)
