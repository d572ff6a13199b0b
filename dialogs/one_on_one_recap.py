"""*Jeres 1:1 i korte træk*: for one of the two, what they agreed last time, where it stands, and what is to come.

Question: `brief mig`, `hvad aftalte jeg med Mette sidst`. Who names nobody gets the pair that meets next, or is asked
with whom; so is who names what is of no pair: `brief mig om marts`. Buttons: *Se notatet*, which opens by its own flow,
*Se dagsordenen*, and *En anden leder*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from cards import one_on_one_recap as cards
from cards.answer import Answer
from cards.answer import show as show_answer
from cards.form import Nothing
from cards.kit import Card
from cards.meeting import Meeting
from cards.numbered import Listed
from cards.one_on_one_recap import NAME, Brought, Recap
from cards.scope import Narrowing
from dialogs.flow import Asked, Button, Flow, Question
from dialogs.meeting import coming_meetings, meeting_for
from dialogs.scope import OutsideResponsibility, bounds_of, is_within
from dialogs.turn import Turn
from dialogs.understanding.briefed import names_something
from domain.access import Record
from domain.agreement import Agreement
from domain.errors import NotAllowed
from domain.facts import AgreementFact
from domain.one_on_one import LASTS, OneOnOne
from domain.organisation import Institution, Person, Role, a_to_aa
from domain.period import HalfYear
from domain.scope import Bounds, Scope
from domain.slots import Slots
from storage.agreement import agreements_in, open_agreements_with
from storage.audit import note_reads
from storage.cycle import themes_with_ids
from storage.dialogue import latest_begun_in, next_dialogues_in
from storage.focus_area import active_focus_areas
from storage.one_on_one import last_of_pair, next_of_pair
from storage.one_on_one_line import places_between
from storage.one_on_one_met import leaders_of_chief, leads_others, met_of
from storage.organisation import institutions_with_ids, person_with_id
from storage.roles import institutions_led_by, staff_on
from storage.supervision_agreements import agreement_word

MOST, MOST_IN_SHORT = 8, 3
MET_WITHIN = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class InLine:
    """The turn's person and another in one line, with the institutions that bind them."""

    chief: Person
    leader: Person
    places: tuple[Institution, ...]
    is_chief: bool

    @property
    def other(self) -> Person:
        return self.leader if self.is_chief else self.chief

    @property
    def both(self) -> tuple[UUID, UUID]:
        return self.leader.id, self.chief.id

    @property
    def bounds(self) -> Bounds:
        """What a button carries of the two: a leader may have several chiefs at the same institutions."""
        return Bounds(leader_ids=self.both, institution_ids=tuple(where.id for where in self.places))


def asked(turn: Turn, question: Asked) -> Card:
    """The one that the text names; without a name the pair that meets next, or that met last where that is asked."""
    shown = _asked(turn, question)
    return cards.no_file(turn._, shown) if question.slots.format else shown


def _asked(turn: Turn, question: Asked) -> Card:
    slots = question.slots
    wanted = bounds_of(turn, slots)
    is_of_one = slots.names_a_place or names_something(question.text, turn.today)
    lines = _lines_near(turn, slots, wanted) if is_of_one else _nearest(turn, slots, wanted) or lines_of(turn)
    if not lines and not slots.names_a_place:
        return cards.nobodys(turn._)
    fits = [each for each in lines if _fits(each, slots, wanted)]
    if not fits:
        raise OutsideResponsibility
    if len(fits) > 1:
        return _which(turn, fits, replace(wanted, is_short=slots.is_short))
    bounds = replace(fits[0].bounds, last=wanted.last, is_short=slots.is_short)
    return show(turn, bounds)


def open_it(turn: Turn, press: Narrowing) -> Card:
    return show(turn, press.bounds)


def pick(turn: Turn, picked: cards.Picked) -> Card:
    """The one who was chosen; somebody who is in no line with the person is answered like nobody at all."""
    me = turn.person.id
    line = line_between(turn, me, picked.id) or line_between(turn, picked.id, me)
    if line is None:
        raise NotAllowed
    return show(turn, replace(line.bounds, last=picked.bounds.last, is_short=picked.bounds.is_short))


