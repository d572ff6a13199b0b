"""A perspective as it is typed and read: whose it is, how it was collected, what they tell, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, again, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, facts, hint, note, said, text
from cards.words import ANSWERS, COUNTS, GROUPS, aims_line
from domain.aims import FourAims
from domain.errors import NotAllowed
from domain.focus_area import FocusArea
from domain.organisation import Institution, Person
from domain.perspective import Count, FormalBody, Group, Perspective, PerspectiveTool, Recommendation, Response, Voice

NEW = "perspective.new"
OPEN = "perspective.open"
SAVE = "perspective.save"
CORRECT = "perspective.correct"
LINK = "perspective.link"
ASK_LINK = "perspective.ask_link"
LIST = "perspective.list"
OPEN_LISTED = "perspective.open_listed"
METHODS = "method.list"
ANSWER = "recommendation.open"
LATER = "perspective.later"


BODIES = {
    FormalBody.BOARD: N_("The board"),
    FormalBody.STUDENT_COUNCIL: N_("The student council"),
    FormalBody.OTHER: N_("Another body, or in another way"),
}
LABELS = {
    "group": N_("Whose perspective is it?"),
    "via": N_("How did you collect it?"),
    "body_name": N_("Who or how, if it is not on the list?"),
    "count": N_("About how many took part?"),
    "said": N_("What do they tell?"),
    "recommend": N_("Do they recommend anything?"),
    "aims": N_("What is it about?"),
}
# What a field of the domain is called on the card.
_ASKED_AS = {"tool_id": "via", "body": "via"}


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[_ASKED_AS.get(name, name)])


def tool_name(_: Translator, tool: PerspectiveTool) -> str:
    """The method in the reader's language, where it has a name in it."""
    return tool.name_en if _.language == "en" and tool.name_en else tool.name


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A perspective, kept or about to be written, with what can be chosen; read for one person, the `viewer`."""

    institution: Institution
    perspective: Perspective | None
    tools: Sequence[PerspectiveTool]
    viewer: Person
    leads: bool = True
    recommendation: Recommendation | None = None
    focus_area: FocusArea | None = None
    can_link: bool = False
    written_by: Person | None = None

    @property
    def voice(self) -> Voice:
        return self.perspective.voice if self.perspective else Voice()


@dataclass(frozen=True, kw_only=True)
class Form:
    """A perspective as typed; `perspective_id` is the one that is corrected, `was` marks what it held when drawn."""

    institution_id: UUID
    perspective_id: UUID | None
    voice: Voice = field(repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            institution_id=form.subject_id(data),
            perspective_id=form.optional_id(data, "p"),
            voice=Voice(
                group=form.choice(data, "group", Group),
                tool_id=form.optional_id(data, "via"),
                body=_body(data),
                body_name=form.text(data, "body_name"),
                count=form.choice(data, "count", Count),
                said=form.text(data, "said"),
                recommend=form.text(data, "recommend"),
                aims=form.choices(data, "aims", FourAims),
            ),
            was=form.text(data, "v"),
        )


@dataclass(frozen=True, kw_only=True)
class LinkForm:
    perspective_id: UUID
    focus_area_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "LinkForm":
        return cls(perspective_id=form.subject_id(data), focus_area_id=form.optional_id(data, "area"))


def show(_: Translator, sheet: Sheet) -> Card:
    """What was saved: a receipt for the leader, and what others with access read."""
    kept, recommended = sheet.perspective, sheet.recommendation
    assert kept is not None
    rows = [(label(_, "via"), via_of(_, sheet, kept)), (label(_, "count"), _(COUNTS[kept.count]))]
    if sheet.focus_area:
        rows.append((_("Focus area"), sheet.focus_area.title))
    if kept.aims:
        rows.append((_("Is about"), aims_line(_, kept.aims)))
    # What was answered already keeps its words, whatever is corrected in the perspective.
    recommend = recommended.text if recommended else kept.recommend
    next_step = (
        _("Next step: at the next dialogue you say what you do about the recommendation.")
        if recommended and not recommended.is_closed
        else _("Next step for you: bring it as data when you prepare your next learning dialogue.")
    )
    return card(
        _,
        _("Perspective"),
        subtitle=f"{_(GROUPS[kept.group])} · {sheet.institution.name} · {_.date(kept.written_at)}",
        state=State(_("Saved"), "good"),
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[
            facts(rows, spacing="Medium"),
            said(kept.said, spacing="Medium"),
            *(
                [
                    text(_("They recommend"), small=True, subtle=True, spacing="Medium"),
                    said(recommend, spacing="ExtraSmall"),
                    *_answered(_, recommended),
                ]
                if recommend
                else []
            ),
            few(_) if sheet.leads and kept.count is Count.FEW else None,
            note(next_step, sign="ArrowRight") if sheet.leads else None,
        ],
        actions=[
            press(_("Correct"), CORRECT, carried(kept.id), inputs="none") if sheet.leads else None,
            press(_("Link to a focus area"), ASK_LINK, carried(kept.id), inputs="none")
            if sheet.leads and sheet.can_link
            else None,
            press(_("Answer recommendation"), ANSWER, carried(recommended.id), inputs="none")
            if sheet.leads and recommended and not recommended.is_closed
            else None,
            press(_("Methods"), METHODS, carried(sheet.institution.id), inputs="none") if sheet.leads else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(OPEN, carried(kept.id)),
        summary=_("A perspective at %(institution)s", institution=sheet.institution.name),
    )


def _answered(_: Translator, recommended: Recommendation | None) -> list[Element]:
    """What became of it, as it is told in an answer, and since when."""
    if recommended is None or recommended.responded_at is None or recommended.response is Response.OPEN:
        return []
    told = f"{_(ANSWERS[recommended.response])}, {_.date(recommended.responded_at)}"
    return [text(told, small=True, subtle=True, spacing="ExtraSmall")]


def ask_link(_: Translator, sheet: Sheet, areas: Sequence[FocusArea]) -> Card:
    assert sheet.perspective is not None
    return card(
        _,
        _("Link to a focus area"),
        subtitle=sheet.institution.name,
        seen_by=_("the leaders of the institution, its chief and the administration"),
        body=[
            choices(
                "area",
                _("Which focus area?"),
                [(str(each.id), each.title) for each in areas],
                chosen=str(areas[0].id),
                spacing="Medium",
            )
        ],
        actions=[
            press(_("Link it"), LINK, carried(sheet.perspective.id), primary=True),
            press(_("Back"), OPEN, carried(sheet.perspective.id), inputs="none"),
        ],
    )


def refused(_: Translator, typed: Form) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    parts: list[Element] = []
    for name in ("said", "recommend"):
        if words := getattr(typed.voice, name):
            parts += [text(label(_, name), small=True, subtle=True, spacing="Medium"), said(words)]
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, parts))


def _body(data: Data) -> FormalBody | None:
    """What was chosen; a name of one's own, with nothing chosen from the list, is another body."""
    chosen = form.choice(data, "via", FormalBody)
    is_named = chosen is None and form.optional_id(data, "via") is None and form.text(data, "body_name")
    return FormalBody.OTHER if is_named else chosen


def _body_name(_: Translator, kept: Perspective) -> str:
    return kept.body_name or (_(BODIES[kept.body]) if kept.body else "")


def collected(_: Translator, each: Perspective, tools: Mapping[UUID, PerspectiveTool]) -> str:
    tool = tools.get(each.tool_id) if each.tool_id else None
    return _body_name(_, each) if each.body else tool_name(_, tool) if tool else ""


def few(_: Translator) -> Element:
    return hint(_("Take extra care that nobody can be recognised."), sign="PersonQuestionMark")


def via_of(_: Translator, sheet: Sheet, kept: Perspective) -> str:
    if kept.body:
        return _body_name(_, kept)
    return next((tool_name(_, each) for each in sheet.tools if each.id == kept.tool_id), "")
