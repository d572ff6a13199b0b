"""What a typed message leads to: a command by its own words, or the question that its sentence asks.

`aftaler` and `forbered` are words of their own. Whatever is more of a sentence is read by `dialogs.understanding`. It
may ask back: a card with a button for each that can be meant, and a press answers the first question. A message may go
on from the one before for half an hour: `og i efteråret?`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from cards import asking as cards
from cards.kit import Card
from dialogs import observation, understanding
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.scope import OutsideResponsibility
from dialogs.turn import Turn
from dialogs.understanding import HELP, REFUSE, SET_LANGUAGE, SMALLTALK, Earlier, question
from dialogs.words import Understood, begins_with, names_a_question, normalise, words_of
from dialogs.words import understand as command_in
from domain.errors import NotAllowed
from domain.organisation import Role
from domain.prompt import Occasion
from domain.roster import Roster
from domain.slots import Candidate, Kind, Reason, Slots, Unused
from storage.asking import asked_by, forget_questions, remember
from storage.roster import roster_on

# The commands that ask the same as a question. Their cards are of those who work with them, and name
# nothing; whoever names a place, a time or a theme gets the answer, narrowed down to it.
SAME = {
    "agreements": question.AGREEMENT_OVERVIEW,
    "dialogues": question.DIALOGUE_OVERVIEW,
    "focus_areas": question.FOCUS_AREA_STATUS,
    "observations": question.OBSERVATION_OVERVIEW,
    "perspectives": question.PERSPECTIVE_SUMMARY,
}
OWN = {
    **{intent: command for command, intent in SAME.items()},
    question.DECISION_LIST: "decide",
    question.KEY_FIGURES: "data_package",
}
# What a leader writes begins with these, however long the sentence is.
_WRITTEN_BY_LEADERS = frozenset(
    {"prepare", "reflect", "decide", "status", "perspective", "invite", "new_dialogue", "share_practice", "board"}
)
_DECISIONS = ("beslutninger", "beslutningerne", "decisions")
_FIGURES = ("nøgletal", "nøgletallene", "vores tal", "key figures")
_LANGUAGES = {"set_danish": ("dansk", "danish"), "set_english": ("engelsk", "english")}


@dataclass(frozen=True)
class Answered:
    """How a message was understood, by the names people use, and the card it got.

    What is not understood gets help, as what asks for it does; `is_understood` tells the two apart.
    """

    intent: str
    slots: dict[str, object]
    card: Card
    is_understood: bool = True


def answer(turn: Turn, text: str) -> Answered:
    """What the bot understands a typed text as, and the card it answers this person with."""
    questions = _questions()
    command = _command(turn, text, questions)
    if command is not None:
        return command
    roster = roster_on(turn.uow, turn.today)
    before = asked_by(turn.uow, turn.person.id, turn.now)
    found = understanding.understand(
        text,
        roster,
        turn.today,
        earlier=Earlier(before.intent, before.slots) if before else None,
        mine=_answers_for(turn, roster),
    )
    loose = command_in(text, questions)
    if not found.is_sure and isinstance(loose, Understood) and not _is_of_others(turn, loose, found):
        return _told(loose.intent, questions[loose.intent].handle(turn, Asked(text, loose.rest)))
    answered = _understood(turn, text, roster, found, questions)
    return replace(answered, card=_with_unused(turn, answered.card, found.unused))


def _understood(
    turn: Turn, text: str, roster: Roster, found: understanding.Understanding, questions: dict[str, Question]
) -> Answered:
    match found.intent:
        case None:
            return Answered(HELP, {}, _help(turn), is_understood=False)
        case understanding.HELP:
            return Answered(HELP, {}, questions["help"].handle(turn, Asked(text)))
        case understanding.WHO_HAS_SEEN:
            return Answered(understanding.WHO_HAS_SEEN, {}, questions["who_has_seen"].handle(turn, Asked(text)))
        case understanding.SMALLTALK:
            return Answered(SMALLTALK, {}, _small_talk(turn, text, questions))
        case understanding.SET_LANGUAGE:
            return Answered(SET_LANGUAGE, {}, _set_language(turn, text, questions))
        case understanding.REFUSE:
            assert found.slots.reason is not None
            return Answered(REFUSE, found.slots.as_json(roster), cards.refuse(turn._, found.slots.reason))
        case understanding.UNKNOWN_INSTITUTION if (
            found.is_unknown_person and found.asked_of_one_on_one and _only_leads(turn)
        ):
            # The name is the chief's, and what a leader has talked about or agreed in a 1:1 is all with their chief.
            assert found.asked is not None
            return _answer(turn, roster, found.asked, found.slots.without_candidates(), text)
        case understanding.CLARIFY | understanding.UNKNOWN_INSTITUTION:
            return _ask_back(turn, roster, found)
    return _answer(turn, roster, found.intent, found.slots, text)


def choose(turn: Turn, choice: cards.Choice) -> Card:
    """The first question, answered for what was chosen; or the next thing that is unclear about it."""
    roster = roster_on(turn.uow, turn.today)
    if choice.intent not in understanding.THE_TWELVE or not _is_there(roster, choice):
        raise NotAllowed
    slots = understanding.chosen(choice.slots, choice.chosen)
    if choice.left:
        first, *left = choice.left
        options = _askable(turn, roster, choice.intent, first)
        card = (
            _which(turn, roster, options, choice.intent, slots, left, unused=choice.unused)
            if options
            else _outside(turn, roster, slots).card
        )
    else:
        card = _answer(turn, roster, choice.intent, slots, "").card
    return _with_unused(turn, card, choice.unused)


def try_it(turn: Turn, example: cards.Example) -> Card:
    """What is possible instead, asked as if it had been typed."""
    return answer(turn, example.words).card


def clock(planning: Planning) -> Iterable[Occasion]:
    """Plans nothing: a question that no message can go on from any more is forgotten."""
    forget_questions(planning.uow, planning.now)
    return ()


def _command(turn: Turn, text: str, questions: dict[str, Question]) -> Answered | None:
    """A message that is a command by its own words, for those who use it."""
    found = command_in(text, questions)
    if not isinstance(found, Understood):
        return None
    leads = turn.viewer.has(Role.LEADER)
    whole = names_a_question(text, questions)
    asked = Asked(text, found.rest)
    same = SAME.get(found.intent)
    if found.intent == "visits" and not observation.takes_part(turn):
        same = question.OBSERVATION_OVERVIEW
    if found.intent == "decide" and whole and tuple(normalise(text).split()) in map(words_of, _DECISIONS) and not leads:
        same = question.DECISION_LIST
    if found.intent == "data_package" and tuple(normalise(text).split()) in map(words_of, _FIGURES):
        same = question.KEY_FIGURES
    if same and whole:
        roster = roster_on(turn.uow, turn.today)
        # A leader's own card shows all there is; others may say which, as in `åbne aftaler`.
        slots = Slots() if leads else understanding.understand(text, roster, turn.today).slots.without_candidates()
        return _answer(turn, roster, same, slots, text)
    if whole:
        is_of_leaders = found.intent == "status" and not leads
        return None if is_of_leaders else _told(found.intent, questions[found.intent].handle(turn, asked))
    takes_rest = questions[found.intent].takes_rest and begins_with(text, questions[found.intent])
    if found.intent in _WRITTEN_BY_LEADERS and _only_leads(turn):
        return _unless_refused(turn, found.intent, asked, questions)
    if takes_rest and found.intent == "who_sees_what":
        # The rules alone, which are shown of a draft and a private note as of anything else.
        return _told(found.intent, questions[found.intent].handle(turn, asked))
    if takes_rest and found.intent != "status":
        return _unless_refused(turn, found.intent, asked, questions)
    return None


def _only_leads(turn: Turn) -> bool:
    return turn.viewer.has(Role.LEADER) and not turn.viewer.has(Role.CHIEF)


def _only_observes(turn: Turn) -> bool:
    """Whether the person answers for no institution, so that only their own observations can be meant."""
    return not any(turn.viewer.has(role) for role in (Role.LEADER, Role.CHIEF, Role.ADMINISTRATION))


def _is_of_others(turn: Turn, loose: Understood, found: understanding.Understanding) -> bool:
    """Whether the sentence is about others and no command in the same words.

    Leaders acknowledge and write a status themselves, and nobody else; one's own overview is of no place; and whoever
    is understood needs no help.
    """
    if loose.intent == "help":
        return found.intent is not None
    names_a_place = found.intent is not None and (found.slots.names_a_place or bool(found.slots.candidates))
    if loose.intent == "overview":
        return names_a_place
    if turn.viewer.has(Role.LEADER):
        return False
    is_asked = question.OBSERVATION_OVERVIEW in (found.intent, found.asked)
    return (loose.intent == "acknowledge" and is_asked) or (loose.intent == "status" and names_a_place)


def _unless_refused(turn: Turn, intent: str, asked: Asked, questions: dict[str, Question]) -> Answered | None:
    """The command's card, unless the sentence asks for something that a command does not give."""
    roster = roster_on(turn.uow, turn.today)
    found = understanding.understand(asked.text, roster, turn.today, mine=_answers_for(turn, roster))
    if found.intent in (REFUSE, understanding.WHO_HAS_SEEN) or (intent == "one_on_one" and found.asked_of_one_on_one):
        return None
    if intent == "decide" and found.intent == question.DECISION_LIST and (found.slots.half_year or found.slots.latest):
        # What was decided in the autumn is read; nobody writes it now.
        return None
    return _told(intent, questions[intent].handle(turn, asked))


