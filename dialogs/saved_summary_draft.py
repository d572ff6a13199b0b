"""The chief's draft of a saved summary: made of an answer, read, made anew or deleted, and sent to the leader.

Of one matter there is one on its way. What it says is what the records said when it was made.
"""

from dataclasses import replace
from datetime import timedelta

from cards import saved_summary as cards
from cards.form import Subject
from cards.kit import Card
from cards.saved_summary import SendForm
from cards.scope import Narrowing, scope_words
from cards.supervision import lines_of
from dialogs.saved_summary_clock import ask_of, renew_all
from dialogs.saved_summary_sheet import as_chief, shown
from dialogs.scope import scope_of
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.access import Record
from domain.errors import NotAllowed
from domain.facts import SourceKind, SourceRef
from domain.printed import Line
from domain.saved_summary import About, Printed, SavedSummary
from domain.scope import Bounds, Scope
from storage.organisation import institution_with_id
from storage.prompt import plan
from storage.roles import staff_on
from storage.saved_summary import forget, newest_final, on_its_way

# As many lines of a section as are kept; beyond it a line says how many more there are.
MOST = 100


def begin(turn: Turn, press: Narrowing) -> Card:
    """Saves the answer; a wider one asks which institution. Of one matter there is one summary on its way."""
    bounds = replace(press.bounds, since=None, saved_id=None)
    scope = scope_of(turn, bounds, Record.SUPERVISION_SUMMARY)
    places = [where for where in scope.institutions if turn.viewer.is_chief_of(where)]
    if not places:
        raise NotAllowed
    if not scope.is_one_place:
        return cards.which(turn._, places, bounds)
    return save(turn, _about(scope))


def make_anew(turn: Turn, subject: Subject) -> Card:
    found, where = as_chief(turn, subject.id)
    found.make_anew(_printed(turn, _scope(turn, found.about)), by=turn.person.id, now=turn.now)
    renew_all(turn, found, where)
    return shown(turn, found, where)


def drop(turn: Turn, subject: Subject) -> Card:
    """Takes away a draft, in which nobody has written anything."""
    found, _where = as_chief(turn, subject.id)
    forget(turn.uow, found)
    return cards.dropped(turn._)


def send(turn: Turn, form: SendForm) -> Card:
    found, where = as_chief(turn, form.id)
    found.send(form.mark, by=turn.person.id, now=turn.now)
    for leader in staff_on(turn.uow, turn.today, where).leaders(where):
        plan(turn.uow, ask_of(found, leader.id, timedelta()))
    renew_all(turn, found, where)
    return shown(turn, found, where)


def save(turn: Turn, about: About) -> Card:
    there = on_its_way(turn.uow, about)
    where = institution_with_id(turn.uow, about.institution_id)
    if there is not None:
        if there.is_with_chief:
            there.read(turn.now)
        return shown(turn, there, where, was_there=True)
    made = SavedSummary.of(
        about,
        _printed(turn, _scope(turn, about)),
        by=turn.person.id,
        now=turn.now,
        replaces=newest_final(turn.uow, about),
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    return shown(turn, made, where)


def _about(scope: Scope) -> About:
    theme_id = scope.theme.id if scope.theme else None
    return About(institution_id=scope.institutions[0].id, first=scope.first, last=scope.last, theme_id=theme_id)


def _scope(turn: Turn, about: About) -> Scope:
    bounds = Bounds(
        institution_ids=(about.institution_id,), theme_id=about.theme_id, first=about.first, last=about.last
    )
    return scope_of(turn, bounds, Record.SUPERVISION_SUMMARY)


def _printed(turn: Turn, scope: Scope) -> Printed:
    """I25: every line with its sources; what is not printed is told with all that is registered as its source."""
    _, found = turn._, summary_of(turn, scope, most=MOST)
    where = scope.institutions[0]
    everything = SourceRef(kind=SourceKind.PLACE, id=where.id, institution_id=where.id, at=scope.as_of(turn.now))
    left = [
        Line(
            section=section,
            small=_.ngettext("and %(n)s more", "and %(n)s more", more),
            is_count=True,
            sources=(everything,),
        )
        for section, more in found.more.items()
        if more
    ]
    lines = (*[_whole(each, everything) for each in lines_of(_, found, most_figures=MOST)], *left)
    return Printed(scope=scope_words(_, scope), lines=lines, language=turn.person.speaks)


def _whole(line: Line, everything: SourceRef) -> Line:
    """A line that counts more than is kept one by one rests on all that is registered as well."""
    return replace(line, sources=(*line.sources, everything), unseen=0) if line.unseen else line
