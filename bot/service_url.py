"""Where answers may be sent: the one reading of a service URL, at the front door and before every call.

The address comes with an activity, is kept in the database, and is called later with the bot's own token. Two readers
who take one address for two hosts are how such a token is led astray, so that there is one, and its form is strict.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from bot.values import is_loopback

LARGEST_PORT: Final = 65_535

_FORM = re.compile(r"(https?)://([A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?(?:/[A-Za-z0-9._~/-]*)?")


# Nearly all come with the same few hosts, and to read one as an address costs as much as to read the whole URL.
_is_loopback = lru_cache(maxsize=64)(is_loopback)


def is_allowed(url: str, hosts: Collection[str], *, local: bool) -> bool:
    """Whether `url` is Teams' own: https to one of `hosts`, which are exact names in lower case.

    This machine is spoken to in the `local` mode, and where a loopback host, which no municipality has, stands among
    the `hosts`: that is how tests run a whole bot against a channel of their own.
    """
    parts = _FORM.fullmatch(url)
    if parts is None:
        return False
    scheme, host, port = parts[1], parts[2].lower(), parts[3]
    if _is_loopback(host):
        return (local or host in hosts) and int(port or 0) <= LARGEST_PORT
    return host in hosts and scheme == "https" and port in (None, "443")
