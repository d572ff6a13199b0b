"""*Politisk afrapportering*: what is known of one age range, up to the politicians, and down to its anonymised sources.

Question: `politisk afrapportering 0-6` shows it with the figures of today, or as it is kept. Buttons: each theme with
figures and words side by side, *Vis kilder* from any line, *Word og PDF*. Chiefs and the administration keep a draft
and take new figures; the administration makes it final, and from then on everybody with a role reads it as it is.
"""

from datetime import timedelta
from uuid import UUID

from cards import political_final as final_cards
from cards import political_report as cards
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.political_document import document, file_name
from cards.political_report import AboutTheme, Keep, Seen, Sheet
from cards.political_trace import sources as sources_card
from dialogs.document_file import as_pdf, as_word
from dialogs.flow import Asked, Button, File, Flow, Question
from dialogs.turn import Turn
from dialogs.words import normalise
from domain.access import Record, Sight
from domain.cycle import Cycle, PoliticalRound, RoundState
from domain.errors import Expired, NotAllowed
from domain.evidence import ThemeEvidence
from domain.organisation import AgeRange, Institution, InstitutionType, Role
from domain.period import HalfYear
from domain.political_report import Content, PoliticalReport, next_number
from domain.political_round import present_round
from domain.prompt import Occasion
from domain.slots import Relative, Slots
from storage.cycle import cycle_before, cycle_in, cycle_with_id, theme_called_alike, themes_with_ids
from storage.political_content import content_for
from storage.political_report import report_for, round_of
from storage.prompt import plan
from storage.roles import staff_on
from storage.theme import all_rounds

WORD, PDF = "political_report.word", "political_report.pdf"
FINAL = "political_report.final"
TOLD_FOR = timedelta(days=14)
# The age range that is meant where a type of institution is named in its place.
RANGE_OF = {
    InstitutionType.DAYCARE: AgeRange.YOUNGER,
    InstitutionType.SCHOOL: AgeRange.OLDER,
    InstitutionType.LEISURE: AgeRange.OLDER,
}


def asked(turn: Turn, question: Asked) -> Card:
    """The report of the age range that is named, or of the theme; of both where none is and no round is under way."""
    turn.viewer.require_of_all(Record.POLITICAL_REPORT)
    slots = question.slots
    named = _range_in(turn, question.text, slots)
    if named is None:
        return files_of_both(turn, slots.format) if slots.format else both(turn)
    cycle = cycle_in(turn.uow, named, slots.period(turn.today)) if slots.half_year else _cycle(turn, named, slots.cycle)
    sheet = _sheet(turn, cycle) if cycle else None
    if sheet is None:
        return cards.none_yet(turn._) if _drafts(turn) else cards.not_final(turn._)
    if slots.format:
        return final_cards.files(turn._, sheet, only=slots.format)
    theme_id = _theme_meant(turn, sheet.cycle, slots.theme)
    if about := _theme_of(sheet, theme_id):
        return cards.show_theme(turn._, sheet, about)
    without = themes_with_ids(turn.uow, [theme_id]).get(theme_id) if theme_id else None
    is_wider = bool(slots.institutions or slots.areas or slots.leaders)
    return cards.show(turn._, sheet, is_wider=is_wider, without=without)


def both(turn: Turn) -> Card:
    """R-21: the two age ranges side by side, as far as there is something that the person may read."""
    found = _sheets(turn)
    if len(found) == 1:
        return cards.show(turn._, found[0])
    if not found:
        return cards.none_yet(turn._) if _drafts(turn) else cards.not_final(turn._)
    return cards.both(turn._, found)


def files_of_both(turn: Turn, only: str) -> Card:
    found = _sheets(turn)
    return final_cards.files_of_both(turn._, found, only) if len(found) > 1 else both(turn)


def open_it(turn: Turn, subject: Subject) -> Card:
    return cards.show(turn._, _readable(turn, subject.id))


def choose_theme(turn: Turn, subject: Subject) -> Card:
    sheet = _readable(turn, subject.id)
    themes = sheet.content.evidence.themes
    return cards.choose(turn._, sheet) if themes else cards.show(turn._, sheet)


def open_theme(turn: Turn, press: AboutTheme) -> Card:
    sheet = _readable(turn, press.cycle_id)
    about = _theme_of(sheet, press.theme_id)
    if about is None:
        raise NotAllowed
    return cards.show_theme(turn._, sheet, about)


