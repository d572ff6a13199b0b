"""What waits in a scope: of each kind how many there are, and the first of them by the date since when it waits.

Each kind takes the viewer, and looks only at the institutions whose record of it they may see. The number comes with
the rows, so that nothing is loaded to be counted.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from domain.access import Record, Sight, Viewer
from domain.agreement import Agreement
from domain.attention_list import Waiting, WaitingFact, Waits
from domain.cycle import Theme
from domain.dialogue import UNPREPARED_FROM, Dialogue, unrecorded_before
from domain.facts import Gap, SourceKind
from domain.focus_area import FocusArea
from domain.observation import Observation
from domain.organisation import a_to_aa
from domain.perspective import Group, Perspective, Recommendation
from domain.quiet import QuietTimes
from domain.scope import Places, Scope
from domain.supervision import Found
from storage.asked import found_by, rows_of
from storage.attention_query import numbered, overdue, these
from storage.reflection import RECORDED_WITHIN
from storage.supervision import places_seen
from storage.supervision_agreements import agreements_seen
from storage.told import not_heard_at
from storage.unit_of_work import UnitOfWork


class Behind(NamedTuple):
    """How many wait of a kind, and from when the newest of their sources is; `places` where those are fewer."""

    total: int
    latest: datetime | None = None
    places: int | None = None


Row = tuple[WaitingFact, Behind]
# A theme is that of focus areas, and of what was recommended about one.
OF_A_THEME = (Waiting.FOCUS_AREA, Waiting.RECOMMENDATION)


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Who looks, where and when; with `is_bounded` only at what waits since a time in the half-years of the scope.

    Of a leader, whose `is_own` it is, what their chief is to do waits on others.
    """

    uow: UnitOfWork
    viewer: Viewer
    scope: Scope
    now: datetime
    quiet: QuietTimes
    most: int
    leader_ids: Sequence[UUID] = ()
    is_bounded: bool = False
    is_own: bool = False

    def places(self, record: Record, least: Sight = Sight.FULL) -> Places:
        """The institutions that something can wait for: no longer where one has closed."""
        found = places_seen(self.scope, self.viewer, record, least)
        if not self.scope.closed:
            return found
        return Places((id, where) for id, where in found.items() if not self.scope.has_closed(where))

    def rows(
        self,
        waiting: Waiting,
        places: Collection[UUID],
        *classes: type[Any],
        after: datetime | None = None,
        before: datetime | None = None,
    ) -> Sequence[Any]:
        """The first rows by time, each with what is behind them all; those between two times if given."""
        # What is counted is not read with all its words: there may be thousands, of which a handful is shown.
        about = (self.scope, places, after, before, self.most)
        first = rows_of(self.uow, numbered(*about, waiting=waiting, is_bounded=self.is_bounded))
        if not first:
            return []
        _id, total, latest = first[0]
        behind = Behind(total, latest)
        return [
            (*row, behind) for row in found_by(self.uow, these([row[0] for row in first], waiting=waiting), *classes)
        ]


def waiting_facts(looking: Looking, kinds: Iterable[Waiting] = tuple(Waiting)) -> Waits:
    """What waits, by kind in the order of the kinds; of a theme, what belongs to one."""
    asked = [each for each in Waiting if each in set(kinds)]
    if looking.scope.theme:
        asked = [each for each in asked if each in OF_A_THEME]
    found = {each: _found(_KINDS[each](looking), looking.now) for each in asked}
    return {each: part for each, part in found.items() if part.total}


def _found(rows: Sequence[Row], now: datetime) -> Found[WaitingFact, Waiting]:
    facts = sorted((fact for fact, _behind in rows), key=lambda fact: (fact.at.date(), a_to_aa(fact.where.name)))
    total, latest, places = rows[0][1] if rows else Behind(0)
    return Found(
        total=total,
        places=len({fact.where.id for fact in facts}) if places is None else places,
        facts=facts,
        # What is to come is from no day yet.
        latest=latest if latest and latest <= now else None,
        is_dated=True,
    )


def _focus_areas(looking: Looking) -> list[Row]:
    """Those that the leader has said need attention, since that was said."""
    places = looking.places(Record.FOCUS_AREA)
    return [
        (
            WaitingFact(
                where=places[area.institution_id],
                waiting=Waiting.FOCUS_AREA,
                at=written_at,
                kind=SourceKind.FOCUS_AREA,
                id=area.id,
                title=area.title,
                theme=near,
            ),
            behind,
        )
        for area, near, written_at, behind in looking.rows(Waiting.FOCUS_AREA, places, FocusArea, Theme)
    ]


