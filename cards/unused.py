"""What is told above an answer: what the message said that it does not go by, with the other half of a year a press
away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards import form
from cards.form import Data, carried
from cards.kit import Card, below_head, buttons, press
from cards.language import N_, Translator
from cards.layout import Element, capital
from cards.parts import note
from domain.errors import NotAllowed
from domain.period import HalfYear
from domain.slots import Slots
from domain.unused import Unused, Why

AGAIN = "asking.again"
# Of what was said and not gone by, so much stands on a card: words of the question, and the other questions.
MOST_UNUSED, LONGEST_UNUSED = 8, 60

NOTHING = Slots()
UNUSED = {
    Why.HALF_YEARS: N_(
        "I cannot look for “%(words)s”, since I answer by half-years. The top of the answer says what it is about."
    ),
    Why.MORE_THAN_ONE: N_("The answer does not hold all of “%(words)s”. The top of it says what it is about."),
    Why.HAS_DATE: N_(
        "Every agreement and every measure has a date, so I cannot look for “%(words)s”. The answer shows "
        "them with the date."
    ),
    Why.WHOLE_HALF_YEARS: N_(
        "I compare whole half-years, so I cannot look for “%(words)s”. The top of the answer says which two."
    ),
    Why.NUMBERS: N_(
        "I do not choose by numbers, so I cannot look for “%(words)s”. The top of the answer says what it is about."
    ),
    Why.KINDS: N_(
        "I only know day-cares, schools and leisure institutions apart, so the answer is not of “%(words)s” alone. "
        "Narrow it down to those you mean."
    ),
    Why.LEFT_OUT: N_(
        "I cannot leave anything out, so the answer does not go by “%(words)s”. Write what you want to see."
    ),
    Why.CLASSES: N_("I know nothing of a single class such as “%(words)s”, only of the whole institution."),
    Why.DIALOGUES_HELD: N_("I take “%(words)s” to mean that no learning dialogue has been held there yet."),
    Why.NOT_PREPARED: N_("I take “%(words)s” to mean who has not prepared their learning dialogue yet."),
    Why.ONE_HALF: N_("“%(words)s” has two half-years. This answer is of %(half)s, and not of the other."),
    Why.OTHER_HALF: N_("The answer is of %(half)s, and not of “%(words)s”."),
    Why.HALVES_COMPARED: N_("Of each year one half is compared here. The other halves are a press away."),
    Why.NO_FIGURE: N_("I have no figure for “%(words)s”. These are the key figures there are."),
    Why.AREA_BESIDE: N_(
        "I have no figure of the whole municipality to put beside it. The area's stands in the data package, where "
        "there is one: write “data package”."
    ),
    Why.LIES_ELSEWHERE: N_("What you named does not lie in that area, so the answer does not go by “%(words)s”."),
    Why.NO_ONE_ON_ONE: N_("I only know the 1:1s that were planned here, and look at this half-year alone."),
    Why.ALL_OF_YOURS: N_("The answer is of the institutions you are responsible for. You do not see others."),
    Why.UNKNOWN: N_("I cannot look for “%(words)s”, so the answer does not go by it."),
    Why.NOT_KNOWN: N_("I do not know “%(words)s”."),
    Why.NOT_SENT: N_("I send nothing to others. The answer is shown to you alone."),
    Why.KEPT_BACK: N_("Drafts and notes of 1:1s stay with those they belong to, so the answer is without “%(words)s”."),
    Why.ONE_AT_A_TIME: N_("I answer one question at a time. Write “%(words)s” by itself."),
    Why.MORE_AT_ONCE: N_("There are more questions in your message than I repeat here. Write them one at a time."),
}


@dataclass(frozen=True, kw_only=True)
class Again:
    """A question with what it is about, such as the other half of a year."""

    intent: str
    slots: Slots

    @classmethod
    def read(cls, data: Data) -> "Again":
        try:
            slots = Slots.of_data(json.loads(form.text(data, "slots")))
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise NotAllowed from None
        return cls(intent=form.text(data, "intent")[:40], slots=slots)


def with_unused(_: Translator, shown: Card, unused: Sequence[Unused], intent: str = "", slots: Slots = NOTHING) -> Card:
    """The same card, and above it what was said that the answer does not go by.

    The other half of a year, and another half-year that is named, is a press away: the same question with it.
    """
    told: list[Element] = []
    for each in unused[:MOST_UNUSED]:
        half = _.the_half_year(slots.half_year) if isinstance(slots.half_year, HalfYear) else ""
        told.append(note(_(UNUSED[each.why], words=each.words, half=half), sign="Info"))
        if each.other is not None and intent:
            told.append(buttons(_other(_, each.other, each.against, intent, slots)))
    return below_head(shown, *told)


def _other(_: Translator, other: HalfYear, against: HalfYear | None, intent: str, slots: Slots) -> dict[str, object]:
    """The press that asks the same of another half-year, or of another two."""
    about = replace(slots, half_year=other, compare_to=against or slots.compare_to)
    title = _("The other halves") if against else capital(_.half_year(other))
    asked = {"intent": intent, "slots": json.dumps(about.as_data())}
    return press(title, AGAIN, {**carried(), **asked}, inputs="none")


def data_of(unused: Sequence[Unused]) -> str:
    """As a button carries it, for `unused_in`."""
    return json.dumps([_parts_of(each) for each in unused])


def unused_in(data: str) -> tuple[Unused, ...]:
    """What a button carries that `data_of` wrote; ValueError or TypeError for anything else."""
    return tuple(_unused(*each) for each in json.loads(data or "[]")[:MOST_UNUSED] if _is_known(*each))


def _parts_of(unused: Unused) -> list[str]:
    """The release before reads no fourth part."""
    said = [unused.why, unused.words, str(unused.other or "")]
    return [*said, str(unused.against)] if unused.against else said


def _is_known(why: str, *_rest: object) -> bool:
    """Whether it is a reason that this release tells; beside a newer one, a button may hold another."""
    return why in list(Why)


def _unused(why: str, words: str, *halves: str) -> Unused:
    return Unused(Why(why), words[:LONGEST_UNUSED], *(HalfYear.parse_asked(each) if each else None for each in halves))
