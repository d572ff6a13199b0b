"""Written feedback, what its author added, and who may read it when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, event, exists, inspect, select

from domain.access import Record, Relation, Viewer
from domain.acknowledgement import Acknowledgement, Given, is_attached
from domain.errors import NotAllowed
from domain.feedback import Curious, Described, Feedback, FeedbackAddendum, FeedbackStep
from domain.observation import Observation, ObservationState
from domain.organisation import Institution, Person
from storage.acknowledgement import acknowledgement, is_shared_with
from storage.observation import is_visitor, observation, with_host
from storage.organisation import institution
from storage.sealed import SealedDocument, SealedText
from storage.types import Utc, enum_type, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

feedback = Table(
    "feedback",
    metadata,
    identity(),
    Column("observation_id", ForeignKey("observation.id"), nullable=False, unique=True),
    Column("institution_id", ForeignKey("institution.id"), nullable=False),
    Column("home_id", ForeignKey("institution.id"), nullable=False),
    Column("author_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("step", enum_type(FeedbackStep), nullable=False),
    Column(
        "described",
        SealedDocument(
            "feedback.described",
            lambda half: {"saw": half.saw, "supports": half.supports},
            lambda kept: Described(saw=kept["saw"], supports=kept["supports"]),
        ),
        nullable=False,
    ),
    Column(
        "curious",
        SealedDocument(
            "feedback.curious",
            lambda half: {
                "wonder": half.wonder,
                "home": half.home,
                "oral_on": half.oral_on.isoformat() if half.oral_on else None,
                "oral_later": half.oral_later,
                "unnamed": half.unnamed,
            },
            lambda kept: Curious(
                wonder=kept["wonder"],
                home=kept["home"],
                oral_on=date.fromisoformat(kept["oral_on"]) if kept["oral_on"] else None,
                oral_later=kept["oral_later"],
                unnamed=kept["unnamed"],
            ),
        ),
        nullable=False,
    ),
    Column("written_at", Utc),
    Column("submitted_at", Utc),
    Column("version", Integer, nullable=False),
    Index("ix_feedback_institution_id_submitted_at", "institution_id", "submitted_at"),
    Index("ix_feedback_home_id_submitted_at", "home_id", "submitted_at"),
    Index("ix_feedback_submitted_at", "submitted_at"),
)
feedback_addendum = Table(
    "feedback_addendum",
    metadata,
    identity(),
    Column("feedback_id", ForeignKey("feedback.id"), nullable=False, index=True),
    Column("author_id", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("text", SealedText("feedback_addendum.text"), nullable=False),
)

registry.map_imperatively(Feedback, feedback, version_id_col=feedback.c.version)
registry.map_imperatively(FeedbackAddendum, feedback_addendum)


@event.listens_for(Feedback, "before_update")
def _sent_feedback_stays_as_it_is(mapper: Any, connection: Any, kept: Feedback) -> None:
    """I17: "Submitted feedback is immutable", by whatever code."""
    was_sent = not inspect(kept).attrs.submitted_at.history.has_changes() and kept.is_sent
    if was_sent and any(inspect(kept).attrs[name].history.has_changes() for name in ("described", "curious")):
        raise TypeError("a feedback that was sent is never changed")


def feedback_on(uow: UnitOfWork, about: Observation) -> Feedback | None:
    """The feedback of the observation, sent or not; what is not sent is for its author alone to be shown."""
    return uow.session.scalar(select(Feedback).where(feedback.c.observation_id == about.id))


def feedbacks_on(uow: UnitOfWork, observation_ids: Iterable[UUID]) -> dict[UUID, tuple[bool, bool]]:
    """By observation, whether its feedback is sent and whether it is acknowledged; it says nothing of the content."""
    rows = uow.session.execute(
        select(feedback.c.observation_id, feedback.c.submitted_at, acknowledgement.c.id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id)
        .where(feedback.c.observation_id.in_(list(observation_ids)))
    )
    return {row[0]: (row[1] is not None, row[2] is not None) for row in rows}


def feedback_for(uow: UnitOfWork, viewer: Viewer, feedback_id: UUID, now: datetime) -> Given:
    """The feedback as the viewer may read it at this moment; `NotAllowed` otherwise, and for none.

    A draft is its author's (I20). What is sent is read by the leaders of the host and by the colleagues there whom they
    show it to; by the chief and participating administration once it is acknowledged, or 14 days after it was sent.
    """
    found = uow.session.get(Feedback, feedback_id)
    if found is None:
        raise NotAllowed
    given = given_of(uow, found)
    viewer.require(record_of(given, now), given.host, also=part_in_feedback(uow, viewer, given))
    return given


def record_of(given: Given, now: datetime) -> Record:
    """What it counts as at this moment."""
    if not given.feedback.is_sent:
        return Record.FEEDBACK_DRAFT
    return Record.FEEDBACK if is_attached(given.feedback, given.acknowledged, now) else Record.FEEDBACK_UNREAD


def part_in_feedback(uow: UnitOfWork, viewer: Viewer, given: Given) -> set[Relation]:
    """What the viewer is to this one feedback: its author, or a colleague of the host's whom its leaders show it to."""
    is_shown = viewer.works_at(given.host) and is_shared_with(uow, given.feedback, viewer)
    return viewer.if_author(given.author.id) | ({Relation.COLLEAGUE} if is_shown else set())


