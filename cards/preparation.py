"""The card in which a learning dialogue is prepared: what it shows, and what is typed in its three steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from cards import form
from cards.focus_area_story import Story
from cards.form import Data
from cards.language import N_, Translator
from cards.words import theme_title
from domain.acknowledgement import Given
from domain.cycle import Theme
from domain.data_package import KeyFigure
from domain.dialogue import Addendum, Dialogue
from domain.errors import Problems
from domain.focus_area import FocusArea
from domain.measure import Measure
from domain.organisation import Institution, Person
from domain.perspective import Group, Heard
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
from domain.priority import LocalPriority
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
SHARE = "preparation.share"
SHARED = "preparation.shared"
CORRECT = "preparation.correct"
ADD = "preparation.add"
PRIORITY = "preparation.priority"
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
    "chosen": N_("Which collected perspectives will you bring?"),
    "bodies": N_("Who has discussed it?"),
    "considered": N_("Which focus areas are you considering?"),
    "statuses": N_("Where are you with your focus areas?"),
    "wishes": N_("What would you like to discuss?"),
    "support": N_("What do you need from the administration?"),
}


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
    shared_with: Sequence[Person] = ()
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
    heard: Sequence[Heard] = ()
    received: Sequence[Given] = ()
    brought_home: Sequence[Given] = ()
    priority: LocalPriority | None = None
    can_prioritise: bool = False
    was_moved: bool = False
    was_ready: bool = False
    is_journal_on: bool = False

    @property
    def others(self) -> tuple[str, ...]:
        """The names of those besides the viewer whom the leaders have asked to fill it in, or share it with."""
        asked = [self.handed_to] if self.handed_to else []
        named = {each.id: each.name for each in (*asked, *self.shared_with) if each.id != self.viewer.id}
        return tuple(named.values())

    @property
    def groups_chosen(self) -> set[Group]:
        """The groups whose filed perspectives are brought along."""
        return self.groups_in(self.preparation.perspectives)

    def groups_in(self, step: PerspectiveStep) -> set[Group]:
        """The same of a step that need not be kept yet."""
        return {each.perspective.group for each in self.heard if each.perspective.id in step.chosen}

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
                return replace(
                    content,
                    bodies=tuple(each for each in content.bodies if each in known),
                    chosen=tuple(each.perspective.id for each in self.heard if each.perspective.id in content.chosen),
                )

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


def with_whom(_: Translator, sheet: Sheet) -> str:
    """Who sees the draft: *dig og dem, du deler med*, or each of them by name."""
    leaders = [] if sheet.leads else [_("the leaders of the institution")]
    if not leaders and not sheet.others:
        return _("you and those you share with")
    return _.join([_("you"), *leaders, *sheet.others])


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
        chosen=form.ids(data, "chosen"),
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
    Step.PERSPECTIVES: {"children", "children_by", "parents", "parents_by", "staff", "bodies", "chosen"},
    Step.FOCUS: {
        "considered",
        "statuses",
        "wishes",
        "support",
        *(f"{name}{n}" for name in ("theme", "title") for n in (1, 2, 3)),
    },
}
