"""Brings a database to the newest schema, once, however many replicas start at the same time."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, func, inspect, select, text

from storage import postgresql, sqlite
from storage.database import parse_url
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"

# Any number will do, as long as nothing else in this database locks it.
_ADVISORY_LOCK = 4_711_2026
_VERSION = text("SELECT version_num FROM alembic_version")
_STEP = re.compile(
    r'^revision\b.*? = "(?P<version>\w+)"\ndown_revision\b.*? = (?:"(?P<before>\w+)"|None)$', re.MULTILINE
)


def migrate(url: str) -> tuple[str | None, str]:
    """The schema's version before and after; all of it happens, or nothing. A newer schema than ours stays as it is.

    What a step leaves to be filled in is filled in by storage/filling.py.
    Replicas that migrate at once wait for one another. Raises `LockedByAnother` while a SQLite database is served.
    """
    from alembic import command

    before, head = current_and_head(url)
    if before is not None and before not in known_versions():
        return before, before
    _run(url, lambda config: command.upgrade(config, "head"))
    return before, head


def downgrade(url: str, version: str) -> None:
    """Back to an earlier version, `base` for an empty database; what only the newer one can hold is lost."""
    from alembic import command

    _run(url, lambda config: command.downgrade(config, version))


def current_and_head(url: str) -> tuple[str | None, str]:
    """The version the database has, None for none yet, and the newest one this program knows."""
    head, parsed = newest_version(), parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = sqlite.file_of(parsed)
        if not file.exists():
            return None, head
        engine = sqlite.reader(file, 1)
    else:
        engine = postgresql.engine(parsed, 1)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None, head
            return connection.scalar(_VERSION), head
    finally:
        engine.dispose()


def is_behind(uow: UnitOfWork) -> bool:
    """Whether the database lacks what this program needs, as after a restore of an old backup.

    A version that is not known is a newer one: another replica has migrated, and this one is about to be replaced.
    """
    version: str | None = uow.session.scalar(_VERSION)
    return version is None or version in older_versions()


def older_versions() -> frozenset[str]:
    """Every version before the newest one."""
    return known_versions() - {newest_version()}


def known_versions() -> frozenset[str]:
    """Every version that this program has a step to."""
    return frozenset(_steps())


def newest_version() -> str:
    """The version that no other step goes on from."""
    (newest,) = known_versions() - set(_steps().values())
    return newest


@cache
def _steps() -> Mapping[str, str]:
    """Each version and the one before it, read out of the steps: Alembic would import itself and all of them for it,
    which takes longer than all else that is asked of a database before it is served."""
    found = [_STEP.search(file.read_text(encoding="utf-8")) for file in (FOLDER / "versions").glob("[0-9]*.py")]
    return {step["version"]: step["before"] or "" for step in found if step}


def configuration(connection: Connection) -> "Config":
    """Alembic's settings for this connection, with no file of its own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _run(url: str, command: Callable[["Config"], None]) -> None:
    with _alone(url) as connection:
        command(configuration(connection))


@contextmanager
def changing(url: str) -> Iterator[Engine]:
    """An engine without limits of time; a SQLite file belongs to it alone, or `LockedByAnother` is raised."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = sqlite.file_of(parsed)
        with sqlite.held(file, "migrating"), _disposed(sqlite.writer(file)) as engine:
            yield engine
    else:
        # A large table may take its time to change.
        with _disposed(create_engine(parsed, poolclass=NullPool, hide_parameters=True)) as engine:
            yield engine


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    """A connection in a transaction that no other migration runs beside."""
    with changing(url) as engine:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            # A table that is rebuilt is dropped in between, with others still pointing at it.
            event.listen(engine, "connect", lambda driver, _: driver.execute("PRAGMA foreign_keys = OFF"))
        with engine.begin() as connection:
            if not is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
            yield connection
            if is_sqlite and (dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise RuntimeError(f"the migration leaves rows of {dangling[0]} that point at nothing")


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()
