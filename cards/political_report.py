"""C20, *Politisk afrapportering*: counts per theme, patterns, the networks' statements, and how many are behind a line.

It is an aggregate of one age range for those who make it, and for everybody once it is final. No card of it has a name
of a person or an institution, and none has anything that one institution wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import aggregate, evidence, form, overview
from cards.evidence import closing, given, local, range_tile, span
from cards.fitting import Room, fitted
from cards.form import Data, carried
from cards.kit import Action, Card, again, card, open_url, press
from cards.language import Translator
from cards.layout import Element, capital, flow, group
from cards.parts import State, facts, hint, note, section, text
from cards.political_lines import boards, is_vague, practice, practice_is_vague
from cards.which import which
from cards.words import theme_title
from domain.cycle import Cycle, PoliticalRound, Theme
from domain.evidence import ThemeEvidence
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

MOST_BUTTONS = 6


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


def show(
    _: Translator,
    sheet: Sheet,
    *,
    is_new: bool = False,
    has_changed: bool = False,
    is_wider: bool = False,
    without: Theme | None = None,
) -> Card:
    """The whole report in short, with the ways to its themes, its sources and its files.

    `is_new` is said once it is kept or final, `has_changed` when somebody has done something with it meanwhile, and
    `is_wider` where it was asked about a part of the municipality; `without` is a theme that was asked about and is
    none of the period's.
    """
    asked = [_is_wider(_)] if is_wider else []
    if without is not None:
        asked.append(_is_without(_, without))
    return fitted(lambda room: _shown(_, sheet, room, asked, is_new=is_new, has_changed=has_changed))


def _is_wider(_: Translator) -> Element:
    return note(
        _("The report is about all institutions of the age range. It is not divided by area or institution."),
        sign="Info",
    )


def _is_without(_: Translator, theme: Theme) -> Element:
    return note(
        _("“%(theme)s” is none of the themes of this period. Here is the whole report.", theme=theme_title(_, theme)),
        sign="Info",
    )


def _shown(
    _: Translator, sheet: Sheet, room: Room, asked: Sequence[Element], *, is_new: bool, has_changed: bool
) -> Card:
    content, about = sheet.content, sheet.content.evidence
    return card(
        _,
        title(_, sheet),
        subtitle=capital(subtitle(_, sheet)),
        state=state_of(_, sheet),
        seen_by=seen_by_of(_, sheet),
        body=[
            note(_("Somebody has changed the report in the meantime. This is how it is now."), sign="People")
            if has_changed
            else None,
            *asked,
            note(_how_it_is(_, sheet), sign="Info") if is_new or sheet.report is None else None,
            facts(_head(_, sheet), spacing="Medium"),
            section(_("Themes")),
            *_themes(_, content),
            section(_("Who has been heard")),
            facts(aggregate.heard(_, about.heard, about.fewest), spacing="Small"),
            section(_("What they recommend")),
            facts(aggregate.answered(_, about), spacing="Small"),
            section(_("Learning dialogues")),
            facts(aggregate.dialogues(_, about), spacing="Small"),
            section(_("The boards")),
            facts([(line.name, line.value) for line in boards(_, content)], spacing="Small"),
            section(_("Local development")),
            *local(_, about),
            *_networks(_, sheet, room),
            *closing(_, about, is_vague(content), is_final=sheet.is_final),
        ],
        actions=_actions(_, sheet),
        refresh=again(OPEN, carried(sheet.cycle.id)),
        summary=title(_, sheet),
    )


def show_theme(_: Translator, sheet: Sheet, about: ThemeEvidence) -> Card:
    """One theme: figures and what is told with equal rank, and each network's statement beside them (R-25)."""
    return fitted(lambda room: _shown_theme(_, sheet, about, room))


def _shown_theme(_: Translator, sheet: Sheet, about: ThemeEvidence, room: Room) -> Card:
    content, theme = sheet.content, about.theme
    hides = aggregate.is_vague(content.evidence, about) or practice_is_vague(content, theme.id)
    return card(
        _,
        title(_, sheet),
        subtitle=f"{theme_title(_, theme)} · {subtitle(_, sheet)}",
        state=state_of(_, sheet),
        seen_by=seen_by_of(_, sheet),
        body=[
            aggregate.sides(_, content.evidence, about),
            facts([(_("Practice shared about it"), practice(_, content, theme.id))], spacing="Medium"),
            *(
                given(_, content.statements, theme, room)
                or [section(_("What the leader networks say")), *_nothing_said(_)]
            ),
            *closing(_, content.evidence, hides, is_final=sheet.is_final),
        ],
        actions=[
            press(_("See the sources"), SOURCES, carried(theme.id, c=str(sheet.cycle.id)), primary=True),
            press(_("The whole report"), OPEN, carried(sheet.cycle.id)),
            decision_of(_, theme),
        ],
        summary=title(_, sheet),
    )


def choose(_: Translator, sheet: Sheet) -> Card:
    rows = [
        (each.theme.id, theme_title(_, each.theme), f"{theme_title(_, each.theme)}: {_told_of(_, sheet.content, each)}")
        for each in sheet.content.evidence.themes
    ]
    return which(_, _("Which theme?"), _("Theme"), rows, THEME, c=str(sheet.cycle.id))


