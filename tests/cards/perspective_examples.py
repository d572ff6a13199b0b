"""The cards of perspectives, of the recommendations in them, and of the methods they are collected by."""

from datetime import date

from bot.dialog import in_dialog
from cards import (
    later,
    method,
    perspective,
    perspective_form,
    perspective_list,
    perspective_message,
    recognised,
    recommendation,
)
from cards.kit import Card
from cards.language import Translator
from cards.perspective_message import Quoted
from cards.which import which_place
from dialogs import ACTIONS
from domain.errors import Problem, Problems
from domain.perspective import Answered, Count, FormalBody, Group, Response, ToolExperience, Voice
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS

# The dialog of *Gem som perspektiv*.
IN_THE_DIALOG = ACTIONS["save_as_perspective"].verbs


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
    return in_dialog(perspective_message.ask(_, made.told(None), Quoted.of(words)), IN_THE_DIALOG)


def perspective_message_long(_: Translator) -> Card:
    return in_dialog(perspective_message.ask(_, made.told(None), Quoted.of(f"{WORDS} " * 40)), IN_THE_DIALOG)


def perspective_message_empty(_: Translator) -> Card:
    return in_dialog(perspective_message.ask(_, made.told(None), Quoted.of("")), IN_THE_DIALOG)


def perspective_message_wrong(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(institution_id=made.uid(2), perspective_id=None, voice=Voice(said=words))
    names = {"group": "no_group", "via": "no_via", "count": "no_count"}
    problems = Problems({name: Problem(code) for name, code in names.items()})
    return in_dialog(perspective_form.ask(_, made.told(None), typed=typed, problems=problems), IN_THE_DIALOG)


def perspective_message_where(_: Translator, words: str = WORDS) -> Card:
    return in_dialog(
        perspective_message.choose_place(_, [made.school(), made.day_care()], Quoted.of(words)), IN_THE_DIALOG
    )


def perspective_message_leaders(_: Translator) -> Card:
    return in_dialog(perspective_message.leaders_only(_), IN_THE_DIALOG)


def perspective_typed(_: Translator, words: str = WORDS) -> Card:
    quoted = Quoted.of(words, is_typed=True, group=Group.PARENTS)
    return perspective_message.ask(_, made.told(None), quoted)


def perspective_of_one_child(_: Translator, words: str = WORDS) -> Card:
    typed = perspective.Form(
        institution_id=made.uid(2), perspective_id=None, voice=Voice(said=f"Emma fra 4.b siger: {words}")
    )
    problems = Problems({"said": Problem("single_child", {"words": "Emma fra 4.b"})})
    drawn = perspective_form.ask(_, made.told(None), typed=typed, problems=problems)
    return recognised.with_tick(_, drawn, ["said"])


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
    kept = made.recommendation(words, Response.PARTLY, reason=words, responded_at=made.SEEN_AT)
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


def recommendation_latest(_: Translator) -> Card:
    found = [(made.recommendation(), made.school()), (made.recommendation(response=Response.PARTLY), made.school())]
    return recommendation.choose(_, found, are_latest=True)


def recommendation_none(_: Translator) -> Card:
    return recommendation.none_waits(_)


def recommendation_none_yet(_: Translator) -> Card:
    return recommendation.none_waits(_, are_latest=True)


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
        tool_id=made.uid(130), institution_id=made.uid(2), author_id=made.uid(4), text=words, written_at=made.SEEN_AT
    )
    return method.show(_, made.tools()[0], made.school(), ["Elmeskolen"], [(told, made.school())])


def method_which(_: Translator) -> Card:
    return method.choose(_, made.school(), made.tools())


EXAMPLES = examples_in(globals())
