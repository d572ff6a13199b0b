"""Who has read what of one: a line for each reader, matter and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import my_data, overview
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.parts import hint, text
from domain.access import Record

RECORDS = {
    Record.FEEDBACK: N_("Feedback on an observation"),
    Record.ONE_ON_ONE_NOTE: N_("Note from a 1:1"),
    Record.SUPERVISION_SUMMARY: N_("Answer about the institution"),
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody's reads of one matter on one day: the latest time, and how many."""

    reader: str
    record: Record
    institution: str
    at: datetime
    times: int


def show(_: Translator, reads: Sequence[Read]) -> Card:
    """The reads, newest first; and what is written down at all, so that an empty list is not misread."""
    rows: list[Element] = [_row(_, each) for each in reads]
    return card(
        _,
        _("Who has seen it?"),
        seen_by=_("only you"),
        body=[
            *(rows or [text(_("Nobody but you has read anything that is written down here."), spacing="Medium")]),
            hint(
                _(
                    "I write down every time someone other than its author reads a note from a 1:1 or feedback on an "
                    "observation that concerns you, and every time I answer somebody about an institution that you "
                    "lead."
                ),
                spacing="Large",
            ),
        ],
        actions=[
            press(_("My data"), my_data.OPEN, carried()),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def _row(_: Translator, read: Read) -> Element:
    when = _.moment(read.at)
    if read.times > 1:
        when += " · " + _.ngettext("%(n)s time that day", "%(n)s times that day", read.times)
    return group(
        text(read.reader, strong=True),
        text(f"{_(RECORDS[read.record])} · {read.institution}", spacing="None"),
        text(when, small=True, subtle=True, spacing="None"),
        spacing="Medium",
    )
