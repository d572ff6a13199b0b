"""*Min oversigt*: where we are, the next date, and what waits; for a chief, one line per institution."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cards.form import carried
from cards.kit import Card, buttons, card, press
from cards.language import Translator
from cards.layout import Element, columns, group
from cards.meeting import OPEN as TO_MEETING
from cards.meeting import Meeting
from cards.meeting import line as meeting_line
from cards.parts import State, badge, facts, loop, section, text
from cards.words import GROUPS, dialogue_line, dialogue_name, dialogue_state, theme_title
from domain.agreement import Agreement
from domain.cycle import HALF_YEARS, Cycle, Theme
from domain.data_package import DataPackage
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea
from domain.organisation import Institution
from domain.perspective import Group, Recommendation

OPEN = "overview.open"
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
    """Something that waits: `verb` and `subject_id` open it."""

    kind: str
    verb: str
    subject_id: UUID
    institution: Institution
    dialogue: Dialogue | None = None
    package: DataPackage | None = None
    meeting: Meeting | None = None
    agreement: Agreement | None = None

    @classmethod
    def meet(cls, kind: str, verb: str, meeting: Meeting) -> "Task":
        """Something of a 1:1: its agenda, its note, or what the leader confirms."""
        about = meeting.one_on_one
        return cls(kind=kind, verb=verb, subject_id=about.id, institution=meeting.places[0], meeting=meeting)

    @classmethod
    def follow_up(cls, agreement: Agreement, where: Institution) -> "Task":
        kind, verb = "agreement", "agreement.open"
        return cls(kind=kind, verb=verb, subject_id=agreement.id, institution=where, agreement=agreement)

    @classmethod
    def hand_over(cls, where: Institution) -> "Task":
        """The agreements that a former leader has left."""
        return cls(kind="handover", verb="handover.open", subject_id=where.id, institution=where)

    @classmethod
    def prepare(cls, dialogue: Dialogue, where: Institution, *, handed: bool = False) -> "Task":
        kind = "handed" if handed else "prepare"
        return cls(kind=kind, verb="preparation.begin", subject_id=dialogue.id, institution=where, dialogue=dialogue)

    @classmethod
    def reflect(cls, dialogue: Dialogue, where: Institution) -> "Task":
        return cls(kind="reflect", verb="reflection.open", subject_id=dialogue.id, institution=where, dialogue=dialogue)

    @classmethod
    def decide(cls, dialogue: Dialogue, where: Institution) -> "Task":
        return cls(kind="decide", verb="decision.open", subject_id=dialogue.id, institution=where, dialogue=dialogue)

    @classmethod
    def answer(cls, recommendation: Recommendation, where: Institution) -> "Task":
        return cls(kind="answer", verb="recommendation.open", subject_id=recommendation.id, institution=where)

    @classmethod
    def read(cls, package: DataPackage, where: Institution) -> "Task":
        return cls(kind="read", verb="data_package.open", subject_id=package.id, institution=where, package=package)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One institution as its chief sees it."""

    institution: Institution
    dialogue: Dialogue | None
    is_unprepared: bool = False
    is_unrecorded: bool = False


def show(
    _: Translator,
    *,
    name: str,
    places: Sequence[Place],
    tasks: Sequence[Task],
    lines: Sequence[Line],
    meeting: Meeting | None = None,
) -> Card:
    """Only what there is: places for a leader, lines for a chief, the next 1:1, tasks for whoever has some."""
    body: list[Element | None] = []
    for place in places:
        body += [text(place.institution.name, strong=True, spacing="Large"), *place_lines(_, place)]
    if lines:
        body += _lines(_, lines)
    if meeting:
        body += _meeting(_, meeting)
    body.append(section(_("Waiting for you")))
    if tasks:
        body += [_task(_, task) for task in tasks]
    else:
        body.append(text(_("Nothing right now. I write when something comes."), spacing="Small"))
    return card(_, _("My overview"), subtitle=name, seen_by=_("only you"), body=body)


def place_lines(_: Translator, place: Place) -> list[Element]:
    """Where the institution is: the loop, the next date, the period, the themes, and who has been heard."""
    number = place.next_dialogue.number if place.next_dialogue else None
    parts: list[Element] = [{**_loop(_, place, number), "spacing": "Small"}]
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


def _meeting(_: Translator, meeting: Meeting) -> list[Element]:
    """The next 1:1: with whom and when, and nothing of what is in it."""
    words = [
        text(meeting.other.name, strong=True),
        text(_.moment(meeting.one_on_one.starts_at), small=True, subtle=True, spacing="None"),
    ]
    button = press(_("See the 1:1"), TO_MEETING, carried(meeting.one_on_one.id))
    return [section(_("Next 1:1")), columns(words, buttons(button, spacing="None"), spacing="Small")]


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


def _task(_: Translator, task: Task) -> Element:
    if task.dialogue:
        title, verb = {
            "prepare": (_("Prepare the learning dialogue"), _("Prepare")),
            "handed": (_("Fill in for a colleague"), _("Prepare")),
            "reflect": (_("Write the shared reflection"), _("Write")),
            "decide": (_("Write the decisions"), _("Decide")),
        }[task.kind]
        line = dialogue_line(_, task.dialogue, task.institution)
    elif task.meeting:
        title, verb = {
            "agenda": (_("See the agenda for the 1:1"), _("Agenda")),
            "note": (_("Write the note from the 1:1"), _("Note")),
            "confirm": (_("Confirm the note from the 1:1"), _("Read")),
        }[task.kind]
        line = meeting_line(_, task.meeting)
    elif task.agreement:
        title, verb = _("Follow up on an agreement"), _("Follow up")
        line = f"{task.institution.name} · {_.date(task.agreement.due)}"
    elif task.kind == "handover":
        title, line, verb = _("Hand over agreements"), task.institution.name, _("Open")
    elif task.kind == "answer":
        title, line, verb = _("Answer a recommendation"), task.institution.name, _("Answer")
    else:
        half_year = _.half_year(task.package.half_year) if task.package else ""
        title, line, verb = _("Read the data package"), f"{task.institution.name} · {half_year}", _("Open")
    words = [text(title, strong=True), text(line, small=True, subtle=True, spacing="None")]
    return columns(words, buttons(press(verb, task.verb, carried(task.subject_id)), spacing="None"), spacing="Small")
