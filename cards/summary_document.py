"""The supervision summary as a document that a chief can put in a case file: all its lines, and where each is from.

"leverer data til det løbende tilsyn i ledelseslinjen": it says what it is about, when it was made and by whom, and that
it is an extract and no assessment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Table
from cards.document import Section as Chapter
from cards.language import N_, Translator
from cards.more import rest_words
from cards.not_there import not_registered
from cards.numbered import Numbered
from cards.source import source_words
from cards.supervision import SECTIONS, SIDES, all_themes, by_section
from domain.printed import Line, Side
from domain.supervision import Section

NO_REPORT = N_("It does not replace the statutory supervision report.")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Everything in the document. `more` lines of a section are not printed, `hidden` agreements not the reader's.

    `is_new_only` is one of what is new alone: what is not there is not new. `misfit` says why a theme can have nothing,
    and `coming` that the half-years are only coming.
    `facts` stand above the sections and say what has become of it, `answers` below them what the leaders have said.
    """

    scope: str
    lines: Sequence[Line] = field(repr=False)
    places: Mapping[UUID, str]
    period: str
    made_at: datetime
    made_by: str
    more: Mapping[Section, int] = field(default_factory=dict)
    hidden: int = 0
    facts: Sequence[tuple[str, str]] = ()
    answers: Sequence[Part] = field(default=(), repr=False)
    has_theme: bool = False
    is_new_only: bool = False
    misfit: str = ""
    coming: str = ""
    name: str = ""


def document(_: Translator, made: Paper) -> Document:
    """The sections with their lines numbered, the answers to it, and the list of sources with their dates.

    Those of which there is nothing are named together in the last one.
    """
    lacks_nothing = made.is_new_only or made.coming
    lacking = (
        [] if lacks_nothing else not_registered(_, made.lines, made.places, made.made_at, kept_back=made.hidden > 0)
    )
    lines = [*made.lines, *lacking]
    numbered = Numbered(lines)
    number = {id(line): place for place, line in enumerate(_in_order(lines), start=1)}
    chapters: list[Part] = []
    for part, found in by_section(lines).items():
        inner = _section(_, made, part, found, numbered, number)
        if more := made.more.get(part, 0):
            inner = [*inner, Paragraph(rest_words(_, more))]
        if inner:
            chapters.append(Chapter(f"{len(chapters) + 1}. {_(SECTIONS[part])}", tuple(inner)))
    if not chapters:
        chapters.append(Paragraph(_("Nothing new since then.")))
    title = _("Supervision summary")
    made_words = _("Made on %(day)s by %(who)s", day=_.date(made.made_at), who=made.made_by)
    return Document(
        title=f"{title} {made.name}".strip(),
        lines=(made.scope, made_words),
        parts=(
            Paragraph(" ".join([_("An extract, not an assessment."), _(NO_REPORT)])),
            *([Paragraph(all_themes(_))] if made.has_theme else []),
            *([Paragraph(made.misfit)] if made.misfit else []),
            *([Facts(tuple(made.facts))] if made.facts else []),
            *chapters,
            *([Chapter(_("What the leader says"), tuple(made.answers))] if made.answers else []),
            *sources(_, numbered, made.places, made.period, made.made_at),
        ),
        footer=f"{title} {made.name}".strip() + f" · {made.scope}",
        numbering=_("Page %(page)s of %(pages)s", page=PAGE, pages=PAGES),
        language=_.language,
        made_at=made.made_at,
    )


def file_name(_: Translator, made: Paper) -> str:
    """Tilsynsresumé 2026-3, Elmeskolen, forår 2026"""
    about = ", ".join(made.scope.split(" · "))
    return f"{_('Supervision summary')} {made.name}".strip() + f", {about}"


def only_theirs(_: Translator) -> str:
    """Said where agreements stand among what more people read, and where one of others is kept from the reader."""
    return _("An agreement from a 1:1 is only for the leader it is with and the Children and Youth chief.")


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """As they are read: the data theme by theme, the two sides beside each other."""
    found: list[Line] = []
    for part, inner in by_section(lines).items():
        if part is Section.DATA:
            for _theme, pairs in _themes(inner):
                found += [line for pair in pairs for line in pair if line]
        else:
            found += inner
    return found


def _themes(found: Sequence[Line]) -> list[tuple[str, list[tuple[Line | None, Line | None]]]]:
    themes = dict.fromkeys(line.theme for line in found)
    sides = {
        theme: [[line for line in found if line.theme == theme and line.side is side] for side in Side]
        for theme in themes
    }
    return [(theme, list(zip_longest(sides[theme][0], sides[theme][1]))) for theme in themes]


def _section(
    _: Translator,
    made: Paper,
    part: Section,
    found: Sequence[Line],
    numbered: Numbered,
    number: Mapping[int, int],
) -> list[Part]:
    """What stands below its heading, nothing where there is none of it."""
    if part is Section.DATA:
        return _data(_, found, numbered, number)
    inner: list[Part] = [table(_, found, numbered, number)] if found else []
    if part is Section.AGREEMENTS and (found or made.hidden):
        # Above them, as on the card: whoever hands the document on reads it before the agreements.
        return [Paragraph(only_theirs(_)), *inner]
    if part is Section.GAPS and not made.is_new_only and (made.coming or not found):
        inner.append(Paragraph(made.coming or _("Nothing is missing in the period.")))
    return inner


def table(_: Translator, found: Sequence[Line], numbered: Numbered, number: Mapping[int, int]) -> Table:
    """The lines by their `number`, each with the numbers of its sources."""
    rows = [(f"{number[id(line)]}.", _words(line), numbered.of(line).strip()) for line in found]
    return Table((_("No."), _("Content"), _("Source")), tuple(rows), (8, 76, 16))


def _data(_: Translator, found: Sequence[Line], numbered: Numbered, number: Mapping[int, int]) -> list[Part]:
    """R-39: "In summaries they get the same visual rank; order is by theme, not by kind"."""

    def cell(line: Line | None) -> str:
        return f"{number[id(line)]}. {_words(line)}{numbered.of(line)}" if line else ""

    parts: list[Part] = []
    for theme, pairs in _themes(found):
        nothing = [_("Nothing is registered.") if not any(pair[side] for pair in pairs) else "" for side in (0, 1)]
        rows = [(cell(figures), cell(told)) for figures, told in pairs]
        rows[0] = (rows[0][0] or nothing[0], rows[0][1] or nothing[1])
        parts.append(Chapter(theme, (Table(tuple(_(title) for title in SIDES.values()), tuple(rows), (50, 50)),)))
    return parts


def _words(line: Line) -> str:
    head = " – ".join(filter(None, (line.lead, line.rest)))
    return "\n".join(filter(None, (head, line.quote, line.small)))


def sources(
    _: Translator, numbered: Numbered, places: Mapping[UUID, str], period: str, as_of: datetime
) -> Sequence[Part]:
    """Every source by its number, with its date, below a heading; nothing where there are none."""
    if not numbered.refs:
        return ()
    rows = []
    for place, (ref, line) in enumerate(numbered.refs, start=1):
        *words, day = source_words(_, ref, line, places.get(ref.institution_id, ""), period, as_of)
        rows.append((f"[{place}]", " · ".join(words), day))
    if numbered.unseen:
        rows.append(("", rest_words(_, numbered.unseen), ""))
    listed = Table((_("No."), _("Source"), _("Date")), tuple(rows), (8, 70, 22), is_fine=True)
    return (Chapter(_("Sources"), (listed,)),)
