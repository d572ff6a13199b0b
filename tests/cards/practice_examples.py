"""The cards of good practice: shared, read and found."""

from typing import Any

from cards import practice, practice_receipt, practice_search, refusal
from cards.kit import Card
from cards.language import Translator
from domain.errors import Expired, Problem, Problems
from domain.organisation import AgeRange
from domain.practice import Account
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def practice_first(_: Translator) -> Card:
    return practice.ask(_, made.practised(None))


def practice_prefilled(_: Translator) -> Card:
    return practice.ask(_, made.practised(None, account=Account(why="Vi skal vente længere, før vi selv svarer.")))


def practice_missing(_: Translator) -> Card:
    problems = Problems({"did": Problem("cpr"), "why": Problem("no_why_it_worked")})
    typed = practice.Form(about_id=made.uid(90), did="Der er et barn, 010203-1234, som …", why="", contact=True)
    return practice.ask(_, made.practised(None), typed=typed, problems=problems)


def practice_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = practice.Form(about_id=made.uid(90), did="Mine egne ord.", why="Fordi …")
    problems = Problems({"did": Problem("written_meanwhile"), "contact_id": Problem("written_meanwhile")})
    kept = made.practice(words)
    kept.shared = None
    return practice.ask(_, made.practised(kept, contact=made.leader()), typed=typed, problems=problems)


def practice_correct(_: Translator, words: str = WORDS) -> Card:
    return practice.ask(_, made.practised(made.practice(words), contact=made.leader(), viewer=made.colleague()))


def practice_draft(_: Translator) -> Card:
    return practice.saved_draft(_, made.practised(made.practice()))


def practice_preview(_: Translator, words: str = WORDS) -> Card:
    kept = made.practice(words)
    kept.shared = None
    return practice_receipt.preview(_, made.practised(kept, contact=made.leader()))


def practice_preview_changed(_: Translator) -> Card:
    kept = made.practice(contact=False)
    kept.shared = None
    return practice_receipt.preview(_, made.practised(kept), was_changed=True)


def practice_shared(_: Translator, words: str = WORDS) -> Card:
    return practice_receipt.show(_, made.practised(made.practice(words), contact=made.leader()))


def practice_corrected(_: Translator) -> Card:
    kept = made.practice()
    kept.draft = Account(did="Rettet")
    return practice_receipt.show(_, made.practised(kept))


def practice_read(_: Translator, words: str = WORDS) -> Card:
    return practice_receipt.show(_, made.practised(made.practice(words), contact=made.leader(), leads=False))


def practice_read_reflecting(_: Translator) -> Card:
    return practice_receipt.show(_, made.practised(made.practice(contact=False), leads=False, dialogue_id=made.uid(20)))


def practice_ask_withdraw(_: Translator) -> Card:
    return practice_receipt.ask_withdraw(_, made.practised(made.practice()))


def practice_withdrawn(_: Translator, words: str = WORDS) -> Card:
    kept = made.practice(words)
    kept.withdrawn_at = made.SEEN_AT
    return practice_receipt.withdrawn(_, made.practised(kept))


def practice_which(_: Translator) -> Card:
    shared = practice.how_far(_, made.practice())
    area, other = made.focus_area().title, "Makkerpar i dansk og matematik"
    return practice.choose(_, [(made.uid(90), area, f"{area} · {shared}"), (made.uid(110), other, other)])


def practice_nothing_to_share(_: Translator) -> Card:
    return practice.nothing_to_share(_)


def practice_refused(_: Translator, words: str = WORDS) -> Card:
    return practice.given_back(_, practice.Form(about_id=made.uid(90), did=words, why=""))


def practice_over(_: Translator) -> Card:
    typed = practice.Form(about_id=made.uid(90), did="Vi taler sammen to og to.", why="")
    return practice.expired(_, typed, Expired("focus_area_not_reached"))


def practice_gone(_: Translator) -> Card:
    return refusal.show(_, Expired("practice_withdrawn"))


def _listed(number: int, words: str = WORDS, **more: Any) -> practice_search.Found:
    titles = ("Flere stemmer i timerne", "En kendt voksen i hver overgang", "Makkerpar i dansk og matematik")
    rows = [
        (
            made.practice(words, title=titles[each % 3], number=150 + each),
            made.school() if each % 2 else made.day_care(),
        )
        for each in range(number)
    ]
    return practice_search.Found(rows=rows, themes=made.themes(), leads=True, **more)


def practice_found(_: Translator, words: str = WORDS) -> Card:
    return practice_search.show(_, _listed(3, words, about=made.themes()[:1], age_range=AgeRange.OLDER))


def practice_found_many(_: Translator) -> Card:
    return practice_search.show(_, _listed(practice_search.MOST + 1, WORDS * 3))


def practice_found_one(_: Translator) -> Card:
    return practice_search.show(_, _listed(1, dialogue_id=made.uid(20)))


def practice_not_understood(_: Translator) -> Card:
    return practice_search.nothing_found(_, _listed(0), "fodbold i frikvarteret")


def practice_nothing_found(_: Translator) -> Card:
    return practice_search.nothing_found(_, _listed(0, about=made.themes()[1:], age_range=AgeRange.OLDER), "")


def practice_none(_: Translator) -> Card:
    return practice_search.none_yet(_, leads=True)


EXAMPLES = examples_in(globals())
