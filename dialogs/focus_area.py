"""An institution's focus areas: described, adjusted and closed as a learning dialogue has decided, and then followed.

Clock: what was decided and waits is asked for three days later and then every two weeks, and the dialogue stays open.
Buttons: the card after a decision describes the focus area it chose (*Gem fokusområdet*), or adjusts or closes the one
it is about. Question: `fokusområder` shows a focus area with its whole history, or asks which.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from uuid import UUID

from cards import focus_area as cards
from cards import focus_area_aim as aims
from cards.focus_area_aim import AimForm, CloseForm
from cards.form import Page, Subject
from cards.kit import Card
from dialogs import focus_area_aim as decided
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.focus_area_aim import VIEW, WAITS, show_waiting
from dialogs.observed import linked_to
from dialogs.places import named_in, places_to_read
from dialogs.stories import remarked_story_of
from dialogs.turn import Turn
from domain.access import Record
from domain.decision import ASKED_FIRST, asked_at
from domain.errors import NotAllowed
from domain.organisation import Institution
from domain.prompt import Occasion
from storage.decision import decisions_waiting
from storage.focus_area import focus_area_for, focus_areas_at
from storage.reflection import note_takers

WORDS = ("fokusområder", "fokusområde", "vores fokusområder", "focus areas")
# So many are asked about one by one; of more the institution is asked first.
MOST_ASKED = 40
ASKED_FOR = timedelta(days=14)


def open_it(turn: Turn, page: Page, *, remarked: bool = False) -> Card:
    """With its history, page by page; `remarked` when its chief has just added a remark to it."""
    area, where = focus_area_for(turn.uow, turn.viewer, page.id)
    turn.shows(VIEW, area.id)
    story = remarked_story_of(turn, area, where)
    if not page.skipped:
        story = replace(story, feedback=linked_to(turn, area, where))
    return cards.show(turn._, story, skipped=page.skipped, remarked=remarked)


def asked(turn: Turn, question: Asked) -> Card:
    """`fokusområder`: the one there is, or which; chiefs and the administration find those they answer for."""
    places = places_to_read(turn, Record.FOCUS_AREA)
    return _choose(turn, named_in(question.text, WORDS, places) or places)


def at(turn: Turn, subject: Subject) -> Card:
    """Which of one institution's, for whoever may read them."""
    where = {each.id: each for each in places_to_read(turn, Record.FOCUS_AREA)}.get(subject.id)
    if where is None:
        raise NotAllowed
    return _choose(turn, [where])


def show(turn: Turn, focus_area_id: UUID) -> Card | None:
    return open_it(turn, Page(id=focus_area_id))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Asks whoever records the dialogue for what was decided about a focus area and has not been done."""
    next_open = cache(planning.municipality.quiet.next_open)
    waiting = decisions_waiting(planning.uow, planning.until - ASKED_FIRST)
    note_taker = note_takers(planning.uow, list({each.dialogue_id for each in waiting}))
    for decision in waiting:
        asking = asked_at(decision.saved_at, planning.until)
        if asking is None:
            continue
        number, due_at = asking
        for person_id in planning.staff.recorders(decision.where, note_taker.get(decision.dialogue_id)):
            yield Occasion(
                key=f"focus_area:{decision.id}:waits:{number}:{person_id}",
                person_id=person_id,
                view=WAITS,
                subject_id=decision.id,
                due_at=due_at,
                expires_at=next_open(due_at) + ASKED_FOR,
            )


def _choose(turn: Turn, places: Sequence[Institution]) -> Card:
    by_id = {where.id: where for where in places}
    found = [(area, by_id[area.institution_id]) for area in focus_areas_at(turn.uow, by_id)]
    if not found:
        return cards.none_yet(turn._)
    if len(found) == 1:
        return open_it(turn, Page(id=found[0][0].id))
    having = {where.id for _area, where in found}
    if len(found) > MOST_ASKED and len(having) > 1:
        return cards.choose_place(turn._, [where for where in places if where.id in having])
    order = {where.id: number for number, where in enumerate(places)}
    ordered = sorted(found, key=lambda each: (not each[0].is_active, order[each[1].id]))
    return cards.choose(turn._, ordered, cards.OPEN, several=len(having) > 1)


FLOW: Flow = Flow(
    name="focus_area",
    buttons={
        cards.OPEN: Button(Page.read, open_it, only_shows=True),
        cards.AT: Button(Subject.read, at, only_shows=True),
        **form_buttons(
            AimForm.read,
            {aims.DESCRIBE: decided.describe, aims.ADJUST: decided.adjust, aims.LATER: decided.not_now},
            again=decided.aim_again,
            expired=decided.aim_expired,
            refused=decided.aim_refused,
        ),
        **form_buttons(
            CloseForm.read,
            {aims.CLOSE: decided.close, aims.CLOSE_LATER: decided.close_later},
            again=decided.close_again,
            expired=decided.close_expired,
            refused=decided.close_refused,
        ),
    },
    questions={"focus_areas": Question(WORDS, asked)},
    views={VIEW: show, WAITS: show_waiting},
    clock=clock,
)
