"""Finding shared practice: by the words of a theme in either language, by age range, or for one's own themes.

Only the day orders what is found. What is understood is said on the card, and what is not is said, too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from cards import practice_search as cards
from cards.form import Nothing
from cards.kit import Card
from cards.practice_search import Found
from dialogs.flow import Asked
from dialogs.turn import Turn
from dialogs.words import normalise
from domain.cycle import Theme
from domain.errors import NotAllowed
from domain.organisation import AgeRange, Institution, Role
from domain.period import HalfYear
from storage.cycle import themes_for, themes_with_ids
from storage.focus_area import active_focus_areas
from storage.practice import shared_practices, themes_sent, themes_with_practices
from storage.roles import institutions_led_by

ALIKE = 80
SHORTEST_BEGINNING = 4
_RANGES = {re.compile(r"\b0 6\b"): AgeRange.YOUNGER, re.compile(r"\b6 18\b"): AgeRange.OLDER}
_ASKING = ("praksis", "praksisser", "practice", "practices")
_SMALL = frozenset(
    normalise(
        "find finde vis søg søge del delt delte om for i på med fra og til af jeg vil gerne se alle år års "
        "show search shared me the a of on in and about with by from to all please year years"
    ).split()
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a message looks for: `words` are those that name something, `themes` the ones they may mean."""

    words: str
    themes: Sequence[Theme]
    age_range: AgeRange | None


def understood(typed: str, themes: Sequence[Theme]) -> Wanted:
    """A theme is meant when words of its title, in either language, or of an alias are alike to those typed."""
    text = normalise(typed)
    age_range = None
    for pattern, each in _RANGES.items():
        if pattern.search(text):
            text, age_range = pattern.sub(" ", text), each
    words = [word for word in text.split() if word not in _SMALL and not any(_alike(word, each) for each in _ASKING)]
    fits = {each.id: sum(any(_alike(word, other) for other in _words_of(each)) for word in words) for each in themes}
    best = max(fits.values(), default=0)
    return Wanted(
        words=" ".join(words),
        themes=[each for each in themes if best and fits[each.id] == best],
        age_range=age_range,
    )


def asked_to_find(turn: Turn, question: Asked) -> Card:
    """`praksis`, `praksis om overgange`, `find praksis 0-6`."""
    wanted = understood(question.text, themes_sent(turn.uow))
    found = _found(turn, wanted.themes, wanted.age_range)
    if wanted.words and not wanted.themes and found.rows:
        return cards.nothing_found(turn._, found, wanted.words)
    return _shown(turn, found)


def search(turn: Turn, form: cards.Form) -> Card:
    about = _called_the_same(turn, form.theme_id) if form.theme_id else []
    return _shown(turn, _found(turn, about, form.age_range, dialogue_id=form.dialogue_id))


def ours(turn: Turn, form: Nothing) -> Card:
    """What others have shared about the themes of the institutions that the person leads."""
    places = institutions_led_by(turn.uow, turn.viewer)
    if not places:
        raise NotAllowed
    return for_places(turn, places)


def for_places(turn: Turn, places: Sequence[Institution], *, dialogue_id: UUID | None = None) -> Card:
    """The same for these institutions; with the way back to a reflection, if it was looked up from there."""
    about = themes_of(turn, places)
    return _shown(turn, _found(turn, about, None, besides=places, dialogue_id=dialogue_id))


def is_there_for(turn: Turn, places: Sequence[Institution]) -> bool:
    """Whether another institution has shared something about their themes."""
    themes = [each.id for each in themes_of(turn, places)]
    besides = [where.id for where in places]
    return bool(themes and shared_practices(turn.uow, turn.viewer, themes=themes, besides=besides, most=1))


def themes_of(turn: Turn, places: Sequence[Institution]) -> list[Theme]:
    """The themes that the institutions work with: those of their focus areas, or, before any, those that are valid."""
    areas = active_focus_areas(turn.uow, [where.id for where in places])
    found = dict(themes_with_ids(turn.uow, [area.theme_id for area, _where in areas]))
    working = {where.id for _area, where in areas}
    for where in places:
        if where.id not in working:
            found |= {each.id: each for each in themes_for(turn.uow, where.age_range, HalfYear.of(turn.today))}
    return sorted(found.values(), key=lambda each: each.title)


def _found(
    turn: Turn,
    about: Sequence[Theme],
    age_range: AgeRange | None,
    *,
    besides: Iterable[Institution] = (),
    dialogue_id: UUID | None = None,
) -> Found:
    if not turn.viewer.roles:
        raise NotAllowed
    rows = shared_practices(
        turn.uow,
        turn.viewer,
        themes=[each.id for each in about] if about else None,
        age_range=age_range,
        besides=[where.id for where in besides],
        most=cards.MOST + 1,
    )
    return Found(
        rows=rows,
        # A theme that has come back is offered once.
        themes=list({normalise(each.title): each for each in themes_with_practices(turn.uow)}.values()),
        about=about,
        age_range=age_range,
        leads=turn.viewer.has(Role.LEADER),
        dialogue_id=dialogue_id,
    )


def _shown(turn: Turn, found: Found) -> Card:
    if found.rows:
        return cards.show(turn._, found)
    if found.about or found.age_range:
        return cards.nothing_found(turn._, found, "")
    return cards.none_yet(turn._, leads=found.leads, dialogue_id=found.dialogue_id)


def _called_the_same(turn: Turn, theme_id: UUID) -> list[Theme]:
    """The theme in every cycle that had it: a theme that comes back brings its practice along."""
    themes = themes_sent(turn.uow)
    title = next((normalise(each.title) for each in themes if each.id == theme_id), None)
    if title is None:
        raise NotAllowed
    return [each for each in themes if normalise(each.title) == title]


def _words_of(theme: Theme) -> set[str]:
    named = " ".join((theme.title, theme.title_en, *theme.aliases))
    return set(normalise(named).split()) - _SMALL


def _alike(word: str, other: str) -> bool:
    """The same, or the beginning of one another, or a typing error away."""
    if word == other:
        return True
    if min(len(word), len(other)) >= SHORTEST_BEGINNING and (word.startswith(other) or other.startswith(word)):
        return True
    return fuzz.ratio(word, other) >= ALIKE
