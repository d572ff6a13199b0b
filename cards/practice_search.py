"""Finding what others have shared: a short list, newest first, narrowed by theme and age range."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import form, overview
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Action, Card, buttons, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element, group
from cards.parts import text
from cards.practice import CHOOSE, OPEN, REFLECTION, SEARCH, everyone, short
from cards.words import theme_title
from domain.cycle import Theme
from domain.organisation import AgeRange, Institution
from domain.practice import Practice

OURS = "practice.ours"

MOST = 8
ALL = "all"
SHOWN_WORDS = 110


@dataclass(frozen=True, kw_only=True)
class Form:
    """What to look for, both None for all; `dialogue_id` is the reflection to go back to."""

    theme_id: UUID | None = None
    age_range: AgeRange | None = None
    dialogue_id: UUID | None = None

    @classmethod
    def read(cls, data: Data) -> "Form":
        return cls(
            theme_id=form.optional_id(data, "theme"),
            age_range=form.choice(data, "age", AgeRange),
            dialogue_id=form.optional_id(data, "d"),
        )


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found, one more than is shown if there is more; `about` is what was looked for, as themes."""

    rows: Sequence[tuple[Practice, Institution]] = field(repr=False)
    themes: Sequence[Theme]
    about: Sequence[Theme] = ()
    age_range: AgeRange | None = None
    leads: bool = False
    dialogue_id: UUID | None = None


def show(_: Translator, found: Found) -> Card:
    """The newest eight, each with its title, where it comes from and how it begins."""
    rows = found.rows[:MOST]
    return card(
        _,
        _("Shared practice"),
        subtitle=_looked_for(_, found) or _("Newest first"),
        seen_by=everyone(_),
        body=[
            *[_row(_, each, where, found) for each, where in rows],
            text(_("There is more. Narrow it by theme or age range."), subtle=True, spacing="Medium")
            if len(found.rows) > MOST
            else None,
            # Open and not folded: a client may keep a folded list's choices when the card is narrowed.
            choices(
                "id",
                _("Which one will you read?"),
                [(str(each.id), f"{short(each.title)} · {where.name}") for each, where in rows],
                chosen=str(rows[0][0].id),
                spacing="Large",
            )
            if len(rows) > 1
            else None,
            _narrow(_, found),
        ],
        actions=[
            press(_("Read it"), OPEN, carried(rows[0][0].id if len(rows) == 1 else None, **_from(found)), primary=True),
            *_ways_on(_, found),
        ],
        summary=_("Shared practice"),
    )


def nothing_found(_: Translator, found: Found, asked: str) -> Card:
    """Nothing fits what was asked for: so it is said, and the themes about which there is something are offered."""
    looked_for = _looked_for(_, found)
    words = (
        _("Nothing has been shared yet about %(what)s.", what=looked_for)
        if looked_for
        else _("I know of no theme like “%(words)s”.", words=short(asked))
    )
    return card(
        _,
        _("I found nothing"),
        seen_by=_("only you"),
        body=[
            text(words, spacing="Medium"),
            choices(
                "theme",
                _("There is shared practice about these themes"),
                [(str(each.id), theme_title(_, each)) for each in found.themes],
                chosen=str(found.themes[0].id),
            )
            if found.themes
            else None,
        ],
        actions=[
            press(_("Show"), SEARCH, carried(None, **_from(found)), primary=True)
            if found.themes
            else press(_("All shared practice"), SEARCH, carried(None, **_from(found)), primary=True),
            *_ways_on(_, found),
        ],
        summary=_("I found nothing"),
    )


def none_yet(_: Translator, *, leads: bool, dialogue_id: UUID | None = None) -> Card:
    found = Found(rows=[], themes=[], leads=leads, dialogue_id=dialogue_id)
    return card(
        _,
        _("No practice is shared yet"),
        seen_by=_("only you"),
        body=[
            text(
                _("Here the institutions of the municipality tell one another what they did, and why it worked."),
                spacing="Medium",
            )
        ],
        actions=_ways_on(_, found),
    )


def _row(_: Translator, each: Practice, where: Institution, found: Found) -> Element:
    # What was looked for is the same in every row, and stands above them.
    theme = None if found.about else next((one for one in found.themes if one.id == each.theme_id), None)
    ages = "" if found.age_range else _.age_range(where.age_range)
    day = _.date(each.shared_at).replace(" ", "\u00a0") if each.shared_at else ""
    line = " · ".join(filter(None, (where.name, ages, theme_title(_, theme), day)))
    return group(
        text(short(each.title), strong=True),
        text(line, small=True, subtle=True, spacing="None"),
        text(short(" ".join(each.shared.did.split()), SHOWN_WORDS) if each.shared else "", spacing="ExtraSmall"),
        spacing="Medium",
    )


def _narrow(_: Translator, found: Found) -> Element:
    """Another theme or age range, behind a button."""
    titles = [(str(each.id), theme_title(_, each)) for each in found.themes]
    looked_for = {str(each.id) for each in found.about} & dict(titles).keys()
    chosen = looked_for.pop() if len(looked_for) == 1 else ALL
    return toggle_more(
        _("Theme and age range"),
        "narrow",
        choices("theme", _("Theme"), [(ALL, _("All themes")), *titles], chosen=chosen, compact=True, spacing="None"),
        choices(
            "age",
            _("Age range"),
            [(ALL, _("Both")), *[(each.value, _.age_range(each)) for each in AgeRange]],
            chosen=found.age_range or ALL,
            compact=True,
        ),
        buttons(press(_("Find"), SEARCH, carried(None, **_from(found)))),
    )


def _ways_on(_: Translator, found: Found) -> list[Action | None]:
    if found.dialogue_id:
        return [press(_("Back to the reflection"), REFLECTION, carried(found.dialogue_id), inputs="none")]
    return [
        press(_("Share practice"), CHOOSE, carried(), inputs="none") if found.leads else None,
        press(_("My overview"), overview.OPEN, carried(), inputs="none"),
    ]


def _looked_for(_: Translator, found: Found) -> str:
    titles = list(dict.fromkeys(theme_title(_, each) for each in found.about))
    ages = _.age_range(found.age_range) if found.age_range else ""
    return ", ".join(filter(None, (_.join(titles) if titles else "", ages)))


def _from(found: Found) -> dict[str, str | int]:
    return {"d": str(found.dialogue_id)} if found.dialogue_id else {}
