"""*Flyt mødet med Birgit*: the form for another time of the appointment that is meant, or which one there is.

Question: `flyt samtalen til torsdag kl. 14`, `aflys besøget`, `aflys invitationen til Rune`. Whoever an appointment is
made with can be named: leader, chief, observer or institution. A new time that is written with it stands in the form,
and the day that it is on says which one is meant. What is called off is opened, where the button for it is.
"""

from collections.abc import Sequence
from uuid import UUID

from cards import move as cards
from cards.form import Subject
from cards.kit import Card
from cards.move import Appointment
from cards.time_and_place import Moving, Wanted
from dialogs import dialogue, one_on_one, visit
from dialogs.flow import Asked, Flow, Question
from dialogs.meeting import coming_meetings
from dialogs.names import named_by_all
from dialogs.new_time import new_time
from dialogs.turn import Turn
from dialogs.understanding import own
from dialogs.visiting import visit_of
from domain.organisation import Role
from storage.observation import observations_of
from storage.roles import institutions_led_by


def asked(turn: Turn, question: Asked) -> Card:
    is_off, kinds = own.calls_off(question.text), own.kinds_in(question.text)
    # Until it is answered, a visit is an invitation.
    kinds |= {"invitation"} if is_off and "visit" in kinds else set()
    found = _appointments(turn, invited=is_off or "invitation" in kinds)
    new, rest = new_time(question.text, turn.today)
    # What is called off is given no other time, and its words stand together: `træk invitationen tilbage`.
    rest = question.text if is_off else rest
    # A dialogue is its institution's: whoever leads it moves it.
    of_others = turn.viewer.has(Role.CHIEF) and not turn.viewer.has(Role.LEADER) and "dialogue" in kinds
    if not found:
        return cards.nothing(turn._, is_off=is_off, of_others=of_others)
    times = {each.id: each.starts_at.astimezone(turn.municipality.zone) for each in found}
    meant = _named([each for each in found if not kinds or each.kind in kinds], rest)
    meant = [each for each in meant if new.which in (None, times[each.id].date())]
    wanted = {each.id: new.of(times[each.id], turn.today) for each in found}
    if len(meant) == 1 and (kinds or new.which or own.names_in(rest)):
        card = _open(turn, meant[0], wanted[meant[0].id], is_off=is_off)
    else:
        card = cards.choose(turn._, meant or found, wanted=wanted, is_off=is_off, fits=bool(meant), of_others=of_others)
    if is_off and len(meant) == 1 and meant[0].meeting and not meant[0].meeting.is_chief:
        card = cards.off_by_the_chief(turn._, card, meant[0].meeting)
    return cards.in_doubt(turn._, card) if new.has_two_readings else card


def _appointments(turn: Turn, *, invited: bool) -> list[Appointment]:
    """Everything of the person's own from today on that can be moved, soonest first; with those who are `invited` also
    what waits for an answer."""
    led = institutions_led_by(turn.uow, turn.viewer)
    visits = [visit_of(turn, about) for about, _where in observations_of(turn.uow, turn.viewer, led)]
    found = [
        *(Appointment(meeting=each) for each in coming_meetings(turn)),
        *(Appointment(dialogue=each) for each in dialogue.changeable(turn)),
        *(Appointment(visit=each) for each in visits if each.can_move or (invited and each.observation.is_unanswered)),
    ]
    found.sort(key=lambda each: each.starts_at)
    midnight = turn.municipality.quiet.start_of_day(turn.now)
    # One that fell through is moved as well, where nothing that is to come can be meant.
    return [each for each in found if each.starts_at >= midnight] or found


def _named(found: Sequence[Appointment], text: str) -> list[Appointment]:
    """Those with or at whom is named; all of them where nobody is, and none unless every word fits."""
    words = own.names_in(text)
    if not words:
        return list(found)
    by_id: dict[UUID, Appointment] = {each.id: each for each in found}
    candidates = [(key, each.names) for key, each in by_id.items()]
    # A word that is nobody's is about another appointment, and the form of this one would be filled in for it.
    fits = named_by_all(words, candidates)
    return [each for key, each in by_id.items() if key in fits]


def _open(turn: Turn, each: Appointment, wanted: Wanted, *, is_off: bool) -> Card:
    open_it, ask_move = {
        "one_on_one": (one_on_one.open_it, one_on_one.ask_move),
        "dialogue": (dialogue.open_it, dialogue.ask_move),
        "visit": (visit.open_it, visit.ask_move),
        "invitation": (visit.open_it, visit.ask_move),
    }[each.kind]
    return open_it(turn, Subject(each.id)) if is_off else ask_move(turn, Moving(id=each.id, wanted=wanted))


FLOW = Flow(
    name="move",
    questions={"move": Question((), asked)},
    without=frozenset({"buttons", "views", "clock", "domain", "storage"}),
)
