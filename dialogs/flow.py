"""What a flow is made of: buttons, questions, views and a clock, in one table at the foot of its module.

A flow that begins with somebody's message in Teams has an action as well.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from cards.kit import Card
from dialogs.turn import Turn
from domain.errors import Expired, Problems
from domain.municipality import Municipality
from domain.prompt import Occasion
from domain.slots import Slots
from domain.staff import Staff
from storage.prompt import Subjects
from storage.roles import staff_on
from storage.unit_of_work import UnitOfWork

F = TypeVar("F")


@dataclass(frozen=True, kw_only=True)
class File:
    """Something to download. `content` makes it of what was read, outside of the transaction, since it takes time."""

    name: str
    media_type: str
    content: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True)
class Button(Generic[F]):
    """What happens on a press: `read` makes a form of the card's data, `handle` answers with a card.

    When `handle` raises `Problems`, nothing it did is kept and `again` draws the card anew with all that was typed;
    when it raises `Expired`, `expired` says what became of the matter and shows what was typed; when it raises
    `NotAllowed`, `refused` gives back what was typed and nothing else.
    A button that `only_shows` changes nothing, and may be pressed by the client itself as a refresh.
    """

    read: Callable[[Mapping[str, Any]], F]
    handle: Callable[[Turn, F], Card]
    again: Callable[[Turn, F, Problems], Card] | None = None
    expired: Callable[[Turn, F, Expired], Card] | None = None
    refused: Callable[[Turn, F], Card] | None = None
    only_shows: bool = False


def form_buttons(
    read: Callable[[Mapping[str, Any]], F],
    handlers: Mapping[str, Callable[[Turn, F], Card]],
    *,
    again: Callable[[Turn, F, Problems], Card],
    expired: Callable[[Turn, F, Expired], Card],
    refused: Callable[[Turn, F], Card],
) -> dict[str, Button[Any]]:
    """The buttons of one form, which all lose nothing in the same way."""
    return {
        verb: Button(read, handle, again=again, expired=expired, refused=refused) for verb, handle in handlers.items()
    }


@dataclass(frozen=True)
class Asked:
    """A question as it was understood: the words as typed, what stood after the ones that named it, and its `slots`."""

    text: str
    rest: str = ""
    slots: Slots = field(default_factory=Slots)


@dataclass(frozen=True)
class Question:
    """Something that can be typed: `words` in both languages, each a way to say the same.

    A question that `takes_rest` is asked by a message that begins with its words, whatever follows them. One without
    words is found by what a whole sentence is about, as `dialogs.understanding` reads it.
    """

    words: tuple[str, ...]
    handle: Callable[[Turn, Asked], Card]
    takes_rest: bool = False


@dataclass(frozen=True, kw_only=True)
class MessageAction:
    """What a person can do with a message in Teams: `open` gets its words, and answers with a form in a dialog.

    Nothing is kept before something is saved in it. `verbs` are the buttons that can be pressed there, and `saved` is
    the last word, after which the card itself is found in the personal chat, where there is one. `title` is looked up
    in the reader's language.
    """

    title: str
    open: Callable[[Turn, str], Card]
    verbs: frozenset[str]
    saved: Callable[[Turn, bool], str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a place looked to a clock that has planned all for it: it would derive the same as long as the `facts` are
    these, until the end of the time to plan reaches `otherwise_at`."""

    facts: int
    otherwise_at: datetime


Looks = dict[str, dict[UUID, Look]]


@dataclass(frozen=True)
class Planning:
    """What a flow's clock sees: everything that is kept, and the span of time to plan.

    `before` is what the round before saw at each place, None where all is to be looked at; `looks` is what this one
    sees. A clock that asks what has `changed` says by `narrow` of which subjects it derives anything this time.
    """

    uow: UnitOfWork
    now: datetime
    until: datetime
    municipality: Municipality
    before: Looks | None = None
    looks: Looks = field(default_factory=dict)
    narrowed: list[tuple[str, Subjects]] = field(default_factory=list)

    @cached_property
    def staff(self) -> Staff:
        """Everybody's roles of the day, asked for once."""
        return staff_on(self.uow, self.now.astimezone(self.municipality.zone).date())

    def changed(self, view: str, facts: Mapping[UUID, int]) -> frozenset[UUID] | None:
        """The places where the facts are not those of the round before, or time alone has changed what is due; None
        where all are to be looked at."""
        if self.before is None:
            return None
        before, looks = self.before.get(view, {}), self.looks.setdefault(view, {})
        for place, look in before.items():
            if facts.get(place) == look.facts and self.until < look.otherwise_at:
                looks[place] = look
        return frozenset((facts.keys() | before.keys()) - looks.keys())

    def saw(self, view: str, place: UUID, facts: int, *, otherwise_at: datetime) -> None:
        """All that is due at the place is derived."""
        self.looks.setdefault(view, {})[place] = Look(facts, otherwise_at)

    def narrow(self, view: str, subjects: Subjects) -> None:
        """What is planned of the view about all other subjects stays; one clock of all may do so."""
        if self.narrowed:
            raise ValueError(f"{self.narrowed[0][0]} is narrowed already, and nothing looks for {view} beside it")
        self.narrowed.append((view, subjects))

    @property
    def only(self) -> tuple[str, Subjects] | None:
        """The view that was narrowed, and its subjects."""
        return next(iter(self.narrowed), None)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One flow under one word. `without` names the parts it has no need of, so that a missing part is never a slip.

    `files` are what can be downloaded by a link of `Turn.link_to`, each drawn of its subject for the turn's person.
    `in_place_of` names by view the cards of the same matter that its clock has it take the place of.
    `personal` names the views whose content must not arrive twice.
    """

    name: str
    buttons: Mapping[str, Button[Any]] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    views: Mapping[str, Callable[[Turn, UUID], Card | None]] = field(default_factory=dict)
    files: Mapping[str, Callable[[Turn, UUID], File]] = field(default_factory=dict)
    clock: Callable[[Planning], Iterable[Occasion]] | None = None
    actions: Mapping[str, MessageAction] = field(default_factory=dict)
    in_place_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


def collect(flows: Iterable[Flow], part: str) -> dict[str, Any]:
    """All flows' buttons, questions, views, files or the like in one table; a name claimed twice raises at start-up."""
    found: dict[str, Any] = {}
    for flow in flows:
        for name, value in getattr(flow, part).items():
            if name in found:
                raise ValueError(f"{part}: {name!r} is claimed twice, the second time by {flow.name}")
            found[name] = value
    return found
