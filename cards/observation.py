"""The invitation to observe, in three steps: whom, what to look for, and when; and what it is once it is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.guide import definition_of, folded, points_of
from cards.inputs import choices, date_input, long_input, text_input, time_input, toggle
from cards.kit import Action, Card, buttons, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import hint, names_hint, note, progress, said, text
from domain.appointment import MINUTES, Slot
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.focus_area import FocusArea
from domain.guide import ObservationGuide
from domain.observation import MOST_TIMES, InvitationContent, InvitationStep, Observation, What, When, Whom
from domain.observer import Candidate
from domain.organisation import Institution, Person
from domain.text import SHORT, TITLE

BEGIN = "observation.begin"
NEW = "observation.new"
OPEN_DRAFT = "observation.open"
NEXT = "observation.next"
BACK = "observation.back"
DRAFT = "observation.draft"
SEARCH = "observation.search"
SEND = "observation.send"

STEPS = {InvitationStep.WHOM: N_("Whom"), InvitationStep.WHAT: N_("What"), InvitationStep.WHEN: N_("When")}
LABELS = {
    "observer_id": N_("Whom would you like to invite?"),
    "search": N_("Find somebody else by name or institution"),
    "where": N_("Where will the observer be?"),
    "focus": N_("What should the observer look for?"),
    "points": N_("Focus points from the guide"),
    "focus_area_id": N_("Is it about one of your focus areas?"),
    "slots": N_("Suggested times"),
    "minutes": N_("For how long?"),
    "informed": N_("The staff"),
}
_OF_STEP = {
    InvitationStep.WHOM: ("observer_id",),
    InvitationStep.WHAT: ("where", "focus", "points", "focus_area_id"),
}
LISTED = 8
# A choice of its own: an empty one shows nothing as chosen.
NO_AREA = "none"


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """An invitation that is being written, for its author: `listed` are those to choose from just now.

    `suggested` says that they are suggestions and not what was searched for, `more` how many a search found besides.
    """

    institution: Institution
    author: Person
    observation: Observation
    guide: ObservationGuide
    listed: Sequence[Candidate]
    suggested: bool
    more: int = 0
    searched: str = ""
    chosen: Candidate | None = None
    focus_areas: Sequence[FocusArea] = ()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One step as it was typed; `was` marks what it held when the card was drawn, `search` is a name to look for."""

    observation_id: UUID
    step: InvitationStep
    content: InvitationContent = field(repr=False)
    search: str = field(default="", repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", InvitationStep) or InvitationStep.WHOM
        return cls(
            observation_id=form.subject_id(data),
            step=step,
            content=_READ[step](data),
            search=form.text(data, "search")[:TITLE],
            was=form.text(data, "v"),
        )


@dataclass(frozen=True, kw_only=True)
class Another:
    """Somebody else to be invited with the words of an invitation that came to nothing."""

    observation_id: UUID
    person_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "Another":
        return cls(observation_id=form.subject_id(data), person_id=form.optional_id(data, "o"))


def slots_in(data: Data, most: int = MOST_TIMES) -> tuple[Slot, ...]:
    """The times as typed, each at its place, up to the last that holds something."""
    slots = [Slot(form.day(data, f"day{place}"), form.clock(data, f"clock{place}")) for place in range(1, most + 1)]
    while slots and slots[-1].is_empty:
        slots.pop()
    return tuple(slots)


def slot_inputs(
    _: Translator, place: int, slot: Slot, problems: Problems | None, *, alone: bool = False
) -> list[Element]:
    """A day and a time of day."""
    day = _("Date") if alone else _("Date %(place)s", place=place)
    clock = _("Time of day") if alone else _("Time of day %(place)s", place=place)
    return [
        date_input(f"day{place}", day, value=slot.day, problem=wrong.at(_, problems, f"day{place}")),
        time_input(
            f"clock{place}", clock, value=slot.clock, problem=wrong.at(_, problems, f"clock{place}"), spacing="Small"
        ),
    ]


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The step it is at, with what is kept or was typed, and what is wrong with it."""
    observation = sheet.observation
    step = typed.step if typed else observation.step
    content = typed.content if typed else observation.content(step)
    return card(
        _,
        _("Invite to observe the learning environment"),
        subtitle=sheet.institution.name,
        seen_by=_(
            "only you. When you send it, whoever you invite and the leaders of your institution see it; "
            "your chief sees only a word for how far it is."
        ),
        minutes=3 if step is InvitationStep.WHOM else None,
        body=[
            progress(_, step.number, len(InvitationStep), _(STEPS[step])),
            *draft.notes(
                _,
                problems,
                viewer=sheet.author,
                written_by=sheet.author,
                written_at=observation.written_at,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, step, name),
            ),
            *_questions(_, sheet, content, problems),
        ],
        actions=_buttons(_, sheet, step),
        summary=_("Invite an observer to %(institution)s", institution=sheet.institution.name),
    )


def saved(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        sheet.institution.name,
        seen_by=_("only you"),
        go_on=press(_("Continue"), OPEN_DRAFT, carried(sheet.observation.id), primary=True),
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, written(_, typed)))


def written(_: Translator, typed: Form) -> list[Element]:
    """What was typed, by its question."""
    if not isinstance(typed.content, What):
        return []
    parts: list[Element] = []
    for name in ("where", "focus"):
        if words := getattr(typed.content, name):
            parts += [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words)]
    return parts


def step_of(problems: Problems) -> InvitationStep:
    """The first step in which something is wrong."""
    for step, names in _OF_STEP.items():
        if any(name in names for name in problems.fields):
            return step
    return InvitationStep.WHEN


def _questions(
    _: Translator, sheet: Sheet, content: InvitationContent, problems: Problems | None
) -> Sequence[Element | None]:
    match content:
        case Whom():
            return _whom(_, sheet, content, problems)
        case What():
            return _what(_, sheet, content, problems)
        case When():
            return _when(_, sheet, content, problems)


def _whom(_: Translator, sheet: Sheet, content: Whom, problems: Problems | None) -> list[Element | None]:
    listed = list(sheet.listed)
    if sheet.chosen and sheet.chosen.person_id not in {each.person_id for each in listed}:
        listed.insert(0, sheet.chosen)
    return [
        text(definition_of(_, sheet.guide), spacing="Medium"),
        folded(_, sheet.guide),
        _found(_, sheet),
        choices(
            "observer_id",
            label(_, "observer_id"),
            [(str(each.person_id), _name(_, sheet, each)) for each in listed],
            chosen=str(content.observer_id) if content.observer_id else "",
            required=True,
            problem=wrong.at(_, problems, "observer_id"),
        )
        if listed
        else None,
        _often(_, sheet),
        text_input(
            "search",
            label(_, "search"),
            value=sheet.searched,
            placeholder=_("For instance a first name, or a school"),
            limit=TITLE,
        ),
        buttons(press(_("Search"), SEARCH, _data(sheet, InvitationStep.WHOM))),
    ]


def _found(_: Translator, sheet: Sheet) -> Element:
    """Where the names below come from."""
    if sheet.suggested and sheet.listed:
        return hint(
            _("Three suggestions from other institutions: not used before, the same theme, the same kind, close by.")
        )
    if sheet.suggested:
        return note(_("There is nobody from another institution on my list yet. The administration can add people."))
    if not sheet.listed:
        return note(_("I found nobody of that name at another institution. Try fewer letters."), sign="Search")
    if sheet.more:
        return hint(_.ngettext("There is %(n)s more. Write more.", "There are %(n)s more. Write more.", sheet.more))
    return hint(_("These are the ones I found."))


def _name(_: Translator, sheet: Sheet, each: Candidate) -> str:
    """Rune Solgård · Fyrreskolen (samme tema, tæt på)"""
    reasons = [
        *([_("same theme")] if each.has_same_theme else []),
        *([_("close by")] if each.area_id == sheet.institution.area_id else []),
    ]
    named = f"{each.name} · {each.institution}"
    return f"{named} ({', '.join(reasons)})" if reasons else named


def _often(_: Translator, sheet: Sheet) -> Element | None:
    """I21: "the same observer more than twice for one host in a cycle gives a hint"."""
    if sheet.chosen is None or not sheet.chosen.is_often_used:
        return None
    return hint(
        _(
            "%(who)s has observed with you %(times)s times in this two-year period. Would another pair of eyes help?",
            who=sheet.chosen.name,
            times=sheet.chosen.used,
        ),
        sign="PeopleSwap",
    )


def _what(_: Translator, sheet: Sheet, content: What, problems: Problems | None) -> list[Element | None]:
    points = points_of(_, sheet.guide)
    more = [
        choices(
            "points",
            label(_, "points"),
            [(str(place), words) for place, words in enumerate(points)],
            chosen=[str(place) for place in content.points],
            many=True,
        )
    ]
    if sheet.focus_areas:
        more.append(
            choices(
                "focus_area_id",
                label(_, "focus_area_id"),
                [(NO_AREA, _("None in particular")), *((str(each.id), each.title) for each in sheet.focus_areas)],
                chosen=str(content.focus_area_id) if content.focus_area_id else NO_AREA,
                compact=True,
            )
        )
    chosen = [points[place] for place in content.points if place < len(points)]
    return [
        _often(_, sheet),
        text_input(
            "where",
            label(_, "where"),
            value=content.where,
            required=True,
            placeholder=_("For instance 2nd year, or the room Solen"),
            limit=TITLE,
            problem=wrong.at(_, problems, "where"),
        ),
        long_input(
            "focus",
            label(_, "focus"),
            value=content.focus,
            required=True,
            placeholder=_("For instance: who gets a say in the circle, and how?"),
            limit=SHORT,
            problem=wrong.at(_, problems, "focus"),
        ),
        *[hint(line, sign="Checkmark") for line in chosen],
        toggle_more(_("Pick from the guide"), "more", *more, spacing="Small"),
        names_hint(_),
    ]


def _when(_: Translator, sheet: Sheet, content: When, problems: Problems | None) -> list[Element]:
    slots = [content.slots[place] if place < len(content.slots) else Slot() for place in range(MOST_TIMES)]
    asked = {place: slot_inputs(_, place, slots[place - 1], problems) for place in (2, 3)}
    minutes = choices(
        "minutes",
        label(_, "minutes"),
        [(str(each), _("%(minutes)s minutes", minutes=each)) for each in MINUTES],
        chosen=str(content.minutes),
        compact=True,
    )
    # A time with which something is wrong comes out of the fold, and the length goes in: five inputs are shown at most.
    out = [place for place in asked if any(wrong.at(_, problems, f"{name}{place}") for name in ("day", "clock"))][:1]
    folded_away = [part for place in asked if place not in out for part in asked[place]]
    return [
        hint(_("One to three times. The observer accepts one of them, or proposes another."), spacing="Medium"),
        *slot_inputs(_, 1, slots[0], problems),
        *[part for place in out for part in asked[place]],
        *[
            hint(_slot_words(_, slots[place - 1]), sign="Calendar")
            for place in asked
            if place not in out and not slots[place - 1].is_empty
        ],
        toggle_more(_("More times"), "more_times", *folded_away, *([minutes] if out else []), spacing="Small"),
        *([] if out else [minutes]),
        toggle("informed", label(_, "informed"), _("The staff have been informed"), on=content.informed),
        hint(_("They must know before the visit. If they do not yet, I ask again the day before.")),
    ]


def _buttons(_: Translator, sheet: Sheet, step: InvitationStep) -> list[Action | None]:
    data = _data(sheet, step)
    is_last, is_first = step is InvitationStep.WHEN, step is InvitationStep.WHOM
    return [
        press(_("Send the invitation"), SEND, data, primary=True)
        if is_last
        else press(_("Next"), NEXT, data, primary=True),
        press(_("Save draft"), DRAFT, data),
        press(_("My overview"), overview.OPEN, carried(), inputs="none") if is_first else press(_("Back"), BACK, data),
    ]


def _data(sheet: Sheet, step: InvitationStep) -> dict[str, str | int]:
    return carried(sheet.observation.id, step=step.value, v=digest(sheet.observation.content(step)))


def _stored_words(_: Translator, sheet: Sheet, step: InvitationStep, name: str) -> str:
    """What a field holds, as words."""
    value = getattr(sheet.observation.content(step), name)
    match name:
        case "observer_id":
            return sheet.chosen.name if sheet.chosen else ""
        case "points":
            points = points_of(_, sheet.guide)
            return _.join(points[place] for place in value if place < len(points))
        case "focus_area_id":
            return next((each.title for each in sheet.focus_areas if each.id == value), "")
        case "slots":
            return _.join(_slot_words(_, each) for each in value if not each.is_empty)
        case "minutes":
            return _("%(minutes)s minutes", minutes=value)
        case "informed":
            return _("The staff have been informed") if value else ""
        case _other:
            return str(value)


def _slot_words(_: Translator, slot: Slot) -> str:
    clock = slot.clock.strftime("%H.%M" if _.language == "da" else "%H:%M") if slot.clock else ""
    return " ".join(filter(None, (_.weekday(slot.day) if slot.day else "", clock)))


def _read_whom(data: Data) -> Whom:
    return Whom(observer_id=form.optional_id(data, "observer_id"))


def _read_what(data: Data) -> What:
    places = form.text(data, "points").split(",")
    return What(
        where=form.text(data, "where"),
        focus=form.text(data, "focus"),
        points=tuple(sorted({int(each) for each in places if each.strip().isdecimal() and len(each) < 3})),
        focus_area_id=form.optional_id(data, "focus_area_id"),
    )


def _read_when(data: Data) -> When:
    minutes = form.number(data, "minutes")
    return When(
        slots=slots_in(data),
        minutes=minutes if minutes in MINUTES else MINUTES[1],
        informed=form.is_on(data, "informed"),
    )


_READ: dict[InvitationStep, Callable[[Data], InvitationContent]] = {
    InvitationStep.WHOM: _read_whom,
    InvitationStep.WHAT: _read_what,
    InvitationStep.WHEN: _read_when,
}
