"""A message that is a command by its own words: `forbered`, `aftaler`, `1:1 med Birgit`."""

import re
from dataclasses import replace

from cards import language_choice as language_cards
from cards.kit import Card
from dialogs import observation, understanding
from dialogs.asking_answer import OF_LEADERS, SAME, Answered, answer_to, outside
from dialogs.asking_back import ask_back, gone_on_from
from dialogs.flow import Asked, Question
from dialogs.responsibility import answers_for, is_outside, only_leads
from dialogs.turn import Turn
from dialogs.understanding import REFUSE, SET_LANGUAGE, SMALLTALK, own, question
from dialogs.words import Understood, begins_with, names_a_question, normalise, without_slip, words_of
from dialogs.words import understand as command_in
from domain.organisation import Role
from domain.roster import Roster
from domain.slots import AskedStatus, Slots
from storage.roster import roster_on

MY_DATA = "my_data"
CHIEFS_SIGHT = "what_my_chief_sees"
LANGUAGES = {"set_danish": ("dansk", "danish"), "set_english": ("engelsk", "english")}
# What a leader writes begins with these, however long the sentence is.
_WRITTEN_BY_LEADERS = frozenset(
    {"prepare", "reflect", "decide", "status", "perspective", "invite", "new_dialogue", "share_practice", "board"}
)
# Another institution's are not told of by one's own; `beslut at vi besøger Fyrreskolen` is written of one's own.
_READ_AS_WELL = frozenset({"reflect", "decide", "status", "board"})
_PREPARATION = re.compile("forberedels|preparation", re.IGNORECASE)
_DECISIONS = ("beslutninger", "beslutningerne", "decisions")
_FIGURES = ("nøgletal", "nøgletallene", "vores tal", "key figures")


def command_of(turn: Turn, text: str, questions: dict[str, Question]) -> Answered | None:
    """A message that is a command by its own words, for those who use it."""
    text = without_slip(text, questions)
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
    if not leads:
        same = OF_LEADERS.get(found.intent, found.intent if found.intent in question.THE_TWELVE else same)
    if same and whole:
        roster = roster_on(turn.uow, turn.today)
        # A leader's own card shows all there is; others may say which (`åbne aftaler`), or go on
        asked_of = None if leads else _asked_of_others(turn, roster, text)
        if asked_of and asked_of.is_asked_again:
            return ask_back(turn, roster, asked_of)
        return answer_to(turn, roster, same, asked_of.slots.without_candidates() if asked_of else Slots(), text)
    if whole and found.intent in LANGUAGES:
        return in_language(turn, found.intent, questions[found.intent].handle(turn, asked), text)
    if whole:
        # Of the one whose focus areas they are not, `status` asks how it goes and what waits.
        command = "overview" if found.intent == "status" and not leads else found.intent
        return told(command, questions[command].handle(turn, asked))
    if found.intent == MY_DATA:
        return _if_of_oneself(turn, asked, questions)
    takes_rest = questions[found.intent].takes_rest and begins_with(text, questions[found.intent])
    if found.intent in _WRITTEN_BY_LEADERS and only_leads(turn):
        return _unless_refused(turn, found.intent, asked, questions)
    if takes_rest and found.intent == "who_sees_what":
        # The rules alone, which are shown of a draft and a private note as of anything else.
        return told(found.intent, questions[found.intent].handle(turn, asked))
    if takes_rest and found.intent != "status":
        return _unless_refused(turn, found.intent, asked, questions)
    return None


def is_of_others(turn: Turn, loose: Understood, found: understanding.Understanding) -> bool:
    """Whether the sentence is about others and no command in the same words.

    Leaders acknowledge, write a status, end a measure and answer a recommendation themselves, and nobody else; one's
    own overview is of no place; and whoever is understood needs no help.
    """
    if loose.intent in ("help", "set_language"):
        return found.intent is not None
    if loose.intent == CHIEFS_SIGHT:
        return found.intent == understanding.UNKNOWN_INSTITUTION
    names_a_place = found.intent is not None and (found.slots.names_a_place or bool(found.slots.candidates))
    if loose.intent in ("overview", "visits"):
        # `Overblik over alle` is of each of several places, which no leader has.
        return names_a_place or (found.intent == question.DIALOGUE_OVERVIEW and not only_leads(turn))
    if turn.viewer.has(Role.LEADER):
        return False
    if loose.intent in OF_LEADERS:
        return True
    if loose.intent == "saved_summaries" and found.slots.half_year:
        return True
    is_asked = question.OBSERVATION_OVERVIEW in (found.intent, found.asked)
    return (loose.intent == "acknowledge" and is_asked) or (loose.intent == "status" and names_a_place)


