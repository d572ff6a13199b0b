"""The register of methods for hearing children, young people and parents, which leaders add to.

Question: `metoder` shows those of the institution's age range, with who has used them.
"""

from cards import method as cards
from cards.form import Subject
from cards.kit import Card
from cards.method import Chosen, ExperienceForm, ToolForm
from cards.which import which_place
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.places import led_by
from dialogs.turn import Turn
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution
from domain.perspective import PerspectiveTool, ToolExperience
from storage.method import experiences_of, tool_with_id, tools_for
from storage.perspective import users_of
from storage.roles import institutions_led_by


def show_all(turn: Turn, subject: Subject) -> Card:
    return _register(turn, led_by(turn, subject.id))


def ask_new(turn: Turn, subject: Subject) -> Card:
    return cards.ask_new(turn._, led_by(turn, subject.id))


def add(turn: Turn, form: ToolForm) -> Card:
    where = led_by(turn, form.institution_id)
    taken = {each.name.casefold() for each in tools_for(turn.uow, where.age_range)}
    made = PerspectiveTool.add(form.name, form.how, age_range=where.age_range, added_by=where.id, taken=taken)
    turn.uow.add(made)
    turn.uow.session.flush()
    return _register(turn, where, added=made)


def add_again(turn: Turn, form: ToolForm, problems: Problems) -> Card:
    return cards.ask_new(turn._, led_by(turn, form.institution_id), typed=form, problems=problems)


def choose(turn: Turn, subject: Subject) -> Card:
    where = led_by(turn, subject.id)
    return cards.choose(turn._, where, tools_for(turn.uow, where.age_range))


def open_it(turn: Turn, chosen: Chosen) -> Card:
    return _show(turn, tool_with_id(turn.uow, chosen.tool_id), led_by(turn, chosen.institution_id))


def tell(turn: Turn, form: ExperienceForm) -> Card:
    where, tool = led_by(turn, form.institution_id), tool_with_id(turn.uow, form.tool_id)
    turn.uow.add(ToolExperience.of(tool.id, where.id, form.text, by=turn.person.id, now=turn.now))
    turn.uow.session.flush()
    return _show(turn, tool, where)


def tell_again(turn: Turn, form: ExperienceForm, problems: Problems) -> Card:
    where, tool = led_by(turn, form.institution_id), tool_with_id(turn.uow, form.tool_id)
    return _show(turn, tool, where, typed=form, problems=problems)


def asked(turn: Turn, question: Asked) -> Card:
    """`metoder`: the register for the institution led, or which, since what is told is signed with its name."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    if len(led) == 1:
        return _register(turn, led[0])
    return which_place(turn._, led, cards.LIST)


def _register(turn: Turn, where: Institution, *, added: PerspectiveTool | None = None) -> Card:
    """The methods A to Å; one that was just added comes first, so that it is seen."""
    tools = sorted(tools_for(turn.uow, where.age_range), key=lambda each: each is not added)
    return cards.show_all(turn._, where, tools, users_of(turn.uow, [each.id for each in tools]))


def _show(
    turn: Turn,
    tool: PerspectiveTool,
    where: Institution,
    *,
    typed: ExperienceForm | None = None,
    problems: Problems | None = None,
) -> Card:
    users, told = users_of(turn.uow, [tool.id]).get(tool.id, []), experiences_of(turn.uow, tool)
    return cards.show(turn._, tool, where, users, told, typed=typed, problems=problems)


FLOW = Flow(
    name="method",
    buttons={
        cards.LIST: Button(Subject.read, show_all),
        cards.NEW: Button(Subject.read, ask_new),
        cards.ADD: Button(
            ToolForm.read, add, again=add_again, refused=lambda turn, form: cards.refused(turn._, form.name, form.how)
        ),
        cards.CHOOSE: Button(Subject.read, choose),
        cards.OPEN: Button(Chosen.read, open_it),
        cards.TELL: Button(
            ExperienceForm.read,
            tell,
            again=tell_again,
            refused=lambda turn, form: cards.refused(turn._, form.text),
        ),
    },
    questions={"methods": Question(("metoder", "metode", "methods", "method"), asked)},
    without=frozenset({"views", "clock", "domain"}),
)
