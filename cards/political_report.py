"""C20, *Politisk afrapportering*: counts per theme, patterns, the networks' statements, and how many are behind a line.

It is an aggregate of one age range for those who make it, and for everybody once it is final. No card of it has a name
of a person or an institution, and none has anything that one institution wrote.
"""

from collections.abc import Sequence

from cards import aggregate, evidence, network_statement, overview
from cards.evidence import closing, local, range_tile, themes
from cards.fitting import Room, fitted
from cards.form import carried
from cards.kit import Action, Card, again, card, press
from cards.language import Translator
from cards.layout import Element, capital, flow
from cards.parts import facts, hint, note, section, text
from cards.political_lines import boards, is_vague
from cards.political_sheet import (
    BOTH,
    CHOOSE,
    FILES,
    KEEP,
    OPEN,
    PREVIEW,
    RENEW,
    SOURCES,
    Sheet,
    seen,
    seen_by_of,
    state_of,
    subtitle,
    title,
)
from cards.words import theme_title
from domain.cycle import Theme

MOST_BUTTONS = 6


def show(
    _: Translator,
    sheet: Sheet,
    *,
    is_new: bool = False,
    has_changed: bool = False,
    is_wider: bool = False,
    without: Theme | None = None,
) -> Card:
    """The whole report in short, with the ways to its themes, its sources and its files.

    `is_new` is said once it is kept or final, `has_changed` when somebody has done something with it meanwhile, and
    `is_wider` where it was asked about a part of the municipality; `without` is a theme that was asked about and is
    none of the period's.
    """
    asked = [_is_wider(_)] if is_wider else []
    if without is not None:
        asked.append(_is_without(_, without))
    return fitted(lambda room: _shown(_, sheet, room, asked, is_new=is_new, has_changed=has_changed))


def _is_wider(_: Translator) -> Element:
    return note(
        _("The report is about all institutions of the age range. It is not divided by area or institution."),
        sign="Info",
    )


def _is_without(_: Translator, theme: Theme) -> Element:
    return note(
        _("“%(theme)s” is none of the themes of this period. Here is the whole report.", theme=theme_title(_, theme)),
        sign="Info",
    )


def _shown(
    _: Translator, sheet: Sheet, room: Room, asked: Sequence[Element], *, is_new: bool, has_changed: bool
) -> Card:
    content, about = sheet.content, sheet.content.evidence
    return card(
        _,
        title(_, sheet),
        subtitle=capital(subtitle(_, sheet)),
        state=state_of(_, sheet),
        seen_by=seen_by_of(_, sheet),
        body=[
            note(_("Somebody has changed the report in the meantime. This is how it is now."), sign="People")
            if has_changed
            else None,
            *asked,
            note(_how_it_is(_, sheet), sign="Info") if is_new or sheet.report is None else None,
            facts(_head(_, sheet), spacing="Medium"),
            section(_("Themes")),
            *themes(_, about, content.statements, room),
            section(_("Who has been heard")),
            facts(aggregate.heard(_, about.heard, about.fewest), spacing="Small"),
            section(_("What they recommend")),
            facts(aggregate.answered(_, about), spacing="Small"),
            section(_("Learning dialogues")),
            facts(aggregate.dialogues(_, about), spacing="Small"),
            section(_("The boards")),
            facts([(line.name, line.value) for line in boards(_, content)], spacing="Small"),
            section(_("Local development")),
            *local(_, about),
            *_of_the_whole(_, sheet, room),
            *closing(_, about, is_vague(content), is_final=sheet.is_final),
        ],
        actions=_actions(_, sheet),
        refresh=again(OPEN, carried(sheet.cycle.id)),
        summary=title(_, sheet),
    )


