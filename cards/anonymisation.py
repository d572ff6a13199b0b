"""A proposal to anonymise somebody: its approval, what became of it, and the card that stands where another one was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import overview, refusal
from cards.anonymised_places import SHOWN, at_the_top, counted, for_the_records_office, survey_of, what_stays
from cards.form import carried
from cards.kit import Action, Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, facts, hint, note, section, text
from domain.anonymisation import Anonymisation, AnonymisationState, Survey
from domain.errors import Expired, Problems
from domain.kept import Kind
from domain.organisation import Person

BEGIN = "anonymisation.begin"
CHOOSE = "anonymisation.choose"
ASK_RECORD = "anonymisation.ask_record"
PREVIEW = "anonymisation.preview"
LOOK = "anonymisation.look"
PROPOSE = "anonymisation.propose"
OPEN = "anonymisation.open"
APPROVE = "anonymisation.approve"
REFUSE = "anonymisation.refuse"
WITHDRAW = "anonymisation.withdraw"

STATES = {
    AnonymisationState.PROPOSED: (N_("awaits approval"), "accent"),
    AnonymisationState.APPROVED: (N_("approved"), "accent"),
    AnonymisationState.CARRIED_OUT: (N_("carried out"), "accent"),
    AnonymisationState.DONE: (N_("done"), "good"),
    AnonymisationState.REFUSED: (N_("not approved"), "neutral"),
    AnonymisationState.WITHDRAWN: (N_("withdrawn"), "neutral"),
    AnonymisationState.EXPIRED: (N_("not answered in time"), "neutral"),
    AnonymisationState.STOPPED: (N_("stopped"), "warning"),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A proposal as one of the administration sees it. `survey` is what it would change, while it is open; `waiting`
    how many cards are still to be replaced, and `messages` those that could not be."""

    about: Anonymisation
    viewer: Person
    name: str
    proposer: str
    answerer: str
    now: datetime
    survey: Survey | None = None
    readable: Collection[Kind] = ()
    waiting: int = 0
    messages: Sequence[tuple[str, str]] = ()

    @property
    def state(self) -> AnonymisationState:
        return AnonymisationState.EXPIRED if self.about.is_over(self.now) else self.about.state


def show(_: Translator, sheet: Sheet, *, problems: Problems | None = None) -> Card:
    """A proposal and what has become of it; to others of the administration, to be approved."""
    about, state = sheet.about, sheet.state
    word, tone = STATES[state]
    is_open, is_own = state is AnonymisationState.PROPOSED, about.proposed_by == sheet.viewer.id
    body: list[Element | None] = [*at_the_top(_, problems), facts(_rows(_, sheet), spacing="Medium")]
    if is_open and sheet.survey:
        body.append(text(what_stays(_, is_person=about.person_id is not None), spacing="Medium"))
        body += survey_of(_, sheet.survey, sheet.readable)
        body.append(hint(_("It cannot be undone. What is approved is carried out within minutes.")))
    body += _outcome(_, sheet)
    return card(
        _,
        _("Somebody is to be anonymised") if is_open else _("Anonymisation"),
        subtitle=sheet.name if is_open else None,
        state=State(_(word), tone),  # type: ignore[arg-type]
        seen_by=_("the administration of the whole municipality"),
        body=body,
        actions=_answers(_, about, is_open=is_open, is_own=is_own),
        summary=_("A proposal to anonymise") if is_open else _("Anonymisation"),
    )


def over(_: Translator, why: Expired, anonymisation_id: UUID) -> Card:
    shown = refusal.show(_, why)
    return {**shown, "actions": [press(_("See the proposal"), OPEN, carried(anonymisation_id)), *shown["actions"]]}


def gone(_: Translator) -> Card:
    """What stands in the place of a card that named somebody, or held their words."""
    return card(
        _,
        _("The card's content is gone"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "The card was taken away because somebody has been anonymised. What the institutions have decided "
                    "and learned is kept, and you find it in your overview."
                ),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def _answers(_: Translator, about: Anonymisation, *, is_open: bool, is_own: bool) -> list[Action | None]:
    carries = carried(about.id)
    if is_open and is_own:
        return [press(_("Withdraw it"), WITHDRAW, carries), press(_("My overview"), overview.OPEN, carried())]
    if is_open:
        return [
            press(_("Approve"), APPROVE, carries, primary=True),
            press(_("Do not approve"), REFUSE, carries),
            press(_("My overview"), overview.OPEN, carried()),
        ]
    return [press(_("See how it stands"), OPEN, carries), press(_("My overview"), overview.OPEN, carried())]


def _rows(_: Translator, sheet: Sheet) -> list[tuple[str, str]]:
    about = sheet.about
    rows = [
        (_("Case"), about.case),
        (_("Proposed by"), f"{sheet.proposer} · {_.date(about.proposed_at)}"),
    ]
    if sheet.state is AnonymisationState.PROPOSED:
        rows.append((_("To be answered by"), _.date(about.good_until)))
    if sheet.answerer and about.answered_at and sheet.state is not AnonymisationState.WITHDRAWN:
        rows.append((_("Answered by"), f"{sheet.answerer} · {_.date(about.answered_at)}"))
    if about.carried_out_at:
        rows.append((_("Carried out"), _.stamp(about.carried_out_at)))
    return rows


def _outcome(_: Translator, sheet: Sheet) -> list[Element]:
    """What has been done, what is left, and what somebody must do by hand."""
    about, found = sheet.about, list[Element]()
    match sheet.state:
        case AnonymisationState.APPROVED:
            found.append(text(_("It is carried out within minutes, and both of you hear of it."), spacing="Medium"))
        case AnonymisationState.STOPPED:
            stopped = _(
                "Nothing was changed: since it was approved, a hold has been placed or the person has got a role. "
                "Propose it again when that is over."
            )
            found.append(note(stopped, sign="Warning"))
        case AnonymisationState.EXPIRED:
            found.append(text(_("Nobody answered within 14 days, and nothing was changed."), spacing="Medium"))
        case AnonymisationState.REFUSED | AnonymisationState.WITHDRAWN:
            found.append(text(_("Nothing was changed."), spacing="Medium"))
    if about.counts is None:
        return found
    found.append(section(_("What was done")))
    found.append(facts(counted(_, about.counts), spacing="Small"))
    if sheet.waiting:
        waits = _.ngettext(
            "%(n)s card is still to be replaced.", "%(n)s cards are still to be replaced.", sheet.waiting
        )
        found.append(text(waits, spacing="Medium"))
    if about.fixed:
        found.append(
            note(
                for_the_records_office(_, about.fixed),
                sign="Warning",
            )
        )
    if sheet.messages:
        rows = [text(f"{number} · {reason or '–'}", small=True, spacing="None") for number, reason in sheet.messages]
        found.append(toggle_more(_("Cards not reached"), "unreached", *rows[:SHOWN]))
    return found
