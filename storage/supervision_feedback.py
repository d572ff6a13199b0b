"""The feedback of a scope by theme: that of the focus area which its host, or else the plan of the visit, names."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Select, and_, cast, func, not_, or_, select, type_coerce
from sqlalchemy.sql import ColumnElement

from domain.access import Record, Sight, Viewer
from domain.facts import SourceKind, SourceRef
from domain.feedback import ATTACHED_AFTER
from domain.scope import Places, Scope
from storage.acknowledgement import acknowledgement
from storage.among import among
from storage.asked import rows_of
from storage.counted import first_places
from storage.feedback import feedback
from storage.focus_area import focus_area
from storage.observation import observation, observed_at
from storage.sealed import SealedJson
from storage.shaped import shaped
from storage.supervision import places_seen
from storage.supervision_observations import is_sent, of_observations, with_feedback
from storage.types import Id
from storage.unit_of_work import UnitOfWork

_linked = cast(func.replace(type_coerce(observation.c.what, JSON)["focus_area_id"].as_string(), "-", ""), Id())
# What an older program wrote, or nobody could open when the column was filled: only the reply says which it is about.
_must_open = acknowledgement.c.area_is_plain.is_(False)
_Row = tuple[UUID | None, SourceRef]


def feedback_by_theme(
    uow: UnitOfWork, viewer: Viewer, scope: Scope, *, now: datetime, most: int
) -> tuple[Mapping[UUID | None, int], Mapping[UUID | None, Sequence[SourceRef]]]:
    """How much feedback that may be told of (I26) is of each theme, None for no theme, and the first `most` of each.

    Those are by institution from A to Å, and there by time.
    """
    places = places_seen(scope, viewer, Record.OBSERVATION, Sight.STATUS)
    places = Places((id, where) for id, where in places.items() if viewer.sight(Record.FEEDBACK, where) >= Sight.FULL)
    waited = now - ATTACHED_AFTER
    counted: dict[UUID | None, dict[UUID, int]] = defaultdict(dict)
    to_open: set[UUID] = set()
    for where, theme_id, must_open, number in rows_of(uow, _numbers(scope, places, now, waited)):
        if must_open:
            to_open.add(where)
        else:
            counted[theme_id][where] = number
    numbers = Counter({theme_id: sum(of.values()) for theme_id, of in counted.items()})
    opened = _opened(uow, scope, to_open, now, waited) if to_open else []
    numbers.update(theme_id for theme_id, _ref in opened)
    wanted = {where for of in counted.values() for where in first_places(of, places, most)}
    order = {each: number for number, each in enumerate(places)}
    refs = [*opened, *_refs(uow, scope, [each for each in places if each in wanted], now, waited)]
    first: dict[UUID | None, list[SourceRef]] = defaultdict(list)
    for theme_id, ref in sorted(refs, key=lambda row: (order[row[1].institution_id], row[1].at, row[1].id)):
        if len(first[theme_id]) < most:
            first[theme_id].append(ref)
    return numbers, first


@shaped
def _numbers(scope: Scope, places: Collection[UUID], now: datetime, waited: datetime) -> Select[Any]:
    columns = (observation.c.institution_id, focus_area.c.theme_id, _must_open)
    query = _with_theme(select(*columns, func.count()).select_from(observation))
    return query.where(*_may_be_told(scope, places, now, waited)).group_by(*columns)


def _refs(uow: UnitOfWork, scope: Scope, places: Sequence[UUID], now: datetime, waited: datetime) -> list[_Row]:
    """All at these institutions that need not be opened."""
    rows = rows_of(uow, _one_by_one(scope, places, now, waited)) if places else []
    return [(theme_id, _ref(*about)) for theme_id, *about in rows]


@shaped
def _one_by_one(scope: Scope, places: Collection[UUID], now: datetime, waited: datetime) -> Select[Any]:
    query = _with_theme(select(focus_area.c.theme_id, feedback.c.id, observation.c.institution_id, observed_at))
    return query.where(*_may_be_told(scope, places, now, waited), not_(_must_open))


def _opened(uow: UnitOfWork, scope: Scope, places: Collection[UUID], now: datetime, waited: datetime) -> list[_Row]:
    """What must be opened at these institutions."""
    rows = rows_of(uow, _to_open(scope, places, now, waited))
    areas = [UUID(named) if (named := reply["focus_area_id"]) else linked for reply, linked, *_about in rows]
    ids = {each for each in areas if each}
    themes: dict[UUID | None, UUID] = dict(rows_of(uow, _themes_of(ids))) if ids else {}
    return [(themes.get(area), _ref(*about)) for area, (_told, _plan, *about) in zip(areas, rows, strict=True)]


@shaped
def _to_open(scope: Scope, places: Collection[UUID], now: datetime, waited: datetime) -> Select[Any]:
    reply = type_coerce(acknowledgement.c.reply, SealedJson("acknowledgement.reply"))
    query = with_feedback(select(reply, _linked, feedback.c.id, observation.c.institution_id, observed_at))
    return query.where(*_may_be_told(scope, places, now, waited), _must_open)


@shaped
def _themes_of(focus_area_ids: Collection[UUID]) -> Select[Any]:
    return select(focus_area.c.id, focus_area.c.theme_id).where(among(focus_area.c.id, focus_area_ids))


def _with_theme(query: Select[Any]) -> Select[Any]:
    about = func.coalesce(acknowledgement.c.focus_area_id, _linked)
    return with_feedback(query).outerjoin(focus_area, focus_area.c.id == about)


def _may_be_told(scope: Scope, places: Collection[UUID], now: datetime, waited: datetime) -> list[ColumnElement[bool]]:
    is_attached = or_(feedback.c.submitted_at <= waited, and_(is_sent, acknowledgement.c.at <= now))
    return [*of_observations(scope, places, None), is_attached]


def _ref(id: UUID, where: UUID, at: datetime) -> SourceRef:
    return SourceRef(kind=SourceKind.FEEDBACK, id=id, institution_id=where, at=at)
