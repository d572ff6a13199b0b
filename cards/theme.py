"""Political themes: sending them out, what a leader gets, and whom they were discussed with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, again, buttons, card, open_url, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element, columns, group
from cards.parts import State, badge, bullets, facts, loop, note, said, section, text
from cards.which import which
from cards.words import aims_line, theme_title
from domain.cycle import PoliticalRound, Theme
from domain.draft import digest
from domain.errors import Problems
from domain.organisation import Institution, Person
from domain.theme import DiscussedWith, Discussion, ThemeReceipt, talk_name

OPEN = "theme.open"
SEEN = "theme.seen"
DISCUSSED = "theme.discussed"
CORRECT = "theme.correct"
LATER = "theme.later"
ALL = "theme.all"
PREVIEW = "theme.preview"
SEND = "theme.send"

ONE = "discussed_"
MOST_NAMES, MOST_LINES, MOST_ASKED = 12, 20, 5
WITH = {
    DiscussedWith.STAFF: N_("Staff"),
    DiscussedWith.MANAGEMENT: N_("The management"),
    DiscussedWith.BOARD: N_("The board"),
    DiscussedWith.CHILDREN: N_("Student council or children and young people"),
    DiscussedWith.PARENTS: N_("Parents"),
    DiscussedWith.NOBODY_YET: N_("Nobody yet"),
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """Whom each theme was discussed with; `was` marks what was kept when the card was drawn.

    `of_all` is what an older card says of all themes at once.
    """

    receipt_id: UUID
    talks: Mapping[UUID, tuple[DiscussedWith, ...]] = field(default_factory=dict)
    of_all: tuple[DiscussedWith, ...] = ()
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "Form":
        ids = {name: form.parsed_id(name.removeprefix(ONE)) for name in data if name.startswith(ONE)}
        return cls(
            receipt_id=form.subject_id(data),
            talks={each: form.choices(data, name, DiscussedWith) for name, each in ids.items() if each},
            of_all=form.choices(data, "discussed", DiscussedWith),
            was=form.text(data, "v"),
        )

    def discussion(self, themes: Iterable[UUID]) -> Discussion:
        """What is said of the themes of the round, and of no others."""
        return Discussion.of({each: self.talks.get(each, self.of_all) for each in themes})


@dataclass(frozen=True, kw_only=True)
class From:
    """Which of the lines that found no room to show first."""

    since: int

    @classmethod
    def read(cls, data: Data) -> "From":
        return cls(since=max(form.number(data, "since"), 0))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The themes of one round at one institution; `asks` whether it is time to say whom they were discussed with.

    Read for one person, the `viewer`; `discussed_by` is who has said so, if anybody.
    """

    receipt: ThemeReceipt
    institution: Institution
    themes: Sequence[Theme]
    leads: bool
    viewer: Person
    discussed_by: Person | None = None
    asks: bool = False

    @property
    def discussion(self) -> Discussion:
        return self.receipt.discussion_of(each.id for each in self.themes)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A round that waits to be sent out, and who would get it."""

    decided: PoliticalRound
    themes: Sequence[Theme]
    places: Sequence[Institution]
    leaders: int
    is_out_of_turn: bool = False


def show(_: Translator, sheet: Sheet, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    """C15: the themes and why; *Set*, and later whom they were discussed with."""
    receipt = sheet.receipt
    about = carried(receipt.id)
    asks = sheet.leads and sheet.asks
    question = (
        _("Whom have you discussed the theme with?")
        if len(sheet.themes) == 1
        else _("Whom have you discussed the themes with?")
    )
    body: list[Element | None] = [
        *draft.notes(
            _,
            problems,
            viewer=sheet.viewer,
            written_by=sheet.discussed_by,
            written_at=receipt.discussed_at,
            label=lambda _name: question,
            words=lambda _name: "\n".join(": ".join(each) for each in _told(_, sheet)),
        ),
        loop(_, "theme"),
        *_themes(_, sheet.themes),
    ]
    if asks:
        body += _asked(_, sheet, question, typed, problems)
    elif receipt.discussed_at:
        if len(sheet.themes) > 1:
            body.append(section(_("Discussed with")))
        body.append(facts(_told(_, sheet), spacing="Medium"))
    body.append(_next_step(_, sheet))
    return card(
        _,
        _("New political theme") if len(sheet.themes) == 1 else _("New political themes"),
        subtitle=sheet.institution.name,
        state=_state(_, receipt),
        seen_by=_(
            "the leaders of the institution. The chief and the administration see whether you have seen and discussed "
            "the themes."
        ),
        minutes=1 if receipt.seen_at is None or asks else None,
        body=body,
        actions=[
            press(_("Seen"), SEEN, about, primary=True) if sheet.leads and receipt.seen_at is None else None,
            press(
                _("Save"),
                DISCUSSED,
                {**about, "v": digest(sheet.discussion)},
                primary=receipt.seen_at is not None,
            )
            if asks
            else None,
            press(_("Not now"), LATER, about, inputs="none")
            if sheet.leads and (asks or receipt.seen_at is None)
            else None,
            press(_("Correct") if receipt.discussed_at else _("Discussed with whom?"), CORRECT, about, inputs="none")
            if sheet.leads and receipt.seen_at is not None and not asks
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=None if asks or receipt.seen_at is None else again(OPEN, about),
        summary=_("New political themes for %(institution)s", institution=sheet.institution.name),
    )


def preview(_: Translator, found: Preview) -> Card:
    """R-26: who gets which themes, before anything is sent."""
    names = [where.name for where in found.places[:MOST_NAMES]]
    more = len(found.places) - len(names)
    span = _span(_, found.themes)
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
            text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True) if more > 0 else None,
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
    shown = lines[since : since + MOST_LINES]
    following = since + len(shown)
    more = len(lines) - following
    rows: list[Element] = [
        columns([text(where.name, strong=True)], badge(_state(_, receipt)), spacing="Small")
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
            text(_.ngettext("and %(n)s more", "and %(n)s more", more), small=True, subtle=True) if more > 0 else None,
        ],
        actions=[
            press(_("Show the rest"), ALL, carried(since=following)) if more > 0 else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )


def none_yet(_: Translator) -> Card:
    return card(
        _,
        _("No themes yet"),
        seen_by=_("only you"),
        body=[text(_("When the politicians have decided themes for your age range, you find them here."))],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def choose(_: Translator, found: Sequence[tuple[ThemeReceipt, Institution]]) -> Card:
    rows = [(receipt.id, where.name, where.name) for receipt, where in found]
    return which(_, _("Which institution?"), _("Institution"), rows, OPEN)


def _themes(_: Translator, themes: Sequence[Theme]) -> list[Element]:
    """Each with the link to the council's decision, once where several have the same."""
    parts: list[Element] = []
    addresses: list[str] = []
    for theme in themes:
        parts += _theme(_, theme)
        if theme.decision_url and theme.decision_url not in addresses:
            addresses.append(theme.decision_url)
            number = len(addresses)
            title = _("Read the decision") if number == 1 else _("Read decision %(number)s", number=number)
            parts.append(buttons(open_url(title, theme.decision_url)))
    return parts


