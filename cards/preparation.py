"""The card in which a learning dialogue is prepared: three steps, updated in place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from cards import draft, form, given
from cards import problems as wrong
from cards.focus_area import STATUSES, Story, brief, status_state
from cards.form import Data, carried
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Action, Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, hint, names_hint, note, progress, said, section, text
from cards.words import SOURCES, dialogue_line, dialogue_name, figure_line, theme_title
from domain.acknowledgement import Given
from domain.cycle import Theme
from domain.data_package import KeyFigure
from domain.dialogue import Addendum, Dialogue
from domain.draft import digest
from domain.errors import Problems
from domain.focus_area import USUAL_MOST, FocusArea, Measure
from domain.organisation import Institution, Person
from domain.preparation import (
    MOST_CONSIDERED,
    Body,
    Considered,
    DataStep,
    FocusStep,
    PerspectiveStep,
    Preparation,
    Source,
    Step,
    StepContent,
    Told,
)
from domain.status import Status

BEGIN = "preparation.begin"
NEXT = "preparation.next"
BACK = "preparation.back"
DRAFT = "preparation.draft"
READY = "preparation.ready"
LATER = "preparation.later"
MOVE = "preparation.move"
COLLEAGUE = "preparation.colleague"
HAND = "preparation.hand"
TAKE_BACK = "preparation.take_back"
CORRECT = "preparation.correct"
ADD = "preparation.add"
MOVE_DIALOGUE = "dialogue.move"
STATUS = "status_"
REFLECT = "reflection.open"

STEPS = {Step.DATA: N_("Data"), Step.PERSPECTIVES: N_("Perspectives"), Step.FOCUS: N_("Focus areas")}
BODIES = {
    Body.BOARD: N_("The board"),
    Body.STUDENT_COUNCIL: N_("The student council"),
    Body.STAFF_MEETING: N_("A staff meeting"),
    Body.NOBODY_YET: N_("Nobody yet"),
}
LABELS = {
    "figures": N_("Which key figures will you bring up?"),
    "sources": N_("Which qualitative data will you bring?"),
    "interpretation": N_("How do you interpret what you see?"),
    "wonder": N_("What do you wonder about?"),
    "children": N_("What do the children and young people say?"),
    "children_by": N_("We will ask the children and young people by"),
    "parents": N_("What do the parents say?"),
    "parents_by": N_("We will ask the parents by"),
    "staff": N_("What do the staff say?"),
    "bodies": N_("Who has discussed it?"),
    "considered": N_("Which focus areas are you considering?"),
    "statuses": N_("Where are you with your focus areas?"),
    "wishes": N_("What would you like to discuss?"),
    "support": N_("What do you need from the administration?"),
}


MOST_WAITING = 3


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that the cards of one preparation show; read for one person, who is the `viewer`."""

    institution: Institution
    dialogue: Dialogue
    preparation: Preparation
    figures: Sequence[KeyFigure]
    sources: tuple[Source, ...]
    themes: Sequence[Theme]
    theme_titles: Mapping[UUID, Theme]
    earlier: tuple[Considered, ...]
    handed_to: Person | None
    written_by: Person | None
    viewer: Person
    leads: bool
    stories: Sequence[Story] = ()
    measures: Sequence[Measure] = ()
    unfinished: Sequence[FocusArea] = ()
    days_left: int
    can_correct: bool
    can_move: bool = False
    waiting: Sequence[str] = ()
    addenda: Sequence[tuple[Addendum, Person]] = ()
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    received: Sequence[Given] = ()
    brought_home: Sequence[Given] = ()
    was_moved: bool = False

    def known(self, content: StepContent) -> StepContent:
        """The step without figures and themes that are not this institution's to choose."""
        match content:
            case DataStep():
                # In the order of the package: another order of pressing is no other choice.
                chosen = tuple(each.id for each in self.figures if each.id in content.figures)
                sources = tuple(each for each in content.sources if each in self.sources)
                return replace(content, figures=chosen, sources=sources)
            case FocusStep():
                # What stood in the card already says nothing new, and what was chosen must not outlast a newer status.
                stories = {story.area.id: story for story in self.stories}
                told = (self._told(each, stories.get(each.area_id)) for each in content.statuses)
                content = replace(content, statuses=tuple(each for each in told if each))
                if not self.themes:
                    # Without themes to choose from the card asks for no focus areas: what is kept stays.
                    return replace(content, considered=self.preparation.focus.considered)
                open_themes = {each.id for each in self.themes}
                kept = (
                    each if each.theme_id in open_themes else Considered(None, each.title)
                    for each in content.considered
                )
                return replace(content, considered=tuple(kept))
            case PerspectiveStep():
                known = Body.of(self.institution.age_range)
                return replace(content, bodies=tuple(each for each in content.bodies if each in known))

    def _told(self, chosen: Told, story: Story | None) -> Told | None:
        """A choice that says something new, or what this very preparation has said already."""
        if says_news(chosen, story):
            return chosen
        kept, last = self.preparation.focus.told(chosen.area_id), story.last if story else None
        stands = kept is not None and last is not None and kept.status is chosen.status is last.status
        return kept if stands else None


