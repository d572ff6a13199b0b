"""Which of several: a button for each where there are few, a list where there are many or their names are alike."""

from collections.abc import Sequence
from uuid import UUID

from cards.form import carried
from cards.inputs import choices
from cards.kit import TITLE_LIMIT, Card, card, press
from cards.language import Translator
from cards.parts import bullets, hint

MOST_BUTTONS = 6
MOST_ROWS = 60


def which(_: Translator, title: str, question: str, rows: Sequence[tuple[UUID, str, str]], verb: str) -> Card:
    """Asks for one of the rows, each an id with a name and a whole line; `verb` gets its id as `id`.

    A long list can be searched in; of a very long one the first are shown, and the rest is found by its name.
    """
    more = len(rows) - MOST_ROWS
    rows = rows[:MOST_ROWS]
    names = {_short(name) for _id, name, _line in rows}
    if len(rows) <= MOST_BUTTONS and len(names) == len(rows):
        return card(
            _,
            title,
            seen_by=_("only you"),
            body=[bullets([line for _id, _name, line in rows], spacing="Medium")],
            actions=[
                press(_short(name), verb, carried(subject_id), primary=number == 0)
                for number, (subject_id, name, _line) in enumerate(rows)
            ],
        )
    first, *_others = rows
    options = [(str(subject_id), line) for subject_id, _name, line in rows]
    return card(
        _,
        title,
        seen_by=_("only you"),
        body=[
            choices("id", question, options, chosen=str(first[0]), compact=True),
            hint(
                _.ngettext(
                    "and %(n)s more: write the name after the word",
                    "and %(n)s more: write the name after the word",
                    more,
                )
            )
            if more > 0
            else None,
        ],
        actions=[press(_("Show"), verb, carried(), primary=True)],
    )


def _short(name: str) -> str:
    """A name cut to fit on a button."""
    return name if len(name) <= TITLE_LIMIT else name[: TITLE_LIMIT - 1].rstrip() + "…"
