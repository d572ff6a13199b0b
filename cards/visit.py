"""One observation as the two who arrange it see it: how far it is, what was agreed, and the ways on from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import overview
from cards.form import carried
from cards.guide import points_of
from cards.kit import Action, Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, bullets, facts, hint, note, text
from cards.words import PROGRESS, progress_words
from domain.errors import Expired
from domain.guide import ObservationGuide
from domain.observation import Observation, ObservationState, Progress
from domain.organisation import Institution, Person
from domain.visit import Note, is_afterwards

OPEN = "visit.open"
CALENDAR = "visit.calendar"
INFORM = "visit.inform"
ASK_MOVE = "visit.ask_move"
ASK_CANCEL = "visit.ask_cancel"
NOTES = "visit.notes"
ANSWER = "invitation.open"
DECLINE = "invitation.decline"
AGAIN = "observation.again"
WRITE_FEEDBACK = "feedback.open"
READ_FEEDBACK = "feedback.read"
ACKNOWLEDGE = "acknowledgement.open"
ORAL = "feedback.ask_oral"

# Why a card is out of date, to whichever of the two has pressed it.
REASONS = {
    "observation_changed": N_(
        "The card is out of date, because something has been changed. This is how it stands now."
    ),
    "observation_agreed": N_("The card is out of date, because a time has been agreed. This is how it stands now."),
    "observation_done": N_("The card is out of date, because the visit has taken place. This is how it stands now."),
    "observation_declined": N_("The card is out of date, because the answer was: not this time."),
    "observation_expired": N_("The card is out of date, because 14 days went by without an answer."),
    "observation_cancelled": N_("The card is out of date, because the observation has been cancelled."),
    "observation_sent": N_("The card is out of date, because the invitation has been sent. This is how it stands now."),
    "time_passed": N_("That time has passed. Propose another instead."),
    "visit_begun": N_("The visit has begun, so only the observer can move it now. You can cancel it."),
    "visit_not_begun": N_("The visit has not begun yet."),
    "visit_not_done": N_("The visit has not taken place yet."),
    "observer_unfit": N_(
        "The observer must come from another institution, and not from the management line. So this is not possible."
    ),
    "feedback_sent": N_("The feedback has been sent, so it stays as it is. Its author can add a signed remark."),
    "feedback_open": N_("The feedback has not been sent yet."),
}


@dataclass(frozen=True, kw_only=True)
class Visit:
    """An observation with everything that is shown of it, read for one of the two: `leads` for a leader of the host.

    `feedback_id` is the written feedback once this person may read it, `has_oral_missing` that it was sent without it.
    """

    observation: Observation
    host: Institution
    invited_by: Person
    guide: ObservationGuide
    progress: Progress
    leads: bool
    now: datetime
    observer: Person | None = None
    home: Institution | None = None
    focus_area: str = ""
    feedback_id: UUID | None = None
    is_acknowledged: bool = False

    @property
    def can_move(self) -> bool:
        """Until it begins both may move it; whether one that has begun came to nothing is the observer's word."""
        return self.observation.state is ObservationState.AGREED and not (self.leads and self.has_begun)

    @property
    def can_inform(self) -> bool:
        """Whether the host is still to say that the staff know, which they must before the visit."""
        about = self.observation
        is_coming = about.is_unanswered or (about.state is ObservationState.AGREED and not self.has_begun)
        return self.leads and is_coming and not about.is_informed

    @property
    def has_begun(self) -> bool:
        starts_at = self.observation.starts_at
        return starts_at is not None and self.now >= starts_at

    @property
    def is_over(self) -> bool:
        ends_at = self.observation.ends_at
        return ends_at is not None and self.now >= ends_at


def progress_state(_: Translator, visit: Visit) -> State:
    _word, tone, icon = PROGRESS[visit.progress]
    word = progress_words(_, visit.progress, is_acknowledged=visit.is_acknowledged)
    return State(word, tone, icon)  # type: ignore[arg-type]


def span(_: Translator, starts_at: datetime, minutes: int) -> str:
    """tirsdag den 21. april kl. 9.00, 90 minutter"""
    return _("%(moment)s, %(minutes)s minutes", moment=_.moment(starts_at), minutes=minutes)


