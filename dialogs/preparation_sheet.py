"""A preparation as it stands for one person: what its cards show, and what is kept of a press."""

from dataclasses import replace

from cards import preparation_form, preparation_read, preparation_sharing
from cards import preparation_receipt as receipts
from cards.kit import Card
from cards.preparation import Form, Sheet
from dialogs import recognised
from dialogs.heard import TOLD_WITHIN, told_before
from dialogs.observed import brought_home, note_shown, received
from dialogs.preparation_clock import READ, VIEW
from dialogs.stories import stories_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.dialogue import Dialogue, DialogueState
from domain.draft import between, differing, is_changed, opens_at
from domain.errors import Expired, NotAllowed, Problems
from domain.measure import Measure
from domain.organisation import Institution, Person
from domain.preparation import Considered, Preparation, Step
from domain.priority import is_open, sources_of
from storage.cycle import themes_for, themes_with_ids
from storage.data_package import figures_of, figures_with_ids, released_package
from storage.dialogue import addenda_of, dialogue_before, dialogue_with_id, next_dialogues_in
from storage.focus_area import focus_areas_of, unfinished_business
from storage.measure import measures_of
from storage.organisation import person_with_id
from storage.preparation import may_write, preparation_for, preparation_to_write, preparations_of, shares_of
from storage.priority import priority_in
from storage.recommendation import open_recommendations
from storage.reflection import dialogues_being_reflected_on
from storage.roles import institutions_of_chief, staff_on


def take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed in a step, complete or not.

    Raises `Expired` when the dialogue is past preparing, or has begun with what was ready, and `Problems` when somebody
    has written something else in the same fields since the card was drawn: they are shown it, and keep theirs.
    """
    dialogue, where = dialogue_with_id(turn.uow, form.dialogue_id)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_preparable()
    sheet = sheet_of(turn, dialogue, where, preparation)
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
    preparation.step = opens_at(preparation.step, form.step)
    return replace(sheet, was_moved=form.revision != dialogue.revision)


def current(turn: Turn, dialogue: Dialogue, where: Institution) -> Card:
    """The card as it stands for this person: to fill in, a receipt, or what others may read."""
    preparation = preparation_for(turn.uow, turn.viewer, dialogue, where)
    writes = may_write(turn.uow, turn.viewer, preparation, where)
    if not writes:
        if preparation is None or not preparation.is_ready:
            raise NotAllowed
        turn.shows(READ, dialogue.id)
        return as_read(turn, sheet_of(turn, dialogue, where, preparation))
    if preparation is None:
        preparation = Preparation(dialogue_id=dialogue.id)
    turn.shows(VIEW, dialogue.id)
    sheet = sheet_of(turn, dialogue, where, preparation)
    if dialogue.state is DialogueState.CANCELLED:
        return receipts.expired(turn._, dialogue, where, Expired("dialogue_cancelled"))
    if preparation.is_ready or not dialogue.can_be_prepared:
        return receipt(turn, sheet)
    if sheet.leads and preparation.handed_to not in (None, turn.person.id):
        return preparation_sharing.handed(turn._, sheet)
    return ask(turn, sheet)


def is_there_to_read(turn: Turn, dialogue: Dialogue, where: Institution) -> bool:
    """Whether the preparation has been made ready, and the person may read it."""
    kept = preparations_of(turn.uow, [dialogue.id]).get(dialogue.id)
    return kept is not None and kept.is_ready and turn.viewer.sight(Record.PREPARATION, where) is Sight.FULL


def ready_for_chief(turn: Turn) -> list[tuple[Dialogue, Institution]]:
    """The coming dialogues of the chief's institutions whose preparation is ready to be read."""
    places = {where.id: where for where in institutions_of_chief(turn.uow, turn.viewer)}
    coming = next_dialogues_in(turn.uow, places, turn.now)
    kept = preparations_of(turn.uow, [dialogue.id for dialogue in coming.values()])
    return [
        (dialogue, places[where_id])
        for where_id, dialogue in coming.items()
        if dialogue.id in kept and kept[dialogue.id].is_ready
    ]


