"""What a step of the schema leaves to be filled in: portion by portion, while everybody reads and writes.

A step has its tables for itself until all of it is done, so nothing that grows with the years belongs into it.
"""

from uuid import UUID

from sqlalchemy import JSON, Connection, not_, select, type_coerce, update
from sqlalchemy.dialects import postgresql

from storage.acknowledgement import acknowledgement
from storage.migrating import changing, current_and_head, known_versions
from storage.sealed import NO_KEYS, KeyMissing, Keyring, SealedJson, using

PORTION = 500
_REPLY = SealedJson("acknowledgement.reply")
_kept = type_coerce(acknowledgement.c.reply, JSON().with_variant(postgresql.JSONB(), "postgresql"))


def fill(url: str, keyring: Keyring = NO_KEYS) -> int:
    """Fills in everything that the keys open, and returns how much they do not; several may do so at once.

    A newer schema than ours is left to the newer program. Raises `LockedByAnother` while a SQLite database is served.
    """
    version, _head = current_and_head(url)
    if version not in known_versions():
        return 0
    unopened, after = 0, None
    with changing(url) as engine, using(keyring):
        while True:
            with engine.begin() as connection:
                after, lost = fill_portion(connection, after)
            unopened += lost
            if after is None:
                return unopened


def fill_portion(connection: Connection, after: UUID | None = None) -> tuple[UUID | None, int]:
    """Puts the focus area that a feedback was linked to beside the sealed reply, for a portion of those with later ids
    than `after`: the last id, None when there are no more, and how many the keys in use do not open."""
    query = select(acknowledgement.c.id, _kept).where(not_(acknowledgement.c.area_is_plain))
    if after is not None:
        query = query.where(acknowledgement.c.id > after)
    portion = connection.execute(query.order_by(acknowledgement.c.id).limit(PORTION).with_for_update()).all()
    unopened = 0
    for read_id, kept in portion:
        try:
            area = _REPLY.process_result_value(kept, connection.dialect)["focus_area_id"]
        except KeyMissing:
            unopened += 1
            continue
        connection.execute(
            update(acknowledgement)
            .where(acknowledgement.c.id == read_id)
            .values(focus_area_id=UUID(area) if area else None, area_is_plain=True)
        )
    return (portion[-1].id if portion else None), unopened
