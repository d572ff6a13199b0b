"""A name that is nearly that of a place: it is that place, or it is asked about; it is never another, and never all."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding import CLARIFY, REFUSE, UNKNOWN_INSTITUTION, Earlier, chosen, understand
from dialogs.understanding.letters import plain
from domain.organisation import InstitutionType
from domain.roster import InstitutionName, Roster
from domain.unused import Why
from tests.test_understanding import DAY, SECOND_TOWN, TOWN, after, told

_KINDS = ("skole", "friskolen", "Børnehave", "børnehuset", "Dagtilbud", "SFO", "klubben")
_TAILS = ("skolen", "haven", "huset", "gården", "klubben", "vejen", "bakken")
_TAIL = re.compile(rf"({'|'.join(_TAILS)}|reden|strålen|bøtten|høj|erne)$")
_STRANGE = """
Granskolen Bøgeskolen Lindehaven Månehuset Havblik Kastanjehuset Mosebo Skovtrolden Ellehøj Tusindfryd Bækken Sneppen
Bredager Ådalsskolen Himmelblå Viben Mariehønen Nordstjernen Troldebo Kløverbakken Strandskolen Engdraget Frihavnen
Rævehulen Stenhøj Lillebo Gartneriet Atlantis Fjordskolen Holmebæk Myretuen Svalen Kompasset
"""
_FIRST_NAMES = """
Morten Susan Frederik Niels Hans Henrik Christian Martin Michael Rasmus Simon Emil Oscar Viktor Jesper Jakob Steen Claus
Flemming Finn Kurt Leif Bent Ib Anna Anne Inge Lene Susanne Charlotte Pia Gitte Bente Tove Jytte Lis Else Inger Annette
Marianne Trine Julie Ditte Maja Freja Ella Clara Alma Aksel August Valdemar Storm Sanne Vibeke Heidi Mia Stine
Amalie Omar Hassan Fatma Aisha Jan Per Kim Dan Sommer Bjørn Ulf Frode Svend Aage Tage Palle Preben
"""
PLACES = [(town, where) for town in (TOWN, SECOND_TOWN) for where in town.institutions]
NAMES = [(town, where, name) for town, where in PLACES for name in (where.name, *where.aliases)]


def is_place_or_question(typed: str, town: Roster, where: InstitutionName) -> bool:
    """Whether the answer is about the place, or there is none but a question; what nobody understands gets help."""
    found = understand(typed, town, DAY)
    if found.intent in (None, CLARIFY, UNKNOWN_INSTITUTION, REFUSE):
        return True
    slots = found.slots
    return slots.institutions == (where.id,) and not slots.areas and set(slots.types) <= {where.type}


def is_called(typed: str, town: Roster, where: InstitutionName) -> bool:
    """Whether another place or an area has just this name, begins with it alone, or the whole of its name is in it."""
    others = [name for each in town.institutions if each != where for name in (each.name, *each.aliases)]
    key = plain(typed)
    alone = {plain(each.name) for each in town.areas} | {plain(each.split()[0]) for each in others}
    return any(plain(each) in key for each in others) or key in alone


def of_another_kind(town: Roster, where: InstitutionName, name: str) -> Iterator[str]:
    """The name's last word with another word for what it is, where no other place and no area is called by it."""
    own = name.split()[-1]
    others = [each.name for each in town.institutions if each != where] + [each.name for each in town.areas]
    if len(own) < 4 or not own.isalpha() or any(plain(own) in plain(each) for each in others):
        return
    for kind in _KINDS:
        yield from (f"{kind} {own}", f"{own} {kind}", f"{own.removesuffix('s')}s {kind}", f"{kind} på {own}")


def with_another_end(name: str) -> Iterator[str]:
    if not _TAIL.search(name):
        return
    yield from (_TAIL.sub(tail, name) for tail in _TAILS)


@pytest.mark.parametrize("frame", ["nøgletal for {}", "beslutninger {}"])
def test_a_name_with_another_kind_of_place_is_asked_about(frame: str) -> None:
    for town, where, name in NAMES:
        for typed in of_another_kind(town, where, name):
            if not is_called(typed, town, where):
                assert is_place_or_question(frame.format(typed), town, where), typed


@pytest.mark.parametrize("frame", ["nøgletal for {}", "beslutninger {}"])
def test_a_name_with_another_end_is_asked_about(frame: str) -> None:
    for town, where, name in NAMES:
        for typed in with_another_end(name):
            if not is_called(typed, town, where):
                assert is_place_or_question(frame.format(typed), town, where), typed


