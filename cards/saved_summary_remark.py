"""The leader's remark on a summary, as it is written and given back."""

from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import long_input
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import names_hint, text
from cards.saved_summary import OPEN, Sheet, own_words, seen_by
from cards.words import REMARK_ASKED
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.saved_summary import Comment

REMARK = "saved_summary.remark"


@dataclass(frozen=True, kw_only=True)
class RemarkForm:
    """A remark as typed; `was` marks what the leader's remark was when the card was drawn."""

    id: UUID
    comment: Comment = field(repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "RemarkForm":
        comment = Comment(remark=form.text(data, "remark"))
        return cls(id=form.subject_id(data), comment=comment, was=form.text(data, "v"))


def ask_remark(
    _: Translator, sheet: Sheet, *, typed: RemarkForm | None = None, problems: Problems | None = None
) -> Card:
    """The leader's remark, to be written or corrected until the summary is final."""
    mine = sheet.mine
    comment = typed.comment if typed else mine.comment if mine else Comment()
    return card(
        _,
        _("Remark on the summary"),
        subtitle=sheet.summary.scope,
        seen_by=seen_by(_, sheet),
        minutes=2,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.viewer,
                written_at=mine.last_written if mine else None,
                label=lambda _name: _(REMARK_ASKED),
                words=lambda _name: mine.remark if mine else "",
            ),
            text(_("It is printed with the summary, with your name and the date."), spacing="Medium"),
            long_input(
                "remark",
                _(REMARK_ASKED),
                value=comment.remark,
                required=True,
                placeholder=_("What would you like to add or correct?"),
                problem=wrong.at(_, problems, "remark"),
            ),
            names_hint(_),
        ],
        actions=[
            press(
                _("Save the remark"),
                REMARK,
                carried(sheet.summary.id, v=digest(mine.comment if mine else Comment())),
                primary=True,
            ),
            press(_("Back"), OPEN, carried(sheet.summary.id), inputs="none"),
        ],
        summary=_("Supervision summary"),
    )


def refused(_: Translator, words: str) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, own_words(words)))
