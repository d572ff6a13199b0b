"""A saved summary as one reader sees it: with the lines that are theirs, the answers, and the read written down."""

from collections.abc import Sequence
from uuid import UUID

from cards import saved_summary_page as pages
from cards.document import Paragraph, Part, Quote
from cards.journal import journal_words
from cards.kit import Card
from cards.language import Translator
from cards.numbered import Listed
from cards.saved_summary import STATES, Sheet, answer_words, name_of, no_answer
from cards.scope import half_years
from cards.summary_document import Paper, document, file_name
from dialogs.document_file import as_pdf, as_word
from dialogs.flow import File
from dialogs.turn import Turn
from domain.access import Record
from domain.errors import NotAllowed
from domain.facts import SourceKind
from domain.organisation import Institution
from domain.saved_summary import SavedSummary, lines_for
from domain.scope import Bounds, Scope
from storage.agreement import agreement_for
from storage.cycle import themes_with_ids
from storage.journal import entry_of
from storage.organisation import person_with_id, read_in
from storage.roles import staff_on
from storage.saved_summary import remarks_of, replaced_by, summary_for, summary_with_id

VIEW = "saved_summary"
WORD, PDF = "saved_summary.word", "saved_summary.pdf"


def sheet_for(turn: Turn, summary_id: UUID, *, is_read: bool = True) -> Sheet:
    """The summary for its reader, with the read written down; `NotAllowed` for everyone else, and for none.

    `is_read` is not so of a card that shows none of its lines.
    """
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    return sheet_of(turn, found, where, is_read=is_read)


def sheet_of(turn: Turn, found: SavedSummary, where: Institution, *, is_read: bool = True) -> Sheet:
    uow, viewer = turn.uow, turn.viewer
    hidden = _hidden(turn, found, where)
    before = summary_with_id(uow, found.replaces_id) if found.replaces_id else None
    after = replaced_by(uow, found) if found.is_final else None
    answers = remarks_of(uow, found)
    leaders = staff_on(uow, turn.today, where).leaders(where)
    is_chief = viewer.is_chief_of(where)
    concerns = {author.id for _remark, author in answers}
    if turn.person.id != found.author_id:
        concerns |= {found.author_id, *(each.id for each in leaders)}
    if is_read:
        turn.reads(Record.SUPERVISION_SUMMARY, found.id, concerns=concerns, where=where)
    return Sheet(
        summary=found,
        where=where,
        lines=lines_for(found.lines, hidden),
        author=person_with_id(uow, found.author_id),
        viewer=turn.person,
        is_chief=is_chief,
        is_leader=viewer.leads(where) and not is_chief,
        hidden=len(hidden),
        answers=answers,
        leaders=[each.name for each in leaders],
        can_be_final=is_chief and found.can_be_final(turn.now),
        replaces=name_of(before) if before else "",
        replaced_by=name_of(after) if after else "",
        journal=entry_of(uow, found.id) if found.is_final else None,
        is_journal_on=turn.municipality.journal is not None,
        word=turn.link_to(WORD, found.id),
        pdf=turn.link_to(PDF, found.id),
    )


def shown(
    turn: Turn,
    found: SavedSummary,
    where: Institution,
    *,
    was_there: bool = False,
    is_answered: bool = False,
    told: Sequence[str] = (),
) -> Card:
    """Its card after a change; the reader's other copies are now out of date."""
    turn.uow.session.flush()
    turn.changes(VIEW, found.id)
    sheet = sheet_of(turn, found, where)
    return pages.show(turn._, sheet, was_there=was_there, is_answered=is_answered, told=told)


def as_chief(turn: Turn, summary_id: UUID, *, lock: bool = False) -> tuple[SavedSummary, Institution]:
    """The summary for the chief whose it is; `NotAllowed` for everyone else."""
    found, where = summary_for(turn.uow, turn.viewer, summary_id, lock=lock)
    if not turn.viewer.is_chief_of(where):
        raise NotAllowed
    return found, where


def listed(turn: Turn, bounds: Bounds) -> Listed:
    """The lines with their sources, for the way to those."""
    if bounds.saved_id is None:
        raise NotAllowed
    sheet = sheet_for(turn, bounds.saved_id)
    about = sheet.summary
    themes = themes_with_ids(turn.uow, [about.theme_id] if about.theme_id else [])
    scope = Scope(
        institutions=(sheet.where,),
        first=about.first,
        last=about.last,
        zone=turn.municipality.zone,
        theme=next(iter(themes.values()), None),
    )
    return Listed(
        name="saved_summary",
        scope=scope,
        bounds=bounds,
        lines=[*sheet.lines, *pages.lacking_in(turn._, sheet)],
        as_of=about.made_at,
        keeping=pages.ways_to_keep(turn._, sheet),
    )


def word_file(turn: Turn, summary_id: UUID) -> File:
    _, made = _own_paper(turn, summary_id)
    return as_word(file_name(_, made), document(_, made))


def pdf_file(turn: Turn, summary_id: UUID) -> File:
    _, made = _own_paper(turn, summary_id)
    return as_pdf(file_name(_, made), document(_, made))


def _own_paper(turn: Turn, summary_id: UUID) -> tuple[Translator, Paper]:
    """In the language in which its lines were printed, whoever gets it: a case file is in one language."""
    if found := turn.uow.get(SavedSummary, summary_id):
        read_in(turn.uow, found.language)
    sheet = sheet_for(turn, summary_id)
    _ = Translator.of(sheet.summary.language, turn.municipality.zone)
    return _, paper_of(_, sheet)


def paper_of(_: Translator, sheet: Sheet) -> Paper:
    """I27: "the comment is printed with it"."""
    about = sheet.summary
    rows = [(_("State"), _(STATES[about.state].word))]
    if about.final_at:
        rows.append((_("Made final on"), _.date(about.final_at)))
    if sheet.journal is not None and sheet.journal.delivered_at:
        rows.append((_("Journalised"), journal_words(_, sheet.journal)))
    if sheet.replaces:
        rows.append((_("New edition of"), sheet.replaces))
    if sheet.replaced_by:
        rows.append((_("Newer edition"), sheet.replaced_by))
    answers: list[Part] = [Quote(*answer_words(_, each, author)) for each, author in sheet.answers]
    if about.is_final and not answers:
        answers = [Paragraph(no_answer(_, about))]
    return Paper(
        scope=about.scope,
        lines=sheet.lines,
        places={sheet.where.id: sheet.where.name},
        period=half_years(_, about.first, about.last),
        made_at=about.made_at,
        made_by=sheet.author.name,
        hidden=sheet.hidden,
        facts=rows,
        answers=answers,
        name=name_of(about),
        has_theme=about.theme_id is not None,
    )


def _hidden(turn: Turn, found: SavedSummary, where: Institution) -> frozenset[UUID]:
    """The agreements among its sources that are not the reader's: only for the leader each is with, and the chief."""
    if turn.viewer.is_chief_of(where):
        return frozenset()
    ids = {ref.id for ref in found.sources if ref.kind is SourceKind.AGREEMENT}
    return frozenset(each for each in ids if not _may_read(turn, each))


def _may_read(turn: Turn, agreement_id: UUID) -> bool:
    try:
        agreement_for(turn.uow, turn.viewer, agreement_id)
    except NotAllowed:
        return False
    return True
