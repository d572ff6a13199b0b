"""Anonymising somebody: what becomes of each place, the proposal, its approval, and the card that stands where another
one was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, text_input, toggle
from cards.kinds import KINDS
from cards.kit import Action, Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.parts import State, facts, hint, note, said, section, text
from cards.which import which
from domain.anonymisation import Anonymisation, AnonymisationState, Counts, Place, Survey, Treatment
from domain.errors import Expired, NotAllowed, Problems
from domain.kept import Kind
from domain.organisation import Person
from domain.retention import LONGEST_REFERENCE

BEGIN = "anonymisation.begin"
CHOOSE = "anonymisation.choose"
ASK_RECORD = "anonymisation.ask_record"
PREVIEW = "anonymisation.preview"
PROPOSE = "anonymisation.propose"
OPEN = "anonymisation.open"
APPROVE = "anonymisation.approve"
REFUSE = "anonymisation.refuse"
WITHDRAW = "anonymisation.withdraw"

SHOWN, EXCERPTS = 12, 2
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
TREATMENTS = {
    Treatment.RENAMED: N_("The name is left out"),
    Treatment.EMPTIED: N_("The words are deleted"),
    Treatment.FIXED: N_("Final: the records office must look at it"),
    Treatment.UNSURE: N_("Perhaps somebody else: look at it yourself"),
}


@dataclass(frozen=True, kw_only=True)
class RecordForm:
    """A name as typed, and the record in which it stands."""

    name: str = field(repr=False)
    record: str

    @classmethod
    def read(cls, data: Data) -> "RecordForm":
        return cls(name=form.text(data, "sought"), record=form.text(data, "record"))

    @property
    def record_id(self) -> UUID | None:
        return form.parsed_id(self.record)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.name, self.record)))


@dataclass(frozen=True, kw_only=True)
class ProposeForm:
    """A proposal as typed: of somebody on the list, or of a name in a record."""

    case: str
    parts_too: bool
    person_id: UUID | None = None
    record: RecordForm | None = None

    @classmethod
    def read(cls, data: Data) -> "ProposeForm":
        person_id = form.optional_id(data, "id")
        return cls(
            case=form.text(data, "case"),
            parts_too=form.is_on(data, "parts"),
            person_id=person_id,
            record=None if person_id else RecordForm.read(data),
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.case,)))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Which proposal somebody answers."""

    anonymisation_id: UUID

    @classmethod
    def read(cls, data: Data) -> "Answer":
        return cls(anonymisation_id=form.subject_id(data))


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Whom it would be about: what it would change, or what must be done first. `readable` are the kinds of which the
    reader may read the words."""

    name: str
    person: Person | None = None
    record: RecordForm | None = None
    survey: Survey | None = None
    hindrance: Problems | None = None
    readable: Collection[Kind] = ()


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


def begin(_: Translator, rows: Sequence[Sheet], *, unknown: str = "") -> Card:
    """How to begin, and what there is already."""
    listed = [(str(each.about.id), _listed(_, each)) for each in rows]
    return card(
        _,
        _("Anonymise"),
        seen_by=_("only you"),
        body=[
            note(_("Nobody on the list is called “%(name)s”.", name=unknown)) if unknown else None,
            text(
                _(
                    "Write “anonymise” and the name or the e-mail of somebody who has left. You see what becomes of "
                    "each place before anything happens, and another one of the administration must approve it."
                ),
                spacing="Medium",
            ),
            hint(
                _(
                    "A child, a parent or somebody else who is only named in a text is found by the id of the record, "
                    "as it stands in an answer to a request for access."
                )
            ),
            choices("id", _("Proposals"), listed, chosen=listed[0][0], compact=len(listed) > 4) if listed else None,
        ],
        actions=[
            press(_("See the proposal"), OPEN, carried(), primary=True) if listed else None,
            press(_("A name in a record"), ASK_RECORD, carried(), inputs="none", primary=not listed),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def which_person(_: Translator, people: Sequence[Person]) -> Card:
    """For a name that several have."""
    rows = [(each.id, each.name, f"{each.name} · {each.email}") for each in people]
    return which(_, _("Who is to be anonymised?"), _("Person"), rows, CHOOSE)


def ask_record(_: Translator, *, typed: RecordForm | None = None, problems: Problems | None = None) -> Card:
    """Which name in which record."""
    return card(
        _,
        _("Anonymise a name in a record"),
        seen_by=_("only you"),
        body=[
            text_input(
                "sought",
                _("The name as it stands there"),
                value=typed.name if typed else "",
                required=True,
                limit=200,
                problem=wrong.at(_, problems, "name"),
            ),
            text_input(
                "record",
                _("The id of the record"),
                value=typed.record if typed else "",
                required=True,
                limit=40,
                problem=wrong.at(_, problems, "record") or wrong.at(_, problems, "person"),
            ),
            hint(_("It stands with each record in the file “mine-data.json” that access-export writes.")),
        ],
        actions=[
            press(_("See what happens"), PREVIEW, carried(), primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def propose(_: Translator, ask: Ask, *, typed: ProposeForm | None = None, problems: Problems | None = None) -> Card:
    """What becomes of each place, and the form of the proposal; or what must be done first."""
    if ask.survey is None:
        return card(
            _,
            _("Anonymise"),
            subtitle=ask.name,
            seen_by=_("only you"),
            body=[note(wrong.at(_, ask.hindrance, "person") or "", sign="Warning")],
            actions=[
                press(_("Back"), BEGIN, carried(), inputs="none"),
                press(_("My overview"), overview.OPEN, carried(), inputs="none"),
            ],
            summary=_("Anonymise"),
        )
    carries = (
        carried(ask.person.id)
        if ask.person
        else carried(None, sought=ask.record.name if ask.record else "", record=ask.record.record if ask.record else "")
    )
    return card(
        _,
        _("Anonymise"),
        subtitle=ask.name,
        seen_by=_("you and those who can approve it"),
        body=[
            *_at_the_top(_, problems),
            text(_what_stays(_, is_person=ask.person is not None), spacing="Medium"),
            *_survey(_, ask.survey, ask.readable),
            section(_("The proposal")),
            text_input(
                "case",
                _("The case in which it was asked for"),
                value=typed.case if typed else "",
                required=True,
                limit=LONGEST_REFERENCE,
                problem=wrong.at(_, problems, "case"),
            ),
            toggle(
                "parts",
                _("The name"),
                _("Leave out the first name and the surname by themselves, too"),
                on=typed.parts_too if typed else True,
            ),
            hint(_("It cannot be undone. What is approved is carried out within minutes.")),
        ],
        actions=[
            press(_("Send for approval"), PROPOSE, carries, primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Anonymise"),
    )


def show(_: Translator, sheet: Sheet, *, problems: Problems | None = None) -> Card:
    """A proposal and what has become of it; to others of the administration, to be approved."""
    about, state = sheet.about, sheet.state
    word, tone = STATES[state]
    is_open, is_own = state is AnonymisationState.PROPOSED, about.proposed_by == sheet.viewer.id
    body: list[Element | None] = [*_at_the_top(_, problems), facts(_rows(_, sheet), spacing="Medium")]
    if is_open and sheet.survey:
        body.append(text(_what_stays(_, is_person=about.person_id is not None), spacing="Medium"))
        body += _survey(_, sheet.survey, sheet.readable)
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


def refused(_: Translator, texts: Sequence[str]) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(each) for each in texts]))


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
        rows.append((_("Carried out"), _.moment(about.carried_out_at)))
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
    found.append(facts(_counted(_, about.counts), spacing="Small"))
    if sheet.waiting:
        waits = _.ngettext(
            "%(n)s card is still to be replaced.", "%(n)s cards are still to be replaced.", sheet.waiting
        )
        found.append(text(waits, spacing="Small"))
    if about.fixed:
        found.append(
            note(
                _for_the_records_office(_, about.fixed),
                sign="Warning",
            )
        )
    if sheet.messages:
        rows = [text(f"{number} · {reason or '–'}", small=True, spacing="None") for number, reason in sheet.messages]
        found.append(toggle_more(_("Cards not reached"), "unreached", *rows[:SHOWN]))
    return found


def _survey(_: Translator, survey: Survey, readable: Collection[Kind]) -> list[Element]:
    """How much of what, then each place: its words only where the reader may read them."""
    found: list[Element] = [section(_("What happens")), facts(_counted(_, survey.counts), spacing="Small")]
    by_hand = [*(each.name for each in survey.of(Treatment.FIXED)), *survey.copies]
    if by_hand:
        found.append(note(_for_the_records_office(_, list(dict.fromkeys(by_hand))), sign="Warning"))
    places = [each for each in survey.places if each.treatment in TREATMENTS]
    if not places:
        return found
    rows = [_place(_, each, readable) for each in places[:SHOWN]]
    if len(places) > SHOWN:
        rows.append(
            hint(
                _.ngettext(
                    "There is %(n)s more place. All of them: laeringsbot anonymise with --dry-run.",
                    "There are %(n)s more places. All of them: laeringsbot anonymise with --dry-run.",
                    len(places) - SHOWN,
                )
            )
        )
    found.append(toggle_more(_("See each place"), "places", *rows))
    if not all(each.kind in readable for each in places):
        found.append(
            hint(
                _("You see where the name stands. The words are shown only where you may read them."), sign="LockClosed"
            )
        )
    return found


def _for_the_records_office(_: Translator, names: Sequence[str]) -> str:
    return _(
        "The name can stand in what is final, or was handed over to the journal, and is not changed here: %(which)s. "
        "The records office must look at it.",
        which=_.join(names),
    )


def _place(_: Translator, place: Place, readable: Collection[Kind]) -> Element:
    when = _.date(place.at) if place.at else ""
    line = " · ".join(filter(None, (_(KINDS[place.kind]), place.institution, when, place.name)))
    times = _.ngettext("%(n)s time", "%(n)s times", place.times)
    shown = place.words[:EXCERPTS] if place.kind in readable else ()
    return group(
        text(line, strong=True),
        text(f"{_(TREATMENTS[place.treatment])} · {times}", small=True, subtle=True, spacing="None"),
        *[said(each, spacing="Small") for each in shown],
        spacing="Medium",
    )


def _counted(_: Translator, counts: Counts) -> list[tuple[str, str]]:
    """Only what there is; that nothing is found is told, too."""
    rows = [
        (_("The name is left out"), _.ngettext("in %(n)s record", "in %(n)s records", counts.renamed), counts.renamed),
        (
            _("The words are deleted"),
            _.ngettext("in %(n)s record", "in %(n)s records", counts.emptied),
            counts.emptied,
        ),
        (
            _("Deleted altogether"),
            _.ngettext("%(n)s row about reaching them", "%(n)s rows about reaching them", counts.forgotten),
            counts.forgotten,
        ),
        (
            _("Cards replaced"),
            _.ngettext("%(n)s card in chats", "%(n)s cards in chats", counts.cards),
            counts.cards,
        ),
        (
            _("Cards not reached"),
            _.ngettext("%(n)s card", "%(n)s cards", counts.unreached),
            counts.unreached,
        ),
        (
            _("Final, not changed"),
            _.ngettext("%(n)s record for the records office", "%(n)s records for the records office", counts.fixed),
            counts.fixed,
        ),
        (
            _("Perhaps somebody else"),
            _.ngettext("%(n)s record to look at", "%(n)s records to look at", counts.unsure),
            counts.unsure,
        ),
    ]
    found = [(name, words) for name, words, count in rows if count]
    return found or [(_("The name is left out"), _("nowhere: it stands in no text"))]


def _what_stays(_: Translator, *, is_person: bool) -> str:
    if not is_person:
        return _("The name is replaced by “[navn fjernet]” in the record. Everything else in it stays.")
    return _(
        "Name, e-mail and account are deleted, and the person is called for example “En tidligere leder”. What the "
        "institutions have decided and learned stays. Notes from the person's own 1:1s lose their words."
    )


def _listed(_: Translator, sheet: Sheet) -> str:
    about = sheet.about
    return " · ".join((sheet.name or about.case, _(STATES[sheet.state][0]), _.date(about.proposed_at)))


def _at_the_top(_: Translator, problems: Problems | None) -> list[Element]:
    """What is in the way as a whole, and belongs to no field."""
    found = [wrong.at(_, problems, name) for name in ("person", "by", "approve", "name", "record")]
    return [note(each, sign="Warning") for each in found if each]
