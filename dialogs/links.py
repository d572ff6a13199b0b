"""Links to files: signed, good for a quarter of an hour, and for one person.

A browser that follows a link shows nobody's sign-in, so the link itself is the key: it names its person and its file
and nothing else, and whoever holds it sees what that person may see when it is followed, and no more.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

GOOD_FOR = timedelta(minutes=15)
KEY = "files"
_ALGORITHM = "HS256"


class BadLink(Exception):
    """No link of ours."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Who may follow it until when, and to which of the flows' files of what."""

    person_id: UUID
    file: str
    subject_id: UUID
    expires_at: datetime

    def signed(self, key: bytes) -> str:
        told = {
            "p": self.person_id.hex,
            "f": self.file,
            "s": self.subject_id.hex,
            "exp": int(self.expires_at.timestamp()),
        }
        return jwt.encode(told, key, algorithm=_ALGORITHM)

    @classmethod
    def read(cls, token: str, key: bytes) -> "Link":
        """The link of a token, expired or not; `BadLink` unless it was signed with the key."""
        try:
            told = jwt.decode(token, key, algorithms=[_ALGORITHM], options={"verify_exp": False, "require": ["exp"]})
            return cls(
                person_id=UUID(str(told["p"])),
                file=str(told["f"]),
                subject_id=UUID(str(told["s"])),
                expires_at=datetime.fromtimestamp(told["exp"], UTC),
            )
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as why:
            raise BadLink from why
