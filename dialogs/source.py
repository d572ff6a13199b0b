"""*Vis kilder* and *Åbn kilden*: the records behind an answer, as their reader may see them at this moment (I25).

Every kind opens the card that its own flow shows. What is gone since, or may no longer be seen, gets one and the same
answer.
"""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from cards import source as cards
from cards.form import Subject
from cards.kit import Card
from cards.numbered import ALL, Listed
from cards.source import OPEN, Back, SourceForm
from dialogs import (
    agreement,
    agreement_overview,
    attention_list,
    compare_half_years,
    data_package,
    decision,
    decision_list,
    dialogue,
    dialogue_overview,
    feedback_sent,
    focus_area,
    focus_area_status,
    key_figures,
    observation_overview,
    one_on_one,
    one_on_one_recap,
    perspective,
    perspective_summary,
    priority,
    saved_summary_sheet,
    summary,
)
from dialogs.answer import note_answer_read
from dialogs.flow import Button, Flow
from dialogs.scope import scope_of
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.errors import NotAllowed, Problem, Problems, Refusal
from domain.facts import SourceKind
from domain.scope import Bounds
from storage.dialogue import dialogue_with_id
from storage.errors import Gone
from storage.supervision import decided_in
from storage.supervision_observations import observation_fact

MOST = 1


def sources(turn: Turn, back: Back) -> Card:
    """The numbered sources of an answer, drawn anew for whoever presses."""
    return _listed(turn, back)


def open_it(turn: Turn, form: SourceForm) -> Card:
    """The card of the source, with the way back; one that is gone is told like one that is not the reader's."""
    _answer(form.back)
    if not form.is_chosen:
        raise Problems({"source": Problem("choose_source")})
    if form.kind is None or form.id is None:
        return cards.gone(turn._, form.back)
    turn.uow.keep()
    try:
        if form.kind is SourceKind.PLACE:
            return _registered(turn, form)
        if form.kind is SourceKind.OBSERVATION:
            return cards.visit(turn._, observation_fact(turn.uow, turn.viewer, form.id, turn.now), form.back)
        shown = OPENS[form.kind](turn, form.id, form.back)
    except (Refusal, Gone):
        turn.uow.undo()
        shown = None
    return cards.with_way_back(turn._, shown, form.back) if shown else cards.gone(turn._, form.back)


def choose_again(turn: Turn, form: SourceForm, problems: Problems) -> Card:
    return _listed(turn, form.back, problems)


def _listed(turn: Turn, back: Back, problems: Problems | None = None) -> Card:
    return cards.sources(turn._, _answer(back)(turn, back.bounds), back.page, problems=problems)


def _registered(turn: Turn, form: SourceForm) -> Card:
    assert form.id is not None
    about = replace(form.back.bounds, institution_ids=(form.id,), area_ids=())
    scope = scope_of(turn, about, Record.FOCUS_AREA)
    where = scope.institutions[0]
    note_answer_read(turn, [where])
    has_agreements = turn.viewer.leads(where) or turn.viewer.sight(Record.AGREEMENT, where) >= Sight.FULL
    return cards.registered(turn._, summary_of(turn, scope, most=MOST), form.back, has_agreements=has_agreements)


def _dialogue(turn: Turn, dialogue_id: UUID, back: Back) -> Card:
    """What was decided, where anything was; else where the dialogue is, which more people may know than take part."""
    if decided_in(turn.uow, [dialogue_id]):
        return decision.open_it(turn, Subject(dialogue_id))
    found, where = dialogue_with_id(turn.uow, dialogue_id)
    if turn.viewer.leads(where) or turn.viewer.is_chief_of(where):
        return dialogue.open_it(turn, Subject(dialogue_id))
    turn.viewer.require(Record.PREPARATION_DRAFT, where, Sight.STATUS)
    return cards.dialogue(turn._, found, found.told_state(turn.now), where, back)


def _answer(back: Back) -> Callable[[Turn, Bounds], Listed]:
    """The answer to go back to; a name that no card carries is answered like a foreign one."""
    found = ANSWERS.get(back.answer)
    if found is None:
        raise NotAllowed
    return found


# Every answer by the name of its flow.
ANSWERS: dict[str, Callable[[Turn, Bounds], Listed]] = {
    "summary": summary.listed,
    "saved_summary": saved_summary_sheet.listed,
    **{
        each.name: each.listed
        for each in (
            focus_area_status.ANSWER,
            dialogue_overview.ANSWER,
            decision_list.ANSWER,
            observation_overview.ANSWER,
            perspective_summary.ANSWER,
            key_figures.ANSWER,
            agreement_overview.ANSWER,
            attention_list.ANSWER,
            compare_half_years.ANSWER,
        )
    },
    "one_on_one_recap": one_on_one_recap.listed,
}

OPENS: dict[SourceKind, Callable[[Turn, UUID, Back], Card | None]] = {
    SourceKind.FOCUS_AREA: lambda turn, area_id, _back: focus_area.show(turn, area_id),
    SourceKind.FIGURES: lambda turn, package_id, _back: data_package.open_package(turn, Subject(package_id)),
    SourceKind.PERSPECTIVE: lambda turn, told_id, _back: perspective.show(turn, told_id),
    SourceKind.PRIORITY: lambda turn, priority_id, _back: priority.show(turn, priority_id),
    SourceKind.DIALOGUE: _dialogue,
    SourceKind.FEEDBACK: lambda turn, feedback_id, _back: feedback_sent.read(turn, Subject(feedback_id)),
    SourceKind.AGREEMENT: lambda turn, agreement_id, _back: agreement.open_it(turn, Subject(agreement_id)),
    SourceKind.ONE_ON_ONE: lambda turn, meeting_id, _back: one_on_one.open_it(turn, Subject(meeting_id)),
}

FLOW = Flow(
    name="source",
    buttons={
        ALL: Button(Back.read, sources, only_shows=True),
        OPEN: Button(SourceForm.read, open_it, again=choose_again, only_shows=True),
    },
    without=frozenset({"questions", "views", "clock", "domain", "storage"}),
)
