"""What children, young people, parents and staff tell: group by group, how they were heard, and what became of it."""

from collections.abc import Mapping, Sequence

from cards.aggregate import ANSWERS
from cards.answer import Answer, Part
from cards.fitting import shortened
from cards.language import Translator
from cards.perspective import BODIES, tool_name
from cards.supervision import counts, place_of_gap, voice_line
from cards.words import GROUPS
from domain.facts import Gap, GapFact, VoiceFact
from domain.perspective import Group, Response
from domain.perspective_summary import Way
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found

NAME = "perspective_summary"
GOES_BY = (AskedStatus.NONE, "groups")
LONGEST, LONGEST_OF_SEVERAL = 240, 140
MOST_WAYS = 6


def answer(
    _: Translator,
    scope: Scope,
    bounds: Bounds,
    *,
    found: Found[VoiceFact, Group],
    ways: Sequence[Way],
    answered: Mapping[Response, int],
    covered: Mapping[Group, tuple[int, int]],
    lacking: Found[GapFact, Gap],
) -> Answer:
    """What was told, how, what became of it, and who has not been heard; of `status=none`, the last alone."""
    none_only = bounds.status is AskedStatus.NONE
    parts = [] if none_only else [_told(_, scope, found), *_how(_, ways, answered)]
    parts += _covered(_, scope, covered, lacking, none_only=none_only)
    hint = _("What one group tells is one perspective beside the others and the key figures, with equal weight.")
    return Answer(
        name=NAME,
        title=_("Perspectives"),
        scope=scope,
        bounds=bounds,
        parts=parts,
        hints=[hint] if found.total and not none_only else [],
        only=GOES_BY,
    )


def _told(_: Translator, scope: Scope, found: Found[VoiceFact, Group]) -> Part:
    number = _.ngettext("%(n)s perspective", "%(n)s perspectives", found.total)
    by_group = counts(_, [(_(GROUPS[group]).lower(), n) for group, n in found.counts.items()])
    most = LONGEST if scope.is_one_place else LONGEST_OF_SEVERAL
    return Part(
        title=_("What they tell"),
        lead=f"{number}: {by_group}" if found.total > 1 else "",
        lines=[voice_line(_, each, scope, said=shortened(each.perspective.said, most)) for each in found.facts],
        more=found.more,
        nothing=_("No perspectives registered in the period."),
    )


def _how(_: Translator, ways: Sequence[Way], answered: Mapping[Response, int]) -> list[Part]:
    parts = []
    if ways:
        rows = [(_way(_, each), _.number(each.number)) for each in ways[:MOST_WAYS]]
        if (more := sum(each.number for each in ways[MOST_WAYS:])) > 0:
            rows.append((_("Other ways"), _.number(more)))
        parts.append(Part(title=_("How they were heard"), facts=rows))
    if answered:
        rows = [(_(ANSWERS[response]), _.number(number)) for response, number in answered.items()]
        parts.append(Part(title=_("What became of the recommendations"), facts=rows))
    return parts


def _covered(
    _: Translator,
    scope: Scope,
    covered: Mapping[Group, tuple[int, int]],
    lacking: Found[GapFact, Gap],
    *,
    none_only: bool,
) -> list[Part]:
    """R-43: how far each group is covered, and where it is not; nothing about what is new alone."""
    if scope.since:
        return []
    parts = []
    if not scope.is_one_place:
        rows = [
            (_(GROUPS[group]), _("%(n)s of %(of)s institutions", n=_.number(heard), of=_.number(asked)))
            for group, (heard, asked) in covered.items()
        ]
        parts.append(Part(title=_("Who has been heard where"), facts=rows))
    if lacking.total or none_only:
        parts.append(
            Part(
                title=_("Not heard in the period"),
                lines=[place_of_gap(_, each, scope, _group(_, each.gap)) for each in lacking.facts],
                more=lacking.more,
                nothing=_("No group is lacking at any institution."),
            )
        )
    return parts


def _group(_: Translator, gap: Gap) -> str:
    """The group that has not been heard."""
    return next((_(GROUPS[group]).lower() for group in Group if Gap.of_group(group) is gap), "")


def _way(_: Translator, each: Way) -> str:
    if each.body:
        return _(BODIES[each.body])
    return tool_name(_, each.tool) if each.tool else _("Not stated")
