"""An answer to a question of a leader or a chief: parts with numbered lines, read back as it was understood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cards import evidence
from cards.fitting import Room, fitted
from cards.form import carried
from cards.kit import Action, Card, buttons, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.numbered import Listed, Numbered, rests_on, row, see_sources
from cards.parts import hint, section, text
from cards.scope import carry, scope_words
from cards.supervision import to_come
from cards.words import GROUPS, theme_title
from domain.indicator import Indicator
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus

INDICATORS = {
    Indicator.ABSENCE: N_("absence"),
    Indicator.SICK_LEAVE: N_("sick leave"),
    Indicator.ATTENDANCE: N_("attendance"),
    Indicator.WELL_BEING: N_("well-being"),
    Indicator.STAFFING: N_("staffing"),
    Indicator.TRAINED_STAFF: N_("trained staff"),
    Indicator.LANGUAGE_SUPPORT: N_("language support"),
    Indicator.SCHOOL_MOVES: N_("school moves"),
}
STATUSES = {
    AskedStatus.NEEDS_ATTENTION: N_("only what needs attention"),
    AskedStatus.OPEN: N_("only what is open"),
    AskedStatus.OVERDUE: N_("only what is past its date"),
    AskedStatus.NOT_PREPARED: N_("only what is not prepared"),
    AskedStatus.NONE: N_("only where there is nothing"),
    AskedStatus.AWAITING_ACKNOWLEDGEMENT: N_("only what awaits acknowledgement"),
    AskedStatus.MEASURE: N_("only the measures"),
    AskedStatus.UNANSWERED: N_("only recommendations without an answer"),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section: `more` is how many lines are not shown, `nothing` what is said where there are none.

    `lead` is a line in bold below the heading, such as how many there are or what a theme is called, since a heading
    is of our own words. Above the lines stand those that are `counted`, of what the lines tell one by one, and what is
    drawn: a chart, or a choice.
    """

    title: str = ""
    lead: str = ""
    counted: Sequence[Line] = ()
    lines: Sequence[Line] = ()
    more: int = 0
    nothing: str = ""
    drawn: Sequence[Element] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer on its way to a card: `name` is its flow's.

    It is as things were `as_of` then. `why_all` says why all of it is there, to whoever asks what is new. `hints` are
    said below. `only` are the things of the
    bounds that this answer goes by, so that nothing is read back that it took no notice of. `about` is what it is
    about, where that is not the scope alone. What is for two alone has no files.
    """

    name: str
    title: str
    scope: Scope
    bounds: Bounds
    parts: Sequence[Part]
    as_of: datetime | None = None
    hints: Sequence[str] = ()
    only: Sequence[str] = ()
    more: Sequence[Action] = ()
    why_all: str = ""
    about: str = ""
    has_files: bool = True

    @property
    def listed(self) -> Listed:
        lines = [line for part in self.parts for line in (*part.counted, *part.lines)]
        return Listed(name=self.name, scope=self.scope, bounds=self.bounds, lines=lines, as_of=self.as_of)

    @property
    def can_be_kept(self) -> bool:
        return self.has_files and any(part.lines or part.counted for part in self.parts)


def all_of_it(_: Translator, seen_at: datetime | None) -> str:
    """Why there is nothing to leave out for whoever asks what is new: they have never seen it, or first just now."""
    if seen_at is None:
        return _("You have not looked at exactly this before, so here is all of it.")
    return _("You looked at this for the first time at %(time)s, so here is all of it.", time=_.clock(seen_at))


def show(_: Translator, answer: Answer, *, can_narrow: bool = True) -> Card:
    """The parts in their order, the sources they rest on, and the ways on; of much, what a card has room for."""
    numbered = Numbered(answer.listed.lines)
    return fitted(lambda room: _drawn(_, answer, numbered, room, can_narrow=can_narrow))


def _drawn(_: Translator, answer: Answer, numbered: Numbered, room: Room, *, can_narrow: bool) -> Card:
    body: list[Element] = []
    if answer.why_all:
        body.append(text(answer.why_all, spacing="Medium"))
    # Key figures are told with the half-years before. Where it is asked what is lacking, it is said there.
    begins = answer.bounds.first or answer.scope.first
    if answer.bounds.status is not AskedStatus.NONE and (coming := to_come(_, answer.scope, begins)):
        body.append(text(coming, spacing="Medium"))
    if words := misfit(_, answer.scope):
        body.append(hint(words, spacing="Medium"))
    for part in answer.parts:
        body += _part(_, part, numbered, room)
    return card(
        _,
        answer.title,
        subtitle=understood(_, answer),
        seen_by=_("only you"),
        body=[
            *body,
            *[hint(each, spacing="Medium") for each in answer.hints],
            _footer(_, numbered, answer.as_of),
            _files(_, answer),
        ],
        actions=_actions(_, answer, bool(numbered.refs), can_narrow=can_narrow),
        summary=answer.title,
        wide=not answer.scope.is_one_place,
    )


def understood(_: Translator, answer: Answer) -> str:
    """dagtilbud i område Nord · forår 2026 · 2 tilbud · kun det, der har brug for opmærksomhed"""
    bounds, said = answer.bounds, [answer.about or scope_words(_, answer.scope)]
    if "groups" in answer.only and bounds.groups:
        said.append(_.join(_(GROUPS[each]) for each in bounds.groups))
    if "indicator" in answer.only and bounds.indicator:
        said.append(_(INDICATORS[bounds.indicator]))
    if "dialogue_no" in answer.only and bounds.dialogue_no:
        said.append(_("dialogue %(number)s", number=bounds.dialogue_no))
    if "latest" in answer.only and bounds.latest:
        said.append(_("only the latest"))
    if bounds.status and bounds.status.value in answer.only:
        said.append(_(STATUSES[bounds.status]))
    return " · ".join(said)


def misfit(_: Translator, scope: Scope) -> str:
    """Why there can be nothing: a theme of the other age range, or of other half-years; empty where there can be."""
    about = scope.theme
    if about is None:
        return ""
    title = theme_title(_, about)
    if about.age_range not in {where.age_range for where in scope.institutions}:
        ages = _.age_range(about.age_range)
        return _("The theme “%(theme)s” is for %(ages)s, and none of the institutions here is.", theme=title, ages=ages)
    if about.valid_to < scope.first or scope.last < about.valid_from:
        span = f"{_.half_year(about.valid_from)} – {_.half_year(about.valid_to)}"
        return _("The theme “%(theme)s” belongs to %(span)s.", theme=title, span=span)
    return ""


def more_words(_: Translator, more: int) -> str:
    return _.ngettext("and %(n)s more – narrow down to see it", "and %(n)s more – narrow down to see them", more)


def _part(_: Translator, part: Part, numbered: Numbered, room: Room) -> list[Element]:
    shown = part.lines[: room.lines]
    more = max(part.more, 0) + len(part.lines) - len(shown)
    found: list[Element] = [section(part.title)] if part.title else []
    if part.lead:
        found.append(text(part.lead, strong=True, spacing="Small" if part.title else "Large"))
    found += [row(line, numbered) for line in part.counted]
    found += part.drawn
    if not part.lines and part.nothing:
        found.append(text(part.nothing, subtle=True, spacing="Small"))
    found += [row(room.line(line), numbered) for line in shown]
    if more:
        found.append(text(more_words(_, more), small=True, subtle=True, spacing="Small"))
    return found


def _actions(_: Translator, answer: Answer, has_sources: bool, *, can_narrow: bool) -> list[Action | None]:
    carries, name = carry(answer.bounds), answer.name
    narrow = press(_("Narrow down"), f"{name}.narrow", {**carried(), **carries}, primary=not has_sources)
    whole = carry(replace(answer.bounds, since=None))
    return [
        see_sources(_, name, answer.bounds) if has_sources else None,
        narrow if can_narrow else None,
        *answer.more,
        press(_("The whole period"), f"{name}.open", {**carried(), **whole}) if answer.bounds.since else None,
    ]


def _files(_: Translator, answer: Answer) -> Element | None:
    """*Word og PDF*, in the card, where a phone shows it beside the three that it has room for below."""
    return buttons(*ways_to_keep(_, answer), spacing="Medium") if answer.can_be_kept else None


def ways_to_keep(_: Translator, answer: Answer) -> list[Action]:
    about = {**carried(), **carry(answer.bounds)}
    return [press(_("Word and PDF"), f"{answer.name}.files", about, inputs="none")] if answer.can_be_kept else []


def _footer(_: Translator, numbered: Numbered, as_of: datetime | None) -> Element | None:
    """Bygger på 14 kilder, senest 12. april 2026. Uddrag – ingen vurdering."""
    rests = rests_on(_, numbered, as_of)
    return hint(f"{rests} " + _("An extract, not an assessment."), spacing="Large") if rests else None


def only_together(_: Translator, title: str) -> Card:
    """For a reader who sees of this only what is known across the institutions."""
    return card(
        _,
        title,
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "That belongs to institutions that you are not responsible for. What is known across the "
                    "institutions is in the evidence base, where none of them can be told apart."
                ),
                spacing="Medium",
            )
        ],
        actions=[press(_("The evidence base"), evidence.BOTH, carried(), primary=True)],
    )
