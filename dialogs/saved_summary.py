"""*Gem som tilsynsresumé*: a summary that is kept, remarked on by the leader, and then final, numbered and immutable.

Buttons: a chief saves an answer, reads the draft, makes it anew or deletes it, and sends it to the leader, who says
that it fits or adds a remark. *Gør resuméet endeligt* says what it does, and *Ja, gør endeligt* gives it its number,
after an answer or seven days (I27); *Lav en ny udgave* makes another one that names it (I28). Question: `mine
tilsynsresuméer`.
Clock: the leaders are asked at once, and reminded on the third and sixth day; the chief hears when it can be final.
"""

from datetime import date
from uuid import UUID

from cards import saved_summary as cards
from cards import saved_summary_final as final_cards
from cards import saved_summary_list as listing
from cards import saved_summary_page as pages
from cards import saved_summary_remark as remarks
from cards.form import Subject, subject_id
from cards.kit import Card
from cards.saved_summary import PageForm, SendForm
from cards.saved_summary_final import FinishForm
from cards.saved_summary_remark import RemarkForm
from cards.scope import Narrowing
from dialogs import saved_summary_draft as draft
from dialogs import saved_summary_remark as answer
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.saved_summary_clock import FINAL, READY, clock, renew_all, tell
from dialogs.saved_summary_sheet import PDF, VIEW, WORD, as_chief, pdf_file, sheet_for, shown, word_file
from dialogs.turn import Turn
from domain.errors import Expired
from domain.organisation import Role
from domain.saved_summary import SavedSummary, SummaryState, mark_of
from storage.journal import journalised
from storage.organisation import open_institutions
from storage.prompt import drop_reminders
from storage.roles import staff_on
from storage.saved_summary import next_number, remarks_of, summaries_seen, summary_for


def open_it(turn: Turn, form: PageForm) -> Card:
    """A page of it; a draft that its chief opens, or turns over, is read from then on."""
    found, where = summary_for(turn.uow, turn.viewer, form.id)
    if turn.viewer.is_chief_of(where):
        found.read(turn.now)
    return _page(turn, form)


def _page(turn: Turn, form: PageForm) -> Card:
    sheet = sheet_for(turn, form.id)
    turn.shows(FINAL if sheet.summary.is_final else VIEW, form.id)
    return pages.show(turn._, sheet, form.page)


def ask_final(turn: Turn, subject: Subject) -> Card:
    """What *Ja, gør endeligt* will do; raises `Expired` before I27 is met."""
    found, where = as_chief(turn, subject.id)
    if found.is_final:
        return shown(turn, found, where)
    found.require_can_be_final(turn.now)
    return _asked_final(turn, found)


def _asked_final(turn: Turn, found: SavedSummary, *, is_overtaken: bool = False) -> Card:
    answers = [each for each, _author in remarks_of(turn.uow, found)]
    return final_cards.ask_final(
        turn._,
        found,
        mark_of(answers),
        is_answered=bool(answers),
        is_overtaken=is_overtaken,
        is_journal_on=turn.municipality.journal is not None,
    )


def finish(turn: Turn, form: FinishForm) -> Card:
    """I27, I28: gives it the next number of the year; pressed again it shows the final one.

    What a leader has answered since the question was asked is told first, with the question once more.
    """
    found, where = as_chief(turn, form.id, lock=True)
    if found.is_final:
        return shown(turn, found, where)
    found.require_can_be_final(turn.now)
    if form.seen != mark_of(each for each, _author in remarks_of(turn.uow, found)):
        return _asked_final(turn, found, is_overtaken=bool(form.seen))
    year = turn.today.year
    found.make_final(year=year, number=next_number(turn.uow, year), by=turn.person.id, now=turn.now)
    turn.uow.session.flush()
    for view in (VIEW, READY):
        drop_reminders(turn.uow, view, found.id)
    for leader in staff_on(turn.uow, turn.today, where).leaders(where):
        tell(turn, found, FINAL, leader.id, "final")
    renew_all(turn, found, where)
    # The cards from before say in short that it is final: one is enough to read it in.
    turn.changes(READY, found.id)
    card = shown(turn, found, where)
    turn.shows(FINAL, found.id)
    return card


