"""A pause from reminders: everything waits but changes of time, and what the person asks for themselves."""

import re
from calendar import monthrange
from datetime import date, timedelta

from cards import pause as cards
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from dialogs.when import MONTHS, NUMBERS, when

_COUNTS = {word: number for number, words in NUMBERS.items() for word in words}
_MONTHS = {word: number for number, words in MONTHS.items() for word in words}
# Without a date beside it, `jul` is no short July.
_FEASTS = {"jul": (12, 24), "julen": (12, 24), "christmas": (12, 24), "nytår": (1, 1), "nytaar": (1, 1)}
# A pause that begins `om 2 uger` does not last as long.
_LENGTH = re.compile(
    rf"(?<!\bom\s)\b(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s+(?P<unit>dage?|uger?|måned(?:er)?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r".*\b(?:indtil|til|until|till|through)\s+(?P<with>og\s+med\s+|and\s+including\s+)?(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_IN_WEEK = re.compile(r"(?:uge|week)\s+(?P<week>\d{1,2})\b", re.IGNORECASE)


def ask(turn: Turn, question: Asked) -> Card:
    """How long; `pause til januar` and `pause i 3 uger` are read back and a press away."""
    wanted = last_day_in(question.text, turn.today)
    latest = _latest(turn.today)
    return cards.ask(
        turn._,
        paused_until=_paused_until(turn),
        wanted=min(wanted, latest) if wanted else None,
        is_shortened=wanted is not None and wanted > latest,
    )


def pause(turn: Turn, form: cards.PauseForm) -> Card:
    """No reminders for this many weeks, or until that day; none at all ends the pause, and a day that has passed since
    the card was drawn changes nothing."""
    if not form.weeks and form.until and form.until < turn.today:
        return cards.ask(turn._, paused_until=_paused_until(turn), is_past=True)
    until = turn.today + timedelta(weeks=form.weeks) if form.weeks else form.until
    turn.person.paused_until = min(until, _latest(turn.today)) if until else None
    is_quiet = not turn.municipality.quiet.is_off
    return cards.saved(turn._, paused_until=turn.person.paused_until, is_quiet=is_quiet)


def resume(turn: Turn, question: Asked) -> Card:
    return pause(turn, cards.PauseForm(0))


def last_day_in(text: str, today: date) -> date | None:
    """The last day of a pause that was written, to come; None where none was: of `til januar` the last of December, and
    of `til og med 3. januar` the third."""
    if (found := _UNTIL.match(text)) and (days := _days_of(found["what"].lower(), today)):
        first, last = days
        wanted = last if found["with"] else first - timedelta(days=1)
        return wanted if wanted >= today else None
    if found := _LENGTH.search(text):
        count = int(found["count"]) if found["count"].isdecimal() else _COUNTS[found["count"].lower()]
        unit = found["unit"].lower()[0]
        if unit == "m":
            return _months_later(today, count)
        return today + (timedelta(days=count) if unit == "d" else timedelta(weeks=count))
    return None


def _days_of(text: str, today: date) -> tuple[date, date] | None:
    """The first day and the last of what is spoken of: a day, a week, a month or a feast."""
    if day := when(text, today).day:
        return day, day
    if week := _IN_WEEK.match(text):
        monday = when(f"mandag uge {week['week']}", today).day
        return (monday, monday + timedelta(days=6)) if monday else None
    word = text.split()[0].strip(".,!?")
    if feast := _FEASTS.get(word):
        day = date(today.year, *feast)
        day = day if day > today else date(today.year + 1, *feast)
        return day, day
    if month := _MONTHS.get(word):
        first = date(today.year + (month <= today.month), month, 1)
        return first, _months_later(first, 1) - timedelta(days=1)
    return None


def _months_later(day: date, count: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _paused_until(turn: Turn) -> date | None:
    return turn.person.paused_until if turn.person.is_paused(turn.today) else None


def _latest(today: date) -> date:
    return today + timedelta(weeks=cards.LONGEST)


FLOW = Flow(
    name="pause",
    buttons={cards.SET: Button(cards.PauseForm.read, pause)},
    questions={
        "pause": Question(
            (
                "pause påmindelser",
                "pause",
                "stille i 2 uger",
                "stille",
                "jeg er på ferie",
                "jeg er syg",
                "stop",
                "stop med at skrive til mig",
                "skriv ikke til mig",
                "stop writing to me",
                "ikke flere beskeder",
                "ikke flere påmindelser",
                "ingen påmindelser",
                "hold kæft",
                "hold mund",
                "lad mig være i fred",
                "no more reminders",
                "pause reminders",
                "on holiday",
                "no more messages",
                "quiet for 2 weeks",
            ),
            ask,
        ),
        "resume": Question(
            ("genoptag påmindelser", "slå påmindelser til", "resume reminders", "start påmindelser"), resume
        ),
    },
    without=frozenset({"views", "clock", "domain", "storage"}),
)
