"""What happens: one module per flow, a handler per button and question.

To add a flow, write its modules under one word and add its line here.
"""

from dialogs import (
    data_package,
    dialogue,
    help,
    language_choice,
    later,
    overview,
    pause,
    preparation,
    welcome,
)
from dialogs.flow import collect

FLOWS = (
    welcome.FLOW,
    help.FLOW,
    language_choice.FLOW,
    pause.FLOW,
    later.FLOW,
    overview.FLOW,
    data_package.FLOW,
    preparation.FLOW,
    dialogue.FLOW,
)
BUTTONS = collect(FLOWS, "buttons")
QUESTIONS = collect(FLOWS, "questions")
VIEWS = collect(FLOWS, "views")
CLOCKS = tuple(flow.clock for flow in FLOWS if flow.clock)