def choose(turn: Turn, _form: Nothing) -> Card:
    lines = lines_of(turn)
    return _which(turn, lines) if lines else cards.nobodys(turn._)


def show(turn: Turn, bounds: Bounds) -> Card:
    """The card; for the leader it is written down that their chief has read it."""
    return show_answer(turn._, _answer(turn, bounds), can_narrow=False)


def listed(turn: Turn, bounds: Bounds) -> Listed:
    return _answer(turn, bounds).listed


def _answer(turn: Turn, bounds: Bounds) -> Answer:
    """Of the pair that the bounds name, if the person is one of the two today."""
    line = _line(turn, bounds)
    if line.is_chief:
        places = [(where, [line.leader.id]) for where in line.places]
        note_reads(
            turn.uow, reader_id=turn.person.id, record=Record.SUPERVISION_SUMMARY, places=places, at=turn.now
        )  # fmt: skip
    return cards.answer(turn._, recap_of(turn, line, bounds, has_others=_has_others(turn, line)))


def lines_of(turn: Turn) -> list[InLine]:
    """Everybody in one line with the person today: the leaders of a chief, then the chiefs of a leader."""
    found = [
        InLine(chief=turn.person, leader=leader, places=places, is_chief=True)
        for leader, places in leaders_of_chief(turn.uow, turn.viewer)
    ]
    return found + _lines_to_chiefs(turn)


def line_between(turn: Turn, chief_id: UUID, leader_id: UUID) -> InLine | None:
    """The line of two people, one of whom is the person; None where nothing binds them today.

    Of one pair nobody else is looked up: a chief of everything has hundreds of leaders.
    """
    if turn.person.id not in (chief_id, leader_id):
        return None
    places = places_between(turn.uow, chief_id, leader_id, turn.today)
    if not places:
        return None
    chief, leader = person_with_id(turn.uow, chief_id), person_with_id(turn.uow, leader_id)
    return InLine(chief=chief, leader=leader, places=places, is_chief=turn.person.id == chief_id)


def _lines_to_chiefs(turn: Turn) -> list[InLine]:
    chiefs: dict[Person, list[Institution]] = {}
    for where in institutions_led_by(turn.uow, turn.viewer):
        for chief in staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where):
            if chief.id != turn.person.id:
                chiefs.setdefault(chief, []).append(where)
    return [
        InLine(chief=chief, leader=turn.person, places=tuple(places), is_chief=False)
        for chief, places in chiefs.items()
    ]  # fmt: skip


def _lines_near(turn: Turn, slots: Slots, wanted: Bounds) -> list[InLine]:
    """All lines among which those are that are asked for; no more than these where a leader or institution is named."""
    leaders = set(slots.leaders)
    if not leaders and wanted.institution_ids:
        for where in institutions_with_ids(turn.uow, wanted.institution_ids).values():
            if turn.viewer.is_chief_of(where):
                leaders |= {each.id for each in staff_on(turn.uow, turn.today, where).leaders(where)}
    elif not leaders:
        return lines_of(turn)
    pairs = [line_between(turn, turn.person.id, each) for each in leaders]
    found = sorted(filter(None, pairs), key=lambda each: a_to_aa(each.leader.name))
    return found + _lines_to_chiefs(turn)


def _has_others(turn: Turn, line: InLine) -> bool:
    """Whether the person is in a line with anybody besides."""
    besides = line.leader.id if line.is_chief else turn.person.id
    return leads_others(turn.uow, turn.viewer, besides) or any(
        each.both != line.both for each in _lines_to_chiefs(turn)
    )  # fmt: skip


