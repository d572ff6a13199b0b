"""Every card of the flows, as it looks at the moments people meet it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.dialog import in_dialog
from cards import (
    agenda,
    agreement,
    agreement_form,
    agreement_made,
    anonymisation,
    audit,
    board,
    board_extract,
    confirmation,
    data_package,
    decision,
    decision_form,
    decision_minutes,
    decisions,
    evidence,
    focus_area,
    focus_area_aim,
    focus_status,
    handover,
    handover_form,
    help,
    language_choice,
    later,
    measure,
    meeting,
    method,
    monday,
    network,
    new_leader,
    note,
    one_on_one,
    overview,
    pause,
    personal_note,
    perspective,
    perspective_form,
    perspective_list,
    perspective_message,
    political_round,
    practice,
    practice_receipt,
    practice_search,
    preparation,
    preparation_form,
    preparation_receipt,
    priority,
    recommendation,
    reflection,
    reflection_form,
    refusal,
    rhythm,
    theme,
    welcome,
)
from cards import dialogue as moving
from cards import one_on_one_plan as planning
from cards.audit import Read
from cards.dialogue import Life
from cards.dialogue import PlanForm as DialogueForm
from cards.document import plain
from cards.focus_area_story import Story
from cards.kit import Card, summary_of
from cards.language import Translator
from cards.one_on_one_plan import Doubt, PlanForm
from cards.overview import Line, Place
from cards.perspective_message import Quoted
from cards.preparation import Form
from cards.priority import Form as PriorityForm
from cards.searching import searching
from cards.task import Task
from cards.time_and_place import MoveForm
from cards.which import which_place
from dialogs import ACTIONS
from domain.access import Record
from domain.agreement import AgreementState, Owner, Terms
from domain.board import Told
from domain.cycle import PoliticalRound, RoundState
from domain.decision import DecisionKind, DecisionStep, Involvement, What, Who
from domain.dialogue import Addendum, DialogueState
from domain.errors import Expired, NotAllowed, Problem, Problems, ReflectionMissing
from domain.evidence import Breakdown
from domain.focus_area import Aim, Closing
from domain.focus_status import Seen
from domain.journal import JournalEntry, JournalKind, JournalState
from domain.measure import MeasureState
from domain.network import Answer, NetworkStatement
from domain.note import Note, NoteVersion
from domain.observation import Progress
from domain.one_on_one import OneOnOneState
from domain.organisation import AgeRange, InstitutionType, Person
from domain.perspective import Answered, Count, FormalBody, Group, Response, ToolExperience, Voice
from domain.practice import Account
from domain.preparation import DataStep, FocusStep, PerspectiveStep, PreparationState, Source, Step
from domain.priority import Stated, sources_of
from domain.reach import Hindrance
from domain.reflection import Basis, Participant, ReflectionStep, Understanding
from domain.status import Status
from domain.theme import DiscussedWith, ThemeReceipt, talk_name
from tests.cards import (
    anonymisation_examples,
    answer_examples,
    asking_examples,
    focus_remark_examples,
    follow_up_examples,
    observation_examples,
    own_examples,
    political_examples,
    rights_examples,
    saved_examples,
    supervision_examples,
    takeover,
)
from tests.cards import municipality as made
from tests.cards import observed as seen
from tests.cards.municipality import WORDS


def _in_dialog(card: Card) -> Card:
    """The card as it stands in the dialog of *Gem som perspektiv*."""
    return in_dialog(card, ACTIONS["save_as_perspective"].verbs)


def _at(step: Step, words: str = WORDS) -> Any:
    kept = made.preparation(words)
    kept.step = step
    return kept


def _typed(words: str) -> Form:
    kept = made.preparation(words)
    return Form(dialogue_id=made.uid(20), step=Step.DATA, content=kept.data, was="", revision=1)


def prepare_first(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet())


def prepare_data(_: Translator, words: str = WORDS) -> Card:
    return preparation_form.ask(_, made.sheet(_at(Step.DATA, words)))


def prepare_perspectives(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet(_at(Step.PERSPECTIVES)))


def prepare_waiting(_: Translator, words: str = WORDS) -> Card:
    waiting = [words, "Flere små grupper i dansk", "Mere tid til at tænke", "En fast makker"]
    return preparation_form.ask(_, replace(made.sheet(_at(Step.PERSPECTIVES)), waiting=waiting))


def prepare_focus(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet(_at(Step.FOCUS)))


def prepare_missing(_: Translator) -> Card:
    kept = made.preparation("For kort")
    problems = Problems({"figures": Problem("no_data"), "interpretation": Problem("not_interpreted")})
    typed = Form(
        dialogue_id=made.uid(20), step=Step.DATA, content=DataStep(interpretation="For kort"), was="", revision=1
    )
    return preparation_form.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_perspectives_missing(_: Translator) -> Card:
    kept = _at(Step.PERSPECTIVES)
    problems = Problems({"children": Problem("no_perspective"), "parents_by": Problem("date_passed")})
    content = PerspectiveStep(parents_by=date(2026, 4, 1))
    typed = Form(dialogue_id=made.uid(20), step=Step.PERSPECTIVES, content=content, was="", revision=1)
    return preparation_form.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_observed(_: Translator, words: str = "") -> Card:
    received = [seen.given(words), seen.given(words, seen.acknowledged(words))]
    return preparation_form.ask(_, replace(made.sheet(), received=received, brought_home=[seen.given(words)]))


def prepare_later(_: Translator, words: str = WORDS) -> Card:
    sheet = replace(
        made.sheet(_at(Step.DATA)),
        stories=[made.story(words), _second()],
        measures=[made.measure(), made.measure("Elevrådet prøver det af", MeasureState.DONE)],
        unfinished=[made.focus_area(closing=Closing.CONTINUED)],
    )
    return preparation_form.ask(_, sheet)


def prepare_later_focus(_: Translator) -> Card:
    return preparation_form.ask(_, replace(made.sheet(_at(Step.FOCUS)), stories=[made.story(), _second()]))


def _second() -> Story:
    area = made.focus_area()
    area.id, area.title = made.uid(91), "En rolig start på dagen"
    return made.story(area=area, begun=False)


def prepare_focus_missing(_: Translator) -> Card:
    kept = _at(Step.FOCUS)
    content = FocusStep(considered=(*kept.focus.considered, *kept.focus.considered[:0]), wishes="x" * 1012)
    problems = Problems({"title1": Problem("no_title"), "wishes": Problem("too_long", {"limit": 1000, "length": 1012})})
    typed = Form(dialogue_id=made.uid(20), step=Step.FOCUS, content=content, was="", revision=1)
    return preparation_form.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_cpr(_: Translator) -> Card:
    return preparation_form.ask(
        _,
        made.sheet(made.preparation()),
        typed=_typed("Der er et barn, 010203-1234, som …"),
        problems=Problems({"interpretation": Problem("cpr")}),
    )


def prepare_meanwhile(_: Translator, words: str = WORDS) -> Card:
    problems = Problems({"interpretation": Problem("written_meanwhile")})
    return preparation_form.ask(
        _, made.sheet(made.preparation(words)), typed=_typed("Mine egne ord."), problems=problems
    )


def prepare_moved(_: Translator) -> Card:
    return preparation_form.ask(_, made.sheet(made.preparation(), was_moved=True))


def preparation_filed(_: Translator, words: str = WORDS) -> Card:
    kept = _at(Step.PERSPECTIVES)
    kept.perspectives = PerspectiveStep()
    return preparation_form.ask(_, replace(made.sheet(kept), heard=made.heard(words)))


def preparation_filed_date_wrong(_: Translator) -> Card:
    kept = made.preparation()
    kept.perspectives = PerspectiveStep(chosen=(made.uid(140),), parents_by=date(2026, 4, 1))
    kept.step = Step.PERSPECTIVES
    problems = Problems({"parents_by": Problem("date_passed")})
    return preparation_form.ask(_, replace(made.sheet(kept), heard=made.heard()), problems=problems)


def preparation_read_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.preparation(words)
    kept.perspectives = PerspectiveStep(chosen=(made.uid(140), made.uid(144)))
    return preparation_receipt.read_only(_, replace(made.sheet(kept), heard=made.heard(words)))


def reflection_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    kept.basis = replace(kept.basis, perspectives=(made.uid(140), made.uid(144)))
    kept.step = ReflectionStep.BASIS
    return reflection_form.ask(_, replace(made.reflected(kept), heard=made.heard(words)))


def reflection_saved_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words, saved=True)
    kept.basis = replace(kept.basis, perspectives=(made.uid(140), made.uid(144)))
    return reflection.show(_, replace(made.reflected(kept), heard=made.heard(words)))


def decision_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(words)
    kept.what = replace(kept.what, perspectives=(made.uid(140),))
    return decision_form.ask(_, replace(made.decided(kept), heard=made.heard(words)))


def decision_saved_filed(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(words, saved=True)
    kept.what = replace(kept.what, perspectives=(made.uid(140), made.uid(144)))
    return decisions.show(_, replace(made.decided(None, kept), heard=made.heard(words)))


def focus_status_filed(_: Translator, words: str = WORDS) -> Card:
    return focus_status.ask(_, made.story(words, heard=made.heard(words)))


def focus_area_filed(_: Translator, words: str = WORDS) -> Card:
    story = made.story(words, heard=made.heard(words))
    last = story.history[-1][0]
    last.perspectives = (made.uid(140), made.uid(145))
    return focus_area.show(_, story)


def priority_new(_: Translator) -> Card:
    return priority.ask(_, made.prioritised())


def priority_goes_on(_: Translator, words: str = WORDS) -> Card:
    before = made.local_priority(words, half_year=made.SPRING.previous)
    return priority.ask(_, made.prioritised(before=before))


def priority_missing(_: Translator) -> Card:
    typed = PriorityForm(institution_id=made.uid(2), half_year=made.SPRING, stated=Stated())
    return priority.ask(_, made.prioritised(), typed=typed, problems=Problems({"text": Problem("no_priority")}))


def priority_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = PriorityForm(institution_id=made.uid(2), half_year=made.SPRING, stated=Stated(text="Mine egne ord."))
    sheet = replace(made.prioritised(made.local_priority(words)), written_by=made.colleague())
    return priority.ask(_, sheet, typed=typed, problems=Problems({"text": Problem("written_meanwhile")}))


def priority_saved(_: Translator, words: str = WORDS) -> Card:
    sheet = made.prioritised(made.local_priority(words), dialogue=made.dialogue())
    return priority.show(_, sheet, others=[made.local_priority(half_year=made.SPRING.previous)])


def priority_read(_: Translator, words: str = WORDS) -> Card:
    return priority.show(_, replace(made.prioritised(made.local_priority(words)), can_write=False))


def priority_none(_: Translator) -> Card:
    earlier = [made.local_priority(half_year=made.SPRING.previous)]
    return priority.none_yet(_, replace(made.prioritised(), can_write=False), others=earlier)


def priority_over(_: Translator, words: str = WORDS) -> Card:
    typed = PriorityForm(institution_id=made.uid(2), half_year=made.SPRING, stated=Stated(text=words))
    return priority.over(_, Expired("half_year_over"), typed=typed)


def priority_refused(_: Translator, words: str = WORDS) -> Card:
    return priority.refused(_, PriorityForm(institution_id=made.uid(2), half_year=None, stated=Stated(text=words)))


def priority_which(_: Translator) -> Card:
    """For a chief: whose to read."""
    return which_place(_, [made.school(), made.day_care()], priority.READ)


def priority_in_preparation(_: Translator, words: str = WORDS) -> Card:
    return preparation_form.ask(_, replace(made.sheet(), priority=made.local_priority(words), can_prioritise=True))


def priority_lacking_in_preparation(_: Translator) -> Card:
    sheet = replace(made.sheet(), can_prioritise=True, sources=sources_of(AgeRange.OLDER, None))
    return preparation_form.ask(_, sheet)


def priority_in_reflection(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(saved=True)
    kept.basis = replace(kept.basis, sources=(Source.OBSERVATION, Source.PRIORITY))
    return reflection.show(_, replace(made.reflected(kept), priority=made.local_priority(words)))


def priority_in_decision(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(saved=True)
    kept.what = replace(kept.what, sources=(Source.PRIORITY,))
    return decisions.show(_, replace(made.decided(None, kept), priority=made.local_priority(words)))


def preparation_saved(_: Translator) -> Card:
    return preparation_receipt.saved(_, made.sheet(made.preparation()))


def preparation_ready(_: Translator, words: str = WORDS) -> Card:
    return preparation_receipt.receipt(_, made.sheet(made.preparation(words, state=PreparationState.READY)))


def preparation_needs_attention(_: Translator) -> Card:
    """The status that the preparation brought along asks for the next step and the 1:1."""
    kept = made.preparation(state=PreparationState.READY)
    short = made.story(last=Status.NEEDS_ATTENTION)
    last, _author = short.history[-1]
    last.is_short = True
    sheet = replace(made.sheet(kept, about=made.dialogue(DialogueState.READY)), stories=[short])
    return preparation_receipt.receipt(_, sheet)


def preparation_closed(_: Translator, words: str = WORDS) -> Card:
    kept = made.preparation(state=PreparationState.READY)
    about = made.dialogue(DialogueState.CLOSED)
    return preparation_receipt.receipt(_, made.sheet(kept, about=about, addenda=((_addendum(words), made.leader()),)))


def preparation_closed_unshared(_: Translator, words: str = WORDS) -> Card:
    """A remark on a dialogue whose preparation was never shown, where there is a journal."""
    sheet = made.sheet(made.preparation(), about=made.dialogue(DialogueState.CLOSED), addenda=())
    problems = Problems({"addendum": Problem("cpr")})
    return preparation_receipt.receipt(_, replace(sheet, is_journal_on=True), addendum=words, problems=problems)


def _addendum(words: str) -> Addendum:
    return Addendum(
        id=made.uid(60),
        dialogue_id=made.uid(20),
        author_id=made.uid(4),
        text=words,
        written_at=datetime(2026, 5, 20, 9, 0, tzinfo=UTC),
    )


def preparation_read(_: Translator, words: str = WORDS) -> Card:
    return preparation_receipt.read_only(_, made.sheet(made.preparation(words, state=PreparationState.READY)))


def preparation_agenda(_: Translator) -> Card:
    return preparation_receipt.agenda(_, made.sheet(made.preparation(state=PreparationState.READY)))


def preparation_colleague(_: Translator) -> Card:
    return preparation_receipt.choose_colleague(_, made.sheet(made.preparation()), [made.colleague()])


def preparation_no_colleague(_: Translator) -> Card:
    return preparation_receipt.choose_colleague(_, made.sheet(made.preparation()), [])


def _team() -> tuple[Person, Person]:
    return made.colleague(), Person(id=made.uid(6), name="Sara Lind", email="s@example.dk", aad_object_id="6")


def preparation_share(_: Translator) -> Card:
    return preparation_receipt.share(_, made.sheet(made.preparation(), shared_with=_team()[:1]), _team())


def preparation_share_problem(_: Translator) -> Card:
    typed = preparation.Shares(dialogue_id=made.uid(20), chosen=(made.uid(6),))
    problems = Problems({"colleagues": Problem("choose_colleague")})
    return preparation_receipt.share(_, made.sheet(made.preparation()), _team(), typed=typed, problems=problems)


def preparation_share_nobody(_: Translator) -> Card:
    return preparation_receipt.share(_, made.sheet(made.preparation()), ())


def preparation_shared(_: Translator) -> Card:
    return preparation_receipt.shared(_, made.sheet(made.preparation(), shared_with=_team()))


def preparation_shared_with_nobody(_: Translator) -> Card:
    return preparation_receipt.shared(_, made.sheet(made.preparation()))


def preparation_shared_form(_: Translator) -> Card:
    """Everybody with whom it is shared is named."""
    return preparation_form.ask(_, made.sheet(made.preparation(), shared_with=_team()))


def preparation_shared_by_leader(_: Translator) -> Card:
    """As the colleague has it."""
    shared = made.sheet(made.preparation(), shared_with=_team())
    return preparation_form.ask(_, replace(shared, viewer=_team()[0], leads=False))


def preparation_shared_read(_: Translator) -> Card:
    return preparation_receipt.read_only(
        _, made.sheet(made.preparation(state=PreparationState.READY), shared_with=_team())
    )


def preparation_shared_ready(_: Translator) -> Card:
    return preparation_receipt.receipt(
        _, made.sheet(made.preparation(state=PreparationState.READY), shared_with=_team())
    )


def preparation_handed(_: Translator) -> Card:
    return preparation_receipt.handed(_, made.sheet(made.preparation(), handed_to=made.colleague()))


def preparation_expired(_: Translator, words: str = WORDS) -> Card:
    return preparation_receipt.expired(
        _,
        made.dialogue(DialogueState.CANCELLED),
        made.school(),
        Expired("dialogue_cancelled"),
        typed=_typed(words),
        following=made.dialogue(),
    )


def preparation_none(_: Translator) -> Card:
    return preparation_receipt.nothing_to_prepare(_, leads=True)


def dialogue_which(_: Translator) -> Card:
    found = [(made.dialogue(), made.school()), (made.dialogue(), made.day_care())]
    return moving.choose(_, found, preparation.BEGIN)


def dialogue_which_of_many(_: Translator) -> Card:
    found = []
    for number in range(8):
        coming, where = made.dialogue(), made.school() if number % 2 else made.day_care()
        coming.id = made.uid(70 + number)
        found.append((coming, where))
    return moving.choose(_, found, preparation.BEGIN)


def dialogue_move(_: Translator) -> Card:
    return moving.ask_move(_, made.dialogue(), made.school())


def dialogue_move_wrong(_: Translator) -> Card:
    typed = MoveForm(subject_id=made.uid(20), day=date(2026, 9, 1), clock=None, place="", revision=1)
    problems = Problems({"day": Problem("other_half_year", {"half_year": made.SPRING})})
    return moving.ask_move(_, made.dialogue(), made.school(), typed=typed, problems=problems)


def dialogue_moved(_: Translator) -> Card:
    return moving.moved(_, made.dialogue(), made.school(), by_me=True)


def dialogue_moved_news(_: Translator) -> Card:
    return moving.moved(_, made.dialogue(), made.school(), by_me=False)


def dialogue_over(_: Translator) -> Card:
    return moving.over(_, made.dialogue(), made.school(), Expired("dialogue_cancelled"))


def _life(state: DialogueState, *, has_begun: bool, leads: bool = True) -> Life:
    return Life(
        dialogue=made.dialogue(state),
        institution=made.school(),
        leads=leads,
        can_record=leads and has_begun,
        can_read=has_begun,
        has_begun=has_begun,
        can_change=leads and not has_begun,
        closes_at=datetime(2026, 5, 8, 9, 0, tzinfo=UTC) if state is DialogueState.RECORDED else None,
    )


def dialogue_coming(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.OPEN, has_begun=False))


def dialogue_going_on(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.READY, has_begun=True))


def dialogue_fell_through(_: Translator) -> Card:
    return moving.show(_, replace(_life(DialogueState.READY, has_begun=True), can_change=True))


def dialogue_recorded(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.RECORDED, has_begun=True))


def dialogue_of_the_chief(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.READY, has_begun=True, leads=False))


def dialogue_ask_cancel(_: Translator) -> Card:
    return moving.ask_cancel(_, made.dialogue(), made.school())


def dialogue_cancelled(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED), made.school(), by_me=True)


def dialogue_cancelled_extra(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED, number=None), made.school(), by_me=True)


def dialogue_cancelled_news(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED), made.school(), by_me=False)


def dialogue_plan(_: Translator) -> Card:
    return moving.ask_plan(_, made.school())


def dialogue_plan_wrong(_: Translator) -> Card:
    typed = DialogueForm(institution_id=made.uid(2), day=date(2026, 5, 12), clock=None, place="", is_extra=False)
    problems = Problems({"kind": Problem("half_year_taken", {"half_year": made.SPRING}), "clock": Problem("no_clock")})
    return moving.ask_plan(_, made.school(), typed=typed, problems=problems)


def dialogue_planned(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=True)


def dialogue_planned_soon(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=True, is_open=True)


def dialogue_planned_news(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=False)


def dialogue_where(_: Translator) -> Card:
    return which_place(_, [made.school(), made.day_care()], moving.NEW)


def dialogue_closing(_: Translator) -> Card:
    about = made.dialogue(DialogueState.RECORDED)
    return moving.closing(_, about, made.school(), datetime(2026, 5, 8, 9, 0, tzinfo=UTC))


def dialogue_closing_draft(_: Translator) -> Card:
    about = made.dialogue(DialogueState.RECORDED)
    return moving.closing(_, about, made.school(), datetime(2026, 5, 8, 9, 0, tzinfo=UTC), has_draft=True)


def dialogue_none(_: Translator) -> Card:
    return moving.none_planned(_)


def data_package_released(_: Translator) -> Card:
    return data_package.show(
        _,
        package=made.package(),
        institution=made.school(),
        figures=made.figures(),
        themes={each.id: each for each in made.themes()},
        dialogue=made.dialogue(),
        figures_url="https://lis.skovkoebing.example/elmeskolen",
    )


def data_package_which(_: Translator) -> Card:
    return data_package.choose(_, [(made.package(), made.school()), (made.package(), made.day_care())])


def reflection_first(_: Translator) -> Card:
    kept = made.reflection()
    kept.basis = Basis(figures=kept.basis.figures)
    return reflection_form.ask(_, made.reflected(kept))


def reflection_understanding(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    kept.step = ReflectionStep.UNDERSTANDING
    return reflection_form.ask(_, made.reflected(kept))


def reflection_shared_practice(_: Translator) -> Card:
    kept = made.reflection()
    kept.step = ReflectionStep.UNDERSTANDING
    return reflection_form.ask(_, replace(made.reflected(kept), is_shared=True))


def reflection_missing(_: Translator) -> Card:
    kept = made.reflection()
    kept.basis = Basis(participants=(Participant.CHIEF,))
    problems = Problems({"participants": Problem("not_shared"), "figures": Problem("no_data")})
    return reflection_form.ask(_, made.reflected(kept), problems=problems)


def reflection_meanwhile(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    mine = Understanding(interpretation="Mine egne ord.", analysis="")
    typed = reflection.Form(dialogue_id=made.uid(20), step=ReflectionStep.UNDERSTANDING, content=mine, was="")
    problems = Problems({"interpretation": Problem("written_meanwhile")})
    return reflection_form.ask(_, made.reflected(kept), typed=typed, problems=problems)


def reflection_draft(_: Translator) -> Card:
    return reflection_form.saved_draft(_, made.reflected())


def reflection_saved(_: Translator, words: str = WORDS) -> Card:
    return reflection.show(_, made.reflected(made.reflection(words, saved=True)))


def reflection_closed(_: Translator, words: str = WORDS) -> Card:
    added = Addendum(
        id=made.uid(60), dialogue_id=made.uid(20), author_id=made.uid(4), text=words, written_at=made.STARTS
    )
    sheet = made.reflected(made.reflection(saved=True))
    about = made.dialogue(DialogueState.CLOSED)
    return reflection.show(_, replace(sheet, dialogue=about, can_correct=False, addenda=((added, made.leader()),)))


def reflection_correct(_: Translator) -> Card:
    kept = made.reflection(saved=True)
    kept.step = ReflectionStep.UNDERSTANDING
    return reflection_form.ask(_, made.reflected(kept))


def reflection_refused(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    typed = reflection.Form(
        dialogue_id=made.uid(20), step=ReflectionStep.UNDERSTANDING, content=kept.understanding, was=""
    )
    return reflection.refused(_, typed=typed)


def reflection_over(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    typed = reflection.Form(
        dialogue_id=made.uid(20), step=ReflectionStep.UNDERSTANDING, content=kept.understanding, was=""
    )
    return reflection.over(_, made.dialogue(), made.school(), Expired("dialogue_closed"), typed=typed)


def reflection_too_early(_: Translator) -> Card:
    return reflection.over(_, made.dialogue(), made.school(), Expired("dialogue_not_begun"))


def reflection_nothing(_: Translator) -> Card:
    return reflection.nothing_to_reflect_on(_)


def reflection_colleague(_: Translator) -> Card:
    return reflection.choose_note_taker(_, made.reflected(), [made.colleague()])


def reflection_named(_: Translator) -> Card:
    return reflection.named(_, replace(made.reflected(), note_taker=made.colleague()))


def reflection_named_for_decisions(_: Translator) -> Card:
    sheet = made.reflected()
    sheet.reflection.saved_at = SEEN_AT
    return reflection.named(_, replace(sheet, note_taker=made.colleague()))


def reflection_late(_: Translator) -> Card:
    return reflection_form.ask(_, replace(made.reflected(), is_late=True, note_taker=made.colleague()))


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
    return decisions.show(_, replace(sheet, leads=False, addenda=[(_addendum(words), made.leader())]))


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


def focus_area_describe(_: Translator) -> Card:
    return focus_area_aim.describe(_, made.aimed())


def focus_area_fourth(_: Translator) -> Card:
    return focus_area_aim.describe(_, made.aimed(active=3))


def focus_area_extra(_: Translator) -> Card:
    """Chosen in an extra dialogue, which has no number among the four."""
    return focus_area_aim.describe(
        _, replace(made.aimed(), dialogue=made.dialogue(DialogueState.RECORDED, number=None))
    )


def focus_area_missing(_: Translator) -> Card:
    typed = focus_area_aim.AimForm(decision_id=made.uid(80), aim=Aim(title="x" * 85, first_step_on=date(2026, 1, 1)))
    values = {"theme": "Leg", "range": AgeRange.YOUNGER, "current": [each.title for each in made.themes()]}
    problems = Problems(
        {
            "theme": Problem("theme_other_range", values),
            "title": Problem("too_long", {"limit": 80, "length": 85}),
            "why": Problem("no_why"),
            "signs": Problem("no_signs"),
            "first_step_on": Problem("date_passed"),
        }
    )
    return focus_area_aim.describe(_, made.aimed(), typed=typed, problems=problems)


def focus_area_adjust(_: Translator) -> Card:
    return focus_area_aim.describe(_, made.aimed(DecisionKind.ADJUST))


def focus_area_close(_: Translator) -> Card:
    return focus_area_aim.ask_close(
        _, made.aimed(DecisionKind.CLOSE), problems=Problems({"closing": Problem("no_closing")})
    )


def focus_area_undiscussed(_: Translator) -> Card:
    return focus_area_aim.describe(_, made.aimed(undiscussed=2))


def focus_area_undiscussed_in_part(_: Translator) -> Card:
    """Of one of the two themes it was told whom it was discussed with."""
    return focus_area_aim.describe(_, made.aimed(undiscussed=1))


def focus_area_meanwhile(_: Translator, words: str = WORDS) -> Card:
    """Somebody has adjusted it since the card was drawn."""
    sheet = made.aimed(DecisionKind.ADJUST)
    assert sheet.area is not None
    sheet.area.why = words
    typed = focus_area_aim.AimForm(decision_id=made.uid(80), aim=replace(sheet.area.aim, why="Mine egne ord."))
    problems = Problems({"why": Problem("written_meanwhile")})
    return focus_area_aim.describe(_, sheet, typed=typed, problems=problems)


def focus_area_later(_: Translator, words: str = WORDS) -> Card:
    written = focus_area.given_back(_, [(focus_area_aim.label(_, "why"), words)])
    return later.ask(_, "focus_area.waits", made.uid(80), written=written)


def focus_area_done(_: Translator, words: str = WORDS) -> Card:
    """Two described the same chosen focus area: what stands, and the second one's own words."""
    stands, by = made.focus_area(words), made.colleague()
    return focus_area.over(_, Expired("focus_area_done"), [(_("Focus area"), words)], stands=stands, by=by)


