"""The cards of a saved supervision summary, as they look at the moments people meet them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cards import saved_summary as saved
from cards import saved_summary_final as final_cards
from cards import saved_summary_list as listing
from cards import saved_summary_page as pages
from cards import saved_summary_remark as remarks
from cards.kit import Card
from cards.language import Translator
from cards.saved_summary import Sheet
from cards.saved_summary_remark import RemarkForm
from cards.scope import scope_words
from cards.supervision import lines_of
from domain.draft import digest
from domain.errors import Expired, Problem, Problems
from domain.journal import JournalEntry, JournalKind, JournalState
from domain.printed import Line
from domain.saved_summary import About, Comment, Printed, SavedSummary, SummaryRemark, SummaryState, mark_of
from domain.supervision import Section
from tests.cards import municipality as made
from tests.cards.municipality import SPRING, STARTS, WORDS
from tests.cards.supervision_examples import LINKS, bounds, found, scope

SENT_AT = STARTS + timedelta(days=1)


def _summary(_: Translator, words: str = WORDS, state: SummaryState = SummaryState.SENT, **more: Any) -> SavedSummary:
    about = About(institution_id=made.school().id, first=SPRING, last=SPRING)
    printed = Printed(
        scope=scope_words(_, scope()),
        lines=tuple(lines_of(_, found(words), most_figures=99)),
        language=made.chief().speaks,
    )
    kept = SavedSummary.of(about, printed, by=made.chief().id, now=STARTS, replaces=None)
    kept.id, kept.state = made.uid(950), state
    if not kept.is_with_chief:
        kept.sent_at = SENT_AT
    if state is SummaryState.FINAL:
        kept.final_at, kept.year, kept.number = SENT_AT + timedelta(days=7), 2026, 3
    for name, value in more.items():
        setattr(kept, name, value)
    return kept


def _sheet(summary: SavedSummary, *, as_chief: bool = True, **more: Any) -> Sheet:
    return Sheet(
        summary=summary,
        where=made.school(),
        lines=more.pop("lines", summary.lines),
        author=made.chief(),
        viewer=made.chief() if as_chief else made.leader(),
        is_chief=as_chief,
        is_leader=not as_chief,
        leaders=[made.leader().name],
        **more,
    )


def _remark(words: str = WORDS, number: int = 951) -> SummaryRemark:
    return SummaryRemark(
        summary_id=made.uid(950), author_id=made.leader().id, remark=words, written_at=SENT_AT, id=made.uid(number)
    )


def which(_: Translator) -> Card:
    return saved.which(_, [made.day_care(), made.school()], bounds(scope(several=True)))


def kept(_: Translator) -> Card:
    return pages.show(_, _sheet(_summary(_, state=SummaryState.DRAFT), **LINKS))


def ask_final(_: Translator) -> Card:
    kept = _summary(_, answered_at=SENT_AT)
    return final_cards.ask_final(
        _, kept, mark_of([_remark()]), is_answered=True, is_overtaken=False, is_journal_on=True
    )


def ask_final_unanswered(_: Translator) -> Card:
    return final_cards.ask_final(
        _, _summary(_), mark_of([]), is_answered=False, is_overtaken=False, is_journal_on=False
    )


def ask_final_overtaken(_: Translator) -> Card:
    kept = _summary(_, answered_at=SENT_AT)
    return final_cards.ask_final(
        _, kept, mark_of([_remark()]), is_answered=True, is_overtaken=True, is_journal_on=False
    )


def kept_edition(_: Translator) -> Card:
    return pages.show(_, _sheet(_summary(_, state=SummaryState.READ), replaces="2026-3", **LINKS), was_there=True)


def read(_: Translator, words: str = WORDS) -> Card:
    return pages.show(_, _sheet(_summary(_, words, SummaryState.READ), **LINKS))


def sent(_: Translator) -> Card:
    return pages.show(_, _sheet(_summary(_), **LINKS))


def leader(_: Translator, words: str = WORDS) -> Card:
    return pages.show(_, _sheet(_summary(_, words), as_chief=False, **LINKS))


def leader_of_several(_: Translator) -> Card:
    kept = _summary(_, answered_at=SENT_AT)
    lines = [line for line in kept.lines if line.section is not Section.AGREEMENTS]
    answers = [(_remark("", 952), made.colleague()), (_remark(), made.leader())]
    return pages.show(_, _sheet(kept, as_chief=False, lines=lines, hidden=2, answers=answers, **LINKS))


def answered(_: Translator, words: str = WORDS) -> Card:
    kept = _summary(_, words, answered_at=SENT_AT)
    return pages.show(_, _sheet(kept, answers=[(_remark(words), made.leader())], can_be_final=True, **LINKS))


def remark(_: Translator) -> Card:
    return remarks.ask_remark(_, _sheet(_summary(_), as_chief=False))


def remark_wrong(_: Translator) -> Card:
    typed = RemarkForm(id=made.uid(950), comment=Comment(remark="Det handler om 010203-1234"), was=digest(Comment()))
    problems = Problems({"remark": Problem("cpr")})
    return remarks.ask_remark(_, _sheet(_summary(_), as_chief=False), typed=typed, problems=problems)


def remark_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = RemarkForm(id=made.uid(950), comment=Comment(remark=words), was=digest(Comment()))
    sheet = _sheet(_summary(_), as_chief=False, answers=[(_remark("Noget andet"), made.leader())])
    return remarks.ask_remark(_, sheet, typed=typed, problems=Problems({"remark": Problem("written_meanwhile")}))


def final(_: Translator) -> Card:
    kept = _summary(_, state=SummaryState.FINAL)
    return pages.show(_, _sheet(kept, answers=[(_remark(), made.leader())], replaces="2025-7", **LINKS))


def final_now(_: Translator) -> Card:
    return final_cards.final_now(_, _sheet(_summary(_, state=SummaryState.FINAL), **LINKS))


def journalised(_: Translator) -> Card:
    kept = _summary(_, state=SummaryState.FINAL)
    sheet = _sheet(kept, answers=[(_remark(), made.leader())], journal=_entry(kept), is_journal_on=True, **LINKS)
    return pages.show(_, sheet)


def sent_with_journal(_: Translator) -> Card:
    return pages.show(_, _sheet(_summary(_), as_chief=False, is_journal_on=True, **LINKS))


def _entry(about: SavedSummary) -> JournalEntry:
    arrived = SENT_AT + timedelta(days=7, minutes=1)
    return JournalEntry(
        kind=JournalKind.SUMMARY,
        subject_id=about.id,
        institution_id=about.institution_id,
        name="tilsynsresume-2026-3",
        planned_at=arrived,
        state=JournalState.DELIVERED,
        delivered_at=arrived,
        reference="26/10442-7",
    )


def final_unanswered(_: Translator) -> Card:
    kept = _summary(_, state=SummaryState.FINAL)
    return pages.show(_, _sheet(kept, as_chief=False, replaced_by="2026-9", **LINKS))


def long(_: Translator) -> Card:
    """A year with much in it: the card has pages."""
    kept = _summary(_)
    row: Line = next(line for line in kept.lines if line.section is Section.DIALOGUES)
    lines = [*kept.lines, *[replace(row, lead=f"{row.lead} {number}") for number in range(40)]]
    return pages.show(_, _sheet(kept, lines=lines, **LINKS), page=1)


def leader_of_pages(_: Translator) -> Card:
    """What the leader says is right has to be turned over first."""
    kept = _summary(_)
    row: Line = next(line for line in kept.lines if line.section is Section.DIALOGUES)
    lines = [*kept.lines, *[replace(row, lead=f"{row.lead} {number}") for number in range(40)]]
    return pages.show(_, _sheet(kept, as_chief=False, lines=lines, **LINKS))


def empty(_: Translator) -> Card:
    """An institution of which nothing is registered but what is missing."""
    kept = _summary(_, state=SummaryState.READ)
    lines = [line for line in kept.lines if line.section is Section.GAPS]
    return pages.show(_, _sheet(kept, lines=lines, **LINKS))


def over(_: Translator, words: str = WORDS) -> Card:
    return saved.over(
        _, _sheet(_summary(_, state=SummaryState.FINAL), as_chief=False), Expired("summary_final"), written=words
    )


def waits(_: Translator) -> Card:
    return saved.over(_, _sheet(_summary(_)), Expired("summary_waits"))


def refused(_: Translator, words: str = WORDS) -> Card:
    return remarks.refused(_, words)


def dropped(_: Translator) -> Card:
    return saved.dropped(_)


def all_of_them(_: Translator) -> Card:
    rows = [_summary(_, state=each) for each in (SummaryState.READ, SummaryState.SENT, SummaryState.FINAL)]
    rows.append(_summary(_, state=SummaryState.FINAL))
    rows[-1].id = made.uid(951)
    found = [(each, made.school()) for each in rows]
    return listing.show_all(_, found, is_chief=True, journalised=[rows[-1].id])


def none_yet(_: Translator) -> Card:
    return listing.show_all(_, [], is_chief=False)


EXAMPLES = {
    "saved_summary_which": which,
    "saved_summary_kept": kept,
    "saved_summary_kept_edition": kept_edition,
    "saved_summary_read": read,
    "saved_summary_sent": sent,
    "saved_summary_leader": leader,
    "saved_summary_leader_of_several": leader_of_several,
    "saved_summary_answered": answered,
    "saved_summary_ask_final": ask_final,
    "saved_summary_ask_final_unanswered": ask_final_unanswered,
    "saved_summary_ask_final_overtaken": ask_final_overtaken,
    "saved_summary_leader_of_pages": leader_of_pages,
    "saved_summary_empty": empty,
    "saved_summary_remark": remark,
    "saved_summary_remark_wrong": remark_wrong,
    "saved_summary_remark_meanwhile": remark_meanwhile,
    "saved_summary_final": final,
    "saved_summary_final_now": final_now,
    "saved_summary_journalised": journalised,
    "saved_summary_sent_journal": sent_with_journal,
    "saved_summary_final_unanswered": final_unanswered,
    "saved_summary_long": long,
    "saved_summary_over": over,
    "saved_summary_waits": waits,
    "saved_summary_refused": refused,
    "saved_summary_dropped": dropped,
    "saved_summary_list": all_of_them,
    "saved_summary_none": none_yet,
}
