"""Which colleague at the institution is asked to do something in one's place."""

from collections.abc import Sequence

from cards import problems as wrong
from cards.inputs import choices
from cards.kit import Action, Card, card
from cards.language import Translator
from cards.parts import text
from domain.errors import Problems
from domain.organisation import Institution, Person


def which_colleague(
    _: Translator,
    title: str,
    question: str,
    *,
    where: Institution,
    subtitle: str,
    explained: str,
    colleagues: Sequence[Person],
    ask: Action,
    back: Action,
    more: Action | None = None,
    problems: Problems | None = None,
) -> Card:
    """A list of the colleagues, whose choice arrives as `colleague`; or that there is nobody else yet."""
    nobody = _(
        "Nobody else at %(institution)s is on my list yet. The administration can add a colleague; "
        "until then your draft is here.",
        institution=where.name,
    )
    return card(
        _,
        title,
        subtitle=subtitle,
        seen_by=_("you; the colleague when you ask them"),
        body=[
            text(explained if colleagues else nobody, spacing="Medium"),
            choices(
                "colleague",
                question,
                [(str(each.id), each.name) for each in colleagues],
                compact=len(colleagues) > 5,
                placeholder=_("Choose a colleague"),
                error=_("Choose a colleague from the list."),
                problem=wrong.at(_, problems, "colleague"),
            )
            if colleagues
            else None,
        ],
        actions=[ask, more, back] if colleagues else [back],
    )
