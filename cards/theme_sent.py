"""Political themes as a round of them is sent out, and which institutions have seen and discussed them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import form, overview
from cards.form import Data, carried
from cards.kit import Card, card, press
from cards.language import Translator
from cards.layout import Element, columns, group
from cards.more import and_more, first
from cards.parts import State, badge, bullets, facts, note, section, text
from cards.theme import receipt_state, span_of
from cards.which import which
from cards.words import theme_title
from domain.cycle import PoliticalRound, Theme
from domain.organisation import Institution
from domain.theme import ThemeReceipt

ALL = "theme.all"
PREVIEW = "theme.preview"
SEND = "theme.send"

MOST_NAMES, MOST_LINES = 12, 20


@dataclass(frozen=True, kw_only=True)
class From:
    """Which of the lines that found no room to show first."""

    since: int

    @classmethod
    def read(cls, data: Data) -> "From":
        return cls(since=max(form.number(data, "since"), 0))


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A round that waits to be sent out, and who would get it."""

    decided: PoliticalRound
    themes: Sequence[Theme]
    places: Sequence[Institution]
    leaders: int
    is_out_of_turn: bool = False


def preview(_: Translator, found: Preview) -> Card:
    """R-26: who gets which themes, before anything is sent."""
    shown, more = first(found.places, MOST_NAMES)
    names = [where.name for where in shown]
    span = span_of(_, found.themes)
    return card(
        _,
        _("Send out the themes?"),
        subtitle=f"{found.decided.year} · {_.age_range(found.decided.age_range)}",
        seen_by=_("only you"),
        body=[
            bullets([theme_title(_, each) for each in found.themes], spacing="Medium"),
            facts(
                [
                    (_("Valid"), span),
                    (
                        _("Who gets them"),
                        _.join(
                            [
                                _.ngettext("%(n)s institution", "%(n)s institutions", len(found.places)),
                                _.ngettext("%(n)s leader", "%(n)s leaders", found.leaders),
                            ]
                        ),
                    ),
                ],
                spacing="Medium",
            ),
            bullets(names, spacing="Small") if names else None,
            and_more(_, more),
            note(
                _(
                    "The round before was about the same age range. The two take turns, so these cannot be sent. "
                    "Correct the round in the list of themes."
                ),
                sign="Info",
            )
            if found.is_out_of_turn
            else note(_("The leaders get one card each, within working hours. It cannot be taken back."), sign="Info"),
        ],
        actions=[
            None if found.is_out_of_turn else press(_("Send out"), SEND, carried(found.decided.id), primary=True),
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def sent(_: Translator, found: Preview) -> Card:
    return card(
        _,
        _("The themes are sent out"),
        subtitle=f"{found.decided.year} · {_.age_range(found.decided.age_range)}",
        state=State(_("Sent"), "good"),
        seen_by=_("only you"),
        body=[
            bullets([theme_title(_, each) for each in found.themes], spacing="Medium"),
            note(_("Next step: the leaders see them and discuss them locally."), sign="ArrowRight"),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def which_round(_: Translator, rounds: Sequence[PoliticalRound]) -> Card:
    rows = [(each.id, named, named) for each in rounds for named in [f"{each.year} · {_.age_range(each.age_range)}"]]
    return which(_, _("Which round?"), _("Round"), rows, PREVIEW)


def nothing_to_send(_: Translator) -> Card:
    words = _("All themes that are decided have been sent out. New ones come with the list of themes.")
    return card(
        _,
        _("No themes to send"),
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def for_chief(
    _: Translator,
    lines: Sequence[tuple[Institution, ThemeReceipt | None]],
    *,
    since: int = 0,
    is_chief: bool = True,
) -> Card:
    """A word for each institution, from A to Å, and nothing more; twenty at a time."""
    shown, more = first(lines[since:], MOST_LINES)
    following = since + len(shown)
    rows: list[Element] = [
        columns([text(where.name, strong=True)], badge(receipt_state(_, receipt)), spacing="Small")
        if receipt
        else group(
            text(where.name, strong=True),
            text(_("No themes sent yet"), small=True, subtle=True, spacing="None"),
            spacing="Small",
        )
        for where, receipt in shown
    ]
    return card(
        _,
        _("The themes in your area") if is_chief else _("The themes at the institutions"),
        seen_by=_("only you"),
        body=[
            section(
                _("Your institutions, A to Å") if is_chief else _("The institutions, A to Å"),
                spacing="Medium",
            ),
            *rows,
            and_more(_, more),
        ],
        actions=[
            press(_("Show the rest"), ALL, carried(since=following)) if more > 0 else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )
