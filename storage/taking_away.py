"""The taking away of somebody from what is kept: names left out, words deleted, and who it was forgotten."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, CursorResult, String, delete, false, func, insert, select, update

from domain.anonymisation import EMPTIED, NAME_LEFT_OUT, NOBODY_AT, Counts, Place, Treatment, former
from domain.organisation import Person
from domain.prompt import PromptState
from storage.anonymisation import roles_of
from storage.my_data import texts_in
from storage.prompt import change_state, prompt
from storage.retention import retention_pass
from storage.seeking import EVERYWHERE, Search, key_of, near_to, own_rows, own_words, words_of
from storage.types import metadata, registry
from storage.unit_of_work import UnitOfWork

_VERSIONS = {str(each.local_table): each.version_id_col for each in registry.mappers}


def take_away(uow: UnitOfWork, search: Search, places: Iterable[Place]) -> Counts:
    """Leaves the name out of each of these rows, empties those that are the person's own, and deletes what only served
    them; returns how much of it there was to do. Done again, there is nothing."""
    done: list[Place] = []
    uow.session.flush()
    uow.session.execute(insert(retention_pass), [{"kind": "anonymisation"}])
    for each in places:
        match each.treatment:
            case Treatment.FIXED | Treatment.UNSURE:
                done.append(each)
            case Treatment.FORGOTTEN:
                done += [each] * _forget(uow, search, each)
            case _:
                done += _rewrite(uow, search, each)
    uow.session.execute(delete(retention_pass).where(retention_pass.c.kind == "anonymisation"))
    uow.session.expire_all()
    return Counts.of(done)


def wipe(uow: UnitOfWork, person_id: UUID, day: date) -> None:
    """Nothing tells any more who the person is; the records keep who did what as somebody who was there.

    What is on its way to them is not sent. Where they could be reached stays until the cards in their chat are blanked.
    """
    someone = uow.session.get_one(Person, person_id)
    someone.name = former(roles_of(uow, person_id))
    someone.email = f"{person_id}@{NOBODY_AT}"
    someone.aad_object_id = someone.language = someone.paused_until = someone.monday_since = None
    someone.keeps_notes = False
    someone.ended_on = min(someone.ended_on or day, day - timedelta(days=1))
    someone.anonymised_on = day
    change_state(uow, prompt.c.person_id == person_id, PromptState.PENDING, state=PromptState.CANCELLED)
    uow.session.flush()


def _forget(uow: UnitOfWork, search: Search, place: Place) -> int:
    table = metadata.tables[place.table]
    key: Any = key_of(table)
    value = place.name if isinstance(key.type, String) else UUID(place.name)
    gone = uow.session.execute(delete(table).where(key == value), execution_options={"synchronize_session": False})
    return gone.rowcount if isinstance(gone, CursorResult) else 0


def _rewrite(uow: UnitOfWork, search: Search, place: Place) -> list[Place]:
    """The row as it is now, once nobody else changes it: its words without the name, or without any."""
    holding = next(each for each in EVERYWHERE if each.table.name == place.table)
    table, words = holding.table, words_of(holding)
    near, own = near_to(search, holding), own_rows(search, holding)
    row = (
        uow.session.execute(
            select(
                *(table.c[name] for name in words),
                func.coalesce(near, false()).label("is_near"),
                func.coalesce(own, false()).label("is_own"),
            )
            .where(table.c.id == place.id)
            .with_for_update(of=table)
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        return []
    emptied, is_near = own_words(holding) if row["is_own"] else (), bool(row["is_near"])
    changed: dict[str, Any] = {}
    times = {Treatment.EMPTIED: 0, Treatment.RENAMED: 0}
    for name in words:
        if name in emptied:
            times[Treatment.EMPTIED] += sum(text != EMPTIED for text in texts_in(row[name]))
            new = _with(row[name], lambda text: EMPTIED)
        else:
            times[Treatment.RENAMED] += sum(len(search.sought.sure(text, near=is_near)) for text in texts_in(row[name]))
            new = _with(row[name], lambda text: search.sought.without(text, NAME_LEFT_OUT, near=is_near))
        if list(texts_in(new)) != list(texts_in(row[name])):
            changed[name] = _cut(new, table.c[name])
    if not changed:
        return []
    version: Any = _VERSIONS.get(table.name)
    more = {version.name: version + 1} if version is not None else {}
    uow.session.execute(
        update(table).where(table.c.id == place.id).values(**changed, **more),
        execution_options={"synchronize_session": False},
    )
    treatment = Treatment.EMPTIED if times[Treatment.EMPTIED] else Treatment.RENAMED
    return [replace(place, treatment=treatment, times=times[treatment])]


def _with(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with its words changed; what is no word stays as it is."""
    if type(value) is str:
        return change(value) if value.strip() else value
    if is_dataclass(value) and not isinstance(value, type):
        made = {each.name: _with(getattr(value, each.name), change) for each in fields(value) if each.init}
        return replace(value, **made)
    if isinstance(value, Mapping):
        return {name: _with(each, change) for name, each in value.items()}
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(_with(each, change) for each in value)
    return value


def _cut(value: Any, column: "Column[Any]") -> Any:
    """A short text has no more room than its column, and `[navn fjernet]` is longer than most names."""
    room = getattr(column.type, "length", None)
    return value[:room] if type(value) is str and room else value
