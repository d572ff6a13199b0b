"""A leader invites a colleague from another institution to observe the learning environment.

Question: `inviter observatør` shows the guide's definition and asks whom, what to look for, and when, in three steps
that are kept as they are pressed. *Send invitation* asks the observer. What came to nothing can be sent to somebody
else with the same words. `observationer` shows where each one is; a chief gets a word for each.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from cards import observation as cards
from cards import observation_form, visit_list
from cards import visit as visits
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.observation import LISTED, Another, Form, Sheet
from cards.which import which_place
from dialogs import recognised
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.moment import told_of_days_off
from dialogs.observers import candidates_at, found_by, ids_of
from dialogs.places import led_by
from dialogs.turn import Turn
from dialogs.understanding import own
from dialogs.visiting import INVITED, moved_on, shown, tell_observer, visit_of
from domain.access import Record, Sight
from domain.acknowledgement import is_attached
from domain.draft import between, is_changed, opens_at
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.invitation import InvitationStep, What, Whom
from domain.observation import Observation
from domain.observer import SUGGESTED, nearest
from domain.organisation import Institution
from domain.slots import Slots
from storage.feedback import feedbacks_on, given_to
from storage.focus_area import focus_areas_of
from storage.guide import current_guide, guide_with_id
from storage.observation import draft_of, observation_of_host, observations_of, observations_seen_by_word
from storage.roles import institutions_led_by, institutions_of_chief

SEEN_FOR = timedelta(days=365)


def begin(turn: Turn, asked: Asked | Nothing) -> Card:
    """The invitation at the institution led, where it was left; or which. `inviter Rune` looks for him at once."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    if len(led) > 1:
        return which_place(turn._, led, cards.NEW)
    invited = " ".join(own.invited_in(asked.text)) if isinstance(asked, Asked) else ""
    return _asked_at(turn, led[0], invited)


def new(turn: Turn, subject: Subject) -> Card:
    """The invitation that was begun there and not sent, or a new one; with the guide as it is now."""
    return _asked_at(turn, led_by(turn, subject.id))


def _asked_at(turn: Turn, where: Institution, invited: str = "") -> Card:
    """The one who is named is chosen where nobody else can be meant, and none has been chosen before."""
    guide = current_guide(turn.uow)
    draft = draft_of(turn.uow, turn.viewer, where)
    if draft is None:
        draft = Observation(institution_id=where.id, host_id=turn.person.id, guide_id=guide.id)
        turn.uow.add(draft)
    elif draft.guide_id != guide.id:
        # Focus points are places in the guide's list, and say something else in another edition.
        draft.guide_id, draft.what = guide.id, What(**{**vars(draft.what), "points": ()})
    found = found_by(candidates_at(turn, where), invited) if invited else ()
    if len(found) == 1 and draft.whom.observer_id is None:
        draft.write(Whom(observer_id=found[0].person_id), turn.now)
    turn.uow.session.flush()
    return observation_form.ask(turn._, _sheet(turn, draft, where, searched=invited))


def open_it(turn: Turn, subject: Subject) -> Card:
    draft, where = observation_of_host(turn.uow, turn.viewer, subject.id)
    if not draft.is_draft:
        return shown(turn, draft)
    return new(turn, Subject(where.id))


def next_step(turn: Turn, form: Form) -> Card:
    return _go(turn, form, form.step.next)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, form, form.step.previous)


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved(turn._, _sheet(turn, *_take(turn, form)))


def search(turn: Turn, form: Form) -> Card:
    """Keeps the step, and lists who was found by the name."""
    draft, where = _take(turn, form)
    draft.step = InvitationStep.WHOM
    return observation_form.ask(turn._, _sheet(turn, draft, where, searched=form.search))


def send(turn: Turn, form: Form) -> Card:
    """Invites the observer, or leads to the first step in which something is missing; nothing typed is lost.

    I15 is checked again here, against the roles of this moment.
    """
    draft, where = _take(turn, form)
    if asked := recognised.unasked(turn, between(draft.step, form.step), draft.content):
        draft.step, found = asked
        return recognised.with_question(
            turn._, observation_form.ask(turn._, _sheet(turn, draft, where), problems=found), found
        )
    try:
        draft.send(candidates_at(turn, where), now=turn.now, zone=turn.municipality.zone)
    except Problems as problems:
        draft.step = cards.step_of(problems)
        return observation_form.ask(turn._, _sheet(turn, draft, where), problems=problems)
    moved_on(turn, draft)
    tell_observer(turn, draft, INVITED)
    return told_of_days_off(turn, shown(turn, draft), *draft.offered)


