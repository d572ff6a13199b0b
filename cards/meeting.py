"""What every card of a 1:1 begins with: with whom, when, who sees it, and what became of it meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import draft, overview
from cards.form import carried
from cards.kit import Action, Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import text
from domain.errors import Expired
from domain.one_on_one import OneOnOne, OneOnOneState
from domain.organisation import Institution, InstitutionType, Person

OPEN = "one_on_one.open"
SHOW_NOTE = "confirmation.open"

STATES = {
    OneOnOneState.PLANNED: (N_("planned"), "neutral"),
    OneOnOneState.AGENDA_OPEN: (N_("agenda open"), "accent"),
    OneOnOneState.HELD: (N_("held"), "accent"),
    OneOnOneState.SHARED: (N_("note shared"), "accent"),
    OneOnOneState.CONFIRMED: (N_("confirmed"), "good"),
    OneOnOneState.CANCELLED: (N_("cancelled"), "neutral"),
}
BROKEN = (N_("will not take place"), "neutral")
REASONS = {
    "one_on_one_cancelled": N_("The 1:1 has been cancelled."),
    "one_on_one_held": N_("The 1:1 has been held, so its time stays as it is."),
    "one_on_one_noted": N_("The note is shared, so the agenda is closed."),
    "one_on_one_not_begun": N_("The 1:1 has not begun. You can write the note from then on."),
    "one_on_one_confirmed": N_("%(leader)s has confirmed the note, so it stays as it is. You can add a remark."),
    "one_on_one_not_noted": N_("There is no shared note yet."),
    "not_in_line": N_(
        "%(leader)s does not lead an institution that %(chief)s is responsible for, now or on "
        "the day of the 1:1. Nothing more can be written in it."
    ),
    "agreement_confirmed": N_("%(leader)s has confirmed the agreement, so it stays as it is."),
    "agreement_ended": N_("The agreement has been closed in the meantime."),
}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A 1:1 as one of the two, the `viewer`, sees it.

    `is_shared` tells whether the other one can see it, too, by their role of the day. `is_in_line` is False of a coming
    one that comes to nothing, since the chief has lost the responsibility or the leader the institution (I22).
    """

    one_on_one: OneOnOne
    chief: Person
    leader: Person
    places: Sequence[Institution]
    viewer: Person
    is_shared: bool = True
    is_in_line: bool = True

    @property
    def is_chief(self) -> bool:
        return self.viewer.id == self.chief.id

    @property
    def other(self) -> Person:
        return self.leader if self.is_chief else self.chief

    @property
    def schools(self) -> list[Institution]:
        return [where for where in self.places if where.type is InstitutionType.SCHOOL]


def line(_: Translator, meeting: Meeting) -> str:
    """Karen Vestergaard · Elmeskolen · torsdag den 16. april kl. 10.00"""
    places = _.join(where.name for where in meeting.places)
    return " · ".join([meeting.other.name, places, _.moment(meeting.one_on_one.starts_at)])


def the_two(_: Translator, meeting: Meeting) -> str:
    """Who sees what the pair shares: dig og Karen Vestergaard. Ingen andre."""
    if meeting.is_shared:
        return _("you and %(who)s. Nobody else.", who=meeting.other.name)
    if meeting.one_on_one.is_noted and not meeting.is_chief:
        return _("you. %(who)s is no longer the chief here, and sees only their own words", who=meeting.chief.name)
    return _("only you")


def the_two_and(_: Translator, meeting: Meeting) -> str:
    """As `the_two`, of a card on which agreements stand as well."""
    alone = _("you and %(who)s", who=meeting.other.name) if meeting.is_shared else the_two(_, meeting)
    return _("%(who)s. The agreements: %(they)s.", who=alone, they=who_sees_agreements(_))


def who_sees_agreements(_: Translator, *, has_left: bool = False) -> str:
    """Who sees an agreement, wherever it stands: the leader it is with, and whoever is chief by then (I23).

    `has_left` is of a leader who leads the institution no more.
    """
    if has_left:
        return _("the Children and Youth chief of the institution")
    return _("the leader, and the Children and Youth chief of the institution")


def out_of_line(_: Translator, meeting: Meeting) -> str:
    """Why a planned 1:1 comes to nothing (I22)."""
    return _(
        "On that day %(leader)s does not lead an institution that %(chief)s is responsible for. "
        "So this 1:1 will not take place.",
        leader=meeting.leader.name,
        chief=meeting.chief.name,
    )


def toast(_: Translator, starts_at: datetime) -> str:
    """What a toast may say of a 1:1: that it is one, and the day; no name, and nothing of what is in it."""
    return _("1:1 on %(day)s", day=_.weekday(starts_at))


def over(
    _: Translator, meeting: Meeting, why: Expired, *, written: Sequence[Element] = (), onward: Action | None = None
) -> Card:
    """Why nothing more can be done here, and everything that was typed, to be copied."""
    reason = _(REASONS[why.code], leader=meeting.leader.name, chief=meeting.chief.name)
    back = press(_("To the 1:1"), OPEN, carried(meeting.one_on_one.id), inputs="none")
    note = press(_("See the note"), SHOW_NOTE, carried(meeting.one_on_one.id), inputs="none")
    return card(
        _,
        _("The card is out of date"),
        subtitle=line(_, meeting),
        seen_by=_("only you"),
        body=[text(reason, spacing="Medium"), *draft.given_back(_, written)],
        actions=[
            onward,
            note if meeting.one_on_one.is_noted else back,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=toast(_, meeting.one_on_one.starts_at),
    )
