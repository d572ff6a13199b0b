"""Political themes, as the leaders of an institution get them: seen, and discussed with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, again, buttons, card, open_url, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, facts, loop, note, said, section, text
from cards.which import which
from cards.words import aims_line, theme_title
from domain.cycle import Theme
from domain.draft import digest
from domain.errors import Problems
from domain.organisation import Institution, Person
from domain.theme import DiscussedWith, Discussion, ThemeReceipt, talk_name

OPEN = "theme.open"
SEEN = "theme.seen"
DISCUSSED = "theme.discussed"
CORRECT = "theme.correct"
LATER = "theme.later"

ONE = "discussed_"
MOST_ASKED = 5
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
        state=receipt_state(_, receipt),
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
            " · ".join(filter(None, (span_of(_, [theme]), aims_line(_, theme.aims)))),
            small=True,
            subtle=True,
            spacing="None",
        ),
    ]
    return [*parts, said(theme.description, spacing="Small")] if theme.description else parts


def span_of(_: Translator, themes: Sequence[Theme]) -> str:
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


def receipt_state(_: Translator, receipt: ThemeReceipt) -> State:
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
