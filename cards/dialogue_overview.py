"""*Områdeoverblik*: per institution from A to Å where its dialogue is, its focus areas, and what is waited for."""

from collections.abc import Sequence
from dataclasses import replace

from cards.answer import Answer, Part
from cards.chart import bars
from cards.counting import DIALOGUES, counted, counts
from cards.form import carried
from cards.kit import Action, Card, below_head, buttons, press
from cards.language import N_, Translator
from cards.layout import Element, capital
from cards.parts import hint
from cards.scope import carry, scope_words
from cards.supervision import dialogue_line, not_begun
from cards.words import STATES, dialogue_name
from domain.dialogue import HELD, DialogueState
from domain.dialogue_overview import PlaceFact, Waiting
from domain.facts import DialogueFact
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found, Section

NAME = "dialogue_overview"
WHICH = f"{NAME}.which"
FEWEST_DRAWN = 3
GOES_BY = (AskedStatus.NOT_PREPARED, AskedStatus.OPEN, AskedStatus.OVERDUE, AskedStatus.NONE, "dialogue_no", "latest")
TITLES = {
    AskedStatus.NOT_PREPARED: N_("Not prepared, A to Å"),
    AskedStatus.OPEN: N_("Not closed, A to Å"),
    AskedStatus.OVERDUE: N_("Awaiting their record, A to Å"),
    AskedStatus.NONE: N_("None held yet, A to Å"),
}
WAITING = {
    Waiting.PREPARATION: N_("not prepared, since %(day)s"),
    Waiting.RECORD: N_("awaits its record since %(day)s"),
}


def of_several(
    _: Translator, scope: Scope, bounds: Bounds, found: Found[PlaceFact, DialogueState | None], *, to_open: int = 0
) -> Answer:
    """A line for each institution; `to_open` of their dialogues are such as the reader takes part in."""
    nothing = _nothing(_, bounds) or _("No institution has such a dialogue in the period.")
    if bounds.status is AskedStatus.NONE:
        nothing = not_begun(_, scope) or _("Every institution has held a learning dialogue in the period.")
    title = TITLES.get(bounds.status) if bounds.status else None
    part = Part(
        title=_(title) if title else _("Institution by institution, A to Å"),
        lines=[place_line(_, each, scope) for each in found.facts],
        more=found.more,
        nothing=nothing,
    )
    first = []
    if number := sum(found.counts.values()):
        lines = [counted(Section.DIALOGUES, _with_dialogues(found, number), _counted(_, found, bounds))]
        first.append(Part(counted=lines, drawn=_drawn(_, found)))
    return _answer(_, scope, bounds, [*first, part], found, _("Area overview"), to_open)


def _nothing(_: Translator, bounds: Bounds) -> str:
    """Why none of them waits; empty where something else was asked for."""
    if bounds.status is AskedStatus.NOT_PREPARED:
        return _(
            "No dialogue within the next two days still has to be prepared. Write “area overview” to see the later "
            "ones."
        )
    if bounds.status is AskedStatus.OVERDUE:
        return _("No dialogue of the period is waiting for its record. That is shown from two weeks after.")
    return ""


def _with_dialogues(
    found: Found[PlaceFact, DialogueState | None], number: int
) -> Found[PlaceFact, DialogueState | None]:
    """The `number` of dialogues among what is told of each institution, some of which have none."""
    told = [each for each in found.facts if each.dialogue]
    return replace(found, total=number, facts=told)


def of_one(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    found: Found[PlaceFact, DialogueState | None],
    dialogues: Found[DialogueFact, DialogueState | None],
    *,
    to_open: int = 0,
) -> Answer:
    """The institution's dialogues of the period, and what was decided in them."""
    nothing = _nothing(_, bounds) or _("There is no such dialogue.")
    if bounds.status is AskedStatus.NONE:
        nothing = not_begun(_, scope) or nothing
    parts = [Part(lines=[place_line(_, each, scope) for each in found.facts], nothing=nothing)]
    if decided := [dialogue_line(_, each, scope) for each in dialogues.facts if each.decisions]:
        parts.append(Part(title=_("What was decided"), lines=decided))
    return _answer(_, scope, bounds, parts, found, _("Learning dialogues"), to_open)


def coming(
    _: Translator, scope: Scope, bounds: Bounds, found: Found[PlaceFact, DialogueState | None], *, to_open: int = 0
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


def not_ready(_: Translator, shown: Card) -> Card:
    """The overview, to whoever wants to read a preparation that nobody has made ready."""
    told = _("No preparation here is ready to be read yet. You can read it once its leader has made it ready.")
    return below_head(shown, hint(told, spacing="Medium"))


def _coming_line(_: Translator, fact: PlaceFact) -> Line:
    """21. april 2026 kl. 9.00: Elmeskolen"""
    about = fact.dialogue
    assert about is not None
    small = [dialogue_name(_, about), _(STATES[fact.told][0])]
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


def place_line(_: Translator, fact: PlaceFact, scope: Scope) -> Line:
    """Elmeskolen: Læringssamtale 2 af 4, klar, 21. april 2026; of one institution without its name."""
    small = [] if fact.focus_areas is None else [_working(_, len(fact.focus_areas))]
    sources = (fact.source, *(fact.focus_areas or ()))
    about = fact.dialogue
    if about is None:
        nothing = _("no learning dialogue in the period")
        lead, rest = ("", capital(nothing)) if scope.is_one_place else (fact.where.name, nothing)
        return Line(section=Section.DIALOGUES, lead=lead, rest=rest, small=" · ".join(small), sources=sources)
    if fact.waiting:
        what, since = fact.waiting
        small.append(_(WAITING[what], day=_.date(since)))
    name, state = dialogue_name(_, about), f"{_(STATES[fact.told][0])}, {_.date(about.starts_at)}"
    return Line(
        section=Section.DIALOGUES,
        lead=name if scope.is_one_place else fact.where.name,
        rest=state if scope.is_one_place else f"{name}: {state}",
        small=" · ".join(small),
        sources=sources,
    )


def _working(_: Translator, number: int) -> str:
    return _.ngettext("%(n)s focus area", "%(n)s focus areas", number) if number else _("no focus area")


def _counted(_: Translator, found: Found[PlaceFact, DialogueState | None], bounds: Bounds) -> str:
    """9 læringssamtaler, heraf 2 holdt: 4 planlagt · 3 klar · 2 opsamlet"""
    number = _.ngettext("%(n)s learning dialogue", "%(n)s learning dialogues", sum(found.counts.values()))
    held = sum(count for state, count in found.counts.items() if state in HELD)
    words = counts(_, [(DIALOGUES[state], n) for state, n in found.counts.items()])
    # Of one whose time has come and of which nothing is recorded, nobody knows yet whether it was held.
    if bounds.status or not held:
        return f"{number}: {words}"
    return _("%(dialogues)s, %(held)s of them held: %(words)s", dialogues=number, held=_.number(held), words=words)


def _drawn(_: Translator, found: Found[PlaceFact, DialogueState | None]) -> Sequence[Element]:
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
    found: Found[PlaceFact, DialogueState | None],
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
