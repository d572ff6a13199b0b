"""No card of an answer is larger than Teams takes, however many years there are and however much was written."""

import json
import re
from copy import copy
from dataclasses import replace

import pytest
from sqlalchemy import update

from cards import political_report, political_theme, saved_summary_page, summary
from cards.fitting import AT_MOST, Room, fitted, size_of
from cards.kit import Card
from cards.language import Translator
from cards.supervision import lines_of
from domain.data_package import KeyFigure
from domain.focus_area import FocusArea
from domain.organisation import Language
from domain.printed import Line
from domain.supervision import Section
from storage.cycle import theme
from storage.data_package import key_figure
from storage.database import Database
from storage.focus_area import focus_area
from storage.organisation import area, institution, person
from storage.unit_of_work import UnitOfWork
from tests import ten_years
from tests.cards import municipality as made
from tests.cards import political_examples, saved_examples
from tests.cards.supervision_examples import bounds, found
from tests.every_answer import cases
from tests.ten_years import NOW, Municipality
from tests.town import COPENHAGEN, buttons, parts, words

LONG = "Børnene fandt æbler på vejen, og vi så på dem længe. " * 18
NAME = "Åløkkeskolens børnehave på Æblevænget ved søen og den lange røde gærdesmutte"
DANISH = Translator.of(Language.DANISH, COPENHAGEN)


@pytest.fixture
def town(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Municipality:
    """Ten years of a few institutions where everybody has written as much as there is room for."""
    monkeypatch.setattr(ten_years, "TEXT", LONG)
    town = Municipality(database_url, institutions=16, half_years=20)
    town.fill()
    return town


def _long_names(uow: UnitOfWork) -> None:
    for column in (institution.c.name, person.c.name, area.c.name, theme.c.title, focus_area.c.title):
        uow.session.execute(update(column.table).values({column.key: column + " " + NAME[: 79 - 16]}))
    uow.session.execute(update(key_figure).values(indicator=key_figure.c.indicator + " " + NAME, source=NAME))


async def test_every_answer_can_be_sent_after_ten_years_of_long_texts(town: Municipality) -> None:
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()
    await database.write(_long_names)
    sizes = {}
    for case in await cases(database, town, NOW):
        sent = await database.rehearse(lambda uow, case=case: case.card(uow, NOW))  # type: ignore[misc]
        sizes[case.intent, case.scope, case.span] = size_of(json.loads(sent))
    await database.close()
    assert not {case: size for case, size in sizes.items() if size > AT_MOST}
    assert max(sizes.values()) > AT_MOST / 2, "no more is left out than must be"


def test_a_summary_with_too_much_says_how_much_is_left_out() -> None:
    """All seven sections stay, the numbers are those of the sources, and what is not shown is told."""
    about = found(LONG)
    facts = [replace(about.focus_areas.facts[0], area=_area(number)) for number in range(60)]
    full = replace(about, focus_areas=replace(about.focus_areas, facts=facts, total=70))
    card = summary.show(DANISH, summary.Sheet(summary=full, bounds=bounds(full.scope), as_of=NOW))
    headings = [each["text"] for each in parts(card) if each.get("style") == "heading"]
    assert size_of(card) <= AT_MOST
    assert len(headings) == 8
    shown = [number for number in range(60) if f"Område nr. {number:02}" in words(card)]
    assert shown == list(range(len(shown)))
    assert f"og {70 - len(shown)} til – afgræns for at se dem" in words(card)


def _area(number: int) -> FocusArea:
    area = made.focus_area(LONG)
    area.id, area.title = made.uid(5000 + number), f"Område nr. {number:02} {NAME[:60]}"
    return area


def test_a_saved_summary_has_as_many_pages_as_it_takes() -> None:
    """Hundreds of figures of one theme, and every leader's remark as long as it may be; no line is lost."""
    about = found(LONG)
    one = about.data[0].figures[0]
    figures = [replace(one, figure=_figure(one.figure, number)) for number in range(300)]
    full = replace(about, data=[replace(about.data[0], figures=figures), *about.data[1:]])
    kept = saved_examples._summary(DANISH, LONG)
    kept.lines = tuple(lines_of(DANISH, full, most_figures=999))
    remarks = [(saved_examples._remark((LONG + LONG)[:1_000], 951 + each), made.leader()) for each in range(15)]
    sheet = saved_examples._sheet(kept, answers=remarks)
    pages = [saved_summary_page.show(DANISH, sheet, page) for page in range(40)]
    assert max(size_of(each) for each in pages) <= AT_MOST
    told = " ".join(words(each) for each in pages)
    assert all(f"Indikator nr. {number:03}" in told for number in range(300))
    assert sum(words(each).count(remarks[0][0].remark[:60]) for each in pages[:5]) >= 15
    assert "intet registreret" not in told
    hers = saved_examples._sheet(kept, as_chief=False)
    number = int(re.findall(r"Side 1 af (\d+)", words(saved_summary_page.show(DANISH, hers)))[0])
    fits = ["Det passer" in buttons(saved_summary_page.show(DANISH, hers, page)) for page in range(number)]
    assert fits == [False] * (number - 1) + [True], "what is right has been seen to its end"


def _figure(figure: KeyFigure, number: int) -> KeyFigure:
    made_one = copy(figure)
    made_one.id, made_one.indicator = made.uid(6000 + number), f"Indikator nr. {number:03} {NAME}"
    return made_one


def test_a_card_whose_words_are_cut_anyhow_is_drawn_no_more_often_for_them() -> None:
    lines = [Line(section=Section.DATA, lead="Indsats", quote=LONG) for _ in range(220)]

    def drawn(room: Room) -> Card:
        rooms.append(room)
        return {"body": [room.line(each).quote for each in shown(room)]}

    def shown(room: Room) -> list[Line]:
        return lines[: room.lines * 20]

    rooms: list[Room] = []
    assert size_of(fitted(drawn, shown)) <= AT_MOST
    assert len(rooms) == 2


@pytest.mark.parametrize("wrote", [LONG, "ja\n" * 330])
def test_r25_what_networks_say_is_shortened_where_a_card_cannot_hold_it(wrote: str) -> None:
    """R-25: "printed beside the figures"; in the report's files it stands in full."""
    content = political_examples.content(wrote)
    given = content.statements[0]
    many = replace(content, statements=tuple([given] * 12))
    sheet = political_examples.sheet(many)
    theme_evidence = many.evidence.themes[0]
    for card in (political_report.show(DANISH, sheet), political_theme.show_theme(DANISH, sheet, theme_evidence)):
        assert size_of(card) <= AT_MOST
