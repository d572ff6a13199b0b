"""What is handed over to the journal: the decisions of a closed dialogue as a document, and the words about it all."""

from datetime import datetime

from cards.decision import Sheet
from cards.decision_minutes import board_line, facts_of, kind_of
from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section
from cards.language import Translator
from cards.layout import Element
from cards.parts import note
from cards.priority import priority_line
from cards.reflection import PARTICIPANTS
from cards.words import dialogue_name, signed
from domain.journal import JournalEntry, JournalKind
from domain.preparation import Source
from domain.reflection import Reflection


def journal_words(_: Translator, entry: JournalEntry) -> str:
    """22. april 2026, 26/10442"""
    assert entry.delivered_at is not None
    return f"{_.date(entry.delivered_at)}, {entry.reference}"


def journal_note(_: Translator, entry: JournalEntry) -> Element:
    """Said on the card of what stands in the journal."""
    assert entry.delivered_at is not None
    words = _("Journalised on %(day)s as %(name)s.", day=_.date(entry.delivered_at), name=entry.reference)
    return note(words, sign="CheckmarkCircle")


def document_type(_: Translator, kind: JournalKind) -> str:
    return _("Supervision summary") if kind is JournalKind.SUMMARY else _("Decisions in a learning dialogue")


def decisions_title(_: Translator, sheet: Sheet) -> str:
    """Beslutninger, Elmeskolen, Læringssamtale 2 af 4, 21. april 2026"""
    where, about = sheet.institution, sheet.dialogue
    return ", ".join((_("Decisions"), where.name, dialogue_name(_, about), _.date(about.starts_at)))


def decisions_document(_: Translator, sheet: Sheet, reflection: Reflection | None, made_at: datetime) -> Document:
    """What was decided, what it rests on and who follows up, what was withdrawn, what the board said, and the signed
    remarks."""
    parts: list[Part] = [Paragraph(_("The decisions as they stood when the learning dialogue was closed."))]
    if reflection is not None and reflection.basis.participants:
        took_part = " · ".join(_(PARTICIPANTS[each]) for each in reflection.basis.participants)
        parts.append(Facts(((_("Participants"), took_part),)))
    for number, each in enumerate(sheet.decisions, start=1):
        rows = tuple((name, value) for name, value in facts_of(_, sheet, each) if value)
        inner: list[Part] = [Paragraph(each.what.text), *([Facts(rows)] if rows else [])]
        parts.append(Section(f"{number}. {kind_of(_, each)}", tuple(inner)))
    rests_on_it = any(Source.PRIORITY in each.what.sources for each in sheet.decisions)
    if sheet.priority is not None and rests_on_it:
        words = Quote(sheet.priority.text, priority_line(_, sheet.priority))
        parts.append(Section(_("The local priority that they rest on"), (words,)))
    if sheet.withdrawn:
        parts.append(
            Section(
                _("Decisions that were withdrawn"),
                tuple(
                    Quote(each.what.text, f"{kind_of(_, each)}, {_.date(each.withdrawn_at)}")
                    for each in sheet.withdrawn
                    if each.withdrawn_at
                ),
            )
        )
    if sheet.board:
        told = tuple(
            Quote(said.said, board_line(_, said, author)) if said.said else Paragraph(board_line(_, said, author))
            for said, author in sheet.board
        )
        parts.append(Section(_("The board"), told))
    if sheet.addenda:
        remarks = tuple(Quote(added.text, signed(_, author, added.written_at)) for added, author in sheet.addenda)
        parts.append(Section(_("Signed remarks after the dialogue was closed"), remarks))
    return Document(
        title=_("Decisions in a learning dialogue"),
        lines=(
            f"{sheet.institution.name} · {dialogue_name(_, sheet.dialogue)}",
            _("Held on %(day)s", day=_.date(sheet.dialogue.starts_at)),
            _("Made on %(day)s", day=_.date(made_at)),
        ),
        parts=tuple(parts),
        footer=decisions_title(_, sheet),
        numbering=_("Page %(page)s of %(pages)s", page=PAGE, pages=PAGES),
        language=_.language,
        made_at=made_at,
    )
