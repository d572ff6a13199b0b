"""The forms that a decision about a focus area leads to: describing the one it chose, adjusting one, closing one."""

from cards import draft
from cards import problems as wrong
from cards.focus_area import CLOSINGS
from cards.focus_area_aim import ADJUST, CLOSE, CLOSE_LATER, DESCRIBE, LATER, AimForm, CloseForm, Sheet, label
from cards.form import carried
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import hint, loop, names_hint, note, problem
from cards.theme import WITH
from cards.words import AIMS, aims_line, dialogue_line, theme_title
from domain.cycle import Theme
from domain.decision import DecisionKind
from domain.draft import digest
from domain.errors import Problems
from domain.focus_area import ASKED_EVERY, USUAL_MOST, Aim
from domain.text import SHORT, TITLE

# How many there are already, as one says it.
COUNTED = {3: N_("three"), 4: N_("four"), 5: N_("five"), 6: N_("six")}


def describe(_: Translator, sheet: Sheet, *, typed: AimForm | None = None, problems: Problems | None = None) -> Card:
    """Describes what was chosen, or writes what is new in what is adjusted; begins with what was decided."""
    is_new = sheet.decision.kind is DecisionKind.CHOOSE
    aim = typed.aim if typed else sheet.begins_with
    verb = DESCRIBE if is_new else ADJUST
    about = carried(
        sheet.decision.id,
        o="1" if sheet.begins_with.theme_id or (typed and typed.had_aims) else "",
        v=digest(sheet.area.aim) if sheet.area else "",
    )
    return card(
        _,
        _("Choose focus area") if is_new else _("Adjust the focus area"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("the leaders of the institution, your chief and the administration, when you save it"),
        minutes=3 if is_new else 2,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=sheet.area.written_at if sheet.area else None,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, name),
            ),
            _many(_, sheet.active) if is_new and sheet.active >= USUAL_MOST else None,
            *(_theme(_, sheet, aim, problems) if is_new else []),
            text_input(
                "title",
                label(_, "title"),
                value=aim.title,
                required=True,
                placeholder=_("For instance “More children join in”"),
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
            *(_continues(_, sheet, typed, problems) if is_new else []),
            *_more(_, aim, problems),
            *(_undiscussed(_, sheet, typed, problems) if is_new and sheet.undiscussed else []),
            names_hint(_),
        ],
        actions=[press(_("Save the focus area"), verb, about, primary=True), press(_("Not now"), LATER, about)],
        summary=_("A focus area at %(institution)s waits to be described", institution=sheet.institution.name),
    )


def ask_close(_: Translator, sheet: Sheet, *, typed: CloseForm | None = None, problems: Problems | None = None) -> Card:
    """How a focus area ended, as it was decided in the dialogue."""
    closing = typed.closing if typed else None
    about = carried(sheet.decision.id)
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
            press(_("Close the focus area"), CLOSE, about, primary=True),
            press(_("Not now"), CLOSE_LATER, about),
        ],
        summary=_("A focus area at %(institution)s waits to be closed", institution=sheet.institution.name),
    )


def _continues(_: Translator, sheet: Sheet, typed: AimForm | None, problems: Problems | None) -> list[Element]:
    """Which focus area it goes on from; last, so that a client does not keep another list's choices in it."""
    if not sheet.earlier:
        return []
    known = {str(each.id) for each in sheet.earlier}
    chosen = str(typed.continues) if typed and typed.continues else ""
    return [
        choices(
            "continues",
            label(_, "continues"),
            [(str(each.id), each.title) for each in sheet.earlier],
            chosen=chosen if chosen in known else "",
            compact=True,
            placeholder=_("No, it is a new one"),
            problem=wrong.at(_, problems, "continues"),
        )
    ]


def _theme(_: Translator, sheet: Sheet, aim: Aim, problems: Problems | None) -> list[Element]:
    parts: list[Element] = [loop(_, "focus", dialogue=sheet.dialogue.number)]
    if not sheet.themes:
        return [*parts, hint(_("No themes have been sent out for this half-year yet."))]
    known = {each.id for each in sheet.themes}
    parts.append(
        choices(
            "theme",
            label(_, "theme"),
            [(str(each.id), _themed(_, each)) for each in sheet.themes],
            chosen=str(aim.theme_id) if aim.theme_id in known else "",
            compact=len(sheet.themes) > 4,
            required=True,
            problem=wrong.at(_, problems, "theme"),
        )
    )
    return parts


