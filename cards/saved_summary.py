"""A saved supervision summary, from the chief's draft to the final one, as each of its readers meets it.

What it says is what the records said when it was made; the leader's answer stands beside it and is printed with it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cards import draft, form, overview, refusal
from cards import problems as wrong
from cards.form import Data, carried
from cards.inputs import choices, long_input
from cards.kit import Action, Card, card, open_url, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.numbered import ALL as SOURCES
from cards.numbered import Numbered
from cards.numbered import about as about_answer
from cards.parts import State, hint, names_hint, note, said, section, text
from cards.scope import carry
from cards.summary import rests_on, section_rows
from cards.summary_document import only_theirs
from cards.supervision import SECTIONS, by_section
from domain.draft import digest
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution, Person
from domain.printed import Line
from domain.saved_summary import Comment, SavedSummary, SummaryRemark, SummaryState
from domain.supervision import Bounds, Section

NAME = "saved_summary"
BEGIN = "saved_summary.begin"
OPEN = "saved_summary.open"
OPEN_LISTED = "saved_summary.open_listed"
READ = "saved_summary.read"
ANEW = "saved_summary.anew"
DROP = "saved_summary.drop"
SEND = "saved_summary.send"
FITS = "saved_summary.fits"
ASK_REMARK = "saved_summary.ask_remark"
REMARK = "saved_summary.remark"
FINISH = "saved_summary.finish"
EDITION = "saved_summary.edition"
LIST = "saved_summary.list"
LATER = "saved_summary.later"

# A card is 25 KB at most; head, answers and buttons take the rest.
ROOM = 13_000
MOST_OF_THEME = 12
MOST_ROWS = 100
STATES: Mapping[SummaryState, State] = {
    SummaryState.DRAFT: State(N_("draft"), "neutral", "Document"),
    SummaryState.READ: State(N_("draft, read by the chief"), "neutral", "Document"),
    SummaryState.SENT: State(N_("with the leader for a remark"), "accent"),
    SummaryState.FINAL: State(N_("final"), "good"),
}
REASONS = {
    "summary_final": N_("The summary is final, and stays as it is. A change makes a new edition."),
    "summary_sent": N_("The summary is with the leader already, and stays as it was sent."),
    "summary_made_anew": N_("The summary was made anew meanwhile. Read it once more before you send it."),
    "summary_not_sent": N_("The summary is not with the leader for a remark."),
    "summary_waits": N_("The leader has seven days for a remark, or until there is an answer. It waits until then."),
}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A saved summary for one reader. `lines` are those that are theirs to read, without `hidden` agreements.

    `answers` are the leaders', oldest first; `mine` the reader's own. `leaders` are the names of those it goes to.
    """

    summary: SavedSummary
    where: Institution
    lines: Sequence[Line] = field(repr=False)
    author: Person
    viewer: Person
    is_chief: bool
    is_leader: bool = False
    hidden: int = 0
    answers: Sequence[tuple[SummaryRemark, Person]] = ()
    leaders: Sequence[str] = ()
    can_be_final: bool = False
    replaces: str = ""
    replaced_by: str = ""
    word: str | None = None
    pdf: str | None = None

    @property
    def mine(self) -> SummaryRemark | None:
        return next((each for each, author in self.answers if author.id == self.viewer.id), None)

    @property
    def can_answer(self) -> bool:
        return self.is_leader and self.summary.state is SummaryState.SENT


@dataclass(frozen=True, kw_only=True)
class PageForm:
    """Which summary, and which page of it; the way back from its sources carries it among the bounds."""

    id: UUID
    page: int = 0

    @classmethod
    def read(cls, data: Data) -> "PageForm":
        found = form.optional_id(data, "id") or form.optional_id(data, "saved")
        if found is None:
            raise NotAllowed
        return cls(id=found, page=max(form.number(data, "page"), 0))


@dataclass(frozen=True, kw_only=True)
class SendForm:
    """*Send til lederen*, of the lines that the card showed."""

    id: UUID
    mark: str

    @classmethod
    def read(cls, data: Data) -> "SendForm":
        return cls(id=form.subject_id(data), mark=form.text(data, "v"))


@dataclass(frozen=True, kw_only=True)
class RemarkForm:
    """A remark as typed; `was` marks what the leader's remark was when the card was drawn."""

    id: UUID
    comment: Comment = field(repr=False)
    was: str = ""

    @classmethod
    def read(cls, data: Data) -> "RemarkForm":
        comment = Comment(remark=form.text(data, "remark"))
        return cls(id=form.subject_id(data), comment=comment, was=form.text(data, "v"))


