"""A leader prepares a learning dialogue, in three steps that are kept as they are pressed.

Clock: 21, 7 and 2 days before the dialogue the leader gets the card, opened where it was left; 2 hours before, a
short agenda. Two working days before, the other participants get what is ready to be read.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the step; *Klar til samtalen* shows it to the participants and turns
the card into a receipt, from which *Ret* leads back. *Bed en kollega udfylde* hands it to a colleague.
Question: `forbered` opens the leader's next dialogue, or asks which.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import preparation as cards
from cards import preparation_receipt as receipts
from cards.dialogue import ask_move, choose
from cards.form import Subject
from cards.kit import Card
from cards.preparation import AddendumForm, Form, Hand, Sheet
from dialogs import later
from dialogs.copies import renew
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.observed import brought_home, received
from dialogs.stories import stories_of
from dialogs.turn import Turn
from domain.dialogue import Addendum, Dialogue, DialogueState
from domain.draft import differing, is_changed
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.focus_area import FocusStatus, Measure
from domain.organisation import Institution, Person, Role
from domain.perspective import Group
from domain.preparation import (
    Considered,
    Preparation,
    Source,
    Step,
    reminders,
)
from domain.prompt import Occasion
from domain.text import LONG
from storage.cycle import themes_for, themes_with_ids
from storage.data_package import figures_of, figures_with_ids, released_package
from storage.dialogue import (
    addenda_of,
    dialogue_before,
    dialogue_with_id,
    dialogues_between,
    dialogues_to_open,
    next_dialogues_in,
    next_dialogues_of,
    participants,
)
from storage.focus_area import focus_areas_of, measures_of, unfinished_business
from storage.organisation import colleagues_at, institutions_of_chief, person_with_id
from storage.perspective import open_recommendations, perspectives_since
from storage.preparation import (
    may_write,
    preparation_for,
    preparation_to_write,
    preparations_handed_to,
    preparations_of,
)
from storage.prompt import drop_reminders, plan
from storage.reflection import dialogues_being_reflected_on

VIEW, READ, AGENDA = "preparation", "preparation.read", "preparation.agenda"
PLANNED_AHEAD = timedelta(days=22)
TOLD_WITHIN = timedelta(days=183)
FIELD_OF = {Group.CHILDREN: "children", Group.YOUTH: "children", Group.PARENTS: "parents", Group.STAFF: "staff"}


def begin(turn: Turn, subject: Subject) -> Card:
    """The card, at the step where it was left."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    return _current(turn, dialogue, where)


def next_step(turn: Turn, form: Form) -> Card:
    return _go(turn, form, form.step.next)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, form.step.previous)


def keep_draft(turn: Turn, form: Form) -> Card:
    sheet = _take(turn, form)
    turn.changes(VIEW, sheet.dialogue.id)
    return receipts.receipt(turn._, sheet) if sheet.preparation.is_ready else receipts.saved(turn._, sheet)


def ready(turn: Turn, form: Form) -> Card:
    """Shows the preparation to the participants, or leads to the first step in which something is missing."""
    sheet = _take(turn, form)
    turn.changes(VIEW, sheet.dialogue.id)
    preparation = sheet.preparation
    try:
        preparation.mark_ready(now=turn.now, today=turn.today)
    except Problems as problems:
        preparation.step = cards.step_of(problems)
        return cards.ask(turn._, sheet, problems=problems)
    sheet.dialogue.mark_ready()
    _add_statuses(turn, sheet)
    drop_reminders(turn.uow, VIEW, sheet.dialogue.id)
    for reader in participants(turn.uow, sheet.institution, turn.today):
        renew(turn.uow, reader, READ, sheet.dialogue.id, turn.now)
    return receipts.receipt(turn._, _sheet(turn, sheet.dialogue, sheet.institution, preparation))