def _told(command: str, card: Card) -> Answered:
    """What people ask with the command, in the words that `ask` tells it by."""
    intent = (
        SET_LANGUAGE if command in _LANGUAGES else SMALLTALK if command == "welcome" else SAME.get(command, command)
    )
    return Answered(intent, {}, card)


def _answer(turn: Turn, roster: Roster, intent: str, slots: Slots, text: str) -> Answered:
    """The question's card for this person, and what was asked, kept for the next message."""
    if intent == question.OBSERVATION_OVERVIEW and _only_observes(turn):
        return Answered(intent, {}, _questions()["observations"].handle(turn, Asked(text)))
    if intent != question.POLITICAL_REPORT and _is_outside(turn, roster, slots):
        return _outside(turn, roster, slots)
    questions = _questions()
    answers = questions[OWN[intent] if not slots and _has_own(turn, intent) else intent]
    try:
        card = answers.handle(turn, Asked(text, text, slots))
    except OutsideResponsibility:
        return _outside(turn, roster, slots)
    remember(turn.uow, turn.person.id, intent, slots, turn.now)
    return Answered(intent, slots.as_json(roster), card)


def _outside(turn: Turn, roster: Roster, slots: Slots) -> Answered:
    reason = Reason.OUTSIDE_RESPONSIBILITY
    return Answered(REFUSE, {**slots.as_json(roster), "reason": reason.value}, cards.refuse(turn._, reason))


