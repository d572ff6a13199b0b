"""Whom a few typed words mean, among those there are."""

import pytest

from dialogs.names import named

PEOPLE = [
    ("karen v", ["Karen Vestergaard", "Elmeskolen"]),
    ("karen s", ["Karen Søndergård", "Børnehuset Åen"]),
    ("jens", ["Jens Pilegård", "Søndermarksskolen"]),
    ("søren", ["Søren Ø. Ågesen", "Klub Havnen"]),
    ("maja", ["Maja Bo", "Fritidshjemmet Hulen"]),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Karen", {"karen v", "karen s"}),
        ("karen vestergaard", {"karen v"}),
        ("Karen Vestergard", {"karen v"}),
        ("Vestergaard", {"karen v"}),
        ("Karens", {"karen v", "karen s"}),
        ("Jens", {"jens"}),
        ("Jens'", {"jens"}),
        ("Soeren", {"søren"}),
        ("sören", {"søren"}),
        ("Karen Sondergard", {"karen s"}),
        ("Majas", {"maja"}),
        ("Elmeskolen", {"karen v"}),
        ("klub havnen", {"søren"}),
    ],
)
def test_a_name_is_found(typed: str, found: set[str]) -> None:
    assert set(named(typed, PEOPLE).found) == found


@pytest.mark.parametrize(
    ("typed", "nearest"), [("Kirsten", ""), ("Karl Vestergaard", "karen v"), ("Pilgaardsen", "jens")]
)
def test_where_nobody_fits_the_three_nearest_are_given(typed: str, nearest: str) -> None:
    found = named(typed, PEOPLE)
    assert found.found == ()
    assert len(found.nearest) == 3
    assert not nearest or nearest in found.nearest


def test_no_words_mean_nobody() -> None:
    assert named("", PEOPLE).found == named("?!", PEOPLE).nearest == ()
