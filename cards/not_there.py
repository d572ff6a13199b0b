"""What a supervision summary has nothing of: told in lines, each with what it rests on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from cards.language import N_, Translator
from cards.supervision import SECTIONS, SIDES, by_section, in_small
from cards.supervision_data import no_theme
from domain.facts import SourceKind, SourceRef
from domain.printed import Line
from domain.scope import Scope
from domain.supervision import Section

LACKING = {**SECTIONS, Section.DATA: N_("Data")}


def not_registered(
    _: Translator, lines: Sequence[Line], places: Iterable[UUID], at: datetime, *, kept_back: bool = False
) -> list[Line]:
    """What there is nothing of, each said once: the sections together, and the themes of which one side is lacking.

    I25 holds of what is not there as well: of a section it rests on all that the `places` have registered, and of one
    side on what there is on the other. Empty where a summary is whole. `kept_back` are agreements that are there and
    not the reader's to see.
    """
    found = by_section(lines)
    empty = [
        in_small(_(LACKING[part]))
        for part, inner in found.items()
        if not inner and part is not Section.GAPS and not (kept_back and part is Section.AGREEMENTS)
    ]
    told = []
    if empty:
        registered = tuple(SourceRef(kind=SourceKind.PLACE, id=each, institution_id=each, at=at) for each in places)
        told.append(_lacking(_("Nothing is registered of: %(what)s.", what=" · ".join(empty)), registered))
    themes = dict.fromkeys(line.theme for line in found[Section.DATA] if line.theme != no_theme(_))
    for side, title in SIDES.items():
        there = {line.theme for line in found[Section.DATA] if line.side is side}
        if lacking := [theme for theme in themes if theme not in there]:
            words = _("%(side)s: nothing registered on %(themes)s.", side=_(title), themes=_.join(lacking))
            refs = [ref for line in found[Section.DATA] if line.theme in lacking for ref in line.sources]
            told.append(_lacking(words, tuple(dict.fromkeys(refs))))
    return told


def not_there(_: Translator, scope: Scope, lines: Sequence[Line], at: datetime) -> list[Line]:
    """The same of a summary as it is asked for; what is not new is not lacking, nor what is only to come."""
    if scope.since or not scope.has_begun:
        return []
    return not_registered(_, lines, [where.id for where in scope.institutions], at)


def _lacking(words: str, refs: tuple[SourceRef, ...]) -> Line:
    return Line(section=Section.GAPS, rest=words, is_count=True, sources=refs)
