"""*Min oversigt*: where we are in the cycle, the next date, and what waits for this person.

A leader sees each institution led, and an observer the visits to come; a chief sees the next dialogue of each
institution, from A to Å, with a status word and no content, and which of the leaders no message reaches. The view
`overview` is also what several reminders of one day are gathered into: it lists them by their cards' own titles as long
as those cards have something to say, and *Åbn* shows the card itself.
Buttons: *Åbn*, and *Vis resten* where there are more than five.
"""

from collections.abc import Sequence
from uuid import UUID

import dialogs
from cards import later, task
from cards import overview as cards
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.more import first
from cards.overview import Form, Line, Place
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.meeting import coming_meetings
from dialogs.practice_search import is_there_for
from dialogs.turn import Turn
from dialogs.waiting import OBSERVED_WITHIN, card_of, tasks_of
from domain.access import Record, Sight
from domain.dialogue import Dialogue
from domain.observation import Progress
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.perspective import Group
from domain.reach import Hindrance
from storage.cycle import cycle_in, themes_for
from storage.dialogue import dialogues_in_cycle, latest_begun_in, next_dialogues_in, next_dialogues_of
from storage.feedback import feedbacks_on
from storage.focus_area import focus_areas_of
from storage.gathered import gathered_prompt, has_read
from storage.observation import observations_seen_by_word
from storage.perspective import focus_areas_heard, groups_heard
from storage.preparation import preparations_of
from storage.reach import unreached_leaders
from storage.reflection import RECORDED_WITHIN
from storage.roles import institutions_led_by, institutions_of_chief
from storage.visit import visits_to_come

MOST_TASKS = 5
MOST_OBSERVED = 2
MOST_VISITS = 3
VIEW = "overview"


def asked(turn: Turn, question: Asked | None = None) -> Card:
    turn.shows(VIEW, turn.person.id)
    tasks, more = first(tasks_of(turn), MOST_TASKS)
    return cards.show(
        turn._,
        name=turn.person.first_name,
        places=_places(turn),
        tasks=tasks,
        lines=_lines(turn),
        unreached=_unreached(turn),
        more=more,
        meeting=next(iter(coming_meetings(turn)), None),
        visits=visits_to_come(turn.uow, turn.viewer, turn.now)[:MOST_VISITS],
        is_shared=is_there_for(turn, institutions_led_by(turn.uow, turn.viewer)),
    )


def listed(turn: Turn) -> Card | None:
    """What waits, before everything else; None when nothing does."""
    tasks = tasks_of(turn)
    if not tasks:
        return None
    turn.listed = frozenset(task.subject_id for task in tasks)
    shown, more = first(tasks, MOST_TASKS)
    return cards.show_waiting(
        turn._,
        name=turn.person.first_name,
        is_monday=turn.today.weekday() == 0,
        places=_places(turn),
        tasks=shown,
        more=more,
        lines=_lines(turn),
    )


def rest(turn: Turn, form: Form) -> Card:
    """The tasks that found no room, five at a time; the overview once there are none."""
    following = tasks_of(turn)[form.since :]
    if not following:
        return asked(turn)
    turn.shows(VIEW, turn.person.id)
    shown, more = first(following, MOST_TASKS)
    return cards.show_rest(turn._, tasks=shown, since=form.since, more=more)


def open_gathered(turn: Turn, subject: Subject) -> Card:
    """The card of a gathered reminder as it is now for this person; the overview once it has nothing to say."""
    gathered = gathered_prompt(turn.uow, turn.person, subject.id)
    card = card_of(turn, gathered)
    if card is None:
        has_read(turn.uow, gathered)
        return asked(turn)
    if not _asks_for_something(card):
        has_read(turn.uow, gathered)
    return card


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
    areas_heard = focus_areas_heard(turn.uow, [each.id for each in areas])
    held = dialogues_in_cycle(turn.uow, where, cycle.id) if cycle else []
    return Place(
        institution=where,
        cycle=cycle,
        next_dialogue=dialogue,
        held=sum(1 for each in held if each.number and not each.can_be_prepared),
        themes=themes_for(turn.uow, where.age_range, half_year),
        heard=[each for each in Group.of(where.age_range) if each in heard],
        unheard=[each for each in areas if each.id not in areas_heard],
    )


