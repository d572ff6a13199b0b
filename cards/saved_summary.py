"""A saved supervision summary, from the chief's draft to the final one, as each of its readers meets it.

What it says is what the records said when it was made; the leader's answer stands beside it and is printed with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, hint, note, said, text
from cards.scope import carry
from domain.errors import Expired, NotAllowed
from domain.journal import JournalEntry
from domain.organisation import Institution, Person
from domain.printed import Line
from domain.saved_summary import SavedSummary, SummaryRemark, SummaryState
from domain.scope import Bounds

NAME = "saved_summary"
BEGIN = "saved_summary.begin"
OPEN = "saved_summary.open"
LIST = "saved_summary.list"

STATES: Mapping[SummaryState, State] = {
    SummaryState.DRAFT: State(N_("draft"), "neutral", "Document"),
    SummaryState.READ: State(N_("draft, read by the chief"), "neutral", "Document"),
    SummaryState.SENT: State(N_("with the leader for a remark"), "accent"),
    SummaryState.FINAL: State(N_("final"), "good"),
}
JOURNALISED = State(N_("journalised"), "good")
WITH_YOU = State(N_("with you for a remark"), "accent")
ANSWERED = State(N_("answered"), "good")
REASONS = {
    "summary_final": N_("The summary is final, and stays as it is. A change makes a new edition."),
    "summary_sent": N_("The summary is already with the leader, and stays as it was sent."),
    "summary_made_anew": N_("The summary has been made again in the meantime. Read it once more before you send it."),
    "summary_not_sent": N_("The summary is not with the leader for a remark."),
    "summary_waits": N_("The leader has seven days for a remark, or until there is an answer. It waits until then."),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A saved summary for one reader. `lines` are those that are theirs to read, without `hidden` agreements.

    `answers` are the leaders', oldest first; `mine` the reader's own. `leaders` are the names of those it goes to.
    `journal` says where it stands in the journal, once it has arrived there, and `is_journal_on` that it goes there.
    """

    summary: SavedSummary
    where: Institution
    lines: Sequence[Line] = field(repr=False)
    author: Person
    viewer: Person
    is_chief: bool
    is_leader: bool = False
    hidden: int = 0
    answers: Sequence[tuple[SummaryRemark, Person]] = ()
    leaders: Sequence[str] = ()
    can_be_final: bool = False
    replaces: str = ""
    replaced_by: str = ""
    journal: JournalEntry | None = None
    is_journal_on: bool = False
    word: str | None = None
    pdf: str | None = None

    @property
    def mine(self) -> SummaryRemark | None:
        return next((each for each, author in self.answers if author.id == self.viewer.id), None)

    @property
    def can_answer(self) -> bool:
        return self.is_leader and self.summary.state is SummaryState.SENT


@dataclass(frozen=True, kw_only=True)
class PageForm:
    """Which summary, and which page of it; the way back from its sources carries it among the bounds."""

    id: UUID
    page: int = 0

    @classmethod
    def read(cls, data: Data) -> "PageForm":
        found = form.optional_id(data, "id") or form.optional_id(data, "saved")
        if found is None:
            raise NotAllowed
        return cls(id=found, page=max(form.number(data, "page"), 0))


@dataclass(frozen=True, kw_only=True)
class SendForm:
    """*Send til lederen*, of the lines that the card showed."""

    id: UUID
    mark: str

    @classmethod
    def read(cls, data: Data) -> "SendForm":
        return cls(id=form.subject_id(data), mark=form.text(data, "v"))


def which(_: Translator, places: Sequence[Institution], bounds: Bounds) -> Card:
    """Which institution it is to be about, and why it is about one."""
    options = [(str(each.id), each.name) for each in places[:150]]
    return card(
        _,
        _("Save as supervision summary"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "A saved summary is about one institution, so that its leader can see all of it and remark on it. "
                    "Choose which one."
                ),
                spacing="Medium",
            ),
            choices(
                "to_place",
                _("Institution"),
                options,
                compact=True,
                searchable=len(options) > 12,
                placeholder=_("Choose"),
            ),
        ],
        actions=[
            press(_("Save as summary"), BEGIN, {**carried(), **carry(bounds)}, primary=True),
            press(_("Back"), "summary.open", {**carried(), **carry(bounds)}, inputs="none"),
        ],
    )


