"""How long is waited on PostgreSQL for what another has locked: ten seconds, and a moment once that was in vain."""

import math
import time

from storage import postgresql
from storage.unit_of_work import UnitOfWork

# Those that are committed together wait for nobody's row: who has to, does so alone and holds up no others.
BRIEFLY = "SELECT set_config('lock_timeout', '500ms', true)"
A_MOMENT = "SELECT set_config('lock_timeout', '250ms', true)"
# The planner looks every minute, or somewhat later where much is to be done, and so keeps it lost for as long as a
# table that it needs is locked.
LOST_FOR = 90.0


class Patience:
    """That of all threads of one database.

    Whoever needs a table that another program has locked keeps a thread for as long as they wait, and there are few:
    the clocks, the messages of a wave and four people who press would hold up everybody, also those who need nothing
    that is locked. So once somebody has waited in vain, all wait for a moment only, until nobody has met a lock for a
    while.
    """

    def __init__(self) -> None:
        self._lost_until = -math.inf

    @property
    def is_lost(self) -> bool:
        return time.monotonic() < self._lost_until

    def limit(self, uow: UnitOfWork, *, together: bool = False) -> None:
        """Sets for how long this unit of work may wait, `together` with others that are committed with it."""
        if uow.dialect == "postgresql" and (self.is_lost or together):
            uow.send_along(A_MOMENT if self.is_lost else BRIEFLY)

    def heard(self, fault: BaseException, *, alone: bool = True) -> None:
        """What a unit of work has failed by: a lock that it has waited for `alone` is the reason to wait no longer."""
        if (alone or self.is_lost) and postgresql.is_locked(fault):
            self._lost_until = time.monotonic() + LOST_FOR