@pytest.mark.parametrize("frame", ["{} beslutninger", "{}s beslutninger", "{}s aftaler", "har {} holdt deres samtale"])
def test_a_name_of_no_place_is_asked_about_before_what_is_asked_for(frame: str) -> None:
    for name in _STRANGE.split():
        found = understand(frame.format(name), TOWN, DAY)
        assert found.intent in (CLARIFY, UNKNOWN_INSTITUTION), name


@pytest.mark.parametrize(
    "frame", ["aftaler med {}", "hvad talte jeg med {} om sidst", "agreements with {}", "1:1 med {} sidst"]
)
def test_a_first_name_of_nobody_is_asked_about(frame: str) -> None:
    for name in _FIRST_NAMES.split():
        for typed in (name, name.lower()):
            assert understand(frame.format(typed), TOWN, DAY).intent in (CLARIFY, UNKNOWN_INSTITUTION), typed


def test_what_describes_is_told_and_a_verb_is_no_name() -> None:
    found = understand("gennemsnitlige nøgletal", TOWN, DAY)
    assert (found.intent, [each.words for each in found.unused]) == ("key_figures", ["gennemsnitlige"])
    for typed in ("print nøgletallene", "upload nøgletal for Byskolen", "aftaler med min leder", "sidste års nøgletal"):
        assert understand(typed, TOWN, DAY).intent in ("key_figures", "agreement_overview"), typed


@pytest.mark.parametrize("word", ["legepladsen", "kælderen", "kometen"])
@pytest.mark.parametrize(
    "frame", ["siger børnene om {}", "har børnene i Egehaven sagt om {}", "siger børnene i Egehaven om larm i {}"]
)
def test_an_everyday_word_that_is_talked_of_is_told_and_is_no_place(frame: str, word: str) -> None:
    found = understand(f"hvad {frame.format(word)}", TOWN, DAY)
    assert found.slots.as_json(TOWN).get("institution") in (None, "Egehaven")
    assert word in [each.words for each in found.unused]


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("hvad siger børnene om spirer", "perspective_summary"),
        ("perspektiver om åer", "perspective_summary"),
        ("hvad siger forældrene om larm i spirer", "perspective_summary"),
        ("what do the children say about egern", "perspective_summary"),
        ("beslutninger om spirer", "clarify"),
        ("nøgletal vedr. kometen", "clarify"),
        ("aftaler mht. mælkebøtter", "agreement_overview"),
    ],
)
def test_after_about_a_word_that_is_only_like_a_name_is_a_subject(typed: str, intent: str) -> None:
    found = understand(typed, TOWN, DAY)
    assert (found.intent, found.slots.institutions) == (intent, ())
    assert intent == CLARIFY or typed.split()[-1] in [each.words for each in found.unused]


def test_after_about_a_place_has_its_whole_name_its_kind_or_a_capital() -> None:
    for name in ("elmeskolen", "elmeskoeln", "klub kometen", "Kometen", "Nord Dagtilbud", "egehavens hverdag"):
        assert "institution" in told(f"hvad siger forældrene om {name}")[1], name
    assert "institution" not in told("hvad siger børnene om frøer", names=SECOND_TOWN)[1]


@st.composite
def misspelt(draw: st.DrawFn) -> tuple[Roster, InstitutionName, str]:
    """A name of at least seven letters with one or two of them wrong, left out or too many."""
    town, where, name = draw(st.sampled_from([each for each in NAMES if len(each[2]) > 6 and each[2].isalpha()]))
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(1, len(name) - 1))
        letter = draw(st.sampled_from(["", *"abdefghijklmnoprstuvyæøå"]))
        name = name[:at] + letter + name[at + draw(st.integers(0, 1)) :]
    return town, where, name


@settings(max_examples=150, deadline=None, derandomize=True)
@given(misspelt())
def test_a_misspelt_name_is_the_place_or_asked_about(drawn: tuple[Roster, InstitutionName, str]) -> None:
    town, where, name = drawn
    if not is_called(name, town, where):
        for typed in (f"nøgletal for {name}", f"{name.lower()} beslutninger"):
            # `Dagplejeen` is read as the kind, and it is told that no answer goes by it.
            is_told = any(each.words.lower() == name.lower() for each in understand(typed, town, DAY).unused)
            assert is_told or is_place_or_question(typed, town, where), typed


