"""When leaders are asked what they do about a recommendation, and whether those who gave it have heard.

After ten years many thousands wait for either, and nearly none of them is about to change. So each institution's are
looked at as one, and derived anew only where something that the clock goes by is not as it was; in an hour all are.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from dialogs.flow import Planning
from domain.organisation import Person
from domain.perspective import ASKED_AGAIN_AFTER, REPORT_BACK_AFTER
from domain.prompt import Occasion
from storage.dialogue import latest_begun
from storage.organisation import open_institutions
from storage.recommendation import FollowedUp, followed_up, followed_up_at, recommendations_at

VIEW = "recommendation"
ASKED_FOR = timedelta(days=14)
NEVER = datetime.max.replace(tzinfo=UTC)

Begun = Mapping[UUID, tuple[UUID, datetime]]


def clock(planning: Planning) -> Iterable[Occasion]:
    """Asks for the answer after the next dialogue, and then for the report back, every fortnight until it is there."""
    uow = planning.uow
    today = planning.now.astimezone(planning.municipality.zone).date()
    # Before what waits is read: a change that comes in between is seen the next time.
    waiting, begun = followed_up_at(uow), latest_begun(uow, planning.now)
    leaders = {where.id: planning.staff.leaders(where) for where in open_institutions(uow, today)}
    facts = {
        place: hash((kept, begun.get(place), tuple([each.id for each in leaders.get(place, ())])))
        for place, kept in waiting.items()
    }
    changed = planning.changed(VIEW, facts)
    if changed is not None:
        planning.narrow(VIEW, recommendations_at(changed))
    yield from _occasions(planning, changed, begun, leaders, facts)


def _occasions(
    planning: Planning,
    changed: Collection[UUID] | None,
    begun: Begun,
    leaders: Mapping[UUID, Iterable[Person]],
    facts: Mapping[UUID, int],
) -> Iterable[Occasion]:
    quiet, until = planning.municipality.quiet, planning.until
    otherwise = dict.fromkeys(facts if changed is None else facts.keys() & changed, NEVER)
    moments: dict[datetime, tuple[int, datetime, datetime]] = {}
    for kept in followed_up(planning.uow, planning.now, changed):
        asked = _asked_of(kept, begun)
        if asked is None:
            continue
        name, first = asked
        if first > until:
            otherwise[kept.institution_id] = min(otherwise.get(kept.institution_id, NEVER), first)
            continue
        # One dialogue has many recommendations, which are all asked about at once.
        if first not in moments:
            # Counted from the last fortnight, so that what nobody answered is asked again, also after the holidays.
            times = max(until - first, timedelta()) // ASKED_AGAIN_AFTER
            due_at = first + times * ASKED_AGAIN_AFTER
            moments[first] = times, due_at, quiet.next_open(due_at) + ASKED_FOR
        times, due_at, expires_at = moments[first]
        otherwise[kept.institution_id] = min(otherwise.get(kept.institution_id, NEVER), due_at + ASKED_AGAIN_AFTER)
        for leader in leaders.get(kept.institution_id, ()):
            yield Occasion(
                key=f"recommendation:{kept.id}:{name}:{times}:{leader.id}",
                person_id=leader.id,
                view=VIEW,
                subject_id=kept.id,
                due_at=due_at,
                expires_at=expires_at,
            )
    for place, at in otherwise.items():
        if place in facts:
            planning.saw(VIEW, place, facts[place], otherwise_at=at)


def _asked_of(kept: FollowedUp, begun: Begun) -> tuple[str, datetime] | None:
    """What is asked about it and when for the first time, None where no dialogue has come after it."""
    if kept.responded_at is not None:
        # By the answer: one that is given again begins a new fortnight.
        return f"report:{kept.responded_at.isoformat()}", kept.responded_at + REPORT_BACK_AFTER
    dialogue_id, starts_at = begun.get(kept.institution_id, (None, kept.written_at))
    return (f"answer:{dialogue_id}", starts_at + timedelta(days=1)) if starts_at > kept.written_at else None
