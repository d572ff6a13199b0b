"""Every card of the flows, as it looks at the moments people meet it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cards import (
    audit,
    data_package,
    decision,
    focus_area,
    focus_status,
    handover,
    help,
    language_choice,
    later,
    measure,
    method,
    new_leader,
    overview,
    pause,
    perspective,
    preparation,
    preparation_receipt,
    recommendation,
    reflection,
    refusal,
    theme,
    welcome,
)
from cards import dialogue as moving
from cards.audit import Read
from cards.dialogue import Life, MoveForm, PlanForm
from cards.focus_area import Story
from cards.kit import Card
from cards.language import Translator
from cards.overview import Line, Place, Task
from cards.preparation import Form
from domain.access import Record
from domain.cycle import PoliticalRound
from domain.decision import DecisionKind, DecisionStep, Involvement, What, Who
from domain.dialogue import Addendum, DialogueState
from domain.errors import Expired, NotAllowed, Problem, Problems, ReflectionMissing
from domain.focus_area import Aim, Closing, MeasureState, Seen
from domain.organisation import AgeRange
from domain.perspective import Count, FormalBody, Group, Response, ToolExperience, Voice
from domain.preparation import DataStep, FocusStep, PerspectiveStep, PreparationState, Step
from domain.reflection import Basis, Participant, ReflectionStep, Understanding
from domain.status import Status
from domain.theme import DiscussedWith, ThemeReceipt
from tests.cards import municipality as made
from tests.cards.municipality import WORDS


def _at(step: Step, words: str = WORDS) -> Any:
    kept = made.preparation(words)
    kept.step = step
    return kept


def _typed(words: str) -> Form:
    kept = made.preparation(words)
    return Form(dialogue_id=made.uid(20), step=Step.DATA, content=kept.data, was="", revision=1)


def prepare_first(_: Translator) -> Card:
    return preparation.ask(_, made.sheet())


def prepare_data(_: Translator, words: str = WORDS) -> Card:
    return preparation.ask(_, made.sheet(_at(Step.DATA, words)))


def prepare_perspectives(_: Translator) -> Card:
    return preparation.ask(_, made.sheet(_at(Step.PERSPECTIVES)))


def prepare_focus(_: Translator) -> Card:
    return preparation.ask(_, made.sheet(_at(Step.FOCUS)))


def prepare_missing(_: Translator) -> Card:
    kept = made.preparation("For kort")
    problems = Problems({"figures": Problem("no_data"), "interpretation": Problem("not_interpreted")})
    typed = Form(
        dialogue_id=made.uid(20), step=Step.DATA, content=DataStep(interpretation="For kort"), was="", revision=1
    )
    return preparation.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_perspectives_missing(_: Translator) -> Card:
    kept = _at(Step.PERSPECTIVES)
    problems = Problems({"children": Problem("no_perspective"), "parents_by": Problem("date_passed")})
    content = PerspectiveStep(parents_by=date(2026, 4, 1))
    typed = Form(dialogue_id=made.uid(20), step=Step.PERSPECTIVES, content=content, was="", revision=1)
    return preparation.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_later(_: Translator, words: str = WORDS) -> Card:
    return preparation.ask(_, replace(made.sheet(_at(Step.DATA)), stories=[made.story(words), _second()]))


def prepare_later_focus(_: Translator) -> Card:
    return preparation.ask(_, replace(made.sheet(_at(Step.FOCUS)), stories=[made.story(), _second()]))


def _second() -> Story:
    area = made.focus_area()
    area.id, area.title = made.uid(91), "En rolig start på dagen"
    return made.story(area=area, begun=False)


def prepare_focus_missing(_: Translator) -> Card:
    kept = _at(Step.FOCUS)
    content = FocusStep(considered=(*kept.focus.considered, *kept.focus.considered[:0]), wishes="x" * 1012)
    problems = Problems({"title1": Problem("no_title"), "wishes": Problem("too_long", {"limit": 1000, "length": 1012})})
    typed = Form(dialogue_id=made.uid(20), step=Step.FOCUS, content=content, was="", revision=1)
    return preparation.ask(_, made.sheet(kept), typed=typed, problems=problems)


def prepare_cpr(_: Translator) -> Card:
    return preparation.ask(
        _,
        made.sheet(made.preparation()),
        typed=_typed("Der er et barn, 010203-1234, som …"),
        problems=Problems({"interpretation": Problem("cpr")}),
    )


def prepare_meanwhile(_: Translator, words: str = WORDS) -> Card:
    problems = Problems({"interpretation": Problem("written_meanwhile")})
    return preparation.ask(_, made.sheet(made.preparation(words)), typed=_typed("Mine egne ord."), problems=problems)


def prepare_moved(_: Translator) -> Card:
    return preparation.ask(_, made.sheet(made.preparation(), was_moved=True))


def preparation_saved(_: Translator) -> Card:
    return preparation_receipt.saved(_, made.sheet(made.preparation()))


def preparation_ready(_: Translator, words: str = WORDS) -> Card:
    return preparation_receipt.receipt(_, made.sheet(made.preparation(words, state=PreparationState.READY)))


def preparation_closed(_: Translator, words: str = WORDS) -> Card:
    added = Addendum(
        id=made.uid(60),
        dialogue_id=made.uid(20),
        author_id=made.uid(4),
        text=words,
        written_at=datetime(2026, 5, 20, 9, 0, tzinfo=UTC),
    )
    kept = made.preparation(state=PreparationState.READY)
    about = made.dialogue(DialogueState.CLOSED)
    return preparation_receipt.receipt(_, made.sheet(kept, about=about, addenda=((added, made.leader()),)))


def preparation_read(_: Translator, words: str = WORDS) -> Card:
    return preparation_receipt.read_only(_, made.sheet(made.preparation(words, state=PreparationState.READY)))


def preparation_agenda(_: Translator) -> Card:
    return preparation_receipt.agenda(_, made.sheet(made.preparation(state=PreparationState.READY)))


def preparation_colleague(_: Translator) -> Card:
    return preparation_receipt.choose_colleague(_, made.sheet(made.preparation()), [made.colleague()])


def preparation_no_colleague(_: Translator) -> Card:
    return preparation_receipt.choose_colleague(_, made.sheet(made.preparation()), [])


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
    typed = MoveForm(dialogue_id=made.uid(20), day=date(2026, 9, 1), clock=None, place="", revision=1)
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
        closes_at=datetime(2026, 5, 8, 9, 0, tzinfo=UTC) if state is DialogueState.RECORDED else None,
    )


def dialogue_coming(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.OPEN, has_begun=False))


def dialogue_going_on(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.READY, has_begun=True))


def dialogue_recorded(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.RECORDED, has_begun=True))


def dialogue_of_the_chief(_: Translator) -> Card:
    return moving.show(_, _life(DialogueState.READY, has_begun=True, leads=False))


def dialogue_ask_cancel(_: Translator) -> Card:
    return moving.ask_cancel(_, made.dialogue(), made.school())


def dialogue_cancelled(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED), made.school(), by_me=True)


def dialogue_cancelled_news(_: Translator) -> Card:
    return moving.cancelled(_, made.dialogue(DialogueState.CANCELLED), made.school(), by_me=False)


def dialogue_plan(_: Translator) -> Card:
    return moving.ask_plan(_, made.school())


def dialogue_plan_wrong(_: Translator) -> Card:
    typed = PlanForm(institution_id=made.uid(2), day=date(2026, 5, 12), clock=None, place="", is_extra=False)
    problems = Problems({"kind": Problem("half_year_taken", {"half_year": made.SPRING}), "clock": Problem("no_clock")})
    return moving.ask_plan(_, made.school(), typed=typed, problems=problems)


def dialogue_planned(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=True)


def dialogue_planned_news(_: Translator) -> Card:
    return moving.planned(_, made.dialogue(number=None), made.school(), by_me=False)


def dialogue_where(_: Translator) -> Card:
    return moving.choose_place(_, [made.school(), made.day_care()])


def dialogue_closing(_: Translator) -> Card:
    about = made.dialogue(DialogueState.RECORDED)
    return moving.closing(_, about, made.school(), datetime(2026, 5, 8, 9, 0, tzinfo=UTC))


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
    return reflection.ask(_, made.reflected(kept))


def reflection_understanding(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    kept.step = ReflectionStep.UNDERSTANDING
    return reflection.ask(_, made.reflected(kept))


def reflection_missing(_: Translator) -> Card:
    kept = made.reflection()
    kept.basis = Basis(participants=(Participant.CHIEF,))
    problems = Problems({"participants": Problem("not_shared"), "figures": Problem("no_data")})
    return reflection.ask(_, made.reflected(kept), problems=problems)


def reflection_meanwhile(_: Translator, words: str = WORDS) -> Card:
    kept = made.reflection(words)
    mine = Understanding(interpretation="Mine egne ord.", analysis="")
    typed = reflection.Form(dialogue_id=made.uid(20), step=ReflectionStep.UNDERSTANDING, content=mine, was="")
    problems = Problems({"interpretation": Problem("written_meanwhile")})
    return reflection.ask(_, made.reflected(kept), typed=typed, problems=problems)


def reflection_draft(_: Translator) -> Card:
    return reflection.saved_draft(_, made.reflected())


def reflection_saved(_: Translator, words: str = WORDS) -> Card:
    return reflection.show(_, made.reflected(made.reflection(words, saved=True)))


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


def reflection_late(_: Translator) -> Card:
    return reflection.ask(_, replace(made.reflected(), is_late=True, note_taker=made.colleague()))


def decision_first(_: Translator) -> Card:
    return decision.ask(_, made.decided())


def decision_what(_: Translator, words: str = WORDS) -> Card:
    return decision.ask(_, made.decided(made.decision(words)))


def decision_who(_: Translator) -> Card:
    kept = made.decision()
    kept.step = DecisionStep.WHO
    return decision.ask(_, made.decided(kept))


def decision_missing(_: Translator) -> Card:
    problems = Problems(
        {"kind": Problem("no_knowledge_across"), "text": Problem("no_decision"), "based": Problem("not_based")}
    )
    return decision.ask(_, made.decided(is_late=True), problems=problems)


def decision_who_missing(_: Translator) -> Card:
    kept = made.decision()
    kept.step, kept.who = DecisionStep.WHO, Who(parents=Involvement.NOT_YET, due=date(2026, 4, 1))
    names = {
        "children": "no_involvement",
        "involve_by": "no_involvement_date",
        "owner": "no_owner",
        "due": "date_passed",
    }
    return decision.ask(_, made.decided(kept), problems=Problems({name: Problem(code) for name, code in names.items()}))


def decision_meanwhile(_: Translator, words: str = WORDS) -> Card:
    kept = made.decision(words, saved=True)
    typed = decision.Form(
        dialogue_id=made.uid(20), decision_id=made.uid(80), step=DecisionStep.WHAT, content=What(text="Mit"), was=""
    )
    problems = Problems({"text": Problem("written_meanwhile"), "figures": Problem("written_meanwhile")})
    return decision.ask(_, made.decided(kept, kept), typed=typed, problems=problems)


def decision_draft(_: Translator) -> Card:
    return decision.saved_draft(_, made.decided())


def decision_saved(_: Translator, words: str = WORDS) -> Card:
    saved = [
        made.decision(words, saved=True, area_id=made.uid(90)),
        made.decision("Vi fortsætter, som vi gør.", kind=DecisionKind.OTHER, saved=True, number=82),
    ]
    return decision.show(_, made.decided(None, *saved))


def decision_waits(_: Translator) -> Card:
    return decision.show(_, made.decided(None, made.decision(kind=DecisionKind.CHOOSE, saved=True)))


def decision_closed(_: Translator, words: str = WORDS) -> Card:
    about = made.dialogue(DialogueState.CLOSED)
    return decision.show(_, made.decided(None, made.decision(words, saved=True), about=about, can_record=False))


def decision_which(_: Translator) -> Card:
    saved = [made.decision(saved=True), made.decision(kind=DecisionKind.OTHER, saved=True, number=82)]
    return decision.choose(_, made.decided(None, *saved))


def decision_gate(_: Translator, words: str = WORDS) -> Card:
    typed = decision.Form(
        dialogue_id=made.uid(20), decision_id=made.uid(80), step=DecisionStep.WHAT, content=What(text=words), was=""
    )
    return decision.over(_, made.dialogue(), made.school(), ReflectionMissing(), typed=typed)


def decision_over(_: Translator) -> Card:
    return decision.over(_, made.dialogue(), made.school(), Expired("dialogue_closed"))


def decision_copy(_: Translator) -> Card:
    sheet = made.decided(None, made.decision(saved=True))
    return decision.copied(_, sheet, decision.minutes_of(_, sheet))


def decision_ask_close(_: Translator) -> Card:
    return decision.ask_close(_, made.decided(None, made.decision(saved=True)))


def decision_nothing(_: Translator) -> Card:
    return decision.nothing_to_decide(_)


def focus_area_describe(_: Translator) -> Card:
    return focus_area.describe(_, made.aimed())


def focus_area_fourth(_: Translator) -> Card:
    return focus_area.describe(_, made.aimed(active=3))


def focus_area_missing(_: Translator) -> Card:
    typed = focus_area.AimForm(decision_id=made.uid(80), aim=Aim(title="x" * 85, first_step_on=date(2026, 1, 1)))
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
    return focus_area.describe(_, made.aimed(), typed=typed, problems=problems)


def focus_area_adjust(_: Translator) -> Card:
    return focus_area.describe(_, made.aimed(DecisionKind.ADJUST))


def focus_area_close(_: Translator) -> Card:
    return focus_area.ask_close(
        _, made.aimed(DecisionKind.CLOSE), problems=Problems({"closing": Problem("no_closing")})
    )


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
    return focus_area.over(_, Expired("focus_area_closed"), [("Hvad har I set siden sidst?", words)])


def focus_status_first(_: Translator) -> Card:
    return focus_status.ask(_, made.story(begun=False))


def focus_status_next(_: Translator, words: str = WORDS) -> Card:
    return focus_status.ask(_, made.story(words))


def focus_status_missing(_: Translator) -> Card:
    typed = focus_status.Form(focus_area_id=made.uid(90), seen=Seen(status=Status.NEEDS_ATTENTION))
    problems = Problems({"seen": Problem("nothing_seen"), "next_step": Problem("no_next_step")})
    return focus_status.ask(_, made.story(), typed=typed, problems=problems)


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
    return theme.Sheet(receipt=receipt, institution=made.school(), themes=themes, leads=leads, asks=asks)


SEEN_AT = datetime(2026, 2, 3, 8, 0, tzinfo=UTC)


def theme_new(_: Translator, words: str = WORDS) -> Card:
    return theme.show(_, _themed(words=words))


def theme_set(_: Translator) -> Card:
    return theme.show(_, _themed(seen_at=SEEN_AT))


def theme_asks(_: Translator) -> Card:
    return theme.show(
        _, _themed(seen_at=SEEN_AT, asks=True), problems=Problems({"discussed": Problem("nobody_chosen")})
    )


def theme_discussed(_: Translator) -> Card:
    people = (DiscussedWith.STAFF, DiscussedWith.BOARD)
    return theme.show(_, _themed(seen_at=SEEN_AT, discussed_with=people, discussed_at=SEEN_AT))


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
    return perspective.ask(_, made.told(None))


def perspective_missing(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(
        institution_id=made.uid(2), perspective_id=None, voice=Voice(count=Count.FEW, recommend=words)
    )
    names = {"group": "no_group", "via": "no_via", "said": "nothing_said"}
    problems = Problems({name: Problem(code) for name, code in names.items()})
    return perspective.ask(_, made.told(None), typed=typed, problems=problems)


def perspective_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=made.uid(140), voice=Voice(said="Mine ord."))
    names = ("group", "count", "tool_id", "said")
    problems = Problems({name: Problem("written_meanwhile") for name in names})
    return perspective.ask(_, made.told(made.perspective(words)), typed=typed, problems=problems)


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
    return perspective.show_all(_, made.school(), made.SPRING, found, tools, leads=True)


def perspective_remind(_: Translator) -> Card:
    return perspective.remind(_, made.school(), made.SPRING, [Group.CHILDREN, Group.YOUTH, Group.PARENTS])


def perspective_where(_: Translator) -> Card:
    return perspective.choose_place(_, [made.school(), made.day_care()], perspective.LIST)


def perspective_refused(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=None, voice=Voice(said=words))
    return perspective.refused(_, typed)


def recommendation_open(_: Translator, words: str = WORDS) -> Card:
    return recommendation.ask(_, made.recommendation(words), made.perspective(words), made.school())


def recommendation_missing(_: Translator) -> Card:
    typed = recommendation.Form(
        recommendation_id=made.uid(141), response=Response.PARTLY, reason="", reported_on=date(2027, 1, 1)
    )
    problems = Problems({"reason": Problem("no_reason"), "reported_on": Problem("day_to_come")})
    kept = made.recommendation()
    return recommendation.ask(_, kept, made.perspective(), made.school(), typed=typed, problems=problems)


def recommendation_answered(_: Translator, words: str = WORDS) -> Card:
    kept = made.recommendation(words, Response.PARTLY, reason=words)
    return recommendation.show(_, kept, made.perspective(), made.school())


def recommendation_which(_: Translator) -> Card:
    found = [
        (made.recommendation("Flere små grupper"), made.school()),
        (made.recommendation("Mere tid"), made.school()),
    ]
    return recommendation.choose(_, found)


def recommendation_none(_: Translator) -> Card:
    return recommendation.none_waits(_)


def method_all(_: Translator) -> Card:
    return method.show_all(_, made.school(), made.tools(), {made.uid(130): 3})


def method_new(_: Translator) -> Card:
    problems = Problems({"name": Problem("tool_exists"), "how": Problem("no_how")})
    typed = method.ToolForm(institution_id=made.uid(2), name="Klassens time", how="")
    return method.ask_new(_, made.school(), typed=typed, problems=problems)


def method_one(_: Translator, words: str = WORDS) -> Card:
    told = ToolExperience(
        tool_id=made.uid(130), institution_id=made.uid(2), author_id=made.uid(4), text=words, written_at=SEEN_AT
    )
    return method.show(_, made.tools()[0], 1, [(told, made.school())])


def method_which(_: Translator) -> Card:
    return method.choose(_, made.tools())


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
        Task.reflect(made.dialogue(number=1), made.school()),
        Task.prepare(made.dialogue(), made.school()),
        Task.read(made.package(), made.school()),
    ]
    return overview.show(_, name="Mette", places=[place], tasks=tasks, lines=[])


def overview_chief(_: Translator) -> Card:
    lines = [
        Line(institution=made.day_care(), dialogue=None),
        Line(institution=made.school(), dialogue=made.dialogue()),
        Line(institution=made.school(), dialogue=made.dialogue(DialogueState.READY)),
    ]
    return overview.show(_, name="Birgit", places=[], tasks=[], lines=lines)


def overview_empty(_: Translator) -> Card:
    return overview.show(_, name="Ali", places=[], tasks=[], lines=[])


def welcome_first(_: Translator) -> Card:
    return welcome.welcome(_, made.leader(), made.facts())


def welcome_who_sees(_: Translator) -> Card:
    return welcome.who_sees_what(_, made.facts())


def help_leader(_: Translator) -> Card:
    return help.show(_, leads=True, is_chief=False)


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
    return handover.show(_, made.change_of_leader(words))


def handover_long(_: Translator) -> Card:
    return handover.show(_, made.change_of_leader("Vi følger op på det, vi talte om. " * 8, waiting=7))


def handover_one(_: Translator) -> Card:
    return handover.show(_, made.change_of_leader(waiting=1))


def handover_again(_: Translator) -> Card:
    sheet = made.change_of_leader(waiting=2)
    typed = handover.DecideForm(
        institution_id=made.uid(2),
        choices=tuple(
            handover.Choice(agreement_id=row.agreement.id, leader_id=made.colleague().id) for row in sheet.waiting
        ),
    )
    problems = Problems({"c0": Problem("leads_no_longer")})
    return handover.show(_, sheet, typed=typed, problems=problems)


def handover_why(_: Translator, words: str = WORDS) -> Card:
    sheet = made.change_of_leader(words, waiting=2)
    typed = handover.DropForm(institution_id=made.uid(2), reasons=((made.uid(210), words), (made.uid(211), "")))
    problems = Problems({"r1": Problem("no_reason")})
    return handover.ask_why(_, sheet, sheet.waiting, skipped=(), typed=typed, problems=problems)


def handover_decided(_: Translator, words: str = WORDS) -> Card:
    return handover.show(_, made.change_of_leader(words, waiting=0, settled=True))


def handover_overtaken(_: Translator) -> Card:
    sheet = made.change_of_leader(waiting=1, settled=True)
    return handover.show(_, sheet, skipped=(made.uid(210),), was_overtaken=True, given_back=["Hallen er lukket"])


def handover_no_leader(_: Translator) -> Card:
    sheet = made.change_of_leader(waiting=2)
    return handover.show(_, replace(sheet, new=(), leaders=()))


def handover_news(_: Translator) -> Card:
    return handover.show(_, replace(made.change_of_leader(waiting=0), has_met=False))


def handover_choose(_: Translator) -> Card:
    return handover.choose(_, [made.school(), made.day_care()])


def handover_nothing(_: Translator) -> Card:
    return handover.nothing(_)


def handover_refused(_: Translator, words: str = WORDS) -> Card:
    return handover.refused(_, [words])


def new_leader_first(_: Translator, words: str = WORDS) -> Card:
    sheet = made.change_of_leader(words)
    return new_leader.welcome(
        _, sheet.new[0], _place(), sheet.inherited, made.handed_over(words, rows=0), can_prepare=True
    )


def new_leader_agreements_in(_: Translator, words: str = WORDS) -> Card:
    sheet = made.change_of_leader(words)
    kept = replace(sheet.inherited, next_dialogue=None)
    begun = replace(sheet.new[0], is_return=True, former=())
    return new_leader.welcome(_, begun, _place(), kept, made.handed_over(words), can_prepare=False)


def new_leader_agreements(_: Translator, words: str = WORDS) -> Card:
    return new_leader.agreements(_, made.handed_over(words))


def new_leader_confirmed(_: Translator) -> Card:
    return new_leader.agreements(_, made.handed_over(confirmed=True))


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
        Read(reader="Birgit Dam", record=Record.FEEDBACK, institution="Elmeskolen", at=made.STARTS, times=2),
        Read(
            reader="Kirsten Vestergaard-Christoffersen",
            record=Record.ONE_ON_ONE_NOTE,
            institution="Børnehuset Åen",
            at=made.STARTS,
            times=1,
        ),
    ]
    return audit.show(_, reads)


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


EXAMPLES = {
    name: example
    for name, example in list(globals().items())
    if callable(example) and getattr(example, "__module__", "") == __name__ and not name.startswith("_")
}
