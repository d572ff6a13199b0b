"""What happens when things break: programs that break them, and count afterwards what became of every message.

    python -m tests.soak              # all of them, in their long form; make soak does the same
    python -m tests.soak killed disk_full
    python -m tests.soak --short      # as tests/test_soak.py runs them

Each module is one kind of fault. Once everything has ended it compares the database with the log of the stub connector,
prints what it counted, and raises if anything was lost or came more often than it may.
"""

from importlib import import_module
from typing import Any

# These measure how fast somebody is answered, and run by themselves once the others have ended.
ALONE = ("pressed", "flooded")
# The longest first, since two run at a time.
PROGRAMS = (
    "killed",
    "edited",
    "migrated",
    "fuzzed",
    "planned",
    "restored",
    "storm",
    "database_gone",
    "died",
    "disk_full",
    "paused",
    "token_hangs",
    *ALONE,
)


def program(name: str) -> Any:
    """The module of one kind of fault; its `run(long=…, postgres=…)` gives what it counted."""
    return import_module(f"tests.soak.{name}")
