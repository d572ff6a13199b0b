"""What a typed message leads to: a command by its own words, or the question that its sentence asks.

`aftaler` and `forbered` are words of their own. What a leader tells of others begins a perspective. Whatever is more of
a sentence is read by `dialogs.understanding`. It may ask back: a card with a button for each that can be meant, and a
press answers the first question. A message may go on from the one before for half an hour: `og i efteråret?`.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from cards import asking as cards
from cards import meaning as meanings
from cards import unused as unused_cards
from cards.instead import taken_back
from cards.kit import Card
from dialogs import measure, next_dialogue, understanding, visit_note
from dialogs.asking_answer import Answered, all_questions, answer_to, outside, refused
from dialogs.asking_back import ask_again, ask_back, choose, gone_on_from, with_unused
from dialogs.asking_command import CHIEFS_SIGHT, LANGUAGES, command_of, in_language, is_of_others, told
from dialogs.behind import WRITTEN, not_lost, told_behind
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.noting import noted, written
from dialogs.perspective_told import told as told_perspective
from dialogs.responsibility import answers_for, is_for_all, only_leads
from dialogs.scope import OutsideResponsibility
from dialogs.turn import Turn
from dialogs.understanding import HELP, REFUSE, SMALLTALK, not_here, own, wishes
from dialogs.understanding.noted import noted_in
from dialogs.when import when
from dialogs.words import Understood, names_a_question, normalise
from dialogs.words import understand as command_in
from domain.errors import NotAllowed
from domain.organisation import Role
from domain.prompt import Occasion
from domain.roster import Roster
from domain.single_child import may_be_of_one_child
from domain.slots import Reason
from domain.text import holds_cpr_number
from domain.unused import Unused, Why
from storage.asking import forget_questions
from storage.roster import roster_on

PERSPECTIVE = "perspective"
# Which command has what is to be corrected; of some a leader asks somebody else to, and others have it themselves.
_CORRECTED: dict[str, str | tuple[str, str]] = {
    "prepare": "prepare",
    "reflection": "reflect",
    "decision": "decide",
    "perspective": "perspectives",
    "agreement": "agreements",
    "focus_area": "focus_areas",
    "status_word": "status",
    "practice": "practice",
    "figures": "data_package",
    "measured": "data_package",
    "observation": ("rectification", "feedback"),
    "recap": ("rectification", "note"),
    "one_on_one": ("rectification", "note"),
}


def answer(turn: Turn, text: str) -> Answered:
    """What the bot understands a typed text as, and the card it answers this person with; what was typed behind a
    command with a form stands in it, or is given back."""
    questions = all_questions()
    answered = _answered(turn, text, questions)
    if (told_of := noted_in(text)) and answered.slots.get("reason") != Reason.CHILD_LEVEL:
        # Whoever has no form for it gets it back.
        return replace(answered, card=not_lost(turn._, answered.card, told_of[1]))
    if answered.intent not in WRITTEN or answered.intent not in questions:
        return answered
    words = told_behind(text, questions[answered.intent].words)
    return replace(answered, card=not_lost(turn._, answered.card, words))


def _answered(turn: Turn, text: str, questions: dict[str, Question]) -> Answered:
    leads = turn.viewer.has(Role.LEADER)
    if in_form := written(turn, text, questions):
        return in_form
    if leads and (ended := measure.said_to_have_ended(turn, text)):
        return told("measures", ended)
    if in_form := noted(turn, text, questions):
        return in_form
    if meaning := own.meaning_asked_in(text):
        return Answered(HELP, {}, meanings.show(turn._, meaning))
    words = told_behind(text, questions[PERSPECTIVE].words) if leads else ""
    told_of = understanding.told_by(words or text) if leads else ()
    command = None if told_of or words else _command(turn, text, questions)
    if command is not None:
        return command
    roster = roster_on(turn.uow, turn.today)
    earlier, mine = gone_on_from(turn, roster), answers_for(turn, roster)
    found = understanding.understand(text, roster, turn.today, earlier=earlier, mine=mine)
    # Whoever tells asks nothing: of a child that is seen, it is asked at the field before anything is kept.
    is_seen = may_be_of_one_child(words or text) and not holds_cpr_number(text)
    is_seen = is_seen or (own.speaks_of(text, "worry") and not holds_cpr_number(text))
    if (told_of or words) and (is_seen or found.slots.reason is not Reason.CHILD_LEVEL):
        return Answered(PERSPECTIVE, {}, told_perspective(turn, words or text, told_of))
    # `Er det ok at jeg tager billeder?` is no thanks, though most of it is small words.
    is_small = found.intent == understanding.SMALLTALK and understanding.asks(text)
    loose = None if found.is_sure and not is_small else command_in(text, questions)
    if isinstance(loose, Understood) and not is_of_others(turn, loose, found):
        try:
            card = questions[loose.intent].handle(turn, Asked(text, loose.rest, found.slots))
        except OutsideResponsibility as no:
            return outside(turn, roster, found.slots, no.card)
        except NotAllowed:
            if names_a_question(text, questions):
                raise
            return _understood(turn, text, roster, found, questions)
        is_of_places = loose.intent == CHIEFS_SIGHT
        return told(loose.intent, with_unused(turn, card, found.unused, "", found.slots) if is_of_places else card)
    answered = _understood(turn, text, roster, found, questions)
    answers = answered.intent == found.intent
    unused = (*found.unused, Unused(Why.ALL_OF_YOURS, "")) if _is_of_fewer(turn, roster, found) else found.unused
    if not answered.is_understood:
        # Where there is no answer, nothing is missing in it.
        unused = tuple(replace(each, why=Why.NOT_KNOWN) if each.why is Why.UNKNOWN else each for each in unused)
    shown = with_unused(turn, answered.card, unused, answered.intent if answers else "", found.slots)
    return replace(answered, card=shown)


def _command(turn: Turn, text: str, questions: dict[str, Question]) -> Answered | None:
    """The command that the message is; of one that others have, what is only like it is not that command."""
    try:
        return command_of(turn, text, questions)
    except OutsideResponsibility:
        raise
    except NotAllowed:
        if names_a_question(text, questions):
            raise
        return None


def _is_of_fewer(turn: Turn, roster: Roster, found: understanding.Understanding) -> bool:
    """Whether all places are asked about, or others beside one, by somebody who answers for some of them."""
    if found.intent not in understanding.THE_TWELVE or is_for_all(turn, found.intent):
        return False
    mine = answers_for(turn, roster)
    if found.is_everywhere:
        return 0 < len(mine) < len(roster.institutions)
    all_named, told = (understanding.of_all_named(found.slots, roster, each) for each in (frozenset[UUID](), mine))
    return len(told.institutions) < len(all_named.institutions)


def _understood(
    turn: Turn, text: str, roster: Roster, found: understanding.Understanding, questions: dict[str, Question]
) -> Answered:
    match found.intent:
        case None:
            return Answered(HELP, {}, _help(turn), is_understood=False)
        case understanding.HELP:
            return Answered(HELP, {}, questions["help"].handle(turn, Asked(text)))
        case wishes.CONTINUE if isinstance(command := command_in(own.without_going_on(text), questions), Understood):
            return told(command.intent, questions[command.intent].handle(turn, Asked(command.rest, command.rest)))
        case wishes.CORRECT:
            return _correct(turn, text, questions)
        case wishes.ONE_ON_ONE if any(each.why is Why.NO_ONE_ON_ONE for each in found.unused):
            return told(wishes.ONE_ON_ONE, questions["one_on_one_without"].handle(turn, Asked(text)))
        case wishes.ONE_ON_ONE:
            # `Jeg mødes med Mette mandag kl. 10` says when as well.
            is_told = own.tells_when_they_meet(text)
            with_whom = " ".join(["1:1", *([text] if is_told else own.names_in(text))])
            says_day = is_told and when(text, turn.today).day is not None
            asked = Asked(with_whom if says_day or turn.viewer.has(Role.CHIEF) else "1:1", with_whom)
            card = questions[wishes.ONE_ON_ONE].handle(turn, asked)
            return told(wishes.ONE_ON_ONE, next_dialogue.beside(turn, card) if own.is_any_meeting(text) else card)
        case not_here.WHAT_I_AM:
            return Answered(SMALLTALK, {}, questions[not_here.WHAT_I_AM].handle(turn, Asked(text)))
        case wishes.PRACTICE:
            about = own.without_asking_of_others(text)
            return Answered(wishes.PRACTICE, {}, questions[wishes.PRACTICE].handle(turn, Asked(about)))
        case wishes.INVITE:
            # When and where it is to be is chosen in the form.
            card = questions[wishes.INVITE].handle(turn, Asked(text))
            says_more = when(text, turn.today).day is not None or own.names_a_class(text)
            return Answered(wishes.INVITE, {}, not_lost(turn._, card, text if says_more else ""))
        case own_question if own_question in understanding.OF_ONES_OWN:
            return Answered(own_question, {}, questions[own_question].handle(turn, Asked(text)))
        case understanding.SMALLTALK:
            return Answered(SMALLTALK, {}, _small_talk(turn, text, questions))
        case understanding.SET_LANGUAGE:
            return _set_language(turn, text, questions)
        case understanding.REFUSE:
            assert found.slots.reason is not None
            instead = _not_deleted(turn, text) if found.slots.reason is Reason.NO_DELETE_BY_CHAT else None
            return Answered(REFUSE, found.slots.as_json(roster), instead or refused(turn, found.slots.reason))
        case understanding.UNKNOWN_INSTITUTION if (
            found.is_unknown_person and found.asked_of_one_on_one and only_leads(turn)
        ):
            # The name is the chief's, and what a leader has talked about or agreed in a 1:1 is all with their chief.
            assert found.asked is not None
            return answer_to(turn, roster, found.asked, found.slots.without_candidates(), text)
        case understanding.CLARIFY | understanding.UNKNOWN_INSTITUTION:
            return ask_back(turn, roster, found)
    is_narrow = any(each.narrows for each in found.unused)
    return answer_to(turn, roster, found.intent, found.slots, text, is_narrow=is_narrow)


def _not_deleted(turn: Turn, text: str) -> Card | None:
    """What can be taken back instead, and how; None where there is no such thing."""
    if own.takes_back(text):
        return taken_back(turn._)
    return visit_note.to_take_back(turn) if own.speaks_of(text, "recap") else None


def _correct(turn: Turn, text: str, questions: dict[str, Question]) -> Answered:
    """The card that has what is to be corrected; where another wrote it, the one that asks them to."""
    leads = turn.viewer.has(Role.LEADER)
    command = _CORRECTED.get(own.corrected_in(text)) or "rectification"
    if isinstance(command, tuple):
        command = command[0] if leads else command[1]
    return told(command, questions[command].handle(turn, Asked(text)))


def try_it(turn: Turn, example: cards.Example) -> Card:
    """What is possible instead, asked as if it had been typed."""
    return answer(turn, example.words).card


def clock(planning: Planning) -> Iterable[Occasion]:
    """Plans nothing: a question that no message can go on from any more is forgotten."""
    forget_questions(planning.uow, planning.now)
    return ()


def _small_talk(turn: Turn, text: str, questions: dict[str, Question]) -> Card:
    """A greeting gets the welcome, and thanks a short word."""
    greets = understanding.greets(text)
    return questions["welcome"].handle(turn, Asked(text)) if greets else cards.welcome_back(turn._)


def _set_language(turn: Turn, text: str, questions: dict[str, Question]) -> Answered:
    """The language that is named, and the other of who does not know it; the choice where none is named, or both."""
    words = normalise(text).split()
    named = [command for command, names in LANGUAGES.items() if any(name in words for name in names)]
    if len(named) == 1 and own.is_not_fluent(text):
        named = [command for command in LANGUAGES if command not in named]
    command = named[0] if len(named) == 1 else "set_language"
    return in_language(turn, command, questions[command].handle(turn, Asked(text)), text)


def _help(turn: Turn) -> Card:
    from dialogs import help

    return help.not_understood(turn)


FLOW: Flow = Flow(
    name="asking",
    buttons={
        cards.CHOOSE: Button(cards.Choice.read, choose, only_shows=True),
        unused_cards.AGAIN: Button(unused_cards.Again.read, ask_again, only_shows=True),
        cards.TRY: Button(cards.Example.read, try_it),
    },
    clock=clock,
    without=frozenset({"questions", "views"}),
)
