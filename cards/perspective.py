"""The card of a perspective: whose it is, how it was collected, what they tell, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, long_input, text_input
from cards.kit import Card, again, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, bullets, facts, hint, names_hint, note, said, section, text
from cards.words import COUNTS, GROUPS
from domain.draft import digest
from domain.errors import NotAllowed, Problems
from domain.focus_area import FocusArea
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.perspective import (
    Count,
    FormalBody,
    Group,
    Perspective,
    PerspectiveTool,
    Recommendation,
    Voice,
)
from domain.text import SHORT, TITLE

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

MOST_OPENED = 60

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


def ask(
    _: Translator,
    sheet: Sheet,
    *,
    typed: Form | None = None,
    problems: Problems | None = None,
    above: Sequence[Element] = (),
) -> Card:
    """The five questions, with what is kept or was typed, and what is wrong with it; `above` says where it is from."""
    voice = typed.voice if typed else sheet.voice
    kept = sheet.perspective
    via = [(str(each.id), tool_name(_, each)) for each in sheet.tools]
    via += [(each.value, _(BODIES[each])) for each in FormalBody.of(sheet.institution.age_range)]
    is_named = bool(wrong.at(_, problems, "body_name")) or voice.body is FormalBody.OTHER
    body_name = text_input(
        "body_name",
        label(_, "body_name"),
        value=voice.body_name,
        placeholder=_("For instance a parents' council, a children's council or a users' council"),
        limit=TITLE,
        problem=wrong.at(_, problems, "body_name"),
    )
    recommend = text_input(
        "recommend",
        label(_, "recommend"),
        value=voice.recommend,
        placeholder=_("Optional"),
        limit=SHORT,
        problem=wrong.at(_, problems, "recommend"),
    )
    # Five questions at a time: the one that has no use for itself just now waits behind a button.
    is_recommended = bool(wrong.at(_, problems, "recommend"))
    data = carried(sheet.institution.id, p=str(kept.id) if kept else "", v=digest(kept.voice) if kept else "")
    return card(
        _,
        _("New perspective"),
        subtitle=sheet.institution.name,
        seen_by=_(
            "the leaders of the institution, your chief and the administration, when you save it. "
            "All leaders can see which method you used."
        ),
        minutes=2,
        body=[
            *above,
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.written_by,
                written_at=kept.last_written[1] if kept else None,
                label=lambda name: label(_, name),
                words=lambda name: _stored_words(_, sheet, name),
            ),
            choices(
                "group",
                label(_, "group"),
                [(each.value, _(GROUPS[each])) for each in Group.of(sheet.institution.age_range)],
                chosen=voice.group or "",
                required=True,
                problem=wrong.at(_, problems, "group"),
            ),
            choices(
                "via",
                label(_, "via"),
                via,
                chosen=str(voice.tool_id) if voice.tool_id else voice.body or "",
                compact=True,
                required=True,
                placeholder=_("Choose"),
                problem=wrong.at(_, problems, "via"),
            ),
            body_name if is_named else toggle_more(_("Not on the list?"), "other_body", body_name, spacing="Small"),
            choices(
                "count",
                label(_, "count"),
                [(each.value, _(words)) for each, words in COUNTS.items()],
                chosen=voice.count or "",
                compact=True,
                required=True,
                placeholder=_("Choose"),
                problem=wrong.at(_, problems, "count"),
            ),
            _few(_) if voice.count is Count.FEW else None,
            long_input(
                "said",
                label(_, "said"),
                value=voice.said,
                required=True,
                placeholder=_("In their own words, where you can"),
                problem=wrong.at(_, problems, "said"),
            ),
            toggle_more(_("They recommend …"), "advice", recommend, is_open=is_recommended, spacing="Small")
            if is_named
            else recommend,
            names_hint(_),
        ],
        actions=[
            press(_("Save the perspective"), SAVE, data, primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def show(_: Translator, sheet: Sheet) -> Card:
    """What was saved: a receipt for the leader, and what others with access read."""
    kept, recommended = sheet.perspective, sheet.recommendation
    assert kept is not None
    rows = [(label(_, "via"), _via(_, sheet, kept)), (label(_, "count"), _(COUNTS[kept.count]))]
    if sheet.focus_area:
        rows.append((_("Focus area"), sheet.focus_area.title))
    next_step = (
        _("Next step: at the next dialogue you say what you do about the recommendation.")
        if recommended and not recommended.is_closed
        else _("Next step for you: take it along as data when you prepare your next learning dialogue.")
    )
    return card(
        _,
        _("Perspective"),
        subtitle=f"{_(GROUPS[kept.group])} · {sheet.institution.name} · {_.date(kept.written_at)}",
        state=State(_("Saved"), "good"),
        seen_by=_("the leaders of the institution, your chief and the administration"),
        body=[
            facts(rows, spacing="Medium"),
            said(kept.said, spacing="Medium"),
            *(
                [
                    text(_("They recommend"), small=True, subtle=True, spacing="Medium"),
                    said(kept.recommend, spacing="ExtraSmall"),
                ]
                if kept.recommend
                else []
            ),
            _few(_) if sheet.leads and kept.count is Count.FEW else None,
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


def ask_link(_: Translator, sheet: Sheet, areas: Sequence[FocusArea]) -> Card:
    assert sheet.perspective is not None
    return card(
        _,
        _("Link to a focus area"),
        subtitle=sheet.institution.name,
        seen_by=_("the leaders of the institution, your chief and the administration"),
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


def show_all(
    _: Translator,
    where: Institution,
    half_year: HalfYear,
    found: Sequence[Perspective],
    tools: Mapping[UUID, PerspectiveTool],
    *,
    leads: bool,
) -> Card:
    """An institution's perspectives of the half-year, group by group, newest first."""
    parts: list[Element] = []
    for group in Group.of(where.age_range):
        of_group = [each for each in found if each.group is group]
        parts.append(section(_(GROUPS[group])))
        if not of_group:
            parts.append(text(_("No perspectives in this half-year yet."), subtle=True, spacing="Small"))
        for each in of_group[:5]:
            via = _collected(_, each, tools)
            by = [_.date(each.written_at), via, _("%(count)s took part", count=_(COUNTS[each.count]))]
            parts.append(said(_short(each.said), by=" · ".join(filter(None, by)), spacing="Small"))
        if len(of_group) > 5:
            more = len(of_group) - 5
            parts.append(text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True))
    listed = [each for group in Group.of(where.age_range) for each in found if each.group is group][:MOST_OPENED]
    if listed:
        parts.append(
            choices(
                "listed",
                _("Which one will you read in full?"),
                [(str(each.id), _listed(_, each, tools)) for each in listed],
                chosen=str(listed[0].id),
                compact=True,
                spacing="Large",
            )
        )
    return card(
        _,
        _("Perspectives"),
        subtitle=f"{where.name} · {_.half_year(half_year)}",
        seen_by=_("the leaders of the institution, your chief and the administration"),
        body=parts,
        actions=[
            press(_("New perspective"), NEW, carried(where.id), primary=True, inputs="none") if leads else None,
            press(_("Open"), OPEN_LISTED, carried()) if listed else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def remind(_: Translator, where: Institution, half_year: HalfYear, missing: Sequence[Group]) -> Card:
    """R-22: which groups have not been heard yet, and the way to write down what they say."""
    return card(
        _,
        _("Who has not been heard?"),
        subtitle=f"{where.name} · {_.half_year(half_year)}",
        seen_by=_("only you"),
        minutes=2,
        body=[
            text(_("In this half-year there are no perspectives yet from:"), spacing="Medium"),
            bullets([_(GROUPS[each]) for each in missing], spacing="Small"),
            hint(_("A few sentences are enough. They belong to the dialogue beside the key figures, with equal rank.")),
        ],
        actions=[
            press(_("New perspective"), NEW, carried(where.id), primary=True),
            press(_("Not now"), LATER, carried(where.id)),
            press(_("Methods"), METHODS, carried(where.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Who has not been heard at %(institution)s?", institution=where.name),
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


def _collected(_: Translator, each: Perspective, tools: Mapping[UUID, PerspectiveTool]) -> str:
    tool = tools.get(each.tool_id) if each.tool_id else None
    return _body_name(_, each) if each.body else tool_name(_, tool) if tool else ""


def _listed(_: Translator, each: Perspective, tools: Mapping[UUID, PerspectiveTool]) -> str:
    """Børn · 17. marts 2026 · Børneinterview"""
    by = (_(GROUPS[each.group]), _.date(each.written_at), _collected(_, each, tools))
    return " · ".join(filter(None, by))


def _few(_: Translator) -> Element:
    return hint(_("Take extra care that nobody can be recognised."), sign="PersonQuestionMark")


def _via(_: Translator, sheet: Sheet, kept: Perspective) -> str:
    if kept.body:
        return _body_name(_, kept)
    return next((tool_name(_, each) for each in sheet.tools if each.id == kept.tool_id), "")


def _stored_words(_: Translator, sheet: Sheet, name: str) -> str:
    kept = sheet.perspective
    if kept is None:
        return ""
    match name:
        case "group":
            return _(GROUPS[kept.group])
        case "count":
            return _(COUNTS[kept.count])
        case "body_name":
            return kept.body_name or ""
        case "tool_id" | "body":
            return _via(_, sheet, kept)
        case _other:
            return str(getattr(kept, name))


def _short(words: str) -> str:
    return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"
