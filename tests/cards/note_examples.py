"""The cards of what is said at a 1:1: its agenda, one's own note, the shared note and its confirmation."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from cards import agenda, agenda_form, confirmation, note, note_unplanned, personal_note
from cards.kit import Card
from cards.language import Translator
from cards.one_on_one_plan import PlanForm
from domain.errors import Problem, Problems
from domain.note import Note, NoteVersion
from domain.one_on_one import OneOnOneState
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def agenda_ask(_: Translator, words: str = WORDS) -> Card:
    return agenda_form.ask(_, made.meeting(), made.entries(_, words), keeps_notes=True)


def agenda_for_an_agreement(_: Translator, words: str = WORDS) -> Card:
    typed = agenda.AddForm(one_on_one_id=made.uid(200), text=words, is_private=False)
    return agenda.for_an_agreement(_, agenda_form.ask(_, made.meeting(), [], keeps_notes=False, typed=typed))


def agenda_of_the_chief(_: Translator) -> Card:
    entries = [
        replace(each, is_mine=False, detail="Mette Holm" if each.is_mine else each.detail)
        for each in made.entries(_)
        if not each.is_private
    ]
    return agenda_form.ask(_, made.meeting(as_chief=True), entries, keeps_notes=False)


def agenda_empty(_: Translator) -> Card:
    return agenda_form.ask(_, made.meeting(), [], keeps_notes=False)


def agenda_wrong(_: Translator) -> Card:
    typed = agenda.AddForm(one_on_one_id=made.uid(200), text="Punkt seks", is_private=True)
    problems = Problems({"text": Problem("agenda_full", {"most": 5})})
    return agenda_form.ask(_, made.meeting(), made.entries(_)[3:], keeps_notes=False, typed=typed, problems=problems)


def agenda_fine(_: Translator) -> Card:
    return agenda.show(_, made.meeting(), made.entries(_), keeps_notes=True)


def agenda_whose(_: Translator, words: str = WORDS) -> Card:
    return agenda.choose(_, [made.meeting(as_chief=True)], words, fits=False, typed=words)


def agenda_mine(_: Translator) -> Card:
    return agenda_form.choose_item(_, [made.agenda_item(), made.agenda_item("Min egen tid til ledelse")])


def agenda_edit(_: Translator, words: str = "Vores nye 0. klasser") -> Card:
    return agenda_form.edit(_, made.meeting(), made.agenda_item(words))


def agenda_none(_: Translator) -> Card:
    return agenda.none_coming(_)


def agenda_refused(_: Translator, words: str = WORDS) -> Card:
    return agenda.refused(_, words)


def personal_note_off(_: Translator) -> Card:
    return personal_note.choose(_, is_on=False)


def personal_note_on(_: Translator) -> Card:
    return personal_note.choose(_, is_on=True, meeting=made.meeting())


def personal_note_write(_: Translator, words: str = WORDS) -> Card:
    return personal_note.ask(_, made.meeting(), kept=words, version=1, was_saved=True)


def personal_note_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = personal_note.Form(one_on_one_id=made.uid(200), text="Mine egne ord", was=1)
    problems = Problems({"text": Problem("written_elsewhere")})
    return personal_note.ask(_, made.meeting(), kept=words, version=2, typed=typed, problems=problems)


def personal_note_refused(_: Translator, words: str = WORDS) -> Card:
    return personal_note.refused(_, personal_note.Form(one_on_one_id=made.uid(200), text=words, was=1))


def _note_sheet(_: Translator, kept: Note, *, shared: NoteVersion | None = None) -> note.Sheet:
    about = made.meeting(OneOnOneState.SHARED if shared else OneOnOneState.AGENDA_OPEN, as_chief=True)
    return note.Sheet(meeting=about, kept=kept, entries=made.entries(_, "Flere stemmer i timerne"), shared=shared)


def note_first(_: Translator) -> Card:
    return note.ask(_, _note_sheet(_, Note()))


def note_begun(_: Translator, words: str = WORDS) -> Card:
    return note.ask(_, _note_sheet(_, made.talked(words)))


def note_missing(_: Translator) -> Card:
    held_on = date(2025, 11, 12)
    problems = Problems(
        {"leading": Problem("nothing_on_leading"), "counts": Problem("school_talk_already", {"held_on": held_on})}
    )
    return note.ask(_, _note_sheet(_, Note(works="Makkerpar", counts=True)), problems=problems)


def note_correct(_: Translator) -> Card:
    return note.ask(_, _note_sheet(_, made.talked(), shared=made.noted(_).version))


def note_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = note.Form(one_on_one_id=made.uid(200), note=Note(leading="Mine egne ord"), was="")
    problems = Problems({"leading": Problem("written_meanwhile")})
    return note.ask(_, _note_sheet(_, made.talked(words)), typed=typed, problems=problems)


def note_draft(_: Translator) -> Card:
    return note.saved_draft(_, made.meeting(as_chief=True))


def note_none(_: Translator) -> Card:
    return note.nothing_to_write(_)


def note_none_of_the_chief(_: Translator) -> Card:
    return note.nothing_to_write(_, is_named=True, is_chief=True)


def note_unplanned_ask(_: Translator, words: str = "Kontoret") -> Card:
    typed = PlanForm(leader_id=None, day=date(2026, 4, 14), clock=time(9), place=words)
    problems = Problems({"day": Problem("one_on_one_long_ago", {"days": 30})})
    return note_unplanned.ask(_, made.leader(), [made.school()], typed, problems=problems)


def note_refused(_: Translator, words: str = WORDS) -> Card:
    return note.refused(_, note.Form(one_on_one_id=made.uid(200), note=made.talked(words), was=""))


def confirmation_ask(_: Translator, words: str = WORDS) -> Card:
    return confirmation.show(_, made.noted(_, words))


def confirmation_last_time(_: Translator) -> Card:
    return confirmation.show(_, made.noted(_, is_last_reminder=True))


def confirmation_corrected(_: Translator) -> Card:
    before = made.noted(_).version
    before.content = replace(before.content, leading="Det går godt.")
    return confirmation.show(_, made.noted(_, number=2, previous=before, was_changed=True))


def confirmation_of_the_chief(_: Translator) -> Card:
    return confirmation.show(_, made.noted(_, as_chief=True))


def confirmation_not_confirmed(_: Translator) -> Card:
    return confirmation.show(_, made.noted(_, as_chief=True, is_late=True))


def confirmation_with_a_remark(_: Translator, words: str = "Vi talte også om udeskole.") -> Card:
    return confirmation.show(_, made.noted(_, as_chief=True, answered=True, remarks=[made.remarked(words)]))


def confirmation_confirmed(_: Translator) -> Card:
    return confirmation.show(_, made.noted(_, waits=False))


def confirmation_of_a_later_agreement(_: Translator) -> Card:
    sheet = made.noted(_)
    sheet.meeting.one_on_one.confirmed_at = datetime(2026, 4, 24, 9, 0, tzinfo=UTC)
    return confirmation.show(_, sheet)


def confirmation_when_the_chief_has_left(_: Translator) -> Card:
    sheet = made.noted(_)
    return confirmation.show(_, replace(sheet, meeting=replace(sheet.meeting, is_shared=False)))


def confirmation_of_a_former_chief(_: Translator) -> Card:
    return confirmation.show(_, made.noted(_, as_chief=True, waits=False, can_write=False))


def confirmation_remark(_: Translator, words: str = WORDS) -> Card:
    problems = Problems({"remark": Problem("cpr")})
    return confirmation.ask_remark(_, made.meeting(OneOnOneState.SHARED), typed=words, problems=problems)


def confirmation_refused(_: Translator, words: str = WORDS) -> Card:
    return confirmation.refused(_, words)


EXAMPLES = examples_in(globals())