def _themed(_: Translator, theme: Theme) -> str:
    """Overgange og deltagelse (trivsel · dannelse)"""
    aims = aims_line(_, theme.aims).lower()
    return f"{theme_title(_, theme)} ({aims})" if aims else theme_title(_, theme)


def _more(_: Translator, aim: Aim, problems: Problems | None) -> list[Element]:
    """What one need not say, behind a button; a field comes out when something is wrong with it."""
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
        "owner": text_input(
            "owner",
            label(_, "owner"),
            value=aim.owner,
            placeholder=_("For instance “the team of year 5”"),
            limit=TITLE,
            problem=wrong.at(_, problems, "owner"),
        ),
        "aims": choices(
            "aims",
            label(_, "aims"),
            [(each.value, _(words)) for each, words in AIMS.items()],
            chosen=aim.aims,
            many=True,
            problem=wrong.at(_, problems, "aims"),
        ),
        "asked_every": choices(
            "asked_every",
            label(_, "asked_every"),
            [(str(weeks), _rhythm(_, weeks)) for weeks in ASKED_EVERY],
            chosen=str(aim.asked_every) if aim.asked_every in ASKED_EVERY else "",
            compact=True,
            problem=wrong.at(_, problems, "asked_every"),
        ),
    }
    shown = [name for name in fields if _is_wrong(problems, name)]
    hidden = [field for name, field in fields.items() if name not in shown]
    return [*[fields[name] for name in shown], toggle_more(_("More about it"), "more", *hidden, spacing="Small")]


def _is_wrong(problems: Problems | None, name: str) -> bool:
    """Whether something is to be changed here; what somebody else has written meanwhile is told on top."""
    found = problems.fields.get(name) if problems else None
    return found is not None and found.code != "written_meanwhile"


def _rhythm(_: Translator, weeks: int) -> str:
    if not weeks:
        return _("Do not ask")
    return _("Every %(n)s weeks", n=_.number(weeks))


def _undiscussed(_: Translator, sheet: Sheet, typed: AimForm | None, problems: Problems | None) -> list[Element]:
    """R-27: "Record the local discussion (who took part) before choosing": a hint, and no hindrance."""
    found = wrong.at(_, problems, "discussed")
    lacking = [theme_title(_, each) for each in sheet.undiscussed]
    words = (
        _(
            "You have not written yet whom you have discussed the themes with. You can do it here, for the one you "
            "choose."
        )
        if len(lacking) == len(sheet.themes)
        else _(
            "You have written whom you have discussed some of the themes with, but not yet: %(themes)s. If you choose "
            "a theme that is lacking, you can do it here.",
            themes=_.join(lacking),
        )
    )
    return [
        hint(words, sign="People"),
        toggle_more(
            _("With whom?"),
            "with",
            choices(
                "discussed",
                label(_, "discussed"),
                [(each.value, _(words)) for each, words in WITH.items()],
                chosen=typed.discussed if typed else (),
                many=True,
                problem=found,
            ),
            spacing="Small",
            is_open=found is not None,
        ),
    ]


def _many(_: Translator, active: int) -> Element:
    count = _(COUNTED[active]) if active in COUNTED else _.number(active)
    words = _("You already have %(count)s focus areas. Do you want to close one first, or continue?", count=count)
    return note(words, sign="Info")


def _stored_words(_: Translator, sheet: Sheet, name: str) -> str:
    """What a field holds, as words."""
    assert sheet.area is not None
    match name:
        case "first_step_on":
            return _.date(sheet.area.first_step_on) if sheet.area.first_step_on else ""
        case "aims":
            return aims_line(_, sheet.area.aims)
        case "asked_every":
            return _rhythm(_, sheet.area.asked_every)
        case _other:
            return str(getattr(sheet.area, name))
