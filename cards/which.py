"""Which of several: a button for each where there are few, a list where there are many or their names are alike."""

from collections.abc import Sequence
from uuid import UUID

from cards.form import carried
from cards.inputs import choices
from cards.kit import TITLE_LIMIT, Card, card, press
from cards.language import Translator
from cards.parts import bullets, hint
from domain.organisation import Institution

MOST_BUTTONS = 6
MANY = 12
MOST_ROWS = 150

# Behind one of these a name that is cut would be left hanging.
LEADING_ON = {
    *("og", "eller", "i", "på", "ved", "for", "af", "til", "med", "fra", "om", "at", "en", "et", "den", "det", "de")
}
LEADING_ON |= {*("and", "or", "in", "on", "of", "to", "with", "from", "a", "an", "the"), "·", "–", "&"}


def which(
    _: Translator, title: str, question: str, rows: Sequence[tuple[UUID, str, str]], verb: str, **more: str
) -> Card:
    """Asks for one of the rows, each an id with a name and a whole line; `verb` gets its id as `id`, and `more`.

    A long list can be searched in; of a very long one the first are shown, and the rest is found by its name. A
    shorter one stands open: a phone cuts what is chosen in a closed one.
    """
    titles = [short(name) for _id, name, _line in rows]
    lines = [line for _id, _name, line in rows]
    if len(rows) <= MOST_BUTTONS and len(set(titles)) == len(rows):
        return card(
            _,
            title,
            seen_by=_("only you"),
            body=[bullets(lines, spacing="Medium") if lines != titles else None],
            actions=[
                press(titles[number], verb, carried(subject_id, **more), primary=number == 0)
                for number, (subject_id, _name, _line) in enumerate(rows)
            ],
        )
    first, *_others = rows
    options = [(str(subject_id), line) for subject_id, _name, line in rows[:MOST_ROWS]]
    left = len(rows) - len(options)
    # Among many one writes the first letters, and nothing is chosen to begin with.
    chosen = "" if len(rows) > MANY else str(first[0])
    there_is_more = _.ngettext(
        "There is %(n)s more. Write the name after the word you wrote.",
        "There are %(n)s more. Write the name after the word you wrote.",
        left,
    )
    return card(
        _,
        title,
        seen_by=_("only you"),
        body=[
            choices(
                "id",
                question,
                options,
                chosen=chosen,
                compact=len(rows) > MANY,
                searchable=len(rows) > MANY,
                placeholder=_("Write the first letters") if len(rows) > MANY else None,
            ),
            hint(there_is_more) if left > 0 else None,
        ],
        actions=[press(_("Show"), verb, carried(None, **more), primary=True)],
    )


def which_place(_: Translator, places: Sequence[Institution], verb: str, **more: str) -> Card:
    """Asks for one of the institutions; `verb` gets its id, and `more`."""
    rows = [(where.id, where.name, where.name) for where in places]
    return which(_, _("Which institution?"), _("Institution"), rows, verb, **more)


def short(name: str) -> str:
    """A name cut to fit on a button: between two words, and not behind one that leads on to the next."""
    if len(name) <= TITLE_LIMIT:
        return name
    room = name[: TITLE_LIMIT - 1]
    words = (room if name[len(room)].isspace() else room.rpartition(" ")[0]).split()
    while len(words) > 1 and words[-1].strip("(") in LEADING_ON:
        words.pop()
    return (" ".join(words) or room).rstrip(" ·,–(") + "…"
