"""What every command does at the terminal: settings loaded, faults told in a sentence, progress shown."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from domain.retention import LONGEST_REFERENCE
from domain.text import clean, problem_in

if TYPE_CHECKING:
    from bot.settings import Settings

BAD_USE = 2


class Unknown(Exception):
    """Nobody, or nothing, is there of what an operator has named; its text is the sentence for them."""


class Moment(click.ParamType[datetime]):
    """A time such as `2026-04-21 09:00`, on the municipality's clock unless it says otherwise."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no time; write it as 2026-04-21 09:00", param, ctx)


class Reference(click.ParamType[str]):
    """Where something can be looked up: as long as there is room for, and no civil registration number."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        given = clean(str(value))
        if found := problem_in(given, LONGEST_REFERENCE):
            self.fail(
                "that looks like a civil registration number, which is not kept"
                if found.code == "cpr"
                else f"at most {LONGEST_REFERENCE} characters, and there are {len(given)}",
                param,
                ctx,
            )
        if not given:
            self.fail("it is empty", param, ctx)
        return given


REFERENCE = Reference()


def moment_of(at: datetime | None, settings: "Settings") -> datetime:
    if at is None:
        return datetime.now(UTC)
    return (at if at.tzinfo else at.replace(tzinfo=settings.timezone)).astimezone(UTC)


def settings_of_environment() -> "Settings":
    from bot.settings import Settings

    return Settings.load()


def database_errors() -> tuple[type[Exception], ...]:
    from bot.opening import NoDatabase, NotMigrated, TooNew, Unreachable
    from storage.errors import DatabaseError
    from storage.rotation import KeysLost

    return NoDatabase, NotMigrated, TooNew, Unreachable, KeysLost, DatabaseError, OSError


@contextmanager
def told(*kinds: type[Exception]) -> Iterator[None]:
    """Ends with the error's own sentence: with exit code 2 where the operator can mend it, as wrong settings always,
    and with 1 for whoever or whatever is `Unknown`."""
    from bot.settings import SettingsError

    mendable: tuple[type[Exception], ...] = (SettingsError, *kinds)
    try:
        yield
    except Unknown as unknown:
        click.echo(str(unknown), err=True)
        sys.exit(1)
    except mendable as error:
        click.echo(_sentence(error), err=True)
        sys.exit(BAD_USE)


def _sentence(error: Exception) -> str:
    """What the error says, and of a file without the number that the system has for it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total or None)
            bars.update(tasks[what], completed=done, total=total or None)

        yield show
