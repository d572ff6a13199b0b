"""What a municipality shows of its access rules, and tells of a breach."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.breach import LEFT_OUT, PAGE, Kit, kit_of
from bot.roles import matrix
from bot.terminal import Unknown
from cards.document.html import STYLE
from domain.access import POLICY, Relation
from storage.database import Database
from tests.pair import AFTER, birgit, mette, plans, shares, town  # noqa: F401
from tests.town import COPENHAGEN, Someone, Town

ROOT = Path(__file__).parent.parent


def test_the_page_on_who_may_see_what_is_the_policy() -> None:
    page = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert page == matrix(), "write it anew: laeringsbot roles > docs/roles.md"
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(rows) == len(POLICY) + 2
    assert all(row.count("|") == len(Relation) + 2 for row in rows)


def test_the_accessibility_statement_says_what_is_not_accessible_and_where_to_complain() -> None:
    page = (ROOT / "docs" / "tilgaengelighed.md").read_text(encoding="utf-8")
    for heading in ("## Overensstemmelsesstatus", "## Det, der ikke er tilgængeligt", "## Kontakt og klage"):
        assert heading in page
    assert "Digitaliseringsstyrelsen" in page


def test_a_page_has_ink_that_can_be_read_in_both_themes() -> None:
    light, dark = (part.split("}")[0] for part in STYLE.split("--ink: ")[1:])
    for theme in ("--ink: " + light, "--ink: " + dark):
        colours = dict(each.strip().split(": ") for each in theme.split(";") if ": " in each)
        paper = colours["--paper"]
        assert (
            min(
                contrast(colours[ink], ground) for ink in ("--ink", "--quiet") for ground in (paper, colours["--shade"])
            )
            >= 7
        )


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        digits = colour.strip().lstrip("#")
        pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]
        parts = [int(pair, 16) / 255 for pair in pairs]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


async def kit(database: Database, first: date, last: date, email: str | None = None, place: str | None = None) -> Kit:
    return await database.read(
        lambda uow: kit_of(uow, email=email, institution=place, first=first, last=last, now=AFTER, zone=COPENHAGEN)
    )


def rows(made: Kit, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.files[f"{name}.csv"].decode("utf-8-sig")), delimiter=";"))[1:]


async def test_a_breach_tells_who_could_have_seen_and_who_did(
    birgit: Someone,  # noqa: F811
    mette: Someone,  # noqa: F811
    database: Database,
    tmp_path: Path,
) -> None:
    await plans(birgit)
    await shares(birgit)
    mette.now = birgit.now
    await mette.says("notat")
    day = birgit.now.date()
    made = await kit(database, day, day, place="Elmeskolen")
    could = {row[0]: row[6] for row in rows(made, "could-see")}
    assert "decision" in could["Birgit Dam"]
    assert "decision" in could["Mette Holm"]
    assert "Ole Toft" not in could
    assert [row[1:4] for row in rows(made, "read")] == [["Mette Holm", "Birgit Dam", "1:1 note"]]
    earlier = await kit(database, day - timedelta(days=9), day - timedelta(days=1), place="Elmeskolen")
    assert rows(earlier, "read") == []
    of_chief = await kit(database, day, day, email=birgit.who.email)
    assert [row[1] for row in rows(of_chief, "read")] == ["Mette Holm"]
    assert ["Mette Holm", "1:1"] in [[row[0], row[2]] for row in rows(of_chief, "could-see")]
    of_leader = await kit(database, day, day, email=mette.who.email)
    assert [row[2] for row in rows(of_leader, "read-by-account")] == ["Birgit Dam"]
    of_leader.write(tmp_path / "brud")
    page = (tmp_path / "brud" / "brud.html").read_text(encoding="utf-8")
    assert "72 timer" in page
    assert "Mette Holm" in page
    assert (LEFT_OUT in page, LEFT_OUT in made.files[PAGE].decode()) == (False, True)
    assert (tmp_path / "brud" / "read.csv").stat().st_mode & 0o077 == 0


async def test_no_cell_of_a_breach_is_a_formula(database: Database, town: Town) -> None:  # noqa: F811
    town.leader.name = "=HYPERLINK(1)"
    await database.write(town.build)
    made = await kit(database, AFTER.date(), AFTER.date(), place="Elmeskolen")
    assert "'=HYPERLINK(1)" in [row[0] for row in rows(made, "could-see")]


async def test_nobody_and_no_institution_by_that_name_are_told(database: Database, town: Town) -> None:  # noqa: F811
    await database.write(town.build)
    for of in ({"email": "x@y.example"}, {"place": "Månebasen"}):
        with pytest.raises(Unknown):
            await kit(database, AFTER.date(), AFTER.date(), **of)
