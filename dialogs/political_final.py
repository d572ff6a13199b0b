"""What becomes of a political report: a draft that is kept, renewed, and made final once and for all.

Chiefs and the administration keep a draft and take new figures; the administration makes it final, and whoever made it
or qualified it hears of that.
"""

from datetime import timedelta
from uuid import UUID

from cards import political_final as cards
from cards.kit import Card
from cards.political_report import show
from cards.political_sheet import Keep, Seen
from dialogs.political_sheet import content_of, may_draft, readable, sheet_of
from dialogs.turn import Turn
from domain.errors import Expired, NotAllowed
from domain.organisation import Role
from domain.political_report import PoliticalReport, next_number
from domain.prompt import Occasion
from storage.cycle import cycle_with_id
from storage.political_report import report_for, round_of
from storage.prompt import plan
from storage.roles import staff_on

FINAL = "political_report.final"
TOLD_FOR = timedelta(days=14)


def keep(turn: Turn, press: Keep) -> Card:
    """Keeps a draft of today's figures, once: pressed again, or by a second person, it shows the one that is kept.

    After a final one it is a new version, which the administration alone begins.
    """
    _require_drafting(turn)
    cycle = cycle_with_id(turn.uow, press.cycle_id)
    about = round_of(turn.uow, cycle, lock=True)
    earlier = report_for(turn.uow, turn.viewer, about)
    is_next = next_number(earlier) == press.number and (earlier is None or earlier.is_final)
    if about is None or not is_next or (earlier and not turn.viewer.administers_all):
        return show(turn._, readable(turn, press.cycle_id), has_changed=about is not None)
    made = PoliticalReport(
        round_id=about.id, content=content_of(turn, cycle), drawn_by=turn.person.id, number=press.number
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    return show(turn._, readable(turn, press.cycle_id), is_new=True)


def renew(turn: Turn, press: Seen) -> Card:
    """Takes the figures of today into the draft."""
    _require_drafting(turn)
    sheet = readable(turn, press.cycle_id, lock=True)
    if sheet.report is None or sheet.is_final:
        return show(turn._, sheet, has_changed=True)
    sheet.report.draw(content_of(turn, sheet.cycle), by=turn.person.id)
    turn.uow.session.flush()
    return show(turn._, readable(turn, press.cycle_id), is_new=True)


def preview(turn: Turn, press: Seen) -> Card:
    _require_finishing(turn)
    sheet = readable(turn, press.cycle_id)
    if sheet.report is None or sheet.is_final:
        return show(turn._, sheet, has_changed=True)
    return cards.preview(turn._, sheet)


def finish(turn: Turn, press: Seen) -> Card:
    """Makes final what the person has seen: figures that were taken meanwhile are shown first."""
    _require_finishing(turn)
    sheet = readable(turn, press.cycle_id, lock=True)
    if sheet.report is None:
        return show(turn._, sheet)
    try:
        sheet.report.finish(seen=press.seen, by=turn.person.id, now=turn.now)
    except Expired as why:
        if why.code == "report_drawn_anew":
            return cards.preview(turn._, sheet, drawn_anew=True)
        return show(turn._, sheet)
    turn.uow.session.flush()
    _tell(turn, sheet.report, press.cycle_id)
    return show(turn._, readable(turn, press.cycle_id), is_new=True)


def show_final(turn: Turn, cycle_id: UUID) -> Card | None:
    """For those who were waiting for it; None where it is not final any more, as when a new version is begun."""
    sheet = sheet_of(turn, cycle_with_id(turn.uow, cycle_id))
    return show(turn._, sheet, is_new=True) if sheet and sheet.is_final else None


def _tell(turn: Turn, report: PoliticalReport, cycle_id: UUID) -> None:
    """Those who made it and those who qualified it hear that it is final; everybody else finds it by asking."""
    for someone in staff_on(turn.uow, turn.today).everybody(Role.CHIEF, Role.ADMINISTRATION, Role.FACILITATOR):
        if someone.id == turn.person.id:
            continue
        plan(
            turn.uow,
            Occasion(
                key=f"political_report:{report.id}:final:{someone.id}",
                person_id=someone.id,
                view=FINAL,
                subject_id=cycle_id,
                due_at=turn.now,
                expires_at=turn.now + TOLD_FOR,
            ),
        )


def _require_drafting(turn: Turn) -> None:
    if not may_draft(turn):
        raise NotAllowed


def _require_finishing(turn: Turn) -> None:
    if not turn.viewer.administers_all:
        raise NotAllowed
