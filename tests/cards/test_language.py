"""The words in both languages, and the catalogue that keeps them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from cards import catalogue
from cards.counting import AGREEMENTS, counts
from cards.danish import Words
from cards.kit import Card
from cards.language import LOCALE, Translator
from cards.parts import text
from domain.facts import AgreementWord
from domain.organisation import AgeRange
from domain.period import HalfYear
from tests.cards.preparation_examples import preparation_filed, reflection_filed
from tests.town import parts, words

MORNING = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "da",
            "21. april 2026 | 21. apr. | tirsdag den 21. april kl. 9.00 | kl. 9.00 | 1.234,5 | "
            "forår 2026 | foråret 2026 | 0\u20136 år | a, b og c | a, b eller c | i dag, i morgen, om 5 dage",
        ),
        (
            "en",
            "21 April 2026 | 21 Apr | Tuesday 21 April at 9:00 | 9:00 | 1,234.5 | "
            "spring 2026 | the spring of 2026 | ages 0\u20136 | a, b and c | a, b or c | today, tomorrow, in 5 days",
        ),
    ],
)
def test_dates_numbers_and_lists_are_told_as_people_write_them(language: str, told: str) -> None:
    _ = Translator.of(language)
    assert (
        " | ".join(
            [
                _.date(MORNING.date()),
                _.short_date(MORNING),
                _.moment(MORNING),
                _.clock(MORNING),
                _.number(Decimal("1234.5"), 1),
                _.half_year(HalfYear(2026, 1)),
                _.the_half_year(HalfYear(2026, 1)),
                _.age_range(AgeRange.YOUNGER),
                _.join("abc"),
                _.either("abc"),
                ", ".join(_.in_days(days) for days in (0, 1, 5)),
            ]
        )
        == told
    )


def test_no_line_of_a_card_ends_in_a_day_or_a_time() -> None:
    for language, told in (("da", "tirsdag den~21.~april kl.~9.00"), ("en", "Tuesday 21~April at~9:00")):
        [run] = text(Translator.of(language).moment(MORNING))["inlines"]
        assert run["text"] == told.replace("~", "\u00a0")
    for language, told in (("da", "senest 21.~april~2026"), ("en", "senest 21~April~2026")):
        [run] = text(f"senest {Translator.of(language).date(MORNING)}")["inlines"]
        assert run["text"] == told.replace("~", "\u00a0")


def test_a_moment_late_in_the_evening_is_told_on_its_own_day_in_copenhagen() -> None:
    assert Translator.of("da").date(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "1. januar 2027"
    assert Translator.of("da").date(date(2026, 12, 31)) == "31. december 2026"


def test_the_number_of_things_chooses_the_sentence() -> None:
    assert Translator.of("da").in_days(2) == "om 2 dage"
    assert Translator.of("en").ngettext("in %(n)s day", "in %(n)s days", 1) == "in 1 day"


# Of these, Danish has one word for one and for several.
ALIKE = re.compile(
    r"kort|til, når|nøgletal|tilbud|ting|til –|afventer|under forberedelse|går godt|har brug for|klar$|på vej|i gang|"
    r"over fristen|nyt tidspunkt"
)


def test_what_is_counted_follows_its_number() -> None:
    counted = [(message.id, message.string) for message in catalogue.kept() if isinstance(message.id, tuple)]
    assert len(counted) > 70
    alike = [one for _english, (one, several) in counted if one == several]
    assert [each for each in alike if not ALIKE.search(each)] == []
    told = [(AGREEMENTS[AgreementWord.OPEN], number) for number in (0, 1, 11)]
    assert counts(Translator.of("da"), told) == "0 åbne · 1 åben · 11 åbne"
    assert counts(Translator.of("en"), told) == "0 open · 1 open · 11 open"


def test_every_message_of_the_cards_has_its_danish_words() -> None:
    assert catalogue.complaints(catalogue.extracted(), catalogue.kept()) == []
    assert catalogue.drifted() == []


@pytest.mark.parametrize(
    ("pattern", "because"),
    [
        (r"[“„«»\"]", "Danish has one kind of quotation marks here: ”…”"),
        (r"!", "nothing is shouted"),
        (r"\bpå %\((institution|host|home)\)s", "one is på Elmeskolen, but in Børnehuset Åen: say fra, hos or nothing"),
        (r"– (dig|jer)\b", "it is Næste skridt for dig, as people say it"),
    ],
)
def test_the_danish_words_keep_to_one_way_of_writing(pattern: str, because: str) -> None:
    told = [each for message in catalogue.kept() if message.id for each in _danish(message.string)]
    assert len(told) > 1000
    assert [each for each in told if re.search(pattern, each)] == [], because


def test_r06_the_words_are_those_of_the_learning_communities_and_none_of_staff_appraisal() -> None:
    """R-06: "Use SLF's own words (læringscirkel, undersøge, afprøve, professionel dømmekraft). No HR vocabulary"."""
    messages = [message for message in catalogue.kept() if message.id]
    english = " ".join(" ".join(_danish(message.id)) for message in messages).lower()
    danish = " ".join(" ".join(_danish(message.string)) for message in messages).lower()
    for word in ("læringscirklen", "undersøg", "afprøve", "professionelle dømmekraft", "læringsmiljø"):
        assert word in danish, word
    for language, of_appraisal in (
        (english, r"\b(performance|ratings?|targets?|kpis?|appraisals?|benchmarks?|incentives?)\b"),
        (
            danish,
            r"præstation|målopfyld|resultatløn|resultatkontrakt|medarbejderudviklingssamtale|benchmark|\b(kpi|mus)\b",
        ),
    ):
        assert re.findall(of_appraisal, language) == []


def _danish(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else [*words]


def test_a_missing_and_a_fuzzy_word_are_told() -> None:
    catalog = Catalog(locale="da")
    catalog.add("Save draft")
    catalog.add("Theme", "Tema", flags=["fuzzy"])
    assert catalogue.complaints(catalog, catalog) == ["not translated: Save draft", "fuzzy: Theme"]


def test_a_lost_placeholder_is_told() -> None:
    catalog = Catalog(locale="da")
    catalog.add("Seen by: %(who)s", "Ses af: %(hvem)s")
    catalog.add(("in %(n)s day", "in %(n)s days"), ("om en dag", "om %(n)s dage"))
    assert catalogue.complaints(catalog, catalog) == ["placeholders differ: Seen by: %(who)s"]


def test_a_message_that_came_or_went_is_told() -> None:
    code, catalog = Catalog(locale="da"), Catalog(locale="da")
    code.add("Save draft")
    catalog.add("Theme", "Tema")
    assert catalogue.complaints(code, catalog) == [
        "not in the catalogue: Save draft",
        "no longer in the code: Theme",
    ]


def test_an_empty_extraction_is_told() -> None:
    assert catalogue.complaints(Catalog(), Catalog()) == ["no message was found in the code"]


def test_a_message_is_found_wherever_it_stands() -> None:
    source = """
