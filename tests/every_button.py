"""Every button there is, pressed by one who may, and then by everybody else who should not have it.

A button is pressed as it stands on somebody's own card. One that stands on none today is taken from the cards that are
looked at (`tests/cards`), with what is typed there, and tried about what other buttons of its matter are about, by
their owners; then about what is kept, by those who have to do with it, until it is answered. Each press before that is
one by the wrong person or about the wrong thing. Then somebody else presses the same, also about something else, and
its owner once more when the card has grown old. All of it is judged by the policy.

Where others read what is typed beside a button, it is a text that seems to tell of one child: it is not kept before its
author was asked, who is asked once, and then it is kept whole.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import chain, islice, zip_longest
from typing import Any
from uuid import UUID

from cards.kit import Card
from cards.language import Translator
from cards.problems import SENTENCES
from dialogs import BUTTONS
from dialogs.conversation import Kind
from dialogs.recognised import KEPT_FOR_ONESELF, NOT_ASKED_IN
from domain.organisation import Language, Person
from storage.unit_of_work import UnitOfWork
from tests.cards.examples import EXAMPLES, drawn
from tests.judged import Judged, Press, Stage, presses_on
from tests.town import parts, words

# A deal's buttons are of different matters, so that one seldom closes what the next is about.
DEALS = 30
OLD = timedelta(days=20)
# Where two databases are told apart, one has found who may press it; the other tries a few.
MOST_TRIED, FEW_TRIED = 50, 6
# What the cards of a matter are about, where no table has its name.
ABOUT = (
    *("decision", "institution", "dialogue", "one_on_one", "observation", "focus_area"),
    *("cycle", "political_round", "person", "anonymisation"),
)
# Two leaders, a chief, the administration, a facilitator and an observer.
PRESSING = (
    "Mette Elkjær",
    "Anders Lyngby",
    "Birgit Dalum",
    "Kirsten Overgård",
    "Ulla Fredskov",
    "Rune Solgård",
)
NOBODY = UUID(int=0)
# A name that none of the grown-ups has.
OF_A_CHILD = "Villads i 5b er glad"
# What is typed there is looked for.
NO_TEXT = frozenset({"search"})


@dataclass
class Told:
    """What was pressed, what was answered with more than a no or asked about first, and what went wrong."""

    pressed: set[str] = field(default_factory=set)
    let_in: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def deal(uow: UnitOfWork, number: int, stage: Stage, *, most: int = MOST_TRIED) -> Told:
    """Presses every thirtieth button, from this one on; each in `most` ways until somebody may."""
    told, chance = Told(), random.Random(number)  # noqa: S311
    everybody = list(stage.people.values())
    judged = Judged(uow, uow.session.get_one(Person, everybody[0]))
    last: list[Press] = []

    def pressed(owner_id: UUID, press: Press, how: str, /, **more: str) -> Card | None:
        judged.who = uow.session.get_one(Person, owner_id)
        data = {**press.standing, **press.data, **more}
        return judged.does(Kind.PRESSED, f"{press.verb} {how} {data.get('id')}", press.verb, data)

    typed = {verb: dict.fromkeys(names, OF_A_CHILD) for verb, names in texts_beside().items()}
    for verb in sorted(BUTTONS)[number::DEALS]:
        about = typed.get(verb, {})
        for press in islice(offered(verb, stage), most):
            judged.changes.heard.clear()
            answered = pressed(press.owner_id, press, "by its owner", **about)
            last = [each for each in last if each.verb != verb] + [press]
            is_kept = any(OF_A_CHILD in each for each in judged.changes.heard)
            if answered is not None and is_asked(answered):
                told.asked.add(verb)
                judged.changes.heard.clear()
                answered = pressed(press.owner_id, press, "by its owner, with the tick", **about, unrecognised="true")
                if answered is None or is_asked(answered):
                    judged.found.append(f"{verb} asks twice")
                elif not any(OF_A_CHILD in each for each in (words(answered), *judged.changes.heard)):
                    judged.found.append(f"{verb} loses what was typed")
            elif is_kept:
                judged.found.append(f"{verb} keeps what seems to tell of a child, and has not asked")
            if answered is not None and not is_refusal(answered):
                told.let_in.add(verb)
                break
    for press in last:
        pressed(chance.choice(everybody), press, "by another", **typed.get(press.verb, {}))
        pressed(chance.choice(everybody), press, "of another", id=str(chance.choice(stage.ids)))
    judged.now += OLD
    judged.look()
    for press in last:
        pressed(press.owner_id, press, "once more")
    told.pressed, told.wrong = {each.verb for each in last}, judged.found
    return told


def offered(verb: str, stage: Stage) -> Iterator[Press]:
    """The button on people's own cards, what is missing filled in; then that of the cards that are looked at."""
    examples = looked_at().get(verb, ())
    typed: Mapping[str, str] = examples[0].standing if examples else {}
    for each in stage.presses:
        if each.verb == verb:
            standing = {name: value or typed.get(name, "") for name, value in each.standing.items()}
            yield Press(each.owner_id, verb, each.data, each.choices, standing)
    for each in examples[:1]:
        for person_id, subject in about(verb, stage) if "id" in each.data else _by_anybody(stage):
            data = {**each.data, "id": str(subject)} if "id" in each.data else each.data
            yield Press(person_id, verb, data, each.choices, each.standing)


