"""The supervision summary as a card: seven sections, every line with the number of its source, and the sources.

"leverer data til det løbende tilsyn i ledelseslinjen": an extract of what is registered, and no assessment. It stands
as it is asked for; nothing of it is kept before somebody saves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from cards import overview
from cards.answer import misfit, more_words
from cards.fitting import Room, drawn_below, fitted
from cards.focus_area_status import words_drawn
from cards.form import Data, carried, subject_id
from cards.kit import Action, Card, buttons, card, open_url, press
from cards.language import Translator
from cards.layout import Element, flow
from cards.not_there import not_there
from cards.numbered import Listed, Numbered, rests_on, row, see_sources
from cards.parts import hint, section, text
from cards.scope import bounds_in, carry, scope_words
from cards.supervision import SECTIONS, SIDES, all_themes, by_section, lines_of, not_begun
from cards.supervision_data import MOST_FIGURES, figures_drawn, title_of
from domain.printed import Line
from domain.scope import Bounds
from domain.supervision import Section, Summary, ThemeData

NAME = "summary"
OPEN = "summary.open"
NEW = "summary.new"
NARROW = "summary.narrow"
SAVE = "saved_summary.begin"
SAVED = "saved_summary.list"
OWN = "summary.own"
FILES, WORD, PDF = "summary.files", "summary.word", "summary.pdf"


@dataclass(frozen=True)
class Own:
    """A press that says which of several one leads is meant, and what else was asked of it."""

    id: UUID
    bounds: Bounds

    @classmethod
    def read(cls, data: Data) -> "Own":
        return cls(subject_id(data), bounds_in(data))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A summary on its way to a card. `is_own` is a leader who sees what the chief sees of their institution, and
    `why_all` says to whoever asks what is new why they get all of it."""

    summary: Summary
    bounds: Bounds
    as_of: datetime
    is_own: bool = False
    why_all: str = ""
    can_save: bool = False
    word: str | None = None
    pdf: str | None = None

    def listed(self, _: Translator) -> Listed:
        about = {**carried(), **carry(self.bounds)}
        lines = lines_of(_, self.summary)
        return Listed(
            name=NAME,
            scope=self.summary.scope,
            bounds=self.bounds,
            lines=[*lines, *not_there(_, self.summary.scope, lines, self.as_of)],
            as_of=self.as_of,
            keeping=[
                *([_saving(_, self)] if self.can_save else []),
                press(_("Word and PDF"), FILES, about, inputs="none"),
            ],
        )


def show(_: Translator, sheet: Sheet) -> Card:
    """The seven sections in their order; those of which there is nothing are named together in the last of them.

    Of much, what a card has room for; the numbers of the sources are those of the whole.
    """
    with_figures = cache(lambda most: lines_of(_, sheet.summary, most_figures=most))
    lines, scope = with_figures(MOST_FIGURES), sheet.summary.scope
    lacking = not_there(_, scope, lines, sheet.as_of)
    numbered = Numbered([*lines, *lacking])

    def lines_in(room: Room) -> Sequence[Line]:
        return with_figures(min(MOST_FIGURES, room.lines))

    made = fitted(
        lambda room: _drawn(_, sheet, lines_in(room), lacking, numbered, room),
        lambda room: [
            line for part, found in by_section(lines_in(room)).items() for line in _first_of(part, found, room)[0]
        ],
    )
    counts = [row(line, numbered) for line in by_section(lines)[Section.FOCUS_AREAS] if line.is_count]
    if counts:
        made = drawn_below(made, counts[0], words_drawn(_, sheet.summary.focus_areas))
    for data in sheet.summary.data:
        made = _with_figures_drawn(_, made, data, sheet.summary)
    return made


def _with_figures_drawn(_: Translator, made: Card, data: ThemeData, summary: Summary) -> Card:
    """The card with a chart of the theme's figures below what is known of it, where there is one and room for it."""
    title = _theme(title_of(_, data))
    if title not in made["body"]:
        return made
    known = made["body"][made["body"].index(title) + 1]
    return drawn_below(made, known, figures_drawn(_, data, summary.rows))


def _theme(title: str) -> Element:
    return text(title, strong=True, spacing="Small")


def _drawn(
    _: Translator, sheet: Sheet, lines: Sequence[Line], lacking: Sequence[Line], numbered: Numbered, room: Room
) -> Card:
    summary, scope = sheet.summary, sheet.summary.scope
    body: list[Element | None] = []
    if sheet.why_all:
        body.append(text(sheet.why_all, spacing="Medium"))
    if words := misfit(_, scope):
        body.append(hint(words, spacing="Medium"))
    for part, found in by_section(lines).items():
        if not found and (scope.since or part is not Section.GAPS):
            continue
        shown, left_out = _first_of(part, found, room)
        cut = [line if line.is_count and part is not Section.DATA else room.line(line) for line in shown]
        rows = section_rows(_, part, cut, numbered, lacking, coming=not_begun(_, scope))
        body += [section(_(SECTIONS[part])), *rows, _more(_, summary.more.get(part, 0), left_out, part)]
    if scope.since and not lines:
        body.append(text(_("Nothing new since then."), spacing="Medium"))
    return card(
        _,
        _("What your chief can see") if sheet.is_own else _("Supervision summary"),
        subtitle=scope_words(_, scope),
        seen_by=_("only you"),
        body=[
            *body,
            footer(_, numbered, sheet.as_of, has_theme=scope.theme is not None),
            _own(_) if sheet.is_own else None,
            _keeping(_, sheet),
        ],
        actions=_actions(_, sheet, numbered),
        summary=_("Supervision summary"),
        wide=not scope.is_one_place,
    )


