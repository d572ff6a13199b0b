"""What happens: one module per flow, a handler per button and question.

To add a flow, write its modules under one word and add its line here.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from cards.kit import Card
from dialogs import (
    agenda,
    agreement,
    audit,
    confirmation,
    data_package,
    decision,
    dialogue,
    focus_area,
    focus_status,
    handover,
    help,
    language_choice,
    later,
    measure,
    method,
    new_leader,
    note,
    one_on_one,
    overview,
    pause,
    personal_note,
    perspective,
    preparation,
    recommendation,
    reflection,
    rhythm,
    theme,
    welcome,
)
from dialogs.flow import Button, File, Question, collect
from dialogs.turn import Turn

FLOWS = (
    welcome.FLOW,
    help.FLOW,
    language_choice.FLOW,
    pause.FLOW,
    later.FLOW,
    overview.FLOW,
    theme.FLOW,
    data_package.FLOW,
    preparation.FLOW,
    reflection.FLOW,
    decision.FLOW,
    focus_area.FLOW,
    focus_status.FLOW,
    measure.FLOW,
    perspective.FLOW,
    recommendation.FLOW,
    method.FLOW,
    dialogue.FLOW,
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
)
BUTTONS: dict[str, Button[Any]] = collect(FLOWS, "buttons")
QUESTIONS: dict[str, Question] = collect(FLOWS, "questions")
VIEWS: dict[str, Callable[[Turn, UUID], Card | None]] = collect(FLOWS, "views")
FILES: dict[str, Callable[[Turn, UUID], File]] = collect(FLOWS, "files")
CLOCKS = tuple(flow.clock for flow in FLOWS if flow.clock)
PERSONAL = frozenset(view for flow in FLOWS for view in flow.personal)
