"""The card in which an observer writes the feedback, in two steps, and what it is before and after it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.given import added, content, label
from cards.inputs import date_input, long_input, text_input, toggle
from cards.kit import Action, Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import facts, hint, names_hint, note, progress, said, text
from cards.visit import ORAL, READ_FEEDBACK, WRITE_FEEDBACK, Visit, focus, progress_state, visit_line
from domain.acknowledgement import Given
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.feedback import SAW, Curious, Described, Feedback, FeedbackAddendum, FeedbackContent, FeedbackStep
from domain.organisation import Person
from domain.text import SHORT
from domain.visit import Carried, Note

OPEN = WRITE_FEEDBACK
READ = READ_FEEDBACK
NEXT = "feedback.next"
BACK = "feedback.back"
DRAFT = "feedback.draft"
PREVIEW = "feedback.preview"
SEND = "feedback.send"
SEND_SHOWN = "feedback.send_shown"
LATER = "feedback.later"
ADD = "feedback.add"
SHARE_PRACTICE = "practice.begin"

STEPS = {FeedbackStep.SEEN: N_("What you saw"), FeedbackStep.TAKEN: N_("What it made you think")}
_FIELDS = {FeedbackStep.SEEN: ("saw", "supports")}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A feedback that is being written, for its author.

    `notes` are what was typed during the visit, and `carried` the field with those in it that it has not held yet.
    """

    visit: Visit
    feedback: Feedback
    viewer: Person
    notes: Sequence[Note] = ()
    carried: Carried = Carried("")