def focus_area_refused(_: Translator, words: str = WORDS) -> Card:
    return focus_area.refused(_, [(_("Why this one?"), words)])


def focus_area_earlier(_: Translator, words: str = WORDS) -> Card:
    """The second page of a long history."""
    story = made.story(words, before=made.focus_area(closing=Closing.CONTINUED))
    entries = [entry for _ in range(3) for entry in story.history]
    return focus_area.show(_, replace(story, history=entries), skipped=6)


def focus_area_long(_: Translator) -> Card:
    """Everything as long as it can be: the card stays within a message, and nothing is cut."""
    long = "Vi så, at børnene prøvede igen. " * 31
    story = made.story(long, area=made.focus_area(long, closing=Closing.CONTINUED), before=made.focus_area())
    for status, _author in story.history:
        status.seen = status.meaning = status.learned = status.next_step = long
        status.is_unchanged = False
    return focus_area.show(_, replace(story, history=[entry for _ in range(5) for entry in story.history]))


def focus_area_where(_: Translator) -> Card:
    return focus_area.choose_place(_, [made.school(), made.day_care()])


def focus_area_chosen(_: Translator) -> Card:
    return focus_area.show(_, made.story(begun=False), decided_in=made.dialogue(DialogueState.RECORDED))


def focus_area_history(_: Translator, words: str = WORDS) -> Card:
    return focus_area.show(_, made.story(words))


def focus_area_ended(_: Translator, words: str = WORDS) -> Card:
    return focus_area.show(_, made.story(area=made.focus_area(words, closing=Closing.ROOTED)))


def focus_area_which(_: Translator) -> Card:
    found = [(made.focus_area(), made.school()), (made.focus_area(), made.day_care())]
    return focus_area.choose(_, found, focus_area.OPEN, several=True)


def focus_area_none(_: Translator) -> Card:
    return focus_area.none_yet(_)


def focus_area_over(_: Translator, words: str = WORDS) -> Card:
    return focus_area.over(_, Expired("focus_area_closed"), [(_("What have you seen since last time?"), words)])


def focus_status_first(_: Translator) -> Card:
    return focus_status.ask(_, made.story(begun=False))


def focus_status_next(_: Translator, words: str = WORDS) -> Card:
    return focus_status.ask(_, made.story(words))


def focus_status_missing(_: Translator) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.NEEDS_ATTENTION))
    problems = Problems({"seen": Problem("nothing_seen"), "next_step": Problem("no_next_step")})
    return focus_status.ask(_, made.story(), typed=typed, problems=problems)


def focus_status_unchanged_with_words(_: Translator, words: str = WORDS) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.UNDER_WAY, seen=words))
    problems = Problems({"seen": Problem("unchanged_with_words")})
    return focus_status.ask(_, made.story(last=Status.UNDER_WAY), typed=typed, problems=problems)


def focus_status_unchanged_with_another(_: Translator) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.GOING_WELL))
    problems = Problems({"status": Problem("unchanged_with_another")})
    return focus_status.ask(_, made.story(last=Status.UNDER_WAY), typed=typed, problems=problems)


def focus_status_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.UNDER_WAY, seen="Mine egne ord."))
    return focus_status.ask(
        _, made.story(words), typed=typed, problems=Problems({"status": Problem("written_meanwhile")})
    )


