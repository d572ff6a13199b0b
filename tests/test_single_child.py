"""What looks as if it tells of one child, and what does not."""

import pytest

from domain.single_child import may_be_of_one_child, words_of_one_child


@pytest.mark.parametrize(
    "text",
    [
        "Sofie i 5b siger, at det er svært", "Emils i 5b går godt", "Emil (8 år) vil gerne med", "drengen Ali er glad",
        "en pige fra 3. klasse fortæller", "5b: Sofie vil helst lege ude",
        "Mohammed, som går i 5b", "Også Maja Hansen i 5b", "drengen emil", "Barnet Emils ord",
        "mor til Leo på blå stue", "leo fra stuen slår", "Alma på Mariehønestuen", "drengen på gul stue", "Leo på 4 år",
    ],
)  # fmt: skip
def test_one_child_is_seen(text: str) -> None:
    assert may_be_of_one_child(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vores nye 0. klasser", "12 børn i 5b", "Elever fra 3. klasse har læst mere", "timer pr. elev i 3. klasse",
        "antal barn i 3 klasse", "Marie (45 år) er ny leder", "Barnet Er I Centrum",
        "Børnene på blå stue er ude", "Vi sad i en stue", "antal barn på blå stue", "forældre fra Mariehønestuen",
    ],
)  # fmt: skip
def test_a_class_or_a_group_is_no_child(text: str) -> None:
    assert not may_be_of_one_child(text)


def test_the_name_of_a_grown_up_beside_a_class_is_no_childs() -> None:
    grown_ups = ["Anna", "Anna Holm", "Peter Krogh"]
    assert not may_be_of_one_child("Anna og Peter Krogh i 5b følger op. Anna Holms 5b er med", grown_ups)
    assert words_of_one_child("Anna i 5b er glad, siger Anna Holm", grown_ups) == "Anna i 5b", (
        "a pupil may be called so"
    )
    assert may_be_of_one_child("Anna Lind i 5b er glad", grown_ups)
    assert may_be_of_one_child("Peter i 5b er glad", grown_ups)
    assert may_be_of_one_child("pigen Anna er glad", grown_ups)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hvad skal der til, for at Oliver fra 5.b kommer med?", "Oliver fra 5.b"), ("5b: Sofie er ude", "5b: Sofie"),
        ("I dag kom en pige fra 3. klasse med", "pige fra 3. klasse"), ("Her er drengen Ali glad", "drengen Ali"),
    ],
)  # fmt: skip
def test_what_was_seen_is_told_by_its_words_alone(text: str, seen: str) -> None:
    assert words_of_one_child(text) == seen


@pytest.mark.parametrize(
    "long", ["a" * 100_000 + " i 5b", "a " * 50_000 + "5b", "barn " * 20_000 + "5b", "Aa " * 40_000 + "5b"]
)
def test_however_long_a_text_is_nobody_waits_for_it(long: str) -> None:
    """It would take hours where each letter of a word were a beginning."""
    assert not may_be_of_one_child(long)
