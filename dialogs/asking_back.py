"""Asking back where a name means several or nobody: a button for each, and a press or a word for it answers the first
question."""

from collections.abc import Sequence
from dataclasses import replace

from cards import asking as cards
from cards import unused as unused_cards
from cards.kit import Card
from dialogs import understanding
from dialogs.asking_answer import Answered, answer_to, outside
from dialogs.responsibility import answers_for, askable, is_for_all
from dialogs.turn import Turn
from dialogs.understanding import question
from domain.errors import NotAllowed
from domain.roster import Roster
from domain.slots import Candidate, Kind, Slots
from domain.unused import Unused
from storage.asking import asked_by, forget_question, remember
from storage.roster import roster_on

NEAREST = 3


def ask_back(turn: Turn, roster: Roster, found: understanding.Understanding) -> Answered:
    """A button for each that may be meant and asked about; a no where none can be."""
    assert found.intent is not None
    asked = found.asked or question.SUPERVISION_SUMMARY
    is_unknown = found.intent == understanding.UNKNOWN_INSTITUTION
    options = askable(turn, roster, asked, found.slots.candidates)
    slots = replace(found.slots, candidates=options[:NEAREST] if is_unknown else options)
    left = tuple(group for each in found.left if (group := askable(turn, roster, asked, each)))
    may_ask = bool(answers_for(turn, roster)) or is_for_all(turn, asked)
    if not may_ask or not (is_unknown or slots.candidates):
        return outside(turn, roster, slots)
    _remember(turn, asked, slots, left)
    if found.is_unknown_person:
        card = cards.nobody_called_so(
            turn._,
            _options(turn, roster, slots.candidates),
            asked,
            slots.without_candidates(),
            unused=found.unused,
            is_of_all=is_for_all(turn, asked),
        )
    else:
        card = _which(
            turn,
            roster,
            slots.candidates,
            asked,
            slots,
            found.left,
            unused=found.unused,
            is_unknown=is_unknown,
            is_asked_again=found.is_asked_again,
        )
    return Answered(found.intent, slots.as_json(roster), card)


def gone_on_from(turn: Turn, roster: Roster) -> understanding.Earlier | None:
    """The question that a message may go on from; None once something that it names is gone: `the first` of those that
    were offered would be another one then."""
    before = asked_by(turn.uow, turn.person.id, turn.now)
    if before is None:
        return None
    offered = [each for group in (before.slots.candidates, *before.slots.left) for each in group]
    is_there = _are_there(roster, before.slots, offered)
    return understanding.Earlier(before.intent, before.slots) if is_there else None


def choose(turn: Turn, choice: cards.Choice) -> Card:
    """The first question, answered for what was chosen; or the next thing that is unclear about it."""
    roster = roster_on(turn.uow, turn.today)
    named = [choice.chosen, *(each for group in choice.left for each in group)]
    if choice.intent not in understanding.THE_TWELVE or not _are_there(roster, choice.slots, named):
        raise NotAllowed
    slots = understanding.chosen(choice.slots, choice.chosen)
    if choice.left:
        first, *left = choice.left
        options = askable(turn, roster, choice.intent, first)
        _remember(turn, choice.intent, replace(slots, candidates=options), left)
        card = (
            _which(turn, roster, options, choice.intent, slots, left, unused=choice.unused)
            if options
            else outside(turn, roster, slots).card
        )
    else:
        card = answer_to(turn, roster, choice.intent, slots, "").card
    return with_unused(turn, card, choice.unused, choice.intent, slots)


def ask_again(turn: Turn, again: unused_cards.Again) -> Card:
    """The same question about something else, as the button says."""
    roster = roster_on(turn.uow, turn.today)
    if again.intent not in understanding.THE_TWELVE or not _are_there(roster, again.slots, again.slots.candidates):
        raise NotAllowed
    return answer_to(turn, roster, again.intent, again.slots, "", is_narrow=True).card


def _remember(turn: Turn, intent: str, slots: Slots, left: Sequence[Sequence[Candidate]]) -> None:
    """What a word can answer as a press does.

    Where more names are unclear, a press alone goes on: the release before reads no row with those that are `left`, and
    without them a word would answer for the first name as if it were the only one.
    """
    if left:
        forget_question(turn.uow, turn.person.id)
    else:
        remember(turn.uow, turn.person.id, intent, slots, turn.now)


def with_unused(turn: Turn, card: Card, unused: Sequence[Unused], intent: str, slots: Slots) -> Card:
    """The card, and what of the message was not gone by."""
    return unused_cards.with_unused(turn._, card, unused, intent, slots) if unused else card


def _which(
    turn: Turn,
    roster: Roster,
    candidates: Sequence[Candidate],
    intent: str,
    slots: Slots,
    left: Sequence[Sequence[Candidate]],
    *,
    unused: Sequence[Unused],
    is_unknown: bool = False,
    is_asked_again: bool = False,
) -> Card:
    return cards.ask_which(
        turn._,
        _options(turn, roster, candidates),
        intent,
        slots.without_candidates(),
        left=left,
        unused=unused,
        is_unknown=is_unknown,
        is_asked_again=is_asked_again,
    )


def _options(turn: Turn, roster: Roster, candidates: Sequence[Candidate]) -> list[cards.Option]:
    return [cards.Option(each, roster.name_of(each.id), _what(turn, roster, each)) for each in candidates]


def _what(turn: Turn, roster: Roster, candidate: Candidate) -> str:
    """A word for what it is, which tells it from the others of that name."""
    _ = turn._
    places = {each.id: each for each in roster.institutions}
    match candidate.kind:
        case Kind.AREA:
            return _("area")
        case Kind.LEADER:
            leader = next(each for each in roster.leaders if each.id == candidate.id)
            return ", ".join(places[each].name for each in leader.leads if each in places) or _("leader")
        case _:
            kind = _(cards.TYPES[places[candidate.id].type])
            return _("%(kind)s, closed", kind=kind) if places[candidate.id].is_closed else kind


def _are_there(roster: Roster, slots: Slots, candidates: Sequence[Candidate]) -> bool:
    """Whether everything that the button names is still there, and is what it says."""
    known = {
        Kind.INSTITUTION: {each.id for each in roster.institutions},
        Kind.AREA: {each.id for each in roster.areas},
        Kind.LEADER: {each.id for each in roster.leaders},
    }
    return (
        all(each.id in known[each.kind] for each in candidates)
        and set(slots.institutions) <= known[Kind.INSTITUTION]
        and set(slots.areas) <= known[Kind.AREA]
        and set(slots.leaders) <= known[Kind.LEADER]
        and (slots.theme is None or slots.theme in {each.id for each in roster.themes})
    )