def focus_status_saved(_: Translator, words: str = WORDS) -> Card:
    return focus_status.saved(_, made.story(words))


def focus_status_attention(_: Translator) -> Card:
    return focus_status.saved(_, made.story(last=Status.NEEDS_ATTENTION))


def focus_status_rooted(_: Translator) -> Card:
    return focus_status.saved(_, made.story(last=Status.ROOTED))


def measure_due(_: Translator, words: str = WORDS) -> Card:
    return measure.ask(_, made.measure(words), made.school())


def measure_missing(_: Translator) -> Card:
    return measure.ask(_, made.measure(), made.school(), problems=Problems({"outcome": Problem("no_outcome")}))


def measure_done(_: Translator) -> Card:
    return measure.show(_, made.measure(state=MeasureState.DONE), made.school())


def measure_which(_: Translator) -> Card:
    return measure.choose(_, [(made.measure(), made.school()), (made.measure("Ny legeplads"), made.school())])


def measure_none(_: Translator) -> Card:
    return measure.none_going_on(_)


def _themed(*, leads: bool = True, asks: bool = False, words: str = WORDS, **done: Any) -> theme.Sheet:
    receipt = ThemeReceipt(
        id=made.uid(120),
        round_id=made.uid(9),
        institution_id=made.uid(2),
        sent_at=datetime(2026, 2, 2, 8, 0, tzinfo=UTC),
        **done,
    )
    themes = made.themes()
    themes[0].description = words
    return theme.Sheet(
        receipt=receipt,
        institution=made.school(),
        themes=themes,
        leads=leads,
        viewer=made.leader(),
        discussed_by=made.colleague() if receipt.discussed_at else None,
        asks=asks,
    )


SEEN_AT = datetime(2026, 2, 3, 8, 0, tzinfo=UTC)


def theme_new(_: Translator, words: str = WORDS) -> Card:
    return theme.show(_, _themed(words=words))


def theme_decided(_: Translator) -> Card:
    sheet = _themed(seen_at=SEEN_AT)
    sheet.themes[0].decision_url = "https://skovkoebing.example/byraad/2025/17"
    return theme.show(_, replace(sheet, themes=sheet.themes[:1], asks=True))


def theme_of_all(_: Translator) -> Card:
    lines = [(made.day_care(), None), (made.school(), _themed(seen_at=SEEN_AT).receipt)] * 12
    return theme.for_chief(_, lines, is_chief=False)


def theme_set(_: Translator) -> Card:
    return theme.show(_, _themed(seen_at=SEEN_AT))


def theme_asks(_: Translator) -> Card:
    problems = Problems({talk_name(made.uid(10)): Problem("nobody_chosen")})
    return theme.show(_, _themed(seen_at=SEEN_AT, asks=True), problems=problems)


def theme_meanwhile(_: Translator) -> Card:
    """Another leader has said so since the card was drawn."""
    people = (DiscussedWith.STAFF, DiscussedWith.BOARD)
    typed = theme.Form(receipt_id=made.uid(120), talks={made.uid(10): (DiscussedWith.MANAGEMENT,)})
    problems = Problems({"talks": Problem("written_meanwhile")})
    talks = {made.uid(10): people, made.uid(11): (DiscussedWith.NOBODY_YET,)}
    nobody = (DiscussedWith.NOBODY_YET,)
    sheet = _themed(seen_at=SEEN_AT, discussed_with=nobody, talks=talks, discussed_at=SEEN_AT, asks=True)
    return theme.show(_, sheet, typed=typed, problems=problems)


def theme_discussed(_: Translator) -> Card:
    people = (DiscussedWith.STAFF, DiscussedWith.BOARD)
    talks = {made.uid(10): people, made.uid(11): (DiscussedWith.CHILDREN,)}
    everybody = (*people, DiscussedWith.CHILDREN)
    return theme.show(_, _themed(seen_at=SEEN_AT, discussed_with=everybody, talks=talks, discussed_at=SEEN_AT))


def _some() -> theme.Sheet:
    """One of two themes was discussed."""
    talks = {made.uid(10): (DiscussedWith.STAFF, DiscussedWith.BOARD), made.uid(11): ()}
    nobody = (DiscussedWith.NOBODY_YET,)
    return _themed(seen_at=SEEN_AT, discussed_with=nobody, talks=talks, discussed_at=SEEN_AT)


def theme_discussed_in_part(_: Translator) -> Card:
    return theme.show(_, _some())


def theme_chief_in_part(_: Translator) -> Card:
    return theme.for_chief(_, [(made.day_care(), None), (made.school(), _some().receipt)])


def theme_many(_: Translator) -> Card:
    """A round of seven: five are asked about at once."""
    sheet = _themed(seen_at=SEEN_AT, asks=True)
    titles = [
        ("Sprog og fortælling", "Language and telling"),
        ("Leg og bevægelse", "Play and movement"),
        ("Børn i udsatte positioner", "Children in vulnerable positions"),
        ("Forældresamarbejde", "Working with parents"),
        ("Digital dannelse", "Digital formation"),
    ]
    first = made.themes()
    more = [
        replace(first[0], id=made.uid(70 + number), title=danish, title_en=english)
        for number, (danish, english) in enumerate(titles)
    ]
    return theme.show(_, replace(sheet, themes=[*first, *more]))


def _previewed(*, is_out_of_turn: bool = False) -> theme.Preview:
    return theme.Preview(
        decided=PoliticalRound(id=made.uid(9), year=2025, age_range=AgeRange.OLDER),
        themes=made.themes(),
        places=[made.school()] * 14,
        leaders=17,
        is_out_of_turn=is_out_of_turn,
    )


def theme_preview(_: Translator) -> Card:
    return theme.preview(_, _previewed())


def theme_out_of_turn(_: Translator) -> Card:
    return theme.preview(_, _previewed(is_out_of_turn=True))


def theme_sent(_: Translator) -> Card:
    return theme.sent(_, _previewed())


def theme_which_round(_: Translator) -> Card:
    rounds = [
        PoliticalRound(id=made.uid(9), year=2025, age_range=AgeRange.OLDER),
        PoliticalRound(id=made.uid(8), year=2026, age_range=AgeRange.YOUNGER),
    ]
    return theme.which_round(_, rounds)


def theme_nothing_to_send(_: Translator) -> Card:
    return theme.nothing_to_send(_)


def theme_chief(_: Translator) -> Card:
    return theme.for_chief(_, [(made.day_care(), None), (made.school(), _themed(seen_at=SEEN_AT).receipt)])


def theme_none(_: Translator) -> Card:
    return theme.none_yet(_)


def theme_where(_: Translator) -> Card:
    return theme.choose(_, [(_themed().receipt, made.school()), (_themed().receipt, made.day_care())])


def perspective_first(_: Translator) -> Card:
    return perspective_form.ask(_, made.told(None))


def perspective_missing(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(
        institution_id=made.uid(2), perspective_id=None, voice=Voice(count=Count.FEW, recommend=words)
    )
    names = {"group": "no_group", "via": "no_via", "said": "nothing_said"}
    problems = Problems({name: Problem(code) for name, code in names.items()})
    return perspective_form.ask(_, made.told(None), typed=typed, problems=problems)


def perspective_other_body(_: Translator) -> Card:
    voice = Voice(group=Group.YOUTH, body=FormalBody.OTHER, count=Count.SOME, said=WORDS)
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=None, voice=voice)
    problems = Problems({"body_name": Problem("no_body_name")})
    return perspective_form.ask(_, made.told(None), typed=typed, problems=problems)


def perspective_where_of_many(_: Translator) -> Card:
    places = []
    for number in range(160):
        where = made.school() if number % 2 else made.day_care()
        where.id = made.uid(1000 + number)
        places.append(where)
    return which_place(_, places, perspective.LIST)


def perspective_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=made.uid(140), voice=Voice(said="Mine ord."))
    names = ("group", "count", "tool_id", "said")
    problems = Problems({name: Problem("written_meanwhile") for name in names})
    return perspective_form.ask(_, made.told(made.perspective(words)), typed=typed, problems=problems)


def perspective_saved(_: Translator, words: str = WORDS) -> Card:
    kept = made.perspective(words, count=Count.FEW)
    return perspective.show(_, made.told(kept, recommendation=made.recommendation(words), can_link=True))


def perspective_linked(_: Translator) -> Card:
    return perspective.show(_, made.told(made.perspective(), focus_area=made.focus_area(), leads=False))


def perspective_ask_link(_: Translator) -> Card:
    return perspective.ask_link(_, made.told(made.perspective()), [made.focus_area()])


def perspective_all(_: Translator, words: str = WORDS) -> Card:
    tools = {each.id: each for each in made.tools()}
    board = made.perspective(words)
    board.group, board.body, board.tool_id = Group.PARENTS, FormalBody.BOARD, None
    found = [made.perspective(words), board]
    return perspective_list.show_all(_, made.school(), made.SPRING, found, tools, leads=True)


def perspective_remind(_: Translator) -> Card:
    return perspective_list.remind(_, made.school(), made.SPRING, [Group.CHILDREN, Group.YOUTH, Group.PARENTS])


def perspective_where(_: Translator) -> Card:
    return which_place(_, [made.school(), made.day_care()], perspective.LIST)


def perspective_message_first(_: Translator, words: str = WORDS) -> Card:
    return _in_dialog(perspective_message.ask(_, made.told(None), Quoted.of(words)))


def perspective_message_long(_: Translator) -> Card:
    return _in_dialog(perspective_message.ask(_, made.told(None), Quoted.of(f"{WORDS} " * 40)))


def perspective_message_empty(_: Translator) -> Card:
    return _in_dialog(perspective_message.ask(_, made.told(None), Quoted.of("")))


def perspective_message_wrong(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=None, voice=Voice(said=words))
    names = {"group": "no_group", "via": "no_via", "count": "no_count"}
    problems = Problems({name: Problem(code) for name, code in names.items()})
    return _in_dialog(perspective_form.ask(_, made.told(None), typed=typed, problems=problems))


def perspective_message_where(_: Translator, words: str = WORDS) -> Card:
    return _in_dialog(perspective_message.choose_place(_, [made.school(), made.day_care()], Quoted.of(words)))


def perspective_message_leaders(_: Translator) -> Card:
    return _in_dialog(perspective_message.leaders_only(_))


def perspective_refused(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=None, voice=Voice(said=words))
    return perspective.refused(_, typed)


