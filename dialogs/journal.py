"""A record on its way to the journal: made as a document of what is kept now, and told on its cards once it is there.

Nobody presses anything: what is final or closed goes by itself. A summary's agreements from a 1:1 stay here, since they
are for the leader they are with and the chief alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cards import journal as cards
from cards.decision import Sheet as DecisionSheet
from cards.document import Document
from cards.language import Translator
from cards.saved_summary import Sheet, name_of
from cards.summary_document import document, file_name
from dialogs.copies import renew
from dialogs.decision_clock import VIEW as DECISIONS
from dialogs.saved_summary_sheet import paper_of
from domain.dialogue import Dialogue
from domain.facts import SourceKind
from domain.journal import JournalEntry, JournalKind
from domain.municipality import Filing, Municipality
from domain.organisation import Institution, Language, Role
from domain.saved_summary import SavedSummary, lines_for
from storage.data_package import figures_with_ids
from storage.dialogue import addenda_of
from storage.focus_area import focus_areas_of
from storage.journal import board_notes_in, decisions_in, entry_with_id, reflection_in
from storage.organisation import areas_with_ids, person_with_id, read_in
from storage.perspective import heard_with_ids
from storage.priority import priority_in
from storage.roles import staff_on
from storage.saved_summary import remarks_of
from storage.unit_of_work import UnitOfWork

SUMMARIES = ("saved_summary", "saved_summary.ready", "saved_summary.final")
SCHEMA = "laeringsbot-journal-1"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A record before it is a file; `told` is its metadata but for what follows from the file."""

    document: Document = field(repr=False)
    told: Mapping[str, Any] = field(repr=False)
    additions: int = 0


def draw(uow: UnitOfWork, entry: JournalEntry, now: datetime, municipality: Municipality) -> Drawn | None:
    """The record as it is kept now; None where it has been deleted since it was entered."""
    if entry.kind is JournalKind.SUMMARY:
        return _summary(uow, entry, now, municipality)
    return _decisions(uow, entry, now, municipality)


def tell(uow: UnitOfWork, entry: JournalEntry, now: datetime, municipality: Municipality) -> None:
    """The cards of it that stand in the chats of its leaders and chiefs are drawn anew, with where it stands."""
    where = uow.get(Institution, entry.institution_id)
    if where is None:
        return
    staff = staff_on(uow, now.astimezone(municipality.zone).date(), where)
    for someone in {each.id: each for each in (*staff.leaders(where), *staff.with_role(Role.CHIEF, where))}.values():
        for view in SUMMARIES if entry.kind is JournalKind.SUMMARY else (DECISIONS,):
            renew(uow, someone, view, entry.subject_id, now)


def _summary(uow: UnitOfWork, entry: JournalEntry, now: datetime, municipality: Municipality) -> Drawn | None:
    found = uow.get(SavedSummary, entry.subject_id)
    if found is None or found.final_at is None or found.final_by is None:
        return None
    read_in(uow, found.language)
    where = _place(uow, entry)
    _ = Translator.of(found.language, municipality.zone)
    before = uow.get(SavedSummary, found.replaces_id) if found.replaces_id else None
    hidden = frozenset(ref.id for ref in found.sources if ref.kind is SourceKind.AGREEMENT)
    author = person_with_id(uow, found.author_id)
    sheet = Sheet(
        summary=found,
        where=where,
        lines=lines_for(found.lines, hidden),
        author=author,
        viewer=author,
        is_chief=False,
        hidden=len(hidden),
        answers=remarks_of(uow, found),
        replaces=name_of(before) if before else "",
    )
    paper = paper_of(_, sheet)
    told = {
        "title": file_name(_, paper),
        "date": _day(found.final_at, municipality),
        "period": f"{found.first.code}/{found.last.code}",
        "responsible": person_with_id(uow, found.final_by).name,
        "agreements_left_out": len(hidden),
    }
    return Drawn(document=document(_, paper), told=_told(uow, _, entry, where, told, now, municipality))


def _decisions(uow: UnitOfWork, entry: JournalEntry, now: datetime, municipality: Municipality) -> Drawn | None:
    about = uow.get(Dialogue, entry.subject_id)
    all_saved = decisions_in(uow, entry.subject_id)
    standing = [each for each in all_saved if each.withdrawn_at is None]
    if about is None or not standing:
        return None
    where, reflection = _place(uow, entry), reflection_in(uow, about.id)
    _ = Translator.of(Language.DANISH, municipality.zone)
    added, board = addenda_of(uow, about), board_notes_in(uow, about.id)
    sheet = DecisionSheet(
        institution=where,
        dialogue=about,
        decision=standing[0],
        decisions=standing,
        figures=figures_with_ids(uow, reflection.basis.figures) if reflection else (),
        sources=reflection.basis.sources if reflection else (),
        focus_areas=(),
        titles={each.id: each.title for each in focus_areas_of(uow, where, active=False)},
        written_by=None,
        viewer=person_with_id(uow, standing[0].author_id),
        can_record=False,
        addenda=added,
        board=board,
        withdrawn=[each for each in all_saved if each.withdrawn_at is not None],
        heard=heard_with_ids(uow, reflection.basis.perspectives) if reflection else (),
        priority=priority_in(uow, where, about.half_year),
    )
    leaders = staff_on(uow, now.astimezone(municipality.zone).date(), where).leaders(where)
    told = {
        "title": cards.decisions_title(_, sheet),
        "date": _day(about.starts_at, municipality),
        "period": f"{about.half_year.code}/{about.half_year.code}",
        "responsible": _.join(each.name for each in leaders),
    }
    return Drawn(
        document=cards.decisions_document(_, sheet, reflection, now),
        told=_told(uow, _, entry, where, told, now, municipality),
        additions=len(added) + sum(note.is_added for note, _author in board),
    )


def _told(
    uow: UnitOfWork,
    _: Translator,
    entry: JournalEntry,
    where: Institution,
    told: Mapping[str, Any],
    now: datetime,
    municipality: Municipality,
) -> dict[str, Any]:
    """What a journal asks of every document; the file's own facts are added when it is made."""
    filing = municipality.journal or Filing()
    area = next((each.name for each in areas_with_ids(uow, [where.area_id])), "")
    case = filing.case
    for name, value in {"institution": where.name, "area": area, "year": str(told["date"])[:4]}.items():
        case = case.replace(f"{{{name}}}", value)
    before = entry_with_id(uow, entry.replaces_id) if entry.replaces_id else None
    return {
        "schema": SCHEMA,
        "id": str(entry.id),
        "name": entry.name,
        "document_type": cards.document_type(_, entry.kind),
        "case_reference": case,
        "organisation_unit": where.name,
        "area": area,
        "confidentiality": filing.confidentiality,
        "version": entry.edition,
        "replaces": str(before.id) if before else None,
        "replaces_name": before.name if before else None,
        "replaces_reference": (before.reference or None) if before else None,
        "language": _.language,
        "made_at": now.isoformat(timespec="seconds"),
        "source": "Læringsbot",
        **told,
    }


def _place(uow: UnitOfWork, entry: JournalEntry) -> Institution:
    return uow.session.get_one(Institution, entry.institution_id)


def _day(at: datetime, municipality: Municipality) -> str:
    return at.astimezone(municipality.zone).date().isoformat()
