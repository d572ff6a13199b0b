"""*Politisk afrapportering*: what is known of one age range, up to the politicians, and down to its anonymised sources.

Question: `politisk afrapportering 0-6` shows it with the figures of today, or as it is kept. Buttons: each theme with
figures and words side by side, *Vis kilder* from any line, *Word og PDF*; and those that keep it and make it
final, from when on everybody with a role reads it as it is.
"""

from uuid import UUID

from cards import political_final as final_cards
from cards import political_report as cards
from cards import political_sheet as sheets
from cards import political_theme as themes
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.political_document import document, file_name
from cards.political_sheet import AboutTheme, Keep, Seen, Sheet
from cards.political_trace import sources as sources_card
from dialogs import political_final as final
from dialogs.document_file import as_pdf, as_word
from dialogs.flow import Asked, Button, File, Flow, Question
from dialogs.political_sheet import PDF, WORD, cycle_meant, drafts, looked_back_on, readable, round_under_way, sheet_of
from dialogs.turn import Turn
from dialogs.words import normalise
from domain.access import Record
from domain.cycle import Cycle
from domain.errors import NotAllowed
from domain.evidence import ThemeEvidence
from domain.organisation import AgeRange, Institution, InstitutionType
from domain.slots import Slots
from storage.cycle import cycle_in, theme_called_alike, themes_with_ids

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
    half_year = slots.period(turn.today) if slots.half_year else None
    cycle = cycle_in(turn.uow, named, half_year) if half_year else cycle_meant(turn, named, slots.cycle)
    sheet = sheet_of(turn, cycle) if cycle else None
    if sheet is None:
        return cards.none_yet(turn._) if drafts(turn) else cards.not_final(turn._)
    if slots.format:
        return final_cards.files(turn._, sheet, only=slots.format)
    theme_id = _theme_meant(turn, sheet.cycle, slots.theme)
    if about := _theme_of(sheet, theme_id):
        return themes.show_theme(turn._, sheet, about)
    without = themes_with_ids(turn.uow, [theme_id]).get(theme_id) if theme_id else None
    is_wider = bool(slots.institutions or slots.areas or slots.leaders)
    return cards.show(turn._, sheet, is_wider=is_wider, without=without)


def both(turn: Turn) -> Card:
    """R-21: the two age ranges side by side, as far as there is something that the person may read."""
    found = _sheets(turn)
    if len(found) == 1:
        return cards.show(turn._, found[0])
    if not found:
        return cards.none_yet(turn._) if drafts(turn) else cards.not_final(turn._)
    return cards.both(turn._, found)


def files_of_both(turn: Turn, only: str) -> Card:
    found = _sheets(turn)
    return final_cards.files_of_both(turn._, found, only) if len(found) > 1 else both(turn)


def open_it(turn: Turn, subject: Subject) -> Card:
    return cards.show(turn._, readable(turn, subject.id))


def choose_theme(turn: Turn, subject: Subject) -> Card:
    sheet = readable(turn, subject.id)
    has_themes = bool(sheet.content.evidence.themes)
    return themes.choose(turn._, sheet) if has_themes else cards.show(turn._, sheet)


def open_theme(turn: Turn, press: AboutTheme) -> Card:
    sheet = readable(turn, press.cycle_id)
    about = _theme_of(sheet, press.theme_id)
    if about is None:
        raise NotAllowed
    return themes.show_theme(turn._, sheet, about)


def sources(turn: Turn, press: AboutTheme) -> Card:
    sheet = readable(turn, press.cycle_id)
    about = _theme_of(sheet, press.theme_id)
    if about is None and press.theme_id is not None:
        raise NotAllowed
    return sources_card(turn._, sheet, about)


def files(turn: Turn, subject: Subject) -> Card:
    return final_cards.files(turn._, readable(turn, subject.id))


def word_file(turn: Turn, cycle_id: UUID) -> File:
    sheet = readable(turn, cycle_id)
    return as_word(file_name(turn._, sheet), document(turn._, sheet))


def pdf_file(turn: Turn, cycle_id: UUID) -> File:
    sheet = readable(turn, cycle_id)
    return as_pdf(file_name(turn._, sheet), document(turn._, sheet))


def _sheets(turn: Turn) -> list[Sheet]:
    turn.viewer.require_of_all(Record.POLITICAL_REPORT)
    cycles = [cycle for each in AgeRange if (cycle := cycle_meant(turn, each, None))]
    return [sheet for each in cycles if (sheet := sheet_of(turn, each))]


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
    under_way = round_under_way(turn)
    return under_way.age_range if under_way and looked_back_on(turn, under_way) else None


FLOW = Flow(
    name="political_report",
    buttons={
        sheets.OPEN: Button(Subject.read, open_it, only_shows=True),
        sheets.BOTH: Button(Nothing.read, lambda turn, _: both(turn), only_shows=True),
        sheets.CHOOSE: Button(Subject.read, choose_theme, only_shows=True),
        sheets.THEME: Button(AboutTheme.read, open_theme, only_shows=True),
        sheets.SOURCES: Button(AboutTheme.read, sources, only_shows=True),
        sheets.FILES: Button(Subject.read, files, only_shows=True),
        sheets.KEEP: Button(Keep.read, final.keep),
        sheets.RENEW: Button(Seen.read, final.renew),
        sheets.PREVIEW: Button(Seen.read, final.preview, only_shows=True),
        sheets.FINISH: Button(Seen.read, final.finish),
    },
    questions={"political_report": Question((), asked)},
    files={WORD: word_file, PDF: pdf_file},
    views={final.FINAL: final.show_final},
    without=frozenset({"clock"}),
)
