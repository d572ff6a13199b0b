"""The card in which an observer writes the feedback, in two steps."""

from datetime import date

from cards import draft
from cards import problems as wrong
from cards.feedback import BACK, DRAFT, LATER, NEXT, PREVIEW, SEND, Form, Sheet
from cards.form import carried
from cards.given import label
from cards.inputs import date_input, long_input, text_input, toggle
from cards.kit import Action, Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import hint, names_hint, note, progress, said, text
from cards.visit import focus, visit_line, written_when
from domain.draft import digest
from domain.errors import Problems
from domain.feedback import SAW, Curious, Described, Feedback, FeedbackStep
from domain.text import SHORT
from domain.visit import Carried

STEPS = {FeedbackStep.SEEN: N_("What you saw"), FeedbackStep.TAKEN: N_("What it made you think")}


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The half it is at, with what is kept, or with what was typed and what is wrong with it."""
    kept, visit = sheet.feedback, sheet.visit
    step = typed.step if typed else kept.step
    half = typed.content if typed else kept.content(step)
    notes = sheet.carried
    if typed:
        notes = Carried("", typed.last, typed.fits)
    elif isinstance(half, Described):
        half = Described(saw=notes.words, supports=half.supports)
    questions = _described(_, sheet, half, problems) if isinstance(half, Described) else _curious(_, half, problems)
    return card(
        _,
        _("Feedback on an observation"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=_(
            "only you. When you send it, the leaders of %(host)s and those they share it with see it; their chief and "
            "the administration that takes part there when they have acknowledged it, or after 14 days.",
            host=visit.host.name,
        ),
        minutes=8 if step is FeedbackStep.SEEN else None,
        body=[
            progress(_, step.number, len(FeedbackStep), _(STEPS[step])),
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.viewer,
                written_at=kept.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, kept, step, name),
            ),
            *questions,
            names_hint(_),
        ],
        actions=_buttons(_, sheet, step, notes),
        summary=_("Feedback on the observation at %(institution)s", institution=visit.host.name),
    )


def _described(_: Translator, sheet: Sheet, half: Described, problems: Problems | None) -> list[Element]:
    notes = [said(each.text, by=written_when(_, sheet.visit, each), spacing="Small") for each in sheet.notes[-12:]]
    return [
        *focus(_, sheet.visit),
        _about_notes(_, sheet),
        long_input(
            "saw",
            label(_, "saw"),
            value=half.saw,
            required=True,
            limit=SAW,
            problem=wrong.at(_, problems, "saw"),
        ),
        *([toggle_more(_("See my notes"), "notes", *notes, spacing="Small")] if notes else []),
        text_input(
            "supports",
            label(_, "supports"),
            value=half.supports,
            required=True,
            limit=SHORT,
            problem=wrong.at(_, problems, "supports"),
        ),
    ]


def _about_notes(_: Translator, sheet: Sheet) -> Element:
    """Where the notes of the visit stand; those that came after a draft was kept are told of."""
    if not sheet.notes:
        return hint(_("Describe before you interpret."))
    new = [each for each in sheet.notes if each.carried is None]
    if not sheet.feedback.is_begun or not new:
        return hint(_("Your notes are already in the field. They are deleted when you send."))
    if sheet.carried.fits is None:
        return note(_("You have noted more since. There is no room for it in the field: see your notes."), sign="Note")
    return note(_("You have noted more since. It stands at the end of the field. Is it as it should be?"), sign="Note")


def _curious(_: Translator, half: Curious, problems: Problems | None) -> list[Element]:
    no_question = half.wonder and not half.asks
    return [
        long_input(
            "wonder",
            label(_, "wonder"),
            value=half.wonder,
            required=True,
            placeholder=_("For instance: what would happen if …?"),
            problem=wrong.at(_, problems, "wonder"),
        ),
        *(
            [text(_("A question often opens more than advice does."), small=True, subtle=True, spacing="ExtraSmall")]
            if no_question
            else []
        ),
        long_input(
            "home",
            label(_, "home"),
            value=half.home,
            placeholder=_("Optional; it also stands in your own institution's next preparation"),
            problem=wrong.at(_, problems, "home"),
        ),
        date_input(
            "oral_on",
            label(_, "oral_on"),
            value=half.oral_on,
            required=not half.oral_later,
            problem=wrong.at(_, problems, "oral_on"),
        ),
        toggle(
            "oral_later", label(_, "oral_later"), _("Not yet – remind me tomorrow"), on=half.oral_later, spacing="Small"
        ),
        toggle(
            "unnamed",
            label(_, "unnamed"),
            _("I have not mentioned children or staff by name"),
            on=half.unnamed,
            problem=wrong.at(_, problems, "unnamed"),
        ),
    ]


def _buttons(_: Translator, sheet: Sheet, step: FeedbackStep, notes: Carried) -> list[Action | None]:
    is_last = step is FeedbackStep.TAKEN
    shown = {"n": notes.last, "m": notes.fits} if not is_last else {}
    data = carried(
        sheet.visit.observation.id,
        step=step.value,
        v=digest(sheet.feedback.content(step)),
        **{name: str(each) for name, each in shown.items() if each},
    )
    return [
        press(_("Send the feedback"), SEND, data, primary=True)
        if is_last
        else press(_("Next"), NEXT, data, primary=True),
        press(_("Save draft"), DRAFT, data),
        press(_("Back"), BACK, data) if is_last else press(_("Not now"), LATER, data),
        press(_("See what the host sees"), PREVIEW, data) if is_last else None,
    ]


def _stored_words(_: Translator, kept: Feedback, step: FeedbackStep, name: str) -> str:
    """What a field holds, as words."""
    value = getattr(kept.content(step), name)
    match value:
        case bool():
            return _("yes") if value else _("no")
        case date():
            return _.date(value)
        case None:
            return ""
        case _other:
            return str(value)
