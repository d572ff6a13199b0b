"""Perspectives from children, young people, parents and staff, written down at any time.

Clock: twice a half-year the leaders hear which groups have not been heard yet.
Buttons: *Gem perspektivet* saves it and sets its recommendation waiting; *Ret*; *Knyt til fokusområde*.
Message action: *Gem som perspektiv* on any message in Teams begins one with its words, in a dialog.
Questions: `perspektiv` writes one, `perspektiver` shows those of the half-year, to the chief and the administration,
who may write the name of an institution after it.
"""

from collections.abc import Iterable, Sequence
from datetime import time, timedelta
from uuid import UUID

from cards import focus_area as focus_areas
from cards import perspective as cards
from cards import perspective_form, perspective_list
from cards import perspective_message as message_cards
from cards.form import Subject, subject_id
from cards.kit import Card
from cards.perspective import Form, LinkForm, Sheet
from cards.perspective_message import BeginForm, Quoted
from cards.which import which_place
from dialogs import later
from dialogs.flow import Asked, Button, Flow, MessageAction, Planning, Question
from dialogs.places import led_by, named_in, places_to_read
from dialogs.recommendation_clock import VIEW as ANSWER
from dialogs.turn import Turn
from domain.access import Record
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problem, Problems
from domain.organisation import Institution
from domain.period import HalfYear, local_moment
from domain.perspective import Perspective, PerspectiveTool, Recommendation, Response, missing_groups, reminder_days
from domain.prompt import Occasion
from storage.compiled import written
from storage.focus_area import focus_areas_of, focus_areas_with_ids
from storage.method import tools_for
from storage.organisation import open_institutions, person_with_id
from storage.perspective import groups_heard, perspective_for, perspectives_of
from storage.prompt import drop_reminders
from storage.recommendation import recommendation_in
from storage.roles import institutions_led_by

VIEW, MISSING = "perspective", "perspective.missing"
WORDS = (
    "perspektiv", "nyt perspektiv", "gem perspektiv", "gem som perspektiv", "perspective", "new perspective",
    "save perspective", "save as perspective",
)  # fmt: skip
ALL = ("perspektiver", "alle perspektiver", "perspectives")
REMINDED_AT = time(9)
REMINDED_FOR = timedelta(days=7)


def new(turn: Turn, subject: Subject) -> Card:
    return perspective_form.ask(turn._, _sheet(turn, led_by(turn, subject.id)))


def from_message(turn: Turn, words: str) -> Card:
    """*Gem som perspektiv*: the card with what stood in a message; nothing of it is kept before it is saved."""
    led, quoted = institutions_led_by(turn.uow, turn.viewer), Quoted.of(words)
    if not led:
        return message_cards.leaders_only(turn._)
    if len(led) == 1:
        return message_cards.ask(turn._, _sheet(turn, led[0]), quoted)
    return message_cards.choose_place(turn._, led, quoted)


def begin(turn: Turn, form: BeginForm) -> Card:
    return message_cards.ask(turn._, _sheet(turn, led_by(turn, form.institution_id)), form.quoted)


def save(turn: Turn, form: Form) -> Card:
    """Saves it; what is recommended waits for an answer from then on."""
    where = led_by(turn, form.institution_id)
    if form.voice.tool_id is not None:
        known = {each.id for each in tools_for(turn.uow, where.age_range)}
        if form.voice.tool_id not in known:
            raise Problems({"via": Problem("no_via")})
    if form.perspective_id is None:
        kept = Perspective.of(form.voice, where=where, by=turn.person.id, now=turn.now, today=turn.today)
        written(turn.uow, kept)
        recommended = _recommend(turn, kept, None)
    else:
        kept, _place = _mine(turn, form.perspective_id)
        found = recommendation_in(turn.uow, kept)
        if is_changed(form.voice, kept.voice, form.was):
            if found is not None and form.voice.recommend != kept.recommend:
                found.require_open()
            kept.write(form.voice, where, by=turn.person.id, now=turn.now)
            turn.uow.session.flush()
        recommended = _recommend(turn, kept, found)
    turn.changes(VIEW, kept.id)
    return cards.show(turn._, _shown(turn, where, kept, recommended))


