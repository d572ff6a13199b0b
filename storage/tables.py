"""Every table there is: import this where all of them must be known, as for migrations."""

from storage import (
    agenda,
    agreement,
    cycle,
    data_package,
    decision,
    dialogue,
    focus_area,
    message,
    note,
    one_on_one,
    organisation,
    personal_note,
    perspective,
    preparation,
    prompt,
    reflection,
    theme,
)
from storage.types import metadata

__all__ = [
    "agenda",
    "agreement",
    "cycle",
    "data_package",
    "decision",
    "dialogue",
    "focus_area",
    "message",
    "metadata",
    "note",
    "one_on_one",
    "organisation",
    "personal_note",
    "perspective",
    "preparation",
    "prompt",
    "reflection",
    "theme",
]