def _not_prepared(looking: Looking) -> list[Row]:
    """ "ikke forberedt": from two days before, and only a word."""
    return _dialogues(
        looking, Waiting.NOT_PREPARED, Record.PREPARATION_DRAFT, looking.now, looking.now + UNPREPARED_FROM
    )


def _not_recorded(looking: Looking) -> list[Row]:
    """ "mangler opsamling", as it stands in the overview."""
    before = unrecorded_before(looking.now, looking.quiet)
    return _dialogues(looking, Waiting.NOT_RECORDED, Record.REFLECTION_DRAFT, looking.now - RECORDED_WITHIN, before)


def _dialogues(looking: Looking, waiting: Waiting, record: Record, after: datetime, before: datetime) -> list[Row]:
    places = looking.places(record, Sight.STATUS)
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=waiting,
                at=each.starts_at,
                kind=SourceKind.DIALOGUE,
                id=each.id,
                dialogue=each,
            ),
            behind,
        )
        for each, behind in looking.rows(waiting, places, Dialogue, after=after, before=before)
    ]


def _agreements(looking: Looking, waiting: Waiting = Waiting.AGREEMENT) -> list[Row]:
    """The open agreements past their date: the chief's of their institutions, a leader's own."""
    by_chief = waiting is Waiting.OTHERS if looking.is_own else None
    seen = agreements_seen(looking.scope, looking.viewer)
    today = looking.now.astimezone(looking.scope.zone).date()
    # A day has no hour, so the bounds of it are days as well.
    first = looking.scope.first.starts_on if looking.is_bounded else None
    last = looking.scope.last.ends_on if looking.is_bounded else None
    query = overdue(*seen.about, looking.leader_ids, today, first, last, looking.most, by_chief=by_chief)
    return [
        (
            WaitingFact(
                where=seen.places[each.institution_id],
                waiting=waiting,
                at=datetime.combine(each.due, time(), looking.scope.zone).astimezone(UTC),
                kind=SourceKind.AGREEMENT,
                id=each.id,
                title=each.text,
                agreement=each,
            ),
            Behind(total, latest),
        )
        for each, total, latest in found_by(looking.uow, query, Agreement)
    ]


def _others(looking: Looking) -> list[Row]:
    return _agreements(looking, Waiting.OTHERS) if looking.is_own else []


def _recommendations(looking: Looking) -> list[Row]:
    places = looking.places(Record.PERSPECTIVE)
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=Waiting.RECOMMENDATION,
                at=each.written_at,
                kind=SourceKind.PERSPECTIVE,
                id=told.id,
                words=each.text,
                group=told.group,
            ),
            behind,
        )
        for each, told, behind in looking.rows(Waiting.RECOMMENDATION, places, Recommendation, Perspective)
    ]


def _feedbacks(looking: Looking) -> list[Row]:
    """I26: of a feedback that nobody has acknowledged, that it is there and since when."""
    places = looking.places(Record.OBSERVATION, Sight.STATUS)
    return [
        (
            WaitingFact(
                where=places[each.institution_id],
                waiting=Waiting.ACKNOWLEDGEMENT,
                at=sent_at,
                kind=SourceKind.OBSERVATION,
                id=each.id,
            ),
            behind,
        )
        for each, sent_at, behind in looking.rows(Waiting.ACKNOWLEDGEMENT, places, Observation)
    ]


def _perspectives(looking: Looking) -> list[Row]:
    """R-43: the groups that have not been asked in the half-years of the scope, by institution from A to Å."""
    scope = looking.scope
    if scope.since or not scope.has_begun:
        # What is not there is not new, and in a half-year to come it is not lacking.
        return []
    places = looking.places(Record.PERSPECTIVE)
    asked = [group for group in Group if Gap.of_group(group)]
    unheard = not_heard_at(looking.uow, scope, places, asked)
    lacking = [(where, group) for where in places.values() for group in asked if where.id in unheard[group]]
    behind = Behind(len(lacking), places=len({where.id for where, _group in lacking}))
    return [
        (
            WaitingFact(
                where=where,
                waiting=Waiting.PERSPECTIVE,
                at=scope.begins,
                kind=SourceKind.PLACE,
                id=where.id,
                group=group,
            ),
            behind,
        )
        for where, group in lacking[: looking.most]
    ]


_KINDS: dict[Waiting, Callable[[Looking], list[Row]]] = {
    Waiting.FOCUS_AREA: _focus_areas,
    Waiting.NOT_PREPARED: _not_prepared,
    Waiting.NOT_RECORDED: _not_recorded,
    Waiting.AGREEMENT: _agreements,
    Waiting.RECOMMENDATION: _recommendations,
    Waiting.ACKNOWLEDGEMENT: _feedbacks,
    Waiting.PERSPECTIVE: _perspectives,
    Waiting.OTHERS: _others,
}