def _askable(turn: Turn, roster: Roster, intent: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of the candidates that the person may ask this about: no button leads to a no."""
    if _is_for_all(turn, intent):
        return tuple(candidates)
    return tuple(each for each in candidates if not _is_outside(turn, roster, understanding.chosen(Slots(), each)))


def _is_for_all(turn: Turn, intent: str) -> bool:
    """Whether the question is answered for every place: by what is public, or by the person's own observations.

    The administration is told of all but of what two have agreed.
    """
    own = intent == question.OBSERVATION_OVERVIEW and _only_observes(turn)
    told = turn.viewer.has(Role.ADMINISTRATION) and intent not in (
        question.ONE_ON_ONE_RECAP,
        question.AGREEMENT_OVERVIEW,
    )
    return own or told or intent == question.POLITICAL_REPORT


def _ask_back(turn: Turn, roster: Roster, found: understanding.Understanding) -> Answered:
    """A button for each that may be meant and asked about; a no where none can be."""
    assert found.intent is not None
    asked = found.asked or question.SUPERVISION_SUMMARY
    is_unknown = found.intent == understanding.UNKNOWN_INSTITUTION
    slots = replace(found.slots, candidates=_askable(turn, roster, asked, found.slots.candidates))
    may_ask = bool(_answers_for(turn, roster)) or _is_for_all(turn, asked)
    if not may_ask or not (is_unknown or slots.candidates):
        return _outside(turn, roster, slots)
    if found.is_unknown_person:
        card = cards.nobody_called_so(
            turn._,
            _options(turn, roster, slots.candidates),
            asked,
            slots.without_candidates(),
            unused=found.unused,
            is_of_all=_is_for_all(turn, asked),
        )
    else:
        card = _which(
            turn, roster, slots.candidates, asked, slots, found.left, unused=found.unused, is_unknown=is_unknown
        )
    return Answered(found.intent, slots.as_json(roster), card)


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
) -> Card:
    return cards.ask_which(
        turn._,
        _options(turn, roster, candidates),
        intent,
        slots.without_candidates(),
        left=left,
        unused=unused,
        is_unknown=is_unknown,
    )


def _options(turn: Turn, roster: Roster, candidates: Sequence[Candidate]) -> list[cards.Option]:
    return [cards.Option(each, roster.name_of(each.id), _what(turn, roster, each)) for each in candidates]


def _with_unused(turn: Turn, card: Card, unused: Sequence[Unused]) -> Card:
    return cards.with_unused(turn._, card, unused) if unused else card


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
            return _(cards.TYPES[places[candidate.id].type])


def _is_there(roster: Roster, choice: cards.Choice) -> bool:
    """Whether everything that the button names is still there, and is what it says."""
    known = {
        Kind.INSTITUTION: {each.id for each in roster.institutions},
        Kind.AREA: {each.id for each in roster.areas},
        Kind.LEADER: {each.id for each in roster.leaders},
    }
    candidates = [choice.chosen, *(each for group in choice.left for each in group)]
    slots = choice.slots
    return (
        all(each.id in known[each.kind] for each in candidates)
        and set(slots.institutions) <= known[Kind.INSTITUTION]
        and set(slots.areas) <= known[Kind.AREA]
        and set(slots.leaders) <= known[Kind.LEADER]
        and (slots.theme is None or slots.theme in {each.id for each in roster.themes})
    )


def _answers_for(turn: Turn, roster: Roster) -> frozenset[UUID]:
    """The institutions that the person leads or is chief of."""
    held = [role for role in turn.viewer.roles if role.role in (Role.LEADER, Role.CHIEF)]
    return frozenset(where.id for where in roster.institutions if any(role.covers(where) for role in held))


def _is_outside(turn: Turn, roster: Roster, slots: Slots) -> bool:
    """Whether an institution, an area or a leader is named that the person has no responsibility for.

    The administration has its own sight, which the answers ask for themselves.
    """
    if turn.viewer.has(Role.ADMINISTRATION):
        return False
    mine = _answers_for(turn, roster)
    areas = {where.area_id for where in roster.institutions if where.id in mine}
    leads = {leader.id: set(leader.leads) for leader in roster.leaders}
    return (
        bool(set(slots.institutions) - mine)
        or bool(set(slots.areas) - areas)
        or any(not leads.get(each, set()) & mine for each in slots.leaders)
    )


def _has_own(turn: Turn, intent: str) -> bool:
    """Whether the person works with a card of their own where others ask about an area.

    A leader does. So does whoever observes or takes part, with what a command shows by the same words.
    """
    if intent not in OWN or turn.viewer.has(Role.CHIEF):
        return False
    return turn.viewer.has(Role.LEADER) or (intent in SAME.values() and not turn.viewer.has(Role.ADMINISTRATION))


def _small_talk(turn: Turn, text: str, questions: dict[str, Question]) -> Card:
    """A greeting gets the welcome, and thanks a short word."""
    greets = understanding.greets(text)
    return questions["welcome"].handle(turn, Asked(text)) if greets else cards.welcome_back(turn._)


def _set_language(turn: Turn, text: str, questions: dict[str, Question]) -> Card:
    """The language that is named, or the choice where none is, or both."""
    words = normalise(text).split()
    named = [command for command, names in _LANGUAGES.items() if any(name in words for name in names)]
    return questions[named[0] if len(named) == 1 else "set_language"].handle(turn, Asked(text))


def _help(turn: Turn) -> Card:
    from dialogs import help

    return help.not_understood(turn)


def _questions() -> dict[str, Question]:
    # The table is made of all flows, and this is one of them.
    from dialogs import QUESTIONS

    return QUESTIONS


FLOW = Flow(
    name="asking",
    buttons={
        cards.CHOOSE: Button(cards.Choice.read, choose, only_shows=True),
        cards.TRY: Button(cards.Example.read, try_it),
    },
    clock=clock,
    without=frozenset({"questions", "views"}),
)