@dataclass(frozen=True, kw_only=True)
class Form:
    """One step as it was typed. `was` marks what it held when the card was drawn, `revision` the dialogue's time."""

    dialogue_id: UUID
    step: Step
    content: StepContent = field(repr=False)
    was: str
    revision: int

    @classmethod
    def read(cls, data: Data) -> "Form":
        step = form.choice(data, "step", Step) or Step.DATA
        return cls(
            dialogue_id=form.subject_id(data),
            step=step,
            content=_READ[step](data),
            was=form.text(data, "v"),
            revision=form.number(data, "r"),
        )


@dataclass(frozen=True, kw_only=True)
class Hand:
    """The colleague who was chosen, None when none was."""

    dialogue_id: UUID
    colleague_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "Hand":
        return cls(dialogue_id=form.subject_id(data), colleague_id=form.optional_id(data, "colleague"))


@dataclass(frozen=True, kw_only=True)
class AddendumForm:
    dialogue_id: UUID
    text: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "AddendumForm":
        return cls(dialogue_id=form.subject_id(data), text=form.text(data, "addendum"))


def considered_line(_: Translator, sheet: Sheet, considered: Considered) -> str:
    """Flere stemmer i timerne (Overgange og deltagelse)"""
    theme = sheet.theme_titles.get(considered.theme_id) if considered.theme_id else None
    return f"{considered.title} ({theme_title(_, theme)})" if theme else considered.title


def shown_status(story: Story) -> Status:
    """What is chosen in the card before anybody chooses."""
    return story.last.status if story.last else Status.JUST_BEGUN


def says_news(told: Told, story: Story | None) -> bool:
    """Whether a chosen status follows the last there is, and is another."""
    if story is None:
        return False
    return told.after == (story.last.id if story.last else None) and told.status is not shown_status(story)


def step_of(problems: Problems) -> Step:
    """The first step in which something is wrong."""
    return next(step for step in Step if any(name in _FIELDS[step] for name in problems.fields))


