"""*Mandagsliste*: what waits, as one list on Monday morning, for those who have chosen it.

Clock: Mondays at 8.00, once per person; nothing is sent when nothing waits. A Monday that is no working day has no
list. Buttons: *Send den om mandagen*, *Slå den fra*. Question: `mandagsliste`.
"""

from collections.abc import Iterable
from datetime import time, timedelta
from uuid import UUID

from cards import monday as cards
from cards.form import Nothing
from cards.kit import Card
from cards.monday import MondayForm
from dialogs import overview
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.turn import Turn
from domain.period import local_moment
from domain.prompt import MONDAY_LIST, Occasion
from storage.roles import people_with_monday_list

LISTED_AT = time(8)


def ask(turn: Turn, question: Asked | None = None) -> Card:
    return cards.ask(turn._, is_on=turn.person.monday_since is not None)


def choose(turn: Turn, form: MondayForm) -> Card:
    if not form.is_on:
        turn.person.monday_since = None
    elif turn.person.monday_since is None:
        turn.person.monday_since = turn.today
    return cards.saved(turn._, is_on=form.is_on)


def show(turn: Turn, person_id: UUID) -> Card | None:
    """The list of the person themselves; None when nothing waits."""
    return overview.listed(turn) if person_id == turn.person.id else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """The Monday that begins within the time to plan, or goes on; those who choose the list on it get the next one."""
    zone, quiet = planning.municipality.zone, planning.municipality.quiet
    today = planning.now.astimezone(zone).date()
    days = {today, planning.until.astimezone(zone).date()}
    mondays = [day for day in days if day.weekday() == 0 and quiet.is_working_day(day)]
    for day in mondays:
        for person in people_with_monday_list(planning.uow, day):
            yield Occasion(
                key=f"{MONDAY_LIST}:{person.id}:{day}",
                person_id=person.id,
                view=MONDAY_LIST,
                subject_id=person.id,
                due_at=local_moment(day, LISTED_AT, zone),
                expires_at=local_moment(day + timedelta(days=1), time(), zone),
            )


FLOW = Flow(
    name="monday",
    buttons={
        cards.OPEN: Button(Nothing.read, lambda turn, _: ask(turn), only_shows=True),
        cards.SET: Button(MondayForm.read, choose),
    },
    questions={
        "monday": Question(
            (
                "mandagsliste",
                "mandagslisten",
                "om mandagen i stedet",
                "det hele om mandagen",
                "det hele om mandagen i stedet",
                "alt om mandagen",
                "samlet om mandagen",
                "kun om mandagen",
                "monday list",
                "on mondays instead",
                "all of it on mondays",
                "only on mondays",
            ),
            ask,
        )
    },
    views={MONDAY_LIST: show},
    clock=clock,
    without=frozenset({"domain", "storage"}),
)
