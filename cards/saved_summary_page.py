"""A saved summary page by page, with what has become of it, and what its reader can do there."""

import json
from collections.abc import Sequence

from cards.form import carried
from cards.journal import journal_note
from cards.kit import Action, Card, buttons, card, open_url, press
from cards.language import Translator
from cards.layout import Element, group
from cards.not_there import not_registered
from cards.numbered import ALL as SOURCES
from cards.numbered import Numbered
from cards.numbered import about as about_answer
from cards.parts import hint, note, said, section, text
from cards.saved_summary import LIST, NAME, OPEN, Sheet, answer_words, editions, name_of, no_answer, seen_by, state_of
from cards.saved_summary_final import ASK_FINAL
from cards.summary import footer, section_rows
from cards.summary_document import only_theirs
from cards.supervision import SECTIONS, by_section
from domain.printed import Line
from domain.saved_summary import SummaryState
from domain.scope import Bounds
from domain.supervision import Section

ANEW = "saved_summary.anew"
DROP = "saved_summary.drop"
SEND = "saved_summary.send"
FITS = "saved_summary.fits"
ASK_REMARK = "saved_summary.ask_remark"
EDITION = "saved_summary.edition"
LATER = "saved_summary.later"

# A card is 25 KB at most; head, answers and buttons take the rest.
ROOM = 13_000
MOST_OF_THEME = 12


def show(
    _: Translator,
    sheet: Sheet,
    page: int = 0,
    *,
    was_there: bool = False,
    is_answered: bool = False,
    told: Sequence[str] = (),
) -> Card:
    """One page of the summary, with what has become of it; the answers stand on the first.

    `was_there` says that it was not made just now, for whoever has asked for one; `is_answered` that the reader's own
    answer has just been kept, and `told` are the names of those who hear of it.
    """
    lacking = lacking_in(_, sheet)
    numbered = Numbered([*sheet.lines, *lacking])
    pages = _pages(_, sheet, lacking, numbered)
    page = min(page, len(pages) - 1)
    summary = sheet.summary
    return card(
        _,
        _title(_, sheet),
        subtitle=summary.scope,
        state=state_of(_, sheet),
        seen_by=seen_by(_, sheet),
        minutes=3 if sheet.can_answer and sheet.mine is None else None,
        body=[
            note(_("There is already one under way. It continues from where it is.")) if was_there else None,
            note(_receipt(_, sheet, told), sign="CheckmarkCircle") if is_answered and sheet.mine else None,
            *pages[page],
            footer(_, numbered, summary.made_at, has_theme=summary.theme_id is not None),
            hint(_("Page %(page)s of %(pages)s", page=page + 1, pages=len(pages))) if len(pages) > 1 else None,
            hint(_("“It is right” is on page %(pages)s, when you have seen all of it.", pages=len(pages)))
            if _is_still_read(sheet, page, len(pages))
            else None,
            _files(_, sheet),
        ],
        actions=_actions(_, sheet, page, len(pages)),
        summary=_("Supervision summary"),
    )


def _title(_: Translator, sheet: Sheet) -> str:
    if sheet.summary.is_final:
        return _("Supervision summary %(name)s", name=name_of(sheet.summary))
    if sheet.can_answer and sheet.mine is None:
        return _("Is the supervision summary right?")
    return _("Supervision summary")


def _receipt(_: Translator, sheet: Sheet, told: Sequence[str]) -> str:
    has_words = sheet.mine is not None and sheet.mine.remark
    kept = _("Your remark is saved.") if has_words else _("Your answer is saved.")
    return f"{kept} {_('%(who)s will hear of it.', who=_.join(told))}" if told else kept


def _above(_: Translator, sheet: Sheet) -> list[Element]:
    summary = sheet.summary
    parts = [*editions(_, sheet)]
    if sheet.is_chief and summary.is_with_chief:
        held = _(
            "It contains what was registered on %(when)s. Nobody else has received it.", when=_.stamp(summary.made_at)
        )
        parts.append(text(held, spacing="Medium"))
        parts.append(note(_("Next step for you: send it to the leader for a remark."), sign="ArrowRight"))
    if sheet.can_answer and not summary.answered_at and summary.remark_until:
        parts.append(
            note(
                _(
                    "Is this right? Feel free to add a remark. You have until %(day)s.",
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
                        "%(who)s can add a remark until %(day)s. It can be made final after that, or once there "
                        "is an answer.",
                        who=_.join(sheet.leaders),
                        day=_.date(summary.remark_until),
                    ),
                    sign="Clock",
                )
            )
        else:
            parts.append(note(_("Nobody leads the institution just now. It can be final after the seven days.")))
    if sheet.journal is not None:
        parts.append(journal_note(_, sheet.journal))
    if sheet.answers:
        parts.append(section(_("What the leader says")))
        for each, author in sheet.answers:
            words, by = answer_words(_, each, author)
            parts.append(said(words, by=by, spacing="Small"))
    elif summary.is_final:
        parts.append(hint(no_answer(_, summary), spacing="Medium"))
    return parts


