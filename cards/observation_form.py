"""The invitation as it is written, step by step: whom, what to look for, and when."""

from collections.abc import Sequence

from cards import draft, overview
from cards import problems as wrong
from cards.appointment import slot_inputs
from cards.form import carried
from cards.guide import definition_of, folded, points_of
from cards.inputs import choices, long_input, text_input, toggle
from cards.kit import Action, Card, buttons, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.observation import BACK, DRAFT, NEXT, NO_AREA, SEARCH, SEND, Form, Sheet, label
from cards.parts import hint, names_hint, note, progress, text
from domain.appointment import MINUTES, Slot
from domain.draft import digest
from domain.errors import Problems
from domain.invitation import MOST_TIMES, InvitationContent, InvitationStep, What, When, Whom
from domain.observer import Candidate
from domain.text import SHORT, TITLE

STEPS = {InvitationStep.WHOM: N_("Whom"), InvitationStep.WHAT: N_("What"), InvitationStep.WHEN: N_("When")}


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
            "your chief and the administration see only a word for how far it is."
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
            _(
                "Suggestions from other institutions: first those who have not been with you, with the same "
                "theme, of the same kind and close by."
            )
        )
    if sheet.suggested:
        return note(_("There is nobody from another institution on my list yet. The administration can add people."))
    if not sheet.listed:
        return note(_("I found nobody of that name at another institution. Try fewer letters."), sign="Search")
    if sheet.more:
        return hint(
            _.ngettext(
                "There is %(n)s more. Write a little more.", "There are %(n)s more. Write a little more.", sheet.more
            )
        )
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
        hint(_("They must know before the visit. If they do not yet, I will ask again the day before.")),
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
    day = _.weekday(slot.day) if slot.day else ""
    return _.on_day_at(day, _.time_of_day(slot.clock) if slot.clock else "")
