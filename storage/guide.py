"""The editions of the observation guide."""

from sqlalchemy import Column, ForeignKey, Integer, Table, func, select

from domain.errors import NotAllowed
from domain.guide import GuideText, ObservationGuide
from storage.types import Document, Utc, identity, metadata, registry
from storage.unit_of_work import UnitOfWork

observation_guide = Table(
    "observation_guide",
    metadata,
    identity(),
    Column(
        "text",
        Document(
            lambda text: {
                "definition": text.definition,
                "points": list(text.points),
                "rules": list(text.rules),
                "definition_en": text.definition_en,
                "points_en": list(text.points_en),
                "rules_en": list(text.rules_en),
            },
            lambda kept: GuideText(
                definition=kept["definition"],
                points=tuple(kept["points"]),
                rules=tuple(kept["rules"]),
                definition_en=kept["definition_en"],
                points_en=tuple(kept["points_en"]),
                rules_en=tuple(kept["rules_en"]),
            ),
        ),
        nullable=False,
    ),
    Column("edition", Integer, unique=True),
    Column("written_by", ForeignKey("person.id")),
    Column("written_at", Utc),
    Column("published_at", Utc),
    Column("published_by", ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
)

registry.map_imperatively(ObservationGuide, observation_guide, version_id_col=observation_guide.c.version)


def current_guide(uow: UnitOfWork) -> ObservationGuide:
    """The newest published edition; there always is one, since the first came with the schema."""
    newest = select(func.max(observation_guide.c.edition)).scalar_subquery()
    return uow.session.scalars(select(ObservationGuide).where(observation_guide.c.edition == newest)).one()


def guide_with_id(uow: UnitOfWork, guide_id: object) -> ObservationGuide:
    """The edition; `NotAllowed` when there is none."""
    found = uow.session.get(ObservationGuide, guide_id)
    if found is None:
        raise NotAllowed
    return found


def drafted_guide(uow: UnitOfWork) -> ObservationGuide | None:
    """The next edition, as long as the administration is writing it."""
    query = select(ObservationGuide).where(observation_guide.c.published_at.is_(None))
    return uow.session.scalar(query.order_by(observation_guide.c.id).limit(1))
