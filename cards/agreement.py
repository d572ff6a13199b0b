"""C12: the agreements of a 1:1, the open ones first, and what becomes of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.agenda import OWNERS, owner_and_due
from cards.form import Data, carried
from cards.inputs import choices, date_input, text_input
from cards.kit import Action, Card, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.meeting import SHOW_NOTE, Meeting, line, toast, who_sees_agreements
from cards.parts import State, facts, hint, names_hint, said, section, text
from cards.which import which
from domain.agreement import Agreement, AgreementState, Owner, Terms
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution, Person
from domain.text import SHORT

BEGIN = "agreement.begin"
REVIEW = "agreement.review"
SKIP = "agreement.skip"
SAVE = "agreement.save"
MORE = "agreement.more"
DONE = "agreement.done"
CHOOSE = "agreement.choose"
EDIT = "agreement.edit"
CORRECT = "agreement.correct"
OPEN = "agreement.open"
FINISH = "agreement.finish"
EXTEND = "agreement.extend"
BRING_UP = "agreement.bring_up"
MOST_LINES = 12


class Became(StrEnum):
    """What became of an agreement from last time."""

    DONE = "done"
    CONTINUES = "continues"
    DROPPED = "dropped"


BECAME = {
    Became.DONE: N_("Done"),
    Became.CONTINUES: N_("Goes on"),
    Became.DROPPED: N_("Is dropped"),
}
STATES = {
    AgreementState.OPEN: (N_("open"), "accent"),
    AgreementState.DONE: (N_("done"), "good"),
    AgreementState.CONTINUED: (N_("goes on"), "neutral"),
    AgreementState.DROPPED: (N_("dropped"), "neutral"),
}


@dataclass(frozen=True, kw_only=True)
class ReviewForm:
    """What became of one agreement; `skipped` are those that were left as they are."""

    one_on_one_id: UUID
    agreement_id: UUID
    became: Became | None
    result: str = field(repr=False)
    due: date | None
    skipped: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, data: Data) -> "ReviewForm":
        return cls(
            one_on_one_id=form.subject_id(data),
            agreement_id=form.subject_id(data, "a"),
            became=form.choice(data, "became", Became),
            result=form.text(data, "result"),
            due=form.day(data, "due"),
            skipped=form.ids(data, "s"),
        )


@dataclass(frozen=True, kw_only=True)
class TermsForm:
    """A new agreement as typed."""

    one_on_one_id: UUID
    terms: Terms = field(repr=False)
    institution_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "TermsForm":
        return cls(
            one_on_one_id=form.subject_id(data),
            terms=_terms(data),
            institution_id=form.optional_id(data, "where"),
        )


@dataclass(frozen=True, kw_only=True)
class CorrectForm:
    agreement_id: UUID
    terms: Terms = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "CorrectForm":
        return cls(agreement_id=form.subject_id(data), terms=_terms(data))


@dataclass(frozen=True, kw_only=True)
class FinishForm:
    agreement_id: UUID
    result: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "FinishForm":
        return cls(agreement_id=form.subject_id(data), result=form.text(data, "result"))


@dataclass(frozen=True, kw_only=True)
class Row:
    """An agreement on somebody's list; `has_left` tells that its leader leads the institution no more."""

    agreement: Agreement
    institution: Institution
    leader: Person
    is_overdue: bool
    has_left: bool = False


