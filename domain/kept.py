"""What is kept, kind by kind, as people ask about it: each with what it counts as in the policy.

The kinds are those of the card *Mine data*, of the rules for how long something is kept, and of what is told when data
have come into the wrong hands, so that all three mean the same by a word.
"""

from enum import StrEnum

from domain.access import POLICY, Record, Relation, Sight


class Kind(StrEnum):
    IDENTITY = "identity"
    PREPARATION = "preparation"
    REFLECTION = "reflection"
    DECISION = "decision"
    FOCUS_AREA = "focus area"
    PERSPECTIVE = "perspective"
    PRACTICE = "practice"
    METHOD = "method"
    GUIDE = "guide"
    THEME = "theme"
    OBSERVATION = "observation"
    VISIT_NOTE = "visit note"
    FEEDBACK = "feedback"
    ONE_ON_ONE = "1:1"
    AGREEMENT = "agreement"
    PERSONAL_NOTE = "personal note"
    SUMMARY = "summary"
    NETWORK = "network"
    POLITICAL_REPORT = "political report"
    QUESTION = "question"
    MESSAGE = "message"
    AUDIT = "audit"
    RIGHT = "right"


# As what each kind is read once it is shared. A kind without a record is the machinery's, and on nobody's card.
RECORDS: dict[Kind, Record] = {
    Kind.PREPARATION: Record.PREPARATION,
    Kind.REFLECTION: Record.REFLECTION,
    Kind.DECISION: Record.DECISION,
    Kind.FOCUS_AREA: Record.FOCUS_AREA,
    Kind.PERSPECTIVE: Record.PERSPECTIVE,
    Kind.PRACTICE: Record.PRACTICE,
    Kind.METHOD: Record.THEME,
    Kind.GUIDE: Record.GUIDE,
    Kind.THEME: Record.THEME_RECEIPT,
    Kind.OBSERVATION: Record.OBSERVATION,
    Kind.VISIT_NOTE: Record.VISIT_NOTE,
    Kind.FEEDBACK: Record.FEEDBACK,
    Kind.ONE_ON_ONE: Record.ONE_ON_ONE_NOTE,
    Kind.AGREEMENT: Record.AGREEMENT,
    Kind.PERSONAL_NOTE: Record.PERSONAL_NOTE,
    Kind.SUMMARY: Record.SUMMARY_FINAL,
    Kind.NETWORK: Record.NETWORK_STATEMENT,
    Kind.POLITICAL_REPORT: Record.POLITICAL_REPORT,
    Kind.AUDIT: Record.AUDIT,
    Kind.RIGHT: Record.RECTIFICATION,
}


def readers_of(record: Record | None) -> tuple[Relation, ...]:
    """Who can read all of it, by the policy; nobody where only the machinery uses it."""
    if record is None:
        return ()
    return tuple(relation for relation, sight in POLICY[record].items() if sight is Sight.FULL)