def given_to(
    uow: UnitOfWork, institution_ids: Iterable[UUID], since: datetime | None = None, until: datetime | None = None
) -> Sequence[Given]:
    """Everything that was sent to these institutions, within a span of time, oldest first."""
    query = _sent().where(feedback.c.institution_id.in_(list(institution_ids)))
    return _all_given(uow, query, since, until)


def unread_feedback(uow: UnitOfWork, since: datetime, institution_ids: Iterable[UUID] | None = None) -> Sequence[Given]:
    """What was sent since then and nobody has acknowledged, to these institutions or to all, oldest first."""
    query = _sent().where(acknowledgement.c.id.is_(None))
    if institution_ids is not None:
        query = query.where(feedback.c.institution_id.in_(list(institution_ids)))
    return _all_given(uow, query, since, None)


def taken_home(uow: UnitOfWork, where: Institution, since: datetime, until: datetime) -> Sequence[Given]:
    """R-46: the feedback in which colleagues of this institution wrote what they take home, oldest first."""
    found = _all_given(uow, _sent().where(feedback.c.home_id == where.id), since, until)
    return [each for each in found if each.feedback.curious.home]


def sent_without_oral(uow: UnitOfWork, since: datetime) -> Sequence[Given]:
    """What was sent since then while the oral feedback has not been given, for the clock."""
    return _all_given(uow, _sent().where(observation.c.oral_on.is_(None)), since, None)


_is_sent = exists().where(feedback.c.observation_id == observation.c.id, feedback.c.submitted_at.is_not(None))


def visits_without_feedback(
    uow: UnitOfWork, since: datetime, until: datetime
) -> Sequence[tuple[Observation, Institution]]:
    """Every visit that is agreed on or has taken place between the two and has no feedback yet, for the clock."""
    rows = uow.session.execute(
        with_host().where(
            observation.c.state.in_((ObservationState.AGREED, ObservationState.DONE)),
            observation.c.starts_at.between(since, until),
            ~_is_sent,
        )
    )
    return [(each, where) for each, where in rows]


def done_without_feedback(uow: UnitOfWork, viewer: Viewer) -> Sequence[tuple[Observation, Institution]]:
    """The visits of the viewer that wait for a written feedback, or for a word on whether they took place."""
    rows = uow.session.execute(
        select(Observation, Institution)
        .join(institution, institution.c.id == observation.c.institution_id)
        .where(
            is_visitor(viewer),
            observation.c.state.in_((ObservationState.AGREED, ObservationState.DONE)),
            ~_is_sent,
        )
        .order_by(observation.c.starts_at)
    )
    return [(each, where) for each, where in rows]


def addenda_to(uow: UnitOfWork, to: Feedback) -> Sequence[FeedbackAddendum]:
    """What the author added after it was sent, oldest first."""
    return uow.session.scalars(
        select(FeedbackAddendum)
        .where(feedback_addendum.c.feedback_id == to.id)
        .order_by(feedback_addendum.c.written_at, feedback_addendum.c.id)
    ).all()


def given_of(uow: UnitOfWork, found: Feedback) -> Given:
    """The feedback with what is shown beside it, for whoever is known to may read it."""
    about = uow.session.get_one(Observation, found.observation_id)
    return Given(
        feedback=found,
        about=about,
        host=uow.session.get_one(Institution, found.institution_id),
        home=uow.session.get_one(Institution, found.home_id),
        author=uow.session.get_one(Person, found.author_id),
        acknowledged=uow.session.scalar(select(Acknowledgement).where(acknowledgement.c.feedback_id == found.id)),
    )


def _sent() -> Any:
    return (
        select(Feedback)
        .join(observation, observation.c.id == feedback.c.observation_id)
        .outerjoin(acknowledgement, acknowledgement.c.feedback_id == feedback.c.id)
        .where(feedback.c.submitted_at.is_not(None))
        .order_by(feedback.c.submitted_at)
    )


def _all_given(uow: UnitOfWork, query: Any, since: datetime | None, until: datetime | None) -> list[Given]:
    if since is not None:
        query = query.where(feedback.c.submitted_at >= since)
    if until is not None:
        query = query.where(feedback.c.submitted_at < until)
    return [given_of(uow, each) for each in uow.session.scalars(query)]
