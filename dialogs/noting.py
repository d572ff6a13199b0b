"""The form for what somebody tells so that it is written down, with their words in it: `refleksion: vi så, at …`,
`vi har aftalt, at …`, `husk at spørge om …`.
"""

from collections.abc import Mapping

from cards import agenda as agenda_cards
from dialogs import understanding
from dialogs.asking_answer import Answered
from dialogs.asking_command import told
from dialogs.behind import agreed_in, not_lost, written_as
from dialogs.flow import Asked, Question
from dialogs.meeting import coming_meetings
from dialogs.responsibility import answers_for
from dialogs.turn import Turn
from dialogs.understanding import REFUSE, own, wishes
from dialogs.understanding.noted import Noted, noted_in
from dialogs.words import normalise, words_of
from domain.errors import NotAllowed
from domain.organisation import Role
from storage.roster import roster_on


def written(turn: Turn, text: str, questions: Mapping[str, Question]) -> Answered | None:
    """The command before a colon, with what was written behind it; None for whoever has no such command."""
    command, words = written_as(text, {name: each.words for name, each in questions.items()})
    if not words and (agreed := agreed_in(text, roster_on(turn.uow, turn.today))):
        command, words = "agenda", agreed
    if not words:
        return None
    if command == "note" and not turn.viewer.has(Role.CHIEF):
        # The note from a 1:1 is the chief's to write; what others note is their own.
        command = "personal_note"
    try:
        card = questions[command].handle(turn, Asked(f"{questions[command].words[0]}: {words}", words))
    except NotAllowed:
        return None
    if command == "agenda":
        card = agenda_cards.for_an_agreement(turn._, card)
    return told(command, not_lost(turn._, card, words))


def noted(turn: Turn, text: str, questions: Mapping[str, Question]) -> Answered | None:
    """The form for what was agreed, decided or is to be brought up, with the words in it: of a leader or a place that
    a chief names, on their agenda.

    None for whoever has no such form, and where anybody else is named, something is wished for or nothing may be
    written: whatever is not surely for this form is no line in it.
    """
    told_of = noted_in(text)
    if told_of is None or own.tells_when_they_meet(text):
        return None
    kind, words = told_of
    roster = roster_on(turn.uow, turn.today)
    mine = answers_for(turn, roster)
    found = understanding.understand(text, roster, turn.today, mine=mine)
    if found.intent == understanding.UNKNOWN_INSTITUTION:
        found = understanding.understand(_without_the_other(turn, text), roster, turn.today, mine=mine)
    is_other = found.intent in (REFUSE, understanding.UNKNOWN_INSTITUTION, understanding.CLARIFY)
    if is_other or (found.intent in understanding.OF_ONES_OWN and found.intent != wishes.AGENDA):
        return None
    named = (*found.slots.leaders, *found.slots.institutions)
    is_chief = turn.viewer.has(Role.CHIEF)
    if not is_chief and not mine.issuperset(named):
        return None
    command = "decide" if kind is Noted.DECISION else "agenda"
    whom = [roster.name_of(each) for each in named] if is_chief else []
    called = " ".join([questions[command].words[0], *(["med", " og ".join(whom)] if whom else [])])
    is_called_so = normalise(text).startswith(questions[command].words)
    try:
        card = questions[command].handle(turn, Asked(text if is_called_so else f"{called}: {words}", words))
    except NotAllowed:
        return None
    if kind is Noted.AGREEMENT:
        card = agenda_cards.for_an_agreement(turn._, card)
    return told(command, not_lost(turn._, card, words))


def _without_the_other(turn: Turn, text: str) -> str:
    """The text without the names of those whom they are to meet 1:1: a chief is no name of the roster."""
    names = {word for each in coming_meetings(turn) for word in words_of(each.other.name)}
    return " ".join(word for word in text.split() if normalise(word) not in names)