def recommendation_open(_: Translator, words: str = WORDS) -> Card:
    return recommendation.ask(
        _, made.recommendation(words), made.perspective(words), made.school(), viewer=made.leader()
    )


def recommendation_missing(_: Translator) -> Card:
    answered = Answered(response=Response.PARTLY, reported_on=date(2027, 1, 1))
    typed = recommendation.Form(recommendation_id=made.uid(141), answered=answered)
    problems = Problems({"reason": Problem("no_reason"), "reported_on": Problem("day_to_come")})
    kept = made.recommendation()
    return recommendation.ask(
        _, kept, made.perspective(), made.school(), viewer=made.leader(), typed=typed, problems=problems
    )


def recommendation_meanwhile(_: Translator, words: str = WORDS) -> Card:
    kept = made.recommendation(words, Response.PARTLY, reason=words, responded_at=SEEN_AT)
    typed = recommendation.Form(
        recommendation_id=made.uid(141), answered=Answered(response=Response.FOLLOWED, reason="Mine egne ord.")
    )
    problems = Problems({name: Problem("written_meanwhile") for name in ("response", "reason")})
    return recommendation.ask(
        _,
        kept,
        made.perspective(words),
        made.school(),
        viewer=made.leader(),
        answered_by=made.colleague(),
        typed=typed,
        problems=problems,
    )


def recommendation_refused(_: Translator, words: str = WORDS) -> Card:
    answered = Answered(response=Response.PARTLY, reason=words)
    return recommendation.refused(_, recommendation.Form(recommendation_id=made.uid(141), answered=answered))


def recommendation_answered(_: Translator, words: str = WORDS) -> Card:
    kept = made.recommendation(words, Response.PARTLY, reason=words)
    return recommendation.show(_, kept, made.perspective(), made.school())


def recommendation_later(_: Translator, words: str = WORDS) -> Card:
    typed = Answered(response=Response.PARTLY, reason=words, reported_on=date(2026, 4, 21))
    written = recommendation.given_back(_, typed, Answered())
    return later.ask(_, "recommendation", made.uid(141), written=written)


def recommendation_which(_: Translator) -> Card:
    found = [
        (made.recommendation("Flere små grupper"), made.school()),
        (made.recommendation("Mere tid"), made.school()),
    ]
    return recommendation.choose(_, found)


def recommendation_none(_: Translator) -> Card:
    return recommendation.none_waits(_)


def method_all(_: Translator) -> Card:
    users = ["Børnehuset Ved Åen og Mølledammen", "Elmeskolen", "Fyrreskolen", "Klub Havnen"]
    return method.show_all(_, made.school(), made.tools(), {made.uid(130): users})


def method_many(_: Translator) -> Card:
    tools = []
    for number in range(14):
        tool = made.tools()[number % 2]
        tool.id = made.uid(160 + number)
        tools.append(tool)
    return method.show_all(_, made.school(), tools, {})


def method_refused(_: Translator, words: str = WORDS) -> Card:
    return method.refused(_, "Klassens time", words)


def method_new(_: Translator) -> Card:
    problems = Problems({"name": Problem("tool_exists"), "how": Problem("no_how")})
    typed = method.ToolForm(institution_id=made.uid(2), name="Klassens time", how="")
    return method.ask_new(_, made.school(), typed=typed, problems=problems)


def method_one(_: Translator, words: str = WORDS) -> Card:
    told = ToolExperience(
        tool_id=made.uid(130), institution_id=made.uid(2), author_id=made.uid(4), text=words, written_at=SEEN_AT
    )
    return method.show(_, made.tools()[0], made.school(), ["Elmeskolen"], [(told, made.school())])


def method_which(_: Translator) -> Card:
    return method.choose(_, made.school(), made.tools())


def practice_first(_: Translator) -> Card:
    return practice.ask(_, made.practised(None))


def practice_prefilled(_: Translator) -> Card:
    return practice.ask(_, made.practised(None, account=Account(why="Vi skal vente længere, før vi selv svarer.")))


def practice_missing(_: Translator) -> Card:
    problems = Problems({"did": Problem("cpr"), "why": Problem("no_why_it_worked")})
    typed = practice.Form(about_id=made.uid(90), did="Der er et barn, 010203-1234, som …", why="", contact=True)
    return practice.ask(_, made.practised(None), typed=typed, problems=problems)


def practice_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = practice.Form(about_id=made.uid(90), did="Mine egne ord.", why="Fordi …")
    problems = Problems({"did": Problem("written_meanwhile"), "contact_id": Problem("written_meanwhile")})
    kept = made.practice(words)
    kept.shared = None
    return practice.ask(_, made.practised(kept, contact=made.leader()), typed=typed, problems=problems)


def practice_correct(_: Translator, words: str = WORDS) -> Card:
    return practice.ask(_, made.practised(made.practice(words), contact=made.leader(), viewer=made.colleague()))


def practice_draft(_: Translator) -> Card:
    return practice.saved_draft(_, made.practised(made.practice()))


def practice_preview(_: Translator, words: str = WORDS) -> Card:
    kept = made.practice(words)
    kept.shared = None
    return practice_receipt.preview(_, made.practised(kept, contact=made.leader()))


def practice_preview_changed(_: Translator) -> Card:
    kept = made.practice(contact=False)
    kept.shared = None
    return practice_receipt.preview(_, made.practised(kept), was_changed=True)


def practice_shared(_: Translator, words: str = WORDS) -> Card:
    return practice_receipt.show(_, made.practised(made.practice(words), contact=made.leader()))


def practice_corrected(_: Translator) -> Card:
    kept = made.practice()
    kept.draft = Account(did="Rettet")
    return practice_receipt.show(_, made.practised(kept))


def practice_read(_: Translator, words: str = WORDS) -> Card:
    return practice_receipt.show(_, made.practised(made.practice(words), contact=made.leader(), leads=False))


def practice_read_reflecting(_: Translator) -> Card:
    return practice_receipt.show(_, made.practised(made.practice(contact=False), leads=False, dialogue_id=made.uid(20)))


def practice_ask_withdraw(_: Translator) -> Card:
    return practice_receipt.ask_withdraw(_, made.practised(made.practice()))


def practice_withdrawn(_: Translator, words: str = WORDS) -> Card:
    kept = made.practice(words)
    kept.withdrawn_at = SEEN_AT
    return practice_receipt.withdrawn(_, made.practised(kept))


def practice_which(_: Translator) -> Card:
    shared = practice.how_far(_, made.practice())
    area, other = made.focus_area().title, "Makkerpar i dansk og matematik"
    return practice.choose(_, [(made.uid(90), area, f"{area} · {shared}"), (made.uid(110), other, other)])


def practice_nothing_to_share(_: Translator) -> Card:
    return practice.nothing_to_share(_)


def practice_refused(_: Translator, words: str = WORDS) -> Card:
    return practice.given_back(_, practice.Form(about_id=made.uid(90), did=words, why=""))


def practice_over(_: Translator) -> Card:
    typed = practice.Form(about_id=made.uid(90), did="Vi taler sammen to og to.", why="")
    return practice.expired(_, typed, Expired("focus_area_not_reached"))


def practice_gone(_: Translator) -> Card:
    return refusal.show(_, Expired("practice_withdrawn"))


def _listed(number: int, words: str = WORDS, **more: Any) -> practice_search.Found:
    titles = ("Flere stemmer i timerne", "En kendt voksen i hver overgang", "Makkerpar i dansk og matematik")
    rows = [
        (
            made.practice(words, title=titles[each % 3], number=150 + each),
            made.school() if each % 2 else made.day_care(),
        )
        for each in range(number)
    ]
    return practice_search.Found(rows=rows, themes=made.themes(), leads=True, **more)


def practice_found(_: Translator, words: str = WORDS) -> Card:
    return practice_search.show(_, _listed(3, words, about=made.themes()[:1], age_range=AgeRange.OLDER))


def practice_found_many(_: Translator) -> Card:
    return practice_search.show(_, _listed(practice_search.MOST + 1, WORDS * 3))


def practice_found_one(_: Translator) -> Card:
    return practice_search.show(_, _listed(1, dialogue_id=made.uid(20)))


def practice_not_understood(_: Translator) -> Card:
    return practice_search.nothing_found(_, _listed(0), "fodbold i frikvarteret")


def practice_nothing_found(_: Translator) -> Card:
    return practice_search.nothing_found(_, _listed(0, about=made.themes()[1:], age_range=AgeRange.OLDER), "")


def practice_none(_: Translator) -> Card:
    return practice_search.none_yet(_, leads=True)


def _alive(state: RoundState, **more: Any) -> political_round.Life:
    given = [
        made.statement(),
        made.statement(network=InstitutionType.SCHOOL, saved=False),
        NetworkStatement(round_id=made.uid(161), network=InstitutionType.LEISURE),
    ]
    return political_round.Life(
        round=made.political_round(state, discussed_on=more.pop("discussed_on", None)),
        statements=[] if state is RoundState.PREPARED else given,
        facilitators={InstitutionType.DAYCARE: 2, InstitutionType.SCHOOL: 1, InstitutionType.LEISURE: 0},
        earlier=made.younger(),
        rounds=3,
        **more,
    )


def round_prepared(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.PREPARED))


def round_ask_networks(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.PREPARED), today=date(2026, 3, 2))


def round_networks(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.NETWORKS))


def round_to_politicians(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.NETWORKS), today=date(2026, 4, 7))


def round_discussed(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.DISCUSSED), meanwhile=True)


def round_no_themes(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.DISCUSSED), today=date(2026, 5, 4))


def round_decide(_: Translator) -> Card:
    life = _alive(RoundState.DISCUSSED, themes=made.played())
    typed = political_round.MoveForm(
        round_id=made.uid(161), was=RoundState.DISCUSSED, discussed_on=date(2027, 1, 4)
    )  # fmt: skip
    problems = Problems({"discussed_on": Problem("day_to_come")})
    return political_round.preview(_, life, today=date(2026, 5, 4), typed=typed, problems=problems)


def round_decided(_: Translator, words: str = "Fælles leg") -> Card:
    themes = made.played()
    themes[0].title = themes[0].title_en = words
    life = _alive(RoundState.DECIDED, themes=themes, discussed_on=date(2026, 4, 28))
    return political_round.show(_, life)


def round_sent(_: Translator) -> Card:
    life = _alive(RoundState.SENT, themes=made.played(), discussed_on=date(2026, 4, 28), can_begin=True)
    return political_round.show(_, life)