@pytest.mark.parametrize(
    "name",
    [
        "Lærkevejen", "Lærkevejens børnehave", "Solbakken", "Rosengård skolen", "Søndervang SFO", "Skæring Børnehus",
        "Østerbro Børnehave", "Nordbakken Børnehave", "Byskolens SFO", "SFO Solen", "Bakken", "bakken", "Klub 8000",
        "Dagplejen Øst", "dagplejen sydvest", "Dagtilbud Elmeskolen", "klubben på Fyrreskolen", "Elme haven",
        "Solbjerg Friskole", "elmevangens børnehave", "Ørnehuset", "Byskolen i Nord", "sfoen v/ Solstrålen",
        "Rosenhøjs nye SFO", "privatskolen (Grævlingen)", "Østerbro skolesfo", "heldagsskolen Kometen",
        "Børnehaven Mælkebøtten", "vuggestuen solsikken", "SFO Kometen", "Friskolen Byskolen", "dagplejen Egehaven",
        "Solstrålen plejehjem", "kirken Galaksen", "Solstrålen 2", "gl. Birkehøj", "Elmeskolens nabo",
        "naboen til Elmeskolen", "Midtby Solstrålen",
    ],
)  # fmt: skip
def test_what_a_part_of_names_a_place_is_no_name_of_it(name: str) -> None:
    intent, slots = told(f"nøgletal for {name}")
    assert (intent, "institution" in slots, "area" in slots) == ("unknown_institution", False, False)


@pytest.mark.parametrize(
    "typed",
    [
        "jeg er fyrre minutter forsinket",
        "vi mangler spirer til mødet",
        "er der regnbuer i dag",
        "hvor mange lærker har vi",
    ],
)
def test_a_word_in_small_letters_is_what_it_says(typed: str) -> None:
    assert not {"institution", "area"} & set(told(typed)[1])


@pytest.mark.parametrize(
    "frame",
    [
        "alle skoler bortset fra {} perspektiver", "perspektiver på skolen ved siden af {}",
        "nøgletal alle skoler men ikke {}", "perspektiver ikke {}", "nøgletal for skolerne minus {}",
        "nøgletal for alle uden {}", "nøgletal for den anden skole end {}",
        "hvad fylder ved {}s nærmeste nabo", "decisions everywhere except {}",
    ],
)  # fmt: skip
def test_a_place_that_is_left_out_is_never_answered_for(frame: str) -> None:
    for town, where in PLACES:
        found = understand(frame.format(where.name), town, DAY)
        assert where.id not in found.slots.institutions, frame.format(where.name)


_LEAVING_OUT = (
    "nøgletal for alle undtagen {}", "nøgletal for alle bortset fra {}", "beslutninger, ikke {}",
    "perspektiver uden {}", "fokusområder alle andre end {}", "tilsynsresumé alt minus {}",
    "key figures for all except {}", "decisions everywhere but {}", "focus areas excluding {}",
    "beslutninger overalt på nær {}", "fokusområder ud over {}", "nøgletal for alle men ikke {}",
    "beslutninger i stedet for {}", "nøgletal, {} undtaget",
)  # fmt: skip


_LEFT_OUT = (
    "skolerne", "dagtilbuddene", "område Nord", "Midtby", "Karen Kjær", "forældrene", "de unge", "0-6",
    "temaet Faglig fordybelse", "Legefællesskaber", "foråret 2025", "skolerne og klubberne", "Nord og Syd",
    "skolerne i Nord", "Elmeskolen", "Byskolen og Egehaven",
)  # fmt: skip


@pytest.mark.parametrize("frame", _LEAVING_OUT)
def test_what_is_left_out_is_told_and_never_answered_for_alone(frame: str) -> None:
    for left_out in _LEFT_OUT:
        found = understand(frame.format(left_out), TOWN, DAY)
        assert found.slots.as_json(TOWN) == {}, left_out
        assert Why.LEFT_OUT in [each.why for each in found.unused], left_out


