"""Themes on their way back: they "sendes tilbage til de lokale tilbud, der drøfter temaerne"."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.cycle import PoliticalRound, RoundState, rounds_out_of_turn
from domain.errors import Expired, Problem, Problems, Refusal
from domain.identity import new_id

AGAIN_AFTER = timedelta(days=21)
DISCUSSED_AFTER = timedelta(days=14)


class DiscussedWith(StrEnum):
    """R-27: who took part in the local discussion."""

    STAFF = "staff"
    MANAGEMENT = "management"
    BOARD = "board"
    CHILDREN = "children"
    PARENTS = "parents"
    NOBODY_YET = "nobody_yet"


Talk = tuple[UUID, tuple[DiscussedWith, ...]]


def in_order(people: Iterable[DiscussedWith]) -> tuple[DiscussedWith, ...]:
    """In the order of the list, however they were pressed."""
    chosen = set(people)
    return tuple(each for each in DiscussedWith if each in chosen)


def is_discussed_with(people: Iterable[DiscussedWith]) -> bool:
    return bool(set(people) - {DiscussedWith.NOBODY_YET})


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """Whom each theme was discussed with; a theme that nothing is said of has nobody."""

    talks: tuple[Talk, ...] = ()

    @classmethod
    def of(cls, talks: Mapping[UUID, Iterable[DiscussedWith]]) -> "Discussion":
        found = {theme_id: in_order(people) for theme_id, people in talks.items()}
        return cls(talks=tuple(sorted((each for each in found.items() if each[1]), key=lambda each: each[0].int)))

    def with_whom(self, theme_id: UUID) -> tuple[DiscussedWith, ...]:
        return dict(self.talks).get(theme_id, ())


@dataclass(kw_only=True, eq=False)
class ThemeReceipt:
    """What one institution has done with the themes of a round: when they were sent and set, and for each of them whom
    it was discussed with.

    `talks` has an entry for each theme once anything was said; `discussed_with` is what holds for all of them.
    """

    round_id: UUID
    institution_id: UUID
    sent_at: datetime
    seen_at: datetime | None = None
    seen_by: UUID | None = None
    discussed_at: datetime | None = None
    discussed_by: UUID | None = None
    discussed_with: tuple[DiscussedWith, ...] = ()
    talks: Mapping[UUID, tuple[DiscussedWith, ...]] = field(default_factory=dict)
    id: UUID = field(default_factory=new_id)
    version: int = field(default=1, init=False)

    def discussion_of(self, themes: Iterable[UUID]) -> Discussion:
        """Of each of the round's themes; what an older replica was told holds for all of them."""
        return Discussion.of(self._told or dict.fromkeys(themes, self.discussed_with))

    @property
    def is_discussed(self) -> bool:
        """Whether every theme was."""
        return is_discussed_with(self.discussed_with)

    @property
    def discussed_themes(self) -> int:
        """How many of the themes were discussed with somebody."""
        return sum(is_discussed_with(people) for people in self._told.values())

    @property
    def _told(self) -> Mapping[UUID, tuple[DiscussedWith, ...]]:
        """What was said of each theme, while it agrees with what holds for all: an older replica writes only that."""
        return self.talks if set(_of_all(self.talks)) == set(self.discussed_with) else {}

    @property
    def asks_again_at(self) -> datetime | None:
        """When the leaders are asked whom they have discussed the themes with; None before *Set* and afterwards."""
        if self.seen_at is None or self.is_discussed:
            return None
        return (self.discussed_at or self.seen_at) + DISCUSSED_AFTER

    def see(self, by: UUID, now: datetime) -> None:
        """*Set*: the first one counts, whoever of the leaders it was."""
        if self.seen_at is None:
            self.seen_at, self.seen_by = now, by

    def discuss(self, discussion: Discussion, themes: Collection[UUID], *, by: UUID, now: datetime) -> None:
        """Whom each of the round's themes was discussed with.

        Raises `Problems` at a theme for nobody and somebody, and at the first one where nothing is said of any.
        """
        said = {each: discussion.with_whom(each) for each in themes}
        found = {
            talk_name(each): Problem("nobody_and_somebody")
            for each, people in said.items()
            if DiscussedWith.NOBODY_YET in people and len(people) > 1
        }
        if not any(said.values()):
            found = {talk_name(each): Problem("nobody_chosen") for each in list(said)[:1]}
        if found:
            raise Problems(found)
        self.see(by, now)
        self.talks, self.discussed_by, self.discussed_at = said, by, now
        self.discussed_with = _of_all(said)

    def discuss_one(
        self, theme_id: UUID, people: tuple[DiscussedWith, ...], themes: Collection[UUID], *, by: UUID, now: datetime
    ) -> None:
        """Whom one theme was discussed with, as it is chosen: they are added to those who were told of before.

        What was said of the other themes stays, and nobody is no more than those who are known.
        """
        said = dict(self.discussion_of(themes).talks)
        before = set(said.get(theme_id, ())) - {DiscussedWith.NOBODY_YET}
        if before and set(people) == {DiscussedWith.NOBODY_YET}:
            return
        self.discuss(Discussion.of({**said, theme_id: {*before, *people}}), themes, by=by, now=now)


def _of_all(said: Mapping[UUID, tuple[DiscussedWith, ...]]) -> tuple[DiscussedWith, ...]:
    """What holds for all of the themes: everybody who took part, or nobody yet while one of them was not discussed."""
    is_all = all(is_discussed_with(people) for people in said.values())
    return in_order(each for people in said.values() for each in people) if is_all else (DiscussedWith.NOBODY_YET,)


def talk_name(theme_id: UUID) -> str:
    """What the question about one theme is called."""
    return f"discussed_{theme_id.hex}"


def send(decided: PoliticalRound, rounds: Iterable[PoliticalRound]) -> None:
    """R-23: "har hvert andet år fokus på hhv. 0-6-års området og 6-18-års området": its themes go out, once.

    Raises `Expired` when they were sent before, and `Refusal` for a round of the same age range as the one before.
    """
    if decided.state in (RoundState.SENT, RoundState.CLOSED):
        raise Expired("themes_sent")
    if decided.state is not RoundState.DECIDED or decided in rounds_out_of_turn(rounds):
        raise Refusal("round_out_of_turn")
    decided.state = RoundState.SENT