def recap_of(turn: Turn, line: InLine, bounds: Bounds, *, has_others: bool) -> Recap:
    """What is known of the two, each part as the person may read it now. I26: no text of a note."""
    present = HalfYear.of(turn.today)
    half_year = bounds.last or present
    scope = Scope(institutions=line.places, first=half_year, last=half_year, zone=turn.municipality.zone)
    before = min(turn.now, scope.end) if bounds.last else turn.now
    last = _meeting(turn, _last(turn, line, before))
    if last and bounds.last and last.one_on_one.starts_at < scope.begins:
        last = None
    coming = _meeting(turn, next_of_pair(turn.uow, line.chief.id, line.leader.id, turn.now))
    most = MOST_IN_SHORT if bounds.is_short else MOST
    made = agreements_in(turn.uow, last.one_on_one) if last else []
    others = [each for each in open_agreements_with(turn.uow, line.leader.id, line.places) if each not in made]
    ids = [where.id for where in line.places]
    brought = [each for each in active_focus_areas(turn.uow, ids) if each[0].bring_up_since is not None]
    themes = themes_with_ids(turn.uow, [area.theme_id for area, _where in brought])
    return Recap(
        scope=scope,
        bounds=bounds,
        other=line.other,
        is_chief=line.is_chief,
        now=turn.now,
        last=last,
        next=coming,
        made=_facts(turn, line, made)[:most],
        others=_facts(turn, line, others)[:most],
        brought=[Brought(area=area, where=where, theme=themes.get(area.theme_id)) for area, where in brought[:most]],
        last_dialogues=latest_begun_in(turn.uow, ids, turn.now),
        next_dialogues=next_dialogues_in(turn.uow, ids, turn.now),
        has_others=has_others,
    )


def _last(turn: Turn, line: InLine, before: datetime) -> OneOnOne | None:
    """The last 1:1 of the two; while one goes on, *sidst* is the one before it."""
    last = last_of_pair(turn.uow, line.chief.id, line.leader.id, before)
    if last is None or not last.is_coming or turn.now >= last.starts_at + LASTS:
        return last
    return last_of_pair(turn.uow, line.chief.id, line.leader.id, last.starts_at) or last


def _facts(turn: Turn, line: InLine, found: Sequence[Agreement]) -> list[AgreementFact]:
    """Those about the institutions that still bind the two."""
    places = {where.id: where for where in line.places}
    return [
        AgreementFact(
            where=places[each.institution_id],
            agreement=each,
            leader=line.leader,
            word=agreement_word(each.state, each.due < turn.today),
        )
        for each in found
        if each.institution_id in places
    ]


def _meeting(turn: Turn, about: OneOnOne | None) -> Meeting | None:
    """The 1:1 for one of the two; None where it is not theirs to see any more."""
    if about is None:
        return None
    try:
        return meeting_for(turn, about.id)
    except NotAllowed:
        return None


def _line(turn: Turn, bounds: Bounds) -> InLine:
    """The pair that a button's bounds are of; `NotAllowed` for any that the person is not one of today."""
    if len(bounds.leader_ids) == 2:
        leader_id, chief_id = bounds.leader_ids
        line = line_between(turn, chief_id, leader_id)
        if line and any(where.id in bounds.institution_ids for where in line.places):
            return line
    raise NotAllowed


def _fits(line: InLine, slots: Slots, wanted: Bounds) -> bool:
    """Whether a pair is among those that are asked for."""
    if slots.leaders and line.leader.id not in slots.leaders:
        return False
    if slots.leaders and not (slots.institutions or slots.areas or slots.types or slots.age_range):
        return True
    return any(is_within(where, wanted) for where in line.places)


def _nearest(turn: Turn, slots: Slots, wanted: Bounds) -> list[InLine]:
    """The pair that meets next, or that has met last; none where there is no such 1:1."""
    coming = [(each.one_on_one.chief_id, each.one_on_one.leader_id) for each in coming_meetings(turn)]
    met = met_of(turn.uow, turn.person.id, turn.now - MET_WITHIN, turn.now)
    nearest = [*met, *coming] if slots.latest else [*coming, *met]
    lines = (line_between(turn, *pair) for pair in dict.fromkeys(nearest))
    line = next((each for each in lines if each and _fits(each, slots, wanted)), None)
    return [line] if line else []


def _which(turn: Turn, lines: Sequence[InLine], wanted: Bounds | None = None) -> Card:
    return cards.which_one(turn._, [(each.other, each.places) for each in lines], wanted)


FLOW = Flow(
    name=NAME,
    buttons={
        cards.OPEN: Button(Narrowing.read, open_it, only_shows=True),
        cards.PICK: Button(cards.Picked.read, pick, only_shows=True),
        cards.CHOOSE: Button(Nothing.read, choose, only_shows=True),
    },
    questions={NAME: Question(("brief mig", "briefing", "brief me"), asked)},
    without=frozenset({"views", "clock", "domain", "storage"}),
)