def show(_):
    title = f"{_('Plan')}: {_.ngettext('%(n)s day', '%(n)s days', len(DAYS))}"
    return _("Seen by "
             "%(who)s", who=_(WHO[title])), N_("Theme")
"""
    assert set(catalogue.messages_in(source)) == {
        ("Plan",),
        ("%(n)s day", "%(n)s days"),
        ("Seen by %(who)s",),
        ("Theme",),
    }
    assert not list(catalogue.hidden_in(source))


@pytest.mark.parametrize(
    "call",
    [
        "_(f'Seen by {who}')",
        "_('Seen by ' + who)",
        "_('One' if one else 'Many')",
        "_.ngettext('day', f'{n}', n)",
        "N_(who)",
    ],
)
def test_a_message_that_no_catalogue_can_have_is_told_by_its_line(call: str) -> None:
    assert list(catalogue.hidden_in(f"import this\n\n{call}\n")) == [3]


def test_no_message_of_ours_is_hidden_from_the_catalogue() -> None:
    assert catalogue.hidden() == []


def test_the_catalogue_is_read_as_it_was_written() -> None:
    file = LOCALE / "da" / "LC_MESSAGES" / "laeringsbot.po"
    with file.open("rb") as source:
        written, read = read_po(source, locale="da"), Words(file)
    assert len(written) > 2_000
    for each in written:
        if isinstance(each.id, tuple):
            assert [read.ngettext(*each.id, n) for n in (0, 1, 2)] == [each.string[at] for at in (1, 0, 1)]
            assert read.gettext(each.id[0]) == each.string[0]
        elif each.id:
            assert read.gettext(each.id) == each.string


@pytest.mark.parametrize(
    "entry",
    [
        '#, fuzzy\nmsgid "a"\nmsgstr "b"',
        '#~ msgid "a"\n#~ msgstr "b"',
        'msgctxt "x"\nmsgid "a"\nmsgstr "b"',
        'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\nmsgstr[2] "bss"',
        'msgid ""\nmsgstr "Plural-Forms: nplurals=1; plural=0;\\n"',
    ],
)
def test_a_catalogue_of_another_kind_is_refused(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "da.po"
    file.write_text(entry + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="the catalogue|another plural"):
        Words(file)


def test_what_has_no_translation_stays_english(tmp_path: Path) -> None:
    file = tmp_path / "da.po"
    file.write_text('msgid "one\\n\\"two\\""\n"three"\nmsgstr ""\n"en\\n"\n"to"\n', encoding="utf-8")
    words = Words(file)
    assert words.gettext('one\n"two"three') == "en\nto"
    assert words.gettext("four") == "four"
    assert [words.ngettext("a day", "days", n) for n in (1, 2)] == ["a day", "days"]


class Renamed(Translator):
    """A municipality that calls the steps of the circle by names of its own."""

    NAMES = {
        "Data": "Afsæt",
        "Perspectives": "Stemmer",
        "Who and what": "Grundlag",
        "Understanding together": "Samtale",
    }

    def __call__(self, message: str, /, **values: object) -> str:
        return self.NAMES.get(message) or super().__call__(message, **values)


@pytest.mark.parametrize(
    ("example", "name"),
    [(preparation_filed, "Stemmer"), (reflection_filed, "Grundlag")],
    ids=["preparation", "reflection"],
)
def test_r31_a_step_is_called_what_the_catalogue_says_and_nothing_else_hangs_on_its_name(
    example: Callable[[Translator], Card], name: str
) -> None:
    """R-31: "Names are configurable": ids, verbs and what is kept know none of them."""
    usual, renamed = example(Translator("da")), example(Renamed("da"))
    assert re.search(rf"Trin \d af \d\s*– {name}", words(renamed))
    assert name not in words(usual)
    for pressed, same in zip(pressable(usual), pressable(renamed), strict=True):
        assert pressed == same


def pressable(shown: Card) -> list[tuple[object, object, object]]:
    """What a press sends, but for the key that each drawing has of its own, and where what is typed is put."""
    found = [(each.get("verb"), dict(each.get("data") or {}), each.get("id")) for each in parts(shown)]
    return [(verb, {name: value for name, value in data.items() if name != "k"}, id_) for verb, data, id_ in found]
