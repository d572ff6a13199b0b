"""What somebody writes who needs nothing else: a token checked, one row kept for good, a card."""

import asyncio
import sqlite3
import sys
import urllib.request
from pathlib import Path

import jwt
from aiohttp import web

from tests.peers.echoed import APP, ISSUER, echoed


def main(port: int, channel: str, file: str) -> None:
    kept = sqlite3.connect(Path(file), isolation_level=None, check_same_thread=False)
    kept.execute("PRAGMA journal_mode = WAL")
    kept.execute("PRAGMA synchronous = FULL")
    kept.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, identity TEXT, text TEXT)")
    keys = jwt.PyJWKSet.from_json(urllib.request.urlopen(f"{channel}/keys").read())

    async def messages(request: web.Request) -> web.Response:
        token = request.headers["Authorization"].partition(" ")[2]
        key = keys[jwt.get_unverified_header(token)["kid"]].key
        try:
            jwt.decode(token, key, algorithms=["RS256"], audience=APP, issuer=ISSUER, leeway=300)
        except jwt.PyJWTError:
            return web.Response(status=401)
        raw = await request.json()
        row = (raw["from"]["aadObjectId"], raw["value"]["action"]["data"]["said"])
        await asyncio.to_thread(kept.execute, "INSERT INTO said (identity, text) VALUES (?, ?)", row)
        return web.json_response(echoed(raw["value"]))

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=lambda *_: print("ready", flush=True))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
