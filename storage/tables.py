"""Every table there is: import this where all of them must be known, as for migrations."""

from storage import (
    audit,
    board,
    cycle,
    data_package,
    decision,
    dialogue,
    focus_area,
    message,
    network,
    organisation,
    perspective,
    practice,
    preparation,
    prompt,
    reflection,
    secret,
    theme,
)
from storage.types import metadata

__all__ = [
    "audit",
    "board",
    "cycle",
    "data_package",
    "decision",
    "dialogue",
    "focus_area",
    "message",
    "metadata",
    "network",
    "organisation",
    "perspective",
    "practice",
    "preparation",
    "prompt",
    "reflection",
    "secret",
    "theme",
]