def lacking_in(_: Translator, sheet: Sheet) -> list[Line]:
    """What there is nothing of, for this reader."""
    kept_back = sheet.hidden > 0
    return not_registered(_, sheet.lines, [sheet.where.id], sheet.summary.made_at, kept_back=kept_back)


def _pages(_: Translator, sheet: Sheet, lacking: Sequence[Line], numbered: Numbered) -> list[list[Element]]:
    """What stands above and the sections, in pages that a card has room for; a section that goes on has its heading
    once more."""
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
        has_agreements = part is Section.AGREEMENTS and bool(sheet.hidden or found)
        if not (found or has_agreements or part is Section.GAPS):
            continue
        rows: list[Element] = []
        for lines in _pieces(part, found):
            rows += section_rows(_, part, lines, numbered, lacking)
        if has_agreements:
            # The second line of the card names those who read the rest; said above them, on whichever page they stand.
            fewer = hint(only_theirs(_), sign="LockClosed", spacing="Small")
            head, rows = (group(head, fewer, spacing="Large"), rows) if rows else (head, [fewer])
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
    is_last = page + 1 >= pages
    bounds = Bounds(
        institution_ids=(sheet.where.id,),
        theme_id=summary.theme_id,
        first=summary.first,
        last=summary.last,
        saved_id=id_,
    )
    sources = press(_("See the sources"), SOURCES, {**carried(), **about_answer(NAME, bounds), "page": "0"})
    is_still_read = _is_still_read(sheet, page, pages)
    title, to = (_("First page"), 0) if is_last else (_("Next page"), page + 1)
    turns = press(title, OPEN, carried(id_, page=to), primary=is_still_read) if pages > 1 else None
    if sheet.can_answer:
        later = press(_("Not now"), LATER, carried(id_)) if not summary.answered_at else None
        answers = [turns, _adding(_, sheet)] if is_still_read else [*_answering(_, sheet), turns]
        return [*answers, sources, later]
    if sheet.is_chief and summary.is_with_chief:
        return [
            press(_("Send to the leader"), SEND, carried(id_, v=summary.mark), primary=True),
            turns,
            sources,
            press(_("Make it again"), ANEW, carried(id_)),
            press(_("Delete the draft"), DROP, carried(id_), destructive=True),
        ]
    final = (
        press(_("Make the summary final"), ASK_FINAL, carried(id_), primary=True)
        if sheet.is_chief and sheet.can_be_final
        else press(_("Make a new edition"), EDITION, carried(id_))
        if sheet.is_chief and summary.is_final and not sheet.replaced_by
        else None
    )
    return [final, turns, sources, press(_("My summaries"), LIST, carried())]


def _is_still_read(sheet: Sheet, page: int, pages: int) -> bool:
    """*Det passer* stands below the last page: whoever says so has turned over all of them."""
    return sheet.can_answer and sheet.mine is None and page + 1 < pages


def _answering(_: Translator, sheet: Sheet) -> list[Action]:
    fits = [] if sheet.mine else [press(_("It is right"), FITS, carried(sheet.summary.id), primary=True)]
    return [*fits, _adding(_, sheet)]


def _adding(_: Translator, sheet: Sheet) -> Action:
    has_remark = sheet.mine is not None and sheet.mine.remark
    title = _("Correct the remark") if has_remark else _("Add a remark")
    return press(title, ASK_REMARK, carried(sheet.summary.id))


def _files(_: Translator, sheet: Sheet) -> Element | None:
    """In the card, where a phone shows them beside the three buttons that it has room for below."""
    found = ways_to_keep(_, sheet)
    return buttons(*found, spacing="Medium") if found else None


def ways_to_keep(_: Translator, sheet: Sheet) -> list[Action]:
    """Its files: as PDF, and in Word too from when nobody is asked to do anything with it."""
    is_waiting = sheet.can_answer or (sheet.is_chief and sheet.summary.is_with_chief)
    return [
        *([open_url(_("Get as Word"), sheet.word)] if sheet.word and not is_waiting else []),
        *([open_url(_("Get as PDF"), sheet.pdf)] if sheet.pdf else []),
    ]
