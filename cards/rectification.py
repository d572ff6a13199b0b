"""A request for a correction as its author answers it, and as both see what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.note import TEXTS, label
from cards.parts import State, hint, names_hint, note, said, section, text
from domain.errors import Expired, NotAllowed, Problems
from domain.note import Note
from domain.organisation import Person
from domain.rectification import Matter, Rectification, RectificationState

BEGIN = "rectification.begin"
ASK = "rectification.ask"
OPEN = "rectification.open"
CORRECT = "rectification.correct"
DECLINE = "rectification.decline"

LABELS = {
    "wanted": N_("What is wrong, and what is right?"),
    "reason": N_("Why?"),
    "answer": N_("Why, or why not?"),
}

STATES = {
    RectificationState.ASKED: (N_("awaits an answer"), "accent"),
    RectificationState.CORRECTED: (N_("corrected"), "good"),
    RectificationState.DECLINED: (N_("not corrected"), "neutral"),
}


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """The author's answer: the note as it is to be, or what is added to the feedback, and a word on why.

    `was` is the version of the note that the card was drawn of.
    """

    rectification_id: UUID
    leading: str = field(repr=False)
    works: str = field(repr=False)
    attention: str = field(repr=False)
    addendum: str = field(repr=False)
    answer: str = field(repr=False)
    was: int = 0

    @classmethod
    def read(cls, data: Data) -> "AnswerForm":
        names = ("leading", "works", "attention", "addendum", "answer")
        return cls(
            rectification_id=form.subject_id(data),
            was=form.number(data, "v"),
            **{name: form.text(data, name) for name in names},
        )

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.leading, self.works, self.attention, self.addendum, self.answer)))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A request as one of the two sees it; `kept` and `number` are the note as it stands, None where it is none.

    `can_correct` is False for an author who may no longer write in it, and `is_gone` says that a rule for how long it
    is kept has deleted it.
    """

    request: Rectification
    asker: Person
    author: Person
    viewer: Person
    place: str
    at: datetime
    contact: str
    kept: Note | None = None
    number: int = 0
    can_correct: bool = True
    is_gone: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the viewer is whom it asks, and it waits."""
        return self.viewer.id == self.author.id and self.request.is_open


def show(_: Translator, sheet: Sheet) -> Card:
    """The request and what has become of it, for either of the two."""
    request = sheet.request
    word, tone = STATES[request.state]
    answered = request.answered_at
    return card(
        _,
        _("Request for a correction"),
        subtitle=_subtitle(_, sheet),
        state=State(_(word), tone),  # type: ignore[arg-type]
        seen_by=_("you and %(who)s", who=_other(sheet).name),
        body=[
            *_request(_, sheet),
            section(_("The answer")) if answered else None,
            said(
                request.answer or _("(without words)"),
                by=f"{sheet.author.name} · {_.date(answered)}",
                spacing="Small",
            )
            if answered
            else None,
            text(_("You will get an answer by %(day)s at the latest.", day=_.date(request.answer_by)), spacing="Medium")
            if request.is_open
            else None,
            hint(_outcome(_, sheet), spacing="Medium") if answered else None,
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
        summary=_("Request for a correction"),
    )


def ask_author(
    _: Translator, sheet: Sheet, *, typed: AnswerForm | None = None, problems: Problems | None = None
) -> Card:
    """The request to its author, with what stands there to be corrected."""
    request = sheet.request
    return card(
        _,
        _("Someone asks for a correction"),
        subtitle=_subtitle(_, sheet),
        seen_by=_("you and %(who)s", who=sheet.asker.name),
        minutes=3,
        body=[
            *notes(_, problems),
            *_request(_, sheet),
            section(_("Your answer")),
            *_fields(_, sheet, typed, problems),
            long_input(
                "answer",
                _(LABELS["answer"]),
                value=typed.answer if typed else "",
                problem=wrong.at(_, problems, "answer"),
            ),
            names_hint(_),
            hint(_("Please answer by %(day)s at the latest.", day=_.date(request.answer_by))),
        ],
        actions=[
            press(_("Save the correction"), CORRECT, carried(request.id, v=sheet.number), primary=True)
            if sheet.can_correct
            else None,
            # What is gone can neither be corrected nor be right.
            press(_("Send the answer"), DECLINE, carried(request.id, v=sheet.number), primary=True)
            if sheet.is_gone
            else press(_("It is right as it is"), DECLINE, carried(request.id, v=sheet.number)),
        ],
        summary=_("Someone asks for a correction"),
    )


def over(_: Translator, why: Expired, rectification_id: UUID, *, written: Sequence[Element]) -> Card:
    shown = refusal.show(_, why, written=draft.given_back(_, written))
    return {**shown, "actions": [press(_("See the request"), OPEN, carried(rectification_id)), *shown["actions"]]}


def refused(_: Translator, texts: Sequence[str]) -> Card:
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, given(texts)))


def given(texts: Sequence[str]) -> list[Element]:
    return [said(each, spacing="Small") for each in texts if each]


def corrected_words(_: Translator, request: Rectification) -> str:
    """The remark that stands with a note which was corrected: that it was, and why."""
    reasons = " ".join(filter(None, (request.reason, request.answer)))
    return " ".join(filter(None, (_("Corrected at the leader's request."), reasons)))


def _fields(_: Translator, sheet: Sheet, typed: AnswerForm | None, problems: Problems | None) -> list[Element]:
    if sheet.is_gone:
        return [note(_("What it is about has been deleted since, as its time was over. Answer in words."))]
    if not sheet.can_correct:
        return [
            note(
                _(
                    "You can no longer write in it, since you two are not in the same line of management. "
                    "Answer in words."
                )
            )
        ]
    if sheet.kept is None:
        return [
            hint(_("Feedback that was sent stays as it is. What you write here is added to it, with your name.")),
            long_input(
                "addendum",
                _("What is right?"),
                value=typed.addendum if typed else "",
                problem=wrong.at(_, problems, "addendum"),
            ),
        ]
    kept: Mapping[str, str] = {name: getattr(typed or sheet.kept, name) for name in TEXTS}
    return [
        hint(_("What you save is a new version of the note, and the earlier one stays beside it.")),
        *[long_input(name, label(_, name), value=kept[name], problem=wrong.at(_, problems, name)) for name in TEXTS],
    ]


def _request(_: Translator, sheet: Sheet) -> list[Element]:
    request = sheet.request
    by = f"{sheet.asker.name} · {_.date(request.asked_at)}"
    rows: list[Element] = [said(request.wanted, by=by, spacing="Medium")]
    if request.reason:
        rows.append(
            group(text(_(LABELS["reason"]), strong=True), text(request.reason, spacing="None"), spacing="Small")
        )
    if request.case:
        rows.append(hint(_("Sent on the person's behalf by the municipality, case %(case)s.", case=request.case)))
    return rows


def _outcome(_: Translator, sheet: Sheet) -> str:
    if sheet.request.state is RectificationState.DECLINED:
        return _(
            "If you do not agree, write to %(who)s. You can add a remark where it stands, and complain to the Danish "
            "Data Protection Agency.",
            who=sheet.contact,
        )
    if sheet.request.matter is Matter.FEEDBACK:
        return _("The correction stands under the feedback, signed by its author.")
    return _("The note has a new version. The earlier one stays beside it.")


def notes(_: Translator, problems: Problems | None) -> list[Element]:
    return draft.notes(_, problems, viewer=_nobody, written_by=None, written_at=None, label=str, words=lambda name: "")


def _other(sheet: Sheet) -> Person:
    return sheet.author if sheet.viewer.id == sheet.asker.id else sheet.asker


def _subtitle(_: Translator, sheet: Sheet) -> str:
    return " · ".join(filter(None, (matter_words(_, sheet.request.matter), sheet.place, _.date(sheet.at))))


def matter_words(_: Translator, matter: Matter) -> str:
    return _("Note from a 1:1") if matter is Matter.NOTE else _("Feedback on an observation")


_nobody = Person(name="", email="", aad_object_id="")