def which(_: Translator, places: Sequence[Institution], bounds: Bounds) -> Card:
    """Which institution it is to be about, and why it is about one."""
    options = [(str(each.id), each.name) for each in places[:150]]
    return card(
        _,
        _("Save as supervision summary"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "A saved summary is about one institution, so that its leader can see all of it and remark on it. "
                    "Choose which one."
                ),
                spacing="Medium",
            ),
            choices(
                "to_place",
                _("Institution"),
                options,
                compact=True,
                searchable=len(options) > 12,
                placeholder=_("Choose"),
            ),
        ],
        actions=[
            press(_("Save as summary"), BEGIN, {**carried(), **carry(bounds)}, primary=True),
            press(_("Back"), "summary.open", {**carried(), **carry(bounds)}, inputs="none"),
        ],
    )


def kept(_: Translator, sheet: Sheet) -> Card:
    """A draft that its chief has not had before them yet."""
    summary = sheet.summary
    return card(
        _,
        _("Supervision summary"),
        subtitle=summary.scope,
        state=_state(_, summary),
        seen_by=_who(_, sheet),
        body=[
            text(
                _("It holds what was registered on %(when)s. Nobody else has got it.", when=_.moment(summary.made_at)),
                spacing="Medium",
            ),
            *_edition(_, sheet),
            note(_("Next step: read it, and send it to the leader for a remark – you."), sign="ArrowRight"),
        ],
        actions=[
            press(_("Read the draft"), READ, carried(summary.id), primary=True),
            press(_("My summaries"), LIST, carried()),
        ],
        summary=_("Supervision summary"),
    )


def show(_: Translator, sheet: Sheet, page: int = 0, *, was_there: bool = False) -> Card:
    """One page of the summary, with what has become of it; the answers stand on the first.

    `was_there` says that it was not made just now, for whoever has asked for one.
    """
    pages = _pages(_, sheet)
    page = min(page, len(pages) - 1)
    summary = sheet.summary
    latest = max((ref.at for ref in summary.sources if ref.at <= summary.made_at), default=None)
    return card(
        _,
        _title(_, sheet),
        subtitle=summary.scope,
        state=_state(_, summary),
        seen_by=_who(_, sheet),
        minutes=3 if sheet.can_answer and sheet.mine is None else None,
        body=[
            note(_("There is one on its way already. It goes on from where it is.")) if was_there else None,
            *pages[page],
            hint(rests_on(_, len(summary.sources), latest), spacing="Large"),
            hint(_("Page %(page)s of %(pages)s", page=page + 1, pages=len(pages))) if len(pages) > 1 else None,
        ],
        actions=_actions(_, sheet, page, len(pages)),
        summary=_("Supervision summary"),
    )


def ask_remark(
    _: Translator, sheet: Sheet, *, typed: RemarkForm | None = None, problems: Problems | None = None
) -> Card:
    """The leader's remark, to be written or corrected until the summary is final."""
    mine = sheet.mine
    comment = typed.comment if typed else mine.comment if mine else Comment()
    return card(
        _,
        _("Remark on the summary"),
        subtitle=sheet.summary.scope,
        seen_by=_who(_, sheet),
        minutes=2,
        body=[
            *draft.notes(
                _,
                problems,
                viewer=sheet.viewer,
                written_by=sheet.viewer,
                written_at=mine.last_written if mine else None,
                label=lambda _name: _("Your remark"),
                words=lambda _name: mine.remark if mine else "",
            ),
            text(_("It is printed with the summary, with your name and the date."), spacing="Medium"),
            long_input(
                "remark",
                _("Your remark"),
                value=comment.remark,
                required=True,
                placeholder=_("What would you like to add or correct?"),
                problem=wrong.at(_, problems, "remark"),
            ),
            names_hint(_),
        ],
        actions=[
            press(
                _("Save the remark"),
                REMARK,
                carried(sheet.summary.id, v=digest(mine.comment if mine else Comment())),
                primary=True,
            ),
            press(_("Back"), OPEN, carried(sheet.summary.id), inputs="none"),
        ],
        summary=_("Supervision summary"),
    )


def over(_: Translator, sheet: Sheet, why: Expired, *, written: str = "") -> Card:
    """Why that is not possible any more, or not yet; and what was typed, to be copied."""
    return card(
        _,
        _("The card is out of date"),
        subtitle=sheet.summary.scope,
        seen_by=_("only you"),
        body=[text(_(REASONS[why.code]), spacing="Medium"), *draft.given_back(_, _written(written))],
        actions=[press(_("See the summary"), OPEN, carried(sheet.summary.id), primary=True)],
        summary=_("Supervision summary"),
    )


