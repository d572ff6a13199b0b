"""How often a chief and a leader want to meet: "How often is 1:1? Configurable; default every 6–8 weeks, reminder not
rule"."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.identity import new_id

SUGGESTED_AHEAD = timedelta(days=14)
RHYTHMS = (4, 6, 8, 12)


@dataclass(kw_only=True, eq=False)
class Rhythm:
    """How often a chief wants to meet one leader: from it a next 1:1 is suggested, and never planned by itself."""

    chief_id: UUID
    leader_id: UUID
    weeks: int
    set_at: datetime
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    def next_from(self, last: datetime | None) -> datetime:
        """When the next one is due, counted from the last one, or from when the rhythm was set."""
        return (last or self.set_at) + timedelta(weeks=self.weeks)

    def suggested_at(self, last: datetime | None) -> datetime:
        """Two weeks before it is due; at once where that had passed when the rhythm was set."""
        return max(self.next_from(last) - SUGGESTED_AHEAD, self.set_at)

    def set_to(self, weeks: int, now: datetime) -> None:
        if weeks != self.weeks:
            self.weeks, self.set_at = weeks, now
