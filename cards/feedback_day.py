"""The days of a feedback: when the oral one was given, and a new deadline that the two agree on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cards import draft, form, overview
from cards import problems as wrong
from cards.form import Data, carried
from cards.given import label
from cards.inputs import date_input
from cards.kit import Card, card, press
from cards.language import Translator
from cards.later import put_off
from cards.layout import Element
from cards.parts import State, hint, note, said, text
from cards.visit import ORAL, WRITE_FEEDBACK, Visit, progress_state, visit_line
from domain.errors import Problems
from domain.observation import LATEST_DUE

ASK_ORAL = ORAL
SET_ORAL = "feedback.oral"
ORAL_TOMORROW = "feedback.oral_tomorrow"
SET_DUE = "feedback.due"


@dataclass(frozen=True, kw_only=True)
class DayForm:
    """A day that was chosen: of the oral feedback, or a new deadline."""

    observation_id: UUID
    revision: int
    day: date | None

    @classmethod
    def read(cls, data: Data) -> "DayForm":
        return cls(
            observation_id=form.subject_id(data),
            revision=form.number(data, "r"),
            day=form.day(data, "oral_on") or form.day(data, "due"),
        )


def ask_oral(_: Translator, visit: Visit, *, typed: DayForm | None = None, problems: Problems | None = None) -> Card:
    """When the oral feedback was given; with the day of the visit to begin with, since that is the usual one."""
    about = visit.observation
    day = about.starts_at.astimezone(_.zone).date() if about.starts_at else None
    return card(
        _,
        label(_, "oral_on"),
        subtitle=visit_line(_, about, visit.host),
        seen_by=_(
            "the leaders of %(host)s; the chief and the administration see that it was given", host=visit.host.name
        ),
        body=[
            text(
                _("An observation is complete when the feedback has been given both orally and in writing."),
                spacing="Medium",
            ),
            date_input(
                "oral_on",
                _("Date"),
                value=typed.day if typed else day,
                problem=wrong.at(_, problems, "oral_on"),
            ),
        ],
        actions=[
            press(_("Save the date"), SET_ORAL, carried(about.id, r=about.revision), primary=True),
            press(_("Remind me tomorrow"), ORAL_TOMORROW, carried(about.id, r=about.revision), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("When did you give the oral feedback?"),
    )


def ask_due(_: Translator, visit: Visit, *, typed: DayForm | None = None, problems: Problems | None = None) -> Card:
    """Two weeks have gone by: shall a new deadline be agreed?"""
    about = visit.observation
    return card(
        _,
        _("Shall we agree on a new deadline?"),
        subtitle=visit_line(_, about, visit.host),
        state=progress_state(_, visit),
        seen_by=_("the leaders of %(host)s and the observer", host=visit.host.name),
        body=[
            text(
                _("The written feedback has not come yet, and there may be good reasons. You both get this card.")
                if visit.leads
                else _("You have not sent the written feedback yet. The host gets this card as well."),
                spacing="Medium",
            ),
            date_input(
                "due",
                label(_, "due"),
                value=typed.day if typed else None,
                problem=wrong.at(_, problems, "due"),
            ),
            hint(
                _(
                    "At most %(days)s days ahead. The chief and the administration see only “awaits written feedback”.",
                    days=LATEST_DUE.days,
                )
            ),
        ],
        actions=[
            press(_("Agree on it"), SET_DUE, carried(about.id, r=about.revision), primary=True),
            None if visit.leads else press(_("Write the feedback"), WRITE_FEEDBACK, carried(about.id), inputs="none"),
            put_off(_, "feedback.deadline", about.id, days=["due"]),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("A new deadline for the feedback on an observation"),
    )


def due_agreed(_: Translator, visit: Visit, *, by_me: bool) -> Card:
    """A receipt for who chose the deadline, news for the other."""
    about = visit.observation
    due = _.date(about.feedback_due) if about.feedback_due else ""
    return card(
        _,
        _("A new deadline"),
        subtitle=visit_line(_, about, visit.host),
        state=State(_("until %(day)s", day=due), "accent"),
        seen_by=_("the leaders of %(host)s and the observer", host=visit.host.name),
        body=[
            note(
                _("Next step: I am telling the other now, and will remind the observer on the day.")
                if by_me
                else _("Next step: the written feedback by %(day)s.", day=due),
                sign="ArrowRight",
            )
        ],
        actions=[
            None if visit.leads else press(_("Write the feedback"), WRITE_FEEDBACK, carried(about.id), primary=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("A new deadline for the feedback on an observation"),
    )


def written(_: Translator, typed: DayForm) -> list[Element]:
    """The day that was chosen and is kept nowhere, given back."""
    return draft.given_back(_, [said(_.date(typed.day))] if typed.day else [])


def reminded(_: Translator, due_at: datetime) -> Card:
    """The oral feedback is asked about again."""
    return card(
        _,
        _("I will come back"),
        seen_by=_("only you"),
        body=[text(_("You will hear from me on %(moment)s.", moment=_.moment(due_at)), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )
