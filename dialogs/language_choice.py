"""Which language the bot speaks to a person: Danish or English, kept until they choose again."""

from cards import language_choice as cards
from cards.kit import Card
from cards.language import Translator
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.turn import Turn
from domain.organisation import Language


def choose(turn: Turn, question: Asked) -> Card:
    return cards.ask(turn._)


def set_language(turn: Turn, form: cards.LanguageForm) -> Card:
    if form.language is not None:
        turn.person.language = form.language
        turn._ = Translator.of(form.language, turn.municipality.zone)
    return cards.saved(turn._)


def _to(language: Language) -> Question:
    words = {
        Language.DANISH: ("dansk", "på dansk", "danish", "sprog dansk", "tal dansk"),
        Language.ENGLISH: ("english", "engelsk", "in english", "på engelsk", "language english"),
    }
    return Question(words[language], lambda turn, _: set_language(turn, cards.LanguageForm(language)))


FLOW = Flow(
    name="language_choice",
    buttons={cards.SET: Button(cards.LanguageForm.read, set_language)},
    questions={
        "set_language": Question(("sprog", "skift sprog", "language", "change language"), choose),
        "set_danish": _to(Language.DANISH),
        "set_english": _to(Language.ENGLISH),
    },
    without=frozenset({"views", "clock", "domain", "storage"}),
)
