"""A political report as one person sees it: what it is called, how far it is, who reads it, and what can be pressed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import form
from cards.evidence import span
from cards.form import Data, carried
from cards.kit import Action, open_url
from cards.language import Translator
from cards.parts import State
from domain.cycle import Cycle, PoliticalRound, Theme
from domain.political_report import Content, PoliticalReport

OPEN = "political_report.open"
BOTH = "political_report.both"
CHOOSE = "political_report.choose"
THEME = "political_report.theme"
SOURCES = "political_report.sources"
FILES = "political_report.files"
KEEP = "political_report.keep"
RENEW = "political_report.renew"
PREVIEW = "political_report.preview"
FINISH = "political_report.finish"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A report as one person sees it: kept, or drawn of today's figures where `report` is None.

    `round` is the one that looks back on the cycle, None before it has begun; `word` and `pdf` are the links to its
    files, None where there are none.
    """

    content: Content
    round: PoliticalRound | None = None
    report: PoliticalReport | None = None
    can_draft: bool = False
    can_finish: bool = False
    word: str | None = None
    pdf: str | None = None

    @property
    def cycle(self) -> Cycle:
        return self.content.evidence.cycle

    @property
    def is_final(self) -> bool:
        return self.report is not None and self.report.is_final


@dataclass(frozen=True, kw_only=True)
class AboutTheme:
    """One theme of the report on a cycle, or no theme where it is about the age range."""

    cycle_id: UUID
    theme_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "AboutTheme":
        return cls(cycle_id=form.subject_id(data, "c"), theme_id=form.optional_id(data, "id"))


@dataclass(frozen=True, kw_only=True)
class Keep:
    """A draft to be kept of the report on a cycle, with the number that it will have, so that two presses keep one."""

    cycle_id: UUID
    number: int

    @classmethod
    def read(cls, data: Data) -> "Keep":
        return cls(cycle_id=form.subject_id(data), number=form.number(data, "n"))


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The report on a cycle as it was `seen`, told by when it was drawn."""

    cycle_id: UUID
    seen: datetime | None

    @classmethod
    def read(cls, data: Data) -> "Seen":
        try:
            seen = datetime.fromisoformat(form.text(data, "seen"))
        except ValueError:
            seen = None
        return cls(cycle_id=form.subject_id(data), seen=seen if seen and seen.tzinfo else None)


def title(_: Translator, sheet: Sheet) -> str:
    return _("Political report") if sheet.is_final else _("Political report (draft)")


def subtitle(_: Translator, sheet: Sheet) -> str:
    """2026 · 0–6 år · efterår 2024 – forår 2026"""
    year = str(sheet.round.year) if sheet.round else ""
    number = sheet.report.number if sheet.report else 1
    version = _("version %(number)s", number=number) if number > 1 else ""
    cycle = sheet.cycle
    return " · ".join(filter(None, (year, _.age_range(cycle.age_range), span(_, cycle), version)))


def state_of(_: Translator, sheet: Sheet) -> State:
    if sheet.report is None:
        return State(_("not saved"), "neutral", "Document")
    return State(_("final version"), "good") if sheet.is_final else State(_("saved draft"), "accent", "Document")


def seen_by_of(_: Translator, sheet: Sheet) -> str:
    if sheet.is_final:
        return _("everybody who uses the bot. No names")
    return _("chiefs, the administration and the leader networks, until it is final. No names")


def seen(sheet: Sheet) -> dict[str, str | int]:
    return carried(sheet.cycle.id, seen=sheet.content.drawn_at.isoformat())


def decision_of(_: Translator, theme: Theme) -> Action | None:
    return open_url(_("Read the decision"), theme.decision_url) if theme.decision_url else None
