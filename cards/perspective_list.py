"""An institution's perspectives of a half-year, and who has not been heard yet."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cards import overview
from cards.form import carried
from cards.heard import told_apart
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.more import and_more, first
from cards.parts import bullets, hint, said, section, text
from cards.perspective import LATER, METHODS, NEW, OPEN_LISTED, collected
from cards.words import COUNTS, GROUPS
from domain.organisation import Institution
from domain.period import HalfYear
from domain.perspective import Group, Perspective, PerspectiveTool
from domain.text import SHORT

MOST_OPENED = 60


def show_all(
    _: Translator,
    where: Institution,
    half_year: HalfYear,
    found: Sequence[Perspective],
    tools: Mapping[UUID, PerspectiveTool],
    *,
    leads: bool,
) -> Card:
    """An institution's perspectives of the half-year, group by group, newest first."""
    parts: list[Element] = []
    for group in Group.of(where.age_range):
        of_group = [each for each in found if each.group is group]
        parts.append(section(_(GROUPS[group])))
        if not of_group:
            parts.append(text(_("No perspectives in this half-year yet."), subtle=True, spacing="Small"))
        shown, more = first(of_group, 5)
        for each in shown:
            via = collected(_, each, tools)
            by = [_.date(each.written_at), via, _("%(count)s took part", count=_(COUNTS[each.count]))]
            parts.append(said(_short(each.said), by=" · ".join(filter(None, by)), spacing="Small"))
        if left := and_more(_, more):
            parts.append(left)
    listed = [each for group in Group.of(where.age_range) for each in found if each.group is group][:MOST_OPENED]
    names = told_apart(listed, [_listed(_, each, tools) for each in listed])
    if listed:
        parts.append(
            choices(
                "listed",
                _("Which one will you read in full?"),
                [(str(each.id), name) for each, name in zip(listed, names, strict=True)],
                chosen=str(listed[0].id),
                compact=True,
                spacing="Large",
            )
        )
    return card(
        _,
        _("Perspectives"),
        subtitle=f"{where.name} · {_.half_year(half_year)}",
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=parts,
        actions=[
            press(_("New perspective"), NEW, carried(where.id), primary=True, inputs="none") if leads else None,
            press(_("Open"), OPEN_LISTED, carried()) if listed else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def remind(_: Translator, where: Institution, half_year: HalfYear, missing: Sequence[Group]) -> Card:
    """R-22: which groups have not been heard yet, and the way to write down what they say."""
    return card(
        _,
        _("Who has not been heard?"),
        subtitle=f"{where.name} · {_.half_year(half_year)}",
        seen_by=_("only you"),
        minutes=2,
        body=[
            text(_("In this half-year there are no perspectives yet from:"), spacing="Medium"),
            bullets([_(GROUPS[each]) for each in missing], spacing="Small"),
            hint(_("A few sentences are enough. They count in the dialogue as much as the key figures do.")),
        ],
        actions=[
            press(_("New perspective"), NEW, carried(where.id), primary=True),
            press(_("Not now"), LATER, carried(where.id)),
            press(_("Methods"), METHODS, carried(where.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Who has not been heard at %(institution)s?", institution=where.name),
    )


def _listed(_: Translator, each: Perspective, tools: Mapping[UUID, PerspectiveTool]) -> str:
    """Børn · 17. marts 2026 · Børneinterview"""
    by = (_(GROUPS[each.group]), _.date(each.written_at), collected(_, each, tools))
    return " · ".join(filter(None, by))


def _short(words: str) -> str:
    return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"
