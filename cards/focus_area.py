"""The cards of a local focus area: describing one that was chosen, adjusting and closing it, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Action, Card, again, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.parts import State, bullets, facts, hint, loop, names_hint, note, problem, said, section, text
from cards.which import which
from cards.words import SOURCES, dialogue_line, theme_title
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind
from domain.dialogue import Dialogue
from domain.errors import Expired, NotAllowed, Problems
from domain.focus_area import USUAL_MOST, Aim, Closing, FocusArea, FocusAreaState, FocusStatus, Measure
from domain.organisation import Institution, Person
from domain.practice import goes_well
from domain.status import Status
from domain.text import SHORT, TITLE

OPEN = "focus_area.open"
DESCRIBE = "focus_area.describe"
ADJUST = "focus_area.adjust"
CLOSE = "focus_area.close"
DECISIONS = "decision.open"
WRITE_STATUS = "focus_status.write"
UNCHANGED = "focus_status.unchanged"
SHARE_PRACTICE = "practice.begin"

SHOWN_ENTRIES = 3
SHOWN_LETTERS = 300

STATUSES = {
    Status.JUST_BEGUN: (N_("Just begun"), "neutral", "Circle"),
    Status.UNDER_WAY: (N_("Under way"), "accent", "ArrowRight"),
    Status.GOING_WELL: (N_("Going well"), "good", "CheckmarkCircle"),
    Status.NEEDS_ATTENTION: (N_("Needs attention"), "warning", "Info"),
    Status.ROOTED: (N_("Rooted"), "good", "CheckmarkCircle"),
}
CLOSINGS = {
    Closing.REACHED: N_("Reached"),
    Closing.ROOTED: N_("Rooted: it is part of everyday life"),
    Closing.CONTINUED: N_("Continued in the next two-year period"),
    Closing.DROPPED: N_("Dropped"),
}
LABELS = {
    "theme": N_("Which political theme is it close to?"),
    "title": N_("Focus area"),
    "why": N_("Why this one?"),
    "signs": N_("Which signs will you look for?"),
    "first_step": N_("First step: who does what?"),
    "first_step_on": N_("When?"),
    "continues": N_("Does it go on from an earlier focus area?"),
    "closing": N_("How did it end?"),
    "outcome": N_("What do you take with you from it?"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


def status_state(_: Translator, status: Status | None) -> State:
    """The word for where a focus area is, with its sign; *Valgt* before the first status."""
    if status is None:
        return State(_("Chosen"), "neutral", "Flag")
    word, tone, sign = STATUSES[status]
    return State(_(word), tone, sign)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a decision about a focus area needs: the focus area itself where there is one, and what can be chosen."""

    institution: Institution
    dialogue: Dialogue
    decision: Decision
    area: FocusArea | None
    themes: Sequence[Theme]
    earlier: Sequence[FocusArea] = ()
    active: int = 0


@dataclass(frozen=True, kw_only=True)
class Story:
    """A focus area with all that has been written about it, oldest first, as one person may read it."""

    institution: Institution
    area: FocusArea
    theme: Theme | None
    history: Sequence[tuple[FocusStatus, Person]]
    measures: Sequence[Measure] = ()
    before: FocusArea | None = None
    leads: bool = False

    @property
    def last(self) -> FocusStatus | None:
        return self.history[-1][0] if self.history else None


@dataclass(frozen=True, kw_only=True)
class AimForm:
    """The focus area as it was described, for the decision that chose or adjusts it."""

    decision_id: UUID
    aim: Aim = field(repr=False)
    continues: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "AimForm":
        return cls(
            decision_id=form.subject_id(data),
            aim=Aim(
                theme_id=form.optional_id(data, "theme"),
                title=form.text(data, "title"),
                why=form.text(data, "why"),
                signs=form.text(data, "signs"),
                first_step=form.text(data, "first_step"),
                first_step_on=form.day(data, "first_step_on"),
            ),
            continues=form.optional_id(data, "continues"),
        )


@dataclass(frozen=True, kw_only=True)
class CloseForm:
    decision_id: UUID
    closing: Closing | None
    outcome: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "CloseForm":
        return cls(
            decision_id=form.subject_id(data),
            closing=form.choice(data, "closing", Closing),
            outcome=form.text(data, "outcome"),
        )


