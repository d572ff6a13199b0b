"""The card in which a leader network qualifies the evidence base: a step for each theme, and one for the whole."""

from cards import aggregate, draft, network_statement
from cards import problems as wrong
from cards.form import carried
from cards.inputs import choices, long_input
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.network import BACK, DRAFT, LATER, NEXT, SAVE, Form, Sheet, label, saved_seen_by, step_name, subtitle
from cards.parts import State, names_hint, progress, text
from cards.words import COUNTS, round_line
from domain.draft import mark
from domain.errors import Problems
from domain.network import Answer
from domain.text import SHORT


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The step that is open: the evidence of its theme, and the questions about it."""
    statement = sheet.statement
    step = typed.step if typed else statement.step
    answer = typed.content if typed else statement.content(step)
    is_last = statement.is_last(step)
    return card(
        _,
        _("Qualify the evidence base"),
        subtitle=subtitle(_, sheet),
        state=State(_("Saved"), "good") if statement.is_saved else None,
        seen_by=_(
            "the facilitators of your network. When you save the statement it is shown beside the figures, for "
            "leaders, chiefs and the administration"
        )
        if not statement.is_saved
        else saved_seen_by(_),
        minutes=3 if step == 0 else None,
        body=[
            progress(_, step + 1, statement.steps, step_name(_, sheet, step)),
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=statement.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, statement.content(step), name),
            ),
            *_picture(_, sheet, step),
            choices(
                "recognition",
                label(_, "recognition"),
                [(each.value, _(words)) for each, words in network_statement.RECOGNITIONS.items()],
                chosen=answer.recognition or "",
                required=True,
                problem=wrong.at(_, problems, "recognition"),
                spacing="Large",
            ),
            long_input(
                "tell",
                label(_, "tell"),
                value=answer.tell,
                placeholder=_("Required if you recognise it partly or not at all"),
                problem=wrong.at(_, problems, "tell"),
            ),
            long_input(
                "lacking",
                label(_, "lacking"),
                value=answer.lacking,
                placeholder=_("Optional"),
                limit=SHORT,
                problem=wrong.at(_, problems, "lacking"),
            ),
            choices(
                "contributors",
                label(_, "contributors"),
                [(each.value, _(words)) for each, words in COUNTS.items()],
                chosen=answer.contributors or "",
                compact=True,
                required=True,
                placeholder=_("Choose"),
                problem=wrong.at(_, problems, "contributors"),
            )
            if is_last
            else None,
            names_hint(_),
        ],
        actions=_buttons(_, sheet, step),
        summary=_("Qualify the evidence base: %(round)s", round=round_line(_, sheet.round)),
    )


def _picture(_: Translator, sheet: Sheet, step: int) -> list[Element]:
    """The figures and words that the questions are about."""
    if sheet.evidence is None:
        return [text(_("There is no evidence base of an earlier period yet."), subtle=True, spacing="Medium")]
    theme_id = sheet.statement.theme_of(step)
    if theme_id is None:
        return [aggregate.overall(_, sheet.evidence), *aggregate.unshown(_, sheet.evidence.recorded.is_vague)]
    about = next((each for each in sheet.evidence.themes if each.theme.id == theme_id), None)
    if about is None:
        return []
    return [aggregate.sides(_, sheet.evidence, about), *aggregate.unshown(_, aggregate.is_vague(sheet.evidence, about))]


def _buttons(_: Translator, sheet: Sheet, step: int) -> list[Action | None]:
    statement = sheet.statement
    about = carried(statement.id, step=step, v=mark(statement.content(step), is_saved=statement.is_saved))
    is_last = statement.is_last(step)
    return [
        press(_("Save the statement"), SAVE, about, primary=True)
        if is_last
        else press(_("Next"), NEXT, about, primary=True),
        press(_("Save draft"), DRAFT, about) if not statement.is_saved else None,
        press(_("Back"), BACK, about) if step > 0 else None,
        press(_("Not now"), LATER, about) if not statement.is_saved else None,
    ]


def _stored_words(_: Translator, kept: Answer, name: str) -> str:
    match name:
        case "recognition":
            return _(network_statement.RECOGNITIONS[kept.recognition]) if kept.recognition else ""
        case "contributors":
            return _(COUNTS[kept.contributors]) if kept.contributors else ""
        case _other:
            return str(getattr(kept, name))
