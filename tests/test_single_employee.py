"""What looks as if it tells of one employee's health or employment, and what does not."""

import pytest

from domain.single_employee import may_be_of_one_employee, words_of_one_employee


@pytest.mark.parametrize(
    "text",
    [
        "Mette er sygemeldt", "Vi har givet en advarsel til læreren", "Hun er gravid", "Der er stress hos Lise",
        "Klasselæreren på 2. årgang er blevet sygemeldt", "Den sygemeldte lærer er tilbage", "souschefens opsigelse",
        "Vi venter på, at Qvist er opsagt", "Vores leder er stressramt", "Mettes sygemelding fylder",
        "Vikar for Jonna, der er på barsel", "Karen har fået en advarsel", "The teacher is on sick leave",
    ],
)  # fmt: skip
def test_one_employee_is_seen(text: str) -> None:
    assert may_be_of_one_employee(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lærerne er stressede", "Vi arbejder med stress og trivsel i 5. klasse", "Børnene lærer om stress",
        "Sygefraværet er faldet på Elmeskolen", "Elmeskolen har haft stress", "I Nord er stress et tema",
        "Mette laver en plan mod stress", "Teamet om 3. årgang følger op på sygefravær", "Flere er sygemeldt i år",
        "Kontrakten med leverandøren er opsagt", "Mette Holm og Ali Krogh følger op", "Sygemeldinger i alt",
        "Personalet oplever stress. Mette følger op", "Der er advarsel om glat føre",
    ],
)  # fmt: skip
def test_all_of_them_a_figure_or_a_name_alone_is_no_employees_matter(text: str) -> None:
    assert not may_be_of_one_employee(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Vi ved ikke, om Mette er sygemeldt igen på mandag", "Mette er sygemeldt"),
        ("Der er givet en advarsel til læreren i går", "advarsel til læreren"),
    ],
)
def test_what_was_seen_is_told_by_its_words_alone(text: str, seen: str) -> None:
    assert words_of_one_employee(text) == seen


def test_a_first_name_of_somebody_who_works_there_is_one_also_where_a_sentence_begins() -> None:
    assert not may_be_of_one_employee("Folke er sygemeldt")
    assert may_be_of_one_employee("Folke er sygemeldt", ["Folke"])


@pytest.mark.parametrize(
    "long", ["a" * 100_000 + " sygemeldt", "sygemeldt " * 20_000, "Aa stress " * 20_000, "en " * 50_000 + "stress"]
)
def test_however_long_a_text_is_nobody_waits_for_it(long: str) -> None:
    may_be_of_one_employee(long)
