"""The register of methods for hearing children, young people and parents; in words, and never in points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import text_input
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import Element, capital, group
from cards.more import first
from cards.parts import hint, names_hint, problem, said, section, text
from cards.perspective import tool_name
from cards.which import which
from domain.errors import NotAllowed, Problems
from domain.organisation import Institution
from domain.perspective import PerspectiveTool, ToolExperience
from domain.text import SHORT, TITLE

LIST = "method.list"
OPEN = "method.open"
CHOOSE = "method.choose"
NEW = "method.new"
ADD = "method.add"
TELL = "method.tell"
WRITE = "perspective.new"
LABELS = {"text": N_("What was it useful for, and what is good to know?")}

MOST_SHOWN, MOST_NAMES = 12, 3


@dataclass(frozen=True, kw_only=True)
class ToolForm:
    institution_id: UUID
    name: str = field(repr=False)
    how: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "ToolForm":
        return cls(institution_id=form.subject_id(data), name=form.text(data, "name"), how=form.text(data, "how"))


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A method, and the institution whose leader looks at it."""

    tool_id: UUID
    institution_id: UUID

    @classmethod
    def read(cls, data: Data) -> "Chosen":
        return cls(tool_id=form.subject_id(data), institution_id=form.subject_id(data, "where"))


@dataclass(frozen=True, kw_only=True)
class ExperienceForm:
    """What an institution says of a method; without its own id it is from a card of before, and is given back."""

    tool_id: UUID
    institution_id: UUID | None
    text: str = field(repr=False)

    @classmethod
    def read(cls, data: Data) -> "ExperienceForm":
        return cls(
            tool_id=form.subject_id(data),
            institution_id=form.optional_id(data, "where"),
            text=form.text(data, "experience"),
        )


def show_all(
    _: Translator, where: Institution, tools: Sequence[PerspectiveTool], users: Mapping[UUID, Sequence[str]]
) -> Card:
    """The methods of the institution's age range, A to Å, with how, and by which institutions."""
    shown, more = first(tools, MOST_SHOWN)
    parts = [
        group(
            text(tool_name(_, each), strong=True),
            text(_how(_, each), small=True, spacing="None"),
            text(_used(_, users.get(each.id, ())), small=True, subtle=True, spacing="None"),
            spacing="Medium",
        )
        for each in shown
    ]
    return card(
        _,
        _("Ways to collect perspectives"),
        subtitle=capital(_.age_range(where.age_range)),
        seen_by=_("all leaders"),
        body=[*parts, hint(_more(_, more)) if more else None],
        actions=[
            press(_("Add a method"), NEW, carried(where.id), primary=True),
            press(_("Experiences"), CHOOSE, carried(where.id)),
            press(_("New perspective"), WRITE, carried(where.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def ask_new(
    _: Translator, where: Institution, *, typed: ToolForm | None = None, problems: Problems | None = None
) -> Card:
    return card(
        _,
        _("Add a method"),
        subtitle=where.name,
        seen_by=_("all leaders, with the name of your institution"),
        body=[
            problem(_("Something is missing or must be changed. Your text is still here.")) if problems else None,
            text_input(
                "name",
                _("What is it called?"),
                value=typed.name if typed else "",
                required=True,
                limit=TITLE,
                problem=wrong.at(_, problems, "name"),
            ),
            text_input(
                "how",
                _("How do you do it?"),
                value=typed.how if typed else "",
                required=True,
                limit=SHORT,
                problem=wrong.at(_, problems, "how"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Add the method"), ADD, carried(where.id), primary=True),
            press(_("Back"), LIST, carried(where.id), inputs="none"),
        ],
    )


def show(
    _: Translator,
    tool: PerspectiveTool,
    where: Institution,
    users: Sequence[str],
    told: Sequence[tuple[ToolExperience, Institution]],
    *,
    typed: ExperienceForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """One method, and what institutions say of it; what is told there is signed with `where`."""
    parts: list[Element | None] = [
        text(tool_name(_, tool), strong=True, spacing="Medium"),
        text(_how(_, tool), spacing="None"),
        text(_used(_, users), small=True, subtle=True, spacing="Small"),
        section(_("Experiences")) if told else None,
    ]
    parts += [said(each.text, by=f"{by.name} · {_.date(each.written_at)}", spacing="Small") for each, by in told]
    return card(
        _,
        _("A way to collect perspectives"),
        subtitle=where.name,
        seen_by=_("all leaders, with the name of your institution"),
        body=[
            *parts,
            text_input(
                "experience",
                _(LABELS["text"]),
                value=typed.text if typed else "",
                limit=SHORT,
                problem=wrong.at(_, problems, "experience"),
            ),
            hint(_("Write it in words. There are no stars here.")),
            names_hint(_),
        ],
        actions=[
            press(_("Save the experience"), TELL, carried(tool.id, where=str(where.id)), primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def choose(_: Translator, where: Institution, tools: Sequence[PerspectiveTool]) -> Card:
    rows = [(each.id, tool_name(_, each), tool_name(_, each)) for each in tools]
    return which(_, _("Which method?"), _("Method"), rows, OPEN, where=str(where.id))


def refused(_: Translator, *written: str) -> Card:
    """For somebody who may not add here: their own words."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(each) for each in written if each]))


def _how(_: Translator, tool: PerspectiveTool) -> str:
    return tool.how_en if _.language == "en" and tool.how_en else tool.how


def _more(_: Translator, more: int) -> str:
    return _.ngettext("and %(n)s more under “Experiences”", "and %(n)s more under “Experiences”", more)


def _used(_: Translator, users: Sequence[str]) -> str:
    """R-20: "who has used it"."""
    if not users:
        return _("Not used yet")
    names, others = first(users, MOST_NAMES)
    told = [*names, *([_.ngettext("%(n)s other", "%(n)s others", others)] if others else [])]
    return _("Used by %(institutions)s", institutions=_.join(told))
