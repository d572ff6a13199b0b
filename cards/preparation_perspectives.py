"""The second step of a preparation: what children, parents and staff say, or when they will be asked."""

from datetime import date

from cards import heard
from cards import problems as wrong
from cards.inputs import choices, date_input, long_input
from cards.kit import toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.more import and_more, first
from cards.parts import hint, said, section
from cards.preparation import BODIES, Sheet, label
from domain.errors import Problems
from domain.preparation import Body, PerspectiveStep

MOST_WAITING = 3
ASKED_LATER = {"children": N_("Ask the children later"), "parents": N_("Ask the parents later")}


def perspective_questions(
    _: Translator, sheet: Sheet, content: PerspectiveStep, problems: Problems | None
) -> list[Element]:
    """What was filed, and a question for each group. Saving asks for nothing; what is still needed stands at it."""
    untold = content.untold(sheet.groups_in(content))
    groups = (("children", content.children_by), ("parents", content.parents_by))
    is_date_wrong = any(wrong.at(_, problems, f"{group}_by") for group, _by in groups)
    staff = long_input(
        "staff",
        label(_, "staff"),
        value=content.staff,
        placeholder=_("Optional"),
        problem=wrong.at(_, problems, "staff"),
    )
    bodies = choices(
        "bodies",
        label(_, "bodies"),
        [(each.value, _(BODIES[each])) for each in Body.of(sheet.institution.age_range)],
        chosen=content.bodies,
        many=True,
    )
    return [
        *_waiting(_, sheet),
        *_filed(_, sheet, content),
        *([hint(_what_is_needed(_, sheet), spacing="Medium")] if None in untold.values() else []),
        *[
            part
            for group, by in groups
            for part in _group(_, content, group, by, problems, is_told=group not in untold)
        ],
        # Five questions are shown at most: a date that is out puts the last two behind a button.
        *([toggle_more(_("Staff and councils"), "others", staff, bodies)] if is_date_wrong else [staff, bodies]),
    ]


def _what_is_needed(_: Translator, sheet: Sheet) -> str:
    if sheet.heard:
        return _(
            "“Ready for the dialogue” asks for both children and parents: choose what you have collected, write "
            "what they say, or choose a date by which you will have asked."
        )
    return _(
        "“Ready for the dialogue” asks for both children and parents: write what they say, or choose a date by "
        "which you will have asked."
    )


def _group(
    _: Translator, content: PerspectiveStep, group: str, by: date | None, problems: Problems | None, *, is_told: bool
) -> list[Element]:
    """What one group says and, as long as it is not told, the date by which it will be asked, behind a button."""
    name = f"{group}_by"
    problem = wrong.at(_, problems, name)
    day = date_input(name, label(_, name), value=by, problem=problem, spacing="Small")
    asked = long_input(
        group,
        label(_, group),
        value=getattr(content, group),
        placeholder=_("Optional") if is_told or by else _("Or choose a date below"),
        problem=wrong.at(_, problems, group),
    )
    if problem:
        return [asked, day]
    if is_told and not by:
        return [asked]
    chosen = [hint(f"{label(_, name)} {_.date(by)}", sign="Calendar")] if by else []
    return [asked, *chosen, toggle_more(_(ASKED_LATER[group]), f"{group}_later", day, spacing="Small")]


def _filed(_: Translator, sheet: Sheet, content: PerspectiveStep) -> list[Element]:
    """What was filed since the last dialogue, to be brought along as it is."""
    if not sheet.heard:
        return []
    asked = choices(
        "chosen",
        label(_, "chosen"),
        heard.options_of(_, sheet.heard),
        chosen=[str(each) for each in content.chosen],
        many=True,
    )
    return [asked, *heard.as_data(_, sheet.heard)]


def _waiting(_: Translator, sheet: Sheet) -> list[Element]:
    """What was recommended since and has no answer yet belongs to this dialogue."""
    if not sheet.waiting:
        return []
    shown, more = first(sheet.waiting, MOST_WAITING)
    left = and_more(_, more)
    return [
        section(_("Recommendations waiting"), spacing="Medium"),
        *[said(each, spacing="Small") for each in shown],
        *([left] if left else []),
        hint(_("Talk about them at the dialogue. The day after, I will ask what you do about them.")),
    ]