def told(command: str, card: Card) -> Answered:
    """What people ask with the command, in the words that `ask` tells it by."""
    intent = SET_LANGUAGE if command in LANGUAGES else SMALLTALK if command == "welcome" else SAME.get(command, command)
    return Answered(intent, {}, card)


def in_language(turn: Turn, command: str, card: Card, text: str) -> Answered:
    """The choice of a language, and after an answer that answer in it: `på engelsk`."""
    if command not in LANGUAGES or not own.is_in_a_language(text):
        return told(command, card)
    roster = roster_on(turn.uow, turn.today)
    before = gone_on_from(turn, roster)
    if before is None:
        return told(command, card)
    if before.slots.candidates:
        unanswered = understanding.Understanding(
            understanding.CLARIFY, before.slots, before.intent, left=before.slots.left, is_asked_again=True
        )
        answered = ask_back(turn, roster, unanswered)
    else:
        answered = answer_to(turn, roster, before.intent, before.slots, text)
    return replace(answered, card=language_cards.changed(turn._, answered.card))


def _asked_of_others(turn: Turn, roster: Roster, text: str) -> understanding.Understanding:
    """What the command is asked about, by who leads no place: what it says, and what was asked about just before."""
    return understanding.understand(text, roster, turn.today, earlier=gone_on_from(turn, roster))


def _if_of_oneself(turn: Turn, asked: Asked, questions: dict[str, Question]) -> Answered | None:
    """`Hent mine data` is of oneself; `mine data for Elmeskolen` and `mine data om trivsel` are key figures."""
    found = understanding.understand(asked.text, roster_on(turn.uow, turn.today), turn.today)
    other = (REFUSE, *understanding.OF_ONES_OWN, understanding.UNKNOWN_INSTITUTION)
    if found.intent in other or found.slots:
        return None
    return told(MY_DATA, questions[MY_DATA].handle(turn, asked))


def _unless_refused(turn: Turn, intent: str, asked: Asked, questions: dict[str, Question]) -> Answered | None:
    """The command's card, unless the sentence asks for something that a command does not give."""
    roster = roster_on(turn.uow, turn.today)
    found = understanding.understand(asked.text, roster, turn.today, mine=answers_for(turn, roster))
    # `Forbered samtalen om samarbejdet med Fyrreskolen` is one's own; `Fyrreskolens forberedelse` is theirs.
    is_theirs = intent == "prepare" and _PREPARATION.search(asked.text) is not None
    is_of_a_place = is_theirs or (intent in _READ_AS_WELL and not begins_with(asked.text, questions[intent]))
    if is_of_a_place and is_outside(turn, roster, found.slots):
        return outside(turn, roster, found.slots)
    if is_of_a_place and found.intent == understanding.UNKNOWN_INSTITUTION and not found.is_unknown_person:
        return ask_back(turn, roster, found)
    if found.intent in (REFUSE, *understanding.OF_ONES_OWN) or (
        intent in ("one_on_one", "prepare") and found.asked_of_one_on_one
    ):
        return None
    is_read = bool(found.slots.half_year or found.slots.latest) or understanding.asks(asked.text)
    if intent == "decide" and found.intent == question.DECISION_LIST and is_read:
        # What was decided in the autumn, or is asked for, is read; nobody writes it now.
        return None
    if intent == "board" and found.slots.status is AskedStatus.BOARD:
        # What the board said is read; the extract is what goes to it.
        return None
    return told(intent, questions[intent].handle(turn, asked))