def visit_line(_: Translator, about: Observation, host: Institution) -> str:
    """Elmeskolen · 2. årgang · tirsdag den 21. april kl. 9.00"""
    parts = [host.name, about.what.where, _.moment(about.starts_at) if about.starts_at else ""]
    return " · ".join(filter(None, parts))


def written_when(_: Translator, visit: Visit, each: Note) -> str:
    """The time of day, with the day where it is another than the visit's, and that the visit was over by then."""
    begun = visit.observation.starts_at
    if begun is None or begun.astimezone(_.zone).date() != each.written_at.astimezone(_.zone).date():
        return _("written on %(when)s", when=_.stamp(each.written_at))
    clock = _.clock(each.written_at)
    return _("written after the visit, %(when)s", when=clock) if is_afterwards(each, visit.observation) else clock


def afterwards(_: Translator) -> str:
    """What stands in front of such a note where the others have their time."""
    return _("After the visit:")


def seen_by_both(_: Translator, visit: Visit) -> str:
    """Who sees an observation that has been sent."""
    return _(
        "the leaders of %(host)s and %(observer)s. The chief and the administration see only a word for how far it is.",
        host=visit.host.name,
        observer=visit.observer.name if visit.observer else _("the observer"),
    )


def of_visit(visit: Visit) -> dict[str, str | int]:
    """What a press about one visit carries; the revision tells an older card apart."""
    return carried(visit.observation.id, r=visit.observation.revision)


def details(_: Translator, visit: Visit, *, when: str = "") -> list[Element]:
    """Who, how long, and what the observer is asked to look for. Where and when stand in the head of the card, unless
    the time is the news: `when` says what it is called.
    """
    about = visit.observation
    rows = []
    if about.starts_at:
        rows.append((when, span(_, about.starts_at, about.minutes)) if when else lasts(_, about))
    if visit.leads and visit.observer:
        home = f", {visit.home.name}" if visit.home else ""
        rows.append((_("Observer"), f"{visit.observer.name}{home}"))
    if not visit.leads:
        rows.append((_("Invited by"), visit.invited_by.name))
    if visit.focus_area:
        rows.append((_("Focus area"), visit.focus_area))
    return [facts(rows, spacing="Medium"), *focus(_, visit)]


def lasts(_: Translator, about: Observation) -> tuple[str, str]:
    return _("Lasts"), _("%(minutes)s minutes", minutes=about.minutes)


def offered(_: Translator, visit: Visit) -> list[Element]:
    """The times that wait for an answer, also for whoever has offered them."""
    about = visit.observation
    if not about.is_unanswered:
        return []
    times = [span(_, each, about.minutes) for each in about.offered]
    return [text(_("Suggested times"), small=True, subtle=True, spacing="Medium"), bullets(times, spacing="None")]


def focus(_: Translator, visit: Visit) -> list[Element]:
    """The focus that was agreed, with the points that were picked from the guide."""
    known = points_of(_, visit.guide)
    chosen = [known[place] for place in visit.observation.what.points if place < len(known)]
    parts: list[Element] = [text(visit.observation.what.focus, lead=_("Focus:"), spacing="Medium")]
    if chosen:
        parts.append(bullets(chosen, spacing="Small"))
    return parts


def show(
    _: Translator, visit: Visit, *, why: Expired | None = None, given: Sequence[Element] = (), news: str = ""
) -> Card:
    """How it stands; `why` says that an older card was pressed, `given` is what was typed, `news` what happened."""
    about = visit.observation
    return card(
        _,
        _("Observation of the learning environment"),
        subtitle=visit_line(_, about, visit.host),
        state=progress_state(_, visit),
        seen_by=seen_by_both(_, visit),
        body=[
            note(_(REASONS.get(why.code, REASONS["observation_changed"])), sign="History") if why else None,
            *given,
            note(news, sign="Info") if news else None,
            *details(_, visit),
            *offered(_, visit),
            hint(
                _("The staff have been informed.") if about.is_informed else _("The staff have not been informed yet.")
            )
            if visit.leads and (about.is_informed or visit.can_inform) and about.state in _ARRANGED
            else None,
            note(_next_step(_, visit), sign="ArrowRight"),
        ],
        actions=[*_ways_on(_, visit), press(_("My overview"), overview.OPEN, carried(), inputs="none")],
        summary=_("An observation at %(institution)s", institution=visit.host.name),
    )


