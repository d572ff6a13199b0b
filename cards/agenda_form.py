"""The agenda of a 1:1 as its two fill it in: a field for the next item, and one's own to be corrected."""

from collections.abc import Sequence

from cards import problems as wrong
from cards.agenda import (
    ADD,
    EDIT,
    FINE,
    LATER,
    MINE,
    MOVE,
    OPEN,
    PERSONAL,
    PRIVATE,
    REMOVE,
    SAVE,
    SHARED,
    AddForm,
    EditForm,
    Entry,
    sections,
    seen_by,
)
from cards.form import carried
from cards.inputs import choices, text_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.meeting import Meeting, line, the_two, toast
from cards.parts import names_hint
from cards.which import which
from domain.agenda import AgendaItem
from domain.errors import Problems
from domain.text import SHORT

QUESTION = N_("What do you want to talk about?")


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
        seen_by=seen_by(_, meeting, entries),
        minutes=2,
        body=[
            *sections(_, meeting, entries),
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


def _seen(_: Translator, *, is_private: bool) -> Element:
    return choices(
        "seen",
        _("Who sees it?"),
        [(SHARED, _("Shared")), (PRIVATE, _("Only me until the meeting"))],
        chosen=PRIVATE if is_private else SHARED,
    )
