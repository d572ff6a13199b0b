"""A question's card for whoever asks: their own where they work with one, a kind no where it is not theirs to ask.

What was asked is kept for half an hour, for the message that goes on from it.
"""

from dataclasses import dataclass, replace

from cards import asking as cards
from cards import asking_refused as no_cards
from cards.kit import Card
from dialogs.flow import Asked, Question
from dialogs.responsibility import answers_for, is_outside, only_observes, within
from dialogs.scope import OutsideResponsibility
from dialogs.turn import Turn
from dialogs.understanding import REFUSE, chosen, of_all_named, question
from dialogs.understanding.own import speaks_of
from domain.organisation import Role
from domain.roster import Roster
from domain.slots import AskedStatus, Candidate, Kind, Reason, Slots
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
    question.KEY_FIGURES: "data_package",
}

RECOMMENDATIONS = "recommendations"
# What a leader writes by the command of the same words, where they name nothing else.
_OWN_OF_STATUS = {
    (question.DECISION_LIST, AskedStatus.MEASURE): "measures",
    (question.ATTENTION_LIST, AskedStatus.UNANSWERED): RECOMMENDATIONS,
}
# Those commands, of which others are told what there is.
OF_LEADERS = {
    "board": question.DECISION_LIST,
    "measures": question.DECISION_LIST,
    "recommendations": question.PERSPECTIVE_SUMMARY,
}

# Of what is between two, nothing is drawn where anything else is named.
ASKED_AS_WHOLE = (question.ONE_ON_ONE_RECAP,)

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
    if intent in ASKED_AS_WHOLE and is_outside(turn, roster, slots):
        return outside(turn, roster, slots)
    questions = all_questions()
    own = None if is_narrow else _own(turn, intent, slots, text)
    answers = questions[own or intent]
    about = of_all_named(slots, roster, answers_for(turn, roster))
    try:
        card = answers.handle(turn, Asked(text, text, about))
    except OutsideResponsibility as no:
        return outside(turn, roster, slots, _partly(turn, roster, intent, about) or no.card)
    remember(turn.uow, turn.person.id, intent, slots, turn.now)
    return Answered(intent, slots.as_json(roster), card)


def outside(turn: Turn, roster: Roster, slots: Slots, card: Card | None = None) -> Answered:
    reason = Reason.OUTSIDE_RESPONSIBILITY
    return Answered(REFUSE, {**slots.as_json(roster), "reason": reason.value}, card or refused(turn, reason))


def refused(turn: Turn, reason: Reason) -> Card:
    """A kind no, with what this person can ask for instead."""
    return no_cards.refuse(
        turn._,
        reason,
        contact=turn.municipality.facts.contact,
        is_of_places=not only_observes(turn),
        is_of_two=turn.viewer.has(Role.LEADER) or turn.viewer.has(Role.CHIEF),
    )


def _partly(turn: Turn, roster: Roster, intent: str, slots: Slots) -> Card | None:
    """What of the question the person answers for, to be had by a press; None where it is nothing, or all of it."""
    mine = within(turn, roster)
    kept = [
        Candidate(kind, each)
        for kind, named in (
            (Kind.INSTITUTION, slots.institutions),
            (Kind.AREA, slots.areas),
            (Kind.LEADER, slots.leaders),
        )
        for each in named
        if each in mine[kind]
    ]
    if not kept or not is_outside(turn, roster, slots):
        return None
    rest = replace(slots, institutions=(), areas=(), leaders=())
    for each in kept[:-1]:
        rest = chosen(rest, each)
    options = [cards.Option(each, roster.name_of(each.id), "") for each in kept]
    return no_cards.only_partly(turn._, options, intent, rest)


def _own(turn: Turn, intent: str, slots: Slots, text: str) -> str | None:
    """The command whose card the person works with, where others ask about an area; None where they have none.

    A leader does. So does whoever observes or takes part, with what a command shows by the same words.
    """
    # The next one and the last one are theirs as well, and open.
    is_all = not slots or (intent in HAVE_A_NEXT and slots == Slots(latest=True))
    if is_all and intent == question.ATTENTION_LIST and only_observes(turn):
        # Nothing waits at places of theirs, and what waits for themselves is there.
        return "overview"
    command = OWN.get(intent) if is_all else None
    if slots.status and slots == Slots(status=slots.status):
        command = _OWN_OF_STATUS.get((intent, slots.status))
    if intent == question.PERSPECTIVE_SUMMARY and slots == Slots(latest=True) and speaks_of(text, "recommendation"):
        # The last perspective may have none: it is what was recommended last, or the last visit with its feedback.
        command = "observations" if speaks_of(text, "visit") else RECOMMENDATIONS
        return command if turn.viewer.has(Role.LEADER) and not turn.viewer.has(Role.CHIEF) else None
    if command is None or turn.viewer.has(Role.CHIEF):
        return None
    is_theirs = intent in SAME.values() and not turn.viewer.has(Role.ADMINISTRATION)
    return command if turn.viewer.has(Role.LEADER) or is_theirs else None


def all_questions() -> dict[str, Question]:
    # The table is made of all flows, and this is one of them.
    from dialogs import QUESTIONS

    return QUESTIONS