def both(_: Translator, found: Sequence[Sheet]) -> Card:
    """R-21: the reports of both age ranges side by side; no number is added up across them."""
    is_final = all(each.is_final for each in found)
    return card(
        _,
        _("Political report") if is_final else _("Political report (draft)"),
        subtitle=_("Ages 0–18"),
        seen_by=seen_by_of(_, found[0] if is_final else next(each for each in found if not each.is_final)),
        body=[
            flow(*[range_tile(_, each.content.evidence) for each in found], at_least=240),
            hint(evidence.rule(_, *(each.content.evidence for each in found), is_final=is_final), spacing="Medium"),
        ],
        actions=[
            *[
                press(_(evidence.RANGES[each.cycle.age_range]), OPEN, carried(each.cycle.id), primary=number == 0)
                for number, each in enumerate(found)
            ],
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def none_yet(_: Translator) -> Card:
    return _nothing(
        _,
        _("No political report yet"),
        _("It begins with the first two-year period, whose half-years come with the list of themes."),
    )


def not_final(_: Translator) -> Card:
    """For those who read it when it is final."""
    return _nothing(
        _,
        _("No final political report yet"),
        _("The chiefs and the administration make it. You can read it here as soon as it is final."),
    )


def _nothing(_: Translator, heading: str, words: str) -> Card:
    return card(
        _,
        heading,
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried(), primary=True)],
    )


def _how_it_is(_: Translator, sheet: Sheet) -> str:
    if sheet.is_final:
        return _("The report is final. Everybody who uses the bot can read it.")
    if sheet.report:
        return _("The draft is saved with today's figures. They stay until somebody gets new ones.")
    if sheet.round is None:
        return _("These are today's figures. The draft can be saved when the political round has begun.")
    return _("These are today's figures. Nothing is saved yet.")


def _of_the_whole(_: Translator, sheet: Sheet, room: Room) -> list[Element]:
    """What the networks say where they have not said it of each theme; that none has said anything, is told."""
    given = sheet.content.statements
    if not given:
        lacking = text(_("No leader network has given a statement yet."), subtle=True, spacing="Small")
        return [section(_("What the leader networks say")), lacking]
    return network_statement.of_the_whole(_, given, room)


def _head(_: Translator, sheet: Sheet) -> list[tuple[str, str]]:
    rows = [
        (_("Institutions of the age range"), _.number(sheet.content.evidence.institutions)),
        (_("Figures taken"), _.date(sheet.content.drawn_at)),
    ]
    if sheet.report and sheet.report.final_at:
        rows.append((_("Made final"), _.date(sheet.report.final_at)))
    if sheet.round and sheet.round.discussed_on:
        rows.append((_("Discussed on"), _.date(sheet.round.discussed_on)))
    return rows


def _actions(_: Translator, sheet: Sheet) -> list[Action | None]:
    about = carried(sheet.cycle.id)
    is_draft = sheet.report is not None and not sheet.is_final
    keeps = sheet.report is None and sheet.can_draft and sheet.round is not None
    finishes = is_draft and sheet.can_finish
    has_themes = bool(sheet.content.evidence.themes)
    plain = not keeps and not finishes
    ways: list[Action | None] = [
        press(_("Save the draft"), KEEP, {**about, "n": 1}, primary=True) if keeps else None,
        press(_("Make it final"), PREVIEW, about, primary=True) if finishes else None,
        press(_("Choose a theme"), CHOOSE, about, primary=plain) if has_themes else None,
        press(_("See the sources"), SOURCES, carried(c=str(sheet.cycle.id)), primary=plain and not has_themes),
        press(_("Word and PDF"), FILES, about),
        press(_("Use today's figures"), RENEW, seen(sheet)) if is_draft and sheet.can_draft else None,
        press(_("New version"), KEEP, {**about, "n": sheet.report.number + 1})
        if sheet.report and sheet.is_final and sheet.can_finish
        else None,
        press(_("Ages 0–18"), BOTH, carried()),
    ]
    home = press(_("My overview"), overview.OPEN, carried())
    # A card has six buttons at most.
    return [*ways, home if len([each for each in ways if each]) < MOST_BUTTONS else None]
