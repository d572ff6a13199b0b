"""A question's card for whoever asks: their own where they work with one, a kind no where it is not theirs to ask.

What was asked is kept for half an hour, for the message that goes on from it.
"""

from dataclasses import dataclass

from cards import asking as cards
from cards.kit import Card
from dialogs.flow import Asked, Question
from dialogs.responsibility import is_outside, only_observes
from dialogs.scope import OutsideResponsibility
from dialogs.turn import Turn
from dialogs.understanding import REFUSE, question
from domain.organisation import Role
from domain.roster import Roster
from domain.slots import Reason, Slots
from storage.asking import remember

# The commands that ask the same as a question. Their cards are of those who work with them, and name
# nothing; whoever names a place, a time or a theme gets the answer, narrowed down to it.
SAME = {
    "agreements": question.AGREEMENT_OVERVIEW,
    "dialogues": question.DIALOGUE_OVERVIEW,
    "focus_areas": question.FOCUS_AREA_STATUS,
    "observations": question.OBSERVATION_OVERVIEW,
    "perspectives": question.PERSPECTIVE_SUMMARY,
}
OWN = {
    **{intent: command for command, intent in SAME.items()},
    question.DECISION_LIST: "decide",
    question.KEY_FIGURES: "data_package",
}

HAVE_A_NEXT = (question.DIALOGUE_OVERVIEW, question.OBSERVATION_OVERVIEW)


@dataclass(frozen=True)
class Answered:
    """How a message was understood, by the names people use, and the card it got.

    What is not understood gets help, as what asks for it does; `is_understood` tells the two apart.
    """

    intent: str
    slots: dict[str, object]
    card: Card
    is_understood: bool = True


def answer_to(turn: Turn, roster: Roster, intent: str, slots: Slots, text: str, *, is_narrow: bool = False) -> Answered:
    """The question's card for this person, and what was asked, kept for the next message.

    One that `is_narrow` says what no answer goes by: their own card, to write in as well, is not what it asks for.
    """
    if intent == question.OBSERVATION_OVERVIEW and only_observes(turn):
        return Answered(intent, {}, all_questions()["observations"].handle(turn, Asked(text, text, slots)))
    if intent != question.POLITICAL_REPORT and is_outside(turn, roster, slots):
        return outside(turn, roster, slots)
    questions = all_questions()
    # The next one and the last one are theirs as well, and open.
    is_all = not slots or (intent in HAVE_A_NEXT and slots == Slots(latest=True))
    is_own = is_all and not is_narrow and _has_own(turn, intent)
    answers = questions[OWN[intent] if is_own else intent]
    try:
        card = answers.handle(turn, Asked(text, text, slots))
    except OutsideResponsibility as refused:
        return outside(turn, roster, slots, refused.card)
    remember(turn.uow, turn.person.id, intent, slots, turn.now)
    return Answered(intent, slots.as_json(roster), card)


def outside(turn: Turn, roster: Roster, slots: Slots, card: Card | None = None) -> Answered:
    reason = Reason.OUTSIDE_RESPONSIBILITY
    return Answered(REFUSE, {**slots.as_json(roster), "reason": reason.value}, card or cards.refuse(turn._, reason))


def _has_own(turn: Turn, intent: str) -> bool:
    """Whether the person works with a card of their own where others ask about an area.

    A leader does. So does whoever observes or takes part, with what a command shows by the same words.
    """
    if intent not in OWN or turn.viewer.has(Role.CHIEF):
        return False
    return turn.viewer.has(Role.LEADER) or (intent in SAME.values() and not turn.viewer.has(Role.ADMINISTRATION))


def all_questions() -> dict[str, Question]:
    # The table is made of all flows, and this is one of them.
    from dialogs import QUESTIONS

    return QUESTIONS