_ASKED = (ObservationState.INVITED, ObservationState.COUNTERED)
_ARRANGED = (ObservationState.AGREED, ObservationState.DONE, *_ASKED)


def _ways_on(_: Translator, visit: Visit) -> list[Action | None]:
    about, state = visit.observation, visit.observation.state
    data = of_visit(visit)
    agreed, done = state is ObservationState.AGREED, state is ObservationState.DONE
    is_mine = state is (ObservationState.COUNTERED if visit.leads else ObservationState.INVITED)
    writes = not visit.leads and visit.progress in (Progress.AGREED, Progress.AWAITS_FEEDBACK)
    return [
        press(_("Answer"), ANSWER, data, primary=True, inputs="none") if is_mine else None,
        press(_("Not this time"), DECLINE, data, inputs="none")
        if not visit.leads and state is ObservationState.COUNTERED
        else None,
        press(_("Write the feedback"), WRITE_FEEDBACK, data, primary=True, inputs="none")
        if writes and (done or visit.is_over)
        else None,
        press(_("Acknowledge it"), ACKNOWLEDGE, carried(visit.feedback_id), primary=True, inputs="none")
        if visit.leads and visit.feedback_id and not visit.is_acknowledged
        else None,
        press(_("The oral feedback"), ORAL, data, primary=True, inputs="none")
        if not visit.leads and visit.progress is Progress.AWAITS_ORAL
        else None,
        press(_("Read the feedback"), READ_FEEDBACK, carried(visit.feedback_id), inputs="none")
        if visit.feedback_id and (visit.is_acknowledged or not visit.leads)
        else None,
        press(_("Add to my calendar"), CALENDAR, data, primary=not visit.is_over, inputs="none")
        if agreed and not visit.is_over
        else None,
        press(_("Remove from my calendar"), CALENDAR, data, inputs="none")
        if state is ObservationState.CANCELLED and about.starts_at and not visit.is_over
        else None,
        press(_("The staff know now"), INFORM, data, inputs="none") if visit.can_inform else None,
        press(_("Move the visit"), ASK_MOVE, data, inputs="none") if visit.can_move else None,
        press(_("Cancel it"), ASK_CANCEL, data, inputs="none") if agreed or (visit.leads and state in _ASKED) else None,
    ]


def guide_comes(_: Translator, visit: Visit) -> str:
    """When the two get the focus and the guide: the day before, or at once where that has come already."""
    starts_at = visit.observation.starts_at
    assert starts_at is not None
    if (starts_at.astimezone(_.zone).date() - visit.now.astimezone(_.zone).date()).days <= 1:
        return _("Next step: you both get the focus and the guide before the visit.")
    return _("Next step: you both get the focus and the guide the day before.")


def _next_step(_: Translator, visit: Visit) -> str:
    observer = visit.observer.name if visit.observer else ""
    host = visit.host.name
    match visit.progress:
        case Progress.INVITED | Progress.COUNTERED:
            by_host = visit.progress is Progress.COUNTERED
            if by_host is visit.leads:
                return _("Next step for you: reply to the suggested times.")
            return _("Next step for %(who)s: reply to the suggested times.", who=host if by_host else observer)
        case Progress.AGREED if not visit.is_over:
            return guide_comes(_, visit)
        case Progress.AGREED | Progress.AWAITS_FEEDBACK:
            if visit.leads:
                return _("Next step for %(who)s: the written feedback.", who=observer)
            return _("Next step for you: the written feedback.")
        case Progress.AWAITS_ORAL:
            if visit.leads:
                return _("Next step for %(who)s: the oral feedback.", who=observer)
            return _("Next step for you: the oral feedback.")
        case Progress.COMPLETE if not visit.is_acknowledged:
            if visit.leads:
                return _("Next step for you: read the feedback and acknowledge it.")
            return _("Next step: %(who)s reads your feedback.", who=host)
        case Progress.COMPLETE:
            return _("The feedback is part of the data for the host's next learning dialogue.")
        case _other:
            return _("There is nothing more to do here.")
