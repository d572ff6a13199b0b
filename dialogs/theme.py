"""The politicians' themes come back to the institutions, which discuss them before they choose focus areas.

Clock: every leader of the age range gets the themes once they are sent out, and again after three weeks if nobody has
pressed *Set*; two weeks after *Set* they are asked whom the themes were discussed with.
Buttons: *Send ud* (administration), *Set*, *Gem*. Questions: `send temaer` shows who would get them; `temaer` shows a
leader the themes, and a chief and the administration a word for each institution.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from cards import theme as cards
from cards import theme_sent
from cards.form import Subject
from cards.kit import Card
from cards.theme import Form, Sheet
from cards.theme_sent import From, Preview
from dialogs import later
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.places import named_in, places_to_read
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.cycle import PoliticalRound, RoundState, rounds_out_of_turn
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems, Refusal
from domain.organisation import Institution, Role
from domain.period import HalfYear
from domain.prompt import Occasion
from domain.theme import AGAIN_AFTER, ThemeReceipt, send
from storage.organisation import person_with_id
from storage.prompt import drop_reminders
from storage.roles import institutions_led_by, staff_on
from storage.theme import (
    all_rounds,
    institutions_of_round,
    institutions_without,
    is_received,
    latest_receipts,
    receipt_for,
    receipts_to_tell,
    round_with_id,
    rounds_over,
    rounds_sent,
    send_to,
    themes_of,
)

VIEW = "theme"
WORDS = ("temaer", "tema", "temaerne", "themes", "theme")
TOLD_FOR = timedelta(days=21)


def asked_to_send(turn: Turn, question: Asked) -> Card:
    """`send temaer`: who would get which themes; the administration of the whole municipality alone may ask."""
    _require_administration(turn)
    waiting = [each for each in all_rounds(turn.uow) if each.state is RoundState.DECIDED]
    if not waiting:
        return theme_sent.nothing_to_send(turn._)
    if len(waiting) == 1:
        return theme_sent.preview(turn._, _preview(turn, waiting[0]))
    return theme_sent.which_round(turn._, waiting)


def preview(turn: Turn, subject: Subject) -> Card:
    _require_administration(turn)
    return theme_sent.preview(turn._, _preview(turn, round_with_id(turn.uow, subject.id)))


def send_out(turn: Turn, subject: Subject) -> Card:
    """Sends the themes once, whoever presses, and however often."""
    _require_administration(turn)
    decided = round_with_id(turn.uow, subject.id)
    found = _preview(turn, decided)
    try:
        send(decided, all_rounds(turn.uow))
    except Expired:
        return theme_sent.sent(turn._, found)
    except Refusal:
        return theme_sent.preview(turn._, found)
    send_to(turn.uow, decided, found.places, turn.now)
    return theme_sent.sent(turn._, found)


def open_it(turn: Turn, subject: Subject) -> Card:
    receipt, where = receipt_for(turn.uow, turn.viewer, subject.id)
    asks_at = receipt.asks_again_at
    turn.shows(VIEW, receipt.id)
    return cards.show(turn._, _sheet(turn, receipt, where, asks=asks_at is not None and turn.now >= asks_at))


def see(turn: Turn, subject: Subject) -> Card:
    receipt, where = _mine(turn, subject.id)
    receipt.see(turn.person.id, turn.now)
    # The other leaders of the institution have not read them by that.
    drop_reminders(turn.uow, VIEW, receipt.id, of=turn.person.id)
    turn.changes(VIEW, receipt.id)
    return cards.show(turn._, _sheet(turn, receipt, where))


def discuss(turn: Turn, form: Form) -> Card:
    """Keeps it; what another leader has said since the card was drawn is shown first.

    An older card, which asks about all themes at once, has no mark of each.
    """
    receipt, where = _mine(turn, form.receipt_id)
    themes = [each.id for each in themes_of(turn.uow, receipt.round_id)]
    said = form.discussion(themes)
    if not form.of_all:
        is_changed(said, receipt.discussion_of(themes), form.was)
    receipt.discuss(said, themes, by=turn.person.id, now=turn.now)
    drop_reminders(turn.uow, VIEW, receipt.id)
    turn.changes(VIEW, receipt.id)
    return cards.show(turn._, _sheet(turn, receipt, where))


def correct(turn: Turn, subject: Subject) -> Card:
    receipt, where = _mine(turn, subject.id)
    turn.shows(VIEW, receipt.id)
    return cards.show(turn._, _sheet(turn, receipt, where, asks=True))


def not_now(turn: Turn, subject: Subject) -> Card:
    receipt, _where = _mine(turn, subject.id)
    return later.ask(turn, VIEW, receipt.id)


def discuss_again(turn: Turn, form: Form, problems: Problems) -> Card:
    receipt, where = _mine(turn, form.receipt_id)
    turn.shows(VIEW, receipt.id)
    return cards.show(turn._, _sheet(turn, receipt, where, asks=True), typed=form, problems=problems)


def asked(turn: Turn, question: Asked) -> Card:
    """`temaer`: the newest themes of the institution led, or which; a chief gets a word for each institution."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led and places_to_read(turn, Record.THEME_RECEIPT, least=Sight.STATUS):
        return _words_of_all(turn, question.rest)
    newest = latest_receipts(turn.uow, led)
    found = [(newest[where.id], where) for where in led if where.id in newest]
    if not found:
        return cards.none_yet(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return cards.choose(turn._, found)


def show_all(turn: Turn, at: From) -> Card:
    """The words that found no room."""
    if institutions_led_by(turn.uow, turn.viewer):
        raise NotAllowed
    return _words_of_all(turn, since=at.since)


def _words_of_all(turn: Turn, name: str = "", *, since: int = 0) -> Card:
    """A word for each institution of a chief's area, or of all that the administration sees."""
    places = places_to_read(turn, Record.THEME_RECEIPT, least=Sight.STATUS)
    seen = named_in(name, WORDS, places) or places
    if not seen:
        raise NotAllowed
    newest = latest_receipts(turn.uow, seen)
    lines = [(where, newest.get(where.id)) for where in seen]
    return theme_sent.for_chief(turn._, lines, since=since, is_chief=turn.viewer.has(Role.CHIEF))


def show(turn: Turn, receipt_id: UUID) -> Card | None:
    """The card for delivery, to the institution's leaders; None once there is nothing left to ask."""
    receipt, where = receipt_for(turn.uow, turn.viewer, receipt_id)
    return open_it(turn, Subject(receipt_id)) if turn.viewer.leads(where) and not receipt.is_discussed else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Closes rounds that are over, tells the leaders of new themes, and asks whom they were discussed with."""
    uow, quiet, day = (
        planning.uow,
        planning.municipality.quiet,
        planning.now.astimezone(planning.municipality.zone).date(),
    )
    half_year = HalfYear.of(day)
    for over in rounds_over(uow, half_year):
        over.state = RoundState.CLOSED
    for decided in rounds_sent(uow, half_year):
        # One that nobody has a receipt of was out before the bot was asked to send it: it is no news to anyone.
        was_out = not is_received(uow, decided)
        send_to(uow, decided, institutions_without(uow, decided, day), planning.now, was_out=was_out)
    uow.session.flush()
    # All receipts of a round are of the same moment.
    next_open = cache(quiet.next_open)
    # Counted from when it may be said: what is sent before the holidays is told after them.
    since = quiet.closed_since(planning.now - TOLD_FOR)
    for receipt, where in receipts_to_tell(uow, since, planning.until):
        for name, due_at in _due(receipt):
            # After one leader's *Set* the others still hear of the themes once.
            if due_at > planning.until:
                continue
            expires_at = next_open(due_at) + TOLD_FOR
            if planning.now >= expires_at:
                continue
            for leader in planning.staff.leaders(where):
                if leader.id == receipt.seen_by and not name.startswith("discussed"):
                    continue
                yield Occasion(
                    key=f"theme:{receipt.id}:{name}:{leader.id}",
                    person_id=leader.id,
                    view=VIEW,
                    subject_id=receipt.id,
                    due_at=due_at,
                    expires_at=expires_at,
                )


def _due(receipt: ThemeReceipt) -> Iterable[tuple[str, datetime]]:
    if not receipt.is_discussed:
        yield "sent", receipt.sent_at
    if receipt.seen_at is None:
        yield "again", receipt.sent_at + AGAIN_AFTER
    elif receipt.asks_again_at is not None:
        yield f"discussed:{receipt.asks_again_at.date()}", receipt.asks_again_at


def _require_administration(turn: Turn) -> None:
    if not turn.viewer.administers_all:
        raise NotAllowed


def _preview(turn: Turn, decided: PoliticalRound) -> Preview:
    places = institutions_of_round(turn.uow, decided, turn.today)
    return Preview(
        decided=decided,
        themes=themes_of(turn.uow, decided.id),
        places=places,
        leaders=_leaders(turn, places),
        is_out_of_turn=decided in rounds_out_of_turn(all_rounds(turn.uow)),
    )


def _leaders(turn: Turn, places: Sequence[Institution]) -> int:
    staff = staff_on(turn.uow, turn.today)
    return len({leader.id for where in places for leader in staff.leaders(where)})


def _mine(turn: Turn, receipt_id: UUID) -> tuple[ThemeReceipt, Institution]:
    receipt, where = receipt_for(turn.uow, turn.viewer, receipt_id)
    if not turn.viewer.leads(where):
        raise NotAllowed
    return receipt, where


def _sheet(turn: Turn, receipt: ThemeReceipt, where: Institution, *, asks: bool = False) -> Sheet:
    return Sheet(
        receipt=receipt,
        institution=where,
        themes=themes_of(turn.uow, receipt.round_id),
        leads=turn.viewer.leads(where),
        viewer=turn.person,
        discussed_by=person_with_id(turn.uow, receipt.discussed_by) if receipt.discussed_by else None,
        asks=asks,
    )


FLOW = Flow(
    name="theme",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.SEEN: Button(Subject.read, see),
        cards.DISCUSSED: Button(Form.read, discuss, again=discuss_again),
        cards.CORRECT: Button(Subject.read, correct),
        cards.LATER: Button(Subject.read, not_now),
        theme_sent.ALL: Button(From.read, show_all, only_shows=True),
        theme_sent.PREVIEW: Button(Subject.read, preview),
        theme_sent.SEND: Button(Subject.read, send_out),
    },
    questions={
        "send_themes": Question(("send temaer", "send temaerne", "send themes"), asked_to_send),
        "themes": Question(WORDS, asked),
    },
    views={VIEW: show},
    clock=clock,
)
