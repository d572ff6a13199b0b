"""The cards of what somebody asks to do with their own: what can be moved, and what is begun and not finished."""

from cards import move, unfinished
from cards.kit import Card
from cards.language import Translator
from cards.move import Appointment
from cards.task import Task
from domain.observation import ObservationState
from tests.cards import municipality as made
from tests.cards import observed as seen
from tests.cards.by_name import examples_in


def _appointments(_: Translator) -> list[Appointment]:
    return [
        Appointment(meeting=made.meeting()),
        Appointment(dialogue=(made.dialogue(), made.school())),
        Appointment(visit=seen.visit(ObservationState.AGREED)),
    ]


def move_which(_: Translator) -> Card:
    return move.choose(_, _appointments(_))


def move_called_off(_: Translator) -> Card:
    return move.choose(_, _appointments(_), is_off=True)


def move_not_found(_: Translator) -> Card:
    return move.choose(_, _appointments(_)[:1] * 6, fits=False, of_others=True)


def move_nothing(_: Translator) -> Card:
    return move.nothing(_)


def move_nothing_of_a_chief(_: Translator) -> Card:
    return move.nothing(_, of_others=True)


def unfinished_several(_: Translator) -> Card:
    tasks = [
        Task.prepare(made.dialogue(), made.school()),
        Task.invite(seen.observation(), made.school()),
        Task.summary(made.uid(190), made.school()),
    ]
    return unfinished.choose(_, tasks, are_begun=True)


def unfinished_waiting(_: Translator) -> Card:
    tasks = [Task.prepare(made.dialogue(), made.school()), Task.answer(made.recommendation(), made.school())]
    return unfinished.choose(_, tasks, are_begun=False)


def unfinished_nothing(_: Translator) -> Card:
    return unfinished.nothing(_)


EXAMPLES = examples_in(globals())
