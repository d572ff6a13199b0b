"""*Områdeoverblik*: per institution from A to Å where its dialogue is, its focus areas, and what is waited for."""

from collections.abc import Sequence
from dataclasses import replace

from cards.answer import Answer, Part
from cards.chart import bars
from cards.form import carried
from cards.kit import Action, buttons, press
from cards.language import N_, Translator
from cards.layout import Element, capital
from cards.scope import carry
from cards.supervision import counts, dialogue_line, scope_words
from cards.words import STATES, dialogue_name
from domain.dialogue import DialogueState
from domain.dialogue_overview import PlaceFact, Waiting
from domain.printed import Line
from domain.slots import AskedStatus
from domain.supervision import Bounds, DialogueFact, Found, Scope, Section

NAME = "dialogue_overview"
WHICH = f"{NAME}.which"
FEWEST_DRAWN = 3
GOES_BY = (AskedStatus.NOT_PREPARED, AskedStatus.OPEN, AskedStatus.NONE, "dialogue_no")
WAITING = {
    Waiting.PREPARATION: N_("not prepared, since %(day)s"),
    Waiting.RECORD: N_("awaits its record since %(day)s"),
}


def of_several(
    _: Translator, scope: Scope, bounds: Bounds, found: Found[PlaceFact, DialogueState], *, to_open: int = 0
) -> Answer:
    """A line for each institution; `to_open` of their dialogues are such as the reader takes part in."""
    nothing = _("No institution has such a dialogue in the period.")
    if bounds.status is AskedStatus.NOT_PREPARED:
        nothing = _("No dialogue is waiting to be prepared.")
    if bounds.status is AskedStatus.NONE:
        nothing = _("Every institution has held a learning dialogue in the period.")
    is_none = bounds.status is AskedStatus.NONE
    part = Part(
        title=_("None held yet, A to Å") if is_none else _("Institution by institution, A to Å"),
        lines=[place_line(_, each) for each in found.facts],
        more=found.more,
        nothing=nothing,
    )
    counted = [Part(lead=_counted(_, found), drawn=_drawn(_, found))] if found.counts else []
    return _answer(_, scope, bounds, [*counted, part], found, _("Area overview"), to_open)


def of_one(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    found: Found[PlaceFact, DialogueState],
    dialogues: Found[DialogueFact, DialogueState],
    *,
    to_open: int = 0,
) -> Answer:
    """The institution's own line, and its dialogues of the period with what was decided in them."""
    parts = [Part(lines=[place_line(_, each) for each in found.facts], nothing=_("There is no such dialogue."))]
    if len(dialogues.facts) > 1 or any(each.decisions for each in dialogues.facts):
        lines = [dialogue_line(_, each, scope) for each in dialogues.facts]
        parts.append(Part(title=_("Learning dialogues and decisions"), lines=lines, more=dialogues.more))
    return _answer(_, scope, bounds, parts, found, _("Learning dialogues"), to_open)


def coming(
    _: Translator, scope: Scope, bounds: Bounds, found: Found[PlaceFact, DialogueState], *, to_open: int = 0
) -> Answer:
    """The next ones by time, and the way to all institutions from A to Å."""
    nothing = _("No learning dialogue is planned from today on.")
    part = Part(lines=[_coming_line(_, each) for each in found.facts], more=found.more, nothing=nothing)
    every = {**carried(), **carry(replace(bounds, coming=False))}
    return Answer(
        name=NAME,
        title=_("The next learning dialogues"),
        scope=scope,
        bounds=bounds,
        parts=[part, Part(drawn=[buttons(press(_("All, from A to Å"), f"{NAME}.open", every), spacing="Medium")])],
        more=_ways_to_open(_, bounds, to_open),
        about=scope_words(_, scope, _("from today on") if not (bounds.first or bounds.last) else ""),
    )


def _coming_line(_: Translator, fact: PlaceFact) -> Line:
    """21. april 2026 kl. 9.00: Elmeskolen"""
    about = fact.dialogue
    assert about is not None
    small = [dialogue_name(_, about), _(STATES[about.state][0])]
    if fact.waiting:
        what, since = fact.waiting
        small.append(_(WAITING[what], day=_.date(since)))
    return Line(
        section=Section.DIALOGUES,
        lead=_.on_day_at(_.date(about.starts_at), _.clock(about.starts_at)),
        rest=fact.where.name,
        small=" · ".join(small),
        sources=(fact.source,),
    )


def place_line(_: Translator, fact: PlaceFact) -> Line:
    """Elmeskolen: Læringssamtale 2 af 4, klar, 21. april 2026"""
    working = _.ngettext("%(n)s focus area", "%(n)s focus areas", fact.focus_areas)
    if fact.dialogue is None:
        return Line(
            section=Section.DIALOGUES,
            lead=fact.where.name,
            rest=_("no learning dialogue in the period"),
            small=working,
            sources=(fact.source,),
        )
    about = fact.dialogue
    small = [working]
    if len(fact.states) > 1:
        small.append(
            _("of the period: %(states)s", states=counts(_, [(_(STATES[s][0]), n) for s, n in fact.states.items()]))
        )
    if fact.waiting:
        what, since = fact.waiting
        small.append(_(WAITING[what], day=_.date(since)))
    return Line(
        section=Section.DIALOGUES,
        lead=fact.where.name,
        rest=f"{dialogue_name(_, about)}: {_(STATES[about.state][0])}, {_.date(about.starts_at)}",
        small=" · ".join(small),
        sources=(fact.source,),
    )


def _counted(_: Translator, found: Found[PlaceFact, DialogueState]) -> str:
    number = _.ngettext("%(n)s learning dialogue", "%(n)s learning dialogues", sum(found.counts.values()))
    return f"{number}: {counts(_, [(_(STATES[state][0]), n) for state, n in found.counts.items()])}"


def _drawn(_: Translator, found: Found[PlaceFact, DialogueState]) -> Sequence[Element]:
    if sum(found.counts.values()) < FEWEST_DRAWN or len(found.counts) < 2:
        return []
    rows = [(capital(_(STATES[state][0])), number) for state, number in found.counts.items()]
    sentence = _("How many learning dialogues are at each stage.")
    return [bars(_, _("Learning dialogues by stage"), sentence, rows)]


def _answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    parts: Sequence[Part],
    found: Found[PlaceFact, DialogueState],
    title: str,
    to_open: int,
) -> Answer:
    return Answer(
        name=NAME,
        title=title,
        scope=scope,
        bounds=bounds,
        parts=parts,
        only=GOES_BY,
        more=_ways_to_open(_, bounds, to_open),
    )


def _ways_to_open(_: Translator, bounds: Bounds, to_open: int) -> Sequence[Action]:
    if not to_open:
        return []
    title = _("Open the dialogue") if to_open == 1 else _("Open a dialogue")
    return [press(title, WHICH, {**carried(), **carry(bounds)})]
