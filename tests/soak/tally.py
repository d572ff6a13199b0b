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
# Not sent, which somebody is told: not lost.
TOLD = (PromptState.FAILED, PromptState.EXPIRED, PromptState.CANCELLED)
WAITS = (PromptState.PENDING, PromptState.CLAIMED, PromptState.SENDING)


@dataclass
class Tally:
    """How many prompts were planned, one for each person, and how often each arrived.

    `lost` are those that arrived nowhere although nobody is told so, `parked` those that an operator decides about, and
    `unsent` those that are known not to go any more: failed, expired or called off.
    """

    what: str
    planned: int = 0
    sent: int = 0
    once: int = 0
    twice: int = 0
    oftener: int = 0
    lost: int = 0
    parked: int = 0
    unsent: int = 0
    waiting: int = 0
    more: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        counts = [f"{name} {getattr(self, name)}" for name in NAMES]
        return f"{self.what}: " + ", ".join([*counts, *(f"{name} {value}" for name, value in self.more.items())])

    def settled(self, *, unsent: int = 0) -> None:
        """Raises unless each was sent and arrived once or twice, is parked, or is one of so many that are `unsent`."""
        assert (self.lost, self.oftener, self.waiting) == (0, 0, 0), self
        assert (self.unsent, self.sent + self.parked + self.unsent) == (unsent, self.planned), self

    def row(self) -> str:
        """As a line of the table in docs/reliability.md."""
        more = ", ".join(f"{name} {value}" for name, value in self.more.items())
        return f"| {self.what} | " + " | ".join(str(getattr(self, name)) for name in NAMES) + f" | {more} |"


NAMES = ("planned", "sent", "once", "twice", "oftener", "lost", "parked", "unsent")


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
    found = Tally(what)
    for prompt, identity in rows:
        if prompt.kind is PromptKind.UPDATE or (among and prompt.person_id not in among):
            continue
        copies = arrived[f"a:{identity}"]
        found.planned += 1
        found.sent += prompt.state in OVER
        found.once += copies == 1
        found.twice += copies == 2
        found.oftener += copies > 2
        found.parked += prompt.state is PromptState.UNCERTAIN
        found.unsent += prompt.state in TOLD
        found.waiting += prompt.state in WAITS
        found.lost += copies == 0 and prompt.state not in (PromptState.UNCERTAIN, *TOLD, *WAITS)
    return found
