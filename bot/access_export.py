"""A request for access, answered: everything about and by one person, as a page to read and as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cards.document.html import write as page_of
from cards.language import Translator
from cards.my_data import document
from domain.kept import Kind, readers_of
from domain.municipality import Municipality
from domain.my_data import Everything, Reading
from domain.organisation import Person
from storage.database import UnitOfWork
from storage.my_data import everything_about, kept_to_authors, plain
from storage.organisation import person_with_email

PAGE, DATA = "mine-data.html", "mine-data.json"


@dataclass(frozen=True, kw_only=True)
class Export:
    """Both files, how much is in them, and how much is not, since it is for its author alone."""

    page: bytes = field(repr=False)
    data: bytes = field(repr=False)
    entries: int
    reads: int
    withheld: Mapping[Kind, int]

    def write(self, folder: Path) -> None:
        """Both files for their owner's eyes; a file that is there already is replaced."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, content in ((PAGE, self.page), (DATA, self.data)):
            file = folder / name
            file.touch(mode=0o600, exist_ok=True)
            file.chmod(0o600)
            file.write_bytes(content)


def export_of(uow: UnitOfWork, email: str, *, now: datetime, municipality: Municipality) -> Export | None:
    """Everything about the person, also of roles that have ended; None where nobody has that e-mail."""
    someone = person_with_email(uow, email)
    if someone is None:
        return None
    found = everything_about(uow, someone, now, viewer=None)
    _ = Translator.of(someone.speaks, municipality.zone)
    made = document(_, someone, found, owed=municipality.facts, made_at=now)
    data = json.dumps(_data(someone, found, municipality, now), ensure_ascii=False, indent=2)
    return Export(
        page=page_of(made),
        data=data.encode(),
        entries=len(found.entries),
        reads=len(found.read_by) + len(found.has_read),
        withheld=kept_to_authors(uow, someone.id, now),
    )


def _data(someone: Person, found: Everything, municipality: Municipality, now: datetime) -> dict[str, Any]:
    owed = municipality.facts
    return {
        "made_at": now.isoformat(),
        "controller": owed.controller,
        "purpose": owed.purpose,
        "legal_basis": owed.basis,
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
                "recipients": [relation.value for relation in readers_of(each.kind)],
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
