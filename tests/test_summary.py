"""The supervision summary: what the chief sees, with every source at hand, and exactly that for the leader as well."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select

from bot.files import Files, Found
from cards.kit import Card
from cards.numbered import Numbered
from cards.source import Back, SourceForm
from cards.supervision import lines_of
from dialogs import source
from dialogs.download import Refused
from dialogs.flow import Asked
from dialogs.links import KEY, Link
from dialogs.scope import scope_of
from dialogs.summary import RECORD, asked
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.cycle import PoliticalRound, RoundState, Theme
from domain.decision import Decision
from domain.dialogue import HELD
from domain.errors import Refusal
from domain.facts import SourceKind
from domain.feedback import Feedback
from domain.focus_area import FocusArea
from domain.note import NoteVersion
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.personal_note import PersonalNote
from domain.preparation import Preparation
from domain.printed import Side
from domain.reflection import Reflection
from domain.scope import Bounds
from domain.slots import Slots
from domain.supervision import Section
from domain.visit import Note
from storage.audit import audit_event
from storage.database import Database
from storage.organisation import open_institutions
from storage.secret import secret_named
from storage.unit_of_work import UnitOfWork
from tests.asker import refusal
from tests.crowd import Crowd
from tests.test_board import REACHABLE, links
from tests.test_document import text_of_pdf, text_of_word
from tests.town import MUNICIPALITY, NOW, SPRING, STARTS, Someone, Town, buttons, options, parts, values, words

MANY = 60


async def everybody(database: Database) -> list[tuple[Person, list[RoleAssignment]]]:
    def work(uow: UnitOfWork) -> list[tuple[Person, list[RoleAssignment]]]:
        held = uow.session.scalars(select(RoleAssignment)).all()
        return [
            (each, [role for role in held if role.person_id == each.id]) for each in uow.session.scalars(select(Person))
        ]

    return await database.read(work)


async def askers(database: Database) -> list[Person]:
    """Everybody with a role; on PostgreSQL two of those with the same roles, for whom the same statements are sent."""
    found = [(someone, held) for someone, held in await everybody(database) if held]
    if database.dialect == "sqlite":
        return [someone for someone, _held in found]
    alike: dict[object, list[Person]] = {}
    for someone, held in found:
        roles = frozenset((each.role, each.area_id is None, each.institution_id is None) for each in held)
        alike.setdefault(roles, []).append(someone)
    return [someone for each in alike.values() for someone in each[:2]]


async def first(database: Database, role: Role) -> Someone:
    found = next(someone for someone, held in await everybody(database) if any(each.role is role for each in held))
    return Someone(database, found)


async def ask(someone: Someone, slots: Slots | None = None) -> Card:
    """The answer to the question with these slots, however it was typed."""

    def work(uow: UnitOfWork) -> Card:
        who = uow.session.get_one(Person, someone.who.id)
        turn = Turn.of(who, uow, someone.now, someone.municipality)
        return asked(turn, Asked("tilsynsresumé", slots=slots or Slots()))

    return await someone.database.write(work)


async def test_a_short_version_is_shorter(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    whole = await chief.says("tilsynsresumé for Elmeskolen")
    short = await chief.says("en kort version af tilsynsresuméet for Elmeskolen")
    assert len(words(short).splitlines()) < len(words(whole).splitlines())
    assert "afgræns for at se" in words(short)


async def test_i25_every_line_of_everybodys_summaries_has_a_source_that_its_reader_can_open(seeded: Database) -> None:
    """I25: "A summary line has ≥1 source ref the reader is allowed to open", for whoever may ask, wherever."""
    people = await askers(seeded)

    def work(uow: UnitOfWork) -> int:
        opened = 0
        for someone in people:
            turn = Turn.of(uow.session.get_one(Person, someone.id), uow, NOW, MUNICIPALITY)
            seen = [w for w in open_institutions(uow, turn.today) if turn.viewer.sight(RECORD, w) >= 3]
            for bounds in [Bounds(), *[Bounds(institution_ids=(where.id,)) for where in seen[:3]]] if seen else []:
                summary = summary_of(turn, scope_of(turn, bounds, RECORD), most=4)
                lines = lines_of(turn._, summary)
                numbered = Numbered(lines)
                for line in lines:
                    assert line.sources, (line.section, line.lead, line.rest)
                    assert re.search(r"\[\d+", numbered.of(line)), (line.section, line.lead, line.rest)
                    cards = ""
                    for ref in line.sources[:3]:
                        form = SourceForm(kind=ref.kind, id=ref.id, back=Back(answer="summary", bounds=bounds))
                        shown = words(source.open_it(turn, form))
                        assert "Kilden kan ikke åbnes" not in shown, (someone.name, ref)
                        opened += 1
                        cards += " ".join(shown.split())
                    for row in line.quote.splitlines():
                        told = row.rpartition(": ")[2].removesuffix(" …")
                        assert told in cards, (someone.name, line.section, row)
        return opened

    assert await seeded.write(work) > 100


async def test_the_seven_sections_stand_in_their_order(seeded: Database) -> None:
    card = await ask(await first(seeded, Role.CHIEF))
    headings = [each["text"] for each in parts(card) if each.get("style") == "heading"]
    assert headings == [
        "Tilsynsresumé",
        "Fokusområder",
        "Det fortæller data",
        "Børns, unges og forældres perspektiver",
        "Læringssamtaler og beslutninger",
        "Observationer",
        "Aftaler fra 1:1",
        "Mangler",
    ]
    assert "Uddrag – ingen vurdering. Det erstatter ikke den lovpligtige tilsynsrapport." in words(card)


async def test_r39_figures_and_what_is_told_stand_side_by_side_in_the_same_way(seeded: Database) -> None:
    """R-39: "In summaries they get the same visual rank; order is by theme, not by kind"."""
    card = await ask(await first(seeded, Role.CHIEF))
    sides = [each["items"] for each in parts(card) if each.get("layouts")]
    both = [each for each in sides if len(each) > 1]
    assert both
    for figures, told in both:
        assert words(figures).startswith("Nøgletal")
        assert words(told).startswith("Kvalitative data")
        assert {name: figures[name] for name in figures if name != "items"} == {
            name: told[name] for name in told if name != "items"
        }


async def test_a_source_opens_and_leads_back(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief), "Vis kilder")
    assert {"Gem som tilsynsresumé", "Word og PDF"} <= set(buttons(sources)), "the ways to keep it stay"
    for _title, value in list(options(sources, "source").items())[:MANY]:
        opened = await chief.presses(sources, "Åbn kilden", source=value)
        assert "Tilbage til kilderne" in buttons(opened), value
    again = await chief.presses(opened, "Tilbage til kilderne")
    assert words(again) == words(sources)


async def test_a_leader_gets_exactly_the_chiefs_card_of_their_own(seeded: Database) -> None:
    people = await everybody(seeded)
    mette, held = next((who, held) for who, held in people if who.name.startswith("Mette"))
    hers = await Someone(seeded, mette).says("hvad kan min chef se")

    def work(uow: UnitOfWork) -> tuple[Person, str]:
        where = uow.session.get_one(Institution, held[0].institution_id)
        chief = uow.session.scalars(select(RoleAssignment).filter_by(role=Role.CHIEF, area_id=where.area_id)).one()
        return uow.session.get_one(Person, chief.person_id), where.name

    birgit, place = await seeded.read(work)
    chiefs = await Someone(seeded, birgit).says(f"tilsynsresumé for {place}")

    of_the_chief = ("Tilsynsresumé", "Gem som tilsynsresumé", "Afgræns")
    of_the_leader = ("Det kan din chef se", "Det er det, din chef får, når der spørges til dit tilbud.")
    seen_by_chief = [line for line in words(chiefs).splitlines() if line not in of_the_chief]
    seen_by_leader = [line for line in words(hers).splitlines() if not line.startswith(of_the_leader)]
    assert len(seen_by_chief) > 60
    assert seen_by_leader == seen_by_chief, "what she lacks is other institutions, and saving"

    autumn = words(await Someone(seeded, mette).says(f"hvad kan min chef se på {place} i efteråret"))
    assert f"{place} · efterår 2025" in autumn
    assert "Jeg kan ikke søge på ”Gyldenskolen”" in words(
        await Someone(seeded, mette).says("hvad kan min chef se på Gyldenskolen")
    )


async def test_who_leads_two_is_asked_which_and_gets_the_half_year_that_was_typed(database: Database) -> None:
    town = Town()

    def build(uow: UnitOfWork) -> None:
        town.build(uow)
        club = Institution(
            name="Fritidshjemmet Hulen",
            type=InstitutionType.LEISURE,
            age_range=AgeRange.OLDER,
            area_id=town.school.area_id,
        )
        uow.add(club)
        uow.session.flush()
        uow.add(
            RoleAssignment(person_id=town.leader.id, role=Role.LEADER, institution_id=club.id, from_on=date(2024, 8, 1))
        )

    await database.write(build)
    leader = Someone(database, town.leader)
    which = await leader.says("hvad kan min chef se i efteråret")
    assert buttons(which) == ["Elmeskolen", "Fritidshjemmet Hulen"]
    assert "Elmeskolen · efterår 2025" in words(await leader.presses(which, "Elmeskolen"))
    assert "Fritidshjemmet Hulen" in words(await leader.says("hvad kan min chef se på Hulen"))


async def test_who_answers_for_nothing_there_gets_a_kind_no(database: Database) -> None:
    town = Town()
    await database.write(town.build)
    for someone in (town.other_chief, town.other_leader, town.teacher):
        reply = await Someone(database, someone).database.write(
            lambda uow, who=someone: _refused(uow, who, town.school.id)
        )
        assert reply == "outside_responsibility"


def _refused(uow: UnitOfWork, someone: Person, institution_id: UUID) -> str:
    turn = Turn.of(uow.session.get_one(Person, someone.id), uow, NOW, MUNICIPALITY)
    try:
        asked(turn, Asked("", slots=Slots(institutions=(institution_id,))))
    except Refusal as refused:
        return refused.code
    return ""


async def test_only_what_is_new_since_the_last_time(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    never = await ask(chief, Slots(since_last=True))
    assert "Du har ikke set netop det her før" in words(never)
    assert "Det fortæller data" in words(never)
    seen = await ask(chief)
    chief.now = NOW + timedelta(minutes=20)
    at_once = await chief.presses(seen, "Kun det nye siden sidst")
    assert "Du så det her første gang kl. 10.00, så du får det hele." in words(at_once), "they have just seen it"
    assert "Det fortæller data" in words(at_once)
    chief.now = NOW + timedelta(hours=3)
    same_day = words(await chief.presses(seen, "Kun det nye siden sidst"))
    assert "nyt siden 14. april 2026 kl. 10.00" in same_day
    assert "første gang" not in same_day
    named = words(await ask(chief, Slots(since_last=True, half_year=SPRING)))
    assert "nyt siden 14. april 2026 kl. 10.00" in named, "the same half-year, by its name"
    chief.now = NOW + timedelta(days=3)
    new = await chief.presses(await ask(chief), "Kun det nye siden sidst")
    assert "Der er ikke kommet noget nyt siden da." in words(new)
    assert "nyt siden 14. april 2026 kl. 13.00" in words(new)


async def test_narrowing_down_keeps_to_what_was_chosen(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    form = await chief.presses(await ask(chief), "Afgræns")
    schools = await chief.presses(form, "Vis", to_type="skole")
    assert "Skoler i område" in words(schools)
    spring = HalfYear.of(NOW.date()).previous
    earlier = await chief.presses(form, "Vis", to_period=spring.code)
    assert "efterår 2025" in words(earlier)


async def test_narrowed_down_to_a_theme_it_says_nothing_of_what_is_there_on_others(seeded: Database) -> None:
    """A focus area on another theme is one, and the local development is no theme that figures are lacking on."""

    def work(uow: UnitOfWork) -> tuple[UUID, UUID, str]:
        worked = uow.session.scalars(select(FocusArea).where(FocusArea.theme_id.is_not(None))).all()  # type: ignore[union-attr]
        for theme in uow.session.scalars(select(Theme).order_by(Theme.title)):  # type: ignore[arg-type]
            for area in worked:
                where = uow.session.get_one(Institution, area.institution_id)
                has = {each.theme_id for each in worked if each.institution_id == where.id}
                is_valid = theme.valid_from <= HalfYear.of(NOW.date()) <= theme.valid_to
                if area.closed_at is None and is_valid and theme.age_range is where.age_range and theme.id not in has:
                    return where.id, theme.id, theme.title
        raise AssertionError

    place, theme_id, title = await seeded.read(work)
    people = await everybody(seeded)
    chiefs = [Someone(seeded, who) for who, held in people if any(each.role is Role.CHIEF for each in held)]
    chief = [each for each in chiefs if not await refusal(each, "supervision_summary", institutions=(place,))][0]
    whole = await ask(chief, Slots(institutions=(place,)))
    assert "Intet fokusområde" not in words(whole)
    assert "Resten er om alle temaer" not in words(whole)
    assert "Lokal udvikling" in words(whole)
    shown = await ask(chief, Slots(institutions=(place,), theme=theme_id))
    assert f"Intet fokusområde om temaet ”{title}” i perioden" in words(shown)
    assert "Intet fokusområde i perioden" not in words(shown)
    assert "Lokal udvikling" not in words(shown)
    assert "Resten er om alle temaer." in words(shown)
    kept = await chief.presses(shown, "Gem som tilsynsresumé")
    assert "Lokal udvikling" not in words(kept)
    assert "Resten er om alle temaer." in words(kept)


async def test_nothing_is_said_to_be_lacking_of_a_theme_of_other_ages_or_in_a_half_year_to_come(
    database: Database,
) -> None:
    town = Town()

    def build(uow: UnitOfWork) -> None:
        town.build(uow)
        early = PoliticalRound(year=2024, age_range=AgeRange.YOUNGER, state=RoundState.SENT)
        uow.add(early)
        uow.session.flush()
        uow.add(
            Theme(
                round_id=early.id,
                title="Leg og sprog i hverdagen",
                title_en="Play and language every day",
                age_range=AgeRange.YOUNGER,
                valid_from=town.theme.valid_from,
                valid_to=town.theme.valid_to,
            )
        )

    await database.write(build)
    birgit = Someone(database, town.chief, municipality=REACHABLE)
    for typed, said, never in (
        (
            "tilsynsresumé for Elmeskolen om Leg og sprog i hverdagen",
            "Temaet ”Leg og sprog i hverdagen” gælder 0–6 år",
            "Intet fokusområde",
        ),
        (
            "tilsynsresumé for Elmeskolen efterår 2026",
            "Perioden begynder 1. august 2026, så der kan ikke mangle noget endnu.",
            "Ingen observation",
        ),
    ):
        card = await birgit.says(typed)
        assert "Gem som tilsynsresumé" not in buttons(card)
        file = await fetched(birgit, card, "Hent som PDF")
        assert isinstance(file, Found)
        for told in (words(card), " ".join(text_of_pdf(file.body).split())):
            assert said in told
            assert never not in told


async def test_narrowing_down_keeps_the_several_that_were_asked_for(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    whole = await chief.presses(await ask(chief), "Afgræns")
    by_kind = [value for value in options(whole, "to_type").values() if value != "all"][:2]
    places = [value for title, value in options(whole, "to_place").items() if title != "Alle"][:3]
    several = [
        Slots(types=tuple(InstitutionType(each) for each in by_kind)),
        Slots(institutions=tuple(UUID(each) for each in places)),
    ]
    for slots, input_id, line in zip(several, ("to_type", "to_place"), (None, "3 tilbud"), strict=True):
        card = await ask(chief, slots)
        form = await chief.presses(card, "Afgræns")
        assert values(form)[input_id] == "these"
        titles = list(options(form, input_id))
        assert titles[0] == "Alle"
        assert options(form, input_id)[titles[1]] == "these"
        assert line is None or titles[1] == line
        # Shown as it stands, it is the same answer; the half-year alone can be changed.
        again = words(await chief.presses(form, "Vis"))
        # How much of it there is room for depends on what the buttons carry.
        assert again.splitlines()[:3] == words(card).splitlines()[:3]
        assert re.findall(r"Bygger på .*", again) == re.findall(r"Bygger på .*", words(card))
        autumn = words(await chief.presses(form, "Vis", to_period="2025H2")).splitlines()[1]
        assert autumn == words(card).splitlines()[1].replace("forår 2026", "efterår 2025")
        everything = await chief.presses(form, "Vis", **{input_id: "all"})
        assert words(everything).splitlines()[1] == words(await ask(chief)).splitlines()[1]


async def test_a_source_that_is_gone_is_told_like_one_of_others(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    sources = await chief.presses(await ask(chief), "Vis kilder")
    for kind in SourceKind:
        gone = await chief.presses(sources, "Åbn kilden", source=f"{kind.value}:{UUID(int=7)}")
        assert "Kilden kan ikke åbnes" in words(gone)
    nonsense = await chief.presses(sources, "Åbn kilden", source="intet")
    assert "Kilden kan ikke åbnes" in words(nonsense)


async def test_every_answer_is_written_down_for_the_leaders_it_is_about(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    await ask(chief)
    await ask(chief)

    def work(uow: UnitOfWork) -> tuple[int, int]:
        query = select(func.count(), func.count(audit_event.c.institution_id.distinct())).where(
            audit_event.c.reader_id == chief.who.id, audit_event.c.record == Record.SUPERVISION_SUMMARY.value
        )
        rows = uow.session.execute(query).one()
        return rows[0], rows[1]

    written, places = await seeded.read(work)
    assert written >= places > 1
    leader = next(
        someone
        for someone, held in await everybody(seeded)
        if any(each.role is Role.LEADER for each in held) and someone.name.startswith("Mette")
    )
    assert "Svar om tilbuddet" in words(await Someone(seeded, leader).says("hvem har set det"))


async def test_r39_the_data_are_in_the_order_of_the_themes_and_not_of_the_kinds(seeded: Database) -> None:
    """R-39: "order is by theme, not by kind": of each theme the figures and what was told, and then of the next."""
    chief = await first(seeded, Role.CHIEF)

    def work(uow: UnitOfWork) -> list[tuple[str, Side | None]]:
        turn = Turn.of(uow.session.get_one(Person, chief.who.id), uow, NOW, MUNICIPALITY)
        found = lines_of(turn._, summary_of(turn, scope_of(turn, Bounds(), RECORD), most=MANY))
        return list(dict.fromkeys((line.theme, line.side) for line in found if line.section is Section.DATA))

    order = await seeded.read(work)
    themes = [theme for theme, _side in order]
    assert len(set(themes)) > 2
    assert [theme for theme, _some in groupby(themes)] == list(dict.fromkeys(themes)), "a theme stands in one place"
    assert sum(themes.count(each) == 2 for each in set(themes)) > 1, "and has both kinds there"


async def test_it_says_how_many_dialogues_were_held_of_all_in_the_period(seeded: Database) -> None:
    """C13, section 4: "held 2 of 4"; one whose time has come and that nobody has told of may have been held as well."""
    chief = await first(seeded, Role.CHIEF)

    def work(uow: UnitOfWork) -> tuple[int, int, list[str]]:
        turn = Turn.of(uow.session.get_one(Person, chief.who.id), uow, NOW, MUNICIPALITY)
        year = Bounds(first=HalfYear(2025, 2), last=HalfYear(2026, 1))
        found = summary_of(turn, scope_of(turn, year, RECORD), most=MANY)
        about = found.dialogues.facts
        counted = [line.rest for line in lines_of(turn._, found) if line.section is Section.DIALOGUES and line.is_count]
        assert any(each.has_begun for each in about)
        return sum(each.dialogue.state in HELD for each in about), len(about), counted

    held, total, [counted] = await seeded.read(work)
    assert 0 < held < total
    assert counted.startswith(f"Mindst {held} af {total} er holdt: ")
    assert "1 ikke opsamlet endnu" in counted


async def test_i26_no_text_of_any_draft_or_note_is_in_anybodys_summary(sqlite_database: Database) -> None:
    """I26: "A summary never contains text of drafts, personal notes, 1:1 note text", in whatever table they are."""

    def work(uow: UnitOfWork) -> tuple[dict[str, list[str]], str]:
        Crowd.gather(uow)
        uow.session.flush()
        unsent = [each for each in uow.session.scalars(select(Feedback)) if each.submitted_at is None]
        begun = [each for each in uow.session.scalars(select(Reflection)) if each.saved_at is None]
        prepared = [each for each in uow.session.scalars(select(Preparation)) if not each.is_ready]
        undecided = [each for each in uow.session.scalars(select(Decision)) if each.saved_at is None]
        hidden = {
            "personal note": [each.text for each in uow.session.scalars(select(PersonalNote))],
            "visit note": [each.text for each in uow.session.scalars(select(Note))],
            "observer's draft": [text for each in unsent for text in (each.described.saw, each.curious.wonder)],
            "reflection": [text for each in begun for text in vars(each.understanding).values()],
            "preparation": [text for each in prepared for text in (each.data.interpretation, each.data.wonder)],
            "decision": [each.what.text for each in undecided],
            "1:1 note": [each.content.leading for each in uow.session.scalars(select(NoteVersion))],
        }
        told = []
        for who in uow.session.scalars(select(Person)).all():
            turn = Turn.of(who, uow, NOW, MUNICIPALITY)
            if any(turn.viewer.sight(RECORD, where) >= Sight.FULL for where in open_institutions(uow, turn.today)):
                found = summary_of(turn, scope_of(turn, Bounds(), RECORD), most=MANY)
                told += [f"{line.lead} {line.rest} {line.quote} {line.small}" for line in lines_of(turn._, found)]
        return hidden, "\n".join(told)

    hidden, told = await sqlite_database.write(work)
    assert len(told) > 1_000
    for kind, texts in hidden.items():
        words_of_it = [each for each in texts if isinstance(each, str) and len(each) > 8]
        assert words_of_it, f"the town has no {kind}, so nothing is proved"
        assert [each for each in words_of_it if each in told] == [], kind


async def test_what_there_is_nothing_of_is_said_once_and_never_that_nothing_is_missing(database: Database) -> None:
    """A school with figures and a dialogue that was yesterday, on the card, when it is kept, and in its file."""
    town = Town()
    await database.write(town.build)
    birgit = Someone(database, town.chief, now=STARTS + timedelta(days=1), municipality=REACHABLE)
    card = await ask(birgit, Slots(institutions=(town.school.id,)))
    file = await fetched(birgit, card, "Hent som PDF")
    assert isinstance(file, Found)
    kept = await birgit.presses(card, "Gem som tilsynsresumé")
    for told in (words(card), words(kept), " ".join(text_of_pdf(file.body).split())):
        lacking = re.findall(r"Der er ikke registreret noget om: (.*?aftaler fra 1:1)\.", told)
        assert lacking == ["fokusområder · børns, unges og forældres perspektiver · observationer · aftaler fra 1:1"]
        assert "Kvalitative data: intet registreret om Overgange og deltagelse og Lokal udvikling." in told
        assert "Der mangler ikke noget" not in told
        assert "ikke opsamlet endnu, 21. april 2026" in told
    assert "Observationer" not in [each["text"] for each in parts(card) if each.get("style") == "heading"]


async def test_i26_no_draft_is_in_it(database: Database) -> None:
    """I26: "A summary never contains text of drafts, personal notes …"."""
    town = Town()
    await database.write(town.build)
    mette = Someone(database, town.leader)
    understood = await mette.presses(await mette.says("forbered"), "Næste")
    kept = await mette.presses(understood, "Gem kladde", interpretation="Kanariefugl i kladden")
    assert "kladde" in words(kept).lower()
    for someone in (town.chief, town.leader):
        card = await ask(Someone(database, someone))
        assert "Kanariefugl" not in words(card)


async def fetched(someone: Someone, card: Card, title: str, *, after: timedelta = timedelta()) -> Found | Refused:
    files = Files(someone.database, someone.municipality, lambda: someone.now + after)
    return await files.get(links(card)[title])


async def test_the_answer_as_word_and_pdf_has_all_its_lines_their_sources_and_what_it_is_not(
    seeded: Database,
) -> None:
    chief = replace(await first(seeded, Role.CHIEF), municipality=REACHABLE)
    card = await ask(chief)
    read = {}
    for title, reads in (("Hent som Word", text_of_word), ("Hent som PDF", text_of_pdf)):
        found = await fetched(chief, card, title)
        assert isinstance(found, Found)
        read[title] = " ".join(reads(found.body).split())
    for text in read.values():
        for said in (
            "Tilsynsresumé",
            f"Lavet den 14. april 2026 af {chief.who.name}",
            "Uddrag – ingen vurdering. Det erstatter ikke den lovpligtige tilsynsrapport.",
            "1. Fokusområder",
            "7. Mangler",
            "Kilder",
            "[1]",
        ):
            assert said in text

    def work(uow: UnitOfWork) -> list[str]:
        turn = Turn.of(uow.session.get_one(Person, chief.who.id), uow, NOW, MUNICIPALITY)
        found = summary_of(turn, scope_of(turn, Bounds(), RECORD), most=MANY)
        return [line.lead or line.rest for line in lines_of(turn._, found, most_figures=MANY)]

    all_of_them = await seeded.read(work)
    assert len(all_of_them) > len(words(card).splitlines()) / 3
    assert [each for each in all_of_them if " ".join(each.split()) not in read["Hent som Word"]] == []


async def test_i32_the_link_to_an_answer_is_only_for_whoever_asked_and_with_the_role_of_that_moment(
    seeded: Database,
) -> None:
    chief = replace(await first(seeded, Role.CHIEF), municipality=REACHABLE)
    card = await ask(chief)
    key = await seeded.write(lambda uow: secret_named(uow, KEY))
    link = Link.read(links(card)["Hent som PDF"], key)
    other = await first(seeded, Role.LEADER)
    foreign = replace(link, person_id=other.who.id).signed(key)
    files = Files(seeded, REACHABLE, lambda: chief.now)
    assert isinstance(await files.get(foreign), Refused)

    def ends(uow: UnitOfWork) -> None:
        for each in uow.session.scalars(select(RoleAssignment)):
            if each.person_id == chief.who.id:
                each.to_on = NOW.date() - timedelta(days=1)

    await seeded.write(ends)
    assert isinstance(await fetched(chief, card, "Hent som PDF"), Refused)


async def test_one_institution_can_be_left_again_for_all_or_for_another_kind(seeded: Database) -> None:
    chief = await first(seeded, Role.CHIEF)
    form = await chief.presses(await ask(chief), "Afgræns")
    one = next(value for title, value in options(form, "to_place").items() if title != "Alle")
    only = await chief.presses(form, "Vis", to_place=one)
    again = await chief.presses(only, "Afgræns")
    assert options(again, "to_place") == options(form, "to_place")
    kinds = [value for value in options(again, "to_type").values() if value != "all"]
    for kind in kinds:
        assert "tilbud" in words(await chief.presses(again, "Vis", to_type=kind))
    everything = await chief.presses(again, "Vis", to_place="all")
    assert words(everything).splitlines()[1] == words(await ask(chief)).splitlines()[1]


async def test_a_theme_of_one_institution_is_drawn_over_the_half_years_with_its_numbers_and_their_sources(
    seeded: Database,
) -> None:
    chief = await first(seeded, Role.CHIEF)

    def themes_and_places(uow: UnitOfWork) -> list[tuple[UUID, UUID]]:
        turn = Turn.of(uow.session.get_one(Person, chief.who.id), uow, NOW, MUNICIPALITY)
        seen = [where for where in open_institutions(uow, turn.today) if turn.viewer.sight(RECORD, where) >= Sight.FULL]
        themes = uow.session.scalars(select(Theme)).all()
        return [(theme.id, where.id) for where in seen for theme in themes if theme.age_range is where.age_range]

    number = 0
    for theme_id, place_id in (await seeded.read(themes_and_places))[:8]:
        card = await ask(chief, Slots(institutions=(place_id,), theme=theme_id))
        lines = [words(each) for each in parts(card) if each.get("type") == "Container" and "[" in words(each)]
        for chart in (each for each in parts(card) if each.get("type") == "Chart.Line"):
            number += 1
            assert all(len(row["values"]) > 1 for row in chart["data"])
            for told in (words(each) for each in chart["fallback"]["items"]):
                # The line says the same, and has a package of each half-year.
                line = min((each for each in lines if told.split(" – ")[-1] in each), key=len)
                assert len(re.findall(r"\[\d+\]", line)) >= len(chart["data"][0]["values"])
    assert number > 1
