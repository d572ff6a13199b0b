"""*Hent som Word* and *Hent som PDF* of the supervision summary that was asked for, as it is when the link is followed.

What was asked about is kept for a while under an id, which is all that a link says of it. Only whoever asked gets the
file, with the roles that they have by then.
"""

from uuid import UUID

from cards.answer import misfit
from cards.scope import bounds_in, carry, period_words, scope_words
from cards.summary import PDF, WORD
from cards.summary_document import Paper, document, file_name
from cards.supervision import lines_of, not_begun
from dialogs.answer import note_answer_read
from dialogs.document_file import as_pdf, as_word
from dialogs.flow import File
from dialogs.scope import key_of, matter_of, scope_of
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.access import Record
from domain.scope import Bounds
from storage.summary import keep_bounds, kept_bounds, note_asked

# Far more than a chief's area has in a half-year; beyond it the document says how many there are.
MOST = 200


def links(turn: Turn, bounds: Bounds) -> tuple[str | None, str | None]:
    """The addresses of the answer as Word and as PDF; None where the bot has no address that a browser could reach."""
    if not turn.municipality.public_url:
        return None, None
    kept = keep_bounds(turn.uow, turn.person, carry(bounds), at=turn.now)
    return turn.link_to(WORD, kept), turn.link_to(PDF, kept)


def word_file(turn: Turn, bounds_id: UUID) -> File:
    made = _paper(turn, bounds_id)
    return as_word(file_name(turn._, made), document(turn._, made))


def pdf_file(turn: Turn, bounds_id: UUID) -> File:
    made = _paper(turn, bounds_id)
    return as_pdf(file_name(turn._, made), document(turn._, made))


def _paper(turn: Turn, bounds_id: UUID) -> Paper:
    bounds = bounds_in(kept_bounds(turn.uow, turn.person, bounds_id))
    scope = scope_of(turn, bounds, Record.SUPERVISION_SUMMARY)
    found = summary_of(turn, scope, most=MOST)
    note_asked(turn.uow, turn.person, key_of(matter_of(bounds, scope)), at=turn.now)
    note_answer_read(turn, scope.institutions)
    return Paper(
        scope=scope_words(turn._, scope),
        lines=lines_of(turn._, found, most_figures=MOST),
        places={where.id: where.name for where in scope.institutions},
        period=period_words(turn._, scope),
        made_at=turn.now,
        made_by=turn.person.name,
        more=found.more,
        has_theme=scope.theme is not None,
        is_new_only=scope.since is not None,
        misfit=misfit(turn._, scope),
        coming=not_begun(turn._, scope),
    )
