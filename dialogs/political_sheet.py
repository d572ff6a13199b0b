"""A political report as one person may see it, and which cycle it is on: the one that the round looks back on."""

from uuid import UUID

from cards.political_sheet import Sheet
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.cycle import Cycle, PoliticalRound, RoundState
from domain.errors import NotAllowed
from domain.organisation import AgeRange, Role
from domain.period import HalfYear
from domain.political_report import Content
from domain.political_round import present_round
from domain.slots import Relative
from storage.cycle import cycle_before, cycle_in, cycle_with_id
from storage.political_content import content_for
from storage.political_report import report_for, round_of
from storage.theme import all_rounds

WORD, PDF = "political_report.word", "political_report.pdf"


def readable(turn: Turn, cycle_id: UUID, *, lock: bool = False) -> Sheet:
    """The report on a cycle; one that is not final is answered like one that is not there for whoever waits for it."""
    sheet = sheet_of(turn, cycle_with_id(turn.uow, cycle_id), lock=lock)
    if sheet is None:
        raise NotAllowed
    return sheet


def sheet_of(turn: Turn, cycle: Cycle, *, lock: bool = False) -> Sheet | None:
    """As it is kept, or with the figures of today for those who may make it; None for the others before it is final."""
    about = round_of(turn.uow, cycle, lock=lock)
    report = report_for(turn.uow, turn.viewer, about)
    if report is None and not drafts(turn):
        return None
    return Sheet(
        content=report.content if report else content_of(turn, cycle),
        round=about,
        report=report,
        can_draft=may_draft(turn),
        can_finish=turn.viewer.administers_all,
        word=turn.link_to(WORD, cycle.id),
        pdf=turn.link_to(PDF, cycle.id),
    )


def content_of(turn: Turn, cycle: Cycle) -> Content:
    turn.viewer.require_of_all(Record.POLITICAL_REPORT_DRAFT)
    municipality = turn.municipality
    fewest, zone = municipality.fewest_institutions, municipality.zone
    return content_for(turn.uow, turn.viewer, cycle, fewest=fewest, now=turn.now, zone=zone)


def cycle_meant(turn: Turn, age_range: AgeRange, told: Relative | None) -> Cycle | None:
    """The cycle that the round under way looks back on, else the present one; or the one before, where it is asked for.

    Whoever reads final reports gets the one before until there is a new one.
    """
    present = cycle_in(turn.uow, age_range, HalfYear.of(turn.today))
    under_way = round_under_way(turn)
    if under_way and under_way.age_range is age_range:
        present = looked_back_on(turn, under_way) or present
    if present is None or told is Relative.NEXT:
        return None
    before = cycle_before(turn.uow, present)
    if told is Relative.PREVIOUS:
        return before
    if before and not drafts(turn) and report_for(turn.uow, turn.viewer, round_of(turn.uow, present)) is None:
        return before
    return present


def round_under_way(turn: Turn) -> PoliticalRound | None:
    found = present_round(all_rounds(turn.uow))
    return found if found and found.state not in (RoundState.SENT, RoundState.CLOSED) else None


def looked_back_on(turn: Turn, about: PoliticalRound) -> Cycle | None:
    return cycle_in(turn.uow, about.age_range, about.evidence_from)


def drafts(turn: Turn) -> bool:
    """Whether the person reads what is not final."""
    return turn.viewer.sight_of_all(Record.POLITICAL_REPORT_DRAFT) is Sight.FULL


def may_draft(turn: Turn) -> bool:
    return turn.viewer.has(Role.CHIEF) or turn.viewer.has(Role.ADMINISTRATION)
