"""The observation guide: "en fælles forståelse af, hvad et læringsmiljø er, og hvad observationerne har fokus på".

R-47: the guide has editions. One that is published never changes, so that a visit keeps the one it was agreed on.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.errors import Expired, Problem, Problems
from domain.identity import new_id
from domain.text import LONG, problem_in

MOST_LINES = 8
LONGEST_LINE = 120


@dataclass(frozen=True, kw_only=True)
class GuideText:
    """What a guide says, in both languages: a definition, the focus points and the ground rules, a line each."""

    definition: str = ""
    points: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    definition_en: str = ""
    points_en: tuple[str, ...] = ()
    rules_en: tuple[str, ...] = ()

    def problems(self) -> dict[str, Problem]:
        found: dict[str, Problem] = {}
        for name in ("definition", "definition_en"):
            if wrong := problem_in(getattr(self, name), LONG):
                found[name] = wrong
        for name in ("points", "rules", "points_en", "rules_en"):
            lines = getattr(self, name)
            if len(lines) > MOST_LINES:
                found[name] = Problem("too_many_lines", {"most": MOST_LINES})
            for line in lines:
                if wrong := problem_in(line, LONGEST_LINE):
                    found[name] = wrong
        return found

    def missing(self) -> dict[str, Problem]:
        """Both languages say the same number of things, since a chosen focus point is shown in either."""
        found = {
            name: Problem(code)
            for names, code in (
                (("definition", "definition_en"), "no_definition"),
                (("points", "points_en"), "no_points"),
                (("rules", "rules_en"), "no_rules"),
            )
            for name in names
            if not getattr(self, name)
        }
        if "points_en" not in found and len(self.points) != len(self.points_en):
            found["points_en"] = Problem("lines_differ", {"number": len(self.points)})
        return found


@dataclass(kw_only=True, eq=False)
class ObservationGuide:
    """One edition of the guide; a draft of the administration until `published_at`, and `edition` counts from then.

    `published_by` is None for the one that came with the bot.
    """

    text: GuideText = field(default_factory=GuideText)
    edition: int | None = None
    written_by: UUID | None = None
    written_at: datetime | None = None
    published_at: datetime | None = None
    published_by: UUID | None = None
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def write(self, text: GuideText, *, by: UUID, now: datetime) -> None:
        """Takes the text as it stands, complete or not; raises `Expired` once it is published."""
        if self.is_published:
            raise Expired("guide_published")
        if found := text.problems():
            raise Problems(found)
        self.text, self.written_by, self.written_at = text, by, now

    def publish(self, edition: int, *, by: UUID, now: datetime) -> None:
        """Makes it the one that invitations show from now on; raises `Problems` with everything that is missing."""
        if self.is_published:
            raise Expired("guide_published")
        if found := self.text.missing():
            raise Problems(found)
        self.edition, self.published_by, self.published_at = edition, by, now
