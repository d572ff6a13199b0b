"""What was decided, in words: on a card, for the minutes and for the board."""

from collections.abc import Sequence

from cards import heard
from cards.decision import DEGREES, KINDS, OPEN, Sheet
from cards.form import carried
from cards.inputs import long_input
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element, Space
from cards.parts import hint, said, text
from cards.words import SOURCES, dialogue_line
from domain.board import BoardNote
from domain.decision import Decision
from domain.organisation import Person


def copied(_: Translator, sheet: Sheet, minutes: str) -> Card:
    """The decisions as clean text, in a field that every client lets one mark and copy."""
    return card(
        _,
        _("For the minutes"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_("only you"),
        body=[
            hint(_("Mark it all and copy it. When you share it outside the municipality, it is no longer internal.")),
            long_input("minutes", _("The decisions as text"), value=minutes, limit=len(minutes) + 1),
        ],
        actions=[press(_("Back"), OPEN, carried(sheet.dialogue.id), inputs="none")],
    )


def minutes_of(_: Translator, sheet: Sheet) -> str:
    """The decisions as plain text: what was decided, what it rests on, who took part and who follows up."""
    lines = [f"{_('Decisions')} – {dialogue_line(_, sheet.dialogue, sheet.institution)}", ""]
    for number, each in enumerate(sheet.decisions, start=1):
        lines.append(f"{number}. {kind_of(_, each)}: {each.what.text}")
        lines += [f"   {name}: {value}" for name, value in facts_of(_, sheet, each)]
        lines.append("")
    for told, author in sheet.board:
        lines.append(": ".join(filter(None, (board_line(_, told, author), told.said))))
    return "\n".join(lines).strip()


def board_notes(_: Translator, notes: Sequence[tuple[BoardNote, Person]], *, spacing: Space = "Large") -> list[Element]:
    """When the board was informed, and what it said."""
    parts: list[Element] = []
    for number, (told, author) in enumerate(notes):
        distance: Space = "Medium" if number else spacing
        parts.append(text(board_line(_, told, author), small=True, subtle=True, spacing=distance))
        if told.said:
            parts.append(said(told.said, spacing="ExtraSmall"))
    return parts


def board_line(_: Translator, told: BoardNote, author: Person) -> str:
    """Bestyrelsen blev orienteret 12. maj 2026; what was added to a closed dialogue is signed (I14)."""
    line = _("The board was informed on %(day)s", day=_.date(told.informed_on))
    return f"{line} · {author.name}, {_.date(told.written_at)}" if told.is_added else line


def kind_of(_: Translator, each: Decision) -> str:
    """What kind of decision it is, in words."""
    return _(KINDS[each.kind]) if each.kind else ""


def facts_of(_: Translator, sheet: Sheet, each: Decision) -> list[tuple[str, str]]:
    """What the decision rests on, who took part in it, and who follows up."""
    rows = []
    if each.focus_area_id in sheet.titles and each.focus_area_id is not None:
        rows.append((_("Focus area"), sheet.titles[each.focus_area_id]))
    based = [figure.indicator for figure in sheet.figures if figure.id in each.what.figures]
    based += [_(SOURCES[source]) for source in each.what.sources]
    based += heard.lines_of(_, sheet.heard, each.what.perspectives)
    if based:
        rows.append((_("Based on"), " · ".join(based)))
    involved = [
        f"{group}: {_(DEGREES[degree]).lower()}"
        for group, degree in (
            (_("Children and young people"), each.who.children),
            (_("Parents"), each.who.parents),
        )
        if degree is not None
    ]
    if each.who.involve_by:
        involved.append(_("They will be involved by %(day)s", day=_.date(each.who.involve_by)))
    if involved:
        rows.append((_("Involvement"), " · ".join(involved)))
    if each.who.owner:
        by = _.date(each.who.due) if each.who.due else ""
        rows.append((_("Follows up"), ", ".join(filter(None, (each.who.owner, by)))))
    return rows
