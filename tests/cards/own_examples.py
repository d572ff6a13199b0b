"""The cards of what somebody asks to do with their own: what can be moved, what is begun and not finished, and what is
not done here."""

from cards import instead, meaning, move, unfinished
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
    invited = Appointment(visit=seen.visit(ObservationState.INVITED, leads=True))
    return move.choose(_, [*_appointments(_), invited], is_off=True)


def move_two_readings(_: Translator) -> Card:
    return move.in_doubt(_, move.choose(_, _appointments(_)))


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


def instead_no_messages(_: Translator) -> Card:
    return instead.no_messages(_)


def instead_no_reminders(_: Translator) -> Card:
    return instead.no_reminders(_)


def instead_by_decision(_: Translator) -> Card:
    return instead.by_decision(_, leads=True, written="vi er færdige med fokusområdet om overgange")


def instead_by_decision_of_others(_: Translator) -> Card:
    return instead.by_decision(_, leads=False)


def meaning_measure(_: Translator) -> Card:
    return meaning.show(_, "measure")


def instead_whom_to_ask(_: Translator) -> Card:
    return instead.whom_to_ask(_, made.facts().contact)


def instead_whom_a_leader_asks(_: Translator) -> Card:
    return instead.whom_to_ask(_, made.facts().contact, ["Birgit Dam"])


def instead_saving(_: Translator) -> Card:
    return instead.saving(_)


def instead_taken_back(_: Translator) -> Card:
    return instead.taken_back(_)


def instead_press_there(_: Translator) -> Card:
    return instead.press_there(_)


def instead_what_i_am(_: Translator) -> Card:
    return instead.what_i_am(_)


EXAMPLES = examples_in(globals())