def invite_another(turn: Turn, another: Another) -> Card:
    """A new invitation with the words of one that came to nothing; times are chosen anew."""
    earlier, where = observation_of_host(turn.uow, turn.viewer, another.observation_id)
    if earlier.is_draft or earlier.is_unanswered:
        return shown(turn, earlier)
    guide = current_guide(turn.uow)
    draft = draft_of(turn.uow, turn.viewer, where)
    if draft is None:
        draft = Observation(institution_id=where.id, host_id=turn.person.id, guide_id=guide.id)
        turn.uow.add(draft)
    if draft.what == What():
        points = earlier.what.points if earlier.guide_id == guide.id else ()
        draft.write(What(**{**vars(earlier.what), "points": points}), turn.now)
    if another.person_id in ids_of(candidates_at(turn, where)):
        draft.write(Whom(observer_id=another.person_id), turn.now)
        draft.step = InvitationStep.WHEN
    else:
        draft.step = InvitationStep.WHOM
    turn.uow.session.flush()
    return observation_form.ask(turn._, _sheet(turn, draft, where))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same step with everything that was typed, and what is wrong with it."""
    draft, where = _draft(turn, form.observation_id)
    return observation_form.ask(turn._, _sheet(turn, draft, where, searched=form.search), typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    found, _where = observation_of_host(turn.uow, turn.viewer, form.observation_id)
    return visits.show(turn._, visit_of(turn, found), why=why, given=cards.written(turn._, form))


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def asked_to_see(turn: Turn, question: Asked) -> Card:
    """`observationer`: the person's own, to open one; for a chief and the administration a word for each."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if found := observations_of(turn.uow, turn.viewer, led):
        return _one_of(turn, _next_or_last(turn, found, question.slots))
    if rows := _words_for_chief(turn):
        return visit_list.for_chief(turn._, rows)
    return visit_list.none_yet(turn._, leads=bool(led))


def own_visits(turn: Turn) -> Card | None:
    """The observations to which the person comes or came as the observer, whatever else they are; None without any."""
    found = observations_of(turn.uow, turn.viewer, ())
    return _one_of(turn, found) if found else None


def takes_part(turn: Turn) -> bool:
    """Whether there is an observation that is the person's own, as observer or as leader of the host."""
    return bool(observations_of(turn.uow, turn.viewer, institutions_led_by(turn.uow, turn.viewer), limit=1))


def _next_or_last(
    turn: Turn, found: Sequence[tuple[Observation, Institution]], slots: Slots
) -> Sequence[tuple[Observation, Institution]]:
    """The next one that is agreed on, or the last one that was to take place, where that is asked; else all of them."""
    timed = sorted((each for each in found if each[0].starts_at), key=lambda one: one[0].starts_at or turn.now)
    coming = [each for each in timed if each[0].starts_at and each[0].starts_at > turn.now]
    if slots.coming:
        return coming[:1] or found
    return timed[: len(timed) - len(coming)][-1:] or found if slots.latest else found


def _one_of(turn: Turn, found: Sequence[tuple[Observation, Institution]]) -> Card:
    """The one there is, or which."""
    if len(found) == 1:
        return shown(turn, found[0][0])
    sent = feedbacks_on(turn.uow, [about.id for about, _where in found])
    rows_of = []
    for about, where in found:
        is_sent, is_read = sent.get(about.id, (False, False))
        rows_of.append((about, where, about.progress(is_sent=is_sent), is_read))
    return visit_list.choose(turn._, rows_of)


