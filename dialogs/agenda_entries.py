"""What stands on the agenda of a 1:1, from where it comes."""

from collections.abc import Sequence

from cards import agenda as cards
from cards.agenda import Entry
from cards.agreement_owner import as_one_of, owner_and_due
from cards.meeting import Meeting
from cards.words import dialogue_line
from dialogs.turn import Turn
from domain.agenda import AgendaItem, AgendaSource
from domain.focus_area import FocusArea
from domain.organisation import Institution
from storage.agenda import items_seen_by
from storage.agreement import open_agreements_with
from storage.dialogue import latest_begun_in, next_dialogues_in
from storage.focus_area import active_focus_areas


def entries_of(turn: Turn, meeting: Meeting) -> list[Entry]:
    """R-52: "Agenda is built from focus areas, dialogues and open agreements", and from what the two have added."""
    _ = turn._
    about = meeting.one_on_one
    places = {where.id: where for where in meeting.places}
    reader = as_one_of(is_chief=meeting.is_chief)
    found = [
        Entry(
            id=each.id,
            source=AgendaSource.AGREEMENT,
            words=each.text,
            detail=owner_and_due(_, each.owner, each.due, reader=reader),
        )
        for each in open_agreements_with(turn.uow, about.leader_id, meeting.places)
        if each.one_on_one_id != about.id
    ]
    found += [
        Entry(id=area.id, source=AgendaSource.FOCUS_AREA, words=area.title, detail=where.name)
        for area, where in brought_by_leader(turn, meeting)
    ]
    begun = latest_begun_in(turn.uow, places, turn.now)
    coming = next_dialogues_in(turn.uow, places, turn.now)
    for where_id, where in places.items():
        found += [
            Entry(
                id=each.id,
                source=AgendaSource.DIALOGUE,
                words=dialogue_line(_, each, where),
                detail=cards.last_or_next(_, is_next=is_next),
            )
            for each, is_next in ((begun.get(where_id), False), (coming.get(where_id), True))
            if each is not None
        ]
    found += [
        Entry(
            id=each.id,
            source=AgendaSource.MANUAL,
            words=each.text,
            detail=cards.added_by(_, meeting, each),
            is_private=each.is_private and not about.has_begun(turn.now),
            is_mine=is_own(turn, each),
        )
        for each in items_seen_by(turn.uow, turn.viewer, about, turn.now)
        if not each.done and each.is_manual
    ]
    return found


def brought_by_leader(turn: Turn, meeting: Meeting) -> Sequence[tuple[FocusArea, Institution]]:
    """The focus areas that the leader has chosen to bring, and no other."""
    return [
        (area, where)
        for area, where in active_focus_areas(turn.uow, [where.id for where in meeting.places])
        if area.bring_up_since is not None
    ]


def is_own(turn: Turn, item: AgendaItem) -> bool:
    return item.added_by == turn.person.id and item.is_manual and not item.done
