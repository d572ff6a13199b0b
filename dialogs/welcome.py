"""The first meeting: what the bot is, who sees what, and the facts everyone is owed about their data.

The app's installation shows it once per person. When the app is installed again, or its page opened anew, what was
waiting for an answer comes back instead. Question: `hvem kan se hvad` shows it at any time.
"""

from datetime import timedelta

from cards import welcome as cards
from cards.form import Nothing
from cards.kit import Card, below_head
from cards.parts import note
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.responsibility import only_observes
from dialogs.turn import Turn
from dialogs.who_reads import told_of
from domain.organisation import Role
from domain.prompt import Occasion, PromptKind
from storage.prompt import open_prompts_of, plan

SHOWN_AGAIN_FOR = timedelta(minutes=10)


def installed(turn: Turn) -> Card | None:
    """The welcome, once; after that, the cards that still wait for an answer are planned again."""
    if turn.person.welcomed_at is None:
        turn.person.welcomed_at = turn.now
        return greet(turn)
    # The newest is planned last, and so stands lowest in the chat.
    for prompt in reversed(open_prompts_of(turn.uow, turn.person)):
        plan(
            turn.uow,
            Occasion(
                key=f"again:{prompt.id}:{turn.now.isoformat()}",
                person_id=turn.person.id,
                view=prompt.view,
                subject_id=prompt.subject_id,
                due_at=turn.now,
                expires_at=turn.now + SHOWN_AGAIN_FOR,
                kind=PromptKind.ASKED,
            ),
        )
    return None


def greet(turn: Turn, question: Asked | None = None) -> Card:
    is_quiet = not turn.municipality.quiet.is_off
    return cards.welcome(turn._, turn.person, turn.municipality.facts, is_quiet=is_quiet)


def who_sees_what(turn: Turn, question: Asked | None = None) -> Card:
    """The rules; of somebody who is named, what they can read comes first."""
    observes = turn.viewer.has(Role.OBSERVER) and only_observes(turn)
    card = cards.who_sees_what(turn._, turn.municipality.facts, observes=observes)
    named = told_of(turn, question.text) if question else ()
    return below_head(card, *[note(each, sign="Eye") for each in named]) if named else card


FLOW = Flow(
    name="welcome",
    buttons={
        cards.WHO_SEES: Button(Nothing.read, lambda turn, _: who_sees_what(turn), only_shows=True),
    },
    questions={
        "who_sees_what": Question(
            ("hvem kan se hvad", "hvem kan se", "hvem ser hvad", "who can see what", "who can see", "who sees what"),
            who_sees_what,
            takes_rest=True,
        ),
        "welcome": Question(
            ("velkommen", "hej", "hello", "hi", "goddag", "hvem er du", "who are you"),
            greet,
        ),
    },
    without=frozenset({"views", "clock", "domain", "storage"}),
)