def over(_: Translator, sheet: Sheet, why: Expired, *, written: str = "") -> Card:
    """Why that is not possible any more, or not yet; and what was typed, to be copied."""
    return card(
        _,
        _("Not yet") if why.code == "summary_waits" else _("The card is out of date"),
        subtitle=sheet.summary.scope,
        seen_by=_("only you"),
        body=[text(_(REASONS[why.code]), spacing="Medium"), *draft.given_back(_, own_words(written))],
        actions=[press(_("See the summary"), OPEN, carried(sheet.summary.id), primary=True)],
        summary=_("Supervision summary"),
    )


def dropped(_: Translator) -> Card:
    return card(
        _,
        _("The draft is deleted"),
        seen_by=_("only you"),
        body=[text(_("Nobody else had received it. What it was made from has not been changed."), spacing="Medium")],
        actions=[press(_("My summaries"), LIST, carried(), primary=True)],
    )


def name_of(summary: SavedSummary) -> str:
    """2026-3, of a final one."""
    return f"{summary.year}-{summary.number}" if summary.is_final else ""


def answer_words(_: Translator, each: SummaryRemark, author: Person) -> tuple[str, str]:
    """What a leader has answered, and who and when."""
    words = each.remark or _("It is right.")
    return words, f"{author.name} · {_.date(each.last_written)}"


def no_answer(_: Translator, summary: SavedSummary) -> str:
    """Said in a final one that nobody has remarked on."""
    assert summary.sent_at is not None
    assert summary.final_at is not None
    return _(
        "The leader had it for a remark from %(start)s to %(end)s, and has made none.",
        start=_.date(summary.sent_at),
        end=_.date(summary.final_at),
    )


def own_words(words: str) -> list[Element]:
    return [said(words, spacing="Small")] if words else []


def state_of(_: Translator, sheet: Sheet) -> State:
    """`endelig → journaliseret`: a final one never changes, so that the journal is told of from beside it."""
    is_with_you = sheet.can_answer and sheet.mine is None
    found = JOURNALISED if sheet.journal else WITH_YOU if is_with_you else state_told(sheet.summary)
    return State(_(found.word), found.tone, found.icon)


def state_told(summary: SavedSummary, *, leads: bool = False) -> State:
    """The state before it is journalised; one that is sent is with whoever `leads` until one of the leaders answers."""
    if summary.state is not SummaryState.SENT:
        return STATES[summary.state]
    return ANSWERED if summary.answered_at else WITH_YOU if leads else STATES[summary.state]


def seen_by(_: Translator, sheet: Sheet) -> str:
    match sheet.summary.state:
        case SummaryState.DRAFT | SummaryState.READ:
            return _("the institution's Children and Youth chief. The leader sees it when you send it for a remark.")
        case SummaryState.SENT if sheet.is_journal_on:
            return _(
                "the institution's leaders and its Children and Youth chief; when it is final, also the administration "
                "that takes part there, and the municipality's journal"
            )
        case SummaryState.SENT:
            return _(
                "the institution's leaders and its Children and Youth chief; when it is final, also the administration "
                "that takes part there"
            )
        case SummaryState.FINAL if sheet.is_journal_on or sheet.journal:
            return _(
                "the institution's leaders, its Children and Youth chief, the administration that takes part there, "
                "and the municipality's journal"
            )
        case SummaryState.FINAL:
            return _(
                "the institution's leaders, its Children and Youth chief, and the administration that takes part there"
            )


def editions(_: Translator, sheet: Sheet) -> list[Element]:
    found: list[Element] = []
    if sheet.replaces:
        found.append(hint(_("It is a new edition of %(name)s.", name=sheet.replaces), spacing="Medium"))
    if sheet.replaced_by:
        found.append(note(_("There is a newer edition: %(name)s.", name=sheet.replaced_by)))
    return found
