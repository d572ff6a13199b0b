"""The cards of the political themes: sent out, seen and discussed."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cards import theme
from cards import theme_sent as sending
from cards.kit import Card
from cards.language import Translator
from domain.cycle import PoliticalRound
from domain.errors import Problem, Problems
from domain.organisation import AgeRange
from domain.theme import DiscussedWith, ThemeReceipt, talk_name
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def _themed(*, leads: bool = True, asks: bool = False, words: str = WORDS, **done: Any) -> theme.Sheet:
    receipt = ThemeReceipt(
        id=made.uid(120),
        round_id=made.uid(9),
        institution_id=made.uid(2),
        sent_at=datetime(2026, 2, 2, 8, 0, tzinfo=UTC),
        **done,
    )
    themes = made.themes()
    themes[0].description = words
    return theme.Sheet(
        receipt=receipt,
        institution=made.school(),
        themes=themes,
        leads=leads,
        viewer=made.leader(),
        discussed_by=made.colleague() if receipt.discussed_at else None,
        asks=asks,
    )


def theme_new(_: Translator, words: str = WORDS) -> Card:
    return theme.show(_, _themed(words=words))


def theme_decided(_: Translator) -> Card:
    sheet = _themed(seen_at=made.SEEN_AT)
    sheet.themes[0].decision_url = "https://skovkoebing.example/byraad/2025/17"
    return theme.show(_, replace(sheet, themes=sheet.themes[:1], asks=True))


def theme_of_all(_: Translator) -> Card:
    lines = [(made.day_care(), None), (made.school(), _themed(seen_at=made.SEEN_AT).receipt)] * 12
    return sending.for_chief(_, lines, is_chief=False)


def theme_set(_: Translator) -> Card:
    return theme.show(_, _themed(seen_at=made.SEEN_AT))


def theme_asks(_: Translator) -> Card:
    problems = Problems({talk_name(made.uid(10)): Problem("nobody_chosen")})
    return theme.show(_, _themed(seen_at=made.SEEN_AT, asks=True), problems=problems)


def theme_meanwhile(_: Translator) -> Card:
    """Another leader has said so since the card was drawn."""
    people = (DiscussedWith.STAFF, DiscussedWith.BOARD)
    typed = theme.Form(receipt_id=made.uid(120), talks={made.uid(10): (DiscussedWith.MANAGEMENT,)})
    problems = Problems({"talks": Problem("written_meanwhile")})
    talks = {made.uid(10): people, made.uid(11): (DiscussedWith.NOBODY_YET,)}
    nobody = (DiscussedWith.NOBODY_YET,)
    sheet = _themed(seen_at=made.SEEN_AT, discussed_with=nobody, talks=talks, discussed_at=made.SEEN_AT, asks=True)
    return theme.show(_, sheet, typed=typed, problems=problems)


def theme_discussed(_: Translator) -> Card:
    people = (DiscussedWith.STAFF, DiscussedWith.BOARD)
    talks = {made.uid(10): people, made.uid(11): (DiscussedWith.CHILDREN,)}
    everybody = (*people, DiscussedWith.CHILDREN)
    return theme.show(
        _, _themed(seen_at=made.SEEN_AT, discussed_with=everybody, talks=talks, discussed_at=made.SEEN_AT)
    )


def _some() -> theme.Sheet:
    """One of two themes was discussed."""
    talks = {made.uid(10): (DiscussedWith.STAFF, DiscussedWith.BOARD), made.uid(11): ()}
    nobody = (DiscussedWith.NOBODY_YET,)
    return _themed(seen_at=made.SEEN_AT, discussed_with=nobody, talks=talks, discussed_at=made.SEEN_AT)


def theme_discussed_in_part(_: Translator) -> Card:
    return theme.show(_, _some())


def theme_chief_in_part(_: Translator) -> Card:
    return sending.for_chief(_, [(made.day_care(), None), (made.school(), _some().receipt)])


def theme_many(_: Translator) -> Card:
    """A round of seven: five are asked about at once."""
    sheet = _themed(seen_at=made.SEEN_AT, asks=True)
    titles = [
        ("Sprog og fortælling", "Language and telling"),
        ("Leg og bevægelse", "Play and movement"),
        ("Børn i udsatte positioner", "Children in vulnerable positions"),
        ("Forældresamarbejde", "Working with parents"),
        ("Digital dannelse", "Digital formation"),
    ]
    first = made.themes()
    more = [
        replace(first[0], id=made.uid(70 + number), title=danish, title_en=english)
        for number, (danish, english) in enumerate(titles)
    ]
    return theme.show(_, replace(sheet, themes=[*first, *more]))


def _previewed(*, is_out_of_turn: bool = False) -> sending.Preview:
    return sending.Preview(
        decided=PoliticalRound(id=made.uid(9), year=2025, age_range=AgeRange.OLDER),
        themes=made.themes(),
        places=[made.school()] * 14,
        leaders=17,
        is_out_of_turn=is_out_of_turn,
    )


def theme_preview(_: Translator) -> Card:
    return sending.preview(_, _previewed())


def theme_out_of_turn(_: Translator) -> Card:
    return sending.preview(_, _previewed(is_out_of_turn=True))


def theme_sent(_: Translator) -> Card:
    return sending.sent(_, _previewed())


def theme_which_round(_: Translator) -> Card:
    rounds = [
        PoliticalRound(id=made.uid(9), year=2025, age_range=AgeRange.OLDER),
        PoliticalRound(id=made.uid(8), year=2026, age_range=AgeRange.YOUNGER),
    ]
    return sending.which_round(_, rounds)


def theme_nothing_to_send(_: Translator) -> Card:
    return sending.nothing_to_send(_)


def theme_chief(_: Translator) -> Card:
    return sending.for_chief(_, [(made.day_care(), None), (made.school(), _themed(seen_at=made.SEEN_AT).receipt)])


def theme_none(_: Translator) -> Card:
    return theme.none_yet(_)


def theme_where(_: Translator) -> Card:
    return theme.choose(_, [(_themed().receipt, made.school()), (_themed().receipt, made.day_care())])


EXAMPLES = examples_in(globals())
