"""Every card of every flow, in both languages."""

from collections.abc import Callable

import pytest

from tests.cards.examples import EXAMPLES, LANGUAGES, drawn, shows_words
from tests.cards.golden import GOLDEN, file_of, written
from tests.cards.rules import CANARY, CANARY_WORD, check

# A test for each card and not for each language of it: that there are so many would cost more than what they do.
every_card = pytest.mark.parametrize("name", sorted(EXAMPLES))


@every_card
def test_a_card_follows_the_schema_and_the_house_rules(name: str) -> None:
    in_every_language(lambda language: check(drawn(name, language)))


@pytest.mark.parametrize("name", sorted(filter(shows_words, EXAMPLES)))
def test_what_people_typed_is_neither_markup_nor_link_nor_date(name: str) -> None:
    in_every_language(lambda language: check(drawn(name, language, words=CANARY), canary=CANARY_WORD))


@every_card
def test_a_card_is_the_one_that_was_looked_at(name: str) -> None:
    in_every_language(lambda language: looked_at(name, language))


def looked_at(name: str, language: str) -> None:
    file = file_of(name, language)
    assert file.exists(), f"{file.name} is missing: look at the card, then python -m tests.cards.golden"
    assert written(drawn(name, language)) == file.read_text(encoding="utf-8"), (
        f"{name} differs: look at it (make gallery), then python -m tests.cards.golden"
    )


def in_every_language(holds: Callable[[str], None]) -> None:
    """Tries each, and tells of all in which it does not hold."""
    faults = []
    for language in LANGUAGES:
        try:
            holds(language)
        except AssertionError as fault:
            faults.append(f"{language}: {fault}")
    assert not faults, "\n".join(faults)


def test_no_golden_card_is_left_of_one_that_is_gone() -> None:
    wanted = {file_of(name, language) for name in EXAMPLES for language in LANGUAGES}
    assert set(GOLDEN.glob("*.json")) == wanted
