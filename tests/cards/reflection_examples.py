"""The cards of the reflection on a learning dialogue."""

from dataclasses import replace

from cards import reflection, reflection_form
from cards.kit import Card
from cards.language import Translator
from domain.dialogue import Addendum, DialogueState
from domain.errors import Expired, Problem, Problems
from domain.reflection import Basis, Participant, ReflectionStep, Understanding
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


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
    sheet.reflection.saved_at = made.SEEN_AT
    return reflection.named(_, replace(sheet, note_taker=made.colleague()))


def reflection_late(_: Translator) -> Card:
    return reflection_form.ask(_, replace(made.reflected(), is_late=True, note_taker=made.colleague()))


EXAMPLES = examples_in(globals())
