"""C21 to the new leader: where the institution is, what goes on, and the agreements that the chief has passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cards import form, inherited, overview
from cards.agreement_owner import owner_and_due
from cards.form import Data, carried
from cards.inherited import Inherited
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element, group
from cards.meeting import who_sees_agreements
from cards.overview import Place, place_lines
from cards.parts import hint, said, section, text
from cards.preparation import BEGIN as PREPARE
from domain.agreement import Agreement
from domain.handover import Handover
from domain.organisation import Institution, Person

OPEN = "new_leader.open"
CONFIRM = "new_leader.confirm"


@dataclass(frozen=True, kw_only=True)
class Handed:
    """The agreements about an institution that were passed on to its leader, each with the chief who did it.

    `begun_with` is the role of a leader who is still new, and leads to all that goes on.
    """

    institution: Institution
    rows: Sequence[tuple[Agreement, Person]]
    begun_with: UUID | None = None

    @property
    def unconfirmed(self) -> list[Agreement]:
        return [each for each, _chief in self.rows if each.confirmed_at is None]


@dataclass(frozen=True, kw_only=True)
class ConfirmForm:
    """The agreements that the leader has read."""

    institution_id: UUID
    agreement_ids: tuple[UUID, ...]

    @classmethod
    def read(cls, data: Data) -> "ConfirmForm":
        return cls(institution_id=form.subject_id(data), agreement_ids=form.ids(data, "a"))


def welcome(
    _: Translator, handover: Handover, place: Place, kept: Inherited, handed: Handed, *, can_prepare: bool
) -> Card:
    """Everything that a leader needs in order to go on from where the institution is."""
    coming = kept.next_dialogue
    former = _.join(each.name for each in handover.former)
    return card(
        _,
        _("Welcome back as leader") if handover.is_return else _("Welcome as leader"),
        subtitle=handover.institution.name,
        seen_by=_("you. The agreements: %(they)s.", they=who_sees_agreements(_)),
        minutes=3,
        body=[
            text(_("Here you see how far the institution is, and what continues with you."), spacing="Medium"),
            *place_lines(_, place),
            _preparation(_, kept) if coming else None,
            *inherited.focus_areas(_, kept),
            *inherited.decisions(_, kept),
            *inherited.measures(_, kept),
            *inherited.recommendations(_, kept),
            *_handed(_, handed),
            section(_("What does not continue with you")),
            text(_stays(_, former), spacing="Small"),
            hint(
                _(
                    "A preparation or a reflection that has been begun belongs to the institution, so you can "
                    "continue writing it."
                ),
                spacing="Small",
            ),
        ],
        actions=[
            press(_("Prepare"), PREPARE, carried(coming.id), primary=True) if coming and can_prepare else None,
            _confirm(_, handed, primary=not can_prepare) if handed.unconfirmed else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Welcome as leader at %(institution)s", institution=handover.institution.name),
    )


def agreements(_: Translator, handed: Handed) -> Card:
    """What the chief has passed on, for a leader who is asked whether it stands."""
    waits = bool(handed.unconfirmed)
    return card(
        _,
        _("Agreements that continue with you"),
        subtitle=handed.institution.name,
        seen_by=who_sees_agreements(_),
        body=[
            group(*[_row(_, each, chief) for each, chief in handed.rows], spacing="Medium"),
            text(_("Is this right? If not, take it up at your next 1:1."), spacing="Medium")
            if waits
            else text(_("You have confirmed them. They are on the agenda of your next 1:1."), spacing="Medium"),
            hint(_("Write “agreements” to see them again. Notes from earlier 1:1s are not passed on.")),
        ],
        actions=[
            _confirm(_, handed, primary=True) if waits else None,
            press(_("What continues"), OPEN, carried(handed.begun_with), inputs="none") if handed.begun_with else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Agreements that continue at %(institution)s", institution=handed.institution.name),
    )


def _confirm(_: Translator, handed: Handed, *, primary: bool) -> dict[str, object]:
    data = carried(handed.institution.id, a=",".join(str(each.id) for each in handed.unconfirmed))
    title = _("Confirm the agreement") if len(handed.unconfirmed) == 1 else _("Confirm the agreements")
    return press(title, CONFIRM, data, primary=primary, inputs="none")


def _preparation(_: Translator, kept: Inherited) -> Element:
    words = (
        text(_("Its preparation"), small=True, subtle=True),
        text(inherited.preparation_word(_, kept), spacing="None"),
    )
    return group(*words, spacing="Small")


def _handed(_: Translator, handed: Handed) -> list[Element]:
    parts: list[Element] = [section(_("Agreements from 1:1s"))]
    if not handed.rows:
        words = _("Your chief decides for each agreement whether it continues with you. Then you find it here.")
        return [*parts, text(words, spacing="Small")]
    return [*parts, *[_row(_, each, chief) for each, chief in handed.rows]]


def _row(_: Translator, agreement: Agreement, chief: Person) -> Element:
    confirmed = _("confirmed") if agreement.confirmed_at else _("not confirmed yet")
    by = " · ".join((owner_and_due(_, agreement.owner, agreement.due), _("from %(who)s", who=chief.name), confirmed))
    return said(agreement.text, by=by, spacing="Small")


def _stays(_: Translator, former: str) -> str:
    if not former:
        return _("Notes from others' 1:1s and their own drafts stay with them.")
    return _(
        "%(former)s's notes from 1:1s and own drafts are not passed on. You start afresh with your chief.",
        former=former,
    )
