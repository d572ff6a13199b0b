"""Every table there is: import this where all of them must be known, as for migrations."""

from storage import (
    cycle,
    data_package,
    decision,
    dialogue,
    focus_area,
    message,
    network,
    organisation,
    perspective,
    preparation,
    prompt,
    reflection,
    theme,
)
from storage.types import metadata

__all__ = [
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
    "preparation",
    "prompt",
    "reflection",
    "theme",
]
