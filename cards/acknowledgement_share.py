"""Which colleagues at the institution shall be able to read a feedback that the host has got."""

from dataclasses import dataclass, field
from uuid import UUID

from cards import form
from cards import problems as wrong
from cards.acknowledgement import Sheet
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import hint, text
from cards.visit import visit_line
from domain.acknowledgement import Reply
from domain.aims import FourAims
from domain.errors import Problems

SHARE = "acknowledgement.share"
BACK = "acknowledgement.back"


@dataclass(frozen=True, kw_only=True)
class ShareForm:
    """Whom to show it to; `reply` is what was typed on the card before, which comes back with the next one."""

    feedback_id: UUID
    colleague_ids: tuple[UUID, ...]
    reply: Reply = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "ShareForm":
        return cls(
            feedback_id=form.subject_id(data),
            colleague_ids=form.ids(data, "colleagues"),
            reply=Reply(
                bring=form.text(data, "b"),
                focus_area_id=form.optional_id(data, "f"),
                comment=form.text(data, "c"),
                aims=form.choices(data, "a", FourAims),
            ),
        )


def ask(_: Translator, sheet: Sheet, reply: Reply, *, problems: Problems | None = None) -> Card:
    """Which colleagues at the institution shall be able to read it; nothing is taken back by it."""
    given = sheet.given
    already = {each.id for each in sheet.shared_with}
    open_to = [each for each in sheet.colleagues if each.id not in already]
    kept = {"b": reply.bring, "f": str(reply.focus_area_id or ""), "c": reply.comment, "a": ",".join(reply.aims)}
    nobody = _(
        "Nobody else at %(institution)s is on my list yet. The administration can add a colleague.",
        institution=given.host.name,
    )
    return card(
        _,
        _("Share with my team"),
        subtitle=visit_line(_, given.about, given.host),
        seen_by=_("you; the colleagues whom you choose read the whole feedback"),
        body=[
            hint(_("It can be read by: %(who)s", who=_.join(each.name for each in sheet.shared_with)))
            if sheet.shared_with
            else None,
            choices(
                "colleagues",
                _("Who should be able to read it?"),
                [(str(each.id), each.name) for each in open_to],
                many=True,
                problem=wrong.at(_, problems, "colleagues"),
            )
            if open_to
            else text(nobody, spacing="Medium"),
            hint(_("The observer can see who has read it.")),
        ],
        actions=[
            press(_("Share it"), SHARE, carried(given.feedback.id, **kept), primary=True) if open_to else None,
            press(_("Back"), BACK, carried(given.feedback.id, **kept), inputs="none"),
        ],
    )