def describe(_: Translator, sheet: Sheet, *, typed: AimForm | None = None, problems: Problems | None = None) -> Card:
    """Describes what was chosen, or writes what is new in what is adjusted; begins with what was decided."""
    area, is_new = sheet.area, sheet.decision.kind is DecisionKind.CHOOSE
    aim = typed.aim if typed else area.aim if area else Aim(why=sheet.decision.what.text)
    verb = DESCRIBE if is_new else ADJUST
    return card(
        _,
        _("Choosing a focus area") if is_new else _("Adjusting a focus area"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("the leaders of the institution, your chief and the administration, when you save it"),
        minutes=3 if is_new else 2,
        body=[
            problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
            _fourth(_) if is_new and sheet.active >= USUAL_MOST else None,
            *(_theme(_, sheet, aim, problems) if is_new else []),
            text_input(
                "title",
                label(_, "title"),
                value=aim.title,
                required=True,
                placeholder=_("For instance “More children taking part in play in the afternoon”"),
                limit=TITLE,
                problem=wrong.at(_, problems, "title"),
            ),
            long_input("why", label(_, "why"), value=aim.why, required=True, problem=wrong.at(_, problems, "why")),
            text_input(
                "signs",
                label(_, "signs"),
                value=aim.signs,
                required=True,
                placeholder=_("What do you see and hear when it works?"),
                limit=SHORT,
                problem=wrong.at(_, problems, "signs"),
            ),
            *(_continues(_, sheet, typed) if is_new else []),
            *_first_step(_, aim, problems),
            names_hint(_),
        ],
        actions=[
            press(_("Save the focus area"), verb, carried(sheet.decision.id), primary=True),
            press(_("See the decisions"), DECISIONS, carried(sheet.dialogue.id), inputs="none"),
        ],
    )


def ask_close(_: Translator, sheet: Sheet, *, typed: CloseForm | None = None, problems: Problems | None = None) -> Card:
    """How a focus area ended, as it was decided in the dialogue."""
    closing = typed.closing if typed else None
    return card(
        _,
        _("Close the focus area"),
        subtitle=sheet.area.title if sheet.area else None,
        seen_by=_("the leaders of the institution, your chief and the administration, when you save it"),
        body=[
            problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
            choices(
                "closing",
                label(_, "closing"),
                [(each.value, _(words)) for each, words in CLOSINGS.items()],
                chosen=closing or "",
                required=True,
                problem=wrong.at(_, problems, "closing"),
            ),
            long_input(
                "outcome",
                label(_, "outcome"),
                value=typed.outcome if typed else sheet.decision.what.text,
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, "outcome"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Close the focus area"), CLOSE, carried(sheet.decision.id), primary=True),
            press(_("See the decisions"), DECISIONS, carried(sheet.dialogue.id), inputs="none"),
        ],
    )


def show(_: Translator, story: Story, *, decided_in: Dialogue | None = None) -> Card:
    """One focus area and its whole history, newest first; `decided_in` leads back to the dialogue just recorded."""
    area, last = story.area, story.last
    rows = [(_("Theme"), theme_title(_, story.theme)), (_("Signs you look for"), area.signs)]
    if area.first_step:
        on = _.date(area.first_step_on) if area.first_step_on else ""
        rows.append((_("First step"), ", ".join(filter(None, (area.first_step, on)))))
    if story.before is not None:
        rows.append((_("Goes on from"), story.before.title))
    parts: list[Element] = [
        text(area.title, strong=True, spacing="Medium"),
        facts(rows, spacing="Small"),
        text(label(_, "why"), small=True, subtle=True, spacing="Medium"),
        said(area.why, spacing="ExtraSmall"),
    ]
    if area.closing is not None:
        parts += _ended(_, area)
    if story.measures:
        parts += [section(_("Measures")), bullets([measure_line(_, each) for each in story.measures], spacing="Small")]
    parts += [section(_("How it has gone")), *history(_, story.history, most=len(story.history), area=area)]
    can_write = story.leads and area.is_active
    return card(
        _,
        _("Focus area"),
        subtitle=story.institution.name,
        state=_state(_, area, last),
        seen_by=_("the leaders of the institution, your chief and the administration"),
        body=[*parts, _next_step(_, area, last) if can_write else None],
        actions=[
            press(_("Write a status"), WRITE_STATUS, carried(area.id), primary=not decided_in, inputs="none")
            if can_write
            else None,
            press(_("To the decisions"), DECISIONS, carried(decided_in.id), primary=True, inputs="none")
            if decided_in
            else None,
            share_practice(_, story),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(OPEN, carried(area.id)),
        summary=_("A focus area at %(institution)s", institution=story.institution.name),
    )


def share_practice(_: Translator, story: Story) -> Action | None:
    """The offer to its leaders, where it goes well."""
    if not story.leads or not goes_well(story.area, story.last):
        return None
    return press(_("Share practice"), SHARE_PRACTICE, carried(story.area.id), inputs="none")


def history(
    _: Translator,
    entries: Sequence[tuple[FocusStatus, Person]],
    *,
    most: int = SHOWN_ENTRIES,
    area: FocusArea | None = None,
) -> list[Element]:
    """The statuses, newest first and at most `most`, each with its word, its day, its author and what was written."""
    parts: list[Element] = []
    for status, author in list(reversed(entries))[:most]:
        state = status_state(_, status.status)
        head = f"{state.word} · {_.date(status.written_at)} · {author.name}"
        lines = [text(head, small=True, subtle=True)]
        if status.is_unchanged:
            lines.append(text(_("Unchanged"), spacing="None"))
        for name, words in (
            ("", status.seen),
            (_("For the children or young people:"), status.meaning),
            (_("What you learned:"), status.learned),
            (_("Next step:"), _next(_, status)),
        ):
            if words:
                lines.append(text(_short(words), lead=name or None, spacing="ExtraSmall"))
        if status.evidence:
            based = " · ".join(_(SOURCES[each]) for each in status.evidence)
            lines.append(text(_("Based on: %(data)s", data=based), small=True, subtle=True, spacing="ExtraSmall"))
        parts.append(group(*lines, spacing="Medium"))
    if not parts:
        chosen = _("Chosen %(day)s. No status yet.", day=_.date(area.chosen_at)) if area else _("No status yet.")
        parts.append(text(chosen, subtle=True, spacing="Small"))
    return parts


def brief(_: Translator, stories: Sequence[Story]) -> list[Element]:
    """R-36: "Every later dialogue starts with each focus area's history": a word, the latest, the rest folded away."""
    parts: list[Element] = [section(_("Your focus areas since last time"), spacing="Medium")]
    for number, story in enumerate(stories):
        state = status_state(_, story.last.status if story.last else None)
        latest = next((each for each, _author in reversed(story.history) if each.seen), None)
        since = _.date(story.last.written_at if story.last else story.area.chosen_at)
        lines = [text(story.area.title, strong=True), text(f"{state.word} · {since}", small=True, spacing="None")]
        if latest is not None:
            lines.append(text(_short(latest.seen), spacing="ExtraSmall"))
        parts.append(group(*lines, spacing="Small"))
        if len(story.history) > 1:
            title = _("The history of no. %(number)s", number=number + 1) if len(stories) > 1 else _("See its history")
            parts.append(toggle_more(title, f"history{number}", *history(_, story.history), spacing="ExtraSmall"))
    return parts


def choose(_: Translator, found: Sequence[tuple[FocusArea, Institution]], verb: str, *, several: bool) -> Card:
    """Which of several focus areas; `several` institutions are told apart."""
    rows = [(area.id, area.title, f"{area.title} · {where.name}" if several else area.title) for area, where in found]
    return which(_, _("Which focus area?"), _("Focus area"), rows, verb)


def none_yet(_: Translator) -> Card:
    return card(
        _,
        _("No focus areas yet"),
        seen_by=_("only you"),
        body=[
            text(
                _("Focus areas are chosen in a learning dialogue, after the shared reflection. Then they stand here."),
                spacing="Medium",
            )
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def over(_: Translator, why: Expired, written: Sequence[tuple[str, str]] = ()) -> Card:
    """Why the focus area cannot be changed now, and everything that was typed, to be copied."""
    reasons = {
        "focus_area_closed": _("The focus area has been closed, so what stands in it stays as it is."),
        "measure_ended": _("The measure has been ended, so what stands in it stays as it is."),
        "reflection_missing": _("Before you can record decisions, the shared reflection must be saved."),
        "dialogue_not_begun": _("The dialogue has not begun. You can write the decisions from then on."),
        "dialogue_cancelled": _("The dialogue has been cancelled, so there is nothing to decide."),
    }
    closed = _("The dialogue is closed, so what stands in it stays as it is.")
    return card(
        _,
        _("The card is out of date"),
        seen_by=_("only you"),
        body=[text(reasons.get(why.code, closed), spacing="Medium"), *given_back(_, written)],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
    )


def refused(_: Translator, written: Sequence[tuple[str, str]]) -> Card:
    """For somebody who may not write in it: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=given_back(_, written))


def given_back(_: Translator, written: Sequence[tuple[str, str]]) -> list[Element]:
    """What was typed, question and words, so that it can be copied."""
    parts: list[Element] = []
    for question, words in written:
        if words:
            parts += [text(question, small=True, subtle=True, spacing="Medium"), said(words, spacing="ExtraSmall")]
    return draft.given_back(_, parts)


def written_aim(_: Translator, typed: AimForm) -> list[tuple[str, str]]:
    return [(label(_, name), getattr(typed.aim, name)) for name in ("title", "why", "signs", "first_step")]


def measure_line(_: Translator, measure: Measure) -> str:
    """Makkerpar i dansk · teamet på 5. årgang · 1. maj 2026"""
    return " · ".join((measure.text, measure.owner, _.date(measure.due)))


def _continues(_: Translator, sheet: Sheet, typed: AimForm | None) -> list[Element]:
    """Which focus area it goes on from; last, so that a client does not keep another list's choices in it."""
    if not sheet.earlier:
        return []
    return [
        choices(
            "continues",
            label(_, "continues"),
            [(str(each.id), each.title) for each in sheet.earlier],
            chosen=str(typed.continues) if typed and typed.continues else "",
            compact=True,
            placeholder=_("No, it is a new one"),
        )
    ]


def _theme(_: Translator, sheet: Sheet, aim: Aim, problems: Problems | None) -> list[Element]:
    parts: list[Element] = [loop(_, "focus", dialogue=sheet.dialogue.number or 1)]
    if not sheet.themes:
        return [*parts, hint(_("No themes have been sent out for this half-year yet."))]
    only = str(sheet.themes[0].id) if len(sheet.themes) == 1 else ""
    parts.append(
        choices(
            "theme",
            label(_, "theme"),
            [(str(each.id), theme_title(_, each)) for each in sheet.themes],
            chosen=str(aim.theme_id) if aim.theme_id else only,
            compact=len(sheet.themes) > 4,
            required=True,
            problem=wrong.at(_, problems, "theme"),
        )
    )
    return parts


def _first_step(_: Translator, aim: Aim, problems: Problems | None) -> list[Element]:
    fields = {
        "first_step": text_input(
            "first_step",
            label(_, "first_step"),
            value=aim.first_step,
            placeholder=_("Optional"),
            limit=SHORT,
            problem=wrong.at(_, problems, "first_step"),
        ),
        "first_step_on": date_input(
            "first_step_on",
            label(_, "first_step_on"),
            value=aim.first_step_on,
            problem=wrong.at(_, problems, "first_step_on"),
        ),
    }
    # They stand behind the button, and come out when something is wrong with them.
    shown = [name for name in fields if wrong.at(_, problems, name)]
    hidden = [field for name, field in fields.items() if name not in shown]
    return [
        *[fields[name] for name in shown],
        *([toggle_more(_("The first step"), "first", *hidden, spacing="Small")] if hidden else []),
    ]


def _fourth(_: Translator) -> Element:
    return note(_("You have three focus areas already. Will you close one first – or go on?"), sign="Info")


def _state(_: Translator, area: FocusArea, last: FocusStatus | None) -> State:
    if area.state is FocusAreaState.CLOSED:
        return State(_("Closed"), "neutral", "LockClosed")
    return status_state(_, last.status if last else None)


def _ended(_: Translator, area: FocusArea) -> list[Element]:
    when: datetime | None = area.closed_at
    words = _(CLOSINGS[area.closing]) if area.closing else ""
    head = f"{words} · {_.date(when)}" if when else words
    parts: list[Element] = [section(_("How it ended")), text(head, spacing="Small")]
    return [*parts, said(area.outcome, spacing="Small")] if area.outcome else parts


def _next_step(_: Translator, area: FocusArea, last: FocusStatus | None) -> Element:
    if last is not None and last.status is Status.ROOTED:
        return note(_("Next step: close it at the next learning dialogue, if you agree – you."), sign="ArrowRight")
    if area.first_step and last is None:
        return note(_("Next step: the first step. I ask how it goes in eight weeks."), sign="ArrowRight")
    return note(
        _("Next step: I ask how it goes every eight weeks. You can write “status” any time."), sign="ArrowRight"
    )


def _next(_: Translator, status: FocusStatus) -> str:
    on = _.date(status.next_on) if status.next_on else ""
    return ", ".join(filter(None, (status.next_step, on)))


def _short(words: str) -> str:
    return words if len(words) <= SHOWN_LETTERS else words[: SHOWN_LETTERS - 1].rstrip() + "…"
