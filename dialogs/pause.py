"""A pause from reminders: everything waits but changes of time, and what the person asks for themselves."""

import re
from datetime import date, timedelta

from cards import pause as cards
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from dialogs.when import MONTHS, NUMBERS, when

_COUNTS = {word: number for number, words in NUMBERS.items() for word in words}
_MONTHS = {word: number for number, words in MONTHS.items() for word in words}
_WEEKS = re.compile(rf"\b(?:i|for|in)\s+(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s+(?:uger?|weeks?)\b", re.IGNORECASE)


def ask(turn: Turn, question: Asked) -> Card:
    """How long; `pause til januar` and `pause i 3 uger` are read back and a press away."""
    wanted = last_day_in(question.text, turn.today)
    latest = _latest(turn.today)
    return cards.ask(
        turn._,
        paused_until=turn.person.paused_until if turn.person.is_paused(turn.today) else None,
        wanted=min(wanted, latest) if wanted else None,
        is_shortened=wanted is not None and wanted > latest,
    )


def pause(turn: Turn, form: cards.PauseForm) -> Card:
    """No reminders for this many weeks, or until that day; none at all ends the pause."""
    until = turn.today + timedelta(weeks=form.weeks) if form.weeks else form.until
    turn.person.paused_until = min(until, _latest(turn.today)) if until and until >= turn.today else None
    is_quiet = not turn.municipality.quiet.is_off
    return cards.saved(turn._, paused_until=turn.person.paused_until, is_quiet=is_quiet)


def resume(turn: Turn, question: Asked) -> Card:
    return pause(turn, cards.PauseForm(0))


def last_day_in(text: str, today: date) -> date | None:
    """The last day of a pause that was written, to come; None where none was: of `til januar` the last of December."""
    if found := _WEEKS.search(text):
        count = found["count"].lower()
        weeks = int(count) if count.isdecimal() else _COUNTS[count]
        return today + timedelta(weeks=weeks)
    _before, until, after = text.lower().rpartition(" til ")
    if not until:
        _before, until, after = text.lower().rpartition(" until ")
    if not until:
        return None
    day = when(after, today).day
    month = _MONTHS.get(after.split()[0]) if after.split() else None
    if day is None and month is not None:
        day = date(today.year + (month <= today.month), month, 1)
    return day - timedelta(days=1) if day and day > today else None


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
                "ikke flere beskeder",
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
