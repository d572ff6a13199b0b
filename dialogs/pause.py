"""A pause from reminders: everything waits but changes of time, and what the person asks for themselves."""

from datetime import timedelta

from cards import pause as cards
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn


def ask(turn: Turn, question: Asked) -> Card:
    return cards.ask(turn._, paused_until=turn.person.paused_until if turn.person.is_paused(turn.today) else None)


def pause(turn: Turn, form: cards.PauseForm) -> Card:
    """No reminders for this many weeks; none at all ends the pause."""
    turn.person.paused_until = turn.today + timedelta(weeks=form.weeks) if form.weeks else None
    is_quiet = not turn.municipality.quiet.is_off
    return cards.saved(turn._, paused_until=turn.person.paused_until, is_quiet=is_quiet)


def resume(turn: Turn, question: Asked) -> Card:
    return pause(turn, cards.PauseForm(0))


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
