"""What an operator alarms on: the rules are those of the page, have something to look at from the start, and fire."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import aiohttp
import pytest

from dialogs import CLOCKS
from tests.bot import running_bot
from tests.channel import Channel

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
RULES = ROOT / "deploy" / "alarms.yml"
RULE = re.compile(r"- alert: (.+)\n +expr: '(.+)'\n(?: +for: (\w+)\n)?")
LASTING = {"at once": "", "an hour": "1h", "a day": "1d"}
SELECTED = re.compile(r'(laeringsbot_\w+)(?:\{(\w+)(=~?)"([^"]*)"\})?')
(JOB,) = re.findall(r"- job_name: (\w+)", PAGE)
FIRING = 'group by (alertname) (ALERTS{alertstate="firing"})'
# A minute each: nothing for ten of them, and then one; or one that is settled.
ONCE, SETTLED, STEADILY = "0x9 1x180", "1x9 0x180", "0x9 1+1x180"
# Of whom Prometheus can reach: always; not from then on; not for a minute, as in a restart.
UP, DOWN, BRIEFLY = "1x200", "1x9 0x180", "1x9 0 1x180"


async def fresh(database_url: str, channel: Channel) -> dict[str, float]:
    """What /metrics shows of a process to which nothing has happened yet."""
    found: dict[str, float] = {}
    async with running_bot(database_url, channel) as address, aiohttp.ClientSession() as session:
        # What the database says is left out until it has answered, for which a busy machine may need a while.
        while found.get("laeringsbot_ready") != 1 or "laeringsbot_prompts_late" not in found:
            async with session.get(f"{address}/metrics") as answer:
                shown = re.findall(r"^(laeringsbot\S+) (\S+)$", await answer.text(), re.MULTILINE)
            found = {name: float(value) for name, value in shown}
    return found


def rules() -> list[tuple[str, str, str]]:
    """The name of each alarm, its expression, and for how long that has to be so."""
    return RULE.findall(RULES.read_text(encoding="utf-8"))


def test_the_page_has_the_rules_of_the_file_and_what_to_do_about_each() -> None:
    table = PAGE.partition("\n## Alarms\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        for line in re.findall(r"^\| (?!alarm |---).+$", table, re.MULTILINE)
    ]
    assert len(rows) == RULES.read_text(encoding="utf-8").count("alert:") > 12
    assert [(name, when.strip("`"), lasting(how_long)) for name, when, how_long, _ in rows] == rules()
    for name, *_, what_to_do in rows:
        assert len(what_to_do.split()) > 3, name


def lasting(said: str) -> str:
    return LASTING[said] if said in LASTING else re.sub(r"^(\d+) minutes?$", r"\1m", said)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_alarmed_on_is_there_from_0_on_in_a_process_to_which_nothing_has_happened(
    database_url: str, channel: Channel
) -> None:
    """Of what first appears as 1, Prometheus sees no increase: a single fault would alarm nobody."""
    found = await fresh(database_url, channel)
    for alarm, expression, _ in rules():
        for name, label, is_like, wanted in SELECTED.findall(expression):
            for word in wanted.split("|") if is_like == "=~" else [wanted]:
                here = re.compile(rf'{name}\{{.*\b{label}="{re.escape(word)}".*\}}' if label else rf"{name}(\{{.*\}})?")
                series = {each: value for each, value in found.items() if here.fullmatch(each)}
                assert series, (alarm, here.pattern)
                if name.endswith("_total"):
                    assert set(series.values()) == {0}, (alarm, series)
    assert {f'laeringsbot_clock_failures_total{{flow="{flow.name}"}}' for flow, _ in CLOCKS} <= set(found)
    assert 'laeringsbot_token_failures_total{reason="other"}' in found, "whatever code somebody else may think of"
    named = set(re.findall(r"\b(laeringsbot_[a-z_]+)\b(?=[{\[ `)>])", PAGE))
    assert named <= {each.partition("{")[0] for each in found}


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool, of Debian's prometheus, is not installed here")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_single_fault_alarms_and_a_bot_that_is_well_or_a_message_that_is_settled_does_not(
    database_url: str, channel: Channel, tmp_path: Path
) -> None:
    """As Prometheus itself reads the rules, over what a fresh process shows."""
    looked_at = {name for _, expression, _ in rules() for name, *_ in SELECTED.findall(expression)}
    found = await fresh(database_url, channel)
    found["laeringsbot_disk_free_bytes"] = 1e11  # whatever room this machine has
    well = {name: f"{value:f}x200" for name, value in found.items() if name.partition("{")[0] in looked_at}

    def told(alarms: list[str], minute: int, up: Sequence[str] = (UP, UP), **happens: str) -> dict[str, object]:
        series = {**well, **{f"laeringsbot_{name}": values for name, values in happens.items()}}
        assert set(series) == set(well)
        if UP not in up:
            # What nobody shows any more is stale at once, and nothing is known of it.
            series = {name: values.replace("x200", "x9 stale") for name, values in series.items()}
        series |= {f'up{{job="{JOB}",instance="replica-{number}"}}': values for number, values in enumerate(up)}
        samples = [{"labels": f'{{alertname="{alarm}"}}', "value": 1} for alarm in alarms]
        return {
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [{"expr": FIRING, "eval_time": f"{minute}m", "exp_samples": samples}],
        }

    parked, answers = 'prompts{state="uncertain"}', 'answers_total{outcome="fault"}'
    tests = [
        told([], 180),
        told(["a replica is gone"], 15, up=(UP, DOWN)),
        told(["a replica is gone"], 15, up=(DOWN,)),
        told(["a replica is gone"], 180, up=(DOWN, DOWN)),
        told(["a replica is gone"], 15, up=()),
        told([], 11, up=(UP, BRIEFLY)),
        told([], 60, up=(UP, BRIEFLY)),
        told(["answers do not arrive"], 15, **{answers: ONCE}),
        told([], 90, **{answers: ONCE}),
        told(["a clock fails"], 15, **{'clock_failures_total{flow="rhythm"}': ONCE}),
        told(["parked or refused"], 15, **{parked: ONCE}),
        told([], 15, **{parked: SETTLED}),
        told(["no tokens"], 30, **{'token_failures_total{reason="other"}': STEADILY}),
        told(["the journal"], 80, **{'journal_records{state="failed"}': ONCE}),
    ]
    (tmp_path / "told.yml").write_text(
        json.dumps({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": tests}), encoding="utf-8"
    )
    ran = subprocess.run(
        ["promtool", "test", "rules", str(tmp_path / "told.yml")], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
