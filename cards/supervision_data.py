"""What the data tell, theme by theme: figures and what was told about each, side by side with equal rank."""

from collections.abc import Sequence

from cards.figure_charts import half_years_drawn, series_of
from cards.fitting import in_one_line
from cards.language import Translator
from cards.layout import Element
from cards.words import GROUPS, figure_words, mean, theme_title
from domain.evidence import Average
from domain.facts import FigureFact, SourceRef, VoiceFact
from domain.key_figures import FigureRow
from domain.perspective import Group
from domain.printed import Line, Side
from domain.scope import Scope
from domain.supervision import Section, ThemeData

MOST_FIGURES = 3


def theme_lines(
    _: Translator,
    data: ThemeData,
    scope: Scope,
    most_figures: int = MOST_FIGURES,
    rows: Sequence[FigureRow] = (),
) -> list[Line]:
    """The figures of a theme and what was told about it, each as lines of its side; a side with nothing says so.

    What is told of no theme is not of the local development for that, and stands under a heading of its own.
    A figure that is among the `rows` is told with what it was in each half-year, and with the packages of those.
    """
    over_time = {row.key: row for row in rows if len(row.points) > 1}
    title = title_of(_, data)
    told_of = title if data.theme else no_theme(_)
    packages = tuple(data.sources)
    # Of dozens no more are put into words than are printed.
    figures = [
        _figure(_, each, title, over_time.get((each.figure.theme_id, each.figure.indicator, each.figure.unit)))
        for each in data.figures[:most_figures]
    ] + [
        Line(
            section=Section.DATA,
            lead=each.indicator,
            rest=average_words(_, each),
            theme=title,
            side=Side.FIGURES,
            is_count=True,
            sources=data.sources_of(each) if data.of_few else packages,
        )
        for each in data.averages[:most_figures]
    ]
    if (more := len(data.figures) + len(data.averages) - most_figures) > 0:
        words = _.ngettext("and %(n)s more key figure", "and %(n)s more key figures", more)
        rest = Line(section=Section.DATA, small=words, theme=title, side=Side.FIGURES, is_count=True, sources=packages)
        figures = [*figures[:most_figures], rest]
    told = [
        Line(
            section=Section.DATA,
            lead=_(GROUPS[group]),
            rest=_.ngettext("%(n)s perspective", "%(n)s perspectives", number),
            theme=told_of,
            side=Side.TOLD,
            is_count=True,
            sources=(known := _of_group(data.voices, group)),
            traced=(traced := _of_group(data.traced, group)),
            unseen=number - len(known) - len(traced),
            is_of_others=True,
        )
        for group, number in data.heard.items()
    ]
    told += [
        Line(
            section=Section.DATA,
            quote=in_one_line(each.perspective.said),
            small=_voice(_, each),
            theme=told_of,
            side=Side.TOLD,
            sources=(each.source,),
        )
        for each in data.quoted
    ]
    if data.observed:
        number = _.ngettext("%(n)s piece of feedback", "%(n)s pieces of feedback", data.observed)
        told.append(
            Line(
                section=Section.DATA,
                lead=_("Observations"),
                rest=number,
                theme=told_of,
                side=Side.TOLD,
                is_count=True,
                sources=tuple(data.feedback),
                traced=tuple(data.feedback_traced),
                unseen=data.observed - len(data.feedback) - len(data.feedback_traced),
                is_of_others=True,
            )
        )
    return [*figures, *_priorities(_, data, scope, title), *told]


def title_of(_: Translator, data: ThemeData) -> str:
    return theme_title(_, data.theme) if data.theme else _("Local development")


def no_theme(_: Translator) -> str:
    """Above what is told of no theme: figures have none to lack there."""
    return _("Without a theme")


def _figure(_: Translator, fact: FigureFact, title: str, row: FigureRow | None) -> Line:
    """The figure as its package has it and, where it is known from others, what it was in each half-year."""
    about = fact.figure
    return Line(
        section=Section.DATA,
        lead=about.indicator,
        rest=figure_words(_, about),
        small=f"{about.source}, {_.date(about.as_of)}",
        quote=series_of(_, row).words if row else "",
        theme=title,
        side=Side.FIGURES,
        sources=(fact.source, *[ref for ref in row.sources if ref != fact.source]) if row else (fact.source,),
    )


def figures_drawn(_: Translator, data: ThemeData, rows: Sequence[FigureRow]) -> Sequence[Element]:
    """A chart of those figures of a theme that stand in its lines, of one unit and one size, over the half-years."""
    shown = {(each.figure.theme_id, each.figure.indicator, each.figure.unit) for each in data.figures[:MOST_FIGURES]}
    return half_years_drawn(_, [row for row in rows if row.key in shown])[:1]


def _of_group(voices: Sequence[VoiceFact], group: Group) -> tuple[SourceRef, ...]:
    return tuple(each.source for each in voices if each.perspective.group is group)


def _priorities(_: Translator, data: ThemeData, scope: Scope, title: str) -> list[Line]:
    """R-42: what is given priority to locally: of one institution in its own words, of several how many there are."""
    facts = data.priorities.facts
    if not scope.is_one_place and data.priorities.total:
        number = _.ngettext("%(n)s institution", "%(n)s institutions", data.priorities.places)
        return [
            Line(
                section=Section.DATA,
                lead=_("Local priorities"),
                rest=number,
                theme=title,
                side=Side.TOLD,
                is_count=True,
                sources=data.priorities.sources,
                traced=tuple(data.priorities.traced),
                unseen=data.priorities.more - len(data.priorities.traced),
                latest=data.priorities.latest,
            )
        ]
    return [
        Line(
            section=Section.DATA,
            quote=in_one_line(each.priority.text),
            small=f"{_('Local priority')} · {_.half_year(each.priority.half_year)}",
            theme=title,
            side=Side.TOLD,
            sources=(each.source,),
        )
        for each in facts
    ]


def average_words(_: Translator, each: Average) -> str:
    """78,4 % i gennemsnit af 3 tilbud"""
    if each.value is None or each.institutions is None:
        return _("fewer than 5 people")
    value = mean(_, each.value, each.unit)
    if each.institutions == 1:
        return _("%(value)s in one institution", value=value)
    return _("%(value)s on average of %(n)s institutions", value=value, n=_.number(each.institutions))


def _voice(_: Translator, fact: VoiceFact) -> str:
    return f"{_(GROUPS[fact.perspective.group])} · {_.date(fact.perspective.written_at)}"
