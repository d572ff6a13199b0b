"""What the leader networks say of the evidence, as it stands with the figures that it is about.

R-25: "Each of the three networks can give a qualifying statement … it is printed beside the figures".
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from cards.fitting import EVERYTHING, LONGEST_QUOTE, Room, shortened
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import said, section, text
from cards.words import COUNTS, NETWORKS
from domain.cycle import Theme
from domain.network import Answer, Recognition
from domain.organisation import InstitutionType
from domain.perspective import Count

RECOGNITIONS = {
    Recognition.YES: N_("Yes"),
    Recognition.PARTLY: N_("Partly"),
    Recognition.NO: N_("No"),
}


class Given(Protocol):
    """What a network has given, as it stands beside the figures."""

    @property
    def network(self) -> InstitutionType: ...
    @property
    def contributors(self) -> Count | None: ...
    @property
    def written_at(self) -> datetime | None: ...
    def answer_about(self, theme_id: UUID | None) -> Answer | None: ...


def word_of(_: Translator, answer: Answer, room: Room = EVERYTHING) -> list[Element]:
    """What a network says: whether it recognises the picture, what politicians should know, and what is lacking."""
    parts: list[Element] = [text(recognises(_, answer), spacing="None")]
    for label, words in (
        (_("What should the politicians know?"), answer.tell),
        (_("Which knowledge is missing?"), answer.lacking),
    ):
        if words:
            parts += [
                text(label, small=True, subtle=True, spacing="Small"),
                said(room.words(words), spacing="ExtraSmall"),
            ]
    return parts


def who_and_when(_: Translator, statement: Given) -> str:
    """How many are behind a statement, in a band, and its date; I29: fewer than five people are told as that."""
    when = _.date(statement.written_at) if statement.written_at else ""
    band = statement.contributors
    if band is None:
        return when
    people = _("fewer than 5") if band is Count.FEW else _(COUNTS[band])
    return " · ".join([_("%(people)s have contributed", people=people), when])


def beside(_: Translator, statements: Sequence[Given], theme: Theme, room: Room = EVERYTHING) -> list[Element]:
    """What the networks say of a theme, to stand with its figures; nothing where none has said anything."""
    parts = _given(_, statements, theme, room)
    return [text(_("What the leader networks say"), strong=True, spacing="Medium"), *parts] if parts else []


def of_the_whole(_: Translator, statements: Sequence[Given], room: Room = EVERYTHING) -> list[Element]:
    """What they say of the picture as a whole, where there were no themes to say it of."""
    parts = _given(_, statements, None, room)
    return [section(_("What the leader networks say")), *parts] if parts else []


def in_short(_: Translator, statements: Sequence[Given], theme: Theme, room: Room = EVERYTHING) -> list[Element]:
    """For below the number of a theme: whether each network recognises the picture, and how its words begin."""
    lines: list[Element] = []
    for each, answer in answers_about(statements, theme):
        lines.append(
            text(recognises(_, answer), lead=f"{_(NETWORKS[each.network])}.", small=True, spacing="ExtraSmall")
        )
        if answer.tell:
            words = _("“%(word)s”", word=shortened(answer.tell, min(room.letters, LONGEST_QUOTE)))
            lines.append(text(words, small=True, subtle=True, spacing="None"))
    return lines


def answers_about(statements: Sequence[Given], theme: Theme | None) -> list[tuple[Given, Answer]]:
    """What each network has answered about a theme, or about the whole; of those that have."""
    return [(each, answer) for each in statements if (answer := each.answer_about(theme.id if theme else None))]


def recognises(_: Translator, answer: Answer) -> str:
    """Kan genkende billedet: Delvist"""
    recognition = _(RECOGNITIONS[answer.recognition]) if answer.recognition else "–"
    return _("Can recognise the picture: %(answer)s", answer=recognition)


def _given(_: Translator, statements: Sequence[Given], theme: Theme | None, room: Room) -> list[Element]:
    parts: list[Element] = []
    for each, answer in answers_about(statements, theme):
        parts += [
            text(_(NETWORKS[each.network]), strong=True, spacing="Medium"),
            text(who_and_when(_, each), small=True, subtle=True, spacing="None"),
            *word_of(_, answer, room),
        ]
    return parts
