"""The answer to an invitation: a time, another time, or not this time; and what the host hears of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import draft, form, overview, refusal
from cards.appointment import slot_inputs, slots_in
from cards.form import Data, carried
from cards.guide import definition_of, folded
from cards.kit import Action, Card, buttons, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import bullets, hint, note, said, section, text
from cards.visit import AGAIN, ANSWER, ASK_CANCEL, Visit, details, focus, progress_state, seen_by_both, span
from cards.which import short
from domain.appointment import Slot
from domain.errors import NotAllowed, Problems
from domain.observation import Progress
from domain.observer import Candidate

OPEN = ANSWER
ACCEPT = "invitation.accept"
ASK_PROPOSE = "invitation.ask_propose"
PROPOSE = "invitation.propose"
DECLINE = "invitation.decline"
LATER = "invitation.later"


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """A press about one observation: `revision` is the one the card was drawn of, `time` the one that was accepted."""

    observation_id: UUID
    revision: int
    time: datetime | None = None

    @classmethod
    def read(cls, data: Data) -> "AnswerForm":
        try:
            time = datetime.fromisoformat(form.text(data, "t"))
        except ValueError:
            time = None
        return cls(
            observation_id=form.subject_id(data),
            revision=form.number(data, "r"),
            time=time if time and time.tzinfo else None,
        )


@dataclass(frozen=True, kw_only=True)
class ProposeForm:
    """Another time as typed, by whichever of the two is asked."""

    observation_id: UUID
    revision: int
    slots: tuple[Slot, ...]

    @classmethod
    def read(cls, data: Data) -> "ProposeForm":
        return cls(observation_id=form.subject_id(data), revision=form.number(data, "r"), slots=slots_in(data))


def ask(_: Translator, visit: Visit) -> Card:
    """The invitation, for the observer: the definition and the focus first, then the times."""
    about = visit.observation
    coming = [each for each in about.offered if each > visit.now]
    return card(
        _,
        _("Invitation to observe"),
        subtitle=f"{visit.host.name} · {about.what.where}",
        seen_by=seen_by_both(_, visit),
        minutes=2,
        body=[
            text(
                _(
                    "%(host)s invites you to observe the learning environment. It is not an inspection: you look with "
                    "a colleague's eyes, and tell what you saw.",
                    host=visit.host.name,
                ),
                spacing="Medium",
            ),
            *details(_, visit),
            section(_("A shared understanding"), spacing="Medium"),
            text(definition_of(_, visit.guide), spacing="Small"),
            folded(_, visit.guide),
            section(_("Suggested times"), spacing="Medium"),
            bullets([span(_, each, about.minutes) for each in coming], spacing="Small")
            if coming
            else hint(_("The suggested times have passed. Propose another.")),
            buttons(*_yes(_, visit, coming)) if coming else None,
            hint(_("You need not say why, if it does not suit you. Nobody sees a reason.")),
        ],
        actions=[
            press(_("Propose another time"), ASK_PROPOSE, _about(visit), inputs="none"),
            press(_("Not this time"), DECLINE, _about(visit), inputs="none"),
            press(_("Not now"), LATER, _about(visit), inputs="none"),
        ],
        summary=_("An invitation to observe at %(institution)s", institution=visit.host.name),
    )


def countered(_: Translator, visit: Visit) -> Card:
    """The observer proposes other times, for the leaders of the host."""
    about = visit.observation
    coming = [each for each in about.offered if each > visit.now]
    observer = visit.observer.name if visit.observer else ""
    return card(
        _,
        _("Another time is proposed"),
        subtitle=f"{visit.host.name} · {about.what.where}",
        state=progress_state(_, visit),
        seen_by=seen_by_both(_, visit),
        body=[
            text(_("%(who)s would like to come, at another time:", who=observer), spacing="Medium"),
            bullets([span(_, each, about.minutes) for each in coming], spacing="Small")
            if coming
            else hint(_("The proposed time has passed. Propose another.")),
            buttons(*_yes(_, visit, coming)) if coming else None,
            *focus(_, visit),
        ],
        actions=[
            press(_("Propose another time"), ASK_PROPOSE, _about(visit), inputs="none"),
            press(_("Cancel it"), ASK_CANCEL, _about(visit), inputs="none"),
            press(_("Not now"), LATER, _about(visit), inputs="none"),
        ],
        summary=_("Another time for an observation at %(institution)s", institution=visit.host.name),
    )


def ask_propose(
    _: Translator, visit: Visit, *, typed: ProposeForm | None = None, problems: Problems | None = None
) -> Card:
    """Another time, by whichever of the two is asked."""
    slots = typed.slots if typed else ()
    return card(
        _,
        _("Propose another time"),
        subtitle=f"{visit.host.name} · {visit.observation.what.where}",
        seen_by=seen_by_both(_, visit),
        body=[
            text(
                _("The visit takes %(minutes)s minutes.", minutes=visit.observation.minutes),
                spacing="Medium",
            ),
            *slot_inputs(_, 1, slots[0] if slots else Slot(), problems, alone=True),
        ],
        actions=[
            press(_("Propose it"), PROPOSE, _about(visit), primary=True),
            press(_("Back"), OPEN, _about(visit), inputs="none"),
        ],
    )


def proposed(_: Translator, visit: Visit) -> Card:
    """A receipt for who proposed other times."""
    about = visit.observation
    who = visit.observer.name if visit.leads and visit.observer else visit.host.name
    return card(
        _,
        _("The proposal is sent"),
        subtitle=f"{visit.host.name} · {about.what.where}",
        state=progress_state(_, visit),
        seen_by=seen_by_both(_, visit),
        body=[
            bullets([span(_, each, about.minutes) for each in about.offered], spacing="Medium"),
            note(_("Next step for %(who)s: reply to the suggested times.", who=who), sign="ArrowRight"),
        ],
        actions=[
            None if visit.leads else press(_("Not this time"), DECLINE, _about(visit), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("The proposal is sent"),
    )


def declined(_: Translator, visit: Visit) -> Card:
    """A receipt for the observer who says no, which says what the host is told."""
    return card(
        _,
        _("Not this time"),
        subtitle=f"{visit.host.name} · {visit.observation.what.where}",
        seen_by=_("the leaders of %(host)s, only as “not this time”", host=visit.host.name),
        body=[text(_("That is quite all right. They get three other suggestions."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def unanswered(_: Translator, visit: Visit, suggested: Sequence[Candidate]) -> Card:
    """For the host: it came to nothing this time, and three others who could be invited with the same words."""
    about = visit.observation
    who = visit.observer.name if visit.observer else ""
    if visit.progress is Progress.DECLINED:
        words = _("%(who)s: not this time.", who=who)
    elif about.is_host_asked:
        words = _(
            "Nobody replied within 14 days to the time that %(who)s proposed, so the invitation has expired.", who=who
        )
    else:
        words = _("%(who)s has not answered within 14 days, so the invitation has expired.", who=who)
    return card(
        _,
        _("Would you like to invite somebody else?"),
        subtitle=f"{visit.host.name} · {about.what.where}",
        state=progress_state(_, visit),
        seen_by=_("the leaders of %(host)s", host=visit.host.name),
        body=[
            text(words, spacing="Medium"),
            *(
                [
                    section(_("Other suggestions"), spacing="Medium"),
                    bullets([f"{each.name} · {each.institution}" for each in suggested], spacing="Small"),
                    hint(_("What you have written goes along. You choose new times before it is sent.")),
                ]
                if suggested
                else [hint(_("I know nobody else at another institution just now."))]
            ),
        ],
        actions=[
            *[
                press(short(each.name), AGAIN, carried(about.id, o=str(each.person_id)), primary=place == 0)
                for place, each in enumerate(suggested)
            ],
            press(_("Find somebody else"), AGAIN, carried(about.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("An invitation from %(institution)s", institution=visit.host.name),
    )


def none_waits(_: Translator) -> Card:
    return card(
        _,
        _("No invitations waiting"),
        seen_by=_("only you"),
        body=[text(_("There is no invitation for you to answer just now."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, typed: ProposeForm) -> Card:
    """For somebody to whom the card was forwarded: what they typed, and nothing of the matter."""
    return refusal.show(_, NotAllowed(), written=written(_, typed.slots))


def written(_: Translator, slots: Sequence[Slot]) -> list[Element]:
    """The times that were typed, to be copied."""
    lines = [
        _.on_day_at(_.date(each.day) if each.day else "", _.time_of_day(each.clock) if each.clock else "")
        for each in slots
        if not each.is_empty
    ]
    return draft.given_back(_, [said(line) for line in lines])


def _yes(_: Translator, visit: Visit, coming: Sequence[datetime]) -> list[Action]:
    """A button for each time: by its day of the week, and by its date where two are the same."""
    about = visit.observation
    days = {_.weekday_name(each) for each in coming}
    made = []
    for place, each in enumerate(coming):
        day = _.weekday_name(each) if len(days) == len(coming) else _.short_date(each)
        made.append(
            press(
                _("Yes – %(day)s %(clock)s", day=day, clock=_.clock(each)),
                ACCEPT,
                carried(about.id, r=about.revision, t=each.isoformat()),
                primary=place == 0,
                inputs="none",
            )
        )
    return made


def _about(visit: Visit) -> dict[str, str | int]:
    return carried(visit.observation.id, r=visit.observation.revision)
