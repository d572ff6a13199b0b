"""*Min oversigt*: where we are in the cycle, the next date, and what waits for this person.

A leader sees each institution led; a chief sees the next dialogue of each institution, from A to Å, with a status
word and no content. The view `overview` is also what several reminders of one day are gathered into.
"""

from uuid import UUID

from cards import overview as cards
from cards.form import Nothing
from cards.kit import Card
from cards.overview import Line, Place, Task
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.left import undecided_places
from dialogs.meeting import coming_meetings, meetings_to_confirm, meetings_to_note
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.agreement import NUDGED_BEFORE
from domain.dialogue import Dialogue, DialogueState
from domain.organisation import Institution
from domain.period import HalfYear
from domain.perspective import Group
from domain.preparation import Preparation
from storage.agreement import open_agreements_of
from storage.cycle import cycle_in, themes_for
from storage.data_package import released_package
from storage.dialogue import dialogues_in_cycle, latest_begun_in, next_dialogues_in, next_dialogues_of
from storage.focus_area import focus_areas_of
from storage.organisation import institutions_led_by, institutions_of_chief
from storage.perspective import focus_areas_heard, groups_heard, open_recommendations
from storage.preparation import preparations_handed_to, preparations_of
from storage.reflection import (
    RECORDED_WITHIN,
    dialogues_to_decide_on,
    dialogues_to_reflect_on,
    dialogues_to_take_notes_of,
    is_reflected_on,
)

MOST_TASKS = 5
VIEW = "overview"


def asked(turn: Turn, question: Asked | None = None) -> Card:
    turn.shows(VIEW, turn.person.id)
    return cards.show(
        turn._,
        name=turn.person.first_name,
        places=_places(turn),
        tasks=_tasks(turn)[:MOST_TASKS],
        lines=_lines(turn),
        meeting=next(iter(coming_meetings(turn)), None),
    )


def show(turn: Turn, person_id: UUID) -> Card | None:
    """The overview of the person themselves, and of nobody else."""
    return asked(turn) if person_id == turn.person.id else None


def _places(turn: Turn) -> list[Place]:
    coming = {where.id: dialogue for dialogue, where in next_dialogues_of(turn.uow, turn.viewer, turn.now)}
    return [place_of(turn, where, coming.get(where.id)) for where in institutions_led_by(turn.uow, turn.viewer)]


def place_of(turn: Turn, where: Institution, dialogue: Dialogue | None) -> Place:
    """Where the institution is in its cycle; `dialogue` is the next one."""
    half_year = dialogue.half_year if dialogue else HalfYear.of(turn.today)
    cycle = cycle_in(turn.uow, where.age_range, half_year)
    heard = groups_heard(turn.uow, [where.id], HalfYear.of(turn.today))[where.id]
    areas = focus_areas_of(turn.uow, where)
    held = dialogues_in_cycle(turn.uow, where, cycle.id) if cycle else []
    return Place(
        institution=where,
        cycle=cycle,
        next_dialogue=dialogue,
        held=sum(1 for each in held if each.number and not each.can_be_prepared),
        themes=themes_for(turn.uow, where.age_range, half_year),
        heard=[each for each in Group.of(where.age_range) if each in heard],
        unheard=[each for each in areas if each.id not in focus_areas_heard(turn.uow, [area.id for area in areas])],
    )


def _tasks(turn: Turn) -> list[Task]:
    own = next_dialogues_of(turn.uow, turn.viewer, turn.now)
    kept = preparations_of(turn.uow, [dialogue.id for dialogue, _ in own])
    led = [where.id for where in institutions_led_by(turn.uow, turn.viewer)]
    tasks = [Task.reflect(dialogue, where) for dialogue, where in dialogues_to_reflect_on(turn.uow, led, turn.now)]
    tasks += [Task.decide(dialogue, where) for dialogue, where in dialogues_to_decide_on(turn.uow, led, turn.now)]
    for dialogue, where in dialogues_to_take_notes_of(turn.uow, turn.viewer, turn.now):
        if where.id in led or dialogue.state is DialogueState.RECORDED:
            continue
        is_reflected = is_reflected_on(turn.uow, dialogue)
        tasks.append(Task.decide(dialogue, where) if is_reflected else Task.reflect(dialogue, where))
    tasks += [
        Task.prepare(dialogue, where)
        for dialogue, where in own
        if turn.now < dialogue.starts_at and _is_due(turn, dialogue, kept.get(dialogue.id))
    ]
    tasks += [
        Task.prepare(dialogue, where, handed=True)
        for _, dialogue, where in preparations_handed_to(turn.uow, turn.viewer)
        if dialogue.can_be_prepared and dialogue.starts_at > turn.now
    ]
    tasks += _tasks_of_meetings(turn)
    tasks += [Task.hand_over(where) for where in undecided_places(turn)]
    tasks += [Task.answer(each, where) for each, where in open_recommendations(turn.uow, led)]
    tasks += [
        Task.read(package, where)
        for dialogue, where in own
        if (package := released_package(turn.uow, where, dialogue.half_year)) is not None
        and _is_due(turn, dialogue, kept.get(dialogue.id))
    ]
    return tasks


def _tasks_of_meetings(turn: Turn) -> list[Task]:
    """What waits in 1:1s: notes and agendas, what is to be confirmed, and agreements whose date is near."""
    tasks = [Task.meet("note", "note.write", each) for each in meetings_to_note(turn)]
    tasks += [Task.meet("confirm", "confirmation.open", each) for each in meetings_to_confirm(turn)]
    tasks += [
        Task.meet("agenda", "agenda.open", each)
        for each in coming_meetings(turn)
        if turn.now >= each.one_on_one.agenda_opens_at and turn.person.id not in each.one_on_one.fine_by
    ]
    tasks += [
        Task.follow_up(each, where)
        for each, where in open_agreements_of(turn.uow, turn.viewer)
        if each.due <= turn.today + NUDGED_BEFORE and each.is_done_by(turn.viewer, where)
    ]
    return tasks


def _is_due(turn: Turn, dialogue: Dialogue, preparation: Preparation | None) -> bool:
    return dialogue.is_open(turn.now) and (preparation is None or not preparation.is_ready)


def _lines(turn: Turn) -> list[Line]:
    """What a chief sees of each institution: a date and a word, from A to Å (I30)."""
    institutions = institutions_of_chief(turn.uow, turn.viewer)
    ids = [where.id for where in institutions]
    coming, begun = next_dialogues_in(turn.uow, ids, turn.now), latest_begun_in(turn.uow, ids, turn.now)
    # "mangler opsamling" stands for the last dialogue, as long as the next one has not come near.
    for where_id, each in begun.items():
        if each.is_unrecorded(turn.now) and turn.now - each.starts_at < RECORDED_WITHIN:
            coming[where_id] = each
    return [
        Line(
            institution=where,
            dialogue=dialogue,
            is_unprepared=dialogue is not None and dialogue.is_unprepared(turn.now),
            is_unrecorded=dialogue is not None and dialogue.is_unrecorded(turn.now),
        )
        for where in institutions
        for dialogue in [coming.get(where.id)]
        if turn.viewer.sight(Record.PREPARATION_DRAFT, where) >= Sight.STATUS
    ]


FLOW = Flow(
    name="overview",
    buttons={cards.OPEN: Button(Nothing.read, lambda turn, _: asked(turn), only_shows=True)},
    questions={
        "overview": Question(
            ("min oversigt", "oversigt", "overblik", "din liste", "my overview", "overview", "my list"), asked
        )
    },
    views={VIEW: show},
    without=frozenset({"clock", "domain", "storage"}),
)