@pytest.mark.parametrize(
    ("typed", "words", "slots"),
    [
        ("key figures for all schools but byskolen", "but byskolen", {"institution_type": "skole"}),
        ("focus areas not in øst", "not in øst", {}),
        ("åbne aftaler der ikke er med karen", "ikke er med karen", {"status": "open"}),
        ("beslutninger ikke om fravær", "ikke om fravær", {}),
        ("perspectives from anyone but parents", "but parents", {}),
        ("nøgletal for hverken byskolen eller fyrreskolen", "hverken byskolen eller fyrreskolen", {}),
    ],
)
def test_what_is_left_out_in_small_words_is_told(typed: str, words: str, slots: dict[str, object]) -> None:
    found = understand(typed, TOWN, DAY)
    assert found.slots.as_json(TOWN) == slots
    assert [(each.why, each.words) for each in found.unused] == [(Why.LEFT_OUT, words)]


def test_after_an_answer_what_is_left_out_is_no_more_asked_for() -> None:
    assert after("fokusområder i Vest", "ikke skolerne") == ("focus_area_status", {"area": "Vest"})
    assert after("nøgletal for skolerne i Vest", "undtagen skolerne") == ("key_figures", {"area": "Vest"})
    assert after("perspektiver fra børnene og forældrene", "ikke forældrene")[1] == {"perspective_group": "children"}
    assert after("fokusområder i område Nord", "uden elmeskolen") == ("focus_area_status", {"area": "Nord"})


@pytest.mark.parametrize(
    "drops",
    [
        "drop solsikken", "skip solsikken", "glem solsikken", "lad være med solsikken", "spring solsikken over",
        "fjern solsikken", "uden solsikken", "not solsikken",
    ],
)  # fmt: skip
def test_of_several_that_were_asked_about_one_is_dropped(drops: str) -> None:
    earlier = Earlier("key_figures", understand("nøgletal for egehaven og solsikken", TOWN, DAY).slots)
    found = understand(drops, TOWN, DAY, earlier=earlier)
    assert (found.intent, found.slots.as_json(TOWN), found.unused) == ("key_figures", {"institution": "Egehaven"}, ())
    alone = understand(drops, TOWN, DAY, earlier=replace(earlier, slots=found.slots))
    assert [each.why for each in alone.unused] == [Why.LEFT_OUT]


@pytest.mark.parametrize("keeps", ["glem ikke solsikken", "skip to solsikken"])
def test_what_is_not_to_be_forgotten_is_not_dropped(keeps: str) -> None:
    assert after("nøgletal for egehaven og solsikken", keeps)[1] == {"institution": "Børnehaven Solsikken"}


def test_where_there_are_none_is_asked_and_nothing_is_left_out() -> None:
    assert told("tilbud uden børneperspektiv")[1] == {"perspective_group": "children", "status": "none"}
    assert told("hvor har vi ikke forældrenes perspektiver")[1] == {"perspective_group": "parents", "status": "none"}
    found = understand("nøgletal, ikke skolerne, men dagtilbuddene", TOWN, DAY)
    assert (found.slots.as_json(TOWN), found.unused) == ({"institution_type": "dagtilbud"}, ())


def test_a_first_name_and_a_place_is_somebody_unknown() -> None:
    assert told("aftaler med Peter Åen") == ("clarify", {"candidates": ["leader:Peter Hjort"]})


def test_the_place_that_a_part_of_it_names_is_offered_first() -> None:
    assert told("nøgletal for Dagplejen Øst")[1]["candidates"][0] == "institution:Dagplejen Vest"  # type: ignore[index]
    assert told("Skæring Dagtilbud")[1]["candidates"][0] == "institution:Skæring Skole"  # type: ignore[index]


def test_a_word_for_one_of_its_kind_is_the_only_one_or_one_of_those_there_are() -> None:
    assert told("nøgletal for Skovbørnehaven") == ("key_figures", {"institution": "Skovbørnehaven Grævlingen"})
    intent, slots = told("nøgletal for Børnehuset")
    assert (intent, len(slots["candidates"])) == ("clarify", 4)  # type: ignore[arg-type]
    assert told("nøgletal for Børnehaven Syd")[0] == "clarify"
    assert told("fritidsklubbernes perspektiver")[1] == {"institution_type": "fritidstilbud"}


def test_a_name_that_is_like_a_word_of_a_question_is_asked_about() -> None:
    assert told("beslutninger Ådalen")[0] == "unknown_institution"


