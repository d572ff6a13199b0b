"""What every answer has in common: what its question is narrowed down to, who may have it, and that it was read.

An answer's own module names the record that it shows and draws it; from asking to narrowing down, the rest is here.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cards import answer as cards
from cards import answer_files as file_cards
from cards import scope as scope_cards
from cards.answer import Answer
from cards.answer_document import AnswerPaper, document, file_name
from cards.kit import Card
from cards.numbered import Listed
from cards.scope import Narrowing, bounds_in, carry
from dialogs.document_file import as_pdf, as_word
from dialogs.flow import Asked, Button, File
from dialogs.scope import OutsideResponsibility, bounds_of, choices_for, key_of, matter_of, scope_of
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.cycle import HALF_YEARS
from domain.facts import Gap, GapFact
from domain.organisation import Institution, Role
from domain.scope import Bounds, Scope
from domain.supervision import F, Found, K
from storage.audit import note_reads
from storage.cycle import cycle_in
from storage.roles import leader_ids_of
from storage.summary import asked_before, first_asked, keep_bounds, kept_bounds, note_asked
from storage.supervision_gaps import gap_facts

MOST, MOST_OF_ONE, MOST_IN_SHORT = 8, 12, 3
# Far more than an area has in a half-year; beyond it a file says how many there are.
MOST_IN_FILE = 200
# So many sources of each kind are listed; nobody goes through more, and the list says how many there are.
MOST_TRACED = 400


@dataclass(frozen=True, kw_only=True)
class Answering:
    """How one question is answered. `draw` makes the answer of a scope that the turn's person may see.

    `title` is looked up in the reader's language, and `least` is how much of `record` one must see to get it.
    """

    name: str
    title: str
    record: Record
    draw: Callable[[Turn, Scope, Bounds], Answer]
    least: Sight = Sight.FULL

    def asked(self, turn: Turn, question: Asked) -> Card:
        """The answer about what the text names; where it names nothing, about everything the person answers for."""
        bounds, why_all = bounds_of(turn, question.slots), ""
        if question.slots.since_last:
            bounds, why_all = self._only_new(turn, bounds)
        if question.slots.format:
            return self.files_of(turn, bounds, only=question.slots.format, why_all=why_all)
        return self.show(turn, bounds, why_all=why_all)

    def open_it(self, turn: Turn, press: Narrowing) -> Card:
        return self.show(turn, press.bounds)

    def show(self, turn: Turn, bounds: Bounds, *, why_all: str = "") -> Card:
        """The card of these bounds as the person may see it now; the showing is a read of those whom it is about."""
        try:
            scope = self._scope(turn, bounds)
            found = self._drawn(turn, scope, bounds)
        except OutsideResponsibility:
            if not self._is_seen_together(turn, bounds):
                raise
            raise OutsideResponsibility(cards.only_together(turn._, turn._(self.title))) from None
        note_asked(turn.uow, turn.person, self._key(bounds, scope), at=turn.now)
        note_answer_read(turn, found.scope.institutions)
        can_narrow = len(bounds.institution_ids) != 1 or not _only_leads(turn)
        return cards.show(turn._, replace(found, why_all=why_all), can_narrow=can_narrow)

    def answer(self, turn: Turn, bounds: Bounds) -> Answer:
        return self._drawn(turn, self._scope(turn, bounds), bounds)

    def listed(self, turn: Turn, bounds: Bounds) -> Listed:
        """The lines with their sources, drawn anew: a read as well."""
        found = self.answer(turn, replace(bounds, is_traced=True))
        note_answer_read(turn, found.scope.institutions)
        return replace(found.listed, keeping=cards.ways_to_keep(turn._, found))

    def files_of(self, turn: Turn, bounds: Bounds, *, only: str | None = None, why_all: str = "") -> Card:
        """The answer as Word and PDF, in the one format where one is asked for."""
        found = self.answer(turn, bounds)
        kept = keep_bounds(turn.uow, turn.person, carry(bounds), at=turn.now)
        word, pdf = turn.link_to(self.word, kept), turn.link_to(self.pdf, kept)
        about = cards.understood(turn._, found)
        return file_cards.files(
            turn._,
            found.title,
            about,
            name=self.name,
            bounds=bounds,
            word=word,
            pdf=pdf,
            only=only,
            why_all=why_all,
        )

    def word_file(self, turn: Turn, bounds_id: UUID) -> File:
        made = self._paper(turn, bounds_id)
        return as_word(file_name(turn._, made), document(turn._, made))

    def pdf_file(self, turn: Turn, bounds_id: UUID) -> File:
        made = self._paper(turn, bounds_id)
        return as_pdf(file_name(turn._, made), document(turn._, made))

    def narrow(self, turn: Turn, press: Narrowing) -> Card:
        scope = self._scope(turn, press.bounds)
        found = choices_for(turn, self.record, scope, press.bounds, least=self.least)
        title, again = turn._("Narrow down the answer"), f"{self.name}.open"
        return scope_cards.narrow(turn._, title, scope, press.bounds, found, again, again)

    @property
    def buttons(self) -> dict[str, Button[Any]]:
        return {
            f"{self.name}.open": Button(Narrowing.read, self.open_it, only_shows=True),
            f"{self.name}.narrow": Button(Narrowing.read, self.narrow, only_shows=True),
            f"{self.name}.files": Button(
                Narrowing.read, lambda turn, press: self.files_of(turn, press.bounds), only_shows=True
            ),
        }

    @property
    def word(self) -> str:
        return f"{self.name}.word"

    @property
    def pdf(self) -> str:
        return f"{self.name}.pdf"

    @property
    def files(self) -> dict[str, Callable[[Turn, UUID], File]]:
        return {self.word: self.word_file, self.pdf: self.pdf_file}

    def _paper(self, turn: Turn, bounds_id: UUID) -> AnswerPaper:
        """All of it, as whoever asked may see it when the link is followed: a read as well."""
        bounds = bounds_in(kept_bounds(turn.uow, turn.person, bounds_id))
        scope = self._scope(turn, bounds)
        found = self._drawn(turn, scope, replace(bounds, is_short=False, is_whole=True))
        note_asked(turn.uow, turn.person, self._key(bounds, scope), at=turn.now)
        note_answer_read(turn, found.scope.institutions)
        return AnswerPaper(answer=found, made_at=turn.now, made_by=turn.person.name)

    def _scope(self, turn: Turn, bounds: Bounds) -> Scope:
        return scope_of(turn, bounds, self.record, least=self.least)

    def _drawn(self, turn: Turn, scope: Scope, bounds: Bounds) -> Answer:
        return replace(self.draw(turn, scope, bounds), as_of=turn.now)

    def _only_new(self, turn: Turn, bounds: Bounds) -> tuple[Bounds, str]:
        try:
            scope = self._scope(turn, bounds)
        except OutsideResponsibility:
            # It is told where the answer would be drawn.
            return bounds, ""
        return only_what_is_new(turn, bounds, self._key(bounds, scope))

    def _key(self, bounds: Bounds, scope: Scope) -> str:
        about = f"{self.name}:{key_of(matter_of(bounds, scope))}"
        return hashlib.sha256(about.encode()).hexdigest()

    def _is_seen_together(self, turn: Turn, bounds: Bounds) -> bool:
        """Whether the person sees of what was asked for only what is known across the institutions."""
        if turn.viewer.sight_of_all(Record.EVIDENCE) < Sight.AGGREGATE:
            return False
        named = set(bounds.institution_ids)
        places = [each for each in turn.open_places if not named or each.id in named]
        return any(turn.viewer.sight(self.record, where) >= Sight.AGGREGATE for where in places)


def only_what_is_new(turn: Turn, bounds: Bounds, key: str) -> tuple[Bounds, str]:
    """The bounds since the person last asked about the same, in an earlier sitting; or all of it, and why."""
    since = asked_before(turn.uow, turn.person, key, before=turn.now)
    if since is not None:
        return replace(bounds, since=since), ""
    return replace(bounds, since=None), cards.all_of_it(turn._, first_asked(turn.uow, turn.person, key))


def lacking_in(turn: Turn, scope: Scope, gaps: Sequence[Gap], *, record: Record, most: int) -> Found[GapFact, Gap]:
    """Which of these gaps there are, at the institutions whose `record` the person reads; none of none."""
    quiet = turn.municipality.quiet
    return gap_facts(turn.uow, turn.viewer, scope, now=turn.now, quiet=quiet, most=most, only=gaps, record=record)


def traced(find: Callable[[int], Found[F, K]], most: int, *, is_traced: bool) -> Found[F, K]:
    """The first `most` facts, and with `is_traced` the sources of the others that are counted with them."""
    found = find(most)
    return found.with_traced(find(MOST_TRACED).sources) if is_traced and found.more else found


def last_of_each(found: Sequence[F], most: int, *, word: Callable[[F], K]) -> Found[F, K]:
    """What is the last of each institution; the first `most` of them are known one by one."""
    return Found(
        total=len(found),
        places=len(found),
        counts=Counter(map(word, found)),
        facts=found[:most],
        latest=max((fact.source.at for fact in found), default=None),
        is_dated=True,
        traced=tuple(fact.source for fact in found[most:MOST_TRACED]),
    )


def since_the_last(scope: Scope, bounds: Bounds) -> Scope:
    """Where the last one is asked for and no half-year: in the first weeks of one, it is from the one before."""
    if not bounds.latest or bounds.first or bounds.last:
        return scope
    return replace(scope, first=scope.last.plus(1 - HALF_YEARS))


def most_of(scope: Scope, bounds: Bounds) -> int:
    """How many lines of each kind: more of one institution, and few where a short answer is asked for."""
    return at_most(bounds, MOST_OF_ONE if scope.is_one_place else MOST, in_short=MOST_IN_SHORT)


def at_most(bounds: Bounds, many: int, *, in_short: int | None = None) -> int:
    """So many on a card, and all there are in a file."""
    if bounds.is_whole:
        return MOST_IN_FILE
    return in_short if bounds.is_short and in_short is not None else many


def of_dialogue_number(turn: Turn, scope: Scope, bounds: Bounds) -> tuple[Scope, Sequence[UUID]]:
    """The present cycles, and their ids, where one of their dialogues is asked for and no half-year: `samtale 2`."""
    if not bounds.dialogue_no or bounds.first or bounds.last:
        return scope, ()
    ranges = {where.age_range for where in scope.institutions}
    found = [each for of in sorted(ranges) if (each := cycle_in(turn.uow, of, scope.last))]
    if not found:
        return scope, ()
    first, last = min(each.first_half_year for each in found), max(each.last_half_year for each in found)
    return replace(scope, first=first, last=last), [each.id for each in found]


def note_answer_read(turn: Turn, places: Sequence[Institution]) -> None:
    """A read for the leaders of each institution, but for whoever looks at their own (I33)."""
    others = [where for where in places if not turn.viewer.leads(where)]
    leaders = leader_ids_of(turn.uow, others, turn.today)
    concerned = [(where, leaders[where.id]) for where in others]
    note_reads(turn.uow, reader_id=turn.person.id, record=Record.SUPERVISION_SUMMARY, places=concerned, at=turn.now)


def _only_leads(turn: Turn) -> bool:
    """Whether the person asks as a leader, with no institutions of others to answer for."""
    if not turn.viewer.has(Role.LEADER):
        return False
    seen = [where for where in turn.open_places if turn.viewer.sight(Record.FOCUS_AREA, where) >= Sight.FULL]
    return bool(seen) and all(turn.viewer.leads(where) for where in seen)
