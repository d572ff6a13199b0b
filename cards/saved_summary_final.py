"""What becomes of a saved summary that is made final: the question before, and what stands in the chat afterwards."""

from dataclasses import dataclass
from uuid import UUID

from cards import form
from cards.form import Data, carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import bullets, note, text
from cards.saved_summary import OPEN, Sheet, editions, name_of, seen_by, state_of
from domain.saved_summary import SavedSummary

ASK_FINAL = "saved_summary.ask_final"
FINISH = "saved_summary.finish"


@dataclass(frozen=True, kw_only=True)
class FinishForm:
    """*Ja, gør det endeligt*, with the leaders' answers as the question knew them."""

    id: UUID
    seen: str

    @classmethod
    def read(cls, data: Data) -> "FinishForm":
        return cls(id=form.subject_id(data), seen=form.text(data, "v"))


def ask_final(
    _: Translator, summary: SavedSummary, answers: str, *, is_answered: bool, is_overtaken: bool, is_journal_on: bool
) -> Card:
    """What making it final does, before it is done; nothing of the summary itself is shown.

    `answers` marks those that there are, and `is_overtaken` says that one has come since the question was asked.
    """
    id_ = summary.id
    see = press(_("See the summary"), OPEN, carried(id_), primary=True) if is_overtaken else None
    return card(
        _,
        _("Make the summary final?"),
        subtitle=summary.scope,
        seen_by=_("only you"),
        body=[
            note(_("The leader has answered in the meantime. Read the answer before you make it final."), sign="People")
            if is_overtaken
            else None,
            bullets(
                [
                    _("It gets a number, and stays as it is."),
                    _(
                        "The institution's leaders, its Children and Youth chief, and the administration that takes "
                        "part there can read it."
                    ),
                    *([_("It is handed over to the municipality's journal.")] if is_journal_on else []),
                    _("What the leader says is printed with it.")
                    if is_answered
                    else _("It says that the leader has made no remark."),
                ],
                spacing="Medium",
            ),
            note(_("This cannot be undone. A change makes a new edition."), sign="Info"),
        ],
        actions=[
            see,
            press(_("Yes, make it final"), FINISH, carried(id_, v=answers), primary=see is None),
            None if see else press(_("Back"), OPEN, carried(id_)),
        ],
        summary=_("Supervision summary"),
    )


def final_now(_: Translator, sheet: Sheet) -> Card:
    """In the place of a card from before it was final."""
    return card(
        _,
        _("Supervision summary %(name)s", name=name_of(sheet.summary)),
        subtitle=sheet.summary.scope,
        state=state_of(_, sheet),
        seen_by=seen_by(_, sheet),
        body=[
            text(_("It was made final on %(day)s.", day=_.date(sheet.summary.final_at)), spacing="Medium")
            if sheet.summary.final_at
            else None,
            *editions(_, sheet),
        ],
        actions=[press(_("See the summary"), OPEN, carried(sheet.summary.id), primary=True)],
        summary=_("Supervision summary"),
    )
