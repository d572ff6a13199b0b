"""Who has read what of one: a line for each reader, matter and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import my_data, overview
from cards.form import carried
from cards.kinds import EVERYTHING
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.parts import hint, note, text
from cards.which import which
from domain.access import Record
from domain.organisation import Person

OPEN = "audit.of_person"

RECORDS = {
    Record.FEEDBACK: N_("Feedback on an observation"),
    Record.ONE_ON_ONE_NOTE: N_("Note from a 1:1"),
    Record.SUPERVISION_SUMMARY: N_("Answer about the institution"),
    Record.EVERYTHING: EVERYTHING,
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's reads of one matter on one day: when the latest and the first one began, and how many.

    `of` is when the 1:1 or the observation was of which they read, so that one can be told from another.
    """

    reader: str
    record: Record
    institution: str
    at: datetime
    first_at: datetime
    times: int
    of: datetime | None = None


def show(
    _: Translator,
    reads: Sequence[Read],
    *,
    is_of_preparation: bool = False,
    is_of_note: bool = False,
    is_overseen: bool = False,
) -> Card:
    """The reads, newest first; and what is written down at all, so that an empty list is not misread.

    `is_of_preparation` is for whoever asks who has read their preparation, which is not among it, and `is_of_note` for
    whoever asks of a note.
    """
    rows: list[Element] = [_row(_, each) for each in reads]
    return card(
        _,
        _("Who has seen it?"),
        seen_by=_("you and the data protection officer") if is_overseen else _("only you"),
        body=[
            note(
                _(
                    "I do not write down who reads a preparation. Once “Ready for the dialogue” is pressed, the "
                    "participants and your Children and Youth chief can read it."
                ),
                sign="Info",
            )
            if is_of_preparation
            else None,
            note(_of_notes(_, reads), sign="Info") if is_of_note else None,
            *(rows or [text(_("No reading by anybody but you is on record."), spacing="Medium")]),
            hint(
                _(
                    "I write down every time I show someone other than its author a note from a 1:1 or "
                    "feedback on an observation that is about you, and every time I answer somebody about an "
                    "institution that you lead. If the same person gets it again within a quarter of an "
                    "hour, it counts as one reading."
                ),
                spacing="Large",
            ),
            hint(_("What is folded away in a card counts, too, since I cannot see if it is opened.")),
            hint(
                _("The observer's colleagues are shown what the observer takes home, and not the rest of the feedback.")
            )
            if any(each.record is Record.FEEDBACK for each in reads)
            else None,
            hint(_("I also write down when the municipality writes out everything about you to answer a request.")),
        ],
        actions=[
            press(_("My data"), my_data.OPEN, carried()),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def _of_notes(_: Translator, reads: Sequence[Read]) -> str:
    """Which notes others can read, and whether somebody has."""
    is_read = any(each.record is Record.ONE_ON_ONE_NOTE for each in reads)
    read = _("Who has read one stands below.") if is_read else _("Nobody else has been shown one so far.")
    rule = _(
        "Your notes from a visit and your preparation note can be read by nobody but you. The shared note from a 1:1 "
        "can be read by the two of you."
    )
    return f"{rule} {read}"


def choose(_: Translator, people: Sequence[Person]) -> Card:
    """For the data protection officer: of whom."""
    if not people:
        return card(
            _,
            _("Who has seen what?"),
            seen_by=_("only you"),
            body=[text(_("No reading is on record."), spacing="Medium")],
            actions=[press(_("My overview"), overview.OPEN, carried())],
        )
    return which(_, _("Who is it about?"), _("Person"), [(each.id, each.name, each.name) for each in people], OPEN)


def show_of(_: Translator, someone: Person, reads: Sequence[Read]) -> Card:
    """For the data protection officer: the reads of what concerns somebody, and nothing of what was read."""
    rows: list[Element] = [_row(_, each) for each in reads]
    return card(
        _,
        _("Who has seen what?"),
        subtitle=someone.name,
        summary=_("Who has seen what?"),
        seen_by=_("you and %(who)s", who=someone.name),
        body=[
            *(rows or [text(_("No reading is on record."), spacing="Medium")]),
            hint(
                _("Here you see who has read, what kind of text it was, and when. The text itself is not shown."),
                spacing="Large",
            ),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _row(_: Translator, read: Read) -> Element:
    when = _.stamp(read.at)
    if read.times > 1:
        first = _("the first time at %(time)s", time=_.clock(read.first_at))
        when += " · " + _.ngettext("%(n)s time that day", "%(n)s times that day", read.times) + f", {first}"
    return group(
        text(read.reader or _("The municipality"), strong=True),
        text(" · ".join(filter(None, (_matter(_, read), read.institution))), spacing="None"),
        text(when, small=True, subtle=True, spacing="None"),
        spacing="Medium",
    )


def _matter(_: Translator, read: Read) -> str:
    if read.of is None:
        return _(RECORDS[read.record])
    if read.record is Record.FEEDBACK:
        return _("Feedback on the observation on %(day)s", day=_.date(read.of))
    return _("Note from the 1:1 on %(day)s", day=_.date(read.of))