def sources(turn: Turn, press: AboutTheme) -> Card:
    sheet = _readable(turn, press.cycle_id)
    about = _theme_of(sheet, press.theme_id)
    if about is None and press.theme_id is not None:
        raise NotAllowed
    return sources_card(turn._, sheet, about)


def files(turn: Turn, subject: Subject) -> Card:
    return final_cards.files(turn._, _readable(turn, subject.id))


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
        return cards.show(turn._, _readable(turn, press.cycle_id), has_changed=about is not None)
    made = PoliticalReport(
        round_id=about.id, content=_content(turn, cycle), drawn_by=turn.person.id, number=press.number
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    return cards.show(turn._, _readable(turn, press.cycle_id), is_new=True)


def renew(turn: Turn, press: Seen) -> Card:
    """Takes the figures of today into the draft."""
    _require_drafting(turn)
    sheet = _readable(turn, press.cycle_id, lock=True)
    if sheet.report is None or sheet.is_final:
        return cards.show(turn._, sheet, has_changed=True)
    sheet.report.draw(_content(turn, sheet.cycle), by=turn.person.id)
    turn.uow.session.flush()
    return cards.show(turn._, _readable(turn, press.cycle_id), is_new=True)


def preview(turn: Turn, press: Seen) -> Card:
    _require_finishing(turn)
    sheet = _readable(turn, press.cycle_id)
    if sheet.report is None or sheet.is_final:
        return cards.show(turn._, sheet, has_changed=True)
    return final_cards.preview(turn._, sheet)


def finish(turn: Turn, press: Seen) -> Card:
    """Makes final what the person has seen: figures that were taken meanwhile are shown first."""
    _require_finishing(turn)
    sheet = _readable(turn, press.cycle_id, lock=True)
    if sheet.report is None:
        return cards.show(turn._, sheet)
    try:
        sheet.report.finish(seen=press.seen, by=turn.person.id, now=turn.now)
    except Expired as why:
        if why.code == "report_drawn_anew":
            return final_cards.preview(turn._, sheet, drawn_anew=True)
        return cards.show(turn._, sheet)
    turn.uow.session.flush()
    _tell(turn, sheet.report, press.cycle_id)
    return cards.show(turn._, _readable(turn, press.cycle_id), is_new=True)


def show_final(turn: Turn, cycle_id: UUID) -> Card | None:
    """For those who were waiting for it; None where it is not final any more, as when a new version is begun."""
    sheet = _sheet(turn, cycle_with_id(turn.uow, cycle_id))
    return cards.show(turn._, sheet, is_new=True) if sheet and sheet.is_final else None


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


def word_file(turn: Turn, cycle_id: UUID) -> File:
    sheet = _readable(turn, cycle_id)
    return as_word(file_name(turn._, sheet), document(turn._, sheet))


def pdf_file(turn: Turn, cycle_id: UUID) -> File:
    sheet = _readable(turn, cycle_id)
    return as_pdf(file_name(turn._, sheet), document(turn._, sheet))


def _sheets(turn: Turn) -> list[Sheet]:
    turn.viewer.require_of_all(Record.POLITICAL_REPORT)
    cycles = [cycle for each in AgeRange if (cycle := _cycle(turn, each, None))]
    return [sheet for each in cycles if (sheet := _sheet(turn, each))]


def _readable(turn: Turn, cycle_id: UUID, *, lock: bool = False) -> Sheet:
    """The report on a cycle; one that is not final is answered like one that is not there for whoever waits for it."""
    sheet = _sheet(turn, cycle_with_id(turn.uow, cycle_id), lock=lock)
    if sheet is None:
        raise NotAllowed
    return sheet


def _sheet(turn: Turn, cycle: Cycle, *, lock: bool = False) -> Sheet | None:
    """As it is kept, or with the figures of today for those who may make it; None for the others before it is final."""
    about = round_of(turn.uow, cycle, lock=lock)
    report = report_for(turn.uow, turn.viewer, about)
    if report is None and not _drafts(turn):
        return None
    return Sheet(
        content=report.content if report else _content(turn, cycle),
        round=about,
        report=report,
        can_draft=_may_draft(turn),
        can_finish=turn.viewer.administers_all,
        word=turn.link_to(WORD, cycle.id),
        pdf=turn.link_to(PDF, cycle.id),
    )


def _content(turn: Turn, cycle: Cycle) -> Content:
    turn.viewer.require_of_all(Record.POLITICAL_REPORT_DRAFT)
    fewest, zone = turn.municipality.fewest_institutions, turn.municipality.zone
    return content_for(turn.uow, turn.viewer, cycle, fewest=fewest, now=turn.now, zone=zone)


def _theme_meant(turn: Turn, cycle: Cycle, named: UUID | None) -> UUID | None:
    """The theme with that title in the cycle: another round may have one that is called the same."""
    return theme_called_alike(turn.uow, named, cycle.first_half_year, cycle.last_half_year) if named else None


def _theme_of(sheet: Sheet, theme_id: UUID | None) -> ThemeEvidence | None:
    return next((each for each in sheet.content.evidence.themes if each.theme.id == theme_id), None)


def _range_in(turn: Turn, text: str, slots: Slots) -> AgeRange | None:
    """The age range that is meant: named, that of the theme or the institutions, or that of the round under way; None
    for both."""
    words = f" {normalise(text)} "
    if " 0 18 " in words:
        return None
    if slots.age_range:
        return slots.age_range
    for each in AgeRange:
        if f" {each.value.replace('-', ' ')} " in words:
            return each
    if slots.theme and (theme := themes_with_ids(turn.uow, [slots.theme]).get(slots.theme)):
        return theme.age_range
    places = [where for each in slots.institutions if (where := turn.uow.get(Institution, each))]
    if named := {RANGE_OF[each] for each in slots.types} or {where.age_range for where in places}:
        return named.pop() if len(named) == 1 else None
    under_way = _under_way(turn)
    return under_way.age_range if under_way and _looked_back_on(turn, under_way) else None


def _cycle(turn: Turn, age_range: AgeRange, told: Relative | None) -> Cycle | None:
    """The cycle that the round under way looks back on, else the present one; or the one before, where it is asked for.

    Whoever reads final reports gets the one before until there is a new one.
    """
    present = cycle_in(turn.uow, age_range, HalfYear.of(turn.today))
    under_way = _under_way(turn)
    if under_way and under_way.age_range is age_range:
        present = _looked_back_on(turn, under_way) or present
    if present is None or told is Relative.NEXT:
        return None
    before = cycle_before(turn.uow, present)
    if told is Relative.PREVIOUS:
        return before
    if before and not _drafts(turn) and report_for(turn.uow, turn.viewer, round_of(turn.uow, present)) is None:
        return before
    return present


def _under_way(turn: Turn) -> PoliticalRound | None:
    found = present_round(all_rounds(turn.uow))
    return found if found and found.state not in (RoundState.SENT, RoundState.CLOSED) else None


def _looked_back_on(turn: Turn, about: PoliticalRound) -> Cycle | None:
    return cycle_in(turn.uow, about.age_range, about.evidence_from)


def _drafts(turn: Turn) -> bool:
    """Whether the person reads what is not final."""
    return turn.viewer.sight_of_all(Record.POLITICAL_REPORT_DRAFT) is Sight.FULL


def _may_draft(turn: Turn) -> bool:
    return turn.viewer.has(Role.CHIEF) or turn.viewer.has(Role.ADMINISTRATION)


def _require_drafting(turn: Turn) -> None:
    if not _may_draft(turn):
        raise NotAllowed


def _require_finishing(turn: Turn) -> None:
    if not turn.viewer.administers_all:
        raise NotAllowed


FLOW = Flow(
    name="political_report",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.BOTH: Button(Nothing.read, lambda turn, _: both(turn), only_shows=True),
        cards.CHOOSE: Button(Subject.read, choose_theme, only_shows=True),
        cards.THEME: Button(AboutTheme.read, open_theme, only_shows=True),
        cards.SOURCES: Button(AboutTheme.read, sources, only_shows=True),
        cards.FILES: Button(Subject.read, files, only_shows=True),
        cards.KEEP: Button(Keep.read, keep),
        cards.RENEW: Button(Seen.read, renew),
        cards.PREVIEW: Button(Seen.read, preview, only_shows=True),
        cards.FINISH: Button(Seen.read, finish),
    },
    questions={"political_report": Question((), asked)},
    files={WORD: word_file, PDF: pdf_file},
    views={FINAL: show_final},
    without=frozenset({"clock"}),
)
