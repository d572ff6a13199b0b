"""A local priority as it is written and read, and as data wherever something rests on it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input
from cards.kit import Card, again, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, hint, names_hint, note, said, text
from cards.words import signed
from domain.dialogue import Dialogue
from domain.draft import digest
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.preparation import Source
from domain.priority import LocalPriority, Stated

WRITE = "priority.write"
SAVE = "priority.save"
OPEN = "priority.open"
READ = "priority.read"
PREPARE = "preparation.begin"

LABELS = {"text": N_("What do you give priority to locally?")}


@dataclass(frozen=True, kw_only=True)
class About:
    """An institution and a half-year; without one, the half-year of the day."""

    institution_id: UUID
    half_year: HalfYear | None = None

    @classmethod
    def read(cls, data: Data) -> "About":
        return cls(institution_id=form.subject_id(data), half_year=_half_year(data))


@dataclass(frozen=True, kw_only=True)
class Form:
    """A local priority as typed; `was` marks what was kept when the card was drawn."""

    institution_id: UUID
    half_year: HalfYear | None
    stated: Stated = field(repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            institution_id=form.subject_id(data),
            half_year=_half_year(data),
            stated=Stated(text=form.text(data, "text")),
            was=form.text(data, "v"),
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The priority of one institution and half-year, kept or about to be written; read for one person, the `viewer`.

    `before` is the newest of an earlier half-year, `dialogue` the one that is prepared in this half-year, and
    `can_write` says that it is theirs to write and that the half-year is not over.
    """

    institution: Institution
    half_year: HalfYear
    priority: LocalPriority | None
    viewer: Person
    written_by: Person | None = None
    before: LocalPriority | None = None
    dialogue: Dialogue | None = None
    can_write: bool = False

    @property
    def stated(self) -> Stated:
        return self.priority.stated if self.priority else Stated()


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """One question, with what is kept, what was typed, or what was written the last time to go on from."""
    kept, before = sheet.priority, sheet.before
    goes_on = before if kept is None and typed is None else None
    value = typed.stated.text if typed else goes_on.text if goes_on else sheet.stated.text
    data = carried(sheet.institution.id, h=sheet.half_year.code, v=digest(sheet.stated))
    return card(
        _,
        _("Local priority"),
        subtitle=_where(_, sheet),
        seen_by=_("the leaders of the institution, your chief and the administration, when you save it"),
        minutes=2,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=kept.last_written[1] if kept else None,
                label=lambda name: _(LABELS[name]),
                words=lambda name: str(getattr(sheet.stated, name)),
            ),
            hint(
                _(
                    "What matters most at your institution just now. It counts in the dialogue as much as the key "
                    "figures do, and you write it once for the half-year."
                ),
                spacing="Medium",
            ),
            note(
                _(
                    "This is what you wrote for %(half_year)s. Correct what has changed.",
                    half_year=_.the_half_year(goes_on.half_year),
                ),
                sign="History",
            )
            if goes_on
            else None,
            long_input(
                "text",
                _(LABELS["text"]),
                value=value,
                required=True,
                placeholder=_("For instance what you work with, and why it is this one now"),
                problem=wrong.at(_, problems, "text"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save the priority"), SAVE, data, primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def show(_: Translator, sheet: Sheet, *, others: Sequence[LocalPriority] = ()) -> Card:
    """What was saved: a receipt for the leader, and what others with access read; `others` are earlier ones."""
    kept = sheet.priority
    assert kept is not None
    _by, at = kept.last_written
    dialogue = sheet.dialogue if sheet.can_write else None
    return card(
        _,
        _("Local priority"),
        subtitle=_where(_, sheet),
        state=State(_("Saved"), "good"),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[
            said(kept.text, by=signed(_, sheet.written_by, at) if sheet.written_by else None, spacing="Medium"),
            *_earlier(_, others),
            note(
                _("Next step for you: bring it as data when you prepare your next learning dialogue."),
                sign="ArrowRight",
            )
            if sheet.can_write
            else None,
        ],
        actions=[
            press(_("Prepare the dialogue"), PREPARE, carried(dialogue.id), inputs="none") if dialogue else None,
            press(_("Correct"), WRITE, _about(sheet), inputs="none") if sheet.can_write else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(OPEN, carried(kept.id)),
        summary=_("The local priority of %(institution)s", institution=sheet.institution.name),
    )


def none_yet(_: Translator, sheet: Sheet, *, others: Sequence[LocalPriority] = ()) -> Card:
    """For whoever reads and does not write: nothing in this half-year, and the earlier ones there are."""
    return card(
        _,
        _("Local priority"),
        subtitle=_where(_, sheet),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "No local priority has been written for %(half_year)s yet.",
                    half_year=_.the_half_year(sheet.half_year),
                ),
                spacing="Medium",
            ),
            *_earlier(_, others),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def over(_: Translator, why: Expired, *, typed: Form | None = None) -> Card:
    """The half-year is over, and what was typed is given back."""
    return refusal.show(_, why, written=draft.given_back(_, _typed(typed)))


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, _typed(typed)))


def as_data(
    _: Translator, priority: LocalPriority | None, chosen: Collection[Source] = (Source.PRIORITY,)
) -> list[Element]:
    """R-42: the local priority as qualitative data of the same rank: its words, behind a button like the others'."""
    return each_as_data(_, [priority] if priority is not None and Source.PRIORITY in chosen else [])


def each_as_data(_: Translator, found: Sequence[LocalPriority]) -> list[Element]:
    """The same of several half-years, as a history rests on them."""
    if not found:
        return []
    words = [
        said(each.text, by=priority_line(_, each), spacing="Medium" if number else None)
        for number, each in enumerate(found)
    ]
    return [toggle_more(_("Read the local priority"), "priority", *words, spacing="Small")]


def priority_line(_: Translator, priority: LocalPriority) -> str:
    """Lokal prioritering, forår 2026 (rettet den 3. april 2026)

    What rests on it may be older than its words (I14), so that it is said when they were corrected.
    """
    line = f"{_('Local priority')}, {_.half_year(priority.half_year)}"
    if priority.corrected_at is None:
        return line
    return f"{line} ({_('corrected on %(day)s', day=_.date(priority.corrected_at))})"


def _where(_: Translator, sheet: Sheet) -> str:
    return f"{sheet.institution.name} · {_.half_year(sheet.half_year)}"


def _about(sheet: Sheet) -> dict[str, str | int]:
    return carried(sheet.institution.id, h=sheet.half_year.code)


def _earlier(_: Translator, others: Sequence[LocalPriority]) -> list[Element]:
    if not others:
        return []
    rows = [
        said(each.text, by=priority_line(_, each), spacing="Medium" if number else None)
        for number, each in enumerate(others)
    ]
    return [toggle_more(_("Earlier half-years"), "earlier", *rows, spacing="Medium")]


def _typed(typed: Form | None) -> list[Element]:
    return [said(typed.stated.text)] if typed and typed.stated.text else []


def _half_year(data: Data) -> HalfYear | None:
    code = form.text(data, "h")
    try:
        return HalfYear.parse_asked(code) if code else None
    except ValueError:
        raise NotAllowed from None
