"""Nothing is deleted before it is decided, nothing while a hold is on, and then what is over its time and no more."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text

from bot.retention import changed, held, table
from bot.terminal import Unknown
from domain.decision import Decision
from domain.errors import Problems
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus
from domain.kept import Kind
from domain.measure import Measure, MeasureState
from domain.message import Answer
from domain.note import NoteVersion
from domain.one_on_one import OneOnOne
from domain.organisation import Language
from domain.period import HalfYear
from domain.personal_note import PersonalNote
from domain.perspective import Count, FormalBody, Group, Perspective, Recommendation
from domain.prompt import Occasion, Prompt
from domain.rectification import Rectification
from domain.retention import SUGGESTED, LegalHold, before
from domain.saved_summary import About, Printed, SavedSummary, SummaryRemark, SummaryState
from domain.status import Status
from scheduler.planner import tidy
from storage.audit import audit_event
from storage.database import Database
from storage.deleting import delete_batch
from storage.deletion_preview import due
from storage.demo import seed
from storage.message import keep_answer
from storage.personal_note import delete_old_notes
from storage.prompt import plan_all
from storage.retention import deletion
from storage.unit_of_work import UnitOfWork
from tests.pair import AFTER, agrees, birgit, mette, plans, shares, town  # noqa: F401
from tests.postgres import Postgres
from tests.record import all_of
from tests.town import NOW, Someone, Town, buttons, options, words

pytestmark = pytest.mark.about_the_database

LATER = AFTER + timedelta(days=6 * 366)


async def sets(database: Database, kind: Kind, months: int = 60, authority: str = "Sag 2026-12") -> None:
    await database.write(
        lambda uow: changed(uow, on=kind.value, months=months, authority=authority, off=None, now=AFTER)
    )


async def holds_on(database: Database, case: str, **of: Any) -> None:
    given: dict[str, Any] = {"person": None, "institution": None, "lift": False, **of}
    await database.write(lambda uow: held(uow, case, now=LATER, **given))


async def an_old_note(birgit: Someone, mette: Someone) -> None:  # noqa: F811
    await plans(birgit)
    await shares(birgit)
    mette.now = birgit.now
    await mette.says("notat")


async def test_i34_nothing_is_deleted_without_a_rule_however_old_it_is(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await an_old_note(birgit, mette)
    await tidy(database, LATER + timedelta(days=20_000))
    assert len(await all_of(database, NoteVersion)) == 1
    assert len(await all_of(database, OneOnOne)) == 1
    told = "\n".join((await database.read(lambda uow: table(uow, LATER))).lines())
    assert "1:1                       60       off" in told


@pytest.mark.parametrize(
    ("kind", "months", "authority"),
    [(Kind.ONE_ON_ONE, 0, "Sag 1"), (Kind.ONE_ON_ONE, 12, " "), (Kind.IDENTITY, 12, "Sag 1")],
)
async def test_i34_a_rule_needs_an_authority_a_time_and_a_kind_that_may_be_deleted(
    database: Database, kind: Kind, months: int, authority: str
) -> None:
    with pytest.raises(Problems):
        await sets(database, kind, months, authority)
    assert await database.read(lambda uow: due(uow, LATER)) == []


async def test_what_is_over_its_time_goes_at_night_with_a_record_of_how_much(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await an_old_note(birgit, mette)
    await sets(database, Kind.ONE_ON_ONE)
    await tidy(database, AFTER + timedelta(days=365))
    assert len(await all_of(database, NoteVersion)) == 1
    (preview,) = await database.read(lambda uow: due(uow, LATER))
    assert preview.deleted == preview.over > 1
    assert len(await all_of(database, NoteVersion)) == 1, "a preview deletes nothing"
    await tidy(database, LATER)
    assert await all_of(database, NoteVersion) == []
    assert await all_of(database, OneOnOne) == []
    rows = await database.read(lambda uow: uow.session.execute(select(deletion)).all())
    assert {row.table_name for row in rows} >= {"note_version", "one_on_one"}
    assert {row.authority for row in rows} == {"Sag 2026-12"}
    assert sum(row.count for row in rows) == preview.over


async def test_what_something_else_points_at_stays_until_that_is_gone(
    birgit: Someone,  # noqa: F811
    database: Database,
) -> None:
    await plans(birgit)
    await agrees(birgit, await shares(birgit))
    await sets(database, Kind.ONE_ON_ONE)
    await tidy(database, LATER)
    assert len(await all_of(database, OneOnOne)) == 1, "an open agreement was made in it"
    assert len(await all_of(database, NoteVersion)) == 1, "what belongs to it goes with it or not at all"
    (preview,) = await database.read(lambda uow: due(uow, LATER))
    assert preview.over == preview.kept > 1


@pytest.mark.parametrize("of", ["everything", "person", "institution"])
@pytest.mark.each_on_both
async def test_i34_nothing_is_deleted_while_a_hold_is_on(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    of: str,
) -> None:
    await an_old_note(birgit, mette)
    await sets(database, Kind.ONE_ON_ONE)
    await sets(database, Kind.AUDIT)
    scope = {"everything": {}, "person": {"person": mette.who.email}, "institution": {"institution": "Elmeskolen"}}
    await holds_on(database, "Sag 9", **scope[of])
    await tidy(database, LATER)
    assert len(await all_of(database, NoteVersion)) == 1
    assert await events(database) == 1
    await holds_on(database, "Sag 9", lift=True)
    await tidy(database, LATER)
    assert await all_of(database, NoteVersion) == []
    assert await events(database) == 0, "the audit's own rule is the one thing that deletes from it"


# On SQLite one thread writes, and nobody at the same time.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_i34_a_hold_that_is_being_committed_is_waited_for_and_keeps_everything(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    postgres: Postgres,
) -> None:
    """On PostgreSQL two write at once, and neither sees what the other has not committed."""
    await an_old_note(birgit, mette)
    await sets(database, Kind.ONE_ON_ONE)
    name = database.url.database or ""
    waits = b"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with postgres.connect(name) as holding, postgres.connect(name) as watching:
        holding.execute("BEGIN")
        holding.execute(b"INSERT INTO legal_hold (id, \"case\", placed_at) VALUES (gen_random_uuid(), 'Sag 9', now())")
        deleting = asyncio.create_task(tidy(database, LATER))
        while not deleting.done() and watching.execute(waits).fetchall() == [(0,)]:
            await asyncio.sleep(0.02)
        holding.execute("COMMIT")
    await deleting
    assert len(await all_of(database, NoteVersion)) == 1
    await holds_on(database, "Sag 9", lift=True)
    await tidy(database, LATER)
    assert await all_of(database, NoteVersion) == []


async def test_i34_a_hold_of_who_wrote_it_keeps_what_others_added_to_it_and_what_rests_on_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    place, chief, leader = town.school.id, birgit.who.id, mette.who.id
    of = About(institution_id=place, first=HalfYear(2026, 1), last=HalfYear(2026, 1))
    printed = Printed(scope="Elmeskolen", lines=(), language=Language.DANISH)
    summary = SavedSummary.of(of, printed, by=chief, now=AFTER, replaces=None)
    decided = Decision(dialogue_id=town.dialogue.id, author_id=chief, written_by=chief, written_at=AFTER)
    said = Perspective(
        institution_id=place,
        author_id=chief,
        group=Group.PARENTS,
        count=Count.MANY,
        said="Vi vil gerne høre mere",
        body=FormalBody.OTHER,
        half_year=HalfYear(2026, 1),
        written_at=AFTER,
    )

    def kept(uow: UnitOfWork) -> None:
        uow.add(summary, decided, said)
        uow.session.flush()
        uow.add(SummaryRemark(summary_id=summary.id, author_id=leader, remark="Det passer", written_at=AFTER))
        uow.add(Recommendation(perspective_id=said.id, institution_id=place, text="Mere tid", written_at=AFTER))
        done = Measure(institution_id=place, decision_id=decided.id, text="Makkerpar", owner="Teamet", due=AFTER.date())
        done.state, done.ended_at, done.ended_by = MeasureState.DONE, AFTER, leader
        uow.add(done)
        uow.session.flush()
        summary.state, summary.final_at, summary.year, summary.number = SummaryState.FINAL, AFTER, 2026, 1

    await database.write(kept)
    for kind in (Kind.SUMMARY, Kind.DECISION, Kind.PERSPECTIVE):
        await sets(database, kind)
    await holds_on(database, "Sag 9", person=birgit.who.email)
    await tidy(database, LATER)
    whole = (SavedSummary, SummaryRemark, Perspective, Recommendation, Decision, Measure)
    assert [len(await all_of(database, each)) for each in whole] == [1] * 6
    await holds_on(database, "Sag 9", lift=True)
    await tidy(database, LATER)
    assert [len(await all_of(database, each)) for each in whole] == [0] * 6


async def test_a_kind_that_cannot_be_deleted_tonight_keeps_no_other_from_it(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    await an_old_note(birgit, mette)
    await sets(database, Kind.ONE_ON_ONE)
    await sets(database, Kind.AUDIT)
    # As if somebody else were at it and had not ended: the database refuses a second pass of the kind.
    in_the_way = "INSERT INTO retention_pass VALUES ('1:1')"
    await database.write(lambda uow: uow.session.execute(text(in_the_way)) and None)
    await tidy(database, LATER)
    assert len(await all_of(database, NoteVersion)) == 1
    assert await events(database) == 0
    await database.write(lambda uow: uow.session.execute(text("DELETE FROM retention_pass")) and None)
    await tidy(database, LATER)
    assert await all_of(database, NoteVersion) == []


async def test_more_than_a_batch_goes_in_one_night(
    mette: Someone,  # noqa: F811
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.deleting.BATCH", 2)
    await sets(database, Kind.MESSAGE, months=1)
    await database.write(lambda uow: plan_all(uow, [occasion(mette, number) for number in range(5)], is_planned=True))
    await tidy(database, LATER)
    assert await all_of(database, Prompt) == []
    rows = await database.read(lambda uow: uow.session.execute(select(deletion)).all())
    assert [row.count for row in rows] == [2, 2, 1]


async def test_a_message_is_kept_as_long_as_its_occasion_can_come_again(
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    """Its row is what keeps it from being sent twice."""
    await sets(database, Kind.MESSAGE, months=1)
    about = occasion(mette, 1)
    await database.write(lambda uow: plan_all(uow, [about], is_planned=True))
    for at, count in ((about.expires_at, 1), (about.expires_at + timedelta(days=32), 0)):
        await tidy(database, at)
        assert len(await all_of(database, Prompt)) == count


def occasion(someone: Someone, number: int) -> Occasion:
    return Occasion(
        key=f"in time:{number}",
        person_id=someone.who.id,
        view="dialogue",
        subject_id=someone.who.id,
        due_at=AFTER,
        expires_at=AFTER + timedelta(days=90),
    )


async def test_i34_a_hold_keeps_copies_of_answers_and_marks_of_cards(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    def kept(uow: UnitOfWork) -> None:
        for number, each in enumerate((birgit, mette)):
            keep_answer(uow, Answer(key=str(number), person_id=each.who.id, answered_at=AFTER, card={"words": "Mit"}))

    await database.write(kept)
    await holds_on(database, "Sag 9", person=mette.who.email)
    await tidy(database, LATER)
    assert [each.person_id for each in await all_of(database, Answer)] == [mette.who.id]
    await holds_on(database, "Sag 9", lift=True)
    await tidy(database, LATER)
    assert await all_of(database, Answer) == []


@pytest.mark.parametrize("of", ["chief", "leader"])
@pytest.mark.each_on_both
async def test_i34_a_hold_keeps_a_preparation_note_past_its_thirty_days(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    of: str,
) -> None:
    await plans(birgit)
    (about,) = await all_of(database, OneOnOne)
    held_one = birgit if of == "chief" else mette
    own = PersonalNote(one_on_one_id=about.id, author_id=mette.who.id, text="Mit eget", written_at=mette.now)
    await database.write(lambda uow: uow.add(own))
    await holds_on(database, "Sag 9", person=held_one.who.email)
    assert await database.write(lambda uow: delete_old_notes(uow, LATER)) == 0
    await holds_on(database, "Sag 9", lift=True)
    assert await database.write(lambda uow: delete_old_notes(uow, LATER)) == 1


async def test_a_hold_of_nobody_and_a_case_that_is_not_there_are_told(database: Database, town: Town) -> None:  # noqa: F811
    await database.write(town.build)
    for of in ({"person": "x@y.example"}, {"institution": "Månebasen"}, {"lift": True}):
        with pytest.raises(Unknown):
            await holds_on(database, "Sag 9", **of)
    assert await all_of(database, LegalHold) == []


async def test_the_guards_hold_for_whatever_else_deletes(birgit: Someone, mette: Someone, database: Database) -> None:  # noqa: F811
    await an_old_note(birgit, mette)
    await sets(database, Kind.AUDIT)
    with pytest.raises(Exception, match="only ever added to"):
        await database.write(lambda uow: uow.session.execute(text("DELETE FROM audit_event")))
    assert await events(database) == 1


def test_months_are_counted_on_the_calendar() -> None:
    at = datetime(2026, 3, 31, 2, 17, tzinfo=UTC)
    assert before(at, 1) == datetime(2026, 2, 28, 2, 17, tzinfo=UTC)
    assert before(at, 27) == datetime(2023, 12, 31, 2, 17, tzinfo=UTC)


async def events(database: Database) -> int:
    def count(uow: UnitOfWork) -> int:
        return uow.session.scalar(select(func.count()).select_from(audit_event)) or 0

    return await database.read(count)


async def test_a_card_that_outlived_its_matter_is_answered_kindly_and_what_was_typed_is_given_back(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
) -> None:
    """A note whose time is over, with a request to correct it that still waits, and cards of both in the chat."""
    await an_old_note(birgit, mette)
    asked = await mette.presses(await mette.says("mine data"), "Bed om en rettelse")
    await mette.presses(asked, "Send anmodningen", wanted="Det var mig, der foreslog det.")
    (request,) = await all_of(database, Rectification)
    to_correct = await birgit.sees("rectification.asked", request.id)
    note = await mette.says("notat")
    (about,) = await all_of(database, OneOnOne)
    await sets(database, Kind.ONE_ON_ONE)
    await tidy(database, LATER)
    assert await all_of(database, OneOnOne) == []

    told = await birgit.sees("rectification.asked", request.id)
    assert "er slettet siden" in words(told)
    assert buttons(told)[0] == "Send svaret"
    late = await birgit.presses(to_correct, "Gem rettelsen", leading="Mette foreslog det.", answer="Det husker jeg.")
    assert "er slettet siden" in words(late)
    assert "Mette foreslog det." in words(late)
    answered = await birgit.presses(told, "Send svaret", answer="Det er slettet nu.")
    assert "Ikke rettet" in words(answered)
    assert "Det er slettet nu." in words(await mette.sees("rectification", request.id))
    for title in buttons(note):
        assert "Mette foreslog det." not in words(await mette.presses(note, title))
    assert await mette.gets("confirmation", about.id) is None


async def test_focus_areas_go_with_their_statuses_when_their_time_is_over(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    town: Town,  # noqa: F811
) -> None:
    def kept(uow: UnitOfWork) -> None:
        author = mette.who.id
        decided = Decision(dialogue_id=town.dialogue.id, author_id=author, written_by=author, written_at=AFTER)
        uow.add(decided)
        uow.session.flush()
        area = FocusArea(
            institution_id=town.school.id,
            theme_id=town.theme.id,
            decision_id=decided.id,
            title="Flere siger noget",
            why="De stille elever",
            signs="Flere rækker hånden op",
            chosen_at=AFTER,
            closed_at=AFTER,
        )
        uow.add(area)
        uow.session.flush()
        uow.add(FocusStatus(focus_area_id=area.id, author_id=mette.who.id, status=Status.ROOTED, written_at=AFTER))

    await database.write(kept)
    birgit.now = AFTER + timedelta(days=1)
    shown = await birgit.says("tilsynsresumé for Elmeskolen")
    asked, saved = await birgit.presses(shown, "Vis kilder"), await birgit.presses(shown, "Gem som tilsynsresumé")
    source = next(value for value in options(asked, "source").values() if value.startswith("focus area:"))
    assert "Flere siger noget" in words(await birgit.presses(asked, "Åbn kilden", source=source))
    await sets(database, Kind.FOCUS_AREA)
    (preview,) = await database.read(lambda uow: due(uow, LATER))
    assert (preview.over, preview.deleted) == (2, 2)
    await tidy(database, LATER)
    assert [len(await all_of(database, each)) for each in (FocusArea, FocusStatus)] == [0, 0]
    birgit.now = LATER
    kept_lines = await birgit.presses(saved, "Vis kilder")
    assert "Flere siger noget" in words(kept_lines), "what was saved says what it said"
    for listed in (asked, kept_lines):
        gone = await birgit.presses(listed, "Åbn kilden", source=source)
        assert "Kilden kan ikke åbnes" in words(gone)
        assert "Flere siger noget" not in words(gone)


async def test_what_is_told_beforehand_is_what_goes_at_night(database: Database) -> None:
    """Each kind, of a municipality with two years behind it; what the rules before it delete sets more of it free."""
    zone = ZoneInfo("Europe/Copenhagen")
    await database.write(lambda uow: seed(uow, NOW, zone))
    for kind in SUGGESTED:
        await sets(database, kind, months=1)
    told = await database.read(lambda uow: due(uow, LATER))
    assert [each.kind for each in told] == sorted(SUGGESTED)
    assert sum(each.deleted > 0 for each in told) > 5
    assert any(each.kept > 0 for each in told)
    wholly: dict[Kind, int] = {}
    for each in told:
        wholly[each.kind] = await _deleted(database, each.kind)
    assert wholly == {each.kind: each.deleted for each in told}


async def _deleted(database: Database, kind: Kind) -> int:
    """How many rows of the kind go at night; those of the others stay for now."""
    count = 0
    while gone := await database.write(lambda uow: delete_batch(uow, kind, LATER)):
        count += sum(gone.values())
    return count
