"""R-11: what a focus area rests on, from its political theme down to the data."""

from cards import priority
from cards.focus_area_story import Grounds, Story
from cards.form import carried
from cards.heard import lines_of
from cards.kit import buttons, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import bullets, facts, said, text
from cards.words import SOURCES, aims_line, dialogue_name, figure_line, theme_title

DECISIONS = "decision.open"
REFLECTION = "reflection.open"


def grounds_of(_: Translator, story: Story, grounds: Grounds) -> list[Element]:
    """From the focus area up to its theme, and down to the decision, the reflection and the data."""
    chosen, understood = grounds.decision.what, grounds.reflection.understanding
    data = [figure_line(_, each) for each in grounds.figures] + [_(SOURCES[each]) for each in chosen.sources]
    data += lines_of(_, grounds.heard)
    theme = story.theme
    themed = " · ".join(filter(None, (theme_title(_, theme), aims_line(_, theme.aims)))) if theme else ""
    decided = f"{dialogue_name(_, grounds.dialogue)}, {_.date(grounds.dialogue.starts_at)}"
    parts: list[Element] = [facts([(_("The political theme"), themed), (_("Decided in"), decided)], spacing="Small")]
    for question, words in (
        (_("The decision in short"), chosen.text),
        (_("How you understand the data together"), understood.interpretation),
        (_("What explains what you see"), understood.analysis),
    ):
        parts += [text(question, small=True, subtle=True, spacing="Medium"), said(words, spacing="ExtraSmall")]
    parts += [text(_("The data"), small=True, subtle=True, spacing="Medium"), bullets(data, spacing="ExtraSmall")]
    if grounds.priority is not None:
        by = priority.priority_line(_, grounds.priority)
        parts.append(said(grounds.priority.text, by=by, spacing="Small"))
    return [
        *parts,
        buttons(
            press(_("See the decisions"), DECISIONS, carried(grounds.dialogue.id), inputs="none"),
            press(_("See the reflection"), REFLECTION, carried(grounds.dialogue.id), inputs="none"),
        ),
    ]
