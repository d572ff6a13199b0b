"""Numbers across institutions as words: what may be shown of them, and what stands in place of the rest.

The two sides of a picture, what the institutions tell and what the figures tell, are tiles of the same rank.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from cards.focus_area_story import STATUSES
from cards.language import Translator
from cards.layout import Element, flow, group
from cards.more import first, rest_words
from cards.parts import hint, text
from cards.words import ANSWERS, GROUPS, institutions, mean
from domain.evidence import Average, Breakdown, Evidence, Tally, ThemeEvidence
from domain.perspective import Group

# A small heading, and names with their values below it.
Rows = tuple[str, list[tuple[str, str]]]

MOST_AVERAGES = 12


def sides(
    _: Translator,
    evidence: Evidence,
    about: ThemeEvidence,
    beside: Sequence[Element] = (),
    *,
    told: Sequence[Rows] = (),
) -> Element:
    """The two sides of a theme, also for the network that qualifies them; `beside` stands with them as one picture.

    Where they are next to each other it has the room that the figures leave; on a phone it follows them. `told` is what
    the institutions tell besides.
    """
    total = institutions(_, about.working.total, evidence.fewest)
    working = [(_("With a focus area close to it"), total), *last_words(_, about, evidence.fewest)]
    numbers = side(_("What the figures tell"), figures(_, about.averages, evidence))
    return flow(
        side(
            _("What the institutions tell"),
            (_("Latest status of the focus areas"), working),
            (_("Who was heard about them"), heard_about(_, evidence, about)),
            *told,
        ),
        group(numbers, *beside) if beside else numbers,
        at_least=240,
    )


def overall(_: Translator, evidence: Evidence) -> Element:
    """The age range in short, for a network where there are no themes yet."""
    return flow(
        side(
            _("What the institutions tell"),
            (_("Who has been heard"), heard(_, evidence.heard, evidence.fewest)),
            (_("Learning dialogues"), dialogues(_, evidence)),
        ),
        side(_("What the figures tell"), figures(_, evidence.local, evidence)),
        at_least=240,
    )


def unshown(_: Translator, is_vague: bool) -> list[Element]:
    """Why a number is not shown though it need not be small; nothing where all that is hidden is small."""
    return [hint(vague(_), spacing="Small")] if is_vague else []


def vague(_: Translator) -> str:
    return _("Not shown: numbers from which a smaller one could be worked out.")


def last_words(_: Translator, about: ThemeEvidence, fewest: int) -> list[tuple[str, str]]:
    """Each word with its number; where there is nothing that may be told, one line says so for all of them."""
    if about.working.total is None:
        return []
    rows = [
        (_word(_, word), institutions(_, number, fewest))
        for word, number in about.working.cells.items()
        if number is not None
    ]
    if len(rows) < len(about.working.cells):
        rows.append((_("The other statuses") if rows else _("Where they are"), _hidden(_, about.working, fewest)))
    return rows


def _word(_: Translator, word: object) -> str:
    return next((_(words) for status, (words, _tone, _sign) in STATUSES.items() if status is word), _("No word yet"))


def _hidden(_: Translator, about: Breakdown[Any], fewest: int) -> str:
    if about.is_vague:
        return _("not shown")
    return _("%(few)s each", few=institutions(_, None, fewest))


def is_vague(evidence: Evidence, about: ThemeEvidence) -> bool:
    """Whether a number of the theme is not shown though it need not be small."""
    parts = [number is None and evidence.heard.get(group) is not None for group, number in about.heard.items()]
    return about.working.is_vague or any(parts)


def heard_about(_: Translator, evidence: Evidence, about: ThemeEvidence) -> list[tuple[str, str]]:
    """Institutions by group; where all in which the group was heard are told, too few may be those that are left."""
    rows = []
    for each, number in about.heard.items():
        may_be_more = number is None and evidence.heard.get(each) is not None
        words = _("not shown") if may_be_more else institutions(_, number, evidence.fewest)
        rows.append((_(GROUPS[each]), words))
    return rows


def heard(_: Translator, heard: Mapping[Group, Tally | None], fewest: int) -> list[tuple[str, str]]:
    return [(_(GROUPS[each]), _perspectives(_, tally, fewest)) for each, tally in heard.items()]


def _perspectives(_: Translator, tally: Tally | None, fewest: int) -> str:
    if tally is None:
        return institutions(_, None, fewest)
    number = _.ngettext("%(n)s perspective", "%(n)s perspectives", tally.number)
    return _("%(number)s in %(institutions)s", number=number, institutions=institutions(_, tally.institutions, fewest))


def answered(_: Translator, evidence: Evidence) -> list[tuple[str, str]]:
    rows = []
    for each, label in ANSWERS.items():
        tally = evidence.answered.get(each)
        if tally is None:
            rows.append((_(label), institutions(_, None, evidence.fewest)))
            continue
        number = _.ngettext("%(n)s recommendation", "%(n)s recommendations", tally.number)
        where = institutions(_, tally.institutions, evidence.fewest)
        rows.append((_(label), _("%(number)s in %(institutions)s", number=number, institutions=where)))
    return rows


def dialogues(_: Translator, evidence: Evidence) -> list[tuple[str, str]]:
    held, recorded = evidence.held, evidence.recorded
    if held is None:
        return [(_("Held"), institutions(_, None, evidence.fewest))]
    number = _.ngettext("%(n)s dialogue", "%(n)s dialogues", held.number)
    where = institutions(_, held.institutions, evidence.fewest)
    rows = [(_("Held"), _("%(number)s in %(institutions)s", number=number, institutions=where))]
    for is_recorded, label in ((True, _("All of them recorded")), (False, _("Not all of them recorded yet"))):
        count = recorded.cells[is_recorded]
        few = _("not shown") if recorded.is_vague else institutions(_, None, evidence.fewest)
        rows.append((label, few if count is None else institutions(_, count, evidence.fewest)))
    return rows


def figures(_: Translator, found: Sequence[Average], evidence: Evidence) -> Rows:
    """The averages A to Å, under the half-year that they are of."""
    shown, more = first(found, MOST_AVERAGES)
    rows = [(each.indicator, average(_, each, evidence.fewest)) for each in shown]
    if not rows:
        return _("Key figures"), [("", _("None yet"))]
    if more:
        rows.append(("", rest_words(_, more)))
    half_year = f", {_.half_year(evidence.figures_of)}" if evidence.figures_of else ""
    return _("Average of the institutions") + half_year, rows


def average(_: Translator, each: Average, fewest: int) -> str:
    if each.value is None:
        return _("fewer than 5") if each.has_few_people else institutions(_, None, fewest)
    return f"{mean(_, each.value, each.unit)} · {institutions(_, each.institutions, fewest)}"


def side(title: str, *parts: Rows) -> Element:
    """A tile with rows below small headings."""
    items = [text(title, strong=True)]
    for heading, rows in parts:
        items.append(text(heading, small=True, strong=True, spacing="Medium"))
        for name, value in rows:
            if name:
                items.append(text(name, small=True, subtle=True, spacing="Small"))
            items.append(text(value, spacing="None" if name else "Small"))
    return {"type": "Container", "style": "emphasis", "roundedCorners": True, "items": items}
