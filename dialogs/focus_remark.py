"""A chief's signed remark on a focus area, which its leaders alone choose and word.

Buttons: *Tilføj en bemærkning* on the focus area's card opens the form, *Tilføj bemærkningen* keeps it and tells the
leaders once; *Alle bemærkninger* shows those that the focus area's card has no room for. No question and no clock:
it begins where the focus area is read.
"""

from datetime import timedelta
from itertools import takewhile
from uuid import UUID

from cards import focus_remark as cards
from cards import remark as remark_cards
from cards.focus_remark import Form
from cards.form import Page, Subject
from cards.kit import Card
from dialogs import focus_area as areas
from dialogs.flow import Button, Flow
from dialogs.focus_area_aim import VIEW as AREA
from dialogs.stories import remarked_story_of
from dialogs.turn import Turn
from domain.errors import NotAllowed, Problems
from domain.focus_remark import FocusRemark
from domain.organisation import Institution
from domain.prompt import Occasion
from storage.focus_area import focus_area_for, focus_area_to_write, lock
from storage.focus_remark import focus_area_to_remark_on, remarks_on
from storage.prompt import plan
from storage.roles import staff_on

VIEW = "focus_remark"
# The card in which a remark is typed, whose place nothing takes.
WRITING = "focus_remark.writing"
TOLD_FOR = timedelta(days=14)


def ask(turn: Turn, subject: Subject) -> Card:
    area, where = focus_area_to_remark_on(turn.uow, turn.viewer, subject.id)
    turn.shows(WRITING, area.id)
    return cards.ask(turn._, remarked_story_of(turn, area, where))


def add(turn: Turn, form: Form) -> Card:
    """Keeps it beside the focus area, which stays as it is, and tells the leaders."""
    area, where = focus_area_to_remark_on(turn.uow, turn.viewer, form.focus_area_id)
    lock(turn.uow, area)
    remark = FocusRemark.on(area, form.text, by=turn.person.id, now=turn.now)
    # The same words from the same card, days later, are the same remark; from a new card they are said once more.
    kept = [each for each, _author in remarks_on(turn.uow, turn.viewer, area, where)]
    said_since = takewhile(lambda each: each.id != form.newest, kept)
    if not any((each.author_id, each.text) == (turn.person.id, remark.text) for each in said_since):
        turn.uow.add(remark)
        turn.uow.session.flush()
        _tell_leaders(turn, remark, where)
        turn.changes(AREA, area.id)
    return areas.open_it(turn, Page(id=area.id), remarked=True)


def read_all(turn: Turn, page: Page) -> Card:
    area, where = focus_area_for(turn.uow, turn.viewer, page.id)
    story = remarked_story_of(turn, area, where)
    if not story.remarks:
        raise NotAllowed
    turn.shows(VIEW, area.id)
    return cards.show(turn._, story, skipped=page.skipped)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    area, where = focus_area_to_remark_on(turn.uow, turn.viewer, form.focus_area_id)
    turn.shows(WRITING, area.id)
    return cards.ask(turn._, remarked_story_of(turn, area, where), typed=form, problems=problems)


def refused(turn: Turn, form: Form) -> Card:
    return remark_cards.refused(turn._, form.text)


def show(turn: Turn, focus_area_id: UUID) -> Card | None:
    """What the leaders are told; None where nothing is left to read."""
    area, where = focus_area_to_write(turn.uow, turn.viewer, focus_area_id)
    story = remarked_story_of(turn, area, where)
    return cards.show(turn._, story) if story.remarks else None


def _tell_leaders(turn: Turn, remark: FocusRemark, where: Institution) -> None:
    for leader in staff_on(turn.uow, turn.today, where).leaders(where):
        plan(
            turn.uow,
            Occasion(
                key=f"focus_remark:{remark.id}:{leader.id}",
                person_id=leader.id,
                view=VIEW,
                subject_id=remark.focus_area_id,
                due_at=turn.now,
                expires_at=turn.municipality.quiet.next_open(turn.now) + TOLD_FOR,
            ),
        )


FLOW: Flow = Flow(
    name="focus_remark",
    buttons={
        cards.ASK: Button(Subject.read, ask, only_shows=True),
        cards.ADD: Button(Form.read, add, again=again, refused=refused),
        cards.ALL: Button(Page.read, read_all, only_shows=True),
    },
    views={VIEW: show},
    without=frozenset({"questions", "clock"}),
)
