"""What a message was understood as."""

from dataclasses import dataclass

from dialogs.understanding import question
from domain.slots import Candidate, Slots
from domain.unused import Unused

CLARIFY = "clarify"
UNKNOWN_INSTITUTION = "unknown_institution"
REFUSE = "refuse"


@dataclass(frozen=True)
class Understanding:
    """What a message asks; `intent` is None where nothing tells, and `asked` is the question behind one that is asked
    back.

    `left` are further names that may mean several, `is_unknown_person` says that the unknown name is somebody's, and a
    question that is not `is_sure` follows from the place alone. `is_everywhere` says that all places are meant,
    `is_asked_again` that what was asked back has not been answered, and `unused` is what is said and not gone by.
    """

    intent: str | None
    slots: Slots
    asked: str | None = None
    left: tuple[tuple[Candidate, ...], ...] = ()
    is_unknown_person: bool = False
    is_sure: bool = True
    is_everywhere: bool = False
    is_asked_again: bool = False
    unused: tuple[Unused, ...] = ()

    @property
    def question(self) -> str | None:
        """What is asked, be it answered or asked back."""
        return self.asked or self.intent

    @property
    def is_placed(self) -> bool:
        """Whether it is said where or with whom, be it clear or not."""
        return self.slots.names_a_place or self.is_everywhere or self.intent in (CLARIFY, UNKNOWN_INSTITUTION)

    @property
    def asked_of_one_on_one(self) -> bool:
        """Whether what two have talked about or agreed is asked for, and no 1:1 is planned."""
        return self.question in (question.ONE_ON_ONE_RECAP, question.AGREEMENT_OVERVIEW)
