"""What happens: one module per flow, a handler per button and question.

To add a flow, write its modules under one word and add its line here.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from cards.kit import Card
from dialogs import (
    acknowledgement,
    agenda,
    agreement,
    asking,
    audit,
    board,
    confirmation,
    data_package,
    decision,
    decision_list,
    dialogue,
    dialogue_overview,
    evidence,
    feedback,
    focus_area,
    focus_area_status,
    focus_status,
    guide,
    handover,
    help,
    invitation,
    key_figures,
    language_choice,
    later,
    measure,
    method,
    monday,
    network,
    new_leader,
    note,
    observation,
    observation_overview,
    one_on_one,
    overview,
    pause,
    personal_note,
    perspective,
    perspective_summary,
    political_round,
    practice,
    preparation,
    recommendation,
    reflection,
    rhythm,
    source,
    summary,
    theme,
    visit,
    welcome,
)
from dialogs.flow import Button, File, MessageAction, Question, collect
from dialogs.turn import Turn

FLOWS = (
    welcome.FLOW,
    help.FLOW,
    language_choice.FLOW,
    asking.FLOW,
    pause.FLOW,
    later.FLOW,
    overview.FLOW,
    monday.FLOW,
    political_round.FLOW,
    theme.FLOW,
    data_package.FLOW,
    preparation.FLOW,
    reflection.FLOW,
    decision.FLOW,
    board.FLOW,
    focus_area.FLOW,
    focus_status.FLOW,
    measure.FLOW,
    perspective.FLOW,
    recommendation.FLOW,
    method.FLOW,
    practice.FLOW,
    dialogue.FLOW,
    guide.FLOW,
    observation.FLOW,
    invitation.FLOW,
    visit.FLOW,
    feedback.FLOW,
    acknowledgement.FLOW,
    one_on_one.FLOW,
    rhythm.FLOW,
    agenda.FLOW,
    personal_note.FLOW,
    note.FLOW,
    confirmation.FLOW,
    agreement.FLOW,
    handover.FLOW,
    new_leader.FLOW,
    audit.FLOW,
    evidence.FLOW,
    network.FLOW,
    summary.FLOW,
    focus_area_status.FLOW,
    dialogue_overview.FLOW,
    decision_list.FLOW,
    observation_overview.FLOW,
    perspective_summary.FLOW,
    key_figures.FLOW,
    source.FLOW,
)
BUTTONS: dict[str, Button[Any]] = collect(FLOWS, "buttons")
QUESTIONS: dict[str, Question] = collect(FLOWS, "questions")
ACTIONS: dict[str, MessageAction] = collect(FLOWS, "actions")
VIEWS: dict[str, Callable[[Turn, UUID], Card | None]] = collect(FLOWS, "views")
FILES: dict[str, Callable[[Turn, UUID], File]] = collect(FLOWS, "files")
CLOCKS = tuple(flow.clock for flow in FLOWS if flow.clock)
PERSONAL = frozenset(view for flow in FLOWS for view in flow.personal)
