"""The extract of a learning dialogue for the board: a document that the institution hands out under its own name.

"Centralt … er samskabelse og inddragelse": it has what the dialogue rested on, what was understood and decided, and
what children, young people, parents and staff have told; and no names but those that its leaders wrote themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards import decision
from cards.decision_minutes import facts_of, kind_of
from cards.document import PAGE, PAGES, Document, Facts, Paragraph, Part, Quote, Section, Table
from cards.focus_area import CLOSINGS
from cards.focus_area_story import Story, status_state
from cards.heard import heard_line
from cards.language import N_, Translator
from cards.layout import capital
from cards.perspective import collected
from cards.reflection import ACROSS, PARTICIPANTS
from cards.words import COUNTS, GROUPS, SOURCES, dialogue_name, figure_words, theme_title
from domain.data_package import KeyFigure
from domain.dialogue import Dialogue
from domain.organisation import Institution, a_to_aa
from domain.perspective import Count, Group, Perspective, PerspectiveTool, Recommendation, Response
from domain.preparation import Source
from domain.reflection import Reflection

ANSWERS = {
    Response.OPEN: N_("Not answered yet."),
    Response.FOLLOWED: N_("It is followed."),
    Response.PARTLY: N_("It is followed in part."),
    Response.NOT_FOLLOWED: N_("It is not followed now."),
}
# The groups whose perspectives stand in the extract, for the data that they were.
TOLD_BY = {Source.CHILDREN: Group.CHILDREN, Source.YOUTH: Group.YOUTH, Source.PARENTS: Group.PARENTS}


@dataclass(frozen=True, kw_only=True)
class Extract:
    """Everything that goes to the board. `decided` holds the saved decisions, as their own cards show them;
    `stories` the focus areas, `perspectives` those of the half-year, each with its recommendation."""

    institution: Institution
    dialogue: Dialogue
    reflection: Reflection
    figures: Sequence[KeyFigure]
    decided: decision.Sheet
    stories: Sequence[Story]
    perspectives: Sequence[tuple[Perspective, Recommendation | None]]
    tools: Mapping[UUID, PerspectiveTool]
    made_at: datetime

    @property
    def may_point_at_somebody(self) -> bool:
        """Whether a perspective comes from so few that they might be recognised."""
        return any(each.count is Count.FEW for each, _recommended in self.perspectives)


def contents(_: Translator, made: Extract) -> list[str]:
    """What is in it, a line for each section."""
    data = len(made.figures) + len(made.reflection.basis.sources) + len(made.decided.heard)
    lines = [
        _("who took part, and when"),
        _.ngettext("%(n)s source of data, with its date", "%(n)s sources of data, with their dates", data),
        _("the shared reflection: how the data are understood, and what explains them"),
        _.ngettext("%(n)s decision", "%(n)s decisions", len(made.decided.decisions)),
    ]
    if made.stories:
        lines.append(
            _.ngettext(
                "%(n)s focus area, with where it is", "%(n)s focus areas, each with where it is", len(made.stories)
            )
        )
    if made.perspectives:
        lines.append(_.ngettext("%(n)s perspective", "%(n)s perspectives", len(made.perspectives)))
    return lines


def document(_: Translator, made: Extract) -> Document:
    """The whole extract in the reader's language."""
    where, dialogue = made.institution, made.dialogue
    parts: list[Part] = [
        Paragraph(
            _(
                "In a learning dialogue the management, the staff and other participants look together at key figures "
                "and qualitative data, before they decide what is to be strengthened for the children and young "
                "people. There are four of them in two years."
            )
        ),
        Paragraph(
            _(
                "This extract tells what the participants have understood and decided. It is no assessment. It was "
                "made by %(institution)s on %(day)s.",
                institution=where.name,
                day=_.date(made.made_at),
            )
        ),
        Section(_("Participants"), (Paragraph(_listed(_, made)),)),
        Section(_("The data that the dialogue was based on"), (_data(_, made),)),
        Section(_("The shared reflection"), tuple(_understood(_, made.reflection))),
        Section(_("Decisions"), tuple(_decisions(_, made.decided))),
    ]
    if made.stories:
        parts.append(Section(_("Focus areas"), tuple(_area(_, each) for each in made.stories)))
    told = _perspectives(_, made)
    nobody = Paragraph(_("No perspectives have been written down in this half-year."))
    half_year = _.half_year(dialogue.half_year)
    parts.append(Section(_("Perspectives, %(half_year)s", half_year=half_year), tuple(told) or (nobody,)))
    return Document(
        title=_("Extract for the board"),
        lines=(f"{where.name} · {dialogue_name(_, dialogue)}", _("Held on %(day)s", day=_.date(dialogue.starts_at))),
        parts=tuple(parts),
        footer=f"{_('Extract for the board')} · {where.name} · {dialogue_name(_, dialogue)}",
        numbering=_("Page %(page)s of %(pages)s", page=PAGE, pages=PAGES),
        language=_.language,
        made_at=made.made_at,
    )