def round_close(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.SENT, themes=made.played()), today=date(2026, 9, 1))


def round_closed(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.CLOSED, themes=made.played(), can_begin=True))


def round_next(_: Translator) -> Card:
    return political_round.preview_next(_, 2027, AgeRange.OLDER)


def round_first(_: Translator) -> Card:
    problems = Problems({"range": Problem("no_age_range")})
    return political_round.preview_next(_, 2026, None, problems=problems)


def round_all(_: Translator) -> Card:
    older = PoliticalRound(id=made.uid(163), year=2025, age_range=AgeRange.OLDER, state=RoundState.SENT)
    return political_round.choose(_, [older, made.political_round()])


def evidence_both(_: Translator) -> Card:
    return evidence.both(_, [made.evidence(), made.older_evidence()])


def evidence_range(_: Translator) -> Card:
    sheet = evidence.Sheet(evidence=made.evidence(), statements=[made.statement()], before=made.younger())
    return evidence.show(_, sheet)


def evidence_few(_: Translator) -> Card:
    return evidence.show(_, evidence.Sheet(evidence=made.evidence(few=True)))


def evidence_many_themes(_: Translator) -> Card:
    return evidence.show(_, evidence.Sheet(evidence=made.evidence(themes=5)))


def evidence_no_themes(_: Translator, words: str = WORDS) -> Card:
    sheet = evidence.Sheet(evidence=made.evidence(themes=0), statements=[made.statement(words, whole=True)])
    return evidence.show(_, sheet)


def evidence_theme(_: Translator, words: str = "Legen har det bedre, end tallene viser.") -> Card:
    given = [made.statement(words), made.statement(words, network=InstitutionType.SCHOOL)]
    sheet = evidence.Sheet(evidence=made.evidence(), statements=given)
    return evidence.show_theme(_, sheet, sheet.evidence.themes[0])


def evidence_theme_few(_: Translator) -> Card:
    sheet = evidence.Sheet(evidence=made.evidence(few=True))
    return evidence.show_theme(_, sheet, sheet.evidence.themes[0])


def evidence_theme_vague(_: Translator) -> Card:
    about = made.evidence()
    words: dict[Status | None, int] = {None: 1, **dict.fromkeys(Status, 0), Status.UNDER_WAY: 4, Status.GOING_WELL: 3}
    theme = replace(about.themes[0], working=Breakdown.of(words, 3))
    return evidence.show_theme(_, evidence.Sheet(evidence=about), theme)


def evidence_choose(_: Translator, words: str = "Leg og sprog i hverdagen") -> Card:
    about = made.evidence(themes=5)
    about.themes[0].theme.title = about.themes[0].theme.title_en = words
    return evidence.choose(_, about)


def evidence_none(_: Translator) -> Card:
    return evidence.none_yet(_)


def network_first(_: Translator) -> Card:
    statement = NetworkStatement(
        id=made.uid(162),
        round_id=made.uid(161),
        network=InstitutionType.DAYCARE,
        theme_ids=tuple(each.id for each in made.played()),
    )
    return network.ask(_, made.qualified(statement))


def network_last(_: Translator, words: str = "Tallene om samarbejde siger mest om de forældre, der svarer.") -> Card:
    return network.ask(_, made.qualified(made.statement(words, saved=False, step=2)))


def network_missing(_: Translator) -> Card:
    typed = network.Form(statement_id=made.uid(162), step=2, content=Answer(), was="")
    names = {"recognition": "no_recognition", "tell": "nothing_to_tell", "contributors": "no_contributors"}
    problems = Problems({name: Problem(code) for name, code in names.items()})
    return network.ask(_, made.qualified(made.statement(saved=False)), typed=typed, problems=problems)


def network_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = network.Form(statement_id=made.uid(162), step=0, content=Answer(tell="Mine ord."), was="")
    problems = Problems({name: Problem("written_meanwhile") for name in ("recognition", "tell")})
    return network.ask(_, made.qualified(made.statement(words, saved=False)), typed=typed, problems=problems)


def network_correct(_: Translator) -> Card:
    return network.ask(_, made.qualified(made.statement(step=1)))


def network_whole(_: Translator) -> Card:
    statement = NetworkStatement(id=made.uid(162), round_id=made.uid(161), network=InstitutionType.SCHOOL)
    return network.ask(_, made.qualified(statement, evidence=made.evidence(themes=0)))


def network_no_evidence(_: Translator) -> Card:
    statement = NetworkStatement(id=made.uid(162), round_id=made.uid(161), network=InstitutionType.SCHOOL)
    return network.ask(_, made.qualified(statement, evidence=None))


def network_draft_saved(_: Translator) -> Card:
    return network.saved_draft(_, made.qualified(made.statement(saved=False)))


def network_saved(_: Translator, words: str = "Legen har det bedre, end tallene viser.") -> Card:
    return network.show(_, made.qualified(made.statement(words)))


def network_over(_: Translator, words: str = "Det, jeg nåede at skrive.") -> Card:
    typed = network.Form(statement_id=made.uid(162), step=0, content=Answer(tell=words), was="")
    return network.over(_, made.qualified(made.statement(), RoundState.DISCUSSED), typed=typed)


def network_over_draft(_: Translator, words: str = "Det, vi nåede at skrive.") -> Card:
    return network.over(_, made.qualified(made.statement(words, saved=False), RoundState.DISCUSSED))


def network_refused(_: Translator, words: str = "Det, jeg nåede at skrive.") -> Card:
    return network.refused(
        _, network.Form(statement_id=made.uid(162), step=0, content=Answer(tell=words, lacking=words), was="")
    )


def network_which(_: Translator) -> Card:
    found = [(made.statement(network=each), made.political_round()) for each in InstitutionType]
    return network.choose(_, found)


def network_none(_: Translator) -> Card:
    return network.none_asked(_)


def overview_facilitator(_: Translator) -> Card:
    tasks = [Task.qualify(made.statement(saved=False), made.political_round())]
    return overview.show(_, name="Ulla", places=[], tasks=tasks, lines=[])


def data_package_none(_: Translator) -> Card:
    return data_package.none_yet(_, leads=True)


def overview_leader(_: Translator) -> Card:
    place = Place(
        institution=made.school(),
        cycle=made.cycle(),
        next_dialogue=made.dialogue(),
        held=1,
        themes=made.themes(),
        heard=[Group.PARENTS],
        unheard=[made.focus_area()],
    )
    tasks = [
        Task.decide(made.dialogue(number=1), made.school()),
        Task.answer(made.recommendation(), made.school()),
        Task.invited(seen.observation(), made.school()),
        Task.give_feedback(seen.observation(), made.school()),
        Task.acknowledge(made.uid(154), made.school()),
        Task.reflect(made.dialogue(number=1), made.school()),
        Task.prepare(made.dialogue(), made.school()),
        Task.read(made.package(), made.school()),
    ]
    return overview.show(_, name="Mette", places=[place], tasks=tasks, lines=[], is_shared=True)


def overview_gathered(_: Translator) -> Card:
    closing = moving.closing(_, made.dialogue(), made.school(), made.STARTS)
    missing = perspective_list.remind(_, made.school(), made.SPRING, [Group.CHILDREN])
    tasks = [
        Task.reflect(made.dialogue(number=1), made.school(), is_late=True),
        Task.gathered(made.uid(150), summary_of(closing)),
        Task.gathered(made.uid(151), summary_of(missing)),
        Task.gathered(made.uid(152), summary_of(theme_new(_))),
        Task.gathered(made.uid(153), summary_of(preparation_agenda(_))),
    ]
    return overview.show(_, name="Mette", places=[], tasks=tasks, lines=[], more=2)


def overview_rest(_: Translator) -> Card:
    told = made.recommendation(response=Response.PARTLY)
    tasks = [Task.answer(told, made.school()), Task.read(made.package(), made.school())]
    return overview.show_rest(_, tasks=tasks, since=5, more=0)


def overview_chief(_: Translator) -> Card:
    lines = [
        Line(institution=made.day_care(), dialogue=None),
        Line(
            institution=made.school(),
            dialogue=made.dialogue(),
            observations=[(Progress.AGREED, False), (Progress.COMPLETE, False)],
        ),
        Line(institution=made.school(), dialogue=made.dialogue(DialogueState.READY)),
    ]
    return overview.show(_, name="Birgit", places=[], tasks=[], lines=lines)


def overview_unreached(_: Translator) -> Card:
    lines = [Line(institution=made.school(), dialogue=made.dialogue())]
    whys = [Hindrance.REMOVED, Hindrance.DISABLED, *Hindrance]
    unreached = [(made.school(), made.leader(), why) for why in whys]
    return overview.show(_, name="Birgit", places=[], tasks=[], lines=lines, unreached=unreached)


def overview_empty(_: Translator) -> Card:
    return overview.show(_, name="Ali", places=[], tasks=[], lines=[])


def overview_waiting(_: Translator) -> Card:
    place = Place(institution=made.school(), cycle=made.cycle(), next_dialogue=made.dialogue(), held=1, themes=[])
    tasks = [Task.decide(made.dialogue(number=1), made.school()), Task.answer(made.recommendation(), made.school())]
    return overview.show_waiting(_, name="Mette", is_monday=True, places=[place], tasks=tasks, more=0, lines=[])


def overview_waiting_later(_: Translator) -> Card:
    tasks = [Task.prepare(made.dialogue(), made.school())]
    return overview.show_waiting(_, name="Mette", is_monday=False, places=[], tasks=tasks, more=3, lines=[])


def monday_ask(_: Translator) -> Card:
    return monday.ask(_, is_on=False)


def monday_chosen(_: Translator) -> Card:
    return monday.ask(_, is_on=True)


def monday_on(_: Translator) -> Card:
    return monday.saved(_, is_on=True)


def monday_off(_: Translator) -> Card:
    return monday.saved(_, is_on=False)


def welcome_first(_: Translator) -> Card:
    return welcome.welcome(_, made.leader(), made.facts())


def welcome_who_sees(_: Translator) -> Card:
    return welcome.who_sees_what(_, made.facts())


def help_leader(_: Translator) -> Card:
    return help.show(_, leads=True, is_chief=False, observes=True)


def help_observer(_: Translator) -> Card:
    return help.show(_, leads=False, is_chief=False, observes=True)


def help_facilitator(_: Translator) -> Card:
    return help.show(_, leads=False, is_chief=False, facilitates=True)


