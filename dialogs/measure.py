"""A measure that a decision has set going, until it is done or dropped.

Clock: on the day it is due its institution's leaders are asked what became of it, and once more two weeks later.
Button: *Gem* ends it, *Ikke nu* lets it go on. Questions: `indsatser` shows those that go on, and what came of others;
`makkerpar er gennemført` and `status på indsatsen makkerpar` open the one that is named.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from cards import focus_area as areas
from cards import instead
from cards import measure as cards
from cards.kit import Card
from cards.measure import Form, OpenForm
from dialogs import later
from dialogs.behind import behind, is_after_colon
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.names import named_in_words
from dialogs.turn import Turn
from dialogs.understanding import own
from domain.errors import Expired, Problems
from domain.measure import Measure, MeasureState
from domain.organisation import Institution
from domain.period import local_moment
from domain.prompt import Occasion
from storage.measure import measure_to_write, measures_of, open_measures
from storage.prompt import drop_reminders
from storage.roles import institutions_led_by

VIEW = "measure"
ASKED_FOR = timedelta(days=14)
ASKED_AT = time(9)
WORDS = ("indsatser", "indsats", "measures", "measure")
_TO_END = re.compile(
    r"(?:(?:vi|we)\s.{0,40}\s)?(?:(?P<dropped>droppe[tr]?|drop)|lukket?|luk|afslutte[tr]?|close|finish)\s(?P<what>.+?)[.!]?",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?P<what>.+?)\s(?:er|blev|is|are|was)\s(?:nu\s|now\s)?"
    r"(?:(?P<dropped>droppet|bortfaldet|opgivet|dropped)"
    r"|gennemført|færdige?|afsluttet|i mål|done|finished|completed)[.!]?",
    re.IGNORECASE,
)


def open_it(turn: Turn, form: OpenForm) -> Card:
    measure, where = measure_to_write(turn.uow, turn.viewer, form.id)
    turn.shows(VIEW, measure.id)
    if measure.state is not MeasureState.OPEN:
        return cards.show(turn._, measure, where)
    typed = Form(measure_id=measure.id, state=form.state, outcome=form.outcome)
    return cards.ask(turn._, measure, where, typed=typed)


def end(turn: Turn, form: Form) -> Card:
    measure, where = measure_to_write(turn.uow, turn.viewer, form.measure_id)
    measure.end(form.state or MeasureState.OPEN, form.outcome, by=turn.person.id, now=turn.now)
    drop_reminders(turn.uow, VIEW, measure.id)
    turn.changes(VIEW, measure.id)
    return cards.show(turn._, measure, where)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    measure, where = measure_to_write(turn.uow, turn.viewer, form.measure_id)
    turn.shows(VIEW, measure.id)
    return cards.ask(turn._, measure, where, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    return areas.over(turn._, why, [(cards.label(turn._, "outcome"), form.outcome)])


def refused(turn: Turn, form: Form) -> Card:
    return areas.refused(turn._, [(cards.label(turn._, "outcome"), form.outcome)])


def not_now(turn: Turn, form: Form) -> Card:
    """Asks when the card shall come again, and gives back what was typed in it."""
    measure, _where = measure_to_write(turn.uow, turn.viewer, form.measure_id)
    written = areas.given_back(turn._, [(cards.label(turn._, "outcome"), form.outcome)])
    return later.ask(turn, VIEW, measure.id, written=written)


def asked(turn: Turn, question: Asked) -> Card:
    """`indsatser`: the one there is, or which; those that go on come first.

    What is written behind a colon is of the one it names, and else of a new one, which a decision begins.
    """
    written = behind(question.text, WORDS)
    if is_after_colon(question.text, written) and not any(_named(turn, word) for word in written.split()):
        return instead.by_decision(turn._, leads=True, written=written)
    found = _of_leader(turn, open_only=False)
    found.sort(key=lambda each: each[0].state is not MeasureState.OPEN)
    return _one_or_which(turn, found) if found else cards.none_going_on(turn._)


def said_to_have_ended(turn: Turn, text: str) -> Card | None:
    """`Makkerpar er gennemført`: the one that is named, or which; None where the text says so of none."""
    found = _ENDED.fullmatch(text.strip()) or _TO_END.fullmatch(text.strip())
    if found is None:
        return None
    state = MeasureState.DROPPED if found["dropped"] else MeasureState.DONE
    name = own.beside(found["what"], "measure")
    named = _named(turn, found["what"] if name is None else name)
    return _one_or_which(turn, named, state=state) if named else None


def to_end(turn: Turn, name: str) -> Card:
    """`Luk indsatsen makkerpar`: the one that is named, or which of those that go on."""
    if named := _named(turn, name):
        return _one_or_which(turn, named)
    found = _of_leader(turn, open_only=True)
    if not found:
        return cards.none_going_on(turn._)
    # Another name than those there are is nobody's word for the only one that goes on.
    return cards.choose(turn._, found) if name else _one_or_which(turn, found)


def said_of(turn: Turn, name: str, words: str) -> Card | None:
    """What was written of a measure that is named, in its form; None where none is."""
    named = _named(turn, name)
    return _one_or_which(turn, named, outcome=words) if named else None


def status_of(turn: Turn, name: str, words: str) -> Card | None:
    """`Status på indsatsen makkerpar`: the one that is named, or which of those that go on; None where the words are of
    no measure."""
    about = own.beside(name, "measure")
    if about is None:
        return None
    found = _named(turn, about) or _of_leader(turn, open_only=True)
    return _one_or_which(turn, found, outcome=words) if found else cards.none_going_on(turn._)


def _one_or_which(
    turn: Turn,
    found: Sequence[tuple[Measure, Institution]],
    *,
    state: MeasureState | None = None,
    outcome: str = "",
) -> Card:
    if len(found) == 1:
        return open_it(turn, OpenForm(id=found[0][0].id, state=state, outcome=outcome))
    return cards.choose(turn._, found, state=state, outcome=outcome)


def _of_leader(turn: Turn, *, open_only: bool) -> list[tuple[Measure, Institution]]:
    led = institutions_led_by(turn.uow, turn.viewer)
    return [(each, where) for where in led for each in measures_of(turn.uow, where, open_only=open_only)]


def _named(turn: Turn, name: str) -> list[tuple[Measure, Institution]]:
    """Those that go on and whose words hold the name."""
    return [(each, where) for each, where in _of_leader(turn, open_only=True) if named_in_words(name, each.text)]


def show(turn: Turn, measure_id: UUID) -> Card | None:
    """The card for delivery; None once it has ended."""
    measure, _where = measure_to_write(turn.uow, turn.viewer, measure_id)
    return open_it(turn, OpenForm(id=measure_id)) if measure.state is MeasureState.OPEN else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Asks the leaders on the day a measure is due, and two weeks later; after the holidays for what falls in them."""
    zone, quiet = planning.municipality.zone, planning.municipality.quiet
    for measure, where in open_measures(planning.uow):
        first = local_moment(measure.due, ASKED_AT, zone)
        again = quiet.next_open(first) + ASKED_FOR
        asked = [each for each in (first, again) if each <= planning.until]
        if not asked:
            continue
        due_at: datetime = asked[-1]
        for leader in planning.staff.leaders(where):
            yield Occasion(
                key=f"measure:{measure.id}:{measure.due.isoformat()}:{len(asked)}:{leader.id}",
                person_id=leader.id,
                view=VIEW,
                subject_id=measure.id,
                due_at=due_at,
                expires_at=quiet.next_open(due_at) + ASKED_FOR,
            )


FLOW = Flow(
    name="measure",
    buttons={
        cards.OPEN: Button(OpenForm.read, open_it, only_shows=True),
        cards.END: Button(Form.read, end, again=again, expired=expired, refused=refused),
        cards.LATER: Button(Form.read, not_now, refused=refused),
    },
    questions={"measures": Question(WORDS, asked)},
    views={VIEW: show},
    clock=clock,
)
