"""What a learning dialogue has decided about a focus area: it is described, adjusted or closed."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from cards import focus_area as cards
from cards import focus_area_aim as aims
from cards import focus_area_form
from cards.focus_area_aim import AimForm, CloseForm, Sheet
from cards.kit import Card
from dialogs import later
from dialogs.stories import story_of
from dialogs.turn import Turn
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind, require_reflection
from domain.dialogue import Dialogue
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.focus_area import Aim, FocusArea
from domain.organisation import Institution, Person
from domain.reflection import Reflection
from domain.theme import ThemeReceipt, is_discussed_with
from storage.cycle import themes_for, themes_sent_out
from storage.decision import decision_to_write, decision_with_id
from storage.dialogue import dialogue_with_id
from storage.focus_area import focus_areas_of, unfinished_business
from storage.organisation import person_with_id
from storage.prompt import drop_reminders
from storage.reflection import may_record, reflection_for, reflection_to_write
from storage.theme import latest_receipts, themes_of

VIEW, WAITS = "focus_area", "focus_area.waits"


def after(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Card:
    """The card that a saved decision about a focus area leads to, or what has become of the focus area meanwhile."""
    if (ended := _ended_meanwhile(turn, decision, dialogue, where)) is not None:
        return cards.over(turn._, Expired("focus_area_closed"), stands=ended, by=_writer(turn, ended))
    sheet = _sheet(turn, decision, dialogue, where)
    turn.shows(WAITS, decision.id)
    if decision.kind is DecisionKind.CLOSE:
        return focus_area_form.ask_close(turn._, sheet)
    return focus_area_form.describe(turn._, sheet)


def describe(turn: Turn, form: AimForm) -> Card:
    """The focus area is chosen, by the decision that the dialogue made."""
    decision, dialogue, where, _reflection = decided(turn, form.decision_id)
    aim = form.aim
    if not decision.waits:
        return _done_already(turn, decision, dialogue, where, aim)
    themes = [
        *themes_for(turn.uow, where.age_range, dialogue.half_year),
        *themes_sent_out(turn.uow, [aim.theme_id] if aim.theme_id else []),
    ]
    if not form.had_aims and not aim.aims:
        # The card could not know which theme it would be: its aims come with it.
        aim = replace(aim, aims=next((each.aims for each in themes if each.id == aim.theme_id), ()))
    earlier = unfinished_business(turn.uow, where, dialogue.half_year)
    continues = turn.uow.session.get(FocusArea, form.continues) if form.continues else None
    area = FocusArea.choose(
        decision,
        aim,
        where=where,
        themes=themes,
        half_year=dialogue.half_year,
        by=turn.person.id,
        today=turn.today,
        now=turn.now,
        continues=continues,
        until=earlier.get(continues) if continues else None,
    )
    receipt = _undiscussed(turn, dialogue, where)
    if form.discussed and receipt is not None:
        _discuss(turn, receipt, area.theme_id, form)
    turn.uow.add(area)
    return _done(turn, area, decision, dialogue, where)


def adjust(turn: Turn, form: AimForm) -> Card:
    """What is new is written; where somebody has adjusted it since the card was drawn, that is shown first."""
    decision, dialogue, where, _reflection = decided(turn, form.decision_id)
    if not decision.waits:
        return _done_already(turn, decision, dialogue, where, form.aim)
    if (ended := _ended_meanwhile(turn, decision, dialogue, where)) is not None:
        written = aims.written(turn._, form, ended.aim)
        return cards.over(turn._, Expired("focus_area_closed"), written, stands=ended, by=_writer(turn, ended))
    area = _area_of(turn, decision, where)
    aim = replace(form.aim, theme_id=area.theme_id)
    is_changed(aim, area.aim, form.was)
    area.adjust(aim, decision=decision, by=turn.person.id, today=turn.today, now=turn.now)
    return _done(turn, area, decision, dialogue, where)


def close(turn: Turn, form: CloseForm) -> Card:
    decision, dialogue, where, _reflection = decided(turn, form.decision_id)
    if not decision.waits:
        area = _area_of(turn, decision, where)
        if (area.closing, area.outcome) != (form.closing, form.outcome):
            raise Expired("focus_area_done")
        return _as_decided(turn, area, dialogue, where)
    if (ended := _ended_meanwhile(turn, decision, dialogue, where)) is not None:
        written = [(aims.label(turn._, "outcome"), form.outcome)]
        return cards.over(turn._, Expired("focus_area_closed"), written, stands=ended, by=_writer(turn, ended))
    area = _area_of(turn, decision, where)
    area.close(form.closing, form.outcome, decision=decision, by=turn.person.id, now=turn.now)
    return _done(turn, area, decision, dialogue, where)


def not_now(turn: Turn, form: AimForm) -> Card:
    """Asks when the card shall come again, and gives back what was typed in it."""
    decision, dialogue, where, _reflection = decided(turn, form.decision_id)
    begun = _sheet(turn, decision, dialogue, where).begins_with
    return _later(turn, decision, aims.written(turn._, form, begun))


def close_later(turn: Turn, form: CloseForm) -> Card:
    decision, _dialogue, _where, _reflection = decided(turn, form.decision_id)
    outcome = form.outcome if form.outcome != decision.what.text else ""
    return _later(turn, decision, [(aims.label(turn._, "outcome"), outcome)])


def show_waiting(turn: Turn, decision_id: UUID) -> Card | None:
    """What a decision about a focus area leads to; None once it is done, or the dialogue is closed."""
    try:
        decision, dialogue, where, _reflection = decided(turn, decision_id)
    except Expired:
        return None
    if not decision.waits or _ended_meanwhile(turn, decision, dialogue, where) is not None:
        return None
    return after(turn, decision, dialogue, where)


def aim_again(turn: Turn, form: AimForm, problems: Problems) -> Card:
    """The same card with everything that was typed, and what is wrong with it."""
    sheet = _sheet(turn, *decided(turn, form.decision_id)[:3])
    return focus_area_form.describe(turn._, sheet, typed=form, problems=problems)


def close_again(turn: Turn, form: CloseForm, problems: Problems) -> Card:
    sheet = _sheet(turn, *decided(turn, form.decision_id)[:3])
    return focus_area_form.ask_close(turn._, sheet, typed=form, problems=problems)


def aim_expired(turn: Turn, form: AimForm, why: Expired) -> Card:
    return _over(turn, form.decision_id, why, aims.written(turn._, form))


def close_expired(turn: Turn, form: CloseForm, why: Expired) -> Card:
    return _over(turn, form.decision_id, why, [(aims.label(turn._, "outcome"), form.outcome)])


def aim_refused(turn: Turn, form: AimForm) -> Card:
    return cards.refused(turn._, aims.written(turn._, form))


def close_refused(turn: Turn, form: CloseForm) -> Card:
    return cards.refused(turn._, [(aims.label(turn._, "outcome"), form.outcome)])


def decided(turn: Turn, decision_id: UUID) -> tuple[Decision, Dialogue, Institution, Reflection]:
    """A saved decision whose dialogue is open, for one who records it: the gate stands before this door, too."""
    found = decision_with_id(turn.uow, decision_id)
    dialogue, where = dialogue_with_id(turn.uow, found.dialogue_id)
    kept = reflection_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_recordable(turn.now)
    reflection = require_reflection(kept, dialogue.id)
    return decision_to_write(turn.uow, turn.viewer, dialogue, decision_id), dialogue, where, reflection


def _area_of(turn: Turn, decision: Decision, where: Institution) -> FocusArea:
    """The focus area that the decision is about; of this very institution, or `NotAllowed`."""
    found = turn.uow.get(FocusArea, decision.focus_area_id) if decision.focus_area_id else None
    if found is None or found.institution_id != where.id:
        raise NotAllowed
    return found


def _ended_meanwhile(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> FocusArea | None:
    """The focus area that a waiting decision is about, when another decision has closed it: nothing waits any more."""
    if not decision.waits or decision.kind is DecisionKind.CHOOSE:
        return None
    area = _area_of(turn, decision, where)
    if area.is_active:
        return None
    decision.lead_to(area.id, turn.now)
    dialogue.follow(turn.now)
    return area


def _done_already(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution, aim: Aim) -> Card:
    """It was done before: by this very press, or with other words, which are then given back."""
    area = _area_of(turn, decision, where)
    stands = area.aim
    if any(getattr(aim, name) != getattr(stands, name) for name in ("title", "why", "signs", "first_step")):
        raise Expired("focus_area_done")
    return _as_decided(turn, area, dialogue, where)


def _done(turn: Turn, area: FocusArea, decision: Decision, dialogue: Dialogue, where: Institution) -> Card:
    dialogue.follow(turn.now)
    turn.uow.session.flush()
    drop_reminders(turn.uow, WAITS, decision.id)
    turn.changes(VIEW, area.id)
    return _as_decided(turn, area, dialogue, where)


def _as_decided(turn: Turn, area: FocusArea, dialogue: Dialogue, where: Institution) -> Card:
    return cards.show(turn._, story_of(turn, area, where), decided_in=dialogue)


def _later(turn: Turn, decision: Decision, written: Sequence[tuple[str, str]]) -> Card:
    return later.ask(turn, WAITS, decision.id, written=cards.given_back(turn._, written))


def _over(turn: Turn, decision_id: UUID, why: Expired, written: Sequence[tuple[str, str]]) -> Card:
    """Why it cannot be written now, what stands there to whoever records it, and what was typed."""
    decision = decision_with_id(turn.uow, decision_id)
    dialogue, where = dialogue_with_id(turn.uow, decision.dialogue_id)
    may_see = may_record(turn.viewer, reflection_for(turn.uow, turn.viewer, dialogue, where), where)
    area = _area_of(turn, decision, where) if may_see and decision.followed_at else None
    return cards.over(turn._, why, written, stands=area, by=_writer(turn, area) if area else None)


def _writer(turn: Turn, area: FocusArea) -> Person | None:
    return person_with_id(turn.uow, area.written_by) if area.written_by else None


def _discuss(turn: Turn, receipt: ThemeReceipt, theme_id: UUID, form: AimForm) -> None:
    """R-27: whom the theme that is chosen was discussed with; the others of the round are asked about on their card."""
    of_round = [each.id for each in themes_of(turn.uow, receipt.round_id)]
    if theme_id not in of_round:
        return
    try:
        receipt.discuss_one(theme_id, form.discussed, of_round, by=turn.person.id, now=turn.now)
    except Problems as problems:
        raise Problems({"discussed": next(iter(problems.fields.values()))}) from None
    drop_reminders(turn.uow, "theme", receipt.id)


def _undiscussed(turn: Turn, dialogue: Dialogue, where: Institution) -> ThemeReceipt | None:
    """The receipt of the themes that can be chosen, while its leader has not said whom they were discussed with."""
    receipt = latest_receipts(turn.uow, [where]).get(where.id)
    themes = themes_for(turn.uow, where.age_range, dialogue.half_year)
    if receipt is None or receipt.is_discussed or not turn.viewer.leads(where):
        return None
    return receipt if receipt.round_id in {each.round_id for each in themes} else None


def _themes_untold(receipt: ThemeReceipt | None, themes: Sequence[Theme]) -> Sequence[Theme]:
    """Those of the themes to choose from of which nobody has said whom they were discussed with."""
    if receipt is None:
        return ()
    of_round = [each for each in themes if each.round_id == receipt.round_id]
    said = receipt.discussion_of(each.id for each in of_round)
    return [each for each in of_round if not is_discussed_with(said.with_whom(each.id))]


def _sheet(turn: Turn, decision: Decision, dialogue: Dialogue, where: Institution) -> Sheet:
    themes = themes_for(turn.uow, where.age_range, dialogue.half_year)
    area = None if decision.kind is DecisionKind.CHOOSE else _area_of(turn, decision, where)
    return Sheet(
        institution=where,
        dialogue=dialogue,
        decision=decision,
        area=area,
        themes=themes,
        viewer=turn.person,
        earlier=list(unfinished_business(turn.uow, where, dialogue.half_year)),
        active=len(focus_areas_of(turn.uow, where)),
        undiscussed=_themes_untold(_undiscussed(turn, dialogue, where), themes),
        written_by=_writer(turn, area) if area else None,
    )
