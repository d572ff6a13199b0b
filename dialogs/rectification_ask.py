"""A person asks for a correction of what another wrote about them, in Teams or by a letter to the municipality."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cards import rectification as cards
from cards import rectification_ask
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.rectification_ask import AskForm, Written
from dialogs.flow import Asked
from dialogs.rectification_sheet import ASKED, VIEW, open_it, sheet_of, tell
from dialogs.turn import Turn
from domain.errors import NotAllowed, Problem, Problems
from domain.identity import new_id
from domain.municipality import Municipality
from domain.rectification import Matter, Rectification
from storage.feedback import given_to
from storage.note import note_of
from storage.one_on_one import begun_of
from storage.one_on_one_line import one_on_one_for
from storage.organisation import person_with_email, person_with_id
from storage.roles import institutions_led_by
from storage.unit_of_work import UnitOfWork

# As many as a list can be chosen from on a phone; older ones are the municipality's to ask for.
MOST = 20
REACHES_BACK = timedelta(days=3 * 366)


def begin(turn: Turn, _nothing: Nothing | None = None) -> Card:
    return rectification_ask.begin(turn._, _written_about(turn), new_id(), contact=turn.municipality.facts.contact)


def asked(turn: Turn, question: Asked) -> Card:
    return begin(turn)


def ask(turn: Turn, form: AskForm) -> Card:
    """Sends the request to its author; pressed twice it is one."""
    if (kept := turn.uow.get(Rectification, form.rectification_id)) is not None:
        return open_it(turn, Subject(kept.id))
    chosen = next((each for each in _written_about(turn) if each.value == form.what), None)
    if chosen is None:
        raise Problems({"what": Problem("not_chosen")})
    request = _send(turn, chosen, wanted=form.wanted, reason=form.reason, id=form.rectification_id)
    turn.shows(VIEW, request.id)
    return cards.show(turn._, sheet_of(turn, request))


def ask_for(
    uow: UnitOfWork,
    email: str,
    subject_id: UUID,
    *,
    wanted: str,
    reason: str,
    case: str,
    now: datetime,
    municipality: Municipality,
) -> bool:
    """The same by the municipality for a person who has asked by letter; False where nobody has that e-mail.

    Raises `NotAllowed` where the person could not have asked for it in Teams.
    """
    someone = person_with_email(uow, email)
    if someone is None:
        return False
    turn = Turn.of(someone, uow, now, municipality)
    chosen = next((each for each in _written_about(turn) if each.subject_id == subject_id), None)
    if chosen is None:
        raise NotAllowed
    _send(turn, chosen, wanted=wanted, reason=reason, case=case)
    return True


def _send(
    turn: Turn, chosen: Written, *, wanted: str, reason: str, case: str = "", id: UUID | None = None
) -> Rectification:
    request = Rectification.ask(
        chosen.matter,
        chosen.subject_id,
        of=chosen.author.id,
        by=turn.person.id,
        wanted=wanted,
        reason=reason,
        now=turn.now,
        case=case,
    )
    request.id = id or request.id
    turn.uow.add(request)
    turn.uow.session.flush()
    tell(turn, request, ASKED, request.author_id)
    return request


def ask_again(turn: Turn, form: AskForm, problems: Problems) -> Card:
    contact = turn.municipality.facts.contact
    return rectification_ask.begin(
        turn._, _written_about(turn), form.rectification_id, contact=contact, typed=form, problems=problems
    )


def ask_refused(turn: Turn, form: AskForm) -> Card:
    return cards.refused(turn._, (form.wanted, form.reason))


def _written_about(turn: Turn) -> Sequence[Written]:
    """What others have written about the person and may be read by them today, newest first; at most `MOST`.

    Where the author has left there is nobody to ask: the person adds a remark, or asks the municipality.
    """
    return sorted((*_notes(turn), *_feedbacks(turn)), key=lambda each: each.at, reverse=True)[:MOST]


def _notes(turn: Turn) -> Iterable[Written]:
    for about in begun_of(turn.uow, turn.person.id, turn.now - REACHES_BACK, turn.now):
        if about.leader_id != turn.person.id or not about.is_noted:
            continue
        try:
            _about, pair = one_on_one_for(turn.uow, turn.viewer, about.id)
            version = note_of(turn.uow, turn.viewer, about, pair)
        except NotAllowed:
            continue
        author = person_with_id(turn.uow, version.author_id) if version else None
        if author is not None and author.is_active(turn.today):
            place = turn._.join(each.name for each in pair.places)
            yield Written(matter=Matter.NOTE, subject_id=about.id, place=place, at=about.starts_at, author=author)


def _feedbacks(turn: Turn) -> Iterable[Written]:
    led = [each.id for each in institutions_led_by(turn.uow, turn.viewer)]
    for given in given_to(turn.uow, led, turn.now - REACHES_BACK) if led else ():
        visited_at = given.about.starts_at
        if visited_at and given.author.id != turn.person.id and given.author.is_active(turn.today):
            yield Written(
                matter=Matter.FEEDBACK,
                subject_id=given.feedback.id,
                place=given.host.name,
                at=visited_at,
                author=given.author,
            )