def _asks_for_something(part: object) -> bool:
    """Whether any button of the card does more than show something or put it off."""
    if isinstance(part, list):
        return any(_asks_for_something(each) for each in part)
    if not isinstance(part, dict):
        return False
    if part.get("type") == "Action.Execute":
        button = dialogs.BUTTONS.get(str(part["verb"]))
        return button is not None and not button.only_shows and part["verb"] != later.ASK
    return any(_asks_for_something(each) for each in part.values())


def _lines(turn: Turn) -> list[Line]:
    """What a chief sees of each institution: a date and a word, from A to Å (I30)."""
    quiet, institutions = turn.municipality.quiet, institutions_of_chief(turn.uow, turn.viewer)
    ids = [where.id for where in institutions]
    coming, begun = next_dialogues_in(turn.uow, ids, turn.now), latest_begun_in(turn.uow, ids, turn.now)
    # "mangler opsamling" stands for the last dialogue, as long as the next one has not come near.
    for where_id, each in begun.items():
        if each.is_unrecorded(turn.now, quiet) and turn.now - each.starts_at < RECORDED_WITHIN:
            coming[where_id] = each
    observed = _observed(turn, institutions)
    kept = preparations_of(turn.uow, [each.id for each in coming.values()])
    ready = {dialogue_id for dialogue_id, each in kept.items() if each.is_ready}
    return [
        Line(
            institution=where,
            dialogue=dialogue,
            observations=observed.get(where.id, ()),
            told=dialogue.told_state(turn.now) if dialogue else None,
            is_unprepared=dialogue is not None
            and dialogue.is_unprepared(turn.now)
            and not dialogue.has_begun(turn.now),
            is_unrecorded=dialogue is not None and dialogue.is_unrecorded(turn.now, quiet),
            can_read=dialogue is not None
            and dialogue.id in ready
            and turn.viewer.sight(Record.PREPARATION, where) is Sight.FULL,
        )
        for where in institutions
        for dialogue in [coming.get(where.id)]
        if turn.viewer.sight(Record.PREPARATION_DRAFT, where) >= Sight.STATUS
    ]


def _unreached(turn: Turn) -> list[tuple[Institution, Person, Hindrance]]:
    """The leaders of the chief's institutions who get no message, and why: whoever waits for them should know."""
    found = unreached_leaders(turn.uow, institutions_of_chief(turn.uow, turn.viewer), turn.today)
    return [(where, each.person, each.hindrance) for where, each in found]


def _observed(turn: Turn, places: Sequence[Institution]) -> dict[UUID, list[tuple[Progress, bool]]]:
    """A word for each observation that is under way, the newest two of an institution."""
    found = observations_seen_by_word(turn.uow, turn.viewer, places, turn.now - OBSERVED_WITHIN)
    sent = feedbacks_on(turn.uow, [about.id for about, _where in found])
    words: dict[UUID, list[tuple[Progress, bool]]] = {}
    for about, where in found:
        is_sent, is_acknowledged = sent.get(about.id, (False, False))
        progress = about.progress(is_sent=is_sent)
        if progress is not Progress.COMPLETE or not is_acknowledged:
            words[where.id] = [*words.get(where.id, []), (progress, is_acknowledged)][-MOST_OBSERVED:]
    return words


FLOW: Flow = Flow(
    name="overview",
    buttons={
        cards.OPEN: Button(Nothing.read, lambda turn, _: asked(turn), only_shows=True),
        cards.REST: Button(Form.read, rest, only_shows=True),
        task.GATHERED: Button(Subject.read, open_gathered),
    },
    questions={
        "overview": Question(
            ("min oversigt", "oversigt", "overblik", "din liste", "my overview", "overview", "my list"), asked
        )
    },
    views={VIEW: show},
    without=frozenset({"clock", "domain", "storage"}),
)
