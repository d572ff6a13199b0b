"""C10: the agenda of a 1:1, which the two build together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cards import draft as drafts
from cards import form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, text_input
from cards.kit import Card, below_head, card, press
from cards.language import N_, Translator
from cards.layout import Element, capital, group, spaced
from cards.meeting import Meeting, line, the_two, the_two_and, toast
from cards.parts import State, hint, names_hint, note, said, section, text
from cards.which import which
from domain.agenda import AgendaItem, AgendaSource
from domain.agreement import Owner
from domain.errors import NotAllowed, Problems
from domain.text import SHORT

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
QUESTION = N_("What do you want to talk about?")

OWNERS = {Owner.LEADER: N_("The leader"), Owner.CHIEF: N_("The chief"), Owner.TOGETHER: N_("Together")}
DONE_BY = {
    Owner.LEADER: N_("the leader does it"),
    Owner.CHIEF: N_("the chief does it"),
    Owner.TOGETHER: N_("the two do it together"),
}


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


def owner_and_due(_: Translator, owner: Owner, due: date, *, reader: Owner | None = None) -> str:
    """Lederen gør det · frist 12. juni 2026; or *Du gør det*, where the `reader` is the one."""
    return f"{who_does_it(_, owner, reader)} · {_('due %(day)s', day=_.date(due))}"


def who_does_it(_: Translator, owner: Owner, reader: Owner | None = None) -> str:
    is_theirs = owner is reader and owner is not Owner.TOGETHER
    return capital(_("you do it") if is_theirs else _(DONE_BY[owner]))


def brought_by(_: Translator, *, is_chief: bool) -> str:
    """The heading of the focus areas that the leader has chosen to bring, as each of the two is told it."""
    return _("Focus areas that the leader brings") if is_chief else _("Focus areas that you bring")


def as_one_of(*, is_chief: bool) -> Owner:
    """Which of the two a reader is."""
    return Owner.CHIEF if is_chief else Owner.LEADER


def last_or_next(_: Translator, *, is_next: bool) -> str:
    """Which of an institution's dialogues it is, seen from now."""
    return _("the next one") if is_next else _("the last one")


def added_by(_: Translator, meeting: Meeting, item: AgendaItem) -> str:
    """Whose line it is, or that it was not reached last time."""
    if item.carried_from:
        return _("from last time")
    return _("you") if item.added_by == meeting.viewer.id else meeting.other.name


def ask(
    _: Translator,
    meeting: Meeting,
    entries: Sequence[Entry],
    *,
    keeps_notes: bool,
    typed: AddForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """What stands on it, and a field for more; adding one leads back here."""
    id_ = carried(meeting.one_on_one.id)
    has_own = any(each.is_mine for each in entries)
    return card(
        _,
        _("Agenda for the 1:1"),
        subtitle=line(_, meeting),
        seen_by=_seen_by(_, meeting, entries),
        minutes=2,
        body=[
            *_sections(_, meeting, entries),
            text_input(
                "text",
                _(QUESTION),
                value=typed.text if typed else "",
                limit=SHORT,
                placeholder=_("One thing at a time"),
                problem=wrong.at(_, problems, "text"),
                spacing="Large",
            ),
            _seen(_, is_private=typed.is_private if typed else False),
            names_hint(_),
        ],
        actions=[
            press(_("Add"), ADD, id_, primary=True),
            press(_("It looks fine"), FINE, id_),
            press(_("Move the meeting"), MOVE, id_),
            press(_("My items"), MINE, id_) if has_own else None,
            press(_("My preparation note"), PERSONAL, id_) if keeps_notes else None,
            press(_("Not now"), LATER, id_),
        ],
        summary=_("Agenda: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def show(_: Translator, meeting: Meeting, entries: Sequence[Entry], *, keeps_notes: bool) -> Card:
    """The receipt of *Det ser fint ud*: the agenda as it stands, drawn anew when it is looked at."""
    about = meeting.one_on_one
    return card(
        _,
        _("Agenda for the 1:1"),
        subtitle=line(_, meeting),
        state=State(_("ready"), "good"),
        seen_by=_seen_by(_, meeting, entries),
        body=[
            *_sections(_, meeting, entries),
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


def choose_item(_: Translator, items: Sequence[AgendaItem]) -> Card:
    """Which of one's own lines to correct or take off."""
    rows = [(each.id, each.text, each.text) for each in items]
    return which(_, _("Which item?"), _("Item"), rows, EDIT)


def edit(
    _: Translator,
    meeting: Meeting,
    item: AgendaItem,
    *,
    typed: EditForm | None = None,
    problems: Problems | None = None,
) -> Card:
    is_private = typed.is_private if typed else item.is_private
    return card(
        _,
        _("Your item"),
        subtitle=line(_, meeting),
        seen_by=the_two(_, meeting) if not is_private else _("only you, until the meeting begins"),
        body=[
            text_input(
                "text",
                _(QUESTION),
                value=typed.text if typed else item.text,
                required=True,
                limit=SHORT,
                problem=wrong.at(_, problems, "text"),
            ),
            _seen(_, is_private=is_private),
            names_hint(_),
        ],
        actions=[
            press(_("Save the item"), SAVE, carried(item.id), primary=True),
            press(_("Take it off"), REMOVE, carried(item.id), inputs="none"),
            press(_("Back"), OPEN, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Agenda: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


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


def _seen_by(_: Translator, meeting: Meeting, entries: Sequence[Entry]) -> str:
    has_agreements = any(each.source is AgendaSource.AGREEMENT for each in entries)
    return the_two_and(_, meeting) if has_agreements else the_two(_, meeting)


def _seen(_: Translator, *, is_private: bool) -> Element:
    return choices(
        "seen",
        _("Who sees it?"),
        [(SHARED, _("Shared")), (PRIVATE, _("Only me until the meeting"))],
        chosen=PRIVATE if is_private else SHARED,
    )


def _sections(_: Translator, meeting: Meeting, entries: Sequence[Entry]) -> list[Element]:
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
        parts += [_entry(_, each) for each in of_source[:MOST_SHOWN]]
        if len(of_source) > MOST_SHOWN:
            more = len(of_source) - MOST_SHOWN
            parts.append(text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True))
    if not parts:
        parts.append(hint(_("There is nothing on the agenda yet."), spacing="Medium"))
    return parts


def _entry(_: Translator, entry: Entry) -> Element:
    words: list[Element] = [text(entry.words, spacing="None")]
    detail = " · ".join(filter(None, (entry.detail, _("only you until the meeting") if entry.is_private else "")))
    if detail:
        words.append(text(detail, small=True, subtle=True, spacing="None"))
    return spaced(group(*words), "Small")
