"""C10: the agenda of a 1:1, which the two build together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft as drafts
from cards import form, overview, refusal
from cards.form import Data, carried
from cards.kit import Card, below_head, card, press
from cards.language import Translator
from cards.layout import Element, group, spaced
from cards.meeting import Meeting, line, the_two, the_two_and, toast
from cards.more import and_more, first
from cards.parts import State, hint, note, said, section, text
from cards.which import which
from domain.agenda import AgendaItem, AgendaSource
from domain.errors import NotAllowed

OPEN = "agenda.open"
ADD = "agenda.add"
FINE = "agenda.fine"
LATER = "agenda.later"
MINE = "agenda.mine"
EDIT = "agenda.edit"
SAVE = "agenda.save"
REMOVE = "agenda.remove"
MOVE = "agenda.move"
PERSONAL = "agenda.personal"
WRITE_OWN = "personal_note.write"
SHARED, PRIVATE = "shared", "private"
MOST_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the agenda as one of the two sees it; `id` is that of what it stands for."""

    id: UUID
    source: AgendaSource
    words: str = field(repr=False)
    detail: str = field(default="", repr=False)
    is_private: bool = False
    is_mine: bool = False
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenForm:
    """Which agenda, and the line that was typed for it before it was chosen."""

    id: UUID
    text: str = field(default="", repr=False)

    @classmethod
    def read(cls, data: Data) -> "OpenForm":
        return cls(id=form.subject_id(data), text=form.text(data, "line"))


@dataclass(frozen=True, kw_only=True)
class AddForm:
    """A line as typed."""

    one_on_one_id: UUID
    text: str = field(repr=False)
    is_private: bool

    @classmethod
    def read(cls, data: Data) -> "AddForm":
        return cls(
            one_on_one_id=form.subject_id(data),
            text=form.text(data, "text"),
            is_private=form.text(data, "seen") == PRIVATE,
        )


@dataclass(frozen=True, kw_only=True)
class EditForm:
    """A line of one's own, corrected."""

    item_id: UUID
    text: str = field(repr=False)
    is_private: bool

    @classmethod
    def read(cls, data: Data) -> "EditForm":
        return cls(
            item_id=form.subject_id(data),
            text=form.text(data, "text"),
            is_private=form.text(data, "seen") == PRIVATE,
        )


def brought_by(_: Translator, *, is_chief: bool) -> str:
    """The heading of the focus areas that the leader has chosen to bring, as each of the two is told it."""
    return _("Focus areas that the leader brings") if is_chief else _("Focus areas that you bring")


def last_or_next(_: Translator, *, is_next: bool) -> str:
    """Which of an institution's dialogues it is, seen from now."""
    return _("the next one") if is_next else _("the last one")


def added_by(_: Translator, meeting: Meeting, item: AgendaItem) -> str:
    """Whose line it is, or that it was not reached last time."""
    if item.carried_from:
        return _("from last time")
    return _("you") if item.added_by == meeting.viewer.id else meeting.other.name


def show(_: Translator, meeting: Meeting, entries: Sequence[Entry], *, keeps_notes: bool) -> Card:
    """The receipt of *Det ser fint ud*: the agenda as it stands, drawn anew when it is looked at."""
    about = meeting.one_on_one
    return card(
        _,
        _("Agenda for the 1:1"),
        subtitle=line(_, meeting),
        state=State(_("ready"), "good"),
        seen_by=seen_by(_, meeting, entries),
        body=[
            *sections(_, meeting, entries),
            note(_("Next step: you meet %(moment)s.", moment=_.moment(about.starts_at)), sign="ArrowRight"),
        ],
        actions=[
            press(_("Add an item"), OPEN, carried(about.id)),
            press(_("My preparation note"), WRITE_OWN, carried(about.id)) if keeps_notes else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Agenda: %(what)s", what=toast(_, about.starts_at)),
    )


def choose(_: Translator, found: Sequence[Meeting], told: str, *, fits: bool, typed: str) -> Card:
    """On whose agenda a line is to stand; `fits` is False where no 1:1 is coming with whoever was named.

    What was `told` is shown, and the line that was `typed` goes along to the agenda.
    """
    rows = [(each.one_on_one.id, each.other.name, line(_, each)) for each in found]
    asking = which(_, _("Which 1:1?"), _("1:1"), rows, OPEN, **({"line": typed} if typed else {}))
    above = []
    if not fits:
        above.append(text(_("I find no 1:1 to come that fits. Choose one here, or leave it:"), spacing="Medium"))
    if told:
        above += [section(_("This is what you wrote")), *written(_, told)]
    return below_head(asking, *above)


def for_an_agreement(_: Translator, card: Card) -> Card:
    """The card, to who typed *aftale: …*: nobody makes an agreement alone."""
    return below_head(card, hint(_("You make agreements together in the 1:1. Until then it can stand on its agenda.")))


def none_coming(_: Translator) -> Card:
    return card(
        _,
        _("No 1:1 is planned"),
        seen_by=_("only you"),
        body=[text(_("There is an agenda as soon as a 1:1 is planned."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def written(_: Translator, words: str) -> list[Element]:
    """What was typed, to be given back."""
    return [said(words, spacing="Small")] if words else []


def refused(_: Translator, words: str) -> Card:
    """For somebody who is not one of the two: their own words, and nothing of the 1:1."""
    return refusal.show(_, NotAllowed(), written=drafts.given_back(_, written(_, words)))


def seen_by(_: Translator, meeting: Meeting, entries: Sequence[Entry]) -> str:
    has_agreements = any(each.source is AgendaSource.AGREEMENT for each in entries)
    return the_two_and(_, meeting) if has_agreements else the_two(_, meeting)


def sections(_: Translator, meeting: Meeting, entries: Sequence[Entry]) -> list[Element]:
    titles = {
        AgendaSource.AGREEMENT: _("Open agreements"),
        AgendaSource.FOCUS_AREA: brought_by(_, is_chief=meeting.is_chief),
        AgendaSource.DIALOGUE: _("Learning dialogues"),
        AgendaSource.MANUAL: _("What you two have added"),
    }
    parts: list[Element] = []
    for number, (source, title) in enumerate(titles.items()):
        of_source = [each for each in entries if each.source is source]
        if not of_source:
            continue
        parts.append(section(title, spacing="Medium" if not parts and not number else "Large"))
        shown, more = first(of_source, MOST_SHOWN)
        parts += [_entry(_, each) for each in shown]
        if left := and_more(_, more):
            parts.append(left)
    if not parts:
        parts.append(hint(_("There is nothing on the agenda yet."), spacing="Medium"))
    return parts


def _entry(_: Translator, entry: Entry) -> Element:
    words: list[Element] = [text(entry.words, spacing="None")]
    detail = " · ".join(filter(None, (entry.detail, _("only you until the meeting") if entry.is_private else "")))
    if detail:
        words.append(text(detail, small=True, subtle=True, spacing="None"))
    return spaced(group(*words), "Small")
