"""A letter that is wrong, missing, doubled or has changed places never makes another place of what was typed, and never
all places in silence: it is understood, asked about, or told."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding import CLARIFY, REFUSE, UNKNOWN_INSTITUTION, Understanding, understand
from dialogs.understanding.letters import plain
from dialogs.understanding.vocabulary import vocabulary
from tests.test_understanding import DAY, TOWN

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


def _others(right: Understanding, found: Understanding) -> set[object]:
    """The places and people that are answered about and were not asked for."""
    answered = {*found.slots.institutions, *found.slots.areas, *found.slots.leaders}
    asked = {*right.slots.institutions, *right.slots.areas, *right.slots.leaders}
    return answered - asked - {candidate.id for candidate in right.slots.candidates}


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
    assert not _others(right, found), typed
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
