"""What docs/operations.md tells an operator to alarm on, to look for and to type is what there is."""

import re
from pathlib import Path

import aiohttp
import pytest

from bot.__main__ import main
from bot.settings import listed
from tests.bot import running_bot
from tests.channel import Channel

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
SOURCE = "".join(
    each.read_text(encoding="utf-8")
    for folder in ("bot", "storage", "scheduler")
    for each in (ROOT / folder).glob("*.py")
)
SAID = re.sub(r'"\s*f?"', "", re.sub(r"\{[^{}\n]*\}", "…", SOURCE))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_metric_that_is_alarmed_on_is_shown(database_url: str, channel: Channel) -> None:
    named = set(re.findall(r"\b(laeringsbot_[a-z_]+?)(?:_bucket)?\b(?=[{\[ `)>])", PAGE))
    shown: set[str] = set()
    async with running_bot(database_url, channel) as address, aiohttp.ClientSession() as session:
        # What the database says is left out until it has answered, for which a busy machine may need a while.
        while "laeringsbot_prompts" not in shown:
            async with session.get(f"{address}/metrics") as answer:
                shown = set(re.findall(r"^# TYPE (\S+)", await answer.text(), re.MULTILINE))
    assert len(named) > 12
    assert named <= shown


def test_every_command_and_setting_is_there() -> None:
    commands = set(re.findall(r"(?:^ {4}|`)laeringsbot ([a-z-]+)", PAGE, re.MULTILINE))
    assert {"backup", "withhold", "release", "doctor", "migrate"} <= commands <= set(main.commands)
    settings = set(re.findall(r"\b(?:LAERINGSBOT|Microsoft)_?[A-Z][A-Za-z_]+", PAGE))
    assert settings <= {each.name for each in listed()}


@pytest.mark.parametrize("symptom", re.findall(r"^\| [^|]*?\*([^*|]+)\*", PAGE, re.MULTILINE))
def test_every_symptom_is_said_in_these_words(symptom: str) -> None:
    parts = [each.strip() for each in re.split(r"…|\(.*?\)|\d+", symptom) if each.strip()]
    assert parts
    for part in parts:
        assert part in SAID, part


def test_every_command_of_the_restore_is_in_its_order() -> None:
    steps = ["mv laeringsbot.db", "cp /backup", "laeringsbot migrate", "laeringsbot serve", "laeringsbot release"]
    restore = PAGE.partition("To restore:")[2]
    assert [restore.index(each) for each in steps] == sorted(restore.index(each) for each in steps)
