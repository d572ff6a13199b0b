"""*Kan Birgit se det, jeg skriver*: whoever is named, by what they are to the person who asks on this day."""

from collections.abc import Sequence

from cards.who_reads import Reader, sentence
from dialogs.names import named
from dialogs.turn import Turn
from dialogs.understanding import own
from domain.organisation import Institution, Person, Role
from domain.staff import Staff
from storage.roles import institutions_led_by, institutions_of_chief, staff_on

MOST_NAMED = 3
_FAR = (Reader.OTHER_CHIEF, Reader.ELSEWHERE, Reader.NOT_WITH_ME)
_ROLES = (Role.LEADER, Role.CHIEF, Role.ADMINISTRATION, Role.OBSERVER)


def told_of(turn: Turn, text: str) -> Sequence[str]:
    """A sentence for each who may be meant; none where nobody is named whom the bot knows."""
    words = own.names_in(text)
    if not words:
        return ()
    staff = staff_on(turn.uow, turn.today)
    everybody = [(each, [each.name]) for each in staff.everybody(*_ROLES)]
    meant = {each.id: each for word in words for each in named(word, everybody).found}
    led, below = institutions_led_by(turn.uow, turn.viewer), institutions_of_chief(turn.uow, turn.viewer)
    # Of several with one name, those whom the person works with.
    found = [(_reader(turn, staff, each, led, below), each) for each in meant.values()]
    near = [each for each in found if each[0] not in _FAR] or found
    return [sentence(turn._, reader, each.name) for reader, each in near[:MOST_NAMED]]


def _reader(
    turn: Turn, staff: Staff, someone: Person, led: Sequence[Institution], below: Sequence[Institution]
) -> Reader:
    def holds(role: Role, places: Sequence[Institution]) -> bool:
        return any(someone.id == each.id for where in places for each in staff.with_role(role, where))

    if someone.id == turn.person.id:
        return Reader.ONESELF
    if holds(Role.CHIEF, led):
        return Reader.MY_CHIEF
    if holds(Role.LEADER, led):
        return Reader.LEADS_WITH_ME
    if any(staff.works_at(someone.id, where) for where in led):
        return Reader.COLLEAGUE
    if holds(Role.LEADER, below):
        return Reader.MY_LEADER
    if someone in staff.everybody(Role.ADMINISTRATION):
        return Reader.ADMINISTRATION
    if someone in staff.everybody(Role.CHIEF):
        return Reader.OTHER_CHIEF
    return Reader.ELSEWHERE if led else Reader.NOT_WITH_ME
