"""Whether a message is a command about something by its name, and not a sentence that begins with the same word."""

from collections.abc import Mapping, Sequence

from dialogs.flow import Question
from dialogs.names import named
from dialogs.turn import Turn
from dialogs.when import when
from dialogs.words import normalise, words_of
from storage.focus_area import focus_areas_at
from storage.one_on_one_met import leaders_of_chief
from storage.organisation import open_institutions
from storage.practice import themes_sent
from storage.roles import institutions_led_by

LONGEST = 200
_SMALL = frozenset(normalise("om på for i hos fra med den det vores about on for in at from with the our").split())


def names_a_subject(turn: Turn, text: str, questions: Mapping[str, Question]) -> bool:
    """Whether it is the words of a question and then, but for a day and a time, nothing but a name that is known."""
    if len(text) > LONGEST or "\n" in text:
        return False
    rests = set(_rests(normalise(when(text, turn.today).rest).split(), questions))
    return any(named(rest, _known(turn)).found for rest in rests)


def _rests(words: Sequence[str], questions: Mapping[str, Question]) -> list[str]:
    """What follows the words of each question that the message begins with."""
    found = []
    for question in questions.values():
        for wording in question.words:
            own = words_of(wording)
            if tuple(words[: len(own)]) == own:
                found.append(" ".join(word for word in words[len(own) :] if word not in _SMALL))
    return [rest for rest in found if rest]


def _known(turn: Turn) -> list[tuple[str, Sequence[str]]]:
    """Names the person can ask about: themes, institutions, the focus areas they lead, the leaders in their line."""
    uow = turn.uow
    led = institutions_led_by(uow, turn.viewer)
    themes = [(each.title, each.title_en, *each.aliases) for each in themes_sent(uow)]
    places = [(each.name, *each.aliases) for each in open_institutions(uow, turn.today)]
    areas = [(each.title,) for each in focus_areas_at(uow, [where.id for where in led])]
    leaders = [(leader.name,) for leader, _places in leaders_of_chief(uow, turn.viewer)]
    return [(names[0], names) for names in (*themes, *places, *areas, *leaders)]
