"""A source that has no card of its own: what an institution has registered in a period, and how far a visit is."""

from collections.abc import Sequence

from cards.form import carried
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import facts, hint, text
from cards.scope import carry
from cards.summary import SOURCES
from cards.supervision import (
    agreement_count,
    dialogue_count,
    focus_count,
    observation_count,
    period_words,
    voice_count,
)
from cards.words import PROGRESS
from domain.supervision import Bounds, ObservationFact, Summary


def registered(_: Translator, found: Summary, bounds: Bounds) -> Card:
    """Everything that is counted at one institution in the period, so that what is not there can be seen."""
    scope = found.scope
    nothing = _("nothing registered")
    figures = sum(len(each.figures) for each in found.data)
    rows = [
        (_("Focus areas"), focus_count(_, found.focus_areas) if found.focus_areas.total else nothing),
        (_("Key figures"), _.number(figures) if figures else nothing),
        (_("Perspectives"), voice_count(_, found.voices) or nothing),
        (_("Learning dialogues"), dialogue_count(_, found.dialogues) or nothing),
        (_("Observations"), observation_count(_, found.observations) or nothing),
        (_("Agreements"), agreement_count(_, found.agreements) or nothing),
    ]
    return card(
        _,
        _("What is registered"),
        subtitle=f"{scope.institutions[0].name} · {period_words(_, scope)}",
        seen_by=_("only you"),
        body=[
            facts(rows, spacing="Medium"),
            hint(_("What is not registered may still have taken place. Ask the leader."), spacing="Large"),
        ],
        actions=[_back(_, bounds)],
    )


def visit(_: Translator, fact: ObservationFact, bounds: Bounds) -> Card:
    """How far an observation is: all that is told of it before its feedback was acknowledged, or is 14 days old."""
    body: list[Element] = [
        facts([(_("How far it is"), _(PROGRESS[fact.progress][0])), (_("Date"), _.date(fact.at))], spacing="Medium"),
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
        actions=[_back(_, bounds)],
    )


def gone(_: Translator, bounds: Bounds) -> Card:
    """For a source that was deleted or anonymised since, or that the reader may no longer see: the same words."""
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
        actions=[_back(_, bounds)],
    )


def _back(_: Translator, bounds: Bounds) -> Action:
    return press(_("Back to the sources"), SOURCES, {**carried(), **carry(bounds), "page": "0"}, primary=True)


def with_way_back(_: Translator, shown: Card, bounds: Bounds) -> Card:
    """The source's own card with a way back to the others; six buttons are enough for any card."""
    actions: Sequence[Action] = shown.get("actions", [])
    if len(actions) >= 6:
        return shown
    back = press(_("Back to the sources"), SOURCES, {**carried(), **carry(bounds), "page": "0"}, inputs="none")
    if len(actions) >= 3:
        back = {**back, "mode": "secondary"}
    return {**shown, "actions": [*actions, back]}
