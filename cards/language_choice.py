"""The choice between Danish and English."""

from dataclasses import dataclass

from cards import form
from cards.form import Data, carried
from cards.kit import Action, Card, below_head, card, press
from cards.language import Translator
from cards.parts import note, text
from domain.organisation import Language

SET = "language_choice.set"
NAMES = {Language.DANISH: "Dansk", Language.ENGLISH: "English"}


@dataclass(frozen=True)
class LanguageForm:
    """The language chosen, None when the card carried none."""

    language: Language | None

    @classmethod
    def read(cls, data: Data) -> "LanguageForm":
        return cls(form.choice(data, "language", Language))


def switch(_: Translator) -> Action:
    """A button to the other language, with the names of both."""
    other = Language.ENGLISH if _.language == Language.DANISH else Language.DANISH
    return press(_("Language: English/dansk"), SET, carried(language=other.value))


def ask(_: Translator) -> Card:
    return card(
        _,
        _("Which language?"),
        seen_by=_("only you"),
        body=[text(_("I understand both Danish and English, whichever you choose to read."), spacing="Medium")],
        actions=[press(name, SET, carried(language=each.value)) for each, name in NAMES.items()],
    )


def changed(_: Translator, answer: Card) -> Card:
    """An answer given again in the language that was chosen with it, which stays."""
    return below_head(answer, note(_("I now write to you in English. Write “language” to change it.")))


def saved(_: Translator) -> Card:
    return card(
        _,
        _("I now write to you in English"),
        seen_by=_("only you"),
        body=[text(_("New cards come in this language. You can change it at any time."), spacing="Medium")],
        actions=[switch(_)],
    )
