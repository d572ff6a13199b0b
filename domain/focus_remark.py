"""What the chief remarks on an institution's focus area, beside what its leaders have chosen and worded."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import Problem, Problems
from domain.focus_area import FocusArea
from domain.identity import new_id
from domain.text import LONG, problem_in


@dataclass(kw_only=True, eq=False)
class FocusRemark:
    """R-13: "The institution chooses and words its focus areas; the chief can comment, never edit".

    It is signed with author and time, and stays: whoever sees it otherwise later adds another.
    """

    focus_area_id: UUID
    author_id: UUID
    written_at: datetime
    text: str = field(repr=False)
    id: UUID = field(default_factory=new_id)

    @classmethod
    def on(cls, about: FocusArea, text: str, *, by: UUID, now: datetime) -> "FocusRemark":
        """A new one; it changes nothing in the focus area, which may have ended. Raises `Problems` at the field."""
        if found := Problem("empty") if not text else problem_in(text, LONG):
            raise Problems({"remark": found})
        return cls(focus_area_id=about.id, author_id=by, written_at=now, text=text)
