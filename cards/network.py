"""C16: what a leader network says of the evidence base, before the politicians discuss it; beside it the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from cards import draft, evidence, form, network_statement, overview, refusal
from cards.form import Data, carried
from cards.kit import Card, again, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, note, said, section, text
from cards.which import which
from cards.words import FIELDS, NETWORKS, round_line, theme_title
from domain.cycle import PoliticalRound, Theme
from domain.errors import NotAllowed
from domain.evidence import Evidence
from domain.network import Answer, NetworkStatement, Recognition
from domain.organisation import Person
from domain.perspective import Count
from domain.text import SHORT

OPEN = "network.open"
NEXT = "network.next"
BACK = "network.back"
DRAFT = "network.draft"
SAVE = "network.save"
LATER = "network.later"
CORRECT = "network.correct"

MOST_WHOLE = 4
LABELS = {
    "recognition": N_("Can you recognise the picture?"),
    "tell": N_("What should the politicians know?"),
    "lacking": N_("Which knowledge is missing?"),
    "contributors": N_("About how many have contributed?"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A network's statement with the evidence it is about; read for one person, the `viewer`."""

    statement: NetworkStatement
    round: PoliticalRound
    evidence: Evidence | None
    themes: Mapping[UUID, Theme]
    written_by: Person | None
    viewer: Person
    can_write: bool


@dataclass(frozen=True, kw_only=True)
class Form:
    """The answer of one step as typed; `was` marks what it held when the card was drawn."""

    statement_id: UUID
    step: int
    content: Answer = field(repr=False)
    was: str

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            statement_id=form.subject_id(data),
            step=form.number(data, "step"),
            content=Answer(
                recognition=form.choice(data, "recognition", Recognition),
                tell=form.text(data, "tell"),
                lacking=form.text(data, "lacking"),
                contributors=form.choice(data, "contributors", Count),
            ),
            was=form.text(data, "v"),
        )


def show(_: Translator, sheet: Sheet) -> Card:
    """What the network has given: a receipt for its facilitators, and what everyone else with access reads."""
    statement = sheet.statement
    about: Sequence[UUID | None] = statement.theme_ids or (None,)
    parts: list[Element] = []
    for step, theme_id in enumerate(about):
        if theme_id is not None:
            parts.append(text(step_name(_, sheet, step), strong=True, spacing="Large"))
        parts += network_statement.word_of(_, _short(statement, statement.content(step)))
    return card(
        _,
        _("The network's statement"),
        subtitle=subtitle(_, sheet),
        state=State(_("Saved"), "good"),
        seen_by=saved_seen_by(_),
        body=[
            text(network_statement.who_and_when(_, statement), small=True, subtle=True, spacing="Medium"),
            *parts,
            note(_("Next step for the administration: the political discussion."), sign="ArrowRight")
            if sheet.can_write
            else None,
        ],
        actions=[
            press(_("Correct"), CORRECT, carried(statement.id), inputs="none") if sheet.can_write else None,
            press(_("See the evidence base"), evidence.OPEN, carried(sheet.evidence.cycle.id), inputs="none")
            if sheet.evidence
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(OPEN, carried(statement.id)),
        summary=_("The network's statement: %(round)s", round=round_line(_, sheet.round)),
    )


def saved_draft(_: Translator, sheet: Sheet) -> Card:
    return draft.saved(
        _,
        subtitle(_, sheet),
        seen_by=_("the facilitators of your network"),
        go_on=press(_("Continue"), OPEN, carried(sheet.statement.id), primary=True),
    )


def over(_: Translator, sheet: Sheet, *, typed: Form | None = None) -> Card:
    """The round has gone on to the politicians: what was given stands, and what was typed comes back."""
    statement = sheet.statement
    words = (
        _("The round has moved on to the politicians. Your network's statement stays as it was saved.")
        if statement.is_saved
        else _("The round has moved on to the politicians, and no statement from your network was saved.")
    )
    written = _copied(_, typed) if typed else _draft(_, sheet)
    return card(
        _,
        _("The round is discussed now"),
        subtitle=subtitle(_, sheet),
        seen_by=_("only you"),
        body=[text(words, spacing="Medium"), *written],
        actions=[
            press(_("See the evidence base"), evidence.OPEN, carried(sheet.evidence.cycle.id), inputs="none")
            if sheet.evidence
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=_copied(_, typed))


def choose(_: Translator, found: Sequence[tuple[NetworkStatement, PoliticalRound]]) -> Card:
    rows = [
        (each.id, _(FIELDS[each.network]), f"{_(NETWORKS[each.network])} · {round_line(_, about)}")
        for each, about in found
    ]
    return which(_, _("Which network?"), _("Network"), rows, OPEN)


def none_asked(_: Translator) -> Card:
    return card(
        _,
        _("Nothing to qualify now"),
        seen_by=_("only you"),
        body=[
            text(_("I will write when the administration asks the leader networks about a round."), spacing="Medium"),
        ],
        actions=[
            press(_("See the evidence base"), evidence.BOTH, carried(), primary=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def subtitle(_: Translator, sheet: Sheet) -> str:
    return f"{_(NETWORKS[sheet.statement.network])} · {round_line(_, sheet.round)}"


def step_name(_: Translator, sheet: Sheet, step: int) -> str:
    theme_id = sheet.statement.theme_of(step)
    return theme_title(_, sheet.themes.get(theme_id)) if theme_id else _("The picture as a whole")


def saved_seen_by(_: Translator) -> str:
    return _("leaders, chiefs, the administration and the leader networks, beside the figures")


def _copied(_: Translator, typed: Form) -> list[Element]:
    return draft.given_back(_, _texts(_, typed.content))


def _draft(_: Translator, sheet: Sheet) -> list[Element]:
    """The facilitators' own draft, which stays theirs to read."""
    statement = sheet.statement
    if statement.is_saved or not statement.is_begun:
        return []
    parts = []
    for step in range(statement.steps):
        if texts := _texts(_, statement.content(step)):
            parts += [text(step_name(_, sheet, step), strong=True, spacing="Medium"), *texts]
    return [section(_("Your draft")), *parts] if parts else []


def _texts(_: Translator, answer: Answer) -> list[Element]:
    parts: list[Element] = []
    for name in ("tell", "lacking"):
        if words := getattr(answer, name):
            parts += [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words)]
    return parts


def _short(statement: NetworkStatement, answer: Answer) -> Answer:
    """The answer as it fits where there are many themes; it stands whole beside the figures of its own theme."""
    if statement.steps <= MOST_WHOLE or len(answer.tell) <= SHORT:
        return answer
    return replace(answer, tell=answer.tell[: SHORT - 1].rstrip() + "…")