@pytest.mark.parametrize(
    ("typed", "slots"),
    [
        ("nøgletal for Skæring", {"institution": "Skæring Skole"}),
        ("nøgletal fyrre", {"institution": "Fyrreskolen"}),
        ("nøgletal for skolen Elmeskolen", {"institution": "Elmeskolen"}),
        ("nøgletal for børnehaven Egehaven", {"institution": "Egehaven"}),
        ("nøgletal for vuggestuen Mælkebøten", {"institution": "Vuggestuen Mælkebøtten"}),
        ("nøgletal for Søndervangskloen", {"institution": "Søndervangskolen"}),
        ("nøgletal for børnehuset Mælkebøtten", {"institution": "Vuggestuen Mælkebøtten"}),
        ("nøgletal for klubben Kometen", {"institution": "Fritidsklubben Kometen"}),
        ("nøgletal for biblioteket på Elmeskolen", {"institution": "Elmeskolen"}),
        ("nøgletal for skole og SFO i område Nord", {"area": "Nord", "institution_type": ["skole", "fritidstilbud"]}),
    ],
)
def test_a_name_that_is_whole_or_has_one_error_is_still_understood(typed: str, slots: dict[str, object]) -> None:
    assert told(typed) == ("key_figures", slots)


@pytest.mark.parametrize(
    ("first", "then", "pressed", "slots"),
    [
        ("nøgletal for Elmeskolen", "hvad med Tilst?", "Tilst Skole", {"institution": "Tilst Skole"}),
        ("nøgletal for Tilst Skole", "og Nord?", "Nord", {"area": "Nord"}),
        ("nøgletal for Elmeskolen", "hvad med kastanjeskolen?", "Skæring Skole", {"institution": "Skæring Skole"}),
        ("nøgletal for Nord", "hvad med Kastanjen?", "Elmeskolen", {"institution": "Elmeskolen"}),
    ],
)
def test_what_is_chosen_after_a_question_that_goes_on_stands_in_place_of_what_was_there(
    first: str, then: str, pressed: str, slots: dict[str, object]
) -> None:
    before = understand(first, TOWN, DAY)
    found = understand(then, TOWN, DAY, earlier=Earlier("key_figures", before.slots))
    choice = next(each for each in found.slots.candidates if TOWN.name_of(each.id) == pressed)
    assert chosen(found.slots, choice).as_json(TOWN) == slots


def test_a_choice_lies_in_the_area_that_is_said() -> None:
    assert told("nøgletal børnehuset i Syd")[1].get("candidates") is None
    assert "institution" not in told("nøgletal for skovbørnehaven Bilen")[1]


@pytest.mark.parametrize(
    "name",
    ["Østre Skole", "vestre skole", "Lille Skole", "Ny Skole", "Gl. Skole", "Store Dagtilbud", "Den røde børnehave"],
)
def test_what_describes_one_of_its_kind_is_a_name(name: str) -> None:
    for frame in ("nøgletal for {}", "tilsynsresumé {}"):
        intent, slots = told(frame.format(name))
        assert (intent, "institution" in slots) == ("unknown_institution", False), frame.format(name)


def test_any_of_a_kind_and_all_of_it_are_no_names() -> None:
    for typed in ("nøgletal for vores nye skole", "nøgletal for alle skoler", "nøgletal for de nye skoler"):
        assert told(typed) == ("key_figures", {"institution_type": "skole"}), typed


@pytest.mark.parametrize(
    ("town", "typed", "nearest"),
    [
        (TOWN, "nøgletal for område 2", None),
        (SECOND_TOWN, "nøgletal for område 2", "area:Område 3"),
        (TOWN, "tilsynsresumé for distrikt 4", None),
        (TOWN, "nøgletal 8270", "institution:Klub 8270"),
        (TOWN, "focus areas at the 10th grade centre", "institution:10. klasse-centret"),
    ],
)
def test_a_number_that_a_place_is_called_by_is_asked_about(town: Roster, typed: str, nearest: str | None) -> None:
    intent, slots = told(typed, names=town)
    assert intent == "unknown_institution"
    assert nearest is None or slots["candidates"][0] == nearest  # type: ignore[index]


