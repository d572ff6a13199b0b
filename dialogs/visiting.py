"""What the flows of one observation share: how it stands for a person, and who is told what of it.

A message that one of the two causes is a reminder like any other; a change of time is urgent.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cards import visit as cards
from cards.kit import Card
from cards.layout import Element
from cards.visit import Visit
from dialogs.copies import renew
from dialogs.turn import Turn
from domain.access import Record
from domain.acknowledgement import Given
from domain.errors import Expired
from domain.observation import CAME_TO_NOTHING, Observation
from domain.organisation import Institution, Person
from domain.prompt import Occasion, PromptKind
from storage.feedback import feedback_on, feedbacks_on
from storage.focus_area import focus_areas_with_ids
from storage.guide import guide_with_id
from storage.organisation import institution_with_id, person_with_id
from storage.prompt import drop_reminders, plan
from storage.reach import is_unreached
from storage.roles import staff_on

VIEW, INVITED = "visit", "invitation"
TOLD_FOR = timedelta(days=14)


def visit_of(turn: Turn, about: Observation) -> Visit:
    """Everything that is shown of an observation, for the turn's person."""
    uow = turn.uow
    host = institution_with_id(uow, about.institution_id)
    leads = turn.viewer.leads(host)
    # What the host calls it by now is nothing for the observer of a visit that came to nothing.
    is_told = leads or about.state not in CAME_TO_NOTHING
    areas = focus_areas_with_ids(uow, [about.what.focus_area_id]) if about.what.focus_area_id and is_told else {}
    is_sent, is_read = feedbacks_on(uow, [about.id]).get(about.id, (False, False))
    written = feedback_on(uow, about) if is_sent else None
    return Visit(
        observation=about,
        host=host,
        invited_by=person_with_id(uow, about.host_id),
        guide=guide_with_id(uow, about.guide_id),
        progress=about.progress(is_sent=is_sent),
        leads=leads,
        now=turn.now,
        observer=person_with_id(uow, about.observer_id) if about.observer_id else None,
        home=institution_with_id(uow, about.observer_institution_id) if about.observer_institution_id else None,
        focus_area=next((each.title for each in areas.values()), ""),
        feedback_id=written.id if written else None,
        is_acknowledged=is_read,
    )


def shown(
    turn: Turn, about: Observation, *, why: Expired | None = None, given: Sequence[Element] = (), news: str = ""
) -> Card:
    """How it stands for the turn's person; `given` is what they typed."""
    turn.shows(VIEW, about.id)
    return cards.show(turn._, visit_of(turn, about), why=why, given=given, news=news)


def moved_on(turn: Turn, about: Observation) -> None:
    """The cards that stand in the chats of the two are out of date, and reminders that wait have lost their reason.

    Whoever is told something new is told after this.
    """
    turn.uow.session.flush()
    for view in (VIEW, INVITED, "visit.coming", "feedback"):
        drop_reminders(turn.uow, view, about.id)
        for someone in both(turn, about):
            if someone.id != turn.person.id:
                renew(turn.uow, someone, view, about.id, turn.now)
    turn.changes(VIEW, about.id)


def both(turn: Turn, about: Observation) -> Sequence[Person]:
    """The leaders of the host, and the observer."""
    observer = [person_with_id(turn.uow, about.observer_id)] if about.observer_id else []
    return [*leaders_of(turn, institution_with_id(turn.uow, about.institution_id)), *observer]


def unreached_of(turn: Turn, about: Observation) -> Sequence[Person]:
    """Whom of the other side the bot cannot write to; nobody where anybody of it hears."""
    is_observer = turn.person.id == about.observer_id
    others = [each for each in both(turn, about) if (each.id != about.observer_id) is is_observer]
    unreached = [each for each in others if is_unreached(turn.uow, each.id)]
    return unreached if len(unreached) == len(others) else ()


def leaders_of(turn: Turn, where: Institution) -> Sequence[Person]:
    return staff_on(turn.uow, turn.today, where).leaders(where)


def tell_observer(
    turn: Turn, about: Observation, view: str, *, urgent: bool = False, until: datetime | None = None
) -> None:
    if about.observer_id and about.observer_id != turn.person.id:
        _tell(turn, about, view, person_with_id(turn.uow, about.observer_id), urgent=urgent, until=until)


def tell_host(
    turn: Turn, about: Observation, view: str, *, urgent: bool = False, until: datetime | None = None
) -> None:
    for leader in leaders_of(turn, institution_with_id(turn.uow, about.institution_id)):
        if leader.id != turn.person.id:
            _tell(turn, about, view, leader, urgent=urgent, until=until)


def tell_other(
    turn: Turn, about: Observation, view: str, *, urgent: bool = False, until: datetime | None = None
) -> None:
    """Tells whichever of the two it was not."""
    is_observer = turn.person.id == about.observer_id
    (tell_host if is_observer else tell_observer)(turn, about, view, urgent=urgent, until=until)


def _tell(
    turn: Turn, about: Observation, view: str, someone: Person, *, urgent: bool = False, until: datetime | None = None
) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"{view.replace('.', ':')}:{about.id}:{about.revision}:{someone.id}",
            person_id=someone.id,
            view=view,
            subject_id=about.id,
            due_at=turn.now,
            expires_at=until or turn.now + TOLD_FOR,
            kind=PromptKind.URGENT if urgent else PromptKind.REMINDER,
        ),
    )


def note_reading(turn: Turn, given: Given) -> None:
    """I33: a read by anyone but the author is kept, for the author and the leaders of the host to see."""
    if given.author.id == turn.person.id:
        return
    concerned = [given.author.id, *(leader.id for leader in leaders_of(turn, given.host))]
    turn.reads(Record.FEEDBACK, given.feedback.id, concerns=concerned, where=given.host)
