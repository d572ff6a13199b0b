"""The sources of an answer, and those that have no card of their own: what an institution has registered in a period,
and how far a visit or a dialogue is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import form, overview
from cards import problems as wrong
from cards.answer import more_words
from cards.fitting import shortened
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import ACTION_LIMIT, SHOWN, Action, Card, buttons, card, press
from cards.language import Translator
from cards.layout import Element, capital
from cards.numbered import ALL, Listed, Numbered, about, is_dated, is_to_come
from cards.parts import facts, hint, text
from cards.scope import bounds_in, period_words, scope_words
from cards.supervision import agreement_count, dialogue_count, focus_count, observation_count, voice_count
from cards.words import STATES, dialogue_name, progress_words
from domain.dialogue import Dialogue, DialogueState
from domain.errors import Problems
from domain.facts import ObservationFact, SourceKind, SourceRef
from domain.organisation import Institution
from domain.printed import Line
from domain.scope import Bounds
from domain.supervision import Summary

OPEN = "source.open"

PAGE = 25
LONGEST_BEGINNING = 40


@dataclass(frozen=True, kw_only=True)
class Back:
    """Where the way back leads: the answer of this name, what it is about, and the page of its sources."""

    answer: str
    bounds: Bounds
    page: int = 0

    @classmethod
    def read(cls, data: Data) -> "Back":
        return cls(answer=form.text(data, "answer"), bounds=bounds_in(data), page=max(form.number(data, "page"), 0))


def sources(_: Translator, listed: Listed, page: int, *, problems: Problems | None = None) -> Card:
    """The numbered sources, a page at a time, and a list to open one of; the last page where there are fewer now."""
    numbered = Numbered(listed.lines)
    page = min(page, max(len(numbered.refs) - 1, 0) // PAGE)
    carries = about(listed.name, listed.bounds)
    shown = list(enumerate(numbered.refs, start=1))[page * PAGE : (page + 1) * PAGE]
    names = {where.id: where.name for where in listed.scope.institutions}
    period = period_words(_, listed.scope)
    rows = [
        (number, ref, " · ".join(source_words(_, ref, line, names.get(ref.institution_id, ""), period, listed.as_of)))
        for number, (ref, line) in shown
    ]
    left = len(numbered.refs) - (page + 1) * PAGE
    body: list[Element | None] = [
        text(f"[{number}] {words}", small=True, spacing="Small") for number, _ref, words in rows
    ]
    if rows:
        options = [(f"{ref.kind.value}:{ref.id}", f"[{number}] {words}") for number, ref, words in rows]
        problem = wrong.at(_, problems, "source")
        body.append(
            choices(
                "source",
                _("Which source do you want to open?"),
                options,
                compact=True,
                placeholder=_("Choose"),
                problem=problem,
            )
        )
    else:
        body.append(text(_("Nothing is registered."), subtle=True, spacing="Medium"))
    if numbered.unseen and left <= 0:
        body.append(text(more_words(_, numbered.unseen), small=True, subtle=True, spacing="Small"))
    if listed.keeping:
        body.append(buttons(*listed.keeping, spacing="Medium"))
    return card(
        _,
        _("Sources"),
        subtitle=scope_words(_, listed.scope),
        seen_by=_("only you"),
        body=body,
        actions=[
            press(_("Open the source"), OPEN, {**carried(), **carries, "page": str(page)}, primary=True)
            if rows
            else None,
            press(_("The next ones"), ALL, {**carried(), **carries, "page": str(page + 1)}, inputs="none")
            if left > 0
            else None,
            press(_("Back"), f"{listed.name}.open", {**carried(), **carries}, inputs="none"),
        ],
    )


def source_words(
    _: Translator, ref: SourceRef, line: Line, place: str, period: str, as_of: datetime | None
) -> Sequence[str]:
    """Fokusområde · Elmeskolen · Legefællesskaber · 12. april 2026; the last word says from when it is."""
    kinds = {
        SourceKind.FOCUS_AREA: _("Focus area"),
        SourceKind.FIGURES: _("Data package"),
        SourceKind.PERSPECTIVE: _("Perspective"),
        SourceKind.PRIORITY: _("Local priority"),
        SourceKind.DIALOGUE: _("Learning dialogue"),
        SourceKind.OBSERVATION: _("Observation"),
        SourceKind.FEEDBACK: _("Feedback on an observation"),
        SourceKind.AGREEMENT: _("Agreement"),
        SourceKind.ONE_ON_ONE: _("1:1"),
        SourceKind.PLACE: _("The institution's records"),
    }
    has_title = ref.kind in (SourceKind.FOCUS_AREA, SourceKind.AGREEMENT) and not line.is_count
    title = shortened(line.lead) if has_title else ""
    if ref.kind is SourceKind.PERSPECTIVE and line.quote and not line.is_count:
        # Of one group there may be several from one day.
        title = shortened(line.quote, LONGEST_BEGINNING)
    day = _.date(ref.at)
    when = day
    if is_to_come(ref, as_of):
        when = _("planned for %(day)s", day=day)
    elif ref.kind is SourceKind.AGREEMENT:
        when = _("last changed on %(day)s", day=day)
    return [*filter(None, (kinds[ref.kind], place, title)), when if is_dated(ref) else period]


@dataclass(frozen=True, kw_only=True)
class SourceForm:
    """Which source to open, and the answer that it stands in; `is_chosen` is whether any was chosen at all."""

    kind: SourceKind | None
    id: UUID | None
    back: Back
    is_chosen: bool = True

    @classmethod
    def read(cls, data: Data) -> "SourceForm":
        chosen = form.text(data, "source")
        kind, _colon, raw = chosen.partition(":")
        found = next((each for each in SourceKind if each.value == kind), None)
        return cls(kind=found, id=form.parsed_id(raw), back=Back.read(data), is_chosen=bool(chosen))


def registered(_: Translator, found: Summary, back: Back, *, has_agreements: bool = True) -> Card:
    """Everything that is counted at one institution in the period, so that what is not there can be seen.

    Without `has_agreements` they are not the reader's to see, and nothing is said of them.
    """
    scope = found.scope
    nothing = _("nothing registered")
    figures = sum(len(each.figures) for each in found.data)
    prioritised = sum(each.priorities.total for each in found.data)
    rows = [
        (_("Focus areas"), focus_count(_, found.focus_areas) if found.focus_areas.total else nothing),
        (_("Key figures"), _.number(figures) if figures else nothing),
        (_("Perspectives"), voice_count(_, found.voices) or nothing),
        (_("Local priorities"), _.number(prioritised) if prioritised else nothing),
        (_("Learning dialogues"), dialogue_count(_, found.dialogues) or nothing),
        (_("Observations"), observation_count(_, found.observations) or nothing),
    ]
    if has_agreements:
        rows.append((_("Agreements"), agreement_count(_, found.agreements) or nothing))
    return card(
        _,
        _("What is registered"),
        subtitle=f"{scope.institutions[0].name} · {period_words(_, scope)}",
        seen_by=_("only you"),
        body=[
            facts(rows, spacing="Medium"),
            hint(_("What is not registered may still have taken place. Ask the leader."), spacing="Large"),
        ],
        actions=[_back(_, back)],
    )


def visit(_: Translator, fact: ObservationFact, back: Back) -> Card:
    """How far an observation is: all that is told of it before its feedback was acknowledged, or is 14 days old."""
    body: list[Element] = [
        facts(
            [
                (_("How far it is"), capital(progress_words(_, fact.progress, is_acknowledged=fact.is_acknowledged))),
                (_("Date"), _.date(fact.at)),
            ],
            spacing="Medium",
        ),
        hint(
            _("The feedback is shown once it is acknowledged, or 14 days after it was sent."),
            sign="LockClosed",
            spacing="Large",
        ),
    ]
    return card(
        _,
        _("Observation"),
        subtitle=fact.where.name,
        seen_by=_("only you"),
        body=body,
        actions=[_back(_, back)],
    )


def dialogue(_: Translator, found: Dialogue, told: DialogueState | None, where: Institution, back: Back) -> Card:
    """Where a learning dialogue is, for a reader who does not take part in it."""
    rows = [(_("How far it is"), capital(_(STATES[told][0]))), (_("Date"), _.date(found.starts_at))]
    return card(
        _,
        _("Learning dialogue"),
        subtitle=f"{where.name} · {dialogue_name(_, found)}",
        seen_by=_("only you"),
        body=[facts(rows, spacing="Medium")],
        actions=[_back(_, back)],
    )


def gone(_: Translator, back: Back) -> Card:
    """For a source that was deleted since, or that the reader may no longer see: the same words."""
    return card(
        _,
        _("The source cannot be opened"),
        seen_by=_("only you"),
        body=[
            text(
                _("It is no longer there, or you no longer have access to it. The other sources are as before."),
                spacing="Medium",
            )
        ],
        actions=[_back(_, back)],
    )


def _back(_: Translator, back: Back) -> Action:
    return press(_("Back to the sources"), ALL, _there(back), primary=True)


def _there(back: Back) -> dict[str, str | int]:
    return {**carried(), **about(back.answer, back.bounds), "page": str(back.page)}


def with_way_back(_: Translator, shown: Card, back: Back) -> Card:
    """The source's own card with a way back to the others, among the buttons that are shown; the overview, which is a
    word away, makes room where there are six."""
    actions: Sequence[Action] = shown.get("actions", [])
    if any(each.get("title") == _("Back to the sources") for each in actions):
        return shown
    if len(actions) >= ACTION_LIMIT:
        actions = [each for each in actions if each.get("verb") != overview.OPEN]
    way = press(_("Back to the sources"), ALL, _there(back), inputs="none")
    seen = [each for each in actions if each.get("mode") != "secondary"]
    place = actions.index(seen[SHOWN - 1]) if len(seen) >= SHOWN else len(actions)
    later = [{**each, "mode": "secondary"} for each in actions[place:]]
    return {**shown, "actions": [*actions[:place], way, *later]}