def test_a_number_that_is_nothing_is_told() -> None:
    assert told("nøgletal for Område 3", names=SECOND_TOWN) == ("key_figures", {"area": "Område 3"})
    assert [each.words for each in understand("nøgletal 8000", TOWN, DAY).unused] == ["8000"]
    for typed in (
        "focus area 2",
        "aftaler fra 2024",
        "nøgletal 618",
        "key figures for the 10th of April",
        "report on 6-18, pdf",
    ):
        found = understand(typed, TOWN, DAY)
        assert found.intent != UNKNOWN_INSTITUTION, typed
        assert Why.UNKNOWN not in [each.why for each in found.unused], typed


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("jeg mener skolen", "Tilst Skole"), ("skolen som pdf", "Tilst Skole"), ("skoln", "Tilst Skole"),
        ("nummer to", "Tilst Dagtilbud"), ("alle tre", ["Klub Tilst", "Tilst Dagtilbud", "Tilst Skole"]),
        ("all of them", ["Klub Tilst", "Tilst Dagtilbud", "Tilst Skole"]),
    ],
)  # fmt: skip
def test_what_was_asked_back_is_answered_in_words(answer: str, names: object) -> None:
    intent, slots = after("nøgletal for Tilst", answer)
    assert (intent, slots.get("institution")) == ("key_figures", names)
    assert "institution_type" not in slots


def test_a_surname_answers_which_of_those_with_a_first_name_is_meant() -> None:
    assert after("aftaler med Mette", "Holm")[1] == {"leader": "Mette Holm"}
    assert after("aftaler med Jens", "møller")[1] == {"leader": "Jens Møller"}
    assert after("aftaler med Mette", "begge")[1] == {"leader": ["Mette Holm", "Mette Skov"]}
    # All the places that are nearest to an unknown one are not what is meant by it.
    assert after("nøgletal for Atlantisskolen", "alle")[1] == {}


@pytest.mark.parametrize(
    ("typed", "slots", "left"),
    [
        ("nøgletal for elmeskolen i nord", {"institution": "Elmeskolen"}, []),
        ("nøgletal for Elmeskolen, Syd", {"institution": "Elmeskolen"}, [(Why.LIES_ELSEWHERE, "Syd")]),
        ("aftaler med Mette Holm i Syd", {"leader": "Mette Holm"}, [(Why.LIES_ELSEWHERE, "i Syd")]),
        (
            "nøgletal for Elmeskolen & skolerne i Syd",
            {"institution": "Elmeskolen", "area": "Syd", "institution_type": "skole"},
            [],
        ),
        (
            "aftaler med Karen Kjær og skolerne i Vest",
            {"leader": "Karen Kjær"},
            [(Why.ONE_AT_A_TIME, "skolerne i Vest")],
        ),
        ("aftaler i Vest og med Karen Kjær", {"area": "Vest"}, [(Why.ONE_AT_A_TIME, "Karen Kjær")]),
        (
            "nøgletal for dagtilbuddet i Øst og Elmeskolen",
            {"institution": "Elmeskolen", "area": "Øst", "institution_type": "dagtilbud"},
            [],
        ),
        (
            "nøgletal for elmeskolen og dagtilbud i syd",
            {"institution": "Elmeskolen", "area": "Syd", "institution_type": "dagtilbud"},
            [],
        ),
        ("nøgletal for skolerne i Nord, især Fyrreskolen", {"area": "Nord", "institution_type": "skole"}, []),
        ("nøgletal for Elmeskolen og område Nord", {"area": "Nord"}, []),
        ("nøgletal for Elmeskolen og Fyrreskolen i Nord", {"institution": ["Elmeskolen", "Fyrreskolen"]}, []),
    ],
)
def test_a_place_and_an_area_are_one_or_are_told_apart(
    typed: str, slots: dict[str, object], left: list[tuple[Why, str]]
) -> None:
    found = understand(typed, TOWN, DAY)
    assert found.slots.as_json(TOWN) == slots
    assert [(each.why, each.words) for each in found.unused] == left


def test_one_who_leads_in_two_areas_is_asked_about_in_one_and_a_kind_that_is_not_there_is_told() -> None:
    there = {where.name: where for where in TOWN.institutions}
    town = replace(
        TOWN,
        leaders=tuple(
            replace(each, leads=(*each.leads, there["Rosengården"].id)) if each.name == "Karen Kjær" else each
            for each in TOWN.leaders
        ),
    )
    in_south = understand("aftaler med Karen Kjær i Syd", town, DAY)
    assert (in_south.slots.as_json(town), in_south.unused) == ({"leader": "Karen Kjær", "area": "Syd"}, ())
    beside = understand("aftaler med Karen Kjær og skolerne i Nord", town, DAY)
    assert [(each.why, each.words) for each in beside.unused] == [(Why.ONE_AT_A_TIME, "skolerne i Nord")]
    south = there["Rosengården"].area_id
    town = replace(
        TOWN,
        institutions=tuple(
            where for where in TOWN.institutions if where.area_id != south or where.type is not InstitutionType.LEISURE
        ),
    )
    without = understand("nøgletal for Elmeskolen og fritidstilbud i Syd", town, DAY)
    assert without.slots.as_json(town) == {"institution": "Elmeskolen"}
    assert [(each.why, each.words) for each in without.unused] == [(Why.UNKNOWN, "fritidstilbud i Syd")]