def about(verb: str, stage: Stage) -> Iterator[tuple[UUID, UUID]]:
    """Who may press it about what: as on other buttons of the matter; then whoever has to do with something that is
    kept, in the tables with the matter's name and in those that most cards are about."""
    matter = verb.partition(".")[0]
    of_matter = (each for each in stage.presses if each.verb.partition(".")[0] == matter)
    yield from dict.fromkeys((each.owner_id, UUID(each.data["id"])) for each in of_matter if each.data.get("id"))
    named = (name for name in stage.concerned if name in matter or matter in name)
    kept = [list(stage.concerned[name].items()) for name in dict.fromkeys([*named, *ABOUT])]
    # One row of each table after the other.
    for subject, people in filter(None, chain.from_iterable(zip_longest(*kept))):
        yield from ((person_id, subject) for person_id in people)


def _by_anybody(stage: Stage) -> Iterator[tuple[UUID, UUID]]:
    yield from ((stage.people[name], NOBODY) for name in PRESSING)


@cache
def looked_at() -> dict[str, list[Press]]:
    """The buttons of the cards that are looked at, also as they stand in a dialog; one for each kind of data."""
    found: dict[str, dict[tuple[str, ...], Press]] = {}
    for name in EXAMPLES:
        card = drawn(name, "da")
        for each in (*presses_on(card, NOBODY), *_in_a_dialog(card)):
            found.setdefault(each.verb, {}).setdefault(tuple(each.data), each)
    return {verb: list(each.values()) for verb, each in found.items()}


@cache
def texts_beside() -> dict[str, frozenset[str]]:
    """The fields of text beside each button, but for those of which what is kept is read by nobody else."""
    found: dict[str, frozenset[str]] = {}
    for name in EXAMPLES:
        card = drawn(name, "da")
        texts = {str(each["id"]) for each in parts(card) if each.get("type") == "Input.Text"} - NO_TEXT
        for each in (*presses_on(card, NOBODY), *_in_a_dialog(card)) if texts else ():
            flow, _, press = each.verb.partition(".")
            if flow not in NOT_ASKED_IN and press not in KEPT_FOR_ONESELF:
                found[each.verb] = found.get(each.verb, frozenset()) | texts
    return found


def _in_a_dialog(card: Card) -> Iterator[Press]:
    for each in parts(card):
        data: dict[str, Any] = dict(each.get("data") or {}) if each.get("type") == "Action.Submit" else {}
        if verb := data.pop("verb", ""):
            yield Press(NOBODY, verb, data, {}, {})


def is_asked(card: Card) -> bool:
    # Before this stands what was seen.
    return any(
        Translator.of(each)(SENTENCES["single_child"]).partition("%(words)s")[2] in words(card) for each in Language
    )


def is_refusal(card: Card) -> bool:
    return words(card).startswith(tuple(Translator.of(each)("That is not possible") for each in Language))