def _words_for_chief(turn: Turn) -> list[visit_list.Row]:
    """A word for each observation at the chief's institutions; a feedback can be opened once it may be read."""
    places = institutions_of_chief(turn.uow, turn.viewer)
    found = observations_seen_by_word(turn.uow, turn.viewer, places, turn.now - SEEN_FOR)
    sent = feedbacks_on(turn.uow, [about.id for about, _where in found])
    readable = {
        each.about.id: each.feedback.id
        for each in given_to(turn.uow, [where.id for where in places], turn.now - SEEN_FOR)
        if is_attached(each.feedback, each.acknowledged, turn.now)
        and turn.viewer.sight(Record.FEEDBACK, each.host) >= Sight.FULL
    }
    order = {where.id: place for place, where in enumerate(places)}
    rows = []
    for about, where in sorted(found, key=lambda each: order[each[1].id]):
        is_sent, is_read = sent.get(about.id, (False, False))
        rows.append(
            visit_list.Row(
                institution=where,
                about=about,
                progress=about.progress(is_sent=is_sent),
                feedback_id=readable.get(about.id),
                is_acknowledged=is_read,
            )
        )
    return rows


def _go(turn: Turn, form: Form, step: InvitationStep) -> Card:
    draft, where = _take(turn, form)
    draft.step = step
    return observation_form.ask(turn._, _sheet(turn, draft, where))


def _take(turn: Turn, form: Form) -> tuple[Observation, Institution]:
    """Keeps what was typed in a step, complete or not, of the guide's points and the focus areas that exist."""
    draft, where = _draft(turn, form.observation_id)
    if not draft.is_draft:
        raise Expired("observation_sent")
    content = form.content
    if isinstance(content, What):
        points = len(guide_with_id(turn.uow, draft.guide_id).text.points)
        areas = {each.id for each in focus_areas_of(turn.uow, where)}
        content = What(
            where=content.where,
            focus=content.focus,
            points=tuple(each for each in content.points if each < points),
            focus_area_id=content.focus_area_id if content.focus_area_id in areas else None,
        )
    elif isinstance(content, Whom) and content.observer_id not in {None, *ids_of(candidates_at(turn, where))}:
        # Whoever is not to be chosen is answered at the field, as if nobody had been.
        raise Problems({"observer_id": Problem("no_observer")})
    if is_changed(content, draft.content(form.step), form.was):
        draft.write(content, turn.now)
    draft.step = opens_at(draft.step, form.step)
    return draft, where


def _draft(turn: Turn, observation_id: UUID) -> tuple[Observation, Institution]:
    return observation_of_host(turn.uow, turn.viewer, observation_id)


def _sheet(turn: Turn, draft: Observation, where: Institution, searched: str = "") -> Sheet:
    """Everything the cards of this invitation show."""
    candidates = nearest(candidates_at(turn, where), where)
    hits = found_by(candidates, searched) if searched else candidates[:SUGGESTED]
    chosen = (
        {each.person_id: each for each in candidates}.get(draft.whom.observer_id) if draft.whom.observer_id else None
    )
    return Sheet(
        institution=where,
        author=turn.person,
        observation=draft,
        guide=guide_with_id(turn.uow, draft.guide_id),
        listed=hits[:LISTED],
        suggested=not searched,
        more=max(0, len(hits) - LISTED) if searched else 0,
        searched=searched,
        chosen=chosen,
        focus_areas=focus_areas_of(turn.uow, where),
    )


FLOW = Flow(
    name="observation",
    buttons={
        cards.BEGIN: Button(Nothing.read, begin),
        cards.NEW: Button(Subject.read, new),
        cards.OPEN_DRAFT: Button(Subject.read, open_it),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.SEARCH: search,
                cards.SEND: send,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        visits.AGAIN: Button(Another.read, invite_another),
    },
    questions={
        "invite": Question(
            (
                "inviter observatør",
                "inviter en observatør",
                "inviter til observation",
                "invite observer",
                "invite an observer",
            ),
            begin,
        ),
        "observations": Question(("observationer", "observations"), asked_to_see),
        # Of whoever takes part in one; for those who answer for others `observationer` is about theirs.
        "visits": Question(
            (
                "mine besøg",
                "mit besøg",
                "besøg",
                "observationsbesøg",
                "hvornår er mit besøg",
                "observation",
                "min observation",
                "mine observationer",
                "my visits",
                "my visit",
                "visits",
                "when is my visit",
                "my observation",
                "my observations",
            ),
            asked_to_see,
        ),
    },
    without=frozenset({"views", "clock"}),
)
