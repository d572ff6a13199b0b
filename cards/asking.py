"""What is asked back when a message can mean several things or nobody is called so, and the short word to thanks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cards import form, overview, welcome
from cards.form import Data, carried
from cards.kit import ACTION_LIMIT, Card, card, press
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.parts import bullets, hint, text
from cards.unused import data_of, unused_in
from cards.which import short
from domain.errors import NotAllowed
from domain.organisation import InstitutionType
from domain.slots import Candidate, Kind, Slots
from domain.unused import Unused
from domain.visit import LONGEST_NOTE

CHOOSE = "asking.choose"
TRY = "asking.try"
# What can be asked without anybody's name, where nobody is called like that.
WITHOUT_A_NAME = (N_("agreements"), N_("my overview"))

TYPES = {
    InstitutionType.DAYCARE: N_("day-care"),
    InstitutionType.SCHOOL: N_("school"),
    InstitutionType.LEISURE: N_("leisure institution"),
}


@dataclass(frozen=True)
class Option:
    """One that can be chosen: its name, and a word for what it is."""

    candidate: Candidate
    name: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was asked, what was chosen, and what is still unclear; `unused` was said besides, and is told with the
    answer."""

    intent: str
    slots: Slots
    chosen: Candidate
    left: tuple[tuple[Candidate, ...], ...] = ()
    unused: tuple[Unused, ...] = ()

    @classmethod
    def read(cls, data: Data) -> "Choice":
        try:
            left = json.loads(form.text(data, "left") or "[]")
            return cls(
                intent=form.text(data, "intent")[:40],
                slots=Slots.of_data(json.loads(form.text(data, "slots"))),
                chosen=_candidate(form.text(data, "chosen")),
                left=tuple(tuple(_candidate(each) for each in group) for group in left),
                unused=unused_in(form.text(data, "unused")),
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise NotAllowed from None


@dataclass(frozen=True)
class Example:
    """A question that is asked by a press, in its own words: as long as a note that asks something."""

    words: str

    @classmethod
    def read(cls, data: Data) -> "Example":
        return cls(form.text(data, "words")[:LONGEST_NOTE])


def ask_which(
    _: Translator,
    options: Sequence[Option],
    intent: str,
    slots: Slots,
    *,
    left: Sequence[Sequence[Candidate]] = (),
    unused: Sequence[Unused] = (),
    is_unknown: bool = False,
    is_asked_again: bool = False,
) -> Card:
    """Which of them is meant: "More than one reading → ask with buttons, never guess silently".

    A card has room for six; where a name is that of more people, it is asked for the whole of it as well. The options
    are those that the reader may ask about: of an unclear name one may be left, and of an unknown one none.
    """
    is_cut, options = len(options) > ACTION_LIMIT, options[:ACTION_LIMIT]
    titles = [title_of(_, options, each) for each in options]
    lines = [
        f"{number}. {each.name} – {each.what}" if title.startswith(f"{number}. ") else f"{each.name} – {each.what}"
        for number, (each, title) in enumerate(zip(options, titles, strict=True), start=1)
    ]
    return card(
        _,
        _("I do not know that name")
        if is_unknown
        else _("Is this the one you mean?")
        if len(options) == 1
        else _("Which one do you mean?"),
        seen_by=_("only you"),
        body=[
            text(
                _("I still need to know which one you mean:")
                if is_asked_again
                else _why_asked(_, len(options), is_unknown),
                spacing="Medium",
            ),
            _listed(lines) if options else None,
            hint(
                _("Or write the question again with the whole name.")
                if options
                else _("Write the question again with the whole name."),
                spacing="Medium",
            )
            if is_unknown or is_cut
            else None,
        ],
        actions=[
            choosing(title, each, intent, slots, left, unused) for each, title in zip(options, titles, strict=True)
        ]
        or [example(_, words) for words in WITHOUT_A_NAME],
    )


def _listed(lines: Sequence[str]) -> Element:
    """A row each; those that begin with their number have no other sign."""
    if all(line.startswith(f"{number}. ") for number, line in enumerate(lines, start=1)):
        return group(*[text(line, spacing="ExtraSmall") for line in lines], spacing="Small")
    return bullets(lines, spacing="Small")


def _why_asked(_: Translator, count: int, is_unknown: bool) -> str:
    """What the names below have to do with the one that was typed."""
    if not is_unknown:
        return _("The name matches several:") if count > 1 else _("Of those that you can ask about, the name matches:")
    if not count:
        return _("None of the institutions that you can ask about has a name that is like it.")
    if count == 1:
        return _("I would rather ask than show you the wrong place. This name is the nearest:")
    return _("I would rather ask than show you the wrong place. These names are the nearest:")


def nobody_called_so(
    _: Translator,
    options: Sequence[Option],
    intent: str,
    slots: Slots,
    *,
    unused: Sequence[Unused] = (),
    is_of_all: bool = True,
) -> Card:
    """No leader has that name; those whose names are like it, and nobody where none is.

    Unless it `is_of_all`, those are looked through whom the reader may ask about.
    """
    lines = [f"{each.name} – {each.what}" for each in options]
    none = (
        _("No leader in the municipality has that name or one that is like it.")
        if is_of_all
        else _("No leader that you can ask about has that name or one that is like it.")
    )
    alike = (
        _("These leaders have a name that is like it:")
        if len(options) > 1
        else _("This leader has a name that is like it:")
    )
    told = (
        [text(alike, spacing="Medium"), bullets(lines, spacing="Small")] if options else [text(none, spacing="Medium")]
    )
    again = (
        _("You can also write the question again with the name of the institution.")
        if options
        else _("Write the question again with the name of the institution.")
    )
    return card(
        _,
        _("I know no leader by that name"),
        seen_by=_("only you"),
        body=[*told, hint(again, spacing="Medium")],
        actions=[choosing(title_of(_, options, each), each, intent, slots, (), unused) for each in options]
        or [example(_, words) for words in WITHOUT_A_NAME],
    )


def choosing(
    title: str,
    option: Option,
    intent: str,
    slots: Slots,
    left: Sequence[Sequence[Candidate]],
    unused: Sequence[Unused],
) -> dict[str, object]:
    """The press that answers the question for this one."""
    asked = {
        "intent": intent,
        "slots": json.dumps(slots.as_data()),
        "left": json.dumps([[each.code for each in group] for group in left]),
        "unused": data_of(unused),
    }
    return press(title, CHOOSE, {**carried(chosen=option.candidate.code), **asked}, inputs="none")


def welcome_back(_: Translator) -> Card:
    """To thanks and goodbyes: a short word, and the way on."""
    return card(
        _,
        _("You are welcome"),
        seen_by=_("only you"),
        body=[
            text(_("Write to me when there is something, or write “help” to see what you can ask."), spacing="Medium")
        ],
        actions=[
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
            press(_("Who can see what?"), welcome.WHO_SEES, carried(), inputs="none"),
        ],
    )


def example(_: Translator, words: str) -> dict[str, object]:
    """The press that asks these words as if they had been typed."""
    said = _(words)
    return press(said[:1].upper() + said[1:], TRY, carried(words=said), inputs="none")


def title_of(_: Translator, options: Sequence[Option], option: Option) -> str:
    """The name, with what it is where two names are alike or an area is meant."""
    is_area = option.candidate.kind is Kind.AREA
    title = _("Area %(name)s", name=option.name) if is_area else option.name
    cut = short(title)
    alike = [each for each in options if short(each.name) == cut]
    return short(f"{options.index(option) + 1}. {title}") if len(alike) > 1 else cut


def _candidate(value: str) -> Candidate:
    (found,) = Slots.of_data({"candidates": [value]}).candidates
    return found