def open_it(turn: Turn, subject: Subject) -> Card:
    kept, where = perspective_for(turn.uow, turn.viewer, subject.id)
    turn.shows(VIEW, kept.id)
    return cards.show(turn._, _shown(turn, where, kept, recommendation_in(turn.uow, kept)))


def correct(turn: Turn, subject: Subject) -> Card:
    kept, where = _mine(turn, subject.id)
    turn.shows(VIEW, kept.id)
    return perspective_form.ask(turn._, _sheet(turn, where, kept))


def ask_link(turn: Turn, subject: Subject) -> Card:
    kept, where = _mine(turn, subject.id)
    areas = focus_areas_of(turn.uow, where)
    if not areas:
        return open_it(turn, subject)
    return cards.ask_link(turn._, _sheet(turn, where, kept), areas)


def link(turn: Turn, form: LinkForm) -> Card:
    kept, where = _mine(turn, form.perspective_id)
    areas = {each.id: each for each in focus_areas_of(turn.uow, where, active=False)}
    if form.focus_area_id not in areas:
        raise NotAllowed
    areas[form.focus_area_id].require_active()
    kept.focus_area_id = form.focus_area_id
    turn.changes(VIEW, kept.id)
    return cards.show(turn._, _shown(turn, where, kept, recommendation_in(turn.uow, kept)))


def link_expired(turn: Turn, form: LinkForm, why: Expired) -> Card:
    return focus_areas.over(turn._, why)


def not_now(turn: Turn, subject: Subject) -> Card:
    return later.ask(turn, MISSING, led_by(turn, subject.id).id)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    where = led_by(turn, form.institution_id)
    kept = _mine(turn, form.perspective_id)[0] if form.perspective_id else None
    return perspective_form.ask(turn._, _sheet(turn, where, kept), typed=form, problems=problems)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def asked_to_write(turn: Turn, question: Asked) -> Card:
    """`perspektiv`: the card for the institution led, or which."""
    led = institutions_led_by(turn.uow, turn.viewer)
    if not led:
        raise NotAllowed
    if len(led) == 1:
        return perspective_form.ask(turn._, _sheet(turn, led[0]))
    return which_place(turn._, led, cards.NEW)


def asked_to_see(turn: Turn, question: Asked) -> Card:
    """`perspektiver`: those of the half-year, of the institution led or of one that may be read."""
    places = places_to_read(turn, Record.PERSPECTIVE)
    places = named_in(question.text, ALL, places) or places
    if not places:
        raise NotAllowed
    if len(places) == 1:
        return show_all(turn, Subject(places[0].id))
    return which_place(turn._, places, cards.LIST)


def show_all(turn: Turn, subject: Subject) -> Card:
    where = _place(turn, subject.id)
    half_year = HalfYear.of(turn.today)
    found = perspectives_of(turn.uow, turn.viewer, where, half_year)
    tools = {each.id: each for each in tools_for(turn.uow, where.age_range)}
    return perspective_list.show_all(turn._, where, half_year, found, tools, leads=turn.viewer.leads(where))


def show(turn: Turn, perspective_id: UUID) -> Card | None:
    return open_it(turn, Subject(perspective_id))


