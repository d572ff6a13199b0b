"""What somebody does, judged by the policy: what they see of it, and what it changes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from cards.kit import Card
from dialogs.conversation import Activity, Kind, Reply, answer
from dialogs.turn import Turn
from domain.access import Sight, Viewer
from domain.message import Address
from domain.municipality import Municipality
from domain.organisation import Person
from storage.unit_of_work import UnitOfWork
from tests.kept_rows import Changes, Marks, Rows, by_mark, marks_in
from tests.test_gathered import buttons_in
from tests.town import MUNICIPALITY, NOW, parts, values


def does(
    uow: UnitOfWork, who: Person, kind: Kind, now: datetime, *, municipality: Municipality = MUNICIPALITY, **more: Any
) -> Reply:
    address = Address(
        service_url="https://smba.trafficmanager.net/emea/",
        conversation_id=f"a:{who.id}",
        user_id=f"29:{who.id}",
        bot_id="28:bot",
        tenant_id=str(UUID(int=99)),
    )
    activity = Activity(kind=kind, identity=who.aad_object_id, address=address, **more)
    return answer(uow, activity, now=now, municipality=municipality)


@dataclass(frozen=True)
class Press:
    """A button as it stood on somebody's card.

    `choices` are the fields beside it, each with what can be chosen, and `standing` is what stood in them.
    """

    owner_id: UUID
    verb: str
    data: dict[str, Any] = field(repr=False)
    choices: dict[str, tuple[str, ...]] = field(repr=False)
    standing: dict[str, str] = field(repr=False)


@dataclass
class Stage:
    """What can be pressed, and by whom. `found` are some rows of each table, and `concerned` says who has to do with
    each row of it."""

    people: dict[str, UUID]
    found: dict[str, list[UUID]]
    concerned: dict[str, dict[UUID, list[UUID]]]
    presses: list[Press]

    @cached_property
    def ids(self) -> list[UUID]:
        return list(chain.from_iterable(self.found.values()))

    @cached_property
    def fields(self) -> list[str]:
        return sorted(set(chain.from_iterable(each.choices for each in self.presses)))

    def of(self, person_id: UUID, *, own: bool) -> Sequence[Press]:
        return [each for each in self.presses if (each.owner_id == person_id) is own]


def presses_on(card: Card | None, owner_id: UUID) -> list[Press]:
    choices = {
        str(each["id"]): tuple(str(choice["value"]) for choice in each.get("choices", ()))
        for each in parts(card or {})
        if str(each.get("type", "")).startswith("Input.")
    }
    standing = values(card or {})
    return [Press(owner_id, each["verb"], each["data"], choices, standing) for each in buttons_in(card or {})]


class Judged:
    """One person and what went wrong in what they did; a fault of ours is raised."""

    def __init__(self, uow: UnitOfWork, who: Person) -> None:
        self.uow, self.who, self.now = uow, who, NOW
        self.changes = Changes(uow)
        self._rows, self._known = Rows(uow, self.now), Marks()
        self.kept = self._rows.kept()
        self.marks = by_mark(self.kept, self._known)
        self.changes.taken()
        self.found: list[str] = []

    def does(self, kind: Kind, key: str, verb: str, told: dict[str, Any]) -> Card | None:
        card = does(self.uow, self.who, kind, self.now, verb=verb, data=told, key=key).card
        self.judge(verb, card, told)
        return card

    def turn(self) -> Turn:
        return Turn.of(self.who, self.uow, self.now, MUNICIPALITY)

    def judge(self, what: str, card: Card | None, typed: Any = ()) -> None:
        """Nothing on the card and nothing that was changed is kept from the person by the policy."""
        self.uow.session.flush()
        viewer, before = self.turn().viewer, self.marks
        if changed := self.changes.taken():
            self._judge_changes(what, viewer, changed)
        for number in marks_in(card or {}) - marks_in(typed):
            meant = [*before.get(number, ()), *self.marks.get(number, ())]
            if most(viewer, meant) < Sight.FULL:
                names = sorted({each.record.value for each in meant})
                self.found.append(f"{what} shows {names} to {self.who.name}")

    def _judge_changes(self, what: str, viewer: Viewer, changed: Collection[str]) -> None:
        before = self.kept
        self.look(changed)
        for key in before.keys() | self.kept.keys():
            (was, meant), (now, means) = before.get(key, (None, [])), self.kept.get(key, (None, []))
            if was is not now and was != now and most(viewer, [*meant, *means]) < Sight.FULL:
                done = "adds" if was is None else "removes" if now is None else "changes"
                self.found.append(f"{what} {done} {key[0]} as {self.who.name}")

    def look(self, changed: Collection[str] = ()) -> None:
        """What is kept now, and counts as what by now; read again where something was `changed`."""
        self.uow.session.flush()
        self._rows = Rows(self.uow, self.now, self._rows, {*changed, *self.changes.taken()})
        self.kept = self._rows.kept()
        self.marks = self.marks | by_mark(self.kept, self._known)


def most(viewer: Viewer, meant: Iterable[Any]) -> Sight:
    return max((each.sight(viewer) for each in meant), default=Sight.NOTHING)