def _theme(_: Translator, theme: Theme) -> list[Element]:
    parts: list[Element] = [
        text(theme_title(_, theme), strong=True, spacing="Medium"),
        text(
            " · ".join(filter(None, (_span(_, [theme]), aims_line(_, theme.aims)))),
            small=True,
            subtle=True,
            spacing="None",
        ),
    ]
    return [*parts, said(theme.description, spacing="Small")] if theme.description else parts


def _span(_: Translator, themes: Sequence[Theme]) -> str:
    if not themes:
        return "–"
    first, last = min(each.valid_from for each in themes), max(each.valid_to for each in themes)
    return f"{_.half_year(first)} – {_.half_year(last)}"


def _asked(_: Translator, sheet: Sheet, question: str, typed: Form | None, problems: Problems | None) -> list[Element]:
    """R-26: "Send-out card per theme … with receipt": a choice for each theme; more than five are behind a button."""
    said = typed.discussion(each.id for each in sheet.themes) if typed else sheet.discussion
    is_only = len(sheet.themes) == 1
    asked = [
        choices(
            talk_name(each.id),
            question if is_only else theme_title(_, each),
            [(with_whom.value, _(words)) for with_whom, words in WITH.items()],
            chosen=said.with_whom(each.id),
            many=True,
            problem=wrong.at(_, problems, talk_name(each.id)),
            spacing="Medium",
        )
        for each in sheet.themes
    ]
    more = asked[MOST_ASKED:]
    is_wrong = any(wrong.at(_, problems, talk_name(each.id)) for each in sheet.themes[MOST_ASKED:])
    return [
        *([] if is_only else [section(question)]),
        *asked[:MOST_ASKED],
        *([toggle_more(_("More themes"), "more_themes", *more, is_open=is_wrong)] if more else []),
    ]


def _told(_: Translator, sheet: Sheet) -> list[tuple[str, str]]:
    """Each theme with those it was discussed with."""
    said, is_only = sheet.discussion, len(sheet.themes) == 1
    return [
        (
            _("Discussed with") if is_only else theme_title(_, each),
            " · ".join(_(WITH[with_whom]) for with_whom in said.with_whom(each.id)) or _("Not discussed yet"),
        )
        for each in sheet.themes
    ]


def _state(_: Translator, receipt: ThemeReceipt) -> State:
    if receipt.is_discussed:
        return State(_("Discussed"), "good")
    if receipt.discussed_themes:
        number, total = _.number(receipt.discussed_themes), _.number(len(receipt.talks))
        return State(_("%(number)s of %(total)s discussed", number=number, total=total), "accent")
    return State(_("Seen"), "accent", "CheckmarkCircle") if receipt.seen_at else State(_("Sent"), "neutral")


def _next_step(_: Translator, sheet: Sheet) -> Element | None:
    receipt = sheet.receipt
    if not sheet.leads or sheet.asks:
        return None
    if receipt.seen_at is None:
        return note(_("Next step: discuss them locally, and choose focus areas close to them."), sign="ArrowRight")
    if receipt.is_discussed:
        return note(_("Next step: choose focus areas close to them in a learning dialogue."), sign="ArrowRight")
    if receipt.discussed_themes:
        return note(_("Next step: in two weeks I will ask about those you have not discussed yet."), sign="ArrowRight")
    return note(_("Next step: in two weeks I will ask whom you have discussed them with."), sign="ArrowRight")
