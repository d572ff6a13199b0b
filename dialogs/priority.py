"""What an institution gives priority to in a half-year, written once and brought along as data.

Buttons: *Lokal prioritering*, in the preparation, opens it; *Gem prioriteringen* saves it; *Ret*, until the half-year
is over.
Question: `lokal prioritering` opens it for a leader; for a chief and the administration, who may write the name of an
institution after it, it is what they read.
"""

from uuid import UUID

from cards import priority as cards
from cards.form import Subject
from cards.kit import Card
from cards.priority import About, Form, Sheet
from cards.which import which_place
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.places import led_by, named_in, places_to_read
from dialogs.turn import Turn
from domain.access import Record
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution
from domain.period import HalfYear
from domain.priority import LocalPriority, is_open, require_open
from storage.dialogue import next_dialogues_in
from storage.organisation import person_with_id
from storage.priority import priorities_of, priority_before, priority_for, priority_in
from storage.roles import institutions_led_by

VIEW = "priority"
WORDS = (
    "lokal prioritering",
    "lokale prioriteringer",
    "prioritering",
    "prioriteringer",
    "local priority",
    "local priorities",
)
MOST_EARLIER = 3


def write(turn: Turn, about: About) -> Card:
    """The form, with what is kept."""
    where, half_year = led_by(turn, about.institution_id), about.half_year or HalfYear.of(turn.today)
    require_open(half_year, turn.today)
    sheet = sheet_of(turn, where, half_year)
    if sheet.priority is not None:
        turn.shows(VIEW, sheet.priority.id)
    return cards.ask(turn._, sheet)


def save(turn: Turn, form: Form) -> Card:
    """Saves it; what another leader has written since the card was drawn is shown first."""
    where, half_year = led_by(turn, form.institution_id), form.half_year or HalfYear.of(turn.today)
    require_open(half_year, turn.today)
    kept = priority_in(turn.uow, where, half_year)
    if kept is None:
        kept = LocalPriority.of(form.stated, where.id, half_year, by=turn.person.id, now=turn.now)
        turn.uow.add(kept)
    elif is_changed(form.stated, kept.stated, form.was):
        kept.write(form.stated, by=turn.person.id, now=turn.now)
    turn.uow.session.flush()
    turn.changes(VIEW, kept.id)
    return _shown(turn, where, kept)


def open_it(turn: Turn, subject: Subject) -> Card:
    kept, where = priority_for(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, kept.id)
    return _shown(turn, where, kept)


def read(turn: Turn, about: About) -> Card:
    """That of the half-year for whoever may read it, or that there is none yet, with the earlier ones."""
    where = turn.uow.session.get(Institution, about.institution_id)
    if where is None:
        raise NotAllowed
    found = priorities_of(turn.uow, turn.viewer, where, most=MOST_EARLIER + 2)
    half_year = HalfYear.of(turn.today)
    kept = next((each for each in found if each.half_year == half_year), None)
    if kept is not None:
        return open_it(turn, Subject(kept.id))
    return cards.none_yet(turn._, sheet_of(turn, where, half_year), others=found[:MOST_EARLIER])


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    where = led_by(turn, form.institution_id)
    sheet = sheet_of(turn, where, form.half_year or HalfYear.of(turn.today))
    return cards.ask(turn._, sheet, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    return cards.over(turn._, why, typed=form)


def write_expired(turn: Turn, about: About, why: Expired) -> Card:
    return cards.over(turn._, why)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def asked(turn: Turn, question: Asked) -> Card:
    """`lokal prioritering`: what is kept of the half-year, or the form; of one institution, or which."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        places = places_to_read(turn, Record.LOCAL_PRIORITY)
        places = named_in(question.text, WORDS, places) or places
        if not places:
            raise NotAllowed
        return _read_of(turn, places[0]) if len(places) == 1 else which_place(turn._, places, cards.READ)
    if len(led) > 1:
        return which_place(turn._, led, cards.WRITE)
    kept = priority_in(turn.uow, led[0], HalfYear.of(turn.today))
    return open_it(turn, Subject(kept.id)) if kept else write(turn, About(institution_id=led[0].id))


def show(turn: Turn, priority_id: UUID) -> Card | None:
    return open_it(turn, Subject(priority_id))


def sheet_of(turn: Turn, where: Institution, half_year: HalfYear) -> Sheet:
    """The priority of the half-year as it stands, with what it goes on from."""
    kept = priority_in(turn.uow, where, half_year)
    coming = next_dialogues_in(turn.uow, [where.id], turn.now).get(where.id)
    return Sheet(
        institution=where,
        half_year=half_year,
        priority=kept,
        viewer=turn.person,
        written_by=person_with_id(turn.uow, kept.last_written[0]) if kept else None,
        before=None if kept else priority_before(turn.uow, where, half_year),
        dialogue=coming if coming and coming.half_year == half_year else None,
        can_write=turn.viewer.leads(where) and is_open(half_year, turn.today),
    )


def _read_of(turn: Turn, where: Institution) -> Card:
    return read(turn, About(institution_id=where.id))


def _shown(turn: Turn, where: Institution, kept: LocalPriority) -> Card:
    found = priorities_of(turn.uow, turn.viewer, where, most=MOST_EARLIER + 2)
    earlier = [each for each in found if each.half_year < kept.half_year]
    return cards.show(turn._, sheet_of(turn, where, kept.half_year), others=earlier[:MOST_EARLIER])


FLOW = Flow(
    name="priority",
    buttons={
        cards.WRITE: Button(About.read, write, expired=write_expired),
        cards.SAVE: Button(Form.read, save, again=again, expired=expired, refused=refused),
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.READ: Button(About.read, read, only_shows=True),
    },
    questions={"local_priority": Question(WORDS, asked)},
    views={VIEW: show},
    without=frozenset({"clock"}),
)
