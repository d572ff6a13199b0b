"""Settings: what is read, what is refused, and that a secret is never shown."""

import os
import subprocess
import sys
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.settings import PREFIX, AppType, Settings, SettingsError, listed
from bot.values import is_loopback

APP = "6d1ac5f0-7c0e-4c7e-9d15-0c8f2f4c3b11"
TENANT = "0b4f7a52-88a3-4f0e-8a66-5d2c70a1f3d9"
SECRET = "s3cret~value-never-shown"
FACTS = {
    "controller": "Lindebjerg Kommune",
    "purpose": "Læringssamtaler",
    "basis": "Dagtilbudsloven",
    "recipients": "Ingen uden for kommunen",
    "storage": "I kommunens eget datacenter",
    "contact": "laeringsbot@lindebjerg.example",
    "dpo": "dpo@lindebjerg.example",
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.upper().startswith((PREFIX, "MICROSOFTAPP")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def in_earnest(**more: Any) -> Settings:
    given: dict[str, Any] = {"app_id": APP, "tenant_id": TENANT, "app_password": SECRET, **FACTS, **more}
    return Settings.load(**given)


def problems_of(settings: Settings, *, local: bool = False) -> list[str]:
    with pytest.raises(SettingsError) as told:
        settings.for_serve(local=local)
    return told.value.problems


def test_without_any_setting_the_defaults_are_those_of_the_documentation() -> None:
    settings = Settings.load()
    assert settings.database_url == "sqlite:///laeringsbot.db"
    assert (settings.host, settings.port, settings.send_rate) == ("127.0.0.1", 3978, 25)
    assert settings.app_type is AppType.SINGLE_TENANT
    assert settings.timezone == ZoneInfo("Europe/Copenhagen")
    assert settings.school_weeks_off == (7, 27, 28, 29, 30, 31, 32, 42)
    assert (settings.quiet, settings.morning, settings.evening) == (True, time(7, 30), time(16, 30))
    assert settings.allowed_service_hosts[0] == "smba.trafficmanager.net"


def test_the_environment_wins_over_the_file_and_an_empty_value_counts_as_unset(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text(
        f"MicrosoftAppId={APP}\nLAERINGSBOT_PORT=4000\nLAERINGSBOT_SEND_RATE=\nLAERINGSBOT_CONTROLLER=Ærø Kommune\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("LAERINGSBOT_PORT", "4001")
    monkeypatch.setenv("MICROSOFTAPPTENANTID", TENANT.upper())
    settings = Settings.load()
    assert (settings.app_id, settings.port, settings.send_rate) == (APP, 4001, 25)
    assert (settings.tenant_id, settings.controller) == (TENANT, "Ærø Kommune")
    assert Settings.load(port=4002).port == 4002
    assert Settings.load(env_file=None).app_id == ""


def test_everything_wrong_is_told_at_once_with_its_name_and_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = {
        "MicrosoftAppId": "my-bot",
        "MicrosoftAppType": "MultiTenant",
        "LAERINGSBOT_PORT": "http",
        "LAERINGSBOT_SEND_RATE": "400",
        "LAERINGSBOT_TIMEZONE": "Europe/Kobenhavn",
        "LAERINGSBOT_SCHOOL_WEEKS_OFF": "7,32-27",
        "LAERINGSBOT_MORNING": "25:00",
        "LAERINGSBOT_QUIET": "perhaps",
        "LAERINGSBOT_LOG_LEVEL": "CHATTY",
        "LAERINGSBOT_ALLOWED_SERVICE_HOSTS": "https://smba.trafficmanager.net/emea",
        "LAERINGSBOT_OPENID_METADATA_URL": "http://keys.example/openid",
        "LAERINGSBOT_DATABASE_URL": "mysql://root:hunter2@db/bot",
        "LAERINGSBOT_SENDRATE": "20",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        Settings.load()
    for name in wrong:
        assert sum(problem.startswith((f"{name} ", f"{name}:")) for problem in told.value.problems) == 1, name
    assert len(told.value.problems) == len(wrong)
    assert "did you mean LAERINGSBOT_SEND_RATE" in str(told.value)
    assert "multi-tenant" in str(told.value)
    assert "hunter2" not in str(told.value)
    assert str(told.value).startswith("13 settings are missing or wrong:")


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("", (7, 27, 28, 29, 30, 31, 32, 42)), ("8", (8,)), (" 42, 7 ,7-8", (7, 8, 42)), (",", ())],
)
def test_school_weeks_become_a_sorted_tuple_without_doubles(
    text: str, weeks: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAERINGSBOT_SCHOOL_WEEKS_OFF", text)
    assert Settings.load().school_weeks_off == weeks


@pytest.mark.parametrize("text", ["54", "0", "uge 7", "7-", "-7", "7;8", "1-60"])
def test_a_week_that_does_not_exist_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAERINGSBOT_SCHOOL_WEEKS_OFF", text)
    with pytest.raises(SettingsError, match="7,27-32,42"):
        Settings.load()


def test_a_window_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(SettingsError, match="MORNING is not before"):
        Settings.load(morning="16:30", evening="7.30")


def test_serve_needs_app_id_tenant_secret_and_the_facts_people_are_owed() -> None:
    named = [problem.split()[0] for problem in problems_of(Settings.load())]
    assert named[:3] == ["MicrosoftAppId", "MicrosoftAppTenantId", "MicrosoftAppPassword"]
    assert named[3:] == [f"{PREFIX}{name.upper()}" for name in FACTS]
    in_earnest().for_serve(local=False)


def test_the_directory_is_asked_without_the_facts_and_not_without_a_way_to_sign_in() -> None:
    Settings.load(app_id=APP, tenant_id=TENANT, app_password=SECRET).for_directory()
    with pytest.raises(SettingsError) as told:
        Settings.load().for_directory()
    assert [each.split()[0] for each in told.value.problems] == [
        "MicrosoftAppId",
        "MicrosoftAppTenantId",
        "MicrosoftAppPassword",
    ]


def test_the_table_marks_what_serve_does_not_start_without() -> None:
    required = {each.name for each in listed() if each.is_required}
    assert required == {each.split()[0] for each in problems_of(Settings.load())} - {"MicrosoftAppPassword"}


def test_a_managed_identity_needs_no_secret_and_may_not_have_one() -> None:
    in_earnest(app_type="UserAssignedMSI", app_password="").for_serve(local=False)
    assert problems_of(in_earnest(app_type="userassignedmsi"))[0].startswith("MicrosoftAppPassword is set")


def test_local_runs_without_anything_set_and_says_which_facts_are_missing() -> None:
    settings = Settings.load()
    settings.for_serve(local=True)
    assert settings.facts().controller == "Ikke oplyst (lokal afprøvning)"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"host": "0.0.0.0"}, "LAERINGSBOT_HOST"),
        ({"host": "10.0.0.4"}, "LAERINGSBOT_HOST"),
        ({"app_password": SECRET}, "MicrosoftAppPassword"),
        ({"public_url": "https://bot.lindebjerg.example"}, "LAERINGSBOT_PUBLIC_URL"),
    ],
)
def test_local_refuses_whatever_could_let_another_machine_in(given: dict[str, Any], name: str) -> None:
    assert [problem.split()[0] for problem in problems_of(Settings.load(**given), local=True)] == [name]


