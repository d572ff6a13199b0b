"""Brings institutions, people, themes, dialogues and key figures in from CSV files: all of them, or nothing.

Every file is read and checked first, each against what the others say and what is there already. Only when
nothing at all is wrong is anything written.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from storage.importing.dialogues import take_dialogues
from storage.importing.figures import take_figures
from storage.importing.intake import Intake
from storage.importing.layout import DIALOGUES, FILES, INSTITUTIONS, KEY_FIGURES, PEOPLE, THEMES, Layout
from storage.importing.names import nearest
from storage.importing.organisation import take_institutions
from storage.importing.people import take_people
from storage.importing.politics import take_themes
from storage.importing.problems import ImportProblem, ImportProblems
from storage.importing.report import Counts, ImportReport, Progress
from storage.importing.sheet import Sheet
from storage.unit_of_work import UnitOfWork

__all__ = ["Counts", "ImportProblem", "ImportProblems", "ImportReport", "Progress", "import_folder"]

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_ADVISORY_LOCK = 4_712_2026


def import_folder(
    uow: UnitOfWork,
    folder: Path,
    *,
    now: datetime,
    progress: Progress,
    zone: ZoneInfo = COPENHAGEN,
    ending: int | None = 0,
) -> ImportReport:
    """Imports the files that the folder has, and says what became of them; any of the five may be missing.

    Where a list lacks more than a few of those in force, and more than a tenth, it is refused as cut short: `ending` is
    how many are known to end, None however many there are.

    Raises `ImportProblems` with all that is to be corrected; let it pass, so that everything is undone.
    """
    if uow.dialect == "postgresql":
        uow.session.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    with _nothing_looked_through():
        return _imported(Intake(uow=uow, now=now, zone=zone, progress=progress), folder, ending)


@contextmanager
def _nothing_looked_through() -> Iterator[None]:
    """Python looks through all there is for rubbish as it grows, and finds none: a quarter of what an import takes."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _imported(intake: Intake, folder: Path, ending: int | None) -> ImportReport:
    paths = _paths(intake, folder)

    def sheet(layout: Layout) -> Sheet | None:
        path = paths.get(layout.file)
        return Sheet(path, layout, intake.findings, intake.progress) if path else None

    with intake.uow.session.no_autoflush:
        take_institutions(intake, sheet(INSTITUTIONS))
        if people := sheet(PEOPLE):
            take_people(intake, people)
        take_themes(intake, sheet(THEMES))
        if dialogues := sheet(DIALOGUES):
            take_dialogues(intake, dialogues)
        if figures := sheet(KEY_FIGURES):
            take_figures(intake, figures)
    intake.findings.raise_any([layout.file for layout in FILES])
    if ending is not None:
        intake.refuse_endings(ending)
        intake.findings.raise_any([layout.file for layout in FILES])
    intake.write()
    return intake.report


def _paths(intake: Intake, folder: Path) -> dict[str, Path]:
    """The files by their names; a CSV file that is none of them is a slip, and told."""
    if not folder.is_dir():
        intake.findings.add(str(folder), 0, "", "is no folder")
        intake.findings.raise_any([])
    known = [layout.file for layout in FILES]
    paths: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.suffix.casefold() != ".csv":
            continue
        name = path.name.casefold()
        if name in known:
            paths[name] = path
        else:
            intake.findings.add(path.name, 0, "", f"is none of {', '.join(known)}{nearest(name, known)}")
    if not paths and not intake.findings.problems:
        intake.findings.add(str(folder), 0, "", f"has none of {', '.join(known)}")
    if not paths:
        intake.findings.raise_any(known)
    return paths