def edition(turn: Turn, subject: Subject) -> Card:
    """A draft of the same matter as the records are now, which names the final one."""
    found, _where = as_chief(turn, subject.id)
    if not found.is_final:
        return open_it(turn, PageForm(id=found.id))
    return draft.save(turn, found.about)


def expired(turn: Turn, subject: Subject | SendForm | FinishForm, why: Expired) -> Card:
    return cards.over(turn._, sheet_for(turn, subject.id, is_read=False), why)


def asked(turn: Turn, question: Asked) -> Card:
    """`mine tilsynsresuméer`, newest first."""
    return show_all(turn)


def show_all(turn: Turn) -> Card:
    places = {where.id: where for where in open_institutions(turn.uow, date.min)}
    found = summaries_seen(turn.uow, turn.viewer, places.values())
    rows = [(each, places[each.institution_id]) for each in found]
    administers = turn.viewer.has(Role.ADMINISTRATION) and not turn.viewer.has(Role.LEADER)
    return listing.show_all(
        turn._,
        rows,
        is_chief=turn.viewer.has(Role.CHIEF),
        is_administration=administers,
        journalised=journalised(turn.uow, [each.id for each in found]),
    )


def show(turn: Turn, summary_id: UUID) -> Card | None:
    """The card for delivery; as a reminder it is for a leader, as long as nobody has answered.

    What stands in a chat from before says in short that it is final: the final one comes by itself, once.
    """
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    is_waiting = found.state is SummaryState.SENT and found.answered_at is None and turn.viewer.leads(where)
    if turn.is_reminder and not is_waiting:
        return None
    if found.is_final:
        return _final_now(turn, summary_id)
    return _page(turn, PageForm(id=summary_id))


def show_ready(turn: Turn, summary_id: UUID) -> Card | None:
    """For the chief, once it can be made final, and until it is; then its copies say so in short."""
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    if found.is_final and not turn.is_reminder:
        return _final_now(turn, summary_id)
    if not turn.viewer.is_chief_of(where) or not found.can_be_final(turn.now):
        return None
    return _page(turn, PageForm(id=summary_id))


def _final_now(turn: Turn, summary_id: UUID) -> Card:
    turn.shows(VIEW, summary_id)
    return final_cards.final_now(turn._, sheet_for(turn, summary_id, is_read=False))


def show_final(turn: Turn, summary_id: UUID) -> Card | None:
    found, _where = summary_for(turn.uow, turn.viewer, summary_id)
    return _page(turn, PageForm(id=summary_id)) if found.is_final else None


FLOW: Flow = Flow(
    name="saved_summary",
    buttons={
        cards.BEGIN: Button(Narrowing.read, draft.begin),
        cards.OPEN: Button(PageForm.read, open_it, only_shows=True),
        listing.OPEN_LISTED: Button(lambda data: PageForm(id=subject_id(data, "listed")), open_it, only_shows=True),
        pages.ANEW: Button(Subject.read, draft.make_anew, expired=expired),
        pages.DROP: Button(Subject.read, draft.drop, expired=expired),
        pages.SEND: Button(SendForm.read, draft.send, expired=expired),
        pages.FITS: Button(Subject.read, answer.fits, expired=expired),
        pages.ASK_REMARK: Button(Subject.read, answer.ask_remark, expired=expired, only_shows=True),
        remarks.REMARK: Button(
            RemarkForm.read,
            answer.remark,
            again=answer.again,
            expired=answer.remark_expired,
            refused=answer.remark_refused,
        ),
        final_cards.ASK_FINAL: Button(Subject.read, ask_final, expired=expired, only_shows=True),
        final_cards.FINISH: Button(FinishForm.read, finish, expired=expired),
        pages.EDITION: Button(Subject.read, edition),
        cards.LIST: Button(lambda data: None, lambda turn, _form: show_all(turn), only_shows=True),
        pages.LATER: Button(Subject.read, answer.not_now),
    },
    questions={
        "saved_summaries": Question(
            ("mine tilsynsresuméer", "gemte tilsynsresuméer", "my summaries", "my supervision summaries"), asked
        )
    },
    views={VIEW: show, READY: show_ready, FINAL: show_final},
    files={WORD: word_file, PDF: pdf_file},
    clock=clock,
    personal=frozenset({VIEW, READY, FINAL}),
)
