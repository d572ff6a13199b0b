"""The cards of a handover: whoever leaves, and whoever is new."""

from dataclasses import replace

from cards import handover, handover_form, new_leader, overview
from cards.kit import Card
from cards.language import Translator
from cards.overview import Line, Place
from cards.task import Task
from domain.dialogue import DialogueState
from domain.errors import Problem, Problems
from domain.perspective import Group
from tests.cards import municipality as made
from tests.cards import takeover
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


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
    lines = [Line(institution=made.school(), dialogue=made.dialogue(DialogueState.READY), told=DialogueState.READY)]
    return overview.show(_, name="Birgit", places=[], tasks=[Task.hand_over(made.school())], lines=lines)


EXAMPLES = examples_in(globals())
