"""Every table there is: import this where all of them must be known, as for migrations."""

from storage import (
    acknowledgement,
    cycle,
    data_package,
    decision,
    dialogue,
    feedback,
    focus_area,
    guide,
    message,
    observation,
    organisation,
    perspective,
    preparation,
    prompt,
    reflection,
    theme,
    visit,
)
from storage.types import metadata

__all__ = [
    "acknowledgement",
    "cycle",
    "data_package",
    "decision",
    "dialogue",
    "feedback",
    "focus_area",
    "guide",
    "message",
    "metadata",
    "observation",
    "organisation",
    "perspective",
    "preparation",
    "prompt",
    "reflection",
    "theme",
    "visit",
]
