"""The host reads a feedback, acknowledges that it was read, and says what it is brought to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.given import added, attaches, content
from cards.inputs import choices, long_input
from cards.kit import Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.later import put_off
from cards.layout import Element
from cards.observation import NO_AREA
from cards.parts import State, facts, hint, names_hint, note, problem, said, text
from cards.visit import ACKNOWLEDGE, READ_FEEDBACK, visit_line
from cards.words import AIMS, aims_line
from domain.acknowledgement import Given, Reply
from domain.aims import FourAims
from domain.errors import NotAllowed, Problems
from domain.feedback import FeedbackAddendum
from domain.focus_area import FocusArea
from domain.organisation import Person

OPEN = ACKNOWLEDGE
SAVE = "acknowledgement.save"
SAVE_AND_THANK = "acknowledgement.save_and_thank"
THANK = "acknowledgement.thank"
ASK_SHARE = "acknowledgement.ask_share"

LABELS = {
    "bring": N_("What will you bring to the learning dialogue?"),
    "focus_area_id": N_("Link to a focus area"),
    "comment": N_("Comment on the feedback"),
    "aims": N_("What is it about?"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A feedback with everything that its card for the host shows."""

    given: Given
    addenda: Sequence[FeedbackAddendum] = ()
    focus_areas: Sequence[FocusArea] = ()
    shared_with: Sequence[Person] = ()
    colleagues: Sequence[Person] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    feedback_id: UUID
    reply: Reply = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            feedback_id=form.subject_id(data),
            reply=Reply(
                bring=form.text(data, "bring"),
                focus_area_id=form.optional_id(data, "focus_area_id"),
                comment=form.text(data, "comment"),
                aims=form.choices(data, "aims", FourAims),
            ),
        )


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The whole feedback, and then what acknowledging means."""
    given = sheet.given
    reply = typed.reply if typed else Reply()
    data = carried(given.feedback.id)
    return card(
        _,
        _("Feedback for you to read"),
        subtitle=visit_line(_, given.about, given.host),
        seen_by=_(
            "the leaders of %(host)s, the observer and those you share it with. When you have acknowledged it, or "
            "after 14 days, also your chief and the administration that takes part.",
            host=given.host.name,
        ),
        minutes=3,
        body=[
            problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
            *_whole(_, sheet),
            note(_("Acknowledging means that you have read the feedback, not that you agree."), sign="CheckmarkCircle"),
            attaches(_, given),
            long_input(
                "bring",
                label(_, "bring"),
                value=reply.bring,
                placeholder=_("Optional; those who read the preparation see it"),
                problem=wrong.at(_, problems, "bring"),
            ),
            choices(
                "focus_area_id",
                label(_, "focus_area_id"),
                [(NO_AREA, _("None in particular")), *((str(each.id), each.title) for each in sheet.focus_areas)],
                chosen=str(reply.focus_area_id or given.about.what.focus_area_id or NO_AREA),
                compact=True,
            )
            if sheet.focus_areas
            else None,
            long_input(
                "comment",
                label(_, "comment"),
                value=reply.comment,
                placeholder=_("Optional; the observer sees it"),
                problem=wrong.at(_, problems, "comment"),
            ),
            toggle_more(
                label(_, "aims"),
                "about",
                choices(
                    "aims",
                    label(_, "aims"),
                    [(each.value, _(words)) for each, words in AIMS.items()],
                    chosen=reply.aims,
                    many=True,
                ),
                spacing="Small",
            ),
            names_hint(_),
        ],
        actions=[
            press(_("I have read it"), SAVE, data, primary=True),
            press(_("Acknowledge and thank"), SAVE_AND_THANK, data),
            press(_("Share with my team"), ASK_SHARE, data),
            put_off(_, "acknowledgement", given.feedback.id, "bring", "comment"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Feedback from an observation at %(institution)s", institution=given.host.name),
    )


def done(_: Translator, sheet: Sheet, *, written: Reply | None = None) -> Card:
    """What was acknowledged, with what was written about it; `written` is what another leader typed too late."""
    given = sheet.given
    acknowledged = given.acknowledged
    assert acknowledged is not None
    titles = {each.id: each.title for each in sheet.focus_areas}
    area = titles.get(acknowledged.reply.focus_area_id) if acknowledged.reply.focus_area_id else None
    rows = [(_("Focus area"), area)] if area else []
    if acknowledged.reply.aims:
        rows.append((_("Is about"), aims_line(_, acknowledged.reply.aims)))
    return card(
        _,
        _("Feedback from an observation"),
        subtitle=visit_line(_, given.about, given.host),
        state=State(_("Acknowledged"), "good"),
        seen_by=_(
            "the leaders of %(host)s, the observer, those you share it with, your chief and the administration that "
            "takes part; what you bring is seen with the preparation",
            host=given.host.name,
        ),
        body=[
            *(
                [
                    note(_("Another leader has acknowledged it in the meantime."), sign="History"),
                    *draft.given_back(_, _replied(_, written)),
                ]
                if written
                else []
            ),
            *_whole(_, sheet),
            *_replied(_, acknowledged.reply),
            facts(rows, spacing="Medium") if rows else None,
            hint(_("You have said thank you.")) if acknowledged.thanked_at else None,
            note(
                _("Next step for you: take it along to the next preparation. It is among the data."),
                sign="ArrowRight",
            ),
        ],
        actions=[
            None if acknowledged.thanked_at else press(_("Say thank you"), THANK, carried(given.feedback.id)),
            press(_("Share with my team"), ASK_SHARE, carried(given.feedback.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Feedback from an observation at %(institution)s", institution=given.host.name),
    )


def news(_: Translator, given: Given) -> Card:
    """For the observer: it was read, with the comment, and a thank you where there was one."""
    acknowledged = given.acknowledged
    assert acknowledged is not None
    return card(
        _,
        _("Your feedback has been read"),
        subtitle=visit_line(_, given.about, given.host),
        seen_by=_("you and the leaders of %(host)s", host=given.host.name),
        body=[
            text(_("%(host)s has read your feedback.", host=given.host.name), spacing="Medium"),
            text(_("They say thank you."), spacing="Small") if acknowledged.thanked_at else None,
            *(
                [
                    text(_("Comment from %(host)s", host=given.host.name), small=True, subtle=True, spacing="Medium"),
                    said(acknowledged.reply.comment, spacing="ExtraSmall"),
                ]
                if acknowledged.reply.comment
                else []
            ),
        ],
        actions=[
            press(_("Read the feedback"), READ_FEEDBACK, carried(given.feedback.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("%(institution)s has read your feedback", institution=given.host.name),
    )


def none_waits(_: Translator) -> Card:
    return card(
        _,
        _("No feedback waiting"),
        seen_by=_("only you"),
        body=[text(_("There is no feedback for you to acknowledge just now."), spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def refused(_: Translator, reply: Reply) -> Card:
    """For somebody who may not acknowledge it: their own words, and nothing of the feedback."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, _replied(_, reply)))


def _replied(_: Translator, reply: Reply) -> list[Element]:
    parts: list[Element] = []
    for name in ("bring", "comment"):
        if words := getattr(reply, name):
            parts += [
                text(label(_, name), small=True, subtle=True, spacing="Medium"),
                said(words, spacing="ExtraSmall"),
            ]
    return parts


def _whole(_: Translator, sheet: Sheet) -> list[Element]:
    given = sheet.given
    rows = [(_("From"), f"{given.author.name}, {given.home.name}")]
    if given.about.oral_on:
        rows.append((_("Oral feedback"), _.date(given.about.oral_on)))
    return [
        facts(rows, spacing="Medium"),
        text(given.about.what.focus, lead=_("Focus:"), spacing="Medium"),
        *content(_, given.feedback.described, given.feedback.curious),
        *added(_, sheet.addenda, given.author.name),
    ]
