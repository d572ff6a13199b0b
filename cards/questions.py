"""The question that a kept text answers, as the form asked it, wherever texts stand together without their cards."""

from collections.abc import Mapping

from cards import (
    acknowledgement,
    agenda_form,
    agreement,
    agreement_made,
    board,
    decision,
    focus_area_aim,
    focus_status,
    given,
    guide,
    measure,
    method,
    network,
    note,
    observation,
    personal_note,
    perspective,
    practice,
    preparation,
    priority,
    recommendation,
    rectification,
    reflection,
)
from cards.language import Translator
from cards.words import REMARK_ASKED

# By table and field. The wording is the forms' own.
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "acknowledgement": acknowledgement.LABELS,
    "addendum": {"text": REMARK_ASKED},
    "agenda_item": {"text": agenda_form.QUESTION},
    "agreement": {**agreement_made.LABELS, **agreement.LABELS},
    "board_note": board.LABELS,
    "decision": decision.LABELS,
    "feedback": given.LABELS,
    "feedback_addendum": {"text": REMARK_ASKED},
    "focus_area": focus_area_aim.LABELS,
    "focus_remark": {"text": REMARK_ASKED},
    "focus_status": focus_status.LABELS,
    "local_priority": priority.LABELS,
    "measure": {**measure.LABELS, "text": decision.LABELS["text"], "owner": decision.LABELS["owner"]},
    "network_statement": network.LABELS,
    "note_version": note.LABELS,
    "observation": observation.LABELS,
    "observation_guide": guide.LABELS,
    "one_on_one": note.LABELS,
    "personal_note": {"text": personal_note.QUESTION},
    "perspective": perspective.LABELS,
    "political_report": network.LABELS,
    "practice": practice.LABELS,
    "preparation": {**preparation.LABELS, "title": preparation.LABELS["considered"]},
    "recommendation": {**recommendation.LABELS, "text": perspective.LABELS["recommend"]},
    "rectification": rectification.LABELS,
    "reflection": reflection.LABELS,
    "remark": {"text": REMARK_ASKED},
    "summary_remark": {"remark": REMARK_ASKED},
    "tool_experience": method.LABELS,
}


def question_of(_: Translator, table: str, name: str) -> str:
    """The question of a field; empty where nobody was asked, as for a note taken on the way."""
    found = QUESTIONS.get(table, {}).get(name)
    return _(found) if found else ""
