"""What is new for the journal: summaries that became final, dialogues that closed, and what was added since."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from uuid import UUID

from sqlalchemy import exists, func, not_, select
from sqlalchemy.sql import ColumnElement

from domain.dialogue import Dialogue, DialogueState
from domain.journal import JournalEntry, JournalKind, decisions_name, summary_name
from domain.organisation import Institution
from domain.saved_summary import SavedSummary, SummaryState
from storage.board import board_note
from storage.compiled import row_of
from storage.decision import decision
from storage.dialogue import addendum, dialogue
from storage.journal import journal_entry
from storage.organisation import institution
from storage.saved_summary import saved_summary
from storage.unit_of_work import UnitOfWork

# As many new ones as are entered at a time: on the first day there may be years of them.
MOST_NEW = 200


def enter_new(uow: UnitOfWork, now: datetime, zone: tzinfo) -> int:
    """Enters what has become final or closed, and what was added to a closed dialogue since; returns how much."""
    entries = [*_new_summaries(uow, now), *_new_decisions(uow, now, zone), *_added_to(uow, now, zone)]
    done = 0
    for each in entries:
        # Two replicas may look at the same moment: one of them enters it.
        made = (
            uow.insert(journal_entry)
            .values(row_of(each, journal_entry))
            .on_conflict_do_nothing()
            .returning(journal_entry.c.id)
        )
        done += uow.session.scalar(made) is not None
    return done


def _new_summaries(uow: UnitOfWork, now: datetime) -> list[JournalEntry]:
    """I28: "a change makes a new version": it names the entry of the one before."""
    found = uow.session.scalars(
        select(SavedSummary)
        .where(saved_summary.c.state == SummaryState.FINAL, not_(_is_entered(saved_summary.c.id)))
        .order_by(saved_summary.c.final_at, saved_summary.c.number)
        .limit(MOST_NEW)
    ).all()
    before = _newest(uow, [each.replaces_id for each in found if each.replaces_id])
    entries: dict[UUID, JournalEntry] = {}
    for each in found:
        assert each.year is not None
        assert each.number is not None
        earlier = before.get(each.replaces_id) if each.replaces_id else None
        if each.replaces_id in entries:
            made = entries[each.replaces_id]
            earlier = (made.id, made.edition)
        entries[each.id] = JournalEntry(
            kind=JournalKind.SUMMARY,
            subject_id=each.id,
            institution_id=each.institution_id,
            name=summary_name(each.year, each.number),
            planned_at=now,
            edition=earlier[1] + 1 if earlier else 1,
            replaces_id=earlier[0] if earlier else None,
        )
    return list(entries.values())


def _new_decisions(uow: UnitOfWork, now: datetime, zone: tzinfo) -> list[JournalEntry]:
    is_decided = exists().where(
        decision.c.dialogue_id == dialogue.c.id, decision.c.saved_at.is_not(None), decision.c.withdrawn_at.is_(None)
    )
    rows = uow.session.execute(
        select(Dialogue, Institution)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(dialogue.c.state == DialogueState.CLOSED, is_decided, not_(_is_entered(dialogue.c.id)))
        .order_by(dialogue.c.starts_at, dialogue.c.id)
        .limit(MOST_NEW)
    )
    return [_decisions(about, where, now, zone) for about, where in rows]


def _added_to(uow: UnitOfWork, now: datetime, zone: tzinfo) -> list[JournalEntry]:
    """I14: "A closed Dialogue's records are read-only; addenda show author and time": with one, it is a new edition."""
    later = journal_entry.alias()
    remarks = select(func.count()).where(addendum.c.dialogue_id == journal_entry.c.subject_id).scalar_subquery()
    notes = (
        select(func.count())
        .where(board_note.c.dialogue_id == journal_entry.c.subject_id, board_note.c.is_added)
        .scalar_subquery()
    )
    is_newest = not_(
        exists().where(later.c.subject_id == journal_entry.c.subject_id, later.c.edition > journal_entry.c.edition)
    )
    rows = uow.session.execute(
        select(journal_entry.c.id, journal_entry.c.edition, Dialogue, Institution)
        .select_from(journal_entry)
        .join(dialogue, dialogue.c.id == journal_entry.c.subject_id)
        .join(institution, institution.c.id == dialogue.c.institution_id)
        .where(
            journal_entry.c.kind == JournalKind.DECISIONS,
            journal_entry.c.additions.is_not(None),
            is_newest,
            remarks + notes > journal_entry.c.additions,
        )
        .limit(MOST_NEW)
    )
    return [
        _decisions(about, where, now, zone, edition=edition + 1, replaces_id=entry_id)
        for entry_id, edition, about, where in rows
    ]


def _decisions(
    about: Dialogue,
    where: Institution,
    now: datetime,
    zone: tzinfo,
    *,
    edition: int = 1,
    replaces_id: UUID | None = None,
) -> JournalEntry:
    return JournalEntry(
        kind=JournalKind.DECISIONS,
        subject_id=about.id,
        institution_id=where.id,
        name=decisions_name(where.name, about.starts_at.astimezone(zone).date(), about.id, edition),
        planned_at=now,
        edition=edition,
        replaces_id=replaces_id,
    )


def _newest(uow: UnitOfWork, subject_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    rows = uow.session.execute(
        select(journal_entry.c.subject_id, journal_entry.c.id, journal_entry.c.edition)
        .where(journal_entry.c.subject_id.in_(list(subject_ids)))
        .order_by(journal_entry.c.edition)
    )
    return {subject_id: (entry_id, edition) for subject_id, entry_id, edition in rows}


def _is_entered(subject_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    return exists().where(journal_entry.c.subject_id == subject_id)
