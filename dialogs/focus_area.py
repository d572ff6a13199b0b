"""An institution's focus areas: described, adjusted and closed as a learning dialogue has decided, and then followed.

Buttons: the card after a decision describes the focus area it chose (*Gem fokusområdet*), or adjusts or closes the one
it is about. Question: `fokusområder` shows a focus area with its whole history, or asks which.
"""

from uuid import UUID

from cards import focus_area as cards
from cards.focus_area import AimForm, CloseForm, Sheet, Story
from cards.form import Subject
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from domain.decision import Decision, DecisionKind, require_reflection
from domain.dialogue import Dialogue
from domain.errors import Expired, NotAllowed, Problems
from domain.focus_area import FocusArea
from domain.organisation import Institution
from storage.cycle import themes_for, themes_with_ids
from storage.decision import decision_to_write, decision_with_id
from storage.dialogue import dialogue_with_id
from storage.focus_area import (
    active_focus_areas,
    focus_area_for,
    focus_areas_of,
    focus_areas_with_ids,
    history_of,
    measures_of,
    unfinished_business,
)
from storage.organisation import institutions_led_by, institutions_of_chief
from storage.reflection import reflection_to_write

VIEW = "focus_area"


def after(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Card:
    """The card that a saved decision about a focus area leads to."""
    sheet = _sheet(turn, decision, dialogue, where)
    turn.shows("decision", dialogue.id)
    if decision.kind is DecisionKind.CLOSE:
        return cards.ask_close(turn._, sheet)
    return cards.describe(turn._, sheet)


def describe(turn: Turn, form: AimForm) -> Card:
    """The focus area is chosen, by the decision that the dialogue made."""
    decision, dialogue, where = _decided(turn, form.decision_id)
    if not decision.waits:
        return _already(turn, decision, dialogue, where)
    themes = [
        *themes_for(turn.uow, where.age_range, dialogue.half_year),
        *themes_with_ids(turn.uow, [form.aim.theme_id] if form.aim.theme_id else []).values(),
    ]
    earlier = {each.id: each for each in unfinished_business(turn.uow, where)}
    area = FocusArea.choose(
        decision,
        form.aim,
        where=where,
        themes=themes,
        half_year=dialogue.half_year,
        today=turn.today,
        now=turn.now,
        continues=earlier.get(form.continues) if form.continues else None,
    )
    decision.focus_area_id = area.id
    turn.uow.add(area)
    return _done(turn, area, where, dialogue)


def adjust(turn: Turn, form: AimForm) -> Card:
    decision, dialogue, where = _decided(turn, form.decision_id)
    if not decision.waits:
        return _already(turn, decision, dialogue, where)
    area = _area_of(turn, decision, where)
    area.adjust(form.aim, decision=decision, now=turn.now)
    return _done(turn, area, where, dialogue)


def close(turn: Turn, form: CloseForm) -> Card:
    decision, dialogue, where = _decided(turn, form.decision_id)
    if not decision.waits:
        return _already(turn, decision, dialogue, where)
    area = _area_of(turn, decision, where)
    area.close(form.closing, form.outcome, decision=decision, now=turn.now)
    return _done(turn, area, where, dialogue)


def open_it(turn: Turn, subject: Subject) -> Card:
    area, where = focus_area_for(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, area.id)
    return cards.show(turn._, story_of(turn, area, where))


def asked(turn: Turn, question: Asked) -> Card:
    """`fokusområder`: the one there is, or which; a chief finds those of the institutions of the area."""
    places = institutions_led_by(turn.uow, turn.viewer) or institutions_of_chief(turn.uow, turn.viewer)
    found = active_focus_areas(turn.uow, [where.id for where in places])
    if not found:
        return cards.none_yet(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    order = {where.id: number for number, where in enumerate(places)}
    ordered = sorted(found, key=lambda each: order[each[1].id])
    return cards.choose(turn._, ordered, cards.OPEN, several=len(places) > 1)


def show(turn: Turn, focus_area_id: UUID) -> Card | None:
    return open_it(turn, Subject(focus_area_id))


def aim_again(turn: Turn, form: AimForm, problems: Problems) -> Card:
    """The same card with everything that was typed, and what is wrong with it."""
    sheet = _sheet(turn, *_decided(turn, form.decision_id))
    return cards.describe(turn._, sheet, typed=form, problems=problems)


def close_again(turn: Turn, form: CloseForm, problems: Problems) -> Card:
    sheet = _sheet(turn, *_decided(turn, form.decision_id))
    return cards.ask_close(turn._, sheet, typed=form, problems=problems)


def aim_expired(turn: Turn, form: AimForm, why: Expired) -> Card:
    return cards.over(turn._, why, cards.written_aim(turn._, form))


def close_expired(turn: Turn, form: CloseForm, why: Expired) -> Card:
    return cards.over(turn._, why, [(cards.label(turn._, "outcome"), form.outcome)])


def aim_refused(turn: Turn, form: AimForm) -> Card:
    return cards.refused(turn._, cards.written_aim(turn._, form))


def close_refused(turn: Turn, form: CloseForm) -> Card:
    return cards.refused(turn._, [(cards.label(turn._, "outcome"), form.outcome)])


def story_of(turn: Turn, area: FocusArea, where: Institution) -> Story:
    """The focus area with its history and measures, for somebody who may read it."""
    return stories_of(turn, [area], where)[0]


def stories_of(turn: Turn, areas: list[FocusArea], where: Institution) -> list[Story]:
    """The same for several focus areas of one institution."""
    uow = turn.uow
    histories = history_of(uow, [area.id for area in areas])
    themes = themes_with_ids(uow, [area.theme_id for area in areas])
    before = focus_areas_with_ids(uow, [area.continues for area in areas if area.continues])
    measures = measures_of(uow, where, open_only=False)
    return [
        Story(
            institution=where,
            area=area,
            theme=themes.get(area.theme_id),
            history=histories[area.id],
            measures=[each for each in measures if each.focus_area_id == area.id],
            before=before.get(area.continues) if area.continues else None,
            leads=turn.viewer.leads(where),
        )
        for area in areas
    ]


def _decided(turn: Turn, decision_id: UUID) -> tuple[Decision, Dialogue, Institution]:
    """A saved decision whose dialogue is open, for one who records it: the gate stands before this door, too."""
    found = decision_with_id(turn.uow, decision_id)
    dialogue, where = dialogue_with_id(turn.uow, found.dialogue_id)
    reflection = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    require_reflection(reflection, dialogue.id)
    return decision_to_write(turn.uow, turn.viewer, dialogue, decision_id), dialogue, where


def _area_of(turn: Turn, decision: Decision, where: Institution) -> FocusArea:
    """The focus area that the decision is about; of this very institution, or `NotAllowed`."""
    found = turn.uow.get(FocusArea, decision.focus_area_id) if decision.focus_area_id else None
    if found is None or found.institution_id != where.id:
        raise NotAllowed
    return found


def _already(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Card:
    """It was done before, from another copy of the card: what stands now."""
    area = _area_of(turn, decision, where)
    return cards.show(turn._, story_of(turn, area, where), decided_in=dialogue)


def _done(turn: Turn, area: FocusArea, where: Institution, dialogue: Dialogue) -> Card:
    turn.uow.session.flush()
    turn.changes(VIEW, area.id)
    return cards.show(turn._, story_of(turn, area, where), decided_in=dialogue)


def _sheet(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Sheet:
    area = None if decision.kind is DecisionKind.CHOOSE else _area_of(turn, decision, where)
    return Sheet(
        institution=where,
        dialogue=dialogue,
        decision=decision,
        area=area,
        themes=themes_for(turn.uow, where.age_range, dialogue.half_year),
        earlier=unfinished_business(turn.uow, where),
        active=len(focus_areas_of(turn.uow, where)),
    )


FLOW = Flow(
    name="focus_area",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.DESCRIBE: Button(AimForm.read, describe, again=aim_again, expired=aim_expired, refused=aim_refused),
        cards.ADJUST: Button(AimForm.read, adjust, again=aim_again, expired=aim_expired, refused=aim_refused),
        cards.CLOSE: Button(CloseForm.read, close, again=close_again, expired=close_expired, refused=close_refused),
    },
    questions={
        "focus_areas": Question(("fokusområder", "fokusområde", "vores fokusområder", "focus areas"), asked),
    },
    views={VIEW: show},
    without=frozenset({"clock"}),
)