def _actions(_: Translator, sheet: Sheet, numbered: Numbered) -> list[Action | None]:
    bounds = carry(sheet.bounds)
    return [
        see_sources(_, NAME, sheet.bounds) if numbered.refs else None,
        press(_("Narrow down"), NARROW, {**carried(), **bounds}) if not sheet.is_own else None,
        press(_("The whole period"), OPEN, {**carried(), **carry(replace(sheet.bounds, since=None))})
        if sheet.bounds.since
        else press(_("Only what is new"), NEW, {**carried(), **bounds}),
    ]


def _keeping(_: Translator, sheet: Sheet) -> Element | None:
    """What it can become, in the card, where a phone shows it beside the three that it has room for below."""
    ways = [
        _saving(_, sheet) if sheet.can_save else None,
        open_url(_("Get as Word"), sheet.word) if sheet.word else None,
        open_url(_("Get as PDF"), sheet.pdf) if sheet.pdf else None,
    ]
    found = [each for each in ways if each]
    return buttons(*found, spacing="Medium") if found else None


def _saving(_: Translator, sheet: Sheet) -> Action:
    return press(_("Save as summary"), SAVE, {**carried(), **carry(sheet.bounds)}, inputs="none")


def section_rows(
    _: Translator,
    part: Section,
    found: Sequence[Line],
    numbered: Numbered,
    lacking: Sequence[Line],
    *,
    coming: str = "",
) -> list[Element]:
    """What stands below the heading of a section. `lacking` is what there is nothing of, said in the last one; `coming`
    says why nothing can be lacking."""
    if part is Section.DATA:
        return _data(_, found, numbered)
    rows = [row(line, numbered) for line in found]
    if part is Section.GAPS:
        rows += [row(line, numbered) for line in lacking]
        if coming or not rows:
            rows.append(text(coming or _("Nothing is missing in the period."), subtle=True, spacing="Small"))
    return rows


def _data(_: Translator, found: Sequence[Line], numbered: Numbered) -> list[Element]:
    """R-39: "In summaries they get the same visual rank; order is by theme, not by kind"."""
    parts: list[Element] = []
    for theme in dict.fromkeys(line.theme for line in found):
        tiles = []
        for side, title in SIDES.items():
            rows = [row(line, numbered) for line in found if line.theme == theme and line.side is side]
            if not rows:
                continue
            head = text(_(title), small=True, subtle=True)
            tile = {"type": "Container", "style": "emphasis", "roundedCorners": True, "items": [head, *rows]}
            tiles.append(tile)
        parts += [_theme(theme), flow(*tiles, at_least=220, spacing="Small")]
    return parts


def _first_of(part: Section, found: Sequence[Line], room: Room) -> tuple[Sequence[Line], int]:
    """The lines of a section that there is room for, and how many are not among them; of the data, how many themes.

    What counts the whole section stays in it.
    """
    if part is Section.DATA:
        themes = list(dict.fromkeys(line.theme for line in found))
        kept = set(themes[: room.lines])
        return [line for line in found if line.theme in kept], len(themes) - len(kept)
    counts = [line for line in found if line.is_count]
    facts = [line for line in found if not line.is_count]
    shown = facts[: room.lines]
    return [*counts, *shown], len(facts) - len(shown)


def _more(_: Translator, more: int, left_out: int, part: Section) -> Element | None:
    number = more + left_out
    if not number:
        return None
    if part is Section.DATA:
        words = _.ngettext(
            "and %(n)s more theme – narrow down to see it", "and %(n)s more themes – narrow down to see them", number
        )
    else:
        words = more_words(_, number)
    return text(words, small=True, subtle=True, spacing="Small")


def footer(_: Translator, numbered: Numbered, as_of: datetime, *, has_theme: bool) -> Element:
    """Bygger på 14 kilder, senest 12. april 2026. Uddrag – ingen vurdering."""
    said = (
        all_themes(_) if has_theme else "",
        rests_on(_, numbered, as_of),
        _("An extract, not an assessment."),
        _("It does not replace the statutory supervision report."),
    )
    return hint(" ".join(filter(None, said)), spacing="Large")


def _own(_: Translator) -> Element:
    return hint(
        _(
            "This is what your chief gets when they ask for your institution. Drafts, notes of 1:1s and feedback that "
            "you have not acknowledged are not in it."
        ),
        sign="LockClosed",
        spacing="Small",
    )


def of_administration(_: Translator) -> Card:
    """For the administration, which reads final ones: a summary that is asked for has nobody's remark yet."""
    return card(
        _,
        _("Supervision summary"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "A supervision summary is between the chief and the leader until the leader has had it for a "
                    "remark. When it is final, you can read it for the institutions that you take part in."
                ),
                spacing="Medium",
            )
        ],
        actions=[press(_("The final ones"), SAVED, carried(), primary=True)],
    )


def nobodys(_: Translator) -> Card:
    """For whoever leads no institution."""
    return card(
        _,
        _("What your chief can see"),
        seen_by=_("only you"),
        body=[text(_("This is for leaders: it shows what the chief sees of one's own institution."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried(), primary=True)],
    )
