"""Files to download, by the signed links of cards."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.download import Refused, follow, no_link
from dialogs.flow import File
from dialogs.links import KEY, BadLink, Link
from domain.municipality import Municipality
from storage.database import Database
from storage.secret import secret_named

# Ours are about 260 characters; nothing longer is looked at.
LONGEST = 600


@dataclass(frozen=True)
class Found:
    """A file, made."""

    name: str
    media_type: str
    body: bytes = field(repr=False)


@dataclass
class Files:
    """Follows links. The key is asked for once, so that strangers who try addresses never reach the database."""

    database: Database
    municipality: Municipality
    now: Callable[[], datetime]
    _key: bytes | None = field(default=None, init=False, repr=False)

    async def get(self, token: str) -> Found | Refused:
        """The file of a link, or the sentence to show instead; faults of ours are raised."""
        if len(token) > LONGEST:
            return no_link(self.municipality)
        if self._key is None:
            self._key = await self.database.write(lambda uow: secret_named(uow, KEY))
        try:
            link = Link.read(token, self._key)
        except BadLink:
            return no_link(self.municipality)
        made = await self.database.write(lambda uow: follow(uow, link, now=self.now(), municipality=self.municipality))
        if isinstance(made, File):
            return Found(made.name, made.media_type, await asyncio.to_thread(made.content))
        return made