def show_missing(turn: Turn, institution_id: UUID) -> Card | None:
    """Which groups have not been heard, for a leader; None once all have."""
    where = led_by(turn, institution_id)
    half_year = HalfYear.of(turn.today)
    missing = missing_groups(groups_heard(turn.uow, [where.id], half_year)[where.id], where.age_range)
    return perspective_list.remind(turn._, where, half_year, missing) if missing else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Twice a half-year, where a group has not been heard."""
    zone = planning.municipality.zone
    half_year = HalfYear.of(planning.now.astimezone(zone).date())
    due = [local_moment(day, REMINDED_AT, zone) for day in reminder_days(half_year)]
    due = [each for each in due if each <= planning.until and planning.now < each + REMINDED_FOR]
    if not due:
        return
    places = open_institutions(planning.uow, planning.now.astimezone(zone).date())
    heard = groups_heard(planning.uow, [where.id for where in places], half_year)
    for where in places:
        if not missing_groups(heard[where.id], where.age_range):
            continue
        for due_at in due:
            for leader in planning.staff.leaders(where):
                yield Occasion(
                    key=f"perspective:{where.id}:{due_at.date()}:{leader.id}",
                    person_id=leader.id,
                    view=MISSING,
                    subject_id=where.id,
                    due_at=due_at,
                    expires_at=due_at + REMINDED_FOR,
                )


def _recommend(turn: Turn, kept: Perspective, found: Recommendation | None) -> Recommendation | None:
    """R-19: a recommendation is an item of its own; one that is answered already keeps its words."""
    if found is None and kept.recommend:
        new = Recommendation(
            perspective_id=kept.id,
            institution_id=kept.institution_id,
            text=kept.recommend,
            written_at=turn.now,
        )
        written(turn.uow, new)
        return new
    if found is not None and found.response is Response.OPEN:
        if kept.recommend:
            found.text = kept.recommend
        else:
            turn.uow.session.delete(found)
            turn.uow.session.flush()
            drop_reminders(turn.uow, ANSWER, found.id)
            return None
    return found


def _place(turn: Turn, institution_id: UUID) -> Institution:
    """An institution whose perspectives the person may read; `NotAllowed` for any other, and for none."""
    where = turn.uow.session.get(Institution, institution_id)
    if where is None:
        raise NotAllowed
    turn.viewer.require(Record.PERSPECTIVE, where)
    return where


def _mine(turn: Turn, perspective_id: UUID) -> tuple[Perspective, Institution]:
    kept, where = perspective_for(turn.uow, turn.viewer, perspective_id)
    if not turn.viewer.leads(where):
        raise NotAllowed
    return kept, where


def _sheet(turn: Turn, where: Institution, kept: Perspective | None = None) -> Sheet:
    """With all the methods there are to choose from."""
    tools = tools_for(turn.uow, where.age_range)
    return _with(turn, where, tools, kept, recommendation_in(turn.uow, kept) if kept else None)


def _shown(turn: Turn, where: Institution, kept: Perspective, recommended: Recommendation | None) -> Sheet:
    """With no more methods than the receipt names: it is drawn with everything that is saved."""
    tools = tools_for(turn.uow, where.age_range) if kept.tool_id else ()
    return _with(turn, where, tools, kept, recommended)


def _with(
    turn: Turn,
    where: Institution,
    tools: Sequence[PerspectiveTool],
    kept: Perspective | None,
    recommended: Recommendation | None,
) -> Sheet:
    uow = turn.uow
    linked = focus_areas_with_ids(uow, [kept.focus_area_id]) if kept and kept.focus_area_id else {}
    leads = turn.viewer.leads(where)
    return Sheet(
        institution=where,
        perspective=kept,
        tools=tools,
        viewer=turn.person,
        leads=leads,
        recommendation=recommended,
        focus_area=next(iter(linked.values()), None),
        can_link=leads and kept is not None and not linked and bool(focus_areas_of(uow, where)),
        written_by=person_with_id(uow, kept.last_written[0]) if kept else None,
    )


FLOW = Flow(
    name="perspective",
    buttons={
        message_cards.BEGIN: Button(BeginForm.read, begin, only_shows=True),
        cards.NEW: Button(Subject.read, new),
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        cards.SAVE: Button(Form.read, save, again=again, refused=refused),
        cards.CORRECT: Button(Subject.read, correct),
        cards.ASK_LINK: Button(Subject.read, ask_link),
        cards.LINK: Button(LinkForm.read, link, expired=link_expired),
        cards.LATER: Button(Subject.read, not_now),
        cards.LIST: Button(Subject.read, show_all, only_shows=True),
        cards.OPEN_LISTED: Button(lambda data: Subject(subject_id(data, "listed")), open_it, only_shows=True),
    },
    questions={
        "perspective": Question(WORDS, asked_to_write),
        "perspectives": Question(ALL, asked_to_see),
    },
    actions={
        "save_as_perspective": MessageAction(
            title=message_cards.TITLE,
            open=from_message,
            verbs=frozenset({message_cards.BEGIN, cards.SAVE}),
            saved=lambda turn, has_chat: message_cards.saved(turn._, has_chat=has_chat),
        )
    },
    views={VIEW: show, MISSING: show_missing},
    clock=clock,
)
