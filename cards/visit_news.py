"""What has become of a visit, for who did it and for the other: agreed, moved or cancelled."""

from collections.abc import Sequence

from cards import overview
from cards.form import carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import hint, note, text
from cards.unreached import not_told
from cards.visit import (
    ASK_CANCEL,
    ASK_MOVE,
    CALENDAR,
    INFORM,
    NOTES,
    Visit,
    details,
    guide_comes,
    of_visit,
    progress_state,
    seen_by_both,
    visit_line,
)
from domain.organisation import Person


def moved(_: Translator, visit: Visit, *, by_me: bool, unreached: Sequence[Person] = ()) -> Card:
    """The new time: a receipt for who moved it, news for the other; `unreached` hear nothing of it from the bot."""
    telling = _("Next step: I am telling the other now. Put the new time into your calendar.")
    if unreached:
        telling = not_told(_, _.join(each.name for each in unreached))
    return _news(
        _,
        visit,
        _("The visit has been moved"),
        _("New time"),
        telling if by_me else _("Next step: put the new time into your calendar."),
    )


def agreed(_: Translator, visit: Visit) -> Card:
    """A time was accepted by the other."""
    return _news(_, visit, _("The time is agreed"), _("When"), guide_comes(_, visit))


def cancelled(_: Translator, visit: Visit, *, has_notes: bool = False) -> Card:
    """A receipt for who cancelled it, news for the other; `has_notes` for an observer whose notes are still there."""
    about = visit.observation
    had_time = about.starts_at is not None
    return card(
        _,
        _("The observation is cancelled"),
        subtitle=visit_line(_, about, visit.host),
        state=progress_state(_, visit),
        seen_by=seen_by_both(_, visit),
        body=[
            note(
                _("Next step: remove it from your calendar.") if had_time else _("There is nothing more to do here."),
                sign="ArrowRight",
            ),
            hint(_("Your notes from the visit are still here, for you alone.")) if has_notes else None,
        ],
        actions=[
            press(_("Remove from my calendar"), CALENDAR, of_visit(visit), primary=True)
            if had_time and not visit.is_over
            else None,
            press(_("See my notes"), NOTES, carried(about.id)) if has_notes else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Cancelled: an observation at %(institution)s", institution=visit.host.name),
    )


def uninformed(_: Translator, visit: Visit) -> Card:
    """For the host, once the visit has taken place and nobody has said that the staff know of it."""
    return card(
        _,
        _("Were the staff told of the visit?"),
        subtitle=visit_line(_, visit.observation, visit.host),
        state=progress_state(_, visit),
        seen_by=_("the leaders of %(host)s", host=visit.host.name),
        body=[
            text(
                _(
                    "The visit has taken place, and it is not on record that the staff had been informed. If "
                    "they did not know, tell them now that a colleague has been there, and what the focus "
                    "was."
                ),
                spacing="Medium",
            ),
            hint(_("Nothing waits for your answer. The feedback comes in any case.")),
        ],
        actions=[
            press(_("They have been told"), INFORM, of_visit(visit), primary=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Were the staff told of the observation at %(institution)s?", institution=visit.host.name),
    )


def _news(_: Translator, visit: Visit, title: str, when: str, next_step: str) -> Card:
    about = visit.observation
    return card(
        _,
        title,
        subtitle=f"{visit.host.name} · {about.what.where}",
        state=progress_state(_, visit),
        seen_by=seen_by_both(_, visit),
        body=[
            *details(_, visit, when=when),
            hint(_("The staff must know before the visit. Say so here when they do.")) if visit.can_inform else None,
            note(next_step, sign="ArrowRight"),
        ],
        actions=[
            press(_("Add to my calendar"), CALENDAR, of_visit(visit), primary=True),
            press(_("The staff know now"), INFORM, of_visit(visit)) if visit.can_inform else None,
            press(_("Move the visit"), ASK_MOVE, of_visit(visit), hidden=True),
            press(_("Cancel it"), ASK_CANCEL, of_visit(visit), hidden=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("An observation at %(institution)s", institution=visit.host.name),
    )