def both(_: Translator, found: Sequence[Sheet]) -> Card:
    """R-21: the reports of both age ranges side by side; no number is added up across them."""
    is_final = all(each.is_final for each in found)
    return card(
        _,
        _("Political report") if is_final else _("Political report (draft)"),
        subtitle=_("Ages 0–18"),
        seen_by=seen_by_of(_, found[0] if is_final else next(each for each in found if not each.is_final)),
        body=[
            flow(*[range_tile(_, each.content.evidence) for each in found], at_least=240),
            hint(evidence.rule(_, *(each.content.evidence for each in found), is_final=is_final), spacing="Medium"),
        ],
        actions=[
            *[
                press(_(evidence.RANGES[each.cycle.age_range]), OPEN, carried(each.cycle.id), primary=number == 0)
                for number, each in enumerate(found)
            ],
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def none_yet(_: Translator) -> Card:
    return _nothing(
        _,
        _("No political report yet"),
        _("It begins with the first two-year period, whose half-years come with the list of themes."),
    )


def not_final(_: Translator) -> Card:
    """For those who read it when it is final."""
    return _nothing(
        _,
        _("No final political report yet"),
        _("The chiefs and the administration make it. You can read it here as soon as it is final."),
    )


def title(_: Translator, sheet: Sheet) -> str:
    return _("Political report") if sheet.is_final else _("Political report (draft)")


def subtitle(_: Translator, sheet: Sheet) -> str:
    """2026 · 0–6 år · efterår 2024 – forår 2026"""
    year = str(sheet.round.year) if sheet.round else ""
    number = sheet.report.number if sheet.report else 1
    version = _("version %(number)s", number=number) if number > 1 else ""
    cycle = sheet.cycle
    return " · ".join(filter(None, (year, _.age_range(cycle.age_range), span(_, cycle), version)))


def _nothing(_: Translator, heading: str, words: str) -> Card:
    return card(
        _,
        heading,
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried(), primary=True)],
    )


def state_of(_: Translator, sheet: Sheet) -> State:
    if sheet.report is None:
        return State(_("not saved"), "neutral", "Document")
    return State(_("final version"), "good") if sheet.is_final else State(_("saved draft"), "accent", "Document")


def seen_by_of(_: Translator, sheet: Sheet) -> str:
    if sheet.is_final:
        return _("everybody who uses the bot. No names")
    return _("chiefs, the administration and the leader networks, until it is final. No names")


def _how_it_is(_: Translator, sheet: Sheet) -> str:
    if sheet.is_final:
        return _("The report is final. Everybody who uses the bot can read it.")
    if sheet.report:
        return _("The draft is saved with today's figures. They stay until somebody gets new ones.")
    if sheet.round is None:
        return _("These are today's figures. The draft can be saved when the political round has begun.")
    return _("These are today's figures. Nothing is saved yet.")


def _head(_: Translator, sheet: Sheet) -> list[tuple[str, str]]:
    rows = [
        (_("Institutions of the age range"), _.number(sheet.content.evidence.institutions)),
        (_("Figures taken"), _.date(sheet.content.drawn_at)),
    ]
    if sheet.report and sheet.report.final_at:
        rows.append((_("Made final"), _.date(sheet.report.final_at)))
    if sheet.round and sheet.round.discussed_on:
        rows.append((_("Discussed on"), _.date(sheet.round.discussed_on)))
    return rows


def _themes(_: Translator, content: Content) -> list[Element]:
    if not content.evidence.themes:
        return [text(_("No themes have been sent out in this period."), subtle=True, spacing="Small")]
    return [
        group(
            text(theme_title(_, each.theme), strong=True),
            text(_told_of(_, content, each), small=True, subtle=True, spacing="None"),
            spacing="Small",
        )
        for each in content.evidence.themes
    ]


def _told_of(_: Translator, content: Content, each: ThemeEvidence) -> str:
    return evidence.close_to_it(_, each, content.evidence)


def _networks(_: Translator, sheet: Sheet, room: Room) -> list[Element]:
    statements = sheet.content.statements
    return given(_, statements, None, room) or [section(_("What the leader networks say")), *_nothing_said(_)]


def _nothing_said(_: Translator) -> list[Element]:
    return [text(_("No leader network has given a statement yet."), subtle=True, spacing="Small")]


def _actions(_: Translator, sheet: Sheet) -> list[Action | None]:
    about = carried(sheet.cycle.id)
    is_draft = sheet.report is not None and not sheet.is_final
    keeps = sheet.report is None and sheet.can_draft and sheet.round is not None
    finishes = is_draft and sheet.can_finish
    themes = bool(sheet.content.evidence.themes)
    plain = not keeps and not finishes
    ways: list[Action | None] = [
        press(_("Save the draft"), KEEP, {**about, "n": 1}, primary=True) if keeps else None,
        press(_("Make it final"), PREVIEW, about, primary=True) if finishes else None,
        press(_("Choose a theme"), CHOOSE, about, primary=plain) if themes else None,
        press(_("See the sources"), SOURCES, carried(c=str(sheet.cycle.id)), primary=plain and not themes),
        press(_("Word and PDF"), FILES, about),
        press(_("Use today's figures"), RENEW, seen(sheet)) if is_draft and sheet.can_draft else None,
        press(_("New version"), KEEP, {**about, "n": sheet.report.number + 1})
        if sheet.report and sheet.is_final and sheet.can_finish
        else None,
        press(_("Ages 0–18"), BOTH, carried()),
    ]
    home = press(_("My overview"), overview.OPEN, carried())
    # A card has six buttons at most.
    return [*ways, home if len([each for each in ways if each]) < MOST_BUTTONS else None]


def seen(sheet: Sheet) -> dict[str, str | int]:
    return carried(sheet.cycle.id, seen=sheet.content.drawn_at.isoformat())


def decision_of(_: Translator, theme: Theme) -> Action | None:
    return open_url(_("Read the decision"), theme.decision_url) if theme.decision_url else None
