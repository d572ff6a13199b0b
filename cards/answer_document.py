"""An answer as a document to keep or hand on: what the card says, every line of it, and where each is from."""

from dataclasses import dataclass, field
from datetime import datetime

from cards import chart
from cards.answer import Answer, Part, misfit, understood
from cards.document import PAGE, PAGES, Document, Paragraph
from cards.document import Part as Piece
from cards.document import Section as Chapter
from cards.language import Translator
from cards.more import rest_words
from cards.numbered import Numbered
from cards.scope import period_words
from cards.summary_document import sources, table


@dataclass(frozen=True, kw_only=True)
class AnswerPaper:
    """The answer with all its lines, and who made a document of it when."""

    answer: Answer = field(repr=False)
    made_at: datetime
    made_by: str


def document(_: Translator, made: AnswerPaper) -> Document:
    """The parts in their order with numbered lines, what is to be said of them, and the list of sources."""
    answer = made.answer
    lines = answer.listed.lines
    numbered, number = Numbered(lines), {id(line): place for place, line in enumerate(lines, start=1)}
    places = {where.id: where.name for where in answer.scope.institutions}
    about = understood(_, answer)
    first = [_("An extract, not an assessment."), misfit(_, answer.scope)]
    chapters: list[Piece] = []
    for part in answer.parts:
        inner = _inner(_, part, numbered, number)
        if not inner:
            continue
        chapters += [Chapter(title, tuple(inner))] if (title := part.title or part.lead) else inner
    return Document(
        title=answer.title,
        lines=(
            about,
            _("Made on %(day)s by %(who)s", day=_.date(made.made_at), who=made.made_by),
            _("Seen by: %(who)s", who=_("only you, until you share it")),
        ),
        parts=(
            Paragraph(" ".join(filter(None, first))),
            *chapters,
            *[Paragraph(each) for each in answer.hints],
            *sources(_, numbered, places, period_words(_, answer.scope), made.made_at),
        ),
        footer=f"{answer.title} · {about}",
        numbering=_("Page %(page)s of %(pages)s", page=PAGE, pages=PAGES),
        language=_.language,
        made_at=made.made_at,
    )


def file_name(_: Translator, made: AnswerPaper) -> str:
    """Beslutninger, Elmeskolen, forår 2026"""
    about = ", ".join(understood(_, made.answer).split(" · "))
    return f"{made.answer.title}, {about}"


def _inner(_: Translator, part: Part, numbered: Numbered, number: dict[int, int]) -> list[Piece]:
    """What stands below the heading: how many there are, what a chart draws in numbers, and the lines."""
    found: list[Piece] = []
    if part.title and part.lead:
        found.append(Paragraph(part.lead))
    found += [Paragraph("\n".join(told), title) for title, told in map(chart.told, part.drawn) if told]
    if told := [*part.counted, *part.lines]:
        found.append(table(_, told, numbered, number))
    elif part.nothing:
        found.append(Paragraph(part.nothing))
    if part.more > 0:
        found.append(Paragraph(rest_words(_, part.more)))
    return found