def correct(turn: Turn, subject: Subject) -> Card:
    """Back into the card while the dialogue has not begun; the participants do not see it meanwhile."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_preparable()
    if turn.now >= dialogue.starts_at:
        raise Expired("dialogue_begun")
    preparation.reopen()
    dialogue.reopen()
    turn.changes(VIEW, dialogue.id)
    return cards.ask(turn._, _sheet(turn, dialogue, where, preparation))


def move(turn: Turn, form: Form) -> Card:
    """Keeps the step, and asks for the dialogue's new time."""
    sheet = _take(turn, form)
    _require_leader(turn, sheet.institution)
    if not sheet.can_move:
        raise Expired("dialogue_begun")
    turn.changes(VIEW, sheet.dialogue.id)
    return ask_move(turn._, sheet.dialogue, sheet.institution)


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the step, and asks when the card shall come again."""
    sheet = _take(turn, form)
    return later.ask(turn, VIEW, sheet.dialogue.id, was_kept=True)


def choose_colleague(turn: Turn, form: Form) -> Card:
    """Keeps the step, and asks which colleague at the institution fills in the rest."""
    sheet = _take(turn, form)
    _require_leader(turn, sheet.institution)
    colleagues = colleagues_at(turn.uow, sheet.institution, turn.person, turn.today)
    return receipts.choose_colleague(turn._, sheet, colleagues)


def hand_over(turn: Turn, hand: Hand) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, hand.dialogue_id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    _require_leader(turn, where)
    dialogue.require_preparable()
    if preparation.is_ready:
        return _current(turn, dialogue, where)
    colleagues = {each.id: each for each in colleagues_at(turn.uow, where, turn.person, turn.today)}
    if hand.colleague_id is None or hand.colleague_id not in colleagues:
        raise Problems({"colleague": Problem("choose_colleague")})
    preparation.hand_to(hand.colleague_id)
    plan(
        turn.uow,
        Occasion(
            key=f"preparation:{dialogue.id}:handed:{hand.colleague_id}:{turn.now.isoformat()}",
            person_id=hand.colleague_id,
            view=VIEW,
            subject_id=dialogue.id,
            due_at=turn.now,
            expires_at=dialogue.starts_at,
        ),
    )
    turn.changes(VIEW, dialogue.id)
    return receipts.handed(turn._, _sheet(turn, dialogue, where, preparation))


def take_back(turn: Turn, subject: Subject) -> Card:
    """The leader fills it in after all; the colleague's text stays."""
    dialogue, where = dialogue_with_id(turn.uow, subject.id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    _require_leader(turn, where)
    dialogue.require_preparable()
    preparation.hand_to(None)
    turn.changes(VIEW, dialogue.id)
    return cards.ask(turn._, _sheet(turn, dialogue, where, preparation))


def add(turn: Turn, form: AddendumForm) -> Card:
    """A signed addendum to a closed dialogue, whose own records are read-only (I14)."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    _require_leader(turn, where)
    if dialogue.state is not DialogueState.CLOSED:
        raise Expired("dialogue_open")
    turn.uow.add(Addendum.to(dialogue, turn.person.id, form.text, turn.now))
    turn.changes(VIEW, dialogue.id)
    return receipts.receipt(turn._, _as_it_stands(turn, dialogue, where))


def add_again(turn: Turn, form: AddendumForm, problems: Problems) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    sheet = _as_it_stands(turn, dialogue, where)
    return receipts.receipt(turn._, sheet, addendum=form.text, problems=problems)


def asked(turn: Turn, question: Asked) -> Card:
    """`forbered`: the next dialogue of the one institution led, or a choice; a chief finds what is ready to be read."""
    own = next_dialogues_of(turn.uow, turn.viewer, turn.now)
    handed = [
        (dialogue, where)
        for _, dialogue, where in preparations_handed_to(turn.uow, turn.viewer)
        if dialogue.can_be_prepared and dialogue.starts_at > turn.now
    ]
    found = list({dialogue.id: (dialogue, where) for dialogue, where in [*own, *handed]}.values())
    found = found or _ready_for_chief(turn)
    if not found:
        return receipts.nothing_to_prepare(turn._, leads=turn.viewer.has(Role.LEADER))
    if len(found) == 1:
        return _current(turn, *found[0])
    return choose(turn._, sorted(found, key=lambda each: each[0].starts_at), cards.BEGIN)


def _ready_for_chief(turn: Turn) -> list[tuple[Dialogue, Institution]]:
    """The coming dialogues of the chief's institutions whose preparation is ready to be read."""
    places = {where.id: where for where in institutions_of_chief(turn.uow, turn.viewer)}
    coming = next_dialogues_in(turn.uow, places, turn.now)
    kept = preparations_of(turn.uow, [dialogue.id for dialogue in coming.values()])
    return [
        (dialogue, places[where_id])
        for where_id, dialogue in coming.items()
        if dialogue.id in kept and kept[dialogue.id].is_ready
    ]


def show(turn: Turn, dialogue_id: UUID) -> Card | None:
    """The card for delivery; nobody is reminded of what is ready, or of a dialogue that is past preparing."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if turn.is_reminder and dialogue.state not in (DialogueState.PLANNED, DialogueState.OPEN):
        return None
    return _current(turn, dialogue, where)


def show_to_participant(turn: Turn, dialogue_id: UUID) -> Card | None:
    """What the participants read two working days before; None while it is a draft."""
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    preparation = preparation_for(turn.uow, turn.viewer, dialogue, where)
    if preparation is None or not preparation.is_ready:
        return None
    turn.shows(READ, dialogue.id)
    return receipts.read_only(turn._, _sheet(turn, dialogue, where, preparation))


def show_agenda(turn: Turn, dialogue_id: UUID) -> Card | None:
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    if not dialogue.can_be_prepared or turn.now >= dialogue.starts_at:
        return None
    turn.shows(AGENDA, dialogue.id)
    return receipts.agenda(turn._, _as_it_stands(turn, dialogue, where))


def clock(planning: Planning) -> Iterable[Occasion]:
    """Opens the preparations whose time has come, and tells when whom is reminded."""
    uow = planning.uow
    for opening in dialogues_to_open(uow, planning.now):
        opening.open_preparation()
    coming = dialogues_between(uow, planning.now, planning.now + PLANNED_AHEAD)
    begun = preparations_of(uow, [dialogue.id for dialogue, _ in coming])
    for dialogue, where in coming:
        preparation = begun.get(dialogue.id)
        leaders = planning.staff.leaders(where)
        handed_to = preparation.handed_to if preparation else None
        if handed_to and not planning.staff.works_at(handed_to, where):
            handed_to = None
        yield from _reminders(planning, dialogue, preparation, leaders, handed_to)
        if preparation is not None and preparation.is_ready:
            yield from _reading(planning, dialogue, where, leaders)


def _reminders(
    planning: Planning,
    dialogue: Dialogue,
    preparation: Preparation | None,
    leaders: list[Person],
    handed_to: UUID | None,
) -> Iterable[Occasion]:
    for reminder in reminders(dialogue.starts_at, planning.municipality.zone):
        is_agenda = reminder.name == "2_hours"
        if preparation is not None and preparation.is_ready and not is_agenda:
            continue
        people = {leader.id for leader in leaders}
        if handed_to and not is_agenda:
            # The one who fills it in is reminded; the leader hears of it once more, two days before.
            people = {handed_to} | (people if reminder.name == "2_days" else set())
        for person_id in people:
            yield Occasion(
                key=f"preparation:{dialogue.id}:{reminder.name}:{dialogue.revision}:{person_id}",
                person_id=person_id,
                view=AGENDA if is_agenda else VIEW,
                subject_id=dialogue.id,
                due_at=reminder.due_at,
                expires_at=reminder.expires_at,
            )


def _reading(planning: Planning, dialogue: Dialogue, where: Institution, leaders: list[Person]) -> Iterable[Occasion]:
    municipality = planning.municipality
    writers = {leader.id for leader in leaders}
    for person in planning.staff.participants(where):
        if person.id not in writers:
            yield Occasion(
                key=f"preparation:{dialogue.id}:read:{dialogue.revision}:{person.id}",
                person_id=person.id,
                view=READ,
                subject_id=dialogue.id,
                due_at=municipality.quiet.working_days_before(dialogue.starts_at, 2),
                expires_at=dialogue.starts_at,
            )


def _add_statuses(turn: Turn, sheet: Sheet) -> None:
    """What the preparation says of the focus areas is added to their history, where it is something new."""
    for story in sheet.stories:
        told = sheet.preparation.focus.told(story.area.id)
        if told is not None and cards.says_news(told, story):
            turn.uow.add(FocusStatus.short(story.area, told.status, by=turn.person.id, now=turn.now))
    turn.uow.session.flush()


def _go(turn: Turn, form: Form, step: Step) -> Card:
    sheet = _take(turn, form)
    turn.changes(VIEW, sheet.dialogue.id)
    if sheet.preparation.is_ready:
        return receipts.receipt(turn._, sheet)
    sheet.preparation.step = step
    return cards.ask(turn._, sheet)


def _take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed in a step, complete or not.

    Raises `Expired` when the dialogue is past preparing, or has begun with what was ready, and `Problems` when somebody
    has written something else in the same fields since the card was drawn: they are shown it, and keep theirs.
    """
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_preparable()
    sheet = _sheet(turn, dialogue, where, preparation)
    content, stored = sheet.known(form.content), preparation.content(form.step)
    if preparation.is_ready and turn.now >= dialogue.starts_at and differing(content, stored):
        raise Expired("dialogue_begun")
    changed = is_changed(content, stored, form.was)
    if changed or not preparation.is_begun:
        preparation.write(content, by=turn.person.id, now=turn.now)
        dialogue.open_preparation()
    if preparation.is_ready and changed:
        preparation.reopen()
        dialogue.reopen()
    preparation.step = form.step
    return replace(sheet, was_moved=form.revision != dialogue.revision)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same step with everything that was typed, and what is wrong with it."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    turn.shows(VIEW, dialogue.id)
    return cards.ask(turn._, _as_it_stands(turn, dialogue, where), typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    """What became of the dialogue, the next one if there is one, and everything that was typed, to be copied."""
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    following = [each for each in next_dialogues_of(turn.uow, turn.viewer, turn.now) if each[1].id == where.id]
    return receipts.expired(turn._, dialogue, where, why, typed=form, following=following[0][0] if following else None)


def refused(turn: Turn, form: Form) -> Card:
    """For somebody who may no longer write it: what they typed, to be copied, and nothing of what is kept."""
    return receipts.refused(turn._, typed=form)


def hand_again(turn: Turn, hand: Hand, problems: Problems) -> Card:
    dialogue, where = dialogue_with_id(turn.uow, hand.dialogue_id)
    colleagues = colleagues_at(turn.uow, where, turn.person, turn.today)
    sheet = _as_it_stands(turn, dialogue, where)
    return receipts.choose_colleague(turn._, sheet, colleagues, problems=problems)


def _current(turn: Turn, dialogue: Dialogue, where: Institution) -> Card:
    """The card as it stands for this person: to fill in, a receipt, or what others may read."""
    preparation = preparation_for(turn.uow, turn.viewer, dialogue, where)
    writes = may_write(turn.viewer, preparation, where)
    if not writes:
        if preparation is None or not preparation.is_ready:
            raise NotAllowed
        turn.shows(READ, dialogue.id)
        return receipts.read_only(turn._, _sheet(turn, dialogue, where, preparation))
    if preparation is None:
        preparation = Preparation(dialogue_id=dialogue.id)
    turn.shows(VIEW, dialogue.id)
    sheet = _sheet(turn, dialogue, where, preparation)
    if dialogue.state is DialogueState.CANCELLED:
        return receipts.expired(turn._, dialogue, where, Expired("dialogue_cancelled"))
    if preparation.is_ready or not dialogue.can_be_prepared:
        return receipts.receipt(turn._, sheet)
    if preparation.handed_to not in (None, turn.person.id):
        return receipts.handed(turn._, sheet)
    return cards.ask(turn._, sheet)


def _as_it_stands(turn: Turn, dialogue: Dialogue, where: Institution) -> Sheet:
    """The sheet of a preparation that may be read, begun or not, without beginning it."""
    found = preparation_for(turn.uow, turn.viewer, dialogue, where)
    return _sheet(turn, dialogue, where, found or Preparation(dialogue_id=dialogue.id))


def _sheet(turn: Turn, dialogue: Dialogue, where: Institution, preparation: Preparation) -> Sheet:
    """Everything the cards of this preparation show, read for the turn's person."""
    uow = turn.uow
    themes = themes_for(uow, where.age_range, dialogue.half_year)
    earlier = _considered_before(turn, dialogue, where)
    own = [each.theme_id for each in preparation.focus.considered if each.theme_id]
    chosen = [*own, *(each.theme_id for each in earlier if each.theme_id)]
    current_themes = {each.id for each in themes}
    titles = {each.id: each for each in (*themes, *themes_with_ids(uow, chosen).values())}
    current = figures_of(uow, released_package(uow, where, dialogue.half_year))
    # What was chosen from an edition that has been corrected since stays chosen, and can be seen.
    chosen_figures = figures_with_ids(uow, preparation.data.figures)
    return Sheet(
        institution=where,
        dialogue=dialogue,
        preparation=preparation,
        figures=[*current, *(each for each in chosen_figures if each.id not in {known.id for known in current})],
        sources=Source.of(where.age_range),
        # A theme that was chosen and has been withdrawn since can still be seen, and stays chosen.
        themes=[*themes, *(titles[each] for each in own if each in titles and each not in current_themes)],
        theme_titles=titles,
        earlier=earlier,
        handed_to=person_with_id(uow, preparation.handed_to) if preparation.handed_to else None,
        written_by=person_with_id(uow, preparation.written_by) if preparation.written_by else None,
        viewer=turn.person,
        leads=turn.viewer.leads(where),
        stories=stories_of(turn, list(focus_areas_of(uow, where)), where),
        measures=_measures_since(turn, dialogue, where),
        unfinished=list(unfinished_business(uow, where, dialogue.half_year)),
        told=_told_since(turn, dialogue, where),
        received=received(turn, dialogue, where),
        brought_home=brought_home(turn, dialogue, where),
        addenda=addenda_of(uow, dialogue) if dialogue.state is DialogueState.CLOSED else (),
        days_left=(dialogue.starts_at.astimezone(turn.municipality.zone).date() - turn.today).days,
        can_correct=dialogue.can_be_prepared and turn.now < dialogue.starts_at,
        can_move=turn.viewer.leads(where)
        and dialogue.can_be_prepared
        and not dialogues_being_reflected_on(uow, [dialogue.id]),
        waiting=[each.text for each, _where in open_recommendations(uow, [where.id]) if each.responded_at is None],
    )


def _told_since(turn: Turn, dialogue: Dialogue, where: Institution) -> dict[str, str]:
    """What children, young people, parents and staff have told since the last dialogue, by the field it belongs to."""
    before = dialogue_before(turn.uow, dialogue)
    since = before.starts_at if before else dialogue.starts_at - TOLD_WITHIN
    told: dict[str, str] = {}
    for each in perspectives_since(turn.uow, where, since):
        name = FIELD_OF[each.group]
        words = f"{told[name]}\n{each.said}" if name in told else each.said
        if len(words) <= LONG:
            told[name] = words
    return told


def _measures_since(turn: Turn, dialogue: Dialogue, where: Institution) -> list[Measure]:
    """The institution's measures that go on, or have ended since the last dialogue."""
    before = dialogue_before(turn.uow, dialogue)
    since = before.starts_at if before else dialogue.starts_at - TOLD_WITHIN
    found = measures_of(turn.uow, where, open_only=False)
    return [each for each in found if each.ended_at is None or each.ended_at >= since]


def _considered_before(turn: Turn, dialogue: Dialogue, where: Institution) -> tuple[Considered, ...]:
    before = dialogue_before(turn.uow, dialogue)
    if before is None:
        return ()
    try:
        kept = preparation_for(turn.uow, turn.viewer, before, where)
    except NotAllowed:
        # Who was handed this one, or reads it, need not have been able to read the one before.
        return ()
    return kept.focus.considered if kept else ()


def _require_leader(turn: Turn, where: Institution) -> None:
    if not turn.viewer.leads(where):
        raise NotAllowed


FLOW = Flow(
    name="preparation",
    buttons={
        cards.BEGIN: Button(Subject.read, begin, only_shows=True),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.READY: ready,
                cards.LATER: not_now,
                cards.MOVE: move,
                cards.COLLEAGUE: choose_colleague,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.HAND: Button(Hand.read, hand_over, again=hand_again),
        cards.TAKE_BACK: Button(Subject.read, take_back),
        cards.CORRECT: Button(Subject.read, correct),
        cards.ADD: Button(AddendumForm.read, add, again=add_again),
    },
    questions={
        "prepare": Question(
            ("forbered", "forbered samtalen", "forbered læringssamtalen", "forberedelse", "prepare", "preparation"),
            asked,
        )
    },
    views={VIEW: show, READ: show_to_participant, AGENDA: show_agenda},
    clock=clock,
)
