"""*Min oversigt*: where we are, the next date, and what waits; for a chief, one line per institution."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form
from cards.form import Data, carried
from cards.kit import Card, buttons, card, press
from cards.language import Translator
from cards.layout import Element, columns, group
from cards.parts import State, badge, facts, loop, section, text
from cards.words import GROUPS, dialogue_line, dialogue_name, dialogue_state, last_word, theme_title
from domain.cycle import HALF_YEARS, Cycle, Theme
from domain.data_package import DataPackage
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea
from domain.organisation import Institution
from domain.perspective import Group, Recommendation

OPEN = "overview.open"
GATHERED = "overview.gathered"
REST = "overview.rest"
MOST_LINES = 20


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
class Task:
    """Something that waits: `verb` and `subject_id` open it. A gathered one has the `title` of its own card."""

    kind: str
    verb: str
    subject_id: UUID
    institution: Institution | None = None
    dialogue: Dialogue | None = None
    package: DataPackage | None = None
    is_late: bool = False
    title: str = field(default="", repr=False)

    @property
    def matter(self) -> tuple[str, UUID]:
        """The view and subject that it opens, by which a reminder of the same is known."""
        return self.verb.partition(".")[0], self.subject_id

    @classmethod
    def prepare(cls, dialogue: Dialogue, where: Institution, *, handed: bool = False) -> "Task":
        kind = "handed" if handed else "prepare"
        return cls(kind=kind, verb="preparation.begin", subject_id=dialogue.id, institution=where, dialogue=dialogue)

    @classmethod
    def reflect(cls, dialogue: Dialogue, where: Institution, *, is_late: bool = False) -> "Task":
        return cls(
            kind="reflect",
            verb="reflection.open",
            subject_id=dialogue.id,
            institution=where,
            dialogue=dialogue,
            is_late=is_late,
        )

    @classmethod
    def decide(cls, dialogue: Dialogue, where: Institution, *, is_late: bool = False) -> "Task":
        return cls(
            kind="decide",
            verb="decision.open",
            subject_id=dialogue.id,
            institution=where,
            dialogue=dialogue,
            is_late=is_late,
        )

    @classmethod
    def answer(cls, recommendation: Recommendation, where: Institution) -> "Task":
        return cls(kind="answer", verb="recommendation.open", subject_id=recommendation.id, institution=where)

    @classmethod
    def read(cls, package: DataPackage, where: Institution) -> "Task":
        return cls(kind="read", verb="data_package.open", subject_id=package.id, institution=where, package=package)

    @classmethod
    def gathered(cls, prompt_id: UUID, title: str) -> "Task":
        return cls(kind="gathered", verb=GATHERED, subject_id=prompt_id, title=title)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One institution as its chief sees it."""

    institution: Institution
    dialogue: Dialogue | None
    is_unprepared: bool = False
    is_unrecorded: bool = False


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
    more: int = 0,
) -> Card:
    """Only what there is: places for a leader, lines for a chief, tasks for whoever has some, and the way to more."""
    body: list[Element | None] = []
    for place in places:
        body += _place(_, place)
    if lines:
        body += _lines(_, lines)
    body.append(section(_("Waiting for you")))
    if tasks:
        body += _rows(_, tasks)
    else:
        body.append(text(_("Nothing right now. I write when something comes."), spacing="Small"))
    return card(
        _,
        _("My overview"),
        subtitle=name,
        seen_by=_("only you"),
        body=[*body, _and_more(_, more)],
        actions=[press(_("Show the rest"), REST, carried(since=len(tasks)))] if more else [],
    )


def show_rest(_: Translator, *, tasks: Sequence[Task], since: int, more: int) -> Card:
    """What found no room in the overview."""
    following = since + len(tasks)
    return card(
        _,
        _("Waiting for you"),
        subtitle=_("%(first)s to %(last)s of %(all)s", first=since + 1, last=following, all=following + more),
        seen_by=_("only you"),
        body=[*_rows(_, tasks), _and_more(_, more)],
        actions=[
            press(_("Show the rest"), REST, carried(since=following)) if more else None,
            press(_("My overview"), OPEN, carried()),
        ],
    )


