"""The cards that a decision about a focus area leads to: describing the one it chose, adjusting one, closing one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form
from cards import problems as wrong
from cards.focus_area import CLOSINGS
from cards.form import Data, carried
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import hint, loop, names_hint, note, problem
from cards.theme import WITH
from cards.words import AIMS, aims_line, dialogue_line, theme_title
from domain.aims import FourAims
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind
from domain.dialogue import Dialogue
from domain.draft import digest
from domain.errors import Problems
from domain.focus_area import ASKED_EVERY, USUAL_MOST, USUALLY_EVERY, Aim, Closing, FocusArea
from domain.organisation import Institution, Person
from domain.text import SHORT, TITLE
from domain.theme import DiscussedWith

DESCRIBE = "focus_area.describe"
ADJUST = "focus_area.adjust"
CLOSE = "focus_area.close"
LATER = "focus_area.later"
CLOSE_LATER = "focus_area.close_later"

LABELS = {
    "theme": N_("Which political theme is it close to?"),
    "title": N_("Focus area"),
    "why": N_("Why this one?"),
    "signs": N_("Which signs will you look for?"),
    "first_step": N_("First step: who does what?"),
    "first_step_on": N_("When?"),
    "aims": N_("What should it strengthen?"),
    "owner": N_("Who is responsible for it?"),
    "asked_every": N_("How often should I ask how it is going?"),
    "discussed": N_("Whom have you discussed the theme with?"),
    "continues": N_("Does it continue an earlier focus area?"),
    "closing": N_("How did it end?"),
    "outcome": N_("What do you take with you from it?"),
}
_ASKED_AS = {"theme_id": "theme"}
# How many there are already, as one says it.
COUNTED = {3: N_("three"), 4: N_("four"), 5: N_("five"), 6: N_("six")}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[_ASKED_AS.get(name, name)])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a decision about a focus area needs: the focus area itself where there is one, and what can be chosen.

    `undiscussed` are those of the themes that were not discussed locally yet, as far as the bot has been told.
    """

    institution: Institution
    dialogue: Dialogue
    decision: Decision
    area: FocusArea | None
    themes: Sequence[Theme]
    viewer: Person
    earlier: Sequence[FocusArea] = ()
    active: int = 0
    undiscussed: Sequence[Theme] = ()
    written_by: Person | None = None

    @property
    def begins_with(self) -> Aim:
        """What stands in the card before anybody types: what is kept, or what the decision and the theme say."""
        if self.area is not None:
            return self.area.aim
        only = self.themes[0] if len(self.themes) == 1 else None
        return Aim(
            theme_id=only.id if only else None,
            why=self.decision.what.text,
            owner=self.decision.who.owner,
            aims=only.aims if only else (),
        )


@dataclass(frozen=True, kw_only=True)
class AimForm:
    """The focus area as it was described, for the decision that chose or adjusts it.

    `was` marks what it held when the card was drawn, `had_aims` that a theme's aims stood there to be changed.
    """

    decision_id: UUID
    aim: Aim = field(repr=False)
    continues: UUID | None = None
    discussed: tuple[DiscussedWith, ...] = ()
    had_aims: bool = False
    was: str = ""

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
                aims=form.choices(data, "aims", FourAims),
                owner=form.text(data, "owner"),
                asked_every=form.number(data, "asked_every") if form.text(data, "asked_every") else USUALLY_EVERY,
            ),
            continues=form.optional_id(data, "continues"),
            discussed=form.choices(data, "discussed", DiscussedWith),
            had_aims=bool(form.text(data, "o")),
            was=form.text(data, "v"),
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


def written(_: Translator, typed: AimForm, begun: Aim | None = None) -> list[tuple[str, str]]:
    """What was typed, by its question; but for what stood there to begin with."""
    names = ("title", "why", "signs", "first_step", "owner")
    return [
        (label(_, name), words)
        for name in names
        if (words := getattr(typed.aim, name)) and (begun is None or words != getattr(begun, name))
    ]


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
