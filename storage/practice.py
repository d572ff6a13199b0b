"""Practice that institutions share: the draft is kept beside what others read, so that one never shows the other."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, or_, select

from domain.access import Record, Sight, Viewer
from domain.cycle import RoundState, Theme
from domain.errors import Expired, NotAllowed
from domain.feedback import Feedback
from domain.focus_area import FocusArea, FocusAreaState
from domain.measure import Measure, MeasureState
from domain.organisation import AgeRange, Institution
from domain.practice import LASTING, Account, Matter, Practice, is_shareable, place_of
from storage.cycle import political_round, theme
from storage.feedback import feedback
from storage.focus_area import focus_area
from storage.measure import measure
from storage.organisation import institution
from storage.roles import for_leaders
from storage.types import Document, Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork


def _kept(account: Account) -> dict[str, Any]:
    contact = str(account.contact_id) if account.contact_id else None
    return {"did": account.did, "why": account.why, "contact_id": contact}


def _account(kept: dict[str, Any]) -> Account:
    contact = UUID(kept["contact_id"]) if kept["contact_id"] else None
    return Account(did=kept["did"], why=kept["why"], contact_id=contact)


practice = Table(
    "practice",
    metadata,
    identity(),
    Column("institution_id", ForeignKey("institution.id"), nullable=False, index=True),
    Column("theme_id", ForeignKey("theme.id"), index=True),
    Column("focus_area_id", ForeignKey("focus_area.id"), unique=True),
    Column("measure_id", ForeignKey("measure.id"), unique=True),
    Column("title", Text, nullable=False),
    Column("draft", Document(_kept, _account), nullable=False),
    Column("shared", Document(_kept, _account)),
    Column("written_by", ForeignKey("person.id"), nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("shared_at", Utc),
    Column("withdrawn_at", Utc),
    Column("version", Integer, nullable=False),
    Column("feedback_id", ForeignKey("feedback.id"), unique=True),
    Index("ix_practice_shared_at", "shared_at"),
)

registry.map_imperatively(Practice, practice, version_id_col=practice.c.version)

_IS_SENT = feedback.c.submitted_at.is_not(None)
_IS_SHARED = practice.c.shared_at.is_not(None) & practice.c.withdrawn_at.is_(None)


def practice_for(uow: UnitOfWork, viewer: Viewer, practice_id: UUID) -> tuple[Practice, Institution]:
    """The practice as the viewer may read it: a draft for its leaders, what is shared for everyone with a role.

    `NotAllowed` for what was never shared and for none; `Expired` for what was shared and has been withdrawn.
    """
    found = uow.session.get(Practice, practice_id)
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, found.institution_id)
    if found.is_shared:
        viewer.require(Record.PRACTICE, where)
    elif viewer.sight(Record.PRACTICE_DRAFT, where) < Sight.FULL:
        viewer.require(Record.PRACTICE, where)
        if found.withdrawn_at is None:
            raise NotAllowed
        raise Expired("practice_withdrawn")
    return found, where


def practice_to_write(uow: UnitOfWork, viewer: Viewer, practice_id: UUID) -> tuple[Practice, Institution]:
    """The same for the leaders of its institution, who alone write in it; `NotAllowed` for everyone else."""
    return for_leaders(uow, viewer, Practice, practice_id)


def practice_about(uow: UnitOfWork, about_id: UUID) -> Practice | None:
    """The practice of a focus area, a measure or a feedback, None as long as there is none: each has one at most."""
    return practices_about(uow, [about_id]).get(about_id)


def matter_to_share(uow: UnitOfWork, viewer: Viewer, about_id: UUID) -> tuple[Matter, Institution]:
    """The focus area, measure or feedback with this id, for those who lead where it is practice; else `NotAllowed`.

    It is locked until the end of the transaction, so that two who begin at once do not make two of it.
    """
    found: Matter | None = (
        uow.session.scalar(select(FocusArea).where(focus_area.c.id == about_id).with_for_update())
        or uow.session.scalar(select(Measure).where(measure.c.id == about_id).with_for_update())
        or uow.session.scalar(select(Feedback).where(feedback.c.id == about_id, _IS_SENT).with_for_update())
    )
    if found is None:
        raise NotAllowed
    where = uow.session.get_one(Institution, place_of(found))
    if not viewer.leads(where):
        raise NotAllowed
    return found, where


def matters_to_share(uow: UnitOfWork, ids: Iterable[UUID]) -> Sequence[Matter]:
    """What these institutions may share: focus areas that go on or have lasted, measures done, and what was taken home.

    Each kind stands newest first.
    """
    places = list(ids)
    lasting = (focus_area.c.state != FocusAreaState.CLOSED) | focus_area.c.closing.in_(LASTING)
    areas = uow.session.scalars(
        select(FocusArea)
        .where(focus_area.c.institution_id.in_(places), lasting)
        .order_by(focus_area.c.chosen_at.desc(), focus_area.c.id)
    ).all()
    measures = uow.session.scalars(
        select(Measure)
        .where(measure.c.institution_id.in_(places), measure.c.state == MeasureState.DONE)
        .order_by(measure.c.ended_at.desc(), measure.c.id)
    ).all()
    given = uow.session.scalars(
        select(Feedback)
        .where(feedback.c.home_id.in_(places), _IS_SENT)
        .order_by(feedback.c.submitted_at.desc(), feedback.c.id)
    ).all()
    return [*areas, *measures, *(each for each in given if is_shareable(each))]


def practices_begun(uow: UnitOfWork, ids: Iterable[UUID]) -> Sequence[Practice]:
    """What is written at these institutions, whose leaders alone get to see it, and was never shared."""
    never = (practice.c.shared_at.is_(None), practice.c.withdrawn_at.is_(None))
    query = select(Practice).where(practice.c.institution_id.in_(list(ids)), *never)
    return uow.session.scalars(query.order_by(practice.c.written_at, practice.c.id)).all()


def practices_about(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, Practice]:
    """The practices of these focus areas, measures and feedbacks, by what they are about."""
    wanted = list(ids)
    is_about = [
        column.in_(wanted) for column in (practice.c.focus_area_id, practice.c.measure_id, practice.c.feedback_id)
    ]
    return {each.about_id: each for each in uow.session.scalars(select(Practice).where(or_(*is_about)))}


def shared_practices(
    uow: UnitOfWork,
    viewer: Viewer,
    *,
    themes: Sequence[UUID] | None = None,
    age_range: AgeRange | None = None,
    besides: Iterable[UUID] = (),
    most: int,
) -> Sequence[tuple[Practice, Institution]]:
    """What is shared on these themes, or on all, newest first; without that of the institutions `besides`.

    "Searchable by theme/age", and by nothing that would rank: only the day counts.
    """
    query = (
        select(Practice, Institution)
        .join(institution, institution.c.id == practice.c.institution_id)
        .where(_IS_SHARED, practice.c.institution_id.not_in(list(besides)))
        .order_by(practice.c.shared_at.desc(), practice.c.id.desc())
        .limit(most)
    )
    if themes is not None:
        query = query.where(practice.c.theme_id.in_(list(themes)))
    if age_range is not None:
        query = query.where(institution.c.age_range == age_range)
    rows = uow.session.execute(query)
    return [(each, where) for each, where in rows if viewer.sight(Record.PRACTICE, where) is Sight.FULL]


def themes_with_practices(uow: UnitOfWork) -> Sequence[Theme]:
    """The themes about which something is shared, A to Å."""
    shared = select(practice.c.theme_id).where(_IS_SHARED, practice.c.theme_id.is_not(None))
    return uow.session.scalars(select(Theme).where(theme.c.id.in_(shared)).order_by(theme.c.title)).all()


def themes_sent(uow: UnitOfWork) -> Sequence[Theme]:
    """Every theme that has been sent out, of all cycles, A to Å."""
    out = (RoundState.SENT, RoundState.CLOSED)
    return uow.session.scalars(
        select(Theme)
        .join(political_round, political_round.c.id == theme.c.round_id)
        .where(political_round.c.state.in_(out))
        .order_by(theme.c.title, theme.c.valid_from)
    ).all()
