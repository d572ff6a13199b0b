"""Other programs that answer the same presses, each in a process of its own, for benchmarks to stand beside.

They come from their packages, as newest published, into an environment that is none of the bot's; `environment` makes
it when it is asked for and not before. Each is run as `python -m tests.peers.NAME PORT CHANNEL_URL` and says `ready`.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".venv" / "peers"
NEEDS = ROOT / "tests" / "peers" / "requirements.txt"
# What each is, by the name of its module.
PEERS = {
    "cloud_adapter": "botbuilder's CloudAdapter, echo",
    "agents": "Microsoft 365 Agents SDK, echo",
    "teams": "Teams SDK, echo",
    "plain": "aiohttp, PyJWT, one commit",
}
# How each is started, the bot too: with what Python compiled the first time, as where it is installed.
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}


def environment() -> Path:
    """The Python of an environment with what the peers need; it is made anew when the list has changed."""
    python, kept = PLACE / "bin" / "python", PLACE / NEEDS.name
    if not kept.exists() or kept.read_text() != NEEDS.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", PLACE], check=True)
        installed = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", NEEDS]
        subprocess.run(installed, check=True, stderr=subprocess.DEVNULL)
        kept.write_text(NEEDS.read_text())
    return python
