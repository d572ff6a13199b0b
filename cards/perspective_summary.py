"""What children, young people, parents and staff tell: group by group, how they were heard, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cards.answer import Answer, Part
from cards.counting import counting
from cards.fitting import in_one_line
from cards.language import Translator
from cards.perspective import BODIES, tool_name
from cards.supervision import not_begun, place_of_gap, voice_count, voice_line
from cards.words import ANSWERS, GROUPS
from domain.facts import Gap, GapFact, SourceKind, SourceRef, VoiceFact
from domain.organisation import AgeRange
from domain.perspective import Group, Response
from domain.perspective_summary import Way
from domain.printed import Line
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus
from domain.supervision import Found, Section

NAME = "perspective_summary"
GOES_BY = (AskedStatus.NONE, "groups", "latest")
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
    traced: Sequence[VoiceFact] = (),
) -> Answer:
    """What was told, how, what became of it, and who has not been heard; of `status=none`, the last alone.

    `traced` are other perspectives that are counted, where somebody asks for the sources.
    """
    none_only = bounds.status is AskedStatus.NONE
    known = _Known(found=found, traced=traced, is_told=not none_only)
    parts = [] if none_only else [_told(_, scope, found), *_how(_, ways, answered, known)]
    parts += _covered(_, scope, covered, lacking, known, none_only=none_only)
    weight = _("What one group tells is one perspective beside the others and the key figures, with equal weight.")
    told_by_youth = _("Where the young people have been heard, the children’s perspective is not lacking.")
    return Answer(
        name=NAME,
        title=_("Perspectives"),
        scope=scope,
        bounds=bounds,
        parts=parts,
        hints=[
            *([weight] if found.total and not none_only else []),
            *([told_by_youth] if _stands_for_children(scope, covered, lacking) else []),
        ],
        only=GOES_BY,
    )


def _stands_for_children(scope: Scope, covered: Mapping[Group, tuple[int, int]], lacking: Found[GapFact, Gap]) -> bool:
    """Whether the children were heard at fewer institutions than the ones that lack their perspective let expect."""
    are_older = any(where.age_range is AgeRange.OLDER for where in scope.institutions)
    if scope.since or scope.theme or scope.is_one_place or not scope.has_begun or not are_older:
        return False
    heard, asked = covered.get(Group.CHILDREN, (0, 0))
    return asked - heard > lacking.counts.get(Gap.NO_CHILDREN, 0)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """The perspectives that are known one by one, those that were traced among them; `is_told` where they have lines of
    their own."""

    found: Found[VoiceFact, Group]
    traced: Sequence[VoiceFact]
    is_told: bool

    def line(self, lead: str, rest: str, number: int, is_one: Callable[[VoiceFact], bool]) -> Line:
        """A line that counts so many of them."""
        sources = tuple(each.source for each in self.found.facts if is_one(each))
        traced = tuple(each.source for each in self.traced if is_one(each))
        return Line(
            section=Section.PERSPECTIVES,
            lead=lead,
            rest=rest,
            is_count=True,
            sources=sources,
            traced=traced,
            unseen=number - len(sources) - len(traced),
            latest=self.found.latest,
            is_dated=self.found.is_dated,
            is_of_others=self.is_told,
        )


def _told(_: Translator, scope: Scope, found: Found[VoiceFact, Group]) -> Part:
    number = _.ngettext("%(n)s perspective", "%(n)s perspectives", found.total)
    by_group = voice_count(_, found).lower()
    return Part(
        title=_("What they tell"),
        counted=counting(Section.PERSPECTIVES, found, f"{number}: {by_group}"),
        lines=[voice_line(_, each, scope, said=in_one_line(each.perspective.said)) for each in found.facts],
        more=found.more,
        nothing=_("No perspectives registered in the period."),
    )


def _how(_: Translator, ways: Sequence[Way], answered: Mapping[Response, int], known: _Known) -> list[Part]:
    parts = []
    if ways:
        rows = [
            known.line(_way(_, each), _.number(each.number), each.number, partial(_is_heard_by, [each]))
            for each in ways[:MOST_WAYS]
        ]
        if others := ways[MOST_WAYS:]:
            more = sum(each.number for each in others)
            rows.append(known.line(_("Other ways"), _.number(more), more, partial(_is_heard_by, others)))
        parts.append(Part(title=_("How they were heard"), counted=rows))
    if answered:
        rows = [
            known.line(_(ANSWERS[response]), _.number(number), number, partial(_is_answered, response))
            for response, number in answered.items()
        ]
        parts.append(Part(title=_("What became of the recommendations"), counted=rows))
    return parts


def _is_heard_by(ways: Sequence[Way], fact: VoiceFact) -> bool:
    about = fact.perspective
    return any(
        about.body is each.body and (each.body is not None or about.tool_id == (each.tool.id if each.tool else None))
        for each in ways
    )


def _is_answered(response: Response, fact: VoiceFact) -> bool:
    return fact.recommendation is not None and fact.recommendation.response is response


def _is_of(group: Group, fact: VoiceFact) -> bool:
    return fact.perspective.group is group


def _covered(
    _: Translator,
    scope: Scope,
    covered: Mapping[Group, tuple[int, int]],
    lacking: Found[GapFact, Gap],
    known: _Known,
    *,
    none_only: bool,
) -> list[Part]:
    """R-43: how far each group is covered, and where it is not; nothing about what is new alone."""
    if scope.since:
        return []
    parts = []
    if covered and not scope.is_one_place and (scope.has_begun or known.found.total):
        rows = [
            known.line(
                _(GROUPS[group]),
                _.ngettext(
                    "%(heard)s of %(n)s institution", "%(heard)s of %(n)s institutions", asked, heard=_.number(heard)
                ),
                known.found.counts.get(group, 0),
                partial(_is_of, group),
            )
            for group, (heard, asked) in covered.items()
        ]
        rows = [line if line.sources or line.unseen or line.traced else _of_nobody(scope, line) for line in rows]
        parts.append(Part(title=_("Who has been heard where"), counted=rows))
    if lacking.total or none_only:
        parts.append(
            Part(
                title=_("Not heard in the period"),
                lines=[place_of_gap(_, each, scope, _group(_, each.gap)) for each in lacking.facts],
                more=lacking.more,
                nothing=not_begun(_, scope) or _("No group is lacking at any institution."),
            )
        )
    return parts


def _of_nobody(scope: Scope, line: Line) -> Line:
    """Where nobody was heard, that is seen in what the institutions have registered."""
    places = [
        SourceRef(kind=SourceKind.PLACE, id=where.id, institution_id=where.id, at=scope.begins)
        for where in scope.institutions
    ]
    return replace(line, sources=tuple(places), unseen=0)


def _group(_: Translator, gap: Gap) -> str:
    """The group that has not been heard."""
    return next((_(GROUPS[group]).lower() for group in Group if Gap.of_group(group) is gap), "")


def _way(_: Translator, each: Way) -> str:
    if each.body:
        return _(BODIES[each.body])
    return tool_name(_, each.tool) if each.tool else _("Not stated")
