"""What stands around a form: what is wrong with it, what somebody else wrote meanwhile, and what became of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from cards import overview
from cards.form import carried
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.layout import Element
from cards.parts import State, conflict, hint, problem, section, text
from domain.errors import Problems
from domain.organisation import Person


def notes(
    _: Translator,
    problems: Problems | None,
    *,
    viewer: Person,
    written_by: Person | None,
    written_at: datetime | None,
    label: Callable[[str], str],
    words: Callable[[str], str],
) -> list[Element]:
    """Nothing when nothing is wrong. `label` is a field's question, `words` what is kept in it, as words."""
    if problems is None:
        return []
    meanwhile = [name for name, each in problems.fields.items() if each.code == "written_meanwhile"]
    if not meanwhile:
        return [problem(_("Something is missing or must be changed. Your text is still here."))]
    by_me = written_by is None or written_by.id == viewer.id
    who = _("You, in another place,") if by_me or written_by is None else written_by.name
    when = _.stamp(written_at) if written_at else ""
    return [conflict(_, who=who, when=when, words=words(name) or _("(empty)"), field=label(name)) for name in meanwhile]


def saved(_: Translator, subtitle: str, *, seen_by: str, go_on: Action, body: Sequence[Element] = ()) -> Card:
    """The draft is kept; it opens again where it was left."""
    return card(
        _,
        _("Your draft is saved"),
        subtitle=subtitle,
        state=State(_("Draft"), "accent", "Document"),
        seen_by=seen_by,
        body=[*body, text(_("It opens where you left it, also on another device."), spacing="Medium")],
        actions=[go_on, press(_("My overview"), overview.OPEN, carried())],
        summary=_("Your draft is saved"),
    )


def given_back(_: Translator, written: Sequence[Element]) -> list[Element]:
    """What was typed and cannot be kept, so that it can be copied; nothing where nothing was typed."""
    if not written:
        return []
    warning = hint(_("It is not saved anywhere. Copy what you want to keep."))
    return [section(_("This is what you wrote")), warning, *written]
