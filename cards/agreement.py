"""C12: the agreements of a 1:1, the open ones first, and what becomes of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import draft, overview, refusal
from cards import problems as wrong
from cards.agreement_owner import OWNERS, as_one_of, owner_and_due
from cards.form import carried
from cards.inputs import choices, text_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.later import put_off
from cards.layout import Element, capital
from cards.meeting import who_sees_agreements
from cards.more import and_more, first
from cards.parts import State, facts, hint, said, text
from cards.supervision import AGREEMENTS
from domain.agreement import Agreement, AgreementState
from domain.errors import NotAllowed, Problems
from domain.facts import AgreementWord
from domain.organisation import Institution, Person
from domain.text import SHORT

OPEN = "agreement.open"
FINISH = "agreement.finish"
EXTEND = "agreement.extend"
BRING_UP = "agreement.bring_up"
MOST_LINES = 12
LABELS = {"result": N_("What came of it?")}


STATES = {
    AgreementState.OPEN: (N_("open"), "accent"),
    AgreementState.DONE: (N_("done"), "good"),
    AgreementState.CONTINUED: (N_("goes on"), "neutral"),
    AgreementState.DROPPED: (N_("dropped"), "neutral"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """An agreement on somebody's list; `is_own` where they are its leader, and `has_left` where that leader leads the
    institution no more."""

    agreement: Agreement
    institution: Institution
    leader: Person
    is_overdue: bool
    is_own: bool = False
    has_left: bool = False


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
    word, tone = (AGREEMENTS[AgreementWord.OVERDUE], "neutral") if row.is_overdue else STATES[agreement.state]
    id_ = carried(agreement.id)
    acts = is_mine and agreement.is_open
    can_bring = agreement.is_open and agreement.bring_up_since is None
    return card(
        _,
        _("An agreement from a 1:1"),
        subtitle=capital(f"{_('leader: %(name)s', name=row.leader.name)} · {row.institution.name}"),
        state=State(_(word), tone),  # type: ignore[arg-type]
        seen_by=who_sees_agreements(_, has_left=row.has_left),
        body=[
            text(_when(_, agreement, days_left), spacing="Medium")
            if agreement.is_open
            else said(agreement.text, spacing="Medium"),
            facts(_rows(_, agreement), spacing="Medium"),
            text_input(
                "result",
                _(LABELS["result"]),
                value=typed,
                limit=SHORT,
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, "result"),
            )
            if acts
            else None,
            hint(_("It is on the agenda of your next 1:1.")) if agreement.bring_up_since else None,
            hint(_("It has been given a week twice. Take it up at the 1:1."))
            if acts and not agreement.can_be_extended and can_bring
            else None,
            *draft.given_back(_, written(_, given_back)),
        ],
        actions=[
            press(_("It is done"), FINISH, id_, primary=True) if acts else None,
            press(_("Give it one more week"), EXTEND, id_) if acts and agreement.can_be_extended else None,
            press(_("Take it up at the 1:1"), BRING_UP, id_) if can_bring else None,
            put_off(_, "agreement", agreement.id, "result") if acts else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("An agreement from a 1:1 has a date"),
    )


def show_all(_: Translator, rows: Sequence[Row], *, is_chief: bool) -> Card:
    """The open agreements, in the order given; *overskredet* is a date and no verdict."""
    parts: list[Element] = []
    shown, more = first(rows, MOST_LINES)
    for row in shown:
        leader = _("leader: %(name)s", name=row.leader.name) if is_chief else ""
        place = capital(" · ".join(filter(None, (leader, row.institution.name))))
        late = _(AGREEMENTS[AgreementWord.OVERDUE]) if row.is_overdue else ""
        reader = as_one_of(is_chief=not row.is_own)
        detail = owner_and_due(_, row.agreement.owner, row.agreement.due, reader=reader)
        words = " · ".join(filter(None, (place, detail, late)))
        parts.append(said(row.agreement.text, by=words, spacing="Small"))
    if left := and_more(_, more):
        parts.append(left)
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


def written(_: Translator, words: str) -> list[Element]:
    """What was typed, to be given back."""
    return [said(words, spacing="Small")] if words else []


def refused(_: Translator, words: str) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, words)))


def _when(_: Translator, agreement: Agreement, days_left: int) -> str:
    if days_left < 0:
        return _("The agreement “%(text)s” was due on %(day)s.", text=agreement.text, day=_.date(agreement.due))
    return _("The agreement “%(text)s” is due %(when)s.", text=agreement.text, when=_.in_days(days_left))


def _rows(_: Translator, agreement: Agreement) -> list[tuple[str, str]]:
    rows = [
        (_("Who does it?"), _(OWNERS[agreement.owner])),
        (_("Agreed on"), _.date(agreement.made_at)),
        (_("Due"), _.date(agreement.due)),
    ]
    if agreement.ended_at:
        rows.append((_("Ended on"), _.date(agreement.ended_at)))
    if agreement.result:
        rows.append((_(LABELS["result"]), agreement.result))
    return rows
