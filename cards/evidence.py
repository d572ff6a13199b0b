"""The evidence base: what is known across institutions of one age range, or of both side by side.

Qualitative and quantitative stand side by side with the same rank, theme by theme, and beside them what the leader
networks say. No card of it has a name of a person or an institution.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards import overview
from cards.focus_area import STATUSES
from cards.form import carried
from cards.kit import Card, buttons, card, press
from cards.language import N_, Translator
from cards.layout import Element, columns, flow, group
from cards.parts import facts, hint, loop, note, said, section, text
from cards.which import which
from cards.words import COUNTS, GROUPS, NETWORKS, amount, institutions, theme_title
from domain.cycle import Cycle, Theme
from domain.evidence import Average, Breakdown, Evidence, Tally, ThemeEvidence
from domain.network import Answer, NetworkStatement, Recognition
from domain.organisation import AgeRange
from domain.perspective import Count, Group, Response

BOTH = "evidence.both"
OPEN = "evidence.open"
THEME = "evidence.theme"
CHOOSE = "evidence.choose"

MOST_BESIDE = 3
MOST_AVERAGES = 12
RANGES = {AgeRange.YOUNGER: N_("Ages 0–6"), AgeRange.OLDER: N_("Ages 6–18")}
ANSWERS = {
    Response.FOLLOWED: N_("Followed"),
    Response.PARTLY: N_("Partly followed"),
    Response.NOT_FOLLOWED: N_("Not followed, with a reason"),
    Response.OPEN: N_("Not answered yet"),
}
RECOGNITIONS = {
    Recognition.YES: N_("Yes"),
    Recognition.PARTLY: N_("Partly"),
    Recognition.NO: N_("No"),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One age range in one cycle, what the networks have given on it, and the cycle before."""

    evidence: Evidence
    statements: Sequence[NetworkStatement] = ()
    before: Cycle | None = None


