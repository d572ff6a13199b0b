"""What is asked for that the bot does not do, or that is done elsewhere: to pass a message on, to remind, to ring, to
save without a card, to begin or end a measure or a focus area.
"""

from dialogs.understanding.around import PRONOUNS, covered, is_all
from dialogs.understanding.said import Said

NO_MESSAGES = "no_messages"
WHOM_TO_ASK = "whom_to_ask"
SAVING = "saving"
WHAT_I_AM = "what_i_am"
PRESS_THERE = "press_there"
SETTLE = "settle"
NO_REMINDERS = "no_reminders"
SAVED_SUMMARIES = "saved_summaries"

WRITTEN = (
    "what_is_written", "prepare", "decision", "perspective", "agreement", "observation", "focus_area", "practice",
    "figures", "measured", "one_on_one", "dialogue", "draft", "private",
)  # fmt: skip
_TO = ("til", "to")
_SENDS = frozenset({"send", "sende", "videresend", "videresende", "forward"})
_WHOSE = frozenset({"min", "mit", "mine", "vores", "den", "det", "de", "my", "our", "the"})
_TO_ME = frozenset({"mig", "os", "me", "us"})
ASKS_FOR_HOW = frozenset({"hvad", "hvordan", "hvilke", "har", "kan", "vis", "find", "what", "how", "which", "show"})
# `Would you mind listing them`
_NO_REMINDER = frozenset({"you", "dont", "not", "never"})
_WORDS_BEFORE_A_WISH = 3
_AROUND_THE_BOT = ("common", "asks_if", "greeting", "wellbeing", "bot_word")
# `Kan du ringe til mig`, and not `er der ringe fremmøde` or `what do we call it`.
_BEFORE_A_CALL = frozenset({"kan", "vil", "maa", "du", "i", "jeg", "gerne", "please", "can", "could", "would", "you"})


def settled(said: Said) -> str | None:
    """`Ny indsats`, `luk aftalen om netværket`, `vi er færdige med fokusområdet`: one of them is begun or ended."""
    first = said.words[0].norm if said.words else ""
    if said.known.has("asks_which", first) or said.known.has("asks_whether", first) or first in ASKS_FOR_HOW:
        return None
    if not any(said.known.has("one_of_them", word.norm) for word in said.words):
        return None
    if said.has("end_one"):
        return SETTLE
    begins = [hit for hit in said.all("begin_one") if hit.start < _WORDS_BEFORE_A_WISH]
    # What is agreed begins in a 1:1, on its agenda.
    is_decided = said.has("measure", "focus_area")
    return SETTLE if begins and is_decided and not said.times and not said.named else None


def made_final(said: Said) -> str | None:
    """`Gør resuméet endeligt`, `gem resuméet`: done on the card of the one that is kept."""
    is_summary = said.has("supervision", "summary") and said.has("make_final")
    around = ("make_final", "supervision", "summary", "common", "of_mine", "asks_if", "i_write", "wish")
    return SAVED_SUMMARIES if is_summary and is_all(said, *around) else None


def not_done_here(said: Said) -> str | None:
    """`Send Mette en besked`, `ring til mig`, `gem`, `er du en robot`: what the bot does not do, or is not."""
    if said.has("are_you") and said.has("a_robot") and is_all(said, "are_you", "a_robot", *_AROUND_THE_BOT):
        return WHAT_I_AM
    if said.has("answer_word") and is_all(said, "answer_word"):
        return PRESS_THERE
    if said.has("save_word") and is_all(said, "save_word", "common", "what_is_written", "of_mine", "thanks"):
        return SAVING
    named = covered(said, "lead", "colleague", "unnamed") | set(said.leaders_at) | said.names.taken
    named |= {index for each in said.strangers for index in range(each.start, each.stop)}
    begins = covered(said, "pass_on", "tell_somebody", "ring_somebody")
    is_wish = bool(begins) and min(begins) <= _WORDS_BEFORE_A_WISH
    if _reminds(said):
        return NO_REMINDERS
    if is_wish and _sends_it_on(said):
        return NO_MESSAGES
    rings = covered(said, "ring_somebody")
    if rings and all(each.norm in _BEFORE_A_CALL for each in said.words[: min(rings)]):
        return WHOM_TO_ASK
    # `Send mig nøgletallene på mail` asks for them, and nobody else is written to.
    # `Skriv til Mette, at hun skal huske forberedelsen`: what is written of is not asked for.
    writes_that = said.has("tell_somebody") and any(each.norm in ("at", "that") for each in said.words)
    is_named = said.has("supervision", "summary", "recap", *WRITTEN) and not writes_that
    is_asked = is_named or bool(_TO_ME & {each.norm for each in said.words})
    says_what = any(each.norm in ("at", "that", "om") for each in said.words)
    tells = said.has("tell_somebody") or (bool(said.words) and said.words[0].norm in ("sig", "tell"))
    if is_wish and not is_asked and (said.has("message_word") or (tells and (named or says_what))):
        return NO_MESSAGES
    around = (
        "whom_to_ask", "common", "asks_which", "asks_if", "wish", "thanks", "ring_somebody", "of_oneself", "of_mine",
        "lead",
    )  # fmt: skip
    is_whom = said.has("whom_to_ask") and len(covered(said, *around) | named) == len(said.words)
    return WHOM_TO_ASK if is_whom else None


def _reminds(said: Said) -> bool:
    """`Mind de skoler, der mangler, om det`, and not `mind mig om, hvad vi talte om`."""
    places = {index for index in covered(said, "remind") if not index or said.words[index - 1].norm not in _NO_REMINDER}
    to_me = {index for index, word in enumerate(said.words) if word.norm in _TO_ME}
    return bool(places) and min(places) <= _WORDS_BEFORE_A_WISH and not to_me


def _sends_it_on(said: Said) -> bool:
    """`Send det til Birgit`, whatever `det` is; `forward to my boss`."""
    to = [index for index, word in enumerate(said.words) if word.norm in _TO]
    is_it = any(word.norm in PRONOUNS for word in said.words)
    is_it |= to == [1] and said.words[0].norm in _SENDS
    is_to_me = any(word.norm in _TO_ME for word in said.words)
    # Whatever else is said is asked for, or is to be written somewhere.
    whom = [_whom(said, index) for index in to]
    return is_it and whom == [len(said.words) - 1] and not is_to_me and not said.has(*WRITTEN, "agenda_word")


def sends_to_somebody(said: Said) -> bool:
    """`Send tilsynsresuméet til Mette`: nothing is sent, and who is named is not whom it is about."""
    begins = covered(said, "pass_on")
    after_to = {_whom(said, index) for index, word in enumerate(said.words) if word.norm in _TO}
    return bool(begins) and min(begins) <= _WORDS_BEFORE_A_WISH and bool(after_to & said.leaders_at)


def _whom(said: Said, to: int) -> int:
    """Where it is said who it is: `til Mette`, `to my boss`."""
    place = to + 1
    while place + 1 < len(said.words) and said.words[place].norm in _WHOSE:
        place += 1
    return place
