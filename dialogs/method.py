"""The register of methods for hearing children, young people and parents, which leaders add to.

Question: `metoder` shows those of the institution's age range, with who has used them.
"""

from cards import method as cards
from cards.form import Subject
from cards.kit import Card
from cards.method import ExperienceForm, ToolForm
from cards.perspective import choose_place
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution
from domain.perspective import PerspectiveTool, ToolExperience
from storage.organisation import institutions_led_by
from storage.perspective import experiences_of, tool_with_id, tools_for, users_of


def show_all(turn: Turn, subject: Subject) -> Card:
    where = _led(turn, subject)
    tools = tools_for(turn.uow, where.age_range)
    return cards.show_all(turn._, where, tools, users_of(turn.uow, [each.id for each in tools]))


def ask_new(turn: Turn, subject: Subject) -> Card:
    return cards.ask_new(turn._, _led(turn, subject))


def add(turn: Turn, form: ToolForm) -> Card:
    where = _led(turn, Subject(form.institution_id))
    taken = {each.name.casefold() for each in tools_for(turn.uow, where.age_range)}
    turn.uow.add(PerspectiveTool.add(form.name, form.how, age_range=where.age_range, added_by=where.id, taken=taken))
    turn.uow.session.flush()
    return show_all(turn, Subject(where.id))


def add_again(turn: Turn, form: ToolForm, problems: Problems) -> Card:
    return cards.ask_new(turn._, _led(turn, Subject(form.institution_id)), typed=form, problems=problems)


def choose(turn: Turn, subject: Subject) -> Card:
    return cards.choose(turn._, tools_for(turn.uow, _led(turn, subject).age_range))


def open_it(turn: Turn, subject: Subject) -> Card:
    _any_led(turn)
    return _show(turn, tool_with_id(turn.uow, subject.id))


def tell(turn: Turn, form: ExperienceForm) -> Card:
    where, tool = _any_led(turn), tool_with_id(turn.uow, form.tool_id)
    turn.uow.add(ToolExperience.of(tool.id, where.id, form.text, by=turn.person.id, now=turn.now))
    turn.uow.session.flush()
    return _show(turn, tool)


def tell_again(turn: Turn, form: ExperienceForm, problems: Problems) -> Card:
    tool = tool_with_id(turn.uow, form.tool_id)
    users, told = users_of(turn.uow, [tool.id]).get(tool.id, []), experiences_of(turn.uow, tool)
    return cards.show(turn._, tool, users, told, typed=form, problems=problems)


def asked(turn: Turn, question: Asked) -> Card:
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    if len({where.age_range for where in led}) == 1:
        return show_all(turn, Subject(led[0].id))
    return choose_place(turn._, led, cards.LIST)


def _show(turn: Turn, tool: PerspectiveTool) -> Card:
    return cards.show(turn._, tool, users_of(turn.uow, [tool.id]).get(tool.id, []), experiences_of(turn.uow, tool))


def _led(turn: Turn, subject: Subject) -> Institution:
    for where in institutions_led_by(turn.uow, turn.viewer):
        if where.id == subject.id:
            return where
    raise NotAllowed


def _any_led(turn: Turn) -> Institution:
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    return led[0]


FLOW = Flow(
    name="method",
    buttons={
        cards.LIST: Button(Subject.read, show_all),
        cards.NEW: Button(Subject.read, ask_new),
        cards.ADD: Button(
            ToolForm.read, add, again=add_again, refused=lambda turn, form: cards.refused(turn._, form.name, form.how)
        ),
        cards.CHOOSE: Button(Subject.read, choose),
        cards.OPEN: Button(Subject.read, open_it),
        cards.TELL: Button(
            ExperienceForm.read,
            tell,
            again=tell_again,
            refused=lambda turn, form: cards.refused(turn._, form.text),
        ),
    },
    questions={"methods": Question(("metoder", "metode", "methods", "method"), asked)},
    without=frozenset({"views", "clock", "domain", "storage"}),
)
