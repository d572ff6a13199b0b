"""The cards of what is decided, and of what the board is told of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from cards import board, board_extract, decision, decision_form, decision_minutes, decisions
from cards.document import plain
from cards.kit import Card
from cards.language import Translator
from domain.board import Told
from domain.decision import DecisionKind, DecisionStep, Involvement, What, Who
from domain.dialogue import DialogueState
from domain.errors import Expired, Problem, Problems, ReflectionMissing
from domain.journal import JournalEntry, JournalKind, JournalState
from domain.perspective import Count
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def decision_first(_: Translator) -> Card:
    return decision_form.ask(_, made.decided())


def decision_after_reflection(_: Translator) -> Card:
    return decision_form.ask(_, made.decided(), is_reflected=True)


def decision_what(_: Translator, words: str = WORDS) -> Card:
    return decision_form.ask(_, made.decided(made.decision(words)))


def decision_who(_: Translator) -> Card:
    kept = made.decision()
    kept.step = DecisionStep.WHO
    return decision_form.ask(_, made.decided(kept))


def decision_missing(_: Translator) -> Card:
    problems = Problems(
        {"kind": Problem("no_knowledge_across"), "text": Problem("no_decision"), "based": Problem("not_based")}
    )
    return decision_form.ask(_, made.decided(is_late=True), problems=problems)


def decision_who_missing(_: Translator) -> Card:
    kept = made.decision()
    kept.step, kept.who = DecisionStep.WHO, Who(parents=Involvement.NOT_YET, due=date(2026, 4, 1))
    names = {
        "children": "no_involvement",
        "involve_by": "no_involvement_date",
        "owner": "no_owner",
        "due": "date_passed",
    }
    return decision_form.ask(
        _, made.decided(kept), problems=Problems({name: Problem(code) for name, code in names.items()})
    )


def decision_meanwhile(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(words, saved=True)
    typed = decision.Form(
        dialogue_id=made.uid(20), decision_id=made.uid(80), step=DecisionStep.WHAT, content=What(text="Mit"), was=""
    )
    problems = Problems({"text": Problem("written_meanwhile"), "figures": Problem("written_meanwhile")})
    return decision_form.ask(_, made.decided(kept, kept), typed=typed, problems=problems)


def decision_draft(_: Translator) -> Card:
    return decision_form.saved_draft(_, made.decided())


def decision_saved(_: Translator, words: str = WORDS) -> Card:
    saved = [
        made.decision(words, saved=True, area_id=made.uid(90)),
        made.decision("Vi fortsætter, som vi gør.", kind=DecisionKind.OTHER, saved=True, number=82),
    ]
    return decisions.show(_, made.decided(None, *saved))


def decision_withdrawn(_: Translator, words: str = WORDS) -> Card:
    none = made.decision("Vi fortsætter, som vi gør.", kind=DecisionKind.NONE, saved=True, number=82)
    none.withdrawn_at = datetime(2026, 4, 22, 9, 0, tzinfo=UTC)
    return decisions.show(_, replace(made.decided(None, made.decision(words, saved=True)), withdrawn=[none]))


def decision_waits(_: Translator) -> Card:
    return decisions.show(_, made.decided(None, made.decision(kind=DecisionKind.CHOOSE, saved=True)))


def decision_closed(_: Translator, words: str = WORDS) -> Card:
    about = made.dialogue(DialogueState.CLOSED)
    return decisions.show(_, made.decided(None, made.decision(words, saved=True), about=about, can_record=False))


def decision_journalised(_: Translator, words: str = WORDS) -> Card:
    about = made.dialogue(DialogueState.CLOSED)
    arrived = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
    entry = JournalEntry(
        kind=JournalKind.DECISIONS,
        subject_id=about.id,
        institution_id=about.institution_id,
        name="beslutninger-2026-04-21-elmeskolen-5f0a91c2",
        planned_at=arrived,
        state=JournalState.DELIVERED,
        delivered_at=arrived,
        reference="beslutninger-2026-04-21-elmeskolen-5f0a91c2",
    )
    sheet = made.decided(None, made.decision(words, saved=True), about=about, can_record=False)
    return decisions.show(_, replace(sheet, journal=entry, is_journal_on=True))


def decision_journal(_: Translator, words: str = WORDS) -> Card:
    return decisions.show(_, replace(made.decided(None, made.decision(words, saved=True)), is_journal_on=True))


def decision_ask_close_journal(_: Translator) -> Card:
    return decisions.ask_close(_, replace(made.decided(None, made.decision(saved=True)), is_journal_on=True))


def decision_board(_: Translator, words: str = WORDS) -> Card:
    told = [(made.board_note(words), made.leader())]
    return decisions.show(_, replace(made.decided(None, made.decision(saved=True)), board=told))


def decision_board_added(_: Translator, words: str = WORDS) -> Card:
    about = made.dialogue(DialogueState.CLOSED)
    sheet = made.decided(None, made.decision(saved=True), about=about, can_record=False)
    told = [(made.board_note(words, added=True), made.leader())]
    return decisions.show(_, replace(sheet, board=told, can_send=True))


def board_send(_: Translator) -> Card:
    return board.show(_, made.for_the_board())


def board_send_few(_: Translator, words: str = WORDS) -> Card:
    told = [(made.board_note(words), made.leader())]
    return board.show(_, replace(made.for_the_board(count=Count.FEW), notes=told))


def board_no_files(_: Translator) -> Card:
    return board.show(_, made.for_the_board(links=False))


def board_copy(_: Translator, words: str = WORDS) -> Card:
    made_of = made.extract(words)
    return board.copied(_, made_of, [plain.write(board_extract.document(_, made_of))], 1)


def board_copy_first_part(_: Translator) -> Card:
    made_of = made.extract()
    pieces = plain.pieces_of(plain.write(board_extract.document(_, made_of)), 1_200)
    return board.copied(_, made_of, pieces, 1)


def board_record(_: Translator) -> Card:
    return board.ask(_, made.board_record())


def _told(told: Told, *, was_open: bool = True) -> board.Form:
    return board.Form(dialogue_id=made.uid(20), note_id=made.uid(160), told=told, was="", was_open=was_open)


def board_record_missing(_: Translator) -> Card:
    problems = Problems({"informed_on": Problem("before_dialogue"), "said": Problem("cpr")})
    typed = _told(Told(informed_on=date(2026, 4, 1), said="Det handler om 010203-1234"))
    return board.ask(_, made.board_record(), typed=typed, problems=problems)


def board_record_meanwhile(_: Translator, words: str = WORDS) -> Card:
    problems = Problems({"informed_on": Problem("written_meanwhile"), "said": Problem("written_meanwhile")})
    typed = _told(Told(informed_on=date(2026, 5, 13), said="Mit"))
    return board.ask(_, made.board_record(made.board_note(words)), typed=typed, problems=problems)


def board_record_closed(_: Translator) -> Card:
    return board.ask(_, made.board_record(closed=True))


def board_record_closed_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = _told(Told(informed_on=date(2026, 5, 12), said=words))
    return board.ask(_, made.board_record(closed=True), typed=typed, has_closed=True)


def board_saved(_: Translator, words: str = WORDS) -> Card:
    told = made.board_note(words)
    return board.saved(_, made.board_record(told), [(told, made.leader())])


def board_saved_added(_: Translator, words: str = WORDS) -> Card:
    told = [(made.board_note(words, added=added), made.leader()) for added in (False, True)]
    return board.saved(_, made.board_record(closed=True), told)


def board_nothing(_: Translator) -> Card:
    return board.nothing_yet(_)


def board_refused(_: Translator, words: str = WORDS) -> Card:
    return board.refused(_, _told(Told(said=words)))


def decision_with_draft(_: Translator, words: str = WORDS) -> Card:
    return decisions.show(_, made.decided(None, made.decision(saved=True), draft=made.decision(words, number=83)))


def decision_ask_close_draft(_: Translator, words: str = WORDS) -> Card:
    return decisions.ask_close(_, made.decided(None, made.decision(saved=True), draft=made.decision(words, number=83)))


def decision_closed_for_chief(_: Translator, words: str = WORDS) -> Card:
    about = made.dialogue(DialogueState.CLOSED)
    sheet = made.decided(None, made.decision(words, saved=True), about=about, can_record=False)
    return decisions.show(_, replace(sheet, leads=False, addenda=[(made.addendum(words), made.leader())]))


def decision_refused(_: Translator, words: str = WORDS) -> Card:
    typed = decision.Form(
        dialogue_id=made.uid(20), decision_id=made.uid(80), step=DecisionStep.WHAT, content=What(text=words), was=""
    )
    return decision.refused(_, typed=typed)


def decision_colleague(_: Translator) -> Card:
    return decision_form.choose_note_taker(_, made.decided(), [made.colleague()])


def decision_which(_: Translator) -> Card:
    saved = [made.decision(saved=True), made.decision(kind=DecisionKind.OTHER, saved=True, number=82)]
    return decisions.choose(_, made.decided(None, *saved))


def decision_gate(_: Translator, words: str = WORDS) -> Card:
    typed = decision.Form(
        dialogue_id=made.uid(20), decision_id=made.uid(80), step=DecisionStep.WHAT, content=What(text=words), was=""
    )
    return decision.over(_, made.dialogue(), made.school(), ReflectionMissing(), typed=typed)


def decision_over(_: Translator) -> Card:
    return decision.over(_, made.dialogue(), made.school(), Expired("dialogue_closed"))


def decision_copy(_: Translator) -> Card:
    sheet = made.decided(None, made.decision(saved=True))
    return decision_minutes.copied(_, sheet, decision_minutes.minutes_of(_, sheet))


def decision_ask_close(_: Translator) -> Card:
    return decisions.ask_close(_, made.decided(None, made.decision(saved=True)))


def decision_nothing(_: Translator) -> Card:
    return decision.nothing_to_decide(_)


EXAMPLES = examples_in(globals())
