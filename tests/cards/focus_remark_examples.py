"""A chief's remarks on a focus area: written, refused, told to the leaders, and read where there are many."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cards import focus_area, focus_remark, remark
from cards.focus_area_story import Story
from cards.focus_remark import Form, Signed
from cards.kit import Card
from cards.language import Translator
from domain.errors import Problem, Problems
from domain.focus_area import Closing
from domain.focus_remark import FocusRemark
from tests.cards import municipality as made
from tests.cards.by_name import examples_in

REMARK = "Jeg hører det samme på de andre skoler i området. Skal vi tage det op i ledernetværket?"


def _remark(number: int, words: str) -> Signed:
    written_at = datetime(2026, 5, 28 - number, 9, 0, tzinfo=UTC)
    kept = FocusRemark(
        id=made.uid(700 + number),
        focus_area_id=made.uid(90),
        author_id=made.uid(7),
        written_at=written_at,
        text=words,
    )
    return kept, made.chief()


def _story(words: str = REMARK, *, times: int = 1, is_chief: bool = False, **more: Any) -> Story:
    remarks = [_remark(number, words) for number in range(times)]
    return replace(made.story(remarks=remarks, **more), leads=not is_chief, may_remark=is_chief)


def focus_remark_ask(_: Translator) -> Card:
    return focus_remark.ask(_, _story(times=0, is_chief=True))


def focus_remark_once_more(_: Translator, words: str = REMARK) -> Card:
    return focus_remark.ask(_, _story(words, is_chief=True))


def focus_remark_missing(_: Translator) -> Card:
    problems = Problems({"remark": Problem("empty")})
    return focus_remark.ask(
        _, _story(is_chief=True), typed=Form(focus_area_id=made.uid(90), text=""), problems=problems
    )


def focus_remark_cpr(_: Translator, words: str = f"{REMARK} Se 010203-1234.") -> Card:
    problems = Problems({"remark": Problem("cpr")})
    return focus_remark.ask(
        _, _story(is_chief=True), typed=Form(focus_area_id=made.uid(90), text=words), problems=problems
    )


def focus_remark_saved(_: Translator, words: str = REMARK) -> Card:
    return focus_area.show(_, _story(words, is_chief=True), remarked=True)


def focus_remark_told(_: Translator, words: str = REMARK) -> Card:
    return focus_remark.show(_, _story(words))


def focus_remark_many(_: Translator) -> Card:
    """Seven as long as they may be: one page holds five of them."""
    return focus_remark.show(_, _story((REMARK + " ") * 11, times=7))


def focus_remark_earlier(_: Translator) -> Card:
    return focus_remark.show(_, _story((REMARK + " ") * 11, times=7, is_chief=True), skipped=5)


def focus_remark_beside(_: Translator) -> Card:
    """The focus area's own card has room for the newest."""
    return focus_area.show(_, _story((REMARK + " ") * 11, times=3))


def focus_remark_long(_: Translator) -> Card:
    """Beside as much as a focus area can hold."""
    long = "Vi så, at børnene prøvede igen. " * 31
    story = made.story(long, area=made.focus_area(long, closing=Closing.CONTINUED), before=made.focus_area())
    for status, _author in story.history:
        status.seen = status.meaning = status.learned = status.next_step = long
        status.is_unchanged = False
    story = replace(story, history=[entry for _ in range(5) for entry in story.history])
    return focus_area.show(_, replace(story, remarks=[_remark(each, long) for each in (0, 1)], may_remark=True))


def focus_remark_closed(_: Translator) -> Card:
    ended = made.focus_area(closing=Closing.ROOTED)
    return focus_remark.ask(_, _story(is_chief=True, area=ended))


def focus_remark_refused(_: Translator, words: str = REMARK) -> Card:
    return remark.refused(_, words)


EXAMPLES = examples_in(globals())
