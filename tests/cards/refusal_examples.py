"""The cards of what cannot be done, and of a search that is under way."""

from bot.dialog import in_dialog
from cards import anonymisation, perspective, refusal
from cards.kit import Card
from cards.language import Translator
from cards.searching import searching
from dialogs import ACTIONS
from domain.errors import NotAllowed
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS

# The dialog of *Gem som perspektiv*.
IN_THE_DIALOG = ACTIONS["save_as_perspective"].verbs


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
    return in_dialog(refusal.fault_in_dialog(_, "A1B2C3", perspective.SAVE, typed), IN_THE_DIALOG)


def searching_pressed(_: Translator, words: str = "2026-4711") -> Card:
    carried = {"id": str(made.uid(965)), "case": words, "parts": "true"}
    return searching(_, anonymisation.PROPOSE, carried, [words])


def searching_said(_: Translator) -> Card:
    return searching(_)


def refusal_too_many(_: Translator) -> Card:
    return refusal.too_many(_)


def refusal_too_fast_in_dialog(_: Translator, words: str = WORDS) -> Card:
    typed = {"id": str(made.uid(1)), "group": "unge", "said": words}
    return in_dialog(refusal.too_fast_in_dialog(_, perspective.SAVE, typed), IN_THE_DIALOG)


EXAMPLES = examples_in(globals())
