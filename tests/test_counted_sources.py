"""I25 of what is counted: a number is that of the sources behind it, however little of it a card has room for."""

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO

import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cards.fitting import AT_MOST, size_of
from cards.kit import Card
from cards.language import Translator
from cards.numbered import Numbered
from cards.scope import Narrowing, carry
from cards.source import Back, SourceForm
from cards.supervision import lines_of
from dialogs import BUTTONS, FILES, source
from dialogs.scope import scope_of
from dialogs.summary import RECORD
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.errors import Refusal
from domain.organisation import Language
from domain.printed import Line, Side
from domain.scope import Bounds
from domain.supervision import Section
from storage.cycle import theme
from storage.database import Database
from storage.organisation import person_with_id
from storage.summary import keep_bounds
from storage.unit_of_work import UnitOfWork
from tests.ten_years import LAST, NOW, Municipality
from tests.test_answer_sources import listed_sources
from tests.test_document import text_of_pdf
from tests.town import MUNICIPALITY, parts, words

# One saved summary is no answer, and of a 1:1 nothing is counted.
ANSWERS = [name for name in source.ANSWERS if name not in ("saved_summary", "one_on_one_recap")]
# What these count is told by the records themselves, each of which is one source.
BY_RECORD = ("dialogue_overview", "agreement_overview")
# The administration asks for neither.
OF_SUPERVISION = ("summary", "agreement_overview")
NUMBERS = re.compile(r"\[(\d+)(?:–(\d+))?\]")
RECORDS = "Tilbuddets registreringer"
FOOTER = re.compile(r"Bygger på ([\d.]+) kilder?(?:, senest(?: fra)? (\d+\. \w+ \d{4}))?\.")
NO_LINE = re.compile(r"og [\d.]+ (?:flere|til)|Der mangler ikke noget|Perioden begynder")
DAY = re.compile(r"\d+\. \w+ \d{4}")


@pytest.fixture
def town(database_url: str) -> Municipality:
    """Six institutions and two years of them: of most things more than a card has room for."""
    town = Municipality(database_url, institutions=6, half_years=4)
    town.fill()
    return town


def counted(line: Line) -> int:
    """How many the words of a line say that there are: `2 af 4 er holdt: 1 planlagt · 3 opsamlet` are four."""
    said = (line.rest or line.lead).rsplit(": ", 1)[-1]
    return sum(int(each) for each in re.findall(r"\d+", said))


def behind(line: Line) -> int:
    """How many sources a line has; of the local priorities, which are told by place, how many places they are of."""
    refs = (*line.sources, *line.traced)
    return len({ref.institution_id for ref in refs}) if "tilbud" in line.rest else len(refs)


def printed_rows(card: Card) -> list[str]:
    """The words of each line that the card prints, with what stands below it."""
    rows = [each["items"] for each in parts(card) if each.get("type") == "Container" and each.get("spacing") == "Small"]
    return [
        "".join(run["text"] for block in row for run in block["inlines"])
        for row in rows
        if {block["type"] for block in row} == {"RichTextBlock"}
    ]


def said_to_lack(card: Card) -> list[str]:
    """All that stands below *Mangler* and says of something that it is not there, a line of the summary or not."""
    body = [words({"body": [element]}).strip() for element in card["body"]]
    if "Mangler" not in body:
        return []
    below = body[body.index("Mangler") + 1 :]
    stop = next(place for place, each in enumerate(below) if "ingen vurdering" in each)
    return [each for each in below[:stop] if each and not NO_LINE.match(each)]


