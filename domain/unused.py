"""What a message says that its answer does not go by, and why: it is told, and never left out in silence."""

from dataclasses import dataclass, field
from enum import StrEnum

from domain.period import HalfYear


class Why(StrEnum):
    """Why something that was said is not gone by: answers are by half-years and for one of them, what is agreed always
    has a date, two half-years are compared whole, places are neither chosen by numbers nor known by a narrower kind,
    nothing is left out of what is asked for, nothing is known of a class, whom somebody has talked with is told of
    dialogues and of no 1:1, who is lacking is who is not prepared, there is no figure of everything, a place lies in
    one area, whoever asks of all is told of those they answer for, a word may be nothing that can be looked for or is
    known, nothing is sent to others, drafts and notes stay with those they belong to, and one question is answered at
    a time."""

    HALF_YEARS = "half-years"
    MORE_THAN_ONE = "more than one half-year"
    HAS_DATE = "has a date"
    WHOLE_HALF_YEARS = "whole half-years"
    NUMBERS = "numbers"
    KINDS = "kinds"
    LEFT_OUT = "left out"
    CLASSES = "classes"
    DIALOGUES_HELD = "dialogues held"
    NOT_PREPARED = "not prepared"
    ONE_HALF = "one half of a year"
    OTHER_HALF = "another half-year"
    HALVES_COMPARED = "one half of each year"
    NO_FIGURE = "no such figure"
    AREA_BESIDE = "the area beside it"
    LIES_ELSEWHERE = "lies elsewhere"
    NO_ONE_ON_ONE = "no 1:1"
    ALL_OF_YOURS = "all of yours"
    UNKNOWN = "unknown"
    NOT_KNOWN = "not known"
    NOT_SENT = "not sent"
    KEPT_BACK = "kept back"
    ONE_AT_A_TIME = "one at a time"
    MORE_AT_ONCE = "more at once"


@dataclass(frozen=True)
class Unused:
    """What a message says besides, in its own words; none where there is more than is repeated.

    Of a year that one half is answered of, `other` is the half that is not; where two are compared, it can be
    compared `against` the same of the other year.
    """

    why: Why
    words: str = field(repr=False)
    other: HalfYear | None = None
    against: HalfYear | None = None

    @property
    def narrows(self) -> bool:
        """Whether it was to narrow the question down, so that all there is was not asked for."""
        return self.why not in (
            Why.HAS_DATE,
            Why.ONE_AT_A_TIME,
            Why.MORE_AT_ONCE,
            Why.NOT_PREPARED,
            Why.ALL_OF_YOURS,
            Why.AREA_BESIDE,
        )
