"""A leader invites a colleague from another institution, in three steps that lose nothing."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.access import Viewer
from domain.appointment import MINUTES, Slot, moments
from domain.errors import Expired, Problems
from domain.identity import new_id
from domain.invitation import What, When, Whom
from domain.observation import Observation, ObservationState
from domain.observer import Candidate, may_observe, nearest
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from storage.database import Database
from storage.observer import candidates_for
from storage.unit_of_work import UnitOfWork
from tests.record import AFTER, chooses, reflects
from tests.town import COPENHAGEN, NOW, Someone, buttons, options, person, values, words
from tests.visits import (
    FIRST,
    FOCUS,
    SAW,
    SECOND,
    WHEN,
    Neighbours,
    accepts,
    agreed,
    given,
    invites,
    observed,
    told,
    visited,
    writes,
)
from tests.visits import mette as mette
from tests.visits import rune as rune
from tests.visits import town as town


def names(card: dict[str, Any]) -> list[str]:
    return [title.split(" · ")[0] for title in options(card, "observer_id")]


async def test_r44_a_leader_invites_and_the_observer_is_asked(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    card = await mette.says("inviter observatør")
    assert "Et læringsmiljø er det, børn og unge møder i hverdagen" in words(card)
    assert "Du er gæst" in words(card)
    assert set(names(card)) == {"Ali Krogh", "Anders Lyng", "Rune Sol"}
    card = await invites(mette, town.rune)
    assert "Næste skridt for Rune Sol: Svar på de foreslåede tidspunkter." in words(card)
    kept = await observed(database)
    assert (kept.state, kept.observer_id, kept.offered) == (ObservationState.INVITED, town.rune.id, (FIRST,))
    assert kept.observer_institution_id == town.other_school.id
    assert await told(database, town.rune) == ["invitation"]
    assert "Svar om en observation" in words(await Someone(database, town.rune).says("min oversigt"))


async def test_a_draft_is_its_authors_and_opens_where_it_was_left(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    card = await writes(mette, town.rune)
    saved = await mette.presses(card, "Gem kladde", day1="2026-04-28", informed="true")
    assert "Din kladde er gemt" in words(saved)
    card = await mette.presses(saved, "Fortsæt")
    assert (values(card)["day1"], values(card)["clock1"], values(card)["informed"]) == ("2026-04-28", "", "true")
    card = await mette.presses(card, "Tilbage")
    assert (values(card)["where"], values(card)["focus"], values(card)["points"]) == ("2. årgang", FOCUS, "1,3")
    draft = await observed(database)
    for someone in (town.chief, town.rune, town.deputy, town.administrator):
        other = Someone(database, someone)
        assert await other.gets("visit", draft.id) is None
        assert "Det har du ikke adgang til" in words(await other.presses(card, "Næste"))
    assert "Observation" not in words(await Someone(database, town.chief).says("min oversigt"))


@pytest.mark.parametrize(
    ("step", "typed", "field", "sentence"),
    [
        (3, {"day1": ""}, "clock1", "Foreslå mindst ét tidspunkt."),
        (3, {"day1": "2026-04-01"}, "day1", "Tidspunktet er passeret."),
        (3, {"day1": "2029-04-01"}, "day1", "Vælg et tidspunkt inden for det kommende år."),
        (3, {"clock1": ""}, "day1", "Vælg et klokkeslæt."),
        (3, {"day1": "2027-03-28", "clock1": "02:30"}, "day1", "stilles frem den nat"),
        (3, {"day2": "2026-04-29"}, "day2", "Vælg et klokkeslæt."),
    ],
)
async def test_what_is_wrong_with_a_time_is_said_at_the_field_and_all_of_it_stays(
    mette: Someone, database: Database, town: Neighbours, step: int, typed: dict[str, str], field: str, sentence: str
) -> None:
    given_times = {**WHEN, **typed}
    if given_times["day1"] == "":
        given_times["clock1"] = ""
    card = await invites(mette, town.rune, **given_times)
    assert sentence in words(card)
    assert {name: values(card)[name] for name in given_times} == given_times
    assert (await observed(database)).state is ObservationState.DRAFT
    assert await told(database, town.rune) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"where": ""}, "Skriv, hvor observatøren skal være."),
        ({"focus": ""}, "Skriv, hvad du gerne vil have øje på. Det gør feedbacken mere brugbar."),
    ],
)
async def test_r48_a_focus_is_agreed_before_the_visit(
    mette: Someone, town: Neighbours, typed: dict[str, str], sentence: str
) -> None:
    card = await mette.says("inviter observatør")
    card = await mette.presses(card, "Næste", observer_id=str(town.rune.id))
    card = await mette.presses(card, "Næste", **{"where": "2. årgang", "focus": FOCUS, **typed})
    card = await mette.presses(card, "Send invitation", **WHEN)
    assert "Trin 2 af 3" in words(card)
    assert sentence in words(card)
    card = await mette.presses(card, "Næste", where="2. årgang", focus=FOCUS)
    assert values(card)["day1"] == "2026-04-28"
    assert "Svar på de foreslåede tidspunkter" in words(await mette.presses(card, "Send invitation"))


async def test_a_cpr_number_is_refused_before_anything_is_kept(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    card = await mette.says("inviter observatør")
    card = await mette.presses(card, "Næste", observer_id=str(town.rune.id))
    card = await mette.presses(card, "Gem kladde", where="2. årgang", focus="Se efter 010203-1234")
    assert "cpr-nummer" in words(card)
    assert values(card)["focus"] == "Se efter 010203-1234"
    assert (await observed(database)).what == What()


async def test_r45_i15_the_observer_comes_from_elsewhere_and_is_not_in_the_management_line(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    card = await mette.says("inviter observatør")
    for someone in (town.leader, town.teacher, town.deputy, town.chief, town.consultant, town.administrator):
        wrong = await mette.presses(card, "Næste", observer_id=str(someone.id))
        assert "Observatøren skal komme fra et andet tilbud." in words(wrong)
    assert "Observatøren skal komme fra et andet tilbud." in words(
        await mette.presses(card, "Næste", observer_id=str(new_id()))
    )
    nobody = await mette.presses(card, "Næste", observer_id="")
    nobody = await mette.presses(nobody, "Næste", where="2. årgang", focus=FOCUS)
    assert "Trin 1 af 3" in words(await mette.presses(nobody, "Send invitation", **WHEN))


async def test_i15_is_checked_again_when_the_invitation_is_sent_and_when_it_is_accepted(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    card = await writes(mette, town.rune)

    def joins(uow: UnitOfWork, until: date | None = None) -> None:
        uow.add(
            RoleAssignment(
                person_id=town.rune.id,
                role=Role.OBSERVER,
                from_on=date(2026, 4, 1),
                to_on=until,
                institution_id=town.school.id,
            )
        )

    await database.write(joins)
    refused = await mette.presses(card, "Send invitation", **WHEN)
    assert "Observatøren skal komme fra et andet tilbud." in words(refused)
    await change_roles(database, town.rune, date(2026, 4, 13))
    card = await mette.presses(refused, "Næste", observer_id=str(town.rune.id))
    sent = await mette.presses(await mette.presses(card, "Næste"), "Send invitation")
    assert "Svar på de foreslåede tidspunkter" in words(sent)
    await database.write(joins)
    answered = await accepts(rune)
    assert "Observatøren skal komme fra et andet tilbud og må ikke være i ledelseslinjen." in words(answered)
    assert (await observed(database)).state is ObservationState.INVITED


@pytest.mark.parametrize("reach", ["school", "area"])
async def test_r45_nobody_accepts_who_by_now_shares_a_leader_with_the_host(
    mette: Someone, rune: Someone, database: Database, town: Neighbours, reach: str
) -> None:
    await invites(mette, town.rune)
    school = town.other_school

    def leads_there_too(uow: UnitOfWork) -> None:
        reached = {"institution_id": school.id} if reach == "school" else {"area_id": school.area_id}
        uow.add(
            RoleAssignment(person_id=town.leader.id, role=Role.LEADER, from_on=date(2026, 4, 1), to_on=None, **reached)
        )

    await database.write(leads_there_too)
    answered = await accepts(rune)
    assert "Observatøren skal komme fra et andet tilbud og må ikke være i ledelseslinjen." in words(answered)
    assert (await observed(database)).state is ObservationState.INVITED

    def offered(uow: UnitOfWork) -> set[str]:
        host = uow.session.get_one(Institution, town.school.id)
        return {each.name for each in candidates_for(uow, host, rune.now.date(), NOW - timedelta(days=700))}

    assert town.rune.name not in await database.read(offered)


async def change_roles(database: Database, who: Person, last: date) -> None:
    """Ends what the person does at the school."""

    def work(uow: UnitOfWork) -> None:
        for each in uow.session.query(RoleAssignment).all():
            if each.person_id == who.id and each.from_on == date(2026, 4, 1):
                each.to_on = last

    await database.write(work)


@pytest.mark.parametrize(
    ("role", "reach", "may"),
    [
        (Role.OBSERVER, "other", True),
        (Role.LEADER, "other", True),
        (Role.LEADER, "host", False),
        (Role.OBSERVER, "host", False),
        (Role.CHIEF, "area", False),
        (Role.CHIEF, "all", False),
        (Role.ADMINISTRATION, "area", False),
        (Role.ADMINISTRATION, "all", True),
        (Role.CHIEF, "other area", True),
        (Role.FACILITATOR, "all", True),
        (Role.FACILITATOR, "host", False),
    ],
)
def test_i15_in_the_domain(role: Role, reach: str, may: bool) -> None:
    town = Neighbours()
    where: dict[str, Any] = {
        "host": {"institution_id": town.school.id},
        "other": {"institution_id": town.other_school.id},
        "area": {"area_id": town.north.id},
        "other area": {"area_id": town.south.id},
        "all": {},
    }[reach]
    since = date(2024, 8, 1)
    observer = RoleAssignment(
        person_id=town.rune.id, role=Role.OBSERVER, from_on=since, institution_id=town.other_school.id
    )
    held = RoleAssignment(person_id=town.rune.id, role=role, from_on=since, **where)
    assert may_observe(Viewer.on(date(2026, 4, 14), town.rune.id, [observer, held]).roles, town.school) is may
    assert not may_observe([], town.school)


async def test_suggestions_are_of_the_same_theme_the_same_kind_and_not_used_before(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    assert names(await mette.says("inviter observatør"))[:2] == ["Anders Lyng", "Rune Sol"]
    await visited(mette, rune)
    mette.now = FIRST + timedelta(days=1)
    assert names(await mette.says("inviter observatør")) == ["Anders Lyng", "Ali Krogh", "Rune Sol"]


def test_the_nearest_come_first() -> None:
    town = Neighbours()

    def candidate(name: str, **more: Any) -> Candidate:
        usual = {"institution_id": new_id(), "institution": name, "type": town.day_care.type, "area_id": town.south.id}
        return Candidate(person_id=new_id(), name=name, **{**usual, **more})

    rows = [
        candidate("Åse"),
        candidate("Bo"),
        candidate("Nær", area_id=town.north.id),
        candidate("Skole", type=town.school.type),
        candidate("Tema", has_same_theme=True),
        candidate("Brugt", has_same_theme=True, area_id=town.north.id, used=1),
    ]
    assert [each.name for each in nearest(rows, town.school)] == ["Tema", "Skole", "Nær", "Bo", "Åse", "Brugt"]


async def test_the_same_theme_counts_whatever_the_kind(mette: Someone, database: Database, town: Neighbours) -> None:
    mette.now = AFTER
    await reflects(mette)
    await chooses(mette, "Flere stemmer i timerne")
    card = await mette.says("inviter observatør")
    assert not any("samme tema" in title for title in options(card, "observer_id"))
    card = await mette.presses(await mette.presses(card, "Næste", observer_id=str(town.rune.id)), "Tilbage")
    assert values(card)["observer_id"] == str(town.rune.id)


@pytest.mark.parametrize("typed", ["Rune", "rune", "fyrreskolen rune", "Fyreskolen"])
async def test_somebody_is_found_by_name_or_institution(mette: Someone, typed: str) -> None:
    card = await mette.presses(await mette.says("inviter observatør"), "Søg", search=typed)
    assert "Rune Sol" in names(card)
    assert "Ali Krogh" not in names(card)
    assert values(card)["search"] == typed


async def test_nobody_of_the_house_is_found_and_a_choice_survives_a_search(mette: Someone, town: Neighbours) -> None:
    card = await mette.says("inviter observatør")
    chosen = str(town.rune.id)
    card = await mette.presses(card, "Søg", search="Jonas Berg", observer_id=chosen)
    assert "Jeg fandt ingen med det navn" in words(card)
    assert values(card)["observer_id"] == chosen
    assert names(card) == ["Rune Sol"]


async def test_four_hundred_institutions_fit_and_the_rest_is_searched_for(mette: Someone, town: Neighbours) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(400):
            where = Institution(
                name=f"Skole {number:03}",
                type=InstitutionType.SCHOOL,
                age_range=AgeRange.OLDER,
                area_id=town.north.id,
            )
            someone = person(f"Lærer {number:03}")
            uow.add(where, someone)
            uow.session.flush()
            uow.add(
                RoleAssignment(
                    person_id=someone.id, role=Role.OBSERVER, from_on=date(2024, 8, 1), institution_id=where.id
                )
            )

    await mette.database.write(fill)
    card = await mette.says("inviter observatør")
    assert len(names(card)) == 3
    card = await mette.presses(card, "Søg", search="Lærer 1")
    assert len(names(card)) == 8
    assert "Skriv lidt mere." in words(card)
    assert names(await mette.presses(card, "Søg", search="skole 399")) == ["Lærer 399"]


async def test_i21_the_same_observer_often_gives_a_hint_and_no_hindrance(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    for week in (0, 1):
        mette.now = rune.now = NOW + timedelta(weeks=week)
        day = (FIRST + timedelta(weeks=week)).date().isoformat()
        await invites(mette, town.rune, day1=day)
        await accepts(rune)
    mette.now = NOW + timedelta(weeks=5)
    card = await mette.says("inviter observatør")
    card = await mette.presses(card, "Næste", observer_id=str(town.rune.id))
    assert "Rune Sol har observeret hos jer 2 gange i denne toårige periode." in words(card)
    card = await mette.presses(card, "Næste", where="2. årgang", focus=FOCUS)
    assert "Svar på de foreslåede tidspunkter" in words(
        await mette.presses(card, "Send invitation", day1="2026-06-02", clock1="09:00")
    )


async def test_i21_a_pair_of_institutions_may_observe_each_other(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await agreed(mette, rune)
    anders = Someone(database, town.neighbour)
    sent = await invites(anders, town.teacher, day1="2026-04-29")
    assert "Næste skridt for Jonas Berg: Svar på de foreslåede tidspunkter." in words(sent)


async def test_sending_twice_sends_once_and_what_was_typed_too_late_is_given_back(
    mette: Someone, database: Database, town: Neighbours
) -> None:
    card = await writes(mette, town.rune)
    older = await mette.presses(card, "Tilbage")
    first = await mette.presses(card, "Send invitation", **WHEN)
    assert await mette.presses(card, "Send invitation", **WHEN) == first
    late = await mette.presses(older, "Næste", focus="Noget andet")
    assert "Kortet er forældet, fordi invitationen er sendt." in words(late)
    assert "Noget andet" in words(late)
    assert (await observed(database)).what.focus == FOCUS
    assert await told(database, town.rune) == ["invitation"]


async def test_two_places_at_once_lose_nothing(mette: Someone, town: Neighbours) -> None:
    card = await mette.presses(await mette.says("inviter observatør"), "Næste", observer_id=str(town.rune.id))
    await mette.presses(card, "Gem kladde", where="2. årgang", focus="Det ene")
    again = await mette.presses(card, "Gem kladde", where="2. årgang", focus="Det andet")
    assert "Det ene" in words(again)
    assert values(again)["focus"] == "Det andet"


async def test_only_a_leader_invites(mette: Someone, rune: Someone, database: Database, town: Neighbours) -> None:
    for someone in (town.rune, town.chief, town.teacher):
        assert "Det har du ikke adgang til" in words(await Someone(database, someone).says("inviter observatør"))
    card = await mette.says("inviter observatør")
    card = await mette.presses(card, "Næste", observer_id=str(town.rune.id))
    refused = await rune.presses(card, "Næste", where="2. årgang", focus=FOCUS)
    assert "Det har du ikke adgang til" in words(refused)
    assert FOCUS in words(refused)


async def test_the_chief_is_told_a_word_and_reads_a_feedback_only_when_the_leader_has(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    birgit = Someone(database, town.chief)
    await invites(mette, town.rune)
    assert "Observation: inviteret" in words(await birgit.says("min oversigt"))
    listed = words(await birgit.says("observationer"))
    assert "Elmeskolen" in listed
    assert "inviteret, 14. april 2026" in listed
    assert FOCUS not in listed
    assert "Rune" not in listed
    await accepts(rune)
    mette.now = rune.now = birgit.now = FIRST + timedelta(hours=3)
    assert "Observation: aftalt" in words(await birgit.says("min oversigt"))
    await rune.presses(await rune.says("feedback"), "Gennemført")
    assert "Observation: afventer skriftlig tilbagemelding" in words(await birgit.says("min oversigt"))
    ole = Someone(database, town.other_chief, now=birgit.now)
    assert "Observation:" not in words(await ole.says("min oversigt"))


async def test_observationer_shows_where_each_one_is(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    assert "I har ingen observationer endnu." in words(await mette.says("observationer"))
    await agreed(mette, rune)
    assert "Læringsmiljøobservation" in words(await mette.says("observationer"))
    await invites(mette, town.neighbour, day1="2026-04-30")
    card = await mette.says("observationer")
    assert "inviteret" in words(card)
    assert "aftalt" in words(card)
    assert "Læringsmiljøobservation" in words(await rune.says("observationer"))
    assert "Der er ingen observationer endnu." in words(await Someone(database, town.teacher).says("observationer"))


def test_times_are_the_moments_that_the_clocks_show() -> None:
    def at(day: date, hour: int, minute: int = 0) -> Slot:
        return Slot(day, time(hour, minute))

    now = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    found = moments(
        [at(date(2026, 10, 24), 9), Slot(), at(date(2026, 10, 26), 9), at(date(2026, 10, 24), 9)],
        now=now,
        zone=COPENHAGEN,
    )
    assert found == (datetime(2026, 10, 24, 7, 0, tzinfo=UTC), datetime(2026, 10, 26, 8, 0, tzinfo=UTC))
    with pytest.raises(Problems) as twice:
        moments([at(date(2026, 10, 25), 2, 30)], now=now, zone=COPENHAGEN)
    assert {name: each.code for name, each in twice.value.fields.items()} == {"clock1": "hour_twice"}
    with pytest.raises(Problems) as wrong:
        moments([at(date(2027, 3, 28), 2, 30), Slot(date(2026, 12, 1))], now=now, zone=COPENHAGEN)
    assert {name: each.code for name, each in wrong.value.fields.items()} == {
        "clock1": "no_such_hour",
        "clock2": "no_clock",
    }


def made(**more: Any) -> Observation:
    return Observation(
        institution_id=new_id(),
        host_id=new_id(),
        guide_id=new_id(),
        whom=Whom(observer_id=UUID(int=7)),
        what=What(where="2. årgang", focus=FOCUS),
        when=When(slots=(Slot(FIRST.date(), FIRST.astimezone(COPENHAGEN).time()),)),
        **more,
    )


def test_i16_the_domain_accepts_no_visit_without_a_focus_and_does_none_before_its_time() -> None:
    unfocused = made(state=ObservationState.INVITED, offered=(FIRST,), asked_at=NOW)
    unfocused.what = What(where="2. årgang")
    with pytest.raises(Expired):
        unfocused.accept(FIRST, by_host=False, revision=1, now=NOW)
    about = made(state=ObservationState.AGREED, starts_at=FIRST)
    with pytest.raises(Expired, match="visit_not_begun"):
        about.do(FIRST - timedelta(minutes=1))
    with pytest.raises(Expired, match="visit_not_done"):
        made(state=ObservationState.INVITED).require_done()
    about.do(FIRST)
    about.require_done()


def test_an_answer_is_for_whoever_is_asked_and_for_what_is_on_offer() -> None:
    about = made(state=ObservationState.INVITED, offered=(FIRST, SECOND), asked_at=NOW)
    for by_host, offered, revision in ((True, FIRST, 1), (False, FIRST + timedelta(hours=5), 1), (False, FIRST, 2)):
        with pytest.raises(Expired):
            about.accept(offered, by_host=by_host, revision=revision, now=NOW)
    with pytest.raises(Expired, match="time_passed"):
        about.accept(FIRST, by_host=False, revision=1, now=FIRST)
    about.accept(SECOND, by_host=False, revision=1, now=NOW)
    assert (about.state, about.starts_at, about.revision) == (ObservationState.AGREED, SECOND, 2)
    assert about.minutes == MINUTES[1]


async def test_the_three_others_leave_out_whoever_declined_or_did_not_answer_in_the_cycle(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await invites(mette, town.rune)
    await rune.presses(await rune.says("invitationer"), "Ikke denne gang")
    anders = Someone(database, town.neighbour)
    await invites(mette, town.neighbour)
    await anders.presses(await anders.says("invitationer"), "Ikke denne gang")
    offered = buttons(await mette.sees("invitation.unanswered", (await observed(database)).id))
    assert "Ali Krogh" in offered
    assert not {"Rune Sol", "Anders Lyng"} & set(offered)
    searched = await mette.presses(await mette.says("inviter observatør"), "Søg", search="Rune")
    assert "Rune Sol" in names(searched)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.LEADER, Role.CHIEF, Role.ADMINISTRATION])
async def test_whoever_observes_comes_to_their_own_visits_by_typing_whatever_else_they_are(
    mette: Someone, rune: Someone, database: Database, town: Neighbours, role: Role
) -> None:
    """A chief who observes at a colleague's has an area besides, which the same words could be about."""
    typed = ("mine besøg", "feedback", "observation", "mine observationer", "Hvornår er mit besøg?", "my visits")
    holds = RoleAssignment(person_id=town.rune.id, role=role, from_on=date(2024, 8, 1), area_id=town.south.id)
    await database.write(lambda uow: uow.add(holds))
    for each in typed:
        assert "Elmeskolen · 2. årgang" not in words(await rune.says(each)), each
    await given(mette, rune)
    for each in typed:
        card = await rune.says(each)
        assert "Elmeskolen · 2. årgang" in words(card), each
        assert SAW in words(await rune.presses(card, "Læs tilbagemeldingen"))


async def test_mine_observationer_is_a_chiefs_area_where_the_chief_observes_nowhere(
    mette: Someone, rune: Someone, database: Database, town: Neighbours
) -> None:
    await agreed(mette, rune)
    birgit = Someone(database, town.chief, now=mette.now)
    of_the_area = words(await birgit.says("observationer"))
    assert "aftalt" in of_the_area
    assert FOCUS not in of_the_area
    for each in ("mine observationer", "observation", "mine besøg"):
        assert words(await birgit.says(each)) == of_the_area


async def test_whoever_is_named_is_chosen_at_once(mette: Someone, town: Neighbours) -> None:
    dated = await mette.says("inviter rune på besøg næste tirsdag kl 9")
    assert "inviter rune på besøg næste tirsdag kl 9" in words(dated)
    assert values(dated)["observer_id"] == str(town.rune.id)
    card = await mette.says("inviter rune")
    assert values(card)["observer_id"] == str(town.rune.id)
    # Nobody else is put in the place of the one who was chosen.
    assert values(await mette.says("inviter anders"))["observer_id"] == str(town.rune.id)