def show(_: Translator, sheet: Sheet) -> Card:
    """R-24: the aggregate of one age range, with a way to each theme."""
    evidence = sheet.evidence
    local = evidence.local[:MOST_AVERAGES]
    more = len(evidence.local) - len(local)
    return card(
        _,
        _("Evidence base"),
        subtitle=_subtitle(_, evidence),
        seen_by=_seen_by(_),
        body=[
            loop(_, "council"),
            facts([(_("Institutions of the age range"), _.number(evidence.institutions))], spacing="Medium"),
            section(_("Themes")),
            *_themes(_, evidence),
            section(_("Who has been heard")),
            facts(_heard(_, evidence.heard, evidence.fewest), spacing="Small"),
            section(_("What they recommend")),
            facts(_answered(_, evidence), spacing="Small"),
            section(_("Learning dialogues")),
            facts(_dialogues(_, evidence), spacing="Small"),
            *_vague(_, evidence.recorded),
            *([section(_("Local development")), *_averages(_, local, evidence)] if local else []),
            text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True) if more > 0 else None,
            *_given(_, sheet, None),
            *_closing(_, evidence),
        ],
        actions=[
            press(_("Choose a theme"), CHOOSE, carried(evidence.cycle.id), primary=True)
            if len(evidence.themes) > MOST_BESIDE
            else None,
            press(_("Ages 0–18"), BOTH, carried()),
            press(_("The period before"), OPEN, carried(sheet.before.id)) if sheet.before else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def show_theme(_: Translator, sheet: Sheet, about: ThemeEvidence) -> Card:
    """One theme: what the institutions tell and what the figures tell, side by side with the same rank (R-39)."""
    evidence = sheet.evidence
    return card(
        _,
        _("Evidence base"),
        subtitle=f"{theme_title(_, about.theme)} · {_subtitle(_, evidence)}",
        seen_by=_seen_by(_),
        body=[*sides(_, evidence, about), *_given(_, sheet, about.theme), *_closing(_, evidence)],
        actions=[
            press(_("The whole age range"), OPEN, carried(evidence.cycle.id), primary=True),
            press(_("Ages 0–18"), BOTH, carried()),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Evidence base"),
    )


def both(_: Translator, found: Sequence[Evidence]) -> Card:
    """R-21: both age ranges side by side; no number is added up across them."""
    return card(
        _,
        _("Evidence base"),
        subtitle=_("Ages 0–18"),
        seen_by=_seen_by(_),
        body=[
            flow(*[_range(_, each) for each in found], at_least=240),
            hint(_rule(_, found[0].fewest), spacing="Medium"),
            _interpret(_),
        ],
        actions=[
            *[
                press(_(RANGES[each.age_range]), OPEN, carried(each.cycle.id), primary=number == 0)
                for number, each in enumerate(found)
            ],
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def choose(_: Translator, evidence: Evidence) -> Card:
    rows = [
        (each.theme.id, theme_title(_, each.theme), f"{theme_title(_, each.theme)}: {_close_to_it(_, each, evidence)}")
        for each in evidence.themes
    ]
    return which(_, _("Which theme?"), _("Theme"), rows, THEME)


def none_yet(_: Translator) -> Card:
    return card(
        _,
        _("No evidence base yet"),
        seen_by=_("only you"),
        body=[
            text(
                _("It begins with the first two-year period. The list of themes brings its half-years."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def sides(_: Translator, evidence: Evidence, about: ThemeEvidence) -> list[Element]:
    """The two sides of a theme, also for the network that qualifies them."""
    told = [
        (_("Institutions close to the theme"), institutions(_, about.working.total, evidence.fewest)),
        *_words(_, about, evidence.fewest),
        *_heard(_, about.heard, evidence.fewest),
    ]
    figures = [(each.indicator, _average(_, each, evidence.fewest)) for each in about.averages[:MOST_AVERAGES]] or [
        (_("Key figures"), _("None of this theme yet"))
    ]
    half_year = f", {_.half_year(evidence.figures_of)}" if evidence.figures_of else ""
    more = len(about.averages) - MOST_AVERAGES
    if more > 0:
        figures.append((_("Key figures"), _.ngettext("and %(n)s more", "and %(n)s more", more)))
    return [
        flow(
            _side(_("What the institutions tell"), _("Last word about the focus areas, and who was heard"), told),
            _side(_("What the figures tell"), _("Average of the institutions") + half_year, figures),
            at_least=240,
        ),
        *_vague(_, about.working),
    ]


def overall(_: Translator, evidence: Evidence) -> list[Element]:
    """The age range in short, for a network where there are no themes yet."""
    rows = [
        (_("Institutions of the age range"), _.number(evidence.institutions)),
        *_heard(_, evidence.heard, evidence.fewest),
        *_dialogues(_, evidence),
    ]
    return [
        flow(
            _side(_("What the institutions tell"), _("Who was heard, and dialogues held"), rows),
            _side(
                _("What the figures tell"),
                _("Average of the institutions"),
                [(each.indicator, _average(_, each, evidence.fewest)) for each in evidence.local[:MOST_AVERAGES]]
                or [(_("Key figures"), _("None yet"))],
            ),
            at_least=240,
        )
    ]


def word_of(_: Translator, statement: NetworkStatement, answer: Answer) -> list[Element]:
    """What one network says: whether it recognises the picture, what politicians should know, and what is lacking."""
    recognition = _(RECOGNITIONS[answer.recognition]) if answer.recognition else "–"
    by = [_contributors(_, statement.contributors), _.date(statement.written_at) if statement.written_at else ""]
    parts: list[Element] = [
        text(_(NETWORKS[statement.network]), strong=True, spacing="Medium"),
        text(_("Can recognise the picture: %(answer)s", answer=recognition), spacing="None"),
        text(" · ".join(filter(None, by)), small=True, subtle=True, spacing="None"),
    ]
    for label, words in (
        (_("What should the politicians know?"), answer.tell),
        (_("Which knowledge is lacking?"), answer.lacking),
    ):
        if words:
            parts += [text(label, small=True, subtle=True, spacing="Small"), said(words, spacing="ExtraSmall")]
    return parts


def _subtitle(_: Translator, evidence: Evidence) -> str:
    return f"{_.age_range(evidence.age_range)} · {_span(_, evidence.cycle)}"


def _span(_: Translator, cycle: Cycle) -> str:
    return f"{_.half_year(cycle.first_half_year)} – {_.half_year(cycle.last_half_year)}"


def _seen_by(_: Translator) -> str:
    return _("leaders, chiefs, the administration and the leader networks. No names")


def _rule(_: Translator, fewest: int) -> str:
    return _("A number is shown when at least %(n)s institutions are behind it.", n=_.number(fewest))


def _interpret(_: Translator) -> Element:
    return note(
        _("Figures say nothing until they are interpreted. How do you understand them?"),
        sign="Lightbulb",
        spacing="Medium",
    )


def _closing(_: Translator, evidence: Evidence) -> list[Element]:
    return [hint(_rule(_, evidence.fewest), spacing="Medium"), _interpret(_)]


def _themes(_: Translator, evidence: Evidence) -> list[Element]:
    if not evidence.themes:
        return [text(_("No themes have been sent out in this period."), subtle=True, spacing="Small")]
    rows = []
    for each in evidence.themes:
        words = [
            text(theme_title(_, each.theme), strong=True),
            text(_close_to_it(_, each, evidence), small=True, subtle=True, spacing="None"),
        ]
        if len(evidence.themes) > MOST_BESIDE:
            rows.append(group(*words, spacing="Small"))
            continue
        way = buttons(press(_("Show"), THEME, carried(each.theme.id)), spacing="None")
        rows.append(columns(words, way, spacing="Small"))
    return rows


def _close_to_it(_: Translator, each: ThemeEvidence, evidence: Evidence) -> str:
    number = institutions(_, each.working.total, evidence.fewest)
    return _("%(institutions)s with a focus area close to it", institutions=number)


def _words(_: Translator, about: ThemeEvidence, fewest: int) -> list[tuple[str, str]]:
    """Each word with its number; where there is nothing that may be told, one line says so for all of them."""
    if about.working.total is None:
        return []
    rows = [
        (_word(_, word), institutions(_, number, fewest))
        for word, number in about.working.cells.items()
        if number is not None
    ]
    if len(rows) < len(about.working.cells):
        rows.append((_("The other words") if rows else _("Where they are"), _hidden(_, about.working, fewest)))
    return rows


def _word(_: Translator, word: object) -> str:
    return next((_(words) for status, (words, _tone, _sign) in STATUSES.items() if status is word), _("No word yet"))


def _hidden(_: Translator, about: Breakdown[Any], fewest: int) -> str:
    if about.is_vague:
        return _("not shown")
    return _("%(few)s each", few=institutions(_, None, fewest))


def _vague(_: Translator, about: Breakdown[Any]) -> list[Element]:
    if not about.is_vague:
        return []
    return [hint(_("Not shown: numbers from which a smaller one could be worked out."), spacing="Small")]


def _heard(_: Translator, heard: Mapping[Group, Tally | None], fewest: int) -> list[tuple[str, str]]:
    return [(_(GROUPS[each]), _perspectives(_, tally, fewest)) for each, tally in heard.items()]


def _perspectives(_: Translator, tally: Tally | None, fewest: int) -> str:
    if tally is None:
        return institutions(_, None, fewest)
    number = _.ngettext("%(n)s perspective", "%(n)s perspectives", tally.number)
    return _("%(number)s in %(institutions)s", number=number, institutions=institutions(_, tally.institutions, fewest))


def _answered(_: Translator, evidence: Evidence) -> list[tuple[str, str]]:
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


def _dialogues(_: Translator, evidence: Evidence) -> list[tuple[str, str]]:
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


def _averages(_: Translator, found: Sequence[Average], evidence: Evidence) -> list[Element]:
    rows = [(each.indicator, _average(_, each, evidence.fewest)) for each in found]
    half_year = f", {_.half_year(evidence.figures_of)}" if evidence.figures_of else ""
    words = _("Average of the institutions") + half_year
    return [text(words, small=True, subtle=True, spacing="None"), facts(rows, spacing="Small")]


def _average(_: Translator, each: Average, fewest: int) -> str:
    if each.value is None:
        return _("fewer than 5") if each.has_few_people else institutions(_, None, fewest)
    return f"{amount(_, each.value, each.unit)} · {institutions(_, each.institutions, fewest)}"


def _side(title: str, about: str, rows: Sequence[tuple[str, str]]) -> Element:
    items = [text(title, strong=True), text(about, small=True, subtle=True, spacing="None")]
    for name, value in rows:
        items += [text(name, small=True, subtle=True, spacing="Small"), text(value, spacing="None")]
    return {"type": "Container", "style": "emphasis", "roundedCorners": True, "items": items}


def _range(_: Translator, evidence: Evidence) -> Element:
    themes = [
        (theme_title(_, each.theme), institutions(_, each.working.total, evidence.fewest)) for each in evidence.themes
    ]
    held = _dialogues(_, evidence)[0][1]
    return _side(
        _(RANGES[evidence.age_range]),
        f"{_span(_, evidence.cycle)} · {_.ngettext('%(n)s institution', '%(n)s institutions', evidence.institutions)}",
        [
            *themes,
            *_heard(_, evidence.heard, evidence.fewest),
            (_("Recommendations followed"), _answered(_, evidence)[0][1]),
            (_("Dialogues held"), held),
        ],
    )


def _given(_: Translator, sheet: Sheet, theme: Theme | None) -> list[Element]:
    """R-25: what the networks say, "printed beside the figures"."""
    found = [(each, answer) for each in sheet.statements if (answer := each.answer_about(theme.id if theme else None))]
    parts = [part for each, answer in found for part in word_of(_, each, answer)]
    if not parts and sheet.statements and theme is None:
        names = _.join(_(NETWORKS[each.network]) for each in sheet.statements)
        parts = [text(_("They have qualified it theme by theme: %(names)s.", names=names), spacing="Small")]
    return [section(_("What the leader networks say")), *parts] if parts else []


def _contributors(_: Translator, band: Count | None) -> str:
    """I29: fewer than five people are told as that."""
    if band is None:
        return ""
    people = _("fewer than 5") if band is Count.FEW else _(COUNTS[band])
    return _("%(people)s have contributed", people=people)
