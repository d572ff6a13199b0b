"""A request for access, answered: everything about and by one person, as a page to read and as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from errno import EEXIST
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.named import person_named
from cards.document.html import write as page_of
from cards.language import Translator
from cards.my_data_file import document
from cards.questions import question_of
from domain.kept import Kind, readers_of
from domain.municipality import Municipality
from domain.my_data import Everything, Reading
from domain.organisation import Person
from storage.audit import note_export
from storage.my_data import everything_about, kept_to_authors, plain
from storage.unit_of_work import UnitOfWork

PAGE, DATA = "mine-data.html", "mine-data.json"


@dataclass(frozen=True, kw_only=True)
class Export:
    """Both files, how much is in them, and how much is not, since it is for its author alone."""

    page: bytes = field(repr=False)
    data: bytes = field(repr=False)
    person_id: UUID
    entries: int
    reads: int
    withheld: Mapping[Kind, int]

    def prepare(self, folder: Path) -> None:
        """The folder with two empty files for their owner's eyes.

        Raises OSError where they cannot be made, or where an earlier answer stands: nobody's is written over.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in (folder / PAGE, folder / DATA):
            if file.is_file() and file.stat().st_size:
                raise FileExistsError(EEXIST, "an earlier export is there; choose another folder", str(file))
        for file in (folder / PAGE, folder / DATA):
            file.touch(mode=0o600, exist_ok=True)
            file.chmod(0o600)
            with file.open("ab"):
                pass  # could be a folder, or somebody else's

    def write(self, folder: Path) -> None:
        """Both files, into a folder where none is yet."""
        self.prepare(folder)
        for name, content in ((PAGE, self.page), (DATA, self.data)):
            (folder / name).write_bytes(content)


def export_of(uow: UnitOfWork, email: str, *, now: datetime, municipality: Municipality) -> Export:
    """Everything about the person, also of roles that have ended; raises `Unknown` where nobody has that e-mail."""
    someone = person_named(uow, email)
    found = everything_about(uow, someone, now, viewer=None)
    _ = Translator.of(someone.speaks, municipality.zone)
    made = document(_, someone, found, owed=municipality.facts, made_at=now)
    data = json.dumps(_data(_, someone, found, municipality, now), ensure_ascii=False, indent=2)
    return Export(
        page=page_of(made),
        data=data.encode(),
        person_id=someone.id,
        entries=len(found.entries),
        reads=len(found.read_by) + len(found.has_read),
        withheld=kept_to_authors(uow, someone.id, now),
    )


def note(uow: UnitOfWork, found: Export, *, by_id: UUID | None, case: str, now: datetime) -> None:
    """I33: to write everything out is to read all of it, which the person concerned gets to see."""
    note_export(
        uow,
        concerns_id=found.person_id,
        by_id=by_id,
        case=case,
        records=found.entries,
        at=now,
    )


def _data(
    _: Translator, someone: Person, found: Everything, municipality: Municipality, now: datetime
) -> dict[str, Any]:
    owed = municipality.facts
    return {
        "made_at": now.isoformat(),
        "controller": owed.controller,
        "purpose": owed.purpose,
        "legal_basis": owed.basis,
        "recipients": owed.recipients,
        "storage": owed.storage,
        "contact": owed.contact,
        "protection_officer": owed.protection_officer,
        "person": {"id": str(someone.id), "name": someone.name, "email": someone.email},
        "roles": [plain(each) for each in found.posts],
        "records": [
            {
                "kind": each.kind.value,
                "table": each.table,
                "id": str(each.id) if each.id else None,
                "your_part": each.part.value,
                "at": plain(each.at),
                "source": each.author or "the municipality's list and Microsoft Teams",
                "institution": each.place,
                "recipients": [relation.value for relation in readers_of(each.record)],
                "texts": [
                    {"question": question_of(_, each.table, text.name) or None, "text": text.words}
                    for text in each.texts
                ],
                "content": each.facts,
            }
            for each in found.entries
        ],
        "read_by": [_reading(each) for each in found.read_by],
        "has_read": [_reading(each) for each in found.has_read],
    }


def _reading(each: Reading) -> dict[str, Any]:
    return {
        "at": each.at.isoformat(),
        "reader": each.reader,
        "concerns": each.concerns,
        "record": each.record.value,
        "institution": each.place,
    }