def _and_more(_: Translator, more: int) -> Element | None:
    if not more:
        return None
    return text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True)


def _place(_: Translator, place: Place) -> list[Element]:
    parts: list[Element] = [text(place.institution.name, strong=True, spacing="Large")]
    number = place.next_dialogue.number if place.next_dialogue else None
    parts.append({**_loop(_, place, number), "spacing": "Small"})
    rows = []
    if place.next_dialogue:
        when = _.moment(place.next_dialogue.starts_at)
        rows.append((_("Next date"), f"{dialogue_name(_, place.next_dialogue)}, {when}"))
    else:
        rows.append((_("Next date"), _("No dialogue is planned yet")))
    if place.cycle:
        span = f"{_.half_year(place.cycle.first_half_year)} – {_.half_year(place.cycle.last_half_year)}"
        rows.append((_("Two-year period"), span))
    if place.themes:
        rows.append((_("Themes"), _.join(theme_title(_, each) for each in place.themes)))
    heard = [_(GROUPS[each]) for each in place.heard]
    rows.append((_("Perspectives this half-year"), _.join(heard) if heard else _("None yet")))
    if place.unheard:
        titles = _.join(each.title for each in place.unheard)
        rows.append((_("Not heard about by children or young people yet"), titles))
    parts.append(facts(rows, spacing="Small"))
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
    for line in lines[:MOST_LINES]:
        if line.dialogue is None:
            words = [
                text(line.institution.name, strong=True),
                text(_("No dialogue is planned yet"), small=True, subtle=True, spacing="None"),
            ]
            parts.append(group(*words, spacing="Small"))
            continue
        where = f"{dialogue_name(_, line.dialogue)} · {_.moment(line.dialogue.starts_at)}"
        words = [text(line.institution.name, strong=True), text(where, small=True, subtle=True, spacing="None")]
        parts.append(columns(words, badge(_state(_, line, line.dialogue)), spacing="Small"))
    if len(lines) > MOST_LINES:
        more = len(lines) - MOST_LINES
        parts.append(text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True))
    return parts


def _state(_: Translator, line: Line, dialogue: Dialogue) -> State:
    if line.is_unrecorded:
        return State(_("record missing"), "neutral")
    return State(_("not prepared"), "neutral") if line.is_unprepared else dialogue_state(_, dialogue.state)


def _rows(_: Translator, tasks: Sequence[Task]) -> list[Element]:
    """A row for each task; no two buttons of a card are called the same, since they can be read without their rows."""
    titles: list[str] = []
    rows = []
    for task in tasks:
        title = _title(_, task)
        number = titles.count(title) + 1
        titles.append(title)
        opens = press(title if number == 1 else f"{title} ({number})", task.verb, carried(task.subject_id))
        rows.append(columns(_words(_, task), buttons(opens, spacing="None"), spacing="Small"))
        if task.is_late:
            rows.append(last_word(_))
    return rows


def _title(_: Translator, task: Task) -> str:
    titles = {
        "prepare": _("Prepare"),
        "handed": _("Prepare"),
        "reflect": _("Write"),
        "decide": _("Decide"),
        "answer": _("Answer"),
    }
    return titles.get(task.kind, _("Open"))


def _words(_: Translator, task: Task) -> list[Element]:
    where = task.institution.name if task.institution else ""
    if task.title:
        title, *rest = task.title.split(" · ", 1)
        line = "".join(rest)
    elif task.dialogue and task.institution:
        title = {
            "prepare": _("Prepare the learning dialogue"),
            "handed": _("Fill in for a colleague"),
            "reflect": _("Write the shared reflection"),
            "decide": _("Write the decisions"),
        }[task.kind]
        line = dialogue_line(_, task.dialogue, task.institution)
    elif task.kind == "answer":
        title, line = _("Answer a recommendation"), where
    else:
        half_year = _.half_year(task.package.half_year) if task.package else ""
        title, line = _("Read the data package"), f"{where} · {half_year}"
    words = [text(title, strong=True)]
    if line:
        words.append(text(line, small=True, subtle=True, spacing="None"))
    return words
