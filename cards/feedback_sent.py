"""A feedback that was sent: how it is read, and the signed remarks that its author may add."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form, overview, remark
from cards.form import Data, carried
from cards.given import added, aims, content
from cards.kit import Card, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.parts import facts, hint, note, said, text
from cards.visit import ORAL, READ_FEEDBACK, Visit, focus, progress_state, visit_line
from cards.words import REMARK_ASKED
from domain.acknowledgement import Given
from domain.errors import Problems
from domain.feedback import FeedbackAddendum

READ = READ_FEEDBACK
ASK_REMARK = "feedback.ask_remark"
ADD = "feedback.add"
SHARE_PRACTICE = "practice.begin"


@dataclass(frozen=True, kw_only=True)
class AddForm:
    feedback_id: UUID
    text: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "AddForm":
        return cls(feedback_id=form.subject_id(data), text=form.text(data, "addendum"))


def read(
    _: Translator,
    given: Given,
    visit: Visit,
    addenda: Sequence[FeedbackAddendum],
    *,
    is_mine: bool,
    just_sent: bool = False,
    leads_home: bool = False,
    points_to_remark: bool = False,
    brings: str = "",
) -> Card:
    """A feedback that was sent: for its author, who can add remarks, and for everyone else who may read it.

    `brings` is what the host takes of it to the dialogue, for who reads the preparation: the author does not.

    To whoever has `just_sent` it, it is a receipt. Nothing is typed in it, so that a copy in somebody's chat can be
    drawn anew once it has been acknowledged.

    R-46: what is taken home can be shared as practice, by the author where they lead there, else by those who do.
    """
    has_home = is_mine and bool(given.feedback.curious.home)
    next_step = (
        _("Next step: %(who)s reads it. I will tell you when they have.", who=given.host.name)
        if given.acknowledged is None
        else _("%(who)s has read it.", who=given.host.name)
    )
    sign = "CheckmarkCircle" if given.acknowledged else "ArrowRight"
    written = [*focus(_, visit), *content(_, given.feedback.described, given.feedback.curious)]
    return card(
        _,
        _("The feedback is sent") if just_sent else _("Feedback on an observation"),
        subtitle=visit_line(_, given.about, given.host),
        state=progress_state(_, visit),
        seen_by=_read_by(_, given),
        body=[
            note(_("%(who)s has added a remark. It stands below.", who=given.author.name))
            if points_to_remark and addenda
            else None,
            None if just_sent else facts([(_("From"), f"{given.author.name}, {given.home.name}")], spacing="Medium"),
            *([toggle_more(_("See what you sent"), "sent", *written)] if just_sent else written),
            *aims(_, given),
            *added(_, addenda, given.author.name),
            *_comment(_, given),
            *_brought(_, brings),
            hint(_("The leaders of %(home)s can share what you take home as practice.", home=given.home.name))
            if has_home and not leads_home
            else None,
            note(next_step, sign=sign) if is_mine else None,
        ],
        actions=[
            press(_("Add a remark"), ASK_REMARK, carried(given.feedback.id), inputs="none") if is_mine else None,
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


def ask_remark(
    _: Translator,
    given: Given,
    addenda: Sequence[FeedbackAddendum],
    *,
    typed: AddForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """A signed remark by the author, on a card of its own; what it is about is read there, beside what is typed."""
    return card(
        _,
        _("Add a remark"),
        subtitle=visit_line(_, given.about, given.host),
        seen_by=_read_by(_, given),
        body=[
            text(_("What was sent stays as it is. Your remark is shown below it."), spacing="Medium"),
            *remark.asked(_, "addendum", _(REMARK_ASKED), typed.text if typed else "", problems),
            toggle_more(
                _("Read the feedback"),
                "feedback",
                *content(_, given.feedback.described, given.feedback.curious),
                *aims(_, given),
                *added(_, addenda, given.author.name),
                *_comment(_, given),
            ),
        ],
        actions=[
            press(_("Add the remark"), ADD, carried(given.feedback.id), primary=True),
            press(_("Back"), READ, carried(given.feedback.id), inputs="none"),
        ],
    )


def _comment(_: Translator, given: Given) -> list[Element]:
    """What the host wrote when they acknowledged it."""
    comment = given.acknowledged.reply.comment if given.acknowledged else ""
    if not comment:
        return []
    return [
        text(_("Comment from %(host)s", host=given.host.name), small=True, subtle=True, spacing="Medium"),
        said(comment, spacing="ExtraSmall"),
    ]


def _brought(_: Translator, brings: str) -> list[Element]:
    if not brings:
        return []
    return [
        text(_("Brought to the dialogue"), small=True, subtle=True, spacing="Medium"),
        said(brings, spacing="ExtraSmall"),
        hint(_("It is seen with the preparation, and the observer does not see it."), sign="LockClosed"),
    ]


def _read_by(_: Translator, given: Given) -> str:
    if given.acknowledged is not None:
        return _(
            "the observer, the leaders of %(host)s, those they share it with, their chief and the administration that "
            "takes part there",
            host=given.host.name,
        )
    return _(
        "the observer, the leaders of %(host)s and those they share it with; their chief and the administration that "
        "takes part there when they have acknowledged it, or after 14 days",
        host=given.host.name,
    )
