"""The chief's signed remarks on a focus area: how one is written, and how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form, overview, remark
from cards.focus_area_story import Story, status_state
from cards.form import Data, carried
from cards.kit import Action, Card, again, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element
from cards.more import and_more
from cards.parts import facts, hint, note, said, section, text
from cards.words import REMARK_ASKED, theme_title
from domain.errors import Problems
from domain.focus_remark import FocusRemark
from domain.organisation import Person

ASK = "focus_remark.ask"
ADD = "focus_remark.add"
ALL = "focus_remark.all"
FOCUS_AREA = "focus_area.open"

# What the focus area's own card has room for beside everything else, and a page of nothing but remarks.
NEWEST_LETTERS = 1_000
PAGE_LETTERS = 5_000

Signed = tuple[FocusRemark, Person]


@dataclass(frozen=True, kw_only=True)
class Form:
    """A remark as typed; `newest` is the last one that was kept when the card was drawn."""

    focus_area_id: UUID
    text: str = field(repr=False)
    newest: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            focus_area_id=form.subject_id(data),
            text=form.text(data, "remark"),
            newest=form.optional_id(data, "newest"),
        )


def ask(_: Translator, story: Story, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """R-13: the chief "can comment, never edit": a text of the chief's own, and the focus area to read beside it."""
    area, last = story.area, story.last
    # Drawn again, it is still the same card.
    before = typed.newest if typed else story.remarks[0][0].id if story.remarks else None
    what = [
        (_("Theme"), theme_title(_, story.theme)),
        (_("Signs you look for"), area.signs),
    ]
    return card(
        _,
        _("Remark on a focus area"),
        subtitle=story.institution.name,
        state=status_state(_, last.status if last else None) if area.is_active else None,
        seen_by=_read_by(_),
        minutes=2,
        body=[
            text(area.title, strong=True, spacing="Medium"),
            text(_("It stays as its leaders have worded it. Your remark stands beside it, and they are told.")),
            *remark.asked(_, "remark", _(REMARK_ASKED), typed.text if typed else "", problems),
            toggle_more(
                _("Read the focus area"),
                "area",
                facts(what, spacing="Small"),
                text(_("Why this one?"), small=True, subtle=True, spacing="Medium"),
                said(area.why, spacing="ExtraSmall"),
                *newest(_, story.remarks),
            ),
        ],
        actions=[
            press(
                _("Add the remark"), ADD, carried(area.id, **({"newest": str(before)} if before else {})), primary=True
            ),
            press(_("Back"), FOCUS_AREA, carried(area.id), inputs="none"),
        ],
    )


def show(_: Translator, story: Story, *, skipped: int = 0) -> Card:
    """The remarks, newest first, page by page and nothing cut: for the leaders who are told of one, and to read on."""
    area = story.area
    skipped = skipped if skipped < len(story.remarks) else 0
    shown = _within(story.remarks[skipped:], PAGE_LETTERS)
    older = len(story.remarks) - skipped - len(shown)
    return card(
        _,
        _("Remarks on a focus area") if len(story.remarks) > 1 else _("Remark on a focus area"),
        subtitle=story.institution.name,
        seen_by=_read_by(_),
        body=[
            text(area.title, strong=True, spacing="Medium"),
            *_signed(_, shown),
            and_more(_, older),
            hint(_("A remark changes nothing in it: you choose and word your focus areas yourselves."))
            if story.leads
            else None,
        ],
        actions=[
            press(_("See the focus area"), FOCUS_AREA, carried(area.id), primary=True, inputs="none"),
            press(_("Earlier remarks"), ALL, carried(area.id, skipped=skipped + len(shown)), inputs="none")
            if older
            else None,
            press(_("The newest"), ALL, carried(area.id), inputs="none") if skipped else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(ALL, carried(area.id, skipped=skipped)),
        summary=_("A remark on a focus area at %(institution)s", institution=story.institution.name),
    )


def newest(_: Translator, remarks: Sequence[Signed]) -> list[Element]:
    """The newest on the focus area's own card, each whole; the rest stands behind a button there."""
    if not remarks:
        return []
    return [section(_("Remarks by the chief"), spacing="Medium"), *_signed(_, _within(remarks, NEWEST_LETTERS))]


def all_of_them(_: Translator, focus_area_id: UUID, remarks: Sequence[Signed]) -> Action | None:
    """The way to those that the focus area's own card has no room for."""
    if len(_within(remarks, NEWEST_LETTERS)) == len(remarks):
        return None
    return press(_("All remarks"), ALL, carried(focus_area_id), inputs="none")


def kept(_: Translator) -> Element:
    return note(_("Your remark is saved. Next step: the leaders read it. I tell them."), sign="CheckmarkCircle")


def _signed(_: Translator, shown: Sequence[Signed]) -> list[Element]:
    return [said(each.text, by=f"{author.name} · {_.date(each.written_at)}", spacing="Small") for each, author in shown]


def _within(remarks: Sequence[Signed], letters: int) -> Sequence[Signed]:
    """As many of the newest as stand within so many letters, and at least one."""
    shown: list[Signed] = []
    for each, author in remarks:
        letters -= len(each.text)
        if shown and letters < 0:
            break
        shown.append((each, author))
    return shown


def _read_by(_: Translator) -> str:
    return _("the leaders of the institution, its chief and the administration")