def review(
    _: Translator,
    meeting: Meeting,
    agreement: Agreement,
    *,
    left: int,
    due: date,
    skipped: Sequence[UUID],
    typed: ReviewForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """One open agreement from earlier; `left` are still to come with this one, `due` is the date suggested."""
    data = carried(meeting.one_on_one.id, a=str(agreement.id), s=",".join(map(str, skipped)))
    return card(
        _,
        _("Agreements from last time"),
        subtitle=line(_, meeting),
        seen_by=who_sees_agreements(_),
        body=[
            text(
                _.ngettext("%(n)s open agreement", "%(n)s open agreements", left),
                small=True,
                subtle=True,
                spacing="Medium",
            ),
            said(agreement.text, by=owner_and_due(_, agreement.owner, agreement.due), spacing="Small"),
            choices(
                "became",
                _("What has become of it?"),
                [(each.value, _(words)) for each, words in BECAME.items()],
                chosen=typed.became or "" if typed else "",
                required=True,
                problem=wrong.at(_, problems, "became"),
            ),
            text_input(
                "result",
                _("What came of it – or why is it dropped?"),
                value=typed.result if typed else "",
                limit=SHORT,
                placeholder=_("Needed if it is dropped"),
                problem=wrong.at(_, problems, "result"),
            ),
            date_input(
                "due",
                _("If it goes on: when do you follow up?"),
                value=typed.due if typed else due,
                problem=wrong.at(_, problems, "due"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save and go on"), REVIEW, data, primary=True),
            press(_("Leave it open"), SKIP, data, inputs="none"),
            press(_("See the note"), SHOW_NOTE, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Agreements: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def ask(
    _: Translator,
    meeting: Meeting,
    made: Sequence[Agreement],
    *,
    due: date,
    typed: TermsForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """A new agreement, with those that stand already; `due` is the date suggested."""
    terms = typed.terms if typed else Terms(due=due)
    id_ = carried(meeting.one_on_one.id)
    return card(
        _,
        _("A new agreement") if made else _("What have you agreed?"),
        subtitle=line(_, meeting),
        seen_by=who_sees_agreements(_),
        minutes=1,
        body=[
            *_made(_, made),
            *_terms_fields(_, terms, problems),
            choices(
                "where",
                _("Which institution is it about?"),
                [(str(where.id), where.name) for where in meeting.places],
                chosen=str(typed.institution_id) if typed and typed.institution_id else str(meeting.places[0].id),
                compact=True,
            )
            if len(meeting.places) > 1
            else None,
            names_hint(_),
        ],
        actions=[
            press(_("Save the agreement"), SAVE, id_, primary=True),
            press(_("Save and add one more"), MORE, id_),
            press(_("No more agreements"), DONE, id_),
        ],
        summary=_("Agreements: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def correct(
    _: Translator,
    meeting: Meeting,
    agreement: Agreement,
    *,
    typed: CorrectForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """An agreement that the leader has not confirmed yet."""
    terms = typed.terms if typed else agreement.terms
    return card(
        _,
        _("Correct the agreement"),
        subtitle=line(_, meeting),
        seen_by=who_sees_agreements(_),
        body=[*_terms_fields(_, terms, problems), names_hint(_)],
        actions=[
            press(_("Save the agreement"), CORRECT, carried(agreement.id), primary=True),
            press(_("Back"), SHOW_NOTE, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Agreements: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def choose(_: Translator, found: Sequence[Agreement]) -> Card:
    return which(_, _("Which agreement?"), _("Agreement"), [(each.id, each.text, each.text) for each in found], EDIT)


def show(
    _: Translator,
    row: Row,
    *,
    days_left: int,
    is_mine: bool,
    typed: str = "",
    problems: Problems | None = None,
    given_back: str = "",
) -> Card:
    """One agreement: as a nudge to its owner, and from the list."""
    agreement = row.agreement
    word, tone = STATES[agreement.state]
    id_ = carried(agreement.id)
    acts = is_mine and agreement.is_open
    can_bring = agreement.is_open and agreement.bring_up_since is None
    return card(
        _,
        _("An agreement from a 1:1"),
        subtitle=f"{row.leader.name} · {row.institution.name}",
        state=State(_(word), tone),  # type: ignore[arg-type]
        seen_by=who_sees_agreements(_, has_left=row.has_left),
        body=[
            text(_when(_, agreement, days_left), spacing="Medium")
            if agreement.is_open
            else said(agreement.text, spacing="Medium"),
            facts(_rows(_, agreement), spacing="Medium"),
            text_input(
                "result",
                _("What came of it?"),
                value=typed,
                limit=SHORT,
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, "result"),
            )
            if acts
            else None,
            hint(_("It stands on the agenda of the next 1:1.")) if agreement.bring_up_since else None,
            hint(_("It has been given a week twice. Take it up at the 1:1."))
            if acts and not agreement.can_be_extended and can_bring
            else None,
            *draft.given_back(_, written(_, given_back)),
        ],
        actions=[
            press(_("It is done"), FINISH, id_, primary=True) if acts else None,
            press(_("Give it one more week"), EXTEND, id_) if acts and agreement.can_be_extended else None,
            press(_("Take it up at the 1:1"), BRING_UP, id_) if can_bring else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("An agreement from a 1:1 has a date"),
    )


def show_all(_: Translator, rows: Sequence[Row], *, is_chief: bool) -> Card:
    """The open agreements, in the order given; *overskredet* is a date and no verdict."""
    parts: list[Element] = []
    for row in rows[:MOST_LINES]:
        place = f"{row.leader.name} · {row.institution.name}" if is_chief else row.institution.name
        late = _("past its date") if row.is_overdue else ""
        detail = owner_and_due(_, row.agreement.owner, row.agreement.due)
        words = " · ".join(filter(None, (place, detail, late)))
        parts.append(said(row.agreement.text, by=words, spacing="Small"))
    if len(rows) > MOST_LINES:
        more = len(rows) - MOST_LINES
        parts.append(text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True))
    if not rows:
        parts.append(text(_("There are no open agreements."), spacing="Medium"))
    if len(rows) > 1:
        options = [(str(row.agreement.id), row.agreement.text) for row in rows]
        parts.append(choices("id", _("Which agreement?"), options, chosen=options[0][0], compact=True))
    only = carried(rows[0].agreement.id) if len(rows) == 1 else carried()
    return card(
        _,
        _("Open agreements"),
        seen_by=who_sees_agreements(_),
        body=parts,
        actions=[
            press(_("Open the agreement"), OPEN, only, primary=True) if rows else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Open agreements"),
    )


def go_on(_: Translator, one_on_one_id: UUID) -> Action:
    """To what is left to go through."""
    return press(_("Go on"), BEGIN, carried(one_on_one_id), primary=True, inputs="none")


def written(_: Translator, words: str) -> list[Element]:
    """What was typed, to be given back."""
    return [said(words, spacing="Small")] if words else []


def refused(_: Translator, words: str) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, words)))


def _terms(data: Data) -> Terms:
    return Terms(text=form.text(data, "text"), owner=form.choice(data, "owner", Owner), due=form.day(data, "due"))


def _terms_fields(_: Translator, terms: Terms, problems: Problems | None) -> list[Element]:
    return [
        text_input(
            "text",
            _("What have you agreed?"),
            value=terms.text,
            required=True,
            limit=SHORT,
            problem=wrong.at(_, problems, "text"),
        ),
        choices(
            "owner",
            _("Who does it?"),
            [(each.value, _(words)) for each, words in OWNERS.items()],
            chosen=terms.owner or "",
            required=True,
            problem=wrong.at(_, problems, "owner"),
        ),
        date_input(
            "due",
            _("When do you follow up?"),
            value=terms.due,
            required=True,
            problem=wrong.at(_, problems, "due"),
        ),
    ]


def _made(_: Translator, made: Sequence[Agreement]) -> list[Element]:
    if not made:
        return []
    parts: list[Element] = [section(_("Agreed so far"), spacing="Medium")]
    for each in made:
        parts.append(said(each.text, by=owner_and_due(_, each.owner, each.due), spacing="Small"))
    return parts


def _when(_: Translator, agreement: Agreement, days_left: int) -> str:
    if days_left < 0:
        return _("The agreement “%(text)s” was due on %(day)s.", text=agreement.text, day=_.date(agreement.due))
    return _("The agreement “%(text)s” is due %(when)s.", text=agreement.text, when=_.in_days(days_left))


def _rows(_: Translator, agreement: Agreement) -> list[tuple[str, str]]:
    rows = [(_("Who does it?"), _(OWNERS[agreement.owner])), (_("When do you follow up?"), _.date(agreement.due))]
    if agreement.result:
        rows.append((_("What came of it?"), agreement.result))
    return rows
