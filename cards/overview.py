"""*Min oversigt*: where we are, the next date, and what waits; for a chief, one line per institution."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import form
from cards import overview_coming as coming
from cards.form import Data, carried
from cards.kit import Action, Card, buttons, card, press
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.meeting import Meeting
from cards.more import and_more, first
from cards.parts import State, facts, loop, section, stated, text
from cards.task import Task
from cards.task_list import rows
from cards.words import GROUPS, dialogue_name, dialogue_state, progress_words, theme_title
from domain.cycle import HALF_YEARS, Cycle, Theme
from domain.dialogue import Dialogue, DialogueState
from domain.focus_area import FocusArea
from domain.observation import Observation, Progress
from domain.organisation import Institution, Person
from domain.perspective import Group
from domain.reach import Hindrance

OPEN = "overview.open"
REST = "overview.rest"
SHARED = "practice.ours"
READ = "preparation.begin"
MOST_LINES = 20
MOST_UNREACHED = 5

# A chief is told what stands in the way, and not who put it there.
HINDRANCES = {
    Hindrance.NO_ACCOUNT: N_("No account in the municipality's Teams"),
    Hindrance.NOT_IN_GROUP: N_("No account in the group that I write to"),
    Hindrance.SEVERAL_ACCOUNTS: N_("Several accounts have the e-mail on the list"),
    Hindrance.OTHER_ACCOUNT: N_("The account is another than the one on the list"),
    Hindrance.GUEST: N_("The account is a guest's"),
    Hindrance.DISABLED: N_("The account is closed"),
    Hindrance.REFUSED: N_("Teams does not allow me to be installed"),
    Hindrance.BLOCKED: N_("Teams takes no messages from me"),
    Hindrance.REMOVED: N_("I am not installed in Teams any more"),
    Hindrance.NOT_INSTALLED: N_("I am not installed in Teams yet"),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an institution is in its cycle; `held` counts the numbered dialogues that have been held."""

    institution: Institution
    cycle: Cycle | None
    next_dialogue: Dialogue | None
    held: int
    themes: Sequence[Theme]
    heard: Sequence[Group] = ()
    unheard: Sequence[FocusArea] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One institution as its chief sees it; `told` is the word for where its dialogue is, and `can_read` that the
    preparation is ready to be read."""

    institution: Institution
    dialogue: Dialogue | None
    told: DialogueState | None = None
    is_unprepared: bool = False
    is_unrecorded: bool = False
    can_read: bool = False
    observations: Sequence[tuple[Progress, bool]] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """Which of the tasks that found no room to show first."""

    since: int

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(since=max(form.number(data, "since"), 0))


def show(
    _: Translator,
    *,
    name: str,
    places: Sequence[Place],
    tasks: Sequence[Task],
    lines: Sequence[Line],
    unreached: Sequence[tuple[Institution, Person, Hindrance]] = (),
    more: int = 0,
    meeting: Meeting | None = None,
    visits: Sequence[tuple[Observation, Institution]] = (),
    is_shared: bool = False,
) -> Card:
    """Only what there is: places for a leader, lines for a chief, the next 1:1, the `visits` that an observer has
    agreed to make, what waits, and the way to `more`.

    `unreached` are the leaders of the chief's institutions to whom no message gets through, and why.

    `is_shared` says that others have shared practice about the leader's themes.
    """
    body: list[Element | None] = []
    for place in places:
        body += [text(place.institution.name, strong=True, spacing="Large"), *place_lines(_, place)]
    if lines:
        body += _lines(_, lines)
    if unreached:
        body += _unreached(_, unreached)
    if meeting:
        body += coming.meeting(_, meeting)
    if visits:
        body += coming.visits(_, visits)
    body.append(section(_("Waiting for you")))
    if tasks:
        body += rows(_, tasks)
    else:
        body.append(text(_("Nothing right now. I will write when there is something."), spacing="Small"))
    return card(
        _,
        _("My overview"),
        subtitle=name,
        summary=_("My overview"),
        seen_by=_("only you"),
        body=[*body, and_more(_, more)],
        actions=[
            press(_("Show the rest"), REST, carried(since=len(tasks))) if more else None,
            press(_("Practice on your themes"), SHARED, carried()) if is_shared else None,
        ],
    )


def show_rest(_: Translator, *, tasks: Sequence[Task], since: int, more: int) -> Card:
    """What found no room in the overview."""
    following = since + len(tasks)
    return card(
        _,
        _("Waiting for you"),
        subtitle=_("%(first)s to %(last)s of %(all)s", first=since + 1, last=following, all=following + more),
        seen_by=_("only you"),
        body=[*rows(_, tasks), and_more(_, more)],
        actions=[
            press(_("Show the rest"), REST, carried(since=following)) if more else None,
            press(_("My overview"), OPEN, carried()),
        ],
    )


def show_waiting(
    _: Translator,
    *,
    name: str,
    is_monday: bool,
    places: Sequence[Place],
    tasks: Sequence[Task],
    more: int,
    lines: Sequence[Line],
) -> Card:
    """The same, with what waits on top; `more` is how much waits besides the `tasks`."""
    count = len(tasks) + more
    waiting = (
        _.ngettext("It is Monday. You have %(n)s thing waiting:", "It is Monday. You have %(n)s things waiting:", count)
        if is_monday
        else _.ngettext("You have %(n)s thing waiting:", "You have %(n)s things waiting:", count)
    )
    body: list[Element | None] = [text(waiting, spacing="Medium"), *rows(_, tasks), and_more(_, more)]
    for place in places:
        body += [text(place.institution.name, strong=True, spacing="Large"), *place_lines(_, place)]
    if lines:
        body += _lines(_, lines)
    return card(
        _,
        _("My overview"),
        subtitle=name,
        summary=_("My overview"),
        seen_by=_("only you"),
        body=body,
        actions=[press(_("Show the rest"), REST, carried(since=len(tasks)))] if more else [],
    )


def place_lines(_: Translator, place: Place) -> list[Element]:
    """Where the institution is: the loop, the next date, the period, the themes, and who has been heard."""
    number = place.next_dialogue.number if place.next_dialogue else None
    parts: list[Element] = [{**_loop(_, place, number), "spacing": "Small"}]
    told = []
    if place.next_dialogue:
        when = _.moment(place.next_dialogue.starts_at)
        told.append((_("Next date"), f"{dialogue_name(_, place.next_dialogue)}, {when}"))
    else:
        told.append((_("Next date"), _("No dialogue is planned yet")))
    if place.cycle:
        span = f"{_.half_year(place.cycle.first_half_year)} – {_.half_year(place.cycle.last_half_year)}"
        told.append((_("Two-year period"), span))
    if place.themes:
        told.append((_("Themes"), " · ".join(theme_title(_, each) for each in place.themes)))
    heard = [_(GROUPS[each]) for each in place.heard]
    told.append((_("Perspectives this half-year"), " · ".join(heard) if heard else _("None yet")))
    if place.unheard:
        titles = " · ".join(each.title for each in place.unheard)
        told.append((_("No perspective from children or young people yet"), titles))
    parts.append(facts(told, spacing="Small"))
    return parts


def _loop(_: Translator, place: Place, number: int | None) -> Element:
    """R-29: "Hvor er vi i perioden?" """
    if number is not None:
        return loop(_, "dialogue", dialogue=number)
    return loop(_, "focus" if place.themes else "theme", dialogue=min(place.held + 1, HALF_YEARS))


def _lines(_: Translator, lines: Sequence[Line]) -> list[Element]:
    parts: list[Element] = [
        section(_("Your institutions, A to Å")),
        text(
            _("A date and a word. You see a preparation when its leader has made it ready."),
            small=True,
            subtle=True,
            spacing="None",
        ),
    ]
    readable = 0
    shown, more = first(lines, MOST_LINES)
    for line in shown:
        observed = [
            text(
                _("Observation: %(word)s", word=progress_words(_, progress, is_acknowledged=is_read)),
                small=True,
                subtle=True,
                spacing="None",
            )
            for progress, is_read in line.observations
        ]
        if line.dialogue is None:
            words = [
                text(line.institution.name, strong=True),
                text(_("No dialogue is planned yet"), small=True, subtle=True, spacing="None"),
                *observed,
            ]
            parts.append(group(*words, spacing="Small"))
            continue
        where = f"{dialogue_name(_, line.dialogue)} · {_.moment(line.dialogue.starts_at)}"
        words = [
            text(line.institution.name, strong=True),
            text(where, small=True, subtle=True, spacing="None"),
        ]
        parts += [*stated(words, _state(_, line), spacing="Small"), *observed]
        if line.can_read:
            readable += 1
            parts.append(buttons(_read(_, line.dialogue, readable), spacing="Small"))
    if left := and_more(_, more):
        parts.append(left)
    return parts


def _read(_: Translator, dialogue: Dialogue, number: int) -> Action:
    """To the preparation; no two buttons are called the same, since they can be read without their lines."""
    title = _("See preparation")
    shown = title if number == 1 else _("%(title)s no. %(number)s", title=title, number=number)
    return press(shown, READ, carried(dialogue.id))


def _unreached(_: Translator, unreached: Sequence[tuple[Institution, Person, Hindrance]]) -> list[Element]:
    """Who gets no message, and why: how Teams is set up, and nothing of what anybody has done or left undone."""
    parts: list[Element] = [
        section(_("Gets no messages from me")),
        text(_("Those who run the bot can see what it takes."), small=True, subtle=True, spacing="None"),
    ]
    shown, more = first(unreached, MOST_UNREACHED)
    for where, leader, why in shown:
        words = [
            text(f"{leader.name}, {where.name}", strong=True),
            text(_(HINDRANCES[why]), small=True, subtle=True, spacing="None"),
        ]
        parts.append(group(*words, spacing="Small"))
    if left := and_more(_, more):
        parts.append(left)
    return parts


def _state(_: Translator, line: Line) -> State:
    if line.is_unrecorded:
        return State(_("record missing"), "neutral")
    return State(_("not prepared"), "neutral") if line.is_unprepared else dialogue_state(_, line.told)
