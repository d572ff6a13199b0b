"""*Endnu ingen 1:1*: with whom of their leaders a chief has had none in the half-year, to plan one from there."""

from datetime import UTC, datetime, time

from cards import one_on_one_without as cards
from cards.kit import Card
from cards.one_on_one_without import NotMet
from dialogs.turn import Turn
from domain.period import HalfYear
from storage.one_on_one import coming_of
from storage.one_on_one_met import leaders_met, leaders_of_chief


def without_any(turn: Turn) -> Card:
    half_year = HalfYear.of(turn.today)
    begins = datetime.combine(half_year.starts_on, time(), turn.municipality.zone).astimezone(UTC)
    met = leaders_met(turn.uow, turn.person.id, begins, turn.now)
    coming: dict[object, datetime] = {}
    for each in coming_of(turn.uow, turn.person.id, turn.now):
        coming.setdefault(each.leader_id, each.starts_at)
    leaders = leaders_of_chief(turn.uow, turn.viewer)
    found = [
        NotMet(leader=leader, places=places, coming=coming.get(leader.id))
        for leader, places in leaders
        if leader.id not in met
    ]
    return cards.show(turn._, half_year, found, has_leaders=bool(leaders))
