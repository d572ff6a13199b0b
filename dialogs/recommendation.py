"""What children, young people and parents recommend gets an answer, and they hear of it.

Clock: the day after the institution's next dialogue the leaders are asked what they do about it; two weeks after an
answer, whether those who recommended it have been told; and either again every fortnight until it is there.
Question: `anbefalinger` shows those that wait, and `hvilke anbefalinger fik vi sidst` those that came last.
"""

from collections.abc import Sequence
from uuid import UUID

from cards import recommendation as cards
from cards.form import Subject
from cards.kit import Card
from cards.recommendation import Form
from dialogs import later
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.recommendation_clock import VIEW, clock
from dialogs.turn import Turn
from domain.draft import is_changed
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution
from domain.perspective import Perspective, Recommendation
from storage.organisation import person_with_id
from storage.prompt import drop_reminders
from storage.recommendation import latest_recommendations, open_recommendations, recommendation_for
from storage.roles import institutions_led_by

MOST_LATEST = 12


def open_it(turn: Turn, subject: Subject) -> Card:
    kept, about, where = _mine(turn, subject.id)
    turn.shows(VIEW, kept.id)
    return _ask(turn, kept, about, where)


def save(turn: Turn, form: Form) -> Card:
    """Keeps the answer; who answers after somebody else is shown what they wrote, and keeps their own."""
    kept, about, where = _mine(turn, form.recommendation_id)
    if is_changed(form.answered, kept.content, form.was) or kept.responded_at is None:
        zone = turn.municipality.zone
        written_on = kept.written_at.astimezone(zone).date()
        kept.answer(form.answered, by=turn.person.id, now=turn.now, today=turn.today, written_on=written_on)
    drop_reminders(turn.uow, VIEW, kept.id)
    turn.changes(VIEW, kept.id)
    return cards.show(turn._, kept, about, where)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    kept, about, where = _mine(turn, form.recommendation_id)
    turn.shows(VIEW, kept.id)
    return _ask(turn, kept, about, where, typed=form, problems=problems)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def not_now(turn: Turn, form: Form) -> Card:
    """Asks when it shall come again; what was typed is no answer yet, so it is given back."""
    kept, _about, _where = _mine(turn, form.recommendation_id)
    return later.ask(turn, VIEW, kept.id, written=cards.given_back(turn._, form.answered, kept.content))


def asked(turn: Turn, question: Asked) -> Card:
    """`anbefalinger`: the one that waits, or which; or those that came last, answered or not."""
    led = [where.id for where in institutions_led_by(turn.uow, turn.viewer)]
    found = _latest(turn, led) if question.slots.latest else open_recommendations(turn.uow, led)
    if not found:
        return cards.none_waits(turn._, are_latest=question.slots.latest)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return cards.choose(turn._, found, are_latest=question.slots.latest)


def show(turn: Turn, recommendation_id: UUID) -> Card | None:
    """The card for delivery; None once it is answered and reported back."""
    kept, about, where = _mine(turn, recommendation_id)
    if kept.is_closed:
        return None
    turn.shows(VIEW, kept.id)
    return _ask(turn, kept, about, where)


def _latest(turn: Turn, led: Sequence[UUID]) -> Sequence[tuple[Recommendation, Institution]]:
    """Those of the day on which the last one came."""
    found, zone = latest_recommendations(turn.uow, led, MOST_LATEST), turn.municipality.zone
    last = found[0][0].written_at.astimezone(zone).date() if found else None
    return [each for each in found if each[0].written_at.astimezone(zone).date() == last]


def _ask(
    turn: Turn,
    kept: Recommendation,
    about: Perspective,
    where: Institution,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
) -> Card:
    by = person_with_id(turn.uow, kept.responded_by) if kept.responded_by else None
    return cards.ask(turn._, kept, about, where, viewer=turn.person, answered_by=by, typed=typed, problems=problems)


def _mine(turn: Turn, recommendation_id: UUID) -> tuple[Recommendation, Perspective, Institution]:
    kept, about, where = recommendation_for(turn.uow, turn.viewer, recommendation_id)
    if not turn.viewer.leads(where):
        raise NotAllowed
    return kept, about, where


FLOW = Flow(
    name="recommendation",
    buttons={
        cards.OPEN: Button(Subject.read, open_it),
        cards.SAVE: Button(Form.read, save, again=again, refused=refused),
        cards.LATER: Button(Form.read, not_now, refused=refused),
    },
    questions={"recommendations": Question(("anbefalinger", "anbefaling", "recommendations", "recommendation"), asked)},
    views={VIEW: show},
    clock=clock,
    without=frozenset({"domain"}),
)
