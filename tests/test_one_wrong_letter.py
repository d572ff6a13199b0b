"""A letter that is wrong, missing, doubled or has changed places never makes another place of what was typed, and never
all places in silence: it is understood, asked about, or told."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding import CLARIFY, REFUSE, UNKNOWN_INSTITUTION, Understanding, understand
from dialogs.understanding.letters import plain, words_of
from dialogs.understanding.vocabulary import vocabulary
from domain.unused import Why
from tests.test_understanding import DAY, SECOND_TOWN, TOWN

_OF_AN_AREA = (
    "tilsynsresumé for dagtilbuddene i {} forår 2026", "nøgletal for skolerne i {}", "fokusområder i {}",
    "tilsynsresumé for område {}", "tilsynsresumé for {}", "beslutninger i {} i efteråret", "overblik over {}",
    "key figures for the schools in {}", "focus areas in {}", "hvad siger forældrene i {}", "{} nøgletal",
    "nøgletal skolerne {}",
)  # fmt: skip
_AREAS = ("Nord", "Midtby", "Syd", "Vest", "Øst", "north", "south", "west", "east")
_OF_A_KIND = (
    "tilsynsresumé for {}", "nøgletal for {} i Nord", "fokusområder i {}", "hvad siger forældrene i {} i Syd",
    "key figures for the {}", "supervision summary for the {} in Nord", "beslutninger i {} og Elmeskolen",
)  # fmt: skip
_KINDS = (
    "skolerne", "dagtilbuddene", "fritidstilbuddene", "klubberne", "børnehaverne", "schools", "daycares", "clubs",
)  # fmt: skip
# A common word, and a message it stands in.
_COMMON = (
    ("åbne", "{} aftaler"), ("åbne", "{} aftaler i Nord"), ("årets", "{} nøgletal for Byskolen"),
    ("aften", "beslutninger på Byskolen i {}"), ("anden", "beslutninger fra {} samtale Fyrreskolen"),
    ("sidste", "tilsynsresumeet for Solstrålens {} halvår"), ("sidste", "hvad er nyt i Spirerne siden {} resumé"),
    ("alle", "nøgletal for {} skoler"), ("overskredne", "{} aftaler med Karen Kjær"),
    ("forældrene", "hvad siger {} på Elmeskolen"), ("børnene", "hvad siger {} i Nord"),
    ("eleverne", "hvad siger {} på Byskolen"), ("observationer", "{} på Byskolen"), ("beslutninger", "{} i Nord"),
    ("open", "{} agreements in Nord"), ("last", "key figures for Byskolen {} term"),
)  # fmt: skip


def with_an_error(word: str) -> list[str]:
    """The word with one error, in any letter but the first."""
    found = set()
    for place in range(1, len(word)):
        found |= {word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:]}
        found |= {word[:place] + other + word[place + 1 :] for other in "enorsa"}
        if place + 1 < len(word):
            found.add(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    # Without its last letter, `schools` is a word of its own.
    return sorted(each for each in found - {word} if not vocabulary().has("one", plain(each)))


def read(text: str) -> Understanding:
    return understand(text, TOWN, DAY)


def _others(frame: str, right: Understanding, found: Understanding) -> set[object]:
    """The places and people that are answered about and were not asked for, by the word or by the rest of the frame."""
    answered, asked, beside = (
        {*each.slots.institutions, *each.slots.areas, *each.slots.leaders}
        for each in (found, right, read(frame.format("")))
    )
    return answered - asked - beside - {candidate.id for candidate in right.slots.candidates}


def _is_told(found: Understanding) -> bool:
    return found.intent in (CLARIFY, UNKNOWN_INSTITUTION, REFUSE, None) or not found.is_sure or bool(found.unused)


def _is_as_wide(right: Understanding, found: Understanding) -> bool:
    """Whether it is of the same places and of the same kinds."""
    wanted, got = right.slots, found.slots
    return (wanted.areas, set(wanted.institutions), set(wanted.types)) == (
        got.areas, set(got.institutions), set(got.types)
    )  # fmt: skip


_FRAMES = [
    *((area, frame) for frame in _OF_AN_AREA for area in _AREAS),
    *((kind, frame) for frame in _OF_A_KIND for kind in _KINDS),
    *_COMMON,
]


@given(st.sampled_from(_FRAMES), st.data())
@settings(max_examples=400, deadline=None)
def test_one_wrong_letter_is_right_or_asked_about_or_told(of: tuple[str, str], data: st.DataObject) -> None:
    word, frame = of
    typed = frame.format(data.draw(st.sampled_from(with_an_error(word))))
    right, found = read(frame.format(word)), read(typed)
    assert not _others(frame, right, found), typed
    assert _is_as_wide(right, found) or _is_told(found), typed


# Places that are on no list: most of them words, as places are.
_STRANGE = (
    "Månen", "Kastanjen", "Lupinen", "Bilen", "Planeten", "Uglen", "Bakken", "Skoven", "Dalen", "Troldene", "Fjorden",
    "Engen", "Haven", "Marken", "Baunehøj", "Møllevang", "Ellekær", "Sødal", "Lystrup", "Naturskolen",
)  # fmt: skip
# With one that is known, which is kept, and alone.
_BESIDE = (
    "tilsynsresumé for Elmeskolen og {}", "nøgletal for Elmeskolen, {} og Byskolen", "fokusområder i Egehaven samt {}",
    "decisions at Elmeskolen and {}", "tilsynsresumé for {} og Elmeskolen", "hvad siger børnene i Egehaven og på {}",
    "tilsynsresumé for Elmeskolen, Byskolen og {}", "nøgletal for Syd og {}", "aftaler på Elmeskolen og {} i foråret",
)  # fmt: skip
_ALONE = (
    "nøgletal for {}", "hvad siger forældrene i {}", "beslutninger i {}", "fokusområder på {}", "tilsynsresumé {}",
    "observationer hos {}", "aftaler fra {}", "key figures for {}",
    "jeg skal på besøg i {} i morgen, giv mig et overblik",
)  # fmt: skip


@given(st.sampled_from(_STRANGE), st.sampled_from((*_BESIDE, *_ALONE)), st.sampled_from((str, str.lower)))
@settings(max_examples=250, deadline=None)
def test_a_place_that_nobody_knows_is_asked_about_or_told(
    name: str, frame: str, as_typed: Callable[[str], str]
) -> None:
    typed = as_typed(frame.format(name))
    found = read(typed)
    is_told = any(name.casefold() in unused.words.casefold() for unused in found.unused)
    # What is not understood gets the help, and no answer.
    assert found.intent in (UNKNOWN_INSTITUTION, CLARIFY, None) or is_told, typed
    if frame in _BESIDE:
        assert found.slots.institutions or found.slots.areas, typed


@pytest.mark.parametrize("frame", [*_OF_AN_AREA, "fokusområder i område {}", "aftaler fra {}"])
def test_a_direction_that_nobody_has_is_never_another_one(frame: str) -> None:
    for name in ("Nordvest", "Sydøst", "Northwest", "Southeast"):
        for typed in (frame.format(name), frame.format(name.lower())):
            found = understand(typed, SECOND_TOWN, DAY)
            assert not {*found.slots.areas, *found.slots.institutions}, typed
            assert _is_told(found), typed


def test_what_stands_before_a_name_with_an_error_may_make_it_another_one() -> None:
    for before in ("Nv", "nny", "nyy", "nw"):
        found = understand(f"tilsynsresumé for {before} Holmstrup Skole", SECOND_TOWN, DAY)
        names = {SECOND_TOWN.name_of(each.id) for each in found.slots.candidates}
        assert names >= {"Holmstrup Skole", "Ny Holmstrup Skole"}, before


@pytest.mark.parametrize("typed", ["aftaler med åee", "åey figures for the schools in Øst", "nøgletal for åne"])
def test_a_name_of_three_letters_with_an_error_is_asked_about_or_told(typed: str) -> None:
    found = read(typed)
    assert _is_told(found)
    assert not found.slots.institutions


def test_a_season_with_an_error_before_a_year_is_no_place() -> None:
    for season in ("sparing", "sprng", "forårr", "efteraår", "autunm"):
        found = read(f"decisions at Rosenhøj in {season} 2026")
        assert [TOWN.name_of(each) for each in found.slots.institutions] == ["Rosenhøj"], season


# One more of a kind, some of all there are, what goes on in a list, and what is called by several words.
_ALSO = (
    "klubben", "sfoen", "dens sfo", "børnehaven", "skolen", "de andre skoler", "hele området", "også mælkevejen",
    "så mælkevejen", "den blå planet", "vores nye skole", "Skt. Anna", "the sunflower", "kommentarer", "tendenser",
)  # fmt: skip


@pytest.mark.parametrize("frame", ["tilsynsresumé for Elmeskolen og {}", "focus areas at egehaven and {}"])
def test_what_is_listed_with_a_place_and_is_none_is_told_or_asked_about(frame: str) -> None:
    for other in _ALSO:
        found = read(frame.format(other))
        is_told = any(other.split()[-1] in unused.words for unused in found.unused)
        assert found.slots.institutions, other
        assert is_told or found.intent == CLARIFY, other
    assert {each.words for each in read("tilsynsresumé for klubben og elmeskolen").unused} == {"klubben"}
    assert {each.words for each in read("aftaler med ida og børge").unused} == {"børge"}


def test_of_two_things_that_are_asked_for_together_one_is_answered_and_the_other_told() -> None:
    for typed in ("nøgletal og perspektiver for elmeskolen", "perspektiver samt nøgletal for elmeskolen"):
        found = read(typed)
        told = [(each.why, each.words) for each in found.unused]
        assert (found.intent, told) == ("perspective_summary", [(Why.ONE_AT_A_TIME, "nøgletal")]), typed
    for typed, words in (
        ("nøgletal for byskolen og fokusområder for egehaven", ["fokusområder for egehaven"]),
        ("nøgletal for byskolen. fokusområder for egehaven", ["fokusområder for egehaven"]),
        ("fokusområder, beslutninger og nøgletal for byskolen", ["beslutninger", "nøgletal"]),
        ("show focus areas and the key figures for byskolen", ["key figures"]),
        ("byskolens fokusområder og deres beslutninger", ["beslutninger"]),
        ("giv mig nøgletallene for byskolen og så også hvad forældrene siger", ["hvad forældrene siger"]),
    ):
        found = read(typed)
        told = [(each.why, each.words) for each in found.unused]
        assert told == [(Why.ONE_AT_A_TIME, each) for each in words], typed
        assert [TOWN.name_of(each) for each in found.slots.institutions] == ["Byskolen"], typed


@pytest.mark.parametrize(
    "typed",
    [
        "aftaler med do lund", "aftaler med ba lund", "aftaler med da", "aftaler med se", "aftaler med one",
        "fokusområder i st", "tilsynsresumé for en", "tilsynsresumé for klb 2", "tilsynsresumé for kub 2",
    ],
)  # fmt: skip
def test_what_is_cut_short_is_told_and_is_not_all_there_is_in_silence(typed: str) -> None:
    assert _is_told(read(typed))
    assert _is_told(understand(typed, SECOND_TOWN, DAY))


def test_what_may_end_after_a_small_word_is_not_told() -> None:
    for typed in ("hvad har jeg aftalt med ham", "hvem har jeg aftaler med", "aftaler med Bo Lund", "nøgletal for os"):
        assert not read(typed).unused, typed


def test_a_letter_wrong_in_the_word_before_a_name_or_a_number() -> None:
    for typed in ("overskredne aftaler md per", "åbne aftaler emd per"):
        found = understand(typed, SECOND_TOWN, DAY)
        assert [SECOND_TOWN.name_of(each) for each in found.slots.leaders] == ["Per Møller-Jensen"], typed
    assert understand("tilsynsresumé for områdes 3", SECOND_TOWN, DAY).intent == UNKNOWN_INSTITUTION


# What else than a place can be lost: which of them, of what, of when, whose, and as what; of the first, by any error.
_BY_ANY = (
    ("åbne", "{} aftaler i syd"), ("overskredne", "{} aftaler"), ("fravær", "hvor meget {} er der på Elmeskolen"),
    ("forår", "beslutninger på Byskolen {} 2025"), ("efterår", "fokusområder i Nord {} 2025"),
    ("spring", "decisions {} 2026"), ("autumn", "key figures {} 24"),
)  # fmt: skip
_BY_SOME = (
    ("forfaldne", "{} aftaler i nord"),
    ("overskredet", "aftaler der er {}"), ("open", "{} agreements in vest"), ("uden", "steder i vest {} fokusområder"),
    ("forberedt", "hvem i vest er ikke {}"), ("prepared", "who in vest is not {}"),
    ("opmærksomhed", "fokusområder i vest der har brug for {}"), ("skidt", "fokusområder i nord der går {}"),
    ("kvittering", "observationer i vest uden {}"),
    ("trivsel", "beslutninger på Byskolen om {}"), ("overgange", "fokusområder på skolerne om {}"),
    ("forår", "beslutninger på Byskolen {} 25"),
    ("halvår", "fokusområder på Byskolen forrige {}"), ("forrige", "fokusområder på Byskolen {} halvår"),
    ("første", "nøgletal for Byskolen {} halvår 2025"), ("halvår", "nøgletal for Byskolen første {} 2025"),
    ("cyklus", "fokusområder på Byskolen forrige {}"), ("cycle", "focus areas at Byskolen previous {}"),
    ("half", "focus areas at Byskolen last {}-year"), ("last", "key figures for Byskolen {} year"),
    ("siden", "tilsynsresumé for Byskolen {} sidste resumé"), ("sidste", "beslutninger på Byskolen {} år"),
    ("unge", "hvad siger de {} i Kometen"), ("children", "what do the {} say at Egehaven"),
    ("cares", "key figures for the day-{} in Øst"), ("kort", "{} tilsynsresumé for Byskolen"),
    ("word", "tilsynsresumé for Byskolen som {}"), ("word", "summary for Byskolen as {}"),
)  # fmt: skip


def in_any_letter(word: str) -> list[str]:
    """The word with one error that makes no other word of it: `åbn aftaler` asks to open them."""
    known, wrong = vocabulary(), {*with_an_error(word), word[1:], word[1] + word[0] + word[2:]}
    return sorted(each for each in wrong if not known.headings(words_of(each)[0].norm))


def _loses_nothing(frame: str, word: str, wrong: str) -> bool:
    right, found = read(frame.format(word)), read(frame.format(wrong))
    return (found.intent, found.slots) == (right.intent, right.slots) or _is_told(found)


def test_no_wrong_letter_loses_which_of_them_or_of_when_in_silence() -> None:
    for word, frame in _BY_ANY:
        for wrong in in_any_letter(word):
            assert _loses_nothing(frame, word, wrong), frame.format(wrong)


@given(st.sampled_from(_BY_SOME), st.data())
@settings(max_examples=250, deadline=None, derandomize=True)
def test_one_wrong_letter_loses_no_part_of_the_question_in_silence(of: tuple[str, str], data: st.DataObject) -> None:
    word, frame = of
    wrong = data.draw(st.sampled_from(in_any_letter(word)))
    assert _loses_nothing(frame, word, wrong), frame.format(wrong)


def test_a_word_beside_others_is_understood_with_a_letter_wrong_also_where_a_sentence_begins() -> None:
    for wrong, right in (
        ("Opn agreements in vest", "open agreements in vest"),
        ("Krt tilsynsresumé for Byskolen", "kort tilsynsresumé for Byskolen"),
        ("hvem i vest er ikke foberedt", "hvem i vest er ikke forberedt"),
        ("fokusområder på Byskolen forrige cylkus", "fokusområder på Byskolen forrige cyklus"),
        ("nøgletal for Byskolen foråår 2025", "nøgletal for Byskolen forår 2025"),
        ("beslutninger på Byskolen om tivsel", "beslutninger på Byskolen om trivsel"),
    ):
        assert read(wrong) == read(right), wrong


@pytest.mark.parametrize("name", ["evst", "est", "bord", "ist", "rest"])
def test_a_word_that_one_letter_makes_an_area_of_is_never_another_area_nor_all_there_are(name: str) -> None:
    for frame in ("fokusområder i område {}", "nøgletal i {}", "tilsynsresumé for skolerne i {}"):
        found = read(frame.format(name))
        assert _is_told(found), frame.format(name)
        assert not found.slots.areas, frame.format(name)
    assert _is_told(read("nøgletal skolerne Nor"))
