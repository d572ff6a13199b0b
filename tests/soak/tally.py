"""What became of every prompt: the database's word against the connector's own log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from domain.organisation import Person
from domain.prompt import Prompt, PromptKind, PromptState
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.channel.connector import Connector

OVER = (PromptState.SENT, PromptState.ANSWERED)
# Known to be unsent, and shown to the operator: not lost.
TOLD = (PromptState.FAILED, PromptState.EXPIRED, PromptState.CANCELLED)
WAITS = (PromptState.PENDING, PromptState.CLAIMED, PromptState.SENDING)


@dataclass
class Tally:
    """How many prompts were planned, one for each person, and how often each arrived.

    `lost` are those that arrived nowhere although nobody is told so, `parked` those that an operator decides about.
    """

    what: str
    planned: int = 0
    sent: int = 0
    once: int = 0
    twice: int = 0
    oftener: int = 0
    lost: int = 0
    parked: int = 0
    waiting: int = 0
    more: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        counts = [f"{name} {getattr(self, name)}" for name in NAMES]
        return f"{self.what}: " + ", ".join([*counts, *(f"{name} {value}" for name, value in self.more.items())])

    def row(self) -> str:
        """As a line of the table in docs/reliability.md."""
        more = ", ".join(f"{name} {value}" for name, value in self.more.items())
        return f"| {self.what} | " + " | ".join(str(getattr(self, name)) for name in NAMES) + f" | {more} |"


NAMES = ("planned", "sent", "once", "twice", "oftener", "lost", "parked")


async def tally(what: str, database: Database, connector: Connector, among: Collection[UUID] = ()) -> Tally:
    """Counts the prompts of these people, or all; what replaces a card is no message of its own."""

    def read(uow: UnitOfWork) -> Sequence[tuple[Prompt, str]]:
        found = select(Prompt, Person.aad_object_id).join(Person, Person.id == Prompt.person_id)  # type: ignore[call-overload]
        return [tuple(row) for row in uow.session.execute(found).all()]

    return compared(what, await database.read(read), connector, among)


def compared(
    what: str, rows: Sequence[tuple[Prompt, str]], connector: Connector, among: Collection[UUID] = ()
) -> Tally:
    arrived = connector.posts()
    told = Tally(what)
    for prompt, identity in rows:
        if prompt.kind is PromptKind.UPDATE or (among and prompt.person_id not in among):
            continue
        copies = arrived[f"a:{identity}"]
        told.planned += 1
        told.sent += prompt.state in OVER
        told.once += copies == 1
        told.twice += copies == 2
        told.oftener += copies > 2
        told.parked += prompt.state is PromptState.UNCERTAIN
        told.waiting += prompt.state in WAITS
        told.lost += copies == 0 and prompt.state in OVER
    return told
