"""How a focus area is going: a status is added every eight weeks, or whenever the leader types it.

Clock: eight weeks after the last word, or as often as they have chosen, the leaders are asked, again and again.
Buttons: *Gem status* adds one, *Uændret* adds that in one press. Where it needs attention, the leader decides with *Ja*
or *Nej* whether it goes on the agenda of the next 1:1. Question: `status`, with the name of a focus area or without.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import focus_area as areas
from cards import focus_status as cards
from cards.focus_status import BringForm, Form, WriteForm
from cards.kit import Card
from dialogs import later, measure
from dialogs.behind import LEAST_TOLD, behind, is_after_colon, told_behind
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.places import NAMED, named_words, score
from dialogs.stories import story_of
from dialogs.turn import Turn
from dialogs.understanding import own
from dialogs.words import normalise, words_of
from domain.errors import Expired, Problem, Problems
from domain.focus_area import FocusArea
from domain.focus_status import FocusStatus, Seen
from domain.organisation import Institution
from domain.priority import sources_of
from domain.prompt import Occasion
from domain.status import Status
from storage.focus_area import active_focus_areas, focus_area_to_write, lock
from storage.focus_status import last_status_of, quiet_focus_areas
from storage.prompt import drop_reminders
from storage.roles import institutions_led_by

VIEW = "focus_status"
WORDS = ("status", "status på fokusområde", "status focus area")
ASKED_FOR = timedelta(days=14)


def write(turn: Turn, form: WriteForm) -> Card:
    """The card with the last status chosen, and what was written with the command."""
    area, where = focus_area_to_write(turn.uow, turn.viewer, form.id)
    if not area.is_active:
        return areas.show(turn._, story_of(turn, area, where))
    turn.shows(VIEW, area.id)
    story = story_of(turn, area, where)
    if not form.seen:
        return cards.ask(turn._, story)
    seen = Seen(status=story.last.status if story.last else Status.JUST_BEGUN, seen=form.seen)
    return cards.ask(turn._, story, typed=Form(focus_area_id=area.id, seen=seen))


def save(turn: Turn, form: Form) -> Card:
    """Adds the status; nobody's is lost when two write at once, since each is a row of its own."""
    area, where = focus_area_to_write(turn.uow, turn.viewer, form.focus_area_id)
    lock(turn.uow, area)
    story = story_of(turn, area, where)
    known = {each.perspective.id for each in story.heard}
    kinds = sources_of(where.age_range, story.priority)
    seen = replace(
        form.seen,
        evidence=tuple(each for each in form.seen.evidence if each in kinds),
        perspectives=tuple(each for each in form.seen.perspectives if each in known),
    )
    status = FocusStatus.of(area, seen, by=turn.person.id, now=turn.now, today=turn.today)
    last = last_status_of(turn.uow, area)
    if (last.id if last else None) != form.last:
        raise Problems({"status": Problem("written_meanwhile")})
    return _added(turn, area, where, status)


def unchanged(turn: Turn, form: Form) -> Card:
    """One press: "Uændret" with today's date; pressed on an older card, what was written since is what stands.

    Who has typed something, or chosen another status, says more than that: it stays in the card, with a word about it.
    """
    area, where = focus_area_to_write(turn.uow, turn.viewer, form.focus_area_id)
    lock(turn.uow, area)
    if form.seen.has_words:
        raise Problems({"seen": Problem("unchanged_with_words")})
    last = last_status_of(turn.uow, area)
    if (last.id if last else None) != form.last:
        area.require_active()
        return cards.saved(turn._, story_of(turn, area, where))
    if form.seen.status not in (None, last.status if last else Status.JUST_BEGUN):
        raise Problems({"status": Problem("unchanged_with_another")})
    return _added(turn, area, where, FocusStatus.unchanged(area, last, by=turn.person.id, now=turn.now))


def bring(turn: Turn, form: BringForm) -> Card:
    return _bring(turn, form, wanted=True)


def leave(turn: Turn, form: BringForm) -> Card:
    return _bring(turn, form, wanted=False)