def test_a_place_that_is_not_in_the_area_is_asked_about_first() -> None:
    found = understand("nøgletal for elmeskolen i syd", TOWN, DAY)
    assert found.intent == UNKNOWN_INSTITUTION
    assert TOWN.name_of(found.slots.candidates[0].id) == "Elmeskolen"


@pytest.mark.parametrize(
    ("messages", "slots"),
    [
        (("nøgletal for Tilst Skole", "og klubben"), {"institution": "Klub Tilst"}),
        (("fokusområder på elmeskolen", "og sfoen"), {"institution": "SFO Stjernen"}),
        (("key figures for Elmeskolen", "and the school"), {"institution": "Elmeskolen"}),
        (("aftaler med Karen Kjær", "og hendes skoles nøgletal"), {"institution": "Fyrreskolen"}),
        (("nøgletal for elmeskolen", "også klubben"), {"institution": ["Elmeskolen", "SFO Stjernen"]}),
        (
            ("nøgletal for skolerne i område Nord", "og klubberne"),
            {"area": "Nord", "institution_type": "fritidstilbud"},
        ),
        (("nøgletal for byskolen", "og 0-6"), {"age_range": "0-6"}),
    ],
)
def test_one_of_a_kind_after_a_place_is_the_one_beside_it(messages: tuple[str, ...], slots: dict[str, object]) -> None:
    assert after(*messages)[1] == slots


def test_of_several_of_a_kind_beside_a_place_it_is_asked_which() -> None:
    # Where the area has none of the kind, one that there is, and never all.
    lacking = replace(TOWN, institutions=tuple(each for each in TOWN.institutions if each.name != "SFO Stjernen"))
    asked = Earlier("key_figures", understand("nøgletal for Elmeskolen", lacking, DAY).slots)
    beside = understand("og klubben", lacking, DAY, earlier=asked)
    assert (beside.intent, beside.slots.types, len(beside.slots.candidates) > 1) == (CLARIFY, (), True)
    assert after("tilsynsresumé for egehaven", "hvad med skolen", "skæring")[1] == {"institution": "Skæring Skole"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nøgletal for højskolen", ["højskolen"]),
        ("fokusområder i livet", ["livet"]),
        ("fokusområder i centret", ["centret"]),
        ("fokusområder i kirken", ["kirken"]),
        ("nøgletal n og s", ["n", "s"]),
        ("nøgletal for dagtilbud ø", ["ø"]),
        ("nøgletal for unge", ["unge"]),
        ("tilsynsresumé for unge", ["unge"]),
        ("nøgletal for skt. anna", ["anna"]),
        ("key figures for Elmeskolen and its after school club", ["its after school club"]),
        ("nøgletal for de andre områder", ["andre områder"]),
        ("key figures for schools by the coast", ["coast"]),
        ("nøgletal 3-6 årige", ["3-6 årige"]),
    ],
)
def test_what_stands_for_a_place_and_is_none_is_told(typed: str, words: list[str]) -> None:
    assert [each.words for each in understand(typed, TOWN, DAY).unused] == words


def test_ages_and_the_number_of_an_area_in_words() -> None:
    for typed in ("nøgletal for nul til seks årige", "nøgletal 06", "nøgletal for 06-årige", "key figures zero to six"):
        assert told(typed)[1] == {"age_range": "0-6"}, typed
    for typed in ("beslutninger 06 2026", "beslutninger 2025 06", "beslutninger fra d. 06 maj", "aftaler efter kl. 06"):
        assert "age_range" not in told(typed)[1], typed
    assert told("key figures for six to eighteen")[1] == {"age_range": "6-18"}
    for typed in ("nøgletal for område tre", "nøgletal for omr 3"):
        assert told(typed, names=SECOND_TOWN)[1] == {"area": "Område 3"}, typed
