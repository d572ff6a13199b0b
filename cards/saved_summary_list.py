"""*Mine tilsynsresuméer*: all that the reader may see, newest first."""

from collections.abc import Collection, Sequence
from uuid import UUID

from cards import overview
from cards.form import carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import text
from cards.saved_summary import JOURNALISED, name_of, state_told
from domain.organisation import Institution
from domain.saved_summary import SavedSummary

OPEN_LISTED = "saved_summary.open_listed"

MOST_ROWS = 100


def show_all(
    _: Translator,
    found: Sequence[tuple[SavedSummary, Institution]],
    *,
    is_chief: bool,
    is_administration: bool = False,
    journalised: Collection[UUID] = (),
) -> Card:
    """The summaries that the reader may see, newest first, and a list to open one of."""
    leads = not (is_chief or is_administration)
    rows: list[Element] = [
        text(
            f"{_line(_, each)} · {_((JOURNALISED if each.id in journalised else state_told(each, leads=leads)).word)}",
            small=True,
            spacing="Small",
        )
        for each, _where in found[:10]
    ]
    empty = _("There is none yet. You find it here when your chief sends one for a remark.")
    if is_chief:
        empty = _("You have saved none yet. Ask for a supervision summary, and save it from there.")
    elif is_administration:
        empty = _("No summary is final yet for an institution that you take part in.")
    return card(
        _,
        _("My supervision summaries"),
        seen_by=_("only you"),
        body=[
            *(rows or [text(empty, spacing="Medium")]),
            choices(
                "listed",
                _("Which one do you want to open?"),
                [(str(each.id), _line(_, each)) for each, _where in found[:MOST_ROWS]],
                chosen=str(found[0][0].id),
                compact=True,
                searchable=len(found) > 12,
            )
            if found
            else None,
        ],
        actions=[
            press(_("Open"), OPEN_LISTED, carried(), primary=True) if found else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def _line(_: Translator, each: SavedSummary) -> str:
    return " · ".join(filter(None, (name_of(each), each.scope, _.date(each.made_at))))
