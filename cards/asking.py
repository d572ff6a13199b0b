"""What is asked back when a message can mean several things, and what is told of a message besides its answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards import form, overview, welcome
from cards.form import Data, carried
from cards.kit import ACTION_LIMIT, Card, below_head, buttons, card, press
from cards.language import N_, Translator
from cards.layout import Element, capital, group
from cards.parts import bullets, hint, note, text
from cards.which import short
from domain.errors import NotAllowed
from domain.organisation import InstitutionType
from domain.period import HalfYear
from domain.slots import Candidate, Kind, Slots, Unused, Why
from domain.visit import LONGEST_NOTE

CHOOSE = "asking.choose"
TRY = "asking.try"
AGAIN = "asking.again"
# Of what was said and not gone by, so much stands on a card: words of the question, and the other questions.
MOST_UNUSED, LONGEST_UNUSED = 8, 60

NOTHING = Slots()
UNUSED = {
    Why.HALF_YEARS: N_(
        "I cannot look for “%(words)s”, since I answer by half-years. The top of the answer says what it is about."
    ),
    Why.MORE_THAN_ONE: N_("The answer does not hold all of “%(words)s”. The top of it says what it is about."),
    Why.HAS_DATE: N_(
        "Every agreement and every measure has a date, so I cannot look for “%(words)s”. The answer shows "
        "them with the date."
    ),
    Why.WHOLE_HALF_YEARS: N_(
        "I compare whole half-years, so I cannot look for “%(words)s”. The top of the answer says which two."
    ),
    Why.NUMBERS: N_(
        "I do not choose by numbers, so I cannot look for “%(words)s”. The top of the answer says what it is about."
    ),
    Why.KINDS: N_(
        "I only know day-cares, schools and leisure institutions apart, so the answer is not of “%(words)s” alone. "
        "Narrow it down to those you mean."
    ),
    Why.LEFT_OUT: N_(
        "I cannot leave anything out, so the answer does not go by “%(words)s”. Write what you want to see."
    ),
    Why.CLASSES: N_("I know nothing of a single class such as “%(words)s”, only of the whole institution."),
    Why.DIALOGUES_HELD: N_("I take “%(words)s” to mean that no learning dialogue has been held there yet."),
    Why.NOT_PREPARED: N_("I take “%(words)s” to mean who has not prepared their learning dialogue yet."),
    Why.ONE_HALF: N_("“%(words)s” has two half-years. This answer is of %(half)s, and not of the other."),
    Why.OTHER_HALF: N_("The answer is of %(half)s, and not of “%(words)s”."),
    Why.HALVES_COMPARED: N_("Of each year one half is compared here. The other halves are a press away."),
    Why.NO_FIGURE: N_("I have no figure for “%(words)s”. These are the key figures there are."),
    Why.AREA_BESIDE: N_(
        "I have no figure of the whole municipality to put beside it. The area's stands in the data package, where "
        "there is one: write “data package”."
    ),
    Why.NO_ONE_ON_ONE: N_("I only know the 1:1s that were planned here, and look at this half-year alone."),
    Why.ALL_OF_YOURS: N_("The answer is of the institutions you are responsible for. You do not see others."),
    Why.UNKNOWN: N_("I cannot look for “%(words)s”, so the answer does not go by it."),
    Why.NOT_KNOWN: N_("I do not know “%(words)s”."),
    Why.NOT_SENT: N_("I send nothing to others. The answer is shown to you alone."),
    Why.ONE_AT_A_TIME: N_("I answer one question at a time. Write “%(words)s” by itself."),
    Why.MORE_AT_ONCE: N_("There are more questions in your message than I repeat here. Write them one at a time."),
}
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
            unused = json.loads(form.text(data, "unused") or "[]")
            return cls(
                intent=form.text(data, "intent")[:40],
                slots=Slots.of_data(json.loads(form.text(data, "slots"))),
                chosen=_candidate(form.text(data, "chosen")),
                left=tuple(tuple(_candidate(each) for each in group) for group in left),
                unused=tuple(_unused(*each) for each in unused[:MOST_UNUSED] if _is_known(*each)),
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise NotAllowed from None


@dataclass(frozen=True, kw_only=True)
class Again:
    """A question with what it is about, such as the other half of a year."""

    intent: str
    slots: Slots

    @classmethod
    def read(cls, data: Data) -> "Again":
        try:
            slots = Slots.of_data(json.loads(form.text(data, "slots")))
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise NotAllowed from None
        return cls(intent=form.text(data, "intent")[:40], slots=slots)


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
        "unused": json.dumps([_of_unused(each) for each in unused]),
    }
    return press(title, CHOOSE, {**carried(chosen=option.candidate.code), **asked}, inputs="none")


def with_unused(_: Translator, shown: Card, unused: Sequence[Unused], intent: str = "", slots: Slots = NOTHING) -> Card:
    """The same card, and above it what was said that the answer does not go by.

    The other half of a year, and another half-year that is named, is a press away: the same question with it.
    """
    told: list[Element] = []
    for each in unused[:MOST_UNUSED]:
        half = _.the_half_year(slots.half_year) if isinstance(slots.half_year, HalfYear) else ""
        told.append(note(_(UNUSED[each.why], words=each.words, half=half), sign="Info"))
        if each.other is not None and intent:
            told.append(buttons(_other(_, each.other, each.against, intent, slots)))
    return below_head(shown, *told)


def _other(_: Translator, other: HalfYear, against: HalfYear | None, intent: str, slots: Slots) -> dict[str, object]:
    """The press that asks the same of another half-year, or of another two."""
    about = replace(slots, half_year=other, compare_to=against or slots.compare_to)
    title = _("The other halves") if against else capital(_.half_year(other))
    asked = {"intent": intent, "slots": json.dumps(about.as_data())}
    return press(title, AGAIN, {**carried(), **asked}, inputs="none")


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


def _of_unused(unused: Unused) -> list[str]:
    """The release before reads no fourth part."""
    said = [unused.why, unused.words, str(unused.other or "")]
    return [*said, str(unused.against)] if unused.against else said


def _is_known(why: str, *_rest: object) -> bool:
    """Whether it is a reason that this release tells; beside a newer one, a button may hold another."""
    return why in list(Why)


def _unused(why: str, words: str, *halves: str) -> Unused:
    return Unused(Why(why), words[:LONGEST_UNUSED], *(HalfYear.parse_asked(each) if each else None for each in halves))


def _candidate(value: str) -> Candidate:
    (found,) = Slots.of_data({"candidates": [value]}).candidates
    return found