def ask(turn: Turn, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The step to fill in. Like the two below it shows what observers wrote, which is written down as read (I33)."""
    if (typed.step if typed else sheet.preparation.step) is Step.DATA:
        note_shown(turn, sheet.received, sheet.brought_home)
    return preparation_form.ask(turn._, sheet, typed=typed, problems=problems)


def ask_before(turn: Turn, sheet: Sheet, pressed: Step) -> Card | None:
    """An earlier step that a colleague has kept as a draft meanwhile, where something in it is to be asked about."""
    kept = sheet.preparation
    asked = recognised.unasked(turn, between(kept.step, pressed), kept.content)
    if asked is None:
        return None
    kept.step, found = asked
    return recognised.with_question(turn._, ask(turn, sheet, problems=found), found)


def receipt(turn: Turn, sheet: Sheet, *, addendum: str = "", problems: Problems | None = None) -> Card:
    """What was made ready, for those who wrote it."""
    note_shown(turn, sheet.received, sheet.brought_home)
    return receipts.receipt(turn._, sheet, addendum=addendum, problems=problems)


def as_read(turn: Turn, sheet: Sheet) -> Card:
    """What was made ready, for everybody else who may read it."""
    note_shown(turn, sheet.received, sheet.brought_home)
    return preparation_read.read_only(turn._, sheet)


def as_it_stands(turn: Turn, dialogue: Dialogue, where: Institution) -> Sheet:
    """The sheet of a preparation that may be read, begun or not, without beginning it."""
    found = preparation_for(turn.uow, turn.viewer, dialogue, where)
    return sheet_of(turn, dialogue, where, found or Preparation(dialogue_id=dialogue.id))


def sheet_of(turn: Turn, dialogue: Dialogue, where: Institution, preparation: Preparation) -> Sheet:
    """Everything the cards of this preparation show, read for the turn's person."""
    uow = turn.uow
    themes = themes_for(uow, where.age_range, dialogue.half_year)
    earlier = _considered_before(turn, dialogue, where)
    own = [each.theme_id for each in preparation.focus.considered if each.theme_id]
    chosen = [*own, *(each.theme_id for each in earlier if each.theme_id)]
    current_themes = {each.id for each in themes}
    titles = {each.id: each for each in (*themes, *themes_with_ids(uow, chosen).values())}
    current = figures_of(uow, released_package(uow, where, dialogue.half_year))
    priority = priority_in(uow, where, dialogue.half_year)
    # What was chosen from an edition that has been corrected since stays chosen, and can be seen.
    chosen_figures = figures_with_ids(uow, preparation.data.figures)
    return Sheet(
        institution=where,
        dialogue=dialogue,
        preparation=preparation,
        figures=[*current, *(each for each in chosen_figures if each.id not in {known.id for known in current})],
        sources=sources_of(where.age_range, priority, preparation.data.sources),
        # A theme that was chosen and has been withdrawn since can still be seen, and stays chosen.
        themes=[*themes, *(titles[each] for each in own if each in titles and each not in current_themes)],
        theme_titles=titles,
        earlier=earlier,
        handed_to=person_with_id(uow, preparation.handed_to) if preparation.handed_to else None,
        shared_with=_shared_with(turn, preparation, where),
        written_by=person_with_id(uow, preparation.written_by) if preparation.written_by else None,
        viewer=turn.person,
        leads=turn.viewer.leads(where),
        stories=stories_of(turn, list(focus_areas_of(uow, where)), where),
        measures=_measures_since(turn, dialogue, where),
        unfinished=list(unfinished_business(uow, where, dialogue.half_year)),
        heard=told_before(turn, dialogue, where, preparation.perspectives.chosen),
        received=received(turn, dialogue, where),
        brought_home=brought_home(turn, dialogue, where),
        priority=priority,
        can_prioritise=turn.viewer.leads(where) and is_open(dialogue.half_year, turn.today),
        addenda=addenda_of(uow, dialogue) if dialogue.state is DialogueState.CLOSED else (),
        is_journal_on=turn.municipality.journal is not None,
        days_left=(dialogue.starts_at.astimezone(turn.municipality.zone).date() - turn.today).days,
        can_correct=dialogue.can_be_prepared and turn.now < dialogue.starts_at,
        can_move=turn.viewer.leads(where)
        and dialogue.can_be_prepared
        and not dialogues_being_reflected_on(uow, [dialogue.id]),
        waiting=[each.text for each, _where in open_recommendations(uow, [where.id]) if each.responded_at is None],
    )


def _shared_with(turn: Turn, preparation: Preparation, where: Institution) -> list[Person]:
    """The colleagues it is shared with who still work there, since nobody else sees it by that."""
    shares = shares_of(turn.uow, preparation)
    if not shares:
        return []
    staff = staff_on(turn.uow, turn.today, where)
    return [person_with_id(turn.uow, each.person_id) for each in shares if staff.works_at(each.person_id, where)]


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


def require_leader(turn: Turn, where: Institution) -> None:
    if not turn.viewer.leads(where):
        raise NotAllowed
