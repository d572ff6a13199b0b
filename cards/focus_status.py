"""The card that asks where a focus area is now, and its receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form, overview, priority
from cards import problems as wrong
from cards.focus_area import OPEN as SEE
from cards.focus_area import asking, share_practice
from cards.focus_area_story import STATUSES, Story, history, newest, status_state
from cards.form import Data, carried
from cards.heard import as_data, options_of
from cards.inputs import choices, date_input, long_input, text_input
from cards.kit import Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.parts import hint, names_hint, note, problem, section
from cards.words import SOURCES
from domain.errors import Problems
from domain.focus_status import Seen
from domain.preparation import Source
from domain.priority import sources_of
from domain.status import Status
from domain.text import LONG

WRITE = "focus_status.write"
SAVE = "focus_status.save"
UNCHANGED = "focus_status.unchanged"
LATER = "focus_status.later"
BRING = "focus_status.bring"
LEAVE = "focus_status.leave"

LABELS = {
    "status": N_("Where are you now?"),
    "seen": N_("What have you seen since last time?"),
    "meaning": N_("What has it meant for the children or young people?"),
    "learned": N_("What have you learned yourselves?"),
    "next_step": N_("Next step"),
    "next_on": N_("When?"),
    "evidence": N_("What do you see it in?"),
}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


@dataclass(frozen=True, kw_only=True)
class Form:
    """A status as it was typed; `last` is the id of the status that the card was drawn after, if there was one."""

    focus_area_id: UUID
    seen: Seen = field(repr=False)
    last: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            focus_area_id=form.subject_id(data),
            seen=Seen(
                status=form.choice(data, "status", Status),
                seen=form.text(data, "seen"),
                meaning=form.text(data, "meaning"),
                learned=form.text(data, "learned"),
                next_step=form.text(data, "next_step"),
                next_on=form.day(data, "next_on"),
                evidence=form.choices(data, "evidence", Source),
                perspectives=form.ids(data, "evidence"),
            ),
            last=form.optional_id(data, "last"),
        )


@dataclass(frozen=True, kw_only=True)
class WriteForm:
    """Which focus area, and what was written of it before it was chosen."""

    id: UUID
    seen: str = field(default="", repr=False)

    @classmethod
    def read(cls, data: Data) -> "WriteForm":
        return cls(id=form.subject_id(data), seen=form.text(data, "noticed"))


@dataclass(frozen=True, kw_only=True)
class BringForm:
    """Whether it goes on the next 1:1's agenda; `last` is the id of the status that was asked about."""

    focus_area_id: UUID
    last: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "BringForm":
        return cls(focus_area_id=form.subject_id(data), last=form.optional_id(data, "last"))


def ask(_: Translator, story: Story, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """Asks for a status, with the last one chosen and what was written then; *Uændret* is one press."""
    seen = typed.seen if typed else Seen(status=story.last.status if story.last else Status.JUST_BEGUN)
    meanwhile = problems is not None and any(each.code == "written_meanwhile" for each in problems.fields.values())
    about = carried(story.area.id, last=str(story.last.id) if story.last else "")
    sources = sources_of(story.institution.age_range, story.priority)
    return card(
        _,
        _("How is it going?"),
        subtitle=f"{story.area.title} · {story.institution.name}",
        state=status_state(_, story.last.status if story.last else None),
        seen_by=_("your management, your chief and the administration"),
        minutes=2,
        body=[
            problem(_("Something is missing or must be changed. Your text is still here."))
            if problems and not meanwhile
            else None,
            *(_meanwhile(_, story) if meanwhile else _last_time(_, story)),
            choices(
                "status",
                label(_, "status"),
                [(each.value, _(words)) for each, (words, _tone, _sign) in STATUSES.items()],
                chosen=seen.status or "",
                compact=True,
                problem=None if meanwhile else wrong.at(_, problems, "status"),
            ),
            *[
                long_input(
                    name,
                    label(_, name),
                    value=getattr(seen, name),
                    required=name == "seen",
                    placeholder=None if name == "seen" else _("Optional"),
                    problem=wrong.at(_, problems, name),
                )
                for name in ("seen", "meaning", "learned")
            ],
            text_input(
                "next_step",
                label(_, "next_step"),
                value=seen.next_step,
                placeholder=_("Required if it needs attention"),
                limit=LONG,
                problem=wrong.at(_, problems, "next_step"),
            ),
            toggle_more(
                _("Date and data"),
                "more",
                date_input(
                    "next_on", label(_, "next_on"), value=seen.next_on, problem=wrong.at(_, problems, "next_on")
                ),
                choices(
                    "evidence",
                    label(_, "evidence"),
                    [(each.value, _(SOURCES[each])) for each in sources] + options_of(_, story.heard),
                    chosen=[*seen.evidence, *(str(each) for each in seen.perspectives)],
                    many=True,
                ),
                *as_data(_, story.heard),
                *priority.as_data(_, story.priority),
                spacing="Small",
                is_open=bool(wrong.at(_, problems, "next_on")),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save the status"), SAVE, about, primary=True),
            press(_("Unchanged"), UNCHANGED, about),
            press(_("Not now"), LATER, about),
        ],
        summary=_("How is a focus area at %(institution)s going?", institution=story.institution.name),
    )


def saved(_: Translator, story: Story) -> Card:
    """What was added; where it needs attention, the leader decides whether the chief hears of it at the next 1:1."""
    area, last = story.area, story.last
    needs = last is not None and last.status is Status.NEEDS_ATTENTION
    is_asked = needs and area.bring_up_since is None
    about = carried(area.id, last=str(last.id) if last else "")
    next_step = (
        _("Next step for you: close it at the next learning dialogue, if you agree.")
        if last is not None and last.status is Status.ROOTED
        else _("It goes on the agenda of your next 1:1.")
        if area.bring_up_since is not None
        else asking(_, area)
    )
    return card(
        _,
        _("The status is saved"),
        subtitle=f"{area.title} · {story.institution.name}",
        summary=_("The status is saved"),
        state=status_state(_, last.status if last else None),
        seen_by=_("your management, your chief and the administration"),
        body=[
            *history(_, newest(story, 1), area=area, full=True, heard=story.heard),
            note(_("Do you want to put it on the agenda of your next 1:1?"), sign="PeopleTeam")
            if is_asked
            else note(next_step, sign="ArrowRight"),
        ],
        actions=[
            press(_("Yes, put it there"), BRING, about, primary=True) if is_asked else None,
            press(_("No"), LEAVE, about) if is_asked else None,
            share_practice(_, story),
            press(_("See its history"), SEE, carried(area.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def written(_: Translator, typed: Form) -> list[tuple[str, str]]:
    """What was typed, by its question."""
    return [(label(_, name), getattr(typed.seen, name)) for name in ("seen", "meaning", "learned", "next_step")]


def _last_time(_: Translator, story: Story) -> Sequence[dict[str, object]]:
    return [
        section(_("Last time"), spacing="Medium"),
        *history(_, newest(story, 1), area=story.area, heard=story.heard),
        hint(_("Signs you look for: %(signs)s", signs=story.area.signs)),
    ]


def _meanwhile(_: Translator, story: Story) -> Sequence[dict[str, object]]:
    """Somebody has added a status since the card was drawn: it stands, and the reader's own can follow it."""
    return [
        note(
            _("Somebody has added a status in the meantime. Yours is still here, and you can save it as the next one."),
            sign="People",
        ),
        *history(_, newest(story, 1), area=story.area, heard=story.heard),
    ]
