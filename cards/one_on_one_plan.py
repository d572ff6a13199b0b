"""Planning a 1:1: what was understood is read back before anything comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from cards import form, overview
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Action, Card, card, press
from cards.language import Translator
from cards.parts import bullets, hint, note, problem, text
from cards.time_and_place import Doubt, read_back, time_and_place
from cards.which import short
from domain.errors import Problems
from domain.organisation import Institution, Person

NEW = "one_on_one.new"
CHOOSE = "one_on_one.choose"
PLAN = "one_on_one.plan"
BRIEF = "one_on_one_recap.pick"
UNPLANNED = "note.unplanned"
CHOOSE_UNPLANNED = "note.choose_unplanned"
MOST_BUTTONS = 4

Led = tuple[Person, Sequence[Institution]]


@dataclass(frozen=True, kw_only=True)
class PlanForm:
    """A 1:1 as typed; `leader_id` is None as long as nobody is chosen."""

    leader_id: UUID | None
    day: date | None = None
    clock: time | None = None
    place: str = ""

    @classmethod
    def read(cls, data: Data) -> "PlanForm":
        return cls(
            leader_id=form.optional_id(data, "id"),
            day=form.day(data, "day"),
            clock=form.clock(data, "clock"),
            place=form.text(data, "place"),
        )

    def carried(self, leader_id: UUID | None = None) -> dict[str, str | int]:
        """What is passed on while the leader is still being chosen."""
        return carried(
            leader_id,
            day=self.day.isoformat() if self.day else "",
            clock=f"{self.clock:%H:%M}" if self.clock else "",
            place=self.place,
        )


def ask_plan(
    _: Translator,
    leader: Person,
    places: Sequence[Institution],
    typed: PlanForm,
    *,
    understood: datetime | None = None,
    doubt: Doubt | None = None,
    problems: Problems | None = None,
    weeks: int | None = None,
    later: Action | None = None,
    besides: datetime | None = None,
    can_brief: bool = False,
) -> Card:
    """With whom, when and where, as it was understood, to be corrected in the fields.

    `weeks` is the rhythm from which it is suggested, and `later` puts such a suggestion off. `besides` is a 1:1 of the
    two that is planned already. `can_brief` is for whoever has named no time, and may mean what was talked about.
    """
    at_leader = wrong.at(_, problems, "leader")
    return card(
        _,
        _("Plan a 1:1"),
        subtitle=f"{leader.name} · {_.join(where.name for where in places)}",
        seen_by=_("you. %(who)s sees the time and the place when you plan it.", who=leader.name),
        minutes=1,
        body=[
            problem(at_leader) if at_leader else None,
            text(_("It is time for the next one: you wanted to meet every %(n)s weeks.", n=weeks), spacing="Medium")
            if weeks
            else None,
            note(_("You can plan the next one here, or get the gist of the last ones."), sign="Info")
            if can_brief
            else None,
            *read_back(_, understood, doubt),
            hint(another(_, besides)) if besides else None,
            *time_and_place(_, typed.day, typed.clock, typed.place, problems),
        ],
        actions=[
            press(_("Plan the 1:1"), PLAN, carried(leader.id), primary=True),
            press(_("Brief me"), BRIEF, carried(leader.id), inputs="none") if can_brief else None,
            later or press(_("Another leader"), CHOOSE, carried()),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("Plan a 1:1"),
    )


def choose_leader(
    _: Translator,
    found: Sequence[Led],
    typed: PlanForm,
    *,
    is_nearest: bool = False,
    is_all: bool = False,
    was_held: bool = False,
    problems: Problems | None = None,
) -> Card:
    """Which of several leaders of that name, of the nearest, or of all; what was typed of the time goes with it.

    `was_held` is of a 1:1 that has taken place and was not planned.
    """
    one, others = (UNPLANNED, CHOOSE_UNPLANNED) if was_held else (NEW, CHOOSE)
    lines = [f"{leader.name} · {_.join(where.name for where in places)}" for leader, places in found]
    question = _("I know nobody of that name among your leaders. Do you mean one of these?") if is_nearest else None
    few = len(found) <= MOST_BUTTONS
    pick = choices(
        "id",
        _("Leader"),
        [(str(leader.id), words) for (leader, _places), words in zip(found, lines, strict=True)],
        compact=True,
        required=True,
        placeholder=_("Choose"),
        problem=wrong.at(_, problems, "leader"),
    )
    return card(
        _,
        _("Whom have you met?") if was_held else _("Whom do you want to meet?"),
        seen_by=_("only you"),
        body=[
            text(question, spacing="Medium") if question else None,
            bullets(lines, spacing="Medium") if few else pick,
        ],
        actions=[
            *(
                [
                    press(
                        _on_button(leader, found),
                        one,
                        typed.carried(leader.id),
                        primary=number == 0 and not is_nearest,
                    )
                    for number, (leader, _places) in enumerate(found)
                ]
                if few
                else [press(_("Continue"), one, typed.carried(), primary=True)]
            ),
            press(_("All my leaders"), others, typed.carried(), inputs="none") if few and not is_all else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        summary=_("A 1:1 that was not planned") if was_held else _("Plan a 1:1"),
    )


def only_chiefs_plan(_: Translator) -> Card:
    return card(
        _,
        _("The chief plans the 1:1"),
        seen_by=_("only you"),
        body=[
            text(_("Your Children and Youth chief plans 1:1s. You can both move them.")),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def another(_: Translator, starts_at: datetime) -> str:
    """That the two have another 1:1 planned already."""
    return _("You two have another 1:1 planned already: %(moment)s.", moment=_.moment(starts_at))


def _on_button(leader: Person, found: Sequence[Led]) -> str:
    """The name, with the institution where two have the same one, cut to fit."""
    same = sum(each.name == leader.name for each, _places in found) > 1
    places = next(places for each, places in found if each.id == leader.id)
    return short(places[0].name if same else leader.name)