def not_now(turn: Turn, form: Form) -> Card:
    """Asks when the card shall come again, and gives back what was typed in it."""
    area, _where = focus_area_to_write(turn.uow, turn.viewer, form.focus_area_id)
    return later.ask(turn, VIEW, area.id, written=areas.given_back(turn._, cards.written(turn._, form)))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same card with everything that was typed, and what is wrong with it or was added meanwhile."""
    area, where = focus_area_to_write(turn.uow, turn.viewer, form.focus_area_id)
    turn.shows(VIEW, area.id)
    return cards.ask(turn._, story_of(turn, area, where), typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    return areas.over(turn._, why, cards.written(turn._, form))


def refused(turn: Turn, form: Form) -> Card:
    return areas.refused(turn._, cards.written(turn._, form))


def subject_expired(turn: Turn, subject: WriteForm, why: Expired) -> Card:
    return areas.over(turn._, why)


def bring_expired(turn: Turn, form: BringForm, why: Expired) -> Card:
    return areas.over(turn._, why)


def asked(turn: Turn, question: Asked) -> Card:
    """`status`: the focus area that is named, the one there is, or which; `status på makkerpar: to er begyndt` has the
    words in the form, and that of a measure where one is named or spoken of."""
    places = institutions_led_by(turn.uow, turn.viewer)
    found = active_focus_areas(turn.uow, [where.id for where in places])
    name, colon, seen = behind(question.text, WORDS).partition(":")
    named = _named(name if colon else question.text, found) if found else []
    if not named and colon and (of_measure := measure.said_of(turn, name, seen.strip())):
        return of_measure
    if not named and (of_measure := measure.status_of(turn, name, seen.strip())):
        return of_measure
    if not found:
        return areas.none_yet(turn._)
    if not colon:
        told = told_behind(question.text, WORDS)
        # In few words it is told after a colon, and else it may be no more than a name.
        # Of itself what follows `status:` is told.
        is_short = len(told.split()) < LEAST_TOLD
        seen = told if is_short or is_after_colon(question.text, told) else _told_beside(told, named or found)
    if len(named or found) == 1:
        return write(turn, WriteForm(id=(named or found)[0][0].id, seen=seen.strip()))
    return areas.choose(turn._, named or found, cards.WRITE, several=len(places) > 1, seen=seen.strip())


def show(turn: Turn, focus_area_id: UUID) -> Card | None:
    """The card for delivery; None once the focus area is closed."""
    area, _where = focus_area_to_write(turn.uow, turn.viewer, focus_area_id)
    return write(turn, WriteForm(id=area.id)) if area.is_active else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Asks the leaders so many weeks after the last word about a focus area, and again after as many."""
    for area, where, last, said_at in quiet_focus_areas(planning.uow, planning.until):
        asking = area.asks_at(said_at, planning.until)
        if asking is None:
            continue
        number, due_at = asking
        for leader in planning.staff.leaders(where):
            yield Occasion(
                key=f"focus_status:{area.id}:{last or 'first'}:{number}:{leader.id}",
                person_id=leader.id,
                view=VIEW,
                subject_id=area.id,
                due_at=due_at,
                # What falls into the holidays is asked when they are over.
                expires_at=planning.municipality.quiet.next_open(due_at) + ASKED_FOR,
            )


def _added(turn: Turn, area: FocusArea, where: Institution, status: FocusStatus) -> Card:
    turn.uow.add(status)
    turn.uow.session.flush()
    drop_reminders(turn.uow, VIEW, area.id)
    turn.changes(VIEW, area.id)
    return cards.saved(turn._, story_of(turn, area, where))


def _bring(turn: Turn, form: BringForm, *, wanted: bool) -> Card:
    """What is answered is about the status that was asked about: where there is a newer one, that is what stands."""
    area, where = focus_area_to_write(turn.uow, turn.viewer, form.focus_area_id)
    lock(turn.uow, area)
    area.require_active()
    last = last_status_of(turn.uow, area)
    # A card that was drawn before it named the status is about the newest one.
    is_newest = last is not None and form.last in (None, last.id) and last.status is Status.NEEDS_ATTENTION
    if is_newest:
        area.bring_up(wanted, turn.now)
    turn.shows("focus_area", area.id)
    story = story_of(turn, area, where)
    return cards.saved(turn._, story) if wanted and is_newest else areas.show(turn._, story)


def _told_beside(words: str, found: Sequence[tuple[FocusArea, Institution]]) -> str:
    """The words, where they tell more than the name of a focus area and what a question is about."""
    names = {word for area, where in found for name in (area.title, where.name) for word in words_of(name)}
    beside = [each for each in words.split() if normalise(each) not in names]
    return words if len(beside) >= LEAST_TOLD and own.tells(words, names) else ""


def _named(text: str, found: Sequence[tuple[FocusArea, Institution]]) -> list[tuple[FocusArea, Institution]]:
    """Those whose title, or an institution's name, stands in what was typed after the word `status`."""
    words = named_words(text, WORDS)
    if not words:
        return list(found)
    scored = [(score(words, (area.title, where.name)), (area, where)) for area, where in found]
    best = max(each for each, _ in scored)
    return [named for each, named in scored if each == best and each >= NAMED]


FLOW = Flow(
    name="focus_status",
    buttons={
        cards.WRITE: Button(WriteForm.read, write, expired=subject_expired),
        **form_buttons(
            Form.read,
            {cards.SAVE: save, cards.UNCHANGED: unchanged, cards.LATER: not_now},
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.BRING: Button(BringForm.read, bring, expired=bring_expired),
        cards.LEAVE: Button(BringForm.read, leave, expired=bring_expired),
    },
    questions={"status": Question(WORDS, asked, takes_rest=True)},
    views={VIEW: show},
    clock=clock,
)
