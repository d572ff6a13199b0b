"""A measure that a decision has set going, until it is done or dropped.

Clock: on the day it is due its institution's leaders are asked what became of it, and once more two weeks later.
Button: *Gem* ends it, *Ikke nu* lets it go on. Question: `indsatser` shows those that go on, and what came of others.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from cards import focus_area as areas
from cards import measure as cards
from cards.form import Subject
from cards.kit import Card
from cards.measure import Form
from dialogs import later
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.turn import Turn
from domain.errors import Expired, Problems
from domain.measure import MeasureState
from domain.period import local_moment
from domain.prompt import Occasion
from storage.measure import measure_to_write, measures_of, open_measures
from storage.prompt import drop_reminders
from storage.roles import institutions_led_by

VIEW = "measure"
ASKED_FOR = timedelta(days=14)
ASKED_AT = time(9)


def open_it(turn: Turn, subject: Subject) -> Card:
    measure, where = measure_to_write(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, measure.id)
    if measure.state is not MeasureState.OPEN:
        return cards.show(turn._, measure, where)
    return cards.ask(turn._, measure, where)


def end(turn: Turn, form: Form) -> Card:
    measure, where = measure_to_write(turn.uow, turn.viewer, form.measure_id)
    measure.end(form.state or MeasureState.OPEN, form.outcome, by=turn.person.id, now=turn.now)
    drop_reminders(turn.uow, VIEW, measure.id)
    turn.changes(VIEW, measure.id)
    return cards.show(turn._, measure, where)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    measure, where = measure_to_write(turn.uow, turn.viewer, form.measure_id)
    turn.shows(VIEW, measure.id)
    return cards.ask(turn._, measure, where, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    return areas.over(turn._, why, [(cards.label(turn._, "outcome"), form.outcome)])


def refused(turn: Turn, form: Form) -> Card:
    return areas.refused(turn._, [(cards.label(turn._, "outcome"), form.outcome)])


def not_now(turn: Turn, form: Form) -> Card:
    """Asks when the card shall come again, and gives back what was typed in it."""
    measure, _where = measure_to_write(turn.uow, turn.viewer, form.measure_id)
    written = areas.given_back(turn._, [(cards.label(turn._, "outcome"), form.outcome)])
    return later.ask(turn, VIEW, measure.id, written=written)


def asked(turn: Turn, question: Asked) -> Card:
    """`indsatser`: the one there is, or which; those that go on come first."""
    found = [
        (measure, where)
        for where in institutions_led_by(turn.uow, turn.viewer)
        for measure in measures_of(turn.uow, where, open_only=False)
    ]
    found.sort(key=lambda each: each[0].state is not MeasureState.OPEN)
    if not found:
        return cards.none_going_on(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return cards.choose(turn._, found)


def show(turn: Turn, measure_id: UUID) -> Card | None:
    """The card for delivery; None once it has ended."""
    measure, _where = measure_to_write(turn.uow, turn.viewer, measure_id)
    return open_it(turn, Subject(measure_id)) if measure.state is MeasureState.OPEN else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Asks the leaders on the day a measure is due, and two weeks later; after the holidays for what falls in them."""
    zone, quiet = planning.municipality.zone, planning.municipality.quiet
    for measure, where in open_measures(planning.uow):
        first = local_moment(measure.due, ASKED_AT, zone)
        again = quiet.next_open(first) + ASKED_FOR
        asked = [each for each in (first, again) if each <= planning.until]
        if not asked:
            continue
        due_at: datetime = asked[-1]
        for leader in planning.staff.leaders(where):
            yield Occasion(
                key=f"measure:{measure.id}:{measure.due.isoformat()}:{len(asked)}:{leader.id}",
                person_id=leader.id,
                view=VIEW,
                subject_id=measure.id,
                due_at=due_at,
                expires_at=quiet.next_open(due_at) + ASKED_FOR,
            )


FLOW = Flow(
    name="measure",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.END: Button(Form.read, end, again=again, expired=expired, refused=refused),
        cards.LATER: Button(Form.read, not_now, refused=refused),
    },
    questions={"measures": Question(("indsatser", "indsats", "measures", "measure"), asked)},
    views={VIEW: show},
    clock=clock,
)