@dataclass(frozen=True, kw_only=True)
class Form:
    """One half as it was typed; `was` marks what it held when the card was drawn.

    `last` is the last note that the card showed for the first time, `fits` the last of those that stood in the field.
    """

    observation_id: UUID
    step: FeedbackStep
    content: FeedbackContent = field(repr=False)
    was: str
    last: UUID | None = None
    fits: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", FeedbackStep) or FeedbackStep.SEEN
        typed: FeedbackContent
        if step is FeedbackStep.SEEN:
            typed = Described(saw=form.text(data, "saw"), supports=form.text(data, "supports"))
        else:
            typed = Curious(
                wonder=form.text(data, "wonder"),
                home=form.text(data, "home"),
                oral_on=form.day(data, "oral_on"),
                oral_later=form.is_on(data, "oral_later"),
                unnamed=form.is_on(data, "unnamed"),
            )
        return cls(
            observation_id=form.subject_id(data),
            step=step,
            content=typed,
            was=form.text(data, "v"),
            last=form.optional_id(data, "n"),
            fits=form.optional_id(data, "m"),
        )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A press on the preview; `was` marks what it showed."""

    observation_id: UUID
    was: str

    @classmethod
    def read(cls, data: Data) -> "Shown":
        return cls(observation_id=form.subject_id(data), was=form.text(data, "v"))


@dataclass(frozen=True, kw_only=True)
class AddForm:
    feedback_id: UUID
    text: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "AddForm":
        return cls(feedback_id=form.subject_id(data), text=form.text(data, "addendum"))


def mark(kept: Feedback) -> str:
    """What a preview showed, in short."""
    return digest(kept.described) + digest(kept.curious)


def step_of(problems: Problems) -> FeedbackStep:
    """The first step in which something is wrong."""
    seen = any(name in _FIELDS[FeedbackStep.SEEN] for name in problems.fields)
    return FeedbackStep.SEEN if seen else FeedbackStep.TAKEN


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
            "only you. The leaders of %(host)s see it when you send it; their chief when they have acknowledged it, "
            "or after 14 days.",
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


def saved(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        visit_line(_, sheet.visit.observation, sheet.visit.host),
        seen_by=_("only you"),
        go_on=press(_("Continue"), OPEN, carried(sheet.visit.observation.id), primary=True),
    )


def preview(_: Translator, sheet: Sheet) -> Card:
    """What the host will read, and nothing else."""
    kept, visit = sheet.feedback, sheet.visit
    return card(
        _,
        _("As the host will read it"),
        subtitle=visit_line(_, visit.observation, visit.host),
        seen_by=_("only you, until you send it"),
        body=[
            text(
                _("%(who)s, %(home)s, writes:", who=sheet.viewer.name, home=visit.home.name if visit.home else ""),
                spacing="Medium",
            ),
            *content(_, kept.described, kept.curious),
            hint(_("When it is sent it stays as it is. You can add signed remarks.")),
        ],
        actions=[
            press(_("Send the feedback"), SEND_SHOWN, carried(visit.observation.id, v=mark(kept)), primary=True),
            press(_("Correct"), OPEN, carried(visit.observation.id)),
        ],
        summary=_("Feedback on the observation at %(institution)s", institution=visit.host.name),
    )


def read(
    _: Translator,
    given: Given,
    visit: Visit,
    addenda: Sequence[FeedbackAddendum],
    *,
    is_mine: bool,
    just_sent: bool = False,
    leads_home: bool = False,
    typed: AddForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """A feedback that was sent: for its author, who can add remarks, and for everyone else who may read it.

    R-46: what is taken home can be shared as practice, by the author where they lead there, else by those who do.
    """
    has_home = is_mine and bool(given.feedback.curious.home)
    next_step = (
        _("Next step: %(who)s reads it. I tell you when they have.", who=given.host.name)
        if given.acknowledged is None
        else _("%(who)s has read it.", who=given.host.name)
    )
    comment = given.acknowledged.reply.comment if given.acknowledged else ""
    return card(
        _,
        _("The feedback is sent") if just_sent else _("Feedback on an observation"),
        subtitle=visit_line(_, given.about, given.host),
        state=progress_state(_, visit.progress),
        seen_by=_read_by(_, given),
        body=[
            facts([(_("From"), f"{given.author.name}, {given.home.name}")], spacing="Medium"),
            *focus(_, visit),
            *content(_, given.feedback.described, given.feedback.curious),
            *added(_, addenda, given.author.name),
            *(
                [
                    text(_("Comment from %(host)s", host=given.host.name), small=True, subtle=True, spacing="Medium"),
                    said(comment, spacing="ExtraSmall"),
                ]
                if comment
                else []
            ),
            hint(_("The leaders of %(home)s can share what you take home as practice.", home=given.home.name))
            if has_home and not leads_home
            else None,
            note(next_step, sign="ArrowRight") if is_mine else None,
            *(_remark(_, typed, problems) if is_mine else []),
        ],
        actions=[
            press(_("Add the remark"), ADD, carried(given.feedback.id)) if is_mine else None,
            press(_("The oral feedback"), ORAL, carried(given.about.id, r=given.about.revision), inputs="none")
            if is_mine and given.about.oral_on is None
            else None,
            press(_("Share practice"), SHARE_PRACTICE, carried(given.feedback.id), inputs="none")
            if has_home and leads_home
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Feedback on the observation at %(institution)s", institution=given.host.name),
    )


def none_to_write(_: Translator) -> Card:
    return card(
        _,
        _("No feedback to write"),
        seen_by=_("only you"),
        body=[text(_("You write a feedback when you have observed at another institution."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=written(_, typed))


def written(_: Translator, typed: Form) -> list[Element]:
    """What was typed, to be copied."""
    half = typed.content
    described = half if isinstance(half, Described) else Described()
    return draft.given_back(_, content(_, described, half if isinstance(half, Curious) else Curious()))


def add_refused(_: Translator, typed: AddForm) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(typed.text)] if typed.text else []))


def _described(_: Translator, sheet: Sheet, half: Described, problems: Problems | None) -> list[Element]:
    notes = [said(each.text, by=_.clock(each.written_at), spacing="Small") for each in sheet.notes[-12:]]
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
        return hint(_("Describe before you make sense of it."))
    new = [each for each in sheet.notes if each.carried is None]
    if not sheet.feedback.is_begun or not new:
        return hint(_("Your notes stand in the field to begin with. They are deleted when you send."))
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
        *([hint(_("There is no question mark in it. A question opens more than advice does."))] if no_question else []),
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


def _remark(_: Translator, typed: AddForm | None, problems: Problems | None) -> list[Element]:
    return [
        long_input(
            "addendum",
            _("Add a remark"),
            value=typed.text if typed else "",
            placeholder=_("It is signed with your name and the date"),
            problem=wrong.at(_, problems, "addendum"),
            spacing="Large",
        ),
        names_hint(_),
    ]


def _read_by(_: Translator, given: Given) -> str:
    if given.acknowledged is not None:
        return _("the observer, the leaders of %(host)s and their chief", host=given.host.name)
    return _(
        "the observer and the leaders of %(host)s; their chief when they have acknowledged it, or after 14 days",
        host=given.host.name,
    )


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
