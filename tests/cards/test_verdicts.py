"""R-09: "no automatic verdicts": the bot judges nobody, in no card and in neither language."""

import re
from collections.abc import Callable

import pytest

from cards.kit import Card
from cards.language import Translator
from tests.cards.examples import EXAMPLES, every_flow, in_each
from tests.town import words

# What a verdict, a mark, a place in a row or an alarm would be called. People's own word for where a focus area is, and
# what a survey calls its points, are none.
OF_VERDICTS = {
    "da": r"\b(u?tilfredsstillende|utilstrækkelig\w*|mangelfuld\w*|bestået|dumpet|karakterer?|score\w*|rangering\w*|"
    r"rangliste\w*|top ?\d+|bedste|dårlig\w*|værst\w*|bedre end|dårligere end|ringere end|over middel|under middel|"
    r"over gennemsnittet|under gennemsnittet|bekymrende|kritisk\w*|alarmerende|advarsel|risiko\w*|fremragende|flot|"
    r"imponerende|opnået niveau|målet er (ikke )?nået|lever (ikke )?op til|grøn|gul|rød|vurdering: \w+)\b",
    "en": r"\b((un)?satisfactory|insufficient|inadequate|deficient|failed|grades?|scor(e|ing)s?|rank(ed|ing|s)?|"
    r"top ?\d+|best|worst|poor(ly)?|better than|worse than|above average|below average|worrying|critical|alarming|"
    r"warning|risk\w*|excellent|impressive|target (was )?(not )?met|lives? up to|green|amber|red|verdict: \w+)\b",
}
# The sentences that say that there are none, and what is no judgement of anybody.
NONE_AT_ALL = re.compile(
    r"[^.\n]*\b(ingen point|ingen ranglister|automatiske domme|no points|no rankings|automatic verdicts|make no "
    r"rankings|laver ingen|do not rate|do not rank)\b[^\n]*",
    re.IGNORECASE,
)


@every_flow
def test_r09_no_card_has_a_word_of_a_verdict(flow: str) -> None:
    in_each(flow, lambda name, language: no_verdict(EXAMPLES[name], language))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Jeres trivsel er under middel"),
        ("da", "Elmeskolen er nr. 2 på ranglisten"),
        ("da", "Status: rød"),
        ("en", "The result is satisfactory"),
        ("en", "Ranked 3 of 12"),
    ],
)
def test_a_verdict_would_be_found(language: str, sentence: str) -> None:
    assert found_in(sentence, language)


def no_verdict(example: Callable[[Translator], Card], language: str) -> None:
    assert found_in(words(example(Translator.of(language))), language) == []


def found_in(told: str, language: str) -> list[str]:
    return [found[0] for found in re.finditer(OF_VERDICTS[language], NONE_AT_ALL.sub("", told), re.IGNORECASE)]
