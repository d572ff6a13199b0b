"""The form of the shared reflection: two steps, updated in place."""

from collections.abc import Mapping
from typing import Any

from cards import draft, given, heard, priority
from cards import problems as wrong
from cards.form import carried
from cards.inputs import choices, long_input, text_input
from cards.kit import Action, Card, buttons, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import hint, names_hint, note, progress
from cards.reflection import (
    ACROSS,
    BACK,
    COLLEAGUE,
    DRAFT,
    FIND,
    LATER,
    NEXT,
    OPEN,
    PARTICIPANTS,
    SAVE,
    STEPS,
    Form,
    Sheet,
    label,
)
from cards.words import SOURCES, dialogue_line, dialogue_name, figure_line, last_word
from domain.draft import mark
from domain.errors import Problems
from domain.reflection import Basis, ReflectionStep, Understanding
from domain.text import SHORT


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The step the reflection is at, with what is kept, or with what was typed and what is wrong with it."""
    reflection = sheet.reflection
    step = typed.step if typed else reflection.step
    content = typed.content if typed else reflection.content(step)
    questions = (
        _basis(_, sheet, content, problems)
        if isinstance(content, Basis)
        else _understanding(_, sheet, content, problems)
    )
    return card(
        _,
        _("Shared reflection"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_seen_by(_, sheet),
        minutes=3 if step is ReflectionStep.BASIS else None,
        body=[
            progress(_, step.number, len(ReflectionStep), _(STEPS[step])),
            last_word(_) if sheet.is_late and not reflection.is_saved else None,
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=reflection.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, step, name),
            ),
            *questions,
            *([names_hint(_)] if step is ReflectionStep.UNDERSTANDING else []),
        ],
        actions=_buttons(_, sheet, step),
        summary=_("Shared reflection: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def saved_draft(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("the leaders of the institution"),
        go_on=press(_("Continue"), OPEN, carried(sheet.dialogue.id), primary=True),
    )


def _basis(_: Translator, sheet: Sheet, content: Basis, problems: Problems | None) -> list[Element]:
    only_figures = _("It is based on key figures alone. Is there an observation or a perspective that belongs here?")
    only_sources = _("It is based on qualitative data alone. Is there a key figure that belongs here?")
    figures = choices(
        "figures",
        label(_, "figures"),
        [(str(each.id), figure_line(_, each)) for each in sheet.figures],
        chosen=[str(each) for each in content.figures],
        many=True,
        problem=wrong.at(_, problems, "figures"),
    )
    missing_data = None if sheet.figures else wrong.at(_, problems, "figures")
    return [
        *(
            []
            if sheet.is_late
            else [note(_("Are you under way? Write the most important things as you go, or afterwards."), sign="Clock")]
        ),
        choices(
            "participants",
            label(_, "participants"),
            [(each.value, _(words)) for each, words in PARTICIPANTS.items()],
            chosen=content.participants,
            many=True,
            required=True,
            problem=wrong.at(_, problems, "participants"),
        ),
        *([figures] if sheet.figures else []),
        choices(
            "sources",
            label(_, "sources"),
            [(each.value, _(SOURCES[each])) for each in sheet.sources] + heard.options_of(_, sheet.heard),
            chosen=[*content.sources, *(str(each) for each in content.perspectives)],
            many=True,
            problem=wrong.at(_, problems, "sources") or missing_data,
        ),
        *heard.as_data(_, sheet.heard),
        *priority.as_data(_, sheet.priority),
        *([hint(only_figures if content.figures else only_sources)] if content.one_kind_only else []),
        *given.as_data(_, sheet.received),
    ]


def _understanding(_: Translator, sheet: Sheet, content: Understanding, problems: Problems | None) -> list[Element]:
    return [
        *[
            long_input(
                name,
                label(_, name),
                value=getattr(content, name),
                required=True,
                placeholder=placeholder,
                problem=wrong.at(_, problems, name),
            )
            for name, placeholder in (
                ("interpretation", _("What do the data tell you, when you look at them together?")),
                ("analysis", _("Why is it so? What do you do that matters here?")),
            )
        ],
        choices(
            "across",
            label(_, "across"),
            [(each.value, _(words)) for each, words in ACROSS.items()],
            chosen=content.across,
            many=True,
        ),
        *(
            [buttons(press(_("Find shared practice"), FIND, _data_of(sheet, ReflectionStep.UNDERSTANDING)))]
            if sheet.is_shared
            else []
        ),
        text_input(
            "cross",
            label(_, "cross"),
            value=content.cross,
            placeholder=_("Optional"),
            limit=SHORT,
            problem=wrong.at(_, problems, "cross"),
        ),
    ]


def _buttons(_: Translator, sheet: Sheet, step: ReflectionStep) -> list[Action | None]:
    data = _data_of(sheet, step)
    is_last, is_saved = step is ReflectionStep.UNDERSTANDING, sheet.reflection.is_saved
    return [
        press(_("Save the reflection") if is_saved else _("Save and go to decisions"), SAVE, data, primary=True)
        if is_last
        else press(_("Next"), NEXT, data, primary=True),
        None if is_saved else press(_("Save draft"), DRAFT, data),
        press(_("Back"), BACK, data) if is_last else press(_("Not now"), LATER, data),
        press(_("Name a note-taker"), COLLEAGUE, data, hidden=True) if sheet.leads and not is_saved else None,
    ]


def _data_of(sheet: Sheet, step: ReflectionStep) -> dict[str, str | int]:
    reflection = sheet.reflection
    return carried(sheet.dialogue.id, step=step.value, v=mark(reflection.content(step), is_saved=reflection.is_saved))


def _seen_by(_: Translator, sheet: Sheet) -> str:
    if sheet.reflection.is_saved:
        return _("the leaders of the institution, its chief and the administration. What you correct they see at once.")
    if sheet.note_taker is None:
        return _("the leaders of the institution. Your chief and the administration see it when you save it.")
    return _(
        "the leaders of the institution and %(who)s. Your chief and the administration see it when you save it.",
        who=sheet.note_taker.name,
    )


def _stored_words(_: Translator, sheet: Sheet, step: ReflectionStep, name: str) -> str:
    """What a field holds, as words."""
    value = getattr(sheet.reflection.content(step), name)
    titles: dict[str, Mapping[Any, str]] = {"participants": PARTICIPANTS, "sources": SOURCES, "across": ACROSS}
    if name == "figures":
        return " · ".join(each.indicator for each in sheet.figures if each.id in value)
    if name == "perspectives":
        return " · ".join(heard.lines_of(_, sheet.heard, value))
    if name in titles:
        return " · ".join(_(titles[name][each]) for each in value)
    return str(value)
