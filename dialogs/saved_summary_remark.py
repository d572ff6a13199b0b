"""The leader's remark on a saved summary: *Det passer*, or words that are printed with it (I27)."""

from uuid import UUID

from cards import saved_summary as cards
from cards import saved_summary_remark as remarks
from cards.form import Subject
from cards.kit import Card
from cards.saved_summary_remark import RemarkForm
from dialogs import later
from dialogs.saved_summary_clock import READY, renew_all, tell
from dialogs.saved_summary_sheet import VIEW, sheet_for, sheet_of, shown
from dialogs.turn import Turn
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution, Role
from domain.saved_summary import Comment, SavedSummary, SummaryRemark, SummaryState, require_a_remark
from storage.prompt import drop_reminders
from storage.roles import staff_on
from storage.saved_summary import remarks_of, summary_for

# The card in which a remark is typed, whose place nothing takes.
WRITING = "saved_summary.remark"


def fits(turn: Turn, subject: Subject) -> Card:
    """*Det passer*; a remark that the leader has written meanwhile stays."""
    found, where = _as_leader(turn, subject.id, lock=True)
    found.answer(turn.now)
    if _mine(turn, found) is not None:
        return shown(turn, found, where)
    told = _answer(turn, found, where, SummaryRemark.of(found, Comment(), by=turn.person.id, now=turn.now))
    return shown(turn, found, where, is_answered=True, told=told)


def ask_remark(turn: Turn, subject: Subject) -> Card:
    found, where = _as_leader(turn, subject.id)
    if found.state is not SummaryState.SENT:
        raise Expired("summary_final" if found.is_final else "summary_not_sent")
    turn.shows(WRITING, found.id)
    return remarks.ask_remark(turn._, sheet_of(turn, found, where, is_read=False))


def remark(turn: Turn, form: RemarkForm) -> Card:
    """Keeps it beside the others'; what the leader has written in another place meanwhile is shown first."""
    found, where = _as_leader(turn, form.id, lock=True)
    found.answer(turn.now)
    require_a_remark(form.comment)
    mine, told = _mine(turn, found), []
    if mine is None:
        told = _answer(turn, found, where, SummaryRemark.of(found, form.comment, by=turn.person.id, now=turn.now))
    elif is_changed(form.comment, mine.comment, form.was):
        mine.write(form.comment, turn.now)
        told = _answer(turn, found, where, mine)
    return shown(turn, found, where, is_answered=True, told=told)


def again(turn: Turn, form: RemarkForm, problems: Problems) -> Card:
    return remarks.ask_remark(turn._, sheet_for(turn, form.id, is_read=False), typed=form, problems=problems)


def not_now(turn: Turn, subject: Subject) -> Card:
    found, _where = _as_leader(turn, subject.id)
    return later.ask(turn, VIEW, found.id)


def remark_expired(turn: Turn, form: RemarkForm, why: Expired) -> Card:
    return cards.over(turn._, sheet_for(turn, form.id, is_read=False), why, written=form.comment.remark)


def remark_refused(turn: Turn, form: RemarkForm) -> Card:
    return remarks.refused(turn._, form.comment.remark)


def _answer(turn: Turn, found: SavedSummary, where: Institution, given: SummaryRemark) -> list[str]:
    """Keeps a leader's answer, ends the wait, and tells the chiefs, whose names it gives."""
    turn.uow.add(given)
    turn.uow.session.flush()
    drop_reminders(turn.uow, VIEW, found.id)
    chiefs = staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where)
    for chief in chiefs:
        tell(turn, found, READY, chief.id, f"{given.id}:{given.version}")
    renew_all(turn, found, where)
    return [chief.name for chief in chiefs]


def _mine(turn: Turn, found: SavedSummary) -> SummaryRemark | None:
    return next((each for each, author in remarks_of(turn.uow, found) if author.id == turn.person.id), None)


def _as_leader(turn: Turn, summary_id: UUID, *, lock: bool = False) -> tuple[SavedSummary, Institution]:
    """For a leader who is not the chief at the same time: nobody remarks on their own summary."""
    found, where = summary_for(turn.uow, turn.viewer, summary_id, lock=lock)
    if not turn.viewer.leads(where) or turn.viewer.is_chief_of(where):
        raise NotAllowed
    return found, where
