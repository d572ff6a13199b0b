"""The third step of a preparation: where they are with their focus areas, and which new ones they consider."""

from cards import problems as wrong
from cards.focus_area_story import STATUSES
from cards.inputs import choices, long_input, text_input
from cards.kit import toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.parts import hint, note, section
from cards.preparation import STATUS, Sheet, considered_line, label, says_news, shown_status
from cards.words import theme_title
from domain.errors import Problems
from domain.focus_area import USUAL_MOST
from domain.preparation import MOST_CONSIDERED, FocusStep


def focus_questions(_: Translator, sheet: Sheet, content: FocusStep, problems: Problems | None) -> list[Element]:
    return [
        *_statuses(_, sheet, content),
        *_new_ones(_, sheet, content, problems),
        *[
            long_input(
                name,
                label(_, name),
                value=getattr(content, name),
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, name),
            )
            for name in ("wishes", "support")
        ],
    ]


def _statuses(_: Translator, sheet: Sheet, content: FocusStep) -> list[Element]:
    """A word for each focus area, with the last one chosen; what they have seen is written with `status`."""
    if not sheet.stories:
        return []
    chosen = {
        story.area.id: told.status
        for story in sheet.stories
        if (told := content.told(story.area.id)) and says_news(told, story)
    }
    asked = [
        choices(
            f"{STATUS}{story.area.id.hex}",
            story.area.title,
            [(each.value, _(word)) for each, (word, _tone, _sign) in STATUSES.items()],
            chosen=chosen.get(story.area.id) or shown_status(story),
            compact=True,
            spacing="Small",
        )
        for story in sheet.stories
    ]
    more = [toggle_more(_("More focus areas"), "more_statuses", *asked[USUAL_MOST:])] if asked[USUAL_MOST:] else []
    return [section(label(_, "statuses"), spacing="Medium"), *asked[:USUAL_MOST], *more]


def _new_ones(_: Translator, sheet: Sheet, content: FocusStep, problems: Problems | None) -> list[Element]:
    """The focus areas that are considered; folded away where the institution has some already."""
    earlier = [considered_line(_, sheet, each) for each in sheet.earlier]
    parts: list[Element] = []
    if earlier and not sheet.stories:
        parts.append(note(_.join(earlier), lead=_("Last time you considered:"), sign="History"))
    if not sheet.themes:
        return [*parts, hint(_("No themes have been sent out for this half-year yet."))]
    first, *others = [_considered(_, sheet, content, place, problems) for place in range(1, MOST_CONSIDERED + 1)]
    more = [each for pair in others for each in pair]
    shown = 1
    if sheet.stories:
        first, more, shown = [], [*first, *more], 0
    else:
        parts.append(section(label(_, "considered"), spacing="Medium"))
    places = range(shown + 1, MOST_CONSIDERED + 1)
    has_problem = any(wrong.at(_, problems, f"{name}{place}") for name in ("theme", "title") for place in places)
    parts += first
    parts += [
        hint(_("You are considering: %(title)s", title=each.title)) for each in content.considered[shown:] if each.title
    ]
    title = _("Consider a new one") if sheet.stories else _("One more focus area")
    return [*parts, toggle_more(title, "more_focus", *more, spacing="Small", is_open=has_problem)]


def _considered(
    _: Translator, sheet: Sheet, content: FocusStep, place: int, problems: Problems | None
) -> list[Element]:
    chosen = content.considered[place - 1] if len(content.considered) >= place else None
    return [
        choices(
            f"theme{place}",
            _("Theme for focus area %(place)s", place=place),
            [(str(each.id), theme_title(_, each)) for each in sheet.themes],
            chosen=str(chosen.theme_id) if chosen and chosen.theme_id else "",
            compact=True,
            placeholder=_("Choose a theme"),
            problem=wrong.at(_, problems, f"theme{place}"),
            spacing="Small",
        ),
        text_input(
            f"title{place}",
            _("Focus area %(place)s in a few words", place=place),
            value=chosen.title if chosen else "",
            placeholder=_("For instance “More children join in”"),
            limit=80,
            problem=wrong.at(_, problems, f"title{place}"),
            spacing="Small",
        ),
    ]
