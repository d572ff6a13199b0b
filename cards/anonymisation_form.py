"""The cards with which one of the administration proposes to anonymise somebody, or a name in a record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.anonymisation import ASK_RECORD, BEGIN, CHOOSE, LOOK, OPEN, PREVIEW, PROPOSE, STATES, Sheet
from cards.anonymised_places import at_the_top, survey_of, what_stays
from cards.form import Data, carried
from cards.inputs import choices, text_input, toggle
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import hint, note, said, section, text
from cards.which import which
from domain.anonymisation import Survey
from domain.errors import NotAllowed, Problems
from domain.kept import Kind
from domain.organisation import Person
from domain.retention import LONGEST_REFERENCE


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
class Ask:
    """Whom it would be about: what it would change, or what must be done first; without either, it was not looked for.
    `readable` are the kinds of which the reader may read the words."""

    name: str
    person: Person | None = None
    record: RecordForm | None = None
    survey: Survey | None = None
    hindrance: Problems | None = None
    readable: Collection[Kind] = ()


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
    """What becomes of each place, behind a button where it was not looked for, and the form of the proposal; or what
    must be done first."""
    if ask.hindrance is not None:
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
    seen: list[Element] = []
    if ask.survey is not None:
        stays = text(what_stays(_, is_person=ask.person is not None), spacing="Medium")
        seen = [stays, *survey_of(_, ask.survey, ask.readable)]
    return card(
        _,
        _("Anonymise"),
        subtitle=ask.name,
        seen_by=_("you and those who can approve it"),
        body=[
            *at_the_top(_, problems),
            *seen,
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
            press(_("See what happens"), LOOK, carries) if ask.survey is None else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Anonymise"),
    )


def refused(_: Translator, texts: Sequence[str]) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(each) for each in texts]))


def _listed(_: Translator, sheet: Sheet) -> str:
    about = sheet.about
    return " · ".join((sheet.name or about.case, _(STATES[sheet.state][0]), _.date(about.proposed_at)))