async def test_a_count_is_the_same_on_the_card_and_in_the_file_and_all_that_it_counts_is_listed(
    town: Municipality,
) -> None:
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()

    def look(uow: UnitOfWork) -> None:
        turn = Turn.of(person_with_id(uow, town.chief), uow, NOW, MUNICIPALITY)
        for places in ((), tuple(town.institutions[:1])):
            bounds = Bounds(institution_ids=places, first=LAST.previous, last=LAST)
            scope = scope_of(turn, bounds, RECORD)

            def lines(most: int, *, is_traced: bool = False) -> Sequence[Line]:
                found = summary_of(turn, scope, most=most, is_traced=is_traced)  # noqa: B023
                return [each for each in lines_of(turn._, found) if each.is_count and each.side is not Side.FIGURES]

            card = BUTTONS["summary.open"].handle(turn, Narrowing(bounds=bounds))
            drawn = [each for element in card["body"] for each in element.get("items", ()) if "yMax" in each]
            counting = next(each.rest for each in lines(4) if each.section is Section.FOCUS_AREAS)
            # A chart is left out before a line is, where a card is full.
            for chart in drawn[:1]:
                told = [str(row["y"]) for row in chart["data"]]
                assert re.findall(r"(\d+) ", counting.partition(": ")[2]) == told
            assert drawn or not places
            assert size_of(card) <= AT_MOST
            said = [(each.section, each.theme, each.lead, each.rest) for each in lines(4)]
            assert said == [(each.section, each.theme, each.lead, each.rest) for each in lines(200)]
            assert any("tilbagemeldinger" in rest for *_about, rest in said)
            for line in (*lines(4, is_traced=True), *lines(200)):
                assert counted(line) == behind(line), line
                assert not line.unseen

    await database.write(look)
    await database.close()


async def test_i25_whatever_is_asked_the_sources_that_an_answer_names_are_those_that_it_lists(
    town: Municipality,
) -> None:
    """Over readers, answers, institutions, half-years, themes and what is new: each line has sources and prints their
    numbers, the footer says how many and from when the newest is, the card's numbers are the list's, and any opens."""
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()
    months = [Translator.of(Language.DANISH).date(NOW.replace(month=each).date()).split()[1] for each in range(1, 13)]

    def key(shown: str) -> tuple[int, int, int]:
        number, month, year = shown.split()
        return int(year), months.index(month), int(number.rstrip("."))

    def look(uow: UnitOfWork) -> None:
        themes = list(uow.session.scalars(select(theme.c.id)))

        @settings(
            max_examples=80,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=[Phase.generate],
        )
        @given(st.data())
        def whatever(data: st.DataObject) -> None:
            asker = data.draw(st.sampled_from([town.chief, town.leaders[0], town.administration]))
            name = data.draw(st.sampled_from(ANSWERS))
            half_years = sorted(data.draw(st.lists(st.sampled_from(town.half_years), min_size=1, max_size=2)))
            bounds = Bounds(
                institution_ids=tuple(data.draw(st.lists(st.sampled_from(town.institutions), max_size=2, unique=True))),
                first=half_years[0],
                last=half_years[-1],
                theme_id=data.draw(st.sampled_from([None, None, *themes])),
                since=data.draw(st.sampled_from([None, None, NOW.replace(month=4)])),
            )
            turn = Turn.of(person_with_id(uow, asker), uow, NOW, MUNICIPALITY)
            try:
                card = BUTTONS[f"{name}.open"].handle(turn, Narrowing(bounds=bounds))
                found = source.ANSWERS[name](turn, bounds)
            except Refusal:
                return
            shown, rows = words(card), printed_rows(card)
            assert bool(rows) == bool(found.lines)
            for row in (*rows, *(said_to_lack(card) if name == "summary" else ())):
                assert NUMBERS.search(row) or "[…]" in row, row
            numbered = Numbered(found.lines)
            for line in found.lines:
                assert re.search(r"\[\d", numbered.of(line)), line
                assert not (line.is_count and line.unseen), line
                if line.is_count and name in BY_RECORD:
                    assert counted(line) == behind(line), line
            listed = listed_sources(turn, name, bounds)
            footer = FOOTER.search(shown)
            assert (footer is not None) == bool(listed)
            if footer is None:
                return
            assert int(footer[1].replace(".", "")) == len(listed) == len(numbered.refs)
            days = [key(at[-1]) for each in listed if "planlagt til" not in each and (at := DAY.findall(each))]
            assert footer[2] is None or key(footer[2]) == max(days)
            ref, _line = data.draw(st.sampled_from(numbered.refs))
            form = SourceForm(kind=ref.kind, id=ref.id, back=Back(answer=name, bounds=bounds))
            assert "Kilden kan ikke åbnes" not in words(source.open_it(turn, form))

        whatever()

    await database.write(look)
    await database.close()