def help_administration(_: Translator) -> Card:
    return help.show(_, leads=False, is_chief=False, administers=True, sends_themes=True)


def help_not_understood(_: Translator) -> Card:
    return help.show(_, leads=False, is_chief=True, not_understood=True)


def language_ask(_: Translator) -> Card:
    return language_choice.ask(_)


def language_saved(_: Translator) -> Card:
    return language_choice.saved(_)


def pause_ask(_: Translator) -> Card:
    return pause.ask(_, paused_until=None)


def pause_saved(_: Translator) -> Card:
    return pause.saved(_, paused_until=date(2026, 5, 5))


def pause_ended(_: Translator) -> Card:
    return pause.saved(_, paused_until=None)


def later_ask(_: Translator) -> Card:
    return later.ask(_, "preparation", made.uid(20))


def later_saved(_: Translator) -> Card:
    return later.saved(_, made.STARTS)


def later_nothing(_: Translator) -> Card:
    return later.nothing_waits(_)


def handover_ask(_: Translator, words: str = WORDS) -> Card:
    return handover_form.show(_, takeover.change_of_leader(words))


def handover_long(_: Translator) -> Card:
    return handover_form.show(_, takeover.change_of_leader("Vi følger op på det, vi talte om. " * 8, waiting=7))


def handover_one(_: Translator) -> Card:
    return handover_form.show(_, takeover.change_of_leader(waiting=1))


def handover_again(_: Translator) -> Card:
    sheet = takeover.change_of_leader(waiting=2)
    typed = handover.DecideForm(
        institution_id=made.uid(2),
        choices=tuple(
            handover.Choice(agreement_id=row.agreement.id, leader_id=made.colleague().id) for row in sheet.waiting
        ),
    )
    problems = Problems({"c0": Problem("leads_no_longer")})
    return handover_form.show(_, sheet, typed=typed, problems=problems)


def handover_why(_: Translator, words: str = WORDS) -> Card:
    sheet = takeover.change_of_leader(words, waiting=2)
    typed = handover.DropForm(institution_id=made.uid(2), reasons=((made.uid(410), words), (made.uid(411), "")))
    problems = Problems({"r1": Problem("no_reason")})
    return handover_form.ask_why(_, sheet, sheet.waiting, skipped=(), typed=typed, problems=problems)


def handover_decided(_: Translator, words: str = WORDS) -> Card:
    return handover_form.show(_, takeover.change_of_leader(words, waiting=0, settled=True))


def handover_overtaken(_: Translator) -> Card:
    sheet = takeover.change_of_leader(waiting=1, settled=True)
    return handover_form.show(_, sheet, skipped=(made.uid(410),), was_overtaken=True, given_back=["Hallen er lukket"])


def handover_no_leader(_: Translator) -> Card:
    sheet = takeover.change_of_leader(waiting=2)
    return handover_form.show(_, replace(sheet, new=(), leaders=()))


def handover_news(_: Translator) -> Card:
    return handover_form.show(_, replace(takeover.change_of_leader(waiting=0), has_met=False))


def handover_choose(_: Translator) -> Card:
    return handover.choose(_, [made.school(), made.day_care()])


def handover_nothing(_: Translator) -> Card:
    return handover.nothing(_)


def handover_refused(_: Translator, words: str = WORDS) -> Card:
    return handover.refused(_, [words])


def new_leader_first(_: Translator, words: str = WORDS) -> Card:
    sheet = takeover.change_of_leader(words)
    return new_leader.welcome(
        _, sheet.new[0], _place(), sheet.inherited, takeover.handed_over(words, rows=0), can_prepare=True
    )


def new_leader_agreements_in(_: Translator, words: str = WORDS) -> Card:
    sheet = takeover.change_of_leader(words)
    kept = replace(sheet.inherited, next_dialogue=None)
    begun = replace(sheet.new[0], is_return=True, former=())
    return new_leader.welcome(_, begun, _place(), kept, takeover.handed_over(words), can_prepare=False)


def new_leader_agreements(_: Translator, words: str = WORDS) -> Card:
    return new_leader.agreements(_, takeover.handed_over(words))


def new_leader_confirmed(_: Translator) -> Card:
    return new_leader.agreements(_, takeover.handed_over(confirmed=True))


def _place() -> Place:
    return Place(
        institution=made.school(),
        cycle=made.cycle(),
        next_dialogue=made.dialogue(),
        held=1,
        themes=made.themes(),
        heard=[Group.YOUTH],
    )


def overview_hand_over(_: Translator) -> Card:
    lines = [Line(institution=made.school(), dialogue=made.dialogue(DialogueState.READY))]
    return overview.show(_, name="Birgit", places=[], tasks=[Task.hand_over(made.school())], lines=lines)


def audit_reads(_: Translator) -> Card:
    reads = [
        Read(
            reader="Birgit Dam",
            record=Record.FEEDBACK,
            institution="Elmeskolen",
            at=made.STARTS,
            first_at=made.STARTS - timedelta(hours=2),
            times=2,
            of=made.STARTS - timedelta(days=7),
        ),
        Read(
            reader="Kirsten Vestergaard-Christoffersen",
            record=Record.ONE_ON_ONE_NOTE,
            institution="Børnehuset Åen",
            at=made.STARTS,
            first_at=made.STARTS,
            times=1,
            of=made.STARTS - timedelta(days=30),
        ),
    ]
    return audit.show(_, reads)


def audit_preparation(_: Translator) -> Card:
    return audit.show(_, [], is_of_preparation=True)


def audit_overseen(_: Translator) -> Card:
    return audit.show(_, [], is_overseen=True)


def audit_whom(_: Translator) -> Card:
    return audit.choose(_, [made.colleague(), made.leader()])


def audit_of_somebody(_: Translator) -> Card:
    read = Read(
        reader="Birgit Dam",
        record=Record.FEEDBACK,
        institution="Elmeskolen",
        at=made.STARTS,
        first_at=made.STARTS,
        times=1,
    )
    return audit.show_of(_, made.leader(), [read])


def audit_of_nobody(_: Translator) -> Card:
    return audit.choose(_, [])


def audit_nobody(_: Translator) -> Card:
    return audit.show(_, [])


def refusal_not_allowed(_: Translator) -> Card:
    return refusal.show(_, NotAllowed())


def refusal_unknown(_: Translator) -> Card:
    return refusal.unknown_person(_, contact=made.facts().contact)


def refusal_group(_: Translator) -> Card:
    return refusal.personal_chat_only(_)


def refusal_fault(_: Translator) -> Card:
    return refusal.fault(_, "A1B2C3")


def refusal_fault_in_dialog(_: Translator, words: str = WORDS) -> Card:
    typed = {"id": str(made.uid(2)), "said": words}
    return _in_dialog(refusal.fault_in_dialog(_, "A1B2C3", perspective.SAVE, typed))


def searching_pressed(_: Translator, words: str = "2026-4711") -> Card:
    carried = {"id": str(made.uid(965)), "case": words, "parts": "true"}
    return searching(_, anonymisation.PROPOSE, carried, [words])


def searching_said(_: Translator) -> Card:
    return searching(_)


def refusal_too_many(_: Translator) -> Card:
    return refusal.too_many(_)


def refusal_too_fast_in_dialog(_: Translator, words: str = WORDS) -> Card:
    typed = {"id": str(made.uid(1)), "group": "unge", "said": words}
    return _in_dialog(refusal.too_fast_in_dialog(_, perspective.SAVE, typed))


def _plan(**more: Any) -> PlanForm:
    typed = {"day": date(2026, 4, 23), "clock": time(10), "place": "Elmeskolen, mødelokale 2", **more}
    return PlanForm(leader_id=made.uid(4), **typed)


def _leaders() -> list[Any]:
    names = ("Karen Vestergaard", "Karen Søndergård", "Karin Holm")
    people = [
        Person(id=made.uid(300 + number), name=name, email=f"{number}@example.dk", aad_object_id=str(number))
        for number, name in enumerate(names)
    ]
    return list(zip(people, ([made.school()], [made.day_care()], [made.school(), made.day_care()]), strict=True))


def one_on_one_plan(_: Translator) -> Card:
    when = datetime(2026, 4, 23, 8, 0, tzinfo=UTC)
    return planning.ask_plan(_, made.leader(), [made.school()], _plan(), understood=when)


def one_on_one_plan_brief(_: Translator) -> Card:
    return planning.ask_plan(_, made.leader(), [made.school()], PlanForm(leader_id=None), can_brief=True)


def one_on_one_plan_doubted(_: Translator) -> Card:
    doubt = Doubt(typed_weekday=date(2026, 4, 25), day_off=date(2026, 4, 25))
    typed = _plan(day=date(2026, 4, 25))
    when = datetime(2026, 4, 25, 8, 0, tzinfo=UTC)
    return planning.ask_plan(_, made.leader(), [made.school()], typed, understood=when, doubt=doubt)


def one_on_one_plan_wrong(_: Translator) -> Card:
    typed = _plan(day=date(2026, 4, 13), clock=time(22))
    problems = Problems({"day": Problem("time_passed"), "clock": Problem("not_in_the_day")})
    return planning.ask_plan(_, made.leader(), [made.school()], typed, problems=problems)


def one_on_one_out_of_line(_: Translator) -> Card:
    problems = Problems({"leader": Problem("not_in_line")})
    return planning.ask_plan(_, made.leader(), [made.school()], _plan(), problems=problems)


def one_on_one_suggested(_: Translator) -> Card:
    later = rhythm.not_now(_, made.uid(201))
    return planning.ask_plan(_, made.leader(), [made.school()], _plan(place=""), weeks=6, later=later)


def one_on_one_which(_: Translator) -> Card:
    return planning.choose_leader(_, _leaders()[:2], _plan())


def one_on_one_nearest(_: Translator) -> Card:
    return planning.choose_leader(_, _leaders(), _plan(), is_nearest=True)


def one_on_one_all_leaders(_: Translator) -> Card:
    found = [(each, places) for number in range(3) for each, places in _leaders()]
    return planning.choose_leader(_, found, _plan(), is_all=True, problems=Problems({"leader": Problem("no_leader")}))


def one_on_one_planned(_: Translator) -> Card:
    return one_on_one.planned(_, made.meeting(OneOnOneState.PLANNED, as_chief=True), by_me=True)


def one_on_one_planned_news(_: Translator) -> Card:
    return one_on_one.planned(_, made.meeting(OneOnOneState.PLANNED), by_me=False)


