"""What typed messages mean, without a database: the collected ones, and what must hold for any."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding import Earlier, chosen, told_by, understand
from dialogs.understanding.letters import plain
from dialogs.understanding.noted import Noted, noted_in
from domain.period import HalfYear
from domain.perspective import Group
from domain.roster import Roster
from domain.slots import Kind, Slots
from domain.unused import Why
from storage.database import Database
from tests.understanding.measure import Report, Result, measure, messages_in, shortfalls, take_town
from tests.understanding.roster import roster

TOWN = roster()
DAY = messages_in("develop.csv")[0].today


def told(text: str, *, earlier: Earlier | None = None, names: Roster = TOWN) -> tuple[str | None, dict[str, object]]:
    found = understand(text, names, DAY, earlier=earlier)
    return found.intent, found.slots.as_json(names)


def after(*messages: str) -> tuple[str | None, dict[str, object]]:
    """The last of several messages, each going on from those before."""
    earlier = None
    for text in messages:
        found = understand(text, TOWN, DAY, earlier=earlier)
        assert found.question is not None
        earlier = Earlier(found.question, replace(found.slots, left=found.left))
    return found.intent, found.slots.as_json(TOWN)


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("develop", "town"),
        ("develop2", "town"),
        ("develop3", "town"),
        ("develop4", "town"),
        ("develop5", "town"),
        ("develop6", "town"),
        ("develop7", "town"),
        ("develop8", "town"),
        ("develop9", "town"),
        ("develop10", "town"),
        ("develop11", "town"),
        ("second_town", "second_town"),
        ("held_out", "town"),
    ],
)
async def test_the_collected_messages_are_understood(sqlite_database: Database, name: str, town: str) -> None:
    await sqlite_database.write(lambda uow: take_town(uow, town))
    report = await measure(messages_in(f"{name}.csv"), sqlite_database, is_timed=False)
    for language in (report.of(False), report.of(True)):
        # Numbers alone, since an error here must not show the messages that are only measured on.
        intents, slots, wrong = language.intents, language.slots, language.wrong("institution", "area", "leader")
        assert intents >= 95
        assert slots >= 90
        assert wrong == 0


def test_what_falls_short_is_told_by_language() -> None:
    messages = messages_in("held_out.csv")
    right = [Result(each, each.intent, each.slots, 0.001) for each in messages]
    assert shortfalls(Report(right), is_measured_only=True) == []
    missed = [replace(each, intent="nothing") if each.message.is_english else each for each in right]
    assert [each.split()[:2] for each in shortfalls(Report(missed), is_measured_only=True)] == [
        ["English", "intents"],
        ["English", "slots"],
    ]
    assert shortfalls(Report(missed), is_measured_only=False) == []
    danish = next(each for each in right if each.intent == "key_figures" and not each.message.is_english)
    guessed = replace(danish, slots={"institution": "Another"}, seconds=0.03)
    assert [each.split()[0] for each in shortfalls(Report([guessed]), is_measured_only=False)] == ["Danish", "99"]


def test_a_word_for_people_is_no_theme_that_has_it_in_its_name() -> None:
    theme = replace(TOWN.themes[0], title="Sammen med forældrene", aliases=("forældre", "forældresamarbejde"))
    names = replace(TOWN, themes=(theme, *TOWN.themes[1:]))
    assert told("forældre", names=names) == ("perspective_summary", {"perspective_group": "parents"})
    for title in ("sammen med forældrene", "forældresamarbejde"):
        assert told(title, names=names)[1]["theme"] == "Sammen med forældrene"


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("fokusområder for cyklussen 24-26", "focus_area_status", {"cycle": "current"}),
        ("fokusområder cyklus 2020-2022", "focus_area_status", {}),
        ("nøgletal sk.år 25/26", "key_figures", {"half_year": "2026H1"}),
        ("nøgletal 25/26", "key_figures", {"half_year": "2026H1"}),
        ("nøgletal den 26/1", "key_figures", {}),
        ("Byskolen E25", "supervision_summary", {"institution": "Byskolen", "half_year": "2025H2"}),
        ("mit forår", "supervision_summary", {"half_year": "2026H1"}),
        ("bestyrelsens svar på Elmeskolen", "decision_list", {"institution": "Elmeskolen", "status": "board"}),
        ("unge på Byskolen om trivsel", "perspective_summary", None),
        ("unge på Byskolen, nøgletal om trivsel", "key_figures", None),
        ("børnene har det godt", "perspective_summary", {"perspective_group": "children"}),
        ("birgit er syg så vi må aflyse i morgen", "move", {}),
        ("er mette syg", "refuse", {"reason": "personnel_not_here"}),
        ("hvad har bestyrelsen besluttet", "decision_list", {"status": "board"}),
        ("bestyrelsens beslutninger i foråret", "decision_list", {"half_year": "2026H1", "status": "board"}),
        ("hvad har vi besluttet om bestyrelsen", "decision_list", {}),
        ("ranglist skolerne efter trivsel", "refuse", {"reason": "no_ranking"}),
        # Of two letters that differ, the first is none: another word is no misspelling.
        ("inklusion elmeskolen", "supervision_summary", {"institution": "Elmeskolen"}),
        ("konklution elmeskolen", "decision_list", {"institution": "Elmeskolen"}),
        ("hvad siger forældrene i bestyrelsen", "perspective_summary", {"perspective_group": "parents"}),
        ("hvilke politiske temaer arbejder de med på Elmeskolen", "focus_area_status", {"institution": "Elmeskolen"}),
        ("aftaler med målene", "agreement_overview", {}),
        ("nøgletal for vejen", "unknown_institution", None),
        ("good evening dear bot", "smalltalk", {}),
        ("svømning for Alma i 5b", "refuse", {"reason": "child_level"}),
        ("vis mig nogle eksempler", "help", {}),
        ("hjælp tak", "help", {}),
        ("tak for din hjælp", "smalltalk", {}),
        ("hvordan skifter jeg sprog", "set_language", {}),
        ("du er den bedste", "smalltalk", {}),
    ],
)
def test_words_that_may_mean_something_else_beside_others(
    text: str, intent: str, slots: dict[str, object] | None
) -> None:
    found = told(text)
    assert found[0] == intent
    assert slots is None or found[1] == slots


@pytest.mark.parametrize("text", ["hvor er mit kort", "jeg har ikke tid", "hvor finder jeg det seneste"])
def test_what_is_said_of_oneself_does_not_repeat_the_last_answer(text: str) -> None:
    found = understand(text, TOWN, DAY, earlier=Earlier("focus_area_status", Slots()))
    assert found.intent != "focus_area_status"


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("forældre siger at de savner info om skema", (Group.PARENTS,)),
        ("en mor siger at hun mangler besked", (Group.PARENTS,)),
        ("børnene vil have flere gynger", (Group.CHILDREN,)),
        ("de unge vil gerne have mere tid sammen", (Group.YOUTH,)),
        ("personalet synes møderne er for lange", (Group.STAFF,)),
        ("I dag sagde forældrene at de er glade", (Group.PARENTS,)),
        ("eleverne oplever uro i timerne", (Group.CHILDREN, Group.YOUTH)),
        ("parents say that they miss information", (Group.PARENTS,)),
        ("skolebestyrelsen anbefaler længere pauser", (Group.PARENTS, Group.STAFF)),
        ("bestyrelsen anbefaler at vi får flere voksne", (Group.PARENTS, Group.STAFF)),
        ("forældrebestyrelsen anbefaler flere læringssamtaler", (Group.PARENTS, Group.STAFF)),
        ("forældrerådet anbefaler flere ture", (Group.PARENTS,)),
        ("klubrådet anbefaler ture", (Group.YOUTH,)),
        ("bestyrelsen anbefaler", ()),
        ("hvad anbefaler bestyrelsen", ()),
        ("hvad siger forældrene om skemaet", ()),
        ("siger forældrene at de savner noget", ()),
        ("forældrene siger at de er utilfredse?", ()),
        ("personalet er pressede for tiden", (Group.STAFF,)),
        ("er personalet pressede", ()),
        ("en lærer fortalte at stemningen er dårlig", (Group.STAFF,)),
        ("anbefaling fra elevrådet: længere pauser", (Group.CHILDREN, Group.YOUTH)),
        ("anbefalinger fra elevrådet", ()),
        ("flere forældre har spurgt til mobiltelefoner", (Group.PARENTS,)),
        ("forældrene spørger om vi kan lave mere udeliv", (Group.PARENTS,)),
        ("forældrene er ikke glade for lukkedage", (Group.PARENTS,)),
        ("pædagogerne har foreslået en fast ugeplan", (Group.STAFF,)),
        ("jeg hørte i dag at børnene gerne vil mere i skoven", (Group.CHILDREN,)),
        ("jeg hørte noget fra forældrene", ()),
        ("har forældrene spurgt til mobiltelefoner", ()),
        ("børn siger om overgange", ()),
        ("elever siger på Elmeskolen i foråret", ()),
        ("beslutninger hvor forældrene ønsker noget", ()),
        ("vis hvad børnene synes om maden i dag", ()),
    ],
)
def test_who_tells_something_is_told_from_who_asks(text: str, groups: tuple[Group, ...]) -> None:
    assert told_by(text) == groups


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("husk at spørge Karen om fravær", Noted.TO_BRING_UP),
        ("vi har aftalt, at jeg sender tal", Noted.AGREEMENT),
        ("we decided to wait", Noted.DECISION),
        ("husk at købe spirer", None),
        ("vi har aftalt noget om tal", None),
        ("har vi aftalt at jeg sender tal", None),
        ("jeg kan ikke huske, hvad vi besluttede", None),
    ],
)
def test_what_is_to_be_written_down_is_told_from_what_is_asked(text: str, kind: Noted | None) -> None:
    found = noted_in(text)
    assert (found and found[0]) == kind


def and_others(text: str, *, earlier: Earlier | None = None) -> list[str]:
    """The other questions of a message, as they are repeated; `…` where there were more than are."""
    unused = understand(text, TOWN, DAY, earlier=earlier).unused
    return [each.words or "…" for each in unused if each.why in (Why.ONE_AT_A_TIME, Why.MORE_AT_ONCE)]


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("Vis aftaler, hvor fristen er overskredet", "agreement_overview", {"status": "overdue"}),
        (
            "Vis mig de aftaler på Elmeskolen, hvor fristen er overskredet",
            "agreement_overview",
            {"institution": "Elmeskolen", "status": "overdue"},
        ),
        ("Vis aftaler på Elmeskolen og hvor fristen er overskredet", "agreement_overview",
         {"institution": "Elmeskolen", "status": "overdue"}),
        ("Hvilke fokusområder er der, hvor der mangler status?", "focus_area_status", {"status": "none"}),
        ("Hvilke observationer er der, hvad der mangler kvittering for?", "observation_overview",
         {"status": "awaiting_acknowledgement"}),
        ("Vis aftaler med Karen, hvem der end har lavet beslutninger", "agreement_overview", {"leader": "Karen Kjær"}),
        ("Show me the agreements, where the deadline is overdue", "agreement_overview", {"status": "overdue"}),
        ("Show me the agreements, which are overdue", "agreement_overview", {"status": "overdue"}),
    ],
)  # fmt: skip
def test_a_relative_clause_is_no_second_question(text: str, intent: str, slots: dict[str, object]) -> None:
    assert (told(text), and_others(text)) == ((intent, slots), [])


@pytest.mark.parametrize(
    ("text", "intent", "slots", "others"),
    [
        (
            "Elmeskolen. Hvilke aftaler er der? Hvor er der mangler?",
            "agreement_overview",
            {"institution": "Elmeskolen"},
            ["Hvor er der mangler"],
        ),
        (
            "Jeg skal til møde på Elmeskolen i morgen. Hvad siger eleverne? Hvilke aftaler har vi?",
            "perspective_summary",
            {"institution": "Elmeskolen", "perspective_group": ["children", "youth"]},
            ["Hvilke aftaler har vi"],
        ),
        (
            "Hvilke aftaler er der, og hvor er der mangler i Elmeskolen?",
            "agreement_overview",
            {"institution": "Elmeskolen"},
            ["hvor er der mangler i Elmeskolen"],
        ),
        (
            "Hvilke aftaler er der? Hvor er der mangler? Det er på Elmeskolen.",
            "agreement_overview",
            {"institution": "Elmeskolen"},
            ["Hvor er der mangler. Det er på Elmeskolen"],
        ),
        (
            "Efteråret 2025. Hvilke beslutninger er der på Byskolen? Hvad siger forældrene?",
            "decision_list",
            {"institution": "Byskolen", "half_year": "2025H2"},
            ["Hvad siger forældrene"],
        ),
        (
            "Nord. Hvilke aftaler er der? Hvad siger eleverne?",
            "clarify",
            {"candidates": ["area:Nord", "institution:Nord Dagtilbud"]},
            ["Hvad siger eleverne"],
        ),
        (
            "Hvilke aftaler er der, og hvad siger eleverne i Nord?",
            "agreement_overview",
            {"area": "Nord"},
            ["hvad siger eleverne i Nord"],
        ),
        # A question by itself that names another place is that place's.
        (
            "Hvilke aftaler er der på Elmeskolen? Hvad siger eleverne på Byskolen?",
            "agreement_overview",
            {"institution": "Elmeskolen"},
            ["Hvad siger eleverne på Byskolen"],
        ),
        (
            "Hvor er der mangler? Hvilke aftaler er der på Byskolen?",
            "attention_list",
            {},
            ["Hvilke aftaler er der på Byskolen"],
        ),
        # What asks the same is answered together.
        (
            "Hvilke aftaler er der med Karen Kjær? Hvad siger eleverne? Hvilke aftaler er der med Mette Holm?",
            "agreement_overview",
            {"leader": ["Karen Kjær", "Mette Holm"]},
            ["Hvad siger eleverne"],
        ),
    ],
)
def test_what_is_named_once_goes_with_the_first_question(
    text: str, intent: str, slots: dict[str, object], others: list[str]
) -> None:
    assert (told(text), and_others(text)) == ((intent, slots), others)
    assert understand(text, TOWN, DAY).question in (intent, "agreement_overview")


def test_a_place_before_two_questions_is_no_more_of_the_question_before() -> None:
    earlier = Earlier("observation_overview", Slots())
    text = "Elmeskolen. Hvilke aftaler er der? Hvor er der mangler?"
    assert told(text, earlier=earlier) == ("agreement_overview", {"institution": "Elmeskolen"})
    assert and_others(text, earlier=earlier) == ["Hvor er der mangler"]


def test_of_many_questions_it_is_told_that_there_were_more() -> None:
    asked = [
        "Hvilke aftaler er der", "Hvad siger eleverne", "Hvad blev der besluttet", "Hvad er nøgletallene",
        "Hvordan går det med fokusområderne", "Hvornår er næste læringssamtale",
    ]  # fmt: skip
    assert and_others("? ".join(asked[:4])) == asked[1:4]
    assert and_others("? ".join(asked[:5])) == [*asked[1:4], "…"]
    assert and_others("? ".join(asked)) == [*asked[1:4], "…"]
    assert and_others("Aftaler? nøgletal? aftaler? nøgletal?") == ["nøgletal"]
    assert and_others("Aftaler? nøgletal? " + "x? " * 40)[1:] == ["…"]


@pytest.mark.parametrize(
    ("text", "half_year", "left"),
    [
        ("beslutninger i år", "2026H1", []),
        ("hvad er besluttet siden nytår", "2026H1", []),
        ("samtalerne i år", "2026H1", ["i år"]),
        ("tilsynsresumé sidste år", "2025H2", ["sidste år"]),
        ("tilsynsresumé Elmeskolen sidste skoleår", "2025H1", ["sidste skoleår"]),
        ("decisions last school year", "2025H1", ["last school year"]),
        ("nøgletal i skoleåret", "2026H1", []),
        ("beslutninger i skoleåret", "2026H1", ["skoleåret"]),
        ("observations last year", "2025H2", ["last year"]),
        ("nøgletal foråret sidste år", "2025H1", []),
        ("sidste års forår: nøgletal", "2025H1", []),
        ("beslutninger 3/2025", "2025H1", ["3/2025"]),
        ("beslutninger 2025-11", "2025H2", ["2025-11"]),
        ("beslutninger 2025/26", "2026H1", ["2025/26"]),
        ("observationer d. 3/5-26", "2026H1", ["3/5-26"]),
        ("beslutninger fra 12/4", None, ["12/4"]),
        ("beslutninger 12. april", None, ["12. april"]),
        ("beslutninger fra efterår 2024 til forår 2026", "2024H2", ["fra efterår 2024 til forår 2026"]),
        ("observationer mellem efteråret 2024 og foråret 2025", "2024H2", ["mellem efteråret 2024 og foråret 2025"]),
        ("beslutninger siden efteråret", "2025H2", ["siden efteråret"]),
        ("beslutninger siden foråret", "2026H1", []),
        ("nøgletal i de sidste to år", None, ["de sidste to år"]),
        ("beslutninger de seneste 3 måneder", None, ["de seneste 3 måneder"]),
        ("beslutninger for tre uger siden", None, ["for tre uger siden"]),
        ("observationer siden sommerferien", None, ["siden sommerferien"]),
        ("aftaler inden fredag", None, ["inden fredag"]),
        ("samtaler i uge 20", None, ["i uge 20"]),
        ("hvilke skoler har mindst ét fokusområde", None, ["mindst ét fokusområde"]),
        ("karaktergennemsnit elmeskolen", None, ["karaktergennemsnit"]),
        ("apv elmeskolen", None, ["apv"]),
        ("handleplaner på elmeskolen", None, ["handleplaner"]),
        ("fravær blandt drenge på elmeskolen", None, ["drenge"]),
        ("fravær for 4. årgang på elmeskolen", None, ["4. årgang"]),
        ("hvordan går det egentlig på elmeskolen", None, []),
        ("nøgletal for skoler med over 2000 elever", None, ["over 2000 elever"]),
        ("key figures for schools with fewer than 300 pupils", None, ["fewer than 300 pupils"]),
        ("aftaler om 2000 kr", None, ["2000 kr"]),
        ("nøgletal for skoler med 2025 elever", None, ["2025 elever"]),
        ("tilsynsresumé 2025 skolerne", "2025H2", ["2025"]),
        ("tilsynsresumé for vuggestuerne", None, ["vuggestuerne"]),
        ("aftaler i klubberne og sfo'erne", None, ["klubberne, sfo'erne"]),
        ("tilsynsresumé for dagtilbuddene", None, []),
        ("nøgletal for vuggestuen Mælkebøtten", None, []),
        ("åbne aftaler karin", None, ["karin"]),
        ("beslutninger om brug af mobiltelefoner på Byskolen", None, ["mobiltelefoner"]),
        ("nøgletal for Byskolen frikvarter", None, ["frikvarter"]),
        ("vis mig nøgletal tak, bedste hilsner Birgit Dalum", None, []),
        ("hvor mangler der beslutninger", None, ["mangler"]),
        ("hvilke indsatser er gennemført", None, ["gennemført"]),
        ("tilsynsresumé sommer", None, ["sommer"]),
        ("ubesvarede anbefalinger fra de unge", None, ["de unge"]),
        ("aftaler jeg selv skal gøre", None, ["jeg selv skal gøre"]),
        ("hvad har jeg lovet", None, ["har jeg lovet"]),
        ("hvilke steder har jeg ikke snakket med", None, ["ikke snakket med"]),
        ("hvilke skoler har jeg ikke besøgt", None, ["ikke besøgt"]),
    ],
)
def test_what_no_answer_goes_by_is_told_in_its_own_words(text: str, half_year: str | None, left: list[str]) -> None:
    found = understand(text, TOWN, DAY)
    assert found.slots.as_json(TOWN).get("half_year") == half_year
    assert [each.words for each in found.unused] == left
    assert "occurrence" not in found.slots.as_json(TOWN)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hvad tog observatørerne med hjem", "observation_overview"),
        ("tilsynsresumé med kilder", "supervision_summary"),
        ("nøgletal med graf for Elmeskolen", "key_figures"),
        ("hvad anbefaler forældrene", "perspective_summary"),
        ("what have parents recommended", "perspective_summary"),
        ("hvor god er Elmeskolen fra 1 til 10", "refuse"),
        ("er Elmeskolen over gennemsnittet", "refuse"),
        ("hvordan ligger Elmeskolen i forhold til de andre skoler", "refuse"),
        ("læg svaret i ledergruppens chat", "refuse"),
        ("what's in Søs' personal file", "refuse"),
        ("hvad siger de på Elmeskolen", "perspective_summary"),
        ("what do they say at Elmeskolen", "perspective_summary"),
        ("hvad siger de i kastanjen", "unknown_institution"),
        ("Karens skole", "supervision_summary"),
        ("Mettes skole", "clarify"),
        ("Bodils skole", "unknown_institution"),
        ("hvad er nyt siden sidst", "overview"),
        ("hvem har læst tilsynsresuméet for Elmeskolen", "who_has_seen"),
        ("who has read the supervision summary for Elmeskolen", "who_has_seen"),
    ],
)
def test_plain_questions_look_for_nobody_called_hjem(text: str, intent: str) -> None:
    assert told(text)[0] == intent


def test_an_answer_is_sent_to_nobody_and_a_place_nobody_knows_is_asked_about_in_its_own_words() -> None:
    found = understand("send tilsynsresuméet for Elmeskolen til Karen", TOWN, DAY)
    assert found.slots.as_json(TOWN) == {"institution": "Elmeskolen"}
    assert [each.why for each in found.unused] == [Why.NOT_SENT]
    assert understand("send mig tilsynsresuméet for Elmeskolen", TOWN, DAY).unused == ()
    sunshine = understand("supervision summary of Sunshine kindergarten", TOWN, DAY)
    assert (sunshine.is_unknown_person, sunshine.unused) == (False, ())
    assert understand("nøgletal klub 8271", TOWN, DAY).unused == ()
    kinds = understand("fokusområder for børnehaver og vuggestuer", TOWN, DAY).unused
    assert [each.words for each in kinds] == ["børnehaver, vuggestuer"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("beslutninger i skoleåret 2024/25", "2024H2"),
        ("beslutninger i skole året 2024-2025", "2024H2"),
        ("beslutninger forrige skoleår", "2024H2"),
        ("decisions this school year", "2025H2"),
        ("beslutninger hele året", "2025H2"),
        ("beslutninger i efteråret 2025 og foråret 2026", "2026H1"),
        ("beslutninger 2024", "2024H1"),
    ],
)
def test_of_a_year_the_other_half_is_offered(text: str, other: str) -> None:
    """A school year is an autumn and the spring after it."""
    found = understand(text, TOWN, DAY)
    assert [each.other and each.other.code for each in found.unused] == [other]
    assert "institution_type" not in found.slots.as_json(TOWN)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("hvem mangler opsamling", "overdue"),
        ("hvilke samtaler er ikke opsamlet", "overdue"),
        ("mangler opsamling", "overdue"),
        ("dialogues not closed", "open"),
    ],
)
def test_how_far_a_dialogue_is_is_asked_in_the_words_that_tell_it(text: str, status: str) -> None:
    assert told(text) == ("dialogue_overview", {"status": status})


@pytest.mark.parametrize(
    "text", ["sammenlign dette efterår med sidste efterår", "compare this autumn with last autumn"]
)
def test_two_autumns_are_two(text: str) -> None:
    assert told(text)[1] == {"half_year": "2025H2", "compare_to": "2024H2"}


def test_a_year_that_is_over_half_is_not_all_there() -> None:
    """In autumn `siden nytår` is more than the half-year that is answered."""
    found = understand("beslutninger siden nytår", TOWN, DAY.replace(month=11))
    assert (found.slots.as_json(TOWN), [each.words for each in found.unused]) == (
        {"half_year": "2026H2"},
        ["siden nytår"],
    )


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("kan forældrene se det jeg skriver", "who_sees_what"),
        ("hvem læser mine noter", "who_sees_what"),
        ("can my staff see what I write", "who_sees_what"),
        ("kan andre se mine personlige noter", "who_sees_what"),
        ("vis mig hans noter", "refuse"),
        ("kommer det videre til forvaltningen", "who_sees_what"),
        ("jeg vil skrive videre", "continue"),
        ("kan jeg se mine noter", None),
        ("kan forældrene se en forskel i trivslen", "compare_half_years"),
        ("har nogen set det", "who_has_seen"),
        ("er der set fremgang i trivslen", "supervision_summary"),
        ("jeg skrev forkert i beslutningen i går", "correct"),
        ("correct my preparation", "correct"),
        ("jeg har ret til at se aftaler", "agreement_overview"),
        ("jeg skrev forkert", "refuse"),
        ("jeg vil gerne have en kollega ud og se på vores frikvarter", "invite"),
        ("hvem har en kollega observeret", "observation_overview"),
        ("er der noget nyt", "overview"),
        ("hvad er nyt på Elmeskolen", "supervision_summary"),
        ("kan vi rykke den til torsdag", "move"),
        ("er vores trivsel blevet bedre", "compare_half_years"),
        ("hvilke skoler er blevet bedre", "refuse"),
        ("sammenlign os med de andre skoler", "refuse"),
        ("hvem har jeg ikke haft 1:1 med", "one_on_one"),
        ("jeg har lige haft en god 1:1 med Mette, hun mangler vikarer", "note_unplanned"),
        ("jeg har lige haft 1:1 med Mette og vi aftalte at flytte skabene", "note_unplanned"),
        ("jeg har haft travlt, flyt mit 1:1 med Mette til fredag", "move"),
        ("jeg har holdt fri og vil flytte mødet med Mette til torsdag kl. 10", "move"),
        ("jeg har haft svært ved at finde tid til 1:1 med Mette", None),
        ("jeg har haft 1:1 med Mette, brief mig", "clarify"),
        ("hvor har vi ikke hørt fra eleverne", "perspective_summary"),
        ("trivsel over tid", "key_figures"),
        ("fortæl om sprog", "supervision_summary"),
        ("aftaler over tid", "agreement_overview"),
        ("børn i Havelygten", "unknown_institution"),
        ("de sagde at frikvarteret er for kort", None),
        ("figures at havelygten", "unknown_institution"),
    ],
)
def test_what_is_asked_of_ones_own_is_told_from_what_is_asked_of_others(text: str, intent: str | None) -> None:
    assert told(text)[0] == intent


def test_a_name_that_fits_several_is_asked_about() -> None:
    intent, slots = told("tilsynsresumé for Nord")
    assert (intent, slots) == ("clarify", {"candidates": ["area:Nord", "institution:Nord Dagtilbud"]})
    assert told("tilsynsresumé for område Nord") == ("supervision_summary", {"area": "Nord"})
    assert told("tilsynsresumé for Nord Dagtilbud") == ("supervision_summary", {"institution": "Nord Dagtilbud"})


def test_what_is_chosen_takes_its_place_in_the_question() -> None:
    found = understand("fokusområder Nord foråret", TOWN, DAY)
    area, _institution = found.slots.candidates
    assert area.kind is Kind.AREA
    assert chosen(found.slots, area).as_json(TOWN) == {"area": "Nord", "half_year": "2026H1"}


@pytest.mark.parametrize(
    ("asked", "answer", "slots"),
    [
        ("nøgletal for Tilst", "skolen", {"institution": "Tilst Skole"}),
        ("nøgletal for Tilst", "Klub Tilst", {"institution": "Klub Tilst"}),
        ("nøgletal for Tilst", "den første tak", {"institution": "Klub Tilst"}),
        ("nøgletal for Tilst", "2", {"institution": "Tilst Dagtilbud"}),
        ("nøgletal for Tilst", "the last one", {"institution": "Tilst Skole"}),
        ("nøgletal for Tilst", "nej, Byskolen", {"institution": "Byskolen"}),
        ("nøgletal for Rosen", "højen", {"institution": "Rosenhøj"}),
        ("nøgletal for Rosen", "gården", {"institution": "Rosengården"}),
        ("nøgletal for Månen", "Byskolen", {"institution": "Byskolen"}),
        ("nøgletal for Nord i efteråret", "området", {"area": "Nord", "half_year": "2025H2"}),
        ("nøgletal for Nord", "kun skolerne", {"area": "Nord", "institution_type": "skole"}),
        ("nøgletal for Nord", "dagtilbuddet, i efteråret", {"institution": "Nord Dagtilbud", "half_year": "2025H2"}),
    ],
)
def test_what_was_asked_back_is_answered_in_words(asked: str, answer: str, slots: dict[str, object]) -> None:
    assert after(asked, answer) == ("key_figures", slots)


def test_who_is_offered_alone_is_taken_by_a_yes() -> None:
    assert after("aftaler med Karn", "ja") == ("agreement_overview", {"leader": "Karen Kjær"})


@pytest.mark.parametrize("then", ["i efteråret", "aftaler", "og beslutningerne?", "kort"])
def test_what_was_asked_back_and_not_answered_is_never_answered_for_all(then: str) -> None:
    asked = after("nøgletal for Tilst")[1]["candidates"]
    intent, slots = after("nøgletal for Tilst", then)
    assert (intent, slots["candidates"]) == ("clarify", asked)


def test_of_two_unclear_names_the_second_is_asked_about_after_the_first() -> None:
    intent, slots = after("nøgletal for Tilst og Nord", "skolen")
    assert (intent, slots["institution"]) == ("clarify", "Tilst Skole")
    answered = after("nøgletal for Tilst og Nord", "skolen", "området")
    assert answered == ("key_figures", {"institution": "Tilst Skole", "area": "Nord"})


def test_of_two_leaders_of_one_name_the_one_in_the_line_is_meant() -> None:
    (school,) = (each.id for each in TOWN.institutions if each.name == "Elmeskolen")
    found = understand("aftaler med Mette", TOWN, DAY, mine=frozenset({school}))
    assert found.slots.as_json(TOWN) == {"leader": "Mette Holm"}


@pytest.mark.parametrize("typed", ["aftaler med Karen på Elmeskolen", "brief mig om Karen fra Elmeskolen"])
def test_a_leader_of_another_place_than_the_one_beside_is_asked_about(typed: str) -> None:
    intent, slots = told(typed)
    assert (intent, slots) == ("clarify", {"candidates": ["leader:Karen Kjær", "leader:Mette Holm"]})
    assert told(typed.replace("Elmeskolen", "Fyrreskolen"))[1]["leader"] == "Karen Kjær"


def test_a_genitive_is_not_the_first_letter_of_a_surname() -> None:
    assert told("Mettes aftaler")[1] == {"candidates": ["leader:Mette Holm", "leader:Mette Skov"]}


def test_a_surname_that_nobody_has_is_asked_about() -> None:
    intent, slots = told("aftaler med Mette Hansen")
    assert intent == "clarify"
    assert slots["candidates"] == ["leader:Mette Holm", "leader:Mette Skov"]


def test_of_several_names_that_nobody_has_none_is_dropped() -> None:
    found = understand("beslutninger på Gyldenskolen, Humlehaven og Nord", TOWN, DAY)
    assert found.intent == "unknown_institution"
    assert [(each.why, each.words) for each in found.unused] == [(Why.UNKNOWN, "Humlehaven")]
    assert [each.kind for (first, *_others) in found.left for each in [first]] == [Kind.AREA], (
        "asked once one is chosen"
    )


@pytest.mark.parametrize(
    "name", ["Egeskolen", "Lyskolen", "Lindehuset", "Solskolen", "børnehaven Månen", "Vesterskolen"]
)
def test_an_institution_that_is_not_there_is_never_another(name: str) -> None:
    intent, slots = told(f"fokusområder på {name}")
    assert intent == "unknown_institution"
    assert "institution" not in slots
    # Of these, three that whoever asks may ask about are offered.
    assert len(slots["candidates"]) >= 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("messages", "intent", "slots"),
    [
        (
            ("tilsynsresumé for dagtilbuddene i Nord forår 2026", "og i efteråret?"),
            "supervision_summary",
            {"area": "Nord", "institution_type": "dagtilbud", "half_year": "2025H2"},
        ),
        (
            ("fokusområder i område Syd", "kun skolerne"),
            "focus_area_status",
            {"area": "Syd", "institution_type": "skole"},
        ),
        (("beslutninger på Elmeskolen", "som pdf"), "decision_list", {"institution": "Elmeskolen", "format": "pdf"}),
        (
            ("skolerne i Vest: nøgletal", "hvad med Byskolen?"),
            "key_figures",
            {"institution": "Byskolen"},
        ),
        (
            ("observationer i dagtilbuddene i Nord", "og for Syd"),
            "observation_overview",
            {"area": "Syd", "institution_type": "dagtilbud"},
        ),
        (("aftaler med Karen", "kort"), "agreement_overview", {"leader": "Karen Kjær", "length": "short"}),
        (
            ("perspektiver i område Øst", "and last spring?"),
            "perspective_summary",
            {"area": "Øst", "half_year": "2025H1"},
        ),
        (
            ("nøgletal for Elmeskolen i foråret", "og hvad med beslutningerne?"),
            "decision_list",
            {"institution": "Elmeskolen", "half_year": "2026H1"},
        ),
        (("nøgletal for Elmeskolen", "aftaler med Karen"), "agreement_overview", {"leader": "Karen Kjær"}),
        (
            ("åbne aftaler med Karen Kjær", "og dem der er over tiden?"),
            "agreement_overview",
            {"leader": "Karen Kjær", "status": "overdue"},
        ),
        (
            ("fokusområder på skolerne", "kun dem der har brug for opmærksomhed"),
            "focus_area_status",
            {"institution_type": "skole", "status": "needs_attention"},
        ),
        (("åbne aftaler", "kun dem med Bo Lund"), "agreement_overview", {"leader": "Bo Lund", "status": "open"}),
        (
            ("fokusområder på skolerne", "og hvad kræver min opmærksomhed?"),
            "attention_list",
            {"institution_type": "skole"},
        ),
        (
            ("nøgletal for skolerne i Nord", "sammenlign med efteråret"),
            "compare_half_years",
            {"area": "Nord", "institution_type": "skole", "compare_to": "2025H2"},
        ),
        (
            ("nøgletal for skolerne i Nord", "sammenlign foråret med efteråret"),
            "compare_half_years",
            {"half_year": "2026H1", "compare_to": "2025H2"},
        ),
        (
            ("tilsynsresumé for Elmeskolen", "hvad er nyt siden sidst"),
            "supervision_summary",
            {"institution": "Elmeskolen", "since": "last_summary"},
        ),
        (("nøgletal for Elmeskolen", "hvad er nyt siden sidst"), "overview", {}),
        (
            ("nøgletal for Elmeskolen", "hvad siger forældrene?"),
            "perspective_summary",
            {"institution": "Elmeskolen", "perspective_group": "parents"},
        ),
        (
            ("tilsynsresumé for Elmeskolen", "og de unge?"),
            "perspective_summary",
            {"institution": "Elmeskolen", "perspective_group": "youth"},
        ),
        (
            ("nøgletal for Elmeskolen", "hvad siger mine forældre?"),
            "perspective_summary",
            {"perspective_group": "parents"},
        ),
        (
            ("aftaler med Karen Kjær", "overskredne?"),
            "agreement_overview",
            {"leader": "Karen Kjær", "status": "overdue"},
        ),
        (("aftaler med Karen Kjær", "hvad er overskredet?"), "attention_list", {"status": "overdue"}),
        (
            ("fokusområder på Elmeskolen", "også Byskolen"),
            "focus_area_status",
            {"institution": ["Elmeskolen", "Byskolen"]},
        ),
        (("fokusområder på Elmeskolen", "og Byskolen"), "focus_area_status", {"institution": "Byskolen"}),
        (("fokusområder i område Nord", "område Syd too"), "focus_area_status", {"area": ["Nord", "Syd"]}),
        (
            ("fokusområder på skolerne i Nord", "også dagtilbuddene"),
            "focus_area_status",
            {"area": "Nord", "institution_type": ["skole", "dagtilbud"]},
        ),
        (
            ("fokusområder på skolerne i Nord", "tilføj Byskolen"),
            "focus_area_status",
            {"institution": ["Elmeskolen", "Fyrreskolen", "Nordbakkeskolen", "Byskolen"]},
        ),
    ],
)
def test_a_message_goes_on_from_the_one_before(
    messages: tuple[str, ...], intent: str, slots: dict[str, object]
) -> None:
    assert after(*messages) == (intent, slots)


@pytest.mark.parametrize("typed", ["", "   ", "🚌🚌", "12345", "?!", "x" * 10_000, "hvad " * 3_000, "was ist das"])
def test_what_says_nothing_is_not_guessed_at(typed: str) -> None:
    assert told(typed) in ((None, {}), ("help", {}))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    understand(text, TOWN, DAY)


_WORDS = st.sampled_from(
    [
        "tilsynsresumé", "for", "på", "i", "beslutninger", "skolen", "foråret", "2026", "Bakken", "strand", "eleverne",
        "house", "garden", "Sommer", "vejen", "lyset", "morgen", "spring", "stones", "nøgletal", "klubben", "Lund",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=8))
def test_no_text_finds_an_institution_that_shares_no_word_with_it(words: list[str]) -> None:
    found = understand(" ".join(words), TOWN, DAY)
    names = {each.id: (each.name, *each.aliases) for each in TOWN.institutions}
    for institution_id in found.slots.institutions:
        parts = {plain(part) for name in names[institution_id] for part in re.findall(r"\w+", name)}
        joined = [
            plain("".join(words[start:stop]))
            for start in range(len(words))
            for stop in range(start + 1, len(words) + 1)
        ]
        assert any(part in key or key in part for part in parts for key in joined if len(key) >= 4), words


def test_slots_survive_a_button_and_a_row() -> None:
    for message in messages_in("develop.csv"):
        slots = understand(message.text, TOWN, message.today).slots
        assert Slots.of_data(slots.as_data()) == slots


@pytest.mark.parametrize(
    "data",
    [{"nowhere": 1}, {"theme": "x"}, {"format": "exe"}, {"candidates": ["x:y"]}, {"left": [["x:y"]]}, {"types": 3}],
)
def test_data_that_are_no_slots_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Slots.of_data(data)


def test_with_ten_times_the_names_a_message_is_read_in_time() -> None:
    """Not a clock but the work: no more names are looked at than the ones that are like the words."""
    many = replace(
        TOWN,
        institutions=tuple(
            replace(
                each,
                id=UUID(int=each.id.int + 1_000 * copy),
                name=f"{each.name} {copy}" if copy else each.name,
                aliases=(),
            )
            for copy in range(10)
            for each in TOWN.institutions
        ),
    )
    assert told("nøgletal for Rosengården 3", names=many) == ("key_figures", {"institution": "Rosengården 3"})


@pytest.mark.parametrize(
    ("typed", "slots"),
    [
        ("nøgletal for Solen", {}),
        ("fokusområder i klub Skallen", {}),
        ("hvordan går det i Bøgehaven", {}),
    ],
)
def test_a_name_is_no_kind_of_place_though_its_letters_are_near(typed: str, slots: dict[str, object]) -> None:
    _intent, found = told(typed)
    assert "skole" not in str(found.get("institution_type"))
    assert {name: each for name, each in found.items() if name not in ("candidates", "institution_type")} == slots


SECOND_TOWN = roster("second_town")


def test_a_name_in_the_genitive_may_be_the_other_place_of_that_name() -> None:
    intent, slots = told("beslutninger skovbrynet", names=SECOND_TOWN)
    assert intent == "clarify"
    assert slots["candidates"] == ["institution:Børnehaven Skovbrynet", "institution:Skovbrynets Skole"]


def test_of_two_places_of_one_kind_none_is_guessed() -> None:
    assert told("observationer i dagplejen", names=SECOND_TOWN)[0] == "clarify"
    assert told("observationer i dagplejen øst", names=SECOND_TOWN)[1] == {"institution": "Dagplejen Øst"}
    assert told("observationer i dagplejen og børnehaverne")[1] == {"institution_type": "dagtilbud"}


@pytest.mark.parametrize("ending", ["'er", "'en", "'eren", "'erne", "’erens", "er", "'s"])
def test_an_ending_of_a_1_1_is_no_name_of_a_place(ending: str) -> None:
    """There is a centre that people call `10'eren`, and it is none of those whom the 1:1 was with."""
    assert told(f"1:1{ending} med Astrid i efteråret")[1] == {"leader": "Astrid Vinge", "half_year": "2025H2"}


@pytest.mark.parametrize(
    ("typed", "intent", "slots"),
    [
        (
            "nøgletal for Elmeskolen i forhold til efteråret",
            "compare_half_years",
            {"institution": "Elmeskolen", "compare_to": "2025H2"},
        ),
        ("nøgletal iforhold til foråret", "compare_half_years", {"compare_to": "2026H1"}),
        ("nøgletal i forhold til næste efterår", "compare_half_years", {"compare_to": "2026H2"}),
        (
            "hvordan går det på Elmeskolen i forhold til efteråret",
            "compare_half_years",
            {"institution": "Elmeskolen", "compare_to": "2025H2"},
        ),
        (
            "hvem mangler at forberede sig i forhold til efteråret",
            "dialogue_overview",
            {"half_year": "2025H2", "status": "not_prepared"},
        ),
        ("hvad skal jeg gøre i forhold til efteråret", "attention_list", {"half_year": "2025H2"}),
        (
            "hvad synes forældrene i forhold til foråret",
            "perspective_summary",
            {"half_year": "2026H1", "perspective_group": "parents"},
        ),
        ("beslutninger i forhold til sidste halvår", "decision_list", {"half_year": "previous"}),
        ("læringssamtaler til efteråret", "dialogue_overview", {"half_year": "2026H2"}),
    ],
)
def test_in_relation_to_is_about_more_often_than_it_compares(typed: str, intent: str, slots: dict[str, object]) -> None:
    """And it never holds anything against a half-year that has not been."""
    assert told(typed) == (intent, slots)


def test_those_that_are_meant_are_of_what_was_answered() -> None:
    stuck = after("fokusområder i Nord", "dem der er gået i stå")
    assert stuck == ("focus_area_status", {"area": "Nord", "status": "needs_attention"})
    late = after("aftaler på skolerne", "dem der er over tiden")
    assert late == ("agreement_overview", {"institution_type": "skole", "status": "overdue"})


def test_what_we_agreed_is_with_the_one_who_was_answered_about() -> None:
    for typed in ("hvad aftalte vi", "hvad har vi aftalt", "what did we agree"):
        assert after("brief mig om Mette Holm", typed) == ("agreement_overview", {"leader": "Mette Holm"}), typed
    assert after("brief mig om Elmeskolen", "hvad aftalte vi") == ("agreement_overview", {"institution": "Elmeskolen"})


@pytest.mark.parametrize(
    ("typed", "intent", "besides"),
    [
        ("hvad blev besluttet sidst", "decision_list", {"occurrence": "latest"}),
        ("beslutninger i efteråret", "decision_list", {"half_year": "2025H2"}),
        ("any overdue agreements", "agreement_overview", {"status": "overdue"}),
        ("hvornår er deres næste samtale", "dialogue_overview", {}),
        ("when is their next dialogue", "dialogue_overview", {}),
        ("er de klar til samtalen", "dialogue_overview", {}),
        ("jeg mente fokusområder", "focus_area_status", {}),
        ("hvad har vi aftalt", "agreement_overview", {}),
        ("hvad siger de", "perspective_summary", {}),
    ],
)
def test_another_question_of_no_place_is_of_the_one_that_was_asked_about(
    typed: str, intent: str, besides: dict[str, object]
) -> None:
    assert after("nøgletal for Elmeskolen", typed) == (intent, {"institution": "Elmeskolen"} | besides)


def test_what_is_of_oneself_of_all_or_of_who_among_several_is_asked_anew() -> None:
    for typed in (
        "hvad kræver min opmærksomhed", "alle beslutninger", "hvem er ikke forberedt", "hvad haster",
        "hvem af de nye er ikke forberedt", "hvad er de nyeste beslutninger om kantinen",
        "tilsynsresumé for de private", "hvilke beslutninger om kantinen er her",
    ):  # fmt: skip
        assert "institution" not in after("nøgletal for Elmeskolen", typed)[1], typed
    assert after("hvornår er næste samtale i Øst", "kun skoler", "hvem er klar") == (
        "dialogue_overview",
        {"area": "Øst", "institution_type": "skole"},
    )
    # Which of them, of those that were listed; and a theme, of those who were heard.
    assert after("beslutninger i Syd", "hvilke er overskredne")[1] == {"area": "Syd", "status": "overdue"}
    assert after("perspektiver på Elmeskolen", "og lærerne", "om fravær")[0] == "perspective_summary"


def test_a_place_is_not_held_against_another_in_two_messages_or_against_an_area() -> None:
    for messages in (
        ("fravær på Elmeskolen", "vs Byskolen"),
        ("nøgletal for Elmeskolen", "sammenlign med Byskolen"),
        ("sammenlign Elmeskolen med Øst",),
        ("sammenlign Elmeskolen med område Øst",),
    ):
        intent, slots = after(*messages)
        assert (intent, slots["reason"]) == ("refuse", "no_ranking"), messages
    assert after("nøgletal for Elmeskolen", "sammenlign med efteråret")[0] == "compare_half_years"


@pytest.mark.parametrize(
    ("typed", "intent", "whom"),
    [
        ("brief mig om egehaven", "one_on_one_recap", {"institution": "Egehaven"}),
        ("brief mig om trivsel", "supervision_summary", {"theme": "Trivsel og skolefravær"}),
        ("brief mig om fokusområder på byskolen", "focus_area_status", {"institution": "Byskolen"}),
        ("brief mig om kastanjen", "unknown_institution", {}),
        ("aftaler med maria kort", "agreement_overview", {"leader": "Maria Kort"}),
        ("aftaler med marie krag", "agreement_overview", {"leader": "Marie Krag"}),
        ("aftaler med marie kort", "clarify", {"candidates": ["leader:Maria Kort", "leader:Marie Krag"]}),
        ("aftaler med maria krag", "clarify", {"candidates": ["leader:Maria Kort", "leader:Marie Krag"]}),
        ("brief mig om karen holm", "clarify", {"candidates": ["leader:Karen Kjær", "leader:Mette Holm"]}),
    ],
)
def test_whom_a_first_name_and_a_surname_are_of(typed: str, intent: str, whom: dict[str, object]) -> None:
    assert told(typed) == (intent, whom)


@pytest.mark.parametrize(
    ("typed", "half_year"),
    [
        ("foråret to tusind og femogtyve", "2025H1"),
        ("foråret femogtyve", "2025H1"),
        ("efteråret tyve fireogtyve", "2024H2"),
        ("spring twenty-four", "2024H1"),
        ("twenty twenty four", "2024H2"),
        ("forååret 25", "2025H1"),
        ("eftr 24", "2024H2"),
        ("autum 24", "2024H2"),
        ("1h25", "2025H1"),
        ("i 24", "2024H2"),
        ("sommeren 24", "2024H2"),
        ("skoleåret 24 25", "2025H1"),
        ("the first half of 2025", "2025H1"),
        ("første halvdel af 2025", "2025H1"),
        ("last term", "previous"),
        ("autumn term 2024", "2024H2"),
        ("the past year", "2025H2"),
        ("the year before last", "2024H2"),
        ("forår/efterår 2025", "2025H1"),
        ("efterår og forår 2025", "2024H2"),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed: str, half_year: str) -> None:
    for text in (f"decisions at Byskolen {typed}", f"beslutninger {typed}"):
        assert told(text)[1]["half_year"] == half_year, text
    assert "half_year" not in told("nøgletal for alle femogtyve skoler")[1]


@pytest.mark.parametrize(
    ("typed", "slots", "why", "words"),
    [
        ("fokusområder om sprog og leg", {"theme": "Sprog og kommunikation"}, Why.ONE_AT_A_TIME, ["leg"]),
        ("beslutninger om mobning", {}, Why.UNKNOWN, ["mobning"]),
        ("beslutninger om inklusion og læsning", {}, Why.UNKNOWN, ["inklusion", "læsning"]),
        ("beslutninger om inklusion, læsning", {}, Why.UNKNOWN, ["inklusion", "læsning"]),
        ("fokusområder der kører godt i Syd", {"area": "Syd"}, Why.UNKNOWN, ["kører godt"]),
        ("aftaler der er lukket", {}, Why.UNKNOWN, ["lukket"]),
        ("decisions not carried out", {"status": "open"}, Why.UNKNOWN, []),
        ("aftaler der udløber", {}, Why.UNKNOWN, ["udløber"]),
        ("hvem er klar i Syd", {"area": "Syd"}, Why.UNKNOWN, ["klar"]),
        ("hvem har ikke forberedt sig", {"status": "not_prepared"}, Why.UNKNOWN, []),
        ("samtale nummer tre", {"dialogue_no": 3}, Why.ONE_AT_A_TIME, []),
        ("dialogue no 2 and 3", {"dialogue_no": 2}, Why.ONE_AT_A_TIME, ["dialogue 3"]),
        ("anden og tredje læringssamtale", {"dialogue_no": 2}, Why.ONE_AT_A_TIME, ["tredje læringssamtale"]),
        ("læringssamtale to, og hvem skal med", {"dialogue_no": 2}, Why.ONE_AT_A_TIME, []),
        ("dialogue to prepare", {}, Why.ONE_AT_A_TIME, []),
        ("nøgletal som pdf og word", {"format": "pdf"}, Why.ONE_AT_A_TIME, ["word"]),
    ],
)
def test_of_several_the_first_is_answered_and_no_other_is_left_out_in_silence(
    typed: str, slots: dict[str, object], why: Why, words: list[str]
) -> None:
    found = understand(typed, TOWN, DAY)
    assert found.slots.as_json(TOWN) == slots
    assert [each.words for each in found.unused if each.why is why] == words


def test_the_season_before_is_the_one_before_what_was_asked() -> None:
    for asked, typed, half_year in (
        ("i efteråret", "og foråret før", "2025H1"),
        ("i foråret 2025", "og efteråret før", "2024H2"),
        ("i foråret 2025", "og halvåret før", "2024H2"),
    ):
        assert after(f"beslutninger på Byskolen {asked}", typed)[1]["half_year"] == half_year, typed
    assert told("beslutninger i foråret før mødet")[1] == {"half_year": "2026H1"}
    both = understand("beslutninger efterår 2025 og foråret før", TOWN, DAY)
    assert [(each.words, each.other) for each in both.unused] == [("foråret før", HalfYear(2025, 1))]
    before_what = understand("beslutninger på Elmeskolen foråret før", TOWN, DAY)
    assert [(each.why, each.words) for each in before_what.unused] == [(Why.HALF_YEARS, "foråret før")]
    asked = Earlier("decision_list", Slots(half_year=HalfYear(2025, 2)))
    assert not understand("og foråret før", TOWN, DAY, earlier=asked).unused


def test_a_leader_whose_name_is_a_word_is_found_behind_with_and_in_a_list() -> None:
    first, second, third, *others = TOWN.leaders
    called = (replace(first, name="My Nguyen"), replace(second, name="Jan Juhl"), replace(third, name="Maj Strand"))
    names = replace(TOWN, leaders=(*called, *others))
    for typed, whom in (
        ("aftaler med jan og maj", ["Jan Juhl", "Maj Strand"]),
        ("agreements with jan and my", ["Jan Juhl", "My Nguyen"]),
        ("aftaler med strand", "Maj Strand"),
        ("aftaler fra Jan", "Jan Juhl"),
        ("brief mig om maj", "Maj Strand"),
    ):
        assert told(typed, names=names)[1] == {"leader": whom}, typed
    for typed in ("aftaler i jan", "aftaler fra jan til maj", "aftaler i maj"):
        found = understand(typed, names, DAY)
        assert (found.intent, found.slots.leaders) == ("agreement_overview", ()), typed
        assert found.unused[0].why is Why.HALF_YEARS, typed


def test_in_relation_to_a_half_year_goes_on_from_figures() -> None:
    intent, slots = after("nøgletal for skolerne i Nord", "i forhold til efteråret?")
    assert (intent, slots["area"], slots["compare_to"]) == ("compare_half_years", "Nord", "2025H2")


_BESIDE_A_CLASS = (
    "{} ({class_}) fravær", "{}, {class_}, fravær", "fravær for {} i {class_}", "{class_} {} fravær",
    "{} fra klasse {class_}", "hvad siger {} fra {class_} på elmeskolen", "hvad siger {class_}'s {}",
    "fravær {class_} {}",
    "hvordan går det {} {class_}", "{} i {class_} synes at skoledagen er for lang",
    "børnene i {class_} og {} siger at det går godt",
    "{} {class_}",
)  # fmt: skip


@given(
    name=st.sampled_from(
        ["Yusuf", "Zenia", "Mette", "Liv", "Bo", "Søren", "Frederikke", "Xzqua", "Anna-Sofie", "Çelik", "Nore"]
    ),
    text=st.sampled_from(_BESIDE_A_CLASS),
    class_=st.sampled_from(["2b", "2.b", "2. b", "3.A", "6. klasse"]),
    as_typed=st.sampled_from([str, str.lower, str.upper]),
)
@settings(max_examples=150, deadline=None)
def test_whoever_is_called_by_a_name_beside_a_class_is_not_answered_for(
    name: str, text: str, class_: str, as_typed: Callable[[str], str]
) -> None:
    typed = text.format(as_typed(name), class_=class_)
    assert told(typed)[1].get("reason") == "child_level", typed


@pytest.mark.parametrize(
    "typed",
    [
        "fravær for to i 2b på elmeskolen", "hvad siger en fra 2b på elmeskolen", "nogle få børn i 2b på elmeskolen",
        "hvad siger moren til en i 2b på elmeskolen", "tvillingerne i 2b", "de fem tosprogede i 2b", "den ene i 2b",
        "fravær for 3 elever i 2.b", "forældrene siger at en i 2b slår", "a boy in 2b", "hvordan har hun det i 2.b",
        "inviter rune til at se på zenia i 6.a", "observer zenia i 6.a", "er zenia observeret i 2b",
        "i 2b er zenia ked af det", "forældrene i 2b er sure på zenia fra 3.a", "forældrene i 2b er sure på hende",
        "5.b har fået emma", "bed zenia i 4.a om at komme",
    ],
)  # fmt: skip
def test_somebody_of_a_class_is_a_child_without_a_name(typed: str) -> None:
    assert told(typed)[1].get("reason") == "child_level"


@pytest.mark.parametrize(
    "typed",
    [
        "børnene i 2.a synes at skoledagen er for lang", "pigerne i 3.b siger at frikvarteret er for kort",
        "forældrene i 2. klasse har flere gange sagt at der mangler voksne", "makkerpar i 6. klasse",
        "eleverne i 2.b og 3.b ønsker flere bøger", "hvordan går det i 5b", "fravær i 6. klasse på elmeskolen",
        "what do the children in 2b say", "key figures for 2b", "sammenlign 2.b med 3.b",
        "klassen 2.b mener at der larmer",
        "Mette Holm følger op i 2b", "nøgletal for 3. klasse på elmeskolen i 2025",
        "inviter rune til at observere i 3.b", "bed en kollega om at observere 4.a", "kan rune observere i 6.a",
        "hvad så rune i 5.b", "5.b har fået ny lærer", "forældrene i 2b er sure over lektierne", "vores 5.b er urolig",
        "en forældre i 2b siger at lektierne er for svære", "to forældre i 2b siger at der mangler voksne",
    ],
)  # fmt: skip
def test_all_of_a_class_are_no_child(typed: str) -> None:
    assert told(typed)[1].get("reason") != "child_level"


def test_whoever_is_invited_to_a_class_comes_to_a_room() -> None:
    for typed in ("inviter rune til 6.a på torsdag kl 10", "invite rune to 6.a", "inviter anders til 4. klasse"):
        assert told(typed)[0] == "invite", typed


@pytest.mark.parametrize(
    "typed",
    [
        "hvad siger børnene om evner hos Mette Holm",
        "Hvilke evner har børnene ifølge Mette Holm",
        "børnenes evner hos Mette Holm",
        "udtalelse om tilsyn fra skolebestyrelsen ledet af Mette Holm",
    ],
)
def test_childrens_abilities_and_statements_about_something_judge_no_leader(typed: str) -> None:
    assert told(typed)[0] != "refuse"


@pytest.mark.parametrize(
    "typed",
    [
        "Mette Holms evner",
        "hvad siger børnene om Mette Holms evner",
        "hvad siger medarbejderne om evner hos Mette Holm",
        "hvilke evner har Mette Holm til at tale med børn",
        "skriv en udtalelse om lederen på Elmeskolen",
        "write a statement about Mette Holm",
        "the ability of the head of Elmeskolen",
    ],
)
def test_a_leaders_abilities_and_a_statement_about_one_are_a_judgement(typed: str) -> None:
    intent, slots = told(typed)
    assert (intent, slots["reason"]) == ("refuse", "no_person_assessment")


def test_today_is_nobody() -> None:
    assert told("hvad haster for mig i dag") == ("attention_list", {})


def test_a_compound_says_what_both_its_halves_say() -> None:
    assert told("aftaleoversigt dette halvår")[0] == "agreement_overview"
    assert told("byrådsrapport 6-18")[0] == "political_report"


@pytest.mark.parametrize(
    ("text", "status", "left"),
    [
        ("fokusområder uden børneperspektiv", None, ["uden børneperspektiv"]),
        ("focus areas without a child perspective", None, ["without a child perspective"]),
        ("hvilke fokusområder mangler børnenes perspektiv", None, ["mangler børnenes perspektiv"]),
        ("fokusområder uden status", "none", ["uden status"]),
        ("skoler uden fokusområder", "none", []),
        ("hvilke skoler mangler perspektiver", "none", []),
        ("observationer der mangler skriftlig tilbagemelding", "open", []),
        ("recommendations not yet answered", "unanswered", []),
        ("anbefalinger der ikke er fulgt", None, ["ikke er fulgt"]),
        ("fokusområder der går godt", None, ["går godt"]),
        ("fokusområder der ikke går godt", "needs_attention", []),
        ("fokusområder på vej", None, ["på vej"]),
        ("aflyste observationer", None, ["aflyste"]),
        ("afholdte læringssamtaler", None, ["afholdte"]),
        ("beslutninger hvor forældrene var med", None, ["forældrene"]),
        ("fokusområder med indsatser", None, ["indsatser"]),
        ("fokusområder uden indsatser", None, ["uden indsatser"]),
        ("ekstra læringssamtaler", None, ["ekstra"]),
        ("institutioner med mere end tre fokusområder", None, ["mere end tre fokusområder"]),
        ("hvad siger MED-udvalget på Elmeskolen", None, ["MED-udvalget"]),
        ("tilsynsresumé for Elmeskolen uden aftaler", None, ["uden aftaler"]),
        ("tilsynsresumé for Elmeskolen, kun perspektiver", None, ["kun perspektiver"]),
        ("tilsynsresumé for elmeskolen uden 1:1", None, ["uden 1:1"]),
        ("tilsynsresumé for elmeskolen med kladder", None, ["kladder"]),
        ("tilsynsresumé for elmeskolen, medtag kladder og 1:1-notater", None, ["kladder", "1:1-notater"]),
        ("send tilsynsresumé for elmeskolen til min chef", None, [""]),
    ],
)
def test_which_ones_are_asked_for_is_gone_by_or_told(text: str, status: str | None, left: list[str]) -> None:
    found = understand(text, TOWN, DAY)
    assert found.slots.as_json(TOWN).get("status") == status
    assert [each.words for each in found.unused] == left


def test_only_what_is_new_of_a_place_is_its_summary_since_the_last() -> None:
    assert told("kun nyt om Elmeskolen") == (
        "supervision_summary",
        {"institution": "Elmeskolen", "since": "last_summary"},
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nøgletal for skolerne fra høj til lav", "no_ranking"),
        ("hvilken skole ville du sende dit barn til", "no_ranking"),
        ("har Elmeskolen mere fravær end Byskolen", "no_ranking"),
        ("is Mette Holm doing her job", "no_person_assessment"),
        ("fokusområder på Elmeskolen i alle fire halvår", None),
        ("skoler med flere end tre fokusområder", None),
    ],
)
def test_what_ranks_or_judges_in_other_words_is_refused_and_a_number_dismisses_nobody(
    text: str, reason: str | None
) -> None:
    assert told(text)[1].get("reason") == reason


@pytest.mark.parametrize(
    ("text", "half_year", "words"),
    [
        ("nøgletal for et år siden", "2025H1", "for et år siden"),
        ("decisions a year ago", "2025H1", "a year ago"),
        ("fokusområder for et halvt år siden", "2025H2", "for et halvt år siden"),
        ("key figures a couple of years ago", "2024H1", "a couple of years ago"),
        ("aftaler fra for 10 måneder siden", "2025H1", "for 10 måneder siden"),
        ("nøgletal for Q1", "2026H1", "Q1"),
        ("nøgletal for Q4", "2025H2", "Q4"),
        ("beslutninger 2025 Q3", "2025H2", "2025 Q3"),
        ("beslutninger Q2-25", "2025H1", "Q2-25"),
        ("aftaler fra første kvartal", "2026H1", "første kvartal"),
        ("aftaler fra 1. kvartal i 2024", "2024H1", "1. kvartal i 2024"),
        ("observations in the last quarter", "2026H1", "last quarter"),
    ],
)
def test_a_part_of_a_year_is_the_half_year_it_lies_in_and_is_told(text: str, half_year: str, words: str) -> None:
    found = understand(text, TOWN, DAY)
    assert found.slots.as_json(TOWN) == {"half_year": half_year}
    assert [(each.why, each.words) for each in found.unused] == [(Why.HALF_YEARS, words)]


def test_in_the_year_is_this_year_and_how_many_years_are_no_time() -> None:
    assert told("fokusområder i året") == ("focus_area_status", {"half_year": "2026H1"})
    for before in ("i året før", "året forinden", "sidste år"):
        assert told(f"beslutninger {before}")[1] == {"half_year": "2025H2"}, before
    assert told("beslutninger i året for Elmeskolen")[1]["half_year"] == "2026H1"
    assert told("fokusområder i 25 % af skolerne")[1] == {"institution_type": "skole"}
    for text in ("beslutninger for mange år siden", "aftaler for to uger siden"):
        assert told(text)[1] == {}, text
        assert understand(text, TOWN, DAY).unused, text


@pytest.mark.parametrize(
    ("text", "intent", "reason"),
    [
        ("medtag kladder og 1:1-notater", "refuse", "draft_private"),
        ("medtag 1:1-notater", "refuse", "private"),
        ("send it to my boss", "no_messages", None),
        ("forward to my boss", "no_messages", None),
        ("videresend det til min chef", "no_messages", None),
        ("hvad har birgit set", "who_has_seen", None),
        ("hvad har min chef læst", "who_has_seen", None),
        ("hvad kan birgit se", "who_sees_what", None),
    ],
)
def test_what_is_for_others_to_have_or_is_kept_from_them(text: str, intent: str, reason: str | None) -> None:
    assert told(text) == (intent, {"reason": reason} if reason else {})


@pytest.mark.parametrize(
    ("before", "text", "words"),
    [
        ("hvem er ikke klar i Nord", "og hvem er klar", "klar"),
        ("hvem er ikke forberedt i Øst", "hvem er så forberedt", "forberedt"),
        ("åbne aftaler med Karen Kjær", "ikke de åbne", "ikke de åbne"),
        ("overskredne aftaler i Nord", "og dem der ikke er overskredne", "ikke er overskredne"),
        ("observationer i Nord uden kvittering", "og dem med kvittering", "med kvittering"),
        ("overskredne aftaler i Nord", "hvorfor er de ikke åbne", "ikke åbne"),
    ],
)
def test_the_opposite_of_what_was_asked_is_not_the_same_again_and_is_told(before: str, text: str, words: str) -> None:
    asked = understand(before, TOWN, DAY)
    assert asked.slots.status is not None
    found = understand(text, TOWN, DAY, earlier=Earlier(asked.question, asked.slots))
    assert (found.intent, found.slots) == (asked.intent, replace(asked.slots, status=None))
    assert [(each.why, each.words) for each in found.unused] == [(Why.UNKNOWN, words)]


def test_what_can_not_be_looked_for_is_not_answered_with_its_opposite() -> None:
    for text, words in (
        ("aftaler der ikke er overskredne", "ikke er overskredne"),
        ("hvilke aftaler er ikke åbne", "ikke åbne"),
        ("agreements that are not overdue", "not overdue"),
        ("aftaler, ikke de overskredne", "ikke de overskredne"),
        ("aftaler der ikke længere er åbne", "ikke længere er åbne"),
        ("beslutninger der ikke er åbne eller overskredne", "ikke er åbne eller overskredne"),
        ("fokusområder der ikke går skidt", "ikke går skidt"),
        ("fokusområder der ikke har brug for opmærksomhed", "ikke har brug for opmærksomhed"),
        ("focus areas that do not need attention", "not need attention"),
        ("observationer i Nord med kvittering", "med kvittering"),
    ):
        found = understand(text, TOWN, DAY)
        assert (found.slots.status, [each.words for each in found.unused]) == (None, [words]), text
    # Who asks whether there are any asks for them.
    assert understand("har jeg ikke åbne aftaler", TOWN, DAY).slots.status == "open"
    assert understand("aftaler der ikke er lukket", TOWN, DAY).slots.status == "open"
