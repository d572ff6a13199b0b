"""Every card of the flows, as it looks at the moments people meet it, flow by flow."""

from tests.cards import (
    agreement_examples,
    anonymisation_examples,
    answer_examples,
    asking_examples,
    audit_examples,
    decision_examples,
    dialogue_examples,
    focus_area_examples,
    focus_remark_examples,
    follow_up_examples,
    handover_examples,
    note_examples,
    observation_examples,
    one_on_one_examples,
    overview_examples,
    own_examples,
    perspective_examples,
    political_examples,
    practice_examples,
    preparation_examples,
    preparation_receipt_examples,
    reflection_examples,
    refusal_examples,
    rights_examples,
    round_examples,
    saved_examples,
    supervision_examples,
    theme_examples,
)

EXAMPLES = (
    preparation_examples.EXAMPLES
    | preparation_receipt_examples.EXAMPLES
    | dialogue_examples.EXAMPLES
    | reflection_examples.EXAMPLES
    | decision_examples.EXAMPLES
    | focus_area_examples.EXAMPLES
    | theme_examples.EXAMPLES
    | perspective_examples.EXAMPLES
    | practice_examples.EXAMPLES
    | round_examples.EXAMPLES
    | overview_examples.EXAMPLES
    | handover_examples.EXAMPLES
    | audit_examples.EXAMPLES
    | refusal_examples.EXAMPLES
    | one_on_one_examples.EXAMPLES
    | note_examples.EXAMPLES
    | agreement_examples.EXAMPLES
    | observation_examples.EXAMPLES
    | asking_examples.EXAMPLES
    | focus_remark_examples.EXAMPLES
    | own_examples.EXAMPLES
    | follow_up_examples.EXAMPLES
    | political_examples.EXAMPLES
    | saved_examples.EXAMPLES
    | rights_examples.EXAMPLES
    | anonymisation_examples.EXAMPLES
    | supervision_examples.EXAMPLES
    | answer_examples.EXAMPLES
)