def one_on_one_planned_soon(_: Translator) -> Card:
    about = made.meeting(OneOnOneState.PLANNED, as_chief=True)
    return one_on_one.planned(_, about, by_me=True, is_open=True, besides=datetime(2026, 5, 28, 8, 0, tzinfo=UTC))


def one_on_one_broken(_: Translator) -> Card:
    about = replace(made.meeting(OneOnOneState.PLANNED), is_shared=False, is_in_line=False)
    return one_on_one.show(_, about, now=made.STARTS)


def one_on_one_broken_news(_: Translator) -> Card:
    about = replace(made.meeting(OneOnOneState.PLANNED), is_shared=False, is_in_line=False)
    return one_on_one.broken(_, about, [made.colleague()])


def one_on_one_cancelled_before_the_next(_: Translator) -> Card:
    about = made.meeting(OneOnOneState.CANCELLED, as_chief=True)
    return one_on_one.cancelled(_, about, by_me=True, following=datetime(2026, 5, 28, 8, 0, tzinfo=UTC))


def one_on_one_move(_: Translator) -> Card:
    return one_on_one.ask_move(_, made.meeting())


def one_on_one_moved_news(_: Translator) -> Card:
    return one_on_one.moved(_, made.meeting(), by_me=False)


def one_on_one_moved(_: Translator) -> Card:
    return one_on_one.moved(_, made.meeting(as_chief=True), by_me=True)


def one_on_one_coming(_: Translator) -> Card:
    return one_on_one.show(_, made.meeting(as_chief=True), now=made.STARTS)


def one_on_one_begun(_: Translator) -> Card:
    return one_on_one.show(_, made.meeting(as_chief=True), now=datetime(2026, 4, 23, 9, 0, tzinfo=UTC))


def one_on_one_noted(_: Translator) -> Card:
    return one_on_one.show(_, made.meeting(OneOnOneState.SHARED), now=datetime(2026, 4, 24, 9, 0, tzinfo=UTC))


def one_on_one_ask_cancel(_: Translator) -> Card:
    return one_on_one.ask_cancel(_, made.meeting(as_chief=True))


def one_on_one_cancelled(_: Translator) -> Card:
    return one_on_one.cancelled(_, made.meeting(OneOnOneState.CANCELLED, as_chief=True), by_me=True)


def one_on_one_cancelled_news(_: Translator) -> Card:
    return one_on_one.cancelled(_, made.meeting(OneOnOneState.CANCELLED), by_me=False)


def one_on_one_list(_: Translator) -> Card:
    return one_on_one.show_all(_, [made.meeting(as_chief=True)] * 3, is_chief=True)


def one_on_one_none(_: Translator) -> Card:
    return one_on_one.show_all(_, [], is_chief=False)


def one_on_one_none_of_chief(_: Translator) -> Card:
    return one_on_one.show_all(_, [], is_chief=True)


def one_on_one_only_chiefs(_: Translator) -> Card:
    return planning.only_chiefs_plan(_)


def one_on_one_over(_: Translator, words: str = WORDS) -> Card:
    written = agenda.written(_, words)
    return meeting.over(_, made.meeting(OneOnOneState.SHARED), Expired("one_on_one_noted"), written=written)


def one_on_one_line_broken(_: Translator, words: str = WORDS) -> Card:
    written = agenda.written(_, words)
    return meeting.over(_, made.meeting(as_chief=True), Expired("not_in_line"), written=written)


def rhythm_ask(_: Translator) -> Card:
    return rhythm.ask(_, made.meeting(as_chief=True), 6)


def rhythm_saved(_: Translator) -> Card:
    return rhythm.saved(_, made.meeting(as_chief=True), 6)


def rhythm_none(_: Translator) -> Card:
    return rhythm.saved(_, made.meeting(as_chief=True), 0)


def agenda_ask(_: Translator, words: str = WORDS) -> Card:
    return agenda.ask(_, made.meeting(), made.entries(_, words), keeps_notes=True)


def agenda_of_the_chief(_: Translator) -> Card:
    entries = [
        replace(each, is_mine=False, detail="Mette Holm" if each.is_mine else each.detail)
        for each in made.entries(_)
        if not each.is_private
    ]
    return agenda.ask(_, made.meeting(as_chief=True), entries, keeps_notes=False)


def agenda_empty(_: Translator) -> Card:
    return agenda.ask(_, made.meeting(), [], keeps_notes=False)


def agenda_wrong(_: Translator) -> Card:
    typed = agenda.AddForm(one_on_one_id=made.uid(200), text="Punkt seks", is_private=True)
    problems = Problems({"text": Problem("agenda_full", {"most": 5})})
    return agenda.ask(_, made.meeting(), made.entries(_)[3:], keeps_notes=False, typed=typed, problems=problems)


def agenda_fine(_: Translator) -> Card:
    return agenda.show(_, made.meeting(), made.entries(_), keeps_notes=True)


def agenda_mine(_: Translator) -> Card:
    return agenda.choose_item(_, [made.agenda_item(), made.agenda_item("Min egen tid til ledelse")])


def agenda_edit(_: Translator, words: str = "Vores nye 0. klasser") -> Card:
    return agenda.edit(_, made.meeting(), made.agenda_item(words))


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
    held_at = datetime(2025, 11, 12, 9, 0, tzinfo=UTC)
    problems = Problems(
        {"leading": Problem("nothing_on_leading"), "counts": Problem("school_talk_already", {"held_at": held_at})}
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


def agreement_review(_: Translator, words: str = "Mette prøver makkerpar i to fag") -> Card:
    return agreement_made.review(
        _,
        made.meeting(OneOnOneState.SHARED, as_chief=True),
        made.agreement(words),
        left=3,
        due=date(2026, 6, 4),
        skipped=(),
    )


def agreement_review_wrong(_: Translator) -> Card:
    typed = agreement_form.ReviewForm(
        one_on_one_id=made.uid(200),
        agreement_id=made.uid(210),
        became=agreement_form.Became.DROPPED,
        result="",
        due=None,
    )
    return agreement_made.review(
        _,
        made.meeting(OneOnOneState.SHARED, as_chief=True),
        made.agreement(),
        left=1,
        due=date(2026, 6, 4),
        skipped=(),
        typed=typed,
        problems=Problems({"result": Problem("no_reason")}),
    )


def agreement_over(_: Translator, words: str = WORDS) -> Card:
    about = made.meeting(OneOnOneState.SHARED, as_chief=True)
    onward = agreement_made.go_on(_, made.uid(200))
    return meeting.over(_, about, Expired("agreement_ended"), written=agreement.written(_, words), onward=onward)


def agreement_first(_: Translator) -> Card:
    return agreement_made.ask(_, made.meeting(OneOnOneState.SHARED, as_chief=True), [], due=date(2026, 6, 4))


def agreement_one_more(_: Translator, words: str = "Mette inviterer en kollega") -> Card:
    about = replace(made.meeting(OneOnOneState.SHARED, as_chief=True), places=[made.school(), made.day_care()])
    typed = agreement_form.TermsForm(
        one_on_one_id=made.uid(200), terms=Terms(owner=Owner.TOGETHER), institution_id=made.uid(3)
    )
    problems = Problems({"text": Problem("nothing_agreed"), "due": Problem("no_due")})
    return agreement_made.ask(_, about, [made.agreement(words)], due=date(2026, 6, 4), typed=typed, problems=problems)


def agreement_correct(_: Translator) -> Card:
    return agreement_made.correct(_, made.meeting(OneOnOneState.SHARED, as_chief=True), made.agreement())


def agreement_which(_: Translator) -> Card:
    return agreement_made.choose(_, [made.agreement(), made.agreement("Birgit finder et lokale", number=212)])


def _row(**more: Any) -> agreement.Row:
    kept = made.agreement(**more)
    return agreement.Row(agreement=kept, institution=made.school(), leader=made.leader(), is_overdue=False)


def agreement_due(_: Translator, words: str = "Mette inviterer en kollega") -> Card:
    return agreement.show(_, _row(words=words), days_left=0, is_mine=True)


def agreement_soon(_: Translator) -> Card:
    return agreement.show(_, _row(), days_left=3, is_mine=True)


def agreement_extended_twice(_: Translator) -> Card:
    return agreement.show(_, _row(extended=2), days_left=-1, is_mine=True)


def agreement_brought_up(_: Translator) -> Card:
    return agreement.show(_, _row(bring_up_since=made.STARTS), days_left=2, is_mine=False)


def agreement_done(_: Translator, words: str = WORDS) -> Card:
    row = _row(state=AgreementState.DONE, result=words)
    return agreement.show(_, row, days_left=0, is_mine=True, given_back=words)


def agreement_list(_: Translator) -> Card:
    rows = [_row(), replace(_row(words="Birgit finder et lokale", number=212, owner=Owner.CHIEF), is_overdue=True)]
    return agreement.show_all(_, rows, is_chief=True)


def agreement_long_list(_: Translator) -> Card:
    rows = [_row(words=f"Aftale nummer {number}", number=400 + number) for number in range(8)]
    return agreement.show_all(_, rows, is_chief=False)


def agreement_no_list(_: Translator) -> Card:
    return agreement.show_all(_, [], is_chief=False)


def agreement_refused(_: Translator, words: str = WORDS) -> Card:
    return agreement.refused(_, words)


def overview_of_one_on_ones(_: Translator) -> Card:
    about = made.meeting(as_chief=True)
    tasks = [
        Task.meet("note", "note.write", about),
        Task.meet("agenda", "agenda.open", about),
        Task.meet("confirm", "confirmation.open", about),
        Task.follow_up(made.agreement(), made.school()),
    ]
    return overview.show(_, name="Birgit", places=[], tasks=tasks, lines=[], meeting=about)


EXAMPLES = (
    {
        name: example
        for name, example in list(globals().items())
        if callable(example) and getattr(example, "__module__", "") == __name__ and not name.startswith("_")
    }
    | observation_examples.EXAMPLES
    | asking_examples.EXAMPLES
    | focus_remark_examples.EXAMPLES
    | own_examples.EXAMPLES
    | follow_up_examples.EXAMPLES
    | political_examples.EXAMPLES
    | saved_examples.EXAMPLES
    | rights_examples.EXAMPLES
    | anonymisation_examples.EXAMPLES
    | supervision_examples.EXAMPLES
    | answer_examples.EXAMPLES
)
