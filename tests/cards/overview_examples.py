"""The cards of somebody's overview, and of what they choose for themselves: Mondays, language, pause, later."""

from datetime import date

from cards import (
    data_package,
    help,
    language_choice,
    later,
    monday,
    overview,
    pause,
    perspective_list,
    welcome,
    who_reads,
)
from cards import dialogue as moving
from cards.kit import Card, below_head, summary_of
from cards.language import Translator
from cards.overview import Line, Place
from cards.parts import note
from cards.task import Task
from cards.who_reads import Reader
from domain.dialogue import DialogueState
from domain.observation import Progress
from domain.perspective import Group, Response
from domain.reach import Hindrance
from tests.cards import municipality as made
from tests.cards import observed as seen
from tests.cards.by_name import examples_in
from tests.cards.preparation_receipt_examples import preparation_agenda
from tests.cards.theme_examples import theme_new


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
        Task.gathered(made.uid(150), summary_of(closing), "dialogue.closing"),
        Task.gathered(made.uid(151), summary_of(missing), "perspective.missing"),
        Task.gathered(made.uid(152), summary_of(theme_new(_)), "theme"),
        Task.gathered(made.uid(153), summary_of(preparation_agenda(_)), "preparation.agenda"),
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
            told=DialogueState.OPEN,
            observations=[(Progress.AGREED, False), (Progress.COMPLETE, False)],
        ),
    ]
    ready = Line(
        institution=made.school(),
        dialogue=made.dialogue(DialogueState.READY),
        told=DialogueState.READY,
        can_read=True,
    )
    return overview.show(_, name="Birgit", places=[], tasks=[], lines=[*lines, ready, ready])


def overview_unreached(_: Translator) -> Card:
    lines = [Line(institution=made.school(), dialogue=made.dialogue(), told=DialogueState.OPEN)]
    whys = [Hindrance.REMOVED, Hindrance.DISABLED, *Hindrance]
    unreached = [(made.school(), made.leader(), why) for why in whys]
    return overview.show(_, name="Birgit", places=[], tasks=[], lines=lines, unreached=unreached)


def overview_visits(_: Translator) -> Card:
    visits = [(seen.observation(), made.school()), (seen.observation(), seen.other_school())]
    return overview.show(_, name="Ali", places=[], tasks=[], lines=[], visits=visits)


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


def welcome_who_sees_named(_: Translator) -> Card:
    card = welcome.who_sees_what(_, made.facts())
    return below_head(card, note(who_reads.sentence(_, Reader.MY_CHIEF, "Birgit Dam"), sign="Eye"))


def welcome_who_sees_observer(_: Translator) -> Card:
    return welcome.who_sees_what(_, made.facts(), observes=True)


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


EXAMPLES = examples_in(globals())
