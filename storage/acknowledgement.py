"""That a feedback was read, and with whom of the host's own it was shared."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, UniqueConstraint, Uuid, false, select

from domain.access import Viewer
from domain.acknowledgement import Acknowledgement, FeedbackShare, Reply
from domain.aims import FourAims
from domain.feedback import Feedback
from domain.organisation import Person, a_to_aa
from storage.organisation import person
from storage.sealed import SealedDocument
from storage.types import Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork


def _id(kept: str | None) -> UUID | None:
    return UUID(kept) if kept else None


acknowledgement = Table(
    "acknowledgement",
    metadata,
    identity(),
    Column("feedback_id", ForeignKey("feedback.id"), nullable=False, unique=True),
    Column("by_id", ForeignKey("person.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column(
        "reply",
        SealedDocument(
            "acknowledgement.reply",
            lambda reply: {
                "bring": reply.bring,
                "focus_area_id": str(reply.focus_area_id) if reply.focus_area_id else None,
                "comment": reply.comment,
                "aims": list(reply.aims),
            },
            lambda kept: Reply(
                bring=kept["bring"],
                focus_area_id=_id(kept["focus_area_id"]),
                comment=kept["comment"],
                # Those that were kept before the aims could be chosen name none.
                aims=tuple(FourAims(each) for each in kept.get("aims", ())),
            ),
        ),
        nullable=False,
    ),
    Column("thanked_at", Utc),
    Column("version", Integer, nullable=False),
    # No foreign key, as the reply has none.
    Column("focus_area_id", Uuid()),
    Column("area_is_plain", Boolean, nullable=False, server_default=false()),
)
feedback_share = Table(
    "feedback_share",
    metadata,
    identity(),
    Column("feedback_id", ForeignKey("feedback.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("shared_by", ForeignKey("person.id"), nullable=False),
    Column("shared_at", Utc, nullable=False),
    UniqueConstraint("feedback_id", "person_id"),
)

registry.map_imperatively(Acknowledgement, acknowledgement, version_id_col=acknowledgement.c.version)
registry.map_imperatively(FeedbackShare, feedback_share)


def is_shared_with(uow: UnitOfWork, about: Feedback, viewer: Viewer) -> bool:
    query = select(feedback_share.c.id).where(
        feedback_share.c.feedback_id == about.id, feedback_share.c.person_id == viewer.person_id
    )
    return uow.session.scalar(query) is not None


def shared_with(uow: UnitOfWork, about: Feedback) -> Sequence[Person]:
    """The colleagues whom the leaders of the host show it to, A to Å."""
    found = uow.session.scalars(
        select(Person)
        .join(feedback_share, feedback_share.c.person_id == person.c.id)
        .where(feedback_share.c.feedback_id == about.id)
    )
    return sorted(found, key=lambda each: a_to_aa(each.name))