def refused(_: Translator, words: str) -> Card:
    """For somebody who may not write here: their own words, and nothing of what is kept."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, _written(words)))


def dropped(_: Translator) -> Card:
    return card(
        _,
        _("The draft is deleted"),
        seen_by=_("only you"),
        body=[text(_("Nobody else had got it. What it was made of is as it was."), spacing="Medium")],
        actions=[press(_("My summaries"), LIST, carried(), primary=True)],
    )


def show_all(
    _: Translator, found: Sequence[tuple[SavedSummary, Institution]], *, is_chief: bool, is_administration: bool = False
) -> Card:
    """The summaries that the reader may see, newest first, and a list to open one of."""
    rows: list[Element] = [
        text(f"{_line(_, each)} · {_(STATES[each.state].word)}", small=True, spacing="Small")
        for each, _where in found[:10]
    ]
    empty = _("There is none yet. You get it here when your chief sends one for a remark.")
    if is_chief:
        empty = _("You have saved none yet. Ask for a supervision summary, and save it from there.")
    elif is_administration:
        empty = _("No summary is final yet for an institution that you take part in.")
    return card(
        _,
        _("My supervision summaries"),
        seen_by=_("only you"),
        body=[
            *(rows or [text(empty, spacing="Medium")]),
            choices(
                "listed",
                _("Which one do you want to open?"),
                [(str(each.id), _line(_, each)) for each, _where in found[:MOST_ROWS]],
                chosen=str(found[0][0].id),
                compact=True,
                searchable=len(found) > 12,
            )
            if found
            else None,
        ],
        actions=[
            press(_("Open"), OPEN_LISTED, carried(), primary=True) if found else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def name_of(summary: SavedSummary) -> str:
    """2026-3, of a final one."""
    return f"{summary.year}-{summary.number}" if summary.is_final else ""


def answer_words(_: Translator, each: SummaryRemark, author: Person) -> tuple[str, str]:
    """What a leader has answered, and who and when."""
    words = each.remark or _("It fits.")
    return words, f"{author.name} · {_.date(each.last_written)}"


def no_answer(_: Translator, summary: SavedSummary) -> str:
    """Said in a final one that nobody has remarked on."""
    assert summary.sent_at is not None
    assert summary.final_at is not None
    return _(
        "The leader had it for a remark from %(start)s to %(end)s, and has made none.",
        start=_.date(summary.sent_at),
        end=_.date(summary.final_at),
    )


def _line(_: Translator, each: SavedSummary) -> str:
    return " · ".join(filter(None, (name_of(each), each.scope, _.date(each.made_at))))


def _written(words: str) -> list[Element]:
    return [said(words, spacing="Small")] if words else []


def _state(_: Translator, summary: SavedSummary) -> State:
    found = STATES[summary.state]
    return State(_(found.word), found.tone, found.icon)


def _title(_: Translator, sheet: Sheet) -> str:
    if sheet.summary.is_final:
        return _("Supervision summary %(name)s", name=name_of(sheet.summary))
    if sheet.can_answer and sheet.mine is None:
        return _("Does the supervision summary fit?")
    return _("Supervision summary")


def _who(_: Translator, sheet: Sheet) -> str:
    match sheet.summary.state:
        case SummaryState.DRAFT | SummaryState.READ:
            return _("the institution's Children and Youth chief, and the leader when you send it")
        case SummaryState.SENT:
            return _(
                "the institution's leaders and its Children and Youth chief; when it is final, also the administration "
                "that takes part there"
            )
        case SummaryState.FINAL:
            return _(
                "the institution's leaders, its Children and Youth chief, and the administration that takes part there"
            )


def _above(_: Translator, sheet: Sheet) -> list[Element]:
    summary = sheet.summary
    parts = [*_edition(_, sheet)]
    if sheet.is_chief and summary.is_with_chief:
        held = _("It holds what was registered on %(when)s. Nobody else has got it.", when=_.moment(summary.made_at))
        parts.append(text(held, spacing="Medium"))
        parts.append(note(_("Next step: read it, and send it to the leader for a remark – you."), sign="ArrowRight"))
    if sheet.can_answer and not summary.answered_at and summary.remark_until:
        parts.append(
            note(
                _(
                    "Does it fit? Feel free to add a remark. You have until %(day)s.",
                    day=_.date(summary.remark_until),
                ),
                sign="QuestionCircle",
            )
        )
    elif sheet.is_chief and summary.state is SummaryState.SENT and summary.remark_until:
        if sheet.can_be_final:
            parts.append(note(_("You can make it final now. From then on it is never changed."), sign="ArrowRight"))
        elif sheet.leaders:
            parts.append(
                note(
                    _(
                        "%(who)s can remark on it until %(day)s. It can be final from then on, or from the answer on.",
                        who=_.join(sheet.leaders),
                        day=_.date(summary.remark_until),
                    ),
                    sign="Clock",
                )
            )
        else:
            parts.append(note(_("Nobody leads the institution just now. It can be final after the seven days.")))
    if sheet.answers:
        parts.append(section(_("What the leader says")))
        for each, author in sheet.answers:
            words, by = answer_words(_, each, author)
            parts.append(said(words, by=by, spacing="Small"))
    elif summary.is_final:
        parts.append(hint(no_answer(_, summary), spacing="Medium"))
    return parts


def _edition(_: Translator, sheet: Sheet) -> list[Element]:
    found: list[Element] = []
    if sheet.replaces:
        found.append(hint(_("It is a new edition of %(name)s.", name=sheet.replaces), spacing="Medium"))
    if sheet.replaced_by:
        found.append(note(_("There is a newer edition: %(name)s.", name=sheet.replaced_by)))
    return found


def _pages(_: Translator, sheet: Sheet) -> list[list[Element]]:
    """What stands above and the sections, in pages that a card has room for; a section that goes on has its heading
    once more."""
    numbered = Numbered(sheet.lines)
    pages: list[list[Element]] = [[]]
    used = 0

    def add(element: Element, head: Element | None = None) -> None:
        nonlocal used
        size = len(json.dumps(element, ensure_ascii=False).encode())
        if used and used + size > ROOM:
            pages.append([])
            used = 0
        if head and head not in pages[-1]:
            pages[-1].append(head)
        pages[-1].append(element)
        used += size

    for element in _above(_, sheet):
        add(element)
    for part, found in by_section(sheet.lines).items():
        head = section(_(SECTIONS[part]))
        is_hidden = part is Section.AGREEMENTS and sheet.hidden and not found
        rows: list[Element] = []
        for lines in [] if is_hidden else _pieces(part, found):
            rows += section_rows(_, part, lines, numbered, whole=found)
        if part is Section.AGREEMENTS and sheet.hidden:
            rows = [*rows, hint(only_theirs(_), sign="LockClosed", spacing="Small")]
        for row in rows:
            add(row, head)
    return pages


def _pieces(part: Section, found: Sequence[Line]) -> list[Sequence[Line]]:
    """A section in pieces that a page has room for: the data by theme, of which there may be hundreds of figures."""
    if part is not Section.DATA or not found:
        return [found]
    pieces: list[Sequence[Line]] = []
    for theme in dict.fromkeys(line.theme for line in found):
        lines = [line for line in found if line.theme == theme]
        pieces += [lines[start : start + MOST_OF_THEME] for start in range(0, len(lines), MOST_OF_THEME)]
    return pieces


def _actions(_: Translator, sheet: Sheet, page: int, pages: int) -> list[Action | None]:
    summary = sheet.summary
    id_ = summary.id
    bounds = Bounds(
        institution_ids=(sheet.where.id,),
        theme_id=summary.theme_id,
        first=summary.first,
        last=summary.last,
        saved_id=id_,
    )
    sources = press(_("See the sources"), SOURCES, {**carried(), **about_answer(NAME, bounds), "page": "0"})
    turns = (
        press(_("Next page") if page + 1 < pages else _("First page"), OPEN, carried(id_, page=(page + 1) % pages))
        if pages > 1
        else None
    )
    word = open_url(_("Get as Word"), sheet.word) if sheet.word else None
    pdf = open_url(_("Get as PDF"), sheet.pdf) if sheet.pdf else None
    if sheet.can_answer:
        first = (
            press(_("It fits"), FITS, carried(id_), primary=True)
            if sheet.mine is None
            else press(_("Correct the remark"), ASK_REMARK, carried(id_))
            if sheet.mine.remark
            else press(_("Add a remark"), ASK_REMARK, carried(id_))
        )
        add = press(_("Add a remark"), ASK_REMARK, carried(id_)) if sheet.mine is None else None
        later = press(_("Not now"), LATER, carried(id_)) if not summary.answered_at else None
        return [first, add, turns, sources, later, pdf]
    if sheet.is_chief and summary.is_with_chief:
        return [
            press(_("Send to the leader"), SEND, carried(id_, v=summary.mark), primary=True),
            turns,
            sources,
            press(_("Make it anew"), ANEW, carried(id_)),
            pdf,
            press(_("Delete the draft"), DROP, carried(id_), destructive=True),
        ]
    final = (
        press(_("Make it final"), FINISH, carried(id_), primary=True)
        if sheet.is_chief and sheet.can_be_final
        else press(_("Make a new edition"), EDITION, carried(id_))
        if sheet.is_chief and summary.is_final and not sheet.replaced_by
        else None
    )
    return [final, turns, sources, word, pdf, press(_("My summaries"), LIST, carried())]
