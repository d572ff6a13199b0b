"""How days, numbers and a few of something are written in each language.

Babel has the same in its locales, with the names of all countries and currencies: 5 MB and 25 ms of each start, for a
dozen months. `tests/cards/test_language.py` holds the two side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Formats:
    """One language's. The forms of a day are filled in with its `day`, `month`, `year`, `weekday` and `month_name`."""

    months: Sequence[str]
    weekdays: Sequence[str]
    short: str
    long: str
    with_weekday: str
    thousands: str
    decimal: str
    and_: str
    or_: str

    def day(self, day: date, form: str) -> str:
        """`form` is one of this language's own."""
        return form.format(
            day=day.day,
            month=day.month,
            year=day.year,
            weekday=self.weekdays[day.weekday()],
            month_name=self.months[day.month - 1],
        )

    def number(self, number: float | Decimal, decimals: int) -> str:
        """With as many decimals as asked for; what lies in the middle goes to the even one."""
        written = f"{Decimal(str(number)):,.{decimals}f}"
        return written.translate({ord(","): self.thousands, ord("."): self.decimal})

    def joined(self, items: Sequence[str], last: str) -> str:
        """`last` is the word before the last of them."""
        *before, end = items or [""]
        return f"{', '.join(before)} {last} {end}" if before else end


FORMATS = {
    "da": Formats(
        months=(
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ),
        weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        short="{day:02}.{month:02}.{year}",
        long="{day}. {month_name} {year}",
        with_weekday="{weekday} den {day}. {month_name}",
        thousands=".",
        decimal=",",
        and_="og",
        or_="eller",
    ),
    "en": Formats(
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        short="{day:02}/{month:02}/{year}",
        long="{day} {month_name} {year}",
        with_weekday="{weekday} {day} {month_name}",
        thousands=",",
        decimal=".",
        and_="and",
        or_="or",
    ),
}
