"""What one municipality has decided for itself: its time zone, quiet times, and the facts it owes everyone."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from domain.evidence import FEWEST_INSTITUTIONS
from domain.quiet import QuietTimes


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a person must be told about their data (GDPR article 13), in the municipality's own words."""

    controller: str
    purpose: str
    basis: str
    recipients: str
    storage: str
    contact: str
    protection_officer: str


@dataclass(frozen=True, kw_only=True)
class Filing:
    """How records are handed over to the journal: under which `case`, with {institution}, {area} and {year} in it."""

    case: str = ""
    confidentiality: str = ""


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """`figures_url` leads to the management information system, empty where there is none to link to.

    `public_url` is the bot's own address as people's browsers reach it, empty where it has none.
    `fewest_institutions` is how many must be behind a number before it is shown in an aggregate (I29).
    `journal` says that final summaries and decisions are handed over to the journal, and how; None where they are not.
    """

    facts: Facts
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Copenhagen"))
    quiet: QuietTimes = field(default_factory=QuietTimes.none)
    figures_url: str = ""
    public_url: str = ""
    fewest_institutions: int = FEWEST_INSTITUTIONS
    journal: Filing | None = None