def file_name(_: Translator, made: Extract) -> str:
    """Uddrag til bestyrelsen, Elmeskolen, 21. april 2026"""
    return f"{_('Extract for the board')}, {made.institution.name}, {_.date(made.dialogue.starts_at)}"


def _listed(_: Translator, made: Extract) -> str:
    return " · ".join(_(PARTICIPANTS[each]) for each in made.reflection.basis.participants)


def _data(_: Translator, made: Extract) -> Table:
    """R-39: both kinds in one table, in one order; each with its source and its date."""
    held_on = _.date(made.dialogue.starts_at)
    heard = {each.group for each, _recommended in made.perspectives}
    below, talked_about = _("See perspectives, below"), _("Talked about in the dialogue")
    rows = [
        (each.indicator, capital(figure_words(_, each)), f"{each.source}, {_.date(each.as_of)}")
        for each in made.figures
    ]
    for source in made.reflection.basis.sources:
        shows = below if TOLD_BY.get(source) in heard else talked_about
        day = held_on
        if source is Source.PRIORITY and made.decided.priority is not None:
            shows, day = made.decided.priority.text, _.date(made.decided.priority.last_written[1])
        rows.append((_(SOURCES[source]), shows, f"{made.institution.name}, {day}"))
    told = {each.id for each, _recommended in made.perspectives}
    for filed in made.decided.heard:
        shows = below if filed.perspective.id in told else talked_about
        source_line = f"{made.institution.name}, {_.date(filed.perspective.written_at)}"
        rows.append((heard_line(_, filed), shows, source_line))
    rows.sort(key=lambda row: a_to_aa(row[0]))
    return Table((_("Data"), _("What it shows"), _("Source and date")), tuple(rows), (38, 34, 28))


def _understood(_: Translator, kept: Reflection) -> list[Part]:
    what = kept.understanding
    across = " · ".join(filter(None, (*(_(ACROSS[each]) for each in what.across), what.cross)))
    parts: list[Part] = [
        Section(_("How we understand the data"), (Paragraph(what.interpretation),)),
        Section(_("What explains what we see"), (Paragraph(what.analysis),)),
    ]
    if across:
        parts.append(Section(_("Knowledge from across"), (Paragraph(across),)))
    return parts


def _decisions(_: Translator, sheet: decision.Sheet) -> list[Part]:
    return [
        Section(
            f"{number}. {kind_of(_, each)}",
            (Paragraph(each.what.text), *_rows(facts_of(_, sheet, each))),
        )
        for number, each in enumerate(sheet.decisions, start=1)
    ]


def _area(_: Translator, story: Story) -> Section:
    area, last = story.area, story.last
    seen = next((status for status, _author in reversed(story.history) if status.seen), None)
    since = last.written_at if last else area.chosen_at
    state = f"{status_state(_, last.status if last else None).word}, {_.date(since)}"
    if area.closing and area.closed_at:
        state = f"{_(CLOSINGS[area.closing])}, {_.date(area.closed_at)}"
    rows = [
        (_("Political theme"), theme_title(_, story.theme)),
        (_("Signs that we look for"), area.signs),
        (_("Where it is"), state),
    ]
    if seen:
        rows += [
            (_("What we have seen"), seen.seen),
            (_("What it has meant for the children or young people"), seen.meaning),
            (_("What we have learned ourselves"), seen.learned),
            (_("Next step"), ", ".join(filter(None, (seen.next_step, _.date(seen.next_on) if seen.next_on else "")))),
        ]
    rows.append((_("What we take with us"), area.outcome))
    return Section(area.title, tuple(_rows(rows)))


def _perspectives(_: Translator, made: Extract) -> list[Part]:
    """By group, and in a group by time: no ordering by anything that counts (I30)."""
    sections: list[Part] = []
    for group in Group:
        parts: list[Part] = []
        for each, recommended in reversed(made.perspectives):
            if each.group is group:
                parts.append(Quote(each.said, _collected(_, made, each)))
                parts += _recommendation(_, recommended)
        if parts:
            sections.append(Section(_(GROUPS[group]), tuple(parts)))
    return sections


def _collected(_: Translator, made: Extract, each: Perspective) -> str:
    count = _("%(count)s took part", count=_(COUNTS[each.count]))
    return " · ".join(filter(None, (collected(_, each, made.tools), count, _.date(each.written_at))))


def _recommendation(_: Translator, recommended: Recommendation | None) -> list[Part]:
    if recommended is None:
        return []
    told = (
        _("Those who recommended it were told on %(day)s.", day=_.date(recommended.reported_on))
        if recommended.reported_on
        else ""
    )
    answer = " ".join(filter(None, (_(ANSWERS[recommended.response]), recommended.reason, told)))
    return [
        Paragraph(recommended.text, lead=_("They recommend:")),
        Paragraph(answer, lead=_("Answer:")),
    ]


def _rows(rows: Sequence[tuple[str, str]]) -> list[Facts]:
    filled = tuple((name, value) for name, value in rows if value)
    return [Facts(filled)] if filled else []
