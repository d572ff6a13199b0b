"""The form of a perspective: five questions at a time."""

from collections.abc import Sequence

from cards import draft, overview
from cards import problems as wrong
from cards.form import carried
from cards.inputs import choices, long_input, text_input
from cards.kit import Card, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.parts import names_hint
from cards.perspective import BODIES, SAVE, Form, Sheet, few, label, tool_name, via_of
from cards.words import AIMS, COUNTS, GROUPS, aims_line
from domain.draft import digest
from domain.errors import Problems
from domain.perspective import Count, FormalBody, Group
from domain.text import SHORT, TITLE


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
        placeholder=_("For instance a parents' or users' council"),
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
    wrongs = problems.fields.values() if problems else ()
    is_asked_of_somebody = any(each.code in ("single_child", "single_employee") for each in wrongs)
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
            few(_) if voice.count is Count.FEW else None,
            long_input(
                "said",
                label(_, "said"),
                value=voice.said,
                required=True,
                placeholder=_("In their own words, where you can"),
                problem=wrong.at(_, problems, "said"),
            ),
            toggle_more(_("They recommend …"), "advice", recommend, is_open=is_recommended, spacing="Small")
            if is_named or is_asked_of_somebody
            else recommend,
            toggle_more(
                _("What is it about?"),
                "about",
                choices(
                    "aims",
                    label(_, "aims"),
                    [(each.value, _(words)) for each, words in AIMS.items()],
                    chosen=voice.aims,
                    many=True,
                ),
                spacing="Small",
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save the perspective"), SAVE, data, primary=True),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def _stored_words(_: Translator, sheet: Sheet, name: str) -> str:
    kept = sheet.perspective
    if kept is None:
        return ""
    match name:
        case "group":
            return _(GROUPS[kept.group])
        case "count":
            return _(COUNTS[kept.count])
        case "aims":
            return aims_line(_, kept.aims)
        case "body_name":
            return kept.body_name or ""
        case "tool_id" | "body":
            return via_of(_, sheet, kept)
        case _other:
            return str(getattr(kept, name))
