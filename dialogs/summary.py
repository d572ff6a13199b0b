"""*Tilsynsresumé*: what is registered about institutions in a half-year, for their chief, with every source at hand.

Question: `tilsynsresumé for dagtilbuddene i Nord forår 2026`, and, for a leader, `hvad kan min chef se`, which gives
exactly the card that the chief gets of the leader's institution. Buttons: *Vis kilder*, *Afgræns*, *Kun det nye*, *Hent
som Word* and *Hent som PDF*. Every showing is written down as a read for the leaders of the institutions.
"""

from dataclasses import replace

from cards import answer_files as file_cards
from cards import scope as scope_cards
from cards import summary as cards
from cards.kit import Card
from cards.numbered import Listed
from cards.scope import Narrowing, carry, scope_words
from cards.summary import Sheet
from cards.which import which_place
from dialogs.answer import at_most, note_answer_read, only_what_is_new
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.places import led_by
from dialogs.scope import OutsideResponsibility, bounds_of, choices_for, key_of, matter_of, scope_of
from dialogs.summary_facts import is_own, summary_of
from dialogs.summary_file import links, pdf_file, word_file
from dialogs.turn import Turn
from domain.access import Record
from domain.organisation import Role
from domain.scope import Bounds
from domain.slots import Slots
from storage.roles import institutions_led_by
from storage.summary import note_asked

MOST, MOST_OF_ONE = 4, 8
# A short version has one of each kind, and says how many more there are.
ONE_OF_EACH = 1
RECORD = Record.SUPERVISION_SUMMARY


def asked(turn: Turn, question: Asked) -> Card:
    """The summary of what the text names; where it names nothing, of everything that the person answers for."""
    if _only_administers(turn):
        raise OutsideResponsibility(cards.of_administration(turn._))
    return _as_asked(turn, question.slots, bounds_of(turn, question.slots))


def what_chief_sees(turn: Turn, question: Asked) -> Card:
    """ "`hvad kan min chef se?` gives exactly the same card", of the half-year and the institution that are named.

    Whoever leads several and names none is asked which.
    """
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        return cards.nobodys(turn._)
    bounds = bounds_of(turn, question.slots)
    if not bounds.institution_ids:
        meant = {each.id for each in question.slots.candidates}
        places = [where for where in led if where.id in meant] or led
        if len(places) > 1:
            return which_place(turn._, places, cards.OWN, **carry(bounds))
        bounds = replace(bounds, institution_ids=(places[0].id,))
    return _as_asked(turn, question.slots, bounds)


def _as_asked(turn: Turn, slots: Slots, bounds: Bounds) -> Card:
    """As a card or a file, and with all there is or what is new."""
    only, why_all = slots.format, ""
    if slots.since_last and not only:
        return only_new(turn, Narrowing(bounds=bounds))
    if slots.since_last:
        bounds, why_all = _only_what_is_new(turn, bounds)
    return files(turn, bounds, only=only, why_all=why_all) if only else show_bounds(turn, bounds)


def _only_administers(turn: Turn) -> bool:
    """Whether the person reads final ones alone, where they take part."""
    others = any(turn.viewer.has(role) for role in (Role.CHIEF, Role.LEADER))
    return turn.viewer.has(Role.ADMINISTRATION) and not others


def open_own(turn: Turn, own: cards.Own) -> Card:
    return show_bounds(turn, replace(own.bounds, institution_ids=(led_by(turn, own.id).id,)))


def open_it(turn: Turn, press: Narrowing) -> Card:
    return show_bounds(turn, press.bounds)


def files(turn: Turn, bounds: Bounds, *, only: str | None = None, why_all: str = "") -> Card:
    """The answer as Word and PDF, in the one format where one is asked for."""
    scope = scope_of(turn, bounds, RECORD)
    word, pdf = links(turn, bounds)
    title, about = turn._("Supervision summary"), scope_words(turn._, scope)
    return file_cards.files(
        turn._,
        title,
        about,
        name=cards.NAME,
        bounds=bounds,
        word=word,
        pdf=pdf,
        only=only,
        why_all=why_all,
    )


def only_new(turn: Turn, press: Narrowing) -> Card:
    """What has come since the person last asked about the same, an hour ago or earlier; else all of it."""
    bounds, why_all = _only_what_is_new(turn, press.bounds)
    return show_bounds(turn, bounds, why_all=why_all)


def _only_what_is_new(turn: Turn, bounds: Bounds) -> tuple[Bounds, str]:
    return only_what_is_new(turn, bounds, key_of(matter_of(bounds, scope_of(turn, bounds, RECORD))))


def narrow(turn: Turn, press: Narrowing) -> Card:
    scope = scope_of(turn, press.bounds, RECORD)
    found = choices_for(turn, RECORD, scope, press.bounds)
    title = turn._("Narrow down the summary")
    return scope_cards.narrow(turn._, title, scope, press.bounds, found, cards.OPEN, cards.OPEN)


def listed(turn: Turn, bounds: Bounds) -> Listed:
    sheet = sheet_of(turn, bounds, is_traced=True)
    note_answer_read(turn, sheet.summary.scope.institutions)
    return sheet.listed(turn._)


def show_bounds(turn: Turn, bounds: Bounds, *, why_all: str = "") -> Card:
    """The card of these bounds as the person may see it now; the showing is a read of those whom it is about."""
    sheet = sheet_of(turn, bounds)
    note_asked(turn.uow, turn.person, key_of(matter_of(bounds, sheet.summary.scope)), at=turn.now)
    note_answer_read(turn, sheet.summary.scope.institutions)
    word, pdf = links(turn, bounds)
    return cards.show(turn._, replace(sheet, why_all=why_all, word=word, pdf=pdf))


def sheet_of(turn: Turn, bounds: Bounds, *, is_traced: bool = False) -> Sheet:
    scope = scope_of(turn, bounds, RECORD)
    most = at_most(bounds, MOST_OF_ONE if scope.is_one_place else MOST, in_short=ONE_OF_EACH)
    return Sheet(
        summary=summary_of(turn, scope, most=most, is_traced=is_traced),
        bounds=bounds,
        as_of=turn.now,
        is_own=is_own(turn, scope),
        # Of a theme of elsewhere, or of a time to come, there is nothing that a leader could remark on.
        can_save=scope.since is None
        and scope.has_begun
        and any(turn.viewer.is_chief_of(where) and scope.suits(where) for where in scope.institutions),
    )


FLOW = Flow(
    name="summary",
    buttons={
        cards.OPEN: Button(Narrowing.read, open_it, only_shows=True),
        cards.OWN: Button(cards.Own.read, open_own, only_shows=True),
        cards.NEW: Button(Narrowing.read, only_new, only_shows=True),
        cards.NARROW: Button(Narrowing.read, narrow, only_shows=True),
        cards.FILES: Button(Narrowing.read, lambda turn, press: files(turn, press.bounds), only_shows=True),
    },
    questions={
        "supervision_summary": Question((), asked),
        "what_my_chief_sees": Question(
            (
                "hvad kan min chef se",
                "hvad ser min chef",
                "hvad kan chefen se",
                "what can my chief see",
                "what does my chief see",
            ),
            what_chief_sees,
        ),
    },
    files={cards.WORD: word_file, cards.PDF: pdf_file},
    without=frozenset({"views", "clock", "domain"}),
)
