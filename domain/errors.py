"""Failures that a person is meant to see.

They carry a code and values, never a sentence: the sentence, in the person's own language, belongs to the cards.
Everything else that goes wrong is a fault of ours and is logged with a reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: `code` names the sentence, `values` fill it in."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """A polite no: `code` names the sentence the person gets, `values` fill it in."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Problems(Refusal):
    """A form that cannot be taken as it is: `fields` maps a field's id to its `Problem`.

    Nothing of the form is stored when it is raised; the card comes back with everything that was typed.
    """

    def __init__(self, fields: Mapping[str, Problem]) -> None:
        super().__init__("problems")
        self.fields = dict(fields)


class NotAllowed(Refusal):
    """The person may not see or do this, or it does not exist: both get the same answer."""

    def __init__(self) -> None:
        super().__init__("not_allowed")


class Expired(Refusal):
    """The matter has moved on since the card was sent: `code` says how (cancelled, closed, handed_back)."""


class ReflectionMissing(Expired):
    """The gate: nothing can be decided before the shared reflection of the dialogue is saved."""

    def __init__(self) -> None:
        super().__init__("reflection_missing")
