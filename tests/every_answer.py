"""Every answer that there is, asked as people ask, a press, and the statements that they send to the database.

Answers are found in the flows' tables by the questions that understanding knows, so that a new one is here by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import psycopg
from sqlalchemy import Engine, event

from cards.form import carried
from cards.perspective import SAVE
from cards.scope import carry
from dialogs import FLOWS, QUESTIONS
from dialogs.conversation import Activity, Kind
from dialogs.flow import Asked, Flow
from dialogs.turn import Turn
from dialogs.understanding import THE_TWELVE
from domain.errors import Refusal
from domain.message import Address
from domain.scope import Bounds
from domain.slots import Slots
from storage.database import Database
from storage.organisation import person_with_id
from storage.unit_of_work import UnitOfWork
from tests.ten_years import LAST, Municipality
from tests.town import MUNICIPALITY

ONE, AREA, ALL = "one institution", "an area", "everything"
SCOPES = (ONE, AREA, ALL)
SPANS = {"twelve months": 2, "ten years": 20}


@dataclass(frozen=True)
class Statement:
    """What was sent to the driver, which can be sent again."""

    text: str
    parameters: Any
    many: bool
    how: Callable[[Any, str, Any], None] | None = None


@dataclass(frozen=True)
class Case:
    """One answer about one scope and so many half-years, for the one who may have it; `narrowed` are further bounds."""

    intent: str
    scope: str
    span: str
    places: tuple[UUID, ...]
    areas: tuple[UUID, ...]
    asker: UUID
    narrowed: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def card(self, uow: UnitOfWork, now: datetime) -> str:
        """The card as it is sent, its asker and their roles looked up as for every activity."""
        turn = Turn.of(person_with_id(uow, self.asker), uow, now, MUNICIPALITY)
        flow = flow_of(self.intent)
        if not takes_bounds(flow):
            slots = Slots(institutions=self.places, areas=self.areas)
            return orjson.dumps(QUESTIONS[self.intent].handle(turn, Asked(self.intent, slots=slots))).decode()
        first = LAST.plus(1 - SPANS[self.span])
        bounds = Bounds(institution_ids=self.places, area_ids=self.areas, first=first, last=LAST, **self.narrowed)
        button = flow.buttons[f"{flow.name}.open"]
        return orjson.dumps(button.handle(turn, button.read(carry(bounds)))).decode()


def flow_of(intent: str) -> Flow:
    return next(flow for flow in FLOWS if intent in flow.questions)


def takes_bounds(flow: Flow) -> bool:
    """Whether it can be asked about any half-years, as it can wherever it can be narrowed down."""
    return f"{flow.name}.narrow" in flow.buttons


async def cases(database: Database, town: Municipality, now: datetime) -> list[Case]:
    """Each answer with each scope and span that it has, asked by the first of chief and administration who may."""
    found = []
    for intent in THE_TWELVE:
        if intent not in QUESTIONS:
            continue
        spans = list(SPANS) if takes_bounds(flow_of(intent)) else list(SPANS)[:1]
        for scope in SCOPES:
            places = tuple(town.institutions[1:2]) if scope == ONE else ()
            areas = (town.area_of(1),) if scope == AREA else ()
            for span in spans:
                tried = [Case(intent, scope, span, places, areas, asker) for asker in (town.chief, town.administration)]
                found.append(await _first_answered(database, tried, now))
    return found


async def _first_answered(database: Database, tried: list[Case], now: datetime) -> Case:
    refused: list[Refusal] = []
    for case in tried:
        try:
            await database.rehearse(lambda uow, case=case: case.card(uow, now))  # type: ignore[misc]
            return case
        except Refusal as refusal:
            refused.append(refusal)
    raise AssertionError(f"nobody is answered: {tried[0].intent} of {tried[0].scope}") from refused[0]


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """The statements that are sent meanwhile, by whatever connection."""
    sent: list[Statement] = []
    send, send_along = UnitOfWork.send, UnitOfWork.send_along

    def keep(connection: Any, cursor: Any, text: str, parameters: Any, context: Any, many: bool) -> None:
        # Savepoints, and the BEGIN that the engine sends itself, belong to the transaction and not to the answer.
        if text.split(maxsplit=1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            sent.append(Statement(text, parameters, many))

    def keep_and_send(uow: UnitOfWork, sql: str, parameters: Any = (), how: Any = None, **way: Any) -> Any:
        """What is given to the driver as it is."""
        if how is not None:
            parameters = list(parameters)
            sent.append(Statement(sql, parameters, True, how))
        else:
            keep(None, None, sql, parameters, None, False)
        return send(uow, sql, parameters, how, **way)

    def keep_and_send_along(uow: UnitOfWork, sql: str, parameters: Any = ()) -> Callable[[], Sequence[Any]]:
        # On SQLite it goes by `send`.
        if uow.dialect == "postgresql":
            keep(None, None, sql, parameters, None, False)
        return send_along(uow, sql, parameters)

    event.listen(Engine, "before_cursor_execute", keep)
    UnitOfWork.send = keep_and_send  # type: ignore[method-assign, assignment]
    UnitOfWork.send_along = keep_and_send_along  # type: ignore[method-assign]
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
        UnitOfWork.send, UnitOfWork.send_along = send, send_along  # type: ignore[method-assign]


def saved_by_a_leader(town: Municipality, number: int) -> Activity:
    """The press with which a leader saves a perspective, another one for each number."""
    data = {"group": "unge", "via": "elevrådet", "count": "5-9", "said": f"Det er lettere i små grupper, {number}."}
    return Activity(
        kind=Kind.PRESSED,
        identity=str(UUID(int=4)),
        address=Address(service_url="", conversation_id="a:1", user_id="29:1", bot_id="28:1", tenant_id=""),
        key=str(number),
        reply_to=f"m{number}",
        verb=SAVE,
        data={**data, "recommend": "Flere små grupper", **carried(town.institutions[1])},
    )


def send_again(cursor: Any, statements: list[Statement]) -> None:
    """The same through the driver alone, with every row fetched."""
    # What goes past SQLAlchemy has its values as $1, $2 … on PostgreSQL.
    numbered = psycopg.RawCursor(cursor.connection) if isinstance(cursor, psycopg.Cursor) else cursor
    for each in statements:
        if each.how is not None:
            each.how(cursor, each.text, each.parameters)
        elif each.many:
            cursor.executemany(each.text, each.parameters)
        else:
            sent = numbered if "$1" in each.text else cursor
            sent.execute(each.text, each.parameters)
            if sent.description:
                sent.fetchall()
