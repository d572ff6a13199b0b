"""Every card of every flow, in both languages."""

from tests.cards.examples import EXAMPLES, LANGUAGES, drawn, every_flow, in_each, shows_words
from tests.cards.golden import GOLDEN, file_of, written
from tests.cards.rules import CANARY, CANARY_WORD, check


@every_flow
def test_a_card_follows_the_schema_and_the_house_rules(flow: str) -> None:
    in_each(flow, lambda name, language: check(drawn(name, language)))


@every_flow
def test_what_people_typed_is_neither_markup_nor_link_nor_date(flow: str) -> None:
    def holds(name: str, language: str) -> None:
        if shows_words(name):
            check(drawn(name, language, words=CANARY), canary=CANARY_WORD)

    in_each(flow, holds)


@every_flow
def test_a_card_is_the_one_that_was_looked_at(flow: str) -> None:
    in_each(flow, looked_at)


def looked_at(name: str, language: str) -> None:
    file = file_of(name, language)
    assert file.exists(), f"{file.name} is missing: look at the card, then python -m tests.cards.golden"
    assert written(drawn(name, language)) == file.read_text(encoding="utf-8"), (
        f"{name} differs: look at it (make gallery), then python -m tests.cards.golden"
    )


def test_no_golden_card_is_left_of_one_that_is_gone() -> None:
    wanted = {file_of(name, language) for name in EXAMPLES for language in LANGUAGES}
    assert set(GOLDEN.glob("*.json")) == wanted