def ask(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """The step the preparation is at, with what is kept, or with what was typed and what is wrong with it."""
    preparation = sheet.preparation
    step = typed.step if typed else preparation.step
    content = typed.content if typed else preparation.content(step)
    if typed is None and content == PerspectiveStep():
        # Nobody writes a thing twice: what was filed since the last dialogue stands there to begin with.
        content = PerspectiveStep(
            children=sheet.told.get("children", ""),
            parents=sheet.told.get("parents", ""),
            staff=sheet.told.get("staff", ""),
        )
    if typed is None and content == DataStep() and sheet.received:
        # feedback that has come since the last dialogue is among the data by itself.
        content = DataStep(sources=(Source.OBSERVATION,))
    return card(
        _,
        _("Prepare the dialogue"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_.in_days(sheet.days_left).capitalize(), "accent") if sheet.days_left >= 0 else None,
        seen_by=_(
            "you and those you share with. The participants and your chief see it "
            "when you press “Ready for the dialogue”."
        ),
        minutes=3 if step is Step.DATA else None,
        body=[
            progress(_, step.number, len(Step), _(STEPS[step])),
            *_notes(_, sheet, step, problems),
            *_questions(_, sheet, content, problems),
            names_hint(_),
        ],
        actions=_buttons(_, sheet, step),
        summary=_("Prepare: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def _notes(_: Translator, sheet: Sheet, step: Step, problems: Problems | None) -> list[Element]:
    found: list[Element] = []
    if step is Step.DATA:
        found += brief(_, sheet.stories, measures=sheet.measures, unfinished=sheet.unfinished)
    if sheet.was_moved:
        found.append(
            note(
                _(
                    "The card was out of date because the dialogue has been moved. "
                    "Here is the new one – your text has moved with it."
                )
            )
        )
    preparation = sheet.preparation
    return found + draft.notes(
        _,
        problems,
        viewer=sheet.viewer,
        written_by=sheet.written_by,
        written_at=preparation.written_at,
        label=lambda name: label(_, name),
        words=lambda name: stored_words(_, sheet, step, name),
    )


def stored_words(_: Translator, sheet: Sheet, step: Step, name: str) -> str:
    """What a field holds, as words."""
    value = getattr(sheet.preparation.content(step), name)
    match name:
        case "figures":
            return _.join(each.indicator for each in sheet.figures if each.id in value)
        case "sources":
            return _.join(_(SOURCES[each]) for each in value)
        case "bodies":
            return _.join(_(BODIES[each]) for each in value)
        case "considered":
            return _.join(each.title for each in value)
        case "statuses":
            titles = {story.area.id: story.area.title for story in sheet.stories}
            return _.join(f"{titles.get(each.area_id, '')}: {status_state(_, each.status).word}" for each in value)
        case "children_by" | "parents_by":
            return _.date(value) if value else ""
        case _other:
            return str(value)


def _questions(_: Translator, sheet: Sheet, content: StepContent, problems: Problems | None) -> list[Element]:
    match content:
        case DataStep():
            return _data(_, sheet, content, problems)
        case PerspectiveStep():
            return _perspectives(_, sheet, content, problems)
        case FocusStep():
            return _focus(_, sheet, content, problems)


def _data(_: Translator, sheet: Sheet, content: DataStep, problems: Problems | None) -> list[Element]:
    figures = (
        choices(
            "figures",
            label(_, "figures"),
            [(str(each.id), figure_line(_, each)) for each in sheet.figures],
            chosen=[str(each) for each in content.figures],
            many=True,
            problem=wrong.at(_, problems, "figures"),
        )
        if sheet.figures
        else hint(
            _("The data package for %(half_year)s is not out yet.", half_year=_.the_half_year(sheet.dialogue.half_year))
        )
    )
    only_figures = _(
        "You have only chosen key figures. Is there an observation or a perspective from children that belongs here?"
    )
    only_sources = _("You have only chosen qualitative data. Is there a key figure that belongs here?")
    return [
        figures,
        choices(
            "sources",
            label(_, "sources"),
            [(each.value, _(SOURCES[each])) for each in sheet.sources],
            chosen=content.sources,
            many=True,
            problem=wrong.at(_, problems, "sources") or (None if sheet.figures else wrong.at(_, problems, "figures")),
        ),
        *([hint(only_figures if content.figures else only_sources)] if content.one_kind_only else []),
        *given.as_data(_, sheet.received),
        *given.taken_home(_, sheet.brought_home),
        long_input(
            "interpretation",
            label(_, "interpretation"),
            value=content.interpretation,
            required=True,
            placeholder=_("Figures say nothing until they are interpreted"),
            problem=wrong.at(_, problems, "interpretation"),
        ),
        long_input(
            "wonder",
            label(_, "wonder"),
            value=content.wonder,
            placeholder=_("Optional"),
            problem=wrong.at(_, problems, "wonder"),
        ),
    ]


def _perspectives(_: Translator, sheet: Sheet, content: PerspectiveStep, problems: Problems | None) -> list[Element]:
    groups = (("children", content.children_by), ("parents", content.parents_by))
    dates = {
        group: date_input(
            f"{group}_by",
            label(_, f"{group}_by"),
            value=by,
            problem=wrong.at(_, problems, f"{group}_by"),
            spacing="Small",
        )
        for group, by in groups
    }
    # A date stands behind the button, and comes out when something is wrong with it.
    shown = [group for group in dates if wrong.at(_, problems, f"{group}_by")]
    chosen = [f"{label(_, f'{group}_by')} {_.date(by)}" for group, by in groups if by and group not in shown]
    return [
        *_waiting(_, sheet),
        hint(_("Write what they say, or choose a date by which you will have asked."), spacing="Medium"),
        *[
            long_input(group, label(_, group), value=getattr(content, group), problem=wrong.at(_, problems, group))
            for group, _by in groups
        ],
        *[dates[group] for group in shown],
        *[hint(line, sign="Calendar") for line in chosen],
        toggle_more(
            _("We will ask them later"),
            "asked_later",
            *[dates[group] for group in dates if group not in shown],
            spacing="Small",
        ),
        long_input(
            "staff",
            label(_, "staff"),
            value=content.staff,
            placeholder=_("Optional"),
            problem=wrong.at(_, problems, "staff"),
        ),
        choices(
            "bodies",
            label(_, "bodies"),
            [(each.value, _(BODIES[each])) for each in Body.of(sheet.institution.age_range)],
            chosen=content.bodies,
            many=True,
        ),
    ]


def _waiting(_: Translator, sheet: Sheet) -> list[Element]:
    """What was recommended since and has no answer yet belongs to this dialogue."""
    if not sheet.waiting:
        return []
    more = len(sheet.waiting) - MOST_WAITING
    return [
        section(_("Recommendations that wait"), spacing="Medium"),
        *[said(each, spacing="Small") for each in sheet.waiting[:MOST_WAITING]],
        *([text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True)] if more > 0 else []),
        hint(_("Talk about them at the dialogue. The day after I ask what you do about them.")),
    ]


def _focus(_: Translator, sheet: Sheet, content: FocusStep, problems: Problems | None) -> list[Element]:
    return [
        *_statuses(_, sheet, content),
        *_new_ones(_, sheet, content, problems),
        *[
            long_input(
                name,
                label(_, name),
                value=getattr(content, name),
                placeholder=_("Optional"),
                problem=wrong.at(_, problems, name),
            )
            for name in ("wishes", "support")
        ],
    ]


def _statuses(_: Translator, sheet: Sheet, content: FocusStep) -> list[Element]:
    """A word for each focus area, with the last one chosen; what they have seen is written with `status`."""
    if not sheet.stories:
        return []
    chosen = {
        story.area.id: told.status
        for story in sheet.stories
        if (told := content.told(story.area.id)) and says_news(told, story)
    }
    asked = [
        choices(
            f"{STATUS}{story.area.id.hex}",
            story.area.title,
            [(each.value, _(word)) for each, (word, _tone, _sign) in STATUSES.items()],
            chosen=chosen.get(story.area.id) or shown_status(story),
            compact=True,
            spacing="Small",
        )
        for story in sheet.stories
    ]
    more = [toggle_more(_("More focus areas"), "more_statuses", *asked[USUAL_MOST:])] if asked[USUAL_MOST:] else []
    return [section(label(_, "statuses"), spacing="Medium"), *asked[:USUAL_MOST], *more]


def _new_ones(_: Translator, sheet: Sheet, content: FocusStep, problems: Problems | None) -> list[Element]:
    """The focus areas that are considered; folded away where the institution has some already."""
    earlier = [considered_line(_, sheet, each) for each in sheet.earlier]
    parts: list[Element] = []
    if earlier and not sheet.stories:
        parts.append(note(_.join(earlier), lead=_("Last time you considered:"), sign="History"))
    if not sheet.themes:
        return [*parts, hint(_("No themes have been sent out for this half-year yet."))]
    first, *others = [_considered(_, sheet, content, place, problems) for place in range(1, MOST_CONSIDERED + 1)]
    more = [each for pair in others for each in pair]
    shown = 1
    if sheet.stories:
        first, more, shown = [], [*first, *more], 0
    else:
        parts.append(section(label(_, "considered"), spacing="Medium"))
    places = range(shown + 1, MOST_CONSIDERED + 1)
    has_problem = any(wrong.at(_, problems, f"{name}{place}") for name in ("theme", "title") for place in places)
    parts += first
    parts += [hint(each.title, sign="Add") for each in content.considered[shown:] if each.title]
    title = _("Consider a new one") if sheet.stories else _("One more focus area")
    return [*parts, toggle_more(title, "more_focus", *more, spacing="Small", is_open=has_problem)]


def _considered(
    _: Translator, sheet: Sheet, content: FocusStep, place: int, problems: Problems | None
) -> list[Element]:
    chosen = content.considered[place - 1] if len(content.considered) >= place else None
    return [
        choices(
            f"theme{place}",
            _("Theme for focus area %(place)s", place=place),
            [(str(each.id), theme_title(_, each)) for each in sheet.themes],
            chosen=str(chosen.theme_id) if chosen and chosen.theme_id else "",
            compact=True,
            placeholder=_("Choose a theme"),
            problem=wrong.at(_, problems, f"theme{place}"),
            spacing="Small",
        ),
        text_input(
            f"title{place}",
            _("Focus area %(place)s in a few words", place=place),
            value=chosen.title if chosen else "",
            placeholder=_("For instance “More children taking part in play in the afternoon”"),
            limit=80,
            problem=wrong.at(_, problems, f"title{place}"),
            spacing="Small",
        ),
    ]


def _buttons(_: Translator, sheet: Sheet, step: Step) -> list[Action | None]:
    data = carried(
        sheet.dialogue.id,
        step=step.value,
        v=digest(sheet.preparation.content(step)),
        r=sheet.dialogue.revision,
        # Which status of each focus area the choices follow.
        s=",".join(f"{story.area.id.hex}:{story.last.id.hex}" for story in sheet.stories if story.last),
    )
    is_last, is_first = step is Step.FOCUS, step is Step.DATA
    return [
        press(_("Ready for the dialogue"), READY, data, primary=True)
        if is_last
        else press(_("Next"), NEXT, data, primary=True),
        press(_("Save draft"), DRAFT, data),
        press(_("Not now"), LATER, data) if is_first else press(_("Back"), BACK, data),
        press(_("Ask a colleague"), COLLEAGUE, data, hidden=True) if sheet.leads else None,
        press(_("Move the dialogue"), MOVE, data, hidden=True) if sheet.leads else None,
    ]


def _read_data(data: Data) -> DataStep:
    return DataStep(
        figures=form.ids(data, "figures"),
        sources=form.choices(data, "sources", Source),
        interpretation=form.text(data, "interpretation"),
        wonder=form.text(data, "wonder"),
    )


def _read_perspectives(data: Data) -> PerspectiveStep:
    return PerspectiveStep(
        children=form.text(data, "children"),
        children_by=form.day(data, "children_by"),
        parents=form.text(data, "parents"),
        parents_by=form.day(data, "parents_by"),
        staff=form.text(data, "staff"),
        bodies=form.choices(data, "bodies", Body),
    )


def _read_focus(data: Data) -> FocusStep:
    rows = [
        Considered(form.optional_id(data, f"theme{place}"), form.text(data, f"title{place}"))
        for place in range(1, MOST_CONSIDERED + 1)
    ]
    pairs = [each.split(":") for each in form.text(data, "s").split(",") if ":" in each]
    after = {form.parsed_id(area): form.parsed_id(last) for area, last, *_rest in pairs}
    statuses = []
    for name in sorted(data):
        status = form.choice(data, name, Status) if name.startswith(STATUS) else None
        area_id = form.parsed_id(name.removeprefix(STATUS))
        if status is not None and area_id is not None:
            statuses.append(Told(area_id, status, after.get(area_id)))
    return FocusStep(
        considered=tuple(row for row in rows if row.theme_id or row.title),
        statuses=tuple(statuses),
        wishes=form.text(data, "wishes"),
        support=form.text(data, "support"),
    )


_READ: dict[Step, Callable[[Data], StepContent]] = {
    Step.DATA: _read_data,
    Step.PERSPECTIVES: _read_perspectives,
    Step.FOCUS: _read_focus,
}
_FIELDS = {
    Step.DATA: {"figures", "sources", "interpretation", "wonder"},
    Step.PERSPECTIVES: {"children", "children_by", "parents", "parents_by", "staff", "bodies"},
    Step.FOCUS: {
        "considered",
        "statuses",
        "wishes",
        "support",
        *(f"{name}{n}" for name in ("theme", "title") for n in (1, 2, 3)),
    },
}
