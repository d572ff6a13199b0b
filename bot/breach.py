"""The breach kit: what a notification to the Danish Data Protection Agency has to tell, as CSV and a page."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from errno import EEXIST
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.named import person_named, place_named
from cards.document import Document, Facts, Paragraph, Section, Table
from cards.document.html import write as page_of
from domain.my_data import Reading
from storage.breach import could_see, had_a_part, kept_of, met_in_one_on_ones, places_of, reads_about, reads_by
from storage.unit_of_work import UnitOfWork

PAGE = "brud.html"
LEFT_OUT = (
    "Notater fra 1:1 hører til to personer og ikke til en institution. Hvor mange der er, og hvem der kunne have set "
    "dem, står derfor ikke her. Lav også materialet for hver af de berørte personer."
)
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Kit:
    """The files by their names."""

    files: Mapping[str, bytes] = field(repr=False)
    counts: Mapping[str, int] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """All files, for their owner's eyes.

        Raises OSError where they cannot be made, or where an earlier kit stands, of whomever it is: none is written
        over, and no table of one case comes to lie beside those of another.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in (*(f"{table}.csv" for table in TITLES), PAGE):
            if (folder / name).exists():
                raise FileExistsError(EEXIST, "an earlier kit is there; choose another folder", str(folder / name))
        for name, content in self.files.items():
            file = folder / name
            file.touch(mode=0o600)
            file.write_bytes(content)


def kit_of(
    uow: UnitOfWork,
    *,
    email: str | None,
    institution: str | None,
    first: date,
    last: date,
    now: datetime,
    zone: ZoneInfo,
) -> Kit:
    """Who could have seen, and who did read what, about the person or the institution in the span, both days included.

    Of a person also what their own account has read, for an account that somebody else has used. Of an institution
    there are no 1:1 notes, which belong to two people, and the page says so. Raises `Unknown` where there is no such
    person or institution.
    """
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    someone = person_named(uow, email) if email else None
    if someone is not None:
        places, about = places_of(uow, someone.id), f"{someone.name} <{someone.email}>"
    else:
        where = place_named(uow, institution or "")
        places, about = [where], where.name
    person_id = someone.id if someone else None
    access = [
        (each.who, each.email, each.role.value, each.place, f"{each.from_on}", f"{each.to_on}", _all(each.records))
        for each in (*could_see(uow, places, first, last), *had_a_part(uow, places, first, last))
    ]
    pairs = met_in_one_on_ones(uow, person_id, start, end) if person_id else []
    access += [(name, mail, "1:1", "", f"{first}", f"{last}", "1:1 note") for name, mail in pairs]
    kept = [(kind, str(count)) for kind, count in kept_of(uow, places, person_id)]
    tables = {
        "could-see": (("name", "email", "role", "institution", "from", "to", "records"), access),
        "read": (_READ, _rows(reads_about(uow, places, person_id, start, end), zone)),
        "kept": (("kind", "records"), kept),
    }
    if person_id:
        tables["read-by-account"] = (_READ, _rows(reads_by(uow, person_id, start, end), zone))
    page = _page(about, tables, first, last, now)
    files = {f"{name}.csv": _csv(head, rows) for name, (head, rows) in tables.items()}
    return Kit({**files, PAGE: page_of(page)}, {name: len(rows) for name, (_head, rows) in tables.items()})


_READ = ("at", "reader", "concerns", "record", "institution")
Rows = Sequence[tuple[str, ...]]
TITLES = {
    "could-see": "Hvem kunne have set det",
    "read": "Hvem har læst hvad",
    "kept": "Hvad der er gemt",
    "read-by-account": "Hvad personens egen konto har læst",
}


def _page(
    about: str, tables: Mapping[str, tuple[tuple[str, ...], Rows]], first: date, last: date, now: datetime
) -> Document:
    sections = []
    for name, (head, rows) in tables.items():
        share = 100 // len(head)
        table = Table(head, tuple(rows), (share,) * len(head)) if rows else Paragraph("Intet er registreret.")
        sections.append(Section(TITLES[name], (table,)))
    return Document(
        title="Brud på persondatasikkerheden",
        lines=(about, f"{first} til {last}"),
        parts=(
            Facts(
                (
                    ("Dannet", f"{now:%Y-%m-%d %H:%M} UTC"),
                    ("Frist", "Anmeldes til Datatilsynet senest 72 timer efter, at bruddet er opdaget (artikel 33)."),
                )
            ),
            Paragraph(
                "Læsninger er noteret for notater fra 1:1, tilbagemeldinger på observationer og svar om et tilbud. "
                "For alt andet siger listen, hvem der kunne have set det efter reglerne for adgang."
            ),
            *([] if "read-by-account" in tables else [Paragraph(LEFT_OUT)]),
            *sections,
        ),
        footer="Kun til sagen om bruddet",
        numbering="",
        language="da",
        made_at=now,
    )


def _rows(readings: Iterable[Reading], zone: ZoneInfo) -> Rows:
    return [
        (f"{each.at.astimezone(zone):%Y-%m-%d %H:%M}", each.reader, each.concerns, each.record.value, each.place)
        for each in readings
    ]


def _all(records: Iterable[str]) -> str:
    return ", ".join(str(each.value) if hasattr(each, "value") else each for each in records)


def _csv(head: tuple[str, ...], rows: Rows) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    # With a mark at its start a spreadsheet reads æ, ø and å as they are.
    return made.getvalue().encode("utf-8-sig")
