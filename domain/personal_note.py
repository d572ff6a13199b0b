"""A person's own preparation for a 1:1: off unless they choose it, theirs alone, and deleted 30 days after it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.errors import Problems
from domain.identity import new_id
from domain.text import LONG, clean, problem_in

KEPT_FOR = timedelta(days=30)


@dataclass(kw_only=True, eq=False)
class PersonalNote:
    """`Mit forberedelsesnotat – kun dig. Slettes 30 dage efter mødet. Kan være omfattet af retten til indsigt.`"""

    one_on_one_id: UUID
    author_id: UUID
    text: str = field(default="", repr=False)
    written_at: datetime
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    def write(self, text: str, now: datetime) -> None:
        """Takes the text as it stands; raises `Problems` at `text`."""
        text = clean(text)
        if found := problem_in(text, LONG):
            raise Problems({"text": found})
        self.text, self.written_at = text, now
