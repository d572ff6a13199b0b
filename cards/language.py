"""Words, dates and numbers in the reader's language.

The code is written in English and looked up in the Danish catalogue under `locale/`. The catalogue is read
from its source at the first use: there is no compiled file that a fresh clone could lack.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from cards.danish import Words
from domain.organisation import AgeRange
from domain.period import HalfYear

LOCALE = Path(__file__).parent / "locale"
LOCALES = {"da": "da", "en": "en_GB"}
Day: TypeAlias = date  # `date` is a method below
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def N_(message: str) -> str:
    """Marks a message for the catalogue where it is written down; `_()` looks it up where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """As `N_`, of a message that follows a number; `_.ngettext` looks it up."""
    return one, many


class Translator:
    """`_("Seen by: %(who)s", who=name)`: the sentence in the reader's language, its values filled in."""

    def __init__(self, language: str, zone: ZoneInfo = COPENHAGEN) -> None:
        """Raises KeyError for a language that has no words."""
        self.language = str(language)
        self.zone = zone
        self._locale = LOCALES[self.language]
        self._words = _words(self.language)

    @staticmethod
    def of(language: str, zone: ZoneInfo = COPENHAGEN) -> "Translator":
        return _translator(str(language), zone)

    def __call__(self, message: str, /, **values: object) -> str:
        found = self._words.gettext(message) if message else ""
        return found % values if values else found

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The sentence for `n` of something; `%(n)s` in it is the number."""
        return self._words.ngettext(one, many, n) % {"n": self.number(n), **values}

    def date(self, day: Day) -> str:
        """21. april 2026: a day that something was or is due on."""
        return _date(self._locale, self._day(day), "long")

    def month(self, day: Day) -> str:
        """april 2026"""
        return _date(self._locale, self._day(day), "LLLL y")

    def short_date(self, day: Day) -> str:
        """21. apr., on a button or in a choice, of which a phone shows few letters; elsewhere a date is written out."""
        return _date(self._locale, self._day(day), "d. MMM" if self.language == "da" else "d MMM")

    def weekday(self, day: Day) -> str:
        """tirsdag den 21. april"""
        pattern = "EEEE 'den' d. MMMM" if self.language == "da" else "EEEE d MMMM"
        return format_date(self._day(day), pattern, locale=self._locale)

    def weekday_name(self, day: Day) -> str:
        """tirsdag"""
        return format_date(self._day(day), "EEEE", locale=self._locale)

    def clock(self, moment: datetime) -> str:
        """kl. 9.00, as the municipality's clocks show it."""
        return self.time_of_day(moment.astimezone(self.zone).time())

    def time_of_day(self, clock: time) -> str:
        """kl. 9.00"""
        return f"kl. {clock.hour}.{clock:%M}" if self.language == "da" else f"{clock.hour}:{clock:%M}"

    def moment(self, moment: datetime) -> str:
        """tirsdag den 21. april kl. 9.00: what one is to come to."""
        return self.on_day_at(self.weekday(moment), self.clock(moment))

    def stamp(self, moment: datetime) -> str:
        """21. april 2026 kl. 9.00: when something was written."""
        return self.on_day_at(self.date(moment), self.clock(moment))

    def on_day_at(self, day: str, clock: str) -> str:
        """Joins the words of a day and of a time of that day, where both are there."""
        return (" " if self.language == "da" else " at ").join(filter(None, (day, clock)))

    def in_days(self, days: int) -> str:
        """i dag, i morgen, om 5 dage."""
        _ = self
        if days == 0:
            return _("today")
        return _("tomorrow") if days == 1 else _.ngettext("in %(n)s day", "in %(n)s days", days)

    def number(self, number: float | Decimal, decimals: int = 0) -> str:
        """1.234,5 with as many decimals as asked for."""
        return _number(self._locale, number + 0, decimals)  # of minus zero, zero

    def half_year(self, half_year: HalfYear) -> str:
        """forår 2026"""
        _ = self
        if half_year.term == 1:
            return _("spring %(year)s", year=half_year.year)
        return _("autumn %(year)s", year=half_year.year)

    def the_half_year(self, half_year: HalfYear) -> str:
        """foråret 2026, as it is told inside a sentence."""
        _ = self
        if half_year.term == 1:
            return _("the spring of %(year)s", year=half_year.year)
        return _("the autumn of %(year)s", year=half_year.year)

    def age_range(self, age_range: AgeRange) -> str:
        """0-6 år"""
        _ = self
        return _("ages %(range)s", range=age_range.value.replace("-", "\u2013"))

    def join(self, items: Iterable[str]) -> str:
        """a, b og c"""
        return format_list(list(items), locale=self._locale)

    def either(self, items: Iterable[str]) -> str:
        """a, b eller c"""
        return format_list(list(items), "or", locale=self._locale)

    def _day(self, day: Day) -> Day:
        return day.astimezone(self.zone).date() if isinstance(day, datetime) else day


# An answer says the same numbers and days many times over, and Babel reads its patterns anew for each.
@lru_cache(maxsize=4096)
def _number(locale: str, number: float | Decimal, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(number, pattern, locale=locale)


@lru_cache(maxsize=4096)
def _date(locale: str, day: Day, pattern: str) -> str:
    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=16)
def _translator(language: str, zone: ZoneInfo) -> Translator:
    return Translator(language, zone)


@lru_cache(maxsize=len(LOCALES))
def _words(language: str) -> Words:
    return Words() if language == "en" else Words(LOCALE / language / "LC_MESSAGES" / "laeringsbot.po")
