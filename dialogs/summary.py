"""*Tilsynsresumé*: what is registered about institutions in a half-year, for their chief, with every source at hand.

Question: `tilsynsresumé for dagtilbuddene i Nord forår 2026`, and, for a leader, `hvad kan min chef se`, which gives
exactly the card that the chief gets of the leader's institution. Buttons: *Vis kilder* and *Åbn kilden*, *Afgræns*, and
*Kun det nye*. Every showing is written down as a read for the leaders of the institutions.
"""

from dataclasses import replace

from cards import scope as scope_cards
from cards import summary as cards
from cards.form import Subject
from cards.kit import Card
from cards.numbered import Listed
from cards.scope import Narrowing
from cards.summary import Sheet
from cards.which import which_place
from dialogs.answer import note_answer_read
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.places import led_by
from dialogs.scope import bounds_of, choices_for, key_of, scope_of
from dialogs.turn import Turn
from domain.access import Record, Viewer
from domain.identity import new_id
from domain.organisation import Role, RoleAssignment
from domain.supervision import Bounds, Scope, Summary
from storage.organisation import institutions_led_by
from storage.summary import asked_before, note_asked
from storage.supervision import agreement_facts, dialogue_facts, focus_facts, observation_facts
from storage.supervision_data import theme_data, voice_facts
from storage.supervision_gaps import gap_facts

MOST, MOST_OF_ONE = 4, 8
RECORD = Record.SUPERVISION_SUMMARY


def asked(turn: Turn, question: Asked) -> Card:
    """The summary of what the text names; where it names nothing, of everything that the person answers for."""
    bounds = bounds_of(turn, question.slots)
    if question.slots.since_last:
        return only_new(turn, Narrowing(bounds=bounds))
    return show_bounds(turn, bounds)


def what_chief_sees(turn: Turn, question: Asked) -> Card:
    """ "`hvad kan min chef se?` gives exactly the same card"; whoever leads several is asked which."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        return cards.nobodys(turn._)
    if len(led) > 1:
        return which_place(turn._, led, cards.OWN)
    return show_bounds(turn, Bounds(institution_ids=(led[0].id,)))


def open_own(turn: Turn, subject: Subject) -> Card:
    return show_bounds(turn, Bounds(institution_ids=(led_by(turn, subject.id).id,)))


def open_it(turn: Turn, press: Narrowing) -> Card:
    return show_bounds(turn, press.bounds)


def only_new(turn: Turn, press: Narrowing) -> Card:
    """What has come since the person last asked about the same, on an earlier day; all of it where they never have."""
    scope = scope_of(turn, press.bounds, RECORD)
    since = asked_before(turn.uow, turn.person, key_of(press.bounds), before=turn.now)
    if since is None:
        return cards.nothing_before(turn._, scope, press.bounds)
    return show_bounds(turn, replace(press.bounds, since=since))


def narrow(turn: Turn, press: Narrowing) -> Card:
    scope = scope_of(turn, press.bounds, RECORD)
    found = choices_for(turn, RECORD, scope, press.bounds)
    title = turn._("Narrow down the summary")
    return scope_cards.narrow(turn._, title, scope, press.bounds, found, cards.OPEN, cards.OPEN)


def listed(turn: Turn, bounds: Bounds) -> Listed:
    return sheet_of(turn, bounds).listed(turn._)


def show_bounds(turn: Turn, bounds: Bounds) -> Card:
    """The card of these bounds as the person may see it now; the showing is a read of those whom it is about."""
    sheet = sheet_of(turn, bounds)
    note_asked(turn.uow, turn.person, key_of(replace(bounds, since=None)), at=turn.now)
    note_answer_read(turn, sheet.summary.scope.institutions)
    return cards.show(turn._, sheet)


def sheet_of(turn: Turn, bounds: Bounds) -> Sheet:
    scope = scope_of(turn, bounds, RECORD)
    is_own = _is_own(turn, scope)
    most = MOST_OF_ONE if scope.is_one_place else MOST
    return Sheet(summary=summary_of(turn, scope, most=most), bounds=bounds, is_own=is_own)


def summary_of(turn: Turn, scope: Scope, *, most: int) -> Summary:
    """The seven sections of the scope, at most so many facts of each.

    A leader looks with the eyes of the chief, so that the two see the same; of the agreements, the leader's own.
    """
    uow, today = turn.uow, turn.today
    is_own = _is_own(turn, scope)
    viewer = _chiefs_eyes(turn, scope) if is_own else turn.viewer
    observations = observation_facts(uow, viewer, scope, now=turn.now, most=most)
    return Summary(
        scope=scope,
        focus_areas=focus_facts(uow, viewer, scope, most=most),
        data=theme_data(uow, viewer, scope, observations.facts),
        voices=voice_facts(uow, viewer, scope, most=most),
        dialogues=dialogue_facts(uow, viewer, scope, most=most),
        observations=observations,
        agreements=agreement_facts(
            uow, viewer, scope, today=today, most=most, leader_id=turn.person.id if is_own else None
        ),
        gaps=gap_facts(uow, viewer, scope, now=turn.now, quiet=turn.municipality.quiet, most=most),
    )


def _is_own(turn: Turn, scope: Scope) -> bool:
    """Whether a leader asks about what they lead, and is not its chief at the same time."""
    return all(turn.viewer.leads(where) for where in scope.institutions) and not any(
        turn.viewer.is_chief_of(where) for where in scope.institutions
    )


def _chiefs_eyes(turn: Turn, scope: Scope) -> Viewer:
    """A chief of the institutions' areas, whoever that is: what is seen follows from the role."""
    somebody = new_id()
    areas = {where.area_id for where in scope.institutions}
    roles = [
        RoleAssignment(person_id=somebody, role=Role.CHIEF, from_on=turn.today, area_id=each) for each in sorted(areas)
    ]
    return Viewer.on(turn.today, somebody, roles)


FLOW = Flow(
    name="summary",
    buttons={
        cards.OPEN: Button(Narrowing.read, open_it, only_shows=True),
        cards.OWN: Button(Subject.read, open_own, only_shows=True),
        cards.NEW: Button(Narrowing.read, only_new, only_shows=True),
        cards.NARROW: Button(Narrowing.read, narrow, only_shows=True),
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
    without=frozenset({"views", "clock", "domain"}),
)