def test_the_secret_and_the_database_password_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql+psycopg://bot:hunter2@db/laeringsbot"
    settings = in_earnest(database_url=url)
    shown = f"{settings!r} {settings} {settings.app_password}"
    assert SECRET not in shown
    assert "hunter2" not in shown
    monkeypatch.setenv("MicrosoftAppPassword", SECRET)
    monkeypatch.setenv("LAERINGSBOT_PORT", "none")
    with pytest.raises(SettingsError) as told:
        Settings.load()
    assert SECRET not in f"{told.value!r} {told.value.__cause__!r}"
    assert told.value.__suppress_context__


def test_the_municipality_gets_its_quiet_times_facts_and_link() -> None:
    settings = in_earnest(lis_url="https://lis.lindebjerg.example", morning="8:00", school_weeks_off="8")
    municipality = settings.municipality(holidays={date(2026, 12, 24)})
    assert municipality.facts.protection_officer == "dpo@lindebjerg.example"
    assert municipality.figures_url == "https://lis.lindebjerg.example"
    assert municipality.quiet.opens == time(8)
    assert municipality.quiet.school_weeks == {8}
    assert not municipality.quiet.is_working_day(date(2026, 12, 24))
    assert in_earnest(quiet=False).municipality().quiet.is_off


def test_every_setting_is_listed_with_name_default_and_meaning() -> None:
    table = {setting.name: setting for setting in listed()}
    assert len(table) == len(Settings.model_fields)
    assert table["LAERINGSBOT_SCHOOL_WEEKS_OFF"].default == "7,27-32,42"
    assert table["LAERINGSBOT_EVENING"].default == "16:30"
    assert table["MicrosoftAppPassword"].default == ""
    assert all(setting.meaning and "|" not in setting.meaning for setting in table.values())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"])
def test_loopback_is_known_in_every_spelling(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "localhost.example", "127.0.0.1.example", "", "0"])
def test_what_only_looks_like_loopback_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_nothing_is_read_at_import() -> None:
    program = "import bot.settings, bot.keys, bot.guard, bot.adapter, bot.web"
    environment = {"LAERINGSBOT_PORT": "wrong", "PYTHONPATH": str(Path(__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
