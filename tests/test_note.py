"""The chief writes the note, the leader sees it at once, and nobody else ever does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cards.kit import summary_of
from dialogs import note as flow
from dialogs.conversation import Kind
from domain.agenda import AgendaItem
from domain.note import Note, NoteVersion, SchoolTalk
from domain.one_on_one import OneOnOne, OneOnOneState, school_year_of
from domain.organisation import Institution, InstitutionType, Role, RoleAssignment
from domain.prompt import Prompt
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.pair import (  # noqa: F401
    AFTER,
    AGREED,
    LEADING,
    MEETS,
    NOW,
    agrees,
    birgit,
    mette,
    planned_by,
    plans,
    shares,
    told,
    town,
)
from tests.record import all_of, change
from tests.test_one_on_one import end_role
from tests.town import Someone, Town, button, buttons, options, person, values, words


async def test_the_chief_gets_the_card_when_the_meeting_ends(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    assert await planned_by(database, flow.clock, AFTER - timedelta(minutes=1)) == []
    [due] = await planned_by(database, flow.clock, AFTER)
    assert (due.person_id, due.due_at, due.personal) == (town.chief.id, AFTER, True)
    birgit.now = AFTER
    assert "Skriv notatet fra 1:1" in words(await birgit.says("min oversigt"))
    card = await birgit.sees("note", due.subject_id)
    assert "dig og Mette Holm. Ingen andre." in words(card)
    assert "Personalesager og helbred hører ikke til her." in words(card)
    assert summary_of(card) == "Notat: 1:1 torsdag den 23. april"
    await shares(birgit)
    assert await birgit.gets("note", due.subject_id) is None
    assert await planned_by(database, flow.clock, AFTER) == []


async def test_i24_a_shared_note_is_seen_by_the_leader_at_once(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    birgit.now = AFTER
    old = await birgit.says("notat")
    await shares(birgit, works="Makkerpar", attention="Overgangen til udskoling")
    mette.now = AFTER
    seen = words(await mette.says("notat"))
    for text in (LEADING, "Makkerpar", "Overgangen til udskoling"):
        assert text in seen
    [sent] = [each for each in await all_of(database, Prompt) if each.view == "confirmation"]
    assert (sent.person_id, sent.personal) == (town.leader.id, True)
    [kept] = await all_of(database, OneOnOne)
    assert kept.state is OneOnOneState.SHARED
    # From an old card, days later, the same is shared once.
    birgit.now = AFTER + timedelta(days=10)
    await birgit.presses(old, "Gem og del", leading=LEADING, works="Makkerpar", attention="Overgangen til udskoling")
    assert len(await all_of(database, NoteVersion)) == 1
    for someone in (
        town.other_chief,
        town.deputy,
        town.teacher,
        town.other_leader,
        town.consultant,
        town.administrator,
    ):
        stranger = Someone(database, someone, now=AFTER)
        for view in ("confirmation", "note"):
            assert await stranger.gets(view, kept.id) is None
        assert LEADING not in words(await stranger.says("notat"))


async def test_a_draft_is_the_chiefs_alone_and_opens_where_it_was_left(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    birgit.now = mette.now = AFTER
    card = await birgit.presses(await birgit.says("notat"), "Gem kladde", works="Halvt tænkt")
    assert "Din kladde er gemt" in words(card)
    assert values(await birgit.presses(card, "Fortsæt"))["works"] == "Halvt tænkt"
    [kept] = await all_of(database, OneOnOne)
    assert kept.state is OneOnOneState.HELD
    for word in ("notat", "1:1", "dagsorden", "min oversigt"):
        assert "Halvt tænkt" not in words(await mette.says(word))
    assert await mette.gets("confirmation", kept.id) is None
    for named in ("notat mette", "notat om mette"):
        assert values(await birgit.says(named))["works"] == "Halvt tænkt", named
    for other in ("notat om jens", "notat anders"):
        card = await birgit.says(other)
        assert "Jeg finder ingen 1:1, der er begyndt, og som passer." in words(card), other
        assert "Halvt tænkt" not in words(card)
    pressed = await mette.presses(await birgit.says("notat"), "Gem og del", leading="Mettes ord", works="")
    assert "Det har du ikke adgang til" in words(pressed)
    assert "Mettes ord" in words(pressed)
    assert "Halvt tænkt" not in words(pressed)


async def test_an_employees_health_is_asked_about_once_before_the_leader_reads_it_and_not_of_a_draft(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    about = "Lise er syge\N{ZERO WIDTH SPACE}meldt, så vi skubber tovoksenordningen"
    await plans(birgit)
    birgit.now = mette.now = AFTER
    card = await birgit.presses(await birgit.says("notat"), "Gem kladde", attention=about)
    assert "Din kladde er gemt" in words(card)
    card = await birgit.presses(await birgit.presses(card, "Fortsæt"), "Gem og del", leading="Godt på vej.")
    assert "kan handle om" in words(card)
    assert "Ingen børn eller medarbejdere kan genkendes på det, jeg har skrevet" in words(card)
    assert await all_of(database, NoteVersion) == []
    await birgit.presses(card, "Gem og del", unrecognised="true")
    assert about.replace("\N{ZERO WIDTH SPACE}", "") in words(await mette.says("notat"))


async def test_r54_it_asks_about_leading_the_development_and_cannot_do_without(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    card = await shares(birgit, leading="", works="Makkerpar")
    assert "Skriv kort, hvordan det går med at lede kvalitetsudviklingen." in words(card)
    assert values(card)["works"] == "Makkerpar"
    assert await all_of(database, NoteVersion) == []


@pytest.mark.parametrize("field", ["leading", "works", "attention"])
async def test_a_cpr_number_or_too_much_is_not_stored_and_stays_in_the_card(
    birgit: Someone,  # noqa: F811
    database: Database,
    field: str,
) -> None:
    await plans(birgit)
    for text, sentence in (("Om 010203-1234", "cpr-nummer"), ("x" * 1001, "Der er plads til 1.000.")):
        card = await shares(birgit, **{field: text})
        assert sentence in words(card)
        assert values(card)[field] == text
    [kept] = await all_of(database, OneOnOne)
    assert kept.draft is None


async def test_it_cannot_be_written_before_the_meeting_or_after_it_was_called_off(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
) -> None:
    await plans(birgit)
    shown = await birgit.says("1:1 med Mette")
    assert "Skriv notatet" not in buttons(shown)
    id_ = button(shown, "Flyt mødet")["data"]["id"]
    reply = await birgit.does(Kind.PRESSED, verb="note.share", data={"id": id_, "leading": "For tidligt"})
    assert reply.card is not None
    assert "Jeres 1:1 er ikke begyndt." in words(reply.card)
    assert "For tidligt" in words(reply.card)
    await birgit.presses(await birgit.presses(shown, "Aflys mødet"), "Ja, aflys")
    birgit.now = AFTER
    reply = await birgit.does(Kind.PRESSED, verb="note.share", data={"id": id_, "leading": "For sent"})
    assert reply.card is not None
    assert "Jeres 1:1 er aflyst." in words(reply.card)


async def test_i22_a_chief_who_lost_the_responsibility_gets_the_words_back(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    birgit.now = AFTER
    card = await birgit.says("notat")
    await end_role(database, town.chief, date(2026, 4, 22))
    answer = await birgit.presses(card, "Gem og del", leading="Mine ord")
    assert "Det har du ikke adgang til" in words(answer)
    assert "Mine ord" in words(answer)
    assert await all_of(database, NoteVersion) == []


@pytest.mark.parametrize("left_on", [date(2026, 4, 22), date(2026, 4, 23)])
async def test_i22_a_leader_who_changed_institution_between_agenda_and_note_gets_none(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
    left_on: date,
) -> None:
    await plans(birgit)
    birgit.now = AFTER
    card = await birgit.says("notat")
    birgit.now = AFTER + timedelta(days=1)

    def moves(uow: UnitOfWork) -> None:
        for each in uow.session.query(RoleAssignment).filter_by(person_id=town.leader.id):
            each.to_on = left_on
        uow.add(
            RoleAssignment(
                person_id=town.leader.id,
                role=Role.LEADER,
                from_on=left_on + timedelta(days=1),
                institution_id=town.day_care.id,
            )
        )

    await database.write(moves)
    answer = await birgit.presses(card, "Gem og del", leading="Mine ord")
    assert "Mette Holm leder ikke et tilbud, som Birgit Dam har ansvar for" in words(answer)
    assert "Mine ord" in words(answer)
    assert await all_of(database, NoteVersion) == []


async def test_a_leader_who_moved_within_the_chiefs_area_is_noted_where_they_were(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    new = Institution(
        name="Fyrreskolen",
        type=InstitutionType.SCHOOL,
        age_range=town.school.age_range,
        area_id=town.north.id,
    )

    def moves(uow: UnitOfWork) -> None:
        uow.add(new)
        uow.session.flush()
        for each in uow.session.query(RoleAssignment).filter_by(person_id=town.leader.id):
            each.to_on = date(2026, 4, 20)
        uow.add(
            RoleAssignment(person_id=town.leader.id, role=Role.LEADER, from_on=date(2026, 4, 21), institution_id=new.id)
        )

    await database.write(moves)
    card = await shares(birgit)
    assert "Fyrreskolen" in words(card)
    [kept] = await all_of(database, OneOnOne)
    assert kept.institution_ids == (new.id,)


async def test_what_was_talked_about_is_kept_and_the_rest_goes_on_the_next_agenda(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    card = await mette.presses(await mette.says("dagsorden"), "Tilføj", text="Nye klasser")
    await mette.presses(card, "Tilføj", text="Bygningen", seen="private")
    birgit.now = AFTER
    note = await birgit.says("notat")
    talked = options(note, "talked")
    await shares(birgit, talked=talked["Nye klasser"])
    mette.now = AFTER
    seen = words(await mette.says("notat"))
    assert "Nye klasser" in seen
    assert "Bygningen" not in seen
    await plans(birgit, "1:1 med Mette den 28. maj kl. 10")
    for someone in (birgit, mette):
        seen = words(await someone.says("dagsorden"))
        assert "Bygningen" in seen
        assert "fra sidst" in seen
        assert "Nye klasser" not in seen
    card = await mette.presses(await mette.says("dagsorden"), "Mine punkter")
    card = await mette.presses(card, "Fjern punktet")
    assert "Bygningen" not in words(card)
    await plans(birgit, "1:1 med Mette den 29. maj kl. 10")
    assert sum(each.text == "Bygningen" for each in await all_of(database, AgendaItem)) == 2


async def test_it_is_corrected_until_the_leader_confirms_and_both_versions_are_kept(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await shares(birgit)
    mette.now = AFTER
    old = await mette.says("notat")
    correcting = await birgit.presses(await birgit.says("notat"), "Ret notatet")
    assert values(correcting)["leading"] == LEADING
    await birgit.presses(correcting, "Gem og del", leading="Rettet tekst")
    answer = await mette.presses(old, "Bekræft")
    assert "Birgit Dam har ændret noget, mens du læste." in words(answer)
    assert "Rettet tekst" in words(answer)
    assert "Det er udgave 2." in words(answer)
    assert LEADING in words(answer)
    [kept] = await all_of(database, OneOnOne)
    assert kept.confirmed_at is None
    await mette.presses(answer, "Bekræft")
    late = await birgit.presses(correcting, "Gem og del", leading="For sent")
    assert "Mette Holm har bekræftet notatet, så det bliver stående." in words(late)
    assert "For sent" in words(late)
    assert sorted(each.content.leading for each in await all_of(database, NoteVersion)) == sorted(
        [LEADING, "Rettet tekst"]
    )
    assert "Ret notatet" not in buttons(await birgit.says("notat"))


async def test_two_places_of_the_chief_lose_nothing(birgit: Someone) -> None:  # noqa: F811
    await plans(birgit)
    birgit.now = AFTER
    one, other = await birgit.says("notat"), await birgit.says("notat")
    await birgit.presses(one, "Gem kladde", works="Det ene")
    card = await birgit.presses(other, "Gem kladde", works="Det andet")
    assert "Det ene" in words(card)
    assert values(card)["works"] == "Det andet"
    await birgit.presses(card, "Gem kladde")
    assert values(await birgit.says("notat"))["works"] == "Det andet"


async def test_the_school_development_talk_is_one_a_school_year(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await shares(birgit, counts="true")
    [talk] = await all_of(database, SchoolTalk)
    assert (talk.institution_id, talk.school_year) == (town.school.id, 2025)
    mette.now = AFTER
    assert "Tæller som årets skoleudviklingssamtale." in words(await mette.says("notat"))
    await plans(birgit, "1:1 med Mette den 28. maj kl. 10")
    birgit.now = datetime(2026, 5, 28, 10, 0, tzinfo=UTC)
    card = await birgit.presses(await birgit.says("notat"), "Gem og del", leading="Godt", counts="true")
    assert "Skolen har haft sin samtale i dette skoleår den 23. april 2026. Der er én om året." in words(card)
    assert values(card)["leading"] == "Godt"
    await birgit.presses(card, "Gem og del", counts="false")
    await plans(birgit, "1:1 med Mette den 20. august kl. 10")
    birgit.now = datetime(2026, 8, 20, 10, 0, tzinfo=UTC)
    await birgit.presses(await birgit.says("notat"), "Gem og del", leading="Godt", counts="true")
    assert sorted(each.school_year for each in await all_of(database, SchoolTalk)) == [2025, 2026]


async def test_a_day_care_has_no_school_development_talk(
    birgit: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    ole = Someone(database, town.other_chief, now=NOW)
    await plans(ole, "1:1 med Ali den 23. april kl. 10")
    ole.now = AFTER
    card = await ole.says("notat")
    assert "skoleudviklingssamtale" not in words(card)
    await ole.presses(card, "Gem og del", leading="Godt", counts="true")
    assert await all_of(database, SchoolTalk) == []


def test_a_school_year_begins_in_august() -> None:
    assert [school_year_of(date(2026, *each)) for each in ((7, 31), (8, 1), (12, 31))] == [2025, 2026, 2026]


async def test_i23_a_new_chief_or_leader_sees_no_earlier_note(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    await plans(birgit)
    await shares(birgit)
    [kept] = await all_of(database, OneOnOne)
    new_chief, new_leader = person("Ida Bro"), person("Emil Ry")

    def takes_over(uow: UnitOfWork) -> None:
        uow.add(new_chief, new_leader)
        uow.session.flush()
        for each in uow.session.query(RoleAssignment).filter(
            RoleAssignment.person_id.in_([town.chief.id, town.leader.id])  # type: ignore[attr-defined]
        ):
            each.to_on = date(2026, 4, 30)
        since = date(2026, 5, 1)
        uow.add(
            RoleAssignment(person_id=new_chief.id, role=Role.CHIEF, from_on=since, area_id=town.north.id),
            RoleAssignment(person_id=new_leader.id, role=Role.LEADER, from_on=since, institution_id=town.school.id),
        )

    await database.write(takes_over)
    later = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    for someone in (new_chief, new_leader, town.leader):
        reader = Someone(database, someone, now=later)
        assert await reader.gets("confirmation", kept.id) is None
        assert LEADING not in words(await reader.says("notat"))
    birgit.now = later
    own = await birgit.sees("confirmation", kept.id)
    assert LEADING in words(own)
    assert buttons(own) == ["Min oversigt"]


async def test_a_version_is_never_changed_by_whatever_code(birgit: Someone, database: Database) -> None:  # noqa: F811
    await plans(birgit)
    await shares(birgit)
    with pytest.raises(TypeError):
        await change(database, NoteVersion, content=Note(leading="Noget andet"))


async def test_a_draft_that_came_to_nothing_is_emptied_before_the_meeting_is_moved(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    birgit.now = AFTER
    await birgit.presses(await birgit.says("notat"), "Gem kladde", works="Halvt tænkt")
    card = await birgit.presses(await birgit.says("notat"), "Det blev ikke til noget")
    assert "Du har skrevet i notatet." in words(card)
    assert values(card)["works"] == "Halvt tænkt"
    asking = await birgit.presses(card, "Det blev ikke til noget", works="")
    await birgit.presses(asking, "Flyt", day="2026-04-28")
    [kept] = await all_of(database, OneOnOne)
    assert (kept.state, kept.draft) == (OneOnOneState.AGENDA_OPEN, Note())


async def test_a_1_1_that_was_not_planned_is_told_and_then_noted(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    card = await birgit.says("jeg har lige haft 1:1 med mette på kontoret")
    assert "En 1:1, der ikke var planlagt" in words(card)
    assert [values(card)[name] for name in ("day", "clock", "place")] == ["2026-04-14", "09:00", "kontoret"]
    for typed, sentence in (
        ({"clock": "21:00"}, "Det tidspunkt er ikke kommet endnu."),
        ({"day": "2026-03-10"}, "Vælg et tidspunkt inden for de seneste 30 dage."),
        ({"day": ""}, "Vælg en dato."),
    ):
        assert sentence in words(await birgit.presses(card, "Skriv notatet", **typed))
    for someone in (town.other_chief, town.leader):
        refused = words(await Someone(database, someone, now=NOW).presses(card, "Skriv notatet"))
        assert "Det har du ikke adgang til" in refused
        assert "kontoret" in refused
    assert await all_of(database, OneOnOne) == []
    form = await birgit.presses(card, "Skriv notatet")
    receipt = await birgit.presses(form, "Gem og del", leading=LEADING)
    assert "Notatet er delt. Kun du og Mette Holm kan læse det." in words(receipt)
    assert "Jeg beder Mette Holm om at bekræfte det sammen med aftalerne." in words(receipt)
    await agrees(birgit, receipt)
    note = words(await mette.says("notat"))
    assert LEADING in note
    assert AGREED["text"] in note
    same_day = await birgit.says("vi havde 1:1 med mette i dag kl. 8.30")
    assert "I har allerede en 1:1 den dag" in words(await birgit.presses(same_day, "Skriv notatet"))
    assert [values(await birgit.says("vi havde 1:1 i fredags med mette"))[name] for name in ("day", "clock")] == [
        "2026-04-10",
        "",
    ]
    # It is the day alone that is counted back, and what they talked about is no place.
    assert values(await birgit.says("jeg har lige haft 1:1 med mette torsdag den 16. april"))["day"] == "2026-04-16"
    about = await birgit.says("jeg har lige haft 1:1 med mette i kantinen om trivsel")
    assert values(about)["place"] == "kantinen"
    assert "om trivsel" in words(about)
    assert "Det skrev du" not in words(card)
    for nobody in ("Søren", "forældrerådet og mette"):
        told_of = words(await birgit.says(f"jeg har lige haft 1:1 med {nobody}"))
        assert "Jeg kender ingen med det navn blandt dine ledere." in told_of
        assert nobody in told_of
    # A leader gets the last one, and not the one to come.
    of_the_last = words(await mette.says("jeg har lige haft 1:1 med birgit: hun sender en plan"))
    assert LEADING in of_the_last
    assert "hun sender en plan" in of_the_last
    more = words(await birgit.says("har lige haft møde med Mette kl. 9 og vi aftalte at hun sender en plan på fredag"))
    assert "vi aftalte at hun sender en plan på fredag" in more
    assert "2026-04-14" in more
    # One that is told of by mistake is called off, and the leader hears nothing of it.
    by_mistake = await birgit.presses(await birgit.says("jeg havde 1:1 med mette i går kl. 10"), "Skriv notatet")
    opened = await birgit.presses(await birgit.presses(by_mistake, "Gem kladde"), "Min oversigt")
    assert "Skriv notatet fra 1:1" in words(opened)
    [held] = [each for each in await all_of(database, OneOnOne) if each.state is OneOnOneState.HELD]
    asked = await birgit.does(Kind.PRESSED, verb="one_on_one.ask_cancel", data={"id": str(held.id)})
    assert "Mette Holm har ikke fået besked om den." in words(asked.card or {})
    await birgit.presses(asked.card or {}, "Ja, aflys")
    assert await told(database, "one_on_one.cancelled") == {}
    since_last_week = RoleAssignment(
        person_id=town.other_chief.id, role=Role.CHIEF, from_on=date(2026, 4, 8), area_id=town.north.id
    )
    await database.write(lambda uow: uow.add(since_last_week))
    new_chief = Someone(database, town.other_chief)
    of_another = await new_chief.says("jeg havde 1:1 med mette holm i går kl. 9")
    again = words(await new_chief.presses(of_another, "Skriv notatet", day="2026-04-01"))
    assert "Den dag har du ikke ansvar for et tilbud" in again
    # Of one that was planned, the note is its own.
    await plans(birgit)
    birgit.now = AFTER
    assert "torsdag den 23. april" in words(await birgit.says("jeg har lige haft 1:1 med Mette"))
    assert len(await all_of(database, OneOnOne)) == 3