def cited(words: str) -> set[int]:
    """The numbers of the sources that stand after a line: `[3]`, or `[5–12]` for all of those."""
    return {each for first, last in NUMBERS.findall(words) for each in range(int(first), int(last or first) + 1)}


def told_apart(listed: str) -> tuple[str, str, str]:
    """What a source is, where and from when; in between stands what it is called, where a line of its own says so."""
    kind, place, *_title, day = NUMBERS.sub("", listed).strip().split(" · ")
    return kind, place, day


def tables_of(word: bytes) -> list[list[list[str]]]:
    """The words of each cell, as they stand in the file: python-docx would look up each row of it anew."""
    return [
        [
            ["".join(words.text or "" for words in cell.iter(qn("w:t"))) for cell in row.tc_lst]
            for row in table._tbl.tr_lst
        ]
        for table in Word(BytesIO(word)).tables
    ]


async def test_i25_in_a_file_too_each_line_has_sources_and_they_are_those_that_the_reader_opens_from_the_card(
    town: Municipality,
) -> None:
    database = Database(town.url.render_as_string(hide_password=False))
    await database.start()

    def look(uow: UnitOfWork) -> None:
        several, one = tuple(town.institutions[:2]), tuple(town.institutions[:1])
        readers = [(town.chief, several), (town.leaders[0], one), (town.administration, one)]
        # They are made alike of whatever is kept anywhere: each answer is asked for once, of one of the databases.
        for number in range(0 if database.dialect == "sqlite" else 1, len(ANSWERS), 2):
            name = ANSWERS[number]
            asker, places = readers[number % (2 if name in OF_SUPERVISION else 3)]
            bounds = Bounds(institution_ids=places, first=LAST, last=LAST)
            turn = Turn.of(person_with_id(uow, asker), uow, NOW, MUNICIPALITY)
            listed = listed_sources(turn, name, bounds)
            assert listed, name
            kept = keep_bounds(uow, turn.person, carry(bounds), at=NOW)
            *told, sources = tables_of(FILES[f"{name}.word"](turn, kept).content())
            rows = sources[1:]
            found = Counter(told_apart(f"{words} · {day}") for _number, words, day in rows)
            # What an institution has registered stands behind what lacks, of which a card has room for less.
            others = Counter(map(told_apart, listed)) - found
            assert not others, (name, others)
            assert {kind for kind, *_rest in found - Counter(map(told_apart, listed))} <= {RECORDS}, name
            numbers = cited(" ".join(number for number, *_rest in rows))
            assert numbers == set(range(1, len(rows) + 1)), name
            # In three columns the last one has the numbers; of figures beside what was told, each one.
            cells = [cell for table in told for row in table[1:] for cell in (row[-1:] if len(row) > 2 else row)]
            lines = [cell for cell in cells if cell not in ("", "Der er ikke registreret noget.")]
            assert all(map(cited, lines)), (name, lines)
            assert set().union(*map(cited, lines)) <= numbers, name
            if name == "summary":
                made = Word(BytesIO(FILES["summary.word"](turn, kept).content()))
                assert not [each.text for each in made.paragraphs if "registreret" in each.text]
            if name in ("summary", "decision_list"):
                text = text_of_pdf(FILES[f"{name}.pdf"](turn, kept).content())
                assert cited(text) == numbers, name

    await database.write(look)
    await database.close()
